//! `detente forecast`: where models of outcomes point.

mod case;
mod table;

use std::path::Path;

use clap::{Args, ValueEnum};
use detente_analysis::forecast::{Setting, Shifts};

use crate::open::{FigureFile, Terminal};
use crate::output::Failure;
use crate::page::Page;

/// Forecasts outcomes from positions, salience and capability: models side by side, with what is uncertain
///
/// From a case, positions are those of the day, and capabilities and salience what its files state; without capabilities.csv all weigh the same.
/// A table (.csv) has the columns `actor` and `position`, and as far as they are known `issue`, `salience` (0 to 1), `capability` and
/// `group`; each number may have a `_low` and a `_high`, a range that is taken to hold in 80 of 100 cases. Numbers of one `group` rest on one source
/// and are wrong together. No model here says whether or when there is an outcome.
#[derive(Args)]
pub struct Arguments {
    /// A folder, a workbook (.xlsx) that `export` made, the name of a bundled case, or a table of who stands where (.csv)
    #[arg(value_name = "CASE|TABLE")]
    of: String,
    #[command(flatten)]
    case: case::CaseOptions,
    #[command(flatten)]
    table: table::TableOptions,
    /// By how many hundredths of the scale a least shift moves the forecast
    #[arg(long, value_name = "N", default_value_t = 5.0, value_parser = hundredths)]
    shift: f64,
    /// For which models least shifts are found
    #[arg(long, value_enum, default_value_t = ShiftsWord::Simple)]
    shifts: ShiftsWord,
    /// Seed of the random draws
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Number of random draws; models in rounds get a tenth, but at least 250
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(2..=1_000_000))]
    draws: u32,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    page: Page,
    #[command(flatten)]
    figure: FigureFile,
    #[command(flatten)]
    terminal: Terminal,
}

/// For which models least shifts are found.
#[derive(Clone, Copy, ValueEnum)]
enum ShiftsWord {
    /// The mean and the median
    Simple,
    /// Also the expected-utility model, which takes longer
    All,
}

fn between(text: &str, least: f64, most: f64, words: &str) -> Result<f64, String> {
    text.parse().ok().filter(|number| (least..=most).contains(number)).ok_or_else(|| format!("`{text}` is not {words}"))
}

fn share(text: &str) -> Result<f64, String> {
    between(text, 0.0, 1.0, "a number from 0 to 1")
}

fn hundredths(text: &str) -> Result<f64, String> {
    between(text, 0.01, 100.0, "a number from 0.01 to 100")
}

impl Arguments {
    /// How the question is answered, at a cost of no agreement.
    fn setting(&self, cost: f64) -> Setting {
        Setting {
            seed: self.seed,
            draws: self.draws,
            shift: self.shift / 100.0,
            shifts: match self.shifts {
                ShiftsWord::Simple => Shifts::Simple,
                ShiftsWord::All => Shifts::All,
            },
            cost,
        }
    }
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let path = Path::new(&arguments.of);
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    let is_table = extension.is_some_and(|extension| ["csv", "tsv", "txt"].contains(&extension.as_str()));
    let (given, of) = if is_table { (arguments.case.given(), "a case") } else { (arguments.table.given(), "a table") };
    if let Some(option) = given {
        let name = &arguments.of;
        return Err(Failure::Usage(format!("`{option}` is for {of}, and `{name}` is none; leave it out")));
    }
    if is_table { table::run(arguments, path) } else { case::run(arguments) }
}
