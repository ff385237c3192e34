//! Workbooks built by code, part by part.

#![allow(
    dead_code,
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "each test file uses a part of it, and stops at what it does not expect"
)]

use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;

/// The parts of a package in their order.
pub type Parts = Vec<(String, Vec<u8>)>;

/// A package of parts.
pub fn package(parts: &Parts) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The parts of a package.
pub fn parts(bytes: &[u8]) -> Parts {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|place| {
            let mut file = archive.by_index(place).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

/// A workbook in the making.
#[derive(Clone, Default)]
pub struct Made {
    sheets: Vec<(String, String, String)>,
    strings: Option<String>,
    styles: Option<String>,
    properties: String,
    more: Parts,
    relations: String,
}

/// A workbook of one sheet, whose cells stand in `rows`: `<row><c …/></row>…`.
pub fn made(rows: &str) -> Made {
    Made::default().sheet("Data", &format!("<sheetData>{rows}</sheetData>"))
}

impl Made {
    /// Adds a sheet: what stands in its `worksheet`.
    pub fn sheet(mut self, name: &str, content: &str) -> Self {
        self.sheets.push((name.to_owned(), String::new(), content.to_owned()));
        self
    }

    /// Says of the last sheet what the list of sheets says of it, such as `state="hidden"`.
    pub fn listed(mut self, attributes: &str) -> Self {
        self.sheets.last_mut().unwrap().1 = attributes.to_owned();
        self
    }

    /// Shared texts: what stands in `sst`.
    pub fn strings(mut self, items: &str) -> Self {
        self.strings = Some(format!("<sst>{items}</sst>"));
        self
    }

    /// The part of shared texts as a whole.
    pub fn strings_part(mut self, part: &str) -> Self {
        self.strings = Some(part.to_owned());
        self
    }

    /// Formats of numbers, by which cells may be formatted: `s="0"`, `s="1"`, …
    pub fn formats(mut self, codes: &[&str]) -> Self {
        let (mut own, mut cells) = (String::new(), String::new());
        for (number, code) in codes.iter().enumerate() {
            let id = 164 + number;
            own += &format!("<numFmt numFmtId=\"{id}\" formatCode=\"{code}\"/>");
            cells += &format!("<xf numFmtId=\"{id}\"/>");
        }
        self.styles = Some(format!("<styleSheet><numFmts>{own}</numFmts><cellXfs>{cells}</cellXfs></styleSheet>"));
        self
    }

    /// What `workbookPr` says.
    pub fn properties(mut self, attributes: &str) -> Self {
        self.properties = attributes.to_owned();
        self
    }

    /// Adds a part.
    pub fn part(mut self, name: &str, content: impl Into<Vec<u8>>) -> Self {
        self.more.push((name.to_owned(), content.into()));
        self
    }

    /// Adds a relation of the workbook to something.
    pub fn related(mut self, kind: &str, target: &str) -> Self {
        self.relations +=
            &format!("<Relationship Id=\"x{kind}\" Type=\"http://x/relationships/{kind}\" Target=\"{target}\"/>");
        self
    }

    /// Its parts.
    pub fn parts(&self) -> Parts {
        let relation = |id: &str, kind: &str, target: &str| {
            format!("<Relationship Id=\"{id}\" Type=\"http://x/relationships/{kind}\" Target=\"{target}\"/>")
        };
        let (mut list, mut relations) = (String::new(), self.relations.clone());
        let mut parts: Vec<(String, String)> = Vec::new();
        for (number, (name, attributes, content)) in self.sheets.iter().enumerate() {
            let id = number + 1;
            list += &format!("<sheet name=\"{name}\" sheetId=\"{id}\" r:id=\"r{id}\" {attributes}/>");
            relations += &relation(&format!("r{id}"), "worksheet", &format!("worksheets/sheet{id}.xml"));
            parts.push((format!("xl/worksheets/sheet{id}.xml"), format!("<worksheet>{content}</worksheet>")));
        }
        for (kind, content) in [("sharedStrings", &self.strings), ("styles", &self.styles)] {
            if let Some(content) = content {
                relations += &relation(kind, kind, &format!("{kind}.xml"));
                parts.push((format!("xl/{kind}.xml"), content.clone()));
            }
        }
        let workbook = format!("<workbook><workbookPr {}/><sheets>{list}</sheets></workbook>", self.properties);
        parts.push(("xl/workbook.xml".to_owned(), workbook));
        parts.push(("xl/_rels/workbook.xml.rels".to_owned(), format!("<Relationships>{relations}</Relationships>")));
        let root = relation("r1", "officeDocument", "xl/workbook.xml");
        parts.push(("_rels/.rels".to_owned(), format!("<Relationships>{root}</Relationships>")));
        parts.into_iter().map(|(name, text)| (name, text.into_bytes())).chain(self.more.iter().cloned()).collect()
    }

    /// The workbook.
    pub fn bytes(&self) -> Vec<u8> {
        package(&self.parts())
    }
}

/// A row of cells with texts of their own.
pub fn row(number: u32, texts: &[&str]) -> String {
    let cells: String = texts.iter().map(|text| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>")).collect();
    format!("<row r=\"{number}\">{cells}</row>")
}
