//! `detente unlock`: the least that would unblock.

use clap::Args;
use detente_analysis::unlock;
use detente_report::answers;

use crate::open::Question;
use crate::output::Failure;
use crate::page::{self, Page};

/// The least that would unblock: which limits would have to move, of whom, by how many steps
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
    let unlock = unlock::unlock(&case, moment, settings);
    page::hand_over(form, arguments.force, question, &unlock, || answers::unlock(&case, moment, &unlock))
}
