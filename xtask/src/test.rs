//! `cargo xtask test`: every check and every test, on a machine that may have nothing yet.
//!
//! The steps run in order of cost and stop at the first failure. The test runner finds the plugin
//! through `RIBOZYME_PLUGIN`, so tests never build it behind each other's back.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::project::{self, Profile};
use crate::{demo, mutants, run, setup, tidy};

/// Levels the example programs are differentiated at.
const LEVELS: &[&str] = &["0", "2", "3"];

/// Options of `test`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Skip the installation step (everything is known to be there).
    #[arg(long)]
    no_setup: bool,
    /// How many mutants to try; `cargo xtask mutants` tries all.
    #[arg(long, default_value_t = 2)]
    mutants: usize,
    /// Passed on to the test runner: a filter, `--no-capture`, …
    #[arg(last = true)]
    nextest: Vec<String>,
}

/// The steps done, with the time each took.
#[derive(Default)]
struct Steps(Vec<(&'static str, Duration)>);

impl Steps {
    fn step<T>(&mut self, name: &'static str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        eprintln!("\n== {name}");
        let start = Instant::now();
        let result = work();
        self.0.push((name, start.elapsed()));
        if result.is_err() {
            eprintln!("== {name}: FAILED");
        }
        result
    }
}

/// Runs all steps.
pub(crate) fn run(options: &Options) -> Result<()> {
    let mut steps = Steps::default();
    if !options.no_setup {
        steps.step("setup", || setup::run(&setup::Options::default()))?;
    }
    steps.step("format", || {
        run::checked(project::cargo().args(["fmt", "--all", "--check"]))
    })?;
    let plugin = steps.step("build the plugin", || project::build_plugin(Profile::Dev))?;
    steps.step("tidy", || {
        tidy::run(&tidy::Options {
            plugin: Some(plugin.clone()),
        })
    })?;
    steps.step("lint", || {
        run::checked(project::cargo().args([
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "--deny",
            "warnings",
        ]))
    })?;
    let summary = steps.step("tests", || nextest(&plugin, &options.nextest))?;
    steps.step("examples", || {
        LEVELS
            .iter()
            .try_for_each(|level| demo::smoke(&plugin, level))
    })?;
    steps.step("fuzz (sample)", || fuzz_sample(&plugin))?;
    steps.step("mutants (sample)", || mutants::sample(options.mutants))?;
    steps.step("documentation", documentation)?;
    eprintln!("\n== done");
    for (name, time) in &steps.0 {
        eprintln!("  {name:<18} {:>7.1} s", time.as_secs_f64());
    }
    let total: Duration = steps.0.iter().map(|(_, time)| *time).sum();
    eprintln!("  {:<18} {:>7.1} s", "total", total.as_secs_f64());
    for line in summary {
        eprintln!("{line}");
    }
    Ok(())
}

/// Runs the test runner and returns its summary lines.
fn nextest(plugin: &Path, extra: &[String]) -> Result<Vec<String>> {
    let mut command = project::cargo();
    command
        .args(["nextest", "run", "--workspace", "--no-fail-fast"])
        .args(extra)
        .env("RIBOZYME_PLUGIN", plugin);
    let (summary, ok) = run::streamed(&mut command, |line| {
        line.trim_start().starts_with("Summary [")
    })?;
    if !ok {
        bail!(
            "{}",
            summary
                .first()
                .map_or("the tests failed", |line| line.trim())
        );
    }
    Ok(summary)
}

/// Four modules of random programs, one a level; `cargo xtask fuzz` runs many.
fn fuzz_sample(plugin: &Path) -> Result<()> {
    run::checked(
        project::cargo()
            .args(["run", "--quiet", "--package", "rz-fuzz", "--"])
            .args(["--seed", "22", "--count", "400"])
            .env("RIBOZYME_PLUGIN", plugin),
    )
}

/// The documentation builds without warnings and its examples run.
fn documentation() -> Result<()> {
    run::checked(project::cargo().args(["test", "--workspace", "--doc", "--quiet"]))?;
    run::checked(
        project::cargo()
            .args([
                "doc",
                "--workspace",
                "--no-deps",
                "--document-private-items",
                "--quiet",
            ])
            .env("RUSTDOCFLAGS", "--deny warnings"),
    )
}
