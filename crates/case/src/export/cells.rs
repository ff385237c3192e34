//! Rows of a case as cells of their tables.

use super::{ActorTexts, Cells};
use crate::actor::Actor;
use crate::case::Case;
use crate::event::Event;
use crate::factor::Factor;
use crate::ids::Id;
use crate::indicator::{Evidence, Indicator, Rises};
use crate::issue::{Issue, OptionPlace, Topic};
use crate::marking::Marking;
use crate::package::Clause;
use crate::position::{Position, Subject};
use crate::relation::Relation;
use crate::source;
use crate::source_defaults::SourceDefaults;
use crate::when::When;

pub(super) fn actor_cells(case: &Case, actor: &Actor) -> Vec<String> {
    let roles: Vec<&str> = actor.roles.iter().map(|role| role.word()).collect();
    vec![
        actor.id.to_string(),
        actor.name.to_string(),
        actor.kind.map(|kind| kind.word()).unwrap_or_default().to_owned(),
        roles.join(";"),
        actor.parent.map(|id| case.actors[id].id.to_string()).unwrap_or_default(),
        actor.iso3.to_string(),
        date(actor.valid_from),
        date(actor.valid_to),
        actor.note.to_string(),
        marking(actor.marking),
    ]
}

pub(super) fn option_cells(issue: &Issue, place: OptionPlace) -> Vec<String> {
    let option = &issue.options[place.0 as usize];
    vec![
        issue.id.to_string(),
        issue.title.to_string(),
        issue.group.to_string(),
        option.id.to_string(),
        (place.0 + 1).to_string(),
        option.place.to_string(),
        option.label.to_string(),
        option.norm_flag.to_string(),
        option.notes.to_string(),
        marking(issue.marking),
    ]
}

pub(super) fn topic_cells(case: &Case, topic: &Topic) -> Vec<String> {
    let issue = topic.issue.map(|id| case.issues[id].id.to_string()).unwrap_or_default();
    vec![topic.id.to_string(), topic.title.to_string(), issue, topic.track.word().to_owned()]
}

pub(super) fn position_cells(case: &Case, texts: &ActorTexts<'_>, row: &Position, cells: Cells) -> Vec<String> {
    let (grade, basis, quote_lang) = match cells {
        Cells::OwnOnly => (row.written.grade, row.written.basis, &row.written.quote_lang),
        Cells::WithDefaults => (row.grade, row.basis, &row.quote_lang),
    };
    let issue = row.subject.issue();
    let option = |place: OptionPlace| {
        issue.map(|issue| case.issues[issue].options[place.0 as usize].id.to_string()).unwrap_or_default()
    };
    let supersedes: Vec<&str> = row.supersedes.iter().map(|id| &*case.positions[*id].id).collect();
    vec![
        row.id.to_string(),
        if row.document == row.id { String::new() } else { row.document.to_string() },
        row.actor_text.as_deref().unwrap_or_else(|| texts.one(row.actor)).to_owned(),
        texts.list(&row.addressees),
        row.organ.map(|rank| rank.to_string()).unwrap_or_default(),
        match row.subject {
            Subject::Issue(id) => case.issues[id].id.to_string(),
            Subject::Topic(id) => case.topics[id].id.to_string(),
        },
        row.kind.map(|kind| kind.word()).unwrap_or_default().to_owned(),
        yes(row.accepts),
        row.ask.map(|ask| option(ask.low)).unwrap_or_default(),
        row.ask.and_then(|ask| ask.best).map(option).unwrap_or_default(),
        row.ask.map(|ask| option(ask.high)).unwrap_or_default(),
        row.rules_out.iter().map(option).collect::<Vec<_>>().join(";"),
        row.condition_text.to_string(),
        row.valid_from.to_string(),
        date(row.valid_to),
        row.known_from.to_string(),
        row.statement.to_string(),
        row.quote.to_string(),
        quote_lang.to_string(),
        row.locator.to_string(),
        basis.map(|basis| basis.word()).unwrap_or_default().to_owned(),
        source_id(case, row.source),
        row.link.to_string(),
        grade.map(|grade| grade.to_string()).unwrap_or_default(),
        if row.verified { "yes" } else { "no" }.to_owned(),
        row.coder.to_string(),
        row.reviewer.to_string(),
        marking(row.marking),
        supersedes.join(";"),
        row.uncoded_reason.to_string(),
        row.coder_note.to_string(),
    ]
}

pub(super) fn event_cells(case: &Case, texts: &ActorTexts<'_>, row: &Event) -> Vec<String> {
    let topics: Vec<&str> = row.topics.iter().map(|id| &*case.topics[*id].id).collect();
    let mediators: Vec<String> = row
        .mediators
        .iter()
        .map(|mediator| {
            let name = texts.listed(mediator.actor);
            if mediator.remark.is_empty() { name.to_owned() } else { format!("{name} ({})", mediator.remark) }
        })
        .collect();
    vec![
        row.id.to_string(),
        row.date.to_string(),
        date(row.end_date),
        row.known_from.to_string(),
        row.kind.word().to_owned(),
        row.series.to_string(),
        row.title.to_string(),
        row.place.to_string(),
        row.country.to_string(),
        row.level.word().to_owned(),
        texts.list(&row.parties),
        row.parties_text.to_string(),
        mediators.join(";"),
        topics.join(";"),
        row.outcome.to_string(),
        row.direction.word().to_owned(),
        source_id(case, row.source),
        row.link.to_string(),
        if row.verified { "yes" } else { "no" }.to_owned(),
        row.note.to_string(),
        marking(row.marking),
    ]
}

pub(super) fn relation_cells(case: &Case, texts: &ActorTexts<'_>, row: &Relation) -> Vec<String> {
    let share = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    vec![
        row.id.to_string(),
        texts.one(row.from).to_owned(),
        texts.one(row.to).to_owned(),
        row.kind.word().to_owned(),
        row.valid_from.to_string(),
        date(row.valid_to),
        share(row.intensity[0]),
        share(row.intensity[1]),
        share(row.intensity[2]),
        row.basis.to_string(),
        source_id(case, row.source),
        if row.verified { "yes" } else { "no" }.to_owned(),
        marking(row.marking),
    ]
}

pub(super) fn factor_cells(case: &Case, row: &Factor) -> Vec<String> {
    vec![
        row.name.to_string(),
        row.date.to_string(),
        date(row.known_from),
        row.value.to_string(),
        row.unit.to_string(),
        row.note.to_string(),
        source_id(case, row.source),
        if row.verified { "yes" } else { "no" }.to_owned(),
        marking(row.marking),
    ]
}

pub(super) fn indicator_cells(
    case: &Case,
    texts: &ActorTexts<'_>,
    row: &Indicator,
    evidence: &Evidence,
) -> Vec<String> {
    let (series, rows) = match evidence {
        Evidence::Series(name) => (name.to_string(), String::new()),
        Evidence::Rows { positions, events, relations } => {
            let ids = positions.iter().map(|id| &*case.positions[*id].id);
            let ids = ids.chain(events.iter().map(|id| &*case.events[*id].id));
            let ids: Vec<&str> = ids.chain(relations.iter().map(|id| &*case.relations[*id].id)).collect();
            (String::new(), ids.join(";"))
        }
    };
    vec![
        row.kind.word().to_owned(),
        row.actor.map(|id| texts.one(id).to_owned()).unwrap_or_default(),
        series,
        rows,
        row.rises.map(Rises::word).unwrap_or_default().to_owned(),
        row.near_zero.map(|value| value.to_string()).unwrap_or_default(),
        row.reason.to_string(),
        marking(row.marking),
    ]
}

pub(super) fn clause_cells(case: &Case, row: &Clause, rows: &[Id<Position>]) -> Vec<String> {
    let (subject, options) = match row.subject {
        Subject::Issue(id) => {
            let issue = &case.issues[id];
            let ids: Vec<&str> = row.options.iter().map(|option| &*issue.options[option.0 as usize].id).collect();
            (&issue.id, ids.join(";"))
        }
        Subject::Topic(id) => (&case.topics[id].id, String::new()),
    };
    let rows: Vec<&str> = rows.iter().map(|id| &*case.positions[*id].id).collect();
    vec![
        row.package.to_string(),
        row.title.to_string(),
        subject.to_string(),
        options,
        row.words.to_string(),
        rows.join(";"),
        date(row.date),
        date(row.known_from),
        source_id(case, row.source),
        row.locator.to_string(),
        marking(row.marking),
        row.note.to_string(),
    ]
}

pub(super) fn source_default_cells(case: &Case, row: &SourceDefaults) -> Vec<String> {
    vec![
        case.sources[row.source].id.to_string(),
        row.grade.map(|grade| grade.to_string()).unwrap_or_default(),
        row.basis.map(|basis| basis.word()).unwrap_or_default().to_owned(),
        row.language.to_string(),
    ]
}

pub(super) fn date(when: Option<When>) -> String {
    when.map(|when| when.to_string()).unwrap_or_default()
}

pub(super) fn yes(flag: bool) -> String {
    if flag { "yes" } else { "" }.to_owned()
}

pub(crate) fn marking(marking: Option<Marking>) -> String {
    marking
        .and_then(|marking| Marking::WORDS.iter().find(|(_, m)| *m == marking))
        .map(|(word, _)| (*word).to_owned())
        .unwrap_or_default()
}

pub(super) fn source_id(case: &Case, source: Option<Id<source::Source>>) -> String {
    source.map(|id| case.sources[id].id.to_string()).unwrap_or_default()
}
