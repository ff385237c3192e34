//! `detente common`: what the sides have ever had in common.

use clap::Args;
use detente_analysis::common;
use detente_report::{answers, drawings};

use crate::open::{FigureFile, Question};
use crate::output::Failure;
use crate::page::{self, Page};

/// What the sides have ever had in common: options that each has put, who left them, and near misses
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
    let common = common::common(&case, moment, settings);
    arguments.figure.write(|| drawings::common_ground(&case, &common))?;
    page::hand_over(form, arguments.figure.force, question, &common, || answers::common(&case, moment, &common))
}
