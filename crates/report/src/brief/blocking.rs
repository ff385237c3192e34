//! What blocks and what would unblock, by the order of options alone.

use super::Findings;
use crate::blocking::Blocking;
use crate::document::{Block, Section, Sentence, Table, paragraph};
use crate::drawings;
use crate::valuing::Valuing;

impl<'c> Findings<'c> {
    fn blocking(&self) -> Option<Blocking<'_>> {
        // With one side nothing can be held against anything.
        (self.case.principals.len() > 1).then_some(Blocking { case: self.case, blocks: &self.blocks })
    }
}

/// What blocks, for the first box.
pub(super) fn what_blocks(findings: &Findings<'_>) -> Vec<Sentence> {
    let Some(blocking) = findings.blocking().filter(|blocking| blocking.blocks.coverage.tested > 0) else {
        return Vec::new();
    };
    let mut sentences = blocking.verdict();
    sentences.extend(blocking.since());
    sentences
}

/// What would have to change, for the first box.
pub(super) fn what_would_change(findings: &Findings<'_>) -> Vec<Sentence> {
    let Some((blocking, told)) = findings.blocking().and_then(|blocking| Some((blocking, blocking.first()?))) else {
        return Vec::new();
    };
    let mut sentences = Vec::new();
    if told.blocked {
        sentences.extend(blocking.steps_in_all(told));
        sentences.extend(blocking.both_must_move(&told.both_must_move));
    }
    sentences
}

/// The sets of limits that cannot all hold, and the steps that would unblock.
pub(super) fn section(findings: &Findings<'_>) -> Section {
    let mut blocks = Vec::new();
    let told = findings.blocking().and_then(|blocking| Some((blocking, blocking.first().filter(|told| told.blocked)?)));
    if let Some((blocking, told)) = told {
        blocks.push(paragraph(vec![Sentence::plain(
            "A limit is an option that a side has ruled out, by words or by law. Each of these is a smallest set of limits that cannot all hold.",
        )]));
        blocks.push(Block::Points { points: blocking.conflicts(told) });
        let figures = [
            drawings::conflict_sets(findings.case, findings.moment, &findings.blocks),
            drawings::steps(findings.case, &findings.blocks),
        ];
        blocks.extend(figures.into_iter().flatten().map(|figure| Block::Figure(Box::new(figure))));
        blocks.push(Block::Table(blocking.steps_table(told)));
    }
    Section { id: "what-blocks".into(), title: "What blocks".into(), annex: false, blocks }
}

/// Shares, other readings of limits, and since when.
pub(super) fn annex(findings: &Findings<'_>) -> Section {
    let mut blocks = Vec::new();
    if let Some((blocking, told)) = findings.blocking().and_then(|blocking| Some((blocking, blocking.first()?)))
        && blocking.blocks.coverage.tested > 0
    {
        blocks.push(Block::Table(blocking.sticking_table(told)));
        blocks.push(Block::Table(blocking.readings_table()));
        blocks.push(Block::Table(blocking.periods_table()));
        let open = blocking.open_in_words(told);
        if !open.is_empty() {
            blocks.push(paragraph(open));
        }
        blocks.retain(|block| !matches!(block, Block::Table(Table { rows, .. }) if rows.is_empty()));
    }
    Section {
        id: "annex-h".into(),
        title: "Annex H. What blocks, under other readings, and since when".into(),
        annex: true,
        blocks,
    }
}

/// What room numbers leave, on a later page.
pub(super) fn values(findings: &Findings<'_>) -> Vec<Section> {
    let values = findings.values.iter().flat_map(|values| Valuing { case: findings.case, values }.sections());
    values.collect()
}

/// What the numbers and the stability models assume.
pub(super) fn assumptions(findings: &Findings<'_>) -> Section {
    let tables = findings.values.iter().map(|values| Valuing { case: findings.case, values }.assumptions());
    let mut blocks: Vec<Block> = tables.map(Block::Table).collect();
    blocks.extend(super::stability::assumptions(findings));
    Section {
        id: "annex-j".into(),
        title: "Annex J. What the numbers and the models assume".into(),
        annex: true,
        blocks,
    }
}
