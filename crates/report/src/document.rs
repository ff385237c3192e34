//! One document for every form of output: sections of sentences, figures and tables, each sentence with the rows behind it.

use schemars::JsonSchema;
use serde::Serialize;

use detente_analysis::about::{About, At};

use crate::figure::Figure;

/// A document that can be rendered as text, Markdown, HTML, JSON or for Word.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Document {
    /// Title.
    pub title: String,
    /// One line below the title.
    pub subtitle: String,
    /// The moment of the document.
    #[serde(flatten)]
    pub moment: At,
    /// Lines that must be seen first: level of markings, staleness, what is not known.
    pub banners: Vec<String>,
    /// The sections in order.
    pub sections: Vec<Section>,
    /// Where the results come from.
    pub about: About,
}

/// A part of a document.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Section {
    /// Anchor.
    pub id: String,
    /// Heading.
    pub title: String,
    /// Whether it belongs to the annex.
    pub annex: bool,
    /// Its content.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Block {
    /// Sentences that run on.
    Paragraph {
        /// A few words that lead in, set in bold; may be empty.
        lead: String,
        /// The sentences.
        sentences: Vec<Sentence>,
    },
    /// A list of points.
    Points {
        /// The points.
        points: Vec<Point>,
    },
    /// A figure with its data.
    Figure(Box<Figure>),
    /// A table.
    Table(Table),
}

/// One point of a list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Point {
    /// A few words that lead in, set in bold; may be empty.
    pub lead: String,
    /// The sentences.
    pub sentences: Vec<Sentence>,
}

/// A sentence and the rows that it rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Sentence {
    /// The words.
    pub text: String,
    /// Ids of the rows behind it.
    pub rows: Vec<String>,
    /// Whether it counts or compares over all rows of the record, so that any row may change it.
    pub counts: bool,
}

impl Sentence {
    /// A sentence that rests on no row: an explanation.
    pub fn plain(text: impl Into<String>) -> Self {
        Sentence { text: text.into(), rows: Vec::new(), counts: false }
    }

    /// A sentence that rests on rows.
    pub fn with_rows(text: impl Into<String>, rows: impl IntoIterator<Item = String>) -> Self {
        let mut rows: Vec<String> = rows.into_iter().collect();
        rows.sort_by(|a, b| detente_case::natural_order(a, b));
        rows.dedup();
        Sentence { text: text.into(), rows, counts: false }
    }

    /// A sentence that counts over the whole record.
    pub fn counted(text: impl Into<String>) -> Self {
        Sentence { text: text.into(), rows: Vec::new(), counts: true }
    }

    /// The same sentence, marked as one that compares over the whole record.
    #[must_use]
    pub fn over_all(mut self) -> Self {
        self.counts = true;
        self
    }
}

/// A table of texts.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// Column headings.
    pub columns: Vec<String>,
    /// Rows of cells.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell: text, and the rows that it rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// Ids of the rows behind it.
    pub rows: Vec<String>,
    /// An anchor that leads here, for the table of rows; may be empty.
    pub anchor: String,
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Cell { text, ..Cell::default() }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl Cell {
    /// A cell with the rows behind it.
    pub fn with_rows(text: impl Into<String>, rows: Vec<String>) -> Self {
        Cell { text: text.into(), rows, anchor: String::new() }
    }
}

impl Document {
    /// All sentences of the document, in order.
    pub fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        self.sections.iter().flat_map(Section::sentences)
    }

    /// The figures of the document, in order.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
            Block::Figure(figure) => Some(figure.as_ref()),
            _ => None,
        })
    }
}

impl Section {
    /// All sentences of the section, in order.
    pub fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        self.blocks.iter().flat_map(|block| match block {
            Block::Paragraph { sentences, .. } => sentences.iter().collect::<Vec<_>>(),
            Block::Points { points } => points.iter().flat_map(|point| &point.sentences).collect(),
            Block::Figure(_) | Block::Table(_) => Vec::new(),
        })
    }
}

/// A paragraph without a lead.
#[must_use]
pub fn paragraph(sentences: Vec<Sentence>) -> Block {
    Block::Paragraph { lead: String::new(), sentences }
}
