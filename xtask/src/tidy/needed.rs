//! The plugin must not bring an LLVM of its own: the host's is the only one in the process.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::{project, run};

/// Libraries the loader may be asked for, by the beginning of their names.
const ALLOWED: &[&str] = &[
    "libstdc++.so.",
    "libgcc_s.so.",
    "libc.so.",
    "libm.so.",
    "ld-linux",
];

/// The plugin built last, if any.
pub(super) fn newest_plugin() -> Option<PathBuf> {
    ["debug", "release"]
        .iter()
        .map(|folder| project::target().join(folder).join("libribozyme.so"))
        .filter_map(|path| {
            let time = path.metadata().ok()?.modified().ok()?;
            Some((time, path))
        })
        .max()
        .map(|(_, path)| path)
}

/// Findings for a built plugin.
pub(super) fn check(plugin: &Path) -> Result<Vec<String>> {
    let text = run::output(
        Command::new("llvm-readelf-22")
            .arg("--needed-libs")
            .arg(plugin),
    )?;
    Ok(judge(&plugin.display().to_string(), &text))
}

fn judge(plugin: &str, text: &str) -> Vec<String> {
    let libraries: Vec<_> = text
        .lines()
        .map(str::trim)
        .filter(|line| line.contains(".so"))
        .collect();
    if libraries.is_empty() {
        return vec![format!("{plugin}: cannot see which libraries it needs")];
    }
    libraries
        .into_iter()
        .filter(|library| !ALLOWED.iter().any(|allowed| library.starts_with(allowed)))
        .map(|library| format!("{plugin} needs {library}, which it must not"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::judge;

    #[test]
    fn a_linked_llvm_is_found() {
        let fine = "NeededLibraries [\n  libc.so.6\n  libgcc_s.so.1\n  libstdc++.so.6\n]\n";
        assert!(judge("p.so", fine).is_empty());
        let bad = "NeededLibraries [\n  libLLVM.so.22.1\n  libc.so.6\n]\n";
        assert_eq!(
            judge("p.so", bad),
            ["p.so needs libLLVM.so.22.1, which it must not"]
        );
    }

    #[test]
    fn no_answer_is_not_a_pass() {
        assert_eq!(judge("p.so", "").len(), 1);
    }
}
