//! A case written back to files: the same case when it is read again.

mod inputs;
mod models;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::actor::{Actor, ActorColumn, AliasColumn, Extra};
use crate::actor_names::ActorNames;
use crate::case::Case;
use crate::constraint;
use crate::event::{Event, EventColumn};
use crate::factor::{Factor, FactorColumn};
use crate::ids::Id;
use crate::issue::{Issue, IssueColumn, OptionPlace, Topic, TopicColumn, Track};
use crate::marking::Marking;
use crate::package::{Clause, PackageColumn};
use crate::position::{Position, PositionColumn, Subject};
use crate::relation::{Relation, RelationColumn};
use crate::settings::{self, MethodSettings};
use crate::source;
use crate::source_defaults::{SourceDefaultColumn, SourceDefaults};
use crate::table::{TableFormat, escape};
use crate::when::When;

pub use inputs::constraints_toml;

/// A table as rows of cells: the columns of its format, then the columns that only this case has.
pub struct Sheet {
    /// The file.
    pub file: &'static str,
    /// Column names.
    pub columns: Vec<String>,
    /// Cells, row by row.
    pub rows: Vec<Vec<String>>,
}

/// All files of a case. Cells that a spreadsheet would run as formulas are escaped.
#[must_use]
pub fn files(case: &Case) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![(settings::FILE.to_owned(), case_toml(case).into_bytes())];
    files.extend(sheets(case).iter().map(|sheet| (sheet.file.to_owned(), csv(sheet))));
    if !case.constraints.is_empty() {
        files.push((constraint::FILE.to_owned(), constraints_toml(case).into_bytes()));
    }
    if !case.sources.is_empty() {
        let items: Vec<Value> = case.sources.iter().map(|source| Value::Object(source.item.clone())).collect();
        let mut text = serde_json::to_string_pretty(&items).unwrap_or_default();
        text.push('\n');
        files.push((source::JSON_FILE.to_owned(), text.into_bytes()));
    }
    files.extend(models::files(case));
    files
}

/// Which cells of statements are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cells {
    /// Those of the file: what comes from a default of the source is left empty, and the defaults are a table of their own.
    OwnOnly,
    /// Those with defaults of the source too, for readers that see the statements alone.
    WithDefaults,
}

/// The tables of a case that have rows, in the order of the case format.
#[must_use]
pub fn sheets(case: &Case) -> Vec<Sheet> {
    sheets_with(case, Cells::OwnOnly)
}

/// The statements alone, as one table in which no cell is left to the defaults of its source; none if there are no statements.
#[must_use]
pub fn statements(case: &Case) -> Option<Sheet> {
    sheets_with(case, Cells::WithDefaults).into_iter().find(|sheet| sheet.file == PositionColumn::FORMAT.file)
}

fn sheets_with(case: &Case, cells: Cells) -> Vec<Sheet> {
    let texts = ActorTexts::of(case);
    let actors = case.actors.iter().filter(|actor| !actor.implied);
    // A list of topics is a whole list: where the case has none of its own and one is made, the topics that events name are in it.
    let makes_a_list = !case.files.iter().any(|file| file == TopicColumn::FORMAT.file)
        && case.topics.iter().any(|topic| !topic.implied);
    let topics = case.topics.iter().filter(move |topic| !topic.implied || makes_a_list);
    let options = case
        .issues
        .iter()
        .flat_map(|issue| (0u8..).zip(&issue.options).map(move |(place, _)| (issue, OptionPlace(place))));
    [
        sheet(ActorColumn::FORMAT, actors.map(|actor| (actor_cells(case, actor), &actor.extra))),
        sheet(
            AliasColumn::FORMAT,
            case.aliases.iter().map(|alias| {
                (
                    vec![
                        alias.text.to_string(),
                        alias.lang.to_string(),
                        case.actors[alias.actor].id.to_string(),
                        alias.note.to_string(),
                    ],
                    &alias.extra,
                )
            }),
        ),
        sheet(
            IssueColumn::FORMAT,
            options.map(|(issue, place)| (option_cells(issue, place), &issue.options[place.0 as usize].extra)),
        ),
        sheet(TopicColumn::FORMAT, topics.map(|topic| (topic_cells(case, topic), &topic.extra))),
        sheet(
            PositionColumn::FORMAT,
            case.positions.iter().map(|row| (position_cells(case, &texts, row, cells), &row.extra)),
        ),
        sheet(EventColumn::FORMAT, case.events.iter().map(|row| (event_cells(case, &texts, row), &row.extra))),
        sheet(RelationColumn::FORMAT, case.relations.iter().map(|row| (relation_cells(case, &texts, row), &row.extra))),
        sheet(FactorColumn::FORMAT, case.factors.iter().map(|row| (factor_cells(case, row), &row.extra))),
        sheet(PackageColumn::FORMAT, case.clauses.iter().map(|row| (clause_cells(case, row, &row.rows), &row.extra))),
        sheet(
            SourceDefaultColumn::FORMAT,
            case.source_defaults.iter().map(|row| (source_default_cells(case, row), &row.extra)),
        ),
    ]
    .into_iter()
    .chain(inputs::sheets(case, &texts))
    .filter(|sheet| !sheet.rows.is_empty())
    .collect()
}

fn sheet<'a>(format: TableFormat, rows: impl Iterator<Item = (Vec<String>, &'a Extra)>) -> Sheet {
    let rows: Vec<(Vec<String>, &Extra)> = rows.collect();
    let mut own: Vec<&str> = Vec::new();
    for (_, extra) in &rows {
        for (name, _) in *extra {
            if !own.contains(&&**name) {
                own.push(name);
            }
        }
    }
    own.sort_unstable();
    let columns =
        format.columns.iter().map(|column| column.name).chain(own.iter().copied()).map(str::to_owned).collect();
    let rows = rows
        .into_iter()
        .map(|(mut cells, extra)| {
            cells.extend(own.iter().map(|name| {
                extra
                    .iter()
                    .find(|(column, _)| **column == **name)
                    .map(|(_, text)| text.to_string())
                    .unwrap_or_default()
            }));
            cells
        })
        .collect();
    Sheet { file: format.file, columns, rows }
}

/// A table as CSV. Columns that are empty in every row are left out, except those that the format needs.
#[must_use]
pub fn csv(sheet: &Sheet) -> Vec<u8> {
    csv_keeping(sheet, &[])
}

/// The same, with some columns that stay even where they are empty, for people to fill.
#[must_use]
pub fn csv_keeping(sheet: &Sheet, columns: &[&str]) -> Vec<u8> {
    let required = |name: &str| {
        crate::formats::TABLES
            .iter()
            .any(|table| table.file == sheet.file && table.columns.iter().any(|c| c.name == name && c.required))
    };
    let kept: Vec<usize> = (0..sheet.columns.len())
        .filter(|index| {
            required(&sheet.columns[*index])
                || columns.contains(&&*sheet.columns[*index])
                || sheet.rows.iter().any(|row| !row[*index].is_empty())
        })
        .collect();
    let header: Vec<&str> = kept.iter().map(|index| sheet.columns[*index].as_str()).collect();
    write_csv(&header, sheet.rows.iter().map(|row| kept.iter().map(|index| &row[*index])))
}

/// A header and rows of cells as CSV.
pub(crate) fn write_csv<'a, R: IntoIterator<Item = &'a String>>(
    header: &[&str],
    rows: impl Iterator<Item = R>,
) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    // Writing to memory does not fail.
    for row in rows {
        _ = writer.write_record(row.into_iter().map(|cell| escape(cell).into_owned()));
    }
    let header: Vec<String> = header.iter().map(|name| header_cell(name)).collect();
    let mut bytes = format!("{}\n", header.join(",")).into_bytes();
    bytes.extend(writer.into_inner().unwrap_or_default());
    bytes
}

/// The name of a column. Every delimiter in it is quoted, since the delimiter of a table is told from its header.
fn header_cell(name: &str) -> String {
    let name = escape(name);
    if name.contains(['"', ',', ';', '\t', '\r', '\n']) {
        format!("\"{}\"", name.replace('"', "\"\""))
    } else {
        name.into_owned()
    }
}

/// The texts by which cells name the actors: their ids, unless something else would be found under an id when it is read.
pub(crate) struct ActorTexts<'c> {
    case: &'c Case,
    /// In cells that name one actor, and in cells that list several.
    other: BTreeMap<Id<Actor>, (String, String)>,
}

impl<'c> ActorTexts<'c> {
    fn of(case: &'c Case) -> Self {
        let aliases: BTreeMap<String, Id<Actor>> =
            case.aliases.iter().map(|alias| (crate::names::normalise(&alias.text), alias.actor)).collect();
        let needs = |(id, actor): &(Id<Actor>, &Actor)| {
            let alias = || aliases.get(&crate::names::normalise(&actor.id));
            actor.id.contains([';', '(']) || (!aliases.is_empty() && alias().is_some_and(|other| other != id))
        };
        let mut other = BTreeMap::new();
        let mut names: Option<ActorNames> = None;
        for (id, actor) in case.actors.with_ids().filter(needs) {
            let names = names.get_or_insert_with(|| ActorNames::of(case));
            let state = crate::names::territory(&actor.iso3);
            let texts = [&*actor.id, &*actor.name]
                .into_iter()
                .chain(case.aliases.iter().filter(|alias| alias.actor == id).map(|alias| &*alias.text))
                .chain(state.iter().flat_map(|state| [state.english, state.alpha3]))
                .filter(|text| names.existing(text, &case.actors) == Some(id));
            let one = texts.clone().next();
            let listed =
                |text: &&str| !text.contains(';') && (!text.contains('(') || (!actor.implied && **text == *actor.id));
            let several = texts.clone().find(listed);
            other.insert(id, (one.unwrap_or(&actor.id).to_owned(), several.or(one).unwrap_or(&actor.id).to_owned()));
        }
        ActorTexts { case, other }
    }

    pub(crate) fn one(&self, id: Id<Actor>) -> &str {
        self.other.get(&id).map_or(&self.case.actors[id].id, |(one, _)| one)
    }

    fn listed(&self, id: Id<Actor>) -> &str {
        self.other.get(&id).map_or(&self.case.actors[id].id, |(_, listed)| listed)
    }

    fn list(&self, ids: &[Id<Actor>]) -> String {
        ids.iter().map(|id| self.listed(*id)).collect::<Vec<_>>().join(";")
    }
}

/// The whole case as one JSON value: settings, tables as lists of objects, the bibliography.
#[must_use]
pub fn json(case: &Case) -> Value {
    let mut root = Map::new();
    root.insert("title".into(), json!(case.settings.title));
    root.insert("question".into(), json!(case.settings.question));
    root.insert("as_of".into(), json!(case.settings.as_of.to_string()));
    root.insert("principals".into(), case.principals.iter().map(|id| json!(&*case.actors[*id].id)).collect());
    root.insert("neutrality_note".into(), json!(case.settings.neutrality_note));
    root.insert("credits".into(), case.settings.credits.iter().map(|credit| json!(credit.line)).collect());
    for sheet in sheets_with(case, Cells::WithDefaults) {
        let name = sheet.file.trim_end_matches(".csv").to_owned();
        let rows = sheet.rows.iter().map(|row| {
            let cells = sheet.columns.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
            Value::Object(cells.map(|(column, cell)| (column.clone(), json!(cell))).collect())
        });
        root.insert(name, rows.collect());
    }
    if !case.constraints.is_empty() {
        root.insert("constraints".into(), inputs::constraints_json(case));
    }
    if !case.stability.is_empty() {
        root.insert("stability".into(), models::list(case));
    }
    root.insert("sources".into(), case.sources.iter().map(|source| Value::Object(source.item.clone())).collect());
    Value::Object(root)
}

fn actor_cells(case: &Case, actor: &Actor) -> Vec<String> {
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

fn option_cells(issue: &Issue, place: OptionPlace) -> Vec<String> {
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

fn topic_cells(case: &Case, topic: &Topic) -> Vec<String> {
    let issue = topic.issue.map(|id| case.issues[id].id.to_string()).unwrap_or_default();
    vec![topic.id.to_string(), topic.title.to_string(), issue, topic.track.word().to_owned()]
}

fn position_cells(case: &Case, texts: &ActorTexts<'_>, row: &Position, cells: Cells) -> Vec<String> {
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

fn event_cells(case: &Case, texts: &ActorTexts<'_>, row: &Event) -> Vec<String> {
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

fn relation_cells(case: &Case, texts: &ActorTexts<'_>, row: &Relation) -> Vec<String> {
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

fn factor_cells(case: &Case, row: &Factor) -> Vec<String> {
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

fn clause_cells(case: &Case, row: &Clause, rows: &[Id<Position>]) -> Vec<String> {
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

fn source_default_cells(case: &Case, row: &SourceDefaults) -> Vec<String> {
    vec![
        case.sources[row.source].id.to_string(),
        row.grade.map(|grade| grade.to_string()).unwrap_or_default(),
        row.basis.map(|basis| basis.word()).unwrap_or_default().to_owned(),
        row.language.to_string(),
    ]
}

fn date(when: Option<When>) -> String {
    when.map(|when| when.to_string()).unwrap_or_default()
}

fn yes(flag: bool) -> String {
    if flag { "yes" } else { "" }.to_owned()
}

pub(crate) fn marking(marking: Option<Marking>) -> String {
    marking
        .and_then(|marking| Marking::WORDS.iter().find(|(_, m)| *m == marking))
        .map(|(word, _)| (*word).to_owned())
        .unwrap_or_default()
}

fn source_id(case: &Case, source: Option<Id<source::Source>>) -> String {
    source.map(|id| case.sources[id].id.to_string()).unwrap_or_default()
}

/// `case.toml` as text.
#[must_use]
pub fn case_toml(case: &Case) -> String {
    let settings = &case.settings;
    let mut out = format!("schema = {}\ntitle = {}\n", settings::SCHEMA, quote(&settings.title));
    let mut line = |key: &str, text: &str| {
        if !text.is_empty() {
            _ = writeln!(out, "{key} = {}", quote(text));
        }
    };
    line("question", &settings.question);
    line("domain", &settings.domain);
    line("word_scale", settings.word_scale.word());
    line("marking", &marking(Some(settings.marking)));
    line("neutrality_note", &settings.neutrality_note);
    line("intended_use", &settings.intended_use);
    _ = writeln!(out, "as_of = {}", settings.as_of);
    if let Some(starts) = settings.starts {
        _ = writeln!(out, "starts = {starts}");
    }
    let texts = ActorTexts::of(case);
    let principals: Vec<String> = case.principals.iter().map(|id| texts.one(*id).to_owned()).collect();
    _ = writeln!(out, "principals = {}", quote_all(&principals));
    for (key, texts) in [("languages", &settings.languages), ("affected_groups", &settings.affected_groups)] {
        if !texts.is_empty() {
            _ = writeln!(out, "{key} = {}", quote_all(texts));
        }
    }
    if settings.keep_ids {
        out.push_str("keep_ids = true\n");
    }
    if let Some(confidence) = &settings.confidence {
        _ = writeln!(out, "confidence = {}", confidence.text());
    }
    methods(&settings.methods, &mut out);
    inputs::prices(case, &texts, &mut out);
    for credit in &settings.credits {
        _ = write!(out, "\n[[credit]]\nsource = {}\nline = {}\n", quote(&credit.source), quote(&credit.line));
    }
    for contradiction in &settings.contradictions {
        _ = write!(
            out,
            "\n[[contradiction]]\nmatter = {}\nversions = {}\nrows = {}\n",
            quote(&contradiction.matter),
            quote(&contradiction.versions),
            quote_all(&contradiction.rows)
        );
    }
    out
}

fn methods(methods: &MethodSettings, out: &mut String) {
    if *methods == MethodSettings::default() {
        return;
    }
    out.push_str("\n[methods]\n");
    if !methods.organ_tiers.is_empty() {
        _ = writeln!(out, "organ_tiers = {:?}", methods.organ_tiers);
    }
    _ = writeln!(out, "events_before_days = {}", methods.events_before_days);
    _ = writeln!(out, "stalemate_after_months = {}", methods.stalemate_after_months);
    _ = writeln!(out, "talks_level = {}", quote(methods.talks_level.word()));
    _ = writeln!(out, "stale_after_days = {}", methods.stale_after_days);
}

/// A TOML basic string. JSON's escapes are TOML's, save for DEL.
pub(crate) fn quote(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default().replace('\u{7f}', "\\u007F")
}

fn quote_all(texts: &[String]) -> String {
    format!("[{}]", texts.iter().map(|text| quote(text)).collect::<Vec<_>>().join(", "))
}

/// A digest of what a record shows: SHA-256 over its rows in their order, as text. Rows that the record does not know leave no trace.
#[must_use]
pub fn digest(record: crate::Record<'_>) -> String {
    use sha2::{Digest as _, Sha256};
    let case = record.case;
    let mut hash = Sha256::new();
    let mut add = |cells: &[String]| {
        for cell in cells {
            hash.update(cell.as_bytes());
            hash.update([0x1f]);
        }
        hash.update([0x1e]);
    };
    add(&[case_toml_without_contradictions(case)]);
    case.actors.iter().filter(|actor| !actor.implied).for_each(|actor| add(&actor_cells(case, actor)));
    for issue in case.issues.iter() {
        (0u8..).zip(&issue.options).for_each(|(place, _)| add(&option_cells(issue, OptionPlace(place))));
        add(&[issue.track.word().to_owned()]);
    }
    case.topics
        .iter()
        .filter(|topic| topic.track != Track::Political && !topic.implied)
        .for_each(|topic| add(&topic_cells(case, topic)));
    let texts = ActorTexts::of(case);
    record.positions().for_each(|(_, row)| {
        let mut row = std::borrow::Cow::Borrowed(row);
        if row.supersedes.iter().any(|ended| !record.knows(&case.positions[*ended])) {
            row.to_mut().supersedes.retain(|ended| record.knows(&case.positions[*ended]));
        }
        // What a statement says, whether it or its source says it: defaults of sources that no known row uses leave no trace.
        add(&position_cells(case, &texts, &row, Cells::WithDefaults));
    });
    record.events().for_each(|(_, row)| add(&event_cells(case, &texts, row)));
    record.relations().for_each(|(_, row)| add(&relation_cells(case, &texts, row)));
    record.factors().for_each(|(_, row)| add(&factor_cells(case, row)));
    for row in case.clauses.iter().filter(|row| record.knows_clause(row)) {
        let known: Vec<Id<Position>> =
            row.rows.iter().copied().filter(|id| record.knows(&case.positions[*id])).collect();
        add(&clause_cells(case, row, &known));
    }
    inputs::known_rows(record, &texts, &mut add);
    models::known(record, &texts, &mut add);
    let mut text = String::with_capacity(64);
    for byte in hash.finalize() {
        _ = write!(text, "{byte:02x}");
    }
    text
}

/// The SHA-256 of a file, as text.
#[must_use]
pub fn digest_of(bytes: &[u8]) -> String {
    use sha2::{Digest as _, Sha256};
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        _ = write!(text, "{byte:02x}");
        text
    })
}

/// Contradictions name rows, and rows that are not known yet leave no trace.
fn case_toml_without_contradictions(case: &Case) -> String {
    let text = case_toml(case);
    match text.find("\n[[contradiction]]") {
        Some(at) => text[..at].to_owned(),
        None => text,
    }
}
