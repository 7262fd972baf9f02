//! `cargo xtask setup`: what the project needs beyond the Rust toolchain.
//!
//! LLVM 22 comes from the distribution's own packages, the test runner from the Rust registry. Nothing is
//! installed when everything is there. With superuser rights, or with `CI=true`, packages are
//! installed without a question; otherwise the command is shown and a person decides. Where LLVM 22
//! cannot be had the error says what is missing and where to get it.

use std::io::{IsTerminal, Write};
use std::process::Command;

use anyhow::{Result, bail};

use crate::{project, run};

/// Options of `setup`.
#[derive(clap::Args, Default)]
pub(crate) struct Options {
    /// Only say what is missing; install nothing.
    #[arg(long)]
    check: bool,
    /// Leave out the test runner.
    #[arg(long)]
    no_nextest: bool,
}

impl Options {
    /// What the demo needs: everything but the test runner.
    pub(crate) fn toolchain_only() -> Self {
        Self {
            no_nextest: true,
            ..Self::default()
        }
    }
}

/// A thing that must be present: how to see it, and the Debian package that brings it.
struct Need {
    package: &'static str,
    what: &'static str,
    present: fn() -> bool,
}

/// Everything from the distribution. Presence is asked of the tool itself and not of the package
/// manager, so an LLVM 22 that came another way is as good.
const NEEDS: &[Need] = &[
    Need {
        package: "llvm-22-dev",
        what: "LLVM 22 headers and library (llvm-config-22)",
        present: || run::on_path("llvm-config-22") && has_header(),
    },
    Need {
        package: "clang-22",
        what: "clang 22",
        present: || run::on_path("clang-22"),
    },
    Need {
        package: "lld-22",
        what: "lld 22",
        present: || run::on_path("ld.lld-22"),
    },
    Need {
        package: "flang-22",
        what: "flang 22",
        present: || run::on_path("flang-22"),
    },
    Need {
        package: "llvm-22-tools",
        what: "LLVM's test tools (FileCheck-22)",
        present: || run::on_path("FileCheck-22"),
    },
    Need {
        package: "libclang-rt-22-dev",
        what: "clang's sanitizer runtime",
        present: has_sanitizers,
    },
    Need {
        package: "g++",
        what: "a C++ compiler and its standard library",
        present: || run::on_path("c++"),
    },
    Need {
        package: "libc6-dev",
        what: "the C library's headers",
        present: || compiles("c", "#include <stdio.h>\n#include <math.h>\n"),
    },
];

/// The release of the test runner that is built when there is none.
const NEXTEST: &str = "0.9.143";

/// Installs what is missing.
pub(crate) fn run(options: &Options) -> Result<()> {
    let missing = missing();
    if options.check {
        return report(&missing, options);
    }
    if !missing.is_empty() {
        install_packages(&missing)?;
    }
    if !options.no_nextest && !has_nextest() {
        install_nextest()?;
    }
    eprintln!("setup: everything is there (LLVM {})", llvm_version());
    Ok(())
}

fn missing() -> Vec<&'static Need> {
    NEEDS.iter().filter(|need| !(need.present)()).collect()
}

fn report(missing: &[&Need], options: &Options) -> Result<()> {
    for need in missing {
        eprintln!("missing: {} (package {})", need.what, need.package);
    }
    let nextest = options.no_nextest || has_nextest();
    if !nextest {
        eprintln!("missing: the test runner cargo-nextest");
    }
    if missing.is_empty() && nextest {
        eprintln!("setup: everything is there (LLVM {})", llvm_version());
        return Ok(());
    }
    bail!("some tools are missing; `cargo xtask setup` installs them");
}

fn install_packages(missing: &[&Need]) -> Result<()> {
    eprintln!("setup: these are missing:");
    for need in missing {
        eprintln!("  {:<20} {}", need.package, need.what);
    }
    let packages: Vec<_> = missing.iter().map(|need| need.package).collect();
    install(&packages)?;
    let left = self::missing();
    if !left.is_empty() {
        let names: Vec<_> = left.iter().map(|need| need.what).collect();
        bail!("still missing after installing: {}", names.join(", "));
    }
    Ok(())
}

/// Installs a library that only a benchmark wants, unless a program that includes it compiles.
pub(crate) fn library(package: &str, what: &str, source: &str) -> Result<()> {
    if compiles("c++", source) {
        return Ok(());
    }
    eprintln!("setup: {what} is missing");
    install(&[package])?;
    if !compiles("c++", source) {
        bail!("still missing after installing: {what}");
    }
    Ok(())
}

/// Installs packages of the distribution.
fn install(packages: &[&str]) -> Result<()> {
    let by_hand = format!("apt-get install {}", packages.join(" "));
    if !run::on_path("apt-get") {
        bail!(
            "this is not a Debian-like system (no apt-get): install LLVM 22 (22.1 or later) with its \
             clang, lld, flang and test tools so that llvm-config-22, clang-22, ld.lld-22, flang-22 \
             and FileCheck-22 are on the path, then run this again"
        );
    }
    let sudo = superuser(&by_hand)?;
    let apt = |arguments: &[&str]| {
        let mut command = if sudo {
            let mut command = Command::new("sudo");
            command.args(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
            command
        } else {
            let mut command = Command::new("apt-get");
            command.env("DEBIAN_FRONTEND", "noninteractive");
            command
        };
        command.args(arguments);
        run::checked(&mut command)
    };
    apt(&["update", "-qq"])?;
    require_candidates(packages)?;
    let mut arguments = vec!["install", "-y", "-qq", "--no-install-recommends"];
    arguments.extend(packages);
    apt(&arguments)
}

/// Whether to go through sudo; asks a person unless nothing needs to be asked.
fn superuser(by_hand: &str) -> Result<bool> {
    let uid = run::output(Command::new("id").arg("-u"))?;
    if uid.trim() == "0" {
        return Ok(false);
    }
    if !run::on_path("sudo") {
        bail!("installing needs superuser rights and there is no sudo; as root run: {by_hand}");
    }
    if std::env::var("CI").is_ok_and(|ci| ci == "true") {
        return Ok(true);
    }
    if !std::io::stdin().is_terminal() {
        bail!("installing needs superuser rights; run: sudo {by_hand}");
    }
    eprint!("Run `sudo {by_hand}` now? [y/N] ");
    std::io::stderr().flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    if !matches!(answer.trim(), "y" | "Y" | "yes") {
        bail!("nothing was installed; run: sudo {by_hand}");
    }
    Ok(true)
}

/// An explanation before apt's own "unable to locate package".
fn require_candidates(packages: &[&str]) -> Result<()> {
    let absent: Vec<_> = packages
        .iter()
        .copied()
        .filter(|package| !has_candidate(package))
        .collect();
    if absent.is_empty() {
        return Ok(());
    }
    bail!(
        "this system's package sources do not offer {}.\n\
         Debian 12 carries LLVM 22 in its security archive: check that the sources include\n\
         the suite `bookworm-security`. Elsewhere the LLVM project's own packages for version 22 will do.\n\
         Then run this again.",
        absent.join(", ")
    );
}

fn has_candidate(package: &str) -> bool {
    run::output(
        Command::new("apt-cache")
            .args(["policy", package])
            .env("LC_ALL", "C"),
    )
    .is_ok_and(|text| {
        text.lines().any(|line| {
            line.trim_start()
                .strip_prefix("Candidate:")
                .is_some_and(|version| version.trim() != "(none)")
        })
    })
}

fn has_header() -> bool {
    run::output(Command::new("llvm-config-22").arg("--includedir")).is_ok_and(|dir| {
        std::path::Path::new(dir.trim())
            .join("llvm/IR/Module.h")
            .is_file()
    })
}

fn has_sanitizers() -> bool {
    // Debian installs the runtime for each architecture in one folder under the resource folder.
    let Ok(dir) = run::output(Command::new("clang-22").arg("-print-resource-dir")) else {
        return false;
    };
    let Ok(entries) = std::fs::read_dir(std::path::Path::new(dir.trim()).join("lib/linux")) else {
        return false;
    };
    entries.filter_map(Result::ok).any(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with("libclang_rt.asan-") && name.ends_with(".a")
    })
}

/// Whether the compiler takes this program of a language.
fn compiles(language: &str, source: &str) -> bool {
    use std::process::Stdio;
    let child = Command::new("cc")
        .args(["-x", language, "-fsyntax-only", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else { return false };
    let written = child
        .stdin
        .take()
        .is_some_and(|mut stdin| stdin.write_all(source.as_bytes()).is_ok());
    child.wait().is_ok_and(|status| status.success()) && written
}

fn llvm_version() -> String {
    run::output(Command::new("llvm-config-22").arg("--version"))
        .map_or_else(|_| "unknown".to_owned(), |text| text.trim().to_owned())
}

fn has_nextest() -> bool {
    run::succeeds(project::cargo().args(["nextest", "--version"]))
}

/// Without default features it builds in a third of the time and cannot replace itself.
fn install_nextest() -> Result<()> {
    eprintln!("setup: building the test runner cargo-nextest (once, a few minutes)");
    run::checked(project::cargo().args([
        "install",
        "--locked",
        "cargo-nextest",
        "--version",
        NEXTEST,
        "--no-default-features",
        // It only starts processes: built for speed it would take twice as long to install.
        "--debug",
    ]))
}
