//! `detente agreement`: what blocks an agreement, and what room there is.

use clap::Args;
use detente_analysis::agreement;
use detente_report::answers;

use crate::open::Question;
use crate::output::Failure;
use crate::page::{self, Page};

/// What blocks an agreement: limits that cannot all hold, and the steps that would unblock
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    question: Question,
    #[command(flatten)]
    page: Page,
    /// Replace files that are there already
    #[arg(long)]
    force: bool,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let question = &arguments.question;
    let form = arguments.page.form()?;
    let (case, moment, settings) = question.open()?;
    let agreement = agreement::agreement(&case, moment, settings);
    page::hand_over(form, arguments.force, question, &agreement, || answers::agreement(&case, moment, &agreement))
}
