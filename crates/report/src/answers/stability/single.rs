//! Whether one state of a large model holds.

use detente_analysis::stability::single::{SideOfState, SingleState, Verdict};

use super::{CONCEPTS, of, of_model};
use crate::answers::section;
use crate::document::{Block, Cell, Document, Point, Sentence, Table, paragraph};
use crate::words;

/// The answer as a document.
#[must_use]
pub fn single_state(answer: &SingleState) -> Document {
    let size = format!(
        "{}, {}",
        words::count_of(answer.sides.len(), "side", "sides"),
        words::count_of(answer.options.len(), "option", "options")
    );
    let sections = vec![
        section("in-short", "In short", in_short(answer)),
        section("for-each", "For each side", for_each(answer)),
        section("options", "Options", vec![options(answer)]),
    ];
    of_model(
        format!("Whether one state would hold: {}", answer.title),
        &size,
        answer.at.as_deref(),
        sections,
        &answer.about,
    )
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Holds => "holds",
        Verdict::DoesNotHold => "does not hold",
        Verdict::NotDecided => "not decided",
    }
}

/// “A; B”, the options that are taken.
fn taken(answer: &SingleState, letters: &str) -> String {
    let taken = answer.options.iter().zip(letters.chars()).filter(|(_, letter)| *letter == 'Y');
    let taken: Vec<&str> = taken.map(|(option, _)| option.label.as_str()).collect();
    if taken.is_empty() { "nothing of it is done".to_owned() } else { taken.join("; ") }
}

/// What of its own a side would change to come to a state.
fn change(answer: &SingleState, to: &str) -> String {
    let changed = |from: char, to_letter: char| {
        let letters = answer.options.iter().zip(answer.state.chars().zip(to.chars()));
        let those = letters.filter(|(_, both)| *both == (from, to_letter));
        words::list_some(&those.map(|(option, _)| format!("“{}”", option.label)).collect::<Vec<_>>(), 6)
    };
    let (taken, given_up) = (changed('N', 'Y'), changed('Y', 'N'));
    match (taken.is_empty(), given_up.is_empty()) {
        (false, true) => format!("taking {taken}"),
        (true, _) => format!("giving up {given_up}"),
        (false, false) => format!("taking {taken} and giving up {given_up}"),
    }
}

fn in_short(answer: &SingleState) -> Vec<Block> {
    let by = |verdict: Verdict| -> Vec<String> {
        let those = CONCEPTS.iter().filter(|(key, ..)| *of(&answer.holds, key) == verdict);
        those.map(|(_, name, _)| (*name).to_owned()).collect()
    };
    let mut sentences =
        vec![Sentence::counted(format!("The state is {}: {}.", answer.state, taken(answer, &answer.state)))];
    for (verdict, text) in [
        (Verdict::Holds, "It would hold under"),
        (Verdict::DoesNotHold, "It would not hold under"),
        (Verdict::NotDecided, "The search was given up before it could be told under"),
    ] {
        let names = by(verdict);
        if !names.is_empty() {
            sentences.push(Sentence::counted(format!("{text} {}.", words::list(&names))));
        }
    }
    let concepts = CONCEPTS.iter().map(|(_, name, what)| Point {
        lead: format!("{name}."),
        sentences: vec![Sentence::plain(format!("{}.", words::sentence_case(what)))],
    });
    vec![
        paragraph(sentences),
        paragraph(vec![Sentence::plain(
            "The other states were not listed. Preferences are taken in the order of the file; several opponents may move in any \
             order and as often as they like, none of them twice in a row.",
        )]),
        Block::Points { points: concepts.collect() },
    ]
}

fn for_each(answer: &SingleState) -> Vec<Block> {
    let row = |side: &SideOfState| {
        let mut cells = vec![Cell::from(side.name.clone())];
        cells.extend(CONCEPTS.iter().map(|(key, ..)| Cell::from(word(*of(&side.verdicts, key)))));
        cells
    };
    let mut blocks = vec![Block::Table(Table {
        caption: "Whether each side would stay".into(),
        columns: ["Side"].into_iter().chain(CONCEPTS.iter().map(|(_, name, _)| *name)).map(str::to_owned).collect(),
        rows: answer.sides.iter().map(row).collect(),
    })];
    let leaves = |side: &SideOfState| {
        let mut told: Vec<(&str, Vec<String>)> = Vec::new();
        for (key, name, _) in CONCEPTS {
            let to = of(&side.improvements, key).as_str();
            match told.iter_mut().find(|(state, _)| *state == to) {
                _ if to.is_empty() => {}
                Some((_, names)) => names.push(name.to_owned()),
                None => told.push((to, vec![name.to_owned()])),
            }
        }
        let sentences = told.into_iter().map(|(to, names)| {
            Sentence::counted(format!(
                "Under {} it would leave: it gains by {}, and nothing deters it in that sense.",
                words::list(&names),
                change(answer, to)
            ))
        });
        Point { lead: format!("{}.", side.name), sentences: sentences.collect() }
    };
    let points: Vec<Point> = answer.sides.iter().map(leaves).filter(|point| !point.sentences.is_empty()).collect();
    if !points.is_empty() {
        blocks.push(Block::Points { points });
    }
    blocks
}

fn options(answer: &SingleState) -> Block {
    let rows = answer.options.iter().zip(answer.state.chars()).map(|(option, letter)| {
        vec![
            Cell::from(option.id.clone()),
            Cell::from(option.label.clone()),
            Cell::from(if letter == 'Y' { "taken" } else { "not taken" }),
        ]
    });
    Block::Table(Table {
        caption: "The letters of a state stand for the options in this order".into(),
        columns: ["Id", "Option", "In this state"].map(str::to_owned).into(),
        rows: rows.collect(),
    })
}
