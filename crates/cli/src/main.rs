//! `detente`: the command. One command is one file under `commands/`.

mod commands;
mod open;
mod output;
mod page;
mod progress;
mod report;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

use commands::{
    agreement, backtest, brief, check, claims, coders, common, demo, diff, export, forecast, history, new, now,
    packages, plan, ripeness, scales, scenarios, serve, stability, unlock,
};
use output::Failure;

/// An open workbench for understanding negotiations in armed conflicts and political disputes.
///
/// CASE is a folder, a workbook (.xlsx), or the name of a bundled case: camp-david-1978, russia-ukraine.
/// Nothing leaves this computer: no command opens a connection.
#[derive(Parser)]
#[command(name = "detente", version, arg_required_else_help = true, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Agreement(agreement::Arguments),
    Backtest(backtest::Arguments),
    Brief(brief::Arguments),
    Check(check::Arguments),
    Claims(claims::Arguments),
    Common(common::Arguments),
    Coders(coders::Arguments),
    Demo(demo::Arguments),
    Diff(diff::Arguments),
    Export(export::Arguments),
    Forecast(forecast::Arguments),
    History(history::Arguments),
    New(new::Arguments),
    Now(now::Arguments),
    Packages(packages::Arguments),
    Plan(plan::Arguments),
    Ripeness(ripeness::Arguments),
    Scales(scales::Arguments),
    Scenarios(scenarios::Arguments),
    Serve(serve::Arguments),
    Stability(stability::Arguments),
    Unlock(unlock::Arguments),
    /// Prints this program's help as Markdown, for its documentation.
    #[command(hide = true)]
    Reference,
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Agreement(arguments) => agreement::run(&arguments),
        Command::Backtest(arguments) => backtest::run(&arguments),
        Command::Brief(arguments) => brief::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Claims(arguments) => claims::run(&arguments),
        Command::Common(arguments) => common::run(&arguments),
        Command::Coders(arguments) => coders::run(&arguments),
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Forecast(arguments) => forecast::run(&arguments),
        Command::History(arguments) => history::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Now(arguments) => now::run(&arguments),
        Command::Packages(arguments) => packages::run(&arguments),
        Command::Plan(arguments) => plan::run(&arguments),
        Command::Ripeness(arguments) => ripeness::run(&arguments),
        Command::Scales(arguments) => scales::run(&arguments),
        Command::Scenarios(arguments) => scenarios::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Stability(arguments) => stability::run(&arguments),
        Command::Unlock(arguments) => unlock::run(&arguments),
        Command::Reference => output::print(&commands::reference(Arguments::command())),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

impl From<Failure> for ExitCode {
    fn from(failure: Failure) -> Self {
        ExitCode::from(failure.code())
    }
}
