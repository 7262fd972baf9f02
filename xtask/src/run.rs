//! Running other programs: one line says what runs, a failure says what failed.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// The command line as a person would type it.
pub(crate) fn shown(command: &Command) -> String {
    let quote = |word: &OsStr| {
        let word = word.to_string_lossy();
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_=+./:,@%".contains(c);
        if !word.is_empty() && word.chars().all(plain) {
            word.into_owned()
        } else {
            format!("'{}'", word.replace('\'', r"'\''"))
        }
    };
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(quote)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Runs to completion with inherited output; an exit status other than 0 is an error.
pub(crate) fn checked(command: &mut Command) -> Result<()> {
    eprintln!("  $ {}", shown(command));
    quiet(command)
}

/// [`checked`] without the line that says what runs.
pub(crate) fn quiet(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot start `{}`", shown(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", shown(command));
    }
    Ok(())
}

/// Standard output of a command that must succeed; its standard error is shown only on failure.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command
        .output()
        .with_context(|| format!("cannot start `{}`", shown(command)))?;
    if !output.status.success() {
        bail!(
            "`{}` failed ({})\n{}{}",
            shown(command),
            output.status,
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a command can be started and succeeds; all output is dropped.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Whether a program of this name is on the search path.
pub(crate) fn on_path(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|dir| is_file(&dir.join(program))))
}

fn is_file(path: &Path) -> bool {
    path.metadata().is_ok_and(|data| data.is_file())
}

/// Runs a command, shows its standard error as it comes, and returns the lines of it that
/// `keep` accepts (given without color codes), whether or not the command succeeds.
pub(crate) fn streamed(
    command: &mut Command,
    keep: impl Fn(&str) -> bool,
) -> Result<(Vec<String>, bool)> {
    eprintln!("  $ {}", shown(command));
    let mut child = command
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{}`", shown(command)))?;
    let mut kept = Vec::new();
    if let Some(stderr) = child.stderr.take() {
        for line in BufReader::new(stderr).split(b'\n') {
            let line = line.context("reading the output of a command")?;
            let line = String::from_utf8_lossy(&line);
            eprintln!("{line}");
            let plain = without_color(&line);
            if keep(&plain) {
                kept.push(plain);
            }
        }
    }
    let status = child.wait().context("waiting for a command")?;
    Ok((kept, status.success()))
}

/// Drops `ESC [ … letter` sequences.
fn without_color(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            for c in chars.by_ref() {
                if c.is_ascii_alphabetic() {
                    break;
                }
            }
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_only_what_a_shell_would_split() {
        let mut command = Command::new("clang-22");
        command.args(["-O2", "two words", "it's", ""]);
        assert_eq!(shown(&command), r"clang-22 -O2 'two words' 'it'\''s' ''");
    }

    #[test]
    fn color_codes_are_dropped() {
        assert_eq!(without_color("\u{1b}[32;1mPASS\u{1b}[0m [1s]"), "PASS [1s]");
    }

    #[test]
    fn streaming_keeps_lines_and_reports_failure() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo one >&2; echo two >&2; exit 3"]);
        let (kept, ok) = streamed(&mut command, |line| line.starts_with('t')).unwrap();
        assert_eq!((kept, ok), (vec!["two".to_owned()], false));
    }
}
