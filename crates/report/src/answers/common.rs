//! What the sides have ever had in common: the register.

use detente_analysis::common::{Common, CommonIssue, How, Left, Near, Overlap};
use detente_case::{Case, Moment, Record};

use super::{answer, section};
use crate::document::{Block, Cell, Document, Point, Sentence, Table, paragraph};
use crate::evidence;
use crate::labels::Labels;
use crate::words;

/// The register as a document.
#[must_use]
pub fn common(case: &Case, moment: Moment, common: &Common) -> Document {
    let labels = Labels(case);
    let coverage = common.coverage;
    let mut blocks = vec![paragraph(vec![
        Sentence::counted(format!(
            "On {} of {} issues every principal has put at least one option in its own words; on {} they have put the same one at \
             some time, on {} such an option still stands for all.",
            coverage.all_have_tabled, coverage.issues, coverage.with_overlap, coverage.standing
        )),
        Sentence::plain(
            "An option stands from the day it is put until its text lapses, the actor rules it out, or asks for something else. \
             That two sides once put the same words does not mean that they agreed on them.",
        ),
    ])];
    if common.issues.iter().any(|issue| issue.sides.iter().any(|side| !side.tabled.is_empty())) {
        blocks.push(Block::Figure(Box::new(crate::drawings::common_ground(case, common))));
    }
    let overlaps = common.issues.iter().flat_map(|issue| issue.overlaps.iter().map(move |overlap| (issue, overlap)));
    let (standing, left): (Vec<_>, Vec<_>) = overlaps.partition(|(_, overlap)| overlap.until.is_none());
    for (lead, found) in [("In common now.", standing), ("In common once, and left.", left)] {
        let points = found.iter().map(|(issue, overlap)| overlap_point(labels, issue, overlap)).collect::<Vec<_>>();
        blocks.push(paragraph(vec![Sentence::counted(match points.len() {
            0 => format!("{lead} Nothing on record."),
            count => format!("{lead} {}:", words::sentence_case(&words::count_of(count, "option", "options"))),
        })]));
        if !points.is_empty() {
            blocks.push(Block::Points { points });
        }
    }
    let sections_of = [near_table(labels, common), third_table(labels, common), sides_table(labels, common)];
    blocks.extend(sections_of.into_iter().filter(|table| !table.rows.is_empty()).map(Block::Table));
    let mut sections = vec![section("common", "", blocks)];
    sections.extend(evidence::section(
        Record::known_by(case, moment.known),
        "Rows and sources behind this page",
        &sections,
    ));
    answer(case, moment, "Common ground", &common.about, sections)
}

fn overlap_point(labels: Labels<'_>, issue: &CommonIssue, overlap: &Overlap) -> Point {
    let mut sentences = Vec::new();
    let rows = overlap.sides.iter().flat_map(|put| put.rows.clone());
    let option = labels.option(&issue.id, &overlap.option);
    let since = words::when(overlap.since);
    let text = match (overlap.together, overlap.until) {
        (true, None) => match overlap.again {
            Some(again) => {
                format!("{option}: first on {since}, left for a time, and again since {}.", words::when(again))
            }
            None => format!("{option}: since {since}."),
        },
        (true, Some(until)) => format!("{option}: from {since} until {}.", words::when(until)),
        (false, _) => format!("{option}: put by all by {since}, but never standing for all at once."),
    };
    sentences.push(Sentence::with_rows(text, rows));
    for left in &overlap.left_by {
        sentences.push(Sentence::with_rows(format!("{}.", left_words(labels, left)), left.rows.clone()));
    }
    for condition in &overlap.conditions {
        sentences.push(Sentence::plain(format!(
            "{} put it on the condition: {}.",
            labels.actor(&condition.actor),
            words::clause(&condition.condition)
        )));
    }
    Point { lead: format!("{}.", words::clause(&issue.title)), sentences }
}

fn left_words(labels: Labels<'_>, left: &Left) -> String {
    let how = match left.how {
        How::RuledOut => "ruled it out",
        How::AskedForElse => "asked for something else",
        How::Lapsed => "let it go: the text lapsed or was superseded",
    };
    format!("{} {how} ({})", labels.actor(&left.actor), words::when(left.date))
}

fn near_table(labels: Labels<'_>, common: &Common) -> Table {
    let put = |issue: &str, put: &detente_analysis::common::Put| {
        let stands = if put.standing { "" } else { "; left since" };
        Cell::with_rows(
            format!(
                "{}: {} ({}{stands})",
                labels.actor(&put.actor),
                labels.label(issue, &put.option),
                words::when(put.last)
            ),
            put.rows.clone(),
        )
    };
    let row = |issue: &CommonIssue, near: &Near| {
        vec![
            issue.title.as_str().into(),
            put(&issue.id, &near.a),
            put(&issue.id, &near.b),
            match near.steps {
                1 => "1 step".to_owned(),
                steps => format!("{steps} steps"),
            }
            .into(),
        ]
    };
    // Where nothing that stands is as near as what was put once, both are shown; of the rest, issues without anything in common.
    let rows = common.issues.iter().flat_map(|issue| issue.near.iter().map(move |near| row(issue, near)));
    Table {
        caption: "Near misses: where two principals have nothing in common, or nothing that still stands, the options with the \
                  fewest steps between them"
            .into(),
        columns: ["Issue", "One side", "The other side", "Apart"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}

fn third_table(labels: Labels<'_>, common: &Common) -> Table {
    let rows = common.issues.iter().flat_map(|issue| {
        issue.third_party.iter().map(move |third| {
            let against: Vec<String> = third.ruled_out_by.iter().map(|actor| labels.actor(actor)).collect();
            vec![
                Cell::from(issue.title.as_str()),
                labels.actor(&third.put.actor).into(),
                Cell::with_rows(labels.label(&issue.id, &third.put.option), third.put.rows.clone()),
                words::when(third.put.last).into(),
                words::list(&against).into(),
            ]
        })
    });
    Table {
        caption: "Options of others that lie between what the principals ask for".into(),
        columns: ["Issue", "Who", "Option", "Last put", "Ruled out by"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}

fn sides_table(labels: Labels<'_>, common: &Common) -> Table {
    let principals: Vec<&str> = common
        .issues
        .first()
        .map(|issue| issue.sides.iter().map(|side| side.actor.as_str()).collect())
        .unwrap_or_default();
    let rows =
        common.issues.iter().filter(|issue| issue.sides.iter().any(|side| !side.tabled.is_empty())).map(|issue| {
            let mut row = vec![Cell::from(issue.title.as_str())];
            row.extend(issue.sides.iter().map(|side| {
                let options = side
                    .tabled
                    .iter()
                    .map(|option| if side.standing.contains(option) { option.clone() } else { format!("({option})") });
                Cell::from(options.collect::<Vec<_>>().join(", "))
            }));
            row
        });
    Table {
        caption: "Every option that each principal has put, in the order of the issue; in brackets those that no longer stand".into(),
        columns: std::iter::once("Issue".to_owned()).chain(principals.iter().map(|actor| labels.actor(actor))).collect(),
        rows: rows.collect(),
    }
}
