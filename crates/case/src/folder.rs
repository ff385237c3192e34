//! The files of a case, on disk or inside the program.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic};
use crate::formats::is_of_a_case;
use crate::sheets::Sheets;
use crate::stability;
use crate::table::Table;

/// Where the files of a case lie. Reading never leaves the folder and never writes.
#[derive(Clone, Debug)]
pub enum Folder {
    /// A folder on disk.
    Disk(PathBuf),
    /// A case that travels inside the program: (file, content), sorted by file.
    Bundled(&'static [(&'static str, &'static [u8])]),
    /// A case held in memory: (file, content). Used by tests, fuzzing and imports.
    Memory(Vec<(String, Vec<u8>)>),
    /// A case in the sheets of a workbook.
    Sheets(Box<Sheets>),
}

/// Files larger than this are refused: (bytes).
pub const LARGEST_FILE: u64 = 256 << 20;

impl Folder {
    /// Names of the files, sorted, with `/` between parts. Folders below the case are listed as `name/`.
    ///
    /// # Errors
    /// When the folder cannot be listed.
    pub fn files(&self) -> Result<Vec<String>, Diagnostic> {
        let mut names: Vec<String> = match self {
            Folder::Bundled(files) => files.iter().map(|(name, _)| top_level(name)).collect(),
            Folder::Memory(files) => files.iter().map(|(name, _)| top_level(name)).collect(),
            Folder::Sheets(sheets) => sheets.files().map(top_level).collect(),
            Folder::Disk(path) => {
                let refuse = |what: String| Diagnostic::new(Code::NotACase, "", what);
                let entries = listed(path).map_err(|error| {
                    refuse(format!("this folder cannot be read ({})", error.kind()))
                        .hint("a case is a folder with a file `case.toml`; `detente new DIR` makes one")
                })?;
                entries.collect()
            }
        };
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// Names of the files in a folder below the case, which is given as [`Folder::files`] lists it; sorted, each with that before it.
    ///
    /// # Errors
    /// When the folder cannot be listed, or is a link that leads out of the case.
    pub(crate) fn files_in(&self, inner: &str) -> Result<Vec<String>, Diagnostic> {
        let below = |name: &str| Some(format!("{inner}{}", top_level(name.strip_prefix(inner)?)));
        let mut names: Vec<String> = match self {
            Folder::Bundled(files) => files.iter().filter_map(|(name, _)| below(name)).collect(),
            Folder::Memory(files) => files.iter().filter_map(|(name, _)| below(name)).collect(),
            Folder::Sheets(sheets) => sheets.files().filter_map(below).collect(),
            Folder::Disk(root) => {
                let path = root.join(inner);
                let inside = path.canonicalize().ok().zip(root.canonicalize().ok());
                if inside.is_some_and(|(path, root)| !path.starts_with(root)) {
                    let message = "this is a link that leads out of the case folder";
                    return Err(Diagnostic::new(Code::LinkOutside, inner, message).hint("copy the folder itself"));
                }
                listed(&path)
                    .map_err(|error| {
                        let message = format!("this folder cannot be read ({})", error.kind());
                        Diagnostic::new(Code::Unreadable, inner, message)
                    })?
                    .map(|name| format!("{inner}{name}"))
                    .collect()
            }
        };
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// The files of a case in memory, with one of them replaced or added; other files that lie beside them are left out.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub(crate) fn with(&self, file: &str, bytes: Vec<u8>) -> Result<Folder, Diagnostic> {
        let mut names = Vec::new();
        for name in self.files()? {
            if name == stability::FOLDER {
                names.extend(self.files_in(&name)?.into_iter().filter(|name| !name.ends_with('/')));
            } else if is_of_a_case(&name) {
                names.push(name);
            }
        }
        let others = names.into_iter().filter(|name| name != file);
        let mut files: Vec<(String, Vec<u8>)> =
            others.map(|name| self.read(&name).map(|bytes| (name, bytes))).collect::<Result<_, _>>()?;
        files.push((file.to_owned(), bytes));
        files.sort();
        Ok(Folder::Memory(files))
    }

    /// The bytes of one file.
    ///
    /// # Errors
    /// When the file cannot be read, is too large, or is a link that leads out of the folder.
    pub fn read(&self, file: &str) -> Result<Vec<u8>, Diagnostic> {
        match self {
            Folder::Bundled(files) => files.iter().find(|(name, _)| *name == file).map(|(_, bytes)| bytes.to_vec()),
            Folder::Memory(files) => files.iter().find(|(name, _)| name == file).map(|(_, bytes)| bytes.clone()),
            Folder::Sheets(sheets) => sheets.read(file),
            Folder::Disk(root) => return read_from_disk(root, file).map_err(|problem| *problem),
        }
        .ok_or_else(|| Diagnostic::new(Code::Unreadable, file, "there is no such file"))
    }

    /// A table: a sheet as it is, so that its rows keep their numbers, or else the bytes of the file.
    pub(crate) fn table(&self, file: &str) -> Result<Table<'_>, Diagnostic> {
        match self {
            Folder::Sheets(sheets) => sheets.table(file).map(Table::Sheet),
            _ => None,
        }
        .map_or_else(|| self.read(file).map(Table::Text), Ok)
    }

    /// Where a finding stands, as people see it: a file, its line and column; or a sheet and its cell.
    #[must_use]
    pub fn place(&self, finding: &Diagnostic) -> String {
        match self {
            Folder::Sheets(sheets) => sheets.place(finding),
            _ => finding.place(),
        }
    }
}

/// The names of what is in a folder on disk; those of folders end in `/`.
fn listed(folder: &Path) -> std::io::Result<impl Iterator<Item = String>> {
    Ok(fs::read_dir(folder)?.filter_map(Result::ok).map(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() { format!("{name}/") } else { name }
    }))
}

fn top_level(name: &str) -> String {
    match name.split_once('/') {
        Some((folder, _)) => format!("{folder}/"),
        None => name.to_owned(),
    }
}

fn read_from_disk(root: &Path, file: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
    let unreadable = |error: std::io::Error| {
        Box::new(Diagnostic::new(Code::Unreadable, file, format!("this file cannot be read ({})", error.kind())))
    };
    let root = root.canonicalize().map_err(unreadable)?;
    let path = root.join(file).canonicalize().map_err(unreadable)?;
    let data = fs::metadata(&path).map_err(unreadable)?;
    if !path.starts_with(&root) || !data.is_file() {
        let message = "this is a link that leads out of the case folder, or not a plain file";
        return Err(Box::new(
            Diagnostic::new(Code::LinkOutside, file, message).hint("copy the file itself into the folder"),
        ));
    }
    let too_large = |size: u64| {
        let message = format!("this file has {} MB; at most {} MB are read", size >> 20, LARGEST_FILE >> 20);
        Box::new(
            Diagnostic::new(Code::TooLarge, file, message)
                .hint("split the case, or leave out rows that no analysis needs"),
        )
    };
    if data.len() > LARGEST_FILE {
        return Err(too_large(data.len()));
    }
    let mut bytes = Vec::new();
    fs::File::open(&path).and_then(|open| open.take(LARGEST_FILE + 1).read_to_end(&mut bytes)).map_err(unreadable)?;
    // The file may have grown since its size was asked for.
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(too_large(bytes.len() as u64));
    }
    Ok(bytes)
}
