//! A model as TOML.

use std::fmt::Write as _;

use super::{
    Basis, Change, DecisionMaker, Forbidden, Form, Formula, ModelOption, Moves, Order, Placed, Preference, Ranking,
    SCHEMA, StabilityModel, StateNumber, StatusQuo, Unknown, Weights,
};
use crate::export::{marking, quote};
use crate::ids::{Id, List};

/// A model as TOML, which [`super::read`] reads to the same model. Cost: linear in the model.
#[must_use]
pub fn to_toml(model: &StabilityModel) -> String {
    let mut out = format!("schema = {SCHEMA}\ntitle = {}\n", quote(&model.title));
    filled(&mut out, "source", model.source.as_ref().map_or("", |source| &source.value));
    filled(&mut out, "note", &model.note);
    if let Some(day) = model.at {
        _ = writeln!(out, "at = {day}");
    }
    filled(&mut out, "marking", &marking(model.marking));
    match model.status_quo.as_deref() {
        Some(StatusQuo::State(state)) => _ = writeln!(out, "status_quo = {state}"),
        Some(StatusQuo::When(formula)) => _ = writeln!(out, "status_quo = {}", quote(&formula.text)),
        None => {}
    }
    if !model.coalitions.is_empty() {
        let coalitions: Vec<String> =
            model.coalitions.iter().map(|members| ids(members, |id| &model.decision_makers[id].id)).collect();
        _ = writeln!(out, "coalitions = [{}]", coalitions.join(", "));
    }
    match &model.form {
        Form::Options(form) => form.options.iter().for_each(|option| option_entry(&mut out, option)),
        Form::Graph(form) => {
            for state in form.states.iter() {
                identity(&mut out, "state", "label", &state.id, &state.label);
            }
        }
    }
    for (id, decision_maker) in model.decision_makers.with_ids() {
        identity(&mut out, "decision_maker", "name", &decision_maker.id, &decision_maker.name);
        if let Some(actor) = &decision_maker.actor {
            filled(&mut out, "actor", actor);
        }
        match &model.form {
            Form::Options(form) => {
                let owned = form.owned.get(id.place()).map(Vec::as_slice).unwrap_or_default();
                _ = writeln!(out, "options = {}", ids(owned, |id| &form.options[id].id));
            }
            Form::Graph(form) => {
                let arcs = form.arcs.get(id.place()).map(Vec::as_slice).unwrap_or_default();
                let arcs = arcs.iter().map(|(from, to)| format!("\"{} -> {}\"", from.place() + 1, to.place() + 1));
                _ = writeln!(out, "moves = [{}]", arcs.collect::<Vec<_>>().join(", "));
            }
        }
        preference(&mut out, decision_maker, &model.form);
    }
    if let Form::Options(form) = &model.form {
        for entry in &form.infeasible {
            out.push_str("\n[[infeasible]]\n");
            forbidden(&mut out, &entry.what, &form.options);
            filled(&mut out, "why", &entry.why);
        }
        for entry in &form.same_state {
            _ = writeln!(out, "\n[[same_state]]\nwhen = {}", quote(&entry.when.text));
            filled(&mut out, "label", &entry.label);
        }
        for edit in &form.edits {
            let key = match edit.change {
                Change::Add => "add",
                Change::Remove => "remove",
            };
            let arcs: Vec<String> = edit.arcs.iter().map(|(from, to)| format!("\"{from} -> {to}\"")).collect();
            let decision_maker = quote(&model.decision_makers[edit.decision_maker].id);
            _ = writeln!(out, "\n[[move]]\ndecision_maker = {decision_maker}\n{key} = [{}]", arcs.join(", "));
        }
        for entry in &form.names {
            let (when, label) = (quote(&entry.when.text), quote(&entry.label));
            _ = writeln!(out, "\n[[name]]\nwhen = {when}\nlabel = {label}");
        }
    }
    out
}

fn filled(out: &mut String, key: &str, text: &str) {
    if !text.is_empty() {
        _ = writeln!(out, "{key} = {}", quote(text));
    }
}

/// The beginning of a section with an id, and a name where that is another text.
fn identity(out: &mut String, section: &str, key: &str, id: &str, name: &str) {
    _ = writeln!(out, "\n[[{section}]]\nid = {}", quote(id));
    if name != id {
        filled(out, key, name);
    }
}

fn option_entry(out: &mut String, option: &ModelOption) {
    identity(out, "option", "label", &option.id, &option.label);
    if option.moves != Moves::Both {
        _ = writeln!(out, "moves = \"{}\"", option.moves.word());
    }
}

fn ids<'m, T>(list: &[Id<T>], id: impl Fn(Id<T>) -> &'m Box<str>) -> String {
    format!("[{}]", list.iter().map(|entry| quote(id(*entry))).collect::<Vec<_>>().join(", "))
}

fn preference(out: &mut String, decision_maker: &DecisionMaker, form: &Form) {
    let unknown: Vec<String> = decision_maker.unknown.iter().map(|pair| unknown_pair(pair)).collect();
    if !unknown.is_empty() {
        _ = writeln!(out, "unknown = [{}]", unknown.join(", "));
    }
    match &decision_maker.preference.value {
        Preference::Ranking(ranking) => {
            _ = writeln!(out, "ranking = \"{}\"", ranking_text(ranking));
            number(out, "noise", ranking.noise);
        }
        Preference::Statements(order) => statements(out, order),
        Preference::Weights(weights) => {
            if let Form::Options(form) = form {
                _ = writeln!(out, "weights = {{ {} }}", weights_text(weights, &form.options));
            }
        }
        Preference::Indifferent => out.push_str("indifferent = true\n"),
    }
}

fn number(out: &mut String, key: &str, number: u32) {
    if number > 0 {
        _ = writeln!(out, "{key} = {number}");
    }
}

fn unknown_pair(pair: &Unknown) -> String {
    match pair {
        Unknown::States(a, b) => format!("\"{a} {b}\""),
        Unknown::Sets(a, b) => format!("[{}, {}]", quote(&a.text), quote(&b.text)),
    }
}

fn ranking_text(ranking: &Ranking) -> String {
    let class = |states: &Vec<Placed<StateNumber>>| {
        let states: Vec<String> = states.iter().map(|state| state.to_string()).collect();
        match states.as_slice() {
            [only] => only.clone(),
            _ => format!("({})", states.join(" ")),
        }
    };
    ranking.classes.iter().map(class).collect::<Vec<_>>().join(" ")
}

fn statements(out: &mut String, order: &Order) {
    number(out, "swaps", order.swaps);
    let is_short = |statement: &super::Statement| statement.basis == Basis::Given && statement.reason.is_empty();
    if order.statements.iter().all(|statement| is_short(statement)) {
        let texts: Vec<String> = order.statements.iter().map(|statement| quote(&statement.holds.text)).collect();
        _ = writeln!(out, "statements = [{}]", texts.join(", "));
        return;
    }
    for (place, statement) in order.statements.iter().enumerate() {
        _ = writeln!(out, "\n[[decision_maker.statement]]\nholds = {}", quote(&statement.holds.text));
        match &statement.basis {
            Basis::Rows(rows) => {
                let rows: Vec<String> = rows.iter().map(|row| quote(row)).collect();
                _ = writeln!(out, "rows = [{}]", rows.join(", "));
            }
            Basis::Assumption(Some(places)) => _ = writeln!(out, "places = [{}, {}]", places.first(), places.last()),
            Basis::Assumption(None) => {}
            // Among statements of the long form, one whose place is fixed says so.
            Basis::Given => _ = writeln!(out, "places = [{0}, {0}]", place + 1),
        }
        filled(out, "reason", &statement.reason);
    }
}

fn weights_text(weights: &Weights, options: &List<ModelOption>) -> String {
    let weight = |(option, weight): &(Id<ModelOption>, Placed<super::Weight>)| {
        let key = quote(&options[*option].id);
        if weight.is_certain() {
            return format!("{key} = {}", quote(weight.best().text()));
        }
        let [low, best, high] = [weight.low(), weight.best(), weight.high()].map(|number| quote(number.text()));
        format!("{key} = {{ low = {low}, best = {best}, high = {high} }}")
    };
    weights.options().iter().map(weight).collect::<Vec<_>>().join(", ")
}

fn forbidden(out: &mut String, what: &Forbidden, options: &List<ModelOption>) {
    let list = |list: &[Id<ModelOption>]| ids(list, |id| &options[id].id);
    let one = |option: &Id<ModelOption>| quote(&options[*option].id);
    _ = match what {
        Forbidden::When(Formula { text, .. }) => writeln!(out, "when = {}", quote(text)),
        Forbidden::Pattern(pattern) => writeln!(out, "pattern = \"{pattern}\""),
        Forbidden::Exclusive(options) => writeln!(out, "exclusive = {}", list(options)),
        Forbidden::AtLeastOne(options) => writeln!(out, "at_least_one = {}", list(options)),
        Forbidden::ExactlyOne(options) => writeln!(out, "exactly_one = {}", list(options)),
        Forbidden::Requires(option, needed) => {
            writeln!(out, "option = {}\nrequires = {}", one(option), one(needed))
        }
    };
}
