//! What is known about the initial contents of globals: which addresses they hold.

use crate::importer::Importer;
use rz_llvm as llvm;
use rz_llvm::{Opcode, TypeKind as K, ValueKind};
use rz_view::module::{Contents, Inside};

/// Constants looked at per global; a table with more is summarized incompletely.
const BUDGET: usize = 16_384;

impl Importer {
    /// The addresses inside a global's initializer. Incomplete when the global has no definitive initializer, when an
    /// address is part of an expression, or past the budget.
    pub(crate) fn contents(&mut self, global: llvm::Global) -> Contents {
        let mut contents = Contents {
            complete: true,
            ..Contents::default()
        };
        let Some(initializer) = global.initializer() else {
            contents.complete = false;
            return contents;
        };
        let mut budget = BUDGET;
        self.scan(initializer, 0, &mut contents, &mut budget);
        if global.value().is_interposable() {
            contents.complete = false;
        }
        contents
    }

    fn scan(&mut self, value: llvm::Value, at: u64, contents: &mut Contents, budget: &mut usize) {
        if *budget == 0 {
            contents.complete = false;
            return;
        }
        *budget -= 1;
        match value.kind() {
            ValueKind::Function => {
                if let Some(func) = value.as_function().map(|f| self.func(f)) {
                    contents.functions.push((at, func));
                }
            }
            ValueKind::GlobalVariable => {
                if let Some(global) = value.as_global() {
                    let id = self.global(global);
                    let inside = Inside {
                        global: id,
                        offset: 0,
                    };
                    contents.globals.push((at, inside));
                }
            }
            ValueKind::Alias => match value.aliasee() {
                Some(aliasee) if !value.is_interposable() => {
                    self.scan(aliasee, at, contents, budget);
                }
                _ => contents.complete = false,
            },
            ValueKind::Aggregate => self.scan_aggregate(value, at, contents, budget),
            ValueKind::Poison
            | ValueKind::Undef
            | ValueKind::NullPointer
            | ValueKind::AggregateZero
            | ValueKind::TokenNone
            | ValueKind::Int
            | ValueKind::Float
            | ValueKind::Data => {}
            ValueKind::Expr => self.scan_expression(value, at, contents, budget),
            ValueKind::IFunc
            | ValueKind::BlockAddress
            | ValueKind::InlineAsm
            | ValueKind::Metadata
            | ValueKind::OtherConstant
            | ValueKind::Argument
            | ValueKind::Instruction
            | ValueKind::Block
            | ValueKind::Unknown => contents.complete = false,
        }
    }

    /// An address in a global variable, such as that of a virtual table; or a number that stands where
    /// a pointer does, such as the distance to a virtual base.
    fn scan_expression(
        &mut self,
        value: llvm::Value,
        at: u64,
        contents: &mut Contents,
        budget: &mut usize,
    ) {
        let operand = value.operand(0);
        match value.expr_opcode() {
            Opcode::IntToPtr if operand.kind() == ValueKind::Int => {}
            Opcode::Gep if operand.kind() == ValueKind::GlobalVariable => {
                let start = contents.globals.len();
                self.scan(operand, at, contents, budget);
                match value.gep_terms(self.out.llvm) {
                    Some((offset, terms)) if terms.is_empty() => {
                        for (_, inside) in &mut contents.globals[start..] {
                            inside.offset = offset;
                        }
                    }
                    _ => contents.complete = false,
                }
            }
            _ => contents.complete = false,
        }
    }

    fn scan_aggregate(
        &mut self,
        value: llvm::Value,
        at: u64,
        contents: &mut Contents,
        budget: &mut usize,
    ) {
        let module = self.out.llvm;
        let ty = value.ty();
        let stride = match ty.kind() {
            K::Array | K::Vector => module.alloc_size(ty.element()),
            _ => 0,
        };
        for index in 0..value.operand_count() {
            if *budget == 0 {
                contents.complete = false;
                return;
            }
            let offset = match ty.kind() {
                K::Struct => module.field_offset(ty, index),
                _ => u64::from(index) * stride,
            };
            self.scan(value.operand(index), at + offset, contents, budget);
        }
    }
}
