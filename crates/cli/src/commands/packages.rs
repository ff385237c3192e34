//! `detente packages`: the packages of a domain of somebody else's making.

mod text;

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use detente_case::{Diagnostic, Folder, Severity};
use detente_domain::genius::{self, Reading};
use detente_domain::rules::{self, LineRule};
use detente_domain::{Answer, Domain, NoAgreement, Printed, Question, limits, study, table};
use detente_packages::{Exact, number};

use crate::open::Terminal;
use crate::output::{Failure, print, print_json, say, write_file};
use crate::report;

/// Finds the packages that nobody can improve on, and those that stand out, in a domain from elsewhere
///
/// FILE is a table (.csv) with the columns `issue`, `option` and one for each party, or a GENIUS domain (.xml) and after it a
/// profile (.xml) for each party. Nothing is rounded: 0.1 + 0.2 is 0.3.
#[derive(Args)]
pub struct Arguments {
    /// A table of what options are worth, or a GENIUS domain and its profiles
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// What an evaluation in a GENIUS profile means; both are shown if not given
    #[arg(long, value_enum)]
    scores: Option<Scores>,
    /// Divide the weights of each GENIUS profile by their sum
    #[arg(long)]
    normalise_weights: bool,
    /// What each party gets without agreement: reservation, minimum, zero, or `status-quo: issue = option and …`
    #[arg(long, value_name = "RULE", default_value = "reservation")]
    disagreement: String,
    /// With a status quo: what it costs each party that there is no agreement, a number for all or PARTY=NUMBER
    #[arg(long, value_name = "COST")]
    cost: Vec<String>,
    /// A text file of rules that packages obey, one a line: `land = all implies not troops = stay`
    #[arg(long, value_name = "FILE")]
    constraints: Option<PathBuf>,
    /// Over which packages the most that each party can have is taken, for Kalai–Smorodinsky
    #[arg(long, value_enum, default_value_t = IdealWord::Zone)]
    ideal: IdealWord,
    /// Vectors kept at once; beyond it a bound is given instead of the frontier
    #[arg(long, value_name = "N", default_value_t = 200_000, value_parser = clap::value_parser!(u32).range(1..=5_000_000))]
    limit: u32,
    /// Points of the frontier, and packages with the same worth, that are listed
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    list: u32,
    /// Write the domain as a table (.csv) instead
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// Replace a file that is there already
    #[arg(long)]
    force: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    terminal: Terminal,
}

/// What an evaluation means.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Scores {
    /// The number itself
    Raw,
    /// A share of the greatest evaluation of its issue
    Genius,
}

/// Over which packages an ideal is taken.
#[derive(Clone, Copy, ValueEnum)]
enum IdealWord {
    /// Those that every party accepts
    Zone,
    /// All
    All,
}

/// A domain, with its reading if there was a choice.
type Read = (Option<Reading>, Domain);

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let domains = domains(arguments)?;
    if let Some(path) = &arguments.to {
        return write(arguments, path, &domains);
    }
    let mut answers = Vec::new();
    for (place, (reading, domain)) in domains.iter().enumerate() {
        let rules = rules(arguments, domain, place == 0)?;
        let question = Question {
            scores: reading.map(Reading::name),
            no_agreement: no_agreement(arguments, domain)?,
            ideal: match arguments.ideal {
                IdealWord::Zone => detente_domain::Ideal::Zone,
                IdealWord::All => detente_domain::Ideal::All,
            },
            limit: arguments.limit as usize,
            list: arguments.list as usize,
        };
        answers.push(study(domain, &rules, &question).map_err(|error| Failure::NotDone(error.to_string()))?);
    }
    let chosen = arguments.scores.is_some() || domains.iter().all(|(reading, _)| reading.is_none());
    let differ = differ(&answers);
    if !arguments.json {
        return print(&text::text(&answers, differ));
    }
    match (chosen, answers.pop()) {
        (true, Some(answer)) => print_json(&Printed::One(Box::new(answer))),
        (_, last) => print_json(&Printed::Readings { readings: answers.into_iter().chain(last).collect(), differ }),
    }
}

/// Whether readings have other frontiers or single other packages out.
fn differ(answers: &[Answer]) -> bool {
    let outcome = |answer: &Answer| {
        let frontier = answer.frontier.as_ref().map(|frontier| {
            let packages = frontier.vectors.iter().map(|vector| vector.first.clone());
            (frontier.points, frontier.packages.clone(), packages.collect::<Vec<_>>())
        });
        let found = answer.found.iter().map(|found| {
            let packages = found.tied.iter().map(|vector| vector.first.clone());
            (found.state, packages.collect::<Vec<_>>())
        });
        (frontier, found.collect::<Vec<_>>())
    };
    answers.windows(2).any(|pair| outcome(&pair[0]) != outcome(&pair[1]))
}

fn read_file(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed =
        |error: std::io::Error| Failure::Usage(format!("{} cannot be read ({})", path.display(), error.kind()));
    let data = std::fs::metadata(path).map_err(failed)?;
    if !data.is_file() {
        return Err(Failure::Usage(format!("{} is no file", path.display())));
    }
    if data.len() > limits::BYTES as u64 {
        return Err(Failure::NotDone(format!(
            "{} has {} MB; at most {} MB are read",
            path.display(),
            data.len() >> 20,
            limits::BYTES >> 20
        )));
    }
    std::fs::read(path).map_err(failed)
}

/// The domain of the files, in each reading that is asked for.
fn domains(arguments: &Arguments) -> Result<Vec<Read>, Failure> {
    let ending = |path: &Path| path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let bytes = arguments.files.iter().map(|path| read_file(path)).collect::<Result<Vec<_>, _>>()?;
    let names: Vec<String> = arguments.files.iter().map(|path| path.display().to_string()).collect();
    let files: Vec<genius::File<'_>> = names.iter().map(String::as_str).zip(bytes.iter().map(Vec::as_slice)).collect();
    let refused = |findings: Vec<Diagnostic>| {
        tell(&findings, &files, arguments);
        Failure::CaseHasErrors
    };
    let endings: Vec<String> = arguments.files.iter().map(|path| ending(path)).collect();
    if endings.iter().all(|ending| ending == "xml") {
        let (domain, profiles) = files.split_first().ok_or_else(|| Failure::Usage("no file is named".to_owned()))?;
        let genius = genius::read(*domain, profiles).map_err(refused)?;
        let readings = match arguments.scores {
            Some(Scores::Raw) => vec![Reading::Raw],
            Some(Scores::Genius) => vec![Reading::Genius],
            None => vec![Reading::Raw, Reading::Genius],
        };
        let mut remarks = genius.remarks(arguments.normalise_weights);
        let mut domains = Vec::new();
        for reading in readings {
            let (domain, warnings) = genius.domain(reading, arguments.normalise_weights);
            remarks.extend(warnings);
            domains.push((Some(reading), domain));
        }
        if !arguments.terminal.quiet {
            tell(&remarks, &files, arguments);
        }
        return Ok(domains);
    }
    if let ([file], [ending]) = (files.as_slice(), endings.as_slice())
        && ["csv", "tsv", "txt"].contains(&ending.as_str())
    {
        if arguments.scores.is_some() || arguments.normalise_weights {
            return Err(Failure::Usage(
                "`--scores` and `--normalise-weights` are for GENIUS profiles; a table says what options are worth"
                    .to_owned(),
            ));
        }
        return Ok(vec![(None, table::read(*file).map_err(refused)?)]);
    }
    Err(Failure::Usage(
        "name one table (.csv), or a GENIUS domain (.xml) and after it a profile (.xml) for each party".to_owned(),
    ))
}

/// Findings on standard error, with the lines of the files.
fn tell(findings: &[Diagnostic], files: &[genius::File<'_>], arguments: &Arguments) {
    if findings.is_empty() {
        return;
    }
    let folder = Folder::Memory(files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect());
    say(report::diagnostics(findings, &folder, arguments.terminal.color.applies()).trim_end());
}

fn rules(arguments: &Arguments, domain: &Domain, aloud: bool) -> Result<Vec<LineRule>, Failure> {
    let Some(path) = &arguments.constraints else { return Ok(Vec::new()) };
    let (name, bytes) = (path.display().to_string(), read_file(path)?);
    let file = (name.as_str(), bytes.as_slice());
    match rules::read(file, domain) {
        Ok((rules, warnings)) => {
            if aloud && !arguments.terminal.quiet {
                tell(&warnings, &[file], arguments);
            }
            Ok(rules)
        }
        Err(findings) => {
            let quiet = |finding: &Diagnostic| !arguments.terminal.quiet || finding.severity == Severity::Error;
            let findings: Vec<Diagnostic> = findings.into_iter().filter(quiet).collect();
            tell(&findings, &[file], arguments);
            Err(Failure::CaseHasErrors)
        }
    }
}

fn no_agreement(arguments: &Arguments, domain: &Domain) -> Result<NoAgreement, Failure> {
    let rule = arguments.disagreement.trim();
    let plain = match rule {
        "reservation" => Some(NoAgreement::Reservation),
        "minimum" => Some(NoAgreement::Minimum),
        "zero" => Some(NoAgreement::Zero),
        _ => None,
    };
    if let Some(plain) = plain {
        if !arguments.cost.is_empty() {
            return Err(Failure::Usage("`--cost` goes with `--disagreement 'status-quo: …'`".to_owned()));
        }
        return Ok(plain);
    }
    let Some(package) = rule.strip_prefix("status-quo:") else {
        return Err(Failure::Usage(format!(
            "`{rule}` is no rule for what each party gets without agreement; the rules are reservation, minimum, zero and `status-quo: issue = option and issue = option`"
        )));
    };
    let package = rules::package(package, domain).map_err(|why| Failure::Usage(format!("status quo: {why}")))?;
    Ok(NoAgreement::StatusQuo { package, cost: cost(arguments, domain)? })
}

/// What no agreement costs each party. That it costs nothing is said, never assumed.
fn cost(arguments: &Arguments, domain: &Domain) -> Result<Vec<Exact>, Failure> {
    let mut costs: Vec<Option<Exact>> = vec![None; domain.parties.len()];
    for text in &arguments.cost {
        let (party, amount) =
            text.rsplit_once('=').map_or((None, text.as_str()), |(party, amount)| (Some(party.trim()), amount));
        let amount = number::parse(amount).filter(|amount| *amount >= Exact::from_integer(0.into()));
        let Some(amount) = amount else {
            return Err(Failure::Usage(format!("`--cost {text}`: expected a number of at least 0, or PARTY=NUMBER")));
        };
        match party {
            None => costs.iter_mut().for_each(|cost| *cost = Some(amount.clone())),
            Some(name) => {
                let Some(place) = domain.parties.iter().position(|party| party.name == name) else {
                    return Err(Failure::Usage(format!("`--cost {text}`: there is no party `{name}`")));
                };
                costs[place] = Some(amount);
            }
        }
    }
    let missing = costs.iter().position(Option::is_none);
    match missing {
        Some(place) => Err(Failure::Usage(format!(
            "what does it cost {} that there is no agreement? `--cost {}=NUMBER`; `--cost 0` says that it costs nobody anything",
            domain.parties[place].name, domain.parties[place].name
        ))),
        None => Ok(costs.into_iter().flatten().collect()),
    }
}

/// Writes the domain as a table.
fn write(arguments: &Arguments, path: &Path, domains: &[Read]) -> Result<(), Failure> {
    if !path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv")) {
        return Err(Failure::Usage(format!("a table is written as .csv; {} has another ending", path.display())));
    }
    let [(_, domain)] = domains else {
        return Err(Failure::Usage("a table holds one reading: `--scores raw` or `--scores genius`".to_owned()));
    };
    let bytes = table::write(domain).map_err(|error| Failure::NotDone(error.to_string()))?;
    write_file(path, &bytes, arguments.force)?;
    if !arguments.terminal.quiet {
        let options: usize = domain.issues.iter().map(|issue| issue.options.len()).sum();
        say(&format!(
            "{} written: {} issues, {options} options, {} parties.",
            path.display(),
            domain.issues.len(),
            domain.parties.len()
        ));
    }
    Ok(())
}
