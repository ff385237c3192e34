//! The table of territory names, made by `cargo xtask names` from the Unicode CLDR and opened at the first look-up.
//!
//! The table is a compressed text in three sections, parted by an empty line, with tabs between columns:
//!
//! 1. territories: alpha-2, alpha-3, English name; sorted by alpha-2;
//! 2. names: spelling, alpha-2, languages; sorted by the [normalised](super::normalise) spelling;
//! 3. names with accents: the normalised spelling [without accents](super::without_accents), spelling; sorted.
//!
//! A sorted text is its own index: a look-up bisects it, and nothing else is built.

use super::Territory;
use super::spelling::normalise;
use std::sync::OnceLock;

static COMPRESSED: &[u8] = include_bytes!("../../data/names/territories.bin");

/// A bound on the uncompressed size; the table has about 1.2 MB.
const MAX_SIZE: usize = 16 << 20;

/// What a spelling means: a territory, in some languages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    pub territory: Territory,
    languages: &'static str,
}

impl Name {
    /// The languages, by primary subtag, sorted.
    pub fn languages(&self) -> impl Iterator<Item = &'static str> {
        self.languages.split(' ')
    }
}

/// The open table.
pub(super) struct Table {
    territories: Vec<Territory>,
    names: &'static str,
    accented: &'static str,
}

/// The table, opened once.
pub(super) fn table() -> &'static Table {
    static TEXT: OnceLock<String> = OnceLock::new();
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| Table::parse(TEXT.get_or_init(decompress)))
}

/// The text of the table. It is part of the program and tested; a damaged one would be empty.
fn decompress() -> String {
    miniz_oxide::inflate::decompress_to_vec_with_limit(COMPRESSED, MAX_SIZE)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or_default()
}

impl Table {
    fn parse(text: &'static str) -> Self {
        let mut sections = text.split("\n\n");
        let territories = sections.next().unwrap_or_default().lines().filter_map(parse_territory).collect();
        let names = sections.next().unwrap_or_default();
        let accented = sections.next().unwrap_or_default();
        Self { territories, names, accented }
    }

    /// All territories, sorted by alpha-2.
    pub fn territories(&self) -> &[Territory] {
        &self.territories
    }

    /// The territory of an upper-case alpha-2 code.
    pub fn alpha2(&self, code: &str) -> Option<Territory> {
        let index = self.territories.binary_search_by(|t| t.alpha2.cmp(code)).ok()?;
        self.territories.get(index).copied()
    }

    /// The territory of an upper-case alpha-3 code.
    pub fn alpha3(&self, code: &str) -> Option<Territory> {
        self.territories.iter().copied().find(|t| t.alpha3 == code)
    }

    /// All spellings that are names in one of the languages.
    pub fn spellings_in(&self, languages: &[String]) -> impl Iterator<Item = &'static str> {
        self.names.lines().filter_map(move |line| {
            let mut columns = line.split('\t');
            let spelling = columns.next()?;
            let mut own = columns.nth(1)?.split(' ');
            own.any(|language| languages.iter().any(|other| other == language)).then_some(spelling)
        })
    }

    /// All names by spelling.
    #[cfg(test)]
    pub fn names(&self) -> impl Iterator<Item = (&'static str, Name)> {
        let lines = self.names.lines();
        lines.filter_map(|line| Some((first_column(line), self.parse_name(line)?)))
    }

    /// The names equal to a normalised text.
    pub fn named(&self, key: &str) -> impl Iterator<Item = Name> {
        from_line(self.names, |line| normalise(first_column(line)).as_str() < key)
            .lines()
            .take_while(move |line| normalise(first_column(line)) == key)
            .filter_map(|line| self.parse_name(line))
    }

    /// The names that, without their accents, equal a normalised text that has none.
    pub fn named_without_accents(&self, key: &str) -> impl Iterator<Item = Name> {
        from_line(self.accented, |line| first_column(line) < key)
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .take_while(move |(plain, _)| *plain == key)
            .flat_map(|(_, spelling)| self.named(&normalise(spelling)).collect::<Vec<_>>())
    }

    fn parse_name(&self, line: &'static str) -> Option<Name> {
        let mut columns = line.split('\t').skip(1);
        let territory = self.alpha2(columns.next()?)?;
        Some(Name { territory, languages: columns.next()? })
    }
}

fn parse_territory(line: &'static str) -> Option<Territory> {
    let mut columns = line.split('\t');
    Some(Territory { alpha2: columns.next()?, alpha3: columns.next()?, english: columns.next()? })
}

fn first_column(line: &str) -> &str {
    line.split('\t').next().unwrap_or_default()
}

/// The part of a sorted text that begins with the first line not less than the one sought.
fn from_line(text: &'static str, is_less: impl Fn(&str) -> bool) -> &'static str {
    let bytes = text.as_bytes();
    let (mut low, mut high) = (0, text.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = bytes[low..middle].iter().rposition(|b| *b == b'\n').map_or(low, |i| low + i + 1);
        let end = bytes[middle..].iter().position(|b| *b == b'\n').map_or(text.len(), |i| middle + i);
        if is_less(text.get(start..end).unwrap_or_default()) {
            low = (end + 1).min(text.len());
        } else {
            high = start;
        }
    }
    text.get(low..).unwrap_or_default()
}
