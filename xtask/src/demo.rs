//! `cargo xtask demo`: three real C programs, differentiated, checked and timed.

use std::path::Path;

use anyhow::{Result, bail};

use crate::programs::{self, Build, Pipeline, Row};
use crate::project::{self, Profile};
use crate::setup;

/// Options of `demo`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Dimension, components and points of the Gaussian mixture.
    #[arg(long, value_delimiter = ',', num_args = 3, default_values_t = [20, 50, 1000])]
    gmm: Vec<u32>,
    /// Cameras, points and observations of the bundle adjustment.
    #[arg(long, value_delimiter = ',', num_args = 3, default_values_t = [49, 7776, 31843])]
    ba: Vec<u32>,
    /// Layers, sequence length and bits a character of the LSTM.
    #[arg(long, value_delimiter = ',', num_args = 3, default_values_t = [2, 1024, 14])]
    lstm: Vec<u32>,
    /// Seconds to measure each program.
    #[arg(long, default_value_t = 2.0)]
    seconds: f64,
    /// Optimization level of every file.
    #[arg(short = 'O', default_value = "2")]
    level: String,
}

/// Sets up, builds, runs, prints the table.
pub(crate) fn run(options: &Options) -> Result<()> {
    setup::run(&setup::Options::toolchain_only())?;
    let plugin = project::build_plugin(Profile::Release)?;
    show(options, &plugin)
}

/// The programs at small sizes, checked and not timed in earnest: a test from end to end.
pub(crate) fn smoke(plugin: &Path, level: &str) -> Result<()> {
    let options = Options {
        gmm: vec![5, 7, 30],
        ba: vec![3, 7, 40],
        lstm: vec![2, 20, 6],
        seconds: 0.02,
        level: level.to_owned(),
    };
    show(&options, plugin)
}

fn show(options: &Options, plugin: &Path) -> Result<()> {
    let level = format!("-O{}", options.level);
    let build = Build {
        plugin,
        pipeline: Pipeline::After,
        flags: &[&level],
        folder: project::target().join("demo"),
    };
    let mut rows = Vec::new();
    let mut failures = Vec::new();
    for program in programs::ALL {
        eprintln!("{}: {}", program.name, program.title);
        let sizes = match program.name {
            "gmm" => &options.gmm,
            "ba" => &options.ba,
            _ => &options.lstm,
        };
        let mut arguments = vec!["--seconds".to_owned(), options.seconds.to_string()];
        arguments.extend(sizes.iter().map(ToString::to_string));
        // One program that fails does not hide the others.
        match build
            .program(*program)
            .and_then(|path| programs::measure(&path, &arguments))
        {
            Ok(row) => rows.push(row),
            Err(error) => {
                eprintln!("error: {error:#}");
                failures.push(program.name);
            }
        }
    }
    print!("\n{}", table(&rows));
    failures.extend(
        programs::ALL
            .iter()
            .map(|program| program.name)
            .filter(|name| rows.iter().any(|row| row.program == *name && !row.ok)),
    );
    if !failures.is_empty() {
        bail!("failed: {}", failures.join(", "));
    }
    Ok(())
}

/// The rows as aligned text.
fn table(rows: &[Row]) -> String {
    const TITLES: [&str; 8] = [
        "program",
        "sizes",
        "rel. error",
        "primal",
        "gradient",
        "ratio",
        "tape",
        "check",
    ];
    let mut cells: Vec<[String; 8]> = vec![TITLES.map(str::to_owned)];
    cells.extend(rows.iter().map(|row| {
        [
            row.program.clone(),
            row.sizes.clone(),
            format!("{:.1e}", row.error),
            programs::seconds(row.primal),
            programs::seconds(row.gradient),
            format!("{:.2}", row.ratio()),
            programs::bytes(row.tape),
            match (row.ok, row.leaked) {
                (true, _) => "ok".to_owned(),
                (false, 0) => "FAILED".to_owned(),
                (false, leaked) => format!("FAILED, {leaked} B leaked"),
            },
        ]
    }));
    let mut out = String::new();
    for line in &cells {
        for (column, cell) in line.iter().enumerate() {
            let width = cells
                .iter()
                .map(|line| line[column].len())
                .max()
                .unwrap_or(0);
            let left = matches!(column, 0 | 1 | 7);
            let padded = if left {
                format!("{cell:<width$}")
            } else {
                format!("{cell:>width$}")
            };
            out.push_str(&padded);
            out.push_str("  ");
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_aligned() {
        let row = |program: &str, ok| Row {
            program: program.to_owned(),
            sizes: "d=2".to_owned(),
            error: 1e-15,
            primal: 1e-3,
            gradient: 3e-3,
            hand: 0.0,
            tape: 0,
            allocations: 0,
            own: 0,
            own_allocations: 0,
            leaked: 0,
            ok,
        };
        let text = table(&[row("gmm", true), row("lstm", false)]);
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(
            lines[1],
            "gmm      d=2       1.0e-15  1.00 ms   3.00 ms   3.00   0 B  ok"
        );
        assert!(lines[2].ends_with("FAILED"));
    }
}
