//! One archive of all parts, without anything of the time or the machine.

use std::io::{Cursor, Write as _};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Writes the parts in their order, then the pictures, each as `word/media/figure1.png` and so on.
pub(super) fn write(parts: &[(&str, String)], pictures: &[Vec<u8>]) -> ZipResult<Vec<u8>> {
    // Every entry bears the first day that the format knows.
    let entry = SimpleFileOptions::default().last_modified_time(DateTime::DEFAULT);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, entry.compression_method(CompressionMethod::Deflated))?;
        archive.write_all(text.as_bytes())?;
    }
    for (number, picture) in (1..).zip(pictures) {
        // A PNG is compressed already.
        archive.start_file(
            format!("word/media/figure{number}.png"),
            entry.compression_method(CompressionMethod::Stored),
        )?;
        archive.write_all(picture)?;
    }
    Ok(archive.finish()?.into_inner())
}
