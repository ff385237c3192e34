//! What a text names: a country in any of about 260 languages, by a long form or a code; a part of a country by a
//! CAMEO-style code; an armed group or an organisation.
//!
//! Nothing is guessed. [`readings`] gives every reading of a text, and [`resolve`] takes one only where the case settles it.
//! The analyst's own aliases and exact ids come before this module and are the caller's.

mod cameo;
mod long_forms;
mod spelling;
mod territories;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

pub use cameo::{ROLES, Role};
pub use long_forms::{Entry, EntryKind};
pub use spelling::{normalise, without_accents};
use territories::{Name, table};

/// A territory with an ISO 3166-1 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Territory {
    /// The two-letter code, such as `UA`.
    pub alpha2: &'static str,
    /// The three-letter code, such as `UKR`.
    pub alpha3: &'static str,
    /// The English name, such as `Ukraine`.
    pub english: &'static str,
}

/// Whom or what a reading means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A territory.
    Territory(Territory),
    /// A part of a country's politics, such as its government.
    SubActor {
        /// The country.
        parent: Territory,
        /// Its roles, the most general first.
        roles: Vec<Role>,
    },
    /// An armed group or organisation of the short own list.
    Entry(&'static Entry),
}

impl Subject {
    /// A short identifier: `UKR`, `UKRGOV`, `hamas`.
    pub fn id(&self) -> String {
        match self {
            Self::Territory(territory) => territory.alpha3.to_owned(),
            Self::SubActor { parent, roles } => {
                std::iter::once(parent.alpha3).chain(roles.iter().map(|role| role.code)).collect()
            }
            Self::Entry(entry) => entry.id.to_owned(),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Territory(territory) => f.write_str(territory.english),
            Self::SubActor { parent, roles } => {
                let roles: Vec<&str> = roles.iter().map(|role| role.label).collect();
                write!(f, "{} ({})", parent.english, roles.join(", "))
            }
            Self::Entry(entry) => f.write_str(entry.english),
        }
    }
}

/// How a text comes to its meaning.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReadingKind {
    /// A territory's name.
    Name {
        /// The languages in which it is one, by primary subtag, sorted.
        languages: Vec<String>,
    },
    /// A long form, an abbreviation or another common name of a territory.
    LongForm,
    /// The name of an armed group.
    ArmedGroup,
    /// The name of an organisation.
    Organisation,
    /// An ISO 3166-1 alpha-3 code.
    Alpha3,
    /// An ISO 3166-1 alpha-2 code.
    Alpha2,
    /// A CAMEO-style code: an alpha-3 code and roles.
    Cameo,
}

impl ReadingKind {
    /// Whether the text is read as a code rather than a name.
    pub fn is_code(&self) -> bool {
        matches!(self, Self::Alpha3 | Self::Alpha2 | Self::Cameo)
    }
}

/// The most languages that a description lists.
const LISTED_LANGUAGES: usize = 5;

impl fmt::Display for ReadingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name { languages } => {
                let listed = languages.get(..LISTED_LANGUAGES).unwrap_or(languages);
                write!(f, "name in {}", listed.join(", "))?;
                match languages.len() - listed.len() {
                    0 => Ok(()),
                    1 => f.write_str(" and 1 other language"),
                    more => write!(f, " and {more} other languages"),
                }
            }
            Self::LongForm => f.write_str("long form or abbreviation"),
            Self::ArmedGroup => f.write_str("armed group"),
            Self::Organisation => f.write_str("organisation"),
            Self::Alpha3 => f.write_str("ISO 3166-1 alpha-3 code"),
            Self::Alpha2 => f.write_str("ISO 3166-1 alpha-2 code"),
            Self::Cameo => f.write_str("CAMEO-style code"),
        }
    }
}

/// One reading of a text. Readings sort by kind, names before codes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reading {
    /// How the text is read.
    pub kind: ReadingKind,
    /// Whom or what it then means.
    pub subject: Subject,
}

impl Reading {
    /// The alpha-3 code of a territory that is meant; none for its parts, for organisations and armed groups.
    pub fn alpha3(&self) -> Option<&'static str> {
        match &self.subject {
            Subject::Territory(territory) => Some(territory.alpha3),
            Subject::SubActor { .. } | Subject::Entry(_) => None,
        }
    }

    /// Whether it is a name in one of the languages, compared by primary subtag: `zh` and `zh-Hant` are one.
    fn is_in(&self, languages: &[String]) -> bool {
        match &self.kind {
            ReadingKind::Name { languages: own } => languages.iter().any(|tag| own.contains(&primary(tag))),
            _ => false,
        }
    }
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.subject, self.kind)
    }
}

/// What a text means in a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// One meaning.
    Unique(Reading),
    /// Two or more meanings, none of which the case settles: all the readings.
    Ambiguous(Vec<Reading>),
    /// No meaning.
    Unknown {
        /// At most three similar names, the nearest first.
        suggestions: Vec<String>,
    },
}

/// All territories, sorted by alpha-2.
pub fn territories() -> &'static [Territory] {
    table().territories()
}

/// The territory of an alpha-2 or alpha-3 code, in any case of letters.
pub fn territory(code: &str) -> Option<Territory> {
    let code = code.trim().to_ascii_uppercase();
    table().alpha2(&code).or_else(|| table().alpha3(&code))
}

/// Every reading of a text, sorted. A text without accents may be a name that has some; accents that are written count,
/// unless nothing is so named.
pub fn readings(text: &str) -> Vec<Reading> {
    let key = normalise(text);
    let forms = forms(&key);
    let written = forms.iter().map(|form| match without_accents(form) {
        plain if plain == *form => named_without_accents(form),
        _ => named(form),
    });
    let stripped = forms.iter().map(|form| named_without_accents(&without_accents(form)));
    let mut all = written.chain(stripped).find(|found| !found.is_empty()).unwrap_or_default();
    all.extend(coded(&key));
    all.sort();
    all
}

/// What a text means in a case that declares these languages:
///
/// 1. names in the declared languages;
/// 2. names in all languages, long forms, armed groups and organisations;
/// 3. codes, only in a column declared as codes, or where no declared language gives a reading.
///
/// In a column declared as codes, a code comes before the names of step 2 and beside those of step 1.
pub fn resolve(text: &str, languages: &[String], code_column: bool) -> Resolution {
    settle(text, languages, code_column)
        .unwrap_or_else(|| Resolution::Unknown { suggestions: suggestions(text, languages) })
}

/// What a text means, if anything; see [`resolve`].
pub(crate) fn settle(text: &str, languages: &[String], code_column: bool) -> Option<Resolution> {
    let (codes, named): (Vec<_>, Vec<_>) = readings(text).into_iter().partition(|reading| reading.kind.is_code());
    let declared: Vec<_> = named.iter().filter(|reading| reading.is_in(languages)).cloned().collect();
    let mut candidates = match (declared.is_empty(), code_column) {
        (false, false) => declared,
        (false, true) => declared.into_iter().chain(codes).collect(),
        (true, true) if !codes.is_empty() => codes,
        (true, _) => named.into_iter().chain(codes).collect(),
    };
    let subjects: BTreeSet<&Subject> = candidates.iter().map(|reading| &reading.subject).collect();
    match subjects.len() {
        0 => None,
        1 => Some(Resolution::Unique(candidates.swap_remove(0))),
        _ => Some(Resolution::Ambiguous(candidates)),
    }
}

/// A normalised text, and what it may stand for: without the English article, and as `iran, islamic republic of` is meant.
fn forms(key: &str) -> Vec<String> {
    let mut forms = vec![key.to_owned()];
    if let Some(rest) = key.strip_prefix("the ") {
        forms.push(rest.to_owned());
    }
    if let Some((name, rest)) = key.split_once(", ") {
        forms.push(format!("{rest} {name}"));
    }
    forms
}

/// The readings of a normalised text as a name.
fn named(key: &str) -> Vec<Reading> {
    let mut found = by_territory(table().named(key));
    found.extend(long_forms::named(key));
    found
}

/// The readings of a text without accents as a name.
fn named_without_accents(plain: &str) -> Vec<Reading> {
    let names = table().named(plain).chain(table().named_without_accents(plain));
    let mut found = by_territory(names);
    found.extend(long_forms::named_without_accents(plain));
    found
}

/// One reading for each territory.
fn by_territory(names: impl Iterator<Item = Name>) -> Vec<Reading> {
    let mut languages: BTreeMap<Territory, BTreeSet<String>> = BTreeMap::new();
    for name in names {
        languages.entry(name.territory).or_default().extend(name.languages().map(str::to_owned));
    }
    languages
        .into_iter()
        .map(|(territory, languages)| Reading {
            kind: ReadingKind::Name { languages: languages.into_iter().collect() },
            subject: Subject::Territory(territory),
        })
        .collect()
}

/// The reading of a normalised text as a code.
fn coded(key: &str) -> Option<Reading> {
    if !key.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let code = key.to_ascii_uppercase();
    let (kind, subject) = match code.len() {
        2 => (ReadingKind::Alpha2, Subject::Territory(table().alpha2(&code)?)),
        3 => (ReadingKind::Alpha3, Subject::Territory(table().alpha3(&code)?)),
        _ => {
            let (parent, roles) = cameo::sub_actor(&code)?;
            (ReadingKind::Cameo, Subject::SubActor { parent, roles })
        }
    };
    Some(Reading { kind, subject })
}

/// A language tag's primary subtag, in lower case.
fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}

/// The most edits between a text and a suggested name.
const MAX_EDITS: usize = 2;
/// The most suggestions.
const MAX_SUGGESTIONS: usize = 3;

/// The names in the declared languages and English, and on the own list, that are nearest to a text: at most two edits,
/// and at most one in three letters.
pub(crate) fn suggestions(text: &str, languages: &[String]) -> Vec<String> {
    let key: Vec<char> = normalise(text).chars().collect();
    let max = MAX_EDITS.min(key.len() / 3);
    if max == 0 {
        return Vec::new();
    }
    let mut searched: Vec<String> = languages.iter().map(|tag| primary(tag)).collect();
    searched.push("en".to_owned());
    let mut found: Vec<(usize, &str)> = table()
        .spellings_in(&searched)
        .chain(long_forms::spellings())
        .filter_map(|spelling| Some((distance(&key, &normalise(spelling), max)?, spelling)))
        .collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().take(MAX_SUGGESTIONS).map(|(_, spelling)| spelling.to_owned()).collect()
}

/// The number of letters to insert, delete, replace or swap with the next, if it is not above the maximum.
fn distance(a: &[char], b: &str, max: usize) -> Option<usize> {
    let b: Vec<char> = b.chars().collect();
    if a.len().abs_diff(b.len()) > max {
        return None;
    }
    let mut rows: [Vec<usize>; 3] = [Vec::new(), (0..=b.len()).collect(), vec![0; b.len() + 1]];
    for i in 1..=a.len() {
        let [before, last, row] = &mut rows;
        row[0] = i;
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        rows.rotate_left(1);
        rows[2].resize(b.len() + 1, 0);
    }
    Some(rows[1][b.len()]).filter(|edits| *edits <= max)
}

/// The English name of a language, for the languages that records are most often written in; the code itself for others.
#[must_use]
pub fn language(code: &str) -> &str {
    const NAMES: [(&str, &str); 60] = [
        ("am", "Amharic"),
        ("ar", "Arabic"),
        ("az", "Azerbaijani"),
        ("be", "Belarusian"),
        ("bg", "Bulgarian"),
        ("bn", "Bengali"),
        ("bs", "Bosnian"),
        ("ca", "Catalan"),
        ("cs", "Czech"),
        ("da", "Danish"),
        ("de", "German"),
        ("el", "Greek"),
        ("en", "English"),
        ("es", "Spanish"),
        ("et", "Estonian"),
        ("fa", "Persian"),
        ("fi", "Finnish"),
        ("fr", "French"),
        ("he", "Hebrew"),
        ("hi", "Hindi"),
        ("hr", "Croatian"),
        ("hu", "Hungarian"),
        ("hy", "Armenian"),
        ("id", "Indonesian"),
        ("it", "Italian"),
        ("ja", "Japanese"),
        ("ka", "Georgian"),
        ("kk", "Kazakh"),
        ("km", "Khmer"),
        ("ko", "Korean"),
        ("ku", "Kurdish"),
        ("ky", "Kyrgyz"),
        ("lo", "Lao"),
        ("lt", "Lithuanian"),
        ("lv", "Latvian"),
        ("mk", "Macedonian"),
        ("my", "Burmese"),
        ("ne", "Nepali"),
        ("nl", "Dutch"),
        ("no", "Norwegian"),
        ("pl", "Polish"),
        ("ps", "Pashto"),
        ("pt", "Portuguese"),
        ("ro", "Romanian"),
        ("ru", "Russian"),
        ("sk", "Slovak"),
        ("sl", "Slovenian"),
        ("so", "Somali"),
        ("sq", "Albanian"),
        ("sr", "Serbian"),
        ("sv", "Swedish"),
        ("sw", "Swahili"),
        ("ta", "Tamil"),
        ("th", "Thai"),
        ("ti", "Tigrinya"),
        ("tr", "Turkish"),
        ("uk", "Ukrainian"),
        ("ur", "Urdu"),
        ("vi", "Vietnamese"),
        ("zh", "Chinese"),
    ];
    NAMES.iter().find(|(known, _)| *known == code).map_or(code, |(_, name)| name)
}
