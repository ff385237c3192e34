//! What the limits of each principal leave open on each issue, under one reading.

use detente_case::actor::Actor;
use detente_case::condition::Requirement;
use detente_case::issue::{Issue, OptionPlace, OptionSet};
use detente_case::position::Position;
use detente_case::{Day, Id, Record};
use schemars::JsonSchema;
use serde::Serialize;

use crate::stance::{Limit, LimitReading, LimitRules, Line, Stance};

/// One way to read what counts as a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Reading {
    /// How red lines are read.
    pub reading: LimitReading,
    /// Whether laws count as limits.
    pub law: bool,
    /// Whether what is only reported relaxes a limit like an offer.
    pub reported: bool,
}

impl Reading {
    /// The reading that is told first: limits accumulate, laws count, reports do not.
    pub const FIRST: Reading = Reading { reading: LimitReading::Accumulate, law: true, reported: false };

    /// All readings, the first one first. Reports change only the reading in which something relaxes a limit.
    #[must_use]
    pub fn all() -> Vec<Reading> {
        use LimitReading::{Accumulate, Latest, NeverRelaxed};
        let with = |reading, reported| [true, false].map(|law| Reading { reading, law, reported });
        [(Accumulate, false), (Latest, false), (NeverRelaxed, false), (Accumulate, true)]
            .into_iter()
            .flat_map(|(reading, reported)| with(reading, reported))
            .collect()
    }
}

/// The statements of every principal on every issue. Questions about several days share them.
pub struct Lines<'c> {
    record: Record<'c>,
    /// By issue, then by principal.
    lines: Vec<Vec<Line<'c>>>,
}

impl<'c> Lines<'c> {
    /// The lines of a record.
    #[must_use]
    pub fn new(record: Record<'c>) -> Self {
        let case = record.case;
        let of = |issue| case.principals.iter().map(|actor| Line::new(record, *actor, issue)).collect();
        Lines { record, lines: case.issues.ids().map(of).collect() }
    }

    /// The statements, line by line.
    pub fn rows(&self) -> impl Iterator<Item = &(Id<Position>, &'c Position)> {
        self.lines.iter().flatten().flat_map(|line| line.rows())
    }
}

/// The principals' words on every issue at a day, from which any reading of limits follows.
pub struct Words<'l, 'c> {
    /// The record.
    pub record: Record<'c>,
    /// The day.
    pub at: Day,
    lines: &'l Lines<'c>,
    /// By issue, then by principal.
    stances: Vec<Vec<Stance>>,
}

impl<'l, 'c> Words<'l, 'c> {
    /// The words at a day.
    #[must_use]
    pub fn new(lines: &'l Lines<'c>, at: Day) -> Self {
        let stances = lines.lines.iter().map(|sides| sides.iter().map(|line| line.stance(at)).collect()).collect();
        Words { record: lines.record, at, lines, stances }
    }

    /// The stance of a principal, by its place, on an issue.
    #[must_use]
    pub fn stance(&self, issue: Id<Issue>, principal: usize) -> &Stance {
        &self.stances[issue.place()][principal]
    }

    /// The stances of the principals on an issue, in their order.
    #[must_use]
    pub fn stances(&self, issue: Id<Issue>) -> &[Stance] {
        &self.stances[issue.place()]
    }

    /// Issues on which every principal has a position or a limit.
    pub fn tested(&self) -> impl Iterator<Item = Id<Issue>> {
        let spoken = |sides: &[Stance]| sides.iter().all(speaks);
        self.stances.iter().enumerate().filter(move |(_, sides)| spoken(sides)).map(|(place, _)| Id::at(place))
    }

    /// What the limits leave open, under one reading.
    #[must_use]
    pub fn bounds(&self, reading: Reading) -> Bounds {
        let issues = self.lines.lines.iter().zip(&self.stances).enumerate().map(|(place, (lines, stances))| {
            let issue = Id::at(place);
            let sides = lines.iter().zip(stances);
            let options = self.record.case.issues[issue].options.len();
            IssueBounds {
                issue,
                all: (0..options).filter_map(|place| u8::try_from(place).ok().map(OptionPlace)).collect(),
                sides: sides.map(|(line, stance)| self.side(line, stance, reading)).collect(),
            }
        });
        Bounds { issues: issues.collect() }
    }

    fn side(&self, line: &Line<'_>, stance: &Stance, reading: Reading) -> Side {
        let mut limits = if reading.reading == LimitReading::Accumulate && !reading.reported {
            stance.limits.clone()
        } else {
            line.limits(self.at, LimitRules { reading: reading.reading, reported: reading.reported })
        };
        limits.retain(|limit| reading.law || !limit.law);
        let mut side = Side {
            actor: stance.actor,
            tabled: stance.tabled.iter().map(|tabled| tabled.option).collect(),
            ..Side::default_of(stance.actor)
        };
        for limit in &limits {
            match &limit.relaxed_if {
                None => side.closed.insert(limit.option),
                Some(words) => {
                    let unless = self.unless(limit);
                    if unless.iter().any(|ways| !ways.iter().any(Vec::is_empty)) {
                        side.conditional.push(Conditional { option: limit.option, unless });
                    } else {
                        side.in_words.push((limit.option, words.clone()));
                    }
                }
            }
        }
        // A law may close what words leave open on a condition.
        side.conditional.retain(|conditional| !side.closed.contains(conditional.option));
        side.in_words.retain(|(option, _)| !side.closed.contains(*option));
        side.limits = limits;
        side
    }

    /// For each row that rules an option out, the ways in which a package takes it back. Conditions in words can be met by any
    /// package, so they ask for nothing here.
    fn unless(&self, limit: &Limit) -> Vec<Vec<Way>> {
        let case = self.record.case;
        let way = |offer: &Id<Position>| -> Way {
            let conditions = case.positions[*offer].conditions_on(limit.option);
            let outcome = |requires: &Requirement| match requires {
                Requirement::Outcome(issue, option) => Some((*issue, *option)),
                Requirement::Words(_) => None,
            };
            conditions.filter_map(|condition| outcome(&condition.requires)).collect()
        };
        limit.relaxed_by.iter().map(|offers| offers.iter().map(way).collect()).collect()
    }
}

/// Whether a stance has a position or a limit, by words or law.
fn speaks(stance: &Stance) -> bool {
    stance.position.is_some() || !stance.limits.is_empty()
}

/// What the limits leave open on every issue of the case.
#[derive(Clone, Debug)]
pub struct Bounds {
    /// By issue.
    pub issues: Vec<IssueBounds>,
}

/// What the limits leave open on an issue.
#[derive(Clone, Debug)]
pub struct IssueBounds {
    /// The issue.
    pub issue: Id<Issue>,
    /// All its options.
    pub all: OptionSet,
    /// The principals, in their order.
    pub sides: Vec<Side>,
}

/// What the limits of one principal leave open on an issue.
#[derive(Clone, Debug)]
pub struct Side {
    /// Who.
    pub actor: Id<Actor>,
    /// The limits that count.
    pub limits: Vec<Limit>,
    /// Options ruled out, whatever else is agreed.
    pub closed: OptionSet,
    /// Options ruled out unless other issues are settled in a certain way.
    pub conditional: Vec<Conditional>,
    /// Options that are open on a condition in words alone, with the words: they count as open.
    pub in_words: Vec<(OptionPlace, String)>,
    /// Options that it has ever put in its own words.
    pub tabled: OptionSet,
}

/// Outcomes that are all needed to take an option back.
pub type Way = Vec<(Id<Issue>, OptionPlace)>;

/// An option that is ruled out unless other issues are settled in a certain way.
#[derive(Clone, Debug)]
pub struct Conditional {
    /// The option.
    pub option: OptionPlace,
    /// For each row that rules it out, the ways to take it back, of which one is needed; each is a list of outcomes, all needed.
    pub unless: Vec<Vec<Way>>,
}

impl Conditional {
    /// Whether a package, told by what it holds on an issue, takes the option back.
    pub fn met(&self, holds: impl Fn(Id<Issue>) -> OptionPlace) -> bool {
        let way = |way: &Way| way.iter().all(|(issue, option)| holds(*issue) == *option);
        self.unless.iter().all(|ways| ways.iter().any(way))
    }

    /// The issues on which it depends.
    pub fn issues(&self) -> impl Iterator<Item = Id<Issue>> {
        self.unless.iter().flatten().flatten().map(|(issue, _)| *issue)
    }
}

impl Side {
    fn default_of(actor: Id<Actor>) -> Self {
        Side {
            actor,
            limits: Vec::new(),
            closed: OptionSet::EMPTY,
            conditional: Vec::new(),
            in_words: Vec::new(),
            tabled: OptionSet::EMPTY,
        }
    }

    /// What it has not ruled out in a package, told by what the package holds on an issue.
    pub fn open_in(&self, all: OptionSet, holds: impl Fn(Id<Issue>) -> OptionPlace) -> OptionSet {
        let shut = self.conditional.iter().filter(|conditional| !conditional.met(&holds));
        all.minus(self.closed).minus(shut.map(|conditional| conditional.option).collect())
    }

    /// Whether it has any limit that counts.
    #[must_use]
    pub fn has_limits(&self) -> bool {
        !self.closed.is_empty() || !self.conditional.is_empty()
    }
}
