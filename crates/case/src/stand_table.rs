//! A plain table of who stands where: actor, position, salience, capability, on one issue or several.
//!
//! The columns are `actor` and `position`, and as far as they are known `issue`, `salience` (0 to 1), `capability` and `group`. Each number may have a
//! `_low` and a `_high` beside it. What is missing is told, never taken for 0.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::grid::GridRow;
use crate::start;
use crate::text::nearest;

/// Bytes of a file.
const BYTES: usize = 8 << 20;
/// Rows of a table.
const ROWS: usize = 20_000;
/// Actors on one issue: a round of the expected-utility model takes the square of it.
const ACTORS: usize = 200;
/// Characters of a name.
const NAME: usize = 200;
/// The greatest capability.
const CAPABILITY: f64 = 1e15;

/// A number, and the range in which it lies where that is stated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stated {
    /// The best value.
    pub best: f64,
    /// The low and high end, around the best value.
    pub range: Option<(f64, f64)>,
}

/// One actor on one issue.
#[derive(Clone, Debug, PartialEq)]
pub struct StandRow {
    /// The actor.
    pub actor: String,
    /// Its position, on the scale asked for.
    pub position: Stated,
    /// Its salience, 0 to 1; none where it is not stated.
    pub salience: Option<Stated>,
    /// Its capability, at least 0; none where it is not stated.
    pub capability: Option<Stated>,
    /// What its numbers rest on: those of one group are wrong together.
    pub group: Option<String>,
}

/// The actors of one issue.
#[derive(Clone, Debug, PartialEq)]
pub struct StandIssue {
    /// The issue; empty where the table has no column for it.
    pub name: String,
    /// Its actors, in the order of the rows.
    pub rows: Vec<StandRow>,
}

/// How a table is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// The two ends of the scale of all issues, in order.
    pub scale: (f64, f64),
    /// Whether a missing salience is an error; else it is the mean of the others on the issue.
    pub salience_needed: bool,
}

const NUMBERS: [&str; 3] = ["position", "salience", "capability"];
const TEXTS: [&str; 3] = ["actor", "issue", "group"];

/// Reads a table: comma, semicolon or tab between its cells.
///
/// # Errors
/// All findings, each with line and column. Warnings and notes stand beside the issues.
pub fn read(file: &str, bytes: &[u8], reading: Reading) -> Result<(Vec<StandIssue>, Vec<Diagnostic>), Vec<Diagnostic>> {
    if bytes.len() > BYTES {
        let message = format!("this file has {} MB; at most {} MB are read", bytes.len() >> 20, BYTES >> 20);
        return Err(vec![Diagnostic::new(Code::TooLarge, file, message)]);
    }
    let table = start::read_text_table(file, bytes.to_vec()).map_err(|finding| vec![finding])?;
    let mut reader = Reader {
        file,
        reading,
        columns: BTreeMap::new(),
        findings: Findings::default(),
        issues: Vec::new(),
        places: BTreeMap::new(),
    };
    let mut rows = table.grid.rows.iter();
    if let Some(header) = rows.next() {
        reader.header(header);
    }
    if reader.findings.has_errors() {
        return Err(reader.findings.into_sorted());
    }
    for (number, row) in rows.enumerate() {
        if number == ROWS {
            reader.push(Code::TooMany, row.line, None, format!("more than {ROWS} rows"));
            break;
        }
        reader.row(row);
    }
    reader.finish()
}

struct Reader<'r> {
    file: &'r str,
    reading: Reading,
    columns: BTreeMap<String, usize>,
    findings: Findings,
    issues: Vec<StandIssue>,
    /// The place of each issue, and the actors on it.
    places: BTreeMap<String, (usize, BTreeSet<String>)>,
}

impl Reader<'_> {
    fn push(&mut self, code: Code, line: u64, column: Option<usize>, message: String) {
        let column = column.map(|column| column as u64 + 1);
        self.findings.push(Diagnostic::new(code, self.file, message).at(line, column));
    }

    fn header(&mut self, header: &GridRow) {
        let ranges = NUMBERS.iter().flat_map(|name| [format!("{name}_low"), format!("{name}_high")]);
        let known: Vec<String> = TEXTS.iter().chain(&NUMBERS).map(|name| (*name).to_owned()).chain(ranges).collect();
        let end = header.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        for (place, cell) in header.cells[..end].iter().enumerate() {
            let name = cell.to_lowercase();
            if known.contains(&name) {
                if self.columns.insert(name.clone(), place).is_some() {
                    self.push(
                        Code::RepeatedColumn,
                        header.line,
                        Some(place),
                        format!("two columns are called `{name}`"),
                    );
                }
            } else if !name.starts_with("x_") {
                let shown: String = cell.chars().take(NAME).collect();
                let mut finding =
                    Diagnostic::new(Code::UnknownColumn, self.file, format!("the column `{shown}` is not read"))
                        .at(header.line, Some(place as u64 + 1));
                if let Some(near) = nearest(&name, known.iter().map(String::as_str)) {
                    finding = finding.hint(format!("did you mean `{near}`?"));
                }
                self.findings.push(finding);
            }
        }
        for needed in ["actor", "position"] {
            if !self.columns.contains_key(needed) {
                let message = format!("there is no column `{needed}`");
                let finding = Diagnostic::new(Code::MissingColumn, self.file, message).at(header.line, None);
                self.findings.push(finding.hint(
                    "the first line is `actor,position,salience,capability`, and `issue` where there are several",
                ));
            }
        }
    }

    fn cell<'c>(&self, row: &'c GridRow, column: &str) -> &'c str {
        self.columns.get(column).and_then(|place| row.cells.get(*place)).map_or("", String::as_str)
    }

    fn row(&mut self, row: &GridRow) {
        let mut names = [String::new(), String::new(), String::new()];
        for (name, column) in names.iter_mut().zip(TEXTS) {
            *name = self.cell(row, column).split_whitespace().collect::<Vec<_>>().join(" ");
            if name.chars().count() > NAME {
                self.push(
                    Code::TooMany,
                    row.line,
                    self.columns.get(column).copied(),
                    format!("a name of more than {NAME} characters"),
                );
                return;
            }
        }
        let [actor, issue, group] = names;
        for (name, column) in [(&actor, "actor"), (&issue, "issue")] {
            if let (true, Some(place)) = (name.is_empty(), self.columns.get(column).copied()) {
                self.push(Code::MissingCell, row.line, Some(place), format!("`{column}` is empty"));
                return;
            }
        }
        let (low, high) = self.reading.scale;
        let known = (
            self.number(row, "position", (low, high)),
            self.number(row, "salience", (0.0, 1.0)),
            self.number(row, "capability", (0.0, CAPABILITY)),
        );
        let (Ok(position), Ok(salience), Ok(capability)) = known else { return };
        let Some(position) = position else {
            let message = format!("`{actor}` has no position here and does not take part");
            self.push(Code::NoPosition, row.line, self.columns.get("position").copied(), message);
            return;
        };
        let count = self.issues.len();
        let (place, actors) = self.places.entry(issue.clone()).or_insert_with(|| (count, BTreeSet::new()));
        let place = *place;
        let (new, many) = (actors.insert(actor.clone()), actors.len() > ACTORS);
        if !new {
            self.push(
                Code::ActorTwice,
                row.line,
                self.columns.get("actor").copied(),
                format!("`{actor}` stands twice on one issue"),
            );
            return;
        }
        if many {
            self.push(Code::TooMany, row.line, None, format!("an issue has more than {ACTORS} actors"));
            return;
        }
        if place == count {
            self.issues.push(StandIssue { name: issue, rows: Vec::new() });
        }
        let group = (!group.is_empty()).then_some(group);
        self.issues[place].rows.push(StandRow { actor, position, salience, capability, group });
    }

    /// A number with its range; nothing where all its cells are empty.
    fn number(&mut self, row: &GridRow, name: &str, bounds: (f64, f64)) -> Result<Option<Stated>, ()> {
        let columns = [name.to_owned(), format!("{name}_low"), format!("{name}_high")];
        let mut numbers = [None; 3];
        for (number, column) in numbers.iter_mut().zip(&columns) {
            let text = self.cell(row, column).to_owned();
            if !text.is_empty() {
                *number = Some(self.within(row, column, &text, bounds)?);
            }
        }
        let [best, low, high] = numbers;
        let place = self.columns.get(name).copied();
        let Some(best) = best else {
            if low.is_some() || high.is_some() {
                self.push(
                    Code::MissingCell,
                    row.line,
                    place,
                    format!("`{name}` is empty, but a range for it is stated"),
                );
                return Err(());
            }
            return Ok(None);
        };
        let (low, high) = (low.unwrap_or(best), high.unwrap_or(best));
        if !(low <= best && best <= high) {
            let message = format!("`{name}_low`, `{name}` and `{name}_high` do not rise: {low}, {best}, {high}");
            self.push(Code::RangeOrder, row.line, place, message);
            return Err(());
        }
        Ok(Some(Stated { best, range: (low < high).then_some((low, high)) }))
    }

    fn within(&mut self, row: &GridRow, column: &str, text: &str, (least, most): (f64, f64)) -> Result<f64, ()> {
        let place = self.columns.get(column).map(|place| *place as u64 + 1);
        let shown: String = text.chars().take(40).collect();
        let plain = text.len() <= 40 && text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
        let Some(number) = text.parse::<f64>().ok().filter(|number| plain && number.is_finite()) else {
            let mut finding =
                Diagnostic::new(Code::NotANumber, self.file, format!("`{shown}` in `{column}` is not a finite number"))
                    .at(row.line, place);
            if text.contains(',') {
                finding = finding.hint("decimals are written with a point: 12.5");
            }
            self.findings.push(finding);
            return Err(());
        };
        if number >= least && number <= most {
            return Ok(number);
        }
        let finding = if column.starts_with("position") {
            let message = format!("the position {shown} is outside the scale from {least} to {most}");
            Diagnostic::new(Code::OutsideScale, self.file, message)
                .hint("`--scale LOW..HIGH` says what the ends of the scale are")
        } else if column.starts_with("salience") {
            let message = format!("the salience {shown} is not between 0 and 1");
            let finding = Diagnostic::new(Code::NotANumber, self.file, message);
            if number > 1.0 && number <= 100.0 { finding.hint("divide salience from 0 to 100 by 100") } else { finding }
        } else {
            Diagnostic::new(Code::NotANumber, self.file, format!("the capability {shown} is below 0 or too large"))
        };
        self.findings.push(finding.at(row.line, place));
        Err(())
    }

    fn finish(mut self) -> Result<(Vec<StandIssue>, Vec<Diagnostic>), Vec<Diagnostic>> {
        if self.issues.is_empty() && !self.findings.has_errors() {
            let message = "this table has no actor with a position";
            self.findings.push(Diagnostic::new(Code::MissingCell, self.file, message));
        }
        let issues = std::mem::take(&mut self.issues);
        // Of a table that is refused, what is missing would be told from half of its rows.
        if !self.findings.has_errors() {
            issues.iter().for_each(|issue| self.missing(issue));
        }
        if self.findings.has_errors() {
            return Err(self.findings.into_sorted());
        }
        Ok((issues, self.findings.into_sorted()))
    }

    /// What is missing on an issue, and what is done about it.
    fn missing(&mut self, issue: &StandIssue) {
        let on = if issue.name.is_empty() { String::new() } else { format!(" on `{}`", issue.name) };
        let mut say = |code: Code, message: String| self.findings.push(Diagnostic::new(code, self.file, message));
        let names = |lacks: &dyn Fn(&&StandRow) -> bool| {
            let names: Vec<&str> = issue.rows.iter().filter(lacks).map(|row| row.actor.as_str()).collect();
            let more = names.len().saturating_sub(8);
            let listed = names[..names.len() - more].join(", ");
            (names.len(), if more > 0 { format!("{listed} and {more} more") } else { listed })
        };
        let (without, who) = names(&|row| row.salience.is_none());
        if without > 0 {
            let all = without == issue.rows.len();
            let done = if all { "all are taken to care alike" } else { "they get the mean of the others" };
            let code = if self.reading.salience_needed { Code::NoSalience } else { Code::AssumedSalience };
            let message = if self.reading.salience_needed {
                format!("no salience{on}: {who}")
            } else {
                format!("no salience{on}: {who}; {done}")
            };
            say(code, message);
        }
        let (without, who) = names(&|row| row.capability.is_none());
        if without == issue.rows.len() {
            say(Code::AssumedCapability, format!("no capability is stated{on}; all are taken to be equally capable"));
        } else if without > 0 {
            say(
                Code::AssumedCapability,
                format!(
                    "no capability{on}: {who}; as capabilities are not invented, all are taken to be equally capable there"
                ),
            );
        }
        if issue.rows.len() == 1 {
            say(Code::OneActor, format!("one actor only takes a position{on}; every model returns it"));
        }
        let nothing = |stated: &Option<Stated>| stated.is_some_and(|stated| stated.best == 0.0);
        if issue.rows.iter().all(|row| nothing(&row.salience) || nothing(&row.capability)) {
            say(Code::NoWeight, format!("capability × salience is 0 for every actor{on}; all weigh the same"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Reading = Reading { scale: (0.0, 100.0), salience_needed: false };

    fn codes(text: &str, reading: Reading) -> Vec<String> {
        let findings = match read("t.csv", text.as_bytes(), reading) {
            Ok((_, findings)) | Err(findings) => findings,
        };
        findings.into_iter().map(|finding| finding.code).collect()
    }

    fn errors(text: &str) -> Vec<String> {
        let findings = read("t.csv", text.as_bytes(), PLAIN).unwrap_err();
        findings.into_iter().map(|finding| format!("{} {}", finding.code, finding.place())).collect()
    }

    #[test]
    fn a_full_table_is_read_without_a_word() {
        let text = "issue,actor,position,position_low,position_high,salience,capability,group\n\
                    tax,A,10,0,20,0.5,3,press\ntax,B,90,,,1,2,\naid,A,40,,45,0,1,press\naid,B,5,,,0.2,1,\n";
        let (issues, findings) = read("t.csv", text.as_bytes(), PLAIN).unwrap();
        assert_eq!(findings, []);
        assert_eq!(
            issues.iter().map(|issue| (issue.name.as_str(), issue.rows.len())).collect::<Vec<_>>(),
            [("tax", 2), ("aid", 2)]
        );
        assert_eq!(issues[0].rows[0].position, Stated { best: 10.0, range: Some((0.0, 20.0)) });
        assert_eq!(issues[1].rows[0].position, Stated { best: 40.0, range: Some((40.0, 45.0)) });
        assert_eq!((issues[0].rows[0].group.as_deref(), issues[0].rows[1].group.as_deref()), (Some("press"), None));
    }

    #[test]
    fn what_is_missing_is_told_and_never_nought() {
        let text = "actor,position,salience\nA,10,\nB,90,0.5\n";
        assert_eq!(codes(text, PLAIN), ["Q003", "Q004"]);
        let (issues, _) = read("t.csv", text.as_bytes(), PLAIN).unwrap();
        assert_eq!((issues[0].rows[0].salience, issues[0].rows[0].capability), (None, None));
        assert_eq!(codes(text, Reading { salience_needed: true, ..PLAIN }), ["Q002", "Q004"]);
        assert_eq!(codes("actor,position,salience,capability\nA,10,1,\nB,90,1,2\n", PLAIN), ["Q004"]);
        assert_eq!(codes("actor,position,salience,capability\nA,10,1,1\nB,,1,2\nC,3,1,1\n", PLAIN), ["Q007"]);
    }

    #[test]
    fn one_actor_and_no_weight_are_told() {
        assert_eq!(codes("actor,position,salience,capability\nA,10,1,1\n", PLAIN), ["Q005"]);
        assert_eq!(codes("actor,position,salience,capability\nA,10,0,1\nB,20,1,0\n", PLAIN), ["Q006"]);
    }

    #[test]
    fn what_is_no_position_is_refused_with_its_place() {
        assert_eq!(errors("actor,position\nA,101\n"), ["Q001 t.csv:2:2"]);
        assert_eq!(
            errors("actor,position\nA,ten\nB,\"1,5\"\nC,nan\nD,1e999\n"),
            ["R007 t.csv:2:2", "R007 t.csv:3:2", "R007 t.csv:4:2", "R007 t.csv:5:2"]
        );
        assert_eq!(errors("actor,position,salience\nA,1,50\n"), ["R007 t.csv:2:3"]);
        assert_eq!(errors("actor,position,capability\nA,1,-1\n"), ["R007 t.csv:2:3"]);
        assert_eq!(errors("actor,position,position_low\nA,1,2\n"), ["V001 t.csv:2:2"]);
        assert_eq!(errors("actor,position\nA,1\nA,2\n"), ["Q008 t.csv:3:1"]);
        assert_eq!(errors("actor,position\n,1\n"), ["R001 t.csv:2:1"]);
        assert_eq!(errors("actor,place\nA,1\n"), ["T003 t.csv:1", "T004 t.csv:1:2"]);
        assert_eq!(errors("actor,position\n"), ["R001 t.csv"]);
        assert_eq!(errors("actor,position,position\nA,1,1\n"), ["T005 t.csv:1:3"]);
    }

    #[test]
    fn limits_hold() {
        let many: String = (0..201).map(|n| format!("a{n},1\n")).collect();
        assert!(errors(&format!("actor,position\n{many}")).contains(&"G006 t.csv:202".to_owned()));
        assert_eq!(errors(&format!("actor,position\n{},1\n", "x".repeat(201)))[0], "G006 t.csv:2:1");
    }
}
