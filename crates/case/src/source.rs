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
    match parse_bib(&text) {
        Ok(entries) => {
            for entry in entries.iter() {
                bibliography.add(csl_item(entry, &entries), findings);
            }
        }
        Err((at, message)) => {
            let (line, column) = line_and_column(&text, at);
            findings.push(Diagnostic::new(Code::SourcesSyntax, BIB_FILE, message).at(line, Some(column)));
        }
    }
    bibliography.finish()
}

/// Fields that lead to other entries, and the names under which they are hidden from the parser: it follows them without end
/// where they form a circle. [`Lineage`] follows them by one step.
const LINKS: [(&str, &str); 2] = [("xdata", "x-xdata"), ("crossref", "x-crossref")];

/// Entries of BibTeX, or the position of what is wrong and what it is.
fn parse_bib(text: &str) -> Result<biblatex::Bibliography, (usize, String)> {
    let syntax = |error: biblatex::ParseError| (error.span.start, format!("this is not BibTeX here: {}", error.kind));
    let mut raw = biblatex::RawBibliography::parse(text).map_err(syntax)?;
    refuse_what_grows(&raw)?;
    for field in raw.entries.iter_mut().flat_map(|entry| &mut entry.v.fields) {
        if let Some((_, hidden)) = LINKS.iter().find(|(link, _)| field.key.v.eq_ignore_ascii_case(link)) {
            field.key.v = hidden;
        }
    }
    biblatex::Bibliography::from_raw(raw).map_err(syntax)
}

/// Refuses braces and abbreviations that the parser could follow only with very much memory, or without end.
fn refuse_what_grows(raw: &biblatex::RawBibliography<'_>) -> Result<(), (usize, String)> {
    const DEEPEST: usize = 64;
    const LARGEST: usize = 64 << 20;
    let last: HashMap<&str, usize> = raw.abbreviations.iter().enumerate().map(|(at, pair)| (pair.key.v, at)).collect();
    // For each abbreviation so far, how many steps lead to its text and how long that is.
    let mut sizes: Vec<(usize, usize)> = Vec::new();
    let mut all = 0_usize;
    let fields = raw.entries.iter().flat_map(|entry| &entry.v.fields);
    for (number, pair) in raw.abbreviations.iter().chain(fields).enumerate() {
        let (mut depth, mut size) = (0, 0_usize);
        for chunk in &pair.value.v {
            match chunk.v {
                biblatex::RawChunk::Normal(text) => {
                    size = size.saturating_add(text.len());
                    if nesting(text) > DEEPEST {
                        return Err((chunk.span.start, format!("more than {DEEPEST} braces stand within each other")));
                    }
                }
                biblatex::RawChunk::Abbreviation(name) => {
                    let Some(at) = last.get(name) else { continue };
                    let Some((own_depth, own_size)) = sizes.get(*at).filter(|_| *at < number) else {
                        let message = format!("`{name}` is used in an abbreviation before it is defined");
                        return Err((chunk.span.start, message));
                    };
                    depth = depth.max(own_depth + 1);
                    size = size.saturating_add(*own_size);
                }
            }
        }
        all = all.saturating_add(size);
        if depth > DEEPEST || all > LARGEST {
            return Err((pair.key.span.start, "abbreviations lead to too much text".to_owned()));
        }
        if number < raw.abbreviations.len() {
            sizes.push((depth, size));
        }
    }
    Ok(())
}

/// How many braces stand within each other.
fn nesting(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for byte in text.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// An entry and those from which it takes what it lacks: by `xdata` all, by `crossref` what a part has from its whole.
struct Lineage<'b> {
    own: Vec<&'b biblatex::Entry>,
    whole: Option<&'b biblatex::Entry>,
}

impl<'b> Lineage<'b> {
    fn of(entry: &'b biblatex::Entry, bibliography: &'b biblatex::Bibliography) -> Self {
        use biblatex::ChunksExt;
        let linked = |name: &str| -> Vec<&biblatex::Entry> {
            let keys = entry.get(name).map(|chunks| chunks.format_verbatim()).unwrap_or_default();
            keys.split(',').filter_map(|key| bibliography.get(key.trim())).collect()
        };
        let [(_, xdata), (_, crossref)] = LINKS;
        Lineage {
            own: std::iter::once(entry).chain(linked(xdata)).collect(),
            whole: linked(crossref).into_iter().find(|whole| whole.key != entry.key),
        }
    }

    /// The first of the entries that has one of some fields.
    fn with(&self, names: &[&str]) -> Option<&'b biblatex::Entry> {
        self.own.iter().copied().chain(self.whole).find(|entry| names.iter().any(|name| entry.get(name).is_some()))
    }

    fn field(&self, names: &[&str]) -> Option<String> {
        use biblatex::ChunksExt;
        let of = |entry: &biblatex::Entry, names: &[&str]| {
            let texts = names.iter().filter_map(|name| entry.get(name)).map(|chunks| chunks.format_verbatim());
            texts.map(|text| text.trim().to_owned()).find(|text| !text.is_empty())
        };
        let of_whole = |entry| match names {
            ["title", ..] | ["url", ..] | ["note", ..] | ["pages", ..] | ["doi", ..] => None,
            ["booktitle", ..] => of(entry, &["title"]),
            names => of(entry, names),
        };
        self.own.iter().find_map(|entry| of(entry, names)).or_else(|| self.whole.and_then(of_whole))
    }
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
fn csl_item(entry: &biblatex::Entry, bibliography: &biblatex::Bibliography) -> Map<String, Value> {
    let lineage = Lineage::of(entry, bibliography);
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
        if let Some(text) = lineage.field(names) {
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
    let by = |name: &str| lineage.own.iter().find_map(|entry| entry.get_as::<Vec<biblatex::Person>>(name).ok());
    if let Some(authors) = by("author") {
        item.insert("author".into(), people(authors));
    }
    let of_whole = || lineage.whole.and_then(|entry| entry.get_as::<Vec<biblatex::Person>>("editor").ok());
    if let Some(editors) = by("editor").or_else(of_whole) {
        item.insert("editor".into(), people(editors));
    }
    let dated = lineage
        .with(&["date", "year"])
        .map_or(Lineage { own: Vec::new(), whole: None }, |entry| Lineage { own: vec![entry], whole: None });
    let field = |names: &[&str]| dated.field(names);
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
    fn a_part_takes_from_its_whole_and_a_circle_of_links_ends() {
        let bib = b"@collection{c, title={Whole}, publisher={P}, editor={Quandt, William}, year=1986, xdata={c}}
            @inbook{b, title={Part}, author={Begin, M.}, crossref={c}}
            @misc{a, title={Circle}, crossref={a}, xdata={a, b}}";
        let mut findings = Findings::default();
        let (sources, ids) = read_bib(bib.to_vec(), &mut findings);
        assert_eq!(sources[ids["b"]].citation(), "M. Begin. Part. P. 1986");
        assert_eq!(sources[ids["b"]].item["container-title"], "Whole");
        assert_eq!(sources[ids["a"]].citation(), "M. Begin. Circle");
        assert!(findings.into_sorted().is_empty());
    }

    #[test]
    fn bibliographies_that_would_grow_without_end_are_refused() {
        let powers: String = (0..40).map(|n| format!("@string{{s{} = s{n} # s{n}}}\n", n + 1)).collect();
        let deep = "{".repeat(500) + &"}".repeat(500);
        for (text, line, part) in [
            ("@string{a = a}\n@misc{m, title = a}".to_owned(), 1, "before it is defined"),
            ("@string{a = b}\n@string{b = a}\n@misc{m, title = a}".to_owned(), 1, "before it is defined"),
            (format!("@string{{s0 = \"x\"}}\n{powers}"), 27, "too much text"),
            (format!("\n@misc{{m, title = {{{deep}}}}}"), 2, "within each other"),
        ] {
            let mut findings = Findings::default();
            read_bib(text.into_bytes(), &mut findings);
            let found = findings.into_sorted();
            assert!(found[0].message.contains(part), "{found:?}");
            assert_eq!(found[0].line, Some(line));
        }
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
