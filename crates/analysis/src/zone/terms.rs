//! What each principal accepts: the value of no agreement, and premiums for mistrust.

use detente_case::Id;
use detente_case::issue::{Issue, OptionPlace};
use detente_packages::{Caps, Problem, frontier};

use crate::blocks::Words;
use crate::ensemble::{Draw, Input, Inputs};
use crate::room::{Staircase, ValuesError};
use crate::view::stated::{stated, unstated};
use crate::view::{Assumption, Packages, View, ViewError, whole};

/// The most worths kept for one zone.
pub(super) const CAPS: Caps = Caps { vectors: 200_000 };

/// A premium beyond this many times the whole range counts as this many times: no package is worth it, whatever takes off from it.
const MOST_PREMIUM: f64 = 1000.0;

/// A view with what each principal accepts.
pub struct Terms<'v, 'c> {
    /// The view.
    pub view: &'v View<'c>,
    /// The inputs of the view, then those of the terms.
    pub inputs: Inputs,
    /// What is assumed beside the assumptions of the view.
    pub assumptions: Vec<Assumption>,
    /// By principal.
    sides: Vec<SideTerms>,
}

/// What decides what one principal accepts: places of inputs.
struct SideTerms {
    alternative: usize,
    /// Its trust in each other; the least counts, since the default of any other is enough.
    trust: Vec<usize>,
    /// What it has irreversibly performed: place of the issue, option, input.
    exposure: Vec<(usize, usize, usize)>,
    /// What takes off from its premium: place of the issue, option, input.
    assurances: Vec<(usize, usize, usize)>,
}

impl SideTerms {
    /// Whether the premium may fall below 0 and is cut off there, so that it cannot be added up with the worth.
    fn is_floored(&self, assured: bool) -> bool {
        assured && !self.trust.is_empty() && !self.exposure.is_empty() && !self.assurances.is_empty()
    }
}

impl<'v, 'c> Terms<'v, 'c> {
    /// The terms at the day of some words; none if no alternative is stated for any principal.
    ///
    /// # Errors
    /// [`ViewError::Inputs`] if inputs do not fit together.
    pub fn new(words: &Words<'_, 'c>, view: &'v View<'c>) -> Result<Option<Self>, ViewError> {
        let (record, case) = (words.record, words.record.case);
        let alternatives = record.alternatives(words.at);
        if !alternatives.iter().any(|(_, row)| case.principals.contains(&row.about.actor)) {
            return Ok(None);
        }
        let places: Vec<Id<Issue>> = view.entering().map(|(issue, _)| issue).collect();
        let place = |issue: Id<Issue>| places.iter().position(|of| *of == issue);
        let option = |issue: Id<Issue>, option: OptionPlace| {
            let of = &case.issues[issue];
            (&of.id, &of.options[usize::from(option.0)])
        };
        let mut inputs: Vec<Input> = view.inputs().list().to_vec();
        let mut assumptions = Vec::new();
        let mut add = |(input, assumption): (Input, Assumption)| {
            inputs.push(input);
            assumptions.push(assumption);
            inputs.len() - 1
        };
        let source = |source: Option<Id<_>>| source.map(|source| case.sources[source].id.to_string());
        let mut left_out = Vec::new();
        let mut sides = Vec::new();
        for actor in &case.principals {
            let of = &case.actors[*actor];
            let name = format!("alternative/{}", of.id);
            let what = format!("What no agreement is worth to {}, its cost included", of.name);
            let alternative = match alternatives.iter().find(|(_, row)| row.about.actor == *actor) {
                Some((_, row)) => add(stated(case, row, name.clone(), name, (0.0, 1.0), what)),
                None => {
                    let reason = "No row states it: the middle is used, and anything is drawn. A row in alternatives.csv replaces this.";
                    add(unstated(name.clone(), name, (0.0, 1.0), 0.5, what, reason))
                }
            };
            let mut side = SideTerms { alternative, trust: Vec::new(), exposure: Vec::new(), assurances: Vec::new() };
            for (_, row) in record.trust(words.at) {
                if row.about.from == *actor && row.about.to != *actor && case.principals.contains(&row.about.to) {
                    let to = &case.actors[row.about.to];
                    let name = format!("trust/{}/{}", of.id, to.id);
                    let what = format!("The chance that {} sees of {} complying", of.name, to.name);
                    // Trust of nought would be a premium without end; the least that a row can state is above it.
                    side.trust.push(add(stated(case, row, name.clone(), name, (f64::EPSILON, 1.0), what)));
                }
            }
            for (_, row) in record.exposure(words.at).into_iter().filter(|(_, row)| row.about.actor == *actor) {
                let (issue, chosen) = option(row.about.issue, row.about.option);
                let name = format!("exposure/{}/{issue}/{}", of.id, chosen.id);
                let what = format!("What {} has irreversibly performed with “{}”", of.name, chosen.label);
                match place(row.about.issue) {
                    Some(place) => {
                        let input = add(stated(case, row, name, format!("exposure/{}", of.id), (0.0, 1.0), what));
                        side.exposure.push((place, usize::from(row.about.option.0), input));
                    }
                    None => {
                        left_out.push(Assumption::left_out(what, &case.issues[row.about.issue], source(row.source)))
                    }
                }
            }
            for (_, row) in record.assurances(words.at).into_iter().filter(|(_, row)| row.about.for_actor == *actor) {
                let (issue, chosen) = option(row.about.issue, row.about.option);
                let name = format!("assurance/{}/{issue}/{}", of.id, chosen.id);
                let what = format!("What “{}” takes off the premium of {}", chosen.label, of.name);
                match place(row.about.issue) {
                    Some(place) => {
                        let input = add(stated(case, row, name, format!("assurance/{}", of.id), (0.0, 1.0), what));
                        side.assurances.push((place, usize::from(row.about.option.0), input));
                    }
                    None => {
                        left_out.push(Assumption::left_out(what, &case.issues[row.about.issue], source(row.source)))
                    }
                }
            }
            sides.push(side);
        }
        assumptions.extend(left_out);
        let inputs = Inputs::new(inputs).map_err(ViewError::Inputs)?;
        Ok(Some(Terms { view, inputs, assumptions, sides }))
    }

    /// What no agreement is worth to each principal in a run.
    #[must_use]
    pub fn alternatives(&self, draw: &Draw<'_>) -> Vec<i64> {
        self.sides.iter().map(|side| whole(draw.get(side.alternative)[0])).collect()
    }

    /// Whether any principal has a premium.
    #[must_use]
    pub fn has_premiums(&self) -> bool {
        self.sides.iter().any(|side| !side.trust.is_empty() && !side.exposure.is_empty())
    }

    /// Whether anything takes off from a premium.
    #[must_use]
    pub fn has_assurances(&self) -> bool {
        self.sides.iter().any(|side| side.is_floored(true))
    }

    /// Packages by what they are worth to each principal beyond `from`, less its premium. A premium that may be cut off at 0 is a
    /// coordinate of its own, with its sign turned, after those of all principals.
    fn problem(
        &self,
        draw: &Draw<'_>,
        packages: Packages,
        use_of: Use,
        from: &[i64],
    ) -> Result<Problem<i64>, ValuesError> {
        let worths = self.view.worths(draw);
        let floored: Vec<usize> = (0..self.sides.len()).filter(|side| self.is_floored(*side, use_of)).collect();
        let premium = |side: usize, place: usize, option: usize| {
            let side = &self.sides[side];
            let trust = side.trust.iter().map(|input| draw.get(*input)[0]).fold(f64::INFINITY, f64::min);
            if use_of == Use::WithoutPremiums || !trust.is_finite() {
                return 0;
            }
            let of = |rows: &[(usize, usize, usize)]| -> f64 {
                let here = rows.iter().filter(|(at, chosen, _)| (*at, *chosen) == (place, option));
                here.map(|(.., input)| draw.get(*input)[0]).sum()
            };
            let performed = ((1.0 - trust) / trust * of(&side.exposure)).min(MOST_PREMIUM);
            let assured = if use_of == Use::All { of(&side.assurances) } else { 0.0 };
            whole(performed) - whole(assured)
        };
        let base: Vec<i64> = from.iter().map(|from| -from).chain(floored.iter().map(|_| 0)).collect();
        let worth = |place: usize, option: usize| {
            let of_side = |(side, worth): (usize, &i64)| {
                // Without a premium to take off from, an assurance is worth nothing.
                let added = !floored.contains(&side) && !self.sides[side].exposure.is_empty();
                worth - if added { premium(side, place, option) } else { 0 }
            };
            let own = worths[place][option].iter().enumerate().map(of_side);
            own.chain(floored.iter().map(|side| -premium(*side, place, option))).collect()
        };
        Ok(self.view.recast(Some(packages), base, worth).map_err(ViewError::Problem)?)
    }

    fn is_floored(&self, side: usize, use_of: Use) -> bool {
        use_of != Use::WithoutPremiums && self.sides[side].is_floored(use_of == Use::All)
    }

    /// What a point of the problem is worth to each principal beyond its alternative and premium.
    fn margins(&self, point: &[i64], use_of: Use) -> Vec<i64> {
        let mut turned = point[self.sides.len()..].iter();
        let margin = |(side, worth): (usize, &i64)| {
            let premium = if self.is_floored(side, use_of) { turned.next().map_or(0, |turned| -turned) } else { 0 };
            worth - premium.max(0)
        };
        point.iter().take(self.sides.len()).enumerate().map(margin).collect()
    }

    /// By how much all thresholds could rise together and still be met in a run; below 0 if they have to fall. None without
    /// packages.
    ///
    /// # Errors
    /// [`ValuesError::TooLarge`] if there are too many packages that none improves on.
    pub fn slack(&self, draw: &Draw<'_>, packages: Packages, use_of: Use) -> Result<Option<i64>, ValuesError> {
        if self.view.blocked_elsewhere(packages) {
            return Ok(None);
        }
        let problem = self.problem(draw, packages, use_of, &self.alternatives(draw))?;
        if problem.coordinates() == self.sides.len() {
            return Ok(Staircase::equal_in(&problem, CAPS)?);
        }
        let found = frontier(&problem, CAPS)?;
        let least = found.points().iter().filter_map(|point| self.margins(&point.worth, use_of).into_iter().min());
        Ok(least.max())
    }

    /// The packages that no other improves on, by what they are worth to each principal less its premium, and one package each.
    ///
    /// # Errors
    /// As [`Terms::slack`].
    pub(super) fn points(&self, draw: &Draw<'_>, packages: Packages) -> Result<Points, ValuesError> {
        if self.view.blocked_elsewhere(packages) {
            return Ok(Points::default());
        }
        let problem = self.problem(draw, packages, Use::All, &vec![0; self.sides.len()])?;
        let found = frontier(&problem, CAPS)?;
        let worths = found.points().iter().map(|point| self.margins(&point.worth, Use::All)).collect();
        let packages = (0..found.points().len()).map(|point| found.witness(point)).collect();
        Ok(Points { worths, packages })
    }
}

/// Packages that no other improves on.
#[derive(Default)]
pub(super) struct Points {
    /// What each is worth to each principal, less its premium.
    pub(super) worths: Vec<Vec<i64>>,
    /// The first package that is worth that.
    pub(super) packages: Vec<Vec<u16>>,
}

impl Points {
    /// The packages of a view, by what they are worth.
    pub(super) fn of_view(view: &View<'_>, draw: &Draw<'_>, packages: Packages) -> Result<Points, ValuesError> {
        if view.blocked_elsewhere(packages) {
            return Ok(Points::default());
        }
        let found = frontier(&view.problem(draw, packages).map_err(ViewError::Problem)?, CAPS)?;
        let worths = found.points().iter().map(|point| point.worth.clone()).collect();
        Ok(Points { worths, packages: (0..found.points().len()).map(|point| found.witness(point)).collect() })
    }
}

/// What enters beside alternatives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Premiums, and what takes off from them.
    All,
    /// Premiums alone.
    WithoutAssurances,
    /// Neither.
    WithoutPremiums,
}
