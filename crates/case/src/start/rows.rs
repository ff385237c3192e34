//! The rows of a sheet as statements. What is wrong comes all at once; nothing is dropped without being said.

use super::Choices;
use super::columns::Columns;
use super::dates::column::{Found, Style, Unsettled, looks_dated};
use super::dates::{DayOrder, ReadDate, read};
use super::field::Field;
use super::sheet::{Column, Sheet};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::grid::GridRow;

/// A row that is a statement.
#[derive(Clone, Debug)]
pub(super) struct Statement<'s> {
    pub(super) line: u64,
    pub(super) actor: &'s str,
    /// Empty where no column holds topics.
    pub(super) issue: &'s str,
    pub(super) date: ReadDate,
    pub(super) date_text: &'s str,
    pub(super) words: &'s str,
    pub(super) link: &'s str,
    pub(super) row: &'s GridRow,
}

/// A row that is no statement of the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its line.
    pub line: u64,
    /// Why it is left out.
    pub why: String,
    /// Its cells.
    pub cells: Vec<String>,
}

/// How the dates of the sheet were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatesRead {
    /// The order of day and month, where it had to be found or was given, and with what line and text it was found.
    pub order: Option<(DayOrder, Option<(u64, String)>)>,
    /// Whether the dates were numbers of days.
    pub counted: bool,
}

/// The rows of a sheet.
pub(super) struct Rows<'s> {
    pub(super) statements: Vec<Statement<'s>>,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) dates: DatesRead,
}

/// Reads the rows.
///
/// # Errors
/// Missing cells, dates that cannot be read, rows wider than the header (unless these are set aside), an unclear order of day
/// and month, and a sheet without statements.
pub(super) fn read_rows<'s>(
    sheet: &'s Sheet,
    columns: &Columns,
    choices: &Choices,
) -> Result<Rows<'s>, Vec<Diagnostic>> {
    let reader = Reader { sheet, columns, choices };
    let end = sheet.rows.iter().rposition(|row| !reader.is_note(row)).map_or(0, |last| last + 1);
    let left = |row: &GridRow, why: &str| LeftOut { line: row.line, why: why.to_owned(), cells: row.cells.clone() };
    let mut left_out: Vec<LeftOut> = sheet.above.iter().map(|row| left(row, "above the header")).collect();
    let mut raw = reader.filled_down(&sheet.rows[..end]);
    let header = sheet.header_cells.last();
    raw.retain(|(row, _)| {
        let is_header = header.is_some_and(|header| trimmed(header) == trimmed(&row.cells));
        if is_header {
            left_out.push(left(row, "the header again"));
        }
        !is_header
    });
    let cells: Vec<&str> = raw.iter().map(|(_, fields)| fields[Field::Date as usize]).collect();
    let found = Style::of(&cells, choices.dates).map_err(|unsettled| vec![reader.unsettled(&unsettled, &raw)])?;
    let mut findings = Findings::default();
    let mut statements = Vec::new();
    for (row, fields) in &raw {
        match reader.statement(row, fields, found.style) {
            Ok(statement) => statements.push(statement),
            Err(problems) if choices.keep_going => {
                let why: Vec<String> = problems.into_iter().map(|problem| problem.message).collect();
                left_out.push(left(row, &why.join("; ")));
            }
            Err(problems) => findings.extend(problems),
        }
    }
    left_out
        .extend(sheet.rows[end..].iter().map(|row| left(row, "below the table: no date, and no actor or no words")));
    left_out.sort_by_key(|row| row.line);
    if findings.has_errors() {
        return Err(with_first_hints(findings.into_sorted(), sheet, columns));
    }
    if statements.is_empty() {
        let message = "no row of this table is a statement with an actor, a date and words";
        let finding = Diagnostic::new(Code::NoHeader, &sheet.file, message);
        return Err(vec![
            finding.hint("`--header N` says which row is the header, `--map COLUMN=FIELD` which column holds what"),
        ]);
    }
    Ok(Rows { statements, left_out, dates: reader.dates(found, choices.dates, &raw) })
}

/// The cells of a row up to the last that is filled.
fn trimmed(cells: &[String]) -> &[String] {
    &cells[..cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1)]
}

/// A row and the texts of its fields, in the order of [`Field::ALL`].
type Raw<'s> = (&'s GridRow, [&'s str; 5]);

struct Reader<'s, 'c> {
    sheet: &'s Sheet,
    columns: &'c Columns,
    choices: &'c Choices,
}

impl<'s> Reader<'s, '_> {
    fn own<'r>(&self, row: &'r GridRow, field: Field) -> &'r str {
        self.sheet.cell(row, self.columns.of(field))
    }

    fn fills(&self, field: Field) -> bool {
        self.choices.fill_down.contains(&field)
    }

    /// Whether a row at the end of a sheet is a note or a total: it has no date, and no actor or no words.
    fn is_note(&self, row: &GridRow) -> bool {
        let filled = |field| !self.own(row, field).is_empty();
        let has = |field| filled(field) || self.fills(field) && filled(Field::Words);
        let dated = looks_dated(self.own(row, Field::Date)) || !filled(Field::Date) && has(Field::Date);
        let says = filled(Field::Words) && (has(Field::Actor) || filled(Field::Issue));
        !dated && !says
    }

    /// The fields of the rows. Where that was asked for, an empty cell has the text of the nearest filled one above it.
    fn filled_down(&self, rows: &'s [GridRow]) -> Vec<Raw<'s>> {
        let mut above = [""; 5];
        let fields = |row: &'s GridRow| {
            let mut texts = Field::ALL.map(|field| self.own(row, field));
            for field in Field::ALL.into_iter().filter(|field| self.fills(*field)) {
                let text = &mut texts[field as usize];
                if text.is_empty() {
                    *text = above[field as usize];
                }
                above[field as usize] = *text;
            }
            (row, texts)
        };
        rows.iter().map(fields).collect()
    }

    fn label(&self, field: Field) -> &str {
        self.columns.of(field).and_then(|place| self.sheet.columns.get(place)).map_or("", Column::label)
    }

    fn finding(&self, code: Code, line: u64, field: Field, message: &str) -> Diagnostic {
        let column = self.columns.of(field).map(|place| place as u64 + 1);
        let message = format!("{} (column `{}`): {message}", field.word(), self.label(field));
        Diagnostic::new(code, &self.sheet.file, message).at(line, column)
    }

    fn statement(
        &self,
        row: &'s GridRow,
        fields: &[&'s str; 5],
        style: Style,
    ) -> Result<Statement<'s>, Vec<Diagnostic>> {
        let mut problems = Vec::new();
        let [actor, issue, date_text, words, link] = *fields;
        for (field, text) in Field::ALL.into_iter().zip(fields) {
            let is_needed = field.is_needed() || field == Field::Issue && self.columns.of(field).is_some();
            if is_needed && text.is_empty() {
                problems.push(self.finding(Code::MissingCell, row.line, field, "this cell is empty"));
            }
        }
        let date = style.read(date_text);
        if date.is_none() && !date_text.is_empty() {
            let message = format!("`{date_text}` is not a date that can be read");
            problems.push(self.finding(Code::NotADate, row.line, Field::Date, &message));
        }
        // In a text table a cell beyond the header is mostly one that a delimiter has cut in two.
        let beyond = row.cells.iter().skip(self.sheet.named_width).position(|cell| !cell.is_empty());
        if let Some(place) = beyond.filter(|_| self.sheet.name.is_empty() && self.sheet.named_width > 0) {
            let width = self.sheet.named_width;
            let message = format!("this row has {} cells, the header has {width}", trimmed(&row.cells).len());
            problems.push(
                Diagnostic::new(Code::RaggedRow, &self.sheet.file, message)
                    .at(row.line, Some((width + place) as u64 + 1))
                    .hint("a cell that holds the delimiter stands between quotation marks: \"one, two\""),
            );
        }
        match date {
            Some(date) if problems.is_empty() => {
                Ok(Statement { line: row.line, actor, issue, date, date_text, words, link, row })
            }
            _ => Err(problems),
        }
    }

    /// The finding that the order of day and month is not known, with the rows that need it.
    fn unsettled(&self, unsettled: &Unsettled, raw: &[Raw<'_>]) -> Diagnostic {
        let at =
            |place: &usize| raw.get(*place).map_or((0, ""), |(row, fields)| (row.line, fields[Field::Date as usize]));
        let (line, text) = unsettled.both.first().map(at).unwrap_or_default();
        let orders = [DayOrder::DayFirst, DayOrder::MonthFirst]
            .map(|order| read(text, order).map(|date| date.when.to_string()).unwrap_or_default());
        let why = match &unsettled.clash {
            Some((day, month)) => format!("`{}` has the day first and `{}` the month", at(day).1, at(month).1),
            None => "no cell of the column shows the order".to_owned(),
        };
        let lines: Vec<u64> = unsettled.both.iter().map(|place| at(place).0).collect();
        let message =
            format!("`{text}` is {} or {}; {why}. So written: {}", orders[0], orders[1], lines_in_words(&lines));
        self.finding(Code::NotADate, line, Field::Date, &message)
            .hint("if the day comes first: --dates dmy")
            .hint("if the month comes first: --dates mdy")
    }

    fn dates(&self, found: Found, given: Option<DayOrder>, raw: &[Raw<'_>]) -> DatesRead {
        let by = found
            .by
            .and_then(|place| raw.get(place))
            .map(|(row, fields)| (row.line, fields[Field::Date as usize].to_owned()));
        match found.style {
            Style::Serial => DatesRead { order: None, counted: true },
            Style::Text(order) => {
                DatesRead { order: (given.is_some() || by.is_some()).then_some((order, by)), counted: false }
            }
        }
    }
}

/// The hints that hold for all findings of a kind, on the first of them only.
fn with_first_hints(mut findings: Vec<Diagnostic>, sheet: &Sheet, columns: &Columns) -> Vec<Diagnostic> {
    let empty = |finding: &Diagnostic| finding.code == Code::MissingCell.text();
    for field in [Field::Actor, Field::Issue, Field::Date] {
        let Some(column) = columns.of(field) else { continue };
        let of_field = |finding: &&mut Diagnostic| empty(finding) && finding.column == Some(column as u64 + 1);
        // The first filled cell has to stand above.
        let first_filled = sheet.rows.iter().find(|row| !sheet.cell(row, Some(column)).is_empty()).map(|row| row.line);
        if let Some(first) = findings.iter_mut().find(of_field).filter(|finding| first_filled < finding.line) {
            let word = field.word();
            first
                .hints
                .push(format!("if the {word} written above holds for the empty cells below it: --fill-down {word}"));
        }
    }
    if let Some(first) = findings.iter_mut().find(|finding| finding.code == Code::NotADate.text()) {
        first.hints.push(
            "dates may be written 2022-03-29, 29.03.2022, March 29, 2022 or 29 березня 2022; a year has four digits"
                .to_owned(),
        );
    }
    if let Some(last) = findings.last_mut() {
        last.hints.push("or, to set such rows aside in the file `left-out.csv` of the case: --keep-going".to_owned());
    }
    findings
}

/// Lines in words: `rows 3, 7 and 9`.
pub(super) fn lines_in_words(lines: &[u64]) -> String {
    const MOST: usize = 40;
    let listed: Vec<String> = lines.iter().take(MOST).map(u64::to_string).collect();
    match listed.as_slice() {
        [] => "no rows".to_owned(),
        [only] => format!("row {only}"),
        _ if lines.len() > MOST => format!("rows {} and {} more", listed.join(", "), lines.len() - MOST),
        [most @ .., last] => format!("rows {} and {last}", most.join(", ")),
    }
}
