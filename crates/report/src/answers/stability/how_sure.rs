//! How far the answer depends on what is assumed, and which statements decide it.

use detente_analysis::stability::robust::{Robustness, WithoutStatement};

use super::{CONCEPTS, MOST_ROWS, Page, numbers, of, points};
use crate::document::{Block, Cell, Sentence, Table, paragraph};
use crate::words;

impl Page<'_> {
    pub(crate) fn how_sure(&self, robustness: &Robustness) -> Vec<Block> {
        let sides: Vec<String> = robustness.uncertain.iter().map(|id| self.side(id)).collect();
        let text = format!(
            "{} draws. Uncertain are the preferences of {}. A statement that rests on a row keeps its place among the others that do; \
             an assumption is drawn at each place that it may have. A share says in how many draws a state holds; it is a share of \
             orders, not a likelihood of the outcome.",
            robustness.draws,
            words::list(&sides)
        );
        let row = |share: &detente_analysis::stability::robust::ShareNow| {
            let mut cells = vec![Cell::from(share.state.to_string()), Cell::from(self.words_of(share.state))];
            cells.extend(CONCEPTS.iter().map(|(key, ..)| {
                let found = of(&share.by_concept, key);
                Cell::from(words::percent(found.share))
            }));
            cells
        };
        let error = robustness
            .shares
            .iter()
            .flat_map(|share| CONCEPTS.iter().map(|(key, ..)| of(&share.by_concept, key).error))
            .fold(0.0, f64::max);
        let mut shares: Vec<_> = robustness.shares.iter().collect();
        let most = |share: &detente_analysis::stability::robust::ShareNow| share.by_concept.sseq.share;
        shares.sort_by(|one, other| most(other).total_cmp(&most(one)).then(one.state.cmp(&other.state)));
        let more = shares.len().saturating_sub(MOST_ROWS);
        let note = if more == 0 { String::new() } else { format!("; {more} more stand in the JSON") };
        vec![
            paragraph(vec![Sentence::counted(text)]),
            Block::Table(Table {
                caption: format!(
                    "Share of draws in which a state holds; the number of draws leaves each uncertain by {} points at most{note}",
                    points(2.0 * error)
                ),
                columns: ["State", "What it is"]
                    .into_iter()
                    .chain(CONCEPTS.iter().map(|(_, name, _)| *name))
                    .map(str::to_owned)
                    .collect(),
                rows: shares.into_iter().take(MOST_ROWS).map(row).collect(),
            }),
        ]
    }

    pub(super) fn without(&self) -> Vec<Block> {
        let row = |change: &WithoutStatement| {
            let maker = self.answer.decision_makers.iter().find(|maker| maker.id == change.decision_maker);
            let holds = maker
                .and_then(|maker| maker.statements.get(change.statement - 1))
                .map(|statement| statement.holds.clone());
            vec![
                Cell::from(self.side(&change.decision_maker)),
                Cell::from(change.statement.to_string()),
                Cell::from(holds.unwrap_or_default()),
                Cell::from(numbers(&change.gained.sseq)),
                Cell::from(numbers(&change.lost.sseq)),
            ]
        };
        vec![Block::Table(Table {
            caption: "Statements without which other states would hold; the last columns name those for SSEQ".into(),
            columns: ["Side", "Place", "Statement", "Would hold as well", "Would no longer hold"]
                .map(str::to_owned)
                .into(),
            rows: self.answer.without.iter().map(row).collect(),
        })]
    }
}
