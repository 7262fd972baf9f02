//! `cargo xtask fuzz`: the random-program generator against the oracles.
//!
//! The generator is a program of its own (`fuzz/`); this task builds the plugin it tests and passes
//! every argument on.

use anyhow::Result;

use crate::project::{self, Profile};
use crate::run;

/// Options of `fuzz`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Arguments of the generator; `-- --help` lists them.
    #[arg(last = true)]
    arguments: Vec<String>,
}

/// Builds the plugin, then runs the generator.
pub(crate) fn run(options: &Options) -> Result<()> {
    let plugin = project::build_plugin(Profile::Release)?;
    let mut command = project::cargo();
    command
        .args(["run", "--release", "--package", "rz-fuzz", "--"])
        .args(&options.arguments)
        .env("RIBOZYME_PLUGIN", plugin);
    run::checked(&mut command)
}
