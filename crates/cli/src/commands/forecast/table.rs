//! `detente forecast TABLE`: from a table that stands alone.

use std::path::Path;

use clap::{Args, ValueEnum};
use detente_analysis::About;
use detente_analysis::about::{At, Layer, Settings};
use detente_analysis::forecast::{self, Domain, TableSetting};
use detente_case::stand_table::{self, Reading, StandIssue};
use detente_case::{Diagnostic, Folder};
use detente_forecast::Scale;
use detente_report::{answers, drawings, words};

use super::{Arguments, between, share};
use crate::output::{Failure, say};
use crate::page::{self, Told};
use crate::progress::Progress;
use crate::report;

/// Options that only a table takes: a case says itself what they say.
#[derive(Args)]
pub struct TableOptions {
    /// What kind of negotiation it is: errors have been measured on legislation only; armed-conflict if not given
    #[arg(long, value_enum, help_heading = "For a table")]
    domain: Option<DomainWord>,
    /// The ends of the scale of all issues; 0..100 if not given
    #[arg(long, value_name = "LOW..HIGH", value_parser = scale, allow_hyphen_values = true, help_heading = "For a table")]
    scale: Option<Scale>,
    /// What holds if there is no agreement: NUMBER for all issues, or ISSUE=NUMBER; with it, bargaining is computed
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true, help_heading = "For a table")]
    reference: Vec<String>,
    /// What no agreement costs every actor in the bargaining model, in shares of the scale; 1 if not given
    #[arg(long, value_name = "SHARE", value_parser = at_least_nought, help_heading = "For a table")]
    cost: Option<f64>,
    /// What is done about actors without a salience; mean if not given
    #[arg(long, value_enum, help_heading = "For a table")]
    missing_salience: Option<Missing>,
    /// How strongly numbers of one group hang together, from 0 to 1; 0.5 if not given
    #[arg(long, value_name = "SHARE", value_parser = share, help_heading = "For a table")]
    correlation: Option<f64>,
}

impl TableOptions {
    /// The first of these options that was given.
    pub fn given(&self) -> Option<&'static str> {
        [
            ("--domain", self.domain.is_some()),
            ("--scale", self.scale.is_some()),
            ("--reference", !self.reference.is_empty()),
            ("--cost", self.cost.is_some()),
            ("--missing-salience", self.missing_salience.is_some()),
            ("--correlation", self.correlation.is_some()),
        ]
        .into_iter()
        .find(|(_, given)| *given)
        .map(|(name, _)| name)
    }

    fn scale(&self) -> Scale {
        self.scale.unwrap_or(Scale::PERCENT)
    }
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

fn scale(text: &str) -> Result<Scale, String> {
    let ends = text.split_once("..").map(|(low, high)| (low.trim().parse(), high.trim().parse()));
    match ends {
        Some((Ok(low), Ok(high))) => Scale::new(low, high),
        _ => None,
    }
    .ok_or_else(|| format!("`{text}` is no scale; a scale is written 0..100, the low end first"))
}

fn at_least_nought(text: &str) -> Result<f64, String> {
    between(text, 0.0, 1e6, "a number of at least 0")
}

/// Answers for a table.
pub fn run(arguments: &Arguments, path: &Path) -> Result<(), Failure> {
    let form = arguments.page.form()?;
    let options = &arguments.table;
    let bytes = read_file(path)?;
    let issues = issues(arguments, path, &bytes)?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let setting = TableSetting {
        scale: options.scale(),
        domain: match options.domain.unwrap_or(DomainWord::ArmedConflict) {
            DomainWord::Legislation => Domain::Legislation,
            DomainWord::ArmedConflict => Domain::ArmedConflict,
            DomainWord::Other => Domain::Other,
        },
        title: name.clone(),
        references: references(options, &issues)?,
        correlation: options.correlation.unwrap_or(0.5),
    };
    let question = forecast::of_table(&issues, &setting).map_err(|error| Failure::NotDone(error.to_string()))?;
    let settings = Settings { seed: arguments.seed, draws: arguments.draws, ..Settings::default() };
    let mut about = About::of_file(Layer::C, "forecast", &bytes, settings);
    (about.exact, about.draws) = (false, arguments.draws);
    let how = arguments.setting(options.cost.unwrap_or(1.0));
    let progress = Progress::begin(arguments.terminal.quiet);
    let all = u32::try_from(issues.len()).unwrap_or(u32::MAX).saturating_mul(arguments.draws);
    let answer = forecast::forecast(&question, &how, about, &mut |done| progress.draws(done, all))?;
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

fn issues(arguments: &Arguments, path: &Path, bytes: &[u8]) -> Result<Vec<StandIssue>, Failure> {
    let name = path.display().to_string();
    let reading = Reading {
        scale: (arguments.table.scale().low(), arguments.table.scale().high()),
        salience_needed: arguments.table.missing_salience == Some(Missing::Error),
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
fn references(options: &TableOptions, issues: &[StandIssue]) -> Result<Vec<(String, f64)>, Failure> {
    let mut references: Vec<(String, f64)> = Vec::new();
    // The first point of an issue counts: those for one issue go before one for all.
    let (single, all): (Vec<&String>, Vec<&String>) = options.reference.iter().partition(|text| text.contains('='));
    for text in single.into_iter().chain(all) {
        let (name, number) =
            text.rsplit_once('=').map_or((None, text.as_str()), |(name, number)| (Some(name.trim()), number));
        let point = number.trim().parse().ok().filter(|point| options.scale().holds(*point)).ok_or_else(|| {
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
