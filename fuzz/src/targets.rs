//! What is asked of every input, however broken: no panic, and what loads without errors is the same when it is written and
//! read again. `crates/case/tests/fuzz_corpus.rs` asks the same of the committed inputs.

use detente_case::expression::{self, LONGEST};
use detente_case::grid::{Grid, GridRow};
use detente_case::names::{self, Resolution};
use detente_case::start::dates::read;
use detente_case::start::{self, Choices, Columns, DayOrder, Field, Sheet};
use detente_case::{Code, Diagnostic, Findings, Folder, Level, Loaded, When, formats, load, stability};

mod stable;

use stable::{assert_stable, read_again};

/// A target: its name, which is that of its folder of inputs, and what it does with one.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: [Target; 14] = [
    ("bibliography_bib", bibliography_bib),
    ("bibliography_json", bibliography_json),
    ("case_toml", case_toml),
    ("claims", claims),
    ("condition", condition),
    ("expression", expression),
    ("grids", grids),
    ("loose_table", loose_table),
    ("names", names),
    ("stability_gmcr", stability_gmcr),
    ("stability_toml", stability_toml),
    ("tables", tables),
    ("when", when),
    ("written_date", written_date),
];

const SETTINGS: &str =
    "schema = 1\ntitle = \"T\"\nas_of = 2024-01-31\nprincipals = [\"Russia\", \"Ukraine\"]\nlanguages = [\"en\"]\n";
const ISSUES: &str = "issue,option\nland,none\nland,some\nland,all\nsea,open\nsea,closed\n";

/// `case.toml` alone.
pub fn case_toml(data: &[u8]) {
    check(&[("case.toml", data)]);
}

/// Files of a case: each begins with a line `== NAME`. What is not given is that of a valid case.
pub fn tables(data: &[u8]) {
    let mut files: Vec<(&str, &[u8])> = Vec::new();
    for part in split(data, b"== ") {
        let end = part.iter().position(|byte| *byte == b'\n').unwrap_or(part.len());
        let known = formats::TABLES.map(|table| table.file).into_iter().chain([
            "case.toml",
            "constraints.toml",
            "claims.toml",
            "sources.json",
            "stability/model.toml",
        ]);
        let name = known.into_iter().find(|name| name.as_bytes() == &part[..end]);
        if let Some(name) = name.filter(|name| !files.iter().any(|(file, _)| file == name)) {
            files.push((name, part.get(end + 1..).unwrap_or_default()));
        }
    }
    if !files.iter().any(|(file, _)| *file == "case.toml") {
        files.push(("case.toml", SETTINGS.as_bytes()));
    }
    check(&files);
}

/// `sources.json` of a valid case.
pub fn bibliography_json(data: &[u8]) {
    check(&[("case.toml", SETTINGS.as_bytes()), ("sources.json", data)]);
}

/// `sources.bib` of a valid case.
pub fn bibliography_bib(data: &[u8]) {
    check(&[("case.toml", SETTINGS.as_bytes()), ("sources.bib", data)]);
}

/// `claims.toml` of a valid case.
pub fn claims(data: &[u8]) {
    check(&[
        ("case.toml", SETTINGS.as_bytes()),
        ("issues.csv", ISSUES.as_bytes()),
        ("factors.csv", b"factor,date,value\npoll,2022-03-31,40\n"),
        ("claims.toml", data),
    ]);
}

/// The condition of a statement.
pub fn condition(data: &[u8]) {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["actor", "issue", "condition", "valid_from", "statement"]).unwrap();
    writer.write_record([&b"Ukraine"[..], b"land", data, b"2022-03-29", b"words"]).unwrap();
    let positions = writer.into_inner().unwrap();
    check(&[("case.toml", SETTINGS.as_bytes()), ("issues.csv", ISSUES.as_bytes()), ("positions.csv", &positions)]);
}

/// A logical rule: it says the same when it is written and read again, and when it comes apart into simple rules.
pub fn expression(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let expression = match expression::parse(text) {
        Ok(expression) => expression,
        Err(error) => {
            assert!(text.get(error.span).is_some() && !error.message.is_empty() && !error.hint.is_empty());
            return;
        }
    };
    let written = expression.to_string();
    assert!(written.len() > LONGEST || expression::parse(&written).as_ref() == Ok(&expression), "{written}");
    let Ok(rules) = expression.clauses() else { return };
    let mut atoms = expression.atoms();
    atoms.sort_unstable();
    atoms.dedup();
    for pattern in [0, u64::MAX, 0x5555_5555_5555_5555, 0x0123_4567_89ab_cdef] {
        let holds = |atom: &expression::Atom| {
            let place = atoms.iter().position(|known| *known == atom).unwrap();
            pattern >> (place % 64) & 1 == 1
        };
        assert_eq!(rules.iter().all(|rule| rule.evaluate(&holds)), expression.evaluate(&holds), "{written}");
    }
}

/// A stability model as TOML.
pub fn stability_toml(data: &[u8]) {
    stability_model("model.toml", data);
}

/// A stability model as a `.gmcr` file.
pub fn stability_gmcr(data: &[u8]) {
    stability_model("model.gmcr", data);
}

/// A model is the same when it is written as TOML and read again; without a model there is a reason.
fn stability_model(file: &str, data: &[u8]) {
    let mut findings = Findings::default();
    let model = stability::read(file, data.to_vec(), &mut findings);
    assert_eq!(model.is_none(), findings.has_errors());
    check_findings(&findings.into_sorted());
    let Some(model) = model else { return };
    let written = stability::to_toml(&model);
    let mut findings = Findings::default();
    let again = stability::read("model.toml", written.clone().into_bytes(), &mut findings);
    assert_eq!(again.as_ref(), Some(&model), "{written}\n{:#?}", findings.into_sorted());
    assert_eq!(again.map(|again| stability::to_toml(&again)), Some(written));
}

/// A date.
pub fn when(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    if let Some(when) = When::parse(text) {
        assert!(when.first() <= when.last());
        assert_eq!(when.to_string(), text);
    }
}

/// Languages on the first line, a name on the rest.
pub fn names(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let (languages, name) = text.split_once('\n').unwrap_or(("en", text));
    let languages: Vec<String> = languages.split(',').map(str::to_owned).collect();
    let normalised = names::normalise(name);
    assert_eq!(names::normalise(&normalised), normalised);
    assert_eq!(names::readings(&normalised), names::readings(name));
    // What nothing is called is suggested the same in every column.
    let columns: &[bool] = if names::readings(name).is_empty() { &[false] } else { &[false, true] };
    for code_column in columns.iter().copied() {
        match names::resolve(name, &languages, code_column) {
            Resolution::Unique(reading) => assert!(names::readings(name).contains(&reading)),
            Resolution::Ambiguous(readings) => assert!(readings.len() > 1),
            Resolution::Unknown { suggestions } => assert!(suggestions.len() <= 3),
        }
    }
}

/// A date as people write it.
pub fn written_date(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    for order in [DayOrder::DayFirst, DayOrder::MonthFirst] {
        if let Some(date) = read(text, order) {
            assert!(date.when.first() <= date.when.last());
            let iso = date.when.to_string();
            assert_eq!(read(&iso, order).map(|again| again.when), Some(date.when), "{text}");
        }
    }
}

/// Any text table, started from.
pub fn loose_table(data: &[u8]) {
    let Ok(table) = start::read_text_table("table.csv", data.to_vec()) else { return };
    for keep_going in [false, true] {
        started_from(std::slice::from_ref(&table.grid), &Choices { keep_going, ..Choices::default() });
    }
}

/// Any workbook, started from: sheets begin with a line `== NAME`, rows are lines, cells end with `|`, `\` begins a new line
/// within a cell.
pub fn grids(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let mut grids: Vec<Grid> = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        match line.strip_prefix("== ") {
            Some(name) => grids.push(Grid { name: name.to_owned(), rows: Vec::new() }),
            None if grids.is_empty() => return,
            None => {
                let cells = line.split('|').map(|cell| cell.replace('\\', "\n")).collect();
                grids.last_mut().unwrap().rows.push(GridRow { line: number, cells });
            }
        }
    }
    let fill_down = vec![Field::Actor, Field::Issue, Field::Date];
    let down = Choices { fill_down, dates: Some(DayOrder::DayFirst), keep_going: true, ..Choices::default() };
    let none = Choices { header: Some(0), ..Choices::default() };
    for choices in [Choices::default(), down, none] {
        started_from(&grids, &choices);
    }
}

/// What is started loads, and holds every cell of every statement.
fn started_from(grids: &[Grid], choices: &Choices) {
    let Ok(sheet) = Sheet::choose("table", grids, choices) else { return };
    let Ok(columns) = Columns::propose(&sheet, choices) else { return };
    let started = match start::case("T", &sheet, &columns, choices) {
        Ok(started) => started,
        Err(problems) => {
            assert!(!problems.is_empty());
            // What is refused is refused for its own sake: no file that was made is at fault.
            assert!(problems.iter().all(|problem| problem.file.starts_with("table")), "{problems:#?}");
            return;
        }
    };
    let text: String = started.files.iter().map(|(_, bytes)| str::from_utf8(bytes).unwrap()).collect();
    for cell in sheet.rows.iter().flat_map(|row| &row.cells) {
        assert!(text.contains(&cell.replace('"', "\"\"")), "{cell:?} is lost");
    }
    let loaded = load(&Folder::Memory(started.files), |_| {});
    assert!(!loaded.has_errors(), "{:#?}", loaded.diagnostics);
    check_loaded(&loaded);
}

/// The parts of some bytes that begin at a line with a mark.
fn split<'d>(data: &'d [u8], mark: &[u8]) -> Vec<&'d [u8]> {
    let starts: Vec<usize> =
        (0..data.len()).filter(|at| data[*at..].starts_with(mark) && (*at == 0 || data[at - 1] == b'\n')).collect();
    let ends = starts.iter().copied().skip(1).chain([data.len()]);
    starts.iter().zip(ends).map(|(start, end)| &data[start + mark.len()..end]).collect()
}

fn check(files: &[(&str, &[u8])]) {
    let files = files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
    check_loaded(&load(&Folder::Memory(files), |_| {}));
}

fn check_findings(findings: &[Diagnostic]) {
    assert!(findings.is_sorted());
    for finding in findings {
        assert!(!finding.message.is_empty() && Code::ALL.iter().any(|code| code.text() == finding.code));
    }
}

fn check_loaded(loaded: &Loaded) {
    assert_eq!(loaded.case.is_none(), loaded.has_errors());
    check_findings(&loaded.diagnostics);
    let Some(case) = &loaded.case else { return };
    assert_stable(case);
    for level in [Level::Public, Level::Restricted] {
        let shown = case.at_level(level);
        // Who has no row of its own is called as the first row calls it, and that row may not be shown.
        if shown.actors.iter().all(|actor| !actor.implied) {
            assert_stable(&shown);
        } else {
            read_again(&shown);
        }
    }
}
