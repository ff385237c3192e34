//! How the contacts went, month by month, on both tracks.

use detente_analysis::contact;
use detente_analysis::history::{History, Spell};
use detente_analysis::movement::Direction;
use detente_analysis::phase::Phase;
use detente_case::event::ContactLevel;
use detente_case::issue::Track;
use detente_case::{Case, Moment, Month, Record};

use super::{
    LABEL, actor_name, caption, event_title, events_before, ids, list, month, principal, read_as, shorten, span,
};
use crate::figure::Figure;
use crate::figure::timeline::{self, KeyEvent, Level, Round, Timeline};

/// The most events that are labelled.
const MOST_EVENTS: usize = 8;

/// The phases of both tracks, the meetings, and up to eight events.
///
/// Events are chosen by a rule: those of the political track that most days with movements of principals (hardenings, concessions on
/// political issues) list among the events of the days before; of equal ones the earlier.
pub fn timeline(record: Record<'_>, moment: Moment, history: &History) -> Figure {
    let case = record.case;
    let (from, to) = span(record, history, moment.at);
    let tracks = if history.months.is_empty() {
        Vec::new()
    } else {
        vec![track(history, Track::Political, "Political"), track(history, Track::Humanitarian, "Humanitarian")]
    };
    let inside = |round: &&contact::Round| month(Month::of(round.date.first())) >= from;
    let rounds = history.rounds.iter().filter(inside).map(|round| meeting(case, round, false));
    let mediated = history.mediated.iter().filter(inside).map(|round| meeting(case, round, true));
    let input = Timeline {
        caption: caption("timeline", "Phases, meetings and events, month by month"),
        from,
        to,
        as_of: Some(moment.at.to_string()),
        tracks,
        rounds: rounds.chain(mediated).collect(),
        events: key_events(case, history, from),
    };
    read_as(
        timeline::draw(&input),
        "Each track shows the phase of every month by fixed rules; below stand the direct talks by place, filled, and \
         meetings with third parties, hollow. The events named are those that most changes of position came after: after, \
         not because of them.",
    )
}

fn track(history: &History, track: Track, name: &str) -> timeline::Track {
    let spells = history.spells.iter().filter(|spell| spell.track == track);
    timeline::Track { name: name.to_owned(), spells: spells.map(|spell| drawn_spell(history, spell)).collect() }
}

fn drawn_spell(history: &History, spell: &Spell) -> timeline::Spell {
    let months = history.months.iter().filter(|month| spell.from <= month.month && month.month <= spell.to);
    let phases: Vec<_> = months
        .map(|month| match spell.track {
            Track::Political => &month.political,
            Track::Humanitarian => &month.humanitarian,
        })
        .collect();
    let rule = match phases.as_slice() {
        [] => String::new(),
        [only] => only.rule.clone(),
        // The sentences of a spell differ where they count months or name events.
        [.., last] if phases.iter().all(|phase| phase.rule == last.rule) => last.rule.clone(),
        [.., last] => format!("{}; the last month: {}", general_rule(spell.phase), last.rule),
    };
    let rows = ids(phases.iter().flat_map(|phase| &phase.rows).map(String::as_str));
    let basis = if rows.is_empty() { rule } else { format!("{rule} ({rows})") };
    timeline::Spell { from: month(spell.from), to: month(spell.to), phase: drawn_phase(spell.phase), basis }
}

fn general_rule(phase: Phase) -> &'static str {
    match phase {
        Phase::Setback => "something was broken off or a principal hardened, and no direct talks came after it",
        Phase::Movement => "direct talks, with progress or a concession",
        Phase::Talks => "direct talks, with neither progress nor concession",
        Phase::Mediated => "no direct talks; a third party met with the sides",
        Phase::Exchanges => "no talks recorded; exchanges or agreements carried out",
        Phase::Lull => "none of these for a short while",
        Phase::Stalemate => "none of these for longer",
        Phase::NotStarted => "none of these yet",
    }
}

fn drawn_phase(phase: Phase) -> timeline::Phase {
    match phase {
        Phase::Setback => timeline::Phase::Setback,
        Phase::Movement => timeline::Phase::Movement,
        Phase::Talks => timeline::Phase::Talks,
        Phase::Mediated => timeline::Phase::Mediated,
        Phase::Exchanges => timeline::Phase::Exchanges,
        Phase::Lull => timeline::Phase::Lull,
        Phase::Stalemate => timeline::Phase::Stalemate,
        Phase::NotStarted => timeline::Phase::NotStarted,
    }
}

fn meeting(case: &Case, round: &contact::Round, mediated: bool) -> Round {
    let names = |ids: &[String]| list(&ids.iter().map(|id| actor_name(case, id)).collect::<Vec<_>>());
    let (parties, mediators) = (names(&round.parties), names(&round.mediators));
    let who = match (parties.is_empty(), mediators.is_empty()) {
        (_, true) => parties,
        (true, false) => mediators,
        (false, false) => format!("{parties}, with {mediators}"),
    };
    let who = if who.is_empty() { String::new() } else { format!("; {who}") };
    Round {
        date: round.date.to_string(),
        end: round.end_date.map(|end| end.to_string()),
        venue: venue(&round.place),
        level: match round.level {
            ContactLevel::Leaders => Level::Leaders,
            ContactLevel::Ministers => Level::Ministers,
            ContactLevel::Delegations => Level::Delegations,
            ContactLevel::Technical => Level::Technical,
            ContactLevel::None => Level::NotStated,
        },
        mediated,
        title: format!("{}{who} ({})", round.title, round.id),
    }
}

/// The lane of a meeting: its place; one lane for those at a distance or at a place that is not stated.
fn venue(place: &str) -> String {
    const REMOTE: [&str; 7] = ["video", "call", "phone", "telephone", "online", "videoconference", "virtual"];
    let mut words = place.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    let remote = place.trim().is_empty() || words.any(|word| REMOTE.contains(&word.as_str()));
    if remote { "Video or call".to_owned() } else { place.trim().to_owned() }
}

fn key_events(case: &Case, history: &History, from: (i32, u32)) -> Vec<KeyEvent> {
    let political = |id: &str| case.issues.iter().any(|issue| *issue.id == *id && issue.track == Track::Political);
    let movements = history.movements.iter().filter(|movement| {
        movement.direction != Direction::None
            && principal(case, &movement.actor).is_some()
            && political(&movement.issue)
    });
    events_before(case, movements, Some(Track::Political))
        .into_iter()
        .filter(|(event, _)| month(Month::of(event.date.first())) >= from)
        .take(MOST_EVENTS)
        .map(|(event, count)| KeyEvent {
            date: event.date.to_string(),
            text: shorten(&event.title, LABEL),
            title: event_title(event, count),
        })
        .collect()
}
