//! What decision makers prefer, as ranks.

use std::collections::{BTreeMap, BTreeSet};

use detente_case::Code;
use detente_case::ids::List;
use detente_case::stability::{
    DecisionMaker, Order, Place, Placed, Preference as Stated, Ranking, StateNumber, Unknown, Weights,
};
use detente_stability::statements::{Note, prioritise};
use detente_stability::{Exact, Formula, Model, Preference, Ranks, State, States};
use num_traits::Zero as _;

use super::model::{Lowering, exact, formula, matching, state, vectors};

/// Most pairs of states of a decision maker whose order is not known.
const MOST_PAIRS: usize = 1 << 20;

/// States that a message names.
const NAMED: usize = 10;

/// The preferences of all decision makers; none if one of them is wrong, which is reported.
pub(super) fn lower(
    lowering: &mut Lowering<'_>,
    decision_makers: &List<DecisionMaker>,
    model: &Model,
) -> Option<Vec<Preference>> {
    let preferences: Vec<Option<Preference>> = decision_makers
        .iter()
        .map(|decision_maker| {
            let ranks = ranks(lowering, decision_maker, model)?;
            let pairs = pairs(lowering, decision_maker, model)?;
            Preference::new(ranks, &pairs).ok()
        })
        .collect();
    preferences.into_iter().collect()
}

fn ranks(lowering: &mut Lowering<'_>, decision_maker: &DecisionMaker, model: &Model) -> Option<Ranks> {
    let place = &decision_maker.preference.place;
    let listed = match (&decision_maker.preference.value, model.feasible()) {
        (Stated::Indifferent, _) => Ranks::indifferent(vectors(model)),
        (Stated::Ranking(ranking), _) => by_ranking(lowering, decision_maker, ranking, vectors(model))?,
        (Stated::Statements(order), Some(feasible)) => by_statements(lowering, order, feasible),
        (Stated::Weights(weights), Some(feasible)) => by_weights(weights, feasible),
        // The reader takes statements and weights only where there are options.
        (Stated::Statements(_) | Stated::Weights(_), None) => return None,
    };
    if model.feasible().is_none() {
        return Some(listed);
    }
    match listed.of_states(model) {
        Ok(ranks) => Some(ranks),
        Err(apart) => {
            let number = |code| model.feasible().and_then(|feasible| feasible.state(code)).map_or(0, State::number);
            let (one, other) = apart.map_or((0, 0), |apart| (number(apart.code), number(apart.other)));
            let message = format!(
                "`{}` does not prefer states {one} and {other} equally, and they are one state",
                decision_maker.id
            );
            let hint = "rank them in one pair of parentheses, or let no statement or weight tell them apart; or take [[same_state]] out";
            lowering.report(Code::RankedApart, place, message, hint);
            None
        }
    }
}

fn by_ranking(
    lowering: &mut Lowering<'_>,
    decision_maker: &DecisionMaker,
    ranking: &Ranking,
    states: usize,
) -> Option<Ranks> {
    let classes: Vec<Vec<State>> =
        ranking.classes.iter().map(|class| class.iter().map(|number| state(number.value)).collect()).collect();
    let error = match Ranks::from_ranking(states, &classes) {
        Ok(ranks) => return Some(ranks),
        Err(error) => error,
    };
    let id = &decision_maker.id;
    let unknown: BTreeSet<State> = error.unknown.into_iter().collect();
    let repeated: BTreeSet<State> = error.repeated.into_iter().collect();
    let mut seen: BTreeMap<StateNumber, usize> = BTreeMap::new();
    for (class, number) in
        ranking.classes.iter().enumerate().flat_map(|(class, states)| states.iter().map(move |s| (class, s)))
    {
        let number: &Placed<StateNumber> = number;
        if unknown.contains(&state(number.value)) {
            let message =
                format!("`{id}` ranks state {}, and the states are numbered from 1 to {states}", number.value);
            lowering.report(Code::NotRanked, &number.place, message, "take it out");
        } else if repeated.contains(&state(number.value)) {
            let Some(first) = seen.insert(number.value, class) else { continue };
            let message = if class > first + 1 {
                let between = ranking.classes[first + 1].first().map_or(0, |state| state.get());
                format!(
                    "`{id}` ranks state {} before and after state {between}: its preference goes in a circle",
                    number.value
                )
            } else {
                format!("`{id}` ranks state {} twice", number.value)
            };
            lowering.report(Code::NotRanked, &number.place, message, "keep one of its places");
        }
    }
    if !error.missing.is_empty() {
        let named: Vec<String> = error.missing.iter().take(NAMED).map(|state| state.number().to_string()).collect();
        let more = match error.missing.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let message =
            format!("`{id}` leaves out {} of {states} states: {}{more}", error.missing.len(), named.join(", "));
        let hint = "add them; equal ones stand in parentheses: \"5 7 (6 8) 3\"";
        lowering.report(Code::NotRanked, &decision_maker.preference.place, message, hint);
    }
    None
}

fn by_statements(lowering: &mut Lowering<'_>, order: &Order, feasible: &States) -> Ranks {
    let statements: Vec<Formula> = order.statements.iter().map(|statement| formula(&statement.holds.rule)).collect();
    let prioritised = prioritise(|| feasible.codes(), &statements);
    for note in prioritised.notes {
        let (at, what) = match note {
            Note::HoldsInAll(at) => (at, "holds in every state".to_owned()),
            Note::HoldsInNone(at) => (at, "holds in no state".to_owned()),
            Note::SameAs(at, first) => (at, format!("says the same as statement {}", first + 1)),
            Note::OppositeOf(at, first) => (at, format!("says the opposite of statement {}", first + 1)),
            // Another order of the statements may need it.
            Note::DecidesNothing(_) => continue,
        };
        let Some(statement) = order.statements.get(at) else { continue };
        let message = format!("statement {}, `{}`, {what}: it decides nothing", at + 1, statement.holds.text);
        lowering.report(Code::NoEffect, &statement.place, message, "take it out, or mend it");
    }
    prioritised.ranks
}

fn by_weights(weights: &Weights, feasible: &States) -> Ranks {
    let mut all = vec![Exact::zero(); feasible.options()];
    for (option, weight) in weights.options() {
        if let Some(place) = all.get_mut(option.place()) {
            *place = exact(weight.best());
        }
    }
    Ranks::from_weights(feasible.codes(), &all)
}

/// The pairs of states of the model whose order is not known.
fn pairs(lowering: &mut Lowering<'_>, decision_maker: &DecisionMaker, model: &Model) -> Option<Vec<(State, State)>> {
    let mut pairs: BTreeSet<(State, State)> = BTreeSet::new();
    let mut complete = true;
    for entry in &decision_maker.unknown {
        let place: &Place = &entry.place;
        let (one, other): (BTreeSet<State>, BTreeSet<State>) = match &entry.value {
            Unknown::States(one, other) => {
                let found = lowering.existing(*one, model, place).zip(lowering.existing(*other, model, place));
                let Some((one, other)) = found else {
                    complete = false;
                    continue;
                };
                ([one].into(), [other].into())
            }
            Unknown::Sets(one, other) => (matching(model, one).collect(), matching(model, other).collect()),
        };
        if one.len().saturating_mul(other.len()) > MOST_PAIRS.saturating_sub(pairs.len()) {
            let message =
                format!("`{}` has more than {MOST_PAIRS} pairs of states whose order is unknown", decision_maker.id);
            lowering.report(Code::TooManyStates, place, message, "let the two rules hold in fewer states");
            return None;
        }
        let made: Vec<(State, State)> = one
            .iter()
            .flat_map(|one| other.iter().map(move |other| (*one.min(other), *one.max(other))))
            .filter(|(one, other)| one != other)
            .collect();
        if made.is_empty() {
            let message = "these are no two states, so the order of none becomes unknown";
            lowering.report(Code::NoEffect, place, message, "take the pair out, or mend it");
        }
        pairs.extend(made);
    }
    complete.then(|| pairs.into_iter().collect())
}
