//! The common-ground register (layer B): per issue, what every principal has ever put in its own words, since when, until when,
//! and who left it; where nothing is in common, how near they came; and what third parties put into the gap.
//!
//! An option *stands* for an actor from the day it tables it until the text lapses or is superseded, the actor rules it out, or asks
//! for something else at an equal or higher rank. See `docs/methods/common.md`.

mod standing;

use detente_case::actor::Actor;
use detente_case::issue::{Issue, OptionPlace, OptionSet};
use detente_case::position::Position;
use detente_case::{Case, Day, Id, Moment, Record, When};
use schemars::JsonSchema;
use serde::Serialize;

use crate::about::{About, At, Layer, Settings};
use crate::stance::{self, LimitReading, Line};
use standing::{End, Standing};

pub use standing::How;

/// The register at a moment.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Common {
    /// The moment.
    #[serde(flatten)]
    pub moment: At,
    /// How much of the case it covers.
    pub coverage: CommonCoverage,
    /// The issues in the order of the case.
    pub issues: Vec<CommonIssue>,
    /// Where the result comes from.
    pub about: About,
}

/// On how many issues there is anything to register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CommonCoverage {
    /// Issues on which every principal has put at least one option in its own words.
    pub all_have_tabled: usize,
    /// Issues on which at least one option was put by every principal.
    pub with_overlap: usize,
    /// Issues on which such an option stands for every principal at the moment.
    pub standing: usize,
    /// All issues with a scale.
    pub issues: usize,
}

/// The register of one issue.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CommonIssue {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Group.
    pub group: String,
    /// What each principal has put in its own words.
    pub sides: Vec<Side>,
    /// The options that every principal has put.
    pub overlaps: Vec<Overlap>,
    /// Where two principals have no option in common: the pairs of options with the fewest steps between them.
    pub near: Vec<Near>,
    /// Options of others that lie between what the principals ask for.
    pub third_party: Vec<ThirdParty>,
}

/// What a principal has put on an issue.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Side {
    /// Id of the principal.
    pub actor: String,
    /// Ids of the options, in their order.
    pub tabled: Vec<String>,
    /// Ids of those that stand at the moment.
    pub standing: Vec<String>,
}

/// An option that every principal has put in its own words.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Overlap {
    /// Id of the option.
    pub option: String,
    /// The first day on which it stood for all; where it never did at once, the day on which the last of them put it.
    pub since: When,
    /// The day from which it no longer stood for all; none if it still does.
    pub until: Option<When>,
    /// Whether it ever stood for all at once.
    pub together: bool,
    /// Where it stood for all more than once: the first day of the last time.
    pub again: Option<When>,
    /// Those by whose leaving it ended.
    pub left_by: Vec<Left>,
    /// The conditions under which it was put the last time, by principal.
    pub conditions: Vec<ConditionOf>,
    /// When and where each principal put it.
    pub sides: Vec<Put>,
}

/// How a principal left an option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Left {
    /// Id of the principal.
    pub actor: String,
    /// The day.
    pub date: When,
    /// How.
    pub how: How,
    /// Ids of the rows by which it left; those that lapsed, where nothing else ended them.
    pub rows: Vec<String>,
}

/// A condition of one principal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ConditionOf {
    /// Id of the principal.
    pub actor: String,
    /// The condition in words.
    pub condition: String,
}

/// That an actor put an option in its own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Put {
    /// Id of the actor.
    pub actor: String,
    /// Id of the option.
    pub option: String,
    /// The first time.
    pub first: When,
    /// The last time.
    pub last: When,
    /// Whether it stands at the moment.
    pub standing: bool,
    /// Ids of the rows.
    pub rows: Vec<String>,
}

/// Two options of two principals with the fewest steps between them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Near {
    /// The option of the one.
    pub a: Put,
    /// The option of the other.
    pub b: Put,
    /// The steps between them.
    pub steps: u32,
    /// Whether both stand at the moment.
    pub standing: bool,
}

/// An option of somebody else that lies between what the principals ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ThirdParty {
    /// What was put, by whom and when.
    #[serde(flatten)]
    pub put: Put,
    /// Ids of the principals that rule it out, by words or law.
    pub ruled_out_by: Vec<String>,
}

/// The register at a moment.
///
/// Cost: for each actor and issue, the square of the rows on which it speaks there.
#[must_use]
pub fn common(case: &Case, moment: Moment, settings: Settings) -> Common {
    let record = Record::known_by(case, moment.known);
    let about = About::new(Layer::B, "common", true, record, settings);
    register(record, moment, about)
}

/// The same, described as told; for callers that have a description of the record at hand.
#[must_use]
pub fn register(record: Record<'_>, moment: Moment, about: About) -> Common {
    let case = record.case;
    let issues: Vec<CommonIssue> = case.issues.ids().map(|issue| common_issue(record, issue, moment.at)).collect();
    let count = |test: &dyn Fn(&CommonIssue) -> bool| issues.iter().filter(|issue| test(issue)).count();
    let coverage = CommonCoverage {
        all_have_tabled: count(&|issue| {
            !issue.sides.is_empty() && issue.sides.iter().all(|side| !side.tabled.is_empty())
        }),
        with_overlap: count(&|issue| !issue.overlaps.is_empty()),
        standing: count(&|issue| issue.overlaps.iter().any(|overlap| overlap.until.is_none())),
        issues: issues.len(),
    };
    Common { moment: moment.into(), coverage, issues, about }
}

/// What one actor has put on one issue.
struct Register<'c> {
    case: &'c Case,
    actor: Id<Actor>,
    issue: &'c Issue,
    line: Line<'c>,
    options: Vec<(OptionPlace, Standing)>,
}

impl<'c> Register<'c> {
    fn new(record: Record<'c>, actor: Id<Actor>, issue: Id<Issue>, at: Day) -> Self {
        let line = Line::new(record, actor, issue);
        let options = line
            .tabled(at)
            .into_iter()
            .map(|tabled| (tabled.option, standing::of(record, line.rows(), tabled.option, at)));
        Register { case: record.case, actor, issue: &record.case.issues[issue], options: options.collect(), line }
    }

    fn tabled(&self) -> OptionSet {
        self.options.iter().map(|(option, _)| *option).collect()
    }

    fn standing(&self) -> OptionSet {
        self.options.iter().filter(|(_, standing)| standing.stands()).map(|(option, _)| *option).collect()
    }

    fn of(&self, option: OptionPlace) -> Option<&Standing> {
        self.options.iter().find(|(own, _)| *own == option).map(|(_, standing)| standing)
    }

    fn id(&self, option: OptionPlace) -> String {
        self.issue.options[option.0 as usize].id.to_string()
    }

    fn rows(&self, rows: &[Id<Position>]) -> Vec<String> {
        rows.iter().map(|row| self.case.positions[*row].id.to_string()).collect()
    }

    fn name(&self) -> String {
        self.case.actors[self.actor].id.to_string()
    }

    fn put(&self, option: OptionPlace) -> Option<Put> {
        let standing = self.of(option)?;
        let date = |row: Option<&Id<Position>>| row.map(|row| self.case.positions[*row].valid_from);
        Some(Put {
            actor: self.name(),
            option: self.id(option),
            first: date(standing.rows.first())?,
            last: date(standing.rows.last())?,
            standing: standing.stands(),
            rows: self.rows(&standing.rows),
        })
    }

    fn left(&self, end: &End) -> Left {
        Left { actor: self.name(), date: When::day(end.day), how: end.how, rows: self.rows(&end.rows) }
    }
}

fn common_issue(record: Record<'_>, id: Id<Issue>, at: Day) -> CommonIssue {
    let case = record.case;
    let issue = &case.issues[id];
    let sides: Vec<Register<'_>> = case.principals.iter().map(|actor| Register::new(record, *actor, id, at)).collect();
    let shared = sides.iter().map(Register::tabled).reduce(OptionSet::intersection).unwrap_or_default();
    let several = sides.len() > 1;
    let overlaps =
        if several { shared.iter().filter_map(|option| overlap(&sides, option)).collect() } else { Vec::new() };
    let near = (0..sides.len())
        .flat_map(|first| (first + 1..sides.len()).map(move |second| (first, second)))
        .flat_map(|(first, second)| near_misses(&sides[first], &sides[second]))
        .collect();
    let ids = |set: OptionSet| set.iter().map(|option| issue.options[option.0 as usize].id.to_string()).collect();
    CommonIssue {
        id: issue.id.to_string(),
        title: issue.title.to_string(),
        group: issue.group.to_string(),
        overlaps,
        near,
        third_party: third_parties(record, id, at, &sides),
        sides: sides
            .iter()
            .map(|side| Side { actor: side.name(), tabled: ids(side.tabled()), standing: ids(side.standing()) })
            .collect(),
    }
}

/// An option that every side has put: since when it stood for all, until when, and who left it.
fn overlap(sides: &[Register<'_>], option: OptionPlace) -> Option<Overlap> {
    let all: Vec<&Standing> = sides.iter().map(|side| side.of(option)).collect::<Option<_>>()?;
    let together = standing::together(&all);
    let last_to_put = all.iter().filter_map(|standing| standing.periods.first()).map(|period| period.from).max()?;
    let (since, until) = match (together.first(), together.last()) {
        (Some(first), Some(last)) => (first.from, last.end),
        // Never at once: the first to leave had left before the last one came.
        _ => (last_to_put, all.iter().filter_map(|standing| standing.end()).map(|end| end.day).min()),
    };
    let left_by = sides.iter().zip(&all).filter_map(|(side, standing)| {
        let until = until?;
        let ended = standing.periods.iter().filter_map(|period| period.end.as_ref());
        ended.filter(|end| end.day == until).map(|end| side.left(end)).next()
    });
    let condition = |side: &Register<'_>| {
        let row = *side.of(option)?.rows.last()?;
        let condition = stance::condition_words(side.case, &side.case.positions[row], option);
        (!condition.is_empty()).then(|| ConditionOf { actor: side.name(), condition })
    };
    Some(Overlap {
        option: sides.first()?.id(option),
        since: When::day(since),
        until: until.map(When::day),
        together: !together.is_empty(),
        again: together.last().filter(|_| together.len() > 1).map(|last| When::day(last.from)),
        left_by: left_by.collect(),
        conditions: sides.iter().filter_map(condition).collect(),
        sides: sides.iter().filter_map(|side| side.put(option)).collect(),
    })
}

/// The pairs of options with the fewest steps between them, of all that two principals have put and of those that stand, if they
/// have none in common.
fn near_misses(a: &Register<'_>, b: &Register<'_>) -> Vec<Near> {
    let closest = |left: OptionSet, right: OptionSet| {
        let pairs = || left.iter().flat_map(|x| right.iter().map(move |y| (x, y, u32::from(x.0.abs_diff(y.0)))));
        let least = pairs().map(|(_, _, steps)| steps).min();
        pairs().filter(|(_, _, steps)| Some(*steps) == least && *steps > 0).collect::<Vec<_>>()
    };
    let ever = closest(a.tabled(), b.tabled());
    let mut found: Vec<(OptionPlace, OptionPlace, u32)> = closest(a.standing(), b.standing());
    found.extend(ever);
    found.sort_unstable_by_key(|(x, y, steps)| (*steps, *x, *y));
    found.dedup();
    let near = |(x, y, steps)| {
        let (a, b) = (a.put(x)?, b.put(y)?);
        Some(Near { standing: a.standing && b.standing, a, b, steps })
    };
    found.into_iter().filter_map(near).collect()
}

/// What others have put strictly between the positions of the two principals that are farthest apart.
fn third_parties(record: Record<'_>, id: Id<Issue>, at: Day, sides: &[Register<'_>]) -> Vec<ThirdParty> {
    let case = record.case;
    let positions: Vec<OptionSet> =
        sides.iter().filter_map(|side| side.line.position(at)).map(|held| held.options).collect();
    if positions.len() < sides.len() {
        return Vec::new();
    }
    let pairs = positions.iter().enumerate().flat_map(|(at, a)| positions[at + 1..].iter().map(move |b| (*a, *b)));
    let apart = pairs.filter_map(|(a, b)| between(a, b));
    let Some((low, high)) = apart.max_by_key(|(low, high)| high.0.abs_diff(low.0)) else { return Vec::new() };
    let limits: Vec<(String, OptionSet)> = sides
        .iter()
        .map(|side| (side.name(), stance::ruled_out(&side.line.limits(at, LimitReading::Accumulate), true)))
        .collect();
    let others = case.actors.ids().filter(|actor| !case.principals.contains(actor));
    others
        .map(|actor| Register::new(record, actor, id, at))
        .flat_map(|other| {
            let inside = other.tabled().iter().filter(|option| low < *option && *option < high).collect::<Vec<_>>();
            let limits = &limits;
            inside
                .into_iter()
                .filter_map(move |option| {
                    let ruling = limits.iter().filter(|(_, set)| set.contains(option));
                    let ruled_out_by = ruling.map(|(actor, _)| actor.clone()).collect();
                    Some(ThirdParty { put: other.put(option)?, ruled_out_by })
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The nearest ends of two sets that do not overlap, in order.
fn between(a: OptionSet, b: OptionSet) -> Option<(OptionPlace, OptionPlace)> {
    let (a_low, a_high, b_low, b_high) = (a.lowest()?, a.highest()?, b.lowest()?, b.highest()?);
    if a_high < b_low {
        Some((a_high, b_low))
    } else if b_high < a_low {
        Some((b_high, a_low))
    } else {
        None
    }
}
