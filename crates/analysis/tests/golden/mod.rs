//! Golden files: an input, `====`, and what a stage prints for it.

use std::path::Path;

/// Compares every `.rz` file of `tests/files/FOLDER` with what `dump` prints for its input; with
/// `RIBOZYME_BLESS` set, writes that instead.
pub(crate) fn check(folder: &str, dump: impl Fn(&str) -> String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/files")
        .join(folder);
    let mut failures = Vec::new();
    let mut paths: Vec<_> = std::fs::read_dir(&folder)
        .expect("folder of tests")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "rz"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("readable");
        let (source, expected) = text.split_once("====\n").unwrap_or((&text, ""));
        let found = dump(source);
        if found == expected {
            continue;
        }
        if std::env::var_os("RIBOZYME_BLESS").is_some() {
            std::fs::write(&path, format!("{source}====\n{found}")).expect("writable");
        } else {
            failures.push(format!("{}:\n{found}", path.display()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
