//! What each optimization is worth: gradients with all of them but one.
//!
//! A program whose object file is the same with and without a switch is not measured again. The others run
//! with their own primal beside them, once with all and once without the switch.

use std::fmt::Write as _;

use anyhow::Result;
use serde_json::json;

use super::{Options, Parts, measure_right, short};
use crate::bench::{machine, write_book, write_json};
use crate::programs::{Gradient, Row};

/// An option, the value that takes an optimization away, and what is then missing.
struct Switch(&'static str, &'static str, &'static str);

const SWITCHES: &[Switch] = &[
    Switch("fuse", "0", "loop iterations run in the reverse pass"),
    Switch("combine", "0", "calls run in the reverse pass"),
    Switch("at-once", "0", "calls are undone directly after they ran"),
    Switch("repeats", "0", "what repeats in a loop is kept once"),
    Switch("rerun", "0", "iterations run again from a saved state"),
    Switch("skip", "0", "loops whose adjoints are zero are not undone"),
    Switch("ranges", "0", "integers on the tape say what they can be"),
    Switch("unroll", "0", "short loops over small arrays are unrolled"),
    Switch("chosen", "0", "the last choice of a loop is computed again"),
    Switch(
        "anew",
        "0",
        "numbers of scratch arrays are computed again where they are read",
    ),
    Switch(
        "triangles",
        "0",
        "places in triangles are computed from the number of the iteration",
    ),
    Switch(
        "carry",
        "0",
        "sums at several places are carried in registers",
    ),
    Switch("ends", "0", "the ends of rings leave their loops"),
    Switch("apart", "0", "arrays that may overlap are compared first"),
    Switch("turn", "0", "loops that go down are turned"),
    Switch(
        "early",
        "0",
        "tape is not written before loads that are carried on",
    ),
    Switch("faint", "0", "denormal adjoints are multiplied apart"),
    Switch("jam", "0", "a few iterations around sums are done at once"),
    Switch("zeros", "0", "tangents that are zero are stepped over"),
    Switch("indices", "0", "narrow indices are made wide"),
    Switch("nests", "0", "inner loops check addresses themselves"),
    Switch(
        "scopes",
        "0",
        "primal memory, shadows and tape are said to be apart",
    ),
    Switch("strict-order", "1", "adjoint sums are reassociated"),
    Switch(
        "hold",
        "0",
        "functions are held before they are unrolled and vectorized",
    ),
    Switch("cleanup", "0", "what was written is simplified"),
];

/// One program at one size without one optimization.
struct Loss {
    program: String,
    sizes: String,
    /// Gradient to primal with everything.
    all: f64,
    /// Without it.
    without: f64,
    error: f64,
    /// Bytes.
    tapes: (u64, u64),
}

impl Loss {
    fn factor(&self) -> f64 {
        self.without / self.all
    }
}

/// A switch and what every program loses by it.
struct Column {
    switch: &'static Switch,
    losses: Vec<Loss>,
    /// Programs that are refused or wrong without it, and how.
    failures: Vec<String>,
}

/// Measures and writes the table.
pub(super) fn run(options: &Options, programs: &[Parts<'_>]) -> Result<()> {
    let mut columns: Vec<_> = SWITCHES
        .iter()
        .map(|switch| Column {
            switch,
            losses: Vec::new(),
            failures: Vec::new(),
        })
        .collect();
    for parts in programs {
        eprintln!("ablation: {}", parts.source.name());
        measure_program(options, parts, &mut columns)?;
    }
    print!("{}", table(&columns));
    write_json("programs-ablation.json", &as_json(&columns))?;
    if options.record {
        write_book("programs-ablation.md", &page(&columns))?;
    }
    Ok(())
}

/// One program at the middle one of its sizes.
fn measure_program(options: &Options, parts: &Parts<'_>, columns: &mut [Column]) -> Result<()> {
    let sizes = parts.entry.sizes[parts.entry.sizes.len() / 2];
    let seconds = options.seconds / 3.0;
    let code = std::fs::read(&parts.object)?;
    let all = measure_right(&parts.ours, sizes, seconds)?;
    for column in columns {
        match without(parts, column.switch, &code, seconds) {
            Ok(without) => column
                .losses
                .push(loss(&all, without.as_ref().unwrap_or(&all))),
            Err(error) => {
                eprintln!("without {}: {error:#}", column.switch.0);
                let name = parts.source.name();
                column.failures.push(format!("{name} ({})", short(&error)));
            }
        }
    }
    Ok(())
}

/// The program without an optimization; nothing if its code is the same.
fn without(parts: &Parts<'_>, switch: &Switch, code: &[u8], seconds: f64) -> Result<Option<Row>> {
    let Switch(option, value, _) = switch;
    let variable = format!("RIBOZYME_{}", option.replace('-', "_").to_uppercase());
    let environment = [(variable, *value)];
    let gradient = Gradient::With(&environment);
    let object = parts.build.gradient(&parts.source, &gradient, option)?;
    if std::fs::read(&object)? == code {
        return Ok(None);
    }
    let path = parts.link(object, &gradient, option)?;
    let sizes = parts.entry.sizes[parts.entry.sizes.len() / 2];
    measure_right(&path, sizes, seconds).map(Some)
}

fn loss(all: &Row, without: &Row) -> Loss {
    Loss {
        program: all.program.clone(),
        sizes: all.sizes.clone(),
        all: all.ratio(),
        without: without.ratio(),
        error: without.error,
        tapes: (all.tape, without.tape),
    }
}

fn geometric_mean(values: impl Iterator<Item = f64>) -> f64 {
    let logs: Vec<_> = values.map(f64::ln).collect();
    (logs.iter().sum::<f64>() / logs.len().max(1) as f64).exp()
}

fn table(columns: &[Column]) -> String {
    let all = columns.first().map_or(f64::NAN, |column| {
        geometric_mean(column.losses.iter().map(|loss| loss.all))
    });
    let mut out = format!(
        "| without | mean gradient ÷ primal | largest error | those that lose most | tape grows most | fails |\n\
         |---|---:|---:|---|---|---|\n| (all are on) | {all:.2} | | | | |\n"
    );
    for Column {
        switch,
        losses,
        failures,
    } in columns
    {
        let mean = geometric_mean(losses.iter().map(|loss| loss.without));
        let error = losses.iter().map(|loss| loss.error).fold(0.0, f64::max);
        let mut worst: Vec<_> = losses.iter().filter(|loss| loss.factor() > 1.05).collect();
        worst.sort_by(|a, b| b.factor().total_cmp(&a.factor()));
        let worst: Vec<_> = worst
            .iter()
            .take(3)
            .map(|loss| format!("{} {:.2} → {:.2}", loss.program, loss.all, loss.without))
            .collect();
        let _ = writeln!(
            out,
            "| {}: {} | {mean:.2} | {error:.0e} | {} | {} | {} |",
            switch.0,
            switch.2,
            worst.join(", "),
            tape(losses),
            failures.join(", ")
        );
    }
    out
}

/// The program whose tape grows most.
fn tape(losses: &[Loss]) -> String {
    let worst = losses
        .iter()
        .max_by_key(|loss| loss.tapes.1.saturating_sub(loss.tapes.0));
    worst
        .filter(|loss| loss.tapes.1 > loss.tapes.0)
        .map_or_else(String::new, |loss| {
            let [from, to] = [loss.tapes.0, loss.tapes.1].map(crate::programs::bytes);
            format!("{} {from} → {to}", loss.program)
        })
}

fn page(columns: &[Column]) -> String {
    format!(
        "# The worth of each optimization\n\nThe programs of [the collection](programs.md), each at one \
         size, with all optimizations but one; the last two\nrows are not optimizations of gradients but steps \
         that these build on. One run of\n`cargo xtask bench programs --ablation --record` on {}. The mean is \
         geometric, over all programs;\nthose that lose less than a twentieth are not named. Every gradient \
         was checked with each switch off; the\nlargest relative error is shown. What is refused or wrong without a step *fails* and is not in the mean.\n\n{}",
        machine(),
        table(columns)
    )
}

fn as_json(columns: &[Column]) -> serde_json::Value {
    let rows: Vec<_> = columns
        .iter()
        .flat_map(|column| column.losses.iter().map(|loss| (column.switch, loss)))
        .map(|(switch, loss)| {
            json!({
                "option": format!("{}={}", switch.0, switch.1),
                "program": loss.program,
                "sizes": loss.sizes,
                "ratio_with_all": loss.all,
                "ratio_without": loss.without,
                "relative_error": loss.error,
                "tape_bytes_with_all": loss.tapes.0,
                "tape_bytes_without": loss.tapes.1,
            })
        })
        .collect();
    json!({ "machine": machine(), "rows": rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_names_those_that_lose() {
        let loss = |program: &str, without| Loss {
            program: program.to_owned(),
            sizes: String::new(),
            all: 2.0,
            without,
            error: 1e-16,
            tapes: (0, 2048),
        };
        let columns = [Column {
            switch: &SWITCHES[0],
            losses: vec![loss("a", 2.0), loss("b", 8.0)],
            failures: vec!["c (refused: RZ0012)".to_owned()],
        }];
        let text = table(&columns);
        assert!(text.contains("| 4.00 | 1e-16 | b 2.00 → 8.00 |"), "{text}");
    }
}
