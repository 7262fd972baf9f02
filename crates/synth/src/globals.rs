//! Shadows of global variables: those the source names, and what becomes of those made here.
//!
//! ```text
//! @table = global [4 x double] …, !enzyme_shadow !{ptr @dtable}
//! ```
//!
//! A marked shadow is the user's: those of further directions follow it in memory.

use rz_diag::{Code, Diagnostic, Result};
use rz_llvm::{Builder, Function, Global, Linkage, Metadata, Value};

/// Shadows that were made here. What a run leaves in them must not reach the next one.
#[derive(Debug, Default)]
pub(crate) struct Made {
    /// Shadows of variables that are written, and their sizes in bytes.
    list: Vec<(Value, u64)>,
}

impl Made {
    pub(crate) fn note(&mut self, global: Global, shadow: Value) {
        let bytes = global
            .value()
            .global_module()
            .alloc_size(global.value_type());
        if !global.is_constant() && !self.list.contains(&(shadow, bytes)) {
            self.list.push((shadow, bytes));
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Clears them where a request's derivative begins.
    pub(crate) fn clear(&self, root: Function) -> Result<()> {
        let first = root.entry().and_then(rz_llvm::Block::first);
        let Some(first) = first.filter(|_| !self.list.is_empty()) else {
            return Ok(());
        };
        if root.value().has_uses() {
            return Err(Diagnostic::error(
                Code::NotSupportedYet,
                "a recursive function with active global variables is not supported yet",
            )
            .fix("pass the data through arguments, or name a shadow with enzyme_shadow"));
        }
        let builder = Builder::new(root.context());
        builder.position_before(first);
        builder.set_debug_loc(root.line_zero());
        let (byte, int) = (root.context().int(8).zero(), root.context().int(64));
        for &(shadow, bytes) in &self.list {
            builder.memset(shadow, byte, int.int_const(bytes), 1);
        }
        Ok(())
    }
}

/// The shadow the source names for `global`.
pub(crate) fn marked(global: Global, direction: usize) -> Option<Value> {
    let value = global.value();
    let kind = value.context().metadata_kind("enzyme_shadow");
    let node = value.global_metadata(kind)?;
    let shadow = node
        .operands()
        .first()
        .copied()
        .flatten()
        .and_then(Metadata::value)?;
    let each = value.global_module().alloc_size(global.value_type());
    let bytes = direction as u64 * each;
    Some(if bytes == 0 {
        shadow
    } else {
        shadow.const_offset(bytes as i64)
    })
}

/// Zeroed memory like `global`, made once for each direction.
pub(crate) fn make(global: Global, kind: &str, direction: usize) -> Value {
    let module = global.value().global_module();
    let name = match direction {
        0 => format!("{}.{kind}", global.value().name()),
        _ => format!("{}.{kind}.{direction}", global.value().name()),
    };
    if let Some(existing) = module.global(&name) {
        return existing.value();
    }
    let ty = global.value_type();
    let shadow = module.add_global(&name, ty, Linkage::Internal);
    shadow.set_initializer(ty.zero());
    shadow.copy_placement(global);
    shadow.value()
}
