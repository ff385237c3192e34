//! Chromium without a window.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::shell::{Temporary, exists, read, run_within};

/// The names under which distributions install it.
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// No page takes this long.
const PATIENCE: Duration = Duration::from_secs(120);

/// An installed Chromium.
pub struct Chromium {
    program: &'static str,
}

impl Chromium {
    /// Looks for it.
    pub fn find() -> Result<Self, String> {
        let program = NAMES.into_iter().find(|name| exists(name, "--version"));
        let program = program.ok_or(
            "the brief is measured in Chromium, which is not installed: `apt-get install chromium fonts-noto-core`, \
             or the package of that name in your distribution",
        )?;
        Ok(Self { program })
    }

    /// The page as it is after its scripts have run.
    pub fn page(&self, file: &Path) -> Result<String, String> {
        let out = Temporary::new()?;
        self.run(file, &["--virtual-time-budget=10000", "--window-size=1300,1300", "--dump-dom"], &out)?;
        read(&out.0.join("stdout"))
    }

    /// A picture of the top of a page.
    pub fn picture(&self, file: &Path, (width, height): (u32, u32), to: &Path) -> Result<(), String> {
        let out = Temporary::new()?;
        let picture = out.0.join("picture.png");
        let size = format!("--window-size={width},{height}");
        let screenshot = format!("--screenshot={}", picture.display());
        self.run(file, &[&size, "--hide-scrollbars", &screenshot], &out)?;
        let written = to.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::copy(&picture, to));
        written.map(|_| ()).map_err(|error| format!("{}: {error}", to.display()))
    }

    /// Runs it on a file with a profile of its own, and ends it if it hangs.
    fn run(&self, file: &Path, arguments: &[&str], out: &Temporary) -> Result<(), String> {
        let stdout = File::create(out.0.join("stdout")).map_err(|error| format!("{}: {error}", out.0.display()))?;
        let mut browser = Command::new(self.program);
        browser
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--force-device-scale-factor=1",
            ])
            .arg(format!("--user-data-dir={}", out.0.join("profile").display()))
            .args(arguments)
            .arg(format!("file://{}", file.display()))
            .stdout(stdout);
        run_within(PATIENCE, &mut browser)
    }
}
