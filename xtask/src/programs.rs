//! The C programs under `examples/c/`: how they are built, run and read back.
//!
//! Each folder holds the objective (compiled without the plugin: the primal that is timed), its
//! gradient (compiled with it), the same objective over dual numbers (C++, without it: the oracle)
//! and a `main`. All get the same optimization flags and no link-time optimization, so a call from
//! `main` is opaque.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{project, run};

/// One program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Program {
    /// Its folder, and the stem of the objective's file.
    pub(crate) name: &'static str,
    /// What it computes.
    pub(crate) title: &'static str,
    /// The folder that holds its folder.
    pub(crate) folder: &'static str,
}

/// The programs in the order they are shown.
pub(crate) const ALL: &[Program] = &[
    Program {
        name: "gmm",
        title: "Gaussian mixture, log posterior with a Wishart prior",
        folder: "examples/c",
    },
    Program {
        name: "ba",
        title: "bundle adjustment, Jacobian blocks of the residuals",
        folder: "examples/c",
    },
    Program {
        name: "lstm",
        title: "LSTM, loss of a sequence",
        folder: "examples/c",
    },
];

/// Where in the pipeline a gradient is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Pipeline {
    /// Clang loads the plugin: after simplification, as users do.
    After,
    /// Directly after the front end and the promotion of variables to registers; the result is optimized as
    /// usual.
    Before,
}

/// A program of either form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Source {
    /// A folder under `examples/c`.
    Example(Program),
    /// One file that is compiled several times (`bench/programs/common/program.h`).
    File(PathBuf),
}

/// How the gradient of a program comes about.
pub(crate) enum Gradient<'a> {
    /// By the plugin, as users do.
    Plugin,
    /// By the plugin, with options in the environment.
    With(&'a [(String, &'a str)]),
    /// By a file that defines the function itself, with macros of the compiler and a library.
    Library {
        file: PathBuf,
        define: &'a str,
        library: &'a str,
    },
}

/// What a build may vary.
pub(crate) struct Build<'a> {
    /// The plugin.
    pub(crate) plugin: &'a Path,
    /// When it differentiates.
    pub(crate) pipeline: Pipeline,
    /// Optimization flags of every file.
    pub(crate) flags: &'a [&'a str],
    /// Where objects and programs go.
    pub(crate) folder: PathBuf,
}

/// One line of `--row`.
#[derive(Debug, PartialEq)]
pub(crate) struct Row {
    pub(crate) program: String,
    pub(crate) sizes: String,
    pub(crate) error: f64,
    /// Seconds a call.
    pub(crate) primal: f64,
    /// Seconds a call.
    pub(crate) gradient: f64,
    /// Seconds a call of the gradient written by hand; 0 when there is none.
    pub(crate) hand: f64,
    /// Bytes live at once beyond what the primal needs.
    pub(crate) tape: u64,
    pub(crate) allocations: u64,
    /// Bytes that the primal has live at once.
    pub(crate) own: u64,
    pub(crate) own_allocations: u64,
    /// Bytes not released.
    pub(crate) leaked: u64,
    pub(crate) ok: bool,
}

impl Row {
    /// Gradient time in units of primal time.
    pub(crate) fn ratio(&self) -> f64 {
        self.gradient / self.primal
    }

    fn parse(line: &str) -> Result<Self> {
        let fields: Vec<_> = line.split('\t').collect();
        let [
            program,
            sizes,
            error,
            primal,
            gradient,
            hand,
            tape,
            allocations,
            own,
            own_allocations,
            leaked,
            verdict,
        ] = fields[..]
        else {
            bail!("expected 12 fields: {line}");
        };
        Ok(Self {
            program: program.to_owned(),
            sizes: sizes.to_owned(),
            error: error.parse()?,
            primal: primal.parse()?,
            gradient: gradient.parse()?,
            hand: hand.parse()?,
            tape: tape.parse()?,
            allocations: allocations.parse()?,
            own: own.parse()?,
            own_allocations: own_allocations.parse()?,
            leaked: leaked.parse()?,
            ok: verdict == "ok",
        })
    }
}

impl Source {
    /// Stem of the files that are built from it.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Example(program) => program.name.to_owned(),
            Self::File(file) => {
                let stem = file.file_stem().unwrap_or_default();
                stem.to_string_lossy().into_owned()
            }
        }
    }
}

impl Build<'_> {
    /// Builds a program and returns where it lies.
    pub(crate) fn program(&self, program: Program) -> Result<PathBuf> {
        let source = Source::Example(program);
        let mut objects = self.rest(&source)?;
        objects.push(self.gradient(&source, &Gradient::Plugin, "gradient")?);
        self.link(program.name, &objects, &[])
    }

    /// The objects of everything but the gradient.
    pub(crate) fn rest(&self, source: &Source) -> Result<Vec<PathBuf>> {
        std::fs::create_dir_all(&self.folder)
            .with_context(|| format!("making {}", self.folder.display()))?;
        let root = project::root();
        let shared = root.join("examples/c/common");
        let mut parts = vec![
            (shared.join("demo.c"), None),
            (shared.join("count.c"), None),
        ];
        match source {
            Source::Example(program) => {
                let own = root.join(program.folder).join(program.name);
                let files = [&format!("{}.c", program.name), "main.c", "oracle.cpp"];
                parts.extend(files.map(|file| (own.join(file), None)));
            }
            Source::File(file) => {
                parts.push((root.join("bench/programs/common/main.c"), None));
                parts.push((file.clone(), Some("PRIMAL")));
                parts.push((file.clone(), Some("HAND")));
            }
        }
        let mut objects = Vec::new();
        for (file, part) in &parts {
            let stem = file.file_stem().unwrap_or_default().to_string_lossy();
            let object = self.object(source, part.unwrap_or(&stem));
            let mut command = self.compile(file);
            command.args(part.map(|part| format!("-D{part}")));
            run::output(command.arg("-o").arg(&object))?;
            objects.push(object);
        }
        Ok(objects)
    }

    /// The object of the gradient; `name` tells it from other gradients of the program.
    pub(crate) fn gradient(
        &self,
        source: &Source,
        gradient: &Gradient<'_>,
        name: &str,
    ) -> Result<PathBuf> {
        std::fs::create_dir_all(&self.folder)
            .with_context(|| format!("making {}", self.folder.display()))?;
        let object = self.object(source, name);
        if let Gradient::Library { file, define, .. } = gradient {
            let mut command = self.compile(file);
            command.arg(format!("-D{define}")).arg("-o").arg(&object);
            run::output(&mut command)?;
            return Ok(object);
        }
        let mut command = match source {
            Source::Example(program) => {
                let folder = project::root().join(program.folder).join(program.name);
                self.compile(&folder.join("gradient.c"))
            }
            Source::File(file) => {
                let mut command = self.compile(file);
                command.arg("-DGRADIENT");
                command
            }
        };
        if let Gradient::With(options) = gradient {
            command.envs(options.iter().map(|(name, value)| (name, value)));
        }
        // Without a step that others build on, a refusal is a result.
        let quiet = matches!(gradient, Gradient::With(_));
        self.differentiate(command, &object, quiet)?;
        Ok(object)
    }

    /// Links objects to a program of this name.
    pub(crate) fn link(
        &self,
        name: &str,
        objects: &[PathBuf],
        libraries: &[&str],
    ) -> Result<PathBuf> {
        let path = self.folder.join(name);
        let mut link = Command::new("clang++-22");
        link.args(objects)
            .arg("-Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=aligned_alloc,--wrap=free")
            .args(libraries.iter().map(|library| format!("-l{library}")))
            .args(["-lm", "-o"])
            .arg(&path);
        run::output(&mut link)?;
        Ok(path)
    }

    fn object(&self, source: &Source, part: &str) -> PathBuf {
        self.folder.join(format!("{}.{part}.o", source.name()))
    }

    /// The compiler, its flags and the file.
    fn compile(&self, file: &Path) -> Command {
        let cpp = file.extension().is_some_and(|extension| extension == "cpp");
        let mut command = Command::new(if cpp { "clang++-22" } else { "clang-22" });
        command
            .arg(if cpp { "-std=gnu++17" } else { "-std=gnu17" })
            .args(self.flags);
        for folder in ["include", "examples/c/common", "bench/programs/common"] {
            command.arg("-I").arg(project::root().join(folder));
        }
        command.arg("-c").arg(file);
        command
    }

    /// Compiles the file with the requests. What the plugin says is worth seeing even on success, of programs
    /// that are built as users do.
    fn differentiate(&self, mut compile: Command, object: &Path, quiet: bool) -> Result<()> {
        match self.pipeline {
            Pipeline::After => {
                let plugin = format!("-fpass-plugin={}", self.plugin.display());
                compile.arg(plugin).arg("-o").arg(object);
                if quiet {
                    return run::output(&mut compile).map(drop);
                }
                run::quiet(&mut compile)
            }
            Pipeline::Before => {
                let (raw, made) = (object.with_extension("raw.bc"), object.with_extension("bc"));
                run::output(
                    compile
                        .args(["-Xclang", "-disable-llvm-passes", "-emit-llvm", "-o"])
                        .arg(&raw),
                )?;
                run::output(
                    Command::new("opt-22")
                        .arg(format!("-load-pass-plugin={}", self.plugin.display()))
                        .arg("-passes=function(sroa),ribozyme,default<O2>")
                        .arg(&raw)
                        .arg("-o")
                        .arg(&made),
                )?;
                let mut last = Command::new("clang-22");
                last.args(self.flags)
                    .arg("-c")
                    .arg(&made)
                    .arg("-o")
                    .arg(object);
                run::output(&mut last).map(drop)
            }
        }
    }
}

/// Runs a built program and reads its row; a failed check is a row, not an error.
pub(crate) fn measure(path: &Path, arguments: &[String]) -> Result<Row> {
    let mut command = Command::new(path);
    command
        .arg("--row")
        .args(arguments)
        .stderr(std::process::Stdio::inherit());
    let output = command
        .output()
        .with_context(|| format!("cannot start {}", path.display()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    match text.lines().next() {
        Some(line) => Row::parse(line),
        None => bail!("`{}` failed ({})", run::shown(&command), output.status),
    }
}

/// Bytes for people.
pub(crate) fn bytes(count: u64) -> String {
    let mut value = count as f64;
    for unit in ["B", "KiB", "MiB"] {
        if value < 10_000.0 {
            return if unit == "B" {
                format!("{count} B")
            } else {
                format!("{value:.1} {unit}")
            };
        }
        value /= 1024.0;
    }
    format!("{value:.1} GiB")
}

/// Seconds for people.
pub(crate) fn seconds(time: f64) -> String {
    if time < 1e-3 {
        format!("{:.1} us", time * 1e6)
    } else if time < 1.0 {
        format!("{:.2} ms", time * 1e3)
    } else {
        format!("{time:.2} s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_reads_back() {
        let row = Row::parse("gmm\td=2 k=5\t1e-15\t2e-3\t5e-3\t0\t640\t3\t64\t1\t0\tok").unwrap();
        assert_eq!(
            (row.sizes.as_str(), row.tape, row.ok),
            ("d=2 k=5", 640, true)
        );
        assert!((row.ratio() - 2.5).abs() < 1e-12);
        assert!(Row::parse("gmm\t1").is_err());
        assert!(
            !Row::parse("gmm\t\t1\t1\t1\t0\t0\t0\t0\t0\t0\tFAILED")
                .unwrap()
                .ok
        );
    }

    #[test]
    fn units_are_readable() {
        assert_eq!(bytes(0), "0 B");
        assert_eq!(bytes(40960), "40.0 KiB");
        assert_eq!(seconds(0.0123), "12.30 ms");
    }
}
