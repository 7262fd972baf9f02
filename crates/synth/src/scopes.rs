//! Alias scopes: primal memory, its shadow and the tape lie apart, and accesses say so.
//!
//! ```text
//! %x = load double, ptr %p, !alias.scope {primal}, !noalias {shadow, tape}
//! %d = load double, ptr %s, !alias.scope {shadow}, !noalias {primal, tape}
//! ```
//!
//! Without this no loop of a reverse part that walks backwards through arguments is vectorized: the
//! checks that LLVM makes at run time are hoisted out of nests under the condition that addresses grow.
//!
//! It is true because
//!
//! - the convention asks for shadows that are other memory than their primals; where one may be the other, as
//!   under runtime activity, nothing is marked;
//! - nobody but a derivative knows its tape. Where variables of the primal and their shadows are allocated
//!   beside it, memory that was given back may hold one after the other, so there nothing is marked;
//! - frees are delayed until the reverse part is done, so memory does not change its kind before.
//!
//! Shadows are never said to be apart from each other (I11), nor primal memory from other primal memory.

use rz_llvm as llvm;

/// What an accessed address belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Memory of the primal.
    Primal,
    /// Memory of derivatives.
    Shadow,
    /// Slots.
    Tape,
}

/// The scopes of one function.
#[derive(Clone, Copy, Debug)]
pub struct Scopes {
    context: llvm::Context,
    /// In the order of [`Kind`].
    scopes: [llvm::Metadata; 3],
}

impl Scopes {
    /// New scopes.
    pub fn new(context: llvm::Context) -> Self {
        let domain = context.alias_domain("ribozyme");
        let scope = |name| context.alias_scope(domain, name);
        Self {
            context,
            scopes: ["primal", "shadow", "tape"].map(scope),
        }
    }

    /// Marks a load, a store or an operation on blocks of memory; what else it says of scopes stays.
    pub fn mark(&self, access: llvm::Value, kind: Kind) {
        let others = (0..3).filter(|&other| other != kind as usize);
        let others = others.map(|other| self.scopes[other]);
        self.add(access, "alias.scope", vec![self.scopes[kind as usize]]);
        self.add(access, "noalias", others.collect());
    }

    fn add(&self, access: llvm::Value, name: &str, scopes: Vec<llvm::Metadata>) {
        let kind = self.context.metadata_kind(name);
        let old = access.metadata(kind).map(llvm::Metadata::operands);
        let mut all: Vec<_> = old.unwrap_or_default().into_iter().flatten().collect();
        all.extend(scopes);
        access.set_metadata(kind, Some(self.context.metadata_node(&all)));
    }
}
