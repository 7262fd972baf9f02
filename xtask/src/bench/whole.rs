//! A large file as a user compiles it: with what the host inlines before, and what it makes of the derivative after.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::{cost, folder};

/// Seconds of processor time that `clang -O2` takes for a file.
#[derive(Clone, Copy)]
pub(super) struct Whole {
    pub(super) plain: f64,
    pub(super) plugin: f64,
}

impl Whole {
    pub(super) fn ratio(self) -> f64 {
        self.plugin / self.plain
    }
}

/// Measures the C program `source` with the plugin and without, in a file called `stem`.
pub(super) fn measure(plugin: &Path, stem: &str, source: &str) -> Result<Whole> {
    let folder = folder()?.join("compile-time");
    std::fs::create_dir_all(&folder)?;
    let file = folder.join(format!("{stem}.c"));
    std::fs::write(&file, source).context("writing a generated program")?;
    let clang = |load: Option<String>| {
        let mut command = Command::new("clang-22");
        command.args(["-O2", "-w", "-c", "-o", "/dev/null"]);
        command.args(load).arg(&file);
        command
    };
    let load = format!("-fpass-plugin={}", plugin.display());
    Ok(Whole {
        plain: cost::of(&clang(None))?,
        plugin: cost::of(&clang(Some(load)))?,
    })
}
