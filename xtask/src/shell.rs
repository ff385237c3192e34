//! Running other programs, and the files around them.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{self, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// The root of the workspace.
pub fn root() -> &'static Path {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own)
}

/// A command that runs in the root of the workspace.
pub fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    command
}

/// Cargo in the root of the workspace.
pub fn cargo(arguments: &[&str]) -> Command {
    command(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()), arguments)
}

/// Runs a command whose output everybody sees.
pub fn run(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|error| cannot_run(command, &error))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", line(command))) }
}

/// Runs a command without a word, and ends it if it takes longer than it may.
pub fn run_within(patience: Duration, command: &mut Command) -> Result<(), String> {
    let mut child = command.stderr(Stdio::null()).spawn().map_err(|error| cannot_run(command, &error))?;
    let begun = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => return Err(format!("`{}` failed ({status})", line(command))),
            Ok(None) if begun.elapsed() < patience => thread::sleep(Duration::from_millis(20)),
            Ok(None) => {
                _ = child.kill();
                _ = child.wait();
                return Err(format!("`{}` did not finish within {} s", line(command), patience.as_secs()));
            }
            Err(error) => return Err(cannot_run(command, &error)),
        }
    }
}

/// What a successful command writes on standard output.
pub fn stdout_of(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| cannot_run(command, &error))?;
    if !output.status.success() {
        return Err(format!("`{}` failed: {}", line(command), String::from_utf8_lossy(&output.stderr).trim()));
    }
    String::from_utf8(output.stdout).map_err(|error| format!("`{}`: {error}", line(command)))
}

/// Whether a program can be started.
pub fn exists(program: &str, argument: &str) -> bool {
    command(program, &[argument]).output().is_ok_and(|output| output.status.success())
}

fn cannot_run(command: &Command, error: &std::io::Error) -> String {
    let program = command.get_program().to_string_lossy();
    match error.kind() {
        ErrorKind::NotFound => format!("`{program}` is not installed; this step needs it"),
        _ => format!("`{program}` cannot be run: {error}"),
    }
}

/// The command as one would type it.
fn line(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// Writes the brief of a case to a file, in the form that its name asks for.
pub fn write_brief(case: &str, at: Option<&str>, to: &Path) -> Result<(), String> {
    let mut program = cargo(&["run", "--quiet", "--package", "detente", "--", "brief", case, "--quiet", "--to"]);
    program.arg(to);
    program.args(at.iter().flat_map(|day| ["--at", *day]));
    run(&mut program)
}

/// The text of a file.
pub fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes a file and the folders above it.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result<(), String> {
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    folder.and_then(|()| fs::write(path, bytes)).map_err(|error| format!("{}: {error}", path.display()))
}

/// A folder that is removed at the end.
pub struct Temporary(pub PathBuf);

impl Temporary {
    /// A new folder among the system's temporary files.
    pub fn new() -> Result<Self, String> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("detente-xtask-{}-{number}", process::id()));
        fs::create_dir_all(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self(path))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}
