//! Processor time of a command, which other work on the machine stretches little.

use std::process::Command;

use anyhow::{Context, Result};

use super::median;
use crate::run;

/// The times are counted in milliseconds, so short commands run several times in a row.
const LONG_ENOUGH: f64 = 0.2;
const MOST: usize = 20;

/// Seconds of processor time a run of `command` takes: of short ones the mean of several.
pub(super) fn of(command: &Command) -> Result<f64> {
    let once = repeated(command, 1)?;
    if once > LONG_ENOUGH {
        return Ok(once);
    }
    let times = ((LONG_ENOUGH / once.max(1e-3)).ceil() as usize).clamp(2, MOST);
    Ok(repeated(command, times)? / times as f64)
}

/// The middle of several measurements.
pub(super) fn middle(command: &Command, samples: usize) -> Result<f64> {
    let samples = (0..samples.max(1)).map(|_| of(command));
    Ok(median(samples.collect::<Result<_>>()?))
}

fn repeated(command: &Command, times: usize) -> Result<f64> {
    let mut shell = Command::new("bash");
    let script = format!(
        r#"TIMEFORMAT='%U %S'; {{ time for i in $(seq {times}); do "$@" >&2 2>&3 || exit 1; done; }} 3>&2 2>&1"#
    );
    shell
        .args(["-c", &script, "bash"])
        .arg(command.get_program())
        .args(command.get_args());
    let text = run::output(&mut shell)?;
    let times: Vec<f64> = text
        .lines()
        .last()
        .unwrap_or_default()
        .split_whitespace()
        .map(str::parse)
        .collect::<Result<_, _>>()
        .with_context(|| format!("no times in {text:?}"))?;
    Ok(times.iter().sum())
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    #[test]
    fn processor_time_is_read() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo noise; echo noise >&2"]);
        let time = super::of(&command).unwrap();
        assert!((0.0..1.0).contains(&time));
        let mut failing = Command::new("false");
        assert!(super::of(failing.arg("x")).is_err());
    }
}
