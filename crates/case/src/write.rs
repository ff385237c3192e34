//! Writing files whole or not at all.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Why nothing was written.
#[derive(Debug)]
pub enum WriteError {
    /// Something of that name is there already.
    Exists(PathBuf),
    /// The file system refused.
    Io(PathBuf, io::Error),
}

impl std::fmt::Display for WriteError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            WriteError::Exists(path) => {
                write!(f, "{} is there already; nothing was written. `--force` replaces it", path.display())
            }
            WriteError::Io(path, error) => {
                write!(f, "{} cannot be written ({}); nothing was changed", path.display(), error.kind())
            }
        }
    }
}

impl std::error::Error for WriteError {}

/// Writes a file through a temporary one beside it, so that it is there whole or not at all.
///
/// # Errors
/// If the file is there and `force` is not set, or the file system refuses.
pub fn file(path: &Path, bytes: &[u8], force: bool) -> Result<(), WriteError> {
    if path.exists() && (!force || path.is_dir()) {
        return Err(WriteError::Exists(path.to_owned()));
    }
    let temporary = beside(path);
    let written = fs::File::create_new(&temporary).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&temporary, path)).map_err(|error| {
        _ = fs::remove_file(&temporary);
        WriteError::Io(path.to_owned(), error)
    })
}

/// Writes a folder of files through a temporary one beside it. With `force`, files of the same names in an existing folder are
/// replaced one by one and all others are left alone.
///
/// # Errors
/// If the folder is there, is not empty and `force` is not set, or the file system refuses.
pub fn folder(path: &Path, files: &[(String, Vec<u8>)], force: bool) -> Result<(), WriteError> {
    let io = |error| WriteError::Io(path.to_owned(), error);
    if path.exists() {
        let occupied = !path.is_dir() || fs::read_dir(path).map_err(io)?.next().is_some();
        if occupied && (!force || !path.is_dir()) {
            return Err(WriteError::Exists(path.to_owned()));
        }
        for (name, bytes) in files {
            let target = path.join(name);
            if let Some(parent) = target.parent() {
                fs::create_dir_all(parent).map_err(io)?;
            }
            file(&target, bytes, true)?;
        }
        return Ok(());
    }
    let temporary = beside(path);
    let written = fs::create_dir(&temporary).and_then(|()| {
        for (name, bytes) in files {
            let target = temporary.join(name);
            if let Some(parent) = target.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(target, bytes)?;
        }
        fs::rename(&temporary, path)
    });
    written.map_err(|error| {
        _ = fs::remove_dir_all(&temporary);
        io(error)
    })
}

/// A name for a temporary file or folder in the same place, so that renaming it is one step.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}.{}.part", std::process::id()))
}
