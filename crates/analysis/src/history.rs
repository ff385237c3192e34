//! How it got here: months, phases, spells, rounds and movements on two tracks (layer A). See `docs/methods/history.md`.

use std::collections::BTreeMap;

use detente_case::event::{ContactLevel, Event, EventType};
use detente_case::issue::{OptionSet, Track};
use detente_case::{Case, Id, Moment, Month, Record, When};
use schemars::JsonSchema;
use serde::Serialize;

use crate::about::{About, At, Layer, Settings};
use crate::contact::{self, Round};
use crate::movement::{self, Direction, Movement, MovementKind};
use crate::phase::{self, MonthPhase, Phase, Rules};

/// The history of a case up to a moment.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct History {
    /// The moment.
    #[serde(flatten)]
    pub moment: At,
    /// Months from the start of the case's period, both tracks.
    pub months: Vec<MonthOfHistory>,
    /// Consecutive months of one phase.
    pub spells: Vec<Spell>,
    /// Rounds of direct talks.
    pub rounds: Vec<Round>,
    /// Meetings of third parties with a side.
    pub mediated: Vec<Round>,
    /// Exchanges by series, with their long pauses.
    pub exchanges: Vec<ExchangeSeries>,
    /// Movements of all actors, by date.
    pub movements: Vec<MovementOfHistory>,
    /// How much the phases depend on the rules.
    pub sensitivity: Vec<Sensitivity>,
    /// Where the result comes from.
    pub about: About,
}

/// One month.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MonthOfHistory {
    /// The month.
    pub month: Month,
    /// The political track.
    pub political: MonthPhase,
    /// The humanitarian track.
    pub humanitarian: MonthPhase,
    /// Exchanges and agreements carried out on the humanitarian track.
    pub exchanges: usize,
}

/// Consecutive months of one phase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Spell {
    /// The track.
    pub track: Track,
    /// The phase.
    pub phase: Phase,
    /// First month.
    pub from: Month,
    /// Last month.
    pub to: Month,
    /// Number of months.
    pub months: u32,
}

/// Exchanges of one kind: prisoners, bodies, children, civilians. Series are never added up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ExchangeSeries {
    /// The kind; empty where it is not stated.
    pub series: String,
    /// Number of exchanges on record.
    pub count: usize,
    /// The first.
    pub first: When,
    /// The last.
    pub last: When,
    /// Id of the last one.
    pub last_row: String,
    /// Times without one of at least [`LONG_PAUSE`] days, between two on record.
    pub pauses: Vec<Pause>,
}

/// A time without exchanges.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Pause {
    /// The exchange before.
    pub from: When,
    /// The exchange after.
    pub to: When,
    /// Days between them.
    pub days: i32,
    /// Ids of the two exchanges.
    pub rows: Vec<String>,
}

/// Days without an exchange from which a pause is listed.
pub const LONG_PAUSE: i32 = 90;

/// One movement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MovementOfHistory {
    /// Actor id.
    pub actor: String,
    /// Issue id.
    pub issue: String,
    /// When the statement was made.
    pub date: When,
    /// What kind.
    pub kind: MovementKind,
    /// Where to.
    pub direction: Direction,
    /// Option ids before: the position; of a closure, what had not been ruled out; of an opening, what had been.
    pub from: Vec<String>,
    /// Option ids after: the position; the options newly ruled out; the options opened.
    pub to: Vec<String>,
    /// Option ids that the first statement rules out, on an entry.
    pub closed: Vec<String>,
    /// Steps moved, or options closed or opened.
    pub steps: u32,
    /// Whether it is a law, statute or decree.
    pub law: bool,
    /// Under which condition an opening holds.
    pub condition: String,
    /// Ids of the statements.
    pub rows: Vec<String>,
    /// Ids of events on the same track in the days before, at most the nearest fifty: after them, not because of them.
    pub events: Vec<String>,
    /// Further events of these days that are not listed.
    pub more_events: usize,
}

/// What changes if one rule is set otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Sensitivity {
    /// The rule.
    pub parameter: String,
    /// The value used.
    pub value: String,
    /// The other value.
    pub otherwise: String,
    /// Months of the political track whose phase changes.
    pub changed: usize,
    /// Their share.
    pub share: f64,
}

/// The history up to a moment.
#[must_use]
pub fn history(case: &Case, moment: Moment, settings: Settings) -> History {
    let record = Record::known_by(case, moment.known);
    let movements = movement::movements(record, moment.at);
    let rules = rules(case);
    let start = start(record);
    let political = phase::phases(record, Track::Political, start, moment.at, &movements, rules);
    let humanitarian = phase::phases(record, Track::Humanitarian, start, moment.at, &movements, rules);
    let contacts = contact::by_month(record, Track::Humanitarian, moment.at);
    let spells =
        spells(Track::Political, &political).into_iter().chain(spells(Track::Humanitarian, &humanitarian)).collect();
    let sensitivity = sensitivity(record, moment, start, &movements, rules, &political);
    let months = political
        .into_iter()
        .zip(humanitarian)
        .map(|((month, political), (_, humanitarian))| MonthOfHistory {
            month,
            political,
            humanitarian,
            exchanges: contacts.get(&month).map_or(0, |contact| contact.exchanges.len()),
        })
        .collect();
    History {
        moment: moment.into(),
        months,
        spells,
        rounds: contact::rounds(record, moment.at),
        mediated: contact::mediated_rounds(record, moment.at),
        exchanges: exchanges(record, moment),
        movements: movements.iter().map(|movement| printed(case, movement)).collect(),
        sensitivity,
        about: About::new(Layer::A, "history", true, record, settings),
    }
}

/// The rules that the case's settings ask for.
#[must_use]
pub fn rules(case: &Case) -> Rules {
    Rules {
        stalemate_after_months: case.settings.methods.stalemate_after_months,
        talks_level: case.settings.methods.talks_level,
        laws_harden: true,
        setback_restarts: true,
    }
}

/// The first month of the history: the case's own start, else the first event or statement known.
#[must_use]
pub fn start(record: Record<'_>) -> Month {
    let first = || {
        let events = record.events().map(|(_, event)| event.date.first()).min();
        let positions =
            record.positions().filter(|(_, row)| !row.is_law()).map(|(_, row)| row.valid_from.first()).min();
        events.into_iter().chain(positions).min().unwrap_or(record.known)
    };
    Month::of(record.case.settings.starts.unwrap_or_else(first))
}

fn spells(track: Track, months: &[(Month, MonthPhase)]) -> Vec<Spell> {
    months
        .chunk_by(|a, b| a.1.phase == b.1.phase)
        .map(|chunk| Spell {
            track,
            phase: chunk[0].1.phase,
            from: chunk[0].0,
            to: chunk[chunk.len() - 1].0,
            months: u32::try_from(chunk.len()).unwrap_or(u32::MAX),
        })
        .collect()
}

fn sensitivity(
    record: Record<'_>,
    moment: Moment,
    start: Month,
    movements: &[Movement],
    rules: Rules,
    base: &[(Month, MonthPhase)],
) -> Vec<Sensitivity> {
    let mut found = Vec::new();
    let mut vary = |parameter: &str, value: String, otherwise: String, other: Rules| {
        let varied = phase::phases(record, Track::Political, start, moment.at, movements, other);
        let changed = base.iter().zip(&varied).filter(|(a, b)| a.1.phase != b.1.phase).count();
        let share = if base.is_empty() { 0.0 } else { changed as f64 / base.len() as f64 };
        found.push(Sensitivity { parameter: parameter.to_owned(), value, otherwise, changed, share });
    };
    let used = rules.stalemate_after_months;
    for months in [2, 3, 4, 5, 6] {
        if months != used {
            let other = Rules { stalemate_after_months: months, ..rules };
            vary("months without contact that make a stalemate", used.to_string(), months.to_string(), other);
        }
    }
    for level in [ContactLevel::Technical, ContactLevel::Delegations, ContactLevel::Ministers] {
        if level != rules.talks_level {
            let other = Rules { talks_level: level, ..rules };
            vary(
                "lowest level that counts as talks",
                rules.talks_level.word().to_owned(),
                level.word().to_owned(),
                other,
            );
        }
    }
    vary(
        "laws that rule options out count as hardening",
        "yes".into(),
        "no".into(),
        Rules { laws_harden: false, ..rules },
    );
    vary(
        "a setback starts the count of quiet months anew",
        "yes".into(),
        "no".into(),
        Rules { setback_restarts: false, ..rules },
    );
    found
}

fn exchanges(record: Record<'_>, moment: Moment) -> Vec<ExchangeSeries> {
    let mut series: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
    for (_, event) in record.events() {
        if event.kind == EventType::Exchange && event.date.first() <= moment.at {
            series.entry(&event.series).or_default().push(event);
        }
    }
    let pause = |pair: &[&Event]| {
        let days = pair[0].date.first().until(pair[1].date.first()).map(|span| span.get_days()).unwrap_or_default();
        let rows = pair.iter().map(|event| event.id.to_string()).collect();
        (days >= LONG_PAUSE).then(|| Pause { from: pair[0].date, to: pair[1].date, days, rows })
    };
    let of_series = |(name, events): (&str, Vec<&Event>)| {
        let (first, last) = (events.first()?, events.last()?);
        Some(ExchangeSeries {
            series: name.to_owned(),
            count: events.len(),
            first: first.date,
            last: last.date,
            last_row: last.id.to_string(),
            pauses: events.windows(2).filter_map(pause).collect(),
        })
    };
    series.into_iter().filter_map(of_series).collect()
}

/// A movement with ids for people and programs.
#[must_use]
pub fn printed(case: &Case, movement: &Movement) -> MovementOfHistory {
    let issue = &case.issues[movement.issue];
    let options = |set: OptionSet| set.iter().map(|place| issue.options[place.0 as usize].id.to_string()).collect();
    let rows = |ids: &[Id<detente_case::position::Position>]| {
        ids.iter().map(|id| case.positions[*id].id.to_string()).collect()
    };
    MovementOfHistory {
        actor: case.actors[movement.actor].id.to_string(),
        issue: issue.id.to_string(),
        date: movement.date,
        kind: movement.kind,
        direction: movement.direction,
        from: options(movement.from),
        to: options(movement.to),
        closed: options(movement.closed),
        steps: movement.steps,
        law: movement.law,
        condition: movement.condition.clone(),
        rows: rows(&movement.rows),
        events: movement.events.iter().map(|id| case.events[*id].id.to_string()).collect(),
        more_events: movement.more_events,
    }
}
