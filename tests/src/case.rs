//! Runs one case: its oracle, cached, and its gradients at one level.

use crate::driver::{self, Kind};
use crate::numbers::{Report, Shape, judge_differences, judge_gradient, judge_rows};
use crate::second::{self, Mode};
use crate::spec::Spec;
use crate::toolchain::{self, DUAL, LEVELS, PLAIN, clang, level_flags, run};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::Duration;

const COMPILE_LIMIT: Duration = Duration::from_mins(2);
const RUN_LIMIT: Duration = Duration::from_secs(20);

/// A case file that was read.
#[derive(Debug)]
pub struct Case {
    /// Path of the file.
    pub path: PathBuf,
    /// `topic/name`.
    pub name: String,
    /// What it declares.
    pub spec: Spec,
    shape: Shape,
    source: String,
    declared: String,
}

/// Why a case failed, or how the plugin refused it.
#[derive(Debug)]
pub enum Failure {
    /// The plugin answered with a coded error.
    Refused(String),
    /// Anything else.
    Wrong(String),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failure::Refused(text) => write!(f, "refused:\n{text}"),
            Failure::Wrong(text) => f.write_str(text),
        }
    }
}

impl Case {
    /// Reads a case.
    pub fn load(path: &Path, name: &str) -> Result<Case, String> {
        let source = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        let mut spec = Spec::parse(&source).map_err(|e| format!("{}: {e}", path.display()))?;
        let declared = format!("{spec:?}");
        if let Ok(modes) = std::env::var("RZ_MODES") {
            spec.reverse &= modes.contains("reverse");
            spec.forward &= modes.contains("forward");
        }
        Ok(Case {
            path: path.to_path_buf(),
            name: name.to_string(),
            shape: Shape::new(&spec),
            spec,
            source,
            declared,
        })
    }

    /// The variants that this case is built in besides the four levels.
    pub fn variants(&self) -> impl Iterator<Item = &'static str> {
        let sum = self
            .name
            .bytes()
            .fold(0usize, |s, b| s.wrapping_mul(31).wrapping_add(b as usize));
        let pick = |list: &[&'static str]| list[sum % list.len()];
        let drawn = (sum / 7).is_multiple_of(toolchain::SANITIZED_EACH);
        let sanitized = drawn || self.spec.sanitized;
        [pick(toolchain::VARIANTS), pick(toolchain::SPLIT)]
            .into_iter()
            .chain(sanitized.then_some(toolchain::SANITIZED))
    }

    /// The level at which several directions at once are compared with one at a time.
    fn width_level(&self) -> &'static str {
        let sum = self.name.bytes().fold(0usize, |s, b| {
            s.wrapping_mul(33).wrapping_add(usize::from(b))
        });
        LEVELS[sum % LEVELS.len()]
    }

    /// Whether several directions at once can be asked for.
    pub fn has_width(&self) -> bool {
        let level = self.width_level();
        self.spec.refusal(level).is_none() && crate::width::has_width(&self.spec)
    }

    /// Compares several directions at once with one at a time.
    pub fn width(&self) -> Result<(), Failure> {
        let mut flags = level_flags(self.width_level());
        flags.extend(plugin_flags()?);
        let report = self.build(Kind::Width, "width", &flags)?;
        if report.fails.is_empty() {
            if std::env::var_os("RZ_KEEP").is_none() {
                let _ = fs::remove_file(self.folder()?.join("width"));
            }
            return Ok(());
        }
        let shown = first_lines(&report.fails.join("\n"), 12).replace('\n', "\n  ");
        Err(Failure::Wrong(format!(
            "{} at {}\n  {shown}",
            self.path.display(),
            self.width_level()
        )))
    }

    fn folder(&self) -> Result<PathBuf, Failure> {
        let folder = toolchain::work_dir().join(&self.name);
        fs::create_dir_all(&folder)
            .map_err(|e| Failure::Wrong(format!("{}: {e}", folder.display())))?;
        Ok(folder)
    }

    fn build(&self, kind: Kind<'_>, tag: &str, flags: &[String]) -> Result<Report, Failure> {
        let folder = self.folder()?;
        let dual = matches!(kind, Kind::Dual | Kind::Curvature);
        let requests = matches!(kind, Kind::Gradient | Kind::Width | Kind::Second(_));
        let text = driver::driver(&self.spec, &self.path.display().to_string(), kind);
        let source = folder.join(format!("{tag}.{}", if dual { "cc" } else { "c" }));
        let program = folder.join(tag);
        fs::write(&source, text)
            .map_err(|e| Failure::Wrong(format!("{}: {e}", source.display())))?;
        let mut compile = clang();
        compile
            .args(if dual { DUAL } else { PLAIN })
            .args(flags)
            .args(&self.spec.flags);
        if requests {
            compile.args(&self.spec.options);
        }
        compile.arg("-o").arg(&program).arg(&source).arg("-lm");
        let built = run(&mut compile, COMPILE_LIMIT);
        if !built.ok {
            let text = format!(
                "{compile:?}\n{}: {}",
                built.end,
                first_lines(&built.stderr, 40)
            );
            let coded =
                built.stderr.contains("error: Enzyme:") || built.stderr.contains("Enzyme: ");
            return Err(if requests && coded && !crashed(&built.stderr) {
                Failure::Refused(text)
            } else {
                Failure::Wrong(text)
            });
        }
        let ran = run(&mut std::process::Command::new(&program), RUN_LIMIT);
        let report = Report::parse(&ran.stdout);
        if !ran.ok || !report.ended {
            return Err(Failure::Wrong(format!(
                "{}: {}\n{}",
                program.display(),
                ran.end,
                first_lines(&ran.stderr, 20)
            )));
        }
        if std::env::var_os("RZ_KEEP").is_none() && !requests {
            let _ = fs::remove_file(&program);
        }
        Ok(report)
    }

    /// The exact Jacobian, validated by central differences when it is made.
    pub fn oracle(&self) -> Result<Report, Failure> {
        let folder = self.folder()?;
        let lock =
            fs::File::create(folder.join("lock")).map_err(|e| Failure::Wrong(e.to_string()))?;
        lock.lock().map_err(|e| Failure::Wrong(e.to_string()))?;
        let cached = folder.join(format!(
            "oracle-{:016x}",
            self.hash(&[Kind::Dual, Kind::Plain])
        ));
        if let Ok(text) = fs::read_to_string(&cached) {
            return Ok(Report::parse(&text));
        }
        let dual = self.build(Kind::Dual, "dual", &["-O0".into()])?;
        if let Some((tolerance, _)) = self.spec.differences {
            let plain = self.build(Kind::Plain, "plain", &["-O1".into()])?;
            let noise = self.spec.tolerance;
            let wrong = judge_differences(
                &dual,
                &plain,
                &self.shape,
                self.spec.points(),
                tolerance,
                noise,
            );
            if !wrong.is_empty() {
                return Err(Failure::Wrong(format!(
                    "the oracles disagree; the case itself is wrong:\n  {}",
                    first_lines(&wrong.join("\n"), 12).replace('\n', "\n  ")
                )));
            }
        }
        let _ = fs::write(&cached, dual.text());
        Ok(dual)
    }

    /// The case with a driver for the interpreter, as clang emits it at -O0.
    pub fn intermediate_code(&self) -> Result<String, Failure> {
        let folder = self.folder()?;
        let text = driver::driver(
            &self.spec,
            &self.path.display().to_string(),
            Kind::Interpreted,
        );
        let (source, code) = (folder.join("interpreted.c"), folder.join("interpreted.ll"));
        fs::write(&source, text)
            .map_err(|e| Failure::Wrong(format!("{}: {e}", source.display())))?;
        let mut compile = clang();
        compile.args(PLAIN).args(&self.spec.flags);
        compile.args(["-O0", "-S", "-emit-llvm", "-o"]);
        compile.arg(&code).arg(&source);
        let built = run(&mut compile, COMPILE_LIMIT);
        if !built.ok {
            return Err(Failure::Wrong(first_lines(&built.stderr, 40)));
        }
        fs::read_to_string(&code).map_err(|e| Failure::Wrong(format!("{}: {e}", code.display())))
    }

    /// What is wrong with the results and the Jacobian that the interpreter found.
    pub fn judge_interpreted(&self, report: &Report) -> Result<Vec<String>, Failure> {
        let oracle = self.oracle()?;
        Ok(judge_rows(
            &oracle,
            report,
            &self.shape,
            self.spec.points(),
            self.spec.tolerance,
        ))
    }

    /// Builds and judges the gradients at a level.
    pub fn gradient(&self, level: &str) -> Result<(), Failure> {
        let oracle = self.oracle()?;
        let mut flags = level_flags(level);
        flags.extend(plugin_flags()?);
        let result = self.build(Kind::Gradient, level, &flags);
        if let Some(code) = self.spec.refusal(level) {
            return match result {
                Err(Failure::Refused(text)) if text.contains(code) => Ok(()),
                Err(failure) => Err(Failure::Wrong(format!("expected {code}, but: {failure}"))),
                Ok(_) => Err(Failure::Wrong(format!(
                    "expected to be refused with {code}"
                ))),
            };
        }
        let report = result?;
        let loose = if level.contains("fast-math") {
            self.spec.tolerance.max(1e-9)
        } else {
            self.spec.tolerance
        };
        let wrong = judge_gradient(&oracle, &report, &self.shape, &self.spec, loose);
        if wrong.is_empty() {
            if std::env::var_os("RZ_KEEP").is_none() {
                let _ = fs::remove_file(self.folder()?.join(level));
            }
            return Ok(());
        }
        let shown = first_lines(&wrong.join("\n"), 12).replace('\n', "\n  ");
        Err(Failure::Wrong(format!(
            "{} ({})\n  {shown}",
            self.path.display(),
            self.folder()?.join(level).display()
        )))
    }

    /// The level at which second derivatives are judged: a case has one, and all levels have cases.
    pub fn second_level(&self) -> String {
        if let Ok(level) = std::env::var("RZ_SECOND") {
            return level;
        }
        let sum = self
            .name
            .bytes()
            .fold(7usize, |s, b| s.wrapping_mul(131).wrapping_add(b as usize));
        toolchain::LEVELS[(sum >> 3) % toolchain::LEVELS.len()].into()
    }

    /// The exact Jacobian and its directional derivative.
    fn curvature(&self) -> Result<Report, Failure> {
        let cached = self
            .folder()?
            .join(format!("second-{:016x}", self.hash(&[Kind::Curvature])));
        if let Ok(text) = fs::read_to_string(&cached) {
            return Ok(Report::parse(&text));
        }
        let report = self.build(Kind::Curvature, "curvature", &["-O0".into()])?;
        let _ = fs::write(&cached, report.text());
        Ok(report)
    }

    /// Builds and judges second derivatives: nested requests in every mode.
    pub fn second(&self) -> Result<(), Failure> {
        let level = self.second_level();
        let spec = &self.spec;
        if !spec.second.on || spec.refusal(&level).is_some() {
            return Ok(());
        }
        let oracle = self.curvature()?;
        let plugin = toolchain::plugin().map_err(Failure::Wrong)?;
        let mut flags = level_flags(&level);
        flags.push(format!("-fpass-plugin={}", plugin.display()));
        let only = std::env::var("RZ_MODES").ok();
        let wanted = |m: &Mode| only.as_ref().is_none_or(|o| o.contains(m.name));
        let modes: Vec<Mode> = second::modes(spec).filter(wanted).collect();
        let refused = |m: &Mode| {
            let names = |list: &Vec<String>| list.iter().any(|name| name == m.name);
            spec.second.refuse.iter().find(|(_, list)| names(list))
        };
        let (coded, judged): (Vec<Mode>, Vec<Mode>) =
            modes.into_iter().partition(|m| refused(m).is_some());
        for mode in coded {
            let code = refused(&mode).map_or("", |(code, _)| code);
            let tag = format!("second-{}-{level}", mode.name);
            match self.build(Kind::Second(&[mode]), &tag, &flags) {
                Err(Failure::Refused(text)) if text.contains(code) => {}
                other => {
                    let what = other.map_or_else(|e| e.to_string(), |_| "accepted".into());
                    return Err(Failure::Wrong(format!(
                        "{}: expected {code}, but: {what}",
                        mode.name
                    )));
                }
            }
        }
        if judged.is_empty() {
            return Ok(());
        }
        let tag = format!("second-{level}");
        let report = self.build(Kind::Second(&judged), &tag, &flags)?;
        let (wrong, compared) = second::judge(&oracle, &report, &self.shape, spec, &judged);
        if wrong.is_empty() && compared > 0 {
            if std::env::var_os("RZ_KEEP").is_none() {
                let _ = fs::remove_file(self.folder()?.join(tag));
            }
            return Ok(());
        }
        let shown = first_lines(&wrong.join("\n"), 12).replace('\n', "\n  ");
        Err(Failure::Wrong(format!(
            "{} ({})\n  {compared} components compared\n  {shown}",
            self.path.display(),
            self.folder()?.join(tag).display()
        )))
    }

    /// All that the case may include of ours: headers of the harness, and those beside it.
    fn headers(&self) -> Vec<PathBuf> {
        let folders = [
            Some(toolchain::include_dir()),
            self.path.parent().map(Path::to_path_buf),
        ];
        let files = folders
            .into_iter()
            .flatten()
            .filter_map(|folder| fs::read_dir(folder).ok());
        let paths = files
            .flatten()
            .filter_map(|entry| entry.ok().map(|e| e.path()));
        let is_header = |path: &PathBuf| path.extension().is_some_and(|e| e == "h" || e == "hpp");
        let mut headers: Vec<PathBuf> = paths.filter(is_header).collect();
        headers.sort();
        headers
    }

    fn hash(&self, kinds: &[Kind<'_>]) -> u64 {
        let mut h = DefaultHasher::new();
        self.source.hash(&mut h);
        for &kind in kinds {
            driver::driver(&self.spec, "", kind).hash(&mut h);
        }
        for header in self.headers() {
            fs::read(header).unwrap_or_default().hash(&mut h);
        }
        self.declared.hash(&mut h);
        h.finish()
    }
}

/// What makes clang load the plugin.
fn plugin_flags() -> Result<Vec<String>, Failure> {
    let plugin = toolchain::plugin().map_err(Failure::Wrong)?;
    let mut flags = vec![format!("-fpass-plugin={}", plugin.display())];
    if let Ok(more) = std::env::var("RIBOZYME_PLUGIN_FLAGS") {
        flags.extend(more.split_whitespace().map(String::from));
    }
    Ok(flags)
}

/// Every case below a folder, as `(name, path)`, sorted by name.
pub fn discover(root: &Path) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "c") {
                let name = path.strip_prefix(root).unwrap_or(&path).with_extension("");
                found.push((name.display().to_string(), path));
            }
        }
    }
    found.sort();
    found
}

fn crashed(stderr: &str) -> bool {
    stderr.contains("PLEASE submit a bug report") || stderr.contains("Stack dump")
}

fn first_lines(text: &str, n: usize) -> String {
    text.lines().take(n).collect::<Vec<_>>().join("\n")
}
