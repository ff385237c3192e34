//! Workbooks, however broken: no panic, and what loads is the same by its files and from its sheets.

use std::io::{Cursor, Write as _};

use detente_case::{Folder, Level, export, load};
use zip::write::SimpleFileOptions;

/// A workbook: a package as it is, or else parts of one, each after a line `== NAME`.
pub fn workbook(data: &[u8]) {
    let bytes = if data.starts_with(b"PK") { data.to_vec() } else { package(data) };
    let contents = detente_workbook::read("book.xlsx", &bytes);
    let Ok(Some(sheets)) = detente_workbook::open("book.xlsx", &bytes) else { return };
    assert!(contents.is_ok());
    let loaded = load(&Folder::Sheets(Box::new(sheets.clone())), |_| {});
    loaded.diagnostics.iter().for_each(|finding| _ = (sheets.place(finding), sheets.line(finding)));
    let Some(case) = loaded.case else { return };
    let files = detente_workbook::case_files("book.xlsx", &bytes).unwrap().unwrap();
    let by_files = load(&Folder::Memory(files), |_| {}).case.expect("the files load as the sheets do");
    assert_eq!(export::files(&by_files), export::files(&case));
    let again = detente_workbook::write(&case, Level::All).expect("a small case fits");
    let again = detente_workbook::open("book.xlsx", &again).unwrap().unwrap();
    let again = load(&Folder::Sheets(Box::new(again)), |_| {}).case.expect("what is written loads");
    assert_eq!(export::files(&again), export::files(&case));
}

/// A package of the parts in a text; of parts of one name the first.
fn package(data: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let text = String::from_utf8_lossy(data);
    for part in format!("\n{text}").split("\n== ").skip(1) {
        let (name, content) = part.split_once('\n').unwrap_or((part, ""));
        if writer.start_file(name, SimpleFileOptions::default()).is_ok() {
            _ = writer.write_all(content.as_bytes());
        }
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}
