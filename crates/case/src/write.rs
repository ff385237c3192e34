//! Writing files whole or not at all.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

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
    if path.symlink_metadata().is_ok() && (!force || path.is_dir()) {
        return Err(WriteError::Exists(path.to_owned()));
    }
    let io = |error| WriteError::Io(path.to_owned(), error);
    let temporary = stage(path, bytes).map_err(io)?;
    fs::rename(&temporary, path).map_err(|error| {
        _ = fs::remove_file(&temporary);
        io(error)
    })
}

/// Writes a temporary file beside `path`, with the permissions of the file that is there, if one is; nothing is left of it if that fails.
fn stage(path: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    let temporary = beside(path);
    let had = fs::metadata(path).ok().map(|data| data.permissions());
    let mut options = fs::File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if had.is_some() {
        use std::os::unix::fs::OpenOptionsExt as _;
        // Until it has the permissions of the other, nobody else reads it.
        options.mode(0o600);
    }
    let mut file = options.open(&temporary)?;
    let written = file.write_all(bytes).and_then(|()| had.map_or(Ok(()), |had| file.set_permissions(had)));
    match written.and_then(|()| file.sync_all()) {
        Ok(()) => Ok(temporary),
        Err(error) => {
            _ = fs::remove_file(&temporary);
            Err(error)
        }
    }
}

/// Writes a folder of files through a temporary one beside it. With `force`, files of the same names in an existing folder are
/// replaced, once all new ones are written, and all others are left alone.
///
/// # Errors
/// If the folder is there, is not empty and `force` is not set, the name of a file leads out of the folder, or the file system
/// refuses.
pub fn folder(path: &Path, files: &[(String, Vec<u8>)], force: bool) -> Result<(), WriteError> {
    let io = |error| WriteError::Io(path.to_owned(), error);
    let leads_out = |name: &str| !Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    if let Some((name, _)) = files.iter().find(|(name, _)| name.is_empty() || leads_out(name)) {
        return Err(WriteError::Io(path.join(name), io::ErrorKind::InvalidInput.into()));
    }
    if path.symlink_metadata().is_ok() {
        let occupied = !path.is_dir() || fs::read_dir(path).map_err(io)?.next().is_some();
        if occupied && (!force || !path.is_dir()) {
            return Err(WriteError::Exists(path.to_owned()));
        }
        return replace(path, files);
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

/// Writes files into a folder that is there: all beside their targets first, then each into its place.
fn replace(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), WriteError> {
    if let Some((name, _)) = files.iter().find(|(name, _)| folder.join(name).is_dir()) {
        return Err(WriteError::Exists(folder.join(name)));
    }
    let mut staged: Vec<(PathBuf, PathBuf)> = Vec::new();
    let written = files.iter().try_for_each(|(name, bytes)| {
        let target = folder.join(name);
        let parent = target.parent().map_or(Ok(()), fs::create_dir_all);
        let temporary = parent.and_then(|()| stage(&target, bytes)).map_err(|error| (target.clone(), error))?;
        staged.push((temporary, target));
        Ok(())
    });
    let placed = written.and_then(|()| {
        staged
            .iter()
            .try_for_each(|(temporary, target)| fs::rename(temporary, target).map_err(|error| (target.clone(), error)))
    });
    placed.map_err(|(target, error)| {
        // Those that are in their place already have no temporary file any more.
        staged.iter().for_each(|(temporary, _)| _ = fs::remove_file(temporary));
        WriteError::Io(target, error)
    })
}

/// What a program that was killed while it wrote has left: temporary files of [`file()`] and [`folder()`] in a folder and the folders directly in it,
/// sorted. Nothing else has names like theirs. A program that is still writing has such a file too.
///
/// # Errors
/// If the folder cannot be listed.
pub fn leftovers(root: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let (kind, path) = (entry.file_type()?, entry.path());
            if is_leftover(&entry.file_name().to_string_lossy()) {
                found.push(path);
            } else if kind.is_dir() && folder == root {
                folders.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Whether a name is one that [`beside`] gives.
fn is_leftover(name: &str) -> bool {
    let inner = name.strip_prefix('.').and_then(|name| name.strip_suffix(".part"));
    let numbers = inner.and_then(|inner| inner.rsplit_once('.')).and_then(|(_, numbers)| numbers.split_once('-'));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    numbers.is_some_and(|(process, count)| is_number(process) && is_number(count))
}

/// A name for a temporary file or folder in the same place, so that renaming it is one step.
fn beside(path: &Path) -> PathBuf {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    path.with_file_name(format!(".{name}.{}-{number}.part", std::process::id()))
}
