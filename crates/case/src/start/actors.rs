//! Whom the texts of the actor column name, as the case will read them.

use std::collections::BTreeMap;

use super::Choices;
use super::sheet::Sheet;
use crate::actor::{Actor, csv_line};
use crate::actor_names::{ActorNames, describe, english};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::ids::{Id, List};
use crate::names::{self, Resolution, normalise};

/// An actor of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorFound {
    /// Its id in the case: the English name of a country, else the text as it stands first.
    pub id: String,
    /// The ISO 3166-1 alpha-3 code, if it was recognised as a country.
    pub iso3: String,
    /// Whether it is a country, an organisation or an armed group that the program knows.
    pub is_known: bool,
    /// The texts that name it, in the order in which they first stand.
    pub texts: Vec<String>,
    /// The number of its statements.
    pub statements: usize,
}

/// The actors of a table, those with the most statements first.
pub(super) struct Actors {
    pub(super) list: Vec<ActorFound>,
    /// Those whose consent is needed, by id.
    pub(super) principals: Vec<String>,
    /// `aliases.csv`; empty if nothing had to be settled.
    pub(super) aliases: String,
}

/// The most actors whose consent is taken to be needed, where nobody says whose is.
const PRINCIPALS: usize = 2;

/// Finds the actors of the texts in a column, each with its line.
///
/// # Errors
/// Texts that can be read in two ways, and aliases or principals that name nobody.
pub(super) fn find<'t>(
    sheet: &Sheet,
    column: Option<usize>,
    texts: impl Iterator<Item = (u64, &'t str)>,
    languages: &[String],
    choices: &Choices,
) -> Result<Actors, Vec<Diagnostic>> {
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    let mut in_order: Vec<(u64, &str)> = Vec::new();
    for (line, text) in texts {
        let count = counted.entry(text).or_default();
        if *count == 0 {
            in_order.push((line, text));
        }
        *count += 1;
    }
    let mut findings = Findings::default();
    let aliases = aliases(sheet, &in_order, languages, choices, &mut findings);
    let mut actors: List<Actor> = List::default();
    let mut known = ActorNames::new(&actors, languages, true);
    if !aliases.is_empty() {
        known.read_aliases(crate::table::Table::Text(aliases.clone().into_bytes()), &mut actors, &mut findings);
    }
    let mut found: Vec<(Id<Actor>, ActorFound)> = Vec::new();
    let mut places: BTreeMap<Id<Actor>, usize> = BTreeMap::new();
    for (line, text) in in_order {
        let place = |code, message: String| {
            Diagnostic::new(code, &sheet.file, format!("actor: {message}"))
                .at(line, column.map(|place| place as u64 + 1))
        };
        if known.existing(text, &actors).is_none()
            && let Some(Resolution::Ambiguous(readings)) = names::settle(text, languages, false)
        {
            let ways: Vec<String> = readings.iter().map(describe).collect();
            let finding = place(
                Code::AmbiguousName,
                format!("`{text}` can be read in {} ways: {}", ways.len(), ways.join(" or ")),
            );
            findings.push(
                readings.iter().map(|reading| english(&reading.subject)).fold(finding, |finding, name| {
                    finding.hint(format!("if {name} is meant: --alias \"{text}={name}\""))
                }),
            );
            continue;
        }
        let Some(id) = known.resolve(text, &mut actors, place, &mut findings) else { continue };
        let statements = counted.get(text).copied().unwrap_or_default();
        let place = *places.entry(id).or_insert_with(|| {
            let own = &actors[id].id;
            let (is_known, iso3) = match names::settle(own, languages, false) {
                Some(Resolution::Unique(reading)) => (true, reading.alpha3().unwrap_or_default()),
                meaning => (meaning.is_some(), ""),
            };
            let actor =
                ActorFound { id: own.to_string(), iso3: iso3.to_owned(), is_known, texts: Vec::new(), statements: 0 };
            found.push((id, actor));
            found.len() - 1
        });
        if let Some((_, actor)) = found.get_mut(place) {
            actor.statements += statements;
            actor.texts.push(text.to_owned());
        }
    }
    // Of equals, the one that stands first.
    found.sort_by_key(|(_, actor)| std::cmp::Reverse(actor.statements));
    let principals = principals(sheet, &found, &known, &actors, choices, &mut findings);
    if findings.has_errors() {
        return Err(findings.into_sorted());
    }
    Ok(Actors { list: found.into_iter().map(|(_, actor)| actor).collect(), principals, aliases })
}

/// The lines of `aliases.csv` that were asked for, each leading to a name that the case knows.
fn aliases(
    sheet: &Sheet,
    texts: &[(u64, &str)],
    languages: &[String],
    choices: &Choices,
    findings: &mut Findings,
) -> String {
    let mut lines = String::new();
    for (text, target) in &choices.aliases {
        if !texts.iter().any(|(_, other)| normalise(other) == normalise(text)) {
            let message = format!("no cell of the actor column reads `{text}`, so `--alias` has nothing to settle");
            findings.push(
                Diagnostic::new(Code::UnknownName, &sheet.file, message)
                    .hint("leave it out, or write the text as it stands in the cell"),
            );
        }
        let actor = match names::settle(target, languages, false) {
            Some(Resolution::Unique(reading)) => english(&reading.subject),
            Some(Resolution::Ambiguous(readings)) => {
                let message = format!("`{target}` in `--alias` can itself be read in {} ways", readings.len());
                let names: Vec<&str> = readings.iter().map(|reading| english(&reading.subject)).collect();
                findings.push(
                    Diagnostic::new(Code::AmbiguousName, &sheet.file, message)
                        .hint(format!("write `{}`", names.join("` or `"))),
                );
                continue;
            }
            // The spelling that the table has, so that both are one actor.
            _ => texts
                .iter()
                .map(|(_, other)| *other)
                .find(|other| normalise(other) == normalise(target))
                .unwrap_or(target),
        };
        lines.push_str(&csv_line(
            &[text, "", actor, ""].map(|cell| crate::table::escape(cell).into_owned()).each_ref().map(String::as_str),
        ));
        lines.push('\n');
    }
    if lines.is_empty() { lines } else { format!("text,lang,actor,note\n{lines}") }
}

fn principals(
    sheet: &Sheet,
    found: &[(Id<Actor>, ActorFound)],
    known: &ActorNames,
    actors: &List<Actor>,
    choices: &Choices,
    findings: &mut Findings,
) -> Vec<String> {
    if choices.principals.is_empty() {
        return found.iter().take(PRINCIPALS).map(|(_, actor)| actor.id.clone()).collect();
    }
    let mut principals: Vec<String> = Vec::new();
    for name in &choices.principals {
        let id = known.existing(name, actors);
        match found.iter().find(|(other, _)| Some(*other) == id) {
            Some((_, actor)) if principals.contains(&actor.id) => {}
            Some((_, actor)) => principals.push(actor.id.clone()),
            None => {
                let all: Vec<&str> = found.iter().map(|(_, actor)| actor.id.as_str()).collect();
                let message = format!("`{name}` in `--principals` is no actor of this table");
                findings.push(
                    Diagnostic::new(Code::UnknownName, &sheet.file, message)
                        .hint(format!("actors: `{}`", all.join("`, `"))),
                );
            }
        }
    }
    principals
}
