//! `case.toml`: what the case is about, whose consent is needed, and the settings of its methods.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::event::ContactLevel;
use crate::marking::Marking;
use crate::text::{line_and_column, nearest};
use crate::when::{Day, When};

/// The file's name.
pub const FILE: &str = "case.toml";

/// The schema number that this version reads.
pub const SCHEMA: i64 = 1;

/// What `case.toml` says.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The case's name for people.
    pub title: String,
    /// The question that the case is to help with.
    pub question: String,
    /// Last day of which the record claims anything.
    pub as_of: Day,
    /// First day of the case's own period; earlier rows are background.
    pub starts: Option<Day>,
    /// Languages of the record (BCP 47), in the order in which names are looked up.
    pub languages: Vec<String>,
    /// Those whose consent is needed, as written; see [`crate::Case::principals`].
    pub principals: Vec<String>,
    /// What kind of negotiation it is, for instance `armed_conflict`.
    pub domain: String,
    /// The scale by which likelihoods are put into words.
    pub word_scale: WordScale,
    /// Marking of rows that carry none of their own.
    pub marking: Marking,
    /// How the case keeps to neutral words.
    pub neutrality_note: String,
    /// What the case may be used for.
    pub intended_use: String,
    /// Groups that are affected and not at the table.
    pub affected_groups: Vec<String>,
    /// Whether ids stay as they are in outputs below the highest level, even if rows carry markings.
    pub keep_ids: bool,
    /// Settings of the methods.
    pub methods: MethodSettings,
    /// Lines that must be printed wherever a source is shown.
    pub credits: Vec<Credit>,
    /// Versions that are kept side by side.
    pub contradictions: Vec<Contradiction>,
    pub(crate) places: Places,
}

/// Where in the file the entries stand that refer to other files: (line, column).
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    pub(crate) principals: Vec<(u64, u64)>,
    pub(crate) credits: Vec<(u64, u64)>,
    pub(crate) contradictions: Vec<(u64, u64)>,
}

/// Settings of the methods; each result prints those that it used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MethodSettings {
    /// Organ ranks that count as equal when a later statement replaces an earlier ask. Without tiers each rank is its own.
    pub organ_tiers: Vec<Vec<u8>>,
    /// Days before a movement within which events are listed beside it.
    pub events_before_days: u16,
    /// Months without contact after which a lull is called a stalemate.
    pub stalemate_after_months: u8,
    /// Lowest level of direct contact that counts as talks.
    pub talks_level: ContactLevel,
    /// Age of the newest row, in days, from which the brief carries a banner.
    pub stale_after_days: u16,
}

impl Default for MethodSettings {
    fn default() -> Self {
        MethodSettings {
            organ_tiers: Vec::new(),
            events_before_days: 30,
            stalemate_after_months: 3,
            talks_level: ContactLevel::Delegations,
            stale_after_days: 180,
        }
    }
}

/// A line to print wherever a source is shown.
#[derive(Clone, Debug)]
pub struct Credit {
    /// The source's id.
    pub source: String,
    /// The line.
    pub line: String,
}

/// Versions of one matter that the record keeps side by side.
#[derive(Clone, Debug)]
pub struct Contradiction {
    /// What it is about.
    pub matter: String,
    /// The versions in a sentence.
    pub versions: String,
    /// Ids of positions or events, or `factor:NAME`.
    pub rows: Vec<String>,
}

/// The scale by which likelihoods are put into words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum WordScale {
    /// ICD 203 (United States).
    #[default]
    Icd203,
    /// The PHIA yardstick (United Kingdom).
    Phia,
    /// The IPCC's calibrated language.
    Ipcc,
    /// Numbers only.
    Numbers,
}

impl WordScale {
    const WORDS: [(&'static str, WordScale); 4] =
        [("icd203", Self::Icd203), ("phia", Self::Phia), ("ipcc", Self::Ipcc), ("numbers", Self::Numbers)];

    /// The word in `case.toml`.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, scale)| *scale == self).map_or("", |(word, _)| word)
    }
}

/// Reads `case.toml`; what is wrong with it goes to `findings`. None where it cannot be used at all.
pub(crate) fn read(bytes: Vec<u8>, findings: &mut Findings) -> Option<Settings> {
    let text = match crate::text::decode(FILE, bytes) {
        Ok(text) => text,
        Err(problem) => {
            findings.push(problem);
            return None;
        }
    };
    let (table, errors) = DeTable::parse_recoverable(&text);
    for error in &errors {
        let finding = Diagnostic::new(Code::TomlSyntax, FILE, error.message().replace('\n', "; "));
        findings.push(match error.span() {
            Some(span) => {
                let (line, column) = line_and_column(&text, span.start);
                finding.at(line, Some(column))
            }
            None => finding,
        });
    }
    let mut reader = Reader { text: &text, findings };
    let mut root = Section::new(table.get_ref(), "");
    let schema = root.integer(&mut reader, "schema", 1..=i64::MAX);
    match schema {
        Some(number) if number != SCHEMA => {
            let message = format!("this case has schema {number}; this program reads schema {SCHEMA}");
            reader.findings.push(
                Diagnostic::new(Code::SchemaVersion, FILE, message)
                    .hint("a newer version of the program reads newer cases"),
            );
            return None;
        }
        None if !root.has("schema") => reader.missing("schema", "schema = 1"),
        _ => {}
    }
    let title = root.text(&mut reader, "title");
    if title.is_empty() && root.is_text_or_missing("title") {
        reader.missing("title", "title = \"Name of the case\"");
    }
    let as_of = root.day(&mut reader, "as_of");
    if as_of.is_none() && !root.has("as_of") {
        reader.missing("as_of", "as_of = 2024-01-31");
    }
    let principals = root.texts(&mut reader, "principals");
    if principals.is_empty() && !root.has("principals") {
        reader.missing("principals", "principals = [\"Party A\", \"Party B\"]");
    }
    let starts = root.day(&mut reader, "starts");
    let places = Places {
        principals: root.places(&reader, "principals"),
        credits: root.places(&reader, "credit"),
        contradictions: root.places(&reader, "contradiction"),
    };
    let settings = Settings {
        title,
        question: root.text(&mut reader, "question"),
        as_of: as_of.unwrap_or(Day::MAX),
        starts,
        languages: root.texts(&mut reader, "languages"),
        principals,
        domain: root.text(&mut reader, "domain"),
        word_scale: root.word(&mut reader, "word_scale", &WordScale::WORDS).unwrap_or_default(),
        marking: root.word(&mut reader, "marking", &Marking::WORDS).unwrap_or_default(),
        neutrality_note: root.text(&mut reader, "neutrality_note"),
        intended_use: root.text(&mut reader, "intended_use"),
        affected_groups: root.texts(&mut reader, "affected_groups"),
        keep_ids: root.flag(&mut reader, "keep_ids").unwrap_or(false),
        methods: read_methods(&mut root, &mut reader),
        credits: root
            .tables(&mut reader, "credit")
            .map(|mut section| {
                let credit =
                    Credit { source: section.text(&mut reader, "source"), line: section.text(&mut reader, "line") };
                section.finish(&mut reader);
                credit
            })
            .collect(),
        contradictions: root
            .tables(&mut reader, "contradiction")
            .map(|mut section| {
                let contradiction = Contradiction {
                    matter: section.text(&mut reader, "matter"),
                    versions: section.text(&mut reader, "versions"),
                    rows: section.texts(&mut reader, "rows"),
                };
                section.finish(&mut reader);
                contradiction
            })
            .collect(),
        places,
    };
    root.finish(&mut reader);
    if let (Some(starts), Some(as_of)) = (starts, as_of)
        && starts > as_of
    {
        let message = format!("`starts` ({starts}) lies after `as_of` ({as_of})");
        reader.findings.push(Diagnostic::new(Code::ReversedDates, FILE, message));
    }
    (as_of.is_some() && schema.is_some() && errors.is_empty()).then_some(settings)
}

fn read_methods(root: &mut Section<'_, '_>, reader: &mut Reader<'_>) -> MethodSettings {
    let default = MethodSettings::default();
    let Some(mut section) = root.table(reader, "methods") else { return default };
    let small = |number: Option<i64>, default: u16| number.and_then(|n| u16::try_from(n).ok()).unwrap_or(default);
    let methods = MethodSettings {
        organ_tiers: section.tiers(reader, "organ_tiers"),
        events_before_days: small(section.integer(reader, "events_before_days", 0..=3650), default.events_before_days),
        stalemate_after_months: section
            .integer(reader, "stalemate_after_months", 1..=120)
            .and_then(|n| u8::try_from(n).ok())
            .unwrap_or(default.stalemate_after_months),
        talks_level: section.word(reader, "talks_level", &ContactLevel::WORDS).unwrap_or(default.talks_level),
        stale_after_days: small(section.integer(reader, "stale_after_days", 0..=36500), default.stale_after_days),
    };
    section.finish(reader);
    methods
}

/// The text, for places, and where findings go.
struct Reader<'a> {
    text: &'a str,
    findings: &'a mut Findings,
}

impl Reader<'_> {
    fn finding(&mut self, code: Code, span: std::ops::Range<usize>, message: String, hint: Option<String>) {
        let (line, column) = line_and_column(self.text, span.start);
        let mut finding = Diagnostic::new(code, FILE, message).at(line, Some(column));
        finding.hints.extend(hint);
        self.findings.push(finding);
    }

    fn missing(&mut self, key: &str, example: &str) {
        let finding = Diagnostic::new(Code::MissingKey, FILE, format!("`{key}` is missing"))
            .hint(format!("add the line `{example}`"));
        self.findings.push(finding);
    }
}

/// One table of the file; remembers which keys were asked for.
struct Section<'a, 'i> {
    table: &'a DeTable<'i>,
    name: &'static str,
    asked: BTreeSet<&'static str>,
}

impl<'a, 'i> Section<'a, 'i> {
    fn new(table: &'a DeTable<'i>, name: &'static str) -> Self {
        Section { table, name, asked: BTreeSet::new() }
    }

    fn has(&self, key: &str) -> bool {
        self.table.iter().any(|(k, _)| k.get_ref().as_ref() == key)
    }

    fn is_text_or_missing(&self, key: &str) -> bool {
        self.table.iter().all(|(k, value)| k.get_ref().as_ref() != key || value.get_ref().as_str().is_some())
    }

    /// Where the entries of a list stand.
    fn places(&self, reader: &Reader<'_>, key: &str) -> Vec<(u64, u64)> {
        let value = self.table.iter().find(|(k, _)| k.get_ref().as_ref() == key);
        let entries = value.and_then(|(_, value)| value.get_ref().as_array());
        entries.into_iter().flat_map(|e| e.iter()).map(|e| line_and_column(reader.text, e.span().start)).collect()
    }

    fn find(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'i>>> {
        self.asked.insert(key);
        self.table.iter().find(|(k, _)| k.get_ref().as_ref() == key).map(|(_, value)| value)
    }

    fn wrong(&self, reader: &mut Reader<'_>, key: &str, value: &Spanned<DeValue<'_>>, expected: &str) {
        let message = format!("`{key}` is {}; expected {expected}", describe(value.get_ref()));
        reader.finding(Code::WrongType, value.span(), message, None);
    }

    fn text(&mut self, reader: &mut Reader<'_>, key: &'static str) -> String {
        match self.find(key) {
            None => String::new(),
            Some(value) => match value.get_ref().as_str() {
                Some(text) => text.trim().to_owned(),
                None => {
                    self.wrong(reader, key, value, "a text between quotation marks");
                    String::new()
                }
            },
        }
    }

    fn texts(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Vec<String> {
        let Some(value) = self.find(key) else { return Vec::new() };
        let entries = value
            .get_ref()
            .as_array()
            .map(|array| array.iter().map(|entry| entry.get_ref().as_str()).collect::<Option<Vec<_>>>());
        match entries {
            Some(Some(texts)) => texts.into_iter().map(|text| text.trim().to_owned()).collect(),
            _ => {
                self.wrong(reader, key, value, "a list of texts: [\"one\", \"two\"]");
                Vec::new()
            }
        }
    }

    fn tiers(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Vec<Vec<u8>> {
        let Some(value) = self.find(key) else { return Vec::new() };
        let number = |entry: &Spanned<DeValue<'_>>| {
            entry.get_ref().as_integer().and_then(|n| n.as_str().parse::<u8>().ok()).filter(|n| (1..=5).contains(n))
        };
        let tier =
            |entry: &Spanned<DeValue<'_>>| entry.get_ref().as_array()?.iter().map(number).collect::<Option<Vec<u8>>>();
        let tiers = value.get_ref().as_array().and_then(|array| array.iter().map(tier).collect::<Option<Vec<_>>>());
        let all: Vec<u8> = tiers.iter().flatten().flatten().copied().collect();
        let distinct: BTreeSet<u8> = all.iter().copied().collect();
        match tiers {
            Some(tiers) if distinct.len() == all.len() => tiers,
            _ => {
                self.wrong(
                    reader,
                    key,
                    value,
                    "lists of ranks from 1 to 5, highest first, each rank once: [[1, 2], [3, 4], [5]]",
                );
                Vec::new()
            }
        }
    }

    fn integer(
        &mut self,
        reader: &mut Reader<'_>,
        key: &'static str,
        range: std::ops::RangeInclusive<i64>,
    ) -> Option<i64> {
        let value = self.find(key)?;
        let number = value.get_ref().as_integer().and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok());
        match number {
            Some(number) if range.contains(&number) => Some(number),
            _ => {
                let upper = if *range.end() == i64::MAX { String::new() } else { format!(" to {}", range.end()) };
                self.wrong(reader, key, value, &format!("a whole number from {}{upper}", range.start()));
                None
            }
        }
    }

    fn flag(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<bool> {
        let value = self.find(key)?;
        if value.get_ref().as_bool().is_none() {
            self.wrong(reader, key, value, "true or false");
        }
        value.get_ref().as_bool()
    }

    fn day(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<Day> {
        let value = self.find(key)?;
        let text = match value.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => String::new(),
        };
        let day = When::parse(&text).filter(|when| when.is_day()).map(When::first);
        if day.is_none() {
            self.wrong(reader, key, value, "a day such as 2024-01-31");
        }
        day
    }

    fn word<T: Copy>(&mut self, reader: &mut Reader<'_>, key: &'static str, words: &[(&'static str, T)]) -> Option<T> {
        let value = self.find(key)?;
        let found = value.get_ref().as_str().and_then(|text| words.iter().find(|(word, _)| *word == text));
        if found.is_none() {
            let list: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.wrong(reader, key, value, &format!("one of \"{}\"", list.join("\", \"")));
        }
        found.map(|(_, meaning)| *meaning)
    }

    fn table(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<Section<'a, 'i>> {
        let value = self.find(key)?;
        match value.get_ref().as_table() {
            Some(table) => Some(Section::new(table, key)),
            None => {
                self.wrong(reader, key, value, &format!("a section [{key}]"));
                None
            }
        }
    }

    fn tables(
        &mut self,
        reader: &mut Reader<'_>,
        key: &'static str,
    ) -> impl Iterator<Item = Section<'a, 'i>> + use<'a, 'i> {
        let mut sections = Vec::new();
        if let Some(value) = self.find(key) {
            let tables = value
                .get_ref()
                .as_array()
                .map(|array| array.iter().map(|entry| entry.get_ref().as_table()).collect::<Option<Vec<_>>>());
            match tables {
                Some(Some(tables)) => sections.extend(tables.into_iter().map(|table| Section::new(table, key))),
                _ => self.wrong(reader, key, value, &format!("sections [[{key}]]")),
            }
        }
        sections.into_iter()
    }

    /// Reports the keys that nobody asked for.
    fn finish(self, reader: &mut Reader<'_>) {
        for (key, _) in self.table {
            let name = key.get_ref().as_ref();
            if !self.asked.contains(name) {
                let inside = if self.name.is_empty() { String::new() } else { format!(" in [{}]", self.name) };
                let hint = nearest(name, self.asked.iter().copied()).map(|near| format!("is `{near}` meant?"));
                reader.finding(Code::UnknownKey, key.span(), format!("`{name}` is not a key{inside}"), hint);
            }
        }
    }
}

fn describe(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("\"{text}\""),
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Array(_) => "a list of another kind".to_owned(),
        DeValue::Table(_) => "a section".to_owned(),
    }
}
