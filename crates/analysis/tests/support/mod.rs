//! Small cases from terse rows.

#![allow(
    dead_code,
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::panic,
    reason = "each test file uses a part of it, and stops at what it does not expect"
)]

pub mod plain;
pub mod plans;
pub mod random;

use std::collections::BTreeMap;

use detente_analysis::stance::{self, Limit, LimitReading, Stance};
use detente_case::actor::Actor;
use detente_case::issue::{Issue, OptionSet};
use detente_case::position::Position;
use detente_case::{Case, Day, Folder, Id, List, Moment, Record, When, load};

/// The last day of every small case.
pub const AS_OF: &str = "2025-12-31";

/// The files of a case by name.
pub type Files = BTreeMap<String, String>;

/// A case in the making. Principals are `A` and `B`; the issue is `i` with options `o1` to `o5`, unless others are named.
#[derive(Clone)]
pub struct Small {
    settings: String,
    methods: String,
    issues: Vec<(String, Vec<String>, &'static str)>,
    positions: Vec<Vec<(String, String)>>,
    events: Vec<Vec<(String, String)>>,
    relations: Vec<Vec<(String, String)>>,
    clauses: Vec<Vec<(String, String)>>,
    actors: Vec<String>,
}

/// An empty small case.
pub fn small() -> Small {
    Small {
        settings: String::new(),
        methods: String::new(),
        issues: vec![("i".into(), (1..=5).map(|n| format!("o{n}")).collect(), "political")],
        positions: Vec::new(),
        events: Vec::new(),
        relations: Vec::new(),
        clauses: Vec::new(),
        actors: Vec::new(),
    }
}

/// A case with the statements of `rows`.
pub fn said(rows: &str) -> Case {
    small().says(rows).case()
}

impl Small {
    /// Adds a line to the settings of the methods.
    pub fn method(mut self, line: &str) -> Self {
        self.methods.push_str(&format!("{line}\n"));
        self
    }

    /// Adds a line to the settings of the case.
    pub fn setting(mut self, line: &str) -> Self {
        self.settings.push_str(&format!("{line}\n"));
        self
    }

    /// Lists the actors, so that no others are made from names.
    pub fn actors(mut self, ids: &[&str]) -> Self {
        self.actors.extend(ids.iter().map(|id| (*id).to_owned()));
        self
    }

    /// Adds an issue with options `PREFIX1` to `PREFIXn`.
    pub fn issue(mut self, id: &str, prefix: &str, options: usize, track: &'static str) -> Self {
        self.issues.push((id.to_owned(), (1..=options).map(|n| format!("{prefix}{n}")).collect(), track));
        self
    }

    /// Adds statements, one a line: `DATE ACTOR KIND OPTIONS MORE…`.
    ///
    /// OPTIONS is `o2` (one option), `o1..o3` (a set without a best), `o1<o2<o3` (low, best, high) or `-`. MORE is any of
    /// `rank=`, `out=`, `to=` (addressee), `id=`, `until=`, `known=`, `ends=` (supersedes), `on=` (issue), `if=` (condition,
    /// `_` for blanks), `doc=` and the words `law` and `accepts`. Rows without an id are called `s1`, `s2`, …
    pub fn says(mut self, rows: &str) -> Self {
        for line in rows.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let mut words = line.split_whitespace();
            let mut next = || words.next().unwrap_or_else(|| panic!("too short: {line}")).to_owned();
            let mut cells =
                vec![("valid_from".to_owned(), next()), ("actor".to_owned(), next()), ("kind".to_owned(), next())];
            let options = next();
            let mut set = |column: &str, text: &str| cells.push((column.to_owned(), text.to_owned()));
            if let Some((low, high)) = options.split_once("..") {
                set("low_option", low);
                set("high_option", high);
            } else if let [low, best, high] = options.split('<').collect::<Vec<_>>()[..] {
                set("low_option", low);
                set("best_option", best);
                set("high_option", high);
            } else if options != "-" {
                set("best_option", &options);
            }
            let (mut id, mut issue, mut rank) =
                (format!("s{}", self.positions.len() + 1), "i".to_owned(), "2".to_owned());
            for word in words {
                match word.split_once('=').unwrap_or((word, "")) {
                    ("rank", text) => rank = text.to_owned(),
                    ("out", text) => set("rules_out", text),
                    ("to", text) => set("addressee", text),
                    ("id", text) => id = text.to_owned(),
                    ("until", text) => set("valid_to", text),
                    ("known", text) => set("known_from", text),
                    ("ends", text) => set("supersedes", text),
                    ("on", text) => issue = text.to_owned(),
                    ("if", text) => set("condition", &text.replace('_', " ")),
                    ("doc", text) => set("document", text),
                    ("law", "") => set("basis", "law"),
                    ("accepts", "") => set("accepts", "yes"),
                    _ => panic!("not understood: {word}"),
                }
            }
            set("id", &id);
            set("issue", &issue);
            set("organ", if rank == "-" { "" } else { &rank });
            set("statement", "w");
            set("coder_note", "n");
            self.positions.push(cells);
        }
        self
    }

    /// Adds events, one a line: `DATE TYPE MORE…`.
    ///
    /// MORE is any of `at=` (level), `with=` (parties), `by=` (mediators), `on=` (topics), `id=`, `end=`, `known=`, `series=`,
    /// `in=` (country) and the words `progress`, `setback` and `binding_act`. Events without an id are called `e1`, `e2`, …
    pub fn happens(mut self, rows: &str) -> Self {
        for line in rows.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let mut words = line.split_whitespace();
            let mut next = || words.next().unwrap_or_else(|| panic!("too short: {line}")).to_owned();
            let mut cells = vec![("date".to_owned(), next()), ("type".to_owned(), next())];
            let mut id = format!("e{}", self.events.len() + 1);
            for word in words {
                let mut set = |column: &str, text: &str| cells.push((column.to_owned(), text.to_owned()));
                match word.split_once('=').unwrap_or((word, "")) {
                    ("at", text) => set("level", text),
                    ("with", text) => set("parties", text),
                    ("by", text) => set("mediators", text),
                    ("on", text) => set("topics", text),
                    ("id", text) => id = text.to_owned(),
                    ("end", text) => set("end_date", text),
                    ("known", text) => set("known_from", text),
                    ("series", text) => set("series", text),
                    ("in", text) => set("country", text),
                    ("progress" | "setback" | "binding_act", "") => set("direction", word),
                    _ => panic!("not understood: {word}"),
                }
            }
            cells.push(("title".to_owned(), format!("event {id}")));
            cells.push(("id".to_owned(), id));
            self.events.push(cells);
        }
        self
    }

    /// Adds relations, one a line: `FROM TO TYPE DATE`.
    pub fn relates(mut self, rows: &str) -> Self {
        for line in rows.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let columns = ["from", "to", "type", "valid_from"].map(str::to_owned);
            let mut cells: Vec<_> = columns.into_iter().zip(line.split_whitespace().map(str::to_owned)).collect();
            cells.push(("id".to_owned(), format!("r{}", self.relations.len() + 1)));
            self.relations.push(cells);
        }
        self
    }

    /// Adds clauses of plans, one a line: `PLAN ISSUE OPTIONS MORE…`.
    ///
    /// OPTIONS is `o2`, a list `o1;o3`, or `-`. MORE is any of `row=` (a list), `date=`, `known=`, `title=` and `says=` (`_` for
    /// blanks).
    pub fn plans(mut self, rows: &str) -> Self {
        for line in rows.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let [plan, issue, options, more @ ..] = &line.split_whitespace().collect::<Vec<_>>()[..] else {
                panic!("too short: {line}")
            };
            let cell = |column: &str, text: &str| (column.to_owned(), text.to_owned());
            let mut cells =
                vec![cell("package", plan), cell("issue", issue), cell("option", options.trim_matches('-'))];
            for word in more {
                cells.push(match word.split_once('=').unwrap_or((word, "")) {
                    ("row", text) => cell("row", text),
                    ("date", text) => cell("date", text),
                    ("known", text) => cell("known_from", text),
                    ("title", text) => cell("title", &text.replace('_', " ")),
                    ("says", text) => cell("clause", &text.replace('_', " ")),
                    _ => panic!("not understood: {word}"),
                });
            }
            self.clauses.push(cells);
        }
        self
    }

    /// The files.
    pub fn files(&self) -> Files {
        let mut files = Files::new();
        let start = if self.settings.contains("principals") { "" } else { "principals = [\"A\", \"B\"]\n" };
        let methods = if self.methods.is_empty() { String::new() } else { format!("[methods]\n{}", self.methods) };
        files.insert(
            "case.toml".into(),
            format!("schema = 1\ntitle = \"T\"\nas_of = {AS_OF}\n{start}{}{methods}", self.settings),
        );
        let mut issues = "issue,option,order,place\n".to_owned();
        let mut topics = "topic,issue,track\n".to_owned();
        for (id, options, track) in &self.issues {
            for (number, option) in options.iter().enumerate() {
                let place = if options.len() > 1 { 100 * number / (options.len() - 1) } else { 50 };
                issues.push_str(&format!("{id},{option},{},{place}\n", number + 1));
            }
            topics.push_str(&format!("{id},{id},{track}\n"));
        }
        topics.push_str("relief,,humanitarian\nprocedure,,political\n");
        files.insert("issues.csv".into(), issues);
        files.insert("topics.csv".into(), topics);
        if !self.actors.is_empty() {
            files.insert("actors.csv".into(), format!("id\n{}\n", self.actors.join("\n")));
        }
        for (file, rows) in [
            ("positions.csv", &self.positions),
            ("events.csv", &self.events),
            ("relations.csv", &self.relations),
            ("packages.csv", &self.clauses),
        ] {
            if !rows.is_empty() {
                files.insert(file.into(), sheet(rows));
            }
        }
        files
    }

    /// The case.
    pub fn case(&self) -> Case {
        loaded(&self.files())
    }
}

fn sheet(rows: &[Vec<(String, String)>]) -> String {
    let mut columns: Vec<&str> = rows.iter().flatten().map(|(column, _)| column.as_str()).collect();
    columns.sort_unstable();
    columns.dedup();
    let mut text = format!("{}\n", columns.join(","));
    for row in rows {
        let cell = |column: &&str| row.iter().find(|(name, _)| name == column).map_or("", |(_, text)| text.as_str());
        text.push_str(&format!("{}\n", columns.iter().map(cell).collect::<Vec<_>>().join(",")));
    }
    text
}

/// The case of some files; panics with the findings where it cannot be read.
pub fn loaded(files: &Files) -> Case {
    let memory = files.iter().map(|(name, text)| (name.clone(), text.as_bytes().to_vec())).collect();
    let loaded = load(&Folder::Memory(memory), |_| {});
    loaded.case.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

/// A day.
pub fn day(text: &str) -> Day {
    When::parse(text).unwrap_or_else(|| panic!("not a day: {text}")).first()
}

/// The moment of a day, with what was known on it.
pub fn moment(case: &Case, at: &str) -> Moment {
    Moment::new(case, Some(day(at)), None)
}

/// All that was ever known.
pub fn record(case: &Case) -> Record<'_> {
    Record::known_by(case, case.settings.as_of)
}

fn by_id<T>(list: &List<T>, id: &str, of: impl Fn(&T) -> &str) -> Id<T> {
    list.with_ids().find(|(_, row)| of(row) == id).map(|(place, _)| place).unwrap_or_else(|| panic!("no {id}"))
}

/// An actor by its id.
pub fn actor(case: &Case, id: &str) -> Id<Actor> {
    by_id(&case.actors, id, |actor| &actor.id)
}

/// An issue by its id.
pub fn issue(case: &Case, id: &str) -> Id<Issue> {
    by_id(&case.issues, id, |issue| &issue.id)
}

/// The stance of `A` on `i` at a day.
pub fn stance(case: &Case, at: &str) -> Stance {
    stance::stance(record(case), actor(case, "A"), issue(case, "i"), day(at))
}

/// Options of `i` as a text: `o1 o2`.
pub fn options(case: &Case, set: OptionSet) -> String {
    let issue = &case.issues[issue(case, "i")];
    set.iter().map(|place| &*issue.options[usize::from(place.0)].id).collect::<Vec<_>>().join(" ")
}

/// The position of `A` on `i` at a day; `silent` if there is none.
pub fn position(case: &Case, at: &str) -> String {
    stance(case, at).position.map_or("silent".into(), |held| options(case, held.options))
}

/// Ids of rows as a text.
pub fn ids(case: &Case, rows: &[Id<Position>]) -> String {
    rows.iter().map(|row| &*case.positions[*row].id).collect::<Vec<_>>().join(" ")
}

/// The limits of `A` on `i` at a day, under a reading: `o1 o2 (law) o3 (if words)`.
pub fn limits_read(case: &Case, at: &str, reading: LimitReading) -> String {
    let limits = stance::limits(record(case), actor(case, "A"), issue(case, "i"), day(at), reading);
    limits.iter().map(|limit| limit_text(case, limit)).collect::<Vec<_>>().join(" ")
}

fn limit_text(case: &Case, limit: &Limit) -> String {
    let option = options(case, OptionSet::one(limit.option));
    let law = if limit.law { " (law)" } else { "" };
    let possibly = if limit.possibly { " (possibly)" } else { "" };
    let condition = limit.relaxed_if.as_ref().map(|words| format!(" (open if {words})")).unwrap_or_default();
    format!("{option}{law}{possibly}{condition}")
}

/// The limits of `A` on `i` at a day.
pub fn limits(case: &Case, at: &str) -> String {
    limits_read(case, at, LimitReading::Accumulate)
}
