//! Which outcomes of a model would hold.

mod coalitions;
mod desired;
mod how_sure;
mod model;
mod reorder;
mod single;
mod status_quo;
mod why;

use detente_analysis::about::{About, At};
use detente_analysis::stability::robust::Robustness;
use detente_analysis::stability::told::{ByConcept, Stability, StateNow};
use detente_case::Level;

pub(crate) use model::Put;
pub use single::single_state;

use super::section;
use crate::document::{Block, Cell, Document, Point, Section, Sentence, Table, paragraph};
use crate::drawings;
use crate::figure::Figure;
use crate::words;

/// The most states in a table.
const MOST_ROWS: usize = 60;
/// The most state numbers in a cell or a sentence.
const MOST_NUMBERS: usize = 24;

/// The concepts: their key, their short name, and what each says.
pub(crate) const CONCEPTS: [(&str, &str, &str); 5] = [
    ("nash", "Nash", "nobody can move alone to a state that it prefers, answers left out"),
    (
        "gmr",
        "GMR",
        "every such move could be answered by the others with something no better for the one who moved, even at a cost to themselves (general metarationality)",
    ),
    ("smr", "SMR", "the same, and the one who moved could not get out of that answer (symmetric metarationality)"),
    (
        "seq",
        "SEQ",
        "every such move would be answered by moves that each improve matters for those who make them (sequential stability)",
    ),
    (
        "sseq",
        "SSEQ",
        "the same, and the one who moved could not get out of that answer (symmetric sequential stability)",
    ),
];

/// The answer as a document.
#[must_use]
pub fn stability(answer: &Stability) -> Document {
    of_one(answer, "")
}

/// The same with figures that carry the name of the model, for a page that tells of several.
pub(crate) fn of_one(answer: &Stability, model: &str) -> Document {
    let page = Page { answer };
    let mut sections = vec![section("in-short", "In short", page.in_short())];
    let mut states = page.states();
    states.extend(figures([drawings::outcomes(answer, model), drawings::state_graph(answer, model)]));
    sections.push(section("states", "Which states would hold", states));
    if !answer.why.is_empty() {
        sections.push(section("why", "Why", page.why()));
    }
    if let Some(inverse) = &answer.inverse {
        sections.push(section("desired", "What would have to change", page.desired(inverse)));
    }
    if let Some(from) = &answer.from_status_quo {
        let mut blocks = page.since_status_quo(from);
        blocks.extend(figures([drawings::stability_paths(answer, model)]));
        sections.push(section("status-quo", "From where things stand", blocks));
    }
    if let Some(coalitions) = &answer.coalitions {
        sections.push(section("coalitions", "If sides move together", page.coalitions(coalitions)));
    }
    if let Some(robustness) = &answer.robustness {
        sections.push(section("how-sure", "How far it depends on what is assumed", page.how_sure(robustness)));
    }
    if !answer.without.is_empty() {
        sections.push(section("statements", "Which statements decide it", page.without()));
    }
    sections.push(section("for-each", "For each side", page.for_each()));
    sections.push(section("prefers", "What each side is taken to prefer", page.prefers(Put::AsWritten)));
    sections.push(page.model());
    let size = format!(
        "{}, {}",
        words::count_of(answer.decision_makers.len(), "side", "sides"),
        words::count_of(answer.count, "state", "states")
    );
    of_model(
        format!("Which outcomes would hold: {}", answer.title),
        &size,
        answer.at.as_deref(),
        sections,
        &answer.about,
    )
}

/// A document about a model, with the day of which it speaks and the level at which it was computed.
fn of_model(title: String, size: &str, at: Option<&str>, sections: Vec<Section>, about: &About) -> Document {
    let day = at.and_then(|at| at.parse().ok()).map(|day| format!(" As of {}.", words::day(day)));
    let moment = at.unwrap_or_default().to_owned();
    Document {
        title,
        subtitle: format!("{size}.{}", day.unwrap_or_default()),
        moment: At { at: moment.clone(), known: moment, unknown_after: None },
        banners: match about.level {
            Level::Public => Vec::new(),
            level => vec![crate::brief::level_banner(level)],
        },
        sections,
        about: about.clone(),
    }
}

/// Figures as blocks, those that there are.
pub(crate) fn figures<const N: usize>(figures: [Option<Figure>; N]) -> impl Iterator<Item = Block> {
    figures.into_iter().flatten().map(|figure| Block::Figure(Box::new(figure)))
}

/// The answer, and the names of everything in it: what the page and the brief share.
#[derive(Clone, Copy)]
pub(crate) struct Page<'a> {
    pub(crate) answer: &'a Stability,
}

impl Page<'_> {
    /// A state; none if the states are not listed.
    pub(crate) fn state(&self, number: u64) -> Option<&StateNow> {
        let states = self.answer.states.as_ref()?;
        states.get(usize::try_from(number).ok()?.checked_sub(1)?)
    }

    /// What a state is, in words; empty if the states are not listed.
    pub(crate) fn words_of(&self, number: u64) -> String {
        let Some(state) = self.state(number) else { return String::new() };
        if !state.name.is_empty() {
            return state.name.clone();
        }
        if self.answer.options.is_empty() {
            return String::new();
        }
        let taken = self.answer.options.iter().zip(state.options.chars()).filter(|(_, letter)| *letter == 'Y');
        let taken: Vec<String> = taken.map(|(option, _)| option.label.clone()).collect();
        if taken.is_empty() { "nothing of it is done".to_owned() } else { taken.join("; ") }
    }

    /// "state 5 (Withdraw)".
    pub(crate) fn named(&self, number: u64) -> String {
        match self.words_of(number) {
            words if words.is_empty() => format!("state {number}"),
            words => format!("state {number} ({words})"),
        }
    }

    /// The name of a side.
    pub(crate) fn side(&self, id: &str) -> String {
        let found = self.answer.decision_makers.iter().find(|maker| maker.id == id);
        found.map_or_else(|| id.to_owned(), |maker| maker.name.clone())
    }

    fn in_short(&self) -> Vec<Block> {
        let explained = Sentence::plain(
            "A state says of every option whether it is taken. Here it holds if no side has a move alone that it would make, \
             given what the others would answer. This follows from who can move where and in which order each side likes the \
             states; it says nothing of how likely a state is.",
        );
        vec![Block::Points { points: self.most_told() }, paragraph(vec![explained])]
    }

    /// What would hold, whether what is the case does, and how far that depends on assumptions.
    pub(crate) fn most_told(&self) -> Vec<Point> {
        let answer = self.answer;
        let mut points = Vec::new();
        let strong = &answer.equilibria.sseq;
        let text = match strong.as_slice() {
            [] => "No state would hold against every move that a side would like, if the others answer only with moves that they like themselves.".to_owned(),
            [only] => format!(
                "One state would hold if the others answer only with moves that they like themselves: {}.",
                self.named(*only)
            ),
            some => format!(
                "{} would hold if the others answer only with moves that they like themselves: {}.",
                words::sentence_case(&words::count_of(some.len(), "state", "states")),
                words::list_some(&some.iter().map(|number| self.named(*number)).collect::<Vec<_>>(), 6)
            ),
        };
        points.push(Point { lead: "What would hold.".into(), sentences: vec![Sentence::counted(text)] });
        let nash = numbers(&answer.equilibria.nash);
        points.push(Point {
            lead: "Without any answer.".into(),
            sentences: vec![Sentence::counted(if nash.is_empty() {
                "In every state some side could gain by moving alone, if nobody answered.".to_owned()
            } else {
                format!("Nobody could gain by moving alone, even if nobody answered, in: {nash}.")
            })],
        });
        if let Some(status_quo) = answer.status_quo {
            let holds: Vec<String> = CONCEPTS
                .iter()
                .filter(|(key, ..)| of(&answer.equilibria, key).contains(&status_quo))
                .map(|(_, name, _)| (*name).to_owned())
                .collect();
            let verdict = if holds.is_empty() {
                "It would hold under none of the concepts".to_owned()
            } else if holds.len() == CONCEPTS.len() {
                "It would hold under each of the five concepts".to_owned()
            } else {
                format!("It would hold under {}", words::list(&holds))
            };
            points.push(Point {
                lead: "Where things stand.".into(),
                sentences: [format!("The model begins in {}. {verdict}.", self.named(status_quo))]
                    .into_iter()
                    .chain(self.share_of_now(status_quo))
                    .map(Sentence::counted)
                    .collect(),
            });
        }
        if let Some(robustness) = &answer.robustness {
            points.push(self.most_often(robustness));
        }
        points
    }

    /// In how many draws what is the case holds.
    fn share_of_now(&self, status_quo: u64) -> Option<String> {
        let robustness = self.answer.robustness.as_ref()?;
        let share = robustness.shares.iter().find(|share| share.state == status_quo);
        let share = share.map_or(0.0, |share| share.by_concept.sseq.share);
        Some(format!(
            "It holds in {} of {} draws of what is uncertain about preferences.",
            words::percent(share),
            robustness.draws
        ))
    }

    fn most_often(&self, robustness: &Robustness) -> Point {
        let mut shares: Vec<(u64, f64)> =
            robustness.shares.iter().map(|share| (share.state, share.by_concept.sseq.share)).collect();
        shares.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        let told: Vec<String> = shares
            .iter()
            .filter(|(_, share)| *share > 0.0)
            .take(5)
            .map(|(state, share)| format!("{} in {}", self.named(*state), words::percent(*share)))
            .collect();
        let text = if told.is_empty() {
            format!(
                "In none of {} draws of what is uncertain about preferences does any state hold in that sense.",
                robustness.draws
            )
        } else {
            format!(
                "Over {} draws of what is uncertain about preferences, these hold most often in that sense: {}.",
                robustness.draws,
                told.join("; ")
            )
        };
        Point { lead: "How far it depends on assumptions.".into(), sentences: vec![Sentence::counted(text)] }
    }

    fn states(&self) -> Vec<Block> {
        let answer = self.answer;
        let mut listed: Vec<u64> = CONCEPTS.iter().flat_map(|(key, ..)| of(&answer.equilibria, key)).copied().collect();
        listed.extend(answer.status_quo);
        listed.sort_unstable();
        listed.dedup();
        let more = listed.len().saturating_sub(MOST_ROWS);
        let note = match more {
            0 => String::new(),
            more => format!("; {more} more stand in the JSON"),
        };
        let with_options = !answer.options.is_empty() && answer.states.is_some();
        let mut columns: Vec<String> = vec!["State".into()];
        if with_options {
            columns.push("Options".into());
        }
        columns.push("What it is".into());
        columns.extend(CONCEPTS.iter().map(|(_, name, _)| (*name).to_owned()));
        let row = |number: &u64| {
            let mut cells = vec![Cell::from(match answer.status_quo == Some(*number) {
                true => format!("{number} (now)"),
                false => number.to_string(),
            })];
            if with_options {
                cells.push(self.state(*number).map(|state| state.options.clone()).unwrap_or_default().into());
            }
            cells.push(self.words_of(*number).into());
            cells.extend(CONCEPTS.iter().map(|(key, ..)| {
                Cell::from(if of(&answer.equilibria, key).binary_search(number).is_ok() { "holds" } else { "–" })
            }));
            cells
        };
        let mut blocks = vec![Block::Table(Table {
            caption: format!("States that would hold under some concept{note}"),
            columns,
            rows: listed.iter().take(MOST_ROWS).map(row).collect(),
        })];
        if with_options {
            let letters = answer.options.iter().map(|option| option.label.clone()).collect::<Vec<_>>();
            blocks.push(paragraph(vec![Sentence::plain(format!(
                "The letters stand for the options in this order, Y where one is taken: {}.",
                letters.join("; ")
            ))]));
        }
        blocks.push(self.concepts());
        blocks.extend(self.by_structure());
        blocks
    }

    /// What each concept says.
    pub(crate) fn concepts(&self) -> Block {
        let concepts = CONCEPTS.iter().map(|(_, name, what)| Point {
            lead: format!("{name}."),
            sentences: vec![Sentence::plain(format!("{}.", words::sentence_case(what)))],
        });
        Block::Points { points: concepts.collect() }
    }

    /// States that hold because nobody can move.
    fn by_structure(&self) -> Option<Block> {
        let states = self.answer.states.as_ref()?;
        let still: Vec<u64> = states
            .iter()
            .filter(|state| state.no_moves.len() == self.answer.decision_makers.len())
            .map(|state| state.number)
            .collect();
        let text = match still.len() {
            0 => return None,
            1 => format!("State {} holds whatever anybody prefers: nobody can move from it.", numbers(&still)),
            _ => format!("These hold whatever anybody prefers, since nobody can move from them: {}.", numbers(&still)),
        };
        Some(paragraph(vec![Sentence::counted(text)]))
    }
}

/// The value of a concept by its key.
pub(crate) fn of<'a, T>(all: &'a ByConcept<T>, key: &str) -> &'a T {
    match key {
        "nash" => &all.nash,
        "gmr" => &all.gmr,
        "smr" => &all.smr,
        "seq" => &all.seq,
        _ => &all.sseq,
    }
}

fn numbers(all: &[u64]) -> String {
    let told: Vec<String> = all.iter().take(MOST_NUMBERS).map(u64::to_string).collect();
    let more = all.len().saturating_sub(MOST_NUMBERS);
    match more {
        0 => told.join(", "),
        more => format!("{} and {more} more", told.join(", ")),
    }
}

fn points(share: f64) -> String {
    format!("{:.0}", (share * 100.0).ceil())
}
