//! Modules from text, for tests: no host, own analysis managers.
//!
//! ```ignore
//! let parsed = rz_import::testing::parse_ir("define void @f() { ret void }");
//! let imported = parsed.import(&["f"]);
//! let facts = LlvmFacts::new(&imported, parsed.analyses());
//! ```

use crate::Imported;
use rz_llvm as llvm;

/// A module with its own context and analyses.
#[derive(Debug)]
pub struct Parsed {
    // Dropped in this order: analyses refer to the module, the module to the context.
    analyses: llvm::OwnedAnalyses,
    module: llvm::OwnedModule,
    _context: llvm::OwnedContext,
}

/// Parses text.
///
/// # Panics
/// When the text is not valid IR.
pub fn parse_ir(text: &str) -> Parsed {
    Parsed::try_parse(text).expect("valid IR")
}

impl Parsed {
    /// Parses text; the error is LLVM's message.
    pub fn try_parse(text: &str) -> Result<Self, String> {
        let context = llvm::OwnedContext::new();
        let module = context.get().parse("test", text)?;
        module.get().verify()?;
        let analyses = llvm::OwnedAnalyses::new(module.get());
        Ok(Self {
            analyses,
            module,
            _context: context,
        })
    }

    /// The module.
    pub fn module(&self) -> llvm::Module {
        self.module.get()
    }

    /// The analyses.
    pub fn analyses(&self) -> llvm::Analyses {
        self.analyses.get()
    }

    /// A function by name.
    ///
    /// # Panics
    /// When there is none.
    pub fn function(&self, name: &str) -> llvm::Function {
        self.module().function(name).expect("the function exists")
    }

    /// Runs a function pipeline on every definition, such as `mem2reg,loop-simplify,lcssa`.
    ///
    /// # Panics
    /// When the text is not a pipeline.
    pub fn prepare(&self, pipeline: &str) -> &Self {
        let pipeline = llvm::Pipeline::parse(pipeline).expect("a pipeline");
        for function in self.module().functions() {
            if !function.is_declaration() {
                self.analyses().run_on(function, &pipeline);
            }
        }
        self
    }

    /// Imports the bodies of the named functions, of all definitions when the list is empty, and all declarations.
    pub fn import(&self, names: &[&str]) -> Imported {
        let bodies: Vec<llvm::Function> = if names.is_empty() {
            self.module().functions()
        } else {
            names.iter().map(|name| self.function(name)).collect()
        };
        crate::import(self.module(), &bodies, &self.module().functions())
    }
}
