//! `packages.csv`: plans and drafts, a clause a row.

use std::collections::{BTreeMap, HashMap};

use crate::actor::{Extra, extra};
use crate::cell;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::ids::{Id, List};
use crate::issue::{Issue, OptionSet, Topic};
use crate::marking::Marking;
use crate::position::{Position, Subject};
use crate::source::Source;
use crate::table::{self, Row, Table, table_format};
use crate::text::nearest;
use crate::when::When;
use crate::{Case, Record};

table_format! {
    /// Columns of `packages.csv`.
    PackageColumn, "packages.csv", row is "one clause of a plan or draft: what it says on one issue", unlocks "the plan matrix",
    {
        Package "package" required "id of the plan";
        Title "title" optional "title of the plan; on one of its rows is enough";
        Issue "issue" required "id of an issue or topic";
        Option "option" optional "id of the option that the clause takes, or a list of those that its words leave open; empty where the clause was not read";
        Clause "clause" optional "the clause in words";
        Row "row" optional "list of rows of positions.csv, or of documents, behind the clause";
        Date "date" optional "day of the plan; the earliest of its rows if empty";
        KnownFrom "known_from" optional "day on which the clause could be known; that of its rows, else `date`, if empty";
        SourceId "source_id" optional "id of a source in the bibliography, where no row stands behind the clause";
        Locator "locator" optional "point, article or page";
        Marking "marking" optional "public, restricted or confidential";
        Note "note" optional "note";
    }
}

/// What a plan says on one issue.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Id of the plan.
    pub package: Box<str>,
    /// Title of the plan, on the rows that state it.
    pub title: Box<str>,
    /// What it is about.
    pub subject: Subject,
    /// The options that its words leave open, mostly one; empty where the clause was not read or has no scale.
    pub options: OptionSet,
    /// The clause in words.
    pub words: Box<str>,
    /// The rows behind it.
    pub rows: Vec<Id<Position>>,
    /// Day of the plan, where the row states it.
    pub date: Option<When>,
    /// When it could be known, where the row states it.
    pub known_from: Option<When>,
    /// Where it was read.
    pub source: Option<Id<Source>>,
    /// Point, article or page.
    pub locator: Box<str>,
    /// Marking of its own.
    pub marking: Option<Marking>,
    /// Note.
    pub note: Box<str>,
    /// Cells of columns that the format does not know.
    pub extra: Extra,
}

/// A plan or draft as a record knows it.
#[derive(Clone, Debug)]
pub struct Package<'c> {
    /// Id.
    pub id: &'c str,
    /// Title; the id if none is stated.
    pub title: &'c str,
    /// Its day: as stated, else the earliest of its rows.
    pub date: Option<When>,
    /// Its clauses in the order of the file.
    pub clauses: Vec<Id<Clause>>,
}

impl Record<'_> {
    /// Whether a clause is part of the record: by its own date of knowledge, else by that of its rows, else by its day.
    /// A clause without any of these, such as one of a plan that is only thought of, always is.
    #[must_use]
    pub fn knows_clause(&self, clause: &Clause) -> bool {
        let of_rows =
            || clause.rows.iter().map(|row| self.case.positions[*row].known_from).min_by_key(|when| when.last());
        clause.known_from.or_else(of_rows).or(clause.date).is_none_or(|when| when.last() <= self.known)
    }
}

/// The plans that a record knows, with the clauses that it knows, in the order of the file.
#[must_use]
pub fn packages(record: Record<'_>) -> Vec<Package<'_>> {
    let case = record.case;
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut packages: Vec<Package<'_>> = Vec::new();
    for (id, clause) in case.clauses.with_ids().filter(|(_, clause)| record.knows_clause(clause)) {
        let place = *places.entry(&clause.package).or_insert(packages.len());
        if place == packages.len() {
            packages.push(Package { id: &clause.package, title: "", date: None, clauses: Vec::new() });
        }
        let package = &mut packages[place];
        if package.title.is_empty() {
            package.title = &clause.title;
        }
        package.date = package.date.or(clause.date);
        package.clauses.push(id);
    }
    for package in &mut packages {
        if package.title.is_empty() {
            package.title = package.id;
        }
        let of_rows = package.clauses.iter().flat_map(|clause| &case.clauses[*clause].rows);
        let known = of_rows.map(|row| &case.positions[*row]).filter(|row| record.knows(row));
        package.date = package.date.or_else(|| known.map(|row| row.valid_from).min());
    }
    packages
}

impl Case {
    /// The case with the plans of another table added, such as one that an analyst has just written down.
    ///
    /// # Errors
    /// Everything that is wrong with the table, and plans that the case has already, with `file` as the name of the table.
    pub fn with_packages(mut self, file: &str, bytes: Vec<u8>) -> Result<Case, Vec<Diagnostic>> {
        let mut findings = Findings::default();
        let mut used = vec![false; self.sources.len()];
        let known = Known::new(&self.issues, &self.topics, &self.positions, &self.sources);
        let added = read(Table::Text(bytes), &known, &mut used, &mut findings);
        for clause in added.iter() {
            if self.clauses.iter().any(|own| own.package == clause.package) {
                let message = format!("package: the case has a plan `{}` already", clause.package);
                findings.push(Diagnostic::new(Code::DuplicateId, file, message).hint("give the plan another id"));
                break;
            }
        }
        let found: Vec<Diagnostic> =
            findings.into_sorted().into_iter().map(|finding| Diagnostic { file: file.to_owned(), ..finding }).collect();
        if found.iter().any(|finding| finding.severity == crate::Severity::Error) {
            return Err(found);
        }
        added.iter().for_each(|clause| _ = self.clauses.push(clause.clone()));
        Ok(self)
    }
}

/// What a clause on a subject is about: the issue, where a topic has one.
fn on_scale(topics: &List<Topic>, subject: Subject) -> Subject {
    match subject {
        Subject::Topic(topic) => topics[topic].issue.map_or(subject, Subject::Issue),
        Subject::Issue(_) => subject,
    }
}

/// What the rows of the table may refer to.
pub(crate) struct Known<'c> {
    issues: &'c List<Issue>,
    topics: &'c List<Topic>,
    positions: &'c List<Position>,
    subjects: HashMap<&'c str, Subject>,
    rows: HashMap<&'c str, Id<Position>>,
    documents: HashMap<&'c str, Vec<Id<Position>>>,
    sources: HashMap<&'c str, Id<Source>>,
}

impl<'c> Known<'c> {
    pub(crate) fn new(
        issues: &'c List<Issue>,
        topics: &'c List<Topic>,
        positions: &'c List<Position>,
        sources: &'c List<Source>,
    ) -> Self {
        let topic_ids = topics.with_ids().map(|(id, topic)| (&*topic.id, on_scale(topics, Subject::Topic(id))));
        let issue_ids = issues.with_ids().map(|(id, issue)| (&*issue.id, Subject::Issue(id)));
        let mut documents: HashMap<&str, Vec<Id<Position>>> = HashMap::new();
        for (id, row) in positions.with_ids() {
            documents.entry(&row.document).or_default().push(id);
        }
        Known {
            issues,
            topics,
            positions,
            subjects: topic_ids.chain(issue_ids).collect(),
            rows: positions.with_ids().map(|(id, row)| (&*row.id, id)).collect(),
            documents,
            sources: sources.with_ids().map(|(id, source)| (&*source.id, id)).collect(),
        }
    }

    fn subject(&self, row: &Row<'_>, findings: &mut Findings) -> Option<Subject> {
        let text = row.get(PackageColumn::Issue);
        let found = self.subjects.get(text).copied();
        if found.is_none() {
            let ids = self.issues.iter().map(|issue| &*issue.id).chain(self.topics.iter().map(|topic| &*topic.id));
            let finding = row.finding(
                Code::UnknownReference,
                PackageColumn::Issue,
                format!("no issue or topic has the id `{text}`"),
            );
            findings.push(match nearest(text, ids) {
                Some(near) => finding.hint(format!("is `{near}` meant?")),
                None => finding.hint("`detente plan CASE --template` prints a table with every issue and its options"),
            });
        }
        found
    }

    fn options(&self, subject: Subject, row: &Row<'_>, findings: &mut Findings) -> OptionSet {
        let mut options = OptionSet::EMPTY;
        for text in row.list(PackageColumn::Option) {
            let Some(issue) = subject.issue().map(|issue| &self.issues[issue]) else {
                let message = format!("`{text}`: `{}` has no scale", row.get(PackageColumn::Issue));
                findings.push(
                    row.finding(Code::UnknownReference, PackageColumn::Option, message)
                        .hint("leave the cell empty and put the words into `clause`"),
                );
                break;
            };
            match issue.option(text) {
                Some(option) => options.insert(option),
                None => {
                    let message = format!("`{}` has no option `{text}`", issue.id);
                    let ids: Vec<&str> = issue.options.iter().map(|option| &*option.id).collect();
                    let finding = row.finding(Code::UnknownReference, PackageColumn::Option, message);
                    findings.push(finding.hint(format!("its options: {}", ids.join(", "))));
                }
            }
        }
        options
    }

    /// The rows that a cell names: by their ids, or all rows of a document on the clause's issue.
    fn rows(&self, subject: Subject, row: &Row<'_>, findings: &mut Findings) -> Vec<Id<Position>> {
        let mut rows = Vec::new();
        for text in row.list(PackageColumn::Row) {
            let about = |id: &Id<Position>| on_scale(self.topics, self.positions[*id].subject) == subject;
            let named: Vec<Id<Position>> = match (self.rows.get(text), self.documents.get(text)) {
                (Some(id), _) => vec![*id],
                (None, Some(ids)) => ids.iter().copied().filter(about).collect(),
                (None, None) => {
                    let message = format!("no row and no document of positions.csv has the id `{text}`");
                    findings.push(
                        row.finding(Code::UnknownReference, PackageColumn::Row, message)
                            .hint("leave the cell empty if no statement of the case stands behind the clause"),
                    );
                    continue;
                }
            };
            if named.is_empty() || !named.iter().all(about) {
                let message = format!("`{text}` says nothing on `{}`", row.get(PackageColumn::Issue));
                findings.push(
                    row.finding(Code::OtherIssue, PackageColumn::Row, message)
                        .hint("a clause rests on rows about its own issue"),
                );
                continue;
            }
            rows.extend(named);
        }
        rows.sort_unstable();
        rows.dedup();
        rows
    }
}

/// Reads `packages.csv`. `used` is told which sources stand behind a clause.
pub(crate) fn read(table: Table<'_>, known: &Known<'_>, used: &mut [bool], findings: &mut Findings) -> List<Clause> {
    let mut clauses = List::default();
    let mut seen: BTreeMap<(String, Subject), u64> = BTreeMap::new();
    table::read(&PackageColumn::FORMAT, table, findings, |row, findings| {
        let package = row.get(PackageColumn::Package);
        let Some(subject) = known.subject(row, findings) else { return };
        if let Some(first) = seen.insert((package.to_owned(), subject), row.line) {
            let message =
                format!("`{package}` has a clause on `{}` at line {first} already", row.get(PackageColumn::Issue));
            findings.push(
                row.finding(Code::DuplicateId, PackageColumn::Issue, message)
                    .hint("a plan has one row an issue; options that its words leave open stand in one cell: `a;b`"),
            );
            return;
        }
        let source_text = row.get(PackageColumn::SourceId);
        let source = known.sources.get(source_text).copied();
        match source {
            Some(source) => used[source.place()] = true,
            None if !source_text.is_empty() => {
                let message = format!("no source has the id `{source_text}`");
                findings.push(
                    row.finding(Code::UnknownReference, PackageColumn::SourceId, message)
                        .hint("add it to sources.json or sources.bib"),
                );
            }
            None => {}
        }
        clauses.push(Clause {
            package: package.into(),
            title: cell::text(row, PackageColumn::Title),
            subject,
            options: known.options(subject, row, findings),
            words: cell::text(row, PackageColumn::Clause),
            rows: known.rows(subject, row, findings),
            date: cell::when(row, PackageColumn::Date, findings),
            known_from: cell::when(row, PackageColumn::KnownFrom, findings),
            source,
            locator: cell::text(row, PackageColumn::Locator),
            marking: cell::marking(row, PackageColumn::Marking, findings),
            note: cell::text(row, PackageColumn::Note),
            extra: extra(row),
        });
    });
    clauses
}
