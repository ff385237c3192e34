//! `detente backtest`: what would have been said, against what came.

mod case;
mod deu;

use clap::{Args, Subcommand};

use crate::output::Failure;

/// What would have been said, against what came
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    of: Of,
}

#[derive(Subcommand)]
enum Of {
    Case(case::Arguments),
    Deu(deu::Arguments),
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.of {
        Of::Case(arguments) => case::run(arguments),
        Of::Deu(arguments) => deu::run(arguments),
    }
}
