//! Time and tape over the size, on two plots that lie on top of each other.

use std::fmt::Write as _;

use anyhow::Result;
use serde_json::json;

use super::{Options, Parts, measure_right};
use crate::bench::plot::{self, Labels, Series};
use crate::bench::{exponent, folder, machine, write_book, write_json};
use crate::programs::{self, Row};

/// One program over its sizes.
struct Line {
    rows: Vec<Row>,
}

impl Line {
    fn name(&self) -> &str {
        self.rows.first().map_or("", |row| row.program.as_str())
    }

    fn points(&self, y: impl Fn(&Row) -> f64) -> Vec<(f64, f64)> {
        self.rows.iter().map(|row| (row.primal, y(row))).collect()
    }

    /// How the gradient's time grows with the primal's.
    fn growth(&self) -> f64 {
        exponent(&self.points(|row| row.gradient))
    }
}

/// Measures and writes table and plot.
pub(super) fn run(options: &Options, programs: &[Parts<'_>]) -> Result<()> {
    let mut lines = Vec::new();
    for parts in programs {
        let rows: Result<Vec<_>> = parts
            .entry
            .scaling
            .iter()
            .map(|sizes| measure_right(&parts.ours, sizes, options.seconds / 4.0))
            .collect();
        let rows = rows?;
        if !rows.is_empty() {
            lines.push(Line { rows });
        }
    }
    print!("{}", table(&lines));
    write_json("programs-scaling.json", &as_json(&lines))?;
    let svg = draw(&lines);
    std::fs::write(folder()?.join("programs-scaling.svg"), &svg)?;
    if options.record {
        write_book("images/programs-scaling.svg", &svg)?;
        write_book("programs-scaling.md", &page(&lines))?;
    }
    Ok(())
}

fn draw(lines: &[Line]) -> String {
    let series = |y: &dyn Fn(&Row) -> f64| -> Vec<Series> {
        lines
            .iter()
            .map(|line| Series {
                name: line.name().to_owned(),
                points: line.points(y),
            })
            .collect()
    };
    let x = "time of the primal (ms)";
    let scaled = |series: Vec<Series>| -> Vec<Series> {
        let milliseconds = |(x, y): (f64, f64)| (1e3 * x, y);
        series
            .into_iter()
            .map(|line| Series {
                points: line.points.into_iter().map(milliseconds).collect(),
                ..line
            })
            .collect()
    };
    let time = plot::log_log(
        &Labels {
            title: "Gradients over three decades of work",
            x,
            y: "time of the gradient (ms)",
        },
        &scaled(series(&|row| 1e3 * row.gradient)),
    );
    let tape = plot::log_log(
        &Labels {
            title: "",
            x,
            y: "tape (KiB); none: below the axis",
        },
        &scaled(series(&|row| row.tape as f64 / 1024.0)),
    );
    plot::stacked(&time, &tape)
}

fn table(lines: &[Line]) -> String {
    let mut out = String::from(
        "| program | sizes | primal | gradient | gradient ÷ primal | tape | growth |\n\
         |---|---|---:|---:|---:|---:|---:|\n",
    );
    for line in lines {
        for (index, row) in line.rows.iter().enumerate() {
            let growth = if index == 0 {
                String::new()
            } else {
                format!("{:.2}", line.growth())
            };
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} | {:.2} | {} | {growth} |",
                row.program,
                row.sizes,
                programs::seconds(row.primal),
                programs::seconds(row.gradient),
                row.ratio(),
                programs::bytes(row.tape),
            );
        }
    }
    out
}

fn page(lines: &[Line]) -> String {
    format!(
        "# Time and tape over the size\n\nPrograms of [the collection](programs.md) over three decades of \
         work. One run of\n`cargo xtask bench programs --scaling --record` on {}. The growth is that of the \
         gradient's time as a\npower of the primal's.\n\n![Time and tape](images/programs-scaling.svg)\n\n{}",
        machine(),
        table(lines)
    )
}

fn as_json(lines: &[Line]) -> serde_json::Value {
    let rows: Vec<_> = lines
        .iter()
        .flat_map(|line| &line.rows)
        .map(|row| {
            json!({
                "program": row.program,
                "sizes": row.sizes,
                "relative_error": row.error,
                "primal_seconds": row.primal,
                "gradient_seconds": row.gradient,
                "ratio": row.ratio(),
                "tape_bytes": row.tape,
            })
        })
        .collect();
    json!({ "machine": machine(), "rows": rows })
}
