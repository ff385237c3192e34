//! `detente backtest case`: what could be said at the end of each quarter from rows known by then, and what came next.

use clap::Args;
use detente_analysis::known_then;
use detente_report::{answers, drawings};

use crate::open::{FigureFile, Question};
use crate::output::Failure;
use crate::page::{self, Page};

/// What could be said at the end of each quarter from rows known by then, what came next, and how a plain rule would have done
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
    let result = known_then::known_then(&case, moment, settings);
    arguments.figure.write_any("no quarter of the case had ended", || drawings::known_then(&case, &result))?;
    page::hand_over(form, arguments.figure.force, question, &result, || answers::known_then(&case, moment, &result))
}
