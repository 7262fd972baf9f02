//! The `ribozyme` command: compiling, explaining, checking an installation.
//!
//! It starts the tools of LLVM 22 with the plugin loaded; the plugin does the work inside them, so
//! what is explained is what is compiled. The command itself needs no LLVM.
//!
//! ```text
//! ribozyme cc -O2 prog.c -o prog -lm        clang-22 with the plugin, in LTO links too
//! ribozyme opt -passes=ribozyme in.ll -S    opt-22 with the plugin
//! ribozyme explain prog.c                   types, activity and plan of every request
//! ribozyme explain RZ0012                   what a diagnostic's code means
//! ribozyme doctor                           what is installed, what is missing
//! ```

mod compile;
mod doctor;
mod explain;
mod plugin;

use clap::{Args, Parser, Subcommand};
use std::ffi::OsString;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "ribozyme", version, about = "Gradients of compiled code")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run clang-22 with the plugin; every argument is passed through.
    Cc(Passed),
    /// Run clang++-22 with the plugin; every argument is passed through.
    #[command(name = "c++")]
    Cxx(Passed),
    /// Run opt-22 with the plugin; every argument is passed through.
    Opt(Passed),
    /// Show types, activity and plan of every request of a source file.
    Explain(Explain),
    /// Check the installation.
    Doctor(Doctor),
}

/// Arguments for another tool.
#[derive(Args)]
#[command(disable_help_flag = true)]
struct Passed {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<OsString>,
}

/// Arguments of `explain`.
#[derive(Args)]
pub(crate) struct Explain {
    /// How to write it.
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: explain::Format,
    /// Only this part.
    #[arg(long, value_enum)]
    pub(crate) only: Option<explain::Part>,
    /// The file and the flags it is compiled with (put `--` before flags), or a code, `RZ0012`.
    #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
    pub(crate) args: Vec<OsString>,
}

/// Arguments of `doctor`.
#[derive(Args)]
pub(crate) struct Doctor {
    /// Write JSON instead of text.
    #[arg(long)]
    pub(crate) json: bool,
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Cc(passed) => compile::clang("clang-22", "RIBOZYME_CC", &passed.args),
        Command::Cxx(passed) => compile::clang("clang++-22", "RIBOZYME_CXX", &passed.args),
        Command::Opt(passed) => compile::opt(&passed.args),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Doctor(arguments) => Ok(doctor::run(&arguments)),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("ribozyme: {error}");
        ExitCode::FAILURE
    })
}
