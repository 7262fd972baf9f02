//! The import as a whole: what is shared by functions, globals and bodies.

use crate::handles::{BodyHandles, Imported};
use cranelift_entity::{EntityRef, PrimaryMap, SecondaryMap};
use rustc_hash::FxHashMap;
use rz_llvm as llvm;
use rz_rules::known::looks_at_room;
use rz_view::module::Contents;
use rz_view::{Func, Global, GlobalData, Loc, Module};
use std::sync::Arc;

/// State of one import.
pub(crate) struct Importer {
    pub(crate) out: Imported,
    pub(crate) library: llvm::Library,
    files: FxHashMap<String, Arc<str>>,
    pub(crate) tbaa: crate::tbaa::Cache,
    pub(crate) kinds: FxHashMap<u32, Option<String>>,
}

impl Importer {
    pub(crate) fn new(module: llvm::Module) -> Self {
        let view = Module {
            pointer_bytes: u64::from(module.pointer_bytes(0)),
            ..Module::default()
        };
        Self {
            out: Imported {
                module: view,
                llvm: module,
                funcs: PrimaryMap::new(),
                func_ids: FxHashMap::default(),
                globals: PrimaryMap::new(),
                global_ids: FxHashMap::default(),
                types: SecondaryMap::new(),
                type_ids: FxHashMap::default(),
                bodies: FxHashMap::default(),
            },
            library: llvm::Library::new(module),
            files: FxHashMap::default(),
            tbaa: crate::tbaa::Cache::new(module.context()),
            kinds: FxHashMap::default(),
        }
    }

    pub(crate) fn run(
        mut self,
        bodies: &[llvm::Function],
        mentioned: &[llvm::Function],
    ) -> Imported {
        for &function in bodies.iter().chain(mentioned) {
            self.func(function);
        }
        for witness in witnesses(self.out.llvm) {
            self.func(witness);
        }
        for &function in bodies {
            self.tbaa.records.read(function);
        }
        for &function in bodies {
            let id = self.func(function);
            if function.is_declaration() || self.out.bodies.contains_key(&id) {
                continue;
            }
            self.out.bodies.insert(id, BodyHandles::default());
            let (body, handles) = self.body(id, function);
            self.out.module.funcs[id].body = Some(body);
            self.out.bodies.insert(id, handles);
        }
        self.fill_globals();
        self.out
    }

    /// The id of a function of this module, made known on first use.
    pub(crate) fn func(&mut self, function: llvm::Function) -> Func {
        if let Some(id) = self.out.func_id(function) {
            return id;
        }
        let id = self.out.funcs.push(function);
        self.out.func_ids.insert(function, id);
        let data = self.declaration(function);
        let pushed = self.out.module.funcs.push(data);
        debug_assert_eq!(id, pushed);
        id
    }

    /// The id of a global, made known on first use; its contents are summarized at the end.
    pub(crate) fn global(&mut self, global: llvm::Global) -> Global {
        if let Some(id) = self.out.global_id(global) {
            return id;
        }
        let id = self.out.globals.push(global);
        self.out.global_ids.insert(global, id);
        let ty = self.ty(global.value_type());
        let value = global.value();
        let tags = value
            .global_metadata_kinds()
            .into_iter()
            .filter_map(|kind| self.family_kind(kind))
            .collect();
        self.out.module.globals.push(GlobalData {
            name: value.name(),
            ty,
            constant: global.is_constant(),
            local: matches!(
                value.linkage(),
                llvm::Linkage::Internal | llvm::Linkage::Private
            ),
            defined: global.initializer().is_some(),
            thread_local: global.is_thread_local(),
            contents: Contents::default(),
            tags,
        });
        id
    }

    fn fill_globals(&mut self) {
        let mut next = 0;
        while next < self.out.module.globals.len() {
            let id = Global::new(next);
            let contents = self.contents(self.out.globals[id]);
            self.out.module.globals[id].contents = contents;
            next += 1;
        }
    }

    /// The name of a metadata kind of our families.
    pub(crate) fn family_kind(&mut self, kind: u32) -> Option<String> {
        let context = self.out.llvm.context();
        self.kinds
            .entry(kind)
            .or_insert_with(|| Some(context.metadata_kind_name(kind)).filter(|n| is_family(n)))
            .clone()
    }

    /// A source location; `None` for line 0, which marks generated code.
    pub(crate) fn loc(&mut self, location: Option<llvm::DebugLoc>) -> Option<Loc> {
        let location = location?;
        let line = location.line();
        if line == 0 {
            return None;
        }
        let file = location.file()?;
        let file = self
            .files
            .entry(file)
            .or_insert_with_key(|name| Arc::from(name.as_str()))
            .clone();
        Some(Loc {
            file,
            line,
            column: location.column(),
        })
    }
}

/// Functions that say something about the whole module by being there: one from C++, and those after which the room
/// of blocks matters.
fn witnesses(module: llvm::Module) -> Vec<llvm::Function> {
    let mut cpp = false;
    module.functions_named(|name| {
        let first = !cpp && name.starts_with("_Z");
        cpp |= first;
        first || looks_at_room(name.trim_start_matches('\u{1}'))
    })
}

/// Names of attributes and metadata that are addressed to us.
pub(crate) fn is_family(name: &str) -> bool {
    ["enzyme_", "ribozyme_", "enzyme-", "ribozyme-"]
        .iter()
        .any(|prefix| name.starts_with(prefix))
}
