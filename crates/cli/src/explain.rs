//! `explain`: why each derivative is what it is.
//!
//! The file is compiled with the plugin, which writes one JSON line for each request to the file
//! that `RIBOZYME_EXPLAIN` names; this command prints them. Refused requests appear with their
//! diagnostics.

use crate::{Explain, compile, plugin};
use clap::ValueEnum;
use rz_diag::Code;
use serde_json::Value;
use std::io::Write;
use std::process::{Command, ExitCode, Stdio};

/// How explanations are written.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// One array of requests.
    Json,
}

/// A part of the explanation.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(crate) enum Part {
    /// The prepared function, whose values the other parts name.
    Code,
    /// What each byte of each value is.
    Types,
    /// What carries derivatives, and why.
    Activity,
    /// What is recomputed, stored, reversed.
    Plan,
}

impl Part {
    fn key(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Types => "types",
            Self::Activity => "activity",
            Self::Plan => "plan",
        }
    }
}

/// Compiles the file and prints what the plugin recorded.
pub(crate) fn run(arguments: &Explain) -> Result<ExitCode, String> {
    if let [argument] = &arguments.args[..]
        && let Some(text) = argument.to_str()
        && let Some(meaning) = meaning(text)
    {
        println!("{meaning}");
        return Ok(ExitCode::SUCCESS);
    }
    let plugin = plugin::find()?;
    let record = std::env::temp_dir().join(format!("ribozyme-explain-{}", std::process::id()));
    let _ = std::fs::remove_file(&record);
    let tool = std::env::var_os("RIBOZYME_CC").unwrap_or_else(|| "clang-22".into());
    let mut command = Command::new(&tool);
    command
        .arg(compile::joined("-fpass-plugin=", plugin.as_os_str()))
        .args(["-g", "-O2"])
        // `--` only keeps clang's flags from being read as ours.
        .args(arguments.args.iter().filter(|argument| *argument != "--"))
        .args(["-c", "-o", "/dev/null"])
        .env("RIBOZYME_EXPLAIN", &record)
        .stdin(Stdio::null());
    let status = command
        .status()
        .map_err(|error| format!("cannot run {}: {error}", tool.display()))?;
    let text = std::fs::read_to_string(&record).unwrap_or_default();
    let _ = std::fs::remove_file(&record);
    let requests: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).map_err(|error| format!("bad record: {error}")))
        .collect::<Result<_, _>>()?;
    // A reader that closes its end has read enough.
    let mut out = std::io::stdout().lock();
    if arguments.format == Format::Json {
        let _ = writeln!(out, "{}", Value::Array(requests));
    } else if requests.is_empty() && status.success() {
        let _ = writeln!(out, "no requests");
    } else {
        for request in &requests {
            print(&mut out, request, arguments.only);
        }
    }
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// What the code of a diagnostic means; `None` when `text` is no code.
fn meaning(text: &str) -> Option<String> {
    let code = Code::ALL
        .iter()
        .find(|code| code.to_string().eq_ignore_ascii_case(text))?;
    Some(format!(
        "{code}: {}\nmore in docs/src/errors/{code}.md",
        code.meaning().trim()
    ))
}

fn print(out: &mut impl Write, request: &Value, only: Option<Part>) {
    let text = |key: &str| request[key].as_str().unwrap_or_default();
    let _ = writeln!(
        out,
        "── {} of `{}` at {}",
        text("entry"),
        text("primal"),
        text("at")
    );
    if let Some(error) = request["error"].as_str() {
        let _ = writeln!(out, "refused: {error}");
    }
    for part in [Part::Code, Part::Types, Part::Activity, Part::Plan] {
        if only.is_none_or(|only| only == part) {
            let _ = writeln!(out, "{}:", part.key());
            for line in text(part.key()).lines() {
                let _ = writeln!(out, "  {line}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::meaning;

    #[test]
    fn codes_are_explained_and_files_are_not_codes() {
        let text = meaning("rz0012").expect("a code");
        assert!(text.starts_with("RZ0012: Type analysis"), "{text}");
        assert_eq!(meaning("prog.c"), None);
        assert_eq!(meaning("RZ9999"), None);
    }
}
