//! `cargo xtask tidy`: rules of this code base that no compiler checks.
//!
//! Each check is one module with a function from data to findings. Findings fail the task; sizes
//! are printed as advice only.
//!
//! - [`layers`]: dependencies between the crates point one way, and the analysis crates never
//!   reach LLVM.
//! - [`unsafety`]: `unsafe` only at the boundary.
//! - [`needed`]: the plugin asks the loader for no LLVM library.
//! - [`pages`]: each diagnostic code has its page, each page of the book is in its contents.
//! - [`sizes`]: long files and functions (advice).

mod layers;
mod needed;
mod pages;
mod sizes;
mod source;
mod unsafety;

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::project;

/// Options of `tidy`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The built plugin; without it the newest one in the build folder is checked, if there is one.
    #[arg(long)]
    pub(crate) plugin: Option<PathBuf>,
}

/// Runs every check.
pub(crate) fn run(options: &Options) -> Result<()> {
    let root = project::root();
    let files = project::files()?;
    let mut findings = layers::check(&layers::dependencies()?);
    let mut advice = Vec::new();
    for file in files
        .iter()
        .filter(|file| file.extension().is_some_and(|e| e == "rs"))
    {
        let text = std::fs::read_to_string(root.join(file))?;
        let code = source::code_only(&text);
        findings.extend(unsafety::check(file, &code));
        advice.extend(sizes::check(file, &code));
    }
    findings.extend(pages::check(&root.join("docs/src"), &files));
    match options.plugin.clone().or_else(needed::newest_plugin) {
        Some(plugin) => findings.extend(needed::check(&plugin)?),
        None => eprintln!("tidy: no plugin is built, so what it links is not checked"),
    }
    if !advice.is_empty() {
        eprintln!("tidy: advice (not an error):");
        for line in &advice {
            eprintln!("  {line}");
        }
    }
    for finding in &findings {
        eprintln!("tidy: {finding}");
    }
    if findings.is_empty() {
        eprintln!("tidy: clean");
        return Ok(());
    }
    bail!("tidy found {} problem(s)", findings.len());
}
