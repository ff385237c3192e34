//! Files that were built to break a reader: each is refused with a code, or read without harm.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

mod support;

use std::io::{Cursor, Write as _};

use detente_case::{Code, Folder, Level, Severity, bundled, load};
use detente_workbook::{case_files, grids, open, read, write};
use support::{Made, made, package, row};
use zip::write::SimpleFileOptions;

/// That a file is refused with a code, by all who read, and what the finding says.
fn refused(bytes: &[u8], code: Code) -> String {
    let problems = grids("book.xlsx", bytes).unwrap_err();
    assert_eq!(open("book.xlsx", bytes).err().as_ref(), Some(&problems));
    assert_eq!(case_files("book.xlsx", bytes).as_ref().err(), Some(&problems));
    let [problem] = problems.as_slice() else { panic!("{problems:?}") };
    assert_eq!((problem.code.as_str(), problem.file.as_str()), (code.text(), "book.xlsx"), "{}", problem.message);
    assert_eq!(problem.severity, Severity::Error);
    assert!(!problem.hints.is_empty());
    problem.message.clone()
}

fn harmless() -> Made {
    made(&row(1, &["a", "b"])).strings("<si><t>text</t></si>").formats(&["0"])
}

#[test]
fn what_is_no_workbook_is_said() {
    for (bytes, part) in [
        (&b""[..], "is empty"),
        (b"actor,issue\nA,land\n", "this is a text"),
        (b"\x00\x01\x02garbage", "not a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old workbook", "old format (.xls)"),
    ] {
        let message = refused(bytes, Code::NotAWorkbook);
        assert!(message.contains(part), "{message}");
    }
    let mut locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert!(refused(&locked, Code::LockedWorkbook).contains("password"));
    let document = package(&vec![("word/document.xml".into(), b"<document/>".to_vec())]);
    assert!(refused(&document, Code::NotAWorkbook).contains("no workbook"));
    let open_document =
        package(&vec![("mimetype".into(), b"application/vnd".to_vec()), ("content.xml".into(), b"<x/>".to_vec())]);
    assert!(refused(&open_document, Code::NotAWorkbook).contains(".ods"));
}

#[test]
fn a_workbook_that_is_cut_off_or_altered_anywhere_is_refused_or_read() {
    let case = load(&bundled::folder("camp-david-1978").unwrap(), |_| {}).case.unwrap();
    let bytes = write(&case, Level::All).unwrap();
    for cut in (0..bytes.len()).step_by(bytes.len() / 97 + 1) {
        let problems = grids("book.xlsx", &bytes[..cut]).unwrap_err();
        assert!(["W001", "W002"].contains(&problems[0].code.as_str()), "{problems:?}");
    }
    let sheets = grids("book.xlsx", &bytes).unwrap().len();
    for at in (0..bytes.len()).step_by(bytes.len() / 211 + 1) {
        let mut altered = bytes.clone();
        altered[at] ^= 0x55;
        if let Ok(contents) = read("book.xlsx", &altered) {
            assert!(contents.grids.len() <= sheets);
        }
    }
}

/// A part of `size` bytes that packs into next to nothing, in a package that says it is smaller.
fn bomb(size: usize, declared: Option<u32>) -> Vec<u8> {
    let mut parts = harmless().parts();
    parts.retain(|(name, _)| name != "xl/worksheets/sheet1.xml");
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in &parts {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).unwrap();
    writer.write_all(b"<worksheet><sheetData>").unwrap();
    let piece = b"<a/>".repeat(1 << 16);
    for _ in 0..size / piece.len() {
        writer.write_all(&piece).unwrap();
    }
    writer.write_all(b"</sheetData></worksheet>").unwrap();
    let mut bytes = writer.finish().unwrap().into_inner();
    if let Some(declared) = declared {
        // The sizes in the table of contents, behind the signature of each of its entries.
        let mark = b"PK\x01\x02";
        let last = bytes.windows(4).rposition(|window| window == mark).unwrap();
        bytes[last + 24..last + 28].copy_from_slice(&declared.to_le_bytes());
    }
    bytes
}

#[test]
fn parts_that_unpack_without_end_are_refused_whatever_size_they_declare() {
    for declared in [None, Some(100)] {
        let bytes = bomb(40 << 20, declared);
        assert!(bytes.len() < 1 << 20);
        let problems = grids("book.xlsx", &bytes).unwrap_err();
        assert!(["W002", "W004", "F003"].contains(&problems[0].code.as_str()), "{problems:?}");
    }
    assert!(refused(&bomb(40 << 20, None), Code::UnsafeWorkbook).contains("times larger"));
}

#[test]
fn packages_that_no_program_writes_are_refused() {
    let with = |name: &str| {
        let mut parts = harmless().parts();
        parts.push((name.to_owned(), b"<x/>".to_vec()));
        package(&parts)
    };
    assert!(refused(&with("../../etc/passwd"), Code::UnsafeWorkbook).contains("leads out"));
    assert!(refused(&with("XL/WORKBOOK.XML"), Code::UnsafeWorkbook).contains("same name"));
    // The same name twice: the second entry is renamed in the bytes.
    let mut twice = with("xl/workbook.xmm");
    while let Some(at) = twice.windows(15).position(|window| window == b"xl/workbook.xmm") {
        twice[at + 14] = b'l';
    }
    assert!(refused(&twice, Code::UnsafeWorkbook).contains("same name"));
}

#[test]
fn xml_that_would_grow_is_refused() {
    let lol = "<!DOCTYPE worksheet [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
    for name in ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "_rels/.rels", "xl/styles.xml"]
    {
        let mut parts = harmless().parts();
        let part = parts.iter_mut().find(|(part, _)| part == name).unwrap();
        part.1 = [lol.as_bytes(), &part.1].concat();
        assert!(refused(&package(&parts), Code::UnsafeWorkbook).contains("defines types or entities"));
    }
    let unknown = made("<row><c t=\"str\"><v>&b;</v></c></row>");
    assert!(refused(&unknown.bytes(), Code::DamagedWorkbook).contains("entity"));
    let deep = made(&("<a>".repeat(100_000) + &"</a>".repeat(100_000)));
    assert!(refused(&deep.bytes(), Code::UnsafeWorkbook).contains("within each other"));
    let open = made("<row><c><v>1</v></c></row>").parts();
    let open: support::Parts = open
        .into_iter()
        .map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap().replace("</worksheet>", "").into_bytes()))
        .collect();
    assert!(refused(&package(&open), Code::DamagedWorkbook).contains("cut off"));
    let noise: String =
        (0..2_000_000_u64).map(|n| char::from(b'a' + u8::try_from(n * n * 7919 % 25).unwrap())).collect();
    let long = made(&format!("<row><c t=\"str\"><v>{}</v></c></row>", noise.repeat(5)));
    assert!(refused(&long.bytes(), Code::UnsafeWorkbook).contains("a tag or text"));
}

#[test]
fn places_outside_of_any_sheet_are_refused() {
    for cell in ["A0", "A1048577", "XFE1", "AAAAAAAAAAAA1", "A99999999999999999999", "", "1", "A"] {
        let book = made(&format!("<row><c r=\"{cell}\"><v>1</v></c></row>"));
        refused(&book.bytes(), Code::UnsafeWorkbook);
    }
    for row in ["0", "1048577", "-1", "4294967296", "x"] {
        refused(&made(&format!("<row r=\"{row}\"/>")).bytes(), Code::UnsafeWorkbook);
    }
    for area in ["B2:A1", "A1:XFE1", ":", "A1:A1:A1"] {
        let book =
            Made::default().sheet("S", &format!("<sheetData/><mergeCells><mergeCell ref=\"{area}\"/></mergeCells>"));
        refused(&book.bytes(), Code::UnsafeWorkbook);
    }
}

#[test]
fn the_size_that_a_sheet_declares_costs_nothing() {
    let book = Made::default().sheet(
        "S",
        "<dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>\
         <row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row></sheetData>\
         <mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>",
    );
    let grid = &grids("book.xlsx", &book.bytes()).unwrap()[0];
    assert_eq!(
        grid.rows.iter().map(|row| (row.line, row.cells.len())).collect::<Vec<_>>(),
        [(1, 1), (1_048_576, 16_384)]
    );
    let declared = made("<row><c t=\"s\"><v>0</v></c></row>").strings_part(
        "<sst count=\"18446744073709551615\" uniqueCount=\"18446744073709551615\"><si><t>x</t></si></sst>",
    );
    assert_eq!(grids("book.xlsx", &declared.bytes()).unwrap()[0].rows[0].cells, ["x"]);
}

#[test]
fn cells_and_text_beyond_the_limits_are_refused() {
    let rows: String =
        (1..=1_200).map(|row| format!("<row r=\"{row}\"><c r=\"XFD{row}\"><v>1</v></c></row>")).collect();
    assert!(refused(&made(&rows).bytes(), Code::TooLarge).contains("cells"));
    let text: String = (0..300_000_u64).map(|n| char::from(b'a' + u8::try_from(n * n * 31 % 25).unwrap())).collect();
    let shared = made(&"<row><c t=\"s\"><v>0</v></c></row>".repeat(2_000)).strings(&format!("<si><t>{text}</t></si>"));
    assert!(refused(&shared.bytes(), Code::TooLarge).contains("MB of text"));
}

#[test]
fn links_and_merged_cells_that_overlap_end() {
    let rows: String = (1..=2_000).map(|number| row(number, &["a"])).collect();
    let merged = "<mergeCell ref=\"A1:A1048576\"/>".repeat(20_000);
    let book = Made::default().sheet("S", &format!("<sheetData>{rows}</sheetData><mergeCells>{merged}</mergeCells>"));
    refused(&book.bytes(), Code::TooLarge);
    let links = "<hyperlink ref=\"A1:XFD1048576\" r:id=\"l\"/>".repeat(20_000);
    let relations = "<Relationships><Relationship Id=\"l\" Type=\"x/hyperlink\" Target=\"https://x.org\" TargetMode=\"External\"/></Relationships>";
    let book = Made::default()
        .sheet("S", &format!("<sheetData>{rows}</sheetData><hyperlinks>{links}</hyperlinks>"))
        .part("xl/worksheets/_rels/sheet1.xml.rels", relations);
    refused(&book.bytes(), Code::TooLarge);
}

#[test]
fn what_is_named_and_not_there_is_said() {
    let message = refused(
        &made("<row><c t=\"s\"><v>7</v></c></row>").strings("<si><t>a</t></si>").bytes(),
        Code::DamagedWorkbook,
    );
    assert_eq!(message, "cell A1 of sheet `Data` names text 7; this workbook has 1 texts");
    for missing in ["xl/worksheets/sheet1.xml", "xl/workbook.xml"] {
        let mut parts = harmless().parts();
        parts.retain(|(name, _)| name != missing);
        refused(&package(&parts), Code::DamagedWorkbook);
    }
    let mut parts = harmless().parts();
    parts.retain(|(name, _)| name != "_rels/.rels");
    refused(&package(&parts), Code::NotAWorkbook);
}

#[test]
fn too_many_sheets_or_formats_are_refused() {
    let many = (0..1_001).fold(Made::default(), |made, number| made.sheet(&format!("S{number}"), "<sheetData/>"));
    assert!(refused(&many.bytes(), Code::TooLarge).contains("sheets"));
    let mut parts = harmless().parts();
    let styles = format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", "<xf/>".repeat(70_000));
    parts.iter_mut().find(|(name, _)| name == "xl/styles.xml").unwrap().1 = styles.into_bytes();
    assert!(refused(&package(&parts), Code::TooLarge).contains("formats"));
}

#[test]
fn formulas_that_would_run_something_are_text_at_most() {
    let book = made(
        "<row><c t=\"str\"><f>cmd|'/c calc'!A1</f><v>shown</v></c><c t=\"inlineStr\"><is><t>=cmd|'/c calc'!A1</t></is></c></row>",
    );
    assert_eq!(grids("book.xlsx", &book.bytes()).unwrap()[0].rows[0].cells, ["shown", "=cmd|'/c calc'!A1"]);
}

#[test]
fn a_cell_with_a_nul_character_is_refused_at_its_place() {
    let files = [
        ("case.toml", "schema = 1\ntitle = \"T\"\nas_of = 2024-01-31\nprincipals = [\"A\"]\n"),
        ("actors.csv", "id,name\nA,needle\n"),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).to_vec();
    let case = load(&Folder::Memory(files), |_| {}).case.unwrap();
    let mut parts = support::parts(&write(&case, Level::All).unwrap());
    for (_, bytes) in parts.iter_mut().filter(|(name, _)| name.ends_with("sharedStrings.xml")) {
        *bytes = String::from_utf8_lossy(bytes).replace("needle", "nee\0dle").into_bytes();
    }
    let sheets = open("case.xlsx", &package(&parts)).unwrap().unwrap();
    let loaded = load(&Folder::Sheets(Box::new(sheets.clone())), |_| {});
    assert!(loaded.case.is_none());
    let places: Vec<String> =
        loaded.diagnostics.iter().filter(|found| found.code == "T007").map(|found| sheets.place(found)).collect();
    assert_eq!(places, ["case.xlsx, sheet actors, cell B2"]);
}
