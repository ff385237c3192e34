//! `events.csv`: what happened.

use std::collections::HashMap;

use crate::actor::{Actor, Extra, duplicate, extra, period};
use crate::cell;
use crate::diagnostic::{Code, Findings};
use crate::ids::Id;
use crate::issue::{Topic, Track};
use crate::load::Loading;
use crate::marking::Marking;
use crate::source::Source;
use crate::table::{self, Row, Table, table_format};
use crate::when::When;
use crate::words::word_enum;

table_format! {
    /// Columns of `events.csv`.
    EventColumn, "events.csv", row is "one event", unlocks "history: phases, rounds, contact",
    {
        Id "id" optional "id of the row; `e-` and a number in the order of `known_from` if empty";
        Date "date" required "day on which it happened or began";
        EndDate "end_date" optional "last day, for events of several days";
        KnownFrom "known_from" optional "day on which it could be known; `date` if empty";
        Type "type" required "talks, mediation, proposal, agreement, exchange, breakdown, legal_act, military, allegation, aid, sanctions, election or other";
        Series "series" optional "kind of exchange: prisoners, bodies, children, civilians";
        Title "title" required "what happened, in a few words";
        Place "place" optional "where";
        Country "country" optional "ISO 3166-1 alpha-2 of the place, or a list of them";
        Level "level" optional "leaders, ministers, delegations, technical or none";
        Parties "parties" optional "list of the actors that took part";
        PartiesText "parties_text" optional "list of others, in words";
        Mediators "mediators" optional "list of actors that acted between the sides; `(host)` after one that only gave the place";
        Topics "topics" optional "list of issues and topics";
        Outcome "outcome" optional "what came of it";
        Direction "direction" optional "progress, setback, binding_act or neutral, with respect to agreement only";
        SourceId "source_id" optional "id of a source in the bibliography";
        Link "link" optional "address, where there is no bibliography";
        Verified "verified" optional "yes if the core of the row was read in the source; no otherwise";
        Note "note" optional "note";
        Marking "marking" optional "public, restricted or confidential";
    }
}

word_enum! {
    /// What an event is.
    EventType {
        Talks "talks" "A meeting or call in which parties, or a party and a third actor, negotiate.";
        Mediation "mediation" "A third party's meeting or round with a side.";
        Proposal "proposal" "A text or terms put forward.";
        Agreement "agreement" "Both sides take a commitment.";
        Exchange "exchange" "People or remains handed over or evacuated.";
        Breakdown "breakdown" "Talks or a deal suspended, ended or postponed.";
        LegalAct "legal_act" "A law, decree, treaty, court or assembly decision.";
        Military "military" "An operation, a withdrawal, a truce declared alone.";
        Allegation "allegation" "One side accuses, the other denies.";
        Aid "aid" "A decision of a backer to give or pause help.";
        Sanctions "sanctions" "A decision to impose, widen or lift sanctions.";
        Election "election" "A vote for an office or a legislature.";
        Other "other" "Anything else.";
    }
}

word_enum! {
    /// The highest level at which people met. Higher levels order higher.
    ContactLevel {
        None "none" "No contact.";
        Technical "technical" "Experts and officials.";
        Delegations "delegations" "Appointed negotiators and envoys.";
        Ministers "ministers" "Ministers.";
        Leaders "leaders" "Heads of state or government.";
    }
}

word_enum! {
    /// What an event means for agreement between the parties, at its own date.
    Direction {
        Progress "progress" "A commitment, a measure carried out, an acceptance, a resumption.";
        Setback "setback" "Hostilities begin, talks or a deal end, a proposal is refused.";
        BindingAct "binding_act" "A legal act by which one side binds its own later choice.";
        Neutral "neutral" "Anything else.";
    }
}

/// A third party at an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mediator {
    /// Who.
    pub actor: Id<Actor>,
    /// What stands in brackets after the name, such as `host`.
    pub remark: Box<str>,
}

impl Mediator {
    /// Whether it only gave the place.
    #[must_use]
    pub fn only_host(&self) -> bool {
        &*self.remark == "host"
    }
}

/// Something that happened.
#[derive(Clone, Debug)]
pub struct Event {
    /// Id, as the file writes it.
    pub id: Box<str>,
    /// When it happened or began.
    pub date: When,
    /// Its last day.
    pub end_date: Option<When>,
    /// When it could be known.
    pub known_from: When,
    /// What it is.
    pub kind: EventType,
    /// Kind of exchange.
    pub series: Box<str>,
    /// What happened, in a few words.
    pub title: Box<str>,
    /// Where.
    pub place: Box<str>,
    /// ISO 3166-1 alpha-2 codes of the place.
    pub country: Box<str>,
    /// The highest level present.
    pub level: ContactLevel,
    /// Who took part.
    pub parties: Vec<Id<Actor>>,
    /// Others who took part, in words.
    pub parties_text: Box<str>,
    /// Who acted between the sides.
    pub mediators: Vec<Mediator>,
    /// What it was about.
    pub topics: Vec<Id<Topic>>,
    /// What came of it.
    pub outcome: Box<str>,
    /// What it means for agreement.
    pub direction: Direction,
    /// Where it was read.
    pub source: Option<Id<Source>>,
    /// Address, where there is no source.
    pub link: Box<str>,
    /// Whether the core of the row was read in the source.
    pub verified: bool,
    /// Note.
    pub note: Box<str>,
    /// Marking of its own.
    pub marking: Option<Marking>,
    /// Cells of columns that the format does not know.
    pub extra: Extra,
}

impl Event {
    /// The last day on which it may have gone on.
    #[must_use]
    pub fn last_day(&self) -> crate::when::Day {
        self.end_date.map_or(self.date.last(), When::last)
    }

    /// Whether it belongs to a track. Events without topics are political; an event may be on both.
    #[must_use]
    pub fn on_track(&self, track: Track, topics: &crate::ids::List<Topic>) -> bool {
        if self.topics.is_empty() {
            return track == Track::Political;
        }
        self.topics.iter().any(|topic| topics[*topic].track == track)
    }
}

/// Reads `events.csv`.
pub(crate) fn read(table: Table<'_>, loading: &mut Loading<'_>, findings: &mut Findings) {
    let mut seen: HashMap<String, u64> = HashMap::new();
    table::read(&EventColumn::FORMAT, table, findings, |row, findings| {
        let id = row.get(EventColumn::Id);
        if let Some(first) = seen.get(id) {
            findings.push(duplicate(row, EventColumn::Id, id, *first));
            return;
        }
        if let Some(event) = read_row(id, row, loading, findings) {
            loading.events.push(event);
        }
        if !id.is_empty() {
            seen.insert(id.to_owned(), row.line);
        }
    });
}

fn read_row(id: &str, row: &Row<'_>, loading: &mut Loading<'_>, findings: &mut Findings) -> Option<Event> {
    let (date, end_date) = period(row, EventColumn::Date, EventColumn::EndDate, findings);
    let known_from = cell::when(row, EventColumn::KnownFrom, findings);
    let kind = cell::word(row, EventColumn::Type, &EventType::WORDS, findings);
    let parties = row
        .list(EventColumn::Parties)
        .filter_map(|text| loading.actor(text, row, EventColumn::Parties, findings))
        .collect();
    let mediators = row
        .list(EventColumn::Mediators)
        .filter_map(|text| {
            let (name, remark) = loading.name_and_remark(text);
            let actor = loading.actor(name, row, EventColumn::Mediators, findings)?;
            Some(Mediator { actor, remark: remark.into() })
        })
        .collect();
    let topics = row
        .list(EventColumn::Topics)
        .filter_map(|text| loading.topic(text, row, EventColumn::Topics, findings))
        .collect();
    let (date, kind) = (date?, kind?);
    if let Some(known) = known_from
        && known.last() < date.first()
    {
        let message = format!("known from {known}, but it happened on {date}");
        findings.push(
            row.finding(Code::KnownBeforeMade, EventColumn::KnownFrom, message)
                .hint("a row is known on the day it happened, or later"),
        );
    }
    Some(Event {
        id: id.into(),
        date,
        end_date,
        known_from: known_from.unwrap_or(date),
        kind,
        series: cell::text(row, EventColumn::Series),
        title: cell::text(row, EventColumn::Title),
        place: cell::text(row, EventColumn::Place),
        country: cell::text(row, EventColumn::Country),
        level: cell::word(row, EventColumn::Level, &ContactLevel::WORDS, findings).unwrap_or(ContactLevel::None),
        parties,
        parties_text: cell::text(row, EventColumn::PartiesText),
        mediators,
        topics,
        outcome: cell::text(row, EventColumn::Outcome),
        direction: cell::word(row, EventColumn::Direction, &Direction::WORDS, findings).unwrap_or(Direction::Neutral),
        source: loading.source(row.get(EventColumn::SourceId), row, EventColumn::SourceId, findings),
        link: cell::text(row, EventColumn::Link),
        verified: cell::yes(row, EventColumn::Verified, false, findings),
        note: cell::text(row, EventColumn::Note),
        marking: cell::marking(row, EventColumn::Marking, findings),
        extra: extra(row),
    })
}
