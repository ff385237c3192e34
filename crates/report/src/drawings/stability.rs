//! Which outcomes of a model would hold.
//!
//! A page may tell of several models: each figure takes the name of its model, which becomes part of its id.

use std::collections::{BTreeMap, BTreeSet};

use detente_analysis::stability::robust::ShareNow;
use detente_analysis::stability::told::{ArrivalNow, Stability, StateNow, StepNow};

use super::{caption, list, read_as};
use crate::answers::stability::{CONCEPTS, Page, of};
use crate::figure::outcomes::{self, Cell, Outcome, Outcomes, Side};
use crate::figure::paths::{self, By, Node, Panel, Paths};
use crate::figure::states::{self, Move, StateGraph};
use crate::figure::{Caption, Figure};
use crate::words::count_of;

/// The least share of draws, under any concept, for which a state has a row of its own.
const NOTICEABLE: f64 = 0.05;
/// The most rows.
const MOST_OUTCOMES: usize = 20;

/// The states that would hold by the concepts under which they do, as the file stands and by share of draws; none if no state
/// holds under any concept and no status quo is known.
///
/// Rows are the status quo, a state asked for, states that hold as the file stands, and states that hold in a noticeable share of
/// draws, at most 20 in all; those that hold most often under SSEQ come first.
#[must_use]
pub fn outcomes(answer: &Stability, model: &str) -> Option<Figure> {
    let drawing = Drawing::new(answer);
    let (rows, more) = drawing.rows();
    if rows.is_empty() {
        return None;
    }
    let draws = answer.robustness.as_ref().map(|robustness| robustness.draws);
    let title = match draws {
        Some(_) => "Which states would hold, as the file stands and over draws of what is uncertain",
        None => "Which states would hold",
    };
    let input = Outcomes {
        caption: named("outcomes", model, title),
        concepts: CONCEPTS.iter().map(|(_, name, _)| (*name).to_owned()).collect(),
        options: if answer.states.is_some() {
            answer.options.iter().map(|option| option.label.clone()).collect()
        } else {
            Vec::new()
        },
        sides: drawing.owners(),
        draws,
        rows: rows.into_iter().map(|number| drawing.outcome(number)).collect(),
        more,
    };
    let shares = if draws.is_some() {
        " The number and the shade are the share of draws of the order of what is assumed in which it holds; a share of orders is no \
         likelihood of an outcome."
    } else {
        ""
    };
    Some(read_as(
        outcomes::draw(&input),
        format!(
            "Rows are states, columns concepts. A diamond marks a state that holds as the file states the preferences.{shares}"
        ),
    ))
}

/// The most states to which paths are drawn in a tree.
const MOST_ENDS: usize = 14;
/// The most moves of a path that is drawn.
const MOST_MOVES: usize = 6;

/// The paths of the fewest moves from the status quo to the states that would hold: by moves that each mover likes, and by any moves to
/// those that no such moves reach; none without a status quo, or where no other state would hold.
///
/// At most 14 states in a tree, those that hold under the strictest concepts, each at most six moves away; the others are counted.
#[must_use]
pub fn stability_paths(answer: &Stability, model: &str) -> Option<Figure> {
    let (status_quo, from) = (answer.status_quo?, answer.from_status_quo.as_ref()?);
    let drawing = Drawing::new(answer);
    let elsewhere = |arrivals: &'_ [ArrivalNow]| -> Vec<ArrivalNow> {
        arrivals.iter().filter(|arrival| arrival.state != status_quo).cloned().collect()
    };
    let (any, liked) = (elsewhere(&from.any), elsewhere(&from.improving));
    if any.is_empty() {
        return None;
    }
    let (liked, not_liked): (Vec<_>, Vec<_>) = liked.into_iter().partition(|arrival| arrival.reached);
    let not_liked: BTreeSet<u64> = not_liked.into_iter().map(|arrival| arrival.state).collect();
    let (any, never): (Vec<_>, Vec<_>) =
        any.into_iter().filter(|arrival| not_liked.contains(&arrival.state)).partition(|arrival| arrival.reached);
    let mut notes = Vec::new();
    if liked.is_empty() {
        notes.push("No other state that would hold comes about by moves that each mover likes.".to_owned());
    } else if !any.is_empty() {
        notes.push(format!("Not by moves that each mover likes: {}.", drawing.numbers(&any)));
    }
    if !never.is_empty() {
        notes.push(format!("Would hold, and no moves lead there: {}.", drawing.numbers(&never)));
    }
    let mut panels = Vec::new();
    for (title, arrivals) in [
        ("By moves that each mover likes", liked),
        ("By any moves, to states not reached by moves that each mover likes", any),
    ] {
        let (drawn, far) = drawing.nearest(arrivals);
        if !far.is_empty() {
            let what = count_of(far.len(), "state that would hold is", "states that would hold are");
            notes.push(format!("{title}: {what} not drawn ({}).", drawing.numbers(&far)));
        }
        if !drawn.is_empty() {
            panels.push(Panel { title: title.to_owned(), root: drawing.tree(status_quo, &drawn) });
        }
    }
    let input = Paths {
        caption: named("paths", model, "From where things stand to states that would hold, by the fewest moves"),
        movers: answer.decision_makers.iter().map(|maker| maker.name.clone()).collect(),
        panels,
        notes,
    };
    Some(read_as(
        paths::draw(&input),
        "Boxes are states, a double frame one that would hold; arrows are moves with the initials of the one who makes them. The sides may \
         stop at any state that would hold. A state without a name says which options are taken or given up with the move to it.",
    ))
}

/// The caption of a figure about a model; the name of the model may be empty.
fn named(figure: &str, model: &str, title: &str) -> Caption {
    match model {
        "" => caption(figure, title),
        _ => caption(&format!("{figure}-{model}"), title),
    }
}

/// An answer with what is looked up in it.
struct Drawing<'a> {
    answer: &'a Stability,
    page: Page<'a>,
    shares: BTreeMap<u64, &'a ShareNow>,
    /// The states that hold under some concept as the file stands.
    equilibria: BTreeSet<u64>,
}

impl<'a> Drawing<'a> {
    fn new(answer: &'a Stability) -> Self {
        let shares = answer.robustness.iter().flat_map(|robustness| &robustness.shares);
        Drawing {
            answer,
            page: Page { answer },
            shares: shares.map(|share| (share.state, share)).collect(),
            equilibria: CONCEPTS.iter().flat_map(|(key, ..)| of(&answer.equilibria, key)).copied().collect(),
        }
    }

    fn holds(&self, number: u64, key: &str) -> bool {
        of(&self.answer.equilibria, key).binary_search(&number).is_ok()
    }

    fn share(&self, number: u64, key: &str) -> f64 {
        self.shares.get(&number).map_or(0.0, |share| of(&share.by_concept, key).share)
    }

    /// The states that have a row, and how many others hold.
    fn rows(&self) -> (Vec<u64>, usize) {
        let always: BTreeSet<u64> = self
            .answer
            .status_quo
            .into_iter()
            .chain(self.answer.inverse.as_ref().map(|inverse| inverse.desired))
            .collect();
        let noticeable = |number: &u64| CONCEPTS.iter().any(|(key, ..)| self.share(*number, key) >= NOTICEABLE);
        let all: BTreeSet<u64> = self.equilibria.iter().chain(self.shares.keys()).copied().collect();
        let told = |number: &u64| always.contains(number) || self.equilibria.contains(number) || noticeable(number);
        let mut rows: Vec<u64> = all.union(&always).copied().filter(told).collect();
        // The strictest concept first: SSEQ and SEQ, then SMR, GMR and Nash.
        const KEYS: [&str; 5] = ["sseq", "seq", "smr", "gmr", "nash"];
        let draws = self.answer.robustness.is_some();
        let strength = |number: u64| {
            KEYS.map(|key| if draws { self.share(number, key) } else { f64::from(u8::from(self.holds(number, key))) })
        };
        let stronger = |one: &u64, other: &u64| {
            let pairs = strength(*other).into_iter().zip(strength(*one));
            pairs.map(|(other, one)| other.total_cmp(&one)).find(|order| order.is_ne()).unwrap_or(one.cmp(other))
        };
        rows.sort_by(stronger);
        // Which are left out where there are too many: the weakest that need not have a row.
        let mut kept = rows.clone();
        kept.sort_by_key(|number| {
            (!always.contains(number), !self.holds(*number, "sseq"), !self.equilibria.contains(number))
        });
        let kept: BTreeSet<u64> = kept.into_iter().take(MOST_OUTCOMES).collect();
        rows.retain(|number| kept.contains(number));
        (rows, all.difference(&kept).count())
    }

    fn outcome(&self, number: u64) -> Outcome {
        let state = self.page.state(number);
        let makers = self.answer.decision_makers.len();
        let name = state.map(|state| state.name.clone()).unwrap_or_default();
        Outcome {
            number,
            words: if name.is_empty() { self.page.words_of(number) } else { String::new() },
            name,
            taken: state.map(taken).unwrap_or_default(),
            now: self.answer.status_quo == Some(number),
            desired: self.answer.inverse.as_ref().is_some_and(|inverse| inverse.desired == number),
            still: state.is_some_and(|state| state.no_moves.len() == makers),
            cells: CONCEPTS
                .iter()
                .map(|(key, ..)| Cell {
                    holds: self.holds(number, key),
                    share: self.answer.robustness.is_some().then(|| self.share(number, key)),
                })
                .collect(),
        }
    }

    /// "all concepts", or their names; empty if it holds under none.
    fn concepts(&self, number: u64) -> String {
        let held: Vec<&str> =
            CONCEPTS.iter().filter(|(key, ..)| self.holds(number, key)).map(|(_, name, _)| *name).collect();
        if held.len() == CONCEPTS.len() { "all concepts".to_owned() } else { held.join(", ") }
    }

    /// The numbers of states, ascending, and how many more there are.
    fn numbers(&self, arrivals: &[ArrivalNow]) -> String {
        let all: BTreeSet<u64> = arrivals.iter().map(|arrival| arrival.state).collect();
        let mut told: Vec<String> = all.iter().take(MOST_ENDS).map(u64::to_string).collect();
        if let Some(more @ 1..) = all.len().checked_sub(MOST_ENDS) {
            told.push(format!("{more} more"));
        }
        format!("{} {}", if all.len() == 1 { "state" } else { "states" }, list(&told))
    }

    /// The states whose paths are drawn, and the others.
    fn nearest(&self, mut arrivals: Vec<ArrivalNow>) -> (Vec<ArrivalNow>, Vec<ArrivalNow>) {
        arrivals.sort_by_key(|arrival| {
            let strict = ["sseq", "seq", "smr", "nash", "gmr"].map(|key| !self.holds(arrival.state, key));
            (arrival.path.len() > MOST_MOVES, strict, arrival.state)
        });
        let near = arrivals.iter().take_while(|arrival| arrival.path.len() <= MOST_MOVES).count().min(MOST_ENDS);
        let far = arrivals.split_off(near);
        (arrivals, far)
    }

    /// The paths put together, as far as they begin with the same moves.
    fn tree(&self, status_quo: u64, arrivals: &[ArrivalNow]) -> Node {
        let mut root = Node {
            number: status_quo,
            words: self.page.words_of(status_quo),
            holds: self.concepts_held(status_quo),
            ..Node::default()
        };
        let mut paths: Vec<&ArrivalNow> = arrivals.iter().collect();
        paths.sort_by_key(|arrival| arrival.state);
        for arrival in paths {
            let mut at = &mut root;
            for step in &arrival.path {
                let by = self.by(step);
                let known = at.then.iter().position(|next| next.number == step.to && next.by == Some(by));
                let place = known.unwrap_or(at.then.len());
                if known.is_none() {
                    at.then.push(Node {
                        number: step.to,
                        words: self.arrived(step),
                        holds: self.concepts_held(step.to),
                        by: Some(by),
                        then: Vec::new(),
                    });
                }
                at = &mut at.then[place];
            }
        }
        root
    }

    fn concepts_held(&self, number: u64) -> String {
        match self.concepts(number) {
            none if none.is_empty() => none,
            some => format!("holds: {some}"),
        }
    }

    fn by(&self, step: &StepNow) -> By {
        let mover = self.answer.decision_makers.iter().position(|maker| maker.id == step.by);
        By { mover: mover.unwrap_or(usize::MAX), better: step.better }
    }

    /// The name of the state to which a move leads; where it has none, what changes.
    fn arrived(&self, step: &StepNow) -> String {
        match (self.page.state(step.from), self.page.state(step.to)) {
            (Some(from), Some(to)) if to.name.is_empty() => {
                let letters = from.options.chars().zip(to.options.chars());
                let changes = self.answer.options.iter().zip(letters).filter_map(|(option, pair)| match pair {
                    ('N', 'Y') => Some(option.label.clone()),
                    ('Y', 'N') => Some(format!("no longer: {}", option.label)),
                    _ => None,
                });
                changes.collect::<Vec<_>>().join("; ")
            }
            _ => self.page.words_of(step.to),
        }
    }

    /// Whose options they are; those who share some together.
    fn owners(&self) -> Vec<Side> {
        let mut sides: Vec<Side> = Vec::new();
        for (place, option) in self.answer.options.iter().enumerate() {
            let owners = self.answer.decision_makers.iter().filter(|maker| maker.options.contains(&option.id));
            let name = list(&owners.map(|maker| maker.name.clone()).collect::<Vec<_>>());
            match sides.iter_mut().find(|side| side.name == name) {
                Some(side) => side.options.push(place),
                None => sides.push(Side { name, options: vec![place] }),
            }
        }
        sides
    }
}

fn taken(state: &StateNow) -> Vec<bool> {
    state.options.chars().map(|letter| letter == 'Y').collect()
}

/// The states and the moves between them, with the states that would hold; none for models of more than 40 states, or with so many moves
/// that arrows could not be told apart.
#[must_use]
pub fn state_graph(answer: &Stability, model: &str) -> Option<Figure> {
    let (all, moves) = (answer.states.as_ref()?, answer.moves.as_ref()?);
    let drawing = Drawing::new(answer);
    let input = StateGraph {
        caption: named("states", model, "States and the moves between them"),
        movers: answer.decision_makers.iter().map(|maker| maker.name.clone()).collect(),
        states: all
            .iter()
            .map(|state| states::State {
                number: state.number,
                words: drawing.page.words_of(state.number),
                holds: drawing.concepts(state.number),
                now: answer.status_quo == Some(state.number),
            })
            .collect(),
        moves: moves.iter().filter_map(|step| drawing.arc(step)).collect(),
    };
    let figure = states::draw(&input)?;
    Some(read_as(
        figure,
        "Boxes are states, a double frame one that would hold, with the concepts under which it does. A line is a move that a side can \
         make, with its initials; a filled arrowhead points to the state that it prefers, an open one to a state that it can go to and does \
         not prefer. A line with one arrowhead cannot be gone back.",
    ))
}

impl Drawing<'_> {
    /// A move by the places of its states.
    fn arc(&self, step: &StepNow) -> Option<Move> {
        let place = |number: u64| usize::try_from(number).ok()?.checked_sub(1);
        let mover = self.answer.decision_makers.iter().position(|maker| maker.id == step.by)?;
        Some(Move { by: mover, from: place(step.from)?, to: place(step.to)?, better: step.better })
    }
}

#[cfg(test)]
mod tests;
