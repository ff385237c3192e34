//! The stability models of a case: what is wrong with them, and what a brief tells of them at a moment.

use detente_case::{Case, Code, Diagnostic, Findings, Moment, Record};

use super::answer::{Asked, stability};
use super::model::lower;
use super::told::Stability;
use crate::about::{About, Layer, Settings};

/// Most states of a model that a brief tells of.
pub const MOST_STATES: usize = 1 << 12;
/// Most states of a model that is looked at for what is wrong with it.
const MOST_CHECKED: usize = 1 << 16;
/// Most states of a model for which a brief makes all the draws; beyond, it makes a fifth of them.
const ALL_DRAWS: usize = 1 << 9;
const OF_THE_PAGE: u32 = 5;

/// What is wrong with the models of a case and shows only with their states listed, sorted. A model of more than 2^16 states is not looked
/// at: listing it takes memory, and `detente stability` does it.
#[must_use]
pub fn findings(case: &Case) -> Vec<Diagnostic> {
    let mut findings = Findings::default();
    for model in case.stability.iter() {
        lower(&model.model, MOST_CHECKED, &mut findings);
    }
    let too_large = |finding: &Diagnostic| finding.code == Code::TooManyStates.text();
    findings.into_sorted().into_iter().filter(|finding| !too_large(finding)).collect()
}

/// A model of a case.
#[derive(Clone, Debug)]
pub struct OfCase {
    /// The name of its file, without folder and ending.
    pub name: String,
    /// Its name.
    pub title: String,
    /// Which outcomes would hold; none if it has more than [`MOST_STATES`] states or cannot be analysed: the command says why.
    pub answer: Option<Stability>,
}

/// The models that speak of no day after the moment, each with which of its outcomes would hold.
///
/// Cost: that of [`stability()`] for each model.
#[must_use]
pub fn of_case(record: Record<'_>, moment: Moment, settings: Settings) -> Vec<OfCase> {
    let models = record.models().into_iter().filter(|model| model.model.at.is_none_or(|at| at <= moment.at));
    let answered = |model: std::borrow::Cow<'_, detente_case::stability::CaseModel>| {
        let source = &model.model;
        let answer = lower(source, MOST_STATES, &mut Findings::default()).and_then(|lowered| {
            let draws = match lowered.model.states() {
                ..=ALL_DRAWS => settings.draws,
                _ => settings.draws / OF_THE_PAGE,
            };
            let settings = Settings { draws, ..settings };
            let about = About::new(Layer::C, "stability", true, record, settings);
            stability(source, &lowered, &Asked::default(), about, settings).ok()
        });
        OfCase { name: model.name().to_owned(), title: source.title.to_string(), answer }
    };
    models.map(answered).collect()
}
