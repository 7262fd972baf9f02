//! LLVM's passes on one function at a time.
//!
//! Reading a pipeline takes about as long as running it on a small function, so each is read once.

use crate::verified;
use rustc_hash::FxHashMap;
use rz_diag::{Code, Diagnostic, Result};
use rz_llvm::{Analyses, Function, Pipeline};
use std::cell::RefCell;
use std::rc::Rc;

/// A pipeline in two forms: what only helps loops is left out where there are none.
pub(crate) struct Text {
    /// For functions with loops.
    pub(crate) loops: &'static str,
    /// For functions without.
    pub(crate) straight: &'static str,
}

/// The pipelines read so far.
pub(crate) struct Passes {
    analyses: Analyses,
    /// Look whether functions are what LLVM takes for one.
    verify: bool,
    read: RefCell<FxHashMap<&'static str, Rc<Pipeline>>>,
}

impl Passes {
    pub(crate) fn new(analyses: Analyses, verify: bool) -> Self {
        Self {
            analyses,
            verify,
            read: RefCell::default(),
        }
    }

    /// The analyses that passes use and keep up to date.
    pub(crate) fn analyses(&self) -> Analyses {
        self.analyses
    }

    /// Runs the form of `text` that fits `function`.
    pub(crate) fn run_form(&self, function: Function, text: &Text) -> Result<()> {
        let loops = self.analyses.has_loops(function);
        self.run(function, if loops { text.loops } else { text.straight })
    }

    /// Looks at `function` after `stage`, where that is wanted.
    pub(crate) fn check(&self, function: Function, stage: &str) -> Result<()> {
        if self.verify {
            verified::function(function, stage)?;
        }
        Ok(())
    }

    /// Runs the pipeline `text` on `function`.
    pub(crate) fn run(&self, function: Function, text: &'static str) -> Result<()> {
        self.check(function, "what comes before LLVM's passes")?;
        let known = self.read.borrow().get(text).cloned();
        let pipeline = if let Some(pipeline) = known {
            pipeline
        } else {
            let read = Rc::new(Pipeline::parse(text).map_err(unknown)?);
            self.read.borrow_mut().insert(text, read.clone());
            read
        };
        self.analyses.run_on(function, &pipeline);
        self.check(function, text)
    }
}

fn unknown(message: String) -> Box<Diagnostic> {
    Diagnostic::error(Code::Internal, "LLVM does not know a pass")
        .note(message)
        .fix("report this together with the output of `ribozyme doctor`")
}
