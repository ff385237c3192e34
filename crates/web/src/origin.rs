//! Where the case comes from, so that it can be read again.

use std::path::{Path, PathBuf};

use detente_case::{Code, Diagnostic, Folder, bundled};

/// Where a case comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A folder on disk.
    Folder(PathBuf),
    /// A workbook that `detente export` made.
    Workbook(PathBuf),
    /// A case that travels inside the program.
    Bundled(String),
}

impl Origin {
    /// The files of the case as they are now.
    ///
    /// # Errors
    /// What is wrong with them, if they cannot even be listed.
    pub fn folder(&self) -> Result<Folder, Vec<Diagnostic>> {
        match self {
            Origin::Folder(path) => Ok(Folder::Disk(path.clone())),
            Origin::Workbook(path) => workbook(path),
            Origin::Bundled(name) => bundled::folder(name).ok_or_else(|| {
                vec![Diagnostic::new(
                    Code::NotACase,
                    "",
                    format!("no case of the name `{name}` travels in this program"),
                )]
            }),
        }
    }

    /// The file or folder that may change while the case is open.
    #[must_use]
    pub fn watched(&self) -> Option<&Path> {
        match self {
            Origin::Folder(path) | Origin::Workbook(path) => Some(path),
            Origin::Bundled(_) => None,
        }
    }
}

fn workbook(path: &Path) -> Result<Folder, Vec<Diagnostic>> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let bytes = Folder::Disk(parent.to_owned()).read(&file).map_err(|problem| vec![problem])?;
    match detente_workbook::open(&file, &bytes)? {
        Some(sheets) => Ok(Folder::Sheets(Box::new(sheets))),
        None => Err(vec![Diagnostic::new(
            Code::NotAWorkbook,
            &file,
            "this workbook has no sheet `case`, so it is not one that `detente export` made",
        )]),
    }
}
