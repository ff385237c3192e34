//! A plain table: what each option of each issue is worth to each party.
//!
//! The columns are `issue`, `option`, and one for each party, called as the party is. A row whose issue is `reservation` and whose option is empty
//! holds the least that each party accepts; a cell of it may be empty. Worth is a decimal or a fraction, read exactly.

use std::collections::BTreeMap;
use std::fmt;

use detente_case::{Code, Diagnostic, Findings, export, start};
use detente_packages::Exact;

use crate::domain::{Domain, Issue, Party};
use crate::genius::File;
use crate::limits;
use crate::name::{file_stem, plain, shown};
use crate::numbers::{number, text};

/// The columns before those of the parties.
const COLUMNS: [&str; 2] = ["issue", "option"];
/// What stands in the column of issues on the row of reservation values.
const RESERVATION: &str = "reservation";

/// Reads a table: comma, semicolon or tab between its cells.
///
/// # Errors
/// All findings, each with line and column.
pub fn read((file, bytes): File<'_>) -> Result<Domain, Vec<Diagnostic>> {
    if bytes.len() > limits::BYTES {
        let message = format!("this file has {} MB; at most {} MB are read", bytes.len() >> 20, limits::BYTES >> 20);
        return Err(vec![Diagnostic::new(Code::TooLarge, file, message)]);
    }
    let table = start::read_text_table(file, bytes.to_vec()).map_err(|finding| vec![finding])?;
    let mut findings = Findings::default();
    let mut rows = table.grid.rows.iter();
    let header = rows.next().map(|row| (row.line, row.cells.as_slice())).unwrap_or_default();
    let Some(names) = parties(file, header, &mut findings) else { return Err(findings.into_sorted()) };
    let mut reader =
        Reader { file, names, findings, issues: Vec::new(), places: BTreeMap::new(), reservation: None, options: 0 };
    for row in rows {
        if !reader.row(row.line, &row.cells) {
            break;
        }
    }
    reader.finish()
}

/// The names of the parties in the header.
fn parties(file: &str, (line, cells): (u64, &[String]), findings: &mut Findings) -> Option<Vec<String>> {
    let fault = |code: Code, column: u64, message: String| Diagnostic::new(code, file, message).at(line, Some(column));
    for (place, name) in COLUMNS.iter().enumerate() {
        let cell = cells.get(place).map(String::as_str).unwrap_or_default();
        if !cell.eq_ignore_ascii_case(name) {
            let message = format!("expected the column `{name}`, found `{}`", shown(cell));
            findings.push(
                fault(Code::NotADomain, place as u64 + 1, message)
                    .hint("the first line is `issue,option,` and then the name of each party"),
            );
            return None;
        }
    }
    let mut names: Vec<String> = Vec::new();
    let end = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    for (cell, column) in cells[..end].iter().zip(1..).skip(COLUMNS.len()) {
        let name = plain(cell);
        if name.is_empty() {
            findings.push(fault(Code::Lacking, column, "this column has no name; expected that of a party".to_owned()));
        } else if name.chars().count() > limits::NAME {
            findings.push(fault(Code::TooMany, column, format!("a name of more than {} characters", limits::NAME)));
        } else if names.contains(&name) {
            findings.push(fault(Code::Repeated, column, format!("two columns are called `{}`", shown(&name))));
        }
        names.push(name);
    }
    if names.is_empty() {
        findings.push(fault(Code::Lacking, 3, "there is no party: no column after `issue` and `option`".to_owned()));
    }
    if names.len() > limits::PARTIES {
        findings.push(fault(
            Code::TooMany,
            3,
            format!("{} parties; at most {} are read", names.len(), limits::PARTIES),
        ));
    }
    (!findings.has_errors()).then_some(names)
}

/// An issue that is being read: its name, and its options with what they are worth to each party.
type Rows = (String, Vec<(String, Vec<Exact>)>);

struct Reader<'r> {
    file: &'r str,
    names: Vec<String>,
    findings: Findings,
    issues: Vec<Rows>,
    places: BTreeMap<String, (usize, std::collections::BTreeSet<String>)>,
    reservation: Option<Vec<Option<Exact>>>,
    options: usize,
}

impl Reader<'_> {
    fn push(&mut self, code: Code, line: u64, column: usize, message: String) {
        self.findings.push(Diagnostic::new(code, self.file, message).at(line, Some(column as u64 + 1)));
    }

    /// Reads a row; whether to go on.
    fn row(&mut self, line: u64, cells: &[String]) -> bool {
        let width = COLUMNS.len() + self.names.len();
        let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        if filled > width {
            let message = format!("this row has {filled} cells; the header has {width}");
            self.push(Code::RaggedRow, line, width, message);
            return true;
        }
        let cell = |column: usize| cells.get(column).map(String::as_str).unwrap_or_default();
        let (issue, option) = (plain(cell(0)), plain(cell(1)));
        let reservation = option.is_empty() && issue.eq_ignore_ascii_case(RESERVATION);
        if !reservation {
            for (column, text) in [&issue, &option].into_iter().enumerate() {
                if text.is_empty() {
                    let message = format!("`{}` is empty", COLUMNS[column]);
                    self.push(Code::Lacking, line, column, message);
                } else if text.chars().count() > limits::NAME {
                    self.push(Code::TooMany, line, column, format!("a name of more than {} characters", limits::NAME));
                }
            }
            if issue.is_empty() || option.is_empty() {
                return true;
            }
        }
        let mut worth = Vec::with_capacity(self.names.len());
        for column in COLUMNS.len()..width {
            worth.push(self.number(line, column, cell(column), reservation));
        }
        if reservation {
            if self.reservation.is_some() {
                self.push(Code::Repeated, line, 0, "a second row `reservation`".to_owned());
            }
            self.reservation = Some(worth);
            return true;
        }
        let Some(worth) = worth.into_iter().collect::<Option<Vec<Exact>>>() else { return true };
        self.option(line, issue, option, worth)
    }

    fn number(&mut self, line: u64, column: usize, text: &str, may_be_empty: bool) -> Option<Exact> {
        if text.is_empty() {
            if !may_be_empty {
                let message =
                    format!("what this option is worth to `{}` is missing", shown(&self.names[column - COLUMNS.len()]));
                self.push(Code::Lacking, line, column, message);
            }
            return None;
        }
        let found = number(text);
        if found.is_none() {
            let message = format!("`{}` is not a finite number", shown(text));
            let finding = Diagnostic::new(Code::NotANumber, self.file, message).at(line, Some(column as u64 + 1));
            let comma = text.contains(',');
            self.findings.push(if comma {
                finding.hint("decimals are written with a point: 12.5")
            } else {
                finding.hint("a decimal such as 0.25, or a fraction such as 1/3")
            });
        }
        found
    }

    fn option(&mut self, line: u64, issue: String, option: String, worth: Vec<Exact>) -> bool {
        let known = self.issues.len();
        let (place, seen) =
            self.places.entry(issue.clone()).or_insert_with(|| (known, std::collections::BTreeSet::new()));
        let place = *place;
        if !seen.insert(option.clone()) {
            self.push(
                Code::Repeated,
                line,
                1,
                format!("`{}` stands twice among the options of `{}`", shown(&option), shown(&issue)),
            );
            return true;
        }
        if place == known {
            self.issues.push((issue, Vec::new()));
        }
        self.issues[place].1.push((option, worth));
        self.options += 1;
        let too_many = self.issues.len() > limits::ISSUES
            || self.options > limits::ALL_OPTIONS
            || self.issues[place].1.len() > limits::OPTIONS;
        if too_many {
            let message = format!(
                "at most {} issues, {} options an issue and {} in all are read",
                limits::ISSUES,
                limits::OPTIONS,
                limits::ALL_OPTIONS
            );
            self.push(Code::TooMany, line, 0, message);
        }
        !too_many
    }

    fn finish(mut self) -> Result<Domain, Vec<Diagnostic>> {
        if self.issues.is_empty() && !self.findings.has_errors() {
            self.findings.push(Diagnostic::new(Code::Lacking, self.file, "this table has no options"));
        }
        if self.findings.has_errors() {
            return Err(self.findings.into_sorted());
        }
        let reservation = self.reservation.unwrap_or_else(|| vec![None; self.names.len()]);
        let party = |(place, (name, reservation)): (usize, (String, Option<Exact>))| Party {
            name,
            worth: self
                .issues
                .iter()
                .map(|(_, options)| options.iter().map(|(_, worth)| worth[place].clone()).collect())
                .collect(),
            terms: Vec::new(),
            reservation,
            discount: None,
        };
        let parties = self.names.into_iter().zip(reservation).enumerate().map(party).collect();
        let issues = self.issues.iter().map(|(name, options)| Issue {
            name: name.clone(),
            options: options.iter().map(|(option, _)| option.clone()).collect(),
        });
        Ok(Domain { name: file_stem(self.file), issues: issues.collect(), parties })
    }
}

/// Why a domain is not written as a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoTable {
    /// What a package is worth is not the sum over its options.
    NotAdditive,
    /// A number takes more than [`limits::DIGITS`] characters, as the product of two long ones may.
    LongNumber,
}

impl fmt::Display for NoTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoTable::NotAdditive => {
                f.write_str("what a package is worth is not the sum over its options, so a table cannot hold it")
            }
            NoTable::LongNumber => {
                write!(
                    f,
                    "what an option is worth takes more than {} characters, so a table cannot hold it",
                    limits::DIGITS
                )
            }
        }
    }
}

impl std::error::Error for NoTable {}

/// The domain as a table, which [`read`] reads back to the same issues, worths and reservation values.
///
/// # Errors
/// A domain for which a table has no place.
pub fn write(domain: &Domain) -> Result<Vec<u8>, NoTable> {
    if !domain.is_additive() {
        return Err(NoTable::NotAdditive);
    }
    let mut columns: Vec<String> = COLUMNS.map(str::to_owned).to_vec();
    columns.extend(domain.parties.iter().map(|party| party.name.clone()));
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (place, issue) in domain.issues.iter().enumerate() {
        for (option, name) in issue.options.iter().enumerate() {
            let worth = domain.parties.iter().map(|party| text(&party.worth[place][option]));
            rows.push([issue.name.clone(), name.clone()].into_iter().chain(worth).collect());
        }
    }
    if domain.parties.iter().any(|party| party.reservation.is_some()) {
        let values = domain.parties.iter().map(|party| party.reservation.as_ref().map(text).unwrap_or_default());
        rows.push([RESERVATION.to_owned(), String::new()].into_iter().chain(values).collect());
    }
    let number = |cell: &String| cell.len() <= limits::DIGITS;
    if !rows.iter().all(|row| row[COLUMNS.len()..].iter().all(number)) {
        return Err(NoTable::LongNumber);
    }
    let all: Vec<&str> = columns.iter().map(String::as_str).collect();
    let bytes = export::csv_keeping(&export::Sheet { file: "", columns: columns.clone(), rows }, &all);
    // Names full of semicolons can make another delimiter likelier than the comma; then it is declared.
    let same = |read: Domain| read.issues == domain.issues && read.parties.len() == domain.parties.len();
    Ok(if read(("", &bytes)).is_ok_and(same) { bytes } else { [b"sep=,\n", bytes.as_slice()].concat() })
}
