//! How the states that would hold can come about from where things stand.

use detente_analysis::stability::told::{ArrivalNow, FromStatusQuo};

use super::{MOST_ROWS, Page, numbers};
use crate::document::{Block, Cell, Sentence, Table, paragraph};
use crate::words;

impl Page<'_> {
    pub(crate) fn since_status_quo(&self, from: &FromStatusQuo) -> Vec<Block> {
        let strong = &self.answer.equilibria.sseq;
        let row = |(any, improving): (&ArrivalNow, &ArrivalNow)| {
            let told = |arrival: &ArrivalNow| match (arrival.reached, arrival.path.len()) {
                (false, _) => "cannot come about".to_owned(),
                (true, 0) => "is the case".to_owned(),
                (true, moves) => {
                    let movers: Vec<String> = arrival.path.iter().map(|step| self.side(&step.by)).collect();
                    format!("{}: {}", words::count_of(moves, "move", "moves"), movers.join(", then "))
                }
            };
            vec![
                Cell::from(any.state.to_string()),
                Cell::from(self.words_of(any.state)),
                Cell::from(told(any)),
                Cell::from(told(improving)),
                Cell::from(numbers(&improving.on_the_way)),
            ]
        };
        let rows: Vec<Vec<Cell>> = from
            .any
            .iter()
            .zip(&from.improving)
            .filter(|(any, _)| strong.contains(&any.state))
            .take(MOST_ROWS)
            .map(row)
            .collect();
        if rows.is_empty() {
            return vec![paragraph(vec![Sentence::counted(
                "No state would hold under SSEQ, so there is none to come to.",
            )])];
        }
        vec![
            Block::Table(Table {
                caption:
                    "How the states that would hold (SSEQ) can come about from where things stand, by the fewest moves"
                        .into(),
                columns: [
                    "State",
                    "What it is",
                    "By any moves",
                    "By moves that each mover likes",
                    "On that way also hold",
                ]
                .map(str::to_owned)
                .into(),
                rows,
            }),
            paragraph(vec![Sentence::plain(
                "A state that cannot come about would hold and is not available. Where the way leads through another state that \
                 would hold, the sides may stop there.",
            )]),
        ]
    }
}
