//! One sheet: its cells as text, row by row, without ever holding the rectangle that they span.

use std::collections::BTreeMap;
use std::io::BufRead;

use detente_case::grid::GridRow;
use detente_case::sheets::column_letters;

use crate::fault::Fault;
use crate::limits;
use crate::strings::Strings;
use crate::styles::Styles;
use crate::xml::{Node, Tag, Xml, unescape};

/// What all sheets of a workbook together may still take.
pub(crate) struct Budget {
    cells: usize,
    text: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Budget { cells: limits::CELLS, text: limits::TEXT }
    }
}

impl Budget {
    /// Takes what a cell needs.
    pub(crate) fn take(&mut self, cells: usize, text: usize) -> Result<(), Fault> {
        match (self.cells.checked_sub(cells), self.text.checked_sub(text)) {
            (Some(cells), Some(text)) => {
                (self.cells, self.text) = (cells, text);
                Ok(())
            }
            (None, _) => Err(Fault::large(format!("this workbook has more than {} cells", limits::CELLS))),
            (_, None) => Err(Fault::large(format!(
                "the cells of this workbook have more than {} MB of text",
                limits::TEXT >> 20
            ))),
        }
    }
}

/// What a sheet needs to be read.
pub(crate) struct Sheet<'s> {
    pub(crate) name: &'s str,
    pub(crate) strings: &'s Strings,
    pub(crate) styles: &'s Styles,
    /// Addresses by the ids under which the sheet names them.
    pub(crate) links: &'s BTreeMap<String, String>,
}

/// A place: row and column from 1.
type Place = (u32, u32);

/// The corners of an area.
type Area = (Place, Place);

/// A cell while it is read.
#[derive(Default)]
struct Cell {
    place: Place,
    kind: String,
    format: usize,
    value: String,
    formula: String,
    has_value: bool,
    has_formula: bool,
}

/// The number of cells whose formula has no stored result, and the first of them.
pub(crate) type WithoutValue = Option<(usize, String)>;

/// Which text is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Nothing,
    Value,
    Formula,
}

impl Sheet<'_> {
    /// The rows that hold anything, in order.
    pub(crate) fn read<R: BufRead>(
        &self,
        xml: &mut Xml<R>,
        budget: &mut Budget,
    ) -> Result<(Vec<GridRow>, WithoutValue), Fault> {
        let mut rows = Rows::default();
        let mut without_value: WithoutValue = None;
        let mut cell = Cell::default();
        let (mut within, mut in_reading) = (Within::Nothing, false);
        let mut place: Place = (0, 0);
        let mut merged: Vec<Area> = Vec::new();
        let mut links: Vec<(Area, String)> = Vec::new();
        loop {
            match xml.next()? {
                Node::Open(tag) => match tag.name() {
                    "row" => place = (self.row(&tag, place.0)?, 0),
                    "c" => {
                        place = self.cell(&tag, place)?;
                        cell.begin(&tag, place);
                    }
                    // Beside a text of its own a cell may repeat it as a value.
                    "v" | "t" if !in_reading && (tag.name() == "t") == (cell.kind == "inlineStr") => {
                        within = Within::Value;
                        cell.has_value = true;
                    }
                    "f" => {
                        within = Within::Formula;
                        cell.has_formula = true;
                    }
                    "rPh" => in_reading = true,
                    "mergeCell" => merged.extend(self.area(&tag)?),
                    "hyperlink" => {
                        let address = self.address(&tag);
                        links.extend(self.area(&tag)?.zip(address));
                    }
                    _ => {}
                },
                Node::Text(text) => match within {
                    Within::Value => cell.value.push_str(&text),
                    Within::Formula => cell.formula.push_str(&text),
                    Within::Nothing => {}
                },
                Node::Close(tag) => match tag.name() {
                    "v" | "t" | "f" => within = Within::Nothing,
                    "rPh" => in_reading = false,
                    "c" => {
                        let text = self.text(&cell)?;
                        if cell.has_formula && !cell.has_value {
                            let first = || (0, name(cell.place));
                            without_value.get_or_insert_with(first).0 += 1;
                        }
                        if let Some(address) = linked_by_formula(&cell.formula) {
                            links.push(((cell.place, cell.place), address));
                        }
                        rows.set(cell.place, text, budget)?;
                    }
                    _ => {}
                },
                Node::End => break,
            }
            if merged.len().max(links.len()) > limits::RELATIONS {
                return Err(self.large("too many links or merged cells"));
            }
        }
        let mut rows = rows.sorted();
        repeat_downwards(&mut rows, &merged, budget)?;
        append(&mut rows, links, budget)?;
        Ok((rows, without_value))
    }

    /// The number of a row.
    fn row(&self, tag: &Tag<'_>, before: u32) -> Result<u32, Fault> {
        let row = match tag.attribute("r") {
            Some(text) => text.trim().parse().unwrap_or_default(),
            None => before + 1,
        };
        if (1..=limits::ROWS).contains(&row) { Ok(row) } else { Err(self.beyond("a row")) }
    }

    /// The place of a cell: as it says, or the one after the last.
    fn cell(&self, tag: &Tag<'_>, (row, column): Place) -> Result<Place, Fault> {
        let place = match tag.attribute("r") {
            Some(text) => parse(&text),
            None => Some((row, column + 1)),
        };
        place
            .filter(|place| (1..=limits::COLUMNS).contains(&place.1) && place.0 > 0)
            .ok_or_else(|| self.beyond("a cell"))
    }

    fn beyond(&self, what: &str) -> Fault {
        Fault::hostile(format!("{what} of sheet `{}` stands where no sheet has one", self.name))
    }

    fn large(&self, what: &str) -> Fault {
        Fault::large(format!("sheet `{}` has {what}", self.name))
    }

    /// The area that a merged cell or a link covers.
    fn area(&self, tag: &Tag<'_>) -> Result<std::option::IntoIter<Area>, Fault> {
        let Some(text) = tag.attribute("ref") else { return Ok(None.into_iter()) };
        let (first, last) = text.split_once(':').unwrap_or((&text, &text));
        match (parse(first), parse(last)) {
            (Some(first), Some(last)) if first.0 <= last.0 && first.1 <= last.1 => Ok(Some((first, last)).into_iter()),
            _ => Err(self.beyond("an area")),
        }
    }

    /// The address to which a link leads out of the workbook.
    fn address(&self, tag: &Tag<'_>) -> Option<String> {
        let address = self.links.get(&tag.attribute("id")?)?;
        Some(match tag.attribute("location") {
            Some(location) if !location.is_empty() => format!("{address}#{location}"),
            _ => address.clone(),
        })
    }

    /// The text of a cell as the spreadsheet would show it, without the cut of the column or of the format.
    fn text(&self, cell: &Cell) -> Result<String, Fault> {
        let value = cell.value.as_str();
        Ok(match cell.kind.as_str() {
            "s" => {
                let number = value.trim().parse::<usize>().ok();
                let text = number.and_then(|number| self.strings.get(number));
                match text {
                    Some(text) => text.to_owned(),
                    None if !cell.has_value || value.is_empty() => String::new(),
                    None => {
                        let message = format!(
                            "cell {} of sheet `{}` names text {value}; this workbook has {} texts",
                            name(cell.place),
                            self.name,
                            self.strings.len()
                        );
                        return Err(Fault::damaged(message));
                    }
                }
            }
            "inlineStr" | "str" => unescape(value).into_owned(),
            "b" => match value.trim() {
                "1" | "true" => "TRUE".to_owned(),
                "0" | "false" => "FALSE".to_owned(),
                other => other.to_owned(),
            },
            "d" => value.trim().strip_suffix("T00:00:00").unwrap_or(value.trim()).to_owned(),
            "e" => value.trim().to_owned(),
            _ => match value.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => self.styles.show(number, cell.format),
                _ => value.trim().to_owned(),
            },
        })
    }
}

impl Cell {
    fn begin(&mut self, tag: &Tag<'_>, place: Place) {
        self.place = place;
        self.kind = tag.attribute("t").unwrap_or_default();
        self.format = tag.attribute("s").and_then(|text| text.parse().ok()).unwrap_or_default();
        (self.has_value, self.has_formula) = (false, false);
        self.value.clear();
        self.formula.clear();
    }
}

/// The name of a cell: `C12`.
fn name((row, column): Place) -> String {
    format!("{}{row}", column_letters(u64::from(column)))
}

/// The place that a name such as `C12` or `$C$12` stands for.
fn parse(name: &str) -> Option<Place> {
    let name = name.replace('$', "");
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = name.split_at(digits);
    if !(1..=3).contains(&letters.len()) {
        return None;
    }
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let letter = letter.to_ascii_uppercase();
        letter.is_ascii_uppercase().then(|| column * 26 + u32::from(letter - b'A') + 1)
    })?;
    let row = digits.parse().ok()?;
    ((1..=limits::ROWS).contains(&row) && (1..=limits::COLUMNS).contains(&column)).then_some((row, column))
}

/// Rows while they are read; cells may come in any order.
#[derive(Default)]
struct Rows {
    rows: Vec<GridRow>,
    in_order: bool,
}

impl Rows {
    fn set(&mut self, (row, column): Place, text: String, budget: &mut Budget) -> Result<(), Fault> {
        if text.is_empty() {
            return Ok(());
        }
        let line = u64::from(row);
        if self.rows.last().is_none_or(|last| last.line != line) {
            self.in_order = self.rows.last().is_none_or(|last| self.in_order && last.line < line);
            self.rows.push(GridRow { line, cells: Vec::new() });
        }
        if let Some(last) = self.rows.last_mut() {
            put(last, column, text, budget)?;
        }
        Ok(())
    }

    /// The rows in order, each once.
    fn sorted(mut self) -> Vec<GridRow> {
        if !self.in_order {
            self.rows.sort_by_key(|row| row.line);
            self.rows.dedup_by(|later, first| {
                let same = later.line == first.line;
                if same {
                    let width = first.cells.len().max(later.cells.len());
                    first.cells.resize(width, String::new());
                    for (cell, text) in first.cells.iter_mut().zip(later.cells.drain(..)) {
                        if !text.is_empty() {
                            *cell = text;
                        }
                    }
                }
                same
            });
        }
        self.rows
    }
}

/// Puts a text into a row.
fn put(row: &mut GridRow, column: u32, text: String, budget: &mut Budget) -> Result<(), Fault> {
    let place = column as usize - 1;
    let more = (place + 1).saturating_sub(row.cells.len());
    budget.take(more, text.len())?;
    if more > 0 {
        row.cells.resize(place, String::new());
        row.cells.push(text);
    } else {
        row.cells[place] = text;
    }
    Ok(())
}

/// Repeats the text of cells that are merged downwards in the rows below that hold anything; never sideways.
fn repeat_downwards(rows: &mut [GridRow], merged: &[Area], budget: &mut Budget) -> Result<(), Fault> {
    for ((first, column), (last, _)) in merged {
        let from = rows.partition_point(|row| row.line < u64::from(*first));
        let to = rows.partition_point(|row| row.line <= u64::from(*last));
        let place = *column as usize - 1;
        let Some((top, below)) = rows[from..to].split_first_mut() else { continue };
        let Some(text) = top.cells.get(place).filter(|text| !text.is_empty() && top.line == u64::from(*first)) else {
            continue;
        };
        for row in below {
            // Whether it is filled or not, looking at it costs.
            budget.take(1, 0)?;
            if row.cells.get(place).is_none_or(String::is_empty) {
                put(row, *column, text.clone(), budget)?;
            }
        }
    }
    Ok(())
}

/// Writes the address of each link behind the text of its cell, as `text <address>`, where the text does not say it already.
fn append(rows: &mut [GridRow], links: Vec<(Area, String)>, budget: &mut Budget) -> Result<(), Fault> {
    for (((first, left), (last, right)), address) in links {
        let from = rows.partition_point(|row| row.line < u64::from(first));
        let to = rows.partition_point(|row| row.line <= u64::from(last));
        for row in &mut rows[from..to] {
            budget.take(1, 0)?;
            for column in left..=right.min(u32::try_from(row.cells.len()).unwrap_or(u32::MAX)) {
                budget.take(1, 0)?;
                let Some(cell) = row.cells.get_mut(column as usize - 1).filter(|cell| !cell.is_empty()) else {
                    continue;
                };
                if !says(cell, &address) {
                    budget.take(0, address.len() + 3)?;
                    *cell = format!("{} <{address}>", cell.trim_end());
                }
            }
        }
    }
    Ok(())
}

/// Whether a text holds an address, with or without the parts that people leave out.
fn says(text: &str, address: &str) -> bool {
    let plain = address.trim_end_matches('/');
    let prefixes = ["https://", "http://", "mailto:"];
    let short = prefixes.iter().find_map(|prefix| plain.strip_prefix(prefix)).unwrap_or(plain);
    text.contains(plain) || text.trim().trim_end_matches('/') == short
}

/// The address in a formula `HYPERLINK("address", …)`.
fn linked_by_formula(formula: &str) -> Option<String> {
    let name = formula.get(..9)?;
    let rest = formula[9..].trim_start().strip_prefix('(')?.trim_start().strip_prefix('"')?;
    let address = rest.split('"').next().filter(|_| name.eq_ignore_ascii_case("HYPERLINK"))?;
    (!address.is_empty() && !address.starts_with('#')).then(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_spreadsheets_name_them() {
        for (text, place) in [("A1", (1, 1)), ("$AB$12", (12, 28)), ("XFD1048576", (1_048_576, 16_384))] {
            assert_eq!(parse(text), Some(place));
        }
        for bad in ["", "A", "1", "A0", "XFE1", "A1048577", "AAAAAAAAAAAAAAA1", "A99999999999999", "é1", "A1B"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_link_is_written_out_unless_the_text_says_it() {
        for text in ["https://un.org/a", "un.org/a", "See https://un.org/a."] {
            assert!(says(text, "https://un.org/a"), "{text}");
        }
        assert!(says("a@un.org", "mailto:a@un.org"));
        assert!(!says("UN", "https://un.org/a"));
        assert_eq!(linked_by_formula("HYPERLINK(\"https://un.org\",\"UN\")").as_deref(), Some("https://un.org"));
        assert_eq!(linked_by_formula("HYPERLINK(A1,\"UN\")"), None);
        assert_eq!(linked_by_formula("SUM(A1:A2)"), None);
    }
}
