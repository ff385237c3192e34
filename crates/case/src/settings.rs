//! `case.toml`: what the case is about, whose consent is needed, and the settings of its methods.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::event::ContactLevel;
use crate::keys::{Reader, Section};
use crate::marking::Marking;
use crate::price;
use crate::range::Confidence;
use crate::when::Day;

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
    /// The share of the chance that lies within a stated range whose row does not say it; all of it if none.
    pub confidence: Option<Confidence>,
    /// Prices as they are written; see [`crate::Case::prices`].
    pub(crate) prices: Vec<price::Written>,
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
    pub(crate) prices: Vec<(u64, u64)>,
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
    let (mut reader, table, well_formed) = Reader::open(FILE, &text, findings);
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
        prices: root.places(&reader, "price"),
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
        confidence: root.number(&mut reader, "confidence", Confidence::parse, "a number above 0, at most 1"),
        prices: root
            .tables(&mut reader, "price")
            .enumerate()
            .filter_map(|(number, section)| price::Written::read(number, section, &mut reader))
            .collect(),
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
    (as_of.is_some() && schema.is_some() && well_formed).then_some(settings)
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
