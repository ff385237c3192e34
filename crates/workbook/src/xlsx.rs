//! An Office Open XML workbook (.xlsx, .xlsm): its sheets in order.

use std::collections::BTreeMap;

use detente_case::Code;
use detente_case::grid::Grid;

use crate::fault::Fault;
use crate::limits;
use crate::package::Package;
use crate::sheet::{self, Budget};
use crate::strings::Strings;
use crate::styles::Styles;
use crate::xml::Node;

/// A workbook as it was found.
#[derive(Default)]
pub(crate) struct Book {
    pub(crate) sheets: Vec<Found>,
    /// What is in the workbook and is no data.
    pub(crate) left: Vec<&'static str>,
}

/// A sheet as it was found.
pub(crate) struct Found {
    pub(crate) grid: Grid,
    pub(crate) hidden: bool,
    /// Cells with a formula whose result is not stored: their number and the first.
    pub(crate) without_value: Option<(usize, String)>,
}

/// A relation of a part to another.
struct Relation {
    kind: String,
    target: String,
    external: bool,
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    hidden: bool,
    relation: String,
}

/// Reads all sheets.
pub(crate) fn read(bytes: &[u8]) -> Result<Book, Fault> {
    let mut package = Package::open(bytes)?;
    let main = main_part(&mut package)?;
    let relations = relations(&mut package, &main)?;
    let (listed, from_1904) = list(&mut package, &main)?;
    let part = |kind: &str| {
        let of_kind = |relation: &&Relation| !relation.external && relation.kind.ends_with(kind);
        relations.values().find(of_kind).map(|relation| relation.target.clone())
    };
    let strings = match part("/sharedStrings") {
        Some(name) => Strings::read(&mut package, &name)?,
        None => Strings::default(),
    };
    let styles = match part("/styles") {
        Some(name) => Styles::read(&mut package, &name, from_1904)?,
        None => Styles::default(),
    };
    let mut book = Book::default();
    let has = |kind: &str| relations.values().any(|relation| relation.kind.ends_with(kind));
    book.left.extend(has("/vbaProject").then_some("macros"));
    book.left.extend(has("/externalLink").then_some("links to other workbooks"));
    let mut budget = Budget::default();
    for Listed { name, hidden, relation } in listed {
        let relation = relations.get(&relation);
        let Some(relation) = relation.filter(|relation| relation.kind.ends_with("/worksheet") && !relation.external)
        else {
            book.left.push("sheets that hold a chart or a dialogue");
            continue;
        };
        let links = links(&mut package, &relation.target)?;
        let mut xml = package.xml(&relation.target)?.ok_or_else(|| {
            Fault::damaged(format!("the sheet `{name}` is not in this workbook (`{}` is missing)", relation.target))
        })?;
        let sheet = sheet::Sheet { name: &name, strings: &strings, styles: &styles, links: &links };
        let (rows, without_value) = sheet.read(&mut xml, &mut budget)?;
        book.sheets.push(Found { grid: Grid { name, rows }, hidden, without_value });
    }
    book.left.dedup();
    Ok(book)
}

/// The part from which all others are found.
fn main_part(package: &mut Package<'_>) -> Result<String, Fault> {
    if package.has("content.xml") && package.has("mimetype") {
        let message = "this is an OpenDocument file (.ods), which is not read";
        return Err(Fault::new(Code::NotAWorkbook, message));
    }
    let relations = relations(package, "")?;
    let document = relations.into_values().find(|relation| relation.kind.ends_with("/officeDocument"));
    let Some(document) = document else {
        return Err(Fault::new(Code::NotAWorkbook, "this file is a package of some kind, and no workbook"));
    };
    if document.target.ends_with(".bin") {
        return Err(Fault::new(Code::NotAWorkbook, "this is a binary workbook (.xlsb), which is not read"));
    }
    Ok(document.target)
}

/// The sheets in their order, and whether days are counted from 1904.
fn list(package: &mut Package<'_>, main: &str) -> Result<(Vec<Listed>, bool), Fault> {
    let missing = || Fault::damaged(format!("this workbook has no list of its sheets (`{main}` is missing)"));
    let mut xml = package.xml(main)?.ok_or_else(missing)?;
    let (mut sheets, mut from_1904, mut is_workbook) = (Vec::new(), false, false);
    loop {
        match xml.next()? {
            Node::Open(tag) => match tag.name() {
                "workbook" => is_workbook = true,
                "workbookPr" => from_1904 = matches!(tag.attribute("date1904").as_deref(), Some("1" | "true")),
                "sheet" => {
                    let Some(name) = tag.attribute("name") else { continue };
                    let hidden = tag.attribute("state").is_some_and(|state| state != "visible");
                    sheets.push(Listed { name, hidden, relation: tag.attribute("id").unwrap_or_default() });
                    if sheets.len() > limits::SHEETS {
                        return Err(Fault::large(format!("this workbook has more than {} sheets", limits::SHEETS)));
                    }
                }
                _ => {}
            },
            Node::End => break,
            Node::Close(_) | Node::Text(_) => {}
        }
    }
    if !is_workbook {
        return Err(Fault::new(Code::NotAWorkbook, "this is a document of another kind, not a workbook"));
    }
    Ok((sheets, from_1904))
}

/// The addresses of the links of a sheet, by the id of their relation.
fn links(package: &mut Package<'_>, sheet: &str) -> Result<BTreeMap<String, String>, Fault> {
    let relations = relations(package, sheet)?;
    let links = relations.into_iter().filter(|(_, relation)| relation.kind.ends_with("/hyperlink"));
    Ok(links.map(|(id, relation)| (id, relation.target)).collect())
}

/// The relations of a part to others, by their id. The package itself has the name ``.
fn relations(package: &mut Package<'_>, of: &str) -> Result<BTreeMap<String, Relation>, Fault> {
    let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
    let mut relations = BTreeMap::new();
    let Some(mut xml) = package.xml(&format!("{folder}/_rels/{file}.rels"))? else { return Ok(relations) };
    loop {
        match xml.next()? {
            Node::Open(tag) if tag.name() == "Relationship" => {
                let text = |name: &str| tag.attribute(name).unwrap_or_default();
                let external = text("TargetMode") == "External";
                let target = if external { text("Target") } else { resolve(folder, &text("Target")) };
                relations.insert(text("Id"), Relation { kind: text("Type"), target, external });
                if relations.len() > limits::RELATIONS {
                    return Err(Fault::large("a part of this workbook has too many links"));
                }
            }
            Node::End => return Ok(relations),
            _ => {}
        }
    }
}

/// The name of a part as another part in `folder` names it.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut parts: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in target.split('/') {
        match part {
            ".." => _ = parts.pop(),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn parts_are_found_as_other_parts_name_them() {
        assert_eq!(resolve("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl/worksheets", "../sharedStrings.xml"), "xl/sharedStrings.xml");
        assert_eq!(resolve("", "xl\\workbook.xml"), "xl/workbook.xml");
        assert_eq!(resolve("xl", "../../../etc/passwd"), "etc/passwd");
    }
}
