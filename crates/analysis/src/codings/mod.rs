//! Two codings of the same statements or events compared: shares of agreement, Krippendorff's alpha, every difference, and which
//! of the two the case holds (docs/methods/coding.md).

mod measure;
mod pairing;
mod statements;

use std::collections::{BTreeMap, BTreeSet};

use detente_case::coding::{Coded, CodedField, Coding, EventCodes, FoundBy, Rows};
use detente_case::ids::List;
use detente_case::issue::Issue;
use detente_case::{Case, Record};
use schemars::JsonSchema;
use serde::Serialize;

use crate::about::{About, Layer, Settings};
use measure::{Draws, nominal, share};
use pairing::{Pairing, common, pair};

pub use measure::{Chance, Field, Measure, NoAlpha};

/// Two codings compared.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Comparison {
    /// Where the result comes from.
    pub about: About,
    /// What the first coding is called.
    pub first: String,
    /// What the second coding is called.
    pub second: String,
    /// Whether statements or events were coded.
    pub of: Subject,
    /// What was paired and what was not.
    pub units: Units,
    /// Agreement, field by field.
    pub measures: Vec<Measure>,
    /// Agreement on each issue with a scale, in the order of the case; none for events.
    pub issues: Vec<IssueAgreement>,
    /// Every field of every paired unit on which the codings differ.
    pub differences: Vec<Difference>,
}

/// What was coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// Statements: a unit is one statement of one actor on one issue.
    Statements,
    /// Events: a unit is one event.
    Events,
}

/// What was paired and what was not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Units {
    /// Number of paired units.
    pub paired: usize,
    /// Paired units in which no field differs.
    pub equal: usize,
    /// Number of documents to which the paired units belong, as far as they are known: what the draws draw.
    pub documents: usize,
    /// Rows of the first coding without one in the second.
    pub only_first: Vec<Unpaired>,
    /// Rows of the second coding without one in the first.
    pub only_second: Vec<Unpaired>,
}

/// A row without one in the other coding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Unpaired {
    /// Id or number of the row.
    pub row: String,
    /// Id of the actor; empty for events.
    pub actor: String,
    /// Id of the issue or topic; empty for events.
    pub issue: String,
}

/// Units on which both agree, of those compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Agreement {
    /// Units on which both agree.
    pub agree: usize,
    /// Units compared.
    pub of: usize,
}

impl Agreement {
    fn add(&mut self, agree: bool) {
        self.agree += usize::from(agree);
        self.of += 1;
    }
}

/// Agreement on one issue.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct IssueAgreement {
    /// Issue id.
    pub id: String,
    /// Number of paired units.
    pub paired: usize,
    /// The kind, where both name one.
    pub kind: Agreement,
    /// The best option, where both name one.
    pub best: Agreement,
    /// Low, best and high together.
    pub options: Agreement,
    /// Mean share of options in both ranges of those in either.
    pub overlap: Option<f64>,
    /// Units that carry options in one coding only.
    pub coded_by_one: usize,
}

/// A field on which the codings differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Difference {
    /// Id of the row in the case, or, if it has none, in the first coding.
    pub row: String,
    /// Id of the actor; empty for events.
    pub actor: String,
    /// Id of the issue or topic; empty for events.
    pub issue: String,
    /// The day of the statement or event.
    pub date: String,
    /// The statement, or the title of the event.
    pub statement: String,
    /// What differs.
    pub field: Field,
    /// What the first coding says; options stand as low/best/high. Empty if it says nothing.
    pub first: String,
    /// What the second coding says.
    pub second: String,
    /// Which of the two the case holds; null if the case has no such row.
    pub settled: Option<Settled>,
}

/// What the case holds where two codings differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Settled {
    /// What the first says.
    First,
    /// What the second says.
    Second,
    /// Something else.
    Third,
}

/// Compares two codings of a case that is already at its level of markings. `issues` are the scales by which they were made. None
/// if one is of statements and the other of events.
///
/// Cost: rows times fields times draws, and the square of the number of different codes.
#[must_use]
pub fn compare(
    case: &Case,
    issues: &List<Issue>,
    first: &Coding,
    second: &Coding,
    settings: Settings,
) -> Option<Comparison> {
    match (&first.rows, &second.rows) {
        (Rows::Statements(ours), Rows::Statements(theirs)) => {
            // Between the rows of two coders of the case, only those that somebody has reviewed are what the case holds.
            let both_of_case = common(first.found_by, second.found_by) == FoundBy::Document;
            let record = if both_of_case { Coding::of_settled(case) } else { Coding::of_statements(case) };
            let Rows::Statements(held) = &record.rows else { return None };
            let pairs = Pairs::new([first, second, &record], [ours, theirs, held], settings);
            Some(statements::compare(&pairs, issues, about(case, settings)))
        }
        (Rows::Events(ours), Rows::Events(theirs)) => {
            let record = Coding::of_events(case);
            let Rows::Events(held) = &record.rows else { return None };
            let pairs = Pairs::new([first, second, &record], [ours, theirs, held], settings);
            Some(of_events(&pairs, about(case, settings)))
        }
        _ => None,
    }
}

fn about(case: &Case, settings: Settings) -> About {
    About::new(Layer::A, "coding", false, Record::known_by(case, case.settings.as_of), settings)
}

/// A unit that both coded.
struct Pair<'c, C> {
    first: &'c Coded<C>,
    second: &'c Coded<C>,
    /// The row of the case, if there is one.
    held: Option<&'c Coded<C>>,
    /// The document, by its number.
    document: usize,
}

/// Two codings, paired.
struct Pairs<'c, C> {
    names: [&'c str; 2],
    rows: [&'c [Coded<C>]; 2],
    by: FoundBy,
    /// What both coded.
    fields: BTreeSet<CodedField>,
    pairing: Pairing,
    pairs: Vec<Pair<'c, C>>,
    documents: usize,
    draws: Draws,
}

impl<'c, C> Pairs<'c, C> {
    /// Pairs two codings, and each of their rows with that of the case.
    fn new(codings: [&'c Coding; 3], [first, second, held]: [&'c [Coded<C>]; 3], settings: Settings) -> Self {
        let by = common(codings[0].found_by, codings[1].found_by);
        let pairing = pair(first, second, by);
        let in_case = |coding: &Coding, rows: &'c [Coded<C>]| -> BTreeMap<usize, &'c Coded<C>> {
            let found = pair(rows, held, common(coding.found_by, codings[2].found_by));
            found.pairs.into_iter().map(|(row, in_case)| (row, &held[in_case])).collect()
        };
        let (of_first, of_second) = (in_case(codings[0], first), in_case(codings[1], second));
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        let mut pairs = Vec::with_capacity(pairing.pairs.len());
        for (one, other) in &pairing.pairs {
            let held = of_first.get(one).or_else(|| of_second.get(other)).copied();
            let named = held.into_iter().chain([&first[*one], &second[*other]]).map(|row| &*row.document);
            let document = named.into_iter().find(|name| !name.is_empty()).unwrap_or(&first[*one].id);
            let next = numbers.len();
            let document = *numbers.entry(document).or_insert(next);
            pairs.push(Pair { first: &first[*one], second: &second[*other], held, document });
        }
        let documents = numbers.len();
        let draws = Draws::new(documents, settings.seed, settings.draws);
        Pairs {
            names: [codings[0].name.as_str(), codings[1].name.as_str()],
            rows: [first, second],
            by,
            fields: codings[0].fields.intersection(&codings[1].fields).copied().collect(),
            pairing,
            pairs,
            documents,
            draws,
        }
    }

    /// The texts of what both coded.
    fn compared(&self, all: Vec<(CodedField, Field, String)>) -> Vec<(Field, String)> {
        all.into_iter()
            .filter(|(coded, ..)| self.fields.contains(coded))
            .map(|(_, field, text)| (field, text))
            .collect()
    }

    /// Every field on which two codes differ, as texts.
    fn differences(&self, fields: impl Fn(&C) -> Vec<(Field, String)>) -> Vec<Difference> {
        let mut differences = Vec::new();
        for pair in &self.pairs {
            let told = pair.held.unwrap_or(pair.first);
            let held = pair.held.map(|row| fields(&row.codes));
            let codes = fields(&pair.first.codes).into_iter().zip(fields(&pair.second.codes));
            for (place, ((field, first), (_, second))) in codes.enumerate().filter(|(_, (one, other))| one != other) {
                let settled = held.as_ref().map(|held| match &held[place].1 {
                    text if *text == first => Settled::First,
                    text if *text == second => Settled::Second,
                    _ => Settled::Third,
                });
                differences.push(Difference {
                    row: told.id.to_string(),
                    actor: told.actor.to_string(),
                    issue: told.issue.to_string(),
                    date: told.date.to_string(),
                    statement: told.words.to_string(),
                    field,
                    first,
                    second,
                    settled,
                });
            }
        }
        differences
    }

    fn comparison(&self, of: Subject, about: About, fields: impl Fn(&C) -> Vec<(Field, String)>) -> Comparison {
        let unpaired = |rows: &[Coded<C>], places: &[usize]| {
            let row = |place: &usize| Unpaired {
                row: rows[*place].id.to_string(),
                actor: rows[*place].actor.to_string(),
                issue: rows[*place].issue.to_string(),
            };
            places.iter().map(row).collect()
        };
        let equal = self.pairs.iter().filter(|pair| fields(&pair.first.codes) == fields(&pair.second.codes)).count();
        Comparison {
            about,
            first: self.names[0].to_owned(),
            second: self.names[1].to_owned(),
            of,
            units: Units {
                paired: self.pairs.len(),
                equal,
                documents: self.documents,
                only_first: unpaired(self.rows[0], &self.pairing.only_first),
                only_second: unpaired(self.rows[1], &self.pairing.only_second),
            },
            measures: Vec::new(),
            issues: Vec::new(),
            differences: self.differences(fields),
        }
    }

    /// Words of both codes, with the document.
    fn each<'p>(&'p self, word: impl Fn(&'p C) -> &'p str + 'p) -> impl Iterator<Item = (usize, [&'p str; 2])> + 'p {
        self.pairs.iter().map(move |pair| (pair.document, [word(&pair.first.codes), word(&pair.second.codes)]))
    }

    /// Words of both codes, with the document, for the pairs in which both have one.
    fn both<'p>(
        &'p self,
        word: impl Fn(&'p C) -> Option<&'p str> + 'p,
    ) -> impl Iterator<Item = (usize, [&'p str; 2])> + 'p {
        self.pairs
            .iter()
            .filter_map(move |pair| Some((pair.document, [word(&pair.first.codes)?, word(&pair.second.codes)?])))
    }
}

/// Share of the members of two sets that are in both.
fn overlap_of<T: Ord>(one: &BTreeSet<T>, other: &BTreeSet<T>) -> f64 {
    one.intersection(other).count() as f64 / one.union(other).count() as f64
}

/// Mean of values; none if there are none.
fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Agreement on sets: those that are equal, and how far they overlap.
fn of_sets<'c>(field: Field, sets: impl Iterator<Item = [&'c BTreeSet<Box<str>>; 2]>) -> Measure {
    let sets: Vec<_> = sets.collect();
    let agree = sets.iter().filter(|[one, other]| one == other).count();
    let overlaps: Vec<f64> =
        sets.iter().filter(|[a, b]| !(a.is_empty() && b.is_empty())).map(|[a, b]| overlap_of(a, b)).collect();
    share(field, agree, sets.len(), mean(&overlaps))
}

fn of_events(pairs: &Pairs<'_, EventCodes>, about: About) -> Comparison {
    let word = |word: Option<&'static str>| word.unwrap_or_default().to_owned();
    let comparison = pairs.comparison(Subject::Events, about, |codes| {
        pairs.compared(vec![
            (CodedField::Type, Field::Type, word(codes.kind.map(|kind| kind.word()))),
            (CodedField::Level, Field::Level, word(codes.level.map(|level| level.word()))),
            (CodedField::Direction, Field::Direction, word(codes.direction.map(|direction| direction.word()))),
            (CodedField::Topics, Field::Topics, join(&codes.topics)),
        ])
    });
    let draws = &pairs.draws;
    let measure = |field: &CodedField| match field {
        CodedField::Type => Some(nominal(Field::Type, pairs.both(|codes| codes.kind.map(|kind| kind.word())), draws)),
        CodedField::Level => {
            Some(nominal(Field::Level, pairs.both(|codes| codes.level.map(|level| level.word())), draws))
        }
        CodedField::Direction => {
            Some(nominal(Field::Direction, pairs.both(|codes| codes.direction.map(|way| way.word())), draws))
        }
        CodedField::Topics => {
            let sets = pairs.pairs.iter().map(|pair| [&pair.first.codes.topics, &pair.second.codes.topics]);
            Some(of_sets(Field::Topics, sets))
        }
        CodedField::Kind | CodedField::Options | CodedField::RulesOut => None,
    };
    Comparison { measures: pairs.fields.iter().filter_map(measure).collect(), ..comparison }
}

fn join(set: &BTreeSet<Box<str>>) -> String {
    set.iter().map(|entry| &**entry).collect::<Vec<_>>().join(";")
}
