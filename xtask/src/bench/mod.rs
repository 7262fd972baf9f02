//! `cargo xtask bench`: what gradients cost, and what making them costs.
//!
//! - `gradients` (the default): the demo's programs over a range of sizes, with their targets.
//! - `programs`: a collection of programs, with gradients written by hand beside ours.
//! - `pipelines`: differentiating after optimization against before it.
//! - `compile-time`: the plugin's own time over functions of 10² … 10⁵ instructions, and files of up to 10⁴ lines.
//! - `cliffs`: compile time of programs that are extreme in one way.
//!
//! Results go to `target/bench/` as JSON; `--record` also writes the page and the plot of the book.

mod cliffs;
mod collection;
mod compile_time;
mod cost;
mod files;
mod generate;
mod gradients;
mod pipelines;
mod plot;
mod program;
mod whole;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::project;

/// Options of `bench`.
#[derive(clap::Args)]
pub(crate) struct Options {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(clap::Subcommand)]
enum What {
    /// Gradient time and tape of the example programs over a range of sizes.
    Gradients(gradients::Options),
    /// The programs of `bench/programs`, with gradients written by hand beside ours.
    Programs(collection::Options),
    /// Differentiation after optimization against differentiation before it.
    Pipelines(pipelines::Options),
    /// The plugin's time over the size of the function.
    CompileTime(compile_time::Options),
    /// Compile time of programs that are extreme in one way.
    Cliffs(cliffs::Options),
}

/// Runs one benchmark.
pub(crate) fn run(options: &Options) -> Result<()> {
    match &options.what {
        None => gradients::run(&gradients::Options::default()),
        Some(What::Gradients(options)) => gradients::run(options),
        Some(What::Programs(options)) => collection::run(options),
        Some(What::Pipelines(options)) => pipelines::run(options),
        Some(What::CompileTime(options)) => compile_time::run(options),
        Some(What::Cliffs(options)) => cliffs::run(options),
    }
}

/// Where results go.
fn folder() -> Result<PathBuf> {
    let folder = project::target().join("bench");
    std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    Ok(folder)
}

/// Writes machine-readable results.
fn write_json(name: &str, value: &serde_json::Value) -> Result<()> {
    let path = folder()?.join(name);
    std::fs::write(&path, serde_json::to_string_pretty(value)?)
        .with_context(|| format!("writing {}", path.display()))?;
    eprintln!("bench: wrote {}", path.display());
    Ok(())
}

/// Writes a file of the book.
fn write_book(name: &str, text: &str) -> Result<()> {
    let path = project::root().join("docs/src").join(name);
    std::fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
    std::fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
    eprintln!("bench: wrote {}", path.display());
    Ok(())
}

/// The middle of the samples.
fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples.get(samples.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Slope of the least-squares line through the logarithms: the exponent of a power law.
fn exponent(points: &[(f64, f64)]) -> f64 {
    let logs: Vec<_> = points.iter().map(|(x, y)| (x.ln(), y.ln())).collect();
    let count = logs.len() as f64;
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| logs.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(&|p| p.0), mean(&|p| p.1));
    let covariance = mean(&|p| (p.0 - x) * (p.1 - y));
    covariance / mean(&|p| (p.0 - x).powi(2))
}

/// The machine, for the record.
fn machine() -> String {
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = text
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split(':').nth(1))
        .unwrap_or("unknown processor");
    model.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponent_of_a_power_law_is_found() {
        let points: Vec<_> = [1.0, 10.0, 100.0_f64]
            .map(|x| (x, 3.0 * x.powf(1.5)))
            .into();
        assert!((exponent(&points) - 1.5).abs() < 1e-12);
    }

    #[test]
    fn the_median_is_not_moved_by_an_outlier() {
        assert!((median(vec![1.0, 1000.0, 2.0]) - 2.0).abs() < 1e-12);
    }
}
