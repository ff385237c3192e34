//! `detente agreement`: what blocks an agreement, and what room there is.

use std::time::Duration;

use clap::Args;
use detente_analysis::agreement;
use detente_report::{answers, drawings};

use crate::open::{FigureFile, Question};
use crate::output::Failure;
use crate::page::{self, Page};
use crate::progress::Progress;

/// What blocks an agreement, by the order of options alone, and what room there is, by numbers
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    question: Question,
    #[command(flatten)]
    page: Page,
    #[command(flatten)]
    figure: FigureFile,
    /// Begin no new draws after so many seconds; the number of draws done is told, and only a given number can be repeated
    #[arg(long, value_name = "N")]
    seconds: Option<u32>,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let question = &arguments.question;
    let form = arguments.page.form()?;
    let (case, moment, settings) = question.open()?;
    let progress = Progress::begin(question.terminal.quiet);
    let time = arguments.seconds.map(|seconds| Duration::from_secs(seconds.into()));
    let mut tell = |done| progress.draws(done, settings.draws);
    let agreement = agreement::agreement(&case, moment, settings, time, &mut tell)?;
    drop(progress);
    arguments.figure.write_any("nothing blocks, and words do not become numbers here", || {
        let thresholds = || agreement.values.as_ref().and_then(|values| drawings::thresholds(&case, values));
        drawings::conflict_sets(&case, moment, &agreement.blocks).or_else(thresholds)
    })?;
    page::hand_over(form, arguments.figure.force, question, &agreement, || {
        answers::agreement(&case, moment, &agreement)
    })
}
