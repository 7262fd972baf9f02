//! Where the plugin is.

use std::path::PathBuf;

/// File name of the plugin.
pub(crate) const NAME: &str = "libribozyme.so";

/// `RIBOZYME_PLUGIN`, else beside this executable or in `../lib`.
pub(crate) fn find() -> Result<PathBuf, String> {
    if let Some(path) = std::env::var_os("RIBOZYME_PLUGIN") {
        let path = PathBuf::from(path);
        return if path.exists() {
            Ok(path)
        } else {
            Err(format!(
                "RIBOZYME_PLUGIN names {}, which does not exist",
                path.display()
            ))
        };
    }
    let exe = std::env::current_exe().map_err(|error| format!("cannot find myself: {error}"))?;
    let exe = exe.canonicalize().unwrap_or(exe);
    let dir = exe.parent().unwrap_or(&exe);
    [dir.join(NAME), dir.join("../lib").join(NAME)]
        .into_iter()
        .find(|path| path.exists())
        .ok_or_else(|| {
            format!(
                "{NAME} is not beside {}; build it with `cargo build --release -p rz-plugin` or set RIBOZYME_PLUGIN",
                exe.display()
            )
        })
}
