//! XML as a tree of elements with the lines on which they begin. Definitions of types and entities are refused, so nothing can grow.

use std::borrow::Cow;

use detente_case::{Code, Diagnostic};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::limits;

/// An element.
#[derive(Debug)]
pub(super) struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Element>,
    pub line: u64,
}

impl Element {
    /// An attribute, without spaces around it.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim())
    }

    /// The children of a name.
    pub fn children<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// All elements of a name within this one, in the order of the file, those within `objective` and the like too.
    pub fn all<'e>(&'e self, name: &str) -> Vec<&'e Element> {
        let mut found = Vec::new();
        let mut rest = vec![self];
        while let Some(element) = rest.pop() {
            found.extend((element.name == name).then_some(element));
            rest.extend(element.children.iter().rev());
        }
        found
    }
}

/// Reads a file to its root element.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Element, Diagnostic> {
    if bytes.len() > limits::BYTES {
        let message = format!("this file has {} MB; at most {} MB are read", bytes.len() >> 20, limits::BYTES >> 20);
        return Err(Diagnostic::new(Code::TooLarge, file, message));
    }
    let text = decode(file, bytes)?;
    Tree::new(file, &text).read()
}

/// The text: UTF-8, or Latin-1 where the file declares it.
fn decode<'b>(file: &str, bytes: &'b [u8]) -> Result<Cow<'b, str>, Diagnostic> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = str::from_utf8(bytes) {
        return Ok(text.into());
    }
    let declaration = String::from_utf8_lossy(bytes.get(..200).unwrap_or(bytes)).to_lowercase();
    let declaration = declaration.split("?>").next().unwrap_or_default();
    if ["iso-8859-1", "windows-1252", "latin1"].iter().any(|name| declaration.contains(name)) {
        return Ok(encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0);
    }
    let message = "this file is not UTF-8 text, and it declares no other encoding that this program reads";
    Err(Diagnostic::new(Code::NotUtf8, file, message).hint("save it as UTF-8"))
}

/// A file that is being read.
struct Tree<'t> {
    file: &'t str,
    text: &'t str,
    /// How far lines have been counted, and the line there.
    counted: usize,
    line: u64,
    elements: usize,
}

impl<'t> Tree<'t> {
    fn new(file: &'t str, text: &'t str) -> Self {
        Tree { file, text, counted: 0, line: 1, elements: 0 }
    }

    fn fault(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Code::NotXml, self.file, message).at(self.line, None)
    }

    fn count_lines(&mut self, to: u64) {
        let to = usize::try_from(to).unwrap_or(usize::MAX).clamp(self.counted, self.text.len());
        let bytes = self.text.as_bytes().get(self.counted..to).unwrap_or_default();
        self.line += bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.counted = to;
    }

    fn read(mut self) -> Result<Element, Diagnostic> {
        let mut reader = Reader::from_str(self.text);
        reader.config_mut().check_end_names = true;
        let mut open: Vec<Element> = Vec::new();
        let mut root: Option<Element> = None;
        loop {
            self.count_lines(reader.buffer_position());
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(error) => {
                    self.count_lines(reader.error_position());
                    return Err(self.fault(format!("this is not XML that can be read ({error})")));
                }
            };
            let (closed, element) = match event {
                Event::Start(tag) => (false, Some(self.element(&tag)?)),
                Event::Empty(tag) => (true, Some(self.element(&tag)?)),
                Event::End(_) => (true, None),
                Event::DocType(_) => {
                    let message = "this file defines types or entities of its own, which no domain needs";
                    return Err(self.fault(message).hint("take out the line that begins with `<!DOCTYPE`"));
                }
                Event::Eof => break,
                Event::Text(_)
                | Event::CData(_)
                | Event::GeneralRef(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_) => (false, None),
            };
            if let Some(element) = element {
                if root.is_some() {
                    return Err(self.fault("there is a second element at the outermost level"));
                }
                open.push(element);
                if open.len() > limits::DEPTH {
                    let message = format!("more than {} elements stand within each other", limits::DEPTH);
                    return Err(self.fault(message));
                }
            }
            if closed && let Some(element) = open.pop() {
                match open.last_mut() {
                    Some(parent) => parent.children.push(element),
                    None => root = Some(element),
                }
            }
        }
        if let Some(element) = open.last() {
            return Err(self.fault(format!("this file is cut off: `{}` is never closed", element.name)));
        }
        root.ok_or_else(|| {
            self.fault("this file holds no XML element").hint("a GENIUS domain or profile begins with `<`")
        })
    }

    fn element(&mut self, tag: &BytesStart<'_>) -> Result<Element, Diagnostic> {
        self.elements += 1;
        if self.elements > limits::ELEMENTS {
            return Err(self.fault(format!("more than {} elements", limits::ELEMENTS)));
        }
        let name = tag.local_name().into_inner().to_owned();
        let mut attributes: Vec<(String, String)> = Vec::new();
        for attribute in tag.attributes() {
            let attribute =
                attribute.map_err(|error| self.fault(format!("an attribute of `{name}` cannot be read ({error})")))?;
            if attributes.len() == limits::ATTRIBUTES {
                return Err(self.fault(format!("`{name}` has more than {} attributes", limits::ATTRIBUTES)));
            }
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value =
                value.map_err(|error| self.fault(format!("an attribute of `{name}` cannot be read ({error})")))?;
            if value.contains('\0') {
                let message = format!("an attribute of `{name}` holds a NUL character; a text has none");
                return Err(Diagnostic::new(Code::NulByte, self.file, message).at(self.line, None));
            }
            attributes.push((attribute.key.local_name().into_inner().to_owned(), value.into_owned()));
        }
        Ok(Element { name, attributes, children: Vec::new(), line: self.line })
    }
}
