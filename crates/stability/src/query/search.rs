//! The searches behind a question about one state.

use std::collections::{BTreeSet, BinaryHeap};

use super::aim::{Part, Wants, Worth};
use crate::code::Code;
use crate::concept::{Concept, DecisionMaker};
use crate::option_form::OptionForm;

/// The budget is spent.
pub(super) struct Stop;

/// Steps spent on deterring many improvements by one answer, before they are looked at more closely.
const STEPS_TOGETHER: u64 = 256;

/// A question about one state.
pub(super) struct Cube<'a> {
    form: &'a OptionForm,
    wants: &'a [Wants<'a>],
    focal: DecisionMaker,
    concept: Concept,
    /// What the state is worth to the focal decision maker.
    worth: Worth,
    steps: u64,
    /// Countermoves that made sanctions fail, the last first: they may make others fail.
    escapes: Vec<Part>,
}

/// How many countermoves are tried again.
const REMEMBERED: usize = 8;

impl<'a> Cube<'a> {
    pub(super) fn new(
        form: &'a OptionForm,
        wants: &'a [Wants<'a>],
        focal: DecisionMaker,
        state: Code,
        concept: Concept,
        budget: u64,
    ) -> Cube<'a> {
        let worth = wants[focal.0].worth(state);
        Cube { form, wants, focal, concept, worth, steps: budget, escapes: Vec::new() }
    }

    /// The options that a decision maker can change from a vector in one move.
    pub(super) fn changeable(&self, mover: DecisionMaker, from: Code) -> Code {
        let own = self.form.changeable(mover);
        own.without(self.form.forward().and(from)).without(self.form.back().without(from))
    }

    /// The options that the opponents can change from a vector together.
    fn others_change(&self, from: Code) -> Code {
        self.others().fold(Code::NONE, |all, mover| all.or(self.changeable(mover, from)))
    }

    fn others(&self) -> impl Iterator<Item = DecisionMaker> + use<> {
        let focal = self.focal;
        (0..self.wants.len()).map(DecisionMaker).filter(move |mover| *mover != focal)
    }

    fn focal_wants(&self) -> &'a Wants<'a> {
        &self.wants[self.focal.0]
    }

    fn step(&mut self) -> Result<(), Stop> {
        self.steps = self.steps.checked_sub(1).ok_or(Stop)?;
        Ok(())
    }

    /// Whether all that a part can become is infeasible.
    fn ruled_out(&self, part: Part) -> bool {
        self.form.infeasible().iter().any(|entry| entry.truth(part.known, part.code) == Some(true))
    }

    /// Whether all that a part can become is feasible.
    fn allowed(&self, part: Part) -> bool {
        self.form.infeasible().iter().all(|entry| entry.truth(part.known, part.code) == Some(false))
    }

    /// An improvement among what a part can become that nothing deters; `own` are the options left open.
    pub(super) fn improvements(&mut self, part: Part, own: Code) -> Result<Option<Code>, Stop> {
        self.step()?;
        if self.ruled_out(part) || self.focal_wants().at_most(part, &self.worth) {
            return Ok(None);
        }
        let open = own.without(part.known);
        if open.is_empty() {
            return Ok(if self.deterred(part.code)? { None } else { Some(part.code) });
        }
        if self.together(part)? {
            return Ok(None);
        }
        let option = self.focal_wants().weightiest(part, open).or_else(|| open.options().next()).unwrap_or(0);
        let liked = self.focal_wants().likes(part, option);
        for taken in [liked, !liked] {
            if let Some(found) = self.improvements(part.with(option, taken), own)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Whether one answer of the opponents deters all improvements that a part can become. Not asked where reach is no cube.
    fn together(&mut self, part: Part) -> Result<bool, Stop> {
        let by_any = matches!(self.concept, Concept::Gmr | Concept::Smr);
        if !by_any || !self.form.infeasible().is_empty() {
            return Ok(false);
        }
        let open = Code::first(self.form.options().len()).without(part.known);
        // What the focal decision maker leaves open and an opponent shares is not the opponent's to set.
        let free = self.others_change(part.code).without(open);
        let left_open = open.or(self.countermoves(part));
        if !free.and(left_open).is_empty() {
            return Ok(false);
        }
        let whole = self.steps;
        self.steps = whole.min(STEPS_TOGETHER);
        let before = self.steps;
        let found = self.exists(part.without(free).without(left_open), free, left_open);
        self.steps = whole - (before - self.steps);
        match found {
            Ok(found) => Ok(found),
            Err(Stop) if self.steps > 0 => Ok(false),
            Err(Stop) => Err(Stop),
        }
    }

    /// The options that the focal decision maker can change again after a sanction, if its countermoves are looked at.
    fn countermoves(&self, part: Part) -> Code {
        if !self.concept.with_countermoves() {
            return Code::NONE;
        }
        self.changeable(self.focal, part.code)
    }

    /// Whether an improvement is deterred.
    fn deterred(&mut self, improvement: Code) -> Result<bool, Stop> {
        if self.concept == Concept::Nash {
            return Ok(false);
        }
        let free = self.others_change(improvement);
        let whole = Part { known: Code::first(self.form.options().len()), code: improvement };
        // Where vectors are infeasible, or the focal decision maker shares options, sanctions are counted without regard to countermoves,
        // which could only make them fewer. What lies on the way is disregarded, too.
        let plain = self.form.infeasible().is_empty() && free.and(self.form.changeable(self.focal)).is_empty();
        let left_open = if plain { self.countermoves(whole) } else { Code::NONE };
        if !self.exists(whole.without(free).without(left_open), free, left_open)? {
            return Ok(false);
        }
        if plain && !self.concept.by_improvements() {
            return Ok(true);
        }
        self.search(improvement)
    }

    /// Whether the `free` options can be set so that, whatever the options `left_open` are, the vector is worth no more than the state.
    /// The vector is feasible where nothing is left open.
    fn exists(&mut self, part: Part, free: Code, left_open: Code) -> Result<bool, Stop> {
        self.step()?;
        let wants = self.focal_wants();
        if self.ruled_out(part) || wants.above(part, &self.worth) {
            return Ok(false);
        }
        let fails = |escape: &Part| {
            let known = escape.known.without(left_open).is_empty();
            known
                && wants
                    .above(Part { known: part.known.or(escape.known), code: part.code.or(escape.code) }, &self.worth)
        };
        if !left_open.is_empty() && self.escapes.iter().any(fails) {
            return Ok(false);
        }
        let enough = wants.at_most(part, &self.worth);
        if enough && (!left_open.is_empty() || self.allowed(part)) {
            return Ok(true);
        }
        let open = free.without(part.known);
        let Some(option) = wants.weightiest(part, open).filter(|_| !enough).or_else(|| open.options().next()) else {
            return Ok(enough || !self.escapes(part, left_open)?);
        };
        let liked = wants.likes(part, option);
        for taken in [!liked, liked] {
            if self.exists(part.with(option, taken), free, left_open)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether the options `left_open` can be set so that the vector is worth more than the state.
    fn escapes(&mut self, part: Part, left_open: Code) -> Result<bool, Stop> {
        self.step()?;
        let wants = self.focal_wants();
        if self.ruled_out(part) || wants.at_most(part, &self.worth) {
            return Ok(false);
        }
        let open = left_open.without(part.known);
        let Some(option) = wants.weightiest(part, open).or_else(|| open.options().next()) else {
            let escapes = wants.above(part, &self.worth);
            if escapes {
                self.escapes.insert(0, Part { known: left_open, code: part.code.and(left_open) });
                self.escapes.truncate(REMEMBERED);
            }
            return Ok(escapes);
        };
        let liked = wants.likes(part, option);
        for taken in [liked, !liked] {
            if self.escapes(part.with(option, taken), left_open)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a vector that opponents have reached deters.
    fn sanctions(&mut self, outcome: Code) -> Result<bool, Stop> {
        let whole = Part { known: Code::first(self.form.options().len()), code: outcome };
        if !self.focal_wants().at_most(whole, &self.worth) {
            return Ok(false);
        }
        if !self.concept.with_countermoves() {
            return Ok(true);
        }
        let own = self.changeable(self.focal, outcome);
        Ok(!self.escapes(whole.without(own), own)?)
    }

    /// Whether the opponents can move, by improvements if only these count, to what deters. Moves one after the other of one of them are
    /// one move, so what was reached is not searched again whoever moved last.
    fn search(&mut self, improvement: Code) -> Result<bool, Stop> {
        let mut seen = BTreeSet::from([improvement]);
        let mut open = BinaryHeap::from([(std::cmp::Reverse(self.focal_wants().worth(improvement)), improvement)]);
        while let Some((_, from)) = open.pop() {
            for mover in self.others() {
                let own = self.changeable(mover, from);
                let part = Part { known: Code::first(self.form.options().len()), code: from }.without(own);
                let worth = self.concept.by_improvements().then(|| self.wants[mover.0].worth(from));
                let moves = Moves { mover, own, worth };
                if self.at_once(&moves, part)? {
                    return Ok(true);
                }
                let mut reached = Vec::new();
                self.moves(&moves, part, &mut seen, &mut reached)?;
                open.extend(reached.into_iter().map(|to| (std::cmp::Reverse(self.focal_wants().worth(to)), to)));
            }
        }
        Ok(false)
    }

    /// How a move of an opponent goes on that is set so far.
    fn next(&mut self, moves: &Moves, part: Part) -> Result<Next, Stop> {
        self.step()?;
        let wants = &self.wants[moves.mover.0];
        if self.ruled_out(part) || moves.worth.as_ref().is_some_and(|worth| wants.at_most(part, worth)) {
            return Ok(Next::NoMove);
        }
        let open = moves.own.without(part.known);
        let option = wants.weightiest(part, open).or_else(|| open.options().next());
        Ok(option.map_or(Next::Whole, Next::Option))
    }

    /// Whether one move of an opponent deters.
    fn at_once(&mut self, moves: &Moves, part: Part) -> Result<bool, Stop> {
        if self.focal_wants().above(part, &self.worth) {
            return Ok(false);
        }
        match self.next(moves, part)? {
            Next::NoMove => Ok(false),
            Next::Whole => self.sanctions(part.code),
            Next::Option(option) => {
                let liked = self.focal_wants().likes(part, option);
                Ok(self.at_once(moves, part.with(option, !liked))? || self.at_once(moves, part.with(option, liked))?)
            }
        }
    }

    /// Adds the moves of one opponent to what was reached.
    fn moves(
        &mut self,
        moves: &Moves,
        part: Part,
        seen: &mut BTreeSet<Code>,
        reached: &mut Vec<Code>,
    ) -> Result<(), Stop> {
        match self.next(moves, part)? {
            Next::NoMove => Ok(()),
            Next::Whole => {
                reached.extend(seen.insert(part.code).then_some(part.code));
                Ok(())
            }
            Next::Option(option) => {
                self.moves(moves, part.with(option, true), seen, reached)?;
                self.moves(moves, part.with(option, false), seen, reached)
            }
        }
    }
}

/// The moves of one opponent: what it can change, and what it improves on if only improvements count.
struct Moves {
    mover: DecisionMaker,
    own: Code,
    worth: Option<Worth>,
}

/// How a move that is set option by option goes on.
enum Next {
    NoMove,
    Whole,
    Option(usize),
}
