//! Constants, summarized.

use crate::body::BodyBuilder;
use rz_llvm as llvm;
use rz_llvm::{Opcode, ValueKind};
use rz_view::{Constant, Value};

/// Elements listed; more are `Data`.
const ELEMENTS: u32 = 64;
/// Nesting of listed aggregates.
const DEPTH: u32 = 4;

impl BodyBuilder<'_> {
    /// The summary of a constant operand. `depth` bounds nested aggregates.
    pub(crate) fn constant(&mut self, value: llvm::Value, depth: u32) -> Constant {
        match value.kind() {
            ValueKind::Poison => Constant::Poison,
            ValueKind::Undef => Constant::Undef,
            ValueKind::NullPointer => Constant::Null,
            ValueKind::AggregateZero => Constant::Zero,
            ValueKind::TokenNone => Constant::None,
            ValueKind::Int | ValueKind::Float if value.ty().is_vector() => self.list(value, depth),
            ValueKind::Int => value.int_value().map_or(Constant::WideInt, Constant::Int),
            ValueKind::Float => match value.float_bits() {
                Some(bits) => Constant::Float(bits),
                None => Constant::Opaque(value.to_string()),
            },
            ValueKind::Function => self.function(value),
            ValueKind::GlobalVariable => match value.as_global() {
                Some(global) => Constant::Global(self.importer.global(global)),
                None => Constant::Opaque(value.to_string()),
            },
            // An alias that may be replaced at link time is not known to be its aliasee.
            ValueKind::Alias => match value.aliasee() {
                Some(aliasee) if depth < DEPTH && !value.is_interposable() => {
                    self.constant(aliasee, depth + 1)
                }
                _ => Constant::Opaque(format!("alias {}", value.name())),
            },
            ValueKind::IFunc => Constant::Opaque(format!("ifunc {}", value.name())),
            ValueKind::Data | ValueKind::Aggregate => self.list(value, depth),
            ValueKind::Expr => self.expression(value, depth),
            ValueKind::BlockAddress => {
                let function = value.block_address_function().as_function();
                match function.map(|f| self.importer.func(f)) {
                    Some(func) => Constant::BlockAddress(func),
                    None => Constant::Opaque("blockaddress".into()),
                }
            }
            ValueKind::InlineAsm => Constant::Asm,
            ValueKind::Metadata => {
                Constant::Metadata(value.metadata_operand().and_then(llvm::Metadata::string))
            }
            ValueKind::OtherConstant
            | ValueKind::Argument
            | ValueKind::Instruction
            | ValueKind::Block
            | ValueKind::Unknown => Constant::Opaque(value.to_string()),
        }
    }

    fn function(&mut self, value: llvm::Value) -> Constant {
        match value.as_function().map(|f| self.importer.func(f)) {
            Some(func) => Constant::Func(func),
            None => Constant::Opaque(value.name()),
        }
    }

    fn list(&mut self, value: llvm::Value, depth: u32) -> Constant {
        if let Some(lane) = value.splat_value() {
            return Constant::Splat(self.constant_value(lane, depth + 1));
        }
        let ty = value.ty();
        let count = match ty.kind() {
            llvm::TypeKind::Vector => ty.vector_len(),
            llvm::TypeKind::Array => u32::try_from(ty.array_len()).unwrap_or(u32::MAX),
            llvm::TypeKind::Struct => value.operand_count(),
            _ => return Constant::Opaque(ty.to_string()),
        };
        if count > ELEMENTS || depth >= DEPTH {
            return match value.kind() {
                ValueKind::Aggregate => Constant::Opaque(format!("{ty} constant")),
                _ => Constant::Data,
            };
        }
        let elements: Vec<Value> = (0..count)
            .filter_map(|index| value.aggregate_element(index))
            .map(|element| self.constant_value(element, depth + 1))
            .collect();
        Constant::Aggregate(elements)
    }

    fn expression(&mut self, value: llvm::Value, depth: u32) -> Constant {
        let module = self.importer.out.llvm;
        if value.expr_opcode() == Opcode::Gep
            && !value.ty().is_vector()
            && let Some((offset, terms)) = value.gep_terms(module)
            && terms.is_empty()
        {
            let base = self.constant_value(value.operand(0), depth + 1);
            return Constant::Offset { base, offset };
        }
        if depth >= DEPTH {
            return Constant::Opaque(value.to_string());
        }
        let operands = value
            .operands()
            .into_iter()
            .map(|operand| self.constant_value(operand, depth + 1))
            .collect();
        Constant::Expr {
            op: value.expr_name(),
            operands,
        }
    }
}
