//! `detente stability`: which outcomes of a conflict would hold.

use std::path::Path;

use clap::{Args, ValueEnum};
use detente_analysis::about::{About, Layer, Settings};
use detente_analysis::stability::single::{NoSingle, Which, single};
use detente_analysis::stability::{self, Asked, NoAnswer};
use detente_case::stability::{CaseModel, StabilityModel, read};
use detente_case::{Findings, Folder, Moment, Record, Severity, bundled};
use detente_report::{answers, drawings, words};
use detente_stability::coalition::Sanctioners;
use detente_stability::{Concept, JointMoves, Returns, Rules, State, Unknowns};

use crate::open::{self, FigureFile, LevelWord, Terminal};
use crate::output::{Failure, say};
use crate::page::{self, Form, Page, Told};
use crate::report;

/// Most states of a model that is listed.
const MOST_STATES: usize = 1 << 28;

/// Which outcomes would hold, by the Graph Model for Conflict Resolution: nobody has a move that it would make, given the answers
///
/// MODEL is a file (.toml, or .gmcr of another program), the name of a bundled model, such as `textbook/chicken`, or a case with models
/// in its folder `stability/`.
#[derive(Args)]
pub struct Arguments {
    /// A model file, the name of a bundled model, or a case
    #[arg(value_name = "MODEL")]
    name: String,
    /// Which model of a case, by the name of its file; needed where there are several
    #[arg(long, value_name = "NAME")]
    model: Option<String>,
    /// Say why these states hold for each side or do not, by their numbers
    #[arg(long, value_name = "STATE", value_delimiter = ',', value_parser = clap::value_parser!(u32).range(1..))]
    why: Vec<u32>,
    /// Say what would have to change for this state to hold, by its number
    #[arg(long, value_name = "STATE", value_parser = clap::value_parser!(u32).range(1..))]
    desired: Option<u32>,
    /// With `--desired`: under which concept it is to hold
    #[arg(long, value_enum, default_value_t = ConceptWord::Sseq, requires = "desired")]
    concept: ConceptWord,
    /// Say of one state alone whether it holds, without listing the others: for models with dozens of options. `now`, or a letter for each option
    /// in the order of the file, Y where it is taken and N where it is not
    #[arg(long, value_name = "STATE", conflicts_with_all = ["why", "desired", "coalitions", "states", "moves", "no_returns", "unknown", "seed", "draws", "svg"])]
    single: Option<String>,
    /// Look at sides that move together: which states hold against every coalition, and who could move from one to another
    #[arg(long)]
    coalitions: bool,
    /// With `--coalitions`: whether the others, too, answer together
    #[arg(long, value_enum, default_value_t = AnswersWord::Single, requires = "coalitions")]
    answers: AnswersWord,
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
    #[command(flatten)]
    figure: FigureFile,
    /// With `--svg`: which figure
    #[arg(long = "figure", value_name = "FIGURE", value_enum, default_value_t = FigureWord::Outcomes, requires = "svg")]
    which: FigureWord,
    #[command(flatten)]
    terminal: Terminal,
}

/// A figure.
#[derive(Clone, Copy, ValueEnum)]
enum FigureWord {
    /// States by the concepts under which they hold
    Outcomes,
    /// From where things stand to the states that would hold, by the fewest moves
    Paths,
    /// The states and the moves between them, of a model with at most 40 states
    States,
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

/// A concept.
#[derive(Clone, Copy, ValueEnum)]
enum ConceptWord {
    /// Nash
    Nash,
    /// General metarationality
    Gmr,
    /// Symmetric metarationality
    Smr,
    /// Sequential stability
    Seq,
    /// Symmetric sequential stability
    Sseq,
}

impl From<ConceptWord> for Concept {
    fn from(word: ConceptWord) -> Self {
        match word {
            ConceptWord::Nash => Concept::Nash,
            ConceptWord::Gmr => Concept::Gmr,
            ConceptWord::Smr => Concept::Smr,
            ConceptWord::Seq => Concept::Seq,
            ConceptWord::Sseq => Concept::Sseq,
        }
    }
}

/// Who answers a coalition by improvements.
#[derive(Clone, Copy, ValueEnum)]
enum AnswersWord {
    /// The others one by one
    Single,
    /// The others one by one or together
    Coalitions,
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
    let settings = Settings { level: arguments.level.into(), seed: arguments.seed, draws: arguments.draws };
    let opened = open(arguments, settings)?;
    let mut findings = opened.findings;
    if let (Some(asked), Some(source)) = (&arguments.single, &opened.source) {
        tell(findings, &opened.folder, &arguments.terminal, false);
        return of_one_state(arguments, form, asked, source, opened.about);
    }
    let lowered = opened.source.as_ref().and_then(|source| stability::lower(source, MOST_STATES, &mut findings));
    let failed = findings.has_errors();
    tell(findings, &opened.folder, &arguments.terminal, failed);
    let (Some(source), Some(lowered)) = (opened.source, lowered) else { return Err(Failure::CaseHasErrors) };
    let asked = Asked {
        rules: rules(arguments),
        why: arguments.why.iter().map(|number| State(number - 1)).collect(),
        all_states: arguments.states,
        desired: arguments.desired.map(|number| (State(number - 1), arguments.concept.into())),
        coalitions: arguments.coalitions.then_some(match arguments.answers {
            AnswersWord::Single => Sanctioners::Single,
            AnswersWord::Coalitions => Sanctioners::Coalitions,
        }),
    };
    let answer = stability::stability(&source, &lowered, &asked, opened.about, settings);
    let answer = answer.map_err(|error| match error {
        NoAnswer::NoState(number) => Failure::Usage(format!(
            "there is no state {number}; the states are numbered from 1 to {}",
            lowered.model.states()
        )),
        error => Failure::NotDone(error.to_string()),
    })?;
    let without = match arguments.which {
        FigureWord::Outcomes => "no state holds under any concept",
        FigureWord::Paths => {
            "the model says no status quo, or is too large to be searched from it, or no state but the status quo would hold"
        }
        FigureWord::States => {
            "states and moves are drawn for at most 40 states and 100 lines; the tables of the page tell more"
        }
    };
    arguments.figure.write_any(without, || match arguments.which {
        FigureWord::Outcomes => drawings::outcomes(&answer, ""),
        FigureWord::Paths => drawings::stability_paths(&answer, ""),
        FigureWord::States => drawings::state_graph(&answer, ""),
    })?;
    let told = Told { json: arguments.json, quiet: arguments.terminal.quiet };
    page::hand_over_as(form, arguments.figure.force, told, &answer, || answers::stability(&answer))
}

/// Whether one state of a model holds.
fn of_one_state(
    arguments: &Arguments,
    form: Option<(&Path, Form)>,
    asked: &str,
    source: &StabilityModel,
    about: About,
) -> Result<(), Failure> {
    let which = if asked.eq_ignore_ascii_case("now") { Which::StatusQuo } else { Which::Letters(asked) };
    let answer = single(source, which, about).map_err(|error| match error {
        NoSingle::Letters { .. } => Failure::Usage(error.to_string()),
        error => Failure::NotDone(error.to_string()),
    })?;
    let told = Told { json: arguments.json, quiet: arguments.terminal.quiet };
    page::hand_over_as(form, arguments.figure.force, told, &answer, || answers::single_state(&answer))
}

/// A model as it was read, and from where.
struct Opened {
    source: Option<StabilityModel>,
    findings: Findings,
    folder: Folder,
    about: About,
}

/// A bundled model, a model file, or a model of a case.
fn open(arguments: &Arguments, settings: Settings) -> Result<Opened, Failure> {
    let name = &arguments.name;
    let path = Path::new(name);
    let bundled = bundled::model(name).map(|(file, bytes)| (file.to_owned(), bytes.to_vec()));
    let is_model =
        path.extension().is_some_and(|end| end.eq_ignore_ascii_case("toml") || end.eq_ignore_ascii_case("gmcr"));
    let (file, bytes) = match bundled {
        Some(found) => found,
        None if is_model && path.is_file() => {
            let bytes = std::fs::read(path);
            (name.clone(), bytes.map_err(|error| Failure::NotDone(format!("{name} cannot be read: {error}")))?)
        }
        None if is_model => return Err(Failure::Usage(format!("there is no file `{name}`"))),
        None => return of_case(arguments, settings),
    };
    if arguments.model.is_some() {
        return Err(Failure::Usage(format!("`--model` chooses a model of a case; `{name}` is a model")));
    }
    let about = About::of_file(Layer::C, "stability", &bytes, settings);
    let folder = Folder::Memory(vec![(file.clone(), bytes.clone())]);
    let mut findings = Findings::default();
    let source = read(&file, bytes, &mut findings);
    if let Some(marking) = source.as_ref().and_then(|source| source.marking)
        && !settings.level.shows(marking)
    {
        return Err(Failure::NotDone(format!(
            "`{name}` is marked {} and the level asked for leaves it out; `--level` shows it",
            marking.word()
        )));
    }
    Ok(Opened { source, findings, folder, about })
}

/// The model of a case that was named, or its only one.
fn of_case(arguments: &Arguments, settings: Settings) -> Result<Opened, Failure> {
    let name = &arguments.name;
    let known = Path::new(name).exists() || bundled::names().contains(&name.as_str());
    if !known {
        return Err(Failure::Usage(format!(
            "`{name}` is neither a model file nor a case. Bundled models: {}. Bundled cases: {}",
            bundled::models().join(", "),
            bundled::names().join(", ")
        )));
    }
    let folder = open::find(name, arguments.terminal.color)?;
    let case = open::open(name, &arguments.terminal)?.into_level(settings.level);
    let names: Vec<&str> = case.stability.iter().map(CaseModel::name).collect();
    let chosen = match (&arguments.model, names.as_slice()) {
        (_, []) => {
            return Err(Failure::NotDone(format!(
                "`{name}` has no stability model at this level; a model is a file in its folder `stability/`"
            )));
        }
        (Some(asked), _) => case.stability.iter().find(|model| model.name().eq_ignore_ascii_case(asked)),
        (None, [_]) => case.stability.iter().next(),
        (None, _) => None,
    };
    let Some(chosen) = chosen else {
        return Err(Failure::Usage(format!("choose a model of `{name}` with `--model`: {}", names.join(", "))));
    };
    let moment = Moment::new(&case, None, None);
    let about = About::new(Layer::C, "stability", true, Record::known_by(&case, moment.known), settings);
    let source = Some(chosen.model.clone());
    Ok(Opened { source, findings: Findings::default(), folder, about })
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
