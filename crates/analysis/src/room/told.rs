//! The room as it is told.

use detente_case::Id;
use detente_case::actor::Actor;
use detente_case::issue::{Issue, OptionPlace};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Run, Stairs, ValuesError, share_of};
use crate::blocks::Words;
use crate::ensemble::{Bar, Index, Quantiles, Runs};
use crate::stance::Stance;
use crate::view::{Assumption, LimitsUse, OneSided, Packages, Toward, View};
use crate::zone::{Solutions, Zone};

/// What room numbers leave. Shares are of each side's range: 0 is nothing of what it asks for, 1 is all of it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Values {
    /// Ids of the issues on which every principal has a position and the positions differ.
    pub contested: Vec<String>,
    /// How much of the case that is.
    pub coverage: Coverage,
    /// Thresholds, one a principal, that some package meets together, limits kept: the corners, the first side's greatest first. Empty if
    /// limits exclude every package.
    pub staircase: Vec<Vec<f64>>,
    /// The same with limits lifted.
    pub lifted: Vec<Vec<f64>>,
    /// The same with every position at the end of its own side, and no limits.
    pub benchmark: Vec<Vec<f64>>,
    /// The greatest threshold that all sides have together in the benchmark.
    pub equal_share: f64,
    /// The equal share over all draws.
    pub equal_share_range: Option<Quantiles>,
    /// By how much all thresholds can rise together above the equal share, limits kept; below 0 if they have to fall. None if limits
    /// exclude every package.
    pub room: Option<f64>,
    /// The room in every way to count packages and issues, the first as above.
    pub rooms: Vec<RoomNow>,
    /// Values of the inputs at which the answer turns.
    pub critical: Vec<Critical>,
    /// The share that each side can have, by the threshold of the others.
    pub shares: Vec<ShareAt>,
    /// How far each group of inputs alone moves the room, the widest first.
    pub tornado: Vec<Bar>,
    /// The share of the spread of the room that comes from each group of inputs; empty where there is no spread, or too many inputs.
    pub sobol: Vec<Index>,
    /// Whether `tornado`, `sobol` and `critical` are of the room with limits kept, or lifted because limits exclude every package.
    pub influence_of: LimitsUse,
    /// Whether there is a zone of agreement; none unless the case states what no agreement is worth to some principal.
    pub zone: Option<Zone>,
    /// What stands out in the zone; none as for `zone`.
    pub solutions: Option<Solutions>,
    /// What each option is worth to each principal, and the weights.
    pub issues: Vec<IssueWorth>,
    /// What is assumed where the case says nothing.
    pub assumptions: Vec<Assumption>,
    /// Draws done.
    pub draws: u32,
    /// Draws asked for; more than were done where time ended them.
    pub draws_asked: u32,
}

/// How many issues enter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Coverage {
    /// Issues on which every principal has a position and the positions differ.
    pub contested: usize,
    /// Issues on which every principal has the same position.
    pub same: usize,
    /// Issues on which some principals have a position and others none.
    pub one_sided: usize,
    /// Issues of the case with a scale.
    pub issues: usize,
}

impl Coverage {
    pub(super) fn of(words: &Words<'_, '_>) -> Self {
        let case = words.record.case;
        let mut coverage = Coverage { contested: 0, same: 0, one_sided: 0, issues: case.issues.len() };
        for issue in case.issues.ids() {
            let stances: &[Stance] = words.stances(issue);
            let sets: Vec<_> = stances.iter().filter_map(|stance| stance.position.as_ref()).collect();
            let same = sets.windows(2).all(|pair| pair[0].options == pair[1].options);
            match sets.len() {
                0 => {}
                spoken if spoken < stances.len() => coverage.one_sided += 1,
                _ if same => coverage.same += 1,
                _ => coverage.contested += 1,
            }
        }
        coverage
    }
}

/// The room in one way to count packages and issues.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RoomNow {
    /// Whether limits exclude packages.
    pub limits: LimitsUse,
    /// Whether options that collide with a named norm count.
    pub norm_flagged: bool,
    /// How issues count on which one side is silent.
    pub one_sided: OneSided,
    /// Whether there is no package at all; then there is no room to measure.
    pub blocked: bool,
    /// The greatest threshold that all sides can have together.
    pub equal: Option<f64>,
    /// By how much it lies above the equal share of the benchmark.
    pub room: Option<f64>,
    /// The least rise over all points of the benchmark staircase.
    pub least_slack: Option<f64>,
    /// The room over all draws; none for bounds, which are computed at the best values alone.
    pub room_range: Option<Quantiles>,
    /// The least slack over all draws.
    pub least_slack_range: Option<Quantiles>,
}

impl RoomNow {
    pub(super) fn at_best(stairs: &Stairs, place: usize, packages: Packages, one_sided: OneSided) -> Self {
        RoomNow {
            limits: packages.limits,
            norm_flagged: packages.norm_flagged,
            one_sided,
            blocked: stairs.of[place].is_empty(),
            equal: stairs.of[place].equal().map(share_of),
            room: stairs.room(place).map(share_of),
            least_slack: stairs.least_slack(place).map(share_of),
            room_range: None,
            least_slack_range: None,
        }
    }
}

/// A value of an input at which the answer turns.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Critical {
    /// The input.
    pub input: String,
    /// What the value is.
    pub what: String,
    /// The value, where the answer turns once; none if no package meets the thresholds of the others.
    pub value: Option<f64>,
    /// For inputs with which the answer may turn more than once: the intervals in which it holds.
    pub opens: Vec<[f64; 2]>,
    /// The value that is used.
    pub now: Option<f64>,
}

/// The share that a side can have.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ShareAt {
    /// Whether limits exclude packages.
    pub limits: LimitsUse,
    /// Id of the principal.
    pub actor: String,
    /// The threshold of all others.
    pub others: f64,
    /// The greatest threshold of the side; none if no package meets that of the others.
    pub share: Option<f64>,
    /// The share of draws in which some package meets the threshold of the others.
    pub met: f64,
    /// The greatest threshold of the side over those draws.
    pub range: Option<Quantiles>,
}

/// What the options of an issue are worth, at the best values of the inputs.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct IssueWorth {
    /// The issue.
    pub id: String,
    /// Ids of its options in order.
    pub options: Vec<String>,
    /// The principals, in their order.
    pub sides: Vec<SideWorth>,
}

/// What the options of an issue are worth to a principal.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct SideWorth {
    /// Id of the principal.
    pub actor: String,
    /// What it asks for.
    pub asks: Asked,
    /// The weight of the issue, of all that enter.
    pub weight: f64,
    /// The value of each option, before the weight.
    pub values: Vec<f64>,
}

/// The options that a position leaves open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Asked {
    /// Ids of the options.
    pub options: Vec<String>,
    /// The side on which the furthest of them counts.
    pub toward: Toward,
}

impl Values {
    /// What the best values give; rooms, shares, influence and critical values are added by the caller.
    pub(super) fn new(view: &View<'_>, stairs: &Stairs, runs: &Runs<Run>) -> Self {
        let case = view.case();
        let contested: Vec<String> = view
            .entering()
            .filter(|(_, contested)| *contested)
            .map(|(issue, _)| case.issues[issue].id.to_string())
            .collect();
        let points = |stairs: &super::Staircase| -> Vec<Vec<f64>> {
            stairs.points().map(|point| point.iter().map(|worth| share_of(*worth)).collect()).collect()
        };
        let equal_shares = runs.results.iter().map(|run| Some(run.equal_share));
        Values {
            coverage: Coverage { contested: contested.len(), same: 0, one_sided: 0, issues: case.issues.len() },
            contested,
            staircase: points(&stairs.of[0]),
            lifted: points(&stairs.of[1]),
            benchmark: points(&stairs.benchmark),
            equal_share: share_of(stairs.equal_share()),
            equal_share_range: super::quantiles(equal_shares),
            room: None,
            rooms: Vec::new(),
            critical: Vec::new(),
            shares: Vec::new(),
            tornado: Vec::new(),
            sobol: Vec::new(),
            influence_of: LimitsUse::Kept,
            zone: None,
            solutions: None,
            issues: worths(view),
            assumptions: view.assumptions().to_vec(),
            draws: u32::try_from(runs.results.len()).unwrap_or(u32::MAX),
            draws_asked: runs.asked,
        }
    }

    /// Adds the room with the issues on which one side is silent, in one way to count them.
    pub(super) fn add_bound(&mut self, view: &View<'_>, one_sided: OneSided) -> Result<(), ValuesError> {
        let ways = view.ways();
        let stairs = Stairs::new(view, &view.inputs().best(), &ways)?;
        for (place, packages) in ways.iter().enumerate() {
            self.rooms.push(RoomNow::at_best(&stairs, place, *packages, one_sided));
        }
        let known = |assumption: &&Assumption| !self.assumptions.contains(assumption);
        let new: Vec<Assumption> = view.assumptions().iter().filter(known).cloned().collect();
        self.assumptions.extend(new);
        Ok(())
    }
}

fn worths(view: &View<'_>) -> Vec<IssueWorth> {
    let (case, best) = (view.case(), view.inputs().best());
    let weights: Vec<Vec<i64>> = (0..case.principals.len()).map(|side| view.weights(&best, side)).collect();
    let worth = |(place, (issue, _)): (usize, (Id<Issue>, bool))| {
        let issue = &case.issues[issue];
        let option = |option: OptionPlace| issue.options[usize::from(option.0)].id.to_string();
        let side = |(side, actor): (usize, &Id<Actor>)| {
            let (set, toward) = view.ask(place, side);
            SideWorth {
                actor: case.actors[*actor].id.to_string(),
                asks: Asked { options: set.iter().map(option).collect(), toward },
                weight: share_of(weights[side][place]),
                values: view.values(&best, place, side).into_iter().map(share_of).collect(),
            }
        };
        IssueWorth {
            id: issue.id.to_string(),
            options: issue.options.iter().map(|option| option.id.to_string()).collect(),
            sides: case.principals.iter().enumerate().map(side).collect(),
        }
    };
    view.entering().enumerate().map(worth).collect()
}
