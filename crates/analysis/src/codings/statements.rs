//! Agreement on statements: kind, options and limits, over all and issue by issue.

use std::collections::{BTreeMap, BTreeSet};

use detente_case::coding::{AskedOptions, Coded, CodedField, StatementCodes};
use detente_case::ids::List;
use detente_case::issue::{Issue, OptionPlace, OptionSet};

use super::measure::{Chance, Field, Measure, Unit, nominal, share, with_alpha};
use super::pairing::statement;
use super::{Agreement, Comparison, IssueAgreement, Pair, Pairs, Subject, join, mean, of_sets};
use crate::about::About;
use crate::reliability::Metric;

/// Compares two codings of statements that have been paired.
pub(super) fn compare(pairs: &Pairs<'_, StatementCodes>, scales: &List<Issue>, about: About) -> Comparison {
    let comparison = pairs.comparison(Subject::Statements, about, |codes| {
        let kind = codes.kind.map(|kind| kind.word()).unwrap_or_default();
        pairs.compared(vec![
            (CodedField::Kind, Field::Kind, kind.to_owned()),
            (CodedField::Options, Field::Options, codes.ask.as_ref().map(as_text).unwrap_or_default()),
            (CodedField::RulesOut, Field::RulesOut, join(&codes.rules_out)),
        ])
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

/// The measures of the fields that both coded.
fn measures(pairs: &Pairs<'_, StatementCodes>, places: &Places<'_>) -> Vec<Measure> {
    let coded = |field| pairs.fields.contains(&field);
    let codes = || pairs.pairs.iter().map(|pair| [&pair.first.codes, &pair.second.codes]);
    let mut measures = vec![of_sets(Field::Issues, issue_sets(pairs).iter().map(|[one, other]| [one, other]))];
    if coded(CodedField::Kind) {
        let kind = |codes: &StatementCodes| codes.kind.map(|kind| kind.word());
        let or_none = pairs.each(|codes| kind(codes).unwrap_or_default());
        measures.push(nominal(Field::Kind, pairs.both(kind), &pairs.draws));
        measures.push(nominal(Field::KindOrNone, or_none, &pairs.draws));
    }
    if coded(CodedField::Options) {
        measures.extend(of_options(pairs, places));
    }
    if coded(CodedField::RulesOut) {
        let any = codes().filter(|[one, other]| !(one.rules_out.is_empty() && other.rules_out.is_empty()));
        measures.push(of_sets(Field::RulesOut, any.map(|pair| pair.map(|codes| &codes.rules_out))));
    }
    if coded(CodedField::Kind) && coded(CodedField::Options) {
        let both = codes().filter(|[one, other]| one.ask == other.ask && one.kind == other.kind).count();
        measures.push(share(Field::KindAndOptions, both, pairs.pairs.len(), None));
    }
    measures
}

/// For each statement that both coded, the sets of its issues.
fn issue_sets(pairs: &Pairs<'_, StatementCodes>) -> Vec<[BTreeSet<Box<str>>; 2]> {
    let mut sets: BTreeMap<(&str, &str), [BTreeSet<Box<str>>; 2]> = BTreeMap::new();
    for (side, rows) in pairs.rows.iter().enumerate() {
        for row in *rows {
            if let Some(statement) = statement(row, pairs.by) {
                sets.entry((statement, &row.actor)).or_default()[side].insert(row.issue.clone());
            }
        }
    }
    sets.into_values().filter(|[one, other]| !one.is_empty() && !other.is_empty()).collect()
}

fn of_options(pairs: &Pairs<'_, StatementCodes>, places: &Places<'_>) -> Vec<Measure> {
    let all = &pairs.pairs;
    let asks = || all.iter().map(|pair| [pair.first.codes.ask.as_ref(), pair.second.codes.ask.as_ref()]);
    let any = pairs.each(|codes| if codes.ask.is_some() { "options" } else { "none" });
    let mut measures = vec![nominal(Field::Coded, any, &pairs.draws)];
    for field in [Field::Low, Field::Best, Field::High] {
        measures.extend(ordinal(field, pairs, places));
    }
    let either = all.iter().filter(|pair| pair.first.codes.ask.is_some() || pair.second.codes.ask.is_some());
    let best = either.map(|pair| (pair.document, [best(&pair.first.codes), best(&pair.second.codes)]));
    let or_none = best.map(|(document, options)| (document, options.map(Option::unwrap_or_default)));
    measures.push(nominal(Field::BestOrNone, or_none, &pairs.draws));

    let ranges = asks().filter_map(|[one, other]| Some([one?, other?]));
    let same = ranges.clone().filter(|[one, other]| one.low == other.low && one.high == other.high).count();
    let overlaps: Vec<f64> = all.iter().filter_map(|pair| places.overlap(pair)).collect();
    measures.push(share(Field::Range, same, ranges.count(), mean(&overlaps)));
    measures.push(share(Field::Options, asks().filter(|[one, other]| one == other).count(), all.len(), None));
    measures
}

/// The best option of a coding, if it names one.
fn best(codes: &StatementCodes) -> Option<&str> {
    codes.ask.as_ref().and_then(|ask| ask.best.as_deref())
}

/// Agreement on an option where both name one: ordinal alpha, pooled and within issues.
fn ordinal(field: Field, pairs: &Pairs<'_, StatementCodes>, places: &Places<'_>) -> Vec<Measure> {
    let option = |codes: &'_ StatementCodes| -> Option<Box<str>> {
        match field {
            Field::Low => codes.ask.as_ref().map(|ask| ask.low.clone()),
            Field::High => codes.ask.as_ref().map(|ask| ask.high.clone()),
            _ => best(codes).map(Into::into),
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
            if let (Some(one), Some(other)) = (self::best(one), self::best(other)) {
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
