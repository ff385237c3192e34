//! How it got here.

use detente_analysis::history::History;
use detente_analysis::movement::{Direction, MovementKind};
use detente_case::issue::Track;
use detente_case::{Case, Moment};

use super::{answer, section};
use crate::document::{Block, Cell, Document, Table};
use crate::words;

/// The history as a document.
#[must_use]
pub fn history(case: &Case, moment: Moment, history: &History) -> Document {
    let blocks = [
        spells(history, Track::Political, "Spells of the political track"),
        spells(history, Track::Humanitarian, "Spells of the humanitarian track"),
        rounds(history),
        exchanges(history),
        months(history),
        movements(history),
        sensitivity(history),
    ];
    let blocks = blocks.into_iter().filter(|table| !table.rows.is_empty()).map(Block::Table).collect();
    answer(case, moment, "History", &history.about, vec![section("history", "", blocks)])
}

fn table(caption: &str, columns: &[&str], rows: Vec<Vec<Cell>>) -> Table {
    Table { caption: caption.to_owned(), columns: columns.iter().map(|column| (*column).to_owned()).collect(), rows }
}

fn spells(history: &History, track: Track, caption: &str) -> Table {
    let rows = history.spells.iter().filter(|spell| spell.track == track).map(|spell| {
        vec![
            spell.from.to_string().into(),
            spell.to.to_string().into(),
            spell.phase.word().into(),
            words::months(spell.months).into(),
        ]
    });
    table(caption, &["From", "To", "Phase", "Length"], rows.collect())
}

fn rounds(history: &History) -> Table {
    let rows = history.rounds.iter().map(|round| {
        vec![
            Cell::with_rows(round.date.to_string(), vec![round.id.clone()]),
            round.place.as_str().into(),
            round.country.as_str().into(),
            round.level.word().into(),
            round.mediators.join(", ").into(),
            round.topics.join(", ").into(),
        ]
    });
    table("Direct talks", &["Date", "Place", "Country", "Level", "Host or mediator", "Agenda"], rows.collect())
}

fn exchanges(history: &History) -> Table {
    let rows = history.exchanges.iter().map(|series| {
        let pauses: Vec<String> =
            series.pauses.iter().map(|pause| format!("{} to {} ({} days)", pause.from, pause.to, pause.days)).collect();
        let name = if series.series.is_empty() { "kind not stated" } else { &series.series };
        vec![
            name.into(),
            series.count.to_string().into(),
            series.first.to_string().into(),
            series.last.to_string().into(),
            pauses.join("; ").into(),
        ]
    });
    table(
        "Exchanges, with pauses of 90 days or more",
        &["Kind", "On record", "First", "Last", "Pauses"],
        rows.collect(),
    )
}

fn months(history: &History) -> Table {
    let rows = history.months.iter().map(|month| {
        let political = &month.political;
        vec![
            month.month.to_string().into(),
            political.phase.word().into(),
            political.direct.word().into(),
            political.mediated.word().into(),
            month.humanitarian.phase.word().into(),
            Cell::with_rows(political.rule.clone(), political.rows.clone()),
        ]
    });
    table(
        "Months",
        &["Month", "Political", "Direct", "Mediated", "Humanitarian", "Rule of the political phase"],
        rows.collect(),
    )
}

fn movements(history: &History) -> Table {
    let rows = history.movements.iter().map(|movement| {
        let kind = match movement.kind {
            MovementKind::Shift => "shift",
            MovementKind::Closure if movement.law => "closure by law",
            MovementKind::Closure => "closure",
            MovementKind::Opening => "opening",
            MovementKind::Entry => "entry",
        };
        let direction = match movement.direction {
            Direction::Hardening => "hardening",
            Direction::Concession => "concession",
            Direction::None => "",
        };
        let what = match movement.kind {
            MovementKind::Shift => format!("{} to {}", movement.from.join(" or "), movement.to.join(" or ")),
            MovementKind::Closure => format!("closes {}", movement.to.join(", ")),
            MovementKind::Opening if movement.condition.is_empty() => format!("opens {}", movement.to.join(", ")),
            MovementKind::Opening => format!("opens {} if {}", movement.to.join(", "), movement.condition),
            MovementKind::Entry if movement.to.is_empty() => format!("closes {}", movement.closed.join(", ")),
            MovementKind::Entry => format!("asks for {}", movement.to.join(" or ")),
        };
        vec![
            Cell::with_rows(movement.date.to_string(), movement.rows.clone()),
            movement.actor.as_str().into(),
            movement.issue.as_str().into(),
            kind.into(),
            direction.into(),
            what.into(),
        ]
    });
    table("Movements", &["Date", "Who", "Issue", "Kind", "Direction", "What"], rows.collect())
}

fn sensitivity(history: &History) -> Table {
    let rows = history.sensitivity.iter().map(|s| {
        vec![
            s.parameter.as_str().into(),
            s.value.as_str().into(),
            s.otherwise.as_str().into(),
            format!("{} of {}", s.changed, history.months.len()).into(),
        ]
    });
    table(
        "How much the political phases hang on each rule",
        &["Rule", "Used", "Otherwise", "Months that change"],
        rows.collect(),
    )
}
