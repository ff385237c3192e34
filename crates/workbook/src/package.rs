//! The parts of a workbook in their package (ZIP), opened within limits.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{self, BufReader, Cursor, Read};
use std::rc::Rc;

use detente_case::Code;
use zip::read::ZipFile;
use zip::result::ZipError;

use crate::fault::Fault;
use crate::limits;
use crate::xml::Xml;

/// The parts of a workbook.
pub(crate) struct Package<'b> {
    archive: zip::ZipArchive<Cursor<&'b [u8]>>,
    /// Place of each part by its name in small letters, with `/` between folders.
    places: BTreeMap<String, usize>,
    /// Bytes unpacked so far.
    unpacked: Rc<Cell<u64>>,
}

impl<'b> Package<'b> {
    /// Opens a package and looks at its table of contents; nothing is unpacked.
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Self, Fault> {
        refuse_other_formats(bytes)?;
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| Fault::damaged(format!("this workbook is damaged or cut off ({error})")))?;
        if archive.len() > limits::PARTS {
            return Err(Fault::large(format!(
                "this workbook has {} parts; at most {} are read",
                archive.len(),
                limits::PARTS
            )));
        }
        let mut places = BTreeMap::new();
        let mut twice = archive.has_duplicate_names();
        for place in 0..archive.len() {
            let name = match archive.name_for_index(place) {
                Some(Ok(name)) => normal(&name),
                _ => return Err(Fault::hostile("the name of a part of this workbook is not text")),
            };
            if name.split('/').any(|folder| folder == "..") {
                return Err(Fault::hostile(format!("a part of this workbook, `{name}`, leads out of it")));
            }
            twice |= places.insert(name, place).is_some();
        }
        if twice {
            return Err(Fault::hostile("two parts of this workbook have the same name"));
        }
        if archive.has_overlapping_entries().map_err(unreadable)? {
            return Err(Fault::hostile("two parts of this workbook lie in the same bytes"));
        }
        Ok(Package { archive, places, unpacked: Rc::default() })
    }

    /// Whether there is a part of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.places.contains_key(&normal(name))
    }

    /// Opens a part; none if there is no part of this name.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Part<'_, 'b>>, Fault> {
        let Some(place) = self.places.get(&normal(name)) else { return Ok(None) };
        let file = self.archive.by_index(*place).map_err(unreadable)?;
        let packed = file.compressed_size();
        Ok(Some(Part { file, packed, read: 0, unpacked: self.unpacked.clone(), piece: Rc::default() }))
    }

    /// Opens a part that is XML; none if there is no part of this name.
    pub(crate) fn xml(&mut self, name: &str) -> Result<Option<Xml<BufReader<Part<'_, 'b>>>>, Fault> {
        let Some(part) = self.part(name)? else { return Ok(None) };
        let piece = part.piece.clone();
        Ok(Some(Xml::new(BufReader::with_capacity(1 << 16, part), name, piece)))
    }
}

/// A name in small letters, with `/` between folders and none before the first.
fn normal(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

fn unreadable(error: ZipError) -> Fault {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            Fault::new(Code::LockedWorkbook, "this workbook is encrypted")
        }
        error => Fault::damaged(format!("this workbook is damaged or cut off ({error})")),
    }
}

/// Says what a file is that is not a package.
fn refuse_other_formats(bytes: &[u8]) -> Result<(), Fault> {
    let not = |message: &str| Err(Fault::new(Code::NotAWorkbook, message));
    if bytes.is_empty() {
        return not("this file is empty");
    }
    // The signature of Microsoft's compound files: old workbooks, and new ones that are encrypted.
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        if bytes.windows(encrypted.len()).any(|window| window == encrypted) {
            return Err(Fault::new(Code::LockedWorkbook, "this workbook is encrypted; it opens with a password only"));
        }
        return not("this is a workbook in the old format (.xls), which is not read");
    }
    if bytes.starts_with(b"PK") {
        return Ok(());
    }
    let start = &bytes[..bytes.len().min(4096)];
    let text = start.iter().all(|byte| *byte >= 0x20 || matches!(byte, b'\t' | b'\r' | b'\n'));
    if text {
        return not("this is a text, not a workbook; a table in a text file has a name that ends in .csv");
    }
    not("this is not a workbook (.xlsx)")
}

/// A part while it is unpacked. Reading stops with a [`Fault`] at the limits, whatever sizes the package declares.
pub(crate) struct Part<'p, 'b> {
    file: ZipFile<'p, Cursor<&'b [u8]>>,
    packed: u64,
    read: u64,
    unpacked: Rc<Cell<u64>>,
    /// Bytes since the last tag or text was complete.
    piece: Rc<Cell<usize>>,
}

impl Read for Part<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(into)?;
        self.read += count as u64;
        self.unpacked.set(self.unpacked.get() + count as u64);
        self.piece.set(self.piece.get() + count);
        let fault = if self.unpacked.get() > limits::UNPACKED {
            Fault::large(format!("this workbook has more than {} MB when it is unpacked", limits::UNPACKED >> 20))
        } else if self.read > limits::RATIO_FROM && self.read / limits::RATIO > self.packed {
            Fault::hostile(format!(
                "a part of this workbook is more than {} times larger than it is packed",
                limits::RATIO
            ))
        } else if self.piece.get() > limits::PIECE {
            Fault::hostile(format!("a tag or text of this workbook has more than {} MB", limits::PIECE >> 20))
        } else {
            return Ok(count);
        };
        Err(io::Error::other(fault))
    }
}
