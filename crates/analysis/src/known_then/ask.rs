//! What is asked at the end of a quarter, and the two answers: by the rule and by the base rate.

use schemars::JsonSchema;
use serde::Serialize;

use super::next::{Next, next};
use super::then::Seen;
use crate::coverage::Quarter;

/// What is asked of the next quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Whether there are direct political talks, at the level that counts as talks.
    Talks,
    /// Whether there is an event marked as progress on the political track.
    Progress,
    /// Whether a principal concedes on a political issue.
    Concession,
    /// Whether a principal hardens on a political issue.
    Hardening,
    /// Whether the issues on which limits exclude every option change.
    Verdict,
    /// How many rounds of such talks begin.
    Rounds,
    /// By how much the front line changes, in the unit of its series.
    Front,
}

impl Question {
    /// All questions, in the order in which they are told.
    pub const ALL: [Question; 7] = [
        Question::Talks,
        Question::Progress,
        Question::Concession,
        Question::Hardening,
        Question::Verdict,
        Question::Rounds,
        Question::Front,
    ];

    /// Whether the answer is a number, not yes or no.
    #[must_use]
    pub fn is_number(self) -> bool {
        matches!(self, Question::Rounds | Question::Front)
    }

    /// What the rows answer: 1 for yes, 0 for no, or the number; none where they cannot.
    #[must_use]
    pub fn answer(self, next: &Next) -> Option<f64> {
        let yes = |yes: bool| Some(f64::from(u8::from(yes)));
        match self {
            Question::Talks => yes(!next.talks.is_empty()),
            Question::Progress => yes(!next.progress.is_empty()),
            Question::Concession => yes(next.moves.iter().any(|moves| moves.concessions > 0)),
            Question::Hardening => yes(next.moves.iter().any(|moves| moves.hardenings > 0)),
            Question::Verdict => yes(next.verdict_changed),
            Question::Rounds => Some(next.talks.len() as f64),
            Question::Front => next.front,
        }
    }
}

/// A question with its two answers. They are what could be said on the day.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Asked {
    /// The question.
    pub question: Question,
    /// The share that the rule gives to yes; of a number its mean.
    pub rule: f64,
    /// The same by the base rate.
    pub base: f64,
    /// Earlier quarters behind the base rate.
    pub earlier: usize,
    /// Those of them that ended in the same phase.
    pub same_phase: usize,
    /// The numbers behind the base rate, and whether each is of a quarter that ended in the same phase. Empty for yes or no.
    pub numbers: Vec<(f64, bool)>,
}

/// The fewest earlier quarters with which a question is put: a year.
const FEWEST: usize = 4;

/// How many quarters the base rate weighs in the rule.
pub(super) const PRIOR: f64 = 2.0;

/// What is asked at the end of the last quarter that is seen.
pub(super) fn asked(seen: &Seen<'_>) -> Vec<Asked> {
    let Some((last, before)) = seen.quarters.split_last() else { return Vec::new() };
    let phase = seen.phase(*last);
    let same = |quarter: &Quarter| seen.phase(*quarter) == phase;
    let earlier: Vec<(Next, bool)> =
        before.iter().enumerate().filter_map(|(number, quarter)| Some((next(seen, number)?, same(quarter)))).collect();
    let ask = |question: Question| {
        let answers: Vec<(f64, bool)> =
            earlier.iter().filter_map(|(next, same)| Some((question.answer(next)?, *same))).collect();
        // A change of the front line is asked only where there is a value to change from.
        let can = question != Question::Front || seen.front(*last).is_some();
        (can && answers.len() >= FEWEST).then(|| put(question, answers))
    };
    Question::ALL.into_iter().filter_map(ask).collect()
}

fn put(question: Question, answers: Vec<(f64, bool)>) -> Asked {
    let same = || answers.iter().filter(|(_, same)| *same).map(|(answer, _)| *answer);
    let (all_sum, same_sum): (f64, f64) = (answers.iter().map(|(answer, _)| *answer).sum(), same().sum());
    let (earlier, same_phase) = (answers.len(), same().count());
    let base = if question.is_number() { all_sum / earlier as f64 } else { (all_sum + 1.0) / (earlier as f64 + 2.0) };
    let rule = (same_sum + PRIOR * base) / (same_phase as f64 + PRIOR);
    let numbers = if question.is_number() { answers } else { Vec::new() };
    Asked { question, rule, base, earlier, same_phase, numbers }
}
