//! What changed since the last brief: rows, contact and phases, movements, gaps, common ground, plans.

use detente_analysis::common::{self, Common};
use detente_analysis::diff::{self, Diff};
use detente_analysis::gap::Gap;
use detente_analysis::movement::Direction;
use detente_case::issue::Track;
use detente_case::{Day, Moment, Record, package};

use super::Findings;
use super::in_short::track;
use crate::document::{Block, Point, Section, Sentence, paragraph};
use crate::words;

/// As many movements are told; the annex has all.
const MOVEMENTS: usize = 5;

pub(super) fn section(findings: &Findings<'_>, since: Day) -> Section {
    let settings = findings.settings;
    let diff = diff::diff(findings.case, since, findings.moment, settings);
    let then = Moment::new(findings.case, Some(since.min(findings.moment.at)), Some(since.min(findings.moment.known)));
    let mut points = vec![rows(&diff, since), phases(&diff)];
    // Without a scale nothing can move, be near or far, or be in common.
    if !findings.case.issues.is_empty() {
        points.extend([movements(findings, &diff), gaps(findings, &diff), in_common(findings, then)]);
    }
    points.extend(plans(findings, then));
    let blocks = vec![
        paragraph(vec![Sentence::plain(format!(
            "Compared with what was known on {}: what such a brief would have said that day.",
            words::day(since)
        ))]),
        Block::Points { points },
    ];
    Section { id: "since".into(), title: format!("What changed since {}", words::day(since)), annex: false, blocks }
}

fn point(lead: &str, sentences: Vec<Sentence>) -> Point {
    Point { lead: lead.to_owned(), sentences }
}

fn rows(diff: &Diff, since: Day) -> Point {
    let of = |table: &str| diff.rows.iter().filter(|row| row.table == table).collect::<Vec<_>>();
    let (statements, events) = (of("position"), of("event"));
    let mut sentences = vec![Sentence::counted(format!(
        "{} and {} became known.",
        words::sentence_case(&words::count_of(statements.len(), "statement", "statements")),
        words::count_of(events.len(), "event", "events")
    ))];
    let late: Vec<String> =
        statements.iter().filter(|row| row.date.last() <= since).map(|row| row.id.clone()).collect();
    if !late.is_empty() {
        let text = format!(
            "{} made before that day and became known only after it.",
            words::sentence_case(&words::count_of(late.len(), "of these was", "of these were"))
        );
        sentences.push(Sentence::with_rows(text, late).over_all());
    }
    let latest =
        events.iter().max_by(|a, b| a.date.cmp(&b.date).then_with(|| detente_case::natural_order(&a.id, &b.id)));
    if let Some(event) = latest {
        let text = format!("The latest event: {} ({}).", words::clause(&event.text), words::when(event.date));
        sentences.push(Sentence::with_rows(text, [event.id.clone()]).over_all());
    }
    point("Rows.", sentences)
}

fn phases(diff: &Diff) -> Point {
    let mut sentences = Vec::new();
    for side in [Track::Political, Track::Humanitarian] {
        let changes: Vec<_> = diff.phases.iter().filter(|change| change.track == side).collect();
        let new: Vec<String> = changes
            .iter()
            .filter(|change| change.before.is_none())
            .map(|change| format!("{} ({})", change.after.word(), words::month(change.month)))
            .collect();
        let name = words::sentence_case(track(side));
        sentences.push(Sentence::counted(match new.as_slice() {
            [] => format!("{name} track: no new month."),
            [one] => format!("{name} track: {one}."),
            [first, .., last] => format!("{name} track, {}: from {first} to {last}.", words::months(new.len() as u32)),
        }));
        let other: Vec<String> = changes
            .iter()
            .filter_map(|change| Some((change.before?, change)))
            .map(|(before, change)| {
                format!("{} from {} to {}", words::month(change.month), before.word(), change.after.word())
            })
            .collect();
        if !other.is_empty() {
            sentences.push(Sentence::counted(format!("Seen otherwise than then: {}.", words::list_some(&other, 3))));
        }
    }
    point("Phases.", sentences)
}

fn movements(findings: &Findings<'_>, diff: &Diff) -> Point {
    let mut moved: Vec<_> = diff.movements.iter().filter(|movement| movement.direction != Direction::None).collect();
    let mut sentences: Vec<Sentence> = findings
        .principals()
        .map(|(actor, name)| {
            let id = &findings.case.actors[actor].id;
            let count = |direction| moved.iter().filter(|m| *m.actor == **id && m.direction == direction).count();
            Sentence::counted(format!(
                "{name}: {} away from the other side or closing an option, {} toward it or opening one.",
                words::count_of(count(Direction::Hardening), "movement", "movements"),
                count(Direction::Concession)
            ))
        })
        .collect();
    moved.sort_by_key(|movement| (std::cmp::Reverse(movement.steps), movement.date));
    moved.truncate(MOVEMENTS);
    moved.sort_by_key(|movement| movement.date);
    sentences.extend(moved.iter().map(|movement| {
        let text = format!(
            "{}: {} on “{}”: {}.",
            words::when(movement.date),
            findings.name(&movement.actor),
            findings.issue_title(&movement.issue),
            super::history::what(findings, movement)
        );
        Sentence::with_rows(text, movement.rows.clone()).over_all()
    }));
    point("Movements.", sentences)
}

fn gaps(findings: &Findings<'_>, diff: &Diff) -> Point {
    let gap = |gap: Option<Gap>| gap.map_or_else(|| "not comparable".to_owned(), words::steps);
    let changed: Vec<Sentence> = diff
        .verdicts
        .iter()
        .map(|change| {
            Sentence::counted(format!(
                "“{}”: from {} to {}.",
                findings.issue_title(&change.issue),
                gap(change.before),
                gap(change.after)
            ))
        })
        .collect();
    point("Gaps.", if changed.is_empty() { vec![Sentence::counted("None is wider or narrower.")] } else { changed })
}

fn in_common(findings: &Findings<'_>, then: Moment) -> Point {
    let (case, about) = (findings.case, &findings.history.about);
    let before = common::register(Record::known_by(case, then.known), then, about.clone());
    let after = common::register(findings.record, findings.moment, about.clone());
    let standing = |register: &Common| -> Vec<(String, String, Vec<String>)> {
        let issues = register.issues.iter();
        let overlaps = issues.flat_map(|issue| issue.overlaps.iter().map(move |overlap| (issue, overlap)));
        overlaps
            .filter(|(_, overlap)| overlap.until.is_none())
            .map(|(issue, overlap)| {
                let rows = overlap.sides.iter().flat_map(|put| put.rows.clone()).collect();
                (issue.id.clone(), overlap.option.clone(), rows)
            })
            .collect()
    };
    let (old, new) = (standing(&before), standing(&after));
    let lacking = |all: &[(String, String, Vec<String>)], (issue, option, _): &(String, String, Vec<String>)| {
        !all.iter().any(|(other, same, _)| other == issue && same == option)
    };
    let told = |lead: &str, (issue, option, rows): &(String, String, Vec<String>)| {
        let text = format!("{lead} “{}”: {}.", findings.issue_title(issue), findings.option(issue, option));
        Sentence::with_rows(text, rows.clone())
    };
    let mut sentences: Vec<Sentence> =
        new.iter().filter(|one| lacking(&old, one)).map(|one| told("New:", one)).collect();
    sentences.extend(old.iter().filter(|one| lacking(&new, one)).map(|one| told("Left:", one)));
    if sentences.is_empty() {
        sentences
            .push(Sentence::counted("No option came to be asked for or tabled by every principal, and none was left."));
    }
    point("Common ground.", sentences)
}

fn plans(findings: &Findings<'_>, then: Moment) -> Option<Point> {
    let before = package::packages(Record::known_by(findings.case, then.known));
    let now = package::packages(findings.record);
    let new = now.iter().filter(|plan| !before.iter().any(|old| old.id == plan.id));
    let titles: Vec<String> = new.map(|plan| plan.title.to_owned()).collect();
    if now.is_empty() {
        return None;
    }
    let text = if titles.is_empty() { "No new one.".to_owned() } else { format!("New: {}.", words::list(&titles)) };
    Some(point("Plans and drafts.", vec![Sentence::counted(text)]))
}
