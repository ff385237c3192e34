//! What the files of a case look like from outside: names, sizes and times, looked at twice a second.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use crate::origin::Origin;

/// More files than this are not watched one by one.
const MOST_FILES: usize = 10_000;

/// Names, sizes and times of the files of a case, sorted. A folder that is gone has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fingerprint(Vec<(String, u64, Option<SystemTime>)>);

impl Fingerprint {
    /// The fingerprint of a case now.
    pub(crate) fn of(origin: &Origin) -> Self {
        let mut seen = Vec::new();
        match origin {
            Origin::Folder(path) => below(path, "", 1, &mut seen),
            Origin::Workbook(path) => seen.extend(fs::metadata(path).ok().map(|data| line("", &data))),
            Origin::Bundled(_) => {}
        }
        seen.sort();
        Fingerprint(seen)
    }
}

fn line(name: &str, data: &fs::Metadata) -> (String, u64, Option<SystemTime>) {
    (name.to_owned(), data.len(), data.modified().ok())
}

/// The files of a folder, and of the folders in it as deep as a case has any.
fn below(folder: &Path, before: &str, deeper: usize, seen: &mut Vec<(String, u64, Option<SystemTime>)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        if seen.len() >= MOST_FILES {
            return;
        }
        let name = format!("{before}{}", entry.file_name().to_string_lossy());
        let Ok(data) = fs::metadata(entry.path()) else { continue };
        if data.is_file() {
            seen.push(line(&name, &data));
        } else if deeper > 0 {
            below(&entry.path(), &format!("{name}/"), deeper - 1, seen);
        }
    }
}

/// A digest of all that the files of a case hold; a file that cannot be read counts by the reason.
pub(crate) fn content(origin: &Origin) -> String {
    use std::fmt::Write as _;

    use detente_case::{Folder, export::digest_of};

    let Fingerprint(files) = Fingerprint::of(origin);
    let mut lines = String::new();
    for (name, _, _) in files {
        let bytes = match origin {
            Origin::Folder(path) => Folder::Disk(path.clone()).read(&name).map_err(|problem| problem.message),
            Origin::Workbook(path) => fs::read(path).map_err(|error| error.kind().to_string()),
            Origin::Bundled(_) => Ok(Vec::new()),
        };
        let digest = bytes.map_or_else(|reason| reason, |bytes| digest_of(&bytes));
        // Writing to a text does not fail.
        _ = writeln!(lines, "{name} {digest}");
    }
    digest_of(lines.as_bytes())
}
