//! Calls through pointers: what every function that such a call may reach says about its arguments.
//!
//! ```text
//! std::vector<double> out = layer->forward(in);      // what `in` holds, only the layers know
//! ```
//!
//! The functions are those whose address is taken, by type. What all of them say is a fact about the call. That something
//! is an integer stays a hint: a pointer may come from code that is not here, where it is not.

use super::build::Builder;
use super::tree::{Class, Entry, Tree, Trees};
use rustc_hash::FxHashMap;
use rz_view::{Func, Inst, Module, Type};

/// More functions than this are not asked.
const MANY: usize = 64;

/// Bodies of functions whose address is taken, by result and parameters.
pub(crate) struct Targets(FxHashMap<(Type, Vec<Type>), Vec<Func>>);

impl Targets {
    pub(crate) fn new(module: &Module) -> Self {
        let mut found: FxHashMap<_, Vec<Func>> = FxHashMap::default();
        for data in module.funcs.values().filter(|data| !data.varargs) {
            if let Some(body) = data.stand_in {
                let params = data.params.iter().map(|param| param.ty).collect();
                found.entry((data.ret, params)).or_default().push(body);
            }
        }
        Self(found)
    }

    /// What the call `inst` through a pointer may call.
    pub(crate) fn of(&self, builder: &Builder<'_>, inst: Inst) -> &[Func] {
        let body = builder.body;
        let args = body.call_args(inst).iter();
        let params = args.map(|&arg| body.ty(arg)).collect();
        let ret = body.insts[inst].ty;
        let found = self.0.get(&(ret, params)).map_or(&[][..], Vec::as_slice);
        let asked = found.len() <= MANY
            && (found.iter()).all(|&func| builder.module.funcs[func].body.is_some());
        if asked { found } else { &[] }
    }
}

impl Trees {
    /// What all of `trees` say, integers as hints.
    pub(crate) fn agreed(&mut self, trees: &[Tree]) -> Tree {
        let tree = self.common(trees);
        self.hinted(&tree)
    }

    fn hinted(&mut self, tree: &Tree) -> Tree {
        let mut entries = Vec::new();
        for entry in tree.entries() {
            entries.push(Entry {
                hint: entry.hint || entry.class == Class::Integer,
                pointee: entry.pointee.as_ref().map(|pointee| self.hinted(pointee)),
                ..entry.clone()
            });
        }
        self.tree(entries)
    }
}
