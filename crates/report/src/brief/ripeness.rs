//! Indicators of ripeness, each by itself, on a later page.

use super::Findings;
use crate::answers::ripeness::{revised, series_table, ticks, what_it_is};
use crate::document::{Block, Section, paragraph};
use crate::drawings;
use crate::labels::Labels;

/// The section; empty where the case says of nothing that it speaks to an indicator.
pub(super) fn section(findings: &Findings<'_>) -> Section {
    let ripeness = &findings.ripeness;
    let speaks = ripeness.indicators.iter().any(|now| !now.series.is_empty() || !now.rows.is_empty());
    let mut blocks = Vec::new();
    if speaks {
        let labels = Labels(findings.case);
        blocks.push(paragraph(what_it_is()));
        blocks.push(Block::Points { points: ticks(labels, ripeness) });
        let drawn = drawings::ripeness(findings.record, findings.moment, &findings.history, ripeness);
        blocks.extend(drawn.map(|figure| Block::Figure(Box::new(figure))));
        let table = series_table(labels, ripeness);
        blocks.extend((!table.rows.is_empty()).then_some(Block::Table(table)));
        blocks.extend(revised(ripeness).map(|sentence| paragraph(vec![sentence])));
    }
    Section { id: "ripeness".into(), title: "Signs of ripeness, each by itself".into(), annex: false, blocks }
}
