//! Project tasks, run as `cargo xtask <task>`.
//!
//! One module a task. A task prints what it runs, streams the output of what it runs, and fails
//! with the first thing that fails; nothing is retried and nothing is skipped silently. Tasks talk
//! to the compiler only through its command line and its plugin, so this crate needs no LLVM and
//! builds first on a bare machine.

mod bench;
mod demo;
mod fuzz;
mod mutants;
mod programs;
mod project;
mod run;
mod setup;
mod test;
mod tidy;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Project tasks.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install LLVM 22 and the test runner if they are missing.
    Setup(setup::Options),
    /// Differentiate three real C programs, check the gradients and time them.
    Demo(demo::Options),
    /// Set up, then run every check and every test.
    Test(test::Options),
    /// Time gradients, compare pipelines, or measure compile time.
    Bench(bench::Options),
    /// Run the random-program generator against the oracles.
    Fuzz(fuzz::Options),
    /// Seed known compiler faults one at a time and require the tests to notice.
    Mutants(mutants::Options),
    /// Check the rules of this code base that no compiler checks.
    Tidy(tidy::Options),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().task {
        Task::Setup(options) => setup::run(&options),
        Task::Demo(options) => demo::run(&options),
        Task::Test(options) => test::run(&options),
        Task::Bench(options) => bench::run(&options),
        Task::Fuzz(options) => fuzz::run(&options),
        Task::Mutants(options) => mutants::run(&options),
        Task::Tidy(options) => tidy::run(&options),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
