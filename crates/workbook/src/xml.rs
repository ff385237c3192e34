//! XML as a stream of tags and texts. Definitions of types and entities are refused, so nothing can grow.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::BufRead;
use std::rc::Rc;

use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::fault::Fault;
use crate::limits;

/// A tag or a text.
pub(crate) enum Node<'x> {
    Open(Tag<'x>),
    Close(EndTag<'x>),
    Text(Cow<'x, str>),
    /// The part ends.
    End,
}

/// A tag that opens an element.
pub(crate) struct Tag<'x>(BytesStart<'x>);

impl Tag<'_> {
    /// Name without its prefix.
    pub(crate) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// An attribute by its name without prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let attributes = attributes.with_checks(false);
        let found = attributes.flatten().find(|attribute| attribute.key.local_name().into_inner() == name)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }
}

/// A tag that closes an element.
pub(crate) struct EndTag<'x>(BytesEnd<'x>);

impl EndTag<'_> {
    /// Name without its prefix.
    pub(crate) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }
}

/// A part that is XML.
pub(crate) struct Xml<R> {
    reader: Reader<R>,
    name: String,
    buffer: Vec<u8>,
    depth: usize,
    piece: Rc<Cell<usize>>,
}

impl<R: BufRead> Xml<R> {
    /// `piece` counts the bytes since the last tag or text was complete.
    pub(crate) fn new(source: R, name: &str, piece: Rc<Cell<usize>>) -> Self {
        let mut reader = Reader::from_reader(source);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = true;
        Xml { reader, name: name.to_owned(), buffer: Vec::new(), depth: 0, piece }
    }

    /// The next tag or text.
    pub(crate) fn next(&mut self) -> Result<Node<'_>, Fault> {
        self.buffer.clear();
        self.piece.set(0);
        let event = self.reader.read_event_into(&mut self.buffer).map_err(|error| broken(&self.name, &error))?;
        Ok(match event {
            Event::Start(tag) | Event::Empty(tag) => {
                self.depth += 1;
                if self.depth > limits::DEPTH {
                    let name = &self.name;
                    return Err(Fault::hostile(format!(
                        "more than {} elements stand within each other in `{name}`",
                        limits::DEPTH
                    )));
                }
                Node::Open(Tag(tag))
            }
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                Node::Close(EndTag(tag))
            }
            Event::Text(text) => Node::Text(text.xml10_content()),
            Event::CData(text) => Node::Text(text.xml10_content()),
            Event::GeneralRef(reference) => Node::Text(character(&self.name, &reference)?.into()),
            Event::DocType(_) => {
                let message = format!(
                    "`{}` defines types or entities of its own, which no spreadsheet program writes",
                    self.name
                );
                return Err(Fault::hostile(message));
            }
            Event::Eof if self.depth > 0 => {
                return Err(Fault::damaged(format!("`{}` in this workbook is cut off", self.name)));
            }
            Event::Eof => Node::End,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => Node::Text("".into()),
        })
    }
}

fn broken(name: &str, error: &quick_xml::Error) -> Fault {
    if let quick_xml::Error::Io(io) = error
        && let Some(fault) = io.get_ref().and_then(|inner| inner.downcast_ref::<Fault>())
    {
        return fault.clone();
    }
    Fault::damaged(format!("`{name}` in this workbook cannot be read ({error})"))
}

/// The character of `&amp;`, `&#10;` and the like.
fn character(part: &str, reference: &quick_xml::events::BytesRef<'_>) -> Result<String, Fault> {
    if let Some(text) = quick_xml::escape::resolve_xml_entity(reference) {
        return Ok(text.to_owned());
    }
    match reference.resolve_char_ref() {
        Ok(Some(character)) => Ok(character.to_string()),
        _ => Err(Fault::damaged(format!(
            "`{part}` in this workbook names an entity that does not exist: &{};",
            &**reference
        ))),
    }
}

/// Takes off the escapes by which workbooks write characters that XML cannot hold: `_x000D_`. `_x005F_` stands for `_`.
pub(crate) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return text.into();
    }
    let unit = |text: &str| -> Option<u16> {
        let digits = text.strip_prefix("_x")?.get(..4)?;
        let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit()) && text.as_bytes().get(6) == Some(&b'_');
        hex.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
    };
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let mut units = Vec::new();
        while let Some(unit) = unit(rest) {
            units.push(unit);
            rest = &rest[7..];
        }
        if units.is_empty() {
            out.push('_');
            rest = &rest[1..];
        }
        out.extend(char::decode_utf16(units).map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER)));
    }
    out.push_str(rest);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::unescape;

    #[test]
    fn characters_that_xml_cannot_hold_come_back() {
        for (written, meant) in [
            ("a_x000D_\nb", "a\r\nb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDE00_", "😀"),
            ("_xD83D_x", "\u{fffd}x"),
            ("x_y _x12 _x12345_", "x_y _x12 _x12345_"),
            ("_x_x0041_", "_xA"),
        ] {
            assert_eq!(unescape(written), meant, "{written}");
        }
    }
}
