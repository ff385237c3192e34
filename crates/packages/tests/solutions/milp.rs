//! A second opinion on the least shift: a mixed-integer programme, solved in floats, its package taken up again in whole numbers.

use detente_packages::shift::{Cost, Least, Line, least_shift};
use detente_packages::{Caps, Exact, Package, Problem, Rule};
use good_lp::{Expression, ProblemVariables, Solution, SolverModel, Variable, constraint, microlp, variable};
use proptest::prelude::*;

use crate::gap_laws::{Gap, gap, whole};
use crate::gap_plain::meets;

/// What a package costs with the lines that it breaks; `None` if it breaks one that is kept.
fn cost(gap: &Gap, weights: &[i64], prices: &[i64], package: &Package) -> Option<i64> {
    let worth = gap.problem.worth(package);
    let shifts = (0..worth.len()).map(|party| weights[party] * (gap.thresholds[party] - worth[party]).max(0));
    let price = |(line, price): (&Line, &i64)| match (meets(&line.rule, package), line.droppable) {
        (true, _) => Some(0),
        (false, true) => Some(*price),
        (false, false) => None,
    };
    let prices = gap.lines.iter().zip(prices).map(price).sum::<Option<i64>>()?;
    gap.problem.admits(package).then(|| shifts.sum::<i64>() + prices)
}

/// The package that a solver finds cheapest.
fn solved(gap: &Gap, weights: &[i64], prices: &[i64]) -> Option<Package> {
    let problem: &Problem<i64> = &gap.problem;
    let mut variables = ProblemVariables::new();
    let options: Vec<Vec<Variable>> = (0..problem.issues())
        .map(|issue| (0..problem.options(issue)).map(|_| variables.add(variable().binary())).collect())
        .collect();
    let shifts: Vec<Variable> = gap.thresholds.iter().map(|_| variables.add(variable().min(0))).collect();
    let dropped: Vec<Variable> = gap.lines.iter().map(|_| variables.add(variable().binary())).collect();
    let weigh = |variables: &[Variable], numbers: &[i64]| -> Expression {
        variables.iter().zip(numbers).map(|(variable, number)| *number as f64 * *variable).sum()
    };
    let mut model = variables.minimise(weigh(&shifts, weights) + weigh(&dropped, prices)).using(microlp);
    for (issue, options) in options.iter().enumerate() {
        model.add_constraint(constraint!(options.iter().sum::<Expression>() == 1));
        let allowed: Vec<usize> = problem.allowed(issue).collect();
        for option in (0..options.len()).filter(|option| !allowed.contains(option)) {
            model.add_constraint(constraint!(options[option] == 0));
        }
    }
    for (party, shift) in shifts.iter().enumerate() {
        let worth: Expression = options
            .iter()
            .enumerate()
            .flat_map(|(issue, options)| {
                options.iter().enumerate().map(move |(option, chosen)| (issue, option, chosen))
            })
            .map(|(issue, option, chosen)| problem.value(issue, option)[party] as f64 * *chosen)
            .sum();
        let asked = (gap.thresholds[party] - problem.base()[party]) as f64;
        model.add_constraint(constraint!(worth + *shift >= asked));
    }
    let mut bound = |rule: &Rule, slack: Expression| {
        let count: Expression = rule
            .literals
            .iter()
            .flat_map(|literal| options[literal.issue].iter().zip(&literal.holds).filter(|(_, holds)| **holds))
            .map(|(chosen, _)| Expression::from(*chosen))
            .sum();
        let slack = rule.literals.len().max(rule.at_least) as f64 * slack;
        model.add_constraint(constraint!(count.clone() + slack.clone() >= rule.at_least as f64));
        model.add_constraint(constraint!(count - slack <= rule.at_most as f64));
    };
    problem.rules().iter().for_each(|rule| bound(rule, Expression::default()));
    for (line, dropped) in gap.lines.iter().zip(&dropped) {
        bound(&line.rule, if line.droppable { Expression::from(*dropped) } else { Expression::default() });
    }
    let solution = model.solve().ok()?;
    let chosen = |options: &Vec<Variable>| options.iter().position(|option| solution.value(*option) > 0.5);
    options.iter().map(|options| chosen(options).map(|option| option as u16)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_solver_finds_nothing_cheaper_and_nothing_else(gap in gap(), weights in prop::collection::vec(1..=4_i64, 8)) {
        let (weights, prices) = (&weights[..gap.thresholds.len()], &weights[5..5 + gap.lines.len()]);
        let asked = Cost::Sum { weights: whole(weights), prices: whole(prices) };
        let found = least_shift(&gap.problem, &gap.thresholds, &gap.lines, &asked, Caps::default(), 1).unwrap();
        let second = solved(&gap, weights, prices).and_then(|package| cost(&gap, weights, prices, &package));
        match found {
            Least::Impossible { .. } => prop_assert_eq!(second, None),
            Least::Found { cost, .. } => prop_assert_eq!(second.map(|cost| Exact::from_integer(cost.into())), Some(cost[0].clone())),
        }
    }
}
