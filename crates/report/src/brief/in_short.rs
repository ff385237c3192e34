//! The first box: where it stands, what can be compared, what moved, where the gap is widest, what blocks, who else matters, what to watch.

use detente_analysis::gap::Change;
use detente_analysis::history::MovementOfHistory;
use detente_analysis::movement::{Direction, MovementKind};
use detente_analysis::phase::Phase;
use detente_case::Month;
use detente_case::issue::Track;

use super::{Findings, Since};
use crate::document::{Block, Point, Section, Sentence, paragraph};
use crate::{drawings, words};

pub(super) fn section(findings: &Findings<'_>) -> Section {
    let points = [
        ("Where it stands.", where_it_stands(findings)),
        ("What can be compared.", what_can_be_compared(findings)),
        ("What moved.", what_moved(findings)),
        ("Where the gap is widest.", widest(findings)),
        ("What blocks.", super::blocking::what_blocks(findings)),
        ("What would have to change.", super::blocking::what_would_change(findings)),
        ("Who else matters.", super::others::in_short(findings)),
        ("What to watch.", what_to_watch(findings)),
    ];
    let points = points.into_iter().filter(|(_, sentences)| !sentences.is_empty());
    let points = points.map(|(lead, sentences)| Point { lead: lead.to_owned(), sentences }).collect();
    Section { id: "in-short".into(), title: "In short".into(), annex: false, blocks: vec![Block::Points { points }] }
}

pub(super) fn where_it_stands(findings: &Findings<'_>) -> Vec<Sentence> {
    let history = &findings.history;
    let mut sentences = Vec::new();
    let principals = words::list(&findings.principal_names());
    match history.rounds.last() {
        Some(round) => {
            let place = if round.place.is_empty() { String::new() } else { format!(" in {}", round.place) };
            let text = format!(
                "The last direct talks between {principals} on record began on {}{place}, at the {} ({}).",
                words::when(round.date),
                words::level(round.level),
                words::before(round.date.first(), findings.moment.at),
            );
            sentences.push(Sentence::with_rows(text, [round.id.clone()]));
        }
        None if findings.case.principals.len() > 1 => {
            sentences.push(Sentence::counted(format!("No direct talks between {principals} are on record.")))
        }
        None => {}
    }
    if let Some(last) = history.months.last() {
        let month = words::month(last.month);
        let text =
            format!("Phase in {month}: {} ({}).", last.political.phase.word(), words::clause(&last.political.rule));
        sentences.push(Sentence::with_rows(text, last.political.rows.clone()).over_all());
    }
    if let Some(quiet) = quiet_year(findings) {
        sentences.push(quiet);
    }
    let mediated =
        history.months.iter().rev().find(|month| month.political.mediated != detente_case::event::ContactLevel::None);
    if let Some(month) = mediated {
        let text = format!(
            "A third party last met with more than one side on the political track in {}, at the {}.",
            words::month(month.month),
            words::level(month.political.mediated)
        );
        sentences.push(Sentence::counted(text));
    }
    if let Some(prisoners) = history.exchanges.iter().max_by_key(|series| series.count) {
        let name = if prisoners.series.is_empty() {
            "Exchanges".to_owned()
        } else {
            format!("Exchanges ({})", prisoners.series)
        };
        let text = format!(
            "{name}: {} on record, the last on {} ({}).",
            prisoners.count,
            words::when(prisoners.last),
            words::before(prisoners.last.first(), findings.moment.at)
        );
        sentences.push(Sentence::with_rows(text, [prisoners.last_row.clone()]).over_all());
    }
    sentences
}

/// How the last twelve months were spent.
fn quiet_year(findings: &Findings<'_>) -> Option<Sentence> {
    let months = &findings.history.months;
    let year = &months[months.len().saturating_sub(12)..];
    if year.len() < 12 {
        return None;
    }
    let all = [Phase::Movement, Phase::Talks, Phase::Mediated, Phase::Setback, Phase::Lull, Phase::Stalemate];
    let parts: Vec<String> = all
        .into_iter()
        .map(|phase| (phase, year.iter().filter(|month| month.political.phase == phase).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(phase, count)| format!("{} {count}", phase.word()))
        .collect();
    if parts.is_empty() {
        return None;
    }
    Some(Sentence::counted(format!("The last twelve months by phase: {}.", words::list(&parts))))
}

fn what_can_be_compared(findings: &Findings<'_>) -> Vec<Sentence> {
    let coverage = findings.now.coverage;
    if findings.case.principals.len() < 2 || coverage.issues == 0 {
        let uncoded = findings.now.uncoded.iter().map(|words| words.count).sum::<usize>();
        return vec![Sentence::counted(format!(
            "Nothing can be compared yet: {} are uncoded, and a comparison needs issues with a scale and two principals.",
            words::count_of(uncoded, "statement", "statements")
        ))];
    }
    let mut sentences = vec![Sentence::counted(format!(
        "All sides ask for something on {} of {} issues; on {} all of them have asked for or ruled out something.",
        coverage.comparable, coverage.issues, coverage.any_stance
    ))];
    for (actor, name) in findings.principals() {
        let id = &findings.case.actors[actor].id;
        let mine: Vec<_> = findings
            .now
            .issues
            .iter()
            .filter_map(|issue| Some((issue, issue.stances.iter().find(|stance| *stance.actor == **id)?)))
            .collect();
        let oldest = mine
            .iter()
            .filter(|(_, stance)| !stance.position.is_empty())
            .filter_map(|(issue, stance)| Some((stance.last?, issue, stance)))
            .min_by_key(|(last, ..)| *last);
        if let Some((last, issue, stance)) = oldest {
            let text = format!(
                "{name} has been silent longest on “{}”, where its position still stands: it last spoke on {} ({}).",
                issue.title,
                words::when(last),
                words::before(last.first(), findings.moment.at)
            );
            sentences.push(Sentence::with_rows(text, stance.position_rows.clone()).over_all());
        }
    }
    sentences
}

fn what_moved(findings: &Findings<'_>) -> Vec<Sentence> {
    let (since, why) = &findings.since;
    let mut sentences = Vec::new();
    if findings.case.issues.is_empty() {
        return sentences;
    }
    let (opening, row) = match why {
        Since::LastTalks(id) => {
            (format!("Since the last direct political talks on {}", words::day(*since)), vec![id.clone()])
        }
        Since::AYearBefore => (format!("Since {}", words::day(*since)), Vec::new()),
    };
    for (actor, name) in findings.principals() {
        let id = &findings.case.actors[actor].id;
        let moved: Vec<&MovementOfHistory> = findings
            .history
            .movements
            .iter()
            .filter(|m| *m.actor == **id && m.date.first() > *since && m.direction != Direction::None)
            .collect();
        let count = |direction| moved.iter().filter(|m| m.direction == direction).count();
        let (hard, soft) = (count(Direction::Hardening), count(Direction::Concession));
        let text = format!(
            "{}, {name} has {} and {} on record.",
            if sentences.is_empty() { opening.as_str() } else { "Over the same time" },
            words::count_of(
                hard,
                "movement away from the other side or closing an option",
                "movements away from the other side or closing an option"
            ),
            words::count_of(soft, "movement toward it or opening one", "movements toward it or opening one"),
        );
        sentences.push(Sentence::with_rows(text, row.clone()).over_all());
        let largest = moved.iter().rev().filter(|m| m.kind == MovementKind::Shift).max_by_key(|m| m.steps);
        if let Some(movement) = largest {
            sentences.push(movement_sentence(findings, movement));
        }
    }
    sentences
}

/// A shift in a sentence, with what it came after.
pub(super) fn movement_sentence(findings: &Findings<'_>, movement: &MovementOfHistory) -> Sentence {
    let issue = &movement.issue;
    let mut text = format!(
        "The largest: on {}, {} moved on “{}” from {} to {}",
        words::when(movement.date),
        findings.name(&movement.actor),
        findings.issue_title(issue),
        findings.options(issue, &movement.from),
        findings.options(issue, &movement.to),
    );
    let event = findings.events_before(movement).into_iter().next();
    if let Some(event) = event {
        text.push_str(&format!("; after: {} ({})", words::clause(&event.title), words::when(event.date)));
    }
    text.push('.');
    Sentence::with_rows(text, movement.rows.iter().cloned().chain(event.map(|event| event.id.to_string()))).over_all()
}

fn widest(findings: &Findings<'_>) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let comparable = findings.by_gap();
    if !comparable.is_empty() && comparable.iter().all(|issue| issue.gap.is_some_and(|gap| gap.steps_max == 0)) {
        let issues = words::count_of(comparable.len(), "issue", "issues");
        sentences.push(Sentence::counted(format!(
            "All sides ask for the same option on each of the {issues} that can be compared."
        )));
    }
    for issue in comparable.into_iter().filter(|issue| issue.gap.is_some_and(|gap| gap.steps_max > 0)).take(2) {
        let Some(gap) = issue.gap else { continue };
        let options = findings.case.issues.iter().find(|i| *i.id == *issue.id).map_or(0, |i| i.options.len());
        let sides: Vec<String> = issue
            .stances
            .iter()
            .filter(|stance| stance.principal)
            .map(|stance| {
                format!("{} asks for {}", findings.name(&stance.actor), findings.options(&issue.id, &stance.position))
            })
            .collect();
        let text = format!(
            "“{}”: {}; {} of {} possible.",
            issue.title,
            sides.join("; "),
            words::steps(gap),
            options.saturating_sub(1)
        );
        let rows =
            issue.stances.iter().filter(|stance| stance.principal).flat_map(|stance| stance.position_rows.clone());
        sentences.push(Sentence::with_rows(text, rows).over_all());
    }
    let comparison = &findings.comparison;
    if !comparison.issues.is_empty() && !findings.gaps.is_empty() {
        let sum = |f: fn(&detente_analysis::gap::CommonIssue) -> u32| comparison.issues.iter().map(f).sum::<u32>();
        let change = match comparison.change {
            Change::Narrower => "narrower",
            Change::Same => "the same",
            Change::Wider => "wider",
            Change::Unclear => "not clearly wider or narrower",
        };
        let text = format!(
            "On the {} that could be compared both on {} and on {}, the sum of steps went from {} to {}: {change}; the same in {} % of {} random spacings that keep the order of the options.",
            words::count_of(comparison.issues.len(), "issue", "issues"),
            words::day(findings.since.0),
            words::day(findings.moment.at),
            range(sum(|i| i.before.steps_min), sum(|i| i.before.steps_max)),
            range(sum(|i| i.after.steps_min), sum(|i| i.after.steps_max)),
            percent(comparison.same_sign),
            comparison.draws
        );
        sentences.push(Sentence::counted(text));
    }
    sentences
}

/// A share as whole per cent.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.0}", share * 100.0)
}

fn range(least: u32, greatest: u32) -> String {
    if least == greatest { least.to_string() } else { format!("{least}–{greatest}") }
}

fn what_to_watch(findings: &Findings<'_>) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let level = words::level(findings.case.settings.methods.talks_level);
    match findings.history.months.last().map(|month| month.political.phase) {
        Some(Phase::Movement | Phase::Talks) => {
            let months = findings.case.settings.methods.stalemate_after_months;
            sentences.push(Sentence::counted(format!("A month without direct talks would end this phase; {months} months without any contact would make it a stalemate.")));
        }
        Some(_) => sentences.push(Sentence::counted(format!("Direct talks at the {level} or above would change the phase; so would a third party's meetings with each side in one month."))),
        None => {}
    }
    let one_sided: Vec<String> = findings
        .now
        .issues
        .iter()
        .filter(|issue| {
            !issue.comparable && issue.stances.iter().any(|stance| stance.principal && !stance.position.is_empty())
        })
        .map(|issue| {
            let silent: Vec<String> = issue
                .stances
                .iter()
                .filter(|s| s.principal && s.position.is_empty())
                .map(|s| findings.name(&s.actor))
                .collect();
            format!("“{}” ({})", issue.title, words::list(&silent))
        })
        .collect();
    if !one_sided.is_empty() {
        let text = format!(
            "A statement of what it asks for would make these issues comparable: {}.",
            words::list_some(&one_sided, 4)
        );
        sentences.push(Sentence::counted(text));
    }
    sentences
}

/// The coverage grid.
pub(super) fn coverage(findings: &Findings<'_>) -> Section {
    let mut blocks = Vec::new();
    if !findings.case.issues.is_empty() && !findings.case.principals.is_empty() {
        blocks.push(paragraph(vec![Sentence::counted(coverage_sentence(findings))]));
        blocks.push(Block::Figure(Box::new(drawings::coverage_grid(findings.case, &findings.grid))));
    }
    Section { id: "on-record".into(), title: "How much is on record".into(), annex: false, blocks }
}

fn coverage_sentence(findings: &Findings<'_>) -> String {
    let parts: Vec<String> = findings
        .principals()
        .map(|(actor, name)| {
            let id = &findings.case.actors[actor].id;
            let filled = findings
                .grid
                .rows
                .iter()
                .filter(|row| *row.actor == **id && row.cells.last().is_some_and(|cell| cell.in_force))
                .count();
            format!("{name} on {filled}")
        })
        .collect();
    format!(
        "Something asked for or ruled out stands for {} of {} issues. Empty cells are silence on record: neither consent nor refusal.",
        words::list(&parts),
        findings.case.issues.len()
    )
}

/// The first and the last month of a spell.
pub(super) fn spell_months(from: Month, to: Month) -> String {
    if from == to { words::month(from) } else { format!("{} to {}", words::month(from), words::month(to)) }
}

/// The name of a track.
pub(super) fn track(track: Track) -> &'static str {
    match track {
        Track::Political => "political",
        Track::Humanitarian => "humanitarian",
    }
}
