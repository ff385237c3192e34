//! The bibliography: `sources.json` (CSL-JSON, as Zotero writes it) or `sources.bib` (BibTeX, BibLaTeX).

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::ids::{Id, List};
use crate::text::line_and_column;

/// File name of the CSL-JSON bibliography.
pub const JSON_FILE: &str = "sources.json";
/// File name of the BibTeX bibliography.
pub const BIB_FILE: &str = "sources.bib";

/// Something that was read.
#[derive(Clone, Debug)]
pub struct Source {
    /// Citation key.
    pub id: Box<str>,
    /// Title.
    pub title: Box<str>,
    /// Authors, or who is named as such.
    pub authors: Vec<String>,
    /// Who published it, or the work in which it stands.
    pub publisher: Box<str>,
    /// When, as far as it is known: 2022, 2022-03 or 2022-03-29.
    pub issued: Box<str>,
    /// Address. Shown as text; nothing opens it by itself.
    pub url: Box<str>,
    /// Note.
    pub note: Box<str>,
    /// The whole item as CSL-JSON, for export.
    pub item: Map<String, Value>,
}

impl Source {
    /// A citation in one line: authors, title, publisher, date.
    #[must_use]
    pub fn citation(&self) -> String {
        let authors = self.authors.join("; ");
        let parts = [authors.as_str(), &self.title, &self.publisher, &self.issued];
        let filled: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        filled.join(". ")
    }
}

/// Reads CSL-JSON.
pub(crate) fn read_json(bytes: Vec<u8>, findings: &mut Findings) -> (List<Source>, HashMap<String, Id<Source>>) {
    let mut bibliography = Bibliography { file: JSON_FILE, ..Bibliography::default() };
    let text = match crate::text::decode(JSON_FILE, bytes) {
        Ok(text) => text,
        Err(problem) => {
            findings.push(problem);
            return bibliography.finish();
        }
    };
    let items: Vec<Value> = match serde_json::from_str(&text) {
        Ok(Value::Array(items)) => items,
        Ok(_) => {
            findings.push(
                Diagnostic::new(Code::SourcesSyntax, JSON_FILE, "expected a list of items: [ {…}, {…} ]")
                    .hint("in Zotero: Export → CSL JSON"),
            );
            return bibliography.finish();
        }
        Err(error) => {
            let (line, column) = (error.line() as u64, error.column() as u64);
            let words = error.to_string();
            let what = words.split(" at line ").next().unwrap_or_default();
            findings.push(
                Diagnostic::new(Code::SourcesSyntax, JSON_FILE, format!("this is not JSON here: {what}"))
                    .at(line, Some(column)),
            );
            return bibliography.finish();
        }
    };
    for (number, item) in items.into_iter().enumerate() {
        let Value::Object(item) = item else {
            findings.push(Diagnostic::new(
                Code::SourcesSyntax,
                JSON_FILE,
                format!("item {} is not an object {{…}}", number + 1),
            ));
            continue;
        };
        bibliography.add(item, findings);
    }
    bibliography.finish()
}

/// Reads BibTeX or BibLaTeX.
pub(crate) fn read_bib(bytes: Vec<u8>, findings: &mut Findings) -> (List<Source>, HashMap<String, Id<Source>>) {
    let mut bibliography = Bibliography { file: BIB_FILE, ..Bibliography::default() };
    let text = match crate::text::decode(BIB_FILE, bytes) {
        Ok(text) => text,
        Err(problem) => {
            findings.push(problem);
            return bibliography.finish();
        }
    };
    match biblatex::Bibliography::parse(&text) {
        Ok(entries) => {
            for entry in entries.iter() {
                bibliography.add(csl_item(entry), findings);
            }
        }
        Err(error) => {
            let (line, column) = line_and_column(&text, error.span.start);
            findings.push(
                Diagnostic::new(Code::SourcesSyntax, BIB_FILE, format!("this is not BibTeX here: {}", error.kind))
                    .at(line, Some(column)),
            );
        }
    }
    bibliography.finish()
}

#[derive(Default)]
struct Bibliography {
    file: &'static str,
    sources: List<Source>,
    ids: HashMap<String, Id<Source>>,
}

impl Bibliography {
    fn add(&mut self, item: Map<String, Value>, findings: &mut Findings) {
        let id = match item.get("id") {
            Some(Value::String(id)) if !id.trim().is_empty() => id.trim().to_owned(),
            Some(Value::Number(id)) => id.to_string(),
            _ => {
                let title = item.get("title").and_then(Value::as_str).unwrap_or("an item without title");
                findings.push(
                    Diagnostic::new(Code::MissingCell, self.file, format!("`{title}` has no id"))
                        .hint("every item has an `id`, its citation key"),
                );
                return;
            }
        };
        if self.ids.contains_key(&id) {
            findings.push(Diagnostic::new(Code::DuplicateId, self.file, format!("two items have the id `{id}`")));
            return;
        }
        let text = |key: &str| item.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
        let names = ["author", "editor"].iter().find_map(|key| item.get(*key).and_then(Value::as_array));
        let source = Source {
            id: id.as_str().into(),
            title: text("title").unwrap_or(&id).into(),
            authors: names
                .map(|names| names.iter().map(name).filter(|name| !name.is_empty()).collect())
                .unwrap_or_default(),
            publisher: text("publisher").or_else(|| text("container-title")).unwrap_or_default().into(),
            issued: item.get("issued").map(issued).unwrap_or_default().into(),
            url: text("URL").unwrap_or_default().into(),
            note: text("note").unwrap_or_default().into(),
            item,
        };
        self.ids.insert(id, self.sources.push(source));
    }

    fn finish(self) -> (List<Source>, HashMap<String, Id<Source>>) {
        (self.sources, self.ids)
    }
}

fn name(name: &Value) -> String {
    let part = |key: &str| name.get(key).and_then(Value::as_str).unwrap_or_default().trim();
    let literal = part("literal");
    if !literal.is_empty() {
        return literal.to_owned();
    }
    let parts = ["given", "dropping-particle", "non-dropping-particle", "family", "suffix"].map(part);
    let filled: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    filled.join(" ")
}

fn issued(date: &Value) -> String {
    let parts = date.get("date-parts").and_then(|parts| parts.get(0)).and_then(Value::as_array);
    let numbers = parts.map(|parts| {
        parts
            .iter()
            .filter_map(|part| part.as_i64().or_else(|| part.as_str()?.trim().parse().ok()))
            .collect::<Vec<i64>>()
    });
    match numbers.as_deref() {
        Some([year]) => format!("{year:04}"),
        Some([year, month]) => format!("{year:04}-{month:02}"),
        Some([year, month, day, ..]) => format!("{year:04}-{month:02}-{day:02}"),
        _ => ["raw", "literal"]
            .iter()
            .find_map(|key| date.get(*key))
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
    }
}

/// A BibTeX entry as CSL-JSON.
fn csl_item(entry: &biblatex::Entry) -> Map<String, Value> {
    use biblatex::ChunksExt;
    let field = |names: &[&str]| names.iter().find_map(|name| entry.get(name)).map(|chunks| chunks.format_verbatim());
    let mut item = Map::new();
    item.insert("id".into(), json!(entry.key));
    let kind = match entry.entry_type {
        biblatex::EntryType::Book | biblatex::EntryType::MvBook | biblatex::EntryType::Collection => "book",
        biblatex::EntryType::InBook | biblatex::EntryType::InCollection => "chapter",
        biblatex::EntryType::Article => "article-journal",
        biblatex::EntryType::Online => "webpage",
        biblatex::EntryType::Report => "report",
        biblatex::EntryType::Thesis | biblatex::EntryType::MastersThesis | biblatex::EntryType::PhdThesis => "thesis",
        biblatex::EntryType::Dataset => "dataset",
        _ => "document",
    };
    item.insert("type".into(), json!(kind));
    for (csl, names) in [
        ("title", &["title"][..]),
        ("container-title", &["booktitle", "journal", "journaltitle"]),
        ("publisher", &["publisher", "institution", "organization", "school", "howpublished"]),
        ("URL", &["url"]),
        ("note", &["note", "annotation"]),
        ("volume", &["volume"]),
        ("page", &["pages"]),
        ("ISBN", &["isbn"]),
        ("DOI", &["doi"]),
        ("publisher-place", &["location", "address"]),
    ] {
        if let Some(text) = field(names).filter(|text| !text.trim().is_empty()) {
            item.insert(csl.into(), json!(text));
        }
    }
    let people = |people: Vec<biblatex::Person>| -> Value {
        let people = people.into_iter().map(|person| {
            if person.given_name.is_empty() && person.prefix.is_empty() && person.suffix.is_empty() {
                return json!({ "literal": person.name });
            }
            let parts = [
                ("family", person.name),
                ("given", person.given_name),
                ("non-dropping-particle", person.prefix),
                ("suffix", person.suffix),
            ];
            parts
                .into_iter()
                .filter(|(_, part)| !part.is_empty())
                .map(|(key, part)| (key.to_owned(), json!(part)))
                .collect()
        });
        Value::Array(people.collect())
    };
    if let Ok(authors) = entry.author() {
        item.insert("author".into(), people(authors));
    }
    if let Ok(editors) = entry.editors() {
        let editors: Vec<biblatex::Person> = editors.into_iter().flat_map(|(editors, _)| editors).collect();
        if !editors.is_empty() {
            item.insert("editor".into(), people(editors));
        }
    }
    let number = |name: &str| field(&[name]).and_then(|text| text.trim().parse::<i64>().ok());
    let month = || number("month").or_else(|| month_number(field(&["month"])?.trim()));
    // Of a range, the beginning.
    let date = field(&["date"]).unwrap_or_default();
    let date = date.split('/').next().unwrap_or_default();
    let written = crate::when::When::parse(date.trim()).map(|when| when.to_string());
    let parts: Option<Vec<i64>> = match written {
        Some(date) => date.split('-').map(|part| part.parse().ok()).collect(),
        None => number("year").map(|year| {
            let month = month();
            std::iter::once(year).chain(month).chain(number("day").filter(|_| month.is_some())).collect()
        }),
    };
    if let Some(parts) = parts {
        item.insert("issued".into(), json!({ "date-parts": [parts] }));
    }
    item
}

/// The number of a month by its English name or the beginning of it.
fn month_number(name: &str) -> Option<i64> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let beginning = name.get(..3)?.to_lowercase();
    (1..).zip(MONTHS).find(|(_, month)| *month == beginning).map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zotero_items_become_citations() {
        let json = br#"[{"id":"a","title":"T","author":[{"family":"Solstad","given":"Sondre"}],"publisher":"P","issued":{"date-parts":[["2026","8",22]]},"URL":"https://example.org"}]"#;
        let mut findings = Findings::default();
        let (sources, ids) = read_json(json.to_vec(), &mut findings);
        assert_eq!(sources[ids["a"]].citation(), "Sondre Solstad. T. P. 2026-08-22");
        assert!(findings.into_sorted().is_empty());
    }

    #[test]
    fn bibtex_items_become_the_same() {
        let bib = b"@book{quandt-1986, title={Camp David: Peacemaking and Politics}, author={Quandt, William B.}, publisher={Brookings Institution}, year={1986}}";
        let mut findings = Findings::default();
        let (sources, ids) = read_bib(bib.to_vec(), &mut findings);
        assert_eq!(
            sources[ids["quandt-1986"]].citation(),
            "William B. Quandt. Camp David: Peacemaking and Politics. Brookings Institution. 1986"
        );
        assert!(findings.into_sorted().is_empty());
    }

    #[test]
    fn bibtex_names_and_months_are_whole() {
        let bib = b"@book{a, title={T}, author={van Beethoven, Ludwig and King, Jr., Martin Luther and {Human Rights Watch}}, year=1986, month=mar, day=5}
            @collection{b, title={U}, editor={Quandt, William B.}, date={2022-03-29/2022-04-01}}";
        let mut findings = Findings::default();
        let (sources, ids) = read_bib(bib.to_vec(), &mut findings);
        assert_eq!(
            sources[ids["a"]].citation(),
            "Ludwig van Beethoven; Martin Luther King Jr.; Human Rights Watch. T. 1986-03-05"
        );
        assert_eq!(sources[ids["b"]].citation(), "William B. Quandt. U. 2022-03-29");
    }

    #[test]
    fn broken_bibliographies_name_the_place() {
        let mut findings = Findings::default();
        read_json(b"[\n {\"id\": }\n]".to_vec(), &mut findings);
        read_bib(b"@book{a,\n title={x\n".to_vec(), &mut findings);
        let found = findings.into_sorted();
        assert_eq!(
            found.iter().map(|d| (d.file.as_str(), d.code.as_str())).collect::<Vec<_>>(),
            [("sources.bib", "B001"), ("sources.json", "B001")]
        );
        assert_eq!(found[1].line, Some(2));
    }
}
