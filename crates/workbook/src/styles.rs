//! Which cells of a workbook show dates: the formats of numbers.

use std::collections::BTreeMap;

use crate::dates::Shape;
use crate::fault::Fault;
use crate::limits;
use crate::package::Package;
use crate::xml::Node;

/// What the formats of cells make of a number.
#[derive(Default)]
pub(crate) struct Styles {
    shapes: Vec<Shape>,
    from_1904: bool,
}

impl Styles {
    /// Reads the part that holds the formats.
    pub(crate) fn read(package: &mut Package<'_>, part: &str, from_1904: bool) -> Result<Self, Fault> {
        let mut styles = Styles { shapes: Vec::new(), from_1904 };
        let Some(mut xml) = package.xml(part)? else { return Ok(styles) };
        let mut own: BTreeMap<u32, Shape> = BTreeMap::new();
        let mut in_cells = false;
        loop {
            match xml.next()? {
                Node::Open(tag) => {
                    let number = |name: &str| tag.attribute(name).and_then(|text| text.parse::<u32>().ok());
                    match tag.name() {
                        "numFmt" => {
                            let code = tag.attribute("formatCode").unwrap_or_default();
                            own.insert(number("numFmtId").unwrap_or_default(), Shape::of_code(&code));
                        }
                        "cellXfs" => in_cells = true,
                        "xf" if in_cells => {
                            let id = number("numFmtId").unwrap_or_default();
                            let shape = own.get(&id).copied().unwrap_or_else(|| Shape::of_builtin(id));
                            styles.shapes.push(shape);
                        }
                        _ => {}
                    }
                    if own.len().max(styles.shapes.len()) > limits::FORMATS {
                        return Err(Fault::large("this workbook has too many formats of cells"));
                    }
                }
                Node::Close(tag) if tag.name() == "cellXfs" => in_cells = false,
                Node::Close(_) | Node::Text(_) => {}
                Node::End => return Ok(styles),
            }
        }
    }

    /// A number as a cell of a format shows it.
    pub(crate) fn show(&self, number: f64, format: usize) -> String {
        self.shapes.get(format).copied().unwrap_or_default().show(number, self.from_1904)
    }
}
