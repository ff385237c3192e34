//! `detente backtest deu`: every model on the DEU table.

use std::path::PathBuf;

use clap::Args;
use detente_analysis::About;
use detente_analysis::about::{Layer, Settings};
use detente_backtest::{DeuAnswer, Setting, deu, run as measure};
use detente_report::answers;

use crate::open::Terminal;
use crate::output::Failure;
use crate::page::{self, Page, Told};

/// On the DEU table: law-making in the European Union, with positions, salience and outcomes
///
/// FILE is the tab-separated table of DEU III, which is not part of this program (doi:10.34810/data53). Every model is measured beside yardsticks that know
/// nothing of the actors; intervals come from all other proposals.
#[derive(Args)]
pub struct Arguments {
    /// The table
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Seed of the resamples
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Number of resamples of proposals
    #[arg(long, value_name = "N", default_value_t = 2000, value_parser = clap::value_parser!(u32).range(100..=100_000))]
    resamples: u32,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    page: Page,
    /// Replace files that are there already
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    terminal: Terminal,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    const MOST: u64 = 16 << 20;
    let form = arguments.page.form()?;
    let shown = arguments.file.display();
    let failed = |error: std::io::Error| Failure::Usage(format!("{shown} cannot be read ({})", error.kind()));
    let data = std::fs::metadata(&arguments.file).map_err(failed)?;
    if !data.is_file() || data.len() > MOST {
        return Err(Failure::Usage(format!("{shown} is no file of at most 16 MB")));
    }
    let bytes = std::fs::read(&arguments.file).map_err(failed)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| Failure::NotDone(format!("{shown} is not UTF-8 text")))?;
    let issues = deu::read(text).map_err(|error| Failure::NotDone(format!("{shown}: {error}")))?;
    let setting = Setting { seed: arguments.seed, resamples: arguments.resamples };
    let result = measure(&issues, setting)
        .ok_or_else(|| Failure::NotDone(format!("{shown}: no issue has an outcome, so nothing can be measured")))?;
    let settings = Settings { seed: arguments.seed, draws: arguments.resamples, ..Settings::default() };
    let mut about = About::of_file(Layer::C, "backtest", &bytes, settings);
    (about.exact, about.draws) = (false, arguments.resamples);
    let answer = DeuAnswer::new(result, about);
    let told = Told { json: arguments.json, quiet: arguments.terminal.quiet };
    page::hand_over_as(form, arguments.force, told, &answer, || answers::deu(&answer))
}
