//! How it got here: timeline, spells, rounds, movements.

use detente_analysis::history::MovementOfHistory;
use detente_analysis::movement::{Direction, MovementKind};
use detente_analysis::phase::Phase;
use detente_case::issue::Track;

use super::Findings;
use super::in_short::{spell_months, track};
use crate::document::{Block, Cell, Section, Sentence, Table, paragraph};
use crate::{drawings, words};

/// The most movements that stand in the first part of the brief; the annex has all.
const LARGEST: usize = 6;

pub(super) fn section(findings: &Findings<'_>) -> Section {
    let history = &findings.history;
    let mut blocks = Vec::new();
    if findings.record.events().next().is_some() {
        blocks.push(paragraph(story(findings)));
        blocks.push(Block::Figure(Box::new(drawings::timeline(findings.record, findings.moment, history))));
    }
    let mut moved: Vec<&MovementOfHistory> = history
        .movements
        .iter()
        .filter(|m| m.direction != Direction::None && m.date.first() > findings.since.0)
        .collect();
    if !moved.is_empty() {
        let all = moved.len();
        moved.sort_by_key(|movement| (std::cmp::Reverse(movement.steps), movement.date));
        moved.truncate(LARGEST);
        moved.sort_by_key(|movement| movement.date);
        let movements_since = format!(
            "{} of the principals since {}",
            words::count_of(all, "movement", "movements"),
            words::day(findings.since.0)
        );
        let which = if moved.len() < all {
            format!("Of the {movements_since}, the {} largest stand below; Annex F has all.", moved.len())
        } else {
            format!("There {} {movements_since}.", if all == 1 { "is" } else { "are" })
        };
        let lead = format!(
            "{which} Beside each stand events of the {} days before it on the same track. They came before; the record does not say that they caused anything.",
            findings.case.settings.methods.events_before_days
        );
        blocks.push(paragraph(vec![Sentence::counted(lead)]));
        blocks.push(Block::Table(movements(findings, &moved)));
    }
    Section { id: "history".into(), title: "How it got here".into(), annex: false, blocks }
}

/// All direct talks and every movement of a principal in the case's period, for the annex.
pub(super) fn annex(findings: &Findings<'_>) -> Section {
    let start = findings.history.months.first().map(|month| month.month.first());
    let moved: Vec<&MovementOfHistory> = findings
        .history
        .movements
        .iter()
        .filter(|m| m.direction != Direction::None && start.is_none_or(|start| m.date.first() >= start))
        .collect();
    let mut blocks = Vec::new();
    if !findings.history.rounds.is_empty() {
        blocks.push(Block::Table(rounds(findings)));
    }
    if !moved.is_empty() {
        blocks.push(Block::Table(movements(findings, &moved)));
    }
    Section { id: "annex-f".into(), title: "Annex F. Talks and movements".into(), annex: true, blocks }
}

fn story(findings: &Findings<'_>) -> Vec<Sentence> {
    let history = &findings.history;
    let mut sentences = Vec::new();
    for side in [Track::Political, Track::Humanitarian] {
        let spells: Vec<_> =
            history.spells.iter().filter(|spell| spell.track == side && spell.phase != Phase::NotStarted).collect();
        let Some(longest) = spells.iter().max_by_key(|spell| spell.months) else { continue };
        let first: Vec<String> = spells
            .iter()
            .take(4)
            .map(|spell| format!("{} ({})", spell.phase.word(), spell_months(spell.from, spell.to)))
            .collect();
        sentences.push(Sentence::counted(format!(
            "{} track, at first: {}.",
            words::sentence_case(track(side)),
            words::list(&first)
        )));
        if longest.months > 2 {
            let text = format!(
                "Its longest spell: {}, {} ({}).",
                longest.phase.word(),
                words::months(longest.months),
                spell_months(longest.from, longest.to)
            );
            sentences.push(Sentence::counted(text));
        }
    }
    for series in &history.exchanges {
        let Some(pause) = series.pauses.iter().max_by_key(|pause| pause.days) else { continue };
        let text = format!(
            "The longest time without an exchange on record ({}): {} to {}, {} days.",
            if series.series.is_empty() { "kind not stated" } else { &series.series },
            words::when(pause.from),
            words::when(pause.to),
            pause.days
        );
        sentences.push(Sentence::with_rows(text, pause.rows.clone()).over_all());
    }
    sentences
}

fn rounds(findings: &Findings<'_>) -> Table {
    let rows = findings.history.rounds.iter().map(|round| {
        let others: Vec<String> = round.mediators.iter().map(|id| findings.name(id)).collect();
        let topics: Vec<String> = round.topics.iter().map(|id| topic(findings, id)).collect();
        vec![
            Cell::with_rows(words::when(round.date), vec![round.id.clone()]),
            round.title.as_str().into(),
            if round.place.is_empty() { "not stated or by video".into() } else { round.place.as_str().into() },
            words::level(round.level).into(),
            words::list(&others).into(),
            words::list(&topics).into(),
        ]
    });
    Table {
        caption: "Direct talks on record".into(),
        columns: ["Date", "Round", "Place", "Level", "Host or mediator", "Agenda"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}

fn topic(findings: &Findings<'_>, id: &str) -> String {
    findings.case.topics.iter().find(|topic| *topic.id == *id).map_or(id, |topic| &topic.title).to_owned()
}

/// What a movement did, in a cell.
pub(crate) fn what(findings: &Findings<'_>, movement: &MovementOfHistory) -> String {
    let issue = &movement.issue;
    let law = if movement.law { " by law" } else { "" };
    match movement.kind {
        MovementKind::Shift => format!(
            "asks for {} instead of {}",
            findings.options(issue, &movement.to),
            findings.options(issue, &movement.from)
        ),
        MovementKind::Closure => {
            let closed: Vec<String> = movement.to.iter().map(|option| findings.option(issue, option)).collect();
            match closed.as_slice() {
                [one] => format!("rules out{law} {one}"),
                [first, .., last] => format!("rules out{law} {} options, from {first} to {last}", closed.len()),
                [] => String::new(),
            }
        }
        MovementKind::Opening => {
            let opened: Vec<String> = movement.to.iter().map(|option| findings.option(issue, option)).collect();
            let condition =
                if movement.condition.is_empty() { String::new() } else { format!(", if: {}", movement.condition) };
            format!("no longer rules out{law} {}{condition}", words::list_some(&opened, 3))
        }
        MovementKind::Entry => "first statement".to_owned(),
    }
}

fn movements(findings: &Findings<'_>, moved: &[&MovementOfHistory]) -> Table {
    let rows = moved.iter().map(|movement| {
        let events = findings.events_before(movement);
        let shown = &events[..events.len().min(3)];
        let before: Vec<String> = shown
            .iter()
            .map(|event| format!("{} ({})", words::clause(&event.title), words::when(event.date)))
            .collect();
        let more = events.len() - shown.len() + movement.more_events;
        let text = if more > 0 { format!("{}; and {more} more", before.join("; ")) } else { before.join("; ") };
        vec![
            Cell::with_rows(words::when(movement.date), movement.rows.clone()),
            findings.name(&movement.actor).into(),
            findings.issue_title(&movement.issue).into(),
            match movement.direction {
                Direction::Hardening => "away, or closing",
                Direction::Concession => "toward, or opening",
                Direction::None => "",
            }
            .into(),
            what(findings, movement).into(),
            Cell::with_rows(text, shown.iter().map(|event| event.id.to_string()).collect()),
        ]
    });
    Table {
        caption: "What moved, and after what".into(),
        columns: ["Date", "Who", "Issue", "Way", "What", "Events before"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}
