//! `detente claims`: whether an analyst's story follows from the rows.

use clap::Args;
use detente_analysis::claims::{self, Verdict};
use detente_report::answers;

use crate::open::Question;
use crate::output::{Failure, say};
use crate::page::{self, Page};

/// Whether an analyst's claims follow from the rows: supported, not supported, not determined, or no data
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    question: Question,
    /// Claims by their ids; all of them if none is named
    #[arg(value_name = "CLAIM")]
    claims: Vec<String>,
    /// End with exit code 1 unless every claim is supported: for a team's own checks
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    page: Page,
    /// Overwrite a file that is there
    #[arg(long)]
    force: bool,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let question = &arguments.question;
    let form = arguments.page.form()?;
    let (case, moment, settings) = question.open()?;
    if let Some(unknown) = arguments.claims.iter().find(|id| case.claim(id).is_none()) {
        let known: Vec<&str> = case.claims.iter().map(|claim| &*claim.id).collect();
        let known =
            if known.is_empty() { "the case has none".to_owned() } else { format!("claims are {}", known.join(", ")) };
        return Err(Failure::Usage(format!("no claim has the id `{unknown}`; {known}")));
    }
    let tested = claims::claims(&case, moment, settings).only(&arguments.claims);
    page::hand_over(form, arguments.force, question, &tested, || answers::claims(&case, moment, &tested))?;
    let others = tested.claims.iter().filter(|claim| claim.verdict != Verdict::Supported).count();
    if arguments.strict && others > 0 {
        let all = tested.claims.len();
        say(&format!("--strict: {others} of {all} claims are not supported by the rows"));
        return Err(Failure::CaseHasErrors);
    }
    Ok(())
}
