//! Who stands where.

use detente_analysis::now::Now;
use detente_case::{Case, Moment};

use super::{answer, section};
use crate::document::{Block, Cell, Document, Sentence, Table, paragraph};
use crate::words;

/// The stances as a document.
#[must_use]
pub fn now(case: &Case, moment: Moment, now: &Now) -> Document {
    let coverage = if now.issues.is_empty() {
        let said = words::count_of(now.uncoded.iter().map(|said| said.count).sum(), "statement", "statements");
        format!(
            "Nothing can be compared yet: no issue has a scale. On record: {said}. `detente scales` puts the words side by side."
        )
    } else {
        format!(
            "All principals have a position on {} of {} issues; on {} all of them have a position or a limit.",
            now.coverage.comparable, now.coverage.issues, now.coverage.any_stance
        )
    };
    let mut blocks = vec![paragraph(vec![Sentence::counted(coverage)])];
    for issue in &now.issues {
        let stances = issue.stances.iter().map(|stance| {
            let limits: Vec<String> = stance
                .limits
                .iter()
                .map(|limit| match (&limit.relaxed_if, limit.law) {
                    (Some(condition), _) => format!("{} unless {condition}", limit.option),
                    (None, true) => format!("{} by law", limit.option),
                    (None, false) => limit.option.clone(),
                })
                .collect();
            let position = if stance.position.is_empty() { "silent".to_owned() } else { stance.position.join(" or ") };
            let condition =
                if stance.condition.is_empty() { String::new() } else { format!(" if {}", stance.condition) };
            let last = stance.last.map_or_else(String::new, words::when);
            vec![
                Cell::from(stance.actor.as_str()),
                Cell::with_rows(format!("{position}{condition}"), stance.position_rows.clone()),
                limits.join(", ").into(),
                stance.reported.join(", ").into(),
                last.into(),
            ]
        });
        let apart = match issue.gap {
            Some(gap) => words::steps(gap),
            None => "not comparable".to_owned(),
        };
        blocks.push(Block::Table(Table {
            caption: format!("{} ({}): {apart}", issue.title, issue.id),
            columns: ["Who", "Asks for", "Rules out", "Reported", "Last spoke"].map(str::to_owned).to_vec(),
            rows: stances.collect(),
        }));
    }
    if !now.uncoded.is_empty() {
        blocks.push(Block::Table(latest_words(now)));
    }
    answer(case, moment, "Now", &now.about, vec![section("now", "", blocks)])
}

/// The latest words of each actor on each topic, topics together.
fn latest_words(now: &Now) -> Table {
    let mut latest: Vec<_> = now.uncoded.iter().collect();
    latest.sort_by(|a, b| a.topic.cmp(&b.topic));
    let rows = latest.into_iter().map(|said| {
        vec![
            Cell::from(said.topic.as_str()),
            said.actor.as_str().into(),
            said.count.to_string().into(),
            words::when(said.date).into(),
            Cell::with_rows(said.statement.clone(), vec![said.row.clone()]),
        ]
    });
    Table {
        caption: "Words without a code: how many, and the latest".into(),
        columns: ["Topic", "Who", "Said", "Latest", "Words"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}
