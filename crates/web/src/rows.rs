//! The row behind an id: its cells, its source, and where it stands.

use std::collections::BTreeMap;

use detente_case::export::{self, Sheet};
use detente_case::formats::TABLES;
use detente_case::position::PositionColumn;
use detente_case::source::Source;
use detente_case::{Case, Folder, table};
use detente_report::words;
use serde::Serialize;

use crate::fault::Fault;
use crate::parameters::shown;

/// Every row of a case by its id, as the level shows it.
#[derive(Debug)]
pub(crate) struct Rows {
    cards: BTreeMap<String, Card>,
}

/// A row as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Card {
    /// Its id.
    id: String,
    /// What it is: `position`, `event`, `relation`, `source`, `rule`, or the table of inputs that it stands in.
    kind: String,
    /// Its cells that are filled.
    fields: Vec<Field>,
    /// Words as they stand in the source.
    quote: String,
    /// The language of the quote.
    language: String,
    /// When it was said, happened or began.
    date: String,
    /// The name of whoever it is of.
    actor: String,
    /// The titles of the issues or topics that it is about.
    issue: String,
    /// Where it was read.
    source: Option<SourceCard>,
    /// The grade of the pair of claim and source.
    grade: String,
    /// Whether the core of it was read in the source; none where no row says.
    verified: Option<bool>,
    /// The file that it stands in.
    file: String,
    /// The line on which it begins; none where the level hides rows of the file, or it stands in no table.
    line: Option<u64>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Field {
    /// The column.
    name: String,
    /// The column, for people.
    label: String,
    /// What stands in the column, in a sentence; empty for columns that the format does not know.
    note: String,
    /// What stands in it.
    value: String,
}

/// A source as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct SourceCard {
    id: String,
    citation: String,
    url: String,
    archive: String,
    kind: String,
    licence: String,
    note: String,
}

impl Rows {
    /// The rows of a case; its folder tells the lines.
    pub(crate) fn new(case: &Case, folder: &Folder) -> Self {
        let mut cards = BTreeMap::new();
        let mut sheets = export::sheets(case);
        if let (Some(own), Some(filled)) =
            (sheets.iter_mut().find(|sheet| sheet.file == PositionColumn::FORMAT.file), export::statements(case))
        {
            // What a default of the source says stands in the row here.
            *own = filled;
        }
        for sheet in &sheets {
            let Some(id) = sheet.columns.iter().position(|column| column == "id") else { continue };
            let lines = table::lines_of_rows(folder, sheet.file);
            // Rows that the level hides would show in the numbers of the lines after them.
            let lines = if lines.len() == sheet.rows.len() { lines } else { Vec::new() };
            for (place, cells) in sheet.rows.iter().enumerate().filter(|(_, cells)| !cells[id].is_empty()) {
                let card = Card::of_row(case, sheet, cells, lines.get(place).copied());
                cards.entry(card.id.clone()).or_insert(card);
            }
        }
        for rule in case.constraints.iter() {
            let source = rule.source.map(|source| &case.sources[source]);
            let cells = [("rule", &*rule.text), ("reason", &*rule.reason)];
            let card = Card {
                source: source.map(SourceCard::of),
                verified: Some(rule.verified),
                date: rule.valid_from.map(|day| day.to_string()).unwrap_or_default(),
                ..Card::bare(&rule.id, "rule", detente_case::constraint::FILE, &cells)
            };
            cards.entry(card.id.clone()).or_insert(card);
        }
        for source in case.sources.iter() {
            let authors = source.authors.join("; ");
            let cells = [
                ("title", &*source.title),
                ("authors", authors.as_str()),
                ("publisher", &*source.publisher),
                ("address", &*source.url),
                ("note", &*source.note),
            ];
            let file = case.files.iter().find(|file| file.starts_with("sources.")).map_or("", String::as_str);
            let card = Card {
                source: Some(SourceCard::of(source)),
                date: source.issued.to_string(),
                ..Card::bare(&source.id, "source", file, &cells)
            };
            cards.entry(card.id.clone()).or_insert(card);
        }
        Rows { cards }
    }

    /// The row of an id.
    ///
    /// # Errors
    /// If there is none, or the level does not show it.
    pub(crate) fn card(&self, id: &str) -> Result<&Card, Fault> {
        self.cards.get(id).ok_or_else(|| {
            Fault::nothing(format!(
                "No row `{}` is shown here. It may stand in a file that changed, or the level of markings hides it.",
                shown(id)
            ))
        })
    }
}

impl Card {
    /// A card of a row that stands in no table.
    fn bare(id: &str, kind: &str, file: &str, cells: &[(&str, &str)]) -> Self {
        let filled = cells.iter().filter(|(_, value)| !value.is_empty());
        Card {
            id: id.to_owned(),
            kind: kind.to_owned(),
            fields: filled.map(|(name, value)| Field::new(file, name, value)).collect(),
            quote: String::new(),
            language: String::new(),
            date: String::new(),
            actor: String::new(),
            issue: String::new(),
            source: None,
            grade: String::new(),
            verified: None,
            file: file.to_owned(),
            line: None,
        }
    }

    fn of_row(case: &Case, sheet: &Sheet, cells: &[String], line: Option<u64>) -> Self {
        let get = |names: &[&str]| {
            let place = names.iter().find_map(|name| sheet.columns.iter().position(|column| column == name));
            place.and_then(|place| cells.get(place)).cloned().unwrap_or_default()
        };
        let actor = get(&["actor", "from"]);
        let actor = case.actors.iter().find(|of| *of.id == *actor).map_or(actor, |of| of.name.to_string());
        let title = |id: &str| {
            let topic = || case.topics.iter().find(|of| *of.id == *id).map(|of| &of.title);
            let title = case.issues.iter().find(|of| *of.id == *id).map(|of| &of.title).or_else(topic);
            title.map_or(id, |title| title.as_ref()).to_owned()
        };
        let issues: Vec<String> = get(&["issue", "topics"]).split(';').map(str::trim).map(title).collect();
        let source = get(&["source_id"]);
        let verified = match get(&["verified"]).as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        let pairs = sheet.columns.iter().map(String::as_str).zip(cells.iter().map(String::as_str));
        let pairs: Vec<(&str, &str)> = pairs.collect();
        let stem = sheet.file.split('.').next().unwrap_or_default();
        Card {
            quote: get(&["quote"]),
            language: get(&["quote_lang"]),
            date: get(&["valid_from", "date"]),
            actor,
            issue: issues.join("; "),
            source: case.sources.iter().find(|of| *of.id == *source).map(SourceCard::of),
            grade: get(&["grade"]),
            verified,
            line,
            ..Card::bare(&get(&["id"]), singular(stem), sheet.file, &pairs)
        }
    }
}

/// What one row of a table is, from the name of its file.
fn singular(stem: &str) -> &str {
    match stem {
        "capabilities" => "capability",
        "salience" | "trust" | "exposure" => stem,
        plural => plural.strip_suffix('s').unwrap_or(plural),
    }
}

impl Field {
    fn new(file: &str, name: &str, value: &str) -> Self {
        let label = words::sentence_case(&name.strip_prefix("x_").unwrap_or(name).replace('_', " "));
        let column = TABLES.iter().filter(|table| table.file == file).flat_map(|table| table.columns);
        let note = column.filter(|column| column.name == name).map(|column| column.about).next().unwrap_or_default();
        Field { name: name.to_owned(), label, note: note.to_owned(), value: value.to_owned() }
    }
}

impl SourceCard {
    fn of(source: &Source) -> Self {
        let text = |keys: &[&str]| {
            let found = keys.iter().find_map(|key| source.item.get(*key)?.as_str());
            found.unwrap_or_default().to_owned()
        };
        SourceCard {
            id: source.id.to_string(),
            citation: source.citation(),
            url: source.url.to_string(),
            archive: text(&["archive_location", "archive"]),
            kind: text(&["type"]).replace(['-', '_'], " "),
            licence: text(&["license", "licence", "rights"]),
            note: source.note.to_string(),
        }
    }
}
