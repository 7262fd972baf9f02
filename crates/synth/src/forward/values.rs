//! Tangents and shadows of operands.
//!
//! An active value has one recorded. An inactive one has a zero tangent; an inactive pointer stands
//! for its own shadow, as the convention has it. In an integer or aggregate both may occur.

use super::function::Writer;
use crate::globals;
use crate::shadow::ConstantShadows;
use rz_analysis::types::{Class, Segment};
use rz_diag::{Code, Result};
use rz_view::{Constant, Inst, TypeKind, Value};

impl Writer<'_, '_> {
    /// The tangent or shadow of an active value; `None` when it is zero or an inactive pointer.
    pub(super) fn tangent(&self, value: Value) -> Option<rz_llvm::Value> {
        self.tangents[value]
    }

    /// The tangent or shadow of any operand of `inst`.
    pub(super) fn shadow(&mut self, inst: Inst, value: Value) -> Result<rz_llvm::Value> {
        if let Some(known) = self.active_shadow(inst, value)? {
            return Ok(known);
        }
        let segments = self.types.segments(value);
        self.inactive(inst, value, &segments)
    }

    /// As [`Writer::shadow`], for a value that is stored to `pointer`: what the memory holds decides where
    /// the value alone does not.
    pub(super) fn stored_shadow(
        &mut self,
        inst: Inst,
        value: Value,
        pointer: Value,
    ) -> Result<rz_llvm::Value> {
        if let Some(known) = self.active_shadow(inst, value)? {
            return Ok(known);
        }
        let segments = self.types.stored(value, pointer);
        // The tangent of zero is zero, and so is the shadow of null.
        if self.is_zero(value) {
            return Ok(self.primal(value).ty().zero());
        }
        let constant = matches!(self.body.constant(value), Some(Constant::Int(_)));
        if segments.iter().any(|s| self.may_be_address(s)) {
            let module = &self.forward.imported.module;
            let bytes = module.types.store_size(self.body.ty(value));
            if constant && self.types.is_open(pointer, 0, bytes) {
                return Ok(self.primal(value).ty().zero());
            }
            let refusal = self.types.refuse(inst, pointer, 0, bytes);
            return Err(refusal.note(format!("an inactive {value} is stored to active memory")));
        }
        self.inactive(inst, value, &segments)
    }

    fn is_zero(&self, value: Value) -> bool {
        matches!(
            self.body.constant(value),
            Some(Constant::Int(0) | Constant::Float(0) | Constant::Null | Constant::Zero)
        )
    }

    /// True when nothing tells a float from an address. What is narrower than an address is a float or an
    /// integer, and zero is right for both.
    fn may_be_address(&self, segment: &Segment) -> bool {
        let module = &self.forward.imported.module;
        segment.class == Class::Unknown && segment.bytes >= module.pointer_bytes
    }

    fn active_shadow(&mut self, inst: Inst, value: Value) -> Result<Option<rz_llvm::Value>> {
        if let Some(known) = self.tangents[value] {
            return Ok(Some(known));
        }
        match self.body.constant(value) {
            Some(constant) if self.activity.shadow(value) => self.address(inst, constant),
            _ => Ok(None),
        }
    }

    /// The shadow of a constant address that needs one.
    fn address(&mut self, inst: Inst, constant: &Constant) -> Result<Option<rz_llvm::Value>> {
        match constant {
            Constant::Global(global) => {
                let address = self.forward.imported.global(*global);
                if let Some(marked) = globals::marked(address, self.tangents.current()) {
                    return Ok(Some(marked));
                }
                if self.forward.options.runtime_activity {
                    return Ok(None);
                }
                let data = &self.forward.imported.module.globals[*global];
                let types = &self.forward.imported.module.types;
                if !data.holds_pointers(types) {
                    return Ok(Some(self.zeros_like(address)));
                }
                if data.has_fixed_addresses() {
                    // Pointers to functions have tables, those to inactive things are their own
                    // shadows.
                    let shadow = self
                        .forward
                        .shadow_constant(address.value(), self.tangents.current());
                    return Ok(Some(shadow));
                }
                Err(self
                    .refuse(
                        inst,
                        Code::GlobalShadow,
                        &format!("the global {} needs a shadow", data.name),
                    )
                    .fix("name one with enzyme_shadow, or mark the global enzyme_inactive"))
            }
            Constant::Func(func) => self.function_shadow(*func),
            Constant::Offset { base, offset } => {
                let Some(base) = self.body.constant(*base).cloned() else {
                    return Ok(None);
                };
                let shadow = self.address(inst, &base)?;
                Ok(shadow.map(|s| s.const_offset(*offset)))
            }
            _ => Ok(None),
        }
    }

    /// The shadow of a global without pointers: zeros, as the derivative of its initial contents.
    fn zeros_like(&self, global: rz_llvm::Global) -> rz_llvm::Value {
        let zeros = globals::make(global, "tangent", self.tangents.current());
        if let Some(zeros) = zeros.as_global() {
            zeros.set_constant(global.is_constant());
        }
        self.forward.made.borrow_mut().note(global, zeros);
        zeros
    }

    /// The shadow of something inactive whose bytes hold `segments`: zero, but pointers as they are.
    pub(super) fn inactive(
        &mut self,
        inst: Inst,
        value: Value,
        segments: &[Segment],
    ) -> Result<rz_llvm::Value> {
        let primal = self.primal(value);
        let module = &self.forward.imported.module;
        let ty = self.body.ty(value);
        if matches!(
            self.body.constant(value),
            Some(Constant::Null | Constant::Zero | Constant::Undef | Constant::Poison)
        ) {
            return Ok(primal.ty().zero());
        }
        let known = |class: Class| segments.iter().any(|s| s.class == class);
        let pointers = known(Class::Pointer) || known(Class::Integer);
        let floats = segments
            .iter()
            .any(|s| matches!(s.class, Class::Float(_) | Class::Anything | Class::Unknown));
        if segments.iter().any(|s| self.may_be_address(s)) {
            return Err(self
                .refuse(
                    inst,
                    Code::UnknownType,
                    &format!("cannot tell whether {value} holds a float or a pointer"),
                )
                .note("it is inactive, but active data is expected where it is used")
                .fix("compile with optimization (type-based alias metadata)"));
        }
        match (pointers, floats) {
            (false, _) => Ok(primal.ty().zero()),
            (true, false) => Ok(primal),
            (true, true) => match module.types.kind(ty) {
                TypeKind::Int(bits) if *bits <= 128 => {
                    let mask = primal.ty().int_const_wide(pointer_mask(segments));
                    Ok(self.b.and(primal, mask))
                }
                TypeKind::Struct { .. } | TypeKind::Array { .. } => {
                    Ok(self.leaves(value, segments))
                }
                _ => Err(self.refuse(
                    inst,
                    Code::UnknownType,
                    &format!("{value} mixes floats and pointers in the lanes of a vector"),
                )),
            },
        }
    }

    /// An aggregate with zeros for floats and everything else as it is.
    fn leaves(&mut self, value: Value, segments: &[Segment]) -> rz_llvm::Value {
        let primal = self.primal(value);
        let types = &self.forward.imported.module.types;
        let mut paths = Vec::new();
        collect(types, self.body.ty(value), 0, &mut Vec::new(), &mut paths);
        let mut whole = primal.ty().zero();
        for (path, offset) in paths {
            let class = segments
                .iter()
                .find(|s| offset >= s.offset && offset < s.offset + s.bytes)
                .map_or(Class::Anything, |s| s.class);
            if matches!(class, Class::Pointer | Class::Integer) {
                let leaf = self.b.extract_path(primal, &path);
                whole = self.b.insert_path(whole, leaf, &path);
            }
        }
        whole
    }
}

/// Ones where the bytes of an integer hold pointers or plain integers.
fn pointer_mask(segments: &[Segment]) -> u128 {
    let mut mask = 0;
    for segment in segments
        .iter()
        .filter(|s| matches!(s.class, Class::Pointer | Class::Integer))
    {
        for byte in segment.offset..(segment.offset + segment.bytes).min(16) {
            mask |= 0xff << (byte * 8);
        }
    }
    mask
}

/// Index paths and byte offsets of all leaves.
fn collect(
    types: &rz_view::TypeTable,
    ty: rz_view::Type,
    base: u64,
    path: &mut Vec<u32>,
    out: &mut Vec<(Vec<u32>, u64)>,
) {
    let count = match types.kind(ty) {
        TypeKind::Struct { fields, .. } => fields.len() as u64,
        TypeKind::Array { len, .. } => *len,
        _ => {
            out.push((path.clone(), base));
            return;
        }
    };
    for index in 0..count {
        if let Some((elem, offset)) = types.element(ty, index) {
            path.push(index as u32);
            collect(types, elem, base + offset, path, out);
            path.pop();
        }
    }
}
