//! The one place where words become numbers (layer C).
//!
//! From the stances of a day ([`Words`]), what limits leave open ([`Bounds`]) and the rules of the case, a [`View`] has:
//! 1. the **contested issues**: every principal has a position, and the positions are not all the same options;
//! 2. for each principal its **own side** of an issue: the direction in which its position lies away from those of the others,
//!    by the middles of the position sets in the order of options. One that lies as far above as below the others (the middle one
//!    of three, or a wide ask around a narrow one) has no side: its value falls both ways;
//! 3. a **value** from 0 to 1 of each option: 1 at or beyond its furthest own ask on its side, falling with the place of options to
//!    0 at the far end. Without a side: 1 on its own asks, falling both ways at one rate, to 0 at the end that is further off.
//!    `values.csv` overrides single options;
//! 4. **weights**: those of `salience.csv`; else equal by group of issues, and equal within a group, and every weighting admissible;
//! 5. the **inputs** of all this that are only known as ranges, and the [`Assumption`]s, each with what it rests on.
//!
//! [`View::problem`] turns one run of the inputs into whole numbers: [`SCALE`] is the range of a side, from the package with
//! nothing of what it asks for to the one with all. Weights are whole and sum to it exactly; the worth of an option is rounded to
//! the nearest whole number, twice at most: an error below 2⁻³⁸ of the range an issue.

mod assumption;
mod rules;
pub(crate) mod stated;
mod value;
mod weights;

use detente_case::issue::{Issue, OptionSet};
use detente_case::{Case, Id};
use detente_packages::{Problem, ProblemError};
use schemars::JsonSchema;
use serde::Serialize;

use crate::blocks::{Bounds, CaseRule, Words};
use crate::ensemble::{Distribution, Draw, Input, InputError, Inputs};
use crate::stance::Stance;

pub use assumption::Assumption;
use rules::Closed;
pub use value::Toward;
use value::{Ask, Stand};
use weights::Weights;

/// The range of a side in whole numbers, just below 2⁴⁰: a number with many divisors, so that equal weights and printed places
/// give whole numbers without rounding, and equal worths stay equal.
pub const SCALE: i64 = (1 << 9) * 27 * 625 * 49 * 11 * 13 * 17;

/// How issues count on which some principals have a position and others have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OneSided {
    /// They do not count: contested issues alone enter.
    LeftOut,
    /// The silent side has all it asks for with any option.
    Indifferent,
    /// The silent side loses whatever the other side gains, one for one.
    Opposed,
}

/// Whether limits and demands exclude packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LimitsUse {
    /// Packages that limits, conditions or demands exclude are left out.
    Kept,
    /// Every package that the logic of the case allows counts.
    Lifted,
}

/// Which packages count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Packages {
    /// Whether limits exclude packages.
    pub limits: LimitsUse,
    /// Whether options that collide with a named norm count.
    pub norm_flagged: bool,
}

/// Why there is no view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ViewError {
    /// Fewer than two principals: nobody has to agree with anybody.
    Principals(usize),
    /// No issue enters: there is none on which every principal has a position and the positions differ.
    NothingContested,
    /// The inputs do not fit together.
    Inputs(InputError),
    /// The issues make no problem that can be solved.
    Problem(ProblemError),
}

/// Words as numbers, with what is uncertain about them left open.
#[derive(Clone, Debug)]
pub struct View<'c> {
    case: &'c Case,
    issues: Vec<Entering>,
    /// Issues that rules or conditions speak of, and that have no value here.
    beside: Vec<Id<Issue>>,
    weights: Vec<Weights>,
    inputs: Inputs,
    assumptions: Vec<Assumption>,
    closed: Closed,
}

/// An issue that enters into the value of packages.
#[derive(Clone, Debug)]
struct Entering {
    issue: Id<Issue>,
    options: usize,
    contested: bool,
    /// The input of its places, where there is more than one way to place its options in order.
    places: Option<usize>,
    /// By principal.
    stands: Vec<Stand>,
    /// Values that the case states: principal, option, input.
    stated: Vec<(usize, usize, usize)>,
}

impl<'c> View<'c> {
    /// The view of a day.
    ///
    /// # Errors
    /// See [`ViewError`].
    pub fn new(
        words: &Words<'_, 'c>,
        bounds: &Bounds,
        rules: &[CaseRule],
        one_sided: OneSided,
    ) -> Result<Self, ViewError> {
        let case = words.record.case;
        if case.principals.len() < 2 {
            return Err(ViewError::Principals(case.principals.len()));
        }
        let mut inputs: Vec<Input> = Vec::new();
        let mut assumptions = Vec::new();
        let mut issues = Vec::new();
        for issue in case.issues.ids() {
            let stances = words.stances(issue);
            let options = case.issues[issue].options.len();
            let Some(asks) = asks(stances, options, one_sided) else { continue };
            let contested = asks.iter().all(Option::is_some);
            let places = places(case, issue, &mut inputs, &mut assumptions);
            let stands = asks.into_iter().zip(stances);
            let stands = stands.map(|(ask, stance)| stand(case, ask, stance, one_sided, &mut inputs, &mut assumptions));
            let stands = stands.collect();
            let stated = overrides(words, issue, &mut inputs, &mut assumptions);
            issues.push(Entering { issue, options, contested, places, stands, stated });
        }
        if !issues.iter().any(|entering| entering.contested) {
            return Err(ViewError::NothingContested);
        }
        let entering: Vec<Id<Issue>> = issues.iter().map(|entering| entering.issue).collect();
        let weights = case.principals.iter();
        let weights = weights.map(|actor| Weights::new(words, *actor, &entering, &mut inputs, &mut assumptions));
        let weights = weights.collect();
        let beside = rules::issues_beside(bounds, rules, &entering);
        let order: Vec<Id<Issue>> = entering.iter().chain(&beside).copied().collect();
        let closed = Closed::new(case, &order, bounds, rules, &mut assumptions);
        let inputs = Inputs::new(inputs).map_err(ViewError::Inputs)?;
        let view = View { case, issues, beside, weights, inputs, assumptions, closed };
        // What can be wrong with a problem does not depend on the draw.
        view.assemble(&view.inputs.best(), None).map_err(ViewError::Problem)?;
        Ok(view)
    }

    /// The case.
    #[must_use]
    pub fn case(&self) -> &'c Case {
        self.case
    }

    /// What is only known as a range.
    #[must_use]
    pub fn inputs(&self) -> &Inputs {
        &self.inputs
    }

    /// What was assumed where the case says nothing, in the order of issues and principals.
    #[must_use]
    pub fn assumptions(&self) -> &[Assumption] {
        &self.assumptions
    }

    /// The same view with its inputs under other names, for instance to compare a case with its mirror image.
    ///
    /// # Errors
    /// [`ViewError::Inputs`] if two of the new names are the same.
    pub fn renamed(&self, rename: impl Fn(&str) -> String) -> Result<Self, ViewError> {
        let inputs = self.inputs.renamed(rename).map_err(ViewError::Inputs)?;
        Ok(View { inputs, ..self.clone() })
    }

    /// The issues that enter, in the order of the problem, and whether they are contested.
    pub fn entering(&self) -> impl Iterator<Item = (Id<Issue>, bool)> {
        self.issues.iter().map(|entering| (entering.issue, entering.contested))
    }

    /// All issues of the problem in its order: those that enter, then those that only rules or conditions speak of.
    pub fn order(&self) -> impl Iterator<Item = Id<Issue>> {
        self.issues.iter().map(|entering| entering.issue).chain(self.beside.iter().copied())
    }

    /// The groups of the issues that enter, with the places of their issues.
    #[must_use]
    pub fn groups(&self) -> Vec<(&'c str, Vec<usize>)> {
        weights::groups(self.case, &self.order().take(self.issues.len()).collect::<Vec<_>>())
    }

    /// The ways to choose the packages that count, the one that is told first in front: with limits kept and lifted, and, where
    /// some option collides with a norm, again without such options.
    #[must_use]
    pub fn ways(&self) -> Vec<Packages> {
        let flagged =
            self.case.issues.iter().flat_map(|issue| &issue.options).any(|option| !option.norm_flag.is_empty());
        let limits = [LimitsUse::Kept, LimitsUse::Lifted];
        let with = |norm_flagged| limits.map(|limits| Packages { limits, norm_flagged });
        if flagged { [with(true), with(false)].concat() } else { with(true).to_vec() }
    }

    /// Whether an issue that does not enter has no option left, so that there is no package at all.
    #[must_use]
    pub fn blocked_elsewhere(&self, packages: Packages) -> bool {
        self.closed.blocked_elsewhere(packages)
    }

    /// What each package is worth to each principal in a run, and which packages count.
    ///
    /// # Errors
    /// None for a run of this view's own inputs.
    pub fn problem(&self, draw: &Draw<'_>, packages: Packages) -> Result<Problem<i64>, ProblemError> {
        self.assemble(draw, Some(packages))
    }

    /// The same with every position at the end of its own side, where all that the logic of the case allows counts.
    ///
    /// # Errors
    /// None for a run of this view's own inputs.
    pub fn benchmark(&self, draw: &Draw<'_>) -> Result<Problem<i64>, ProblemError> {
        self.assemble(draw, None)
    }

    fn assemble(&self, draw: &Draw<'_>, packages: Option<Packages>) -> Result<Problem<i64>, ProblemError> {
        let weights: Vec<Vec<i64>> = self.weights.iter().map(|weights| weights.of(draw)).collect();
        let entering = self.issues.iter().map(|entering| entering.values(draw, packages.is_none()));
        let values: Vec<Vec<Vec<i64>>> = entering.collect();
        self.recast(packages, vec![0; weights.len()], |place, option| {
            weights.iter().zip(&values[place]).map(|(weights, values)| share(weights[place], values[option])).collect()
        })
    }

    /// The packages that count, with numbers of one's own: what every package starts from, and what each option of an issue that
    /// enters, by its place, adds to it. Without `packages`, all that the logic of the case allows count.
    ///
    /// # Errors
    /// [`ProblemError`] if an option has another number of numbers.
    pub fn recast(
        &self,
        packages: Option<Packages>,
        base: Vec<i64>,
        worth: impl Fn(usize, usize) -> Vec<i64>,
    ) -> Result<Problem<i64>, ProblemError> {
        let mut issues: Vec<Vec<Vec<i64>>> = Vec::with_capacity(self.issues.len() + self.beside.len());
        for (place, entering) in self.issues.iter().enumerate() {
            issues.push((0..entering.options).map(|option| worth(place, option)).collect());
        }
        for issue in &self.beside {
            issues.push(vec![vec![0; base.len()]; self.case.issues[*issue].options.len()]);
        }
        let mut problem = Problem::new(base, issues)?;
        self.closed.apply(&mut problem, packages)?;
        Ok(problem)
    }

    /// What each option of each issue that enters is worth to each principal in a run, weights included.
    #[must_use]
    pub fn worths(&self, draw: &Draw<'_>) -> Vec<Vec<Vec<i64>>> {
        let weights: Vec<Vec<i64>> = self.weights.iter().map(|weights| weights.of(draw)).collect();
        let of_issue = |(place, entering): (usize, &Entering)| {
            let values = entering.values(draw, false);
            let option =
                |option| weights.iter().zip(&values).map(|(of, values)| share(of[place], values[option])).collect();
            (0..entering.options).map(option).collect()
        };
        self.issues.iter().enumerate().map(of_issue).collect()
    }

    /// What a principal asks for on the issue at a place, and on which side; nothing if it is silent.
    #[must_use]
    pub fn ask(&self, place: usize, principal: usize) -> (OptionSet, Toward) {
        match &self.issues[place].stands[principal] {
            Stand::Asks(ask) => (ask.set, ask.toward),
            Stand::Indifferent | Stand::Opposed => (OptionSet::EMPTY, Toward::Neither),
        }
    }

    /// What each option of the issue at a place is worth to a principal in a run, before weights: from 0 to [`SCALE`].
    #[must_use]
    pub fn values(&self, draw: &Draw<'_>, place: usize, principal: usize) -> Vec<i64> {
        self.issues[place].values(draw, false).swap_remove(principal)
    }

    /// The weight of each issue that enters for a principal in a run: they sum to [`SCALE`].
    #[must_use]
    pub fn weights(&self, draw: &Draw<'_>, principal: usize) -> Vec<i64> {
        self.weights[principal].of(draw)
    }
}

impl Entering {
    /// The value of each option by principal, from 0 to [`SCALE`].
    fn values(&self, draw: &Draw<'_>, benchmark: bool) -> Vec<Vec<i64>> {
        let places: Vec<i64> = match (self.places, self.options) {
            (Some(input), _) => draw.get(input).iter().map(|place| whole(*place)).collect(),
            (None, 1) => vec![SCALE / 2],
            (None, _) => vec![0, SCALE],
        };
        let mut values: Vec<Vec<i64>> =
            self.stands.iter().map(|stand| stand.values(&places, draw, benchmark)).collect();
        if !benchmark {
            for (side, option, input) in &self.stated {
                values[*side][*option] = whole(draw.get(*input)[0]);
            }
        }
        // What the speakers gain most is lost to a silent side that is opposed.
        let gains: Vec<i64> = (0..self.options)
            .map(|option| {
                let speakers = self.stands.iter().zip(&values).filter(|(stand, _)| matches!(stand, Stand::Asks(_)));
                speakers.map(|(_, values)| values[option]).max().unwrap_or(SCALE)
            })
            .collect();
        for (stand, values) in self.stands.iter().zip(&mut values) {
            if matches!(stand, Stand::Opposed) {
                *values = gains.iter().map(|gain| SCALE - gain).collect();
            }
        }
        values
    }
}

/// A share between 0 and 1 as a whole number.
pub(crate) fn whole(share: f64) -> i64 {
    (share * SCALE as f64).round() as i64
}

/// A weight times a value, rounded to the nearest whole number.
pub(crate) fn share(weight: i64, value: i64) -> i64 {
    let product = i128::from(weight) * i128::from(value);
    i64::try_from((product + i128::from(SCALE / 2)) / i128::from(SCALE)).unwrap_or(i64::MAX)
}

/// The positions of the principals on an issue, with their sides, if the issue enters.
fn asks(stances: &[Stance], options: usize, one_sided: OneSided) -> Option<Vec<Option<(OptionSet, Toward)>>> {
    let sets: Vec<Option<OptionSet>> =
        stances.iter().map(|stance| stance.position.as_ref().map(|held| held.options)).collect();
    let spoken: Vec<OptionSet> = sets.iter().copied().flatten().collect();
    let differ = spoken.windows(2).any(|pair| pair[0] != pair[1]);
    let enters = if spoken.len() == sets.len() { differ } else { !spoken.is_empty() && one_sided != OneSided::LeftOut };
    enters.then(|| sets.iter().map(|set| set.map(|set| (set, Toward::of(set, &spoken, options)))).collect())
}

/// The input of the places of an issue's options, where there is more than one way to place them.
pub(crate) fn places(
    case: &Case,
    issue: Id<Issue>,
    inputs: &mut Vec<Input>,
    assumptions: &mut Vec<Assumption>,
) -> Option<usize> {
    let of = &case.issues[issue];
    let options = of.options.len();
    if options < 3 {
        return None;
    }
    let (first, last) = (of.options[0].place, of.options[options - 1].place);
    let printed = |option: usize| (of.options[option].place - first) / (last - first);
    let rises = of.options.windows(2).all(|pair| pair[0].place < pair[1].place);
    let even = |option: usize| option as f64 / (options - 1) as f64;
    let best: Vec<f64> = (0..options).map(|option| if rises { printed(option) } else { even(option) }).collect();
    let name = format!("place/{}", of.id);
    assumptions.push(Assumption::places(&name, of, &best));
    let distribution = Distribution::OrderPreserving { places: options };
    inputs.push(Input { group: name.clone(), name, distribution, best });
    Some(inputs.len() - 1)
}

/// The values of options that rows state: principal, option, input.
fn overrides(
    words: &Words<'_, '_>,
    issue: Id<Issue>,
    inputs: &mut Vec<Input>,
    assumptions: &mut Vec<Assumption>,
) -> Vec<(usize, usize, usize)> {
    let case = words.record.case;
    let mut found = Vec::new();
    for (_, row) in words.record.values(words.at).into_iter().filter(|(_, row)| row.about.issue == issue) {
        let Some(side) = case.principals.iter().position(|actor| *actor == row.about.actor) else { continue };
        let (actor, of, option) = (&case.actors[row.about.actor], &case.issues[issue], usize::from(row.about.option.0));
        let name = format!("value/{}/{}/{}", actor.id, of.id, of.options[option].id);
        let what = format!("What “{}” ({}) is worth to {}", of.options[option].label, of.title, actor.name);
        let group = format!("value/{}/{}", actor.id, of.id);
        let (input, assumption) = stated::stated(case, row, name, group, (0.0, 1.0), what);
        inputs.push(input);
        assumptions.push(assumption);
        found.push((side, option, inputs.len() - 1));
    }
    found
}

/// How a principal stands to the options of an issue.
fn stand(
    case: &Case,
    ask: Option<(OptionSet, Toward)>,
    stance: &Stance,
    one_sided: OneSided,
    inputs: &mut Vec<Input>,
    assumptions: &mut Vec<Assumption>,
) -> Stand {
    let (actor, issue) = (&case.actors[stance.actor], &case.issues[stance.issue]);
    let Some((set, toward)) = ask else {
        assumptions.push(Assumption::silent(actor, issue, one_sided));
        return if one_sided == OneSided::Opposed { Stand::Opposed } else { Stand::Indifferent };
    };
    let furthest = match toward {
        Toward::Low => 0,
        Toward::High => set.len() - 1,
        Toward::Neither => return Stand::Asks(Ask { set, toward, input: None }),
    };
    if set.len() == 1 {
        return Stand::Asks(Ask { set, toward, input: None });
    }
    let name = format!("position/{}/{}", actor.id, issue.id);
    assumptions.push(Assumption::one_of(&name, case, stance, set, furthest));
    let distribution = Distribution::OneOf { options: set.len() };
    inputs.push(Input { group: name.clone(), name, distribution, best: vec![furthest as f64] });
    Stand::Asks(Ask { set, toward, input: Some(inputs.len() - 1) })
}
