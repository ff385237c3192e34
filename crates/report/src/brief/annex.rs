//! The annex: assumptions, settings, sources, what the brief does not know, and the rows behind it.

use super::Findings;
use super::in_short::percent;
use crate::document::{Block, Point, Section, Sentence, Table};
use crate::sourcing::Sourcing;
use crate::words;

pub(super) fn sections(findings: &Findings<'_>) -> Vec<Section> {
    vec![
        assumptions(findings),
        settings(findings),
        sources(findings),
        unknown(findings),
        about(findings),
        super::history::annex(findings),
        super::stances::annex(findings),
        super::blocking::annex(findings),
        super::others::annex(findings),
        super::blocking::assumptions(findings),
    ]
}

fn annex(id: &str, title: &str, blocks: Vec<Block>) -> Section {
    Section { id: id.into(), title: title.into(), annex: true, blocks }
}

fn point(lead: &str, sentence: Sentence) -> Point {
    Point { lead: lead.into(), sentences: vec![sentence] }
}

fn assumptions(findings: &Findings<'_>) -> Section {
    let rows: Vec<_> =
        findings.record.positions().filter(|(_, row)| row.valid_from.first() <= findings.moment.at).collect();
    let ids = |keep: &dyn Fn(&detente_case::position::Position) -> bool| {
        rows.iter().filter(|(_, row)| keep(row)).map(|(_, row)| row.id.to_string()).collect::<Vec<_>>()
    };
    let mut points = Vec::new();
    let mut add = |lead: &str, ids: Vec<String>, what: &str| {
        if !ids.is_empty() {
            points.push(point(
                lead,
                Sentence::with_rows(
                    format!("{} {what}", words::sentence_case(&words::count_of(ids.len(), "statement", "statements"))),
                    ids,
                )
                .over_all(),
            ));
        }
    };
    add("Not verified.", ids(&|row| !row.verified), "whose core was not read in the source named.");
    add(
        "Not own words.",
        ids(&|row| row.kind.is_some_and(|kind| !kind.own_words())),
        "only reported, inferred or read into an actor. They stand beside positions and never replace them.",
    );
    add(
        "Vague.",
        ids(&|row| row.ask.is_some_and(|ask| ask.best.is_none())),
        "that name several options without saying which. They are kept as sets; no midpoint is taken.",
    );
    add(
        "Partial dates.",
        ids(&|row| !row.valid_from.is_day() || row.valid_to.is_some_and(|end| !end.is_day())),
        "with a month or year only. What may stand on a day widens the position.",
    );
    add("Without a source.", ids(&|row| row.source.is_none() && row.link.is_empty()), "without a source: assumptions.");
    let coded_by = detente_analysis::coded_by::coded_by(rows.iter().map(|(_, row)| *row));
    points.extend(crate::answers::coded_by(coded_by).map(|text| point("Coding.", Sentence::counted(text))));
    let revised = findings.record.factors().filter(|(_, row)| row.known_from.is_none()).count();
    if revised > 0 {
        points.push(point(
            "Revised series.",
            Sentence::counted(format!(
                "{} values of series that are revised later; they are used as they stand today.",
                revised
            )),
        ));
    }
    annex("annex-a", "Annex A. Assumptions and estimates", vec![Block::Points { points }])
}

fn settings(findings: &Findings<'_>) -> Section {
    let (id, title) = ("annex-b", "Annex B. Settings of the methods");
    let has_events = findings.record.events().next().is_some();
    if findings.is_words_only() && !has_events {
        return annex(id, title, Vec::new());
    }
    let methods = &findings.case.settings.methods;
    let tiers = if methods.organ_tiers.is_empty() {
        "each organ rank is its own".to_owned()
    } else {
        let tiers: Vec<String> = methods
            .organ_tiers
            .iter()
            .map(|tier| tier.iter().map(u8::to_string).collect::<Vec<_>>().join(" and "))
            .collect();
        format!("organ ranks count as equal within these groups: {}", tiers.join("; "))
    };
    let points = vec![
        point(
            "Position.",
            Sentence::plain(format!(
                "The latest statement in own words replaces the one before if its rank is equal or higher; {tiers}."
            )),
        ),
        point(
            "Limits.",
            Sentence::plain(
                "They accumulate. A later offer or draft with a best option, of equal or higher rank, relaxes the options that it puts on the table. Laws are a layer of their own.",
            ),
        ),
        point(
            "Phases.",
            Sentence::plain(format!(
                "Talks count from the {} upwards; a lull is called a stalemate after {}.",
                words::level(methods.talks_level),
                words::months(u32::from(methods.stalemate_after_months))
            )),
        ),
        point(
            "Events before a movement.",
            Sentence::plain(format!(
                "{} days, same track; those marked as progress, setback or binding act are named first.",
                methods.events_before_days
            )),
        ),
    ];
    let rows = findings.history.sensitivity.iter().map(|s| {
        vec![
            s.parameter.as_str().into(),
            s.value.as_str().into(),
            s.otherwise.as_str().into(),
            s.changed.to_string().into(),
            format!("{} %", percent(s.share)).into(),
        ]
    });
    let table = Table {
        caption: "How much the political phases hang on each rule".into(),
        columns: ["Rule", "Used", "Otherwise", "Months that change", "Share"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
    };
    annex(id, title, vec![Block::Points { points }, Block::Table(table)])
}

fn sources(findings: &Findings<'_>) -> Section {
    let sourcing = Sourcing { case: findings.case, record: findings.record, census: &findings.census };
    let mut blocks = vec![Block::Table(sourcing.census_table()), Block::Points { points: sourcing.publishers() }];
    blocks.extend(sourcing.contradictions());
    blocks.extend(sourcing.credits());
    annex("annex-c", "Annex C. Sources", blocks)
}

fn unknown(findings: &Findings<'_>) -> Section {
    let mut points = Vec::new();
    for (actor, name) in findings.principals() {
        let id = &findings.case.actors[actor].id;
        let silent: Vec<String> = findings
            .now
            .issues
            .iter()
            .filter(|issue| {
                issue.stances.iter().any(|s| *s.actor == **id && s.position.is_empty() && s.limits.is_empty())
            })
            .map(|issue| format!("“{}”", issue.title))
            .collect();
        if !silent.is_empty() {
            points.push(point(
                &format!("{name}."),
                Sentence::counted(format!("Nothing asked for or ruled out on {}.", words::list(&silent))),
            ));
        }
    }
    points.extend(super::uncoded::silences(findings));
    points.push(point(
        "After this day.",
        Sentence::plain(format!("Nothing is claimed after {}.", words::day(findings.moment.at))),
    ));
    points.push(point(
        "Interests.",
        Sentence::plain("A declared position is a move, not a preference. What a side would accept in the end is not known from its words."),
    ));
    points.push(point(
        "Cause.",
        Sentence::plain("What came before a movement is listed beside it. That it caused the movement is not claimed."),
    ));
    let dates = findings
        .record
        .events()
        .filter(|(_, event)| !event.verified && event.date.first() <= findings.moment.at)
        .map(|(_, event)| event.id.to_string())
        .collect::<Vec<_>>();
    if !dates.is_empty() {
        let text = format!(
            "{} whose document or day was not read.",
            words::sentence_case(&words::count_of(dates.len(), "event", "events"))
        );
        points.push(point("Events not verified.", Sentence::with_rows(text, dates).over_all()));
    }
    annex("annex-d", "Annex D. What this brief does not know", vec![Block::Points { points }])
}

fn about(findings: &Findings<'_>) -> Section {
    let settings = &findings.case.settings;
    let mut points = Vec::new();
    if !settings.question.is_empty() {
        points.push(point("Question.", Sentence::plain(settings.question.clone())));
    }
    if !settings.neutrality_note.is_empty() {
        points.push(point("Neutrality.", Sentence::plain(settings.neutrality_note.clone())));
    }
    if !settings.affected_groups.is_empty() {
        points.push(point(
            "Affected and not at the table.",
            Sentence::plain(format!("{}.", words::list(&settings.affected_groups))),
        ));
    }
    points.push(point("Use.", Sentence::plain("A description of a record, for people who prepare or study negotiations. It lists options and what stands in their way; it recommends nothing.")));
    annex("annex-e", "Annex E. About this case", vec![Block::Points { points }])
}
