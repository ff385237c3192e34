//! `detente forecast`: where models of outcomes point.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use detente_analysis::About;
use detente_analysis::about::{At, Layer, Settings};
use detente_analysis::forecast::{self, Domain, Setting, Shifts, TableSetting};
use detente_case::stand_table::{self, Reading, StandIssue};
use detente_case::{Diagnostic, Folder};
use detente_forecast::Scale;
use detente_report::{answers, drawings, words};

use crate::open::{FigureFile, Terminal};
use crate::output::{Failure, say};
use crate::page::{self, Page, Told};
use crate::progress::Progress;
use crate::report;

/// Forecasts outcomes from positions, salience and capability: models side by side, with what is uncertain
///
/// TABLE is a table (.csv) with the columns `actor` and `position`, and as far as they are known `issue`, `salience` (0 to 1), `capability` and
/// `group`; each number may have a `_low` and a `_high`, a range that is taken to hold in 80 of 100 cases. Numbers of one `group` rest on one source
/// and are wrong together. No model here says whether or when there is an outcome.
#[derive(Args)]
pub struct Arguments {
    /// A table of who stands where
    #[arg(value_name = "TABLE")]
    table: PathBuf,
    /// What kind of negotiation it is: errors have been measured on legislation only
    #[arg(long, value_enum, default_value_t = DomainWord::ArmedConflict)]
    domain: DomainWord,
    /// The ends of the scale of all issues
    #[arg(long, value_name = "LOW..HIGH", default_value = "0..100", value_parser = scale, allow_hyphen_values = true)]
    scale: Scale,
    /// What holds if there is no agreement: NUMBER for all issues, or ISSUE=NUMBER; with it, bargaining is computed
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    reference: Vec<String>,
    /// What no agreement costs every actor in the bargaining model, in shares of the scale
    #[arg(long, value_name = "SHARE", default_value_t = 1.0, value_parser = at_least_nought)]
    cost: f64,
    /// What is done about actors without a salience
    #[arg(long, value_enum, default_value_t = Missing::Mean)]
    missing_salience: Missing,
    /// How strongly numbers of one group hang together, from 0 to 1
    #[arg(long, value_name = "SHARE", default_value_t = 0.5, value_parser = share)]
    correlation: f64,
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

/// What kind of negotiation it is.
#[derive(Clone, Copy, ValueEnum)]
enum DomainWord {
    /// Law-making with a deadline and a voting rule
    Legislation,
    /// Talks to end or limit an armed conflict
    ArmedConflict,
    /// Anything else
    Other,
}

/// What is done about actors without a salience.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Missing {
    /// They get the mean of the others on the issue
    Mean,
    /// It is an error
    Error,
}

/// For which models least shifts are found.
#[derive(Clone, Copy, ValueEnum)]
enum ShiftsWord {
    /// The mean and the median
    Simple,
    /// Also the expected-utility model, which takes longer
    All,
}

fn scale(text: &str) -> Result<Scale, String> {
    let ends = text.split_once("..").map(|(low, high)| (low.trim().parse(), high.trim().parse()));
    match ends {
        Some((Ok(low), Ok(high))) => Scale::new(low, high),
        _ => None,
    }
    .ok_or_else(|| format!("`{text}` is no scale; a scale is written 0..100, the low end first"))
}

fn between(text: &str, least: f64, most: f64, words: &str) -> Result<f64, String> {
    text.parse().ok().filter(|number| (least..=most).contains(number)).ok_or_else(|| format!("`{text}` is not {words}"))
}

fn share(text: &str) -> Result<f64, String> {
    between(text, 0.0, 1.0, "a number from 0 to 1")
}

fn at_least_nought(text: &str) -> Result<f64, String> {
    between(text, 0.0, 1e6, "a number of at least 0")
}

fn hundredths(text: &str) -> Result<f64, String> {
    between(text, 0.01, 100.0, "a number from 0.01 to 100")
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let form = arguments.page.form()?;
    let bytes = read_file(&arguments.table)?;
    let issues = issues(arguments, &bytes)?;
    let name = arguments.table.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let setting = TableSetting {
        scale: arguments.scale,
        domain: match arguments.domain {
            DomainWord::Legislation => Domain::Legislation,
            DomainWord::ArmedConflict => Domain::ArmedConflict,
            DomainWord::Other => Domain::Other,
        },
        title: name.clone(),
        references: references(arguments, &issues)?,
        correlation: arguments.correlation,
    };
    let question = forecast::of_table(&issues, &setting).map_err(|error| Failure::NotDone(error.to_string()))?;
    let settings = Settings { seed: arguments.seed, draws: arguments.draws, ..Settings::default() };
    let mut about = About::of_file(Layer::C, "forecast", &bytes, settings);
    (about.exact, about.draws) = (false, arguments.draws);
    let how = Setting {
        seed: arguments.seed,
        draws: arguments.draws,
        shift: arguments.shift / 100.0,
        shifts: match arguments.shifts {
            ShiftsWord::Simple => Shifts::Simple,
            ShiftsWord::All => Shifts::All,
        },
        cost: arguments.cost,
    };
    let progress = Progress::begin(arguments.terminal.quiet);
    let all = u32::try_from(issues.len()).unwrap_or(u32::MAX).saturating_mul(arguments.draws);
    let answer = forecast::forecast(&question, &how, about, &mut |done| progress.draws(done, all));
    drop(progress);
    arguments.figure.write_any("there is no issue", || drawings::forecast(&answer))?;
    let told = Told { json: arguments.json, quiet: arguments.terminal.quiet };
    page::hand_over_as(form, arguments.figure.force, told, &answer, || {
        let actors: std::collections::BTreeSet<&str> =
            issues.iter().flat_map(|issue| &issue.rows).map(|row| row.actor.as_str()).collect();
        let subtitle = format!(
            "{}, {}.",
            words::count_of(actors.len(), "actor", "actors"),
            words::count_of(issues.len(), "issue", "issues")
        );
        let nowhen = At { at: String::new(), known: String::new(), unknown_after: None };
        answers::forecast(&name, nowhen, &subtitle, &answer)
    })
}

fn read_file(path: &Path) -> Result<Vec<u8>, Failure> {
    const MOST: u64 = 8 << 20;
    let failed =
        |error: std::io::Error| Failure::Usage(format!("{} cannot be read ({})", path.display(), error.kind()));
    let data = std::fs::metadata(path).map_err(failed)?;
    if !data.is_file() {
        return Err(Failure::Usage(format!("{} is no file; a forecast is made from a table (.csv)", path.display())));
    }
    if data.len() > MOST {
        return Err(Failure::NotDone(format!("{} has {} MB; at most 8 MB are read", path.display(), data.len() >> 20)));
    }
    std::fs::read(path).map_err(failed)
}

fn issues(arguments: &Arguments, bytes: &[u8]) -> Result<Vec<StandIssue>, Failure> {
    let name = arguments.table.display().to_string();
    let reading = Reading {
        scale: (arguments.scale.low(), arguments.scale.high()),
        salience_needed: arguments.missing_salience == Missing::Error,
    };
    let tell = |findings: &[Diagnostic]| {
        let folder = Folder::Memory(vec![(name.clone(), bytes.to_vec())]);
        say(report::diagnostics(findings, &folder, arguments.terminal.color.applies()).trim_end());
    };
    match stand_table::read(&name, bytes, reading) {
        Ok((issues, findings)) => {
            if !findings.is_empty() && !arguments.terminal.quiet {
                tell(&findings);
            }
            Ok(issues)
        }
        Err(findings) => {
            tell(&findings);
            Err(Failure::CaseHasErrors)
        }
    }
}

/// Reference points by the names of issues.
fn references(arguments: &Arguments, issues: &[StandIssue]) -> Result<Vec<(String, f64)>, Failure> {
    let mut references: Vec<(String, f64)> = Vec::new();
    // The first point of an issue counts: those for one issue go before one for all.
    let (single, all): (Vec<&String>, Vec<&String>) = arguments.reference.iter().partition(|text| text.contains('='));
    for text in single.into_iter().chain(all) {
        let (name, number) =
            text.rsplit_once('=').map_or((None, text.as_str()), |(name, number)| (Some(name.trim()), number));
        let point = number.trim().parse().ok().filter(|point| arguments.scale.holds(*point)).ok_or_else(|| {
            Failure::Usage(format!("`--reference {text}`: expected a number on the scale, or ISSUE=NUMBER"))
        })?;
        let known = |issue: &&StandIssue| name.is_none_or(|name| issue.name == name);
        let before = references.len();
        references.extend(issues.iter().filter(known).map(|issue| (issue.name.clone(), point)));
        if references.len() == before {
            return Err(Failure::Usage(format!("`--reference {text}`: the table has no such issue")));
        }
    }
    Ok(references)
}
