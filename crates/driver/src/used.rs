//! `llvm.used` and `llvm.compiler.used`: what the host must not delete although nothing refers to it.

use crate::register::entry::elements;
use crate::values::strip_casts;
use rz_llvm::{Global, Linkage, Metadata, Module, Type, Value};

const COMPILER_USED: &str = "llvm.compiler.used";

/// Keeps `value` until [`drop`].
pub(crate) fn keep(module: Module, value: Value) {
    let mut all = entries(module, COMPILER_USED);
    if !is_kept(module, value) {
        all.push(value);
        write(module, COMPILER_USED, &all);
    }
}

/// True when `value` is on a list.
pub(crate) fn is_kept(module: Module, value: Value) -> bool {
    let on = |name| {
        entries(module, name)
            .into_iter()
            .any(|entry| strip_casts(entry) == value)
    };
    on("llvm.used") || on(COMPILER_USED)
}

/// Keeps variables that have a shadow of the program's, and these shadows: derivatives read and write the shadows, so
/// until they exist nobody may conclude that either is constant.
pub(crate) fn keep_shadows(module: Module) {
    let kind = module.context().metadata_kind("enzyme_shadow");
    for global in module.globals() {
        let Some(node) = global.value().global_metadata(kind) else {
            continue;
        };
        keep(module, global.value());
        let shadows = node.operands().into_iter().flatten();
        for shadow in shadows.filter_map(Metadata::value) {
            keep(module, strip_casts(shadow));
        }
    }
}

/// Takes `value` off the lists.
pub(crate) fn drop(module: Module, value: Value) {
    for name in ["llvm.used", COMPILER_USED] {
        let all = entries(module, name);
        let is_other = |entry: &Value| strip_casts(*entry) != value;
        let kept: Vec<Value> = all.iter().copied().filter(is_other).collect();
        if kept.len() < all.len() {
            write(module, name, &kept);
        }
    }
}

fn entries(module: Module, name: &str) -> Vec<Value> {
    let list = module.global(name).and_then(Global::initializer);
    list.map(elements).unwrap_or_default()
}

fn write(module: Module, name: &str, entries: &[Value]) {
    if let Some(old) = module.global(name) {
        old.erase();
    }
    let Some(first) = entries.first() else {
        return;
    };
    let element: Type = first.ty();
    let constant = element.array_const(entries);
    let list = module.add_global(name, constant.ty(), Linkage::Appending);
    list.set_initializer(constant);
    list.set_section("llvm.metadata");
}
