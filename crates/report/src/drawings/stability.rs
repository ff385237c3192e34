//! Which outcomes of a model would hold.

use std::collections::{BTreeMap, BTreeSet};

use detente_analysis::stability::robust::ShareNow;
use detente_analysis::stability::told::{Stability, StateNow};

use super::{caption, list, read_as};
use crate::answers::stability::{CONCEPTS, Page, of};
use crate::figure::Figure;
use crate::figure::outcomes::{self, Cell, Outcome, Outcomes, Side};

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
pub fn outcomes(answer: &Stability) -> Option<Figure> {
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
        caption: caption("outcomes", title),
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
        format!("Rows are states, columns concepts. A diamond marks a state that holds as the file states the preferences.{shares}"),
    ))
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
        let always: BTreeSet<u64> =
            self.answer.status_quo.into_iter().chain(self.answer.inverse.as_ref().map(|inverse| inverse.desired)).collect();
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
        kept.sort_by_key(|number| (!always.contains(number), !self.holds(*number, "sseq")));
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
