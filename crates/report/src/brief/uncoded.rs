//! What a record of words without codes yields at once: who said how much on what, since when, and the words themselves.

use detente_analysis::uncoded::{ActorWords, IssueWords, StatementWords};

use super::Findings;
use crate::answers::scales;
use crate::document::{Block, Cell, Point, Section, Sentence, Table, paragraph};
use crate::drawings::{self, statements::by_weight};
use crate::words;

/// Up to so many statements without a code stand in one table of a brief that has scales; more have pages of their own.
const MOST_IN_ONE_TABLE: usize = 40;
/// The topics whose latest words stand in the first box.
const FIRST: usize = 3;
/// The longest words in a sentence, in characters; the pages have them whole.
const LONGEST: usize = 280;

/// Whether there are pages for each topic and each actor.
pub(super) fn has_pages(findings: &Findings<'_>) -> bool {
    findings.is_words_only() || count(&findings.words) > MOST_IN_ONE_TABLE
}

/// Whether a section is such a page.
pub(super) fn is_page(section: &Section) -> bool {
    section.id.starts_with("words-")
}

fn count(issues: &[IssueWords]) -> usize {
    issues.iter().map(IssueWords::count).sum()
}

/// The first box.
pub(super) fn in_short(findings: &Findings<'_>) -> Section {
    let mut points = vec![("What is on record.".to_owned(), on_record_sentences(findings))];
    if findings.record.events().next().is_some() {
        points.push(("Where it stands.".to_owned(), super::in_short::where_it_stands(findings)));
    }
    points.extend(by_weight(&findings.words).into_iter().take(FIRST).map(|issue| {
        let latest = findings.principals().map(|(actor, name)| match latest(issue, &findings.case.actors[actor].id) {
            Some(said) => Sentence::with_rows(
                format!("{name}, {}: {}", words::when(said.date), ended(&spoken(said))),
                [said.row.clone()],
            )
            .over_all(),
            None => Sentence::counted(format!("{name}: nothing on record.")),
        });
        (format!("Latest on “{}”.", issue.title), latest.collect())
    }));
    points.push(("Who else matters.".to_owned(), super::others::in_short(findings)));
    points.push(("What comes next.".to_owned(), next_step(findings)));
    let points = points.into_iter().filter(|(_, sentences)| !sentences.is_empty());
    let points = points.map(|(lead, sentences)| Point { lead, sentences }).collect();
    Section { id: "in-short".into(), title: "In short".into(), annex: false, blocks: vec![Block::Points { points }] }
}

fn on_record_sentences(findings: &Findings<'_>) -> Vec<Sentence> {
    let issues = &findings.words;
    let mut by_actor: Vec<(&str, &str, usize)> = Vec::new();
    for actor in issues.iter().flat_map(|issue| &issue.actors) {
        match by_actor.iter_mut().find(|(id, ..)| *id == actor.actor) {
            Some((.., count)) => *count += actor.statements.len(),
            None => by_actor.push((&actor.actor, &actor.name, actor.statements.len())),
        }
    }
    by_actor.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(b.0)));
    let dates = || issues.iter().flat_map(IssueWords::by_date).map(|(_, said)| said.date);
    let span = match (dates().min(), dates().max()) {
        (Some(first), Some(last)) if first != last => format!(", from {} to {}", words::when(first), words::when(last)),
        (Some(only), _) => format!(", of {}", words::when(only)),
        _ => String::new(),
    };
    let mut sentences = vec![Sentence::counted(format!(
        "{} by {} on {}{span}.",
        words::sentence_case(&words::count_of(count(issues), "statement", "statements")),
        words::count_of(by_actor.len(), "actor", "actors"),
        words::count_of(issues.len(), "topic", "topics"),
    ))];
    if by_actor.len() > 1 {
        let parts: Vec<String> = by_actor.iter().map(|(_, name, count)| format!("{name} {count}")).collect();
        sentences.push(Sentence::counted(format!("By actor: {}.", words::list_some(&parts, 6))));
    }
    if issues.len() > 1 {
        let parts: Vec<String> =
            by_weight(issues).iter().map(|issue| format!("“{}” {}", issue.title, issue.count())).collect();
        sentences.push(Sentence::counted(format!("By topic: {}.", words::list_some(&parts, 6))));
    }
    sentences
}

fn next_step(findings: &Findings<'_>) -> Vec<Sentence> {
    let texts = if findings.case.issues.is_empty() {
        [
            "None of these words carries a code, so nothing is compared yet.",
            "The command “detente scales” puts them side by side, and writes a table in which a person names the options of each topic and puts them in order.",
        ]
    } else {
        [
            "The issues have options, and no statement names one yet, so nothing is compared.",
            "The command “detente scales” writes the statements into a table in which a person names the option that each asks for.",
        ]
    };
    texts.map(Sentence::plain).to_vec()
}

/// Each principal in a paragraph: the same facts in the same order.
pub(super) fn sides(findings: &Findings<'_>) -> Section {
    let blocks = findings
        .principals()
        .map(|(actor, name)| {
            let id = findings.case.actors[actor].id.to_string();
            let mut sentences = side(findings, &id);
            if !findings.third_parties.is_empty() {
                sentences.extend(super::sides::company(findings, &id));
            }
            sentences.extend(super::sides::last_words(findings, &id));
            Block::Paragraph { lead: format!("{name}."), sentences }
        })
        .collect();
    Section { id: "sides".into(), title: "Each side in a paragraph".into(), annex: false, blocks }
}

fn side(findings: &Findings<'_>, id: &str) -> Vec<Sentence> {
    let mut own: Vec<(&IssueWords, &ActorWords)> = by_weight(&findings.words)
        .into_iter()
        .filter_map(|issue| Some((issue, issue.actors.iter().find(|actor| actor.actor == id)?)))
        .collect();
    own.sort_by_key(|(_, actor)| std::cmp::Reverse(actor.statements.len()));
    let all: usize = own.iter().map(|(_, actor)| actor.statements.len()).sum();
    let Some((most, actor)) = own.first() else {
        return vec![Sentence::counted("It has said nothing on record.")];
    };
    let first = own.iter().flat_map(|(_, actor)| &actor.statements).map(|said| said.date).min();
    let since = first.map_or_else(String::new, |first| format!(" since {}", words::when(first)));
    let mut sentences = vec![Sentence::counted(format!(
        "{} on {} of {}{since}.",
        words::sentence_case(&words::count_of(all, "statement", "statements")),
        own.len(),
        words::count_of(findings.words.len(), "topic", "topics"),
    ))];
    if let Some(said) = actor.statements.first() {
        let text = format!(
            "Of “{}” it speaks most ({}); it began on {}: {}",
            most.title,
            words::count_of(actor.statements.len(), "statement", "statements"),
            words::when(said.date),
            ended(&spoken(said))
        );
        sentences.push(Sentence::with_rows(text, [said.row.clone()]).over_all());
    }
    sentences
}

/// Who said something on what and when: two figures, and the latest words of each.
pub(super) fn on_record(findings: &Findings<'_>) -> Section {
    let mut blocks = figures(findings);
    blocks.push(Block::Table(latest_words(findings)));
    Section { id: "on-record".into(), title: "Who said what, and when".into(), annex: false, blocks }
}

fn figures(findings: &Findings<'_>) -> Vec<Block> {
    [
        drawings::statements(findings.case, &findings.words, findings.moment),
        drawings::tally(findings.case, &findings.words),
    ]
    .map(|figure| Block::Figure(Box::new(figure)))
    .to_vec()
}

fn latest_words(findings: &Findings<'_>) -> Table {
    let cell = |said: &StatementWords| {
        Cell::with_rows(format!("{}: {}", words::when(said.date), spoken(said)), vec![said.row.clone()])
    };
    let mut actors: Vec<(&str, &str)> = Vec::new();
    for actor in findings.words.iter().flat_map(|issue| &issue.actors) {
        let one = (actor.actor.as_str(), actor.name.as_str());
        if !actors.contains(&one) {
            actors.push(one);
        }
    }
    let place = |id: &str| findings.case.principals.iter().position(|actor| *findings.case.actors[*actor].id == *id);
    actors.sort_by_key(|(id, _)| place(id).unwrap_or(usize::MAX));
    let caption = "Latest words of each on each topic".to_owned();
    if actors.len() > scales::SIDE_BY_SIDE {
        let rows = by_weight(&findings.words).into_iter().flat_map(|issue| {
            issue.actors.iter().filter_map(move |actor| {
                Some(vec![issue.title.as_str().into(), actor.name.as_str().into(), cell(actor.statements.last()?)])
            })
        });
        let columns = ["Topic", "Who", "Words"].map(str::to_owned).to_vec();
        return Table { caption, columns, rows: rows.collect() };
    }
    let columns = std::iter::once("Topic").chain(actors.iter().map(|(_, name)| *name)).map(str::to_owned).collect();
    let row = |issue: &IssueWords| {
        let own = actors.iter().map(|(id, _)| latest(issue, id).map_or_else(Cell::default, cell));
        std::iter::once(Cell::from(issue.title.as_str())).chain(own).collect()
    };
    Table { caption, columns, rows: by_weight(&findings.words).into_iter().map(row).collect() }
}

/// On what a principal has said nothing, where nothing is coded.
pub(super) fn silences(findings: &Findings<'_>) -> Vec<Point> {
    if !findings.is_words_only() {
        return Vec::new();
    }
    let silent = |id: &str| {
        let topics = findings.words.iter().filter(|issue| latest(issue, id).is_none());
        topics.map(|issue| format!("“{}”", issue.title)).collect::<Vec<String>>()
    };
    findings
        .principals()
        .map(|(actor, name)| (name, silent(&findings.case.actors[actor].id)))
        .filter(|(_, topics)| !topics.is_empty())
        .map(|(name, topics)| Point {
            lead: format!("{name}."),
            sentences: vec![Sentence::counted(format!("Nothing said on {}.", words::list(&topics)))],
        })
        .collect()
}

/// A page for each topic, with the words side by side, and one for each actor, where each statement stands in full.
pub(super) fn pages(findings: &Findings<'_>) -> Vec<Section> {
    if !has_pages(findings) {
        return Vec::new();
    }
    let page = |id: String, title: String, blocks| Section { id, title, annex: true, blocks };
    let mut pages: Vec<Section> = (1_usize..)
        .zip(by_weight(&findings.words))
        .map(|(number, issue)| {
            let blocks = vec![
                paragraph(vec![Sentence::counted(scales::extent(issue))]),
                Block::Table(scales::table(issue, false)),
            ];
            page(format!("words-on-{number}"), format!("Annex J{number}. On “{}”", issue.title), blocks)
        })
        .collect();
    if let (true, Some(first)) = (findings.coded, pages.first_mut()) {
        first.blocks.splice(0..0, figures(findings));
    }
    let mut actors: Vec<(&str, &str)> = Vec::new();
    for actor in findings.words.iter().flat_map(|issue| &issue.actors) {
        if !actors.iter().any(|(id, _)| *id == actor.actor) {
            actors.push((&actor.actor, &actor.name));
        }
    }
    let place = |id: &str| findings.case.principals.iter().position(|actor| *findings.case.actors[*actor].id == *id);
    actors.sort_by_key(|(id, _)| place(id).unwrap_or(usize::MAX));
    pages.extend((1_usize..).zip(actors).map(|(number, (id, name))| {
        let blocks = vec![Block::Table(of_actor(findings, id))];
        page(format!("words-of-{number}"), format!("Annex K{number}. {name}"), blocks)
    }));
    pages
}

fn of_actor(findings: &Findings<'_>, id: &str) -> Table {
    let own = || {
        by_weight(&findings.words).into_iter().flat_map(|issue| {
            let own = issue.actors.iter().filter(|actor| actor.actor == id);
            own.flat_map(move |actor| actor.statements.iter().map(move |said| (issue, said)))
        })
    };
    // What no row states makes no column.
    let graded = own().any(|(_, said)| said.verified || !said.grade.is_empty());
    let rows = own().map(|(issue, said)| {
        let mut cells = vec![
            Cell { text: said.row.clone(), rows: Vec::new(), anchor: format!("row-{}", said.row) },
            words::when(said.date).into(),
            issue.title.as_str().into(),
            scales::source(said).into(),
        ];
        if graded {
            let grade = if said.grade.is_empty() { "not graded" } else { &said.grade };
            cells.push(format!("{grade}{}", if said.verified { "" } else { ", not verified" }).into());
        }
        cells.push(scales::said(said).into());
        cells
    });
    let grade = graded.then_some("Grade");
    let columns = ["Row", "Date", "Topic", "Source"].into_iter().chain(grade).chain(["Words"]);
    Table {
        caption: "Statements by topic and date".into(),
        columns: columns.map(str::to_owned).collect(),
        rows: rows.collect(),
    }
}

fn latest<'i>(issue: &'i IssueWords, id: &str) -> Option<&'i StatementWords> {
    issue.actors.iter().find(|actor| actor.actor == *id)?.statements.last()
}

/// The words of a statement: the quote where there is one, else the statement as the record has it, without quotation marks.
fn spoken(said: &StatementWords) -> String {
    if said.quote.is_empty() {
        drawings::shorten(&said.words, LONGEST)
    } else {
        format!("“{}”", drawings::shorten(&said.quote, LONGEST))
    }
}

/// The text with an end of a sentence.
fn ended(text: &str) -> String {
    let ends = text.trim_end_matches(['”', '"', '»', '\'', ')']).ends_with(['.', '!', '?', '…']);
    if ends { text.to_owned() } else { format!("{text}.") }
}
