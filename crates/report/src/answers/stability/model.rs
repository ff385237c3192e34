//! The model itself: what each side prefers, what it can do, and what cannot be.

use detente_analysis::stability::told::{DecisionMakerNow, PreferenceKind, StatementNow};

use super::{CONCEPTS, MOST_NUMBERS, Page, numbers, of};
use crate::answers::section;
use crate::document::{Block, Cell, Section, Sentence, Table, paragraph};
use crate::words;

/// How statements are put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Put {
    /// In words.
    InWords,
    /// As the file puts them, and in words.
    AsWritten,
}

impl Page<'_> {
    pub(super) fn for_each(&self) -> Vec<Block> {
        let row = |maker: &DecisionMakerNow| {
            let stable = self.answer.stable.get(&maker.id);
            let mut cells = vec![Cell::from(maker.name.clone())];
            cells.extend(CONCEPTS.iter().map(|(key, ..)| {
                Cell::from(stable.map(|stable| numbers(of::<Vec<u64>>(stable, key))).unwrap_or_default())
            }));
            cells
        };
        vec![Block::Table(Table {
            caption: "States from which a side would not move, by concept; a state holds where it stands in every row"
                .into(),
            columns: ["Side"].into_iter().chain(CONCEPTS.iter().map(|(_, name, _)| *name)).map(str::to_owned).collect(),
            rows: self.answer.decision_makers.iter().map(row).collect(),
        })]
    }

    /// What each side prefers; statements in words alone, or as the file puts them as well.
    pub(crate) fn prefers(&self, put: Put) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut rows = Vec::new();
        for maker in &self.answer.decision_makers {
            match maker.preference {
                PreferenceKind::Statements => {
                    rows.extend(
                        (1..)
                            .zip(&maker.statements)
                            .map(|(place, statement)| statement_row(maker, place, statement, put)),
                    );
                }
                PreferenceKind::Indifferent => {
                    blocks.push(paragraph(vec![Sentence::counted(format!("{}: all states are alike.", maker.name))]))
                }
                PreferenceKind::Ranking | PreferenceKind::Weights => {
                    let classes = maker.ranking.iter().take(MOST_NUMBERS).map(|class| match class.as_slice() {
                        [only] => only.to_string(),
                        several => format!("({})", several.iter().map(u64::to_string).collect::<Vec<_>>().join(" ")),
                    });
                    let more = if maker.ranking.len() > MOST_NUMBERS { " …" } else { "" };
                    blocks.push(paragraph(vec![Sentence::counted(format!(
                        "{}, the most preferred state first, equal ones in parentheses: {}{more}.",
                        maker.name,
                        classes.collect::<Vec<_>>().join(" ")
                    ))]));
                }
            }
            if !maker.unknown.is_empty() {
                blocks.push(paragraph(vec![Sentence::counted(format!(
                    "{}: the order of {} is not known; variant {} is used.",
                    maker.name,
                    words::count_of(maker.unknown.len(), "pair of states", "pairs of states"),
                    self.answer.rules.unknown
                ))]));
            }
        }
        if !rows.is_empty() {
            blocks.insert(
                0,
                Block::Table(Table {
                    caption: "Statements, the most important first: of two states a side prefers the one that meets the first statement that tells them apart".into(),
                    columns: match put {
                        Put::InWords => ["Side", "Place", "Wants", "Rests on", "May stand at"].map(str::to_owned).into(),
                        Put::AsWritten => {
                            ["Side", "Place", "Statement", "In words", "Rests on", "May stand at"].map(str::to_owned).into()
                        }
                    },
                    rows,
                }),
            );
        }
        blocks
    }

    pub(crate) fn model(&self) -> Section {
        let answer = self.answer;
        let mut blocks = Vec::new();
        if !answer.options.is_empty() {
            let row = |option: &detente_analysis::stability::told::OptionNow| {
                let whose = answer.decision_makers.iter().filter(|maker| maker.options.contains(&option.id));
                vec![
                    Cell::from(option.id.clone()),
                    Cell::from(option.label.clone()),
                    Cell::from(whose.map(|maker| maker.name.clone()).collect::<Vec<_>>().join(", ")),
                    Cell::from(match option.moves.as_str() {
                        "forward" => "can be taken, and not given up",
                        "back" => "can be given up, and not taken",
                        "fixed" => "stays as it is",
                        _ => "can be taken and given up",
                    }),
                ]
            };
            blocks.push(Block::Table(Table {
                caption: "Options".into(),
                columns: ["Id", "Option", "Whose", "Moves"].map(str::to_owned).into(),
                rows: answer.options.iter().map(row).collect(),
            }));
        }
        if !answer.infeasible.is_empty() {
            let row = |entry: &detente_analysis::stability::told::InfeasibleNow| {
                vec![
                    Cell::from(entry.what.clone()),
                    Cell::from(entry.why.clone()),
                    Cell::from(entry.removed.map(|count| count.to_string()).unwrap_or_default()),
                ]
            };
            blocks.push(Block::Table(Table {
                caption: "Combinations that cannot be".into(),
                columns: ["What", "Why", "Taken away"].map(str::to_owned).into(),
                rows: answer.infeasible.iter().map(row).collect(),
            }));
        }
        let mut sentences = vec![Sentence::plain(match answer.rules.joint_moves.as_str() {
            "each_once" => "Several opponents may each move at most once, in any order.",
            "single_move" => "Only one opponent answers, with one move.",
            _ => "Several opponents may move in any order and as often as they like, none of them twice in a row.",
        })];
        sentences.push(Sentence::plain(if answer.rules.returns_count {
            "An answer that only undoes the move deters as well."
        } else {
            "An answer that only undoes the move does not deter."
        }));
        for text in [&answer.note, &answer.source] {
            if !text.is_empty() {
                sentences.push(Sentence::plain(text.clone()));
            }
        }
        blocks.push(paragraph(sentences));
        section("model", "The model", blocks)
    }
}

fn statement_row(maker: &DecisionMakerNow, place: usize, statement: &StatementNow, put: Put) -> Vec<Cell> {
    let rests = if statement.assumption {
        match statement.reason.as_str() {
            "" => "an assumption without a reason".to_owned(),
            reason => format!("an assumption: {reason}"),
        }
    } else if statement.rows.is_empty() {
        "the file".to_owned()
    } else {
        statement.reason.clone()
    };
    let [first, last] = statement.places;
    let places = if first == last { String::new() } else { format!("{first} to {last}") };
    let mut cells = vec![Cell::from(maker.name.clone()), Cell::from(place.to_string())];
    if put == Put::AsWritten {
        cells.push(Cell::from(statement.holds.clone()));
    }
    cells.extend([
        Cell::from(words::sentence_case(&statement.in_words)),
        Cell { text: rests, rows: statement.rows.clone(), anchor: String::new() },
        Cell::from(places),
    ]);
    cells
}
