//! Measures the brief where it is read: in a browser.
//!
//! The page itself holds no script and its policy allows none. So a copy without the policy gets a measuring script
//! (`measure.js`), and a page around it (`frame.html`) gives it a window of exactly the width asked for.

mod chromium;
pub mod hostile;

use std::fs;

use serde_json::{Value, json};

use crate::shell::{Temporary, cargo, read, root, run, write, write_brief};
use chromium::Chromium;

const MEASURE: &str = include_str!("measure.js");
const FRAME: &str = include_str!("frame.html");

/// A page with every fault, and a part of the sentence that each must give: else the measuring sees nothing.
const FAULTY: &str = include_str!("faulty.html");
const FAULTS: [&str; 16] = [
    "figure-a: the drawing has no role",
    "figure-a: the drawing has no <title>",
    "figure-a: the drawing has no <desc>",
    "figure-a: aria-labelledby leads nowhere",
    "figure-a: a mark has no <title>",
    "figure-a: “one” and “two” overlap",
    "figure-a: “outside” leaves the drawing",
    "figure-c: there is no drawing",
    "a drawing is not XML",
    "<img> has no place",
    "<body> has an attribute onclick",
    "<img src=\"other.png\"> leads out",
    "the id “twice” stands twice",
    "the link to #nowhere leads nowhere",
    "the body holds HEADER, MAIN, SCRIPT",
    "text of the case ran as a script",
];

/// The policy that every brief carries.
const POLICY: &str = r#"<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">"#;

/// The elements of the brief's template and drawings. Anything else has come from the text of a case.
const KINDS: &str = "html head meta title style body header main footer section h1 h2 p span strong code a ul li details \
                     summary div figure figcaption table caption thead tbody tr th td svg desc defs pattern g path line rect \
                     circle text tspan";

/// A wide and a narrow window, in pixels.
const WIDTHS: [u32; 2] = [1100, 420];

/// The flagship at three moments: talks, stalemate, the end of the record.
const MOMENTS: [Option<&str>; 3] = [Some("2022-06-30"), Some("2023-12-31"), None];

/// The bundled case that is measured.
const FLAGSHIP: &str = "russia-ukraine";

/// A table of five columns, whose brief holds words without codes.
const WORDS: &str = "docs/methods/scales.in/water.csv";

/// The README's picture must stay below this (bytes).
const LARGEST_PICTURE: u64 = 400_000;

/// Checks the flagship's brief at several moments, that of a case of words without codes, and that of one whose texts are hostile.
pub fn check() -> Result<(), String> {
    let chromium = Chromium::find()?;
    prove(&chromium)?;
    let mut faults = Vec::new();
    for moment in MOMENTS {
        let folder = Temporary::new()?;
        let page = brief(FLAGSHIP, moment, &folder)?;
        let name = moment.map_or("flagship".to_owned(), |day| format!("flagship-{day}"));
        examine(&chromium, &name, &page, &folder, &mut faults)?;
    }

    let folder = Temporary::new()?;
    let case = folder.0.join("case");
    let mut program = cargo(&["run", "--quiet", "--package", "detente", "--", "new", "--quiet"]);
    run(program.arg(&case).arg("--from").arg(root().join(WORDS)))?;
    let page = brief(&case.to_string_lossy(), None, &folder)?;
    examine(&chromium, "words", &page, &folder, &mut faults)?;

    let folder = Temporary::new()?;
    let case = folder.0.join("case");
    hostile::write_case(&case)?;
    let page = brief(&case.to_string_lossy(), None, &folder)?;
    let title = examine(&chromium, "hostile", &page, &folder, &mut faults)?;
    if !title.contains(hostile::TITLE) {
        faults.push(format!("hostile: the title came out as “{title}”"));
    }

    if faults.is_empty() {
        println!("browser: no fault");
        return Ok(());
    }
    Err(format!("browser: {} faults\n  {}", faults.len(), faults.join("\n  ")))
}

/// Measures the faulty page: every fault must be found.
fn prove(chromium: &Chromium) -> Result<(), String> {
    let result = measure(chromium, FAULTY, 420)?;
    let found = faults_in(&result);
    let unseen: Vec<&str> = FAULTS.into_iter().filter(|part| !found.iter().any(|fault| fault.contains(part))).collect();
    let wide = found.iter().any(|fault| fault.starts_with("the page is"));
    if unseen.is_empty() && wide {
        return Ok(());
    }
    Err(format!("browser: the measuring does not see these faults: {unseen:?}; it saw {found:#?}"))
}

/// Writes the README's picture: the top of the flagship's brief.
pub fn picture() -> Result<(), String> {
    let chromium = Chromium::find()?;
    let folder = Temporary::new()?;
    brief(FLAGSHIP, Some("2023-12-31"), &folder)?;
    let path = root().join("docs/brief.png");
    chromium.picture(&folder.0.join("brief.html"), (1100, 1400), &path)?;
    let size = fs::metadata(&path).map_err(|error| format!("{}: {error}", path.display()))?.len();
    if size > LARGEST_PICTURE {
        return Err(format!("docs/brief.png has {size} bytes; at most {LARGEST_PICTURE} are wanted in the repository"));
    }
    println!("docs/brief.png written: {} KB", size / 1000);
    Ok(())
}

/// The brief of a case as a page, which is left in the folder.
fn brief(case: &str, at: Option<&str>, folder: &Temporary) -> Result<String, String> {
    let path = folder.0.join("brief.html");
    write_brief(case, at, &path)?;
    read(&path)
}

/// Measures a page at every width, takes its pictures, and gives its title.
fn examine(
    chromium: &Chromium,
    name: &str,
    page: &str,
    folder: &Temporary,
    faults: &mut Vec<String>,
) -> Result<String, String> {
    let mut title = String::new();
    if page.contains("<script") {
        faults.push(format!("{name}: the page holds a script"));
    }
    if page.matches(POLICY).count() != 1 {
        faults.push(format!("{name}: the page does not carry its policy once"));
    }
    for width in WIDTHS {
        let result = measure(chromium, page, width).map_err(|error| format!("{name}: {error}"))?;
        let counts = &result["counts"];
        println!("{name} at {width} pixels: {}", summary(counts));
        if counts["figures"].as_u64().unwrap_or(0) == 0 || counts["texts"].as_u64().unwrap_or(0) == 0 {
            faults.push(format!("{name}: no figure was measured"));
        }
        for fault in faults_in(&result).into_iter().map(|fault| format!("{name}: {fault}")) {
            // Most faults are there at every width.
            if !faults.contains(&fault) {
                faults.push(fault);
            }
        }
        title = result["title"].as_str().unwrap_or_default().to_owned();
    }
    for (form, size) in [("desktop", (1100, 1400)), ("paper", (794, 1123))] {
        let picture = root().join(format!("target/screenshots/{name}-{form}.png"));
        chromium.picture(&folder.0.join("brief.html"), size, &picture)?;
    }
    Ok(title)
}

/// Measures a page in a window of a width.
fn measure(chromium: &Chromium, page: &str, width: u32) -> Result<Value, String> {
    let folder = Temporary::new()?;
    write(&folder.0.join("page.html"), measured_copy(page, width)?)?;
    write(&folder.0.join("frame.html"), FRAME.replace("WIDTH", &width.to_string()))?;
    let printed = chromium.page(&folder.0.join("frame.html"))?;
    result(&printed).ok_or_else(|| format!("Chromium gave no measurement at {width} pixels"))
}

fn faults_in(result: &Value) -> Vec<&str> {
    result["faults"].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// The page without its policy and with the measuring script.
fn measured_copy(page: &str, width: u32) -> Result<String, String> {
    let drawings: Vec<&str> = page
        .split(r#"<div class="drawing">"#)
        .skip(1)
        .filter_map(|part| part.split_once("</svg>").map(|(drawing, _)| &part[..drawing.len() + "</svg>".len()]))
        .collect();
    let drawings = json!(drawings).to_string().replace('<', "\\u003c");
    let kinds = json!(KINDS.split_whitespace().collect::<Vec<_>>());
    let script = format!(
        "<script class=\"measuring\">\nconst KINDS = {kinds}, DRAWINGS = {drawings}, WIDTH = {width};\n{MEASURE}</script>\n"
    );
    let (body, end) = page.rsplit_once("</body>").ok_or("the page has no end")?;
    Ok(format!("{}{script}</body>{end}", body.replace(POLICY, "")))
}

/// The measurement in a printed page.
fn result(page: &str) -> Option<Value> {
    let (_, rest) = page.split_once(r#"<pre id="result">"#)?;
    let (text, _) = rest.split_once("</pre>")?;
    serde_json::from_str(text).ok()
}

fn summary(counts: &Value) -> String {
    let counts = counts.as_object().into_iter().flatten().map(|(what, count)| format!("{count} {what}"));
    counts.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_copy_holds_the_script_and_not_the_policy() {
        let page = format!("<head>{POLICY}</head><body><div class=\"drawing\"><svg><g/></svg></div></body></html>");
        let copy = measured_copy(&page, 420).unwrap();
        assert!(!copy.contains("Content-Security-Policy"));
        assert!(copy.contains(r#"DRAWINGS = ["\u003csvg>\u003cg/>\u003c/svg>"], WIDTH = 420;"#), "{copy}");
        assert!(copy.ends_with("</script>\n</body></html>"));
    }

    #[test]
    fn the_measurement_is_found_in_the_printed_page() {
        let printed = r#"<html><pre id="result">{"title":"\u003cb\u003e"}</pre></html>"#;
        assert_eq!(result(printed).unwrap()["title"], "<b>");
        assert!(result("<html></html>").is_none());
    }
}
