//! `cc`, `c++` and `opt`: LLVM's tools with the plugin loaded.

use crate::plugin;
use std::ffi::{OsStr, OsString};
use std::process::{Command, ExitCode};

/// What a clang command line asks for, as far as loading the plugin depends on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Request {
    lto: bool,
    links: bool,
    linker: bool,
}

impl Request {
    fn of(args: &[OsString]) -> Self {
        let mut request = Self {
            links: true,
            ..Self::default()
        };
        for arg in args {
            match arg.to_str().unwrap_or_default() {
                "-flto" | "-flto=full" | "-flto=thin" | "-flto=auto" => request.lto = true,
                "-fno-lto" => request.lto = false,
                "-c" | "-S" | "-E" | "-M" | "-MM" | "-fsyntax-only" | "--version" | "-v"
                | "-###" | "--help" | "-dumpversion" | "-dumpmachine" => request.links = false,
                text if text.starts_with("-fuse-ld=") || text.starts_with("--ld-path=") => {
                    request.linker = true;
                }
                text if text.starts_with("-print-") || text.starts_with("--print-") => {
                    request.links = false;
                }
                _ => {}
            }
        }
        request
    }
}

/// Runs clang with the plugin in the compile step and, in LTO builds, in the link step.
pub(crate) fn clang(tool: &str, variable: &str, args: &[OsString]) -> Result<ExitCode, String> {
    let plugin = plugin::find()?;
    let request = Request::of(args);
    let tool = std::env::var_os(variable).unwrap_or_else(|| tool.into());
    let mut command = Command::new(&tool);
    command.arg(joined("-fpass-plugin=", plugin.as_os_str()));
    if request.lto && request.links {
        if !request.linker {
            command.arg("-fuse-ld=lld");
        }
        command.arg(joined("-Wl,--load-pass-plugin=", plugin.as_os_str()));
    }
    // An empty command line gets clang's own complaint, without link options it did not ask for.
    command.args(args);
    exec(command, &tool)
}

/// Runs opt with the plugin.
pub(crate) fn opt(args: &[OsString]) -> Result<ExitCode, String> {
    let plugin = plugin::find()?;
    let tool = std::env::var_os("RIBOZYME_OPT").unwrap_or_else(|| "opt-22".into());
    let mut command = Command::new(&tool);
    command
        .arg(joined("-load-pass-plugin=", plugin.as_os_str()))
        .args(args);
    exec(command, &tool)
}

/// A flag and its value in one argument.
pub(crate) fn joined(flag: &str, value: &OsStr) -> OsString {
    let mut text = OsString::from(flag);
    text.push(value);
    text
}

fn exec(mut command: Command, tool: &OsStr) -> Result<ExitCode, String> {
    let status = command.status().map_err(|error| {
        format!(
            "cannot run {}: {error}; `ribozyme doctor` says how to install it",
            tool.display()
        )
    })?;
    // A tool that a signal ended has no code; 1 is what the shell's user expects of a failure.
    Ok(ExitCode::from(
        status
            .code()
            .and_then(|code| u8::try_from(code).ok())
            .unwrap_or(1),
    ))
}

#[cfg(test)]
mod tests {
    use super::Request;
    use std::ffi::OsString;

    fn of(line: &str) -> Request {
        let args: Vec<OsString> = line.split_whitespace().map(Into::into).collect();
        Request::of(&args)
    }

    #[test]
    fn the_plugin_is_loaded_where_code_is_made() {
        let plain = Request {
            links: true,
            ..Request::default()
        };
        assert_eq!(of("-O2 a.c -o a"), plain);
        assert!(!of("-O2 -c a.c").links);
        assert!(of("-flto a.o b.o").lto);
        assert!(of("-flto=thin a.o").links);
        assert!(!of("-flto -fno-lto a.c").lto);
        assert!(of("-flto -fuse-ld=mold a.o").linker);
    }
}
