//! Starting a case: from the template, or from any spreadsheet with five columns.

use crate::bundled;
use crate::diagnostic::{Code, Diagnostic};
use crate::folder::Folder;
use crate::names::{self, Resolution};
use crate::table::{self, LooseTable, escape};
use crate::when::{Day, When};

/// Fields of a statement that a spreadsheet may hold, and the words by which their columns are recognised.
pub const FIELDS: [(&str, &[&str]); 5] = [
    ("actor", &["actor", "party", "side", "who", "speaker", "country"]),
    ("issue", &["issue", "topic", "subject", "theme"]),
    ("date", &["date", "day", "when", "valid_from"]),
    ("words", &["words", "statement", "text", "position", "quote", "what"]),
    ("link", &["link", "url", "source", "address"]),
];

/// Which column of a spreadsheet holds which field: (field, column name).
pub type Mapping = Vec<(String, String)>;

/// The files of the template.
#[must_use]
pub fn template() -> Vec<(String, Vec<u8>)> {
    match bundled::folder("_template") {
        Some(Folder::Bundled(files)) => {
            files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect()
        }
        _ => Vec::new(),
    }
}

/// Proposes which column holds which field, by its name.
#[must_use]
pub fn propose(table: &LooseTable) -> Mapping {
    let mut mapping = Mapping::new();
    for (field, words) in FIELDS {
        let free = |column: &&String| !mapping.iter().any(|(_, taken)| taken == *column);
        let by_name = |word: &str| table.header.iter().filter(free).find(|column| column.trim().to_lowercase() == word);
        if let Some(column) = words.iter().find_map(|word| by_name(word)) {
            mapping.push((field.to_owned(), column.clone()));
        }
    }
    mapping
}

/// The files of a case made from a spreadsheet. Every row becomes an uncoded statement; columns that no field takes are kept
/// under `x_` and their own name.
///
/// # Errors
/// Fields that no column holds, and cells in which a date or a text is missing.
pub fn from_table(
    file: &str,
    title: &str,
    table: &LooseTable,
    mapping: &Mapping,
) -> Result<Vec<(String, Vec<u8>)>, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let column = |field: &str| {
        let name = mapping.iter().find(|(f, _)| f == field).map(|(_, column)| column)?;
        table.header.iter().position(|column| column == name)
    };
    for (field, name) in mapping {
        if !table.header.contains(name) || !FIELDS.iter().any(|(known, _)| known == field) {
            let message = format!("the mapping `{name}={field}` names a column or a field that is not there");
            problems.push(
                Diagnostic::new(Code::MissingColumn, file, message)
                    .hint(format!("columns: {}", table.header.join(", ")))
                    .hint("fields: actor, issue, date, words, link"),
            );
        }
    }
    for field in ["actor", "issue", "date", "words"] {
        if column(field).is_none() && problems.is_empty() {
            problems.push(
                Diagnostic::new(Code::MissingColumn, file, format!("no column is known to hold the {field}"))
                    .at(1, None)
                    .hint(format!(
                        "say which: --map \"{}={field}\"",
                        table.header.first().map_or("COLUMN", String::as_str)
                    )),
            );
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    // The first two, each with what its name means: two spellings of a country are one actor.
    let mut actors: Vec<(String, String)> = Vec::new();
    let mut last: Option<Day> = None;
    let taken: Vec<Option<usize>> = mapping.iter().map(|(field, _)| column(field)).collect();
    let own: Vec<usize> = (0..table.header.len()).filter(|index| !taken.contains(&Some(*index))).collect();
    let mut rows = Vec::new();
    for (line, cells) in &table.rows {
        let cell =
            |field: &str| column(field).and_then(|index| cells.get(index)).map(String::as_str).unwrap_or_default();
        if let Some(place) = cells.iter().skip(table.header.len()).position(|cell| !cell.is_empty()) {
            let message = format!("this row has {} cells, the header has {}", cells.len(), table.header.len());
            problems.push(
                Diagnostic::new(Code::RaggedRow, file, message)
                    .at(*line, Some((table.header.len() + place) as u64 + 1))
                    .hint("a cell that holds the delimiter stands between quotation marks: \"one, two\""),
            );
        }
        for field in ["actor", "issue", "words"] {
            if cell(field).is_empty() {
                problems.push(
                    Diagnostic::new(Code::MissingCell, file, format!("{field}: this cell is empty"))
                        .at(*line, column(field).map(|c| c as u64 + 1)),
                );
            }
        }
        match When::parse(cell("date")) {
            Some(when) => last = last.max(Some(when.last())),
            None => problems.push(
                Diagnostic::new(Code::NotADate, file, format!("date: `{}` is not a date", cell("date")))
                    .at(*line, column("date").map(|c| c as u64 + 1))
                    .hint("dates are written 2022-03-29, 2022-03 or 2022"),
            ),
        }
        let who = meaning(cell("actor"));
        if actors.len() < 2 && !actors.iter().any(|(known, _)| *known == who) {
            actors.push((who, cell("actor").to_owned()));
        }
        let known = ["actor", "issue", "date", "words", "link"].map(|field| cell(field).to_owned());
        let extra = own.iter().map(|index| cells.get(*index).cloned().unwrap_or_default());
        rows.push(known.into_iter().chain(extra).collect::<Vec<_>>());
    }
    let Some(last) = last else {
        problems.push(Diagnostic::new(Code::NoHeader, file, "this table has a header and no rows"));
        return Err(problems);
    };
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut columns: Vec<String> = ["actor", "issue", "valid_from", "statement", "link"].map(str::to_owned).to_vec();
    for index in own {
        let name = own_name(&table.header[index], &columns);
        columns.push(name);
    }
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    // Writing to memory does not fail.
    _ = writer.write_record(&columns);
    for row in &rows {
        _ = writer.write_record(row.iter().map(|cell| escape(cell).into_owned()));
    }
    let positions = writer.into_inner().unwrap_or_default();
    let principals: Vec<String> = actors.iter().map(|(_, actor)| crate::export::quote(actor)).collect();
    let settings = format!(
        "schema = 1\ntitle = {}\nquestion = \"\"\n# The last day of which the record claims anything.\nas_of = {last}\nlanguages = [\"en\"]\n\
         # Those whose consent is needed: the first two actors of the table; change them as the case needs.\nprincipals = [{}]\nmarking = \"public\"\n",
        crate::export::quote(if title.trim().is_empty() { file } else { title }),
        principals.join(", "),
    );
    Ok(vec![("case.toml".to_owned(), settings.into_bytes()), ("positions.csv".to_owned(), positions)])
}

/// What a name means, for comparison with others: a country, organisation or armed group, or the name itself.
fn meaning(name: &str) -> String {
    match names::settle(name, &["en".to_owned()], false) {
        Some(Resolution::Unique(reading)) => reading.subject.id(),
        _ => names::normalise(name),
    }
}

/// The name of a column of the spreadsheet's own, unlike those that are taken.
fn own_name(name: &str, taken: &[String]) -> String {
    let words: String = name
        .trim()
        .trim_start_matches("x_")
        .chars()
        .map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' })
        .collect();
    let name = if words.is_empty() { "x_column".to_owned() } else { format!("x_{words}") };
    let numbered = (2_u32..).map(|number| format!("{name}_{number}"));
    std::iter::once(name.clone()).chain(numbered).find(|name| !taken.contains(name)).unwrap_or(name)
}

/// Reads a spreadsheet as text.
///
/// # Errors
/// Text that is not UTF-8 or has no header.
pub fn read_table(file: &str, bytes: Vec<u8>) -> Result<LooseTable, Diagnostic> {
    table::read_loose(file, bytes)
}
