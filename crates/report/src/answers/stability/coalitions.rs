//! Which states hold against sides that move together.

use detente_analysis::stability::told::{ByConcept, CoalitionsNow};

use super::{CONCEPTS, MOST_ROWS, Page, numbers, of};
use crate::document::{Block, Cell, Point, Sentence, Table, paragraph};

impl Page<'_> {
    pub(super) fn coalitions(&self, coalitions: &CoalitionsNow) -> Vec<Block> {
        let together = |members: &[String]| members.iter().map(|id| self.side(id)).collect::<Vec<_>>().join(" + ");
        let row = |name: String, stable: &ByConcept<Vec<u64>>| {
            let mut cells = vec![Cell::from(name)];
            // Of the states that hold against single sides; all others stand in the JSON.
            let kept = |key: &str| {
                let holds = of::<Vec<u64>>(&self.answer.equilibria, key);
                of::<Vec<u64>>(stable, key).iter().copied().filter(|state| holds.contains(state)).collect::<Vec<u64>>()
            };
            cells.extend(CONCEPTS.iter().map(|(key, ..)| Cell::from(numbers(&kept(key)))));
            cells
        };
        let several = coalitions.of.iter().filter(|coalition| coalition.members.len() > 1);
        let mut rows: Vec<Vec<Cell>> =
            several.take(MOST_ROWS).map(|coalition| row(together(&coalition.members), &coalition.stable)).collect();
        rows.push(row("all of these, and each side alone".to_owned(), &coalitions.stable_for_all));
        let jumps = coalitions.jumps.iter().take(MOST_ROWS).map(|jump| Point {
            lead: String::new(),
            sentences: vec![Sentence::counted(format!(
                "{} could move together from {} to {}, and all of them would prefer that.",
                together(&jump.members),
                self.named(jump.from),
                self.named(jump.to)
            ))],
        });
        let jumps: Vec<Point> = jumps.collect();
        let mut blocks = vec![
            paragraph(vec![
                Sentence::plain(
                    "Sides that move together move in turn, and only if each of them prefers where that leads. They are deterred by \
                     what is no better for at least one of them.",
                ),
                Sentence::plain(match coalitions.answered_by.as_str() {
                    "coalitions" => "In SEQ and SSEQ the others answer one by one or together.",
                    _ => "In SEQ and SSEQ the others answer one by one.",
                }),
            ]),
            Block::Table(Table {
                caption: "Of the states that hold against single sides, those from which a coalition would not move either, by concept".into(),
                columns: ["Coalition"]
                    .into_iter()
                    .chain(CONCEPTS.iter().map(|(_, name, _)| *name))
                    .map(str::to_owned)
                    .collect(),
                rows,
            }),
        ];
        if jumps.is_empty() {
            blocks.push(paragraph(vec![Sentence::counted(
                "No coalition could move from one state that would hold (SSEQ) to another that all its members prefer.",
            )]));
        } else {
            blocks.push(Block::Points { points: jumps });
        }
        blocks
    }
}
