//! From the files of a folder to a validated case.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::actor::{self, Actor};
use crate::actor_names::ActorNames;
use crate::claim;
use crate::constraint;
use crate::diagnostic::{Code, Diagnostic, Findings, Severity};
use crate::event::{self, Event, EventColumn};
use crate::factor::{self, Factor, FactorColumn};
use crate::folder::Folder;
use crate::formats::{NOT_USED_YET, TABLES, TEXTS, is_companion};
use crate::ids::{Id, List};
use crate::indicator::{self, IndicatorColumn};
use crate::input::salience::report_all_zero;
use crate::input::{self, About, Input};
use crate::issue::{self, Issue, OptionPlace, Topic, Track};
use crate::package::{self, PackageColumn};
use crate::position::{self, Position, PositionColumn, Subject};
use crate::price;
use crate::relation::{self, Relation, RelationColumn};
use crate::scenario::{self, DriverLine};
use crate::settings::{self, Settings};
use crate::source::{self, Source};
use crate::source_defaults::{self, SourceDefaultColumn, SourceDefaults};
use crate::stability;
use crate::table::{Row, Table, TableFormat};
use crate::text::nearest;
use crate::{Case, when};

/// What came of reading a folder: the case, unless an error stands in the way, and every finding.
#[derive(Debug)]
pub struct Loaded {
    /// The case; none if there is an error among the findings.
    pub case: Option<Case>,
    /// All findings, sorted by file and place.
    pub diagnostics: Vec<Diagnostic>,
}

impl Loaded {
    /// Whether an error stands in the way of using the case.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|finding| finding.severity == Severity::Error)
    }
}

/// Reads a case. `progress` is told each file as it is begun.
///
/// Cost: linear in the size of the files, plus n log n for ordering the rows.
pub fn load(folder: &Folder, mut progress: impl FnMut(&str)) -> Loaded {
    let mut findings = Findings::default();
    let case = read_all(folder, &mut findings, &mut progress);
    let case = case.filter(|_| !findings.has_errors());
    Loaded { case, diagnostics: findings.into_sorted() }
}

fn read_all(folder: &Folder, findings: &mut Findings, progress: &mut dyn FnMut(&str)) -> Option<Case> {
    if let Folder::Sheets(sheets) = folder {
        findings.extend(sheets.findings.iter().cloned());
    }
    let files = folder.files().map_err(|problem| findings.push(problem)).ok()?;
    if !files.iter().any(|file| file == settings::FILE) {
        let near = nearest(settings::FILE, files.iter().map(String::as_str))
            .map(|near| format!("is `{near}` meant to be `case.toml`?"));
        let mut finding =
            Diagnostic::new(Code::NotACase, settings::FILE, "this folder has no `case.toml`, so it is not a case");
        finding.hints.extend(near);
        findings.push(finding.hint("`detente new DIR` makes a case to start from"));
        return None;
    }
    report_other_files(&files, findings);
    let mut open = |file: &str, findings: &mut Findings| -> Option<Table<'_>> {
        if !files.iter().any(|name| name == file) {
            return None;
        }
        progress(file);
        folder.table(file).map_err(|problem| findings.push(problem)).ok()
    };
    let settings =
        open(settings::FILE, findings).and_then(Table::into_text).and_then(|bytes| settings::read(bytes, findings));
    let languages = settings.as_ref().map(|settings| settings.languages.clone()).unwrap_or_default();
    let mut marked = false;
    let mut table = |format: TableFormat, findings: &mut Findings| {
        let table = open(format.file, findings)?;
        marked |= crate::table::has_column(&table, "marking");
        Some(table)
    };

    let actors_file = table(actor::ActorColumn::FORMAT, findings);
    let open_actors = actors_file.is_none();
    let mut actors = actors_file.map(|table| actor::read(table, findings)).unwrap_or_default();
    let mut names = ActorNames::new(&actors, &languages, open_actors);
    let aliases = table(actor::AliasColumn::FORMAT, findings)
        .map(|table| names.read_aliases(table, &mut actors, findings))
        .unwrap_or_default();
    let issue::IssuesFile { mut issues, without_scale } = table(issue::IssueColumn::FORMAT, findings)
        .map(|table| issue::read_issues(table, findings))
        .unwrap_or_default();
    let mut topics = table(issue::TopicColumn::FORMAT, findings)
        .map(|table| issue::read_topics(table, &mut issues, findings))
        .unwrap_or_default();
    let open_event_topics = topics.is_empty();
    for (id, title) in without_scale {
        if !topics.iter().any(|topic| topic.id == id) {
            let track = Track::Political;
            topics.push(Topic { id, title, issue: None, track, implied: false, extra: Vec::new() });
        }
    }
    let positions_file = table(PositionColumn::FORMAT, findings);
    let events_file = table(EventColumn::FORMAT, findings);
    let relations_file = table(RelationColumn::FORMAT, findings);
    let factors_file = table(FactorColumn::FORMAT, findings);
    let indicators_file = table(IndicatorColumn::FORMAT, findings);
    let packages_file = table(PackageColumn::FORMAT, findings);
    let defaults_file = table(SourceDefaultColumn::FORMAT, findings);
    let [salience_file, values_file, alternatives_file, trust_file, exposure_file, assurances_file, rest @ ..] =
        input::FORMATS.map(|format| table(format, findings));
    let [capabilities_file, drivers_file] = rest;
    let mut text = |file: &str, findings: &mut Findings| open(file, findings).and_then(Table::into_text);
    let (sources, source_ids) = match (text(source::JSON_FILE, findings), text(source::BIB_FILE, findings)) {
        (Some(bytes), Some(_)) => {
            let message = "both `sources.json` and `sources.bib` are here";
            findings
                .push(Diagnostic::new(Code::BothBibliographies, source::JSON_FILE, message).hint("keep one of them"));
            source::read_json(bytes, findings)
        }
        (Some(bytes), None) => source::read_json(bytes, findings),
        (None, Some(bytes)) => source::read_bib(bytes, findings),
        (None, None) => Default::default(),
    };
    let constraints_file = text(constraint::FILE, findings);
    let claims_file = text(claim::FILE, findings);
    let scenarios_file = text(scenario::FILE, findings);

    let mut loading = Loading {
        names,
        issue_ids: issues.with_ids().map(|(id, issue)| (issue.id.to_string(), id)).collect(),
        topic_ids: topics.with_ids().map(|(id, topic)| (topic.id.to_string(), id)).collect(),
        open_topics: topics.is_empty() && issues.is_empty(),
        open_event_topics,
        actors,
        issues,
        topics,
        sources: &sources,
        source_ids,
        used: vec![false; sources.len()],
        source_defaults: List::default(),
        defaults_of: vec![None; sources.len()],
        positions: List::default(),
        events: List::default(),
        relations: List::default(),
        factors: List::default(),
        driver_lines: Vec::new(),
    };
    let principals = settings.as_ref().map(|settings| loading.principals(settings, findings)).unwrap_or_default();
    let (first_actors, first_topics) = (loading.actors.len(), loading.topics.len());
    if let Some(table) = defaults_file {
        loading.source_defaults = source_defaults::read(table, &loading, findings);
        for (id, defaults) in loading.source_defaults.with_ids() {
            loading.defaults_of[defaults.source.place()] = Some(id);
        }
    }
    if let Some(table) = positions_file {
        position::read(table, &mut loading, findings);
    }
    if let Some(table) = events_file {
        event::read(table, &mut loading, findings);
    }
    if let Some(table) = relations_file {
        relation::read(table, &mut loading, findings);
    }
    if let Some(table) = factors_file {
        factor::read(table, &mut loading, findings);
    }
    let indicators = indicators_file.map(|table| indicator::read(table, &mut loading, findings)).unwrap_or_default();
    let clauses = packages_file.map(|table| {
        let mut used = std::mem::take(&mut loading.used);
        let known = package::Known::new(&loading.issues, &loading.topics, &loading.positions, &sources);
        let clauses = package::read(table, &known, &mut used, findings);
        loading.used = used;
        clauses
    });
    let salience = loading.inputs(salience_file, findings);
    report_all_zero(&salience, &loading.actors, findings);
    let values = loading.inputs(values_file, findings);
    let alternatives = loading.inputs(alternatives_file, findings);
    let trust = loading.inputs(trust_file, findings);
    let exposure = loading.inputs(exposure_file, findings);
    let assurances = loading.inputs(assurances_file, findings);
    let capabilities = loading.inputs(capabilities_file, findings);
    let drivers = loading.inputs(drivers_file, findings);
    let constraints = constraints_file.map(|bytes| constraint::read(bytes, &mut loading, findings)).unwrap_or_default();
    let scenarios = scenarios_file.map(|bytes| scenario::read(bytes, &mut loading, findings)).unwrap_or_default();
    scenario::report_drivers(&loading.driver_lines, &scenarios.factors, findings);
    let prices = settings.as_ref().map(|settings| price::resolve(settings, &mut loading, findings)).unwrap_or_default();
    let stability = if files.iter().any(|file| file == stability::FOLDER) {
        stability::read_folder(folder, &mut loading, findings, progress)
    } else {
        List::default()
    };
    let as_of = settings.as_ref().map(|settings| settings.as_of);
    let claims = claims_file.map(|bytes| claim::read(bytes, as_of, &mut loading, findings)).unwrap_or_default();
    let bibliography =
        if files.iter().any(|file| file == source::JSON_FILE) { source::JSON_FILE } else { source::BIB_FILE };
    loading.report_unused(bibliography, findings);
    let settings = settings?;
    loading.report_after(&settings, findings);
    let as_of = settings.as_of;
    report_late_inputs(&salience, as_of, findings);
    report_late_inputs(&values, as_of, findings);
    report_late_inputs(&alternatives, as_of, findings);
    report_late_inputs(&trust, as_of, findings);
    report_late_inputs(&exposure, as_of, findings);
    report_late_inputs(&assurances, as_of, findings);
    report_late_inputs(&capabilities, as_of, findings);
    report_late_inputs(&drivers, as_of, findings);
    let late = constraints.constraints.iter().filter(|row| begins_after(row.valid_from, as_of));
    report_late(constraint::FILE, late.map(|row| &*row.id).collect(), as_of, findings);
    let Loading { actors, issues, topics, source_defaults, positions, events, relations, factors, .. } = loading;
    let case = Case {
        files,
        has_markings: marked
            || constraints.marked
            || claims.marked
            || scenarios.is_marked()
            || stability.iter().any(|model| model.model.marking.is_some())
            || settings.marking != crate::Marking::Public,
        settings,
        principals,
        actors,
        aliases,
        issues,
        topics,
        sources,
        source_defaults,
        positions,
        events,
        relations,
        factors,
        indicators,
        clauses: clauses.unwrap_or_default(),
        salience,
        values,
        alternatives,
        trust,
        exposure,
        assurances,
        capabilities,
        drivers,
        scenario_factors: scenarios.factors,
        scenarios: scenarios.scenarios,
        constraints: constraints.constraints,
        prices,
        stability,
        claims: claims.claims,
        unnamed: Default::default(),
        order: Default::default(),
    };
    let case = case.with_implied_sorted(first_actors, first_topics).numbered(findings).ordered();
    case.report_hidden_references(findings);
    case.report_contradictions(findings);
    case.report_credits(findings);
    case.report_models(findings);
    case.report_scenarios(findings);
    Some(case)
}

fn report_other_files(files: &[String], findings: &mut Findings) {
    let known: Vec<&str> = TABLES.iter().map(|table| table.file).chain(TEXTS).chain([stability::FOLDER]).collect();
    for file in files {
        if known.contains(&file.as_str()) || is_companion(file) {
            continue;
        }
        if let Some((_, unlocks)) = NOT_USED_YET.iter().find(|(name, _)| name == file) {
            findings.push(Diagnostic::new(
                Code::NotUsedYet,
                file,
                format!("this file is not used yet; it will unlock {unlocks}"),
            ));
            continue;
        }
        if let Some(name) = file.strip_suffix('/').filter(|name| known.contains(name)) {
            let message = "this is a folder; a file of this name is read";
            findings.push(Diagnostic::new(Code::LinkOutside, name, message).hint("rename the folder"));
            continue;
        }
        let mut finding =
            Diagnostic::new(Code::UnknownFile, file, "this file is not one of a case's; it is left alone");
        let missing = known.iter().copied().filter(|name| !files.iter().any(|file| file == name));
        if let Some(near) = nearest(file, missing) {
            finding = finding.hint(format!("is it meant to be `{near}`?"));
        }
        findings.push(finding);
    }
}

/// A case while it is being read: lists, and the ids by which their rows are found.
pub(crate) struct Loading<'a> {
    names: ActorNames,
    pub(crate) actors: List<Actor>,
    pub(crate) issues: List<Issue>,
    issue_ids: HashMap<String, Id<Issue>>,
    pub(crate) topics: List<Topic>,
    topic_ids: HashMap<String, Id<Topic>>,
    /// Whether any word may stand as the issue of a position: the case has neither issues nor topics.
    open_topics: bool,
    /// Whether any word may stand as the topic of an event: the case has no topics.
    open_event_topics: bool,
    sources: &'a List<Source>,
    source_ids: HashMap<String, Id<Source>>,
    used: Vec<bool>,
    source_defaults: List<SourceDefaults>,
    /// For each source, its defaults.
    defaults_of: Vec<Option<Id<SourceDefaults>>>,
    pub(crate) positions: List<Position>,
    pub(crate) events: List<Event>,
    pub(crate) relations: List<Relation>,
    pub(crate) factors: List<Factor>,
    /// Rows of `drivers.csv`, of which some name factors that are read later.
    pub(crate) driver_lines: Vec<DriverLine>,
}

impl Loading<'_> {
    /// The actor that a cell names.
    pub(crate) fn actor(
        &mut self,
        text: &str,
        row: &Row<'_>,
        column: impl Into<usize> + Copy,
        findings: &mut Findings,
    ) -> Option<Id<Actor>> {
        self.actor_at(text, |code, message| row.finding(code, column, message), findings)
    }

    /// The actor that a text names; `at` makes a finding where it stands.
    pub(crate) fn actor_at(
        &mut self,
        text: &str,
        at: impl Fn(Code, String) -> Diagnostic,
        findings: &mut Findings,
    ) -> Option<Id<Actor>> {
        self.names.resolve(text, &mut self.actors, at, findings)
    }

    /// The issue that a text names; `at` makes a finding where it stands.
    pub(crate) fn issue(
        &self,
        text: &str,
        at: impl Fn(String) -> Diagnostic,
        findings: &mut Findings,
    ) -> Option<Id<Issue>> {
        let found = self.issue_ids.get(text).copied();
        if found.is_none() {
            let finding = at(format!("no issue of issues.csv has the id `{text}`"));
            let listed = !findings.is_full(&finding.file, Code::UnknownReference);
            let known = self.issues.iter().map(|issue| &*issue.id).filter(|_| listed);
            findings.push(match nearest(text, known) {
                Some(near) => finding.hint(format!("is `{near}` meant?")),
                None => finding.hint("add the issue and its options to issues.csv"),
            });
        }
        found
    }

    /// The option of an issue that a text names; `at` makes a finding where it stands.
    pub(crate) fn option(
        &self,
        text: &str,
        issue: Id<Issue>,
        at: impl Fn(String) -> Diagnostic,
        findings: &mut Findings,
    ) -> Option<OptionPlace> {
        let issue = &self.issues[issue];
        let found = issue.option(text);
        if found.is_none() {
            let ids: Vec<&str> = issue.options.iter().map(|option| &*option.id).collect();
            let finding = at(format!("`{}` has no option `{text}`; it has {}", issue.id, ids.join(", ")));
            findings.push(match nearest(text, ids) {
                Some(near) => finding.hint(format!("is `{near}` meant?")),
                None => finding,
            });
        }
        found
    }

    /// The rows of one of the tables of inputs, if the case has it.
    fn inputs<A: About>(&mut self, table: Option<Table<'_>>, findings: &mut Findings) -> List<Input<A>> {
        table.map(|table| input::read(table, self, findings)).unwrap_or_default()
    }

    /// A name and what stands in brackets after it. Ids of actors may hold brackets themselves.
    pub(crate) fn name_and_remark<'t>(&self, text: &'t str) -> (&'t str, &'t str) {
        if self.names.is_own_id(text, &self.actors) {
            return (text, "");
        }
        let brackets = || text.match_indices('(').map(|(at, _)| (text[..at].trim_end(), text[at + 1..].trim_start()));
        let own = brackets().find(|(name, _)| self.names.is_own_id(name, &self.actors));
        match own.or_else(|| brackets().next()) {
            Some((name, remark)) => (name, remark.strip_suffix(')').unwrap_or(remark).trim()),
            None => (text, ""),
        }
    }

    /// The issue or topic that a cell names.
    pub(crate) fn subject(
        &mut self,
        text: &str,
        row: &Row<'_>,
        column: impl Into<usize> + Copy,
        findings: &mut Findings,
    ) -> Option<Subject> {
        if let Some(issue) = self.issue_ids.get(text) {
            return Some(Subject::Issue(*issue));
        }
        if let Some(topic) = self.topic_ids.get(text) {
            return Some(Subject::Topic(*topic));
        }
        if self.open_topics {
            return Some(Subject::Topic(self.imply_topic(text)));
        }
        findings.push(self.unknown_topic(text, row, column, findings));
        None
    }

    /// The topic that a cell names.
    pub(crate) fn topic(
        &mut self,
        text: &str,
        row: &Row<'_>,
        column: impl Into<usize> + Copy,
        findings: &mut Findings,
    ) -> Option<Id<Topic>> {
        if let Some(topic) = self.topic_ids.get(text) {
            return Some(*topic);
        }
        if self.open_event_topics || self.issue_ids.contains_key(text) {
            return Some(self.imply_topic(text));
        }
        findings.push(self.unknown_topic(text, row, column, findings));
        None
    }

    /// The topic that a text names, one of an issue included; `at` makes a finding where it stands.
    pub(crate) fn topic_at(
        &mut self,
        text: &str,
        at: impl Fn(String) -> Diagnostic,
        findings: &mut Findings,
    ) -> Option<Id<Topic>> {
        if let Some(topic) = self.topic_ids.get(text) {
            return Some(*topic);
        }
        if self.issue_ids.contains_key(text) {
            return Some(self.imply_topic(text));
        }
        let finding = at(format!("no issue or topic has the id `{text}`"));
        let known = self.issue_ids.keys().chain(self.topic_ids.keys()).map(String::as_str).collect::<BTreeSet<_>>();
        findings.push(match nearest(text, known) {
            Some(near) => finding.hint(format!("is `{near}` meant?")),
            None => finding.hint("add it to topics.csv"),
        });
        None
    }

    fn imply_topic(&mut self, text: &str) -> Id<Topic> {
        let issue = self.issue_ids.get(text).copied();
        let title = issue.map_or(text, |issue| &*self.issues[issue].title).into();
        let id = self.topics.push(Topic {
            id: text.into(),
            title,
            issue,
            track: Track::Political,
            implied: true,
            extra: Vec::new(),
        });
        self.topic_ids.insert(text.to_owned(), id);
        id
    }

    fn unknown_topic(&self, text: &str, row: &Row<'_>, column: impl Into<usize>, findings: &Findings) -> Diagnostic {
        let known = self.issues.iter().map(|issue| &*issue.id).chain(self.topics.iter().map(|topic| &*topic.id));
        let finding = row.finding(Code::UnknownReference, column, format!("no issue or topic has the id `{text}`"));
        if findings.is_full(&finding.file, Code::UnknownReference) {
            return finding;
        }
        match nearest(text, known) {
            Some(near) => finding.hint(format!("is `{near}` meant?")),
            None => finding,
        }
        .hint(format!("add it to topics.csv: `{}`", actor::csv_line(&[text, text, "", "political"])))
    }

    /// The source that a cell of a row names; it counts as used.
    pub(crate) fn source(
        &mut self,
        text: &str,
        row: &Row<'_>,
        column: impl Into<usize>,
        findings: &mut Findings,
    ) -> Option<Id<Source>> {
        let column = column.into();
        self.source_at(text, |message| row.finding(Code::UnknownReference, column, message), findings)
    }

    /// The source that a text names; it counts as used. `at` makes a finding where it stands.
    pub(crate) fn source_at(
        &mut self,
        text: &str,
        at: impl Fn(String) -> Diagnostic,
        findings: &mut Findings,
    ) -> Option<Id<Source>> {
        let found = self.find_source_at(text, at, findings);
        if let Some(id) = found {
            self.used[id.place()] = true;
        }
        found
    }

    /// The source that a cell names.
    pub(crate) fn find_source(
        &self,
        text: &str,
        row: &Row<'_>,
        column: impl Into<usize>,
        findings: &mut Findings,
    ) -> Option<Id<Source>> {
        let column = column.into();
        self.find_source_at(text, |message| row.finding(Code::UnknownReference, column, message), findings)
    }

    fn find_source_at(
        &self,
        text: &str,
        at: impl Fn(String) -> Diagnostic,
        findings: &mut Findings,
    ) -> Option<Id<Source>> {
        if text.is_empty() {
            return None;
        }
        let found = self.source_ids.get(text).copied();
        if found.is_none() {
            let finding = at(format!("no source has the id `{text}`"));
            let listed = !findings.is_full(&finding.file, Code::UnknownReference);
            let known = self.sources.iter().map(|source| &*source.id).filter(|_| listed);
            findings.push(match nearest(text, known) {
                Some(near) => finding.hint(format!("is `{near}` meant?")),
                None => finding.hint("add it to sources.json or sources.bib"),
            });
        }
        found
    }

    /// What the rows of a source have in common.
    pub(crate) fn defaults_of(&self, source: Id<Source>) -> Option<&SourceDefaults> {
        self.defaults_of[source.place()].map(|id| &self.source_defaults[id])
    }

    fn principals(&mut self, settings: &Settings, findings: &mut Findings) -> Vec<Id<Actor>> {
        let mut principals = Vec::new();
        for (number, name) in settings.principals.iter().enumerate() {
            let place = |code, message: String| {
                let finding = Diagnostic::new(code, settings::FILE, format!("principals: {message}"));
                match settings.places.principals.get(number) {
                    Some((line, column)) => finding.at(*line, Some(*column)),
                    None => finding,
                }
            };
            if let Some(actor) = self.names.resolve(name, &mut self.actors, place, findings) {
                if principals.contains(&actor) {
                    findings.push(place(Code::DuplicateId, format!("`{name}` stands twice")));
                } else {
                    principals.push(actor);
                }
            }
        }
        principals
    }

    fn report_unused(&self, file: &str, findings: &mut Findings) {
        let unused: Vec<&str> =
            self.sources.with_ids().filter(|(id, _)| !self.used[id.place()]).map(|(_, source)| &*source.id).collect();
        if !unused.is_empty() {
            let first: Vec<&str> = unused.iter().take(5).copied().collect();
            let message = format!("{} sources are used by no row, for instance `{}`", unused.len(), first.join("`, `"));
            findings.push(Diagnostic::new(Code::SourceUnused, file, message));
        }
    }

    fn report_after(&self, settings: &Settings, findings: &mut Findings) {
        let mut late: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut note = |file: &'static str, first: when::Day, id| {
            if first > settings.as_of {
                late.entry(file).or_default().push(id);
            }
        };
        self.positions.iter().for_each(|row| note(PositionColumn::FORMAT.file, row.valid_from.first(), &*row.id));
        self.events.iter().for_each(|row| note(EventColumn::FORMAT.file, row.date.first(), &*row.id));
        self.factors.iter().for_each(|row| note(FactorColumn::FORMAT.file, row.date.first(), &*row.name));
        for (file, ids) in late {
            report_late(file, ids, settings.as_of, findings);
        }
    }
}

fn begins_after(begins: Option<when::When>, as_of: when::Day) -> bool {
    begins.is_some_and(|begins| begins.first() > as_of)
}

fn report_late_inputs<A: About>(rows: &List<Input<A>>, as_of: when::Day, findings: &mut Findings) {
    let late = rows.iter().filter(|row| begins_after(row.valid_from, as_of));
    let names: Vec<String> = late.map(|row| row.id.to_string()).collect();
    report_late(A::FORMAT.file, names.iter().map(String::as_str).collect(), as_of, findings);
}

/// Reports the rows of a file that are dated after the last day of the record.
fn report_late(file: &str, ids: Vec<&str>, as_of: when::Day, findings: &mut Findings) {
    let Some(first) = ids.first() else { return };
    let message =
        format!("{} rows are dated after `as_of` ({as_of}), for instance `{first}`; they are not shown", ids.len());
    findings.push(
        Diagnostic::new(Code::AfterAsOf, file, message)
            .hint("move `as_of` in case.toml to the last day of which the record claims anything"),
    );
}
