//! Which words a column takes, and the drop-down lists that offer them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use detente_case::actor::{ActorKind, Role};
use detente_case::event::{ContactLevel, Direction, EventType};
use detente_case::issue::Track;
use detente_case::position::{Basis, Kind};
use detente_case::relation::RelationType;
use detente_case::sheets::column_letters;
use detente_case::{Case, Marking};
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Formula, RowNum, Workbook, XlsxError};

use super::look::{self, Look};
use super::{Column, Table};
use crate::book::LISTS_SHEET;
use crate::limits;

/// What a cell of a column may hold.
pub(super) enum Choice {
    /// Anything.
    Free,
    /// One of a few words: (word, what it stands for).
    Words(Vec<(&'static str, &'static str)>),
    /// Several of a few words, or of the ids that a phrase names.
    Several(Vec<(&'static str, &'static str)>),
    /// One entry of a named list. Others are accepted after a warning, since the list may not be complete.
    Named(&'static str, &'static str),
    /// An option of the issue in the same row.
    OptionOfRow { pairs: usize },
}

/// The words of an enum of the case format.
macro_rules! words {
    ($name:ident) => {
        $name::WORDS.iter().map(|(word, meaning)| (*word, meaning.about())).collect()
    };
}

/// Lists that are read from where their entries stand, so that they grow with them: name, sheet.
const LIVE: [(&str, &str); 2] = [("list_actors", "actors"), ("list_sources", "sources")];

/// The lists of a case.
pub(super) struct Choices {
    /// Lists that stand in the sheet of lists: (name, entries).
    fixed: Vec<(&'static str, Vec<String>)>,
    /// Each issue with each of its options, issue by issue.
    pairs: Vec<(String, String)>,
    live: Vec<(&'static str, &'static str)>,
}

impl Choices {
    pub(super) fn of(case: &Case, tables: &[Table]) -> Self {
        let issues: Vec<String> = case.issues.iter().map(|issue| issue.id.to_string()).collect();
        let mut subjects = issues.clone();
        subjects.extend(case.topics.iter().map(|topic| topic.id.to_string()));
        let mut seen = BTreeSet::new();
        subjects.retain(|subject| seen.insert(subject.clone()));
        let options = case.issues.iter().flat_map(|issue| issue.options.iter().map(move |option| (issue, option)));
        let pairs = options.map(|(issue, option)| (issue.id.to_string(), option.id.to_string())).collect();
        let groups: BTreeSet<String> = case.issues.iter().map(|issue| issue.group.to_string()).collect();
        let groups = groups.into_iter().filter(|group| !group.is_empty()).collect();
        let mut fixed = vec![("list_issues", issues), ("list_subjects", subjects), ("list_groups", groups)];
        // Without a list of actors, those whom the case names.
        let has_actors = tables.iter().any(|table| table.sheet == "actors" && !table.rows.is_empty());
        let live = LIVE.into_iter().filter(|(_, sheet)| *sheet != "actors" || has_actors).collect();
        if !has_actors {
            fixed.push(("list_actors", case.actors.iter().map(|actor| actor.id.to_string()).collect()));
        }
        fixed.retain(|(_, entries)| !entries.is_empty());
        Choices { fixed, pairs, live }
    }

    /// What a column takes.
    pub(super) fn of_column(&self, table: &Table, column: &Column) -> Choice {
        let named = |name: &'static str, about: &'static str| {
            let known =
                self.live.iter().any(|(live, _)| *live == name) || self.fixed.iter().any(|(fixed, _)| *fixed == name);
            if known { Choice::Named(name, about) } else { Choice::Free }
        };
        match (table.sheet, column.name.as_str()) {
            ("positions", "kind") => Choice::Words(words!(Kind)),
            ("positions" | "source_defaults", "basis") => Choice::Words(words!(Basis)),
            ("positions", "organ") => Choice::Words(vec![("1", ""), ("2", ""), ("3", ""), ("4", ""), ("5", "")]),
            ("positions" | "source_defaults", "grade") => Choice::Words(GRADES.map(|grade| (grade, "")).to_vec()),
            ("positions", "accepts") | (_, "verified") => Choice::Words(vec![("yes", ""), ("no", "")]),
            ("positions", "low_option" | "best_option" | "high_option") => {
                Choice::OptionOfRow { pairs: self.pairs.len() }
            }
            ("values" | "exposure" | "assurances", "option") => Choice::OptionOfRow { pairs: self.pairs.len() },
            ("values" | "exposure" | "assurances" | "salience", "issue") => named("list_issues", "an issue"),
            ("salience", "group") => named("list_groups", "a group of issues"),
            ("positions" | "packages", "issue") => named("list_subjects", "an issue or topic"),
            ("packages", "option" | "row") => Choice::Several(Vec::new()),
            ("positions", "addressee" | "rules_out" | "condition" | "supersedes") => Choice::Several(Vec::new()),
            ("events", "type") => Choice::Words(words!(EventType)),
            ("events", "level") => Choice::Words(words!(ContactLevel)),
            ("events", "direction") => Choice::Words(words!(Direction)),
            ("events", "country" | "parties" | "parties_text" | "mediators" | "topics") => Choice::Several(Vec::new()),
            ("actors", "kind") => Choice::Words(words!(ActorKind)),
            ("actors", "role") => Choice::Several(words!(Role)),
            ("topics", "issue") => named("list_issues", "an issue"),
            ("topics", "track") => Choice::Words(words!(Track)),
            ("relations", "type") => Choice::Words(words!(RelationType)),
            (
                "positions" | "aliases" | "salience" | "values" | "alternatives" | "exposure" | "capabilities",
                "actor",
            )
            | ("actors", "parent")
            | ("relations" | "trust", "from" | "to")
            | ("assurances", "for_actor") => named("list_actors", "an actor"),
            ("sources", "author") => Choice::Several(Vec::new()),
            (_, "source_id") => named("list_sources", "a source"),
            (_, "marking") if table.sheet != "sources" => {
                Choice::Words(Marking::WORDS.iter().map(|(word, _)| (*word, "")).collect())
            }
            _ => Choice::Free,
        }
    }

    /// Writes the sheet of lists, hidden, and gives the lists their names.
    pub(super) fn write_lists(&self, look: &Look, workbook: &mut Workbook) -> Result<(), XlsxError> {
        let sheet = workbook.add_worksheet();
        sheet.set_name(LISTS_SHEET)?.set_hidden(true);
        let pairs: [(&str, Vec<&String>); 2] = [
            ("issue", self.pairs.iter().map(|(issue, _)| issue).collect()),
            ("option", self.pairs.iter().map(|(_, option)| option).collect()),
        ];
        let fixed = self.fixed.iter().map(|(name, entries)| (*name, entries.iter().collect::<Vec<_>>()));
        for (column, (name, entries)) in (0..).zip(pairs.into_iter().chain(fixed)) {
            sheet.write_string_with_format(0, column, name, &look.optional)?;
            sheet.set_column_format(column, &look.text)?;
            // Lists that are longer than a sheet are not offered in full.
            for (row, entry) in (1..limits::ROWS).zip(entries) {
                sheet.write_string_with_format(row as RowNum, column, look::plain(entry), &look.text)?;
            }
        }
        for (column, (name, entries)) in (3_u64..).zip(&self.fixed) {
            let letters = column_letters(column);
            workbook.define_name(*name, &format!("={LISTS_SHEET}!${letters}$2:${letters}${}", entries.len() + 1))?;
        }
        for (name, sheet) in &self.live {
            let ids = format!("{sheet}!$A$2:$A${}", limits::ROWS);
            workbook.define_name(*name, &format!("=OFFSET({sheet}!$A$2,0,0,MAX(1,COUNTA({ids})),1)"))?;
        }
        Ok(())
    }
}

/// The Admiralty grades.
const GRADES: [&str; 36] = [
    "A1", "A2", "A3", "A4", "A5", "A6", "B1", "B2", "B3", "B4", "B5", "B6", "C1", "C2", "C3", "C4", "C5", "C6", "D1",
    "D2", "D3", "D4", "D5", "D6", "E1", "E2", "E3", "E4", "E5", "E6", "F1", "F2", "F3", "F4", "F5", "F6",
];

impl Choice {
    /// What the note at the header says.
    pub(super) fn note(&self, column: &Column) -> String {
        let mut note = sentence(&column.about);
        if column.need == super::Need::Required {
            note.push_str("\nEvery row fills it.");
        }
        match self {
            Choice::Several(_) => note.push_str("\nSeveral entries are separated by a semicolon: a;b."),
            Choice::OptionOfRow { .. } => note.push_str("\nThe list offers the options of the issue in the same row."),
            Choice::Named(_, about) => {
                _ = write!(
                    note,
                    "\nThe list offers the ids that the workbook knows; {about} with another name can be typed."
                )
            }
            Choice::Free | Choice::Words(_) => {}
        }
        if let Choice::Words(words) | Choice::Several(words) = self {
            for (word, about) in words.iter().filter(|(_, about)| !about.is_empty()) {
                _ = write!(note, "\n{word}: {about}");
            }
        }
        note
    }

    /// The drop-down list of the column; none where anything may stand, or several entries.
    pub(super) fn validation(&self, table: &Table) -> Result<Option<DataValidation>, XlsxError> {
        let list = DataValidation::new();
        Ok(Some(match self {
            Choice::Free | Choice::Several(_) => return Ok(None),
            Choice::Words(words) => {
                let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
                list.allow_list_strings(&words)?.set_error_title("Not in the list")?.set_error_message(
                    "This column takes the words of its list. The note at its header says what they stand for.",
                )?
            }
            Choice::Named(name, _) => asks(list.allow_list_formula(Formula::new(format!("={name}"))))?,
            Choice::OptionOfRow { pairs: 0 } => return Ok(None),
            Choice::OptionOfRow { pairs } => {
                let place = table.columns.iter().position(|column| column.name == "issue").unwrap_or_default();
                let issue = format!("${}2", column_letters(place as u64 + 1));
                let issues = format!("{LISTS_SHEET}!$A$2:$A${}", pairs + 1);
                let formula =
                    format!("=OFFSET({LISTS_SHEET}!$B$1,MATCH({issue},{issues},0),0,COUNTIF({issues},{issue}),1)");
                asks(list.allow_list_formula(Formula::new(formula)))?
            }
        }))
    }
}

/// A list beside which other words are accepted, after a question.
fn asks(list: DataValidation) -> Result<DataValidation, XlsxError> {
    list.set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("Not in the list")?
        .set_error_message("The list does not hold this entry. It can be kept if it is meant.")
}

/// A phrase as a sentence.
fn sentence(phrase: &str) -> String {
    let mut characters = phrase.chars();
    let first: String = characters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", characters.as_str())
}
