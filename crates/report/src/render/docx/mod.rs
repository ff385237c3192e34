//! The document as a file for Word: named styles to restyle, real headings, lists, captions and page numbers.
//!
//! [`body`] numbers what has to be numbered, the templates under `parts/` say it in the words of the format, and
//! [`package`] puts the parts and the pictures into one archive. Nothing in it tells who wrote the file, or when.

mod body;
mod columns;
mod package;
mod page;
mod picture;

use std::fmt;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};
use zip::result::ZipError;

use crate::document::Document;
use crate::figure::{FigureError, xml_text};
use body::Body;

/// Parts that are the same in every file.
const FIXED: [(&str, &str); 6] = [
    ("[Content_Types].xml", include_str!("parts/content_types.xml")),
    ("_rels/.rels", include_str!("parts/package_rels.xml")),
    ("word/styles.xml", include_str!("parts/styles.xml")),
    ("word/numbering.xml", include_str!("parts/numbering.xml")),
    ("word/settings.xml", include_str!("parts/settings.xml")),
    ("word/fontTable.xml", include_str!("parts/font_table.xml")),
];

/// Parts that tell of the document.
const WRITTEN: [(&str, &str); 5] = [
    ("docProps/core.xml", include_str!("parts/core.xml.jinja")),
    ("word/_rels/document.xml.rels", include_str!("parts/document_rels.xml.jinja")),
    ("word/header.xml", include_str!("parts/header.xml.jinja")),
    ("word/footer.xml", include_str!("parts/footer.xml.jinja")),
    ("word/document.xml", include_str!("parts/document.xml.jinja")),
];

/// What the written parts share.
const MACROS: &str = include_str!("parts/macros.xml.jinja");

/// Why a document could not be written for Word.
#[derive(Debug)]
pub enum DocxError {
    /// A figure cannot be turned into a picture.
    Figure {
        /// The name of the figure.
        id: String,
        /// Why not.
        reason: FigureError,
    },
    /// A template and the document do not fit each other, which the tests rule out.
    Template(minijinja::Error),
    /// The parts cannot be put into one archive: there is too much of them.
    Package(ZipError),
}

impl fmt::Display for DocxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Figure { id, reason } => write!(f, "figure `{id}`: {reason}"),
            Self::Template(error) => write!(f, "{error}"),
            Self::Package(error) => write!(f, "the parts cannot be put into one file: {error}"),
        }
    }
}

impl std::error::Error for DocxError {}

impl From<minijinja::Error> for DocxError {
    fn from(error: minijinja::Error) -> Self {
        Self::Template(error)
    }
}

/// The document as the bytes of a `.docx` file; the same document gives the same bytes.
///
/// Figures become pictures with their description as alternative text; their data tables are left out, as in print.
///
/// Cost: that of drawing every figure at print resolution, on as many threads as there are.
///
/// # Errors
/// If a figure is no drawing that can be read.
pub fn docx(document: &Document) -> Result<Vec<u8>, DocxError> {
    let (pictures, parts) = rayon::join(|| picture::pictures(document), || parts(document));
    package::write(&parts?, &pictures?).map_err(DocxError::Package)
}

/// The names of the parts and their texts, without the pictures.
fn parts(document: &Document) -> Result<Vec<(&'static str, String)>, minijinja::Error> {
    let body = Body::new(document);
    let environment = environment()?;
    let mut parts = FIXED.map(|(name, text)| (name, text.to_owned())).to_vec();
    for (name, _) in WRITTEN {
        parts.push((name, environment.get_template(name)?.render(context! { body => Serde(&body) })?));
    }
    Ok(parts)
}

/// The templates. Text goes in as what it is: markup is escaped, and what XML cannot hold is replaced.
fn environment() -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    environment.set_formatter(|out, _, value| {
        match value.as_str().filter(|_| !value.is_safe()) {
            Some(text) => out.write_str(&xml_text(text))?,
            None => write!(out, "{value}")?,
        }
        Ok(())
    });
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.add_template("macros", MACROS)?;
    for (name, text) in WRITTEN {
        environment.add_template(name, text)?;
    }
    Ok(environment)
}
