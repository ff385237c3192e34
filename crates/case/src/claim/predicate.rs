//! What a claim asks of the record: each question with its arguments resolved, and what its answer is compared with.

use crate::actor::Actor;
use crate::event::{ContactLevel, Direction, EventType};
use crate::expression::Sign;
use crate::ids::Id;
use crate::issue::{Issue, OptionSet, Topic, Track};
use crate::relation::RelationType;
use crate::when::When;
use crate::words::word_enum;

word_enum! {
    /// The phase of a month, as claims name it.
    PhaseWord {
        Setback "setback" "Something was broken off or a principal hardened, and no direct talks followed in the month.";
        Movement "movement" "Direct talks, with progress or a concession.";
        Talks "talks" "Direct talks without either.";
        Mediated "mediated" "No such talks; a third party met with the sides.";
        Exchanges "exchanges" "None of these; people, remains or goods were exchanged (humanitarian track).";
        Lull "lull" "None of these, for a short while.";
        Stalemate "stalemate" "None of these for longer.";
        NotStarted "not_started" "None of these yet.";
    }
}

word_enum! {
    /// Which contact a claim speaks of.
    ContactKind {
        Direct "direct" "Talks with at least two principals.";
        Mediated "mediated" "A third party with each of two principals.";
    }
}

word_enum! {
    /// How red lines are read.
    ReadingWord {
        Accumulate "accumulate" "They accumulate; later offers and drafts relax them.";
        Latest "latest" "Only the latest counts.";
        NeverRelaxed "never_relaxed" "They accumulate, and nothing relaxes them.";
    }
}

word_enum! {
    /// What kind of movement it is.
    MovementWord {
        Shift "shift" "The position moved.";
        Closure "closure" "Options were newly ruled out.";
        Opening "opening" "Options are no longer ruled out, or only under a condition.";
    }
}

word_enum! {
    /// Which way a gap went.
    GapWord {
        Narrower "narrower" "Fewer steps.";
        Same "same" "As many steps.";
        Wider "wider" "More steps.";
    }
}

/// Days from one to another. Where an end is missing, from the beginning of the record, or up to the day of the question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// First day: that of a partial date.
    pub from: Option<When>,
    /// Last day: that of a partial date.
    pub to: Option<When>,
}

/// What an answer is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compare<T> {
    /// How: never [`Sign::Includes`].
    pub sign: Sign,
    /// With what; one, or after [`Sign::Is`] several of which one is meant.
    pub values: Vec<T>,
}

impl<T: PartialOrd> Compare<T> {
    /// Whether an answer is as the claim says.
    pub fn holds(&self, answer: &T) -> bool {
        self.values.iter().any(|value| match self.sign {
            Sign::Is | Sign::Includes => answer == value,
            Sign::Less => answer < value,
            Sign::AtMost => answer <= value,
            Sign::More => answer > value,
            Sign::AtLeast => answer >= value,
        })
    }

    /// Whether every answer from one to another is as the claim says, none is, or some are.
    pub fn holds_between(&self, low: &T, high: &T) -> Option<bool> {
        match (self.holds(low), self.holds(high)) {
            _ if low == high => Some(self.holds(low)),
            // An answer that is some value may be one between the two.
            _ if self.sign == Sign::Is => {
                if self.values.iter().any(|value| low <= value && value <= high) {
                    None
                } else {
                    Some(false)
                }
            }
            (low, high) if low == high => Some(low),
            _ => None,
        }
    }
}

/// What a set of options is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OptionTest {
    /// Whether these options are all in the set; otherwise, whether the set holds nothing else.
    pub includes: bool,
    /// The options; at least one.
    pub options: OptionSet,
}

impl OptionTest {
    /// Whether a set of options is as the claim says. Nothing is said of an empty set.
    #[must_use]
    pub fn holds(&self, answer: OptionSet) -> bool {
        let (inner, outer) = if self.includes { (self.options, answer) } else { (answer, self.options) };
        !answer.is_empty() && inner.minus(outer).is_empty()
    }
}

/// Which issues a question is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Issues {
    /// All that can be compared.
    All,
    /// One.
    One(Id<Issue>),
    /// Those of a group.
    Group(Box<str>),
}

/// Which reading of limits a question is about; where none is named, the answer has to be the same under all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadingChoice {
    /// How red lines are read.
    pub reading: Option<ReadingWord>,
    /// Whether laws count.
    pub law: Option<bool>,
}

/// Which events count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventFilter {
    /// Of this type.
    pub kind: Option<EventType>,
    /// In one of these countries, as ISO alpha-2.
    pub countries: Vec<Box<str>>,
    /// On this topic.
    pub topics: Vec<Id<Topic>>,
    /// At this level or a higher one.
    pub level: Option<ContactLevel>,
    /// With this actor among the parties.
    pub party: Option<Id<Actor>>,
    /// With this actor between the sides.
    pub mediator: Option<Id<Actor>>,
    /// With this direction.
    pub direction: Option<Direction>,
    /// On this track.
    pub track: Option<Track>,
}

/// Which events are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Rounds of direct talks.
    Rounds,
    /// Meetings of third parties with a principal.
    Mediations,
    /// All events.
    Events,
}

/// Which movements count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovementFilter {
    /// By this actor; by any principal if none.
    pub by: Option<Id<Actor>>,
    /// On these issues.
    pub on: Issues,
    /// Of this kind.
    pub kind: Option<MovementWord>,
    /// Laws alone, or words alone.
    pub law: Option<bool>,
}

/// A question to the record and what its answer is compared with. Where a day is missing, the day of the question is meant.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "each variant says what its fields are")]
pub enum Predicate {
    /// The phase of the month of a day.
    Phase { track: Track, at: Option<When>, is: Compare<PhaseWord> },
    /// The number of months in these phases; with `in_a_row`, the longest spell of them.
    Months { track: Track, phases: Vec<PhaseWord>, in_a_row: bool, within: Window, number: Compare<f64> },
    /// The highest level of contact.
    Contact { kind: ContactKind, track: Track, within: Window, level: Compare<ContactLevel> },
    /// The number of rounds, meetings or events.
    Count { of: Counted, filter: EventFilter, within: Window, number: Compare<f64> },
    /// What an actor asks for.
    Position { actor: Id<Actor>, issue: Id<Issue>, at: Option<When>, is: OptionTest },
    /// What an actor has put on the table in its own words.
    Tabled { actor: Id<Actor>, issue: Id<Issue>, within: Window, is: OptionTest },
    /// What an actor rules out.
    Limits { actor: Id<Actor>, issue: Id<Issue>, at: Option<When>, reading: ReadingChoice, is: OptionTest },
    /// The number of movements that harden, or that concede.
    Movements { hardening: bool, filter: MovementFilter, within: Window, number: Compare<f64> },
    /// The steps between the positions of the principals, summed over issues.
    Gap { of: Issues, at: Option<When>, number: Compare<f64> },
    /// Which way the gap went, on the issues that can be compared at both days.
    GapChange { of: Issues, within: Window, is: Compare<GapWord> },
    /// Whether declared limits exclude every package.
    Blocked { at: Option<When>, reading: ReadingChoice },
    /// The place among the sticking points.
    Sticking { of: Issues, at: Option<When>, reading: ReadingChoice, rank: Compare<f64> },
    /// Whether both must move.
    BothMustMove { at: Option<When>, reading: ReadingChoice },
    /// The latest value of a series.
    Series { name: Box<str>, at: Option<When>, number: Compare<f64> },
    /// The value of a series at the later day less that at the earlier one.
    Change { name: Box<str>, within: Window, number: Compare<f64> },
    /// Whether a relation stands on any day of a window.
    Relation { from: Id<Actor>, to: Id<Actor>, kind: RelationType, within: Window },
    /// How far one actor trusts another at the later day less at the earlier one, by `trust.csv`.
    TrustChange { from: Id<Actor>, to: Id<Actor>, within: Window, number: Compare<f64> },
    /// What a factor does to the prospects, by its drivers.
    Effect { factor: Box<str>, number: Compare<f64> },
}

/// Told everything that a predicate names.
pub(crate) trait Named {
    fn actor(&mut self, id: &mut Id<Actor>);
    fn issue(&mut self, id: &mut Id<Issue>);
    fn topic(&mut self, id: &mut Id<Topic>);
    fn group(&mut self, group: &str);
    fn series(&mut self, name: &str);
}

impl Predicate {
    /// Tells everything that it names.
    pub(crate) fn tell_names(&mut self, to: &mut dyn Named) {
        fn issues(of: &mut Issues, to: &mut dyn Named) {
            match of {
                Issues::All => {}
                Issues::One(issue) => to.issue(issue),
                Issues::Group(group) => to.group(group),
            }
        }
        match self {
            Predicate::Phase { .. }
            | Predicate::Months { .. }
            | Predicate::Contact { .. }
            | Predicate::Blocked { .. }
            | Predicate::BothMustMove { .. }
            | Predicate::Effect { .. } => {}
            Predicate::Count { filter, .. } => {
                filter.topics.iter_mut().for_each(|topic| to.topic(topic));
                filter.party.iter_mut().chain(&mut filter.mediator).for_each(|actor| to.actor(actor));
            }
            Predicate::Position { actor, issue, .. }
            | Predicate::Tabled { actor, issue, .. }
            | Predicate::Limits { actor, issue, .. } => {
                to.actor(actor);
                to.issue(issue);
            }
            Predicate::Movements { filter, .. } => {
                filter.by.iter_mut().for_each(|actor| to.actor(actor));
                issues(&mut filter.on, to);
            }
            Predicate::Gap { of, .. } | Predicate::GapChange { of, .. } | Predicate::Sticking { of, .. } => {
                issues(of, to)
            }
            Predicate::Series { name, .. } | Predicate::Change { name, .. } => to.series(name),
            Predicate::Relation { from, to: whom, .. } | Predicate::TrustChange { from, to: whom, .. } => {
                to.actor(from);
                to.actor(whom);
            }
        }
    }

    /// The layer on which its answer stands: words (A), the order of options (B), or numbers that people state (C).
    #[must_use]
    pub fn layer(&self) -> char {
        match self {
            Predicate::Blocked { .. } | Predicate::Sticking { .. } | Predicate::BothMustMove { .. } => 'B',
            Predicate::TrustChange { .. } | Predicate::Effect { .. } => 'C',
            _ => 'A',
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_of_answers_is_as_said_only_if_all_of_it_is() {
        let at_least = |value| Compare { sign: Sign::AtLeast, values: vec![value] };
        let is = |values: &[i32]| Compare { sign: Sign::Is, values: values.to_vec() };
        assert_eq!(at_least(3).holds_between(&3, &5), Some(true));
        assert_eq!(at_least(3).holds_between(&2, &5), None);
        assert_eq!(at_least(3).holds_between(&0, &2), Some(false));
        assert_eq!(is(&[3]).holds_between(&2, &5), None);
        assert_eq!(is(&[2]).holds_between(&2, &2), Some(true));
        assert_eq!(is(&[2, 5]).holds_between(&2, &5), None);
        assert_eq!(is(&[7]).holds_between(&2, &5), Some(false));
    }

    #[test]
    fn a_set_includes_options_or_holds_nothing_else() {
        use crate::issue::OptionPlace;
        let set = |places: &[u8]| places.iter().copied().map(OptionPlace).collect::<OptionSet>();
        let test = |includes, options: &[u8]| OptionTest { includes, options: set(options) };
        assert!(test(true, &[1]).holds(set(&[1, 2])) && !test(true, &[1, 3]).holds(set(&[1, 2])));
        assert!(test(false, &[1, 2]).holds(set(&[1])) && !test(false, &[1]).holds(set(&[1, 2])));
        assert!(!test(false, &[1]).holds(OptionSet::EMPTY) && !test(true, &[1]).holds(OptionSet::EMPTY));
    }
}
