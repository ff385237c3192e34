//! The stance of an actor on an issue at a moment (layer A).
//!
//! *Position*: the set of options asked for by the latest statement in the actor's own words of equal or higher organ rank.
//! *Tabled*: every option that the actor has ever put in its own words. *Limits*: what it has ruled out; limits accumulate and are
//! relaxed only by a later offer or draft with a best option, of equal or higher rank. *Law* is a layer of limits of its own.
//! Silence is shown, never filled. See `docs/methods/stance.md`.

use std::collections::BTreeSet;

use detente_case::actor::Actor;
use detente_case::condition::Requirement;
use detente_case::issue::{Issue, OptionPlace, OptionSet};
use detente_case::position::{Kind, Position, Subject};
use detente_case::settings::MethodSettings;
use detente_case::{Case, Day, Holds, Id, Record, When};

/// How limits are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LimitReading {
    /// Limits accumulate and are relaxed by offers and drafts: the default.
    Accumulate,
    /// Only the latest red line counts.
    Latest,
    /// Limits accumulate and nothing relaxes them.
    NeverRelaxed,
}

/// Which words count as limits, and what relaxes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LimitRules {
    /// How limits are read.
    pub reading: LimitReading,
    /// Whether what is only reported counts like an offer at the rank of the limit.
    pub reported: bool,
}

impl From<LimitReading> for LimitRules {
    fn from(reading: LimitReading) -> Self {
        LimitRules { reading, reported: false }
    }
}

/// Where an actor stands on an issue.
#[derive(Clone, Debug)]
pub struct Stance {
    /// Who.
    pub actor: Id<Actor>,
    /// On what.
    pub issue: Id<Issue>,
    /// The options asked for, if any statement in the actor's own words stands.
    pub position: Option<Held>,
    /// Own words that stand beside the position: of a lower rank, acceptances, asks made of others.
    pub beside: Vec<Id<Position>>,
    /// What is only reported, inferred or read into the actor.
    pub reported: Vec<Id<Position>>,
    /// Options ever put in the actor's own words.
    pub tabled: Vec<Tabled>,
    /// Options ruled out, in the order of the issue.
    pub limits: Vec<Limit>,
    /// All rows behind it.
    pub rows: Vec<Id<Position>>,
    /// When the actor last spoke on the issue in its own words, laws apart.
    pub last: Option<When>,
}

/// The position that is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The options: one where the words name one, several where they are vague or a date leaves it open.
    pub options: OptionSet,
    /// The rows that state it.
    pub rows: Vec<Id<Position>>,
    /// Whether a partial date leaves open which row stands.
    pub possibly: bool,
}

/// An option that has been put on the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tabled {
    /// The option.
    pub option: OptionPlace,
    /// When it was first put.
    pub first: When,
    /// When it was last put.
    pub last: When,
    /// Conditions of the last time, in words.
    pub condition: String,
    /// Whether every statement of it has lapsed, as with texts of suspended talks.
    pub carried: bool,
    /// The rows.
    pub rows: Vec<Id<Position>>,
}

/// An option that is ruled out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The option.
    pub option: OptionPlace,
    /// Whether a law, statute or decree rules it out; such limits are a layer of their own.
    pub law: bool,
    /// The condition under which it is no longer ruled out, where a conditional offer has relaxed it.
    pub relaxed_if: Option<String>,
    /// For each row that rules it out, the conditional offers and drafts of which one must take effect; empty unless a conditional
    /// offer has relaxed it.
    pub relaxed_by: Vec<Vec<Id<Position>>>,
    /// Whether a partial date leaves open if it stands.
    pub possibly: bool,
    /// The rows.
    pub rows: Vec<Id<Position>>,
}

impl Stance {
    /// Whether the actor has any stance of its own words or law here.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.position.is_none() && self.limits.is_empty() && self.beside.is_empty()
    }
}

/// The options that limits rule out, those with a conditional relaxation left out; with the layer of laws or without it.
#[must_use]
pub fn ruled_out(limits: &[Limit], with_law: bool) -> OptionSet {
    let standing = limits.iter().filter(|limit| limit.relaxed_if.is_none() && (with_law || !limit.law));
    standing.map(|limit| limit.option).collect()
}

/// The tier of a row's organ rank: rows of one tier replace each other's asks. Lower is higher.
#[must_use]
pub fn tier(row: &Position, methods: &MethodSettings) -> usize {
    let rank = row.rank();
    let tiers = &methods.organ_tiers;
    tiers.iter().position(|tier| tier.contains(&rank)).unwrap_or(tiers.len() + usize::from(rank))
}

/// Whether a row speaks to the opposite side (or to nobody in particular), and not only to others.
///
/// Asks made of others are lines of their own: they replace nothing here.
#[must_use]
pub fn on_main_line(row: &Position, case: &Case) -> bool {
    row.addressees.is_empty()
        || row.addressees.iter().any(|actor| case.principals.contains(actor) && *actor != row.actor)
}

/// Whether a row can set the position.
#[must_use]
pub fn sets_position(row: &Position, case: &Case) -> bool {
    row.is_own_ask() && !row.accepts && on_main_line(row, case)
}

/// A row of a line, and whether it stands at the day asked about.
type Standing<'a> = (Id<Position>, &'a Position, Holds);

/// The rows that may be the latest one, in the order of the line: those that no row which certainly stands is certainly later than.
///
/// Rows of one day follow each other in the order of the line. Of dates that overlap it is open which is the later one.
fn latest<'a>(rows: &[Standing<'a>]) -> Vec<Standing<'a>> {
    let newest =
        rows.iter().filter(|(_, _, holds)| *holds == Holds::Yes).map(|(_, row, _)| row.valid_from.first()).max();
    let mut kept: Vec<Standing<'a>> = Vec::new();
    let mut replaced_on = None;
    for (id, row, holds) in rows.iter().rev() {
        let replaced =
            newest.is_some_and(|newest| row.valid_from.last() < newest) || replaced_on == Some(row.valid_from);
        if *holds == Holds::Yes && row.valid_from.is_day() {
            replaced_on = Some(row.valid_from);
        }
        if !replaced {
            kept.push((*id, *row, *holds));
        }
    }
    kept.reverse();
    kept
}

/// The statements of one actor on one issue that a record knows, with those that may set the position or the limits apart.
///
/// Questions about several days share it.
pub struct Line<'c> {
    record: Record<'c>,
    actor: Id<Actor>,
    issue: Id<Issue>,
    rows: Vec<(Id<Position>, &'c Position)>,
    asks: Vec<(Id<Position>, &'c Position)>,
    bounds: Vec<(Id<Position>, &'c Position)>,
}

impl<'c> Line<'c> {
    /// The line of an actor on an issue.
    #[must_use]
    pub fn new(record: Record<'c>, actor: Id<Actor>, issue: Id<Issue>) -> Self {
        let rows: Vec<(Id<Position>, &Position)> = record.line(actor, Subject::Issue(issue)).collect();
        let asks = rows.iter().filter(|(_, row)| sets_position(row, record.case)).copied().collect();
        let bears = |row: &Position| bears_on_limits(row) || row.kind == Some(Kind::Reported);
        let bounds = rows.iter().filter(|(_, row)| bears(row)).copied().collect();
        Line { record, actor, issue, rows, asks, bounds }
    }

    /// The statements, by date, rank (highest last) and id.
    #[must_use]
    pub fn rows(&self) -> &[(Id<Position>, &'c Position)] {
        &self.rows
    }

    /// Those of some statements that stand or may stand at a day.
    fn standing(&self, rows: &[(Id<Position>, &'c Position)], at: Day) -> Vec<Standing<'c>> {
        let standing = rows.iter().map(|(id, row)| (*id, *row, self.record.in_force(*id, at)));
        standing.filter(|(_, _, holds)| *holds != Holds::No).collect()
    }
}

/// Whether a row can change what is ruled out: a limit, or an offer or draft that may relax one.
#[must_use]
pub fn bears_on_limits(row: &Position) -> bool {
    !row.rules_out.is_empty() || matches!(row.kind, Some(Kind::Offer | Kind::Draft))
}

/// The position of an actor on an issue at a day.
#[must_use]
pub fn position(record: Record<'_>, actor: Id<Actor>, issue: Id<Issue>, at: Day) -> Option<Held> {
    Line::new(record, actor, issue).position(at)
}

/// The limits of an actor on an issue at a day, law and words apart.
#[must_use]
pub fn limits(record: Record<'_>, actor: Id<Actor>, issue: Id<Issue>, at: Day, reading: LimitReading) -> Vec<Limit> {
    Line::new(record, actor, issue).limits(at, reading)
}

/// The options that an actor has tabled up to a day, in the order of the issue.
#[must_use]
pub fn tabled(record: Record<'_>, actor: Id<Actor>, issue: Id<Issue>, at: Day) -> Vec<Tabled> {
    Line::new(record, actor, issue).tabled(at)
}

/// Where an actor stands on an issue at a day.
#[must_use]
pub fn stance(record: Record<'_>, actor: Id<Actor>, issue: Id<Issue>, at: Day) -> Stance {
    Line::new(record, actor, issue).stance(at)
}

impl Line<'_> {
    /// The position at a day.
    #[must_use]
    pub fn position(&self, at: Day) -> Option<Held> {
        let methods = &self.record.case.settings.methods;
        let rows = self.standing(&self.asks, at);
        // A row of a lower tier replaces none of a higher one: the highest tier of which a row certainly stands decides.
        let deciding =
            rows.iter().filter(|(_, _, holds)| *holds == Holds::Yes).map(|(_, row, _)| tier(row, methods)).min();
        let (of_tier, others): (Vec<Standing<'_>>, Vec<Standing<'_>>) =
            rows.into_iter().partition(|(_, row, _)| Some(tier(row, methods)) == deciding);
        let mut held = latest(&of_tier);
        held.extend(
            others.into_iter().filter(|(_, row, _)| deciding.is_none_or(|deciding| tier(row, methods) < deciding)),
        );
        held.sort_by_key(|(id, ..)| *id);
        if held.is_empty() {
            return None;
        }
        let options =
            held.iter().filter_map(|(_, row, _)| row.ask).fold(OptionSet::EMPTY, |set, ask| set.union(ask.position()));
        let possibly = held.len() > 1 || deciding.is_none();
        Some(Held { options, rows: held.iter().map(|(id, ..)| *id).collect(), possibly })
    }

    /// The limits at a day, law and words apart.
    ///
    /// Cost: linear in the rows that bear on limits, times the options.
    #[must_use]
    pub fn limits(&self, at: Day, rules: impl Into<LimitRules>) -> Vec<Limit> {
        let LimitRules { reading, reported } = rules.into();
        let case = self.record.case;
        let count = case.issues[self.issue].options.len();
        let rows = self.standing(&self.bounds, at);
        if rows.iter().all(|(_, row, _)| row.rules_out.is_empty()) {
            return Vec::new();
        }
        let red_lines: Vec<Standing<'_>> =
            rows.iter().filter(|(_, row, _)| !row.rules_out.is_empty() && !row.is_law()).copied().collect();
        let latest_red_lines: BTreeSet<Id<Position>> = latest(&red_lines).iter().map(|(id, ..)| *id).collect();
        // From the latest row to the earliest: what relaxes a limit is a strictly later offer or draft of equal or higher rank.
        let mut relaxers: Vec<Vec<Relaxer>> = vec![Vec::new(); count];
        let mut same_day: Vec<(OptionPlace, Relaxer)> = Vec::new();
        let mut found: Vec<[Option<Limit>; 2]> = vec![[None, None]; count];
        let mut open_if: Vec<Vec<Vec<Relaxer>>> = vec![Vec::new(); count];
        let mut day = None;
        for (id, row, holds) in rows.iter().rev() {
            if day != Some(row.valid_from) {
                for (option, relaxer) in same_day.drain(..) {
                    relaxers[option.0 as usize].push(relaxer);
                }
                day = Some(row.valid_from);
            }
            let offers = matches!(row.kind, Some(Kind::Offer | Kind::Draft));
            let reports = reported && row.kind == Some(Kind::Reported);
            if (offers || reports) && *holds == Holds::Yes {
                // Nobody of a rank stands behind a report.
                let rank = if reports { 0 } else { row.rank() };
                for option in row.ask.map(|ask| ask.tabled()).unwrap_or_default().iter() {
                    let condition = condition_words(case, row, option);
                    same_day.push((option, Relaxer { id: *id, rank, first: row.valid_from.first(), condition }));
                }
            }
            if reading == LimitReading::Latest && !row.is_law() && !latest_red_lines.contains(id) {
                continue;
            }
            for option in row.rules_out.iter() {
                let place = option.0 as usize;
                let mut conditions: Vec<Relaxer> = Vec::new();
                if reading == LimitReading::Accumulate && !row.is_law() {
                    for relaxer in
                        relaxers[place].iter().filter(|r| r.rank <= row.rank() && r.first > row.valid_from.last())
                    {
                        if !conditions.iter().any(|other| other.condition == relaxer.condition) {
                            conditions.push(relaxer.clone());
                        }
                    }
                    if conditions.iter().any(|relaxer| relaxer.condition.is_empty()) {
                        continue;
                    }
                }
                let limit = found[place][usize::from(row.is_law())].get_or_insert_with(|| Limit {
                    option,
                    law: row.is_law(),
                    relaxed_if: Some(String::new()),
                    relaxed_by: Vec::new(),
                    possibly: true,
                    rows: Vec::new(),
                });
                limit.rows.push(*id);
                limit.possibly &= *holds == Holds::Possibly;
                // One row that nothing relaxes is enough to rule the option out.
                if conditions.is_empty() {
                    limit.relaxed_if = None;
                } else {
                    open_if[place].push(conditions);
                }
            }
        }
        for limit in found.iter_mut().flatten().flatten().filter(|limit| limit.relaxed_if.is_some()) {
            let open_if = &open_if[limit.option.0 as usize];
            let words: Vec<Vec<String>> =
                open_if.iter().map(|row| row.iter().map(|relaxer| relaxer.condition.clone()).collect()).collect();
            limit.relaxed_if = Some(all_of(&words));
            limit.relaxed_by = open_if.iter().map(|row| row.iter().map(|relaxer| relaxer.id).collect()).collect();
        }
        let mut limits: Vec<Limit> = found.into_iter().flatten().flatten().collect();
        limits.iter_mut().for_each(|limit| limit.rows.reverse());
        limits
    }
}

/// The conditions under which an option is open that several rows rule out, in words: one of those of each row must hold.
fn all_of(rows: &[Vec<String>]) -> String {
    let within = |inner: &[String], outer: &[String]| inner.iter().all(|condition| outer.contains(condition));
    let implied = |(at, row): &(usize, &Vec<String>)| {
        let others = rows.iter().enumerate().filter(|(other, _)| other != at);
        let mut stronger = others.filter(|(_, other)| within(other, row));
        stronger.any(|(other, wording)| !within(row, wording) || other < *at)
    };
    let needed: Vec<&Vec<String>> = rows.iter().enumerate().filter(|row| !implied(row)).map(|(_, row)| row).collect();
    let any_of = |row: &&Vec<String>| match (row.len(), needed.len()) {
        (1, _) | (_, 1) => row.join(", or "),
        _ => format!("({})", row.join(", or ")),
    };
    needed.iter().map(any_of).collect::<Vec<_>>().join(" and ")
}

/// An offer or draft that puts an option back on the table.
#[derive(Clone)]
struct Relaxer {
    id: Id<Position>,
    rank: u8,
    first: Day,
    condition: String,
}

/// The conditions of a row that apply to one option, in words.
#[must_use]
pub fn condition_words(case: &Case, row: &Position, option: OptionPlace) -> String {
    if row.conditions.is_empty() {
        return String::new();
    }
    let words: Vec<String> = row
        .conditions_on(option)
        .map(|condition| match &condition.requires {
            Requirement::Words(words) => words.to_string(),
            Requirement::Outcome(issue, option) => {
                let issue = &case.issues[*issue];
                format!("{}: {}", issue.title, issue.options[option.0 as usize].label)
            }
        })
        .collect();
    words.join(" and ")
}

impl Line<'_> {
    /// The options tabled up to a day, in the order of the issue.
    #[must_use]
    pub fn tabled(&self, at: Day) -> Vec<Tabled> {
        let mut found: Vec<Option<Tabled>> = vec![None; self.record.case.issues[self.issue].options.len()];
        for (id, row) in self.rows.iter().copied() {
            if !row.is_own_ask() || row.valid_from.first() > at {
                continue;
            }
            let lapsed = row.valid_to.is_some_and(|end| end.last() <= at);
            for option in row.ask.map(|ask| ask.tabled()).unwrap_or_default().iter() {
                let entry = found[option.0 as usize].get_or_insert_with(|| Tabled {
                    option,
                    first: row.valid_from,
                    last: row.valid_from,
                    condition: String::new(),
                    carried: true,
                    rows: Vec::new(),
                });
                entry.last = row.valid_from;
                entry.condition = condition_words(self.record.case, row, option);
                entry.carried &= lapsed;
                entry.rows.push(id);
            }
        }
        found.into_iter().flatten().collect()
    }

    /// The stance at a day.
    #[must_use]
    pub fn stance(&self, at: Day) -> Stance {
        let (record, actor, issue, case) = (self.record, self.actor, self.issue, self.record.case);
        let position = self.position(at);
        let limits = self.limits(at, LimitReading::Accumulate);
        let tabled = self.tabled(at);
        let held = |id: &Id<Position>| position.as_ref().is_some_and(|held| held.rows.contains(id));
        let mut beside = Vec::new();
        let mut reported = Vec::new();
        let mut last = None;
        for (id, row) in self.rows.iter().copied() {
            if row.valid_from.first() > at {
                continue;
            }
            let own = row.kind.is_some_and(Kind::own_words);
            if own && !row.is_law() {
                last = last.max(Some(row.valid_from));
            }
            if record.in_force(id, at) == Holds::No || !row.is_coded() || held(&id) {
                continue;
            }
            if !own {
                reported.push(id);
            } else if row.is_own_ask()
                && (row.accepts || !on_main_line(row, case) || stands_beside(record, id, &position))
            {
                beside.push(id);
            }
        }
        let mut rows: Vec<Id<Position>> = position.iter().flat_map(|held| &held.rows).copied().collect();
        rows.extend(&beside);
        rows.extend(&reported);
        rows.extend(limits.iter().flat_map(|limit| &limit.rows));
        rows.sort();
        rows.dedup();
        Stance { actor, issue, position, beside, reported, tabled, limits, rows, last }
    }
}

/// Whether an ask stands beside the position: later than it, and of a lower rank.
fn stands_beside(record: Record<'_>, id: Id<Position>, position: &Option<Held>) -> bool {
    let rows = &record.case.positions;
    let methods = &record.case.settings.methods;
    let row = &rows[id];
    position.iter().flat_map(|held| &held.rows).any(|held| {
        let held = &rows[*held];
        row.valid_from >= held.valid_from && tier(row, methods) > tier(held, methods)
    })
}
