//! The document with everything numbered that Word wants numbered: figures, tables, bookmarks, lists, pages.

use std::collections::BTreeMap;

use serde::Serialize;

use super::page::Page;
use super::{columns, picture};
use crate::brief::level_banner;
use crate::document::{self, Cell, Document, Sentence, Table};
use crate::figure::Figure;

/// A text that rests on more rows than this gives their number and leads to a list of them.
const MOST_ROWS_IN_TEXT: usize = 3;

/// A row of a table goes over to the next page as a whole unless a cell of it has more letters than this.
const SHORT_CELL: usize = 500;

/// A table of so many columns and more rows than columns makes the annex lie across from here on.
const WIDE_TABLE: usize = 6;

/// What the templates are given.
#[derive(Serialize)]
pub(super) struct Body<'d> {
    title: &'d str,
    subtitle: &'d str,
    banners: &'d [String],
    /// The level of markings, in the sentence that stands on every page.
    level: String,
    version: &'d str,
    seed: u64,
    digest: &'d str,
    sections: Vec<Section<'d>>,
    /// Rows that are too many to stand in the text; the lists are numbered from 1.
    lists: Vec<Vec<Reference<'d>>>,
    /// How many bookmarks there are before those of the lists; they are numbered from 1.
    bookmarks: usize,
    /// How many figures there are; they are numbered from 1.
    figures: usize,
    last_page: Page,
}

#[derive(Serialize)]
struct Section<'d> {
    title: &'d str,
    blocks: Vec<Block<'d>>,
    /// The page that ends with this section, where the next one stands on another.
    ends: Option<Page>,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Block<'d> {
    Paragraph(Run<'d>),
    Point(Run<'d>),
    Figure {
        number: usize,
        title: &'d str,
        description: &'d str,
        credit: Option<&'d str>,
        /// In English metric units.
        width: u64,
        height: u64,
    },
    Table {
        number: usize,
        caption: &'d str,
        width: u32,
        columns: Vec<Column<'d>>,
        rows: Vec<Row<'d>>,
    },
}

#[derive(Serialize)]
struct Run<'d> {
    lead: &'d str,
    sentences: Vec<Told<'d>>,
}

/// A text with the rows behind it.
#[derive(Serialize)]
struct Told<'d> {
    text: &'d str,
    rows: Vec<Reference<'d>>,
    /// The list of the rows, where they are too many to stand in the text.
    list: Option<usize>,
}

/// A row and the bookmark that leads to it, where the document has the row.
#[derive(Clone, Serialize)]
struct Reference<'d> {
    id: &'d str,
    bookmark: Option<String>,
}

#[derive(Serialize)]
struct Column<'d> {
    heading: &'d str,
    width: u32,
}

#[derive(Serialize)]
struct Row<'d> {
    cells: Vec<BodyCell<'d>>,
    /// Whether it is not to be split between two pages.
    whole: bool,
}

#[derive(Serialize)]
struct BodyCell<'d> {
    told: Told<'d>,
    bookmark: Option<Bookmark>,
}

/// A place to which links lead.
#[derive(Serialize)]
struct Bookmark {
    number: usize,
    name: String,
}

impl<'d> Body<'d> {
    /// Numbers a document.
    pub(super) fn new(document: &'d Document) -> Self {
        let mut count = Count { anchors: anchors(document), ..Count::default() };
        let pages = pages(&document.sections);
        let mut sections = Vec::with_capacity(pages.len());
        for (index, (section, page)) in document.sections.iter().zip(&pages).enumerate() {
            let next = document.sections.get(index + 1).zip(pages.get(index + 1));
            let ends = next.is_some_and(|(next, on)| next.annex != section.annex || on != page);
            sections.push(Section {
                title: &section.title,
                blocks: section.blocks.iter().flat_map(|block| count.block(block, *page)).collect(),
                ends: ends.then_some(*page),
            });
        }
        Body {
            title: &document.title,
            subtitle: &document.subtitle,
            banners: &document.banners,
            level: level_banner(document.about.level),
            version: &document.about.version,
            seed: document.about.seed,
            digest: &document.about.case_digest,
            sections,
            lists: count.lists,
            bookmarks: count.bookmarks,
            figures: count.figures,
            last_page: pages.last().copied().unwrap_or(Page::UPRIGHT),
        }
    }
}

/// The page of each section: upright, and in the annex across from the first wide and long table on, so that the
/// reader turns the paper once.
fn pages(sections: &[document::Section]) -> Vec<Page> {
    let wide = |block: &document::Block| match block {
        document::Block::Table(table) => table.columns.len() >= WIDE_TABLE && table.rows.len() > table.columns.len(),
        _ => false,
    };
    let turn = sections.iter().position(|section| section.annex && section.blocks.iter().any(wide));
    let turn = turn.unwrap_or(sections.len());
    (0..sections.len()).map(|index| if index < turn { Page::UPRIGHT } else { Page::ACROSS }).collect()
}

/// The anchors of the document in their order, numbered from 1. What stands twice has the number of the first.
fn anchors(document: &Document) -> BTreeMap<&str, usize> {
    let tables = document.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
        document::Block::Table(table) => Some(table),
        _ => None,
    });
    let mut anchors = BTreeMap::new();
    for cell in tables.flat_map(|table| &table.rows).flatten().filter(|cell| !cell.anchor.is_empty()) {
        let next = anchors.len() + 1;
        anchors.entry(cell.anchor.as_str()).or_insert(next);
    }
    anchors
}

/// What has been numbered so far, in the order of the document.
#[derive(Default)]
struct Count<'d> {
    anchors: BTreeMap<&'d str, usize>,
    bookmarks: usize,
    figures: usize,
    tables: usize,
    lists: Vec<Vec<Reference<'d>>>,
}

impl<'d> Count<'d> {
    fn block(&mut self, block: &'d document::Block, page: Page) -> Vec<Block<'d>> {
        match block {
            document::Block::Paragraph { lead, sentences } => vec![Block::Paragraph(self.run(lead, sentences))],
            document::Block::Points { points } => {
                points.iter().map(|point| Block::Point(self.run(&point.lead, &point.sentences))).collect()
            }
            document::Block::Figure(figure) => vec![self.figure(figure)],
            document::Block::Table(table) => vec![self.table(table, page)],
        }
    }

    fn run(&mut self, lead: &'d str, sentences: &'d [Sentence]) -> Run<'d> {
        let sentences = sentences.iter().map(|sentence| self.told(&sentence.text, &sentence.rows)).collect();
        Run { lead, sentences }
    }

    fn figure(&mut self, figure: &'d Figure) -> Block<'d> {
        self.figures += 1;
        let (width, height) = picture::size(figure);
        Block::Figure {
            number: self.figures,
            title: &figure.title,
            description: &figure.description,
            credit: figure.credit.as_deref(),
            width,
            height,
        }
    }

    fn table(&mut self, table: &'d Table, page: Page) -> Block<'d> {
        self.tables += 1;
        let cells = table.rows.iter().map(Vec::len).chain([table.columns.len()]).max().unwrap_or_default();
        let widths = columns::widths(table, cells, page.text_width());
        let headings = table.columns.iter().map(String::as_str).chain(std::iter::repeat(""));
        let columns = headings.zip(widths).map(|(heading, width)| Column { heading, width }).collect();
        let rows = table.rows.iter().map(|row| self.row(row, cells)).collect();
        Block::Table { number: self.tables, caption: &table.caption, width: page.text_width(), columns, rows }
    }

    /// A row of a table, filled up with empty cells.
    fn row(&mut self, row: &'d [Cell], cells: usize) -> Row<'d> {
        let whole = row.iter().all(|cell| cell.text.chars().count() <= SHORT_CELL);
        let mut told: Vec<BodyCell<'_>> = row.iter().map(|cell| self.cell(cell)).collect();
        told.resize_with(cells, || BodyCell { told: Told { text: "", rows: Vec::new(), list: None }, bookmark: None });
        Row { cells: told, whole }
    }

    fn cell(&mut self, cell: &'d Cell) -> BodyCell<'d> {
        // Only the first cell with an anchor is the place to which links lead.
        let number = self.anchors.get(cell.anchor.as_str()).copied().filter(|number| *number > self.bookmarks);
        self.bookmarks = number.unwrap_or(self.bookmarks);
        let bookmark = number.map(|number| Bookmark { number, name: bookmark(number) });
        BodyCell { told: self.told(&cell.text, &cell.rows), bookmark }
    }

    fn told(&mut self, text: &'d str, rows: &'d [String]) -> Told<'d> {
        let reference = |id: &'d String| Reference {
            id,
            bookmark: self.anchors.get(format!("row-{id}").as_str()).copied().map(bookmark),
        };
        let rows: Vec<Reference<'_>> = rows.iter().map(reference).collect();
        let list = (rows.len() > MOST_ROWS_IN_TEXT).then(|| {
            self.lists.push(rows.clone());
            self.lists.len()
        });
        Told { text, rows, list }
    }
}

/// The name of a bookmark: a number, because an id of a row may hold what a name in Word may not.
fn bookmark(number: usize) -> String {
    format!("row_{number}")
}
