//! Two codings of the same statements or events compared: shares of agreement, Krippendorff's alpha, every difference, and which
//! of the two the case holds (docs/methods/coding.md).

mod measure;
mod pairing;

use std::collections::{BTreeMap, BTreeSet};

use detente_case::coding::{AskedOptions, Coded, Coding, EventCodes, FoundBy, Rows, StatementCodes};
use detente_case::ids::List;
use detente_case::issue::{Issue, OptionPlace, OptionSet};
use detente_case::{Case, Record};
use schemars::JsonSchema;
use serde::Serialize;

use crate::about::{About, Layer, Settings};
use crate::reliability::Metric;
use measure::{Draws, Unit, nominal, share, with_alpha};
use pairing::{Pairing, common, pair, statement};

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
            Some(of_statements(&pairs, issues, about(case, settings)))
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
        let names = [codings[0].name.as_str(), codings[1].name.as_str()];
        Pairs { names, rows: [first, second], by, pairing, pairs, documents, draws }
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
        vec![
            (Field::Type, word(codes.kind.map(|kind| kind.word()))),
            (Field::Level, word(codes.level.map(|level| level.word()))),
            (Field::Direction, word(codes.direction.map(|direction| direction.word()))),
            (Field::Topics, join(&codes.topics)),
        ]
    });
    let draws = &pairs.draws;
    let measures = vec![
        nominal(Field::Type, pairs.both(|codes| codes.kind.map(|kind| kind.word())), draws),
        nominal(Field::Level, pairs.both(|codes| codes.level.map(|level| level.word())), draws),
        nominal(Field::Direction, pairs.both(|codes| codes.direction.map(|direction| direction.word())), draws),
        of_sets(Field::Topics, pairs.pairs.iter().map(|pair| [&pair.first.codes.topics, &pair.second.codes.topics])),
    ];
    Comparison { measures, ..comparison }
}

fn join(set: &BTreeSet<Box<str>>) -> String {
    set.iter().map(|entry| &**entry).collect::<Vec<_>>().join(";")
}

fn of_statements(pairs: &Pairs<'_, StatementCodes>, scales: &List<Issue>, about: About) -> Comparison {
    let comparison = pairs.comparison(Subject::Statements, about, |codes| {
        vec![
            (Field::Kind, codes.kind.map(|kind| kind.word()).unwrap_or_default().to_owned()),
            (Field::Options, codes.ask.as_ref().map(as_text).unwrap_or_default()),
            (Field::RulesOut, join(&codes.rules_out)),
        ]
    });
    let places = Places::new(scales);
    Comparison { measures: measures(pairs, &places), issues: by_issue(pairs, scales, &places), ..comparison }
}

/// Options as low/best/high; a dash where there is no best option.
fn as_text(ask: &AskedOptions) -> String {
    format!("{}/{}/{}", ask.low, ask.best.as_deref().unwrap_or("–"), ask.high)
}

/// The places of options in the orders of their issues.
struct Places<'c> {
    issues: BTreeMap<&'c str, (usize, &'c Issue)>,
}

impl<'c> Places<'c> {
    fn new(scales: &'c List<Issue>) -> Self {
        Places { issues: scales.iter().enumerate().map(|(number, issue)| (&*issue.id, (number, issue))).collect() }
    }

    fn place(&self, issue: &str, option: &str) -> Option<OptionPlace> {
        self.issues.get(issue)?.1.option(option)
    }

    /// The unit of an option in both codings, by its place from 1; without codes where either option has no place.
    fn unit(&self, pair: &Pair<'_, StatementCodes>, options: [&str; 2]) -> Unit {
        let issue = &*pair.first.issue;
        let code = |option| self.place(issue, option).map_or(f64::NAN, |place| f64::from(place.0) + 1.0);
        let number = self.issues.get(issue).map_or(usize::MAX, |(number, _)| *number);
        Unit { document: pair.document, issue: number, codes: options.map(code) }
    }

    /// The share of options in both ranges of those in either, where both have one and all options have a place.
    fn overlap(&self, pair: &Pair<'_, StatementCodes>) -> Option<f64> {
        let range = |coded: &Coded<StatementCodes>| {
            let ask = coded.codes.ask.as_ref()?;
            Some(OptionSet::range(self.place(&coded.issue, &ask.low)?, self.place(&coded.issue, &ask.high)?))
        };
        let (one, other) = (range(pair.first)?, range(pair.second)?);
        Some(one.intersection(other).len() as f64 / one.union(other).len() as f64)
    }
}

fn measures(pairs: &Pairs<'_, StatementCodes>, places: &Places<'_>) -> Vec<Measure> {
    let draws = &pairs.draws;
    let all = &pairs.pairs;
    let codes = || all.iter().map(|pair| [&pair.first.codes, &pair.second.codes]);
    let with_documents = || all.iter().map(|pair| pair.document);
    let kind = |codes: &StatementCodes| codes.kind.map(|kind| kind.word());
    let best = |codes: &StatementCodes| codes.ask.as_ref().and_then(|ask| ask.best.clone());
    let coded = |codes: &StatementCodes| if codes.ask.is_some() { "options" } else { "none" };

    let issues_of = |rows: &[Coded<StatementCodes>]| {
        let mut sets: BTreeMap<(String, String), BTreeSet<Box<str>>> = BTreeMap::new();
        for row in rows {
            if let Some(statement) = statement(row, pairs.by) {
                sets.entry((statement.to_owned(), row.actor.to_string())).or_default().insert(row.issue.clone());
            }
        }
        sets
    };
    let (of_first, of_second) = (issues_of(pairs.rows[0]), issues_of(pairs.rows[1]));
    let issue_sets = of_first.iter().filter_map(|(statement, set)| Some([set, of_second.get(statement)?]));

    let mut measures = vec![
        of_sets(Field::Issues, issue_sets),
        nominal(Field::Coded, with_documents().zip(codes().map(|pair| pair.map(coded))), draws),
        nominal(Field::Kind, pairs.both(kind), draws),
        nominal(
            Field::KindOrNone,
            with_documents().zip(codes().map(|pair| pair.map(|codes| kind(codes).unwrap_or_default()))),
            draws,
        ),
    ];
    for field in [Field::Low, Field::Best, Field::High] {
        measures.extend(ordinal(field, pairs, places));
    }
    let either: Vec<(usize, [Box<str>; 2])> = all
        .iter()
        .filter(|pair| pair.first.codes.ask.is_some() || pair.second.codes.ask.is_some())
        .map(|pair| (pair.document, [&pair.first.codes, &pair.second.codes].map(|c| best(c).unwrap_or_default())))
        .collect();
    measures.push(nominal(
        Field::BestOrNone,
        either.iter().map(|(document, [one, other])| (*document, [&**one, &**other])),
        draws,
    ));

    let ranges: Vec<f64> = all.iter().filter_map(|pair| places.overlap(pair)).collect();
    let same_range = codes().filter_map(|[one, other]| {
        let (one, other) = (one.ask.as_ref()?, other.ask.as_ref()?);
        Some(one.low == other.low && one.high == other.high)
    });
    let same_range: Vec<bool> = same_range.collect();
    let equal = same_range.iter().filter(|same| **same).count();
    measures.push(share(Field::Range, equal, same_range.len(), mean(&ranges)));
    measures.push(share(Field::Options, codes().filter(|[a, b]| a.ask == b.ask).count(), all.len(), None));
    let ruled_out = codes().filter(|[a, b]| !(a.rules_out.is_empty() && b.rules_out.is_empty()));
    measures.push(of_sets(Field::RulesOut, ruled_out.map(|pair| pair.map(|codes| &codes.rules_out))));
    let both = codes().filter(|[a, b]| a.ask == b.ask && a.kind == b.kind).count();
    measures.push(share(Field::KindAndOptions, both, all.len(), None));
    measures
}

/// Agreement on an option where both name one: ordinal alpha, pooled and within issues.
fn ordinal(field: Field, pairs: &Pairs<'_, StatementCodes>, places: &Places<'_>) -> Vec<Measure> {
    let option = |codes: &'_ StatementCodes| -> Option<Box<str>> {
        let ask = codes.ask.as_ref()?;
        match field {
            Field::Low => Some(ask.low.clone()),
            Field::High => Some(ask.high.clone()),
            _ => ask.best.clone(),
        }
    };
    let named: Vec<(&Pair<'_, StatementCodes>, [Box<str>; 2])> = pairs
        .pairs
        .iter()
        .filter_map(|pair| Some((pair, [option(&pair.first.codes)?, option(&pair.second.codes)?])))
        .collect();
    let agree = named.iter().filter(|(_, [one, other])| one == other).count();
    [Chance::Pooled, Chance::WithinIssues]
        .map(|chance| {
            let units = named.iter().map(|(pair, [one, other])| places.unit(pair, [one, other]));
            with_alpha(share(field, agree, named.len(), None), Metric::Ordinal, chance, units, &pairs.draws)
        })
        .to_vec()
}

fn by_issue(pairs: &Pairs<'_, StatementCodes>, scales: &List<Issue>, places: &Places<'_>) -> Vec<IssueAgreement> {
    let of_issue = |issue: &Issue| {
        let own: Vec<_> = pairs.pairs.iter().filter(|pair| pair.first.issue == issue.id).collect();
        let (mut kind, mut best, mut options) = (Agreement::default(), Agreement::default(), Agreement::default());
        for pair in &own {
            let (one, other) = (&pair.first.codes, &pair.second.codes);
            if let (Some(one), Some(other)) = (one.kind, other.kind) {
                kind.add(one == other);
            }
            let named = |codes: &StatementCodes| codes.ask.as_ref().and_then(|ask| ask.best.clone());
            if let (Some(one), Some(other)) = (named(one), named(other)) {
                best.add(one == other);
            }
            options.add(one.ask == other.ask);
        }
        let overlaps: Vec<f64> = own.iter().filter_map(|pair| places.overlap(pair)).collect();
        IssueAgreement {
            id: issue.id.to_string(),
            paired: own.len(),
            kind,
            best,
            options,
            overlap: mean(&overlaps),
            coded_by_one: own
                .iter()
                .filter(|pair| pair.first.codes.ask.is_some() != pair.second.codes.ask.is_some())
                .count(),
        }
    };
    scales.iter().map(of_issue).filter(|issue| issue.paired > 0).collect()
}
