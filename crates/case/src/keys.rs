//! Files of keys and values (TOML), read key by key, with the place of every fault.

use std::cell::Cell;
use std::collections::BTreeSet;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::expression::{self, Atom, Expression, Question};
use crate::text::{line_and_column, nearest};
use crate::when::{Day, When};

/// A file of keys: its text, for places, and where findings go.
pub(crate) struct Reader<'a> {
    pub(crate) file: &'a str,
    pub(crate) text: &'a str,
    pub(crate) findings: &'a mut Findings,
    last: Cell<Position>,
}

/// A place in a text whose line is known.
#[derive(Clone, Copy)]
struct Position {
    byte: usize,
    line: u64,
    column: u64,
}

impl<'a> Reader<'a> {
    /// The file as a table of keys, and whether it is well formed; what is not is reported.
    pub(crate) fn open(file: &'a str, text: &'a str, findings: &'a mut Findings) -> (Self, Spanned<DeTable<'a>>, bool) {
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let finding = Diagnostic::new(Code::TomlSyntax, file, error.message().replace('\n', "; "));
            findings.push(match error.span() {
                Some(span) => {
                    let (line, column) = line_and_column(text, span.start);
                    finding.at(line, Some(column))
                }
                None => finding,
            });
        }
        let last = Cell::new(Position { byte: 0, line: 1, column: 1 });
        (Reader { file, text, findings, last }, table, errors.is_empty())
    }

    /// The line and column (from 1) of a byte of the file. Cost: the distance from the byte asked for before, so that a file is gone
    /// through once and not once for each of its parts.
    pub(crate) fn place(&self, byte: usize) -> (u64, u64) {
        let mut at = self.last.get();
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        if byte < at.byte {
            let start = self.text[..byte].rfind('\n').map_or(0, |at| at + 1);
            let lines = self.text[start..at.byte].matches('\n').count() as u64;
            at = Position { byte: start, line: at.line - lines, column: 1 };
        }
        let between = &self.text[at.byte..byte];
        at.line += between.matches('\n').count() as u64;
        at.column = match between.rfind('\n') {
            Some(end) => between[end + 1..].chars().count() as u64 + 1,
            None => at.column + between.chars().count() as u64,
        };
        at.byte = byte;
        self.last.set(at);
        (at.line, at.column)
    }

    /// Where a text between quotation marks begins, if it stands there as it is, without escapes. `span` is that of the value.
    pub(crate) fn inside(&self, span: &std::ops::Range<usize>, text: &str) -> Option<usize> {
        self.text.get(span.clone()).and_then(|raw| raw.find(text)).map(|at| span.start + at)
    }

    /// The rule in a text, and where in the file each of its bytes stands, as far as the text stands there without escapes; what is no rule is
    /// reported. `span` is that of the value.
    pub(crate) fn rule(
        &mut self,
        key: &str,
        text: &str,
        span: &std::ops::Range<usize>,
    ) -> Option<(Expression<Atom>, impl Fn(usize) -> usize + use<>)> {
        let (inside, start) = (self.inside(span, text), span.start);
        let place = move |at: usize| inside.map_or(start, |inside| inside + at);
        match expression::parse(text) {
            Ok(rule) => Some((rule, place)),
            Err(error) => {
                let at = place(error.span.start);
                self.finding(Code::RuleSyntax, at..at, format!("{key}: {}", error.message), Some(error.hint));
                None
            }
        }
    }

    /// Reports a question to the record where only options can stand.
    pub(crate) fn only_in_claims(&mut self, key: &str, question: &Question, span: std::ops::Range<usize>) {
        let message = format!("{key}: `{}(…)` is a question to the record; only claims ask any", question.name.text);
        let hint = "write a claim with it in claims.toml, or name options here".to_owned();
        self.finding(Code::OnlyInClaims, span, message, Some(hint));
    }

    pub(crate) fn finding(&mut self, code: Code, span: std::ops::Range<usize>, message: String, hint: Option<String>) {
        let (line, column) = self.place(span.start);
        let mut finding = Diagnostic::new(code, self.file, message).at(line, Some(column));
        finding.hints.extend(hint);
        self.findings.push(finding);
    }

    /// Reports a key that the file needs.
    pub(crate) fn missing(&mut self, key: &str, example: &str) {
        let finding = Diagnostic::new(Code::MissingKey, self.file, format!("`{key}` is missing"))
            .hint(format!("add the line `{example}`"));
        self.findings.push(finding);
    }
}

/// One table of the file; remembers which keys were asked for.
pub(crate) struct Section<'a, 'i> {
    table: &'a DeTable<'i>,
    name: &'static str,
    asked: BTreeSet<&'static str>,
    /// Where the section begins, if it is one of several.
    start: Option<usize>,
}

impl<'a, 'i> Section<'a, 'i> {
    pub(crate) fn new(table: &'a DeTable<'i>, name: &'static str) -> Self {
        Section { table, name, asked: BTreeSet::new(), start: None }
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.iter().any(|(k, _)| k.get_ref().as_ref() == key)
    }

    /// Says that keys belong here, whether or not they are read.
    pub(crate) fn know(&mut self, keys: impl IntoIterator<Item = &'static str>) {
        self.asked.extend(keys);
    }

    pub(crate) fn is_text_or_missing(&self, key: &str) -> bool {
        self.table.iter().all(|(k, value)| k.get_ref().as_ref() != key || value.get_ref().as_str().is_some())
    }

    /// Where the entries of a list stand.
    pub(crate) fn places(&self, reader: &Reader<'_>, key: &str) -> Vec<(u64, u64)> {
        let value = self.table.iter().find(|(k, _)| k.get_ref().as_ref() == key);
        let entries = value.and_then(|(_, value)| value.get_ref().as_array());
        entries.into_iter().flat_map(|e| e.iter()).map(|e| reader.place(e.span().start)).collect()
    }

    pub(crate) fn find(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'i>>> {
        self.asked.insert(key);
        self.table.iter().find(|(k, _)| k.get_ref().as_ref() == key).map(|(_, value)| value)
    }

    pub(crate) fn wrong(&self, reader: &mut Reader<'_>, key: &str, value: &Spanned<DeValue<'_>>, expected: &str) {
        let message = format!("`{key}` is {}; expected {expected}", describe(value.get_ref()));
        reader.finding(Code::WrongType, value.span(), message, None);
    }

    pub(crate) fn text(&mut self, reader: &mut Reader<'_>, key: &'static str) -> String {
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

    pub(crate) fn texts(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Vec<String> {
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

    pub(crate) fn tiers(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Vec<Vec<u8>> {
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

    pub(crate) fn integer(
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

    pub(crate) fn flag(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<bool> {
        let value = self.find(key)?;
        if value.get_ref().as_bool().is_none() {
            self.wrong(reader, key, value, "true or false");
        }
        value.get_ref().as_bool()
    }

    pub(crate) fn day(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<Day> {
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

    /// Where the section begins, if it is one of several.
    pub(crate) fn start(&self) -> Option<usize> {
        self.start
    }

    /// A text that the section needs.
    pub(crate) fn needed(&mut self, reader: &mut Reader<'_>, key: &'static str, expected: &str) -> Option<String> {
        let text = self.text(reader, key);
        if text.is_empty() && self.is_text_or_missing(key) {
            self.lacks(reader, key, expected);
        }
        (!text.is_empty()).then_some(text)
    }

    /// A word from a list that the section needs.
    pub(crate) fn needed_word<T: Copy>(
        &mut self,
        reader: &mut Reader<'_>,
        key: &'static str,
        words: &[(&'static str, T)],
    ) -> Option<T> {
        if !self.has(key) {
            self.asked.insert(key);
            let list: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.lacks(reader, key, &format!("one of \"{}\"", list.join("\", \"")));
        }
        self.word(reader, key, words)
    }

    /// Reports a key that a section needs.
    pub(crate) fn lacks(&self, reader: &mut Reader<'_>, key: &str, expected: &str) {
        let message = format!("`{key}` is missing in [[{}]]; expected {expected}", self.name);
        let finding = Diagnostic::new(Code::MissingKey, reader.file, message);
        reader.findings.push(match self.start {
            Some(start) => {
                let (line, column) = reader.place(start);
                finding.at(line, Some(column))
            }
            None => finding,
        });
    }

    /// A date, as a text or as a date of TOML.
    pub(crate) fn when(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<When> {
        let value = self.find(key)?;
        let text = match value.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::Integer(year) => year.as_str().to_owned(),
            DeValue::String(text) => text.trim().to_owned(),
            _ => String::new(),
        };
        let when = When::parse(&text);
        if when.is_none() {
            let message = format!("`{key}` is {}; expected a date", describe(value.get_ref()));
            let hint = "dates are written \"2022-03-29\", \"2022-03\" or \"2022\"".to_owned();
            reader.finding(Code::NotADate, value.span(), message, Some(hint));
        }
        when
    }

    /// The text of a number, as it is written; texts between quotation marks are no numbers.
    pub(crate) fn number<T>(
        &mut self,
        reader: &mut Reader<'_>,
        key: &'static str,
        parse: impl Fn(&str) -> Option<T>,
        expected: &str,
    ) -> Option<T> {
        let value = self.find(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => parse(number.as_str()),
            DeValue::Float(number) => parse(number.as_str()),
            _ => None,
        };
        if number.is_none() {
            self.wrong(reader, key, value, expected);
        }
        number
    }

    /// Where the value of a key stands.
    pub(crate) fn span(&mut self, key: &'static str) -> Option<std::ops::Range<usize>> {
        self.find(key).map(Spanned::span)
    }

    pub(crate) fn word<T: Copy>(
        &mut self,
        reader: &mut Reader<'_>,
        key: &'static str,
        words: &[(&'static str, T)],
    ) -> Option<T> {
        let value = self.find(key)?;
        let found = value.get_ref().as_str().and_then(|text| words.iter().find(|(word, _)| *word == text));
        if found.is_none() {
            let list: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.wrong(reader, key, value, &format!("one of \"{}\"", list.join("\", \"")));
        }
        found.map(|(_, meaning)| *meaning)
    }

    pub(crate) fn table(&mut self, reader: &mut Reader<'_>, key: &'static str) -> Option<Section<'a, 'i>> {
        let value = self.find(key)?;
        match value.get_ref().as_table() {
            Some(table) => Some(Section::new(table, key)),
            None => {
                self.wrong(reader, key, value, &format!("a section [{key}]"));
                None
            }
        }
    }

    pub(crate) fn tables(
        &mut self,
        reader: &mut Reader<'_>,
        key: &'static str,
    ) -> impl Iterator<Item = Section<'a, 'i>> + use<'a, 'i> {
        let mut sections = Vec::new();
        if let Some(value) = self.find(key) {
            let table = |entry: &'a Spanned<DeValue<'i>>| Some((entry.span().start, entry.get_ref().as_table()?));
            let tables = value.get_ref().as_array().map(|array| array.iter().map(table).collect::<Option<Vec<_>>>());
            match tables {
                Some(Some(tables)) => sections.extend(
                    tables.into_iter().map(|(start, table)| Section { start: Some(start), ..Section::new(table, key) }),
                ),
                _ => self.wrong(reader, key, value, &format!("sections [[{key}]]")),
            }
        }
        sections.into_iter()
    }

    /// All keys, as they are written, with their places and values; each counts as asked for.
    pub(crate) fn entries(self) -> impl Iterator<Item = (&'a str, std::ops::Range<usize>, &'a Spanned<DeValue<'i>>)> {
        self.table.iter().map(|(key, value)| (key.get_ref().as_ref(), key.span(), value))
    }

    /// Reports the keys that nobody asked for.
    pub(crate) fn finish(self, reader: &mut Reader<'_>) {
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

pub(crate) fn describe(value: &DeValue<'_>) -> String {
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
