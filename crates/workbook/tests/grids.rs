//! Any workbook as cells of text.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod support;

use detente_case::grid::Grid;
use detente_workbook::{grids, read};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use support::{Made, made, row};

/// The rows of a sheet: `12: a | b`.
fn shown(grid: &Grid) -> Vec<String> {
    grid.rows.iter().map(|row| format!("{}: {}", row.line, row.cells.join(" | "))).collect()
}

fn first(made: &Made) -> Vec<String> {
    shown(&grids("book.xlsx", &made.bytes()).unwrap()[0])
}

#[test]
fn cells_are_text_as_the_spreadsheet_shows_them() {
    let book = made(
        "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"C2\"><v>2022</v></c><c r=\"D2\"><v>0.1</v></c>\
         <c r=\"E2\" t=\"b\"><v>1</v></c><c r=\"F2\" t=\"e\"><v>#N/A</v></c><c r=\"G2\" t=\"str\"><f>A1&amp;B1</f><v>a&lt;b_x000D_c</v></c>\
         <c r=\"H2\" t=\"d\"><v>2022-03-29T00:00:00</v></c><c r=\"I2\" t=\"inlineStr\"><is><r><t>bo</t></r><r><rPr><b/></rPr><t>ld</t></r></is><v>bold</v></c></row>",
    )
    .strings("<si><t>zero</t></si><si><r><t xml:space=\"preserve\">rich </t></r><r><t>text</t></r><rPh><t>reading</t></rPh></si>");
    assert_eq!(first(&book), ["2: rich text |  | 2022 | 0.1 | TRUE | #N/A | a<b\rc | 2022-03-29 | bold"]);
}

#[test]
fn dates_are_days_in_both_systems_and_times_stay() {
    let rows = "<row><c s=\"0\"><v>44649</v></c><c s=\"1\"><v>44649.5</v></c><c s=\"2\"><v>44621</v></c><c s=\"3\"><v>44562</v></c>\
                <c s=\"4\"><v>0.25</v></c><c s=\"5\"><v>44649</v></c><c s=\"99\"><v>44649</v></c></row>";
    let book = made(rows).formats(&["yyyy-mm-dd", "d/m/yy h:mm", "mmm-yy", "yyyy", "h:mm", "0"]);
    assert_eq!(first(&book), ["1: 2022-03-29 | 2022-03-29T12:00 | 2022-03 | 2022 | 06:00 | 44649 | 44649"]);
    let later = made("<row><c s=\"0\"><v>43187</v></c></row>").formats(&["yyyy-mm-dd"]).properties("date1904=\"1\"");
    assert_eq!(first(&later), ["1: 2022-03-29"]);
}

#[test]
fn rows_keep_their_numbers_and_columns_their_places() {
    let book = made(
        "<row r=\"3\"><c r=\"B3\"><v>1</v></c></row><row r=\"7\" hidden=\"1\"><c><v>2</v></c><c r=\"D7\"><v>3</v></c></row>\
                     <row r=\"9\"><c r=\"A9\" s=\"1\"/></row>",
    );
    assert_eq!(first(&book), ["3:  | 1", "7: 2 |  |  | 3"]);
    let unsorted = made(
        "<row r=\"5\"><c r=\"A5\"><v>5</v></c></row><row r=\"2\"><c r=\"B2\"><v>2</v></c></row><row r=\"5\"><c r=\"C5\"><v>6</v></c></row>",
    );
    assert_eq!(first(&unsorted), ["2:  | 2", "5: 5 |  | 6"]);
}

#[test]
fn cells_merged_downwards_are_repeated_and_not_sideways() {
    let rows = [
        row(1, &["actor", "said"]),
        row(2, &["Russia", "a"]),
        row(3, &["", "b"]),
        row(5, &["", "c"]),
        row(6, &["", "d"]),
    ];
    let merged = "<mergeCells><mergeCell ref=\"A2:A5\"/><mergeCell ref=\"B6:C9\"/></mergeCells>";
    let book = Made::default().sheet("Data", &format!("<sheetData>{}</sheetData>{merged}", rows.concat()));
    assert_eq!(first(&book), ["1: actor | said", "2: Russia | a", "3: Russia | b", "5: Russia | c", "6:  | d"]);
}

#[test]
fn links_are_written_out() {
    let relations = "<Relationships>\
        <Relationship Id=\"l1\" Type=\"http://x/hyperlink\" Target=\"https://un.org/a\" TargetMode=\"External\"/>\
        <Relationship Id=\"l2\" Type=\"http://x/hyperlink\" Target=\"mailto:a@un.org\" TargetMode=\"External\"/></Relationships>";
    let rows = row(1, &["UN", "https://un.org/a", "a@un.org", "inside"])
        + "<row r=\"2\"><c t=\"str\"><f>HYPERLINK(\"https://osce.org\",\"OSCE\")</f><v>OSCE</v></c></row>";
    let links = "<hyperlinks><hyperlink ref=\"A1\" r:id=\"l1\"/><hyperlink ref=\"B1\" r:id=\"l1\"/><hyperlink ref=\"C1\" r:id=\"l2\"/>\
                 <hyperlink ref=\"D1\" location=\"Sheet2!A1\"/></hyperlinks>";
    let book = Made::default()
        .sheet("Data", &format!("<sheetData>{rows}</sheetData>{links}"))
        .part("xl/worksheets/_rels/sheet1.xml.rels", relations);
    assert_eq!(
        first(&book),
        ["1: UN <https://un.org/a> | https://un.org/a | a@un.org | inside", "2: OSCE <https://osce.org>"]
    );
}

#[test]
fn hidden_sheets_macros_and_links_to_other_workbooks_are_left_out_and_said() {
    let book = made(&row(1, &["a"]))
        .sheet("Secret", "<sheetData/>")
        .listed("state=\"veryHidden\"")
        .related("vbaProject", "vbaProject.bin")
        .related("externalLink", "externalLinks/externalLink1.xml")
        .part("xl/vbaProject.bin", "no code");
    let contents = read("book.xlsm", &book.bytes()).unwrap();
    assert_eq!(contents.grids.iter().map(|grid| grid.name.as_str()).collect::<Vec<_>>(), ["Data"]);
    let found: Vec<_> =
        contents.findings.iter().map(|finding| (finding.code.as_str(), finding.message.as_str())).collect();
    assert_eq!(
        found,
        [
            ("W007", "this workbook holds macros; not read"),
            ("W007", "this workbook holds links to other workbooks; not read"),
            ("W007", "this workbook holds the hidden sheet `Secret`; not read"),
        ]
    );
}

#[test]
fn a_formula_without_a_stored_result_is_said() {
    let book = made(
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"4\"><c r=\"B4\"><f>A1+1</f></c><c r=\"C4\"><f>A1+2</f></c></row>",
    );
    let contents = read("book.xlsx", &book.bytes()).unwrap();
    assert_eq!(shown(&contents.grids[0]), ["1: 1"]);
    assert_eq!(contents.findings.len(), 1);
    let finding = &contents.findings[0];
    assert_eq!(finding.code, "W005");
    assert!(finding.message.starts_with("sheet Data, cell B4 and 1 more"), "{}", finding.message);
}

#[test]
fn names_of_parts_and_prefixes_may_differ_between_programs() {
    let mut parts = made("<row><c t=\"s\"><v>0</v></c></row>").strings("<si><t>text</t></si>").parts();
    for (name, bytes) in &mut parts {
        *name = match name.as_str() {
            "xl/sharedStrings.xml" => "xl/SharedStrings.xml".to_owned(),
            "xl/worksheets/sheet1.xml" => "XL\\worksheets\\sheet1.xml".to_owned(),
            name => name.to_owned(),
        };
        let text = String::from_utf8(bytes.clone()).unwrap();
        *bytes = text
            .replace("Target=\"worksheets/", "Target=\"/xl/worksheets/")
            .replace("<worksheet>", "<?xml version=\"1.0\"?><x:worksheet>")
            .replace("</worksheet>", "</x:worksheet>")
            .into_bytes();
    }
    assert_eq!(shown(&grids("book.xlsx", &support::package(&parts)).unwrap()[0]), ["1: text"]);
}

#[test]
fn what_another_program_writes_is_read() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    sheet.write(0, 0, "date").unwrap();
    sheet.write_with_format(1, 0, ExcelDateTime::from_ymd(2022, 3, 29).unwrap(), &day).unwrap();
    sheet.write(1, 1, 12.5).unwrap();
    sheet.write(1, 2, true).unwrap();
    sheet.write_formula(1, 3, Formula::new("=1+1").set_result("2")).unwrap();
    sheet.write_url_with_text(1, 4, "https://un.org", "UN").unwrap();
    sheet.merge_range(2, 0, 4, 0, "merged", &Format::new()).unwrap();
    sheet.write(4, 1, "below").unwrap();
    let grids = grids("book.xlsx", &workbook.save_to_buffer().unwrap()).unwrap();
    assert_eq!(
        shown(&grids[0]),
        ["1: date", "2: 2022-03-29 | 12.5 | TRUE | 2 | UN <https://un.org>", "3: merged", "5: merged | below"]
    );
}
