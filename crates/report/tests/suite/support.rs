//! Cases as tables that a test can edit, and the briefs of them.

use detente_analysis::about::Settings;
use detente_case::{Case, Folder, Level, Moment, When, bundled, export, load, start};
use detente_report::brief;
use detente_report::document::{Document, Sentence};

/// The files of a case, to edit and load again.
#[derive(Clone)]
pub struct Tables(Vec<(String, Vec<u8>)>);

impl Tables {
    pub fn bundled(name: &str) -> Self {
        let case = load(&bundled::folder(name).unwrap(), |_| {}).case.unwrap();
        Tables(export::files(&case))
    }

    /// A case of five columns: words, and no code.
    pub fn of_words() -> Self {
        let text = include_str!("../../../../docs/methods/scales.in/water.csv");
        let table = start::read_text_table("water.csv", text.as_bytes().to_vec()).unwrap();
        let files = start::from_grids("water.csv", "Water", &[table.grid], &start::Choices::default()).unwrap().files;
        Tables(export::files(&load(&Folder::Memory(files), |_| {}).case.unwrap()))
    }

    /// Adds a file, or replaces it.
    pub fn with_file(&self, name: &str, text: &str) -> Self {
        let mut edited = self.clone();
        edited.0.retain(|(known, _)| known != name);
        edited.0.push((name.to_owned(), text.as_bytes().to_vec()));
        edited
    }

    pub fn rows(&self, file: &str) -> (Vec<String>, Vec<Vec<String>>) {
        let bytes = &self.0.iter().find(|(name, _)| name == file).unwrap().1;
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let header = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let rows = reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
        (header, rows)
    }

    pub fn set(&mut self, file: &str, header: &[String], rows: &[Vec<String>]) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(header).unwrap();
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        let bytes = writer.into_inner().unwrap();
        self.0.iter_mut().find(|(name, _)| name == file).unwrap().1 = bytes;
    }

    /// Changes one cell.
    pub fn with_cell(&self, file: &str, row: usize, column: &str, text: &str) -> Self {
        let (header, mut rows) = self.rows(file);
        let place = header.iter().position(|name| name == column).unwrap();
        rows[row][place] = text.to_owned();
        let mut edited = self.clone();
        edited.set(file, &header, &rows);
        edited
    }

    /// Takes ids out of a column of lists, where the case has the file.
    pub fn forget(&mut self, file: &str, column: &str, gone: impl Fn(&str) -> bool) {
        if !self.0.iter().any(|(name, _)| name == file) {
            return;
        }
        let (header, mut rows) = self.rows(file);
        let Some(place) = header.iter().position(|name| name == column) else { return };
        for row in &mut rows {
            let kept: Vec<&str> = row[place].split(';').filter(|id| !gone(id)).collect();
            row[place] = kept.join(";");
        }
        self.set(file, &header, &rows);
    }

    /// Takes one row out, and every mention of it in `supersedes` and behind the clauses of plans.
    pub fn without_row(&self, file: &str, row: usize) -> Self {
        let (header, mut rows) = self.rows(file);
        let id = rows.remove(row)[0].clone();
        let mut edited = self.clone();
        edited.set(file, &header, &rows);
        edited.forget(file, "supersedes", |other| other == id);
        edited.forget_indicators(|other| other == id);
        edited.forget_clauses(&id);
        edited.forget_scenarios(&id);
        let settings = edited.0.iter_mut().find(|(name, _)| name == "case.toml").unwrap();
        let text = String::from_utf8(settings.1.clone()).unwrap();
        settings.1 = text
            .replace(&format!("\"{id}\", "), "")
            .replace(&format!(", \"{id}\"]"), "]")
            .replace(&format!("[\"{id}\"]"), "[]")
            .into_bytes();
        edited
    }

    /// Takes rows out of what speaks to indicators, and indicators to which nothing speaks any more.
    pub fn forget_indicators(&mut self, gone: impl Fn(&str) -> bool) {
        self.forget("indicators.csv", "rows", gone);
        if !self.0.iter().any(|(name, _)| name == "indicators.csv") {
            return;
        }
        let (header, mut rows) = self.rows("indicators.csv");
        let place = |name: &str| header.iter().position(|column| column == name).unwrap();
        let (of_series, of_rows) = (place("series"), place("rows"));
        rows.retain(|row| !row[of_series].is_empty() || !row[of_rows].is_empty());
        self.set("indicators.csv", &header, &rows);
    }

    /// Without the scenarios that lift a row: with fewer rows lifted they would ask another question.
    fn forget_scenarios(&mut self, id: &str) {
        let Some(scenarios) = self.0.iter_mut().find(|(name, _)| name == "scenarios.toml") else { return };
        let text = String::from_utf8(scenarios.1.clone()).unwrap();
        let lifts = format!("\"{id}\"");
        let kept: Vec<&str> = text.split("\n[[scenario]]").filter(|scenario| !scenario.contains(&lifts)).collect();
        scenarios.1 = kept.join("\n[[scenario]]").into_bytes();
    }

    /// Without the clauses of plans that rest on a row: they retell it.
    fn forget_clauses(&mut self, id: &str) {
        if !self.0.iter().any(|(name, _)| name == "packages.csv") {
            return;
        }
        let (header, mut rows) = self.rows("packages.csv");
        if let Some(column) = header.iter().position(|name| name == "row") {
            rows.retain(|row| !row[column].split(';').any(|other| other == id));
            self.set("packages.csv", &header, &rows);
        }
    }

    /// Without what names rows beside the tables: the contradictions of `case.toml`, and the stability models.
    pub fn tables_alone(&self) -> Self {
        let mut edited = self.clone();
        edited.0.retain(|(name, _)| !name.starts_with("stability/"));
        let settings = edited.0.iter_mut().find(|(name, _)| name == "case.toml").unwrap();
        let text = String::from_utf8(settings.1.clone()).unwrap();
        settings.1 = text.split("\n[[contradiction]]").next().unwrap().as_bytes().to_vec();
        edited
    }

    pub fn case(&self) -> Case {
        let loaded = load(&Folder::Memory(self.0.clone()), |_| {});
        loaded.case.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
    }

    pub fn loads(&self) -> bool {
        load(&Folder::Memory(self.0.clone()), |_| {}).case.is_some()
    }

    pub fn brief(&self, at: &str) -> Document {
        brief_of(&self.case(), at, Level::Public)
    }
}

pub fn brief_of(case: &Case, at: &str, level: Level) -> Document {
    let case = case.at_level(level);
    let moment = Moment::new(&case, When::parse(at).map(When::first), None);
    brief::brief(&case, moment, Settings { level, draws: 100, ..Settings::default() }, brief::Reading::default())
}

/// Sentences that stand in one document and not in the other.
pub fn changed(before: &Document, after: &Document) -> Vec<Sentence> {
    let (old, new): (Vec<&Sentence>, Vec<&Sentence>) = (before.sentences().collect(), after.sentences().collect());
    let only = |a: &[&Sentence], b: &[&Sentence]| {
        a.iter().filter(|sentence| !b.contains(sentence)).map(|s| (*s).clone()).collect::<Vec<_>>()
    };
    [only(&old, &new), only(&new, &old)].concat()
}

/// Numbers for choosing edits, always the same.
pub struct Choices(pub u64);

impl Choices {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % bound as u64).unwrap()
    }
}

/// The first place at which two texts differ, with what stands around it.
pub fn first_difference(a: &str, b: &str) -> String {
    let at = a.bytes().zip(b.bytes()).position(|(x, y)| x != y).unwrap_or_else(|| a.len().min(b.len()));
    let around = |text: &str| {
        String::from_utf8_lossy(&text.as_bytes()[at.saturating_sub(120)..(at + 120).min(text.len())]).into_owned()
    };
    format!("…{}…\nagainst …{}…", around(a), around(b))
}
