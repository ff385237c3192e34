//! The record as it could be known at a day, and the moment of a question.

use crate::actor::Actor;
use crate::case::Case;
use crate::event::Event;
use crate::factor::Factor;
use crate::ids::Id;
use crate::position::{Position, Subject};
use crate::relation::Relation;
use crate::when::{Day, Holds};

/// What a question is about: a day, and what was known on another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The day asked about; never after the case's `as_of`.
    pub at: Day,
    /// The day by which a row must have been known.
    pub known: Day,
    /// Set where the question was about a later day than the record reaches: the last day of which anything is claimed.
    pub unknown_after: Option<Day>,
}

impl Moment {
    /// The moment of a question. `at` defaults to the last day of the record, `known` to `at`.
    #[must_use]
    pub fn new(case: &Case, at: Option<Day>, known: Option<Day>) -> Self {
        let as_of = case.settings.as_of;
        let asked = at.unwrap_or(as_of);
        Moment {
            at: asked.min(as_of),
            known: known.unwrap_or(asked).min(as_of),
            unknown_after: (asked > as_of).then_some(as_of),
        }
    }
}

/// The rows of a case that could be known by a day. A row with a partial date counts once its last possible day has come.
#[derive(Clone, Copy, Debug)]
pub struct Record<'c> {
    /// The case.
    pub case: &'c Case,
    /// The day.
    pub known: Day,
}

impl<'c> Record<'c> {
    /// The record as known at a day; rows dated after the case's `as_of` are never part of it.
    #[must_use]
    pub fn known_by(case: &'c Case, known: Day) -> Self {
        Record { case, known: known.min(case.settings.as_of) }
    }

    /// Whether a position is part of it.
    #[must_use]
    pub fn knows(&self, position: &Position) -> bool {
        position.known_from.last() <= self.known && position.valid_from.first() <= self.case.settings.as_of
    }

    /// Whether an event is part of it.
    #[must_use]
    pub fn knows_event(&self, event: &Event) -> bool {
        event.known_from.last() <= self.known && event.date.first() <= self.case.settings.as_of
    }

    /// Positions in the order of the file.
    pub fn positions(self) -> impl Iterator<Item = (Id<Position>, &'c Position)> {
        self.case.positions.with_ids().filter(move |(_, row)| self.knows(row))
    }

    /// Events by date and id.
    pub fn events(self) -> impl Iterator<Item = (Id<Event>, &'c Event)> {
        let case = self.case;
        case.order.events.iter().map(|id| (*id, &case.events[*id])).filter(move |(_, row)| self.knows_event(row))
    }

    /// Relations in the order of the file. The end of a relation that is not known yet is left out by [`Record::end_of`].
    pub fn relations(self) -> impl Iterator<Item = (Id<Relation>, &'c Relation)> {
        self.case.relations.with_ids().filter(move |(_, row)| row.valid_from.last() <= self.known)
    }

    /// The last day of a relation, if that was known.
    #[must_use]
    pub fn end_of(self, relation: &Relation) -> Option<crate::when::When> {
        relation.valid_to.filter(|end| end.last() <= self.known)
    }

    /// Values of series in the order of the file. Revised series, which have no `known_from`, count from their own date.
    pub fn factors(self) -> impl Iterator<Item = (Id<Factor>, &'c Factor)> {
        self.case.factors.with_ids().filter(move |(_, row)| {
            row.known_from.unwrap_or(row.date).last() <= self.known && row.date.first() <= self.case.settings.as_of
        })
    }

    /// The positions of one actor on one subject, by date, rank (highest last) and id.
    pub fn line(
        self,
        actor: Id<Actor>,
        subject: Subject,
    ) -> impl DoubleEndedIterator<Item = (Id<Position>, &'c Position)> {
        let case = self.case;
        let range = case.order.lines.get(&(actor, subject)).cloned().unwrap_or(0..0);
        case.order.positions[range].iter().map(|id| (*id, &case.positions[*id])).filter(move |(_, row)| self.knows(row))
    }

    /// The pairs of actor and subject on which there is any row, in order of actor and subject.
    pub fn lines(self) -> impl Iterator<Item = (Id<Actor>, Subject)> {
        self.case
            .order
            .lines
            .keys()
            .copied()
            .filter(move |(actor, subject)| self.line(*actor, *subject).next().is_some())
    }

    /// Whether a row stands at a day: begun, not ended by its own terms, and not superseded.
    #[must_use]
    pub fn in_force(self, id: Id<Position>, at: Day) -> Holds {
        let row = &self.case.positions[id];
        let begun = row.valid_from.reached(at);
        let ended = row.valid_to.map_or(Holds::No, |end| end.reached(at));
        let superseded =
            self.superseded_by(id).map(|(_, later)| later.valid_from.reached(at)).max().unwrap_or(Holds::No);
        let over = match ended.max(superseded) {
            Holds::Yes => Holds::No,
            Holds::Possibly => Holds::Possibly,
            Holds::No => Holds::Yes,
        };
        begun.min(over)
    }

    /// The rows that end a row, whoever says them and on whatever issue.
    pub fn superseded_by(self, id: Id<Position>) -> impl Iterator<Item = (Id<Position>, &'c Position)> {
        let case = self.case;
        let later = case.order.superseded_by.get(&id).into_iter().flatten();
        later.map(|later| (*later, &case.positions[*later])).filter(move |(_, row)| self.knows(row))
    }
}
