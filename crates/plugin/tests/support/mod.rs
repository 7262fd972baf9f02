//! What the plugin's tests share: where the plugin is, running tools with a time limit.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// The plugin under test: `RIBOZYME_PLUGIN`, else the one beside this test. Cargo does not build a
/// `cdylib` for the tests of its package, so that is done here; `cargo xtask test` (nextest) has
/// done it before.
pub(crate) fn plugin() -> PathBuf {
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    PATH.get_or_init(|| {
        if let Some(path) = std::env::var_os("RIBOZYME_PLUGIN") {
            return path.into();
        }
        let exe = std::env::current_exe().expect("a test has a path");
        // target/PROFILE/deps/test
        let profile = exe
            .ancestors()
            .nth(2)
            .expect("tests run from the target directory");
        if std::env::var_os("NEXTEST").is_none() {
            build(profile);
        }
        profile.join("libribozyme.so")
    })
    .clone()
}

fn build(profile: &Path) {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["build", "--quiet", "--package", "rz-plugin"])
        .arg("--target-dir")
        .arg(profile.parent().unwrap_or(profile));
    if profile.ends_with("release") {
        command.arg("--release");
    }
    let done = command.output().expect("cargo runs");
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
}

/// The root of the repository.
#[allow(dead_code)]
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A scratch directory of its own for each test.
pub(crate) fn scratch(name: &str) -> PathBuf {
    let dir = plugin()
        .parent()
        .expect("a file lies in a directory")
        .join("rz-plugin-tests")
        .join(name);
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).expect("the target directory is writable");
    dir
}

/// What a command did.
pub(crate) struct Done {
    /// Exit code; `None` when a signal ended it (a crash).
    pub(crate) code: Option<i32>,
    /// Standard output.
    #[allow(dead_code)]
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
}

#[allow(dead_code)]
/// Runs a command, which must end within a minute.
pub(crate) fn run(command: &mut Command) -> Done {
    run_within(command, Duration::from_mins(1))
}

/// Runs a command, which must end within `limit`.
pub(crate) fn run_within(command: &mut Command, limit: Duration) -> Done {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    // Read while it runs: a full pipe would block it.
    let stdout = reader(child.stdout.take());
    let stderr = reader(child.stderr.take());
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("child is ours") {
            break status;
        }
        if start.elapsed() > limit {
            let _ = child.kill();
            panic!("{command:?} did not end");
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let text = |reader: JoinHandle<Vec<u8>>| {
        let bytes = reader.join().expect("reading does not panic");
        String::from_utf8_lossy(&bytes).into_owned()
    };
    Done {
        code: status.code(),
        stdout: text(stdout),
        stderr: text(stderr),
    }
}

fn reader(pipe: Option<impl Read + Send + 'static>) -> JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            let _ = pipe.read_to_end(&mut bytes);
        }
        bytes
    })
}
