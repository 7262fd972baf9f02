//! Shadows of constants.
//!
//! * A function: its table of derivatives, when it can be differentiated.
//! * A variable: memory of the same size, another one for each direction. Where the variable holds
//!   pointers its shadow holds theirs, so that function pointers are found through constant tables
//!   and virtual tables; the rest is zero.
//! * What is not memory is its own shadow.

use crate::globals;
use rustc_hash::FxHashMap;
use rz_llvm::{Global, Linkage, Module, Opcode, Type, TypeKind, Value, ValueKind};
use rz_rules::known::is_type_information;
use rz_view::module::FIXED_ADDRESSES;

/// Behind the address of a table the shadows of further directions tell that it is one of ours, made
/// for several directions; see `check_table`.
pub(crate) const FURTHER_DIRECTIONS: i64 = 8;

/// The alignment of an access to shadow memory where the primal's access of `ty` has `primal` (0: the natural one).
/// Shadows need not be aligned better than their elements: the caller made them, and code that looks at
/// an address before it moves vectors has looked at the primal's only.
pub(crate) fn alignment(module: Module, ty: Type, primal: u32) -> u32 {
    let natural = module.align(ty.scalar());
    if primal == 0 {
        natural
    } else {
        natural.min(primal)
    }
}

/// A mode's shadows of constants.
pub(crate) trait ConstantShadows {
    /// The module.
    fn llvm(&self) -> Module;
    /// Shadows of variables that hold addresses: those of another request may hold others.
    fn made(&mut self) -> &mut FxHashMap<(Value, usize), Value>;
    /// What the name of a shadow ends with.
    fn suffix(&self) -> &'static str;
    /// The table of derivatives of a function.
    fn table_of(&mut self, function: Value) -> Option<Value>;
    /// True for a variable that has a shadow of its own.
    fn is_shadowed(&self, variable: Global) -> bool;

    /// Takes note of a shadow that is zero to begin with.
    fn note(&mut self, variable: Global, shadow: Value);

    /// The shadow of a constant in one direction.
    fn shadow_constant(&mut self, constant: Value, direction: usize) -> Value {
        match constant.kind() {
            ValueKind::Function => match self.table_of(constant) {
                Some(table) if direction > 0 => table.const_offset(FURTHER_DIRECTIONS),
                Some(table) => table,
                None => constant,
            },
            ValueKind::GlobalVariable => match constant.as_global() {
                Some(global) if globals::marked(global, direction).is_some() => {
                    globals::marked(global, direction).unwrap_or(constant)
                }
                Some(global) if is_type_information(&constant.name()) && global.is_constant() => {
                    constant
                }
                Some(global) if self.is_shadowed(global) => self.shadow_variable(global, direction),
                _ => constant,
            },
            ValueKind::Alias => match constant.aliasee() {
                Some(aliasee) => self.shadow_constant(aliasee, direction),
                None => constant,
            },
            ValueKind::Expr if constant.expr_opcode() == Opcode::Gep => {
                match constant.gep_terms(self.llvm()) {
                    Some((offset, terms)) if terms.is_empty() => {
                        let base = self.shadow_constant(constant.operand(0), direction);
                        base.const_offset(offset)
                    }
                    _ => constant,
                }
            }
            ValueKind::Aggregate => self.shadow_parts(constant, direction),
            _ => constant,
        }
    }

    /// Memory like a variable's, with the shadows of the pointers in it.
    fn shadow_variable(&mut self, global: Global, direction: usize) -> Value {
        let key = (global.value(), direction);
        if let Some(&known) = self.made().get(&key) {
            return known;
        }
        let name = global.value().name();
        let name = match direction {
            0 => format!("{name}.{}", self.suffix()),
            _ => format!("{name}.{}.{direction}", self.suffix()),
        };
        let initializer = global.initializer().filter(|&i| holds_addresses(i));
        if let (None, Some(existing)) = (initializer, self.llvm().global(&name)) {
            self.note(global, existing.value());
            return existing.value();
        }
        let ty = global.value_type();
        let shadow = self.llvm().add_global(&name, ty, Linkage::Internal);
        shadow.copy_placement(global);
        // Code that is differentiated again must find the tables of functions in it.
        let kind = self.llvm().context().metadata_kind(FIXED_ADDRESSES);
        if global.is_constant() || global.value().global_metadata(kind).is_some() {
            let tag = self.llvm().context().metadata_node(&[]);
            shadow.value().set_global_metadata(kind, Some(tag));
        }
        // Entered before its contents: they may point back to it.
        shadow.set_initializer(ty.zero());
        self.made().insert(key, shadow.value());
        if let Some(initializer) = initializer {
            let contents = self.shadow_contents(initializer, direction);
            shadow.set_initializer(contents);
        } else {
            self.note(global, shadow.value());
        }
        shadow.value()
    }

    /// Pointers become their shadows, everything else zero.
    fn shadow_contents(&mut self, constant: Value, direction: usize) -> Value {
        match constant.kind() {
            ValueKind::Aggregate => self.shadow_parts(constant, direction),
            _ if constant.ty().is_pointer() => self.shadow_constant(constant, direction),
            _ => constant.ty().zero(),
        }
    }

    /// An aggregate of shadows.
    fn shadow_parts(&mut self, aggregate: Value, direction: usize) -> Value {
        let ty = aggregate.ty();
        let parts: Vec<Value> = aggregate
            .operands()
            .into_iter()
            .map(|part| self.shadow_contents(part, direction))
            .collect();
        match ty.kind() {
            TypeKind::Struct => ty.struct_const(&parts),
            TypeKind::Array => ty.element().array_const(&parts),
            _ => aggregate,
        }
    }
}

/// True when a constant contains an address.
fn holds_addresses(constant: Value) -> bool {
    match constant.kind() {
        ValueKind::Aggregate => constant.operands().into_iter().any(holds_addresses),
        ValueKind::NullPointer | ValueKind::Undef | ValueKind::Poison => false,
        _ => constant.ty().is_pointer(),
    }
}
