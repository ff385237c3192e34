//! The record as it could be known at a day, and the moment of a question.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::actor::Actor;
use crate::case::Case;
use crate::constraint::Constraint;
use crate::event::Event;
use crate::factor::Factor;
use crate::ids::{Id, List};
use crate::input::Input;
use crate::input::alternative::Alternative;
use crate::input::assurance::Assurance;
use crate::input::capability::Capability;
use crate::input::driver::Driver;
use crate::input::exposure::Exposure;
use crate::input::salience::Salience;
use crate::input::trust::Trust;
use crate::input::value::OptionValue;
use crate::position::{Position, Subject};
use crate::relation::Relation;
use crate::stability::CaseModel;
use crate::when::{Day, Holds, When};

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
    pub fn end_of(self, relation: &Relation) -> Option<When> {
        relation.valid_to.filter(|end| end.last() <= self.known)
    }

    /// Values of series in the order of the file. Revised series, which have no `known_from`, count from their own date.
    pub fn factors(self) -> impl Iterator<Item = (Id<Factor>, &'c Factor)> {
        self.case.factors.with_ids().filter(move |(_, row)| {
            row.known_from.unwrap_or(row.date).last() <= self.known && row.date.first() <= self.case.settings.as_of
        })
    }

    /// Whether an input is part of it. One without a date was always known.
    #[must_use]
    pub fn knows_input<A>(&self, input: &Input<A>) -> bool {
        self.knows_from(input.known(), input.valid_from)
    }

    /// Whether something is known that was known from one date and begins on another.
    fn knows_from(&self, known: Option<When>, begins: Option<When>) -> bool {
        known.is_none_or(|known| known.last() <= self.known)
            && begins.is_none_or(|begins| begins.first() <= self.case.settings.as_of)
    }

    /// Of the rows about the same, the latest that holds at a day. One with a partial date holds once its last possible day has come; of two
    /// that begin together, the one that was known later holds.
    fn latest<A: Ord>(self, rows: &'c List<Input<A>>, at: Day) -> Vec<(Id<Input<A>>, &'c Input<A>)> {
        let mut latest: BTreeMap<&A, (Id<Input<A>>, &Input<A>)> = BTreeMap::new();
        let order = |row: &Input<A>| (row.valid_from.map(|from| (from.last(), from.first())), row.known_day());
        for (id, row) in rows.with_ids().filter(|(_, row)| self.knows_input(row)) {
            let holds = row.valid_from.is_none_or(|from| from.reached(at) == Holds::Yes);
            if holds && latest.get(&row.about).is_none_or(|(_, other)| order(other) <= order(row)) {
                latest.insert(&row.about, (id, row));
            }
        }
        latest.into_values().collect()
    }

    /// What weighs for whom at a day: of each actor and issue or group, the latest row, in the order of what they are about.
    #[must_use]
    pub fn salience(self, at: Day) -> Vec<(Id<Salience>, &'c Salience)> {
        self.latest(&self.case.salience, at)
    }

    /// What options are worth at a day: of each option and actor, the latest row, in the order of what they are about.
    #[must_use]
    pub fn values(self, at: Day) -> Vec<(Id<OptionValue>, &'c OptionValue)> {
        self.latest(&self.case.values, at)
    }

    /// What actors have without an agreement at a day: of each actor, the latest row, in the order of what they are about.
    #[must_use]
    pub fn alternatives(self, at: Day) -> Vec<(Id<Alternative>, &'c Alternative)> {
        self.latest(&self.case.alternatives, at)
    }

    /// How far actors trust each other at a day: of each pair, the latest row, in the order of what they are about.
    #[must_use]
    pub fn trust(self, at: Day) -> Vec<(Id<Trust>, &'c Trust)> {
        self.latest(&self.case.trust, at)
    }

    /// What actors have performed if an agreement fails, at a day: of each option and actor, the latest row, in the order of what they are about.
    #[must_use]
    pub fn exposure(self, at: Day) -> Vec<(Id<Exposure>, &'c Exposure)> {
        self.latest(&self.case.exposure, at)
    }

    /// What takes off premiums at a day: of each option and actor, the latest row, in the order of what they are about.
    #[must_use]
    pub fn assurances(self, at: Day) -> Vec<(Id<Assurance>, &'c Assurance)> {
        self.latest(&self.case.assurances, at)
    }

    /// What actors can bring to bear at a day: of each actor, the latest row, in the order of what they are about.
    #[must_use]
    pub fn capabilities(self, at: Day) -> Vec<(Id<Capability>, &'c Capability)> {
        self.latest(&self.case.capabilities, at)
    }

    /// How far factors move inputs at a day: of each factor and input, the latest row, in the order of what they are about.
    #[must_use]
    pub fn drivers(self, at: Day) -> Vec<(Id<Driver>, &'c Driver)> {
        self.latest(&self.case.drivers, at)
    }

    /// Constraints in the order of the file.
    pub fn constraints(self) -> impl Iterator<Item = (Id<Constraint>, &'c Constraint)> {
        self.case.constraints.with_ids().filter(move |(_, row)| self.knows_from(row.known(), row.valid_from))
    }

    /// Whether a constraint holds at a day: begun, and not ended.
    #[must_use]
    pub fn constraint_holds(self, constraint: &Constraint, at: Day) -> Holds {
        let begun = constraint.valid_from.map_or(Holds::Yes, |start| start.reached(at));
        begun.min(not_yet(constraint.valid_to.map_or(Holds::No, |end| end.reached(at))))
    }

    /// The stability models that speak of no later day, in the order of their files, without rows of their statements that are not known.
    #[must_use]
    pub fn models(self) -> Vec<Cow<'c, CaseModel>> {
        let known: BTreeSet<&str> = if self.case.stability.is_empty() {
            BTreeSet::new()
        } else {
            self.positions().map(|(_, row)| &*row.id).chain(self.events().map(|(_, row)| &*row.id)).collect()
        };
        let models = self.case.stability.iter().filter(|model| model.model.at.is_none_or(|at| at <= self.known));
        models.map(|model| model.with_rows(|row| known.contains(row))).collect()
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
        begun.min(not_yet(ended.max(superseded)))
    }

    /// The rows that end a row, whoever says them and on whatever issue.
    pub fn superseded_by(self, id: Id<Position>) -> impl Iterator<Item = (Id<Position>, &'c Position)> {
        let case = self.case;
        let later = case.order.superseded_by.get(&id).into_iter().flatten();
        later.map(|later| (*later, &case.positions[*later])).filter(move |(_, row)| self.knows(row))
    }
}

/// Whether something still stands of which it is known whether it is over.
fn not_yet(over: Holds) -> Holds {
    match over {
        Holds::Yes => Holds::No,
        Holds::Possibly => Holds::Possibly,
        Holds::No => Holds::Yes,
    }
}
