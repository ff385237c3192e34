//! Claims under test: whether what an analyst says follows from the rows. See `docs/methods/claims.md`.
//!
//! 1. `ground` is what questions are answered from: the record at the moment, with the analyses that it has been through.
//! 2. `talks`, `words`, `order` and `numbers` answer the questions, each from the analysis that the other commands print.
//! 3. [`verdict`] combines answers by what the claim says.
//!
//! A question about a day that has not come, at the moment, has no data. So a result does not change by rows that become known later.

pub mod effect;
mod ground;
mod numbers;
mod order;
mod talks;
pub mod verdict;
mod words;

use detente_case::claim::predicate::Predicate;
use detente_case::claim::{Asked, Claim, Part, Term, Times};
use detente_case::expression::Expression;
use detente_case::{Case, Moment, Record};
use schemars::JsonSchema;
use serde::Serialize;

use crate::about::{About, At, Layer, Settings};
use ground::Ground;
pub use verdict::Verdict;

/// The claims of a case at a moment.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Claims {
    /// The moment.
    #[serde(flatten)]
    pub moment: At,
    /// The claims, in the order of the file.
    pub claims: Vec<ClaimTested>,
    /// How many claims have each verdict.
    pub verdicts: Tally,
    /// Where the result comes from.
    pub about: About,
}

/// How many claims have each verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Tally {
    /// Supported.
    pub supported: usize,
    /// Not supported.
    pub not_supported: usize,
    /// Not determined.
    pub not_determined: usize,
    /// Without data.
    pub no_data: usize,
}

impl Claims {
    /// The claims with these ids alone; all of them if there are none.
    #[must_use]
    pub fn only(mut self, ids: &[String]) -> Self {
        self.claims.retain(|claim| ids.is_empty() || ids.contains(&claim.id));
        self.verdicts = Tally::of(&self.claims);
        self
    }
}

impl Tally {
    /// Counts the verdicts of claims.
    #[must_use]
    pub fn of(claims: &[ClaimTested]) -> Self {
        let mut tally = Tally::default();
        for claim in claims {
            *match claim.verdict {
                Verdict::Supported => &mut tally.supported,
                Verdict::NotSupported => &mut tally.not_supported,
                Verdict::NotDetermined => &mut tally.not_determined,
                Verdict::NoData => &mut tally.no_data,
            } += 1;
        }
        tally
    }
}

/// A claim and what the rows say of it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ClaimTested {
    /// Id of the claim.
    pub id: String,
    /// Its number, for people.
    pub number: Option<u32>,
    /// The claim in words.
    pub text: String,
    /// The verdict.
    pub verdict: Verdict,
    /// The highest layer on which it stands.
    pub layer: Layer,
    /// The days of the claim, as they are written; empty where its questions name their own.
    pub when: String,
    /// What has to hold, as it is written; empty where all parts have to.
    pub predicate: String,
    /// Why these questions stand for the words.
    pub reason: String,
    /// Note.
    pub note: String,
    /// What the data show: the sentences that the verdict hangs on.
    pub shows: Vec<String>,
    /// The numbers and words found, of all questions.
    pub figures: Vec<Figure>,
    /// Ids of all rows behind the answers; a series stands as `factor:NAME`.
    pub rows: Vec<String>,
    /// The questions of the claim itself.
    pub questions: Vec<Answer>,
    /// Its parts.
    pub parts: Vec<PartTested>,
}

/// A part of a claim and what the rows say of it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PartTested {
    /// Id of the part within its claim.
    pub id: String,
    /// The part in words.
    pub text: String,
    /// The verdict.
    pub verdict: Verdict,
    /// The highest layer on which it stands.
    pub layer: Layer,
    /// The days of the part, as they are written; empty where it has none of its own.
    pub when: String,
    /// What has to hold, as it is written.
    pub predicate: String,
    /// What the data show: the sentences that the verdict hangs on.
    pub shows: Vec<String>,
    /// The numbers and words found.
    pub figures: Vec<Figure>,
    /// Ids of the rows behind the answers.
    pub rows: Vec<String>,
    /// Its questions.
    pub questions: Vec<Answer>,
}

/// The answer to one question.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Answer {
    /// The question and what its answer is compared with, as it is written.
    pub question: String,
    /// Whether the answer is as the claim says.
    pub verdict: Verdict,
    /// The layer on which it stands.
    pub layer: Layer,
    /// What the data show, as a sentence.
    pub shows: String,
    /// The numbers and words found.
    pub figures: Vec<Figure>,
    /// Ids of the rows behind it.
    pub rows: Vec<String>,
}

/// A number or a word that was found.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Figure {
    /// What it is.
    pub name: String,
    /// What was found, as text: `3`, `2 to 4`, `stalemate`.
    pub value: String,
}

/// What a question found: its verdict, what the data show, figures and rows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    pub(crate) verdict: Verdict,
    pub(crate) shows: String,
    pub(crate) figures: Vec<Figure>,
    pub(crate) rows: Vec<String>,
}

impl Found {
    fn new(verdict: Verdict, shows: String) -> Self {
        Found { verdict, shows, figures: Vec::new(), rows: Vec::new() }
    }

    fn no_data(why: impl Into<String>) -> Self {
        Found::new(Verdict::NoData, why.into())
    }

    fn figure(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        self.figures.push(Figure { name: name.into(), value: value.to_string() });
        self
    }

    fn rows(mut self, rows: impl IntoIterator<Item = String>) -> Self {
        self.rows.extend(rows);
        self.rows.sort_by(|a, b| detente_case::natural_order(a, b));
        self.rows.dedup();
        self
    }
}

/// Tests the claims of a case at a moment.
///
/// Cost: that of the history, and of what blocks on each day that a question of layer B names.
#[must_use]
pub fn claims(case: &Case, moment: Moment, settings: Settings) -> Claims {
    let record = Record::known_by(case, moment.known);
    let mut ground = Ground::new(record, moment);
    let claims: Vec<ClaimTested> = case.claims.iter().map(|claim| tested(claim, &mut ground)).collect();
    let verdicts = Tally::of(&claims);
    let layer = claims.iter().map(|claim| claim.layer).max().unwrap_or(Layer::A);
    Claims { moment: moment.into(), claims, verdicts, about: About::new(layer, "claims", true, record, settings) }
}

fn tested(claim: &Claim, ground: &mut Ground<'_>) -> ClaimTested {
    let parts: Vec<PartTested> = claim.parts.iter().map(|part| part_tested(part, ground)).collect();
    // By the place of the atom: the verdict, and the answer if it is a question.
    let terms: Vec<(Verdict, Option<Answer>)> = claim
        .holds
        .atoms()
        .into_iter()
        .map(|term| match term {
            Term::Part(part) => (parts.get(*part).map_or(Verdict::NoData, |part| part.verdict), None),
            Term::Asked(asked) => {
                let answer = answer(asked, ground);
                (answer.verdict, Some(answer))
            }
        })
        .collect();
    let (verdict, behind) = conclude(&claim.holds, |place| terms[place].0);
    let named: Vec<&Term> = claim.holds.atoms();
    let mut shows = Vec::new();
    for place in behind {
        match (&terms[place].1, named[place]) {
            (Some(answer), _) => add_new(&mut shows, [&answer.shows]),
            (None, Term::Part(part)) => {
                add_new(&mut shows, parts.get(*part).map(|part| &part.shows).into_iter().flatten())
            }
            (None, Term::Asked(_)) => {}
        }
    }
    let questions: Vec<Answer> = terms.into_iter().filter_map(|(_, answer)| answer).collect();
    let layers = questions.iter().map(|answer| answer.layer).chain(parts.iter().map(|part| part.layer));
    let figures = parts.iter().flat_map(|part| &part.figures).chain(questions.iter().flat_map(|of| &of.figures));
    let rows = parts.iter().flat_map(|part| &part.rows).chain(questions.iter().flat_map(|of| &of.rows));
    ClaimTested {
        id: claim.id.to_string(),
        number: claim.number,
        text: claim.text.to_string(),
        verdict,
        layer: layers.max().unwrap_or(Layer::A),
        when: when(claim.times),
        predicate: claim.written.to_string(),
        reason: claim.reason.to_string(),
        note: claim.note.to_string(),
        shows,
        figures: figures.cloned().collect(),
        rows: together(rows),
        questions,
        parts,
    }
}

fn part_tested(part: &Part, ground: &mut Ground<'_>) -> PartTested {
    let asked: Vec<&Asked> = part.holds.iter().flat_map(Expression::atoms).collect();
    let questions: Vec<Answer> = asked.into_iter().map(|asked| answer(asked, ground)).collect();
    let mut shows = Vec::new();
    let verdict = match &part.holds {
        Some(holds) => {
            let (verdict, behind) = conclude(holds, |place| questions[place].verdict);
            add_new(&mut shows, behind.into_iter().map(|place| &questions[place].shows));
            verdict
        }
        None => {
            shows.push(format!("No question to the record speaks to it. {}", part.note));
            Verdict::NoData
        }
    };
    PartTested {
        id: part.id.to_string(),
        text: part.text.to_string(),
        verdict,
        layer: questions.iter().map(|answer| answer.layer).max().unwrap_or(Layer::A),
        when: when(part.times),
        predicate: part.written.to_string(),
        shows,
        figures: questions.iter().flat_map(|answer| &answer.figures).cloned().collect(),
        rows: together(questions.iter().flat_map(|answer| &answer.rows)),
        questions,
    }
}

/// The verdict of an expression, and the places of the atoms that it hangs on; `of` says the verdict of the atom at a place.
fn conclude<A>(expression: &Expression<A>, of: impl Fn(usize) -> Verdict) -> (Verdict, Vec<usize>)
where
    A: Clone,
{
    let mut next = 0;
    let numbered = expression.clone().map_atoms(&mut |_| {
        next += 1;
        next - 1
    });
    let of = |place: &usize| of(*place);
    (verdict::combine(&numbered, &of), verdict::behind(&numbered, &of))
}

fn answer(asked: &Asked, ground: &mut Ground<'_>) -> Answer {
    let Found { verdict, shows, figures, rows } = found(&asked.predicate, ground);
    let layer = match asked.predicate.layer() {
        'A' => Layer::A,
        'B' => Layer::B,
        _ => Layer::C,
    };
    Answer { question: asked.written.to_string(), verdict, layer, shows, figures, rows }
}

fn found(predicate: &Predicate, ground: &mut Ground<'_>) -> Found {
    let answered = match predicate {
        Predicate::Phase { track, at, is } => talks::phase(ground, *track, *at, is),
        Predicate::Months { track, phases, in_a_row, within, number } => {
            talks::months(ground, *track, phases, *in_a_row, *within, number)
        }
        Predicate::Contact { kind, track, within, level } => talks::contact(ground, *kind, *track, *within, level),
        Predicate::Count { of, filter, within, number } => talks::count(ground, *of, filter, *within, number),
        Predicate::Position { actor, issue, at, is } => words::position(ground, *actor, *issue, *at, *is),
        Predicate::Tabled { actor, issue, within, is } => words::tabled(ground, *actor, *issue, *within, *is),
        Predicate::Limits { actor, issue, at, reading, is } => {
            words::limits(ground, *actor, *issue, *at, *reading, *is)
        }
        Predicate::Movements { hardening, filter, within, number } => {
            words::movements(ground, *hardening, filter, *within, number)
        }
        Predicate::Gap { of, at, number } => words::gap(ground, of, *at, number),
        Predicate::GapChange { of, within, is } => words::gap_change(ground, of, *within, is),
        Predicate::Blocked { at, reading } => order::blocked(ground, *at, *reading),
        Predicate::Sticking { of, at, reading, rank } => order::sticking(ground, of, *at, *reading, rank),
        Predicate::BothMustMove { at, reading } => order::both_must_move(ground, *at, *reading),
        Predicate::Series { name, at, number } => numbers::series(ground, name, *at, number),
        Predicate::Change { name, within, number } => numbers::change(ground, name, *within, number),
        Predicate::Relation { from, to, kind, within } => numbers::relation(ground, *from, *to, *kind, *within),
        Predicate::TrustChange { from, to, within, number } => {
            numbers::trust_change(ground, *from, *to, *within, number)
        }
        Predicate::Effect { factor, number } => Ok(effect::effect(ground.record, factor, number)),
    };
    answered.unwrap_or_else(|not_yet| Found::no_data(not_yet.0))
}

/// Adds the texts that are not there yet.
fn add_new<'t>(to: &mut Vec<String>, texts: impl IntoIterator<Item = &'t String>) {
    for text in texts {
        if !to.contains(text) {
            to.push(text.clone());
        }
    }
}

fn together<'r>(rows: impl Iterator<Item = &'r String>) -> Vec<String> {
    let mut rows: Vec<String> = rows.cloned().collect();
    rows.sort_by(|a, b| detente_case::natural_order(a, b));
    rows.dedup();
    rows
}

fn when(times: Times) -> String {
    match times {
        Times { at: Some(at), from: None, to: None } => at.to_string(),
        Times { at: None, from: Some(from), to: Some(to) } if from == to => from.to_string(),
        Times { at, from, to } => {
            let part = |word: &str, date: Option<detente_case::When>| date.map(|date| format!("{word}{date}"));
            [part("", at), part("from ", from), part("to ", to)].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
    }
}
