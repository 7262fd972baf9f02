//! Gradients by JAX: `bench/others/jax/programs.py`, in an environment of its own under the build folder.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::entries::Sizes;
use crate::programs::Source;
use crate::{bench, project, run};

/// What JAX cannot express, and why.
const CANNOT: &[(&str, &str)] = &[
    (
        "determinant",
        "the recursion would be unrolled when it is traced, to n! operations",
    ),
    (
        "particle",
        "a loop whose number of steps is not known cannot be reversed",
    ),
];

/// Why this program is not there.
pub(super) fn missing(name: &str) -> Option<&'static str> {
    let found = CANNOT.iter().find(|(known, _)| *known == name);
    found.map(|(_, why)| *why)
}

/// One program at one size.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Times {
    pub(super) error: f64,
    /// Seconds of the function.
    pub(super) primal: f64,
    /// Seconds of its gradient.
    pub(super) gradient: f64,
    /// Seconds that compiling both took.
    pub(super) compiling: f64,
}

impl Times {
    fn parse(line: &str) -> Result<Self> {
        let numbers: Vec<f64> = line
            .split('\t')
            .skip(1)
            .map(str::parse)
            .collect::<Result<_, _>>()
            .with_context(|| format!("not a row: {line}"))?;
        let [error, primal, gradient, compiling] = numbers[..] else {
            anyhow::bail!("expected four numbers: {line}");
        };
        Ok(Self {
            error,
            primal,
            gradient,
            compiling,
        })
    }
}

/// The interpreter of the environment, which is made if it is not there.
pub(super) fn install() -> Result<PathBuf> {
    let requirements = project::root().join("bench/others/jax/requirements.txt");
    let folder = bench::folder()?.join("jax-venv");
    let python = folder.join("bin/python");
    if !run::succeeds(Command::new(&python).args(["-c", "import jax"])) {
        run::checked(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        run::checked(
            Command::new(&python)
                .args(["-m", "pip", "install", "--quiet", "--requirement"])
                .arg(&requirements),
        )?;
    }
    Ok(python)
}

/// The version that is measured.
pub(super) fn version(python: &Path) -> Result<String> {
    let text =
        run::output(Command::new(python).args(["-c", "import jax; print(jax.__version__)"]))?;
    Ok(text.trim().to_owned())
}

/// Measures one program at one size, on the problem that the built program makes.
pub(super) fn measure(
    python: &Path,
    source: &Source,
    program: &Path,
    sizes: Sizes,
    seconds: f64,
) -> Result<Times> {
    let (problem, result) = (
        program.with_extension("problem"),
        program.with_extension("result"),
    );
    let mut write = Command::new(program);
    write
        .arg("--write")
        .arg(&problem)
        .arg("--result")
        .arg(&result);
    run::output(write.args(sizes.iter().map(ToString::to_string)))?;
    let script = project::root().join("bench/others/jax/programs.py");
    let mut command = Command::new(python);
    command.arg(script).arg(seconds.to_string());
    command.arg(source.name()).arg(&problem).arg(&result);
    Times::parse(run::output(&mut command)?.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_reads_back() {
        let times = Times::parse("gmm\t1e-15\t2e-3\t5e-3\t1.5").unwrap();
        assert!((times.gradient - 5e-3).abs() < 1e-15 && (times.compiling - 1.5).abs() < 1e-15);
        assert!(Times::parse("gmm\t1").is_err());
    }
}
