//! The commands: one file each.

use std::fmt::Write as _;

pub mod agreement;
pub mod backtest;
pub mod brief;
pub mod check;
pub mod claims;
pub mod coders;
pub mod common;
pub mod demo;
pub mod diff;
pub mod export;
pub mod forecast;
pub mod history;
pub mod new;
pub mod now;
pub mod packages;
pub mod plan;
pub mod purge;
pub mod ripeness;
pub mod scales;
pub mod scenarios;
pub mod serve;
pub mod stability;
pub mod unlock;

/// The help of every command as Markdown.
pub fn reference(mut root: clap::Command) -> String {
    root.build();
    let mut out = String::from("# Commands\n\nMade from the program's own help: `cargo xtask generate`.\n");
    for command in root.get_subcommands_mut() {
        if command.is_hide_set() {
            continue;
        }
        let name = command.get_name().to_owned();
        let help = command.clone().bin_name(format!("detente {name}")).term_width(100).render_long_help();
        let help = help.to_string();
        let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
        _ = write!(out, "\n## detente {name}\n\n```text\n{}\n```\n", lines.join("\n").trim_end());
    }
    out
}
