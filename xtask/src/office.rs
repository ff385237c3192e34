//! Opens the brief for Word where it can be opened without Word: in LibreOffice, whose pages are read as PDF.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::browser::hostile;
use crate::shell::{Temporary, command, exists, read, run_within, stdout_of, write_brief};

/// What is missing, and how to get it.
const MISSING: &str = "the brief for Word is opened with LibreOffice and read with the tools of Poppler; not all of them are \
                       installed: `apt-get install libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils \
                       fonts-crosextra-carlito`, or the packages of these names in your distribution";

/// The tools of Poppler that read a PDF.
const READERS: [&str; 2] = ["pdftotext", "pdffonts"];

/// No file takes this long.
const PATIENCE: Duration = Duration::from_secs(180);

/// The bundled case that is opened, and the days: stalemate, the end of the record.
const FLAGSHIP: &str = "russia-ukraine";
const MOMENTS: [&str; 2] = ["2023-12-31", "2026-06-23"];

/// Pages of text before the first figure.
const PAGES_OF_TEXT: usize = 2;

/// The brief is at most so many pages long, with its annex.
const MOST_PAGES: usize = 80;

/// What stands on every page of a brief from public rows.
const LEVEL: &str = "Public: computed from rows marked public only.";

/// The font that the styles name, and what LibreOffice takes for it: letters of the same width.
const FONTS: [&str; 2] = ["Calibri", "Carlito"];

/// Checks the flagship's brief at two moments, and that of a case whose texts are hostile.
pub fn check() -> Result<(), String> {
    if !exists("soffice", "--version") || !READERS.into_iter().all(|reader| exists(reader, "-v")) {
        return Err(MISSING.to_owned());
    }
    let mut faults = Vec::new();
    for moment in MOMENTS {
        let folder = Temporary::new()?;
        let pdf = brief(FLAGSHIP, Some(moment), &folder)?;
        let pages = pages(&pdf)?;
        let told = folder.0.join("brief.json");
        write_brief(FLAGSHIP, Some(moment), &told)?;
        let told = serde_json::from_str(&read(&told)?).map_err(|error| format!("brief.json: {error}"))?;
        let fonts = stdout_of(command("pdffonts", &[]).arg(&pdf))?;
        let found = [faults_of_pages(&pages), faults_of_fonts(&fonts), faults_of_text(&told, &pages)].concat();
        println!("flagship-{moment}: {} pages", pages.len());
        faults.extend(found.into_iter().map(|fault| format!("flagship-{moment}: {fault}")));
    }

    let folder = Temporary::new()?;
    let case = folder.0.join("case");
    hostile::write_case(&case)?;
    let pages = pages(&brief(&case.to_string_lossy(), None, &folder)?)?;
    faults.extend(faults_of_pages(&pages).into_iter().map(|fault| format!("hostile: {fault}")));
    if !pages.first().is_some_and(|page| packed(&page.text).contains(&packed(hostile::TITLE))) {
        faults.push(format!("hostile: the title “{}” does not stand on the first page", hostile::TITLE));
    }

    if faults.is_empty() {
        println!("office: no fault");
        return Ok(());
    }
    Err(format!("office: {} faults\n  {}", faults.len(), faults.join("\n  ")))
}

/// The brief of a case for Word, as LibreOffice prints it.
fn brief(case: &str, at: Option<&str>, folder: &Temporary) -> Result<PathBuf, String> {
    let file = folder.0.join("brief.docx");
    write_brief(case, at, &file)?;
    convert(&file, "pdf", folder)
}

/// Opens a file in LibreOffice, with a profile of its own, and writes it in another format.
fn convert(file: &Path, to: &str, folder: &Temporary) -> Result<PathBuf, String> {
    let mut office = Command::new("soffice");
    office
        .arg(format!("-env:UserInstallation=file://{}", folder.0.join("profile").display()))
        .args(["--headless", "--convert-to", to, "--outdir"])
        .arg(&folder.0)
        .arg(file)
        .stdout(Stdio::null());
    run_within(PATIENCE, &mut office)?;
    let converted = file.with_extension(to);
    // It reports success where it could not read the file.
    match fs::metadata(&converted) {
        Ok(written) if written.len() > 0 => Ok(converted),
        _ => Err(format!("LibreOffice cannot open {}", file.display())),
    }
}

/// What stands on a page.
#[derive(Default)]
struct Page {
    /// The first line.
    head: String,
    /// The lines between.
    text: String,
    /// The last line.
    foot: String,
}

/// The pages of a PDF.
fn pages(pdf: &Path) -> Result<Vec<Page>, String> {
    let text = stdout_of(command("pdftotext", &["-layout", "-enc", "UTF-8"]).arg(pdf).arg("-"))?;
    Ok(split(&text))
}

/// The pages of a text in which a form feed ends each.
fn split(text: &str) -> Vec<Page> {
    let pages = text.trim_end_matches('\u{c}').split('\u{c}').map(|page| {
        let lines: Vec<&str> = page.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        match lines.as_slice() {
            [head, text @ .., foot] => {
                Page { head: (*head).to_owned(), text: text.join("\n"), foot: (*foot).to_owned() }
            }
            _ => Page::default(),
        }
    });
    pages.collect()
}

/// Every page bears the level of markings, its number, and something between them.
fn faults_of_pages(pages: &[Page]) -> Vec<String> {
    let mut faults = Vec::new();
    if pages.len() > MOST_PAGES {
        faults.push(format!("{} pages; at most {MOST_PAGES} are wanted", pages.len()));
    }
    for (number, page) in (1..).zip(pages) {
        let foot = format!("page {number} of {}", pages.len());
        if page.head != LEVEL {
            faults.push(format!("page {number}: the level of markings does not stand at its head"));
        }
        if !page.foot.ends_with(&foot) {
            faults.push(format!("page {number}: “{foot}” does not stand at its foot"));
        }
        if page.text.is_empty() {
            faults.push(format!("page {number} is empty"));
        }
    }
    faults
}

/// Every font is in the file, and is one that the styles name. `table` is what `pdffonts` prints.
fn faults_of_fonts(table: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for row in table.lines().skip(2) {
        let columns: Vec<&str> = row.split_whitespace().collect();
        let name = columns.first().copied().unwrap_or_default();
        let name = name.split_once('+').map_or(name, |(_, name)| name);
        // From the right: generation, object, unicode, subset, embedded.
        if columns.iter().rev().nth(4) != Some(&"yes") {
            faults.push(format!("the font {name} is not embedded"));
        }
        if !FONTS.iter().any(|known| name.starts_with(known)) {
            faults.push(format!("the font {name} is none of {FONTS:?}: is fonts-crosextra-carlito installed?"));
        }
    }
    if table.lines().count() < 3 {
        faults.push("there is no font".to_owned());
    }
    faults
}

/// The sentences of “In short” stand on the pages of text, and the figures begin after these.
fn faults_of_text(told: &Value, pages: &[Page]) -> Vec<String> {
    let mut faults = Vec::new();
    let first = pages.iter().position(|page| page.text.contains("Figure 1.")).unwrap_or(pages.len());
    if first != PAGES_OF_TEXT {
        faults.push(format!("{first} pages of text stand before the first figure, not {PAGES_OF_TEXT}"));
    }
    let text: String = pages[..first].iter().map(|page| packed(&page.text)).collect();
    let sections = told["sections"].as_array().into_iter().flatten();
    let points = sections
        .filter(|section| section["id"] == "in-short")
        .flat_map(|section| section["blocks"][0]["points"].as_array().into_iter().flatten());
    let sentences: Vec<&str> = points
        .flat_map(|point| point["sentences"].as_array().into_iter().flatten())
        .filter_map(|sentence| sentence["text"].as_str())
        .collect();
    if sentences.is_empty() {
        faults.push("the brief says nothing in short".to_owned());
    }
    let missing = sentences.iter().filter(|sentence| !text.contains(&packed(sentence)));
    faults.extend(missing.map(|sentence| format!("“In short” lacks: {sentence}")));
    faults
}

/// A text without its spaces and line breaks.
fn packed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_page_without_its_level_number_or_text_is_a_fault() {
        let good = format!("{LEVEL}\n\n  In short\n\n T · page 1 of 2\n\u{c}{LEVEL}\nmore\nT · page 2 of 2\n\u{c}");
        assert_eq!(faults_of_pages(&split(&good)), Vec::<String>::new());
        for (from, to, fault) in [
            ("In short", "", "page 1 is empty"),
            ("page 2 of 2", "page 3 of 2", "page 2: “page 2 of 2” does not stand at its foot"),
            ("Public:", "Secret:", "page 1: the level of markings does not stand at its head"),
        ] {
            assert_eq!(faults_of_pages(&split(&good.replacen(from, to, 1))), [fault]);
        }
    }

    #[test]
    fn another_font_or_one_that_is_not_embedded_is_a_fault() {
        let table = |name: &str, embedded: &str| {
            format!(
                "name type encoding emb sub uni object ID\n----\n{name} CID TrueType Identity-H {embedded} yes yes 9 0\n"
            )
        };
        assert_eq!(faults_of_fonts(&table("BAAAAA+Carlito-Bold", "yes")), Vec::<String>::new());
        assert_eq!(faults_of_fonts(&table("Carlito", "no")), ["the font Carlito is not embedded"]);
        assert_eq!(faults_of_fonts(&table("CAAAAA+DejaVuSans", "yes")).len(), 1);
        assert_eq!(faults_of_fonts("name\n----\n"), ["there is no font"]);
    }

    #[test]
    fn a_missing_sentence_or_an_early_figure_is_a_fault() {
        let told = json!({"sections": [{"id": "in-short", "blocks": [{"points": [{"sentences": [{"text": "Where it stands."}]}]}]}]});
        let pages = |first: &str, second: &str| {
            let page = |text: &str| Page { text: text.to_owned(), ..Page::default() };
            vec![page(first), page(second), page("Figure 1. On which issues")]
        };
        assert_eq!(faults_of_text(&told, &pages("Where it\n  stands.", "")), Vec::<String>::new());
        assert_eq!(faults_of_text(&told, &pages("", "")), ["“In short” lacks: Where it stands."]);
        let early = faults_of_text(&told, &pages("Where it stands.", "Figure 1. On which issues"));
        assert_eq!(early, ["1 pages of text stand before the first figure, not 2"]);
    }
}
