//! Which outcomes of the stability models of the case would hold, on a later page.

use detente_analysis::stability::OfCase;
use detente_analysis::stability::told::{ArrivalNow, Stability};

use super::Findings;
use crate::answers::stability::{Page, Put, figures};
use crate::document::{Block, Point, Section, Sentence, paragraph};
use crate::drawings;
use crate::words;

/// For each model a section; what its sides are taken to prefer stands in the annex.
pub(super) fn sections(findings: &Findings<'_>) -> Vec<Section> {
    findings.stability.iter().map(section).collect()
}

fn section(model: &OfCase) -> Section {
    let blocks = match &model.answer {
        Some(answer) => told(answer, &model.name),
        None => vec![paragraph(vec![Sentence::counted(format!(
            "This model is too large for a brief, or cannot be analysed; `detente stability CASE --model {}` tells of it, or says why not.",
            model.name
        ))])],
    };
    Section {
        id: format!("stability-{}", model.name),
        title: format!("Which outcomes would hold: “{}”", words::clause(&model.title)),
        annex: false,
        blocks,
    }
}

fn told(answer: &Stability, model: &str) -> Vec<Block> {
    let page = Page { answer };
    let mut blocks = vec![paragraph(what_it_is(answer))];
    let mut points = page.most_told();
    points.extend(way_there(page, answer));
    points.extend(what_decides(answer));
    blocks.push(Block::Points { points });
    blocks.extend(figures([
        drawings::outcomes(answer, model),
        drawings::state_graph(answer, model),
        drawings::stability_paths(answer, model),
    ]));
    blocks
}

/// The model in a few sentences, the reader's question first.
fn what_it_is(answer: &Stability) -> Vec<Sentence> {
    let at = answer.at.as_deref().and_then(|at| at.parse().ok()).map(|day| format!(", as of {}", words::day(day)));
    let what = match answer.options.len() {
        0 => words::count_of(answer.count, "state", "states"),
        options => format!(
            "{} that a side takes or leaves, {} that can be",
            words::count_of(options, "option", "options"),
            words::count_of(answer.count, "combination", "combinations")
        ),
    };
    let mut sentences = vec![
        Sentence::counted(format!(
            "A model of one question{}: {}, {what}.",
            at.unwrap_or_default(),
            words::count_of(answer.decision_makers.len(), "side", "sides"),
        )),
        Sentence::plain(
            "A combination holds if no side has a move alone that it would make, given what the others would answer.",
        ),
    ];
    let statements = || answer.decision_makers.iter().flat_map(|maker| &maker.statements);
    let assumed = statements().filter(|statement| statement.assumption).count();
    let all = statements().count();
    if all > 0 {
        let rows = statements().flat_map(|statement| statement.rows.iter().cloned());
        let text = match assumed {
            0 => {
                format!("What the sides want is put in {all} statements, which rest on rows or on the file (Annex J).")
            }
            _ => format!(
                "What the sides want is put in {all} statements: {} rest on rows or on the file, {assumed} are assumptions (Annex J).",
                all - assumed
            ),
        };
        sentences.push(Sentence::with_rows(text, rows).over_all());
    }
    sentences.push(Sentence::plain("It says nothing of how likely an outcome is."));
    sentences
}

/// Which of the outcomes that would hold can come about by moves that each mover likes.
fn way_there(page: Page<'_>, answer: &Stability) -> Option<Point> {
    let from = answer.from_status_quo.as_ref()?;
    // By moves that each mover likes, and by any moves.
    let away: Vec<(&ArrivalNow, bool)> = from
        .improving
        .iter()
        .zip(&from.any)
        .filter(|(liked, _)| answer.equilibria.sseq.contains(&liked.state) && answer.status_quo != Some(liked.state))
        .map(|(liked, any)| (liked, any.reached))
        .collect();
    if away.is_empty() {
        return None;
    }
    let named = |liked: bool, any: bool| {
        let those = away.iter().filter(|(arrival, reached)| arrival.reached == liked && *reached == any);
        words::list_some(&those.map(|(arrival, _)| page.named(arrival.state)).collect::<Vec<_>>(), 6)
    };
    let (open, shut, never) = (named(true, true), named(false, true), named(false, false));
    let mut sentences = Vec::new();
    if !open.is_empty() {
        sentences.push(Sentence::counted(format!(
            "By moves that each mover likes at the time, these can come about from where things stand: {open}."
        )));
    }
    if !shut.is_empty() {
        sentences.push(Sentence::counted(format!(
            "No sequence of moves that each mover likes leads from where things stand to {shut}: it would take moves that their makers do not like."
        )));
    }
    if !never.is_empty() {
        sentences.push(Sentence::counted(format!("No moves at all lead from where things stand to {never}.")));
    }
    Some(Point { lead: "How it could come about.".into(), sentences })
}

/// The statements without which other outcomes would hold.
fn what_decides(answer: &Stability) -> Option<Point> {
    let matters = answer.without.iter().filter(|change| !change.gained.sseq.is_empty() || !change.lost.sseq.is_empty());
    let mut rows = Vec::new();
    let told: Vec<String> = matters
        .filter_map(|change| {
            let maker = answer.decision_makers.iter().find(|maker| maker.id == change.decision_maker)?;
            let statement = maker.statements.get(change.statement.checked_sub(1)?)?;
            rows.extend(statement.rows.iter().cloned());
            let kind = if statement.assumption { ", an assumption" } else { "" };
            Some(format!("{}, place {}{kind}", maker.name, change.statement))
        })
        .collect();
    (!told.is_empty()).then(|| Point {
        lead: "What decides it.".into(),
        sentences: vec![
            Sentence::with_rows(
                format!(
                    "Without any one of these statements other outcomes would hold: {} (the places are those of Annex J).",
                    told.join("; ")
                ),
                rows,
            )
            .over_all(),
        ],
    })
}

/// What the sides are taken to prefer, what they can do, and what the concepts say.
pub(super) fn assumptions(findings: &Findings<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for answer in findings.stability.iter().filter_map(|model| model.answer.as_ref()) {
        let page = Page { answer };
        blocks.push(Block::Paragraph {
            lead: format!("{}.", words::clause(&answer.title)),
            sentences: vec![Sentence::plain(
                "What the stability model takes the sides to prefer, and what they can do in it.",
            )],
        });
        blocks.extend(page.prefers(Put::InWords));
        blocks.extend(page.model().blocks);
        blocks.extend(answer.robustness.as_ref().map(|found| page.how_sure(found)).unwrap_or_default());
        blocks.push(page.concepts());
    }
    blocks
}
