//! Shortest sequences of moves from a state, none of the movers twice in a row (Fang, Hipel and Kilgour 1993).

use crate::concept::{DecisionMaker, State};

/// What some movers can reach from a state, and how.
///
/// Of each state at most two ways are kept: the first, and the first by another mover. Whoever moves on can do so after one of them, so
/// that a third is never needed.
#[derive(Clone, Debug)]
pub(crate) struct Sequences {
    arrivals: Vec<Arrival>,
    /// By state the places of its first and second arrival; [`NONE`] where there is none.
    of: Vec<[u32; 2]>,
}

#[derive(Clone, Copy, Debug)]
struct Arrival {
    state: State,
    mover: Option<DecisionMaker>,
    before: u32,
}

const NONE: u32 = u32::MAX;

impl Sequences {
    /// Searches layer by layer; in each the movers in their order, and what each reaches in the order given. Sequences that lead back
    /// to `begin` are left out. `O(movers × moves)`.
    pub(crate) fn search(
        states: usize,
        begin: State,
        movers: &[DecisionMaker],
        mut moves: impl FnMut(DecisionMaker, State) -> Vec<State>,
    ) -> Sequences {
        let mut found = Sequences { arrivals: Vec::new(), of: vec![[NONE; 2]; states] };
        found.arrivals.push(Arrival { state: begin, mover: None, before: NONE });
        found.of[begin.place()][0] = 0;
        let mut next = 0;
        while let Some(arrival) = found.arrivals.get(next).copied() {
            let here = u32::try_from(next).unwrap_or(NONE);
            let [first, _] = found.of[arrival.state.place()];
            // After the first arrival all others move; after the second only the one who could not.
            let only = (first != here).then(|| found.arrivals[first as usize].mover).flatten();
            for mover in movers.iter().copied() {
                if Some(mover) == arrival.mover || only.is_some_and(|only| only != mover) {
                    continue;
                }
                for to in moves(mover, arrival.state) {
                    found.arrive(Arrival { state: to, mover: Some(mover), before: here });
                }
            }
            next += 1;
        }
        found
    }

    fn arrive(&mut self, arrival: Arrival) {
        let place = u32::try_from(self.arrivals.len()).unwrap_or(NONE);
        let of = &mut self.of[arrival.state.place()];
        match *of {
            [NONE, _] => of[0] = place,
            [first, NONE] => {
                let earlier = self.arrivals[first as usize].mover;
                if earlier.is_none() || earlier == arrival.mover {
                    return;
                }
                of[1] = place;
            }
            _ => return,
        }
        self.arrivals.push(arrival);
    }

    /// The states that are reached, `begin` left out, ascending.
    pub(crate) fn reached(&self) -> Vec<State> {
        let numbered = (0u32..).map(State).zip(&self.of);
        numbered.filter(|(_, of)| of[0] != NONE && of[0] != 0).map(|(state, _)| state).collect()
    }

    /// A shortest sequence to a state: mover, from, to. Empty for `begin`, nothing for a state that is not reached.
    pub(crate) fn path(&self, state: State) -> Option<Vec<(DecisionMaker, State, State)>> {
        let [first, _] = self.of.get(state.place()).copied()?;
        let mut at = *self.arrivals.get(first as usize)?;
        let mut path = Vec::new();
        while let (Some(mover), Some(before)) = (at.mover, self.arrivals.get(at.before as usize)) {
            path.push((mover, before.state, at.state));
            at = *before;
        }
        path.reverse();
        Some(path)
    }
}
