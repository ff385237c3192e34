//! Figures, drawn once as SVG and shared by every renderer.
//!
//! Each figure type is one file with a plain input and a `draw` function. A [`Figure`] is complete in itself: title and
//! description for readers who do not see it, a label on every mark, patterns besides colour, and the table of the data
//! that it shows. Nothing is loaded from outside, and every id begins with the figure's own, so that several figures can
//! stand in one page.

mod callout;
mod canvas;
#[cfg(test)]
mod labels;
mod movers;
mod place;
mod scripts;
mod style;
mod svg;
mod text;
mod time;

pub mod blocks;
pub mod cloud;
pub mod common;
pub mod coverage;
pub mod forecast;
pub mod gap;
pub mod heat;
pub mod ladder;
pub mod matrix;
pub mod network;
pub mod now;
pub mod outcomes;
pub mod paths;
pub mod quarters;
pub mod series;
mod square;
pub mod statements;
pub mod states;
pub mod steps;
pub mod tally;
pub mod thresholds;
pub mod timeline;
pub mod tornado;

use std::fmt;

use resvg::{tiny_skia, usvg};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use canvas::{CREDIT, HEADING, Type, paragraph};
use svg::Element;
pub(crate) use svg::escape as xml_text;
pub use time::day_name;

/// What every figure is given besides its data.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Caption {
    /// The name of the figure in its page: the beginning of every id inside it.
    pub id: String,
    /// What the figure shows, in one line.
    pub title: String,
    /// Whom to credit for the data, where a licence asks for it.
    pub credit: Option<String>,
}

/// A drawn figure with the table of its data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Figure {
    /// The name of the figure in its page; every id inside the drawing begins with it.
    pub id: String,
    /// What the figure shows, in one line.
    pub title: String,
    /// The figure in words.
    pub description: String,
    /// The width of the drawing in its own units.
    pub width: f64,
    /// The height of the drawing in its own units.
    pub height: f64,
    /// The drawing, without the title: the page prints it.
    pub svg: String,
    /// The data shown, to be printed under the figure.
    pub table: DataTable,
    /// Whom to credit for the data, where a licence asks for it.
    pub credit: Option<String>,
}

/// The data of a figure as a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DataTable {
    /// The headings.
    pub columns: Vec<String>,
    /// The rows, each as long as the headings.
    pub rows: Vec<Vec<String>>,
}

impl DataTable {
    fn new<const N: usize>(columns: [&str; N]) -> Self {
        Self { columns: columns.map(str::to_owned).to_vec(), rows: Vec::new() }
    }

    fn push<const N: usize>(&mut self, row: [&str; N]) {
        self.rows.push(row.map(str::to_owned).to_vec());
    }
}

impl Figure {
    /// The drawing as a file of its own, with the title above and the credit below.
    pub fn standalone(&self) -> String {
        const MARGIN: f64 = 20.0;
        let room = self.width;
        let heading = Type { size: 16.0, ..HEADING };
        let (title, title_height) = paragraph(MARGIN, MARGIN + heading.size, &self.title, room, 3, heading);
        let top = MARGIN + title_height + 12.0;
        let bottom = top + self.height + 8.0;
        let credit = self.credit.as_deref().unwrap_or_default();
        let (credit, credit_height) = paragraph(MARGIN, bottom + CREDIT.size, credit, room, 4, CREDIT);
        let (width, height) = (self.width + 2.0 * MARGIN, bottom + credit_height + MARGIN);

        let mut frame = String::new();
        Element::new("svg")
            .set("xmlns", "http://www.w3.org/2000/svg")
            .set("viewBox", format!("0 0 {} {}", svg::number(width), svg::number(height)))
            .set("width", width)
            .set("height", height)
            .set("font-family", text::FAMILY)
            .child(svg::rect(0.0, 0.0, width, height).set("fill", style::PAPER))
            .child(title)
            .child(credit)
            .write(&mut frame);
        let inner = self.svg.replacen("<svg ", &format!("<svg x=\"{MARGIN}\" y=\"{}\" ", svg::number(top)), 1);
        frame.truncate(frame.len() - "</svg>".len());
        frame + &inner + "</svg>"
    }
}

/// Why a drawing could not be turned into pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FigureError {
    /// The drawing is not SVG that can be read.
    Parse(String),
    /// The image would have no pixels or too many.
    Size,
    /// The image could not be written as PNG.
    Encode(String),
}

impl fmt::Display for FigureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parse(reason) => write!(f, "the drawing cannot be read: {reason}"),
            Self::Size => f.write_str("the image would have no pixels or too many"),
            Self::Encode(reason) => write!(f, "the image cannot be written: {reason}"),
        }
    }
}

impl std::error::Error for FigureError {}

/// The most pixels an image may have.
const MOST_PIXELS: f32 = 1e8;

/// The drawing as a PNG image on white paper, `scale` pixels to a unit. Only the embedded fonts are used, so that the
/// pixels are the same everywhere; those of further scripts where a name needs them.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, FigureError> {
    let svg = text::embedded(svg);
    let options =
        usvg::Options { fontdb: scripts::fonts(&svg), font_family: "Noto Sans".to_owned(), ..Default::default() };
    let tree = usvg::Tree::from_str(&svg, &options).map_err(|error| FigureError::Parse(error.to_string()))?;
    let (width, height) = ((tree.size().width() * scale).ceil(), (tree.size().height() * scale).ceil());
    // Written so that what is not a number fails too.
    if !(width >= 1.0 && height >= 1.0 && width * height <= MOST_PIXELS) {
        return Err(FigureError::Size);
    }
    let mut image = tiny_skia::Pixmap::new(width as u32, height as u32).ok_or(FigureError::Size)?;
    image.fill(tiny_skia::Color::WHITE);
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut image.as_mut());
    encode(&image).map_err(|error| FigureError::Encode(error.to_string()))
}

/// An image in which nothing is transparent as PNG. Drawings are large plain areas: without a filter they become smaller,
/// and a middle level of compression is nearly as good as the highest.
fn encode(image: &tiny_skia::Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let colours: Vec<u8> = image.pixels().iter().flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, image.width(), image.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_deflate_compression(png::DeflateCompression::Level(4));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&colours)?;
    writer.finish()?;
    Ok(bytes)
}

/// "1 round", "2 rounds".
fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

/// The order in which members of one group stand together: groups by their first member, members as given.
fn grouped<'a>(groups: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let mut firsts: Vec<&str> = Vec::new();
    let mut order: Vec<(usize, usize)> = groups
        .enumerate()
        .map(|(index, group)| {
            let rank = firsts.iter().position(|known| *known == group).unwrap_or(firsts.len());
            if rank == firsts.len() {
                firsts.push(group);
            }
            (rank, index)
        })
        .collect();
    order.sort_unstable();
    order.into_iter().map(|(_, index)| index).collect()
}

/// The non-empty parts, joined.
fn join(parts: &[&str], separator: &str) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    parts.join(separator)
}

/// What must hold for every figure, whatever its input.
#[cfg(test)]
pub(crate) fn examine(figure: &Figure) {
    svg::check(&figure.svg).unwrap();
    svg::check(&figure.standalone()).unwrap();
    assert!(figure.svg.contains("role=\"img\"") && figure.svg.contains("aria-labelledby="));
    assert!(figure.width > 0.0 && figure.height > 0.0);
    assert!(!figure.description.is_empty());
    assert!(figure.table.rows.iter().all(|row| row.len() == figure.table.columns.len()));
    for part in figure.svg.split(" id=\"").skip(1) {
        assert!(part.starts_with(&svg::identifier(&figure.id)), "{}", &part[..20]);
    }
    for part in figure.svg.split("font-size=\"").skip(1) {
        let size: f64 = part.split('"').next().unwrap().parse().unwrap();
        assert!(size >= 11.0, "font size {size}");
    }
    for part in figure.svg.split("class=\"mark\">").skip(1) {
        assert!(part.starts_with("<title>"), "a mark without a label: {}", &part[..40]);
    }
    let image = png(&figure.svg, 0.2).unwrap();
    assert_eq!(&image[1..4], b"PNG");
}

#[cfg(test)]
pub(crate) use labels::examine_labels;

/// Markup, quotation marks, control characters, direction overrides, Cyrillic and a word without spaces.
#[cfg(test)]
const HOSTILE: &str = "</text><script>alert(\"1\")</script> & ' \u{0} \u{202e} Виведення військ з усієї території країни ]]> \
                       aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="10" height="10"><rect width="10" height="10" fill="#000"/></svg>"##;

    #[test]
    fn pixels_are_deterministic() {
        assert_eq!(png(SQUARE, 2.0), png(SQUARE, 2.0));
    }

    #[test]
    fn groups_stand_together() {
        assert_eq!(grouped(["b", "a", "b", "c", "a"].into_iter()), [0, 2, 1, 4, 3]);
    }

    #[test]
    fn what_cannot_be_drawn_is_an_error() {
        assert!(matches!(png("<svg", 1.0), Err(FigureError::Parse(_))));
        for scale in [0.0, -1.0, f32::NAN, f32::INFINITY, 1e9] {
            assert_eq!(png(SQUARE, scale), Err(FigureError::Size), "{scale}");
        }
    }
}
