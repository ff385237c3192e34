//! A case written back to files: the same case when it is read again.

mod case_toml;
mod cells;
mod claims;
mod digest;
mod inputs;
mod models;
mod scenarios;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::actor::{Actor, ActorColumn, AliasColumn, Extra};
use crate::actor_names::ActorNames;
use crate::case::Case;
use crate::claim;
use crate::constraint;
use crate::event::EventColumn;
use crate::factor::FactorColumn;
use crate::ids::Id;
use crate::indicator::IndicatorColumn;
use crate::issue::{IssueColumn, OptionPlace, TopicColumn};
use crate::package::PackageColumn;
use crate::position::PositionColumn;
use crate::relation::RelationColumn;
use crate::scenario;
use crate::settings;
use crate::source;
use crate::source_defaults::SourceDefaultColumn;
use crate::table::{TableFormat, escape};

pub use case_toml::case_toml;
pub(crate) use cells::marking;
pub use claims::claims_toml;
pub use digest::{digest, digest_of};
pub use inputs::constraints_toml;
pub use models::models;
pub use scenarios::scenarios_toml;

/// A table as rows of cells: the columns of its format, then the columns that only this case has.
pub struct Sheet {
    /// The file.
    pub file: &'static str,
    /// Column names.
    pub columns: Vec<String>,
    /// Cells, row by row.
    pub rows: Vec<Vec<String>>,
}

/// All files of a case. Cells that a spreadsheet would run as formulas are escaped.
#[must_use]
pub fn files(case: &Case) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![(settings::FILE.to_owned(), case_toml(case).into_bytes())];
    files.extend(sheets(case).iter().map(|sheet| (sheet.file.to_owned(), csv(sheet))));
    if !case.constraints.is_empty() {
        files.push((constraint::FILE.to_owned(), constraints_toml(case).into_bytes()));
    }
    if !case.claims.is_empty() {
        files.push((claim::FILE.to_owned(), claims_toml(case).into_bytes()));
    }
    let scenarios = scenarios_toml(case);
    if !scenarios.is_empty() {
        files.push((scenario::FILE.to_owned(), scenarios.into_bytes()));
    }
    if !case.sources.is_empty() {
        let items: Vec<Value> = case.sources.iter().map(|source| Value::Object(source.item.clone())).collect();
        let mut text = serde_json::to_string_pretty(&items).unwrap_or_default();
        text.push('\n');
        files.push((source::JSON_FILE.to_owned(), text.into_bytes()));
    }
    files.extend(models(case));
    files
}

/// Which cells of statements are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cells {
    /// Those of the file: what comes from a default of the source is left empty, and the defaults are a table of their own.
    OwnOnly,
    /// Those with defaults of the source too, for readers that see the statements alone.
    WithDefaults,
}

/// The tables of a case that have rows, in the order of the case format.
#[must_use]
pub fn sheets(case: &Case) -> Vec<Sheet> {
    sheets_with(case, Cells::OwnOnly)
}

/// The statements alone, as one table in which no cell is left to the defaults of its source; none if there are no statements.
#[must_use]
pub fn statements(case: &Case) -> Option<Sheet> {
    sheets_with(case, Cells::WithDefaults).into_iter().find(|sheet| sheet.file == PositionColumn::FORMAT.file)
}

fn sheets_with(case: &Case, cells: Cells) -> Vec<Sheet> {
    let texts = ActorTexts::of(case);
    let actors = case.actors.iter().filter(|actor| !actor.implied);
    // A list of topics is a whole list: where the case has none of its own and one is made, the topics that events name are in it.
    let makes_a_list = !case.files.iter().any(|file| file == TopicColumn::FORMAT.file)
        && case.topics.iter().any(|topic| !topic.implied);
    let topics = case.topics.iter().filter(move |topic| !topic.implied || makes_a_list);
    let options = case
        .issues
        .iter()
        .flat_map(|issue| (0u8..).zip(&issue.options).map(move |(place, _)| (issue, OptionPlace(place))));
    [
        sheet(ActorColumn::FORMAT, actors.map(|actor| (cells::actor_cells(case, actor), &actor.extra))),
        sheet(
            AliasColumn::FORMAT,
            case.aliases.iter().map(|alias| {
                (
                    vec![
                        alias.text.to_string(),
                        alias.lang.to_string(),
                        case.actors[alias.actor].id.to_string(),
                        alias.note.to_string(),
                    ],
                    &alias.extra,
                )
            }),
        ),
        sheet(
            IssueColumn::FORMAT,
            options.map(|(issue, place)| (cells::option_cells(issue, place), &issue.options[place.0 as usize].extra)),
        ),
        sheet(TopicColumn::FORMAT, topics.map(|topic| (cells::topic_cells(case, topic), &topic.extra))),
        sheet(
            PositionColumn::FORMAT,
            case.positions.iter().map(|row| (cells::position_cells(case, &texts, row, cells), &row.extra)),
        ),
        sheet(EventColumn::FORMAT, case.events.iter().map(|row| (cells::event_cells(case, &texts, row), &row.extra))),
        sheet(
            RelationColumn::FORMAT,
            case.relations.iter().map(|row| (cells::relation_cells(case, &texts, row), &row.extra)),
        ),
        sheet(FactorColumn::FORMAT, case.factors.iter().map(|row| (cells::factor_cells(case, row), &row.extra))),
        sheet(
            IndicatorColumn::FORMAT,
            case.indicators.iter().map(|row| (cells::indicator_cells(case, &texts, row, &row.evidence), &row.extra)),
        ),
        sheet(
            PackageColumn::FORMAT,
            case.clauses.iter().map(|row| (cells::clause_cells(case, row, &row.rows), &row.extra)),
        ),
        sheet(
            SourceDefaultColumn::FORMAT,
            case.source_defaults.iter().map(|row| (cells::source_default_cells(case, row), &row.extra)),
        ),
    ]
    .into_iter()
    .chain(inputs::sheets(case, &texts))
    .filter(|sheet| !sheet.rows.is_empty())
    .collect()
}

fn sheet<'a>(format: TableFormat, rows: impl Iterator<Item = (Vec<String>, &'a Extra)>) -> Sheet {
    let rows: Vec<(Vec<String>, &Extra)> = rows.collect();
    let mut own: Vec<&str> = Vec::new();
    for (_, extra) in &rows {
        for (name, _) in *extra {
            if !own.contains(&&**name) {
                own.push(name);
            }
        }
    }
    own.sort_unstable();
    let columns =
        format.columns.iter().map(|column| column.name).chain(own.iter().copied()).map(str::to_owned).collect();
    let rows = rows
        .into_iter()
        .map(|(mut cells, extra)| {
            cells.extend(own.iter().map(|name| {
                extra
                    .iter()
                    .find(|(column, _)| **column == **name)
                    .map(|(_, text)| text.to_string())
                    .unwrap_or_default()
            }));
            cells
        })
        .collect();
    Sheet { file: format.file, columns, rows }
}

/// A table as CSV. Columns that are empty in every row are left out, except those that the format needs.
#[must_use]
pub fn csv(sheet: &Sheet) -> Vec<u8> {
    csv_keeping(sheet, &[])
}

/// The same, with some columns that stay even where they are empty, for people to fill.
#[must_use]
pub fn csv_keeping(sheet: &Sheet, columns: &[&str]) -> Vec<u8> {
    let required = |name: &str| {
        crate::formats::TABLES
            .iter()
            .any(|table| table.file == sheet.file && table.columns.iter().any(|c| c.name == name && c.required))
    };
    let kept: Vec<usize> = (0..sheet.columns.len())
        .filter(|index| {
            required(&sheet.columns[*index])
                || columns.contains(&&*sheet.columns[*index])
                || sheet.rows.iter().any(|row| !row[*index].is_empty())
        })
        .collect();
    let header: Vec<&str> = kept.iter().map(|index| sheet.columns[*index].as_str()).collect();
    write_csv(&header, sheet.rows.iter().map(|row| kept.iter().map(|index| &row[*index])))
}

/// A header and rows of cells as CSV.
pub(crate) fn write_csv<'a, R: IntoIterator<Item = &'a String>>(
    header: &[&str],
    rows: impl Iterator<Item = R>,
) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    // Writing to memory does not fail.
    for row in rows {
        _ = writer.write_record(row.into_iter().map(|cell| escape(cell).into_owned()));
    }
    let header: Vec<String> = header.iter().map(|name| header_cell(name)).collect();
    let mut bytes = format!("{}\n", header.join(",")).into_bytes();
    bytes.extend(writer.into_inner().unwrap_or_default());
    bytes
}

/// The name of a column. Every delimiter in it is quoted, since the delimiter of a table is told from its header.
fn header_cell(name: &str) -> String {
    let name = escape(name);
    if name.contains(['"', ',', ';', '\t', '\r', '\n']) {
        format!("\"{}\"", name.replace('"', "\"\""))
    } else {
        name.into_owned()
    }
}

/// The texts by which cells name the actors: their ids, unless something else would be found under an id when it is read.
pub(crate) struct ActorTexts<'c> {
    case: &'c Case,
    /// In cells that name one actor, and in cells that list several.
    other: BTreeMap<Id<Actor>, (String, String)>,
}

impl<'c> ActorTexts<'c> {
    fn of(case: &'c Case) -> Self {
        let aliases: BTreeMap<String, Id<Actor>> =
            case.aliases.iter().map(|alias| (crate::names::normalise(&alias.text), alias.actor)).collect();
        let needs = |(id, actor): &(Id<Actor>, &Actor)| {
            let alias = || aliases.get(&crate::names::normalise(&actor.id));
            actor.id.contains([';', '(']) || (!aliases.is_empty() && alias().is_some_and(|other| other != id))
        };
        let mut other = BTreeMap::new();
        let mut names: Option<ActorNames> = None;
        for (id, actor) in case.actors.with_ids().filter(needs) {
            let names = names.get_or_insert_with(|| ActorNames::of(case));
            let state = crate::names::territory(&actor.iso3);
            let texts = [&*actor.id, &*actor.name]
                .into_iter()
                .chain(case.aliases.iter().filter(|alias| alias.actor == id).map(|alias| &*alias.text))
                .chain(state.iter().flat_map(|state| [state.english, state.alpha3]))
                .filter(|text| names.existing(text, &case.actors) == Some(id));
            let one = texts.clone().next();
            let listed =
                |text: &&str| !text.contains(';') && (!text.contains('(') || (!actor.implied && **text == *actor.id));
            let several = texts.clone().find(listed);
            other.insert(id, (one.unwrap_or(&actor.id).to_owned(), several.or(one).unwrap_or(&actor.id).to_owned()));
        }
        ActorTexts { case, other }
    }

    pub(crate) fn one(&self, id: Id<Actor>) -> &str {
        self.other.get(&id).map_or(&self.case.actors[id].id, |(one, _)| one)
    }

    fn listed(&self, id: Id<Actor>) -> &str {
        self.other.get(&id).map_or(&self.case.actors[id].id, |(_, listed)| listed)
    }

    fn list(&self, ids: &[Id<Actor>]) -> String {
        ids.iter().map(|id| self.listed(*id)).collect::<Vec<_>>().join(";")
    }
}

/// The whole case as one JSON value: settings, tables as lists of objects, the bibliography.
#[must_use]
pub fn json(case: &Case) -> Value {
    let mut root = Map::new();
    root.insert("title".into(), json!(case.settings.title));
    root.insert("question".into(), json!(case.settings.question));
    root.insert("as_of".into(), json!(case.settings.as_of.to_string()));
    root.insert("principals".into(), case.principals.iter().map(|id| json!(&*case.actors[*id].id)).collect());
    root.insert("neutrality_note".into(), json!(case.settings.neutrality_note));
    root.insert("credits".into(), case.settings.credits.iter().map(|credit| json!(credit.line)).collect());
    for sheet in sheets_with(case, Cells::WithDefaults) {
        let name = sheet.file.trim_end_matches(".csv").to_owned();
        let rows = sheet.rows.iter().map(|row| {
            let cells = sheet.columns.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
            Value::Object(cells.map(|(column, cell)| (column.clone(), json!(cell))).collect())
        });
        root.insert(name, rows.collect());
    }
    if !case.constraints.is_empty() {
        root.insert("constraints".into(), inputs::constraints_json(case));
    }
    if !case.scenario_factors.is_empty() || !case.scenarios.is_empty() {
        root.insert("scenarios".into(), scenarios::json(case));
    }
    if !case.stability.is_empty() {
        root.insert("stability".into(), models::list(case));
    }
    if !case.claims.is_empty() {
        root.insert("claims".into(), claims::list(case));
    }
    root.insert("sources".into(), case.sources.iter().map(|source| Value::Object(source.item.clone())).collect());
    Value::Object(root)
}

/// A TOML basic string. JSON's escapes are TOML's, save for DEL.
pub(crate) fn quote(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default().replace('\u{7f}', "\\u007F")
}
