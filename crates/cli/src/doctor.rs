//! `doctor`: what is installed, which versions, what is missing and the command that fixes it.

use crate::{Doctor, compile, plugin};
use serde_json::{Value, json};
use std::process::{Command, ExitCode};

/// The version of LLVM the plugin works with.
const VERSION: &str = "22.1";

/// A tool to look for.
struct Tool {
    name: &'static str,
    what: &'static str,
    package: &'static str,
    required: bool,
}

const TOOLS: &[Tool] = &[
    tool("clang-22", "compiles C and C++", "clang-22", true),
    tool("opt-22", "runs passes on LLVM IR", "llvm-22", true),
    tool(
        "ld.lld-22",
        "links with link-time optimization",
        "lld-22",
        true,
    ),
    tool("llvm-config-22", "builds the plugin", "llvm-22-dev", true),
    tool("FileCheck-22", "runs the tests", "llvm-22-tools", false),
    tool("flang-22", "compiles Fortran", "flang-22", false),
];

const fn tool(
    name: &'static str,
    what: &'static str,
    package: &'static str,
    required: bool,
) -> Tool {
    Tool {
        name,
        what,
        package,
        required,
    }
}

/// What was found out about one thing.
struct Finding {
    name: String,
    what: String,
    /// The version, or what is wrong.
    state: Result<String, String>,
    required: bool,
    /// The command that fixes it.
    fix: String,
}

/// Prints the findings; fails when something required is missing.
pub(crate) fn run(arguments: &Doctor) -> ExitCode {
    let mut findings: Vec<Finding> = TOOLS.iter().map(look).collect();
    findings.push(look_for_plugin());
    let healthy = findings
        .iter()
        .all(|finding| finding.state.is_ok() || !finding.required);
    if arguments.json {
        let list: Vec<Value> = findings.iter().map(as_json).collect();
        println!("{}", json!({ "healthy": healthy, "findings": list }));
    } else {
        print(&findings, healthy);
    }
    if healthy {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn look(tool: &Tool) -> Finding {
    let state = version(tool.name).and_then(|version| {
        if version.starts_with(VERSION) {
            Ok(version)
        } else {
            Err(format!("is {version}, {VERSION} is needed"))
        }
    });
    Finding {
        name: tool.name.into(),
        what: tool.what.into(),
        state,
        required: tool.required,
        fix: format!("sudo apt-get install {}", tool.package),
    }
}

/// The first version number a tool prints.
fn version(tool: &str) -> Result<String, String> {
    let output = Command::new(tool)
        .arg("--version")
        .output()
        .map_err(|_| "is not installed".to_owned())?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.split(|c: char| c.is_whitespace() || c == '(' || c == ')')
        .find(|word| word.contains('.') && word.starts_with(|c: char| c.is_ascii_digit()))
        .map(str::to_owned)
        .ok_or_else(|| "does not say its version".to_owned())
}

/// The plugin counts as working when opt loads it and runs its pass on an empty module.
fn look_for_plugin() -> Finding {
    let state = plugin::find().and_then(|path| {
        let output = Command::new("opt-22")
            .arg(compile::joined("-load-pass-plugin=", path.as_os_str()))
            .args(["-passes=ribozyme", "-disable-output", "/dev/null"])
            .output()
            .map_err(|_| "cannot be tried without opt-22".to_owned())?;
        if output.status.success() {
            Ok(path.display().to_string())
        } else {
            let text = String::from_utf8_lossy(&output.stderr);
            let line = text.lines().next().unwrap_or("no message");
            Err(format!("does not load: {line}"))
        }
    });
    Finding {
        name: plugin::NAME.into(),
        what: "the plugin".into(),
        state,
        required: true,
        fix: "cargo build --release -p rz-plugin, then set RIBOZYME_PLUGIN to its path".into(),
    }
}

fn as_json(finding: &Finding) -> Value {
    let (ok, state) = match &finding.state {
        Ok(version) => (true, version),
        Err(problem) => (false, problem),
    };
    json!({
        "name": finding.name,
        "what": finding.what,
        "ok": ok,
        "state": state,
        "required": finding.required,
        "fix": if ok { Value::Null } else { json!(finding.fix) },
    })
}

fn print(findings: &[Finding], healthy: bool) {
    for finding in findings {
        let (mark, state) = match (&finding.state, finding.required) {
            (Ok(version), _) => ("ok     ", version.clone()),
            (Err(problem), true) => ("MISSING", problem.clone()),
            (Err(problem), false) => ("absent ", format!("{problem} (optional)")),
        };
        println!("{mark}  {:<15} {} — {state}", finding.name, finding.what);
        if finding.state.is_err() {
            println!("         fix: {}", finding.fix);
        }
    }
    if healthy {
        println!("Everything that is required is there.");
    } else {
        println!(
            "When the distribution has no LLVM {VERSION}, the LLVM project's own packages for Debian and Ubuntu will do."
        );
    }
}
