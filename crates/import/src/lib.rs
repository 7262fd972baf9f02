//! LLVM function to view body; facts answered by LLVM.
//!
//! [`import`] copies the bodies asked for and the declarations of what they mention into a [`rz_view::Module`] and
//! keeps maps between ids and LLVM handles both ways. [`LlvmFacts`] answers [`rz_view::Facts`] from LLVM's
//! analyses over the same functions.
//!
//! # Invariants
//! * Import never fails and never panics: what the view does not know becomes `Opaque`.
//! * Value ids of a body are its parameters, then its instruction results in block order, then its constants
//!   in order of first use; block ids are LLVM's block order, so `block0` is the entry.
//! * Operands are exactly what [`rz_view::Op`] documents; blocks, callees of direct calls, case values and operand
//!   bundles are not operands.
//! * Functions that were imported must not change while the maps or the facts are used.
//!
//! # Example
//! ```ignore
//! // %p = getelementptr %s, ptr %a, i64 %i, i32 1     (struct of 40 bytes, field at 8)
//! // becomes  v4 = gep v0, v1, v3   with GepData { offset: 8, terms: [(v1, 40)] }
//! let imported = rz_import::import(module, &[function]);
//! let facts = rz_import::LlvmFacts::new(&imported, analyses);
//! ```

mod body;
mod calls;
mod constants;
mod exact;
mod facts;
mod functions;
mod globals;
mod handles;
mod importer;
mod library;
mod ops;
pub mod records;
mod stated;
mod tbaa;
pub mod testing;
mod types;

pub use facts::LlvmFacts;
pub use handles::Imported;

/// Imports the bodies of `bodies` (those that have one) and the declarations of all functions that they, variables
/// they reach, or `mentioned` mention. What else the module holds is left alone: a module with many requests is
/// imported for each of them.
pub fn import(
    module: rz_llvm::Module,
    bodies: &[rz_llvm::Function],
    mentioned: &[rz_llvm::Function],
) -> Imported {
    importer::Importer::new(module).run(bodies, mentioned)
}
