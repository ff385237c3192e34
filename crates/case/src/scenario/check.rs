//! What scenarios and drivers name: whether it is there.

use std::collections::{BTreeMap, BTreeSet};

use super::{FILE, PlacedText, RuledOut, Scenario, ScenarioFactor};
use crate::case::Case;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::expression::{self, Atom};
use crate::ids::List;
use crate::input::driver::{DriverColumn, Target};
use crate::stability::{Form, Formula, StabilityModel};
use crate::table::Row;
use crate::text::nearest;

/// A row of `drivers.csv` as it is written: its factor, and the factor that it moves if it moves one, each with a finding at its cell that is
/// yet to say what is wrong.
#[derive(Clone, Debug)]
pub(crate) struct DriverLine {
    factor: Box<str>,
    moves: Option<Box<str>>,
    at_factor: Diagnostic,
    at_target: Diagnostic,
}

impl DriverLine {
    pub(crate) fn new(factor: &str, target: Option<&Target>, row: &Row<'_>) -> Self {
        let moves = match target {
            Some(Target::Factor(factor)) => Some(factor.clone()),
            _ => None,
        };
        let at = |column| row.finding(Code::UnknownFactor, column, "");
        DriverLine {
            factor: factor.into(),
            moves,
            at_factor: at(DriverColumn::Factor),
            at_target: at(DriverColumn::Target),
        }
    }
}

/// Reports drivers of factors, and on factors, that are not there, and factors that move themselves.
pub(crate) fn report_drivers(lines: &[DriverLine], factors: &List<ScenarioFactor>, findings: &mut Findings) {
    let known = |name: &str| factors.iter().any(|factor| *factor.id == *name);
    for line in lines {
        let named = [(Some(&line.factor), &line.at_factor), (line.moves.as_ref(), &line.at_target)];
        for (name, at) in named {
            let Some(name) = name.filter(|name| !name.is_empty() && !known(name)) else { continue };
            let finding = Diagnostic { message: format!("{FILE} has no factor `{name}`"), ..at.clone() };
            findings.push(match nearest(name, factors.iter().map(|factor| &*factor.id)) {
                Some(near) => finding.hint(format!("is `{near}` meant?")),
                None => finding.hint(format!("add a section `[[factor]]` with `id = \"{name}\"` to {FILE}")),
            });
        }
    }
    let mut moved_by: BTreeMap<&str, Vec<(&str, &DriverLine)>> = BTreeMap::new();
    for line in lines {
        if let Some(moves) = &line.moves {
            moved_by.entry(&line.factor).or_default().push((moves, line));
        }
    }
    for line in lines.iter().filter(|line| line.moves.is_some()) {
        // From what this row moves, along other rows, back to its own factor.
        let mut reached: BTreeSet<&str> = BTreeSet::new();
        let mut rest: Vec<&str> = line.moves.as_deref().into_iter().collect();
        while let Some(factor) = rest.pop() {
            if reached.insert(factor) {
                rest.extend(moved_by.get(factor).into_iter().flatten().map(|(next, _)| *next));
            }
        }
        if reached.contains(&*line.factor) {
            let message = format!("`{}` moves itself, by way of this row", line.factor);
            let (line, column) = (line.at_target.line.unwrap_or(1), line.at_target.column);
            findings.push(
                Diagnostic::new(Code::CircularDrivers, DriverColumn::FORMAT.file, message)
                    .at(line, column)
                    .hint("take one row of the circle out, or make one factor of those that move each other"),
            );
        }
    }
}

impl Case {
    /// Reports rows and models of scenarios that are not there, and rules that are none.
    pub(crate) fn report_scenarios(&self, findings: &mut Findings) {
        let positions: BTreeSet<&str> = self.positions.iter().map(|row| &*row.id).collect();
        for scenario in self.scenarios.iter() {
            for row in &scenario.lift {
                self.report_lifted(row, &positions, findings);
            }
            for entry in &scenario.rule_out {
                self.report_ruled_out(entry, findings);
            }
        }
        if !self.scenarios.is_empty() || !self.scenario_factors.is_empty() {
            self.report_idle_factors(findings);
        }
    }

    fn report_lifted(&self, row: &PlacedText, positions: &BTreeSet<&str>, findings: &mut Findings) {
        if !positions.contains(&*row.text) {
            let finding = row.finding(Code::NothingToLift, format!("lift: no statement has the id `{}`", row.text));
            findings.push(match nearest(&row.text, positions.iter().copied()) {
                Some(near) => finding.hint(format!("is `{near}` meant?")),
                None => finding.hint("name rows of positions.csv that rule something out"),
            });
            return;
        }
        let rules_nothing_out =
            self.positions.iter().any(|position| position.id == row.text && position.rules_out.is_empty());
        if rules_nothing_out {
            let message = format!("lift: `{}` rules nothing out, so there is nothing to lift", row.text);
            findings.push(row.finding(Code::NothingToLift, message).hint("name rows with `rules_out`"));
        }
    }

    fn report_ruled_out(&self, entry: &RuledOut, findings: &mut Findings) {
        let models = || self.stability.iter().map(|model| model.name());
        let Some(model) = self.stability.iter().find(|model| model.name() == &*entry.model.text) else {
            let message = format!("rule_out: there is no stability model `{}`", entry.model.text);
            let finding = entry.model.finding(Code::NoSuchModel, message);
            findings.push(match nearest(&entry.model.text, models()) {
                Some(near) => finding.hint(format!("is `{near}` meant?")),
                None => finding.hint("the name of a model is that of its file in stability/, without `.toml`"),
            });
            return;
        };
        if let Err((message, hint)) = option_rule(&model.model, &entry.when.text) {
            let message = format!("rule_out: {message}");
            findings.push(entry.when.finding(Code::RuleSyntax, message).hint(hint));
        }
    }

    /// Warns of factors that no driver takes up and no scenario sets: they change nothing.
    fn report_idle_factors(&self, findings: &mut Findings) {
        let drives = |factor: &ScenarioFactor| self.drivers.iter().any(|row| row.about.factor == factor.id);
        let idle: Vec<&str> =
            self.scenario_factors.iter().filter(|factor| !drives(factor)).map(|factor| &*factor.id).collect();
        if let Some(first) = idle.first() {
            let message = format!("{} factors move nothing, for instance `{first}`", idle.len());
            findings.push(
                Diagnostic::new(Code::IdleFactor, FILE, message)
                    .hint(format!("a row of {} says what a factor moves, and how far", DriverColumn::FORMAT.file)),
            );
        }
    }
}

impl Scenario {
    /// Whether it lifts one of these rows, or rules out states of one of these models.
    pub(crate) fn names_any(&self, rows: &BTreeSet<&str>, models: &BTreeSet<&str>) -> bool {
        self.lift.iter().any(|row| rows.contains(&*row.text))
            || self.rule_out.iter().any(|entry| models.contains(&*entry.model.text))
    }
}

/// A rule over the options of a model, each by its id.
///
/// # Errors
/// What is wrong with it, and how it may be mended.
pub fn option_rule(model: &StabilityModel, text: &str) -> Result<Formula, (String, String)> {
    let Form::Options(form) = &model.form else {
        return Err((
            "the model lists its states one by one".to_owned(),
            "only models that are made of options can rule states out".to_owned(),
        ));
    };
    let rule = expression::parse(text).map_err(|error| (error.message, error.hint))?;
    let rule = rule.try_map(&mut |atom| {
        let name = match &atom {
            Atom::Name(name) => name,
            Atom::OneOf { .. } | Atom::Question(_) => {
                let hint = "options of the model stand alone: `strike and not withdraw`".to_owned();
                return Err(("a rule over options is made of their ids alone".to_owned(), hint));
            }
        };
        let found = form.options.with_ids().find(|(_, option)| option.id == name.text).map(|(id, _)| id);
        found.ok_or_else(|| {
            let near = nearest(&name.text, form.options.iter().map(|option| &*option.id));
            let ids: Vec<&str> = form.options.iter().map(|option| &*option.id).collect();
            let hint = near.map_or(format!("its options are {}", ids.join(", ")), |near| format!("is `{near}` meant?"));
            (format!("the model has no option `{}`", name.text), hint)
        })
    })?;
    Ok(Formula { text: text.into(), rule })
}
