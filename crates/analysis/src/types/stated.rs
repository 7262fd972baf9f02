//! What sources state about data: calls of hints, `enzyme_type` attributes and metadata.
//!
//! ```text
//! call void @__enzyme_double(ptr %p, i64 16)            %p: ptr{0: double, 8: double}
//! call void @g(ptr "enzyme_type"="{[-1]:Pointer,…}" %p)
//! call void @llvm.memcpy(…), !enzyme_truetype !{double undef, i64 0}
//! ```

use super::build::{Builder, state_element};
use super::exchange::{apply, apply_value};
use super::graph::{Place, Reason, Source};
use super::spelled::Spelled;
use super::tree::{Class, Trees};
use rz_rules::known::Hint;
use rz_view::{FloatKind, Inst, Value};

/// Elements stated one by one; more are stated as an array.
const MAX_ELEMENTS: u64 = 256;
/// Pointers followed in memory.
const MAX_DEPTH: usize = 6;

impl Builder<'_> {
    /// A call of a hint: a pointer, and how many bytes behind it.
    pub(crate) fn stated(&mut self, inst: Inst, hint: Hint) {
        let args = self.body.call_args(inst);
        let Some(place) = args.first().and_then(|&pointer| self.place(pointer)) else {
            return;
        };
        let class = match hint {
            Hint::Float => Class::Float(FloatKind::Single),
            Hint::Double => Class::Float(FloatKind::Double),
            Hint::Integer => Class::Integer,
            Hint::Pointer => Class::Pointer,
        };
        let each = class.element_bytes(self.module.pointer_bytes);
        let why = Self::reason(inst, "stated by the source");
        let bytes = match args.get(1) {
            None => Some(1),
            Some(&count) => self.signed_constant(count),
        };
        match bytes.map(u64::try_from) {
            Some(Ok(bytes)) if bytes.div_ceil(each) <= MAX_ELEMENTS => {
                for index in 0..bytes.div_ceil(each) {
                    let at = place.plus((index * each) as i64);
                    state_element(&mut self.graph, class, each, why, |g, k| g.at(at, k as i64));
                }
            }
            // A negative count is the whole object.
            Some(bytes) => {
                let end = bytes.map_or(super::regions::NO_END, |bytes| bytes as i64);
                let array = place.every(each);
                state_element(&mut self.graph, class, each, why, |g, k| {
                    g.at_until(array, k as i64, end)
                });
            }
            // Refused where the request is lowered.
            None => {}
        }
    }

    /// An integer constant.
    pub(super) fn signed_constant(&self, value: Value) -> Option<i64> {
        let bits = self.body.const_int(value)?;
        let rz_view::TypeKind::Int(width) = *self.module.types.kind(self.body.ty(value)) else {
            return None;
        };
        let shift = 128u32.checked_sub(width)?;
        i64::try_from(((bits << shift) as i128) >> shift).ok()
    }

    /// Attributes of a call's arguments and result.
    pub(crate) fn stated_types(&mut self, inst: Inst, tags: &[(String, String)]) {
        let why = Self::reason(inst, "stated by an attribute");
        for (name, tree) in tags {
            let Some(position) = name.strip_prefix("enzyme_type@") else {
                continue;
            };
            let value = match position {
                "ret" => self.body.insts[inst].result,
                index => index
                    .parse()
                    .ok()
                    .and_then(|i: usize| self.body.call_args(inst).get(i).copied()),
            };
            if let Some(value) = value {
                self.state_tree(value, tree, why);
            }
        }
    }

    /// Attributes of a parameter.
    pub(crate) fn stated_parameter(&mut self, param: Value, index: u32) {
        let why = Reason {
            source: Source::Param(index),
            rule: "stated by an attribute",
        };
        for (name, tree) in &self.module.funcs[self.func].params[index as usize].tags {
            if name == "enzyme_type" {
                self.state_tree(param, tree, why);
            }
        }
    }

    /// Metadata of an instruction: about its result, or about the memory it copies or fills.
    pub(crate) fn stated_metadata(&mut self, inst: Inst) {
        let why = Self::reason(inst, "stated by metadata");
        for tag in &self.body.insts[inst].tags {
            if let Some(tree) = tag.strip_prefix("enzyme_type=") {
                if let Some(result) = self.body.insts[inst].result {
                    self.state_tree(result, tree, why);
                }
            } else if let Some(tree) = tag.strip_prefix("enzyme_truetype=") {
                let target = self.body.call_args(inst).first().copied();
                if let Some(place) = target.and_then(|v| self.place(v)) {
                    self.state_memory(place, tree, why);
                }
            }
        }
    }

    /// States what a tree in string form says about a value.
    pub(crate) fn state_tree(&mut self, value: Value, tree: &str, why: Reason) {
        let Ok(spelled) = Spelled::parse(tree) else {
            return;
        };
        let bytes = self.size(self.body.ty(value));
        if spelled.misfit(bytes).is_some() {
            return;
        }
        let pointer_bytes = self.module.pointer_bytes;
        let tree = spelled.value(&mut Trees::default(), bytes, pointer_bytes);
        let repr = self.reprs[value];
        apply_value(&mut self.graph, repr, &tree, why, pointer_bytes);
    }

    fn state_memory(&mut self, place: Place, tree: &str, why: Reason) {
        if let Ok(spelled) = Spelled::parse(tree) {
            let bytes = self.module.pointer_bytes;
            let tree = spelled.memory(&mut Trees::default(), bytes, MAX_DEPTH);
            apply(&mut self.graph, place, &tree, why, bytes);
        }
    }
}
