//! The texts that the cells of a workbook share.

use crate::fault::Fault;
use crate::limits;
use crate::package::Package;
use crate::xml::{Node, unescape};

/// The shared texts, one after another in one piece of memory.
#[derive(Default)]
pub(crate) struct Strings {
    text: String,
    /// Where each text ends.
    ends: Vec<u32>,
}

impl Strings {
    /// Reads the part that holds them. Rich text is read without its formats, and readings beside characters are left out.
    pub(crate) fn read(package: &mut Package<'_>, part: &str) -> Result<Self, Fault> {
        let mut strings = Strings::default();
        let Some(mut xml) = package.xml(part)? else { return Ok(strings) };
        let (mut in_text, mut in_reading) = (false, false);
        let mut piece = String::new();
        loop {
            match xml.next()? {
                Node::Open(tag) => match tag.name() {
                    "t" => in_text = true,
                    "rPh" => in_reading = true,
                    _ => {}
                },
                Node::Text(text) if in_text && !in_reading => piece.push_str(&text),
                Node::Text(_) => {}
                Node::Close(tag) => match tag.name() {
                    "t" => {
                        in_text = false;
                        strings.text.push_str(&unescape(&piece));
                        piece.clear();
                    }
                    "rPh" => in_reading = false,
                    "si" => strings.end()?,
                    _ => {}
                },
                Node::End => return Ok(strings),
            }
        }
    }

    fn end(&mut self) -> Result<(), Fault> {
        let end = u32::try_from(self.text.len()).ok().filter(|end| *end as usize <= limits::TEXT);
        match end {
            Some(end) if self.ends.len() < limits::STRINGS => self.ends.push(end),
            _ => return Err(Fault::large("this workbook has too much text")),
        }
        Ok(())
    }

    /// Number of texts.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A text by its number.
    pub(crate) fn get(&self, number: usize) -> Option<&str> {
        let end = *self.ends.get(number)? as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        self.text.get(start..end)
    }
}
