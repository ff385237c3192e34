//! `detente unlock`: the least that would unblock.

use clap::Args;
use detente_analysis::unlock;
use detente_report::{answers, drawings};

use crate::open::{FigureFile, Question};
use crate::output::Failure;
use crate::page::{self, Page};

/// The least that would unblock: which limits would have to move, of whom, by how many steps
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
    let unlock = unlock::unlock(&case, moment, settings);
    arguments
        .figure
        .write_any("the limits declared so far exclude no package", || drawings::steps(&case, &unlock.blocks))?;
    page::hand_over(form, arguments.figure.force, question, &unlock, || answers::unlock(&case, moment, &unlock))
}
