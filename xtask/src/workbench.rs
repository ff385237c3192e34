//! The pages of the workbench: types, lint and format, the bundle built anew and compared, and the real program in a browser.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::shell::{cargo, root, run, stdout_of};

/// Where the bundle lies, inside the program.
const BUNDLE: &str = "crates/web/assets";

/// Checks the pages. What the build writes is compared with what is committed.
pub fn check() -> Result<(), String> {
    run(&mut npm(&["ci", "--no-audit", "--no-fund"]))?;
    run(&mut npm(&["run", "check"]))?;
    let bundle = root().join(BUNDLE);
    let before = files(&bundle)?;
    run(&mut npm(&["run", "build"]))?;
    if files(&bundle)? != before {
        return Err(format!("{BUNDLE} is not what `npm run build` makes of workbench/: commit what it wrote"));
    }
    run(npm(&["test"]).env("DETENTE_BIN", program()?))
}

/// The program, built from what is here.
fn program() -> Result<PathBuf, String> {
    run(&mut cargo(&["build", "--package", "detente"]))?;
    let metadata = stdout_of(&mut cargo(&["metadata", "--format-version", "1", "--no-deps"]))?;
    let metadata: Value = serde_json::from_str(&metadata).map_err(|error| format!("cargo metadata: {error}"))?;
    let target = metadata["target_directory"].as_str().ok_or("cargo metadata names no target directory")?;
    Ok(Path::new(target).join("debug/detente"))
}

fn npm(arguments: &[&str]) -> Command {
    let mut command = Command::new("npm");
    command.args(arguments).current_dir(root().join("workbench"));
    command
}

/// The files of a folder and what they hold, sorted by name.
fn files(folder: &Path) -> Result<Vec<(PathBuf, Vec<u8>)>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let bytes = fs::read(&path).map_err(failed)?;
        found.push((path, bytes));
    }
    found.sort();
    Ok(found)
}
