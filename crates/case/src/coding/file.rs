//! Coding files: CSV with the columns of `positions.csv` or `events.csv`, any of them.

use std::collections::{BTreeMap, BTreeSet};

use super::{AskedOptions, Coded, CodedField, Coding, EventCodes, FoundBy, Rows, StatementCodes, number};
use crate::actor_names::ActorNames;
use crate::case::Case;
use crate::cell;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::event::{ContactLevel, Direction, EventType};
use crate::ids::List;
use crate::issue::{self, Issue, OptionPlace};
use crate::position::Kind;
use crate::table::{self, Row, Table, TableFormat, table_format};

table_format! {
    /// Columns of a file in which somebody coded statements: those of `positions.csv`, and the number of the row.
    StatementColumn, "coding of statements", row is "one statement on one issue, as one person coded it", unlocks "coders",
    {
        Id "id" optional "id of the row of the case, with a letter for each part of a statement that was split";
        Row "row" optional "number of the row, in place of its id";
        Document "document" optional "the speech or text behind it";
        Actor "actor" optional "who says it";
        Date "valid_from" optional "day on which it was said";
        Statement "statement" optional "what was said";
        Issue "issue" optional "id of an issue or topic; a row without one is not coded yet";
        Kind "kind" optional "what the statement does";
        LowOption "low_option" optional "first option asked for";
        BestOption "best_option" optional "the option asked for";
        HighOption "high_option" optional "last option asked for";
        RulesOut "rules_out" optional "list of options ruled out";
        UncodedReason "uncoded_reason" optional "why the row carries no options";
        CoderNote "coder_note" optional "note";
        Note "note" optional "note";
        Coder "coder" optional "who coded it";
        Addressee "addressee" optional "not compared";
        Organ "organ" optional "not compared";
        Accepts "accepts" optional "not compared";
        Condition "condition" optional "not compared";
        ValidTo "valid_to" optional "not compared";
        KnownFrom "known_from" optional "not compared";
        Quote "quote" optional "not compared";
        QuoteLang "quote_lang" optional "not compared";
        Locator "locator" optional "not compared";
        Basis "basis" optional "not compared";
        SourceId "source_id" optional "not compared";
        Link "link" optional "not compared";
        Grade "grade" optional "not compared";
        Verified "verified" optional "not compared";
        Reviewer "reviewer" optional "not compared";
        Marking "marking" optional "not compared";
        Supersedes "supersedes" optional "not compared";
    }
}

table_format! {
    /// Columns of a file in which somebody coded events: those of `events.csv`, and the number of the row.
    CodedEventColumn, "coding of events", row is "one event, as one person coded it", unlocks "coders",
    {
        Id "id" optional "id of the row of the case";
        Row "row" optional "number of the row, in place of its id";
        Date "date" optional "day on which it happened";
        Title "title" optional "what happened";
        Type "type" optional "what it is";
        Level "level" optional "the highest level present";
        Direction "direction" optional "what it means for agreement";
        Topics "topics" optional "list of issues and topics";
        Note "note" optional "note";
        EndDate "end_date" optional "not compared";
        KnownFrom "known_from" optional "not compared";
        Series "series" optional "not compared";
        Place "place" optional "not compared";
        Country "country" optional "not compared";
        Parties "parties" optional "not compared";
        PartiesText "parties_text" optional "not compared";
        Mediators "mediators" optional "not compared";
        Outcome "outcome" optional "not compared";
        SourceId "source_id" optional "not compared";
        Link "link" optional "not compared";
        Verified "verified" optional "not compared";
        Marking "marking" optional "not compared";
    }
}

/// The columns of a coding of statements.
pub static STATEMENTS: TableFormat = StatementColumn::FORMAT;

/// Reads a coding file: of events if it has a column `direction`, `level` or `type`, else of statements. `issues` are the scales
/// by which it was made. None if there is an error among the findings.
#[must_use]
pub fn read(name: &str, bytes: Vec<u8>, case: &Case, issues: &List<Issue>) -> (Option<Coding>, Vec<Diagnostic>) {
    let mut findings = Findings::default();
    let table = Table::Text(bytes);
    let of_events = ["direction", "level", "type"].iter().any(|column| table::has_column(&table, column));
    let mut reader = Reader::new(case, issues);
    let fields = fields(&table, of_events);
    let rows = if of_events {
        Rows::Events(reader.rows(&CodedEventColumn::FORMAT, table, &mut findings, Reader::event))
    } else {
        Rows::Statements(reader.rows(&StatementColumn::FORMAT, table, &mut findings, Reader::statement))
    };
    reader.report(&mut findings);
    let usable = !findings.has_errors();
    let mut diagnostics = findings.into_sorted();
    diagnostics.iter_mut().for_each(|finding| name.clone_into(&mut finding.file));
    let coding = Coding { name: name.to_owned(), found_by: reader.found_by, fields, rows };
    (usable.then_some(coding), diagnostics)
}

/// What a file codes, by its columns.
fn fields(table: &Table<'_>, of_events: bool) -> BTreeSet<CodedField> {
    let columns: &[(&str, CodedField)] = if of_events {
        &[
            ("type", CodedField::Type),
            ("level", CodedField::Level),
            ("direction", CodedField::Direction),
            ("topics", CodedField::Topics),
        ]
    } else {
        &[
            ("kind", CodedField::Kind),
            ("low_option", CodedField::Options),
            ("best_option", CodedField::Options),
            ("rules_out", CodedField::RulesOut),
        ]
    };
    columns.iter().filter(|(column, _)| table::has_column(table, column)).map(|(_, field)| *field).collect()
}

/// Reads the issues by which codings were made, where those of the case have changed since: a table like `issues.csv`.
#[must_use]
pub fn read_issues(name: &str, bytes: Vec<u8>) -> (Option<List<Issue>>, Vec<Diagnostic>) {
    let mut findings = Findings::default();
    let issues = issue::read_issues(Table::Text(bytes), &mut findings).issues;
    let usable = !findings.has_errors();
    let mut diagnostics = findings.into_sorted();
    diagnostics.iter_mut().for_each(|finding| name.clone_into(&mut finding.file));
    (usable.then_some(issues), diagnostics)
}

/// What to do about an actor that the case does not have.
const OF_ACTORS: &str = "the name is compared as a word; a line in aliases.csv can say whom it names";

/// What to do about an issue, topic or option that the case does not have.
const OF_ISSUES: &str =
    "it is compared as a word. Where issues were changed after the coding, `--issues FILE` reads those of that time";

/// What reads the rows of a file.
struct Reader<'c> {
    case: &'c Case,
    names: ActorNames,
    /// Options of each issue, in order.
    scales: BTreeMap<&'c str, &'c Issue>,
    topics: BTreeSet<&'c str>,
    found_by: FoundBy,
    file: &'static str,
    /// Line of each id, actor and issue.
    seen: BTreeMap<[Box<str>; 3], u64>,
    /// Lines of rows that hold no codes.
    blank: Vec<u64>,
    /// What the case does not have: the first finding of each, and the number of cells.
    unknown: BTreeMap<String, (Diagnostic, usize)>,
}

impl<'c> Reader<'c> {
    fn new(case: &'c Case, issues: &'c List<Issue>) -> Self {
        Reader {
            case,
            names: ActorNames::of(case),
            scales: issues.iter().map(|issue| (&*issue.id, issue)).collect(),
            topics: case.topics.iter().map(|topic| &*topic.id).collect(),
            found_by: FoundBy::Id,
            file: "",
            seen: BTreeMap::new(),
            blank: Vec::new(),
            unknown: BTreeMap::new(),
        }
    }

    /// Reads the rows of a table, each by `one`.
    fn rows<C>(
        &mut self,
        format: &'static TableFormat,
        table: Table<'_>,
        findings: &mut Findings,
        one: impl Fn(&mut Self, &str, &Row<'_>, &mut Findings) -> Option<Coded<C>>,
    ) -> Vec<Coded<C>> {
        let has = |column| table::has_column(&table, column);
        self.file = format.file;
        match (has("id"), has("row")) {
            (true, _) => self.found_by = FoundBy::Id,
            (false, true) => self.found_by = FoundBy::Number,
            (false, false) => {
                let message = "neither a column `id` nor a column `row`: nothing says which rows of the case these are";
                let finding = Diagnostic::new(Code::MissingColumn, format.file, message);
                findings
                    .push(finding.hint("`detente coders CASE --blind FILE.csv` writes a sheet that has all columns"));
                return Vec::new();
            }
        }
        let mut rows = Vec::new();
        table::read(format, table, findings, |row, findings| {
            // Both formats begin with these two columns.
            let column = usize::from(self.found_by == FoundBy::Number);
            let id = row.get(column);
            if id.is_empty() {
                findings.push(
                    row.finding(Code::MissingCell, column, "this cell is empty")
                        .hint("expected: the id or number of the row of the case that was coded"),
                );
                return;
            }
            if self.found_by == FoundBy::Number && number(id).is_none_or(|(before, _)| !before.is_empty()) {
                let message = format!("`{id}` is not the number of a row, with a letter where a statement was split");
                findings.push(row.finding(Code::NotANumber, column, message));
                return;
            }
            let Some(coded) = one(self, id, row, findings) else { return };
            let key = [coded.id.clone(), coded.actor.clone(), coded.issue.clone()];
            match self.seen.get(&key) {
                Some(first) => findings.push(
                    row.finding(Code::DuplicateId, column, format!("`{id}` is coded already at line {first}"))
                        .hint(format!("where a statement holds two on one issue, call the second `{id}b`")),
                ),
                None => {
                    self.seen.insert(key, row.line);
                    rows.push(coded);
                }
            }
        });
        rows
    }

    fn statement(&mut self, id: &str, row: &Row<'_>, findings: &mut Findings) -> Option<Coded<StatementCodes>> {
        use StatementColumn as Column;
        let codes = [Column::Kind, Column::LowOption, Column::BestOption, Column::HighOption, Column::RulesOut];
        let notes = [Column::UncodedReason, Column::CoderNote, Column::Note];
        let issue = row.get(Column::Issue);
        if issue.is_empty() || codes.iter().chain(&notes).all(|column| row.get(*column).is_empty()) {
            self.blank.push(row.line);
            return None;
        }
        let actor_text = row.get(Column::Actor);
        let actor = self.names.existing(actor_text, &self.case.actors);
        if actor.is_none() && !actor_text.is_empty() {
            let message = format!("no actor of the case is called `{actor_text}`");
            self.not_of_the_case(row, Column::Actor, message, OF_ACTORS);
        }
        if !self.scales.contains_key(issue) && !self.topics.contains(issue) {
            let message = format!("no issue or topic has the id `{issue}`");
            self.not_of_the_case(row, Column::Issue, message, OF_ISSUES);
        }
        Some(Coded {
            id: id.into(),
            document: cell::text(row, Column::Document),
            actor: actor.map_or_else(|| actor_text.into(), |actor| self.case.actors[actor].id.clone()),
            issue: issue.into(),
            date: cell::text(row, Column::Date),
            words: cell::text(row, Column::Statement),
            codes: StatementCodes {
                kind: cell::word(row, Column::Kind, &Kind::WORDS, findings),
                ask: self.ask(issue, row, findings),
                rules_out: row
                    .list(Column::RulesOut)
                    .map(|option| {
                        self.check_option(issue, option, row, Column::RulesOut);
                        option.into()
                    })
                    .collect(),
            },
        })
    }

    fn ask(&mut self, issue: &str, row: &Row<'_>, findings: &mut Findings) -> Option<AskedOptions> {
        use StatementColumn as Column;
        let filled = |column: Column| Some(row.get(column)).filter(|text| !text.is_empty());
        let (low, best, high) = (filled(Column::LowOption), filled(Column::BestOption), filled(Column::HighOption));
        if low.is_some() != high.is_some() {
            let empty = if low.is_some() { Column::HighOption } else { Column::LowOption };
            findings.push(row.finding(Code::HalfAsk, empty, "`low_option` and `high_option` are filled together"));
            return None;
        }
        let (low_id, high_id) = (low.or(best)?, high.or(best)?);
        let places: Vec<_> = [(low, Column::LowOption), (best, Column::BestOption), (high, Column::HighOption)]
            .into_iter()
            .filter_map(|(option, column)| self.check_option(issue, option?, row, column))
            .collect();
        if !places.is_sorted() {
            let message = "options stand as low, best, high in the order of the issue";
            findings.push(row.finding(Code::LowAboveHigh, Column::LowOption, message));
        }
        Some(AskedOptions { low: low_id.into(), best: best.map(Into::into), high: high_id.into() })
    }

    /// The place of an option, if the issue has it.
    fn check_option(
        &mut self,
        issue: &str,
        option: &str,
        row: &Row<'_>,
        column: StatementColumn,
    ) -> Option<OptionPlace> {
        let place = self.scales.get(issue).and_then(|issue| issue.option(option));
        if place.is_none() {
            self.not_of_the_case(row, column, format!("`{issue}` has no option `{option}`"), OF_ISSUES);
        }
        place
    }

    fn event(&mut self, id: &str, row: &Row<'_>, findings: &mut Findings) -> Option<Coded<EventCodes>> {
        use CodedEventColumn as Column;
        let codes = [Column::Type, Column::Level, Column::Direction, Column::Topics, Column::Note];
        if codes.iter().all(|column| row.get(*column).is_empty()) {
            self.blank.push(row.line);
            return None;
        }
        let topics: BTreeSet<Box<str>> = row.list(Column::Topics).map(Into::into).collect();
        for topic in &topics {
            if !self.scales.contains_key(&**topic) && !self.topics.contains(&**topic) {
                let message = format!("no issue or topic has the id `{topic}`");
                self.not_of_the_case(row, Column::Topics, message, OF_ISSUES);
            }
        }
        Some(Coded {
            id: id.into(),
            document: "".into(),
            actor: "".into(),
            issue: "".into(),
            date: cell::text(row, Column::Date),
            words: cell::text(row, Column::Title),
            codes: EventCodes {
                kind: cell::word(row, Column::Type, &EventType::WORDS, findings),
                level: cell::word(row, Column::Level, &ContactLevel::WORDS, findings),
                direction: cell::word(row, Column::Direction, &Direction::WORDS, findings),
                topics,
            },
        })
    }

    /// Notes something that the case does not have; it is reported once, where it first stands.
    fn not_of_the_case(&mut self, row: &Row<'_>, column: impl Into<usize>, message: String, hint: &str) {
        let finding = row.finding(Code::NotOfTheCase, column, message.as_str()).hint(hint);
        self.unknown.entry(message).or_insert((finding, 0)).1 += 1;
    }

    fn report(&mut self, findings: &mut Findings) {
        for (mut finding, cells) in std::mem::take(&mut self.unknown).into_values() {
            if cells > 1 {
                finding.message.push_str(&format!(" ({cells} cells, of which this is the first)"));
            }
            findings.push(finding);
        }
        if let Some(first) = self.blank.first() {
            let message = format!("{} rows are not coded yet, from this line on; they are left out", self.blank.len());
            findings.push(Diagnostic::new(Code::NotCodedYet, self.file, message).at(*first, None));
        }
    }
}
