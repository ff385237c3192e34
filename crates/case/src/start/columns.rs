//! Which column holds which field: as it was said, by the names of the columns, and where these do not tell by their cells.

use super::Choices;
use super::content::{Content, clear_best};
use super::field::{Field, Fit, fit};
use super::sheet::{Column, Sheet};
use crate::diagnostic::{Code, Diagnostic};

/// Why a column is read as a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Somebody said so.
    Said,
    /// By its name.
    Name,
    /// By its name, and of several with such a name by its cells, in these words.
    NameAndCells(String),
    /// By its cells alone, in these words.
    Cells(String),
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Reason::Said => f.write_str("as you said"),
            Reason::Name => f.write_str("by its name"),
            Reason::NameAndCells(words) => write!(f, "by its name and its cells: {words}"),
            Reason::Cells(words) => write!(f, "by its cells: {words}"),
        }
    }
}

/// A column that is read as a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The field.
    pub field: Field,
    /// Place of the column.
    pub column: usize,
    /// Why.
    pub reason: Reason,
}

/// A field for which no column is clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The field.
    pub field: Field,
    /// The columns that may hold it equally well.
    pub candidates: Vec<usize>,
}

/// Which column holds which field, as far as it is clear.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// The columns that are read, in the order of the fields.
    pub taken: Vec<Taken>,
    /// The fields for which no column is clear, save those of which somebody said that there is none.
    pub open: Vec<Open>,
}

impl Columns {
    /// Proposes a column for every field.
    ///
    /// # Errors
    /// What was said about columns that are not there.
    pub fn propose(sheet: &Sheet, choices: &Choices) -> Result<Columns, Vec<Diagnostic>> {
        let mut proposal = Proposal { sheet, columns: Columns::default(), none: Vec::new(), contents: Vec::new() };
        proposal.as_said(choices)?;
        proposal.contents = (0..sheet.columns.len()).map(|column| Content::of(sheet, column)).collect();
        Fit::BEST_FIRST.into_iter().for_each(|level| proposal.by_name(level));
        // Addresses are long, and names are few: what is surer comes first.
        for field in [Field::Date, Field::Link, Field::Actor, Field::Words, Field::Issue] {
            proposal.by_cells(field);
        }
        let mut columns = proposal.columns;
        columns.taken.sort_by_key(|taken| taken.field);
        columns.open.sort_by_key(|open| open.field);
        Ok(columns)
    }

    /// The column that holds a field.
    #[must_use]
    pub fn of(&self, field: Field) -> Option<usize> {
        self.taken.iter().find(|taken| taken.field == field).map(|taken| taken.column)
    }

    /// The columns that hold no field.
    #[must_use]
    pub fn own(&self, sheet: &Sheet) -> Vec<usize> {
        (0..sheet.columns.len()).filter(|place| !self.taken.iter().any(|taken| taken.column == *place)).collect()
    }

    /// What keeps the columns from being read: needed fields without a column, and several columns that may hold a field.
    #[must_use]
    pub fn problems(&self, sheet: &Sheet) -> Vec<Diagnostic> {
        Field::ALL.into_iter().filter_map(|field| self.problem(sheet, field)).collect()
    }

    fn problem(&self, sheet: &Sheet, field: Field) -> Option<Diagnostic> {
        let word = field.word();
        let line = sheet.header.first().or(sheet.rows.first().map(|row| &row.line)).copied().unwrap_or(1);
        let at = |message: String| Diagnostic::new(Code::MissingColumn, &sheet.file, message).at(line, None);
        let label = |place: &usize| sheet.columns.get(*place).map_or("COLUMN", Column::label);
        let candidates = self.open.iter().find(|open| open.field == field).map_or(&[][..], |open| &open.candidates);
        if self.of(field).is_some() {
            return None;
        }
        match candidates {
            [] if field.is_needed() => {
                let example = self.own(sheet).first().map_or("COLUMN", label);
                let finding = at(format!("no column is known to hold the {word}"));
                Some(finding.hint(format!("say which: --map \"{example}={word}\"")))
            }
            // Without a topic or a link a statement is still one.
            [] => None,
            _ if field == Field::Issue => None,
            several => {
                let names: Vec<&str> = several.iter().map(label).collect();
                let finding = at(format!("{} columns may hold the {word}: `{}`", names.len(), names.join("`, `")));
                let hint = |name: &&str| format!("if it is `{name}`: --map \"{name}={word}\"");
                Some(names.iter().map(hint).fold(finding, Diagnostic::hint))
            }
        }
    }
}

/// A proposal while it is being made.
struct Proposal<'s> {
    sheet: &'s Sheet,
    columns: Columns,
    /// Fields of which somebody said that no column holds them.
    none: Vec<Field>,
    contents: Vec<Content>,
}

impl Proposal<'_> {
    fn as_said(&mut self, choices: &Choices) -> Result<(), Vec<Diagnostic>> {
        let mut problems = Vec::new();
        for (field, text) in &choices.columns {
            let word = field.word();
            let mut refuse = |message: String, hint: String| {
                problems.push(Diagnostic::new(Code::MissingColumn, &self.sheet.file, message).hint(hint));
            };
            let labels = || self.sheet.columns.iter().map(Column::label).collect::<Vec<_>>().join("`, `");
            match *self.sheet.named(text).as_slice() {
                _ if self.is_settled(*field) => {
                    refuse(format!("the {word} is mapped twice"), "leave one `--map` out".to_owned());
                }
                _ if text.trim().is_empty() => self.none.push(*field),
                [column] => match self.columns.taken.iter().find(|taken| taken.column == column) {
                    Some(other) => refuse(
                        format!("column `{text}` is mapped to {} and to {word}", other.field.word()),
                        "leave one `--map` out".to_owned(),
                    ),
                    None => self.columns.taken.push(Taken { field: *field, column, reason: Reason::Said }),
                },
                [] => refuse(format!("there is no column `{text}`"), format!("columns: `{}`", labels())),
                ref several => {
                    let letters: Vec<&str> =
                        several.iter().map(|place| self.sheet.columns[*place].letter.as_str()).collect();
                    refuse(
                        format!("{} columns have the name `{text}`", several.len()),
                        format!("say its letter, one of {}: --map \"{}={word}\"", letters.join(", "), letters[0]),
                    );
                }
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    fn is_settled(&self, field: Field) -> bool {
        self.none.contains(&field)
            || self.columns.of(field).is_some()
            || self.columns.open.iter().any(|open| open.field == field)
    }

    fn take(&mut self, field: Field, column: usize, reason: Reason) {
        self.columns.taken.push(Taken { field, column, reason });
    }

    /// Takes the columns whose names say a field this well. Where several do, their cells decide or nothing does.
    fn by_name(&mut self, level: Fit) {
        for field in Field::ALL {
            if self.is_settled(field) {
                continue;
            }
            let mut named: Vec<usize> = self.columns.own(self.sheet);
            named.retain(|place| column_fit(&self.sheet.columns[*place], field) == Some(level));
            if !level.is_whole() {
                // A part of a name is no more than a sign: the cells have to agree, where cells can tell.
                let agrees = |place: &usize| match field {
                    Field::Date | Field::Link => self.contents[*place].likeness(field) > 0,
                    Field::Actor | Field::Issue | Field::Words => {
                        [Field::Date, Field::Link].iter().all(|other| self.contents[*place].likeness(*other) == 0)
                    }
                };
                named.retain(agrees);
            }
            match named.as_slice() {
                [] => {}
                [only] => self.take(field, *only, Reason::Name),
                several => match clear_best(&self.contents, several, field) {
                    Ok(Some(best)) => {
                        let words = self.contents[best].reason(field);
                        self.take(field, best, Reason::NameAndCells(words));
                    }
                    _ => self.columns.open.push(Open { field, candidates: several.to_vec() }),
                },
            }
        }
    }

    /// Takes the column that looks clearly more like a field than the others.
    fn by_cells(&mut self, field: Field) {
        if self.is_settled(field) {
            return;
        }
        let free = self.columns.own(self.sheet);
        let found = match clear_best(&self.contents, &free, field) {
            // Names that nobody knows are still few short texts.
            Ok(None) if field == Field::Actor => {
                let grouping: Vec<usize> =
                    free.iter().copied().filter(|place| self.contents[*place].is_grouping()).collect();
                match grouping.as_slice() {
                    [] => Ok(None),
                    [only] => Ok(Some(*only)),
                    _ => Err(grouping),
                }
            }
            found => found,
        };
        match found {
            Ok(Some(column)) => {
                let reason = Reason::Cells(self.contents[column].reason(field));
                self.take(field, column, reason);
            }
            Ok(None) => self.columns.open.push(Open { field, candidates: Vec::new() }),
            Err(candidates) => self.columns.open.push(Open { field, candidates }),
        }
    }
}

/// How well the name of a column says that it holds a field. In a header of two rows the lower name comes first.
fn column_fit(column: &Column, field: Field) -> Option<Fit> {
    let whole = |part: &String| Field::ALL.iter().any(|field| fit(part, *field).is_some_and(Fit::is_whole));
    match column.parts.iter().rev().find(|part| whole(part)) {
        Some(part) => fit(part, field),
        None => fit(&column.name, field),
    }
}
