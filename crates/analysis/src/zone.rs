//! Whether there is a zone of agreement, where the case says what no agreement is worth (layer C).
//!
//! A principal accepts a package that is worth at least its value of no agreement and its premium. The premium is
//! ((1 − τ)/τ)·e for a trust τ and what the principal has irreversibly performed, e, less what assurances take off, and never below
//! 0. Acceptance is weak: equal is enough. A package that is in the zone in one draw need not be in another, so besides the share
//! of draws there is a verdict only where all draws agree.

mod solved;
mod terms;
mod thresholds;

use detente_case::Id;
use detente_case::actor::Actor;
use schemars::JsonSchema;
use serde::Serialize;

use crate::blocks::Words;
use crate::ensemble::{self, Bar, Budget, Draw, Probability, Quantiles};
use crate::progress::{Progress, heard};
use crate::room::{Critical, Effort, ValuesError, share_of};
use crate::view::{Assumption, LimitsUse, Packages, View};

pub use solved::{Point, Solutions, Solved};
pub use terms::{Terms, Use};
pub use thresholds::{From, Priced, Thresholds, thresholds};

/// Whether there is a zone, over the stated ranges.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Zone {
    /// The share of draws with a zone, limits kept.
    #[serde(flatten)]
    pub chance: Probability,
    /// What all draws agree on.
    pub verdict: Verdict,
    /// Each way to count packages, the first as above.
    pub ways: Vec<ZoneIn>,
    /// The premium on every side, beside no other, at which the zone vanishes, at the best values; none if there is no zone without
    /// premiums.
    pub premium_at_which_it_vanishes: Option<f64>,
    /// What there would be without the clauses that take off from premiums; none where there are no premiums or no such clauses.
    pub without_assurances: Option<ZoneIn>,
    /// Id of the principal whose value of no agreement moves the slack most when it alone is drawn; none if none moves it.
    pub decided_by: Option<String>,
    /// For each principal the greatest value of no agreement with which there is a zone, all else at its best value.
    pub critical: Vec<Critical>,
    /// How far each group of inputs alone moves the slack, the widest first.
    pub tornado: Vec<Bar>,
    /// Whether `critical` and `tornado` are with limits kept, or lifted because limits exclude every package.
    pub influence_of: LimitsUse,
    /// What is assumed or stated beside the assumptions of the values.
    pub assumptions: Vec<Assumption>,
    /// Draws asked for; more than were done where time ended them.
    pub draws_asked: u32,
}

/// The zone in one way to count packages.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ZoneIn {
    /// Whether limits exclude packages.
    pub limits: LimitsUse,
    /// Whether options that collide with a named norm count.
    pub norm_flagged: bool,
    /// The share of draws with a zone.
    #[serde(flatten)]
    pub chance: Probability,
    /// What all draws agree on.
    pub verdict: Verdict,
    /// By how much all thresholds could rise together and still be met, at the best values; below 0 if they have to fall. None
    /// without packages.
    pub slack: Option<f64>,
    /// The same over all draws.
    pub slack_range: Option<Quantiles>,
}

/// What all draws agree on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// There is a zone in every draw.
    Zone,
    /// There is none in any draw.
    NoZone,
    /// There is one in some draws and none in others.
    NotDetermined,
}

impl Verdict {
    fn of(chance: &Probability) -> Self {
        match chance.holds {
            0 => Verdict::NoZone,
            holds if holds == chance.draws => Verdict::Zone,
            _ => Verdict::NotDetermined,
        }
    }
}

/// The zone at the day of some words, and what stands out in it at the best values. None where the case states no value of no
/// agreement for any principal, or no draw is asked for.
///
/// Cost: for each draw one greatest common threshold a way to count packages; with clauses that take off from premiums a frontier
/// of up to twice as many coordinates as there are principals.
///
/// # Errors
/// See [`ValuesError`].
pub fn zone(
    words: &Words<'_, '_>,
    view: &View<'_>,
    effort: Effort,
    progress: &mut Progress<'_>,
) -> Result<Option<(Zone, Solutions)>, ValuesError> {
    let Some(terms) = Terms::new(words, view)? else { return Ok(None) };
    let ways = view.ways();
    let best = terms.inputs.best();
    let told_way = usize::from(terms.slack(&best, ways[0], Use::All)?.is_none());
    let assured = terms.has_assurances();
    let budget = Budget { draws: effort.budget.draws.max(1), ..effort.budget };
    let one = |draw: &Draw<'_>| -> Result<Vec<Option<i64>>, ValuesError> {
        let mut slacks: Vec<Option<i64>> =
            ways.iter().map(|way| terms.slack(draw, *way, Use::All)).collect::<Result<_, _>>()?;
        if assured {
            slacks.push(terms.slack(draw, ways[told_way], Use::WithoutAssurances)?);
        }
        Ok(slacks)
    };
    let runs = ensemble::run(&terms.inputs, effort.seed, budget, progress, one)?;
    let draws_asked = runs.asked;
    let slacks: Vec<Vec<Option<i64>>> = runs.results.into_iter().collect::<Result<_, _>>()?;
    let in_way = |place: usize, packages: Packages, use_of: Use| -> Result<Option<ZoneIn>, ValuesError> {
        let of_way = || slacks.iter().map(|slacks| slacks[place]);
        let chance = Probability::of(of_way().map(|slack| slack.is_some_and(|slack| slack >= 0)));
        let slack = terms.slack(&best, packages, use_of)?.map(share_of);
        let slack_range = Quantiles::of(of_way().flatten().map(share_of).collect());
        Ok(chance.map(|chance| ZoneIn {
            limits: packages.limits,
            norm_flagged: packages.norm_flagged,
            verdict: Verdict::of(&chance),
            chance,
            slack,
            slack_range,
        }))
    };
    let told = ways.iter().enumerate().map(|(place, packages)| in_way(place, *packages, Use::All));
    let told: Vec<ZoneIn> = told.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
    let Some(first) = told.first().cloned() else { return Ok(None) };
    let without = if assured { in_way(ways.len(), ways[told_way], Use::WithoutAssurances)? } else { None };

    let packages = ways[told_way];
    let slack = |draw: &Draw<'_>| terms.slack(draw, packages, Use::All).ok().flatten().map_or(0.0, share_of);
    let tornado = ensemble::tornado(&terms.inputs, effort.seed, effort.alone, slack);
    heard(progress(draws_asked))?;
    let mut alternatives = tornado.iter().filter(|bar| bar.high > bar.low);
    let decided_by = alternatives.find_map(|bar| bar.input.strip_prefix("alternative/")).map(str::to_owned);
    let plain = terms.slack(&best, packages, Use::WithoutPremiums)?;
    let solutions = solved::solutions(&terms, &best, packages)?;
    let zone = Zone {
        chance: first.chance,
        verdict: first.verdict,
        premium_at_which_it_vanishes: plain.filter(|slack| *slack >= 0).map(share_of),
        without_assurances: without,
        decided_by,
        critical: critical(&terms, &best, packages)?,
        tornado,
        influence_of: packages.limits,
        assumptions: terms.assumptions.clone(),
        ways: told,
        draws_asked,
    };
    Ok(Some((zone, solutions)))
}

/// For each principal the greatest value of no agreement with which there is a zone.
fn critical(terms: &Terms<'_, '_>, best: &Draw<'_>, packages: Packages) -> Result<Vec<Critical>, ValuesError> {
    let case = terms.view.case();
    let alternatives = terms.alternatives(best);
    let points = terms.points(best, packages)?;
    let of_side = |(side, actor): (usize, &Id<Actor>)| {
        let accepted = |worth: &&Vec<i64>| {
            worth.iter().zip(&alternatives).enumerate().all(|(other, (worth, least))| other == side || worth >= least)
        };
        let actor = &case.actors[*actor];
        Critical {
            input: format!("alternative/{}", actor.id),
            what: format!("The greatest value of no agreement to {} with which there is a zone", actor.name),
            value: points.worths.iter().filter(accepted).map(|worth| worth[side]).max().map(share_of),
            opens: Vec::new(),
            now: Some(share_of(alternatives[side])),
        }
    };
    Ok(case.principals.iter().enumerate().map(of_side).collect())
}
