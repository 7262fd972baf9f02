//! Runs clang and what it builds: where the plugin is, which flags a level means, time limits.
//!
//! Environment: `RIBOZYME_PLUGIN` names the plugin (else it is looked for beside the test binary),
//! `RZ_CLANG` the compiler (else `clang-22`), `RZ_KEEP=1` keeps what tests built, `RZ_MODES=reverse` judges only that mode.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What a finished (or killed) command left.
#[derive(Debug)]
pub struct Output {
    /// Whether it exited with status 0.
    pub ok: bool,
    /// How it ended, in words, when not ok.
    pub end: String,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// Runs a command with a time limit.
pub fn run(command: &mut Command, limit: Duration) -> Output {
    let failed = |end: String| Output {
        ok: false,
        end,
        stdout: String::new(),
        stderr: String::new(),
    };
    let spawned = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = match spawned {
        Ok(child) => child,
        Err(e) => return failed(format!("could not start {command:?}: {e}")),
    };
    let (mut out, mut err) = (child.stdout.take(), child.stderr.take());
    let reader = |pipe: Option<Box<dyn Read + Send>>| {
        std::thread::spawn(move || {
            let mut text = Vec::new();
            if let Some(mut pipe) = pipe {
                let _ = pipe.read_to_end(&mut text);
            }
            String::from_utf8_lossy(&text).into_owned()
        })
    };
    let out = reader(out.take().map(|p| Box::new(p) as Box<dyn Read + Send>));
    let err = reader(err.take().map(|p| Box::new(p) as Box<dyn Read + Send>));
    let start = Instant::now();
    let mut pause = Duration::from_micros(500);
    let (ok, end) = loop {
        match child.try_wait() {
            Ok(Some(status)) => break (status.success(), status.to_string()),
            Ok(None) if start.elapsed() > limit => {
                let _ = child.kill();
                let _ = child.wait();
                break (false, format!("no end after {limit:?}"));
            }
            Ok(None) => {
                std::thread::sleep(pause);
                pause = (pause * 2).min(Duration::from_millis(10));
            }
            Err(e) => break (false, e.to_string()),
        }
    };
    Output {
        ok,
        end,
        stdout: out.join().unwrap_or_default(),
        stderr: err.join().unwrap_or_default(),
    }
}

/// The folder of this crate's headers.
pub fn include_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("include")
}

/// Where built things go.
pub fn work_dir() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => PathBuf::from(dir).join("rz-tests"),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/rz-tests"),
    }
}

/// The plugin under test.
pub fn plugin() -> Result<PathBuf, String> {
    if let Some(path) = std::env::var_os("RIBOZYME_PLUGIN") {
        return Ok(PathBuf::from(path));
    }
    let exe = std::env::current_exe().map_err(|e| e.to_string())?;
    let found = exe
        .ancestors()
        .skip(1)
        .filter(|dir| !dir.ends_with("deps"))
        .map(|dir| dir.join("libribozyme.so"))
        .find(|p| p.exists());
    found.ok_or_else(|| "no libribozyme.so beside the tests: run `cargo build -p rz-plugin`, or set RIBOZYME_PLUGIN".into())
}

/// The C compiler with what every build needs.
pub fn clang() -> Command {
    let mut c = Command::new(std::env::var_os("RZ_CLANG").unwrap_or_else(|| "clang-22".into()));
    c.arg("-I")
        .arg(include_dir())
        .args(["-w", "-fuse-ld=lld", "-pthread"]);
    c
}

/// Flags by which a case is compiled as C++ over dual numbers.
pub const DUAL: &[&str] = &[
    "-x",
    "c++",
    "-std=gnu++20",
    "-nostdinc++",
    "-fno-exceptions",
    "-fno-rtti",
    "-fno-threadsafe-statics",
    "-DRZ_DUAL",
];
/// Flags by which a case is compiled as C.
pub const PLAIN: &[&str] = &["-x", "c", "-std=gnu17"];

/// The flags of a level such as `O2` or a variant of it such as `O2-fPIC`; in a `split` variant
/// reverse mode runs in two halves.
pub fn level_flags(level: &str) -> Vec<String> {
    match level.split_once('-') {
        None => vec![format!("-{level}")],
        Some((level, "split")) => vec![format!("-{level}"), "-DRZ_SPLIT".into()],
        Some((level, variant)) => vec![format!("-{level}"), format!("-{variant}")],
    }
}

/// The four levels every case runs at.
pub const LEVELS: &[&str] = &["O0", "O1", "O2", "O3"];
/// The variants of which every case runs one.
pub const VARIANTS: &[&str] = &[
    "Os",
    "O2-g",
    "O2-ffast-math",
    "O2-fno-strict-aliasing",
    "O2-fPIC",
    "O0-g",
    "O3-march=x86-64-v3",
];
/// Variants in which reverse mode runs in two halves; every case runs one of them too.
pub const SPLIT: &[&str] = &["O2-split", "O0-split"];
/// The variant whose gradients are instrumented: nothing is accessed out of bounds or after its release,
/// and nothing leaks. For one case in [`SANITIZED_EACH`].
pub const SANITIZED: &str = "O1-fsanitize=address";
/// See [`SANITIZED`].
pub const SANITIZED_EACH: usize = 8;
