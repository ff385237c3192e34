//! Problems drawn at random, in a form that a test can turn round: issues, options and parties in another order, other numbers.

use detente_packages::{Literal, Problem, Rule, Whole};
use proptest::prelude::*;

/// The parts of a problem.
#[derive(Clone, Debug)]
pub struct Drawn {
    pub base: Vec<i64>,
    pub issues: Vec<Vec<Choice>>,
    pub rules: Vec<DrawnRule>,
}

/// An option: what it is worth, whether it is ruled out, and with which literals of the rules it holds.
#[derive(Clone, Debug)]
pub struct Choice {
    pub values: Vec<i64>,
    pub allowed: bool,
    /// For each rule and each literal that the rule has on this issue, whether it holds.
    pub holds: Vec<Vec<bool>>,
}

/// The bounds of a rule; its literals are with the options.
#[derive(Clone, Debug)]
pub struct DrawnRule {
    pub at_least: usize,
    pub at_most: usize,
}

impl Drawn {
    pub fn problem(&self) -> Problem<i64> {
        self.problem_in()
    }

    /// The problem in another kind of whole number.
    pub fn problem_in<W: Whole + From<i64>>(&self) -> Problem<W> {
        let numbers = |values: &Vec<i64>| values.iter().map(|value| W::from(*value)).collect::<Vec<W>>();
        let issues = self.issues.iter().map(|options| options.iter().map(|option| numbers(&option.values)).collect());
        let mut problem = Problem::new(numbers(&self.base), issues.collect()).unwrap();
        for (issue, options) in self.issues.iter().enumerate() {
            (0..options.len())
                .filter(|&option| !options[option].allowed)
                .for_each(|option| problem.forbid(issue, option));
        }
        for (place, rule) in self.rules.iter().enumerate() {
            let mut literals = Vec::new();
            for (issue, options) in self.issues.iter().enumerate() {
                for literal in 0..options[0].holds[place].len() {
                    literals.push(Literal {
                        issue,
                        holds: options.iter().map(|option| option.holds[place][literal]).collect(),
                    });
                }
            }
            problem.add_rule(Rule { literals, at_least: rule.at_least, at_most: rule.at_most }).unwrap();
        }
        problem
    }
}

/// Two to five parties, up to five issues of up to four options, values from −9 to 20 or, for many ties, 0 and 1; some options
/// ruled out; up to three rules.
pub fn drawn() -> impl Strategy<Value = Drawn> {
    let sizes = (2..=5_usize, prop::collection::vec(1..=4_usize, 1..=5), 0..=3_usize, any::<bool>());
    sizes.prop_flat_map(|(parties, options, rules, ties)| {
        let value = if ties { 0..=1_i64 } else { -9..=20_i64 };
        // Mostly one literal an issue, sometimes two or none.
        let literals = prop::collection::vec(
            prop::collection::vec(prop_oneof![3 => Just(1_usize), 1 => Just(0), 1 => Just(2)], rules),
            options.len(),
        );
        let base = prop::collection::vec(value.clone(), parties);
        (Just(options), base, literals, Just(value)).prop_flat_map(move |(options, base, literals, value)| {
            let choice = |literals: &Vec<usize>| {
                let holds: Vec<_> = literals.iter().map(|&count| prop::collection::vec(any::<bool>(), count)).collect();
                let values = prop::collection::vec(value.clone(), parties);
                (values, prop::bool::weighted(0.9), holds).prop_map(|(values, allowed, holds)| Choice {
                    values,
                    allowed,
                    holds,
                })
            };
            let issues: Vec<_> = options
                .iter()
                .zip(&literals)
                .map(|(&options, literals)| prop::collection::vec(choice(literals), options))
                .collect();
            let rule = (0..=2_usize, 0..=5_usize)
                .prop_map(|(at_least, more)| DrawnRule { at_least, at_most: at_least + more });
            (Just(base), issues, prop::collection::vec(rule, rules)).prop_map(|(base, issues, rules)| Drawn {
                base,
                issues,
                rules,
            })
        })
    })
}
