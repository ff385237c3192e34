//! From a model as a file states it to one to compute with: states listed, moves made, preferences as ranks; and every fault that only
//! shows then, at its place in the file.
//!
//! Files number states over the feasible combinations of options, before any of them are made one; so rankings and single moves are read
//! over those, and then carried over to the states of the model.

use std::collections::{BTreeMap, BTreeSet};

use detente_case::expression::Expression;
use detente_case::ids::Id;
use detente_case::stability::{
    Change, Form, Formula as Written, Fraction, GraphForm as StatedGraph, ModelOption, Moves as StatedMoves,
    OptionForm as Stated, Place, Placed, StabilityModel, StateNumber, StatusQuo,
};
use detente_case::{Code, Diagnostic, Findings};
use detente_stability::{
    DecisionMaker, Edit, Exact, Formula, GraphForm, Model, ModelError, Moves, OptionForm, Preference, Removed, State,
    StatesError,
};

use super::preference;

/// Most options for which it is said what each rule takes away; that is counted for every rule.
const MOST_COUNTED: usize = 20;

/// A model to compute with, and what the file says of its states.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// States and moves.
    pub model: Model,
    /// What each decision maker prefers, in the order of the file. Weights are those thought most likely, orders those of the file.
    pub preferences: Vec<Preference>,
    /// Where the conflict stands.
    pub status_quo: Option<State>,
    /// For each state the name that the file gives it; empty if it gives none.
    pub names: Vec<Box<str>>,
    /// For each entry of what cannot be, in the order of the file, what it takes away; nothing where that was not counted.
    pub removed: Vec<Option<Removed>>,
}

/// A model with its states listed, at most `limit` of them.
///
/// What is wrong goes to `findings`, each at its place in the file; there is no model if any of it is an error. The states are counted
/// before any memory is asked for, so a model that is too large is refused with the size that it would need.
///
/// Cost: what listing the states costs, and for each decision maker `O(states × (length of its statements + log states))`.
pub fn lower(source: &StabilityModel, limit: usize, findings: &mut Findings) -> Option<Lowered> {
    let mut lowering = Lowering { source, findings, failed: false };
    let lowered = match &source.form {
        Form::Options(form) => lowering.options(form, limit),
        Form::Graph(form) => lowering.graph(form, limit),
    };
    lowered.filter(|_| !lowering.failed)
}

/// The option form of a model, without single moves, before any state is listed: for questions about single states of large models.
/// None for a model in graph form.
#[must_use]
pub fn option_form(source: &StabilityModel) -> Option<OptionForm> {
    let Form::Options(stated) = &source.form else { return None };
    let moves = stated.options.iter().map(|option| direction(option.moves)).collect();
    let owned: Vec<Vec<usize>> =
        stated.owned.iter().map(|options| options.iter().map(|option| option.place()).collect()).collect();
    let mut form = OptionForm::new(moves, &owned).ok()?;
    for entry in &stated.infeasible {
        form.rule_out(formula(&entry.what.rule())).ok()?;
    }
    for entry in &stated.same_state {
        form.make_one(formula(&entry.when.rule)).ok()?;
    }
    Some(form)
}

/// A rule over options, to compute with.
#[must_use]
pub fn formula(rule: &Expression<Id<ModelOption>>) -> Formula {
    let list = |entries: &[Expression<Id<ModelOption>>]| entries.iter().map(formula).collect();
    match rule {
        Expression::Atom(option) => Formula::Option(option.place()),
        Expression::Not(entry) => Formula::Not(formula(entry).into()),
        Expression::All(entries) => Formula::All(list(entries)),
        Expression::Any(entries) => Formula::Any(list(entries)),
        Expression::Implies(first, second) => Formula::Implies(formula(first).into(), formula(second).into()),
        Expression::Iff(first, second) => Formula::Iff(formula(first).into(), formula(second).into()),
        Expression::Count { at_least, at_most, of } => {
            Formula::Count { at_least: *at_least, at_most: *at_most, of: list(of) }
        }
    }
}

/// A number of a file, without rounding.
#[must_use]
pub fn exact(number: &Fraction) -> Exact {
    Exact::new(number.numerator().into(), number.denominator().into())
}

fn direction(moves: StatedMoves) -> Moves {
    match moves {
        StatedMoves::Both => Moves::Both,
        StatedMoves::Forward => Moves::Forward,
        StatedMoves::Back => Moves::Back,
        StatedMoves::Fixed => Moves::Fixed,
    }
}

/// The state of a number, before it is known whether there is such a state.
pub(super) fn state(number: StateNumber) -> State {
    State(number.get() - 1)
}

/// A model while it is turned into one to compute with.
pub(super) struct Lowering<'a> {
    source: &'a StabilityModel,
    findings: &'a mut Findings,
    failed: bool,
}

impl Lowering<'_> {
    /// Reports an error or a warning at a place of the file.
    pub(super) fn report(&mut self, code: Code, place: &Place, message: impl Into<String>, hint: &str) {
        self.failed |= code.severity() == detente_case::Severity::Error;
        let finding = place.on(Diagnostic::new(code, &self.source.file.0, message));
        self.findings.push(finding.hint(hint));
    }

    /// Reports an error of the whole file.
    fn refuse(&mut self, code: Code, message: String, hint: &str) {
        self.failed = true;
        self.findings.push(Diagnostic::new(code, &self.source.file.0, message).hint(hint));
    }

    fn options(&mut self, stated: &Stated, limit: usize) -> Option<Lowered> {
        let form = option_form(self.source)?;
        let counted = stated.options.len() <= MOST_COUNTED;
        let removed = if counted { form.removed() } else { vec![None; stated.infeasible.len()] };
        let base = match Model::from_options(form.clone(), limit) {
            Ok(model) => model,
            Err(error) => {
                self.report_model(stated, &removed, error);
                return None;
            }
        };
        self.report_idle(stated, &removed, &base);
        let edits = self.edits(stated, &base);
        let model = if edits.is_empty() {
            base
        } else {
            let mut form = form;
            edits.into_iter().try_for_each(|edit| form.edit(edit)).ok()?;
            match Model::from_options(form, limit) {
                Ok(model) => model,
                Err(error) => {
                    self.report_model(stated, &removed, error);
                    return None;
                }
            }
        };
        let preferences = preference::lower(self, &self.source.decision_makers, &model);
        let status_quo = self.status_quo(&model);
        let names = self.names(stated, &model);
        Some(Lowered { model, preferences: preferences?, status_quo, names, removed })
    }

    fn report_model(&mut self, stated: &Stated, removed: &[Option<Removed>], error: ModelError) {
        match error {
            ModelError::States(StatesError::NoState) => {
                let all = 1u128.checked_shl(stated.options.len().try_into().unwrap_or(u32::MAX)).unwrap_or_default();
                let mut left = all;
                let last = stated.infeasible.iter().zip(removed).find(|(_, removed)| {
                    left = left.saturating_sub(removed.map_or(0, |removed| removed.removed));
                    left == 0
                });
                let hint = "take out or mend one of the entries [[infeasible]]";
                match last {
                    Some((entry, _)) => {
                        let message = "with this entry every combination of options is ruled out: no state is left";
                        self.report(Code::NoStateLeft, &entry.place, message, hint);
                    }
                    None => self.refuse(Code::NoStateLeft, format!("{error}"), hint),
                }
            }
            ModelError::States(_) | ModelError::TooManyMoves { .. } => {
                let hint = "rule out combinations that cannot be with [[infeasible]], leave out options, or ask about one state with `--single`";
                self.refuse(Code::TooManyStates, format!("this model cannot be listed: {error}"), hint);
            }
            // Moves are checked one by one before.
            ModelError::Edit(error) => {
                self.refuse(Code::MoveEdit, error.to_string(), "mend the entries [[move]]");
            }
        }
    }

    /// Warns of entries that change nothing.
    fn report_idle(&mut self, stated: &Stated, removed: &[Option<Removed>], model: &Model) {
        for (entry, removed) in stated.infeasible.iter().zip(removed) {
            let message = match removed {
                Some(Removed { removed: 0, already_gone: 0 }) => "no combination of options is of this kind",
                Some(Removed { removed: 0, .. }) => "all combinations of this kind are ruled out by entries above",
                _ => continue,
            };
            self.report(
                Code::NoEffect,
                &entry.place,
                format!("{message}; this entry changes nothing"),
                "take it out, or mend it",
            );
        }
        for entry in &stated.same_state {
            if matching(model, &entry.when).take(2).count() < 2 {
                let message =
                    format!("`{}` holds of fewer than two feasible combinations; none become one", entry.when.text);
                self.report(Code::NoEffect, &entry.place, message, "take the entry out, or mend it");
            }
        }
    }

    /// The single moves, between states of the model; those that do not fit are reported.
    fn edits(&mut self, stated: &Stated, base: &Model) -> Vec<Edit> {
        let mut edits = Vec::new();
        // Moves that earlier entries changed.
        let mut changed: BTreeMap<(DecisionMaker, State, State), bool> = BTreeMap::new();
        for entry in &stated.edits {
            let decision_maker = DecisionMaker(entry.decision_maker.place());
            let added = entry.change == Change::Add;
            for (from, to) in &entry.arcs {
                let ends = self.existing(*from, base, &entry.place).zip(self.existing(*to, base, &entry.place));
                let Some((from_state, to_state)) = ends else { continue };
                if from_state == to_state {
                    let message = format!("{from} and {to} are one state: there is no move between them");
                    self.report(Code::MoveEdit, &entry.place, message, "name two states");
                    continue;
                }
                let key = (decision_maker, from_state, to_state);
                let there = changed
                    .get(&key)
                    .copied()
                    .unwrap_or_else(|| base.reach(decision_maker, from_state).contains(&to_state));
                if there == added {
                    let (what, hint) = match added {
                        true => ("is there already", "take the entry out"),
                        false => ("is not there", "take the entry out, or mend it"),
                    };
                    self.report(
                        Code::MoveEdit,
                        &entry.place,
                        format!("the move from state {from} to state {to} {what}"),
                        hint,
                    );
                    continue;
                }
                changed.insert(key, added);
                edits.push(Edit { decision_maker, from: from_state, to: to_state, added });
            }
        }
        edits
    }

    /// The state of a number of the file; a number that is that of no state is reported.
    pub(super) fn existing(&mut self, number: StateNumber, model: &Model, place: &Place) -> Option<State> {
        let found = match model.feasible() {
            Some(_) => model.state_of_feasible(state(number)),
            None => Some(state(number)).filter(|state| state.place() < model.states()),
        };
        if found.is_none() {
            let states = vectors(model);
            let message = format!("there is no state {number}; the states are numbered from 1 to {states}");
            self.report(Code::NoSuchState, place, message, "name one of them, or mend the rules on what cannot be");
        }
        found
    }

    fn graph(&mut self, stated: &StatedGraph, limit: usize) -> Option<Lowered> {
        let states = stated.states.len();
        if states > limit {
            let hint = "leave out states that the question does not need";
            self.refuse(
                Code::TooManyStates,
                format!("this model has {states} states; at most {limit} are allowed"),
                hint,
            );
            return None;
        }
        let state = |id: Id<_>| State(u32::try_from(id.place()).unwrap_or(u32::MAX));
        let moves: Vec<Vec<(State, State)>> =
            stated.arcs.iter().map(|arcs| arcs.iter().map(|(from, to)| (state(*from), state(*to))).collect()).collect();
        let graph = match GraphForm::new(states, &moves) {
            Ok(graph) => graph,
            Err(error) => {
                self.refuse(Code::MoveEdit, error.to_string(), "mend `moves` of the decision makers");
                return None;
            }
        };
        let model = Model::from_graph(graph);
        let preferences = preference::lower(self, &self.source.decision_makers, &model);
        let status_quo = self.status_quo(&model);
        let names = stated.states.iter().map(|state| state.label.clone()).collect();
        Some(Lowered { model, preferences: preferences?, status_quo, names, removed: Vec::new() })
    }

    fn status_quo(&mut self, model: &Model) -> Option<State> {
        let status_quo: &Placed<StatusQuo> = self.source.status_quo.as_ref()?;
        match &status_quo.value {
            StatusQuo::State(number) => self.existing(*number, model, &status_quo.place),
            StatusQuo::When(rule) => {
                let states: BTreeSet<State> = matching(model, rule).collect();
                let mut states = states.into_iter();
                match (states.next(), states.next()) {
                    (Some(only), None) => Some(only),
                    (None, _) => {
                        let message = format!("`status_quo`: `{}` holds in no feasible state", rule.text);
                        let hint = "mend it, or the rules on what cannot be";
                        self.report(Code::NoSuchState, &status_quo.place, message, hint);
                        None
                    }
                    (Some(_), Some(_)) => {
                        let count = states.count() + 2;
                        let message = format!("`status_quo`: `{}` holds in {count} states; expected one", rule.text);
                        let hint = "say of every option whether it is taken, or give the number of the state";
                        self.report(Code::NoSuchState, &status_quo.place, message, hint);
                        None
                    }
                }
            }
        }
    }

    /// The names of all states: from `[[name]]`, then from `[[same_state]]`; the first that fits.
    fn names(&mut self, stated: &Stated, model: &Model) -> Vec<Box<str>> {
        let mut names: Vec<Box<str>> = vec![Box::default(); model.states()];
        let mut give = |rule: &Written, label: &str| -> usize {
            let states: BTreeSet<State> = matching(model, rule).collect();
            for state in &states {
                if let Some(name) = names.get_mut(state.place()).filter(|name| name.is_empty()) {
                    *name = label.into();
                }
            }
            states.len()
        };
        let mut idle = Vec::new();
        for entry in &stated.names {
            if give(&entry.when, &entry.label) == 0 {
                idle.push(entry);
            }
        }
        for entry in stated.same_state.iter().filter(|entry| !entry.label.is_empty()) {
            give(&entry.when, &entry.label);
        }
        for entry in idle {
            let message =
                format!("`{}` holds in no feasible state, so nothing is called “{}”", entry.when.text, entry.label);
            self.report(Code::NoEffect, &entry.place, message, "take the entry out, or mend it");
        }
        names
    }
}

/// How many states the numbers of a file count.
pub(super) fn vectors(model: &Model) -> usize {
    model.feasible().map_or(model.states(), detente_stability::States::len)
}

/// The states of the feasible combinations of which a rule holds, one a combination; none in graph form.
pub(super) fn matching<'m>(model: &'m Model, rule: &Written) -> impl Iterator<Item = State> + use<'m> {
    let rule = formula(&rule.rule);
    let codes = model.feasible().map(|feasible| feasible.codes());
    codes.into_iter().flatten().filter(move |code| rule.holds((*code).into())).filter_map(|code| model.state_of(code))
}
