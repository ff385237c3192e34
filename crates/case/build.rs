//! Lists the files under `cases/` so that the bundled cases and models travel inside the program.
//!
//! A folder with a `case.toml` is a case; any other holds stability models, one a file.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("../../cases");
    println!("cargo::rerun-if-changed={}", root.display());
    let folders: Vec<PathBuf> = sorted(&root)?.into_iter().filter(|path| path.is_dir()).collect();
    let (cases, models): (Vec<PathBuf>, Vec<PathBuf>) =
        folders.into_iter().partition(|folder| folder.join("case.toml").is_file());
    let mut code = String::from("pub(super) static CASES: &[(&str, &[(&str, &[u8])])] = &[\n");
    for case in cases {
        let mut files = Vec::new();
        collect(&case, "", &mut files)?;
        _ = writeln!(code, "({:?}, &[", name(&case));
        for (file, path) in files {
            _ = writeln!(code, "({file:?}, include_bytes!({:?})),", path.display().to_string());
        }
        code.push_str("]),\n");
    }
    code.push_str("];\npub(super) static MODELS: &[(&str, &str, &[u8])] = &[\n");
    let mut listed = Vec::new();
    for folder in models {
        for path in sorted(&folder)? {
            let file = name(&path);
            // What is expected of the models belongs to the tests.
            let Some(model) = file.strip_suffix(".toml").filter(|model| *model != "expected") else { continue };
            listed.push((format!("{}/{model}", name(&folder)), file.clone(), path));
        }
    }
    listed.sort();
    for (model, file, path) in listed {
        _ = writeln!(code, "({model:?}, {file:?}, include_bytes!({:?})),", path.display().to_string());
    }
    code.push_str("];\n");
    fs::write(PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?).join("bundled_cases.rs"), code)
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for path in sorted(folder)? {
        let name = format!("{prefix}{}", name(&path));
        if path.is_dir() {
            // First codings and test expectations belong to the repository, not to the program.
            if !["codings", "expected"].contains(&name.as_str()) {
                collect(&path, &format!("{name}/"), files)?;
            }
        } else {
            files.push((name, path));
        }
    }
    Ok(())
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
