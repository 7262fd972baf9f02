//! Cloning functions with a value map.

use crate::function::Function;
use crate::shim;
use crate::text::c;
use crate::value::Value;
use std::ffi::c_void;

/// Which values of a clone correspond to which originals (blocks as values).
#[derive(Debug)]
pub struct ValueMap(*mut c_void);

/// What a clone may change besides itself.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CloneChanges {
    /// No global is mapped to another one.
    Local,
    /// Globals may be mapped to others; metadata that refers to them is cloned.
    Global,
}

impl ValueMap {
    /// An empty map.
    pub fn new() -> Self {
        Self(ffi!(shim::rz_map_new()))
    }

    /// Maps `original` to `copy`.
    pub fn set(&mut self, original: Value, copy: Value) {
        ffi!(shim::rz_map_set(self.0, original.0, copy.0));
    }

    /// What `original` is mapped to. `None` also when its copy was erased since.
    pub fn get(&self, original: Value) -> Option<Value> {
        Value::option(ffi!(shim::rz_map_get(self.0, original.0)))
    }

    /// `constant` with what it is made of rewritten through the map; unmapped parts stay.
    pub fn constant(&self, constant: Value) -> Value {
        Value(ffi!(shim::rz_map_constant(self.0, constant.0)))
    }

    /// Rewrites an instruction's operands, and the parts of those that are constants, through the map; unmapped ones stay.
    pub fn remap(&self, inst: Value) {
        ffi!(shim::rz_map_remap(self.0, inst.0));
    }
}

impl Default for ValueMap {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for ValueMap {
    fn drop(&mut self) {
        ffi!(shim::rz_map_free(self.0));
    }
}

impl Function {
    /// Appends a copy of `original`'s body to this function. Every parameter of `original` must be mapped in
    /// `map` already; afterwards it maps every block and instruction. The name suffix marks copies. Linkage,
    /// visibility, comdat and `dso_local` of this function stay as they were; attributes are copied (strip them for
    /// generated functions).
    pub fn clone_from(
        self,
        original: Function,
        map: &mut ValueMap,
        changes: CloneChanges,
        suffix: &str,
    ) {
        let suffix = c(suffix);
        let global = i32::from(changes == CloneChanges::Global);
        ffi!(shim::rz_clone_into(
            self.0.0,
            original.0.0,
            map.0,
            global,
            suffix.as_ptr()
        ));
    }

    /// An internal copy of this function with the same type, and the map from originals to copies.
    pub fn duplicate(self, name: &str) -> (Function, ValueMap) {
        let copy = self
            .module()
            .add_function(name, self.ty(), crate::Linkage::Internal);
        let mut map = ValueMap::new();
        for (old, new) in self.params().into_iter().zip(copy.params()) {
            new.set_name(&old.name());
            map.set(old, new);
        }
        copy.clone_from(self, &mut map, CloneChanges::Local, "");
        (copy, map)
    }
}
