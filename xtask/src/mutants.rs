//! `cargo xtask mutants`: does the test suite notice a broken compiler?
//!
//! Each file `tests/mutants/*.patch` seeds one fault: a dropped zeroing, a wrong slot, a skipped
//! edge. A copy of the repository under the build folder gets the patch, is built, and must then
//! *fail* its tests. The header of a patch says what it breaks and may name the tests that should
//! notice first:
//!
//! ```text
//! Fault: the adjoint of overwritten memory is not reset
//! Tests: test(overwrite)
//! --- a/crates/synth/src/reverse.rs
//! ```
//!
//! The named tests, of run cases (`rz-tests`) or of the plugin, try first. Then all run cases, since they kill
//! nearly everything and need only the plugin rebuilt; the rest of the suite is asked when they pass.
//!
//! A patch that does not apply or does not build is an error, not a killed mutant: it would hide a
//! hole in the suite.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::{project, run};

/// Options of `mutants`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Run only mutants whose name contains this.
    #[arg(long)]
    only: Option<String>,
    /// Run only every n-th mutant.
    #[arg(long, default_value_t = 1)]
    every: usize,
    /// List the mutants and stop.
    #[arg(long)]
    list: bool,
    /// The unchanged code is known to pass.
    #[arg(long)]
    no_baseline: bool,
}

/// Some of the mutants, evenly spread over the list. The unchanged code must have passed.
pub(crate) fn sample(count: usize) -> Result<()> {
    if count == 0 {
        return Ok(());
    }
    let all = read_all(&project::root().join("tests/mutants"))?.len();
    run(&Options {
        only: None,
        every: all.div_ceil(count),
        list: false,
        no_baseline: true,
    })
}

/// One fault.
#[derive(Debug, PartialEq, Eq)]
struct Mutant {
    name: String,
    fault: String,
    /// Filter of the tests that should notice first.
    tests: Option<String>,
}

/// What became of it.
enum Verdict {
    Killed(&'static str),
    Survived,
    Broken(String),
}

/// Runs all mutants and reports the survivors.
pub(crate) fn run(options: &Options) -> Result<()> {
    let folder = project::root().join("tests/mutants");
    let mutants: Vec<_> = read_all(&folder)?
        .into_iter()
        .filter(|mutant| {
            options
                .only
                .as_ref()
                .is_none_or(|part| mutant.name.contains(part))
        })
        .step_by(options.every.max(1))
        .collect();
    if mutants.is_empty() {
        bail!("no mutants to run in {}", folder.display());
    }
    if options.list {
        for mutant in &mutants {
            println!("{:<32} {}", mutant.name, mutant.fault);
        }
        return Ok(());
    }
    let copy = Copy::make()?;
    if !options.no_baseline {
        eprintln!("mutants: the unchanged copy must pass first");
        if let Some(reason) = copy.tests(&["--workspace"])? {
            bail!("the unchanged code fails its tests ({reason}); mutants would prove nothing");
        }
    }
    let mut bad = 0;
    for (index, mutant) in mutants.iter().enumerate() {
        let start = Instant::now();
        let verdict = copy.judge(&folder, mutant)?;
        let text = match &verdict {
            Verdict::Killed(by) => format!("killed ({by})"),
            Verdict::Survived => "SURVIVED".to_owned(),
            Verdict::Broken(why) => format!("UNUSABLE: {why}"),
        };
        if !matches!(verdict, Verdict::Killed(_)) {
            bad += 1;
        }
        println!(
            "[{}/{}] {:<32} {text} in {:.0} s: {}",
            index + 1,
            mutants.len(),
            mutant.name,
            start.elapsed().as_secs_f64(),
            mutant.fault
        );
    }
    if bad > 0 {
        bail!("{bad} of {} mutants were not killed", mutants.len());
    }
    println!("all {} mutants were killed", mutants.len());
    Ok(())
}

fn read_all(folder: &Path) -> Result<Vec<Mutant>> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Ok(Vec::new());
    };
    let mut mutants = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path
            .extension()
            .is_none_or(|extension| extension != "patch")
        {
            continue;
        }
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("reading {}", path.display()))?;
        mutants.push(header(name, &text)?);
    }
    mutants.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(mutants)
}

/// Reads the lines before the first changed file.
fn header(name: String, text: &str) -> Result<Mutant> {
    let lines = || {
        text.lines()
            .take_while(|line| !line.starts_with("--- ") && !line.starts_with("diff "))
    };
    let field = |key: &str| {
        lines()
            .find_map(|line| line.strip_prefix(key))
            .map(|value| value.trim().to_owned())
    };
    let Some(fault) = field("Fault:") else {
        bail!("tests/mutants/{name}.patch does not say its fault");
    };
    Ok(Mutant {
        name,
        fault,
        tests: field("Tests:"),
    })
}

/// A copy of the repository that faults are seeded into, with a build folder of its own.
struct Copy {
    root: PathBuf,
    /// Where the copy is built.
    target: PathBuf,
}

impl Copy {
    fn make() -> Result<Self> {
        let base = project::target().join("mutants");
        let root = base.join("source");
        if root.exists() {
            std::fs::remove_dir_all(&root)?;
        }
        for file in project::files()? {
            let to = root.join(&file);
            std::fs::create_dir_all(to.parent().unwrap_or(&root))?;
            // Copying keeps the times, so an earlier build of the copy stays valid.
            run::quiet(
                Command::new("cp")
                    .arg("-p")
                    .arg(project::root().join(&file))
                    .arg(&to),
            )?;
        }
        Ok(Self {
            root,
            target: base.join("build"),
        })
    }

    fn judge(&self, folder: &Path, mutant: &Mutant) -> Result<Verdict> {
        let patch = folder.join(format!("{}.patch", mutant.name));
        if !self.apply(&patch, false) {
            return Ok(Verdict::Broken("the patch does not apply".to_owned()));
        }
        let verdict = self
            .verdict(mutant)
            .unwrap_or_else(|error| Verdict::Broken(format!("{error:#}")));
        if !self.apply(&patch, true) {
            bail!("cannot undo {}", patch.display());
        }
        Ok(verdict)
    }

    fn verdict(&self, mutant: &Mutant) -> Result<Verdict> {
        let mut plugin = self.cargo();
        plugin.args(["build", "--package", "rz-plugin"]);
        if let Err(error) = run::output(&mut plugin) {
            return Ok(Verdict::Broken(format!("it does not build: {error:#}")));
        }
        // Most faults show in these two; a filter that names a package may mean any.
        let usual: &[&str] = &["--package", "rz-tests", "--package", "rz-plugin"];
        let named = mutant.tests.as_deref().map(|filter| {
            let packages = if filter.contains("package(") {
                &["--workspace"]
            } else {
                usual
            };
            [packages, &["-E", filter]].concat()
        });
        let stages: [(&'static str, Option<&[&str]>); 3] = [
            ("named tests", named.as_deref()),
            ("run cases", Some(&["--package", "rz-tests"])),
            ("suite", Some(&["--workspace"])),
        ];
        for (by, arguments) in stages {
            if let Some(arguments) = arguments
                && self.tests(arguments)?.is_some()
            {
                return Ok(Verdict::Killed(by));
            }
        }
        Ok(Verdict::Survived)
    }

    fn apply(&self, patch: &Path, reverse: bool) -> bool {
        let mut command = git_apply(&self.root, patch);
        if reverse {
            command.arg("--reverse");
        }
        run::succeeds(&mut command)
    }

    fn cargo(&self) -> Command {
        let mut command = project::cargo();
        command
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", &self.target);
        command
    }

    /// The reason why the chosen tests fail, or nothing when they pass.
    fn tests(&self, chosen: &[&str]) -> Result<Option<String>> {
        run::output(self.cargo().args(["build", "--package", "rz-plugin"]))?;
        let mut command = self.cargo();
        command
            .args(["nextest", "run", "--fail-fast"])
            .args(chosen)
            .env("RIBOZYME_PLUGIN", self.target.join("debug/libribozyme.so"));
        let output = command.output().context("starting the test runner")?;
        if output.status.success() {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&output.stderr);
        // The runner's own status for "some test failed"; anything else proves nothing.
        match output.status.code() {
            Some(100) => {
                let line = text.lines().find(|line| line.contains("FAIL"));
                Ok(Some(line.unwrap_or("a test failed").trim().to_owned()))
            }
            _ => bail!("the test runner failed ({}):\n{text}", output.status),
        }
    }
}

/// Applies a patch in `root`, which git takes for no repository: inside one it would skip the files
/// that are ignored. Lines may have moved, and one line of context is enough.
fn git_apply(root: &Path, patch: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .current_dir(root)
        .env("GIT_CEILING_DIRECTORIES", root.parent().unwrap_or(root))
        .args(["apply", "-C1"])
        .arg(patch);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A fault that no longer applies would silently leave the list.
    #[test]
    fn every_mutant_applies() {
        let root = project::root();
        let folder = root.join("tests/mutants");
        let stale: Vec<_> = read_all(&folder)
            .unwrap()
            .into_iter()
            .map(|mutant| mutant.name)
            .filter(|name| {
                let patch = folder.join(format!("{name}.patch"));
                !run::succeeds(git_apply(&root, &patch).arg("--check"))
            })
            .collect();
        assert!(stale.is_empty(), "these do not apply: {}", stale.join(", "));
    }

    #[test]
    fn a_header_names_the_fault_and_the_tests() {
        let text = "Fault: a slot is wrong\nTests: test(loop)\n\n--- a/x\n+++ b/x\nTests: no\n";
        assert_eq!(
            header("slot".to_owned(), text).unwrap(),
            Mutant {
                name: "slot".to_owned(),
                fault: "a slot is wrong".to_owned(),
                tests: Some("test(loop)".to_owned()),
            }
        );
    }

    #[test]
    fn a_patch_without_a_fault_is_refused() {
        assert!(header("x".to_owned(), "--- a/x\n+++ b/x\n").is_err());
    }
}
