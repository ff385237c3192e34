//! The first sheet: what the workbook is, how it is edited and how it becomes a case again.

use detente_case::{Case, Level};
use rust_xlsxwriter::{Format, RowNum, Worksheet, XlsxError};

use super::look::{self, Look};
use crate::book::ABOUT_SHEET;

/// Characters of a line.
const WIDTH: u32 = 96;

pub(super) fn write(case: &Case, level: Level, look: &Look, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name(ABOUT_SHEET)?;
    sheet.set_column_width(0, 22)?;
    sheet.set_column_width(1, WIDTH)?;
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    let mut row: RowNum = 0;
    let mut line = |left: &str, format: &Format, right: &str| -> Result<(), XlsxError> {
        sheet.write_string_with_format(row, 0, left, format)?;
        if !right.is_empty() {
            sheet.write_string_with_format(row, 1, right, &look.prose)?;
        }
        if let Some(height) = look::height([(right, WIDTH)].into_iter()) {
            sheet.set_row_height(row, height)?;
        }
        row += 1;
        Ok(())
    };
    let prose = &look.prose;
    let shown = match level {
        Level::Public => "public: rows with a higher marking are not in this workbook",
        Level::Restricted => "restricted: rows marked confidential are not in this workbook",
        Level::All => "all: this workbook may hold rows marked restricted or confidential",
    };
    line(&look::title(&case.settings.title), &look.title, "")?;
    line(
        "What this is",
        prose,
        "A case of Détente, an open workbench for understanding negotiations: a sheet a file.",
    )?;
    line("As of", prose, &format!("{}: the last day of which the record claims anything", case.settings.as_of))?;
    line("Level of markings", prose, shown)?;
    line("To use it as it is", prose, "detente check FILE.xlsx, detente brief FILE.xlsx")?;
    line("To make a folder of it", prose, "detente new DIR --from FILE.xlsx")?;
    line("", prose, "")?;
    line("required", &look.required, "Columns that every row fills.")?;
    line("optional", &look.optional, "Columns that may stay empty.")?;
    line(
        "own",
        &look.own,
        "Columns of this case alone. A new one has a name that begins with x_; it is kept and exported.",
    )?;
    line("", prose, "")?;
    for (left, right) in [
        ("Notes", "The header of each column carries a note: what stands in it, and which words it takes."),
        (
            "Lists",
            "Cells with a small arrow take a word from a list. A warning can be waved away: new ids and names are read as well. Lists of actors and sources grow with their sheets.",
        ),
        (
            "Several in one cell",
            "Columns such as rules_out, topics and parties take several entries, separated by a semicolon: a;b.",
        ),
        ("Dates", "2022-03-29, or 2022-03 or 2022 where no more is known."),
        ("Text", "All cells are text. What begins with = + - or @ is text too, and nothing is computed."),
        (
            "Rows and columns",
            "Rows may be added, sorted and deleted, columns moved. The names of sheets and columns stay.",
        ),
        (
            "Long texts",
            "A cell holds 32,767 characters. What is longer goes on in a column with the same name and “(continued 2)”.",
        ),
        ("Other sheets", "Sheets with other names are left alone when the workbook is read."),
    ] {
        line(left, prose, right)?;
    }
    Ok(())
}
