//! `detente scenarios`: every analysis again, with factors as scenarios set them.

use clap::Args;
use detente_analysis::scenario;
use detente_report::{answers, drawings};

use crate::open::{FigureFile, Question};
use crate::output::Failure;
use crate::page::{self, Page};
use crate::progress::Progress;

/// What could happen: every analysis again in each scenario, what each factor does, and what to watch
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    question: Question,
    #[command(flatten)]
    page: Page,
    #[command(flatten)]
    figure: FigureFile,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let question = &arguments.question;
    let form = arguments.page.form()?;
    let (case, moment, settings) = question.open()?;
    let progress = Progress::begin(question.terminal.quiet);
    let scenarios = scenario::scenarios(&case, moment, settings, &|done, of| progress.scenarios(done, of))?;
    drop(progress);
    arguments
        .figure
        .write_any("the case has no scenarios: scenarios.toml would", || drawings::scenarios(&case, &scenarios))?;
    page::hand_over(form, arguments.figure.force, question, &scenarios, || {
        answers::scenarios(&case, moment, &scenarios)
    })
}
