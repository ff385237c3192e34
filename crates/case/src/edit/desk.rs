//! Changes of a case on disk, saved and undone.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::change::{Change, ChangeError, Target, change};
use super::layout::{Layout, Record};
use crate::coding;
use crate::diagnostic::{Diagnostic, Severity};
use crate::export::digest_of;
use crate::folder::Folder;
use crate::formats::TABLES_IN_PLACE;
use crate::load::load;
use crate::table::{TableFormat, content, sniff};
use crate::write;

/// Cells by column.
pub type Cells = BTreeMap<String, String>;

/// How many changes can be undone.
const REMEMBERED: usize = 200;

/// Where a case on disk is changed: its tables, and the sheets of second coders. All changes go through one desk, one at a time.
#[derive(Debug)]
pub struct Desk {
    root: PathBuf,
    done: Vec<Done>,
}

/// A change that was saved: what stood there before, and the digest of what stands there since.
#[derive(Debug)]
struct Done {
    file: String,
    /// None if the file was not there.
    before: Option<Vec<u8>>,
    after: String,
}

/// A table as it stands in its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableText {
    /// The file.
    pub file: String,
    /// SHA-256 of its bytes; empty if it is not there.
    pub digest: String,
    /// Names of the columns that it has.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<TableRow>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableRow {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// Its cells, in the order of the columns; a row with more or fewer cells than the header cannot be changed.
    pub cells: Vec<String>,
}

/// What was saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Saved {
    /// The file.
    pub file: String,
    /// SHA-256 of its bytes now; empty if it is not there.
    pub digest: String,
    /// How many changes can be undone.
    pub undo: usize,
}

/// Why nothing was saved.
#[derive(Debug)]
pub enum Refusal {
    /// The case has no such table.
    NoSuchTable(String),
    /// The file has changed meanwhile: what stands there now, and its digest.
    Changed {
        /// The table as it is now.
        now: Box<TableText>,
    },
    /// The case would get errors that it does not have.
    Errors(Vec<Diagnostic>),
    /// The change itself is not possible, or the file system refused.
    NotDone(String),
    /// There is nothing to undo.
    NothingToUndo,
}

impl Desk {
    /// A desk for the case in a folder.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Desk { root: root.into(), done: Vec::new() }
    }

    /// The folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A table as it stands in its file; without rows and columns if it is not there.
    ///
    /// # Errors
    /// If the case format has no such table, or the file cannot be read.
    pub fn table(&self, file: &str) -> Result<TableText, Refusal> {
        format_of(file)?;
        let bytes = self.bytes(file)?;
        let table = table_text(file, bytes.as_deref());
        if table.rows.is_sorted_by(|one, next| one.line < next.line) {
            return Ok(table);
        }
        Err(Refusal::NotDone(format!("{file} cannot be shown as a table: {}", ChangeError::LineEnds)))
    }

    /// How many changes can be undone.
    #[must_use]
    pub fn undo_depth(&self) -> usize {
        self.done.len()
    }

    /// Corrects or adds rows of one file, all in one step. `digest` is that of the file as the one who asks has seen it, and the lines of
    /// rows are those that they have in it.
    ///
    /// # Errors
    /// See [`Refusal`]; nothing is written then.
    pub fn save(&mut self, file: &str, digest: &str, asked: &[Change]) -> Result<Saved, Refusal> {
        let format = format_of(file)?;
        let before = self.bytes(file)?;
        if digest_or_empty(before.as_deref()) != digest {
            return Err(Refusal::Changed { now: Box::new(table_text(file, before.as_deref())) });
        }
        let after = changed(format, before.as_deref().unwrap_or_default(), asked)?;
        self.keeps_sound(file, &after)?;
        // Reading the case takes a while: what another program has saved meanwhile is not overwritten.
        let now = self.bytes(file)?;
        if now != before {
            return Err(Refusal::Changed { now: Box::new(table_text(file, now.as_deref())) });
        }
        self.write(file, &after)?;
        Ok(self.remember(file, before, digest_of(&after)))
    }

    /// Adds a file that is not there yet, as a step that can be undone.
    ///
    /// # Errors
    /// If it is there, is none that can be changed here, or the file system refuses.
    pub fn add(&mut self, file: &str, bytes: &[u8]) -> Result<Saved, Refusal> {
        format_of(file)?;
        if let Some(there) = self.bytes(file)? {
            return Err(Refusal::Changed { now: Box::new(table_text(file, Some(&there))) });
        }
        self.write(file, bytes)?;
        Ok(self.remember(file, None, digest_of(bytes)))
    }

    fn remember(&mut self, file: &str, before: Option<Vec<u8>>, digest: String) -> Saved {
        self.done.push(Done { file: file.to_owned(), before, after: digest.clone() });
        if self.done.len() > REMEMBERED {
            self.done.remove(0);
        }
        Saved { file: file.to_owned(), digest, undo: self.done.len() }
    }

    /// Undoes the last change that was saved and is not undone.
    ///
    /// # Errors
    /// If there is none, or its file has changed since; nothing is written then.
    pub fn undo(&mut self) -> Result<Saved, Refusal> {
        let Some(last) = self.done.last() else { return Err(Refusal::NothingToUndo) };
        let (file, now) = (last.file.clone(), self.bytes(&last.file)?);
        if digest_or_empty(now.as_deref()) != last.after {
            return Err(Refusal::Changed { now: Box::new(table_text(&file, now.as_deref())) });
        }
        match &last.before {
            Some(bytes) => self.write(&file, bytes)?,
            None => std::fs::remove_file(self.root.join(&file))
                .map_err(|error| Refusal::NotDone(format!("{file} cannot be removed ({})", error.kind())))?,
        }
        let digest = digest_or_empty(last.before.as_deref());
        self.done.pop();
        Ok(Saved { file, digest, undo: self.done.len() })
    }

    /// The bytes of a file; none if it is not there.
    fn bytes(&self, file: &str) -> Result<Option<Vec<u8>>, Refusal> {
        if self.root.join(file).symlink_metadata().is_err() {
            return Ok(None);
        }
        let read = Folder::Disk(self.root.clone()).read(file);
        read.map(Some).map_err(|problem| Refusal::NotDone(format!("{file}: {}", problem.message)))
    }

    fn write(&self, file: &str, bytes: &[u8]) -> Result<(), Refusal> {
        // A link inside the folder stays one: what it leads to is written.
        let path = self.root.join(file);
        let path = path.canonicalize().unwrap_or(path);
        write::file(&path, bytes, true).map_err(|error| Refusal::NotDone(error.to_string()))
    }

    /// Refuses a change by which the case would get errors that it does not have.
    fn keeps_sound(&self, file: &str, after: &[u8]) -> Result<(), Refusal> {
        let now = Folder::Disk(self.root.clone());
        let then = now
            .with(file, after.to_vec())
            .map_err(|problem| Refusal::NotDone(format!("{}: {}", problem.file, problem.message)))?;
        let known: Vec<(String, String)> =
            errors(&now, file).map(|error| (error.file.clone(), error.message)).collect();
        let new: Vec<Diagnostic> = errors(&then, file)
            .filter(|error| !known.iter().any(|(file, message)| *file == error.file && *message == error.message))
            .collect();
        if new.is_empty() { Ok(()) } else { Err(Refusal::Errors(new)) }
    }
}

impl TableText {
    /// The cells of a row by column, the empty ones left out.
    #[must_use]
    pub fn cells(&self, row: &TableRow) -> Cells {
        let filled = self.columns.iter().zip(&row.cells).filter(|(_, cell)| !cell.is_empty());
        filled.map(|(name, cell)| (name.clone(), cell.clone())).collect()
    }

    /// The row that begins on a line.
    #[must_use]
    pub fn row(&self, line: u64) -> Option<&TableRow> {
        self.rows.iter().find(|row| row.line == line)
    }

    /// The row with an id; none if no row has it, or more than one.
    #[must_use]
    pub fn row_of(&self, id: &str) -> Option<&TableRow> {
        let place = self.columns.iter().position(|name| name == "id")?;
        let mut rows = self.rows.iter().filter(|row| row.cells.get(place).is_some_and(|cell| cell == id));
        rows.next().filter(|_| rows.next().is_none())
    }

    /// The row with an id, as a target of a change.
    #[must_use]
    pub fn target(&self, id: &str) -> Option<Target> {
        self.row_of(id).map(|row| Target::Line(row.line))
    }
}

/// The format of a file that can be changed here: a table of the case, or a coding of its statements.
///
/// # Errors
/// If it is neither.
pub fn format_of(file: &str) -> Result<&'static TableFormat, Refusal> {
    let table = TABLES_IN_PLACE.iter().find(|format| format.file == file);
    let sheet = || coding::is_sheet(file).then_some(&coding::STATEMENTS);
    table.or_else(sheet).ok_or_else(|| Refusal::NoSuchTable(file.to_owned()))
}

/// The bytes with all changes made: from the last line to the first, so that lines above stay where they are, then new rows in their order.
fn changed(format: &TableFormat, bytes: &[u8], asked: &[Change]) -> Result<Vec<u8>, Refusal> {
    let mut ordered: Vec<&Change> = asked.iter().collect();
    ordered.sort_by_key(|asked| match asked.target {
        Target::Line(line) => (0, std::cmp::Reverse(line)),
        Target::New => (1, std::cmp::Reverse(0)),
    });
    let twice = |pair: &[&Change]| pair[0].target == pair[1].target && pair[0].target != Target::New;
    if ordered.windows(2).any(twice) {
        return Err(Refusal::NotDone("one row is changed twice in one step; open the table again".to_owned()));
    }
    ordered.into_iter().try_fold(bytes.to_vec(), |bytes, asked| {
        change(format, &bytes, asked).map_err(|error| Refusal::NotDone(error.to_string()))
    })
}

fn digest_or_empty(bytes: Option<&[u8]>) -> String {
    bytes.map_or_else(String::new, digest_of)
}

fn table_text(file: &str, bytes: Option<&[u8]>) -> TableText {
    let text = String::from_utf8_lossy(bytes.unwrap_or_default());
    let layout = Layout::of(text.as_bytes(), sniff(text.trim_start_matches('\u{feff}')));
    let texts = |record: &Record| -> Vec<String> {
        record.cells.iter().map(|cell| content(&layout.text(cell)).to_owned()).collect()
    };
    let mut records = layout.records.iter();
    let columns = records.next().map(texts).unwrap_or_default();
    let rows = records.map(|record| TableRow { line: record.line, cells: texts(record) });
    TableText { file: file.to_owned(), digest: digest_or_empty(bytes), columns, rows: rows.collect() }
}

/// The errors of a case, and of a coding of it if that is the file which changes.
fn errors(folder: &Folder, file: &str) -> impl Iterator<Item = Diagnostic> {
    let loaded = load(folder, |_| {});
    let coding = loaded.case.filter(|_| coding::is_sheet(file)).and_then(|case| {
        let bytes = folder.read(file).ok()?;
        Some(coding::read(file, bytes, &case, &case.issues).1)
    });
    let all = loaded.diagnostics.into_iter().chain(coding.into_iter().flatten());
    all.filter(|finding| finding.severity == Severity::Error)
}
