//! How much room numbers leave for an agreement, where nobody has said what no agreement is worth (layer C).
//!
//! Nothing here is a probability of agreement or a verdict: without a value of no agreement there is only
//! 1. the **staircase**: thresholds, one a principal, that some admissible package meets together;
//! 2. the **benchmark staircase**: the same if every position stood at the end of its own side, with the same weights and no limits;
//! 3. the **equal-share point** of the benchmark: the greatest threshold that all have there together;
//! 4. the **room**: by how much all thresholds can rise together above that point and some admissible package still meets them, as a
//!    share of each side's range; and the **least slack**, the same from the point of the benchmark staircase that leaves least.
//!
//! Each with limits kept and lifted, with options that collide with a named norm and without, and with issues on which one side is
//! silent left out or as bounds. Then over every admissible placing of options, reading of vague asks and weighting.

mod opening;
mod pairs;
mod staircase;
mod told;

use detente_case::Case;
use detente_packages::shift::NoShift;
use detente_packages::{Caps, Problem, TooLarge};
use rayon::prelude::*;

use crate::blocks::{Bounds, CaseRule, Words};
use crate::ensemble::{self, Budget, Draw, Quantiles, Runs, rounded};
use crate::progress::{Progress, Stopped, heard};
use crate::view::{LimitsUse, OneSided, Packages, SCALE, View, ViewError};
use crate::zone::zone;

pub use opening::opening;
pub use staircase::Staircase;
pub use told::{Asked, Coverage, Critical, IssueWorth, RoomNow, ShareAt, SideWorth, Values};

/// Thresholds of the others at which the share of a side is told, in tenths of the range.
const TENTHS: i64 = 10;
/// The most worths kept for one staircase.
const CAPS: Caps = Caps { vectors: 200_000 };

/// How much is computed, and from which seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Seed of the draws.
    pub seed: u64,
    /// How many draws of all inputs together.
    pub budget: Budget,
    /// Draws of each group of inputs alone, for the tornado.
    pub alone: u32,
    /// Sobol points for the shares of the spread; 0 for none.
    pub points: u32,
    /// Whether it is looked for where the answer turns, and what bounds silence leaves.
    pub turns: bool,
}

/// Why there are no values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValuesError {
    /// Words do not become numbers.
    View(ViewError),
    /// There are too many packages that none improves on.
    TooLarge(TooLarge),
    /// Least shifts do not fit.
    Shift(NoShift),
    /// Whoever listened to the progress ended it.
    Stopped,
}

impl From<Stopped> for ValuesError {
    fn from(_: Stopped) -> Self {
        ValuesError::Stopped
    }
}

impl From<ViewError> for ValuesError {
    fn from(error: ViewError) -> Self {
        ValuesError::View(error)
    }
}

impl From<TooLarge> for ValuesError {
    fn from(error: TooLarge) -> Self {
        ValuesError::TooLarge(error)
    }
}

/// The staircases of one run: the benchmark, and one for each way to choose the packages that count.
#[derive(Clone, Debug)]
pub struct Stairs {
    /// Every position at the end of its own side.
    pub benchmark: Staircase,
    /// In the order of the packages asked for.
    pub of: Vec<Staircase>,
}

impl Stairs {
    /// The staircases of a run of a view.
    ///
    /// # Errors
    /// [`TooLarge`] if one of them is.
    pub fn new(view: &View<'_>, draw: &Draw<'_>, packages: &[Packages]) -> Result<Self, ValuesError> {
        let stairs = |problem: Result<Problem<i64>, _>| {
            Ok::<_, ValuesError>(Staircase::of(&problem.map_err(ViewError::Problem)?, CAPS)?)
        };
        let of = |packages: &Packages| match view.blocked_elsewhere(*packages) {
            true => Ok(Staircase::empty()),
            false => stairs(view.problem(draw, *packages)),
        };
        Ok(Stairs { benchmark: stairs(view.benchmark(draw))?, of: packages.iter().map(of).collect::<Result<_, _>>()? })
    }

    /// The greatest threshold that all sides have together in the benchmark.
    #[must_use]
    pub fn equal_share(&self) -> i64 {
        self.benchmark.equal().unwrap_or(0)
    }

    /// By how much all thresholds can rise together above the equal-share point; none without packages.
    #[must_use]
    pub fn room(&self, place: usize) -> Option<i64> {
        self.of[place].equal().map(|equal| equal - self.equal_share())
    }

    /// The same from the point of the benchmark staircase that leaves least.
    #[must_use]
    pub fn least_slack(&self, place: usize) -> Option<i64> {
        self.of[place].least_slack(&self.benchmark)
    }
}

/// Room and least slack; none without packages.
#[derive(Clone, Copy)]
struct Slack {
    room: Option<i64>,
    least: Option<i64>,
}

/// What one run leaves, in whole numbers.
struct Run {
    equal_share: i64,
    /// By way.
    rooms: Vec<Slack>,
    /// With limits kept, then lifted: for each side and each tenth the greatest threshold.
    shares: Vec<Option<i64>>,
}

impl Run {
    fn new(stairs: &Stairs, sides: usize) -> Self {
        let slack = |way| Slack { room: stairs.room(way), least: stairs.least_slack(way) };
        let rooms = (0..stairs.of.len()).map(slack).collect();
        let share = |(way, side, tenth): (usize, usize, i64)| stairs.of[way].most(side, SCALE / TENTHS * tenth);
        Run { equal_share: stairs.equal_share(), rooms, shares: share_keys(sides).map(share).collect() }
    }
}

/// Way (kept, lifted), side and tenth of every share that is told, in order.
fn share_keys(sides: usize) -> impl Iterator<Item = (usize, usize, i64)> {
    (0..2).flat_map(move |way| (0..sides).flat_map(move |side| (0..=TENTHS).map(move |tenth| (way, side, tenth))))
}

/// The room at the day of some words, with what limits leave open under one reading.
///
/// Cost: for each draw three staircases, or five where options collide with a norm.
///
/// # Errors
/// See [`ValuesError`].
pub fn values(
    words: &Words<'_, '_>,
    bounds: &Bounds,
    rules: &[CaseRule],
    effort: Effort,
    progress: &mut Progress<'_>,
) -> Result<Values, ValuesError> {
    let view = View::new(words, bounds, rules, OneSided::LeftOut)?;
    let mut told = of_view(&view, effort, progress)?;
    told.coverage = Coverage::of(words);
    (told.zone, told.solutions) = zone(words, &view, effort, progress)?.unzip();
    if effort.turns && told.coverage.one_sided > 0 {
        for one_sided in [OneSided::Indifferent, OneSided::Opposed] {
            let view = View::new(words, bounds, rules, one_sided)?;
            told.add_bound(&view, one_sided)?;
        }
    }
    Ok(told)
}

/// The room of a view. Its coverage counts the issues of the view alone.
///
/// # Errors
/// [`ValuesError::TooLarge`] if a staircase is; [`ValuesError::Stopped`] if `progress` says so.
pub fn of_view(view: &View<'_>, effort: Effort, progress: &mut Progress<'_>) -> Result<Values, ValuesError> {
    let case = view.case();
    let sides = case.principals.len();
    let ways = view.ways();
    let best = view.inputs().best();
    let stairs = Stairs::new(view, &best, &ways)?;
    let runs = ensemble::run(view.inputs(), effort.seed, effort.budget, progress, |draw| {
        Stairs::new(view, draw, &ways).map(|stairs| Run::new(&stairs, sides))
    })?;
    let asked = runs.asked;
    let results: Vec<Run> = runs.results.into_iter().collect::<Result<_, _>>()?;
    let runs = Runs { results, asked };

    let mut told = Values::new(view, &stairs, &runs);
    for (place, packages) in ways.iter().enumerate() {
        let ranges = |of: fn(&Slack) -> Option<i64>| quantiles(runs.results.iter().map(|run| of(&run.rooms[place])));
        told.rooms.push(RoomNow {
            room_range: ranges(|slack| slack.room),
            least_slack_range: ranges(|slack| slack.least),
            ..RoomNow::at_best(&stairs, place, *packages, OneSided::LeftOut)
        });
    }
    told.room = told.rooms.first().and_then(|room| room.room);
    told.shares = shares(case, &stairs, &runs);

    // What moves the room: with limits kept, unless they leave no package.
    let told_way = usize::from(stairs.of[0].is_empty());
    let packages = ways[told_way];
    told.influence_of = packages.limits;
    if !stairs.of[told_way].is_empty() {
        // A staircase that is too large is told above; a package that some draws have, all have.
        let room = |draw: &Draw<'_>| room_alone(view, draw, packages).ok().flatten().map_or(0.0, share_of);
        told.tornado = ensemble::tornado(view.inputs(), effort.seed, effort.alone, room);
        heard(progress(asked))?;
        if effort.points > 0 {
            let seed = u32::try_from(effort.seed & 0xffff_ffff).unwrap_or_default();
            told.sobol = ensemble::sobol(view.inputs(), seed, effort.points, room).unwrap_or_default();
            heard(progress(asked))?;
        }
    }
    if effort.turns {
        told.critical = critical(view, &best, &stairs, told_way, packages);
    }
    Ok(told)
}

/// The room of one run, without the staircases.
fn room_alone(view: &View<'_>, draw: &Draw<'_>, packages: Packages) -> Result<Option<i64>, ValuesError> {
    let equal = |problem: Result<Problem<i64>, _>| {
        Ok::<_, ValuesError>(Staircase::equal_in(&problem.map_err(ViewError::Problem)?, CAPS)?)
    };
    let benchmark = equal(view.benchmark(draw))?.unwrap_or(0);
    Ok(equal(view.problem(draw, packages))?.map(|equal| equal - benchmark))
}

/// Thresholds at which the answer turns, and the weights with which the equal-share point can be had.
fn critical(view: &View<'_>, best: &Draw<'_>, stairs: &Stairs, way: usize, packages: Packages) -> Vec<Critical> {
    let case = view.case();
    let equal_share = stairs.equal_share();
    let value = |value: Option<i64>| value.map(share_of);
    let mut all = vec![Critical {
        input: "threshold".into(),
        what: "The greatest threshold that every side can have at once".into(),
        value: value(stairs.of[way].equal()),
        opens: Vec::new(),
        now: Some(share_of(equal_share)),
    }];
    for (side, actor) in case.principals.iter().enumerate() {
        let actor = &case.actors[*actor];
        all.push(Critical {
            input: format!("threshold/{}", actor.id),
            what: format!("The greatest threshold of {} while every other side has the equal share", actor.name),
            value: value(stairs.of[way].most(side, equal_share)),
            opens: Vec::new(),
            now: Some(share_of(equal_share)),
        });
    }
    let groups = view.groups();
    let pairs: Vec<(usize, &str, &[usize])> = (0..case.principals.len())
        .flat_map(|side| groups.iter().map(move |(name, places)| (side, *name, places.as_slice())))
        .collect();
    let of_weights = |&(side, name, places): &(usize, &str, &[usize])| {
        let actor = &case.actors[case.principals[side]];
        let what =
            format!("Weights of {name} for {} with which some package gives every side the equal share", actor.name);
        let (opens, what) = match opening(view, best, packages, side, places, equal_share) {
            Ok(None) => return None,
            Ok(Some(opens)) => (opens, what),
            Err(_) => (Vec::new(), format!("{what}: not found, there are too many packages to go through")),
        };
        let weights = view.weights(best, side);
        Some(Critical {
            input: format!("weights/{}/{name}", actor.id),
            what,
            value: None,
            opens,
            now: Some(share_of(places.iter().map(|place| weights[*place]).sum())),
        })
    };
    all.extend(pairs.par_iter().filter_map(of_weights).collect::<Vec<_>>());
    all
}

fn shares(case: &Case, stairs: &Stairs, runs: &Runs<Run>) -> Vec<ShareAt> {
    let told = |(place, (way, side, tenth)): (usize, (usize, usize, i64))| {
        let found = || runs.results.iter().map(|run| run.shares[place]);
        let draws = runs.results.len();
        ShareAt {
            limits: if way == 0 { LimitsUse::Kept } else { LimitsUse::Lifted },
            actor: case.actors[case.principals[side]].id.to_string(),
            others: rounded(tenth as f64 / TENTHS as f64),
            share: stairs.of[way].most(side, SCALE / TENTHS * tenth).map(share_of),
            met: if draws == 0 { 0.0 } else { rounded(found().flatten().count() as f64 / draws as f64) },
            range: quantiles(found()),
        }
    };
    share_keys(case.principals.len()).enumerate().map(told).collect()
}

/// The quantiles of those that there are.
fn quantiles(values: impl Iterator<Item = Option<i64>>) -> Option<Quantiles> {
    Quantiles::of(values.flatten().map(|value| value as f64 / SCALE as f64).collect())
}

/// A whole number as a share of the range of a side, to nine decimals.
pub(crate) fn share_of(worth: i64) -> f64 {
    rounded(worth as f64 / SCALE as f64)
}
