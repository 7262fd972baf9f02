//! Where things are: the root, the build folder, the plugin; and how to call cargo.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::run;

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// The build folder of this project.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The cargo that runs this task, started in the root.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// How the plugin is built.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Profile {
    /// With debug assertions and the plan validator: what the tests use.
    Dev,
    /// As users build it: what the demo and the benchmarks use.
    Release,
}

impl Profile {
    /// Name of the folder cargo builds into.
    fn folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => "release",
        }
    }
}

/// Builds the plugin and returns where it lies.
pub(crate) fn build_plugin(profile: Profile) -> Result<PathBuf> {
    let mut command = cargo();
    command.args(["build", "--package", "rz-plugin"]);
    if profile == Profile::Release {
        command.arg("--release");
    }
    run::checked(&mut command)?;
    let path = target().join(profile.folder()).join("libribozyme.so");
    if !path.is_file() {
        bail!("building `rz-plugin` produced no {}", path.display());
    }
    Ok(path)
}

/// Files of the repository (tracked, or new and not ignored), relative to the root.
pub(crate) fn files() -> Result<Vec<PathBuf>> {
    let mut command = Command::new("git");
    command
        .current_dir(root())
        .args(["ls-files", "--cached", "--others", "--exclude-standard"]);
    let listed = run::output(&mut command).context("listing the files of the repository")?;
    Ok(listed
        .lines()
        .map(PathBuf::from)
        .filter(|path| root().join(path).is_file())
        .collect())
}
