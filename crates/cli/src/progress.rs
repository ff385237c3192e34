//! A bar for work that takes more than a second, on a terminal only.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Tells what is being done, once it has taken a second.
pub struct Progress {
    begun: Instant,
    bar: ProgressBar,
}

impl Progress {
    /// Begins; shows nothing yet, and nothing at all if `quiet` or if standard error is no terminal.
    pub fn begin(quiet: bool) -> Self {
        let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            bar.set_style(style);
        }
        Progress { begun: Instant::now(), bar }
    }

    /// Names the file that is read next.
    pub fn step(&self, file: &str) {
        self.tell(format!("reading {file}"));
    }

    /// Tells how many draws have been made; the computation goes on.
    pub fn draws(&self, done: u32, of: u32) -> ControlFlow<()> {
        self.tell(format!("draw {done} of {of}"));
        ControlFlow::Continue(())
    }

    /// Tells how many scenarios have been computed; the computation goes on.
    pub fn scenarios(&self, done: usize, of: usize) -> ControlFlow<()> {
        self.tell(format!("scenario {done} of {of}"));
        ControlFlow::Continue(())
    }

    /// Tells how many pages have been made.
    pub fn pages(&self, done: usize, of: usize) {
        self.tell(format!("page {done} of {of}"));
    }

    fn tell(&self, what: String) {
        self.bar.set_message(what);
        if self.begun.elapsed() > Duration::from_secs(1) {
            self.bar.tick();
            self.bar.enable_steady_tick(Duration::from_millis(120));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
