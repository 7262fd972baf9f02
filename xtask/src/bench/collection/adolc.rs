//! Gradients by ADOL-C: the files of `bench/others/adolc`, each in the place of a program's gradient.

use std::path::PathBuf;

use anyhow::Result;

use super::entries::Sizes;
use super::{Maybe, Parts, measure, short};
use crate::programs::Gradient;
use crate::{project, setup};

/// Installs the library if it is not there.
pub(super) fn install() -> Result<()> {
    setup::library("libadolc-dev", "ADOL-C", "#include <adolc/adouble.h>\n")
}

/// One program with its two gradients.
pub(super) struct Program {
    /// Recorded in each call, and in the first one only.
    paths: Option<[Result<PathBuf, String>; 2]>,
}

/// Both measured.
pub(super) struct Times {
    pub(super) taped: Maybe,
    pub(super) reused: Maybe,
}

/// What records more operations than the buffers in memory hold, and would go to files.
const TOO_LARGE: &[(&str, Sizes)] = &[
    ("determinant", &[10]),
    ("gmm", &[20, 50, 1000]),
    ("gmm", &[32, 25, 1000]),
    ("gmm", &[64, 5, 1000]),
];

impl Program {
    /// Builds it, if there is such a file.
    pub(super) fn build(parts: &Parts<'_>) -> Self {
        let name = parts.source.name();
        let file = project::root().join(format!("bench/others/adolc/{name}.cpp"));
        if !file.exists() {
            return Self { paths: None };
        }
        let build = |define: &'static str| {
            let gradient = Gradient::Library {
                file: file.clone(),
                define,
                library: "adolc",
            };
            let path = parts.with(&gradient, &format!("adolc-{define}"));
            path.map_err(|error| short(&error))
        };
        Self {
            paths: Some([build("TAPED"), build("REUSED")]),
        }
    }

    /// Measures it at one size; nothing if it is not written.
    pub(super) fn measure(&self, name: &str, sizes: Sizes, seconds: f64) -> Option<Times> {
        let paths = self.paths.as_ref()?;
        let [taped, reused] = paths.each_ref().map(|path| {
            if TOO_LARGE.contains(&(name, sizes)) {
                return Err("too large".to_owned());
            }
            let row = measure(path.as_ref()?, sizes, seconds);
            row.map_err(|error| short(&error))
        });
        Some(Times { taped, reused })
    }
}
