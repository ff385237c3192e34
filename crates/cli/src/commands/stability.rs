//! `detente stability`: which outcomes of a conflict would hold.

use std::path::Path;

use clap::{Args, ValueEnum};
use detente_analysis::about::{About, Layer, Settings};
use detente_analysis::stability::{self, Asked, NoAnswer};
use detente_case::stability::{StabilityModel, read};
use detente_case::{Findings, Folder, Level, Severity, bundled};
use detente_report::{answers, words};
use detente_stability::{JointMoves, Returns, Rules, State, Unknowns};

use crate::open::{LevelWord, Terminal};
use crate::output::{Failure, say};
use crate::page::{self, Page, Told};
use crate::report;

/// Most states of a model that is listed.
const MOST_STATES: usize = 1 << 28;

/// Which outcomes would hold, by the Graph Model for Conflict Resolution: nobody has a move that it would make, given the answers
///
/// MODEL is a file (.toml, or .gmcr of another program) or the name of a bundled model, such as `textbook/chicken`.
#[derive(Args)]
pub struct Arguments {
    /// A model file, or the name of a bundled model
    #[arg(value_name = "MODEL")]
    model: String,
    /// Say why these states hold for each side or do not, by their numbers
    #[arg(long, value_name = "STATE", value_delimiter = ',', value_parser = clap::value_parser!(u32).range(1..))]
    why: Vec<u32>,
    /// List all states, also of a model with more than 4,096
    #[arg(long)]
    states: bool,
    /// Which moves several opponents can make together
    #[arg(long, value_enum, default_value_t = MovesWord::Canonical)]
    moves: MovesWord,
    /// An answer that only undoes a move does not deter, as in matrix programs
    #[arg(long)]
    no_returns: bool,
    /// The variant for preferences that are not known: a leaves for what is better or unknown and is deterred by what is no better; b leaves
    /// for what is better; c is a, deterred also by what is unknown; d is b, deterred also by what is unknown
    #[arg(long, value_enum, default_value_t = UnknownWord::A)]
    unknown: UnknownWord,
    /// Seed of the random draws
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Number of random draws of what is uncertain about preferences
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(2..=1_000_000))]
    draws: u32,
    /// Which markings may be seen
    #[arg(long, value_enum, default_value_t = LevelWord::Public)]
    level: LevelWord,
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

/// Which moves several opponents can make together.
#[derive(Clone, Copy, ValueEnum)]
enum MovesWord {
    /// Any number, none of them twice in a row
    Canonical,
    /// Each at most one
    EachOnce,
    /// One move of one of them
    SingleMove,
}

/// The variants for preferences that are not known.
#[derive(Clone, Copy, ValueEnum)]
enum UnknownWord {
    /// Leaves for better or unknown, deterred by no better
    A,
    /// Leaves for better, deterred by no better
    B,
    /// Leaves for better or unknown, deterred by no better or unknown
    C,
    /// Leaves for better, deterred by no better or unknown
    D,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let form = arguments.page.form()?;
    let (file, bytes) = bytes(&arguments.model)?;
    let settings = Settings { level: arguments.level.into(), seed: arguments.seed, draws: arguments.draws };
    let about = About::of_file(Layer::C, "stability", &bytes, settings);
    let folder = Folder::Memory(vec![(file.clone(), bytes.clone())]);
    let mut findings = Findings::default();
    let source = read(&file, bytes, &mut findings);
    let lowered = source.as_ref().and_then(|source| stability::lower(source, MOST_STATES, &mut findings));
    let failed = findings.has_errors();
    tell(findings, &folder, &arguments.terminal, failed);
    let (Some(source), Some(lowered)) = (source, lowered) else { return Err(Failure::CaseHasErrors) };
    visible(&source, settings.level, &arguments.model)?;
    let asked = Asked {
        rules: rules(arguments),
        why: arguments.why.iter().map(|number| State(number - 1)).collect(),
        all_states: arguments.states,
    };
    let answer = stability::stability(&source, &lowered, &asked, about, settings).map_err(|error| match error {
        NoAnswer::NoState(number) => Failure::Usage(format!(
            "there is no state {number}; the states are numbered from 1 to {}",
            lowered.model.states()
        )),
        NoAnswer::Analyse(error) => Failure::NotDone(error.to_string()),
    })?;
    let told = Told { json: arguments.json, quiet: arguments.terminal.quiet };
    page::hand_over_as(form, arguments.force, told, &answer, || answers::stability(&answer))
}

fn rules(arguments: &Arguments) -> Rules {
    Rules {
        joint_moves: match arguments.moves {
            MovesWord::Canonical => JointMoves::Canonical,
            MovesWord::EachOnce => JointMoves::EachOnce,
            MovesWord::SingleMove => JointMoves::SingleMove,
        },
        returns: if arguments.no_returns { Returns::DoNotCount } else { Returns::Count },
        unknowns: match arguments.unknown {
            UnknownWord::A => Unknowns::LeavesNotDeterred,
            UnknownWord::B => Unknowns::StaysNotDeterred,
            UnknownWord::C => Unknowns::LeavesDeterred,
            UnknownWord::D => Unknowns::StaysDeterred,
        },
    }
}

/// The name and the content of a model's file.
fn bytes(name: &str) -> Result<(String, Vec<u8>), Failure> {
    if let Some((file, bytes)) = bundled::model(name) {
        return Ok((file.to_owned(), bytes.to_vec()));
    }
    let path = Path::new(name);
    if !path.is_file() {
        return Err(Failure::Usage(format!(
            "`{name}` is neither a file nor a bundled model. Bundled models: {}",
            bundled::models().join(", ")
        )));
    }
    let bytes = std::fs::read(path).map_err(|error| Failure::NotDone(format!("{name} cannot be read: {error}")))?;
    Ok((name.to_owned(), bytes))
}

/// Refuses a model whose marking is above the level asked for.
fn visible(source: &StabilityModel, level: Level, name: &str) -> Result<(), Failure> {
    match source.marking {
        Some(marking) if !level.shows(marking) => Err(Failure::NotDone(format!(
            "`{name}` is marked {} and the level asked for leaves it out; `--level` shows it",
            marking.word()
        ))),
        _ => Ok(()),
    }
}

/// Prints findings: all if one is an error, else the number of warnings and each of them.
fn tell(findings: Findings, folder: &Folder, terminal: &Terminal, failed: bool) {
    let findings = findings.into_sorted();
    let shown: Vec<_> = findings.into_iter().filter(|finding| finding.severity == Severity::Error || !failed).collect();
    if shown.is_empty() || (terminal.quiet && !failed) {
        return;
    }
    say(report::diagnostics(&shown, folder, terminal.color.applies()).trim_end());
    if !failed {
        say(&format!("{}; the answer follows", words::count_of(shown.len(), "warning", "warnings")));
    }
}
