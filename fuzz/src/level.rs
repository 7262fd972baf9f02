//! How one module is built and run: a level of optimization, and what is asked for besides.
//!
//! `O2`, or `O2-` followed by any of: `full` (also what comes after differentiation at that level), `split`
//! (reverse mode in two halves), `width3` (three directions at once, against each alone), `nested` (second
//! derivatives in all four ways), and one of `address`, `memory` (clang's sanitizers) and `valgrind`.

use rz_tests::toolchain::level_flags;
use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::process::Command;
use std::str::FromStr;

/// What watches the accesses of the program that was built.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Watch {
    Nothing,
    Address,
    Memory,
    Valgrind,
}

/// A level and its variants.
#[derive(Clone, Debug)]
pub(crate) struct Level {
    name: String,
    optimization: String,
    /// All that clang does at this level is wanted.
    pub(crate) full: bool,
    split: bool,
    /// Second derivatives are judged too.
    pub(crate) nested: bool,
    /// Directions at once that are compared with one at a time; 1 compares nothing.
    pub(crate) width: usize,
    watch: Watch,
}

impl FromStr for Level {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let mut parts = name.split('-');
        let optimization = parts.next().unwrap_or_default().to_string();
        let mut level = Level {
            name: name.into(),
            optimization,
            full: false,
            split: false,
            nested: false,
            width: 1,
            watch: Watch::Nothing,
        };
        for part in parts {
            match part {
                "full" => level.full = true,
                "split" => level.split = true,
                "nested" => level.nested = true,
                "address" => level.watch = Watch::Address,
                "memory" => level.watch = Watch::Memory,
                "valgrind" => level.watch = Watch::Valgrind,
                _ => {
                    let width = part.strip_prefix("width").and_then(|w| w.parse().ok());
                    level.width = width.ok_or(format!("`{part}` of `{name}` is no variant"))?;
                }
            }
        }
        if level.nested && level.split {
            return Err(format!("`{name}`: nested requests are not split here"));
        }
        Ok(level)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl Level {
    /// Flags of the compiler.
    pub(crate) fn flags(&self) -> Vec<String> {
        let mut flags = level_flags(&self.optimization);
        flags.extend(self.definitions());
        if self.width > 1 {
            flags.push(format!("-DRZ_WIDTH={}", self.width));
        }
        if self.split {
            flags.push("-DRZ_SPLIT".into());
        }
        let watch: &[&str] = match self.watch {
            Watch::Nothing => &[],
            Watch::Address => &["-fsanitize=address", "-g1"],
            Watch::Memory => &[
                "-fsanitize=memory",
                "-g1",
                // Where a value was not computed, its place in a register is undefined. Optimizers may move a
                // cosine of it before the test that it exists; nobody uses that.
                "-mllvm",
                "-msan-poison-undef=0",
            ],
            Watch::Valgrind => &["-gdwarf-4", "-g1"],
        };
        flags.extend(watch.iter().map(ToString::to_string));
        flags
    }

    /// What the oracle must know of it, too.
    pub(crate) fn definitions(&self) -> Option<String> {
        self.nested.then(|| "-DRZ_NESTED".into())
    }

    /// What the linker must know of them.
    pub(crate) fn link(&self) -> &'static [&'static str] {
        match self.watch {
            Watch::Address => &["-fsanitize=address"],
            Watch::Memory => &["-fsanitize=memory"],
            Watch::Nothing | Watch::Valgrind => &[],
        }
    }

    /// The command that runs the tests of a program that have these numbers.
    pub(crate) fn command(&self, program: &Path, tests: &Range<usize>) -> Command {
        let mut command = if self.watch == Watch::Valgrind {
            let mut valgrind = Command::new("valgrind");
            // What is not initialized is for the memory sanitizer, which can tell registers from memory.
            valgrind.args(["-q", "--error-exitcode=99", "--undef-value-errors=no"]);
            valgrind.arg("--leak-check=full");
            valgrind.args(["--errors-for-leak-kinds=definite,indirect,possible"]);
            valgrind.arg(program);
            valgrind
        } else {
            Command::new(program)
        };
        command.args([tests.start, tests.end].map(|n| n.to_string()));
        command
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_add_up_and_unknown_ones_are_errors() {
        let level: Level = "O2-width3-memory".parse().unwrap();
        assert_eq!((level.width, level.nested, level.full), (3, false, false));
        assert!(level.flags().contains(&"-fsanitize=memory".to_string()));
        assert!(level.flags().contains(&"-O2".to_string()));
        for wrong in ["O2-fast", "O1-width", "O2-nested-split"] {
            assert!(wrong.parse::<Level>().is_err(), "{wrong}");
        }
    }
}
