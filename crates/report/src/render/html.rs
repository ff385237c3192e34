//! The document as one self-contained HTML page: no script, no request, readable on screen and on paper.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, context};

use crate::brief::level_banner;
use crate::document::Document;

const TEMPLATE: &str = include_str!("brief.html.jinja");
const STYLE: &str = include_str!("brief.css");

/// The document as HTML.
///
/// # Errors
/// If the template and the document do not fit each other, which the tests rule out.
pub fn html(document: &Document) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.add_template("brief", TEMPLATE)?;
    let level = level_banner(document.about.level);
    environment.get_template("brief")?.render(context! { document => Serde(document), style => STYLE, level })
}
