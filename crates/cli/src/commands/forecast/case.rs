//! `detente forecast CASE`: from the positions of a case.

use clap::{Args, ValueEnum};
use detente_analysis::forecast::{Participants, of_case};
use detente_case::Day;
use detente_report::{answers, drawings};

use super::Arguments;
use crate::open::{LevelWord, Question, day};
use crate::output::Failure;
use crate::page;
use crate::progress::Progress;

/// Options that only a case takes.
#[derive(Args)]
pub struct CaseOptions {
    /// The day asked about; the last day of the record if not given
    #[arg(long, value_name = "DATE", value_parser = day, help_heading = "For a case")]
    at: Option<Day>,
    /// The day by which rows had to be known; the day asked about if not given
    #[arg(long, value_name = "DATE", value_parser = day, help_heading = "For a case")]
    known: Option<Day>,
    /// Which rows may be seen, by their marking; public if not given
    #[arg(long, value_enum, help_heading = "For a case")]
    level: Option<LevelWord>,
    /// Who takes part; principals if not given
    #[arg(long, value_enum, help_heading = "For a case")]
    who: Option<Who>,
}

/// Who takes part.
#[derive(Clone, Copy, ValueEnum)]
enum Who {
    /// Those whose consent is needed
    Principals,
    /// Everyone who has a position in its own words
    Everyone,
}

impl CaseOptions {
    /// The first of these options that was given.
    pub fn given(&self) -> Option<&'static str> {
        [
            ("--at", self.at.is_some()),
            ("--known", self.known.is_some()),
            ("--level", self.level.is_some()),
            ("--who", self.who.is_some()),
        ]
        .into_iter()
        .find(|(_, given)| *given)
        .map(|(name, _)| name)
    }
}

/// Answers for a case.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let form = arguments.page.form()?;
    let options = &arguments.case;
    let question = Question {
        case: arguments.of.clone(),
        at: options.at,
        known: options.known,
        seed: arguments.seed,
        draws: arguments.draws,
        level: options.level.unwrap_or(LevelWord::Public),
        json: arguments.json,
        terminal: arguments.terminal.clone(),
    };
    let (case, moment, settings) = question.open()?;
    let who = match options.who {
        Some(Who::Everyone) => Participants::Everyone,
        Some(Who::Principals) | None => Participants::Principals,
    };
    let progress = Progress::begin(arguments.terminal.quiet);
    let all = u32::try_from(case.issues.len()).unwrap_or(u32::MAX).saturating_mul(arguments.draws);
    let mut tell = |done| progress.draws(done, all);
    let answer = of_case(&case, moment, settings, &arguments.setting(1.0), who, &mut tell)
        .map_err(|none| Failure::NotDone(none.to_string()))?;
    drop(progress);
    arguments.figure.write_any("there is no issue", || drawings::forecast(&answer.forecast))?;
    page::hand_over(form, arguments.figure.force, &question, &answer, || {
        answers::forecast_of_case(&case, moment, &answer)
    })
}
