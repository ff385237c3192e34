//! `detente agreement`: what blocks an agreement, and what room there is.

use std::time::Duration;

use clap::Args;
use detente_analysis::agreement;
use detente_report::answers;

use crate::open::Question;
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
    /// Replace files that are there already
    #[arg(long)]
    force: bool,
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
    let agreement = agreement::agreement(&case, moment, settings, time, &mut tell);
    drop(progress);
    page::hand_over(form, arguments.force, question, &agreement, || answers::agreement(&case, moment, &agreement))
}
