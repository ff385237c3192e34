//! `detente common`: what the sides have ever had in common.

use clap::Args;
use detente_analysis::common;
use detente_report::answers;

use crate::open::Question;
use crate::output::Failure;
use crate::page::{self, Page};

/// What the sides have ever had in common: options that each has put, who left them, and near misses
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
    let common = common::common(&case, moment, settings);
    page::hand_over(form, arguments.force, question, &common, || answers::common(&case, moment, &common))
}
