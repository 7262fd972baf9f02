//! Small questions about LLVM values that several steps ask.

use crate::request::Shape;
use rz_diag::Position;
use rz_llvm::{Function, Module, Opcode, Type, TypeKind, Value, ValueKind};

/// Summarizes a type for the grammar.
pub(crate) fn shape(ty: Type) -> Shape {
    match ty.kind() {
        TypeKind::Void => Shape::Void,
        TypeKind::Int => Shape::Int(ty.int_bits()),
        TypeKind::Half
        | TypeKind::BFloat
        | TypeKind::Float
        | TypeKind::Double
        | TypeKind::X86Fp80
        | TypeKind::Fp128
        | TypeKind::PpcFp128 => Shape::Float,
        TypeKind::Pointer => Shape::Pointer,
        TypeKind::Vector | TypeKind::ScalableVector => Shape::Vector(Box::new(shape(ty.element()))),
        TypeKind::Array => Shape::Array(Box::new(shape(ty.element()))),
        TypeKind::Struct => Shape::Struct(ty.fields().into_iter().map(shape).collect()),
        TypeKind::Label
        | TypeKind::Function
        | TypeKind::Metadata
        | TypeKind::Token
        | TypeKind::X86Amx
        | TypeKind::TargetExt
        | TypeKind::Unknown => Shape::Other,
    }
}

/// How messages show an operand: `ptr @g`, `double 1.0`, `i32 %n`.
pub(crate) fn text(value: Value) -> String {
    match value.kind() {
        ValueKind::Function | ValueKind::GlobalVariable | ValueKind::Alias | ValueKind::IFunc => {
            format!("{} @{}", value.ty(), value.name())
        }
        ValueKind::Argument | ValueKind::Instruction => {
            let name = value.name();
            if name.is_empty() {
                value.ty().to_string()
            } else {
                format!("{} %{name}", value.ty())
            }
        }
        ValueKind::Metadata => match value.metadata_operand().and_then(rz_llvm::Metadata::string) {
            Some(string) => format!("metadata !\"{string}\""),
            None => "metadata".to_owned(),
        },
        _ => {
            let mut text = value.to_string();
            if text.len() > 60 {
                let cut = (0..=60)
                    .rev()
                    .find(|&i| text.is_char_boundary(i))
                    .unwrap_or(0);
                text.truncate(cut);
                text.push('…');
            }
            text
        }
    }
}

/// The source position of an instruction.
pub(crate) fn position(inst: Value) -> Option<Position> {
    let location = inst.debug_loc()?;
    if location.line() == 0 {
        return None;
    }
    Some(Position {
        file: location.file()?,
        line: location.line(),
        column: location.column(),
    })
}

/// Looks through one cast, as an instruction or a constant expression.
fn cast_operand(value: Value) -> Option<Value> {
    let opcode = match value.kind() {
        ValueKind::Instruction => value.opcode()?,
        ValueKind::Expr => value.expr_opcode(),
        _ => return None,
    };
    matches!(
        opcode,
        Opcode::BitCast
            | Opcode::AddrSpaceCast
            | Opcode::PtrToInt
            | Opcode::PtrToAddr
            | Opcode::IntToPtr
            | Opcode::Freeze
    )
    .then(|| value.operand(0))
}

/// Looks through casts of pointers and of integers that hold pointers.
pub(crate) fn strip_casts(mut value: Value) -> Value {
    while let Some(inner) = cast_operand(value) {
        value = inner;
    }
    value
}

/// The object a pointer is derived from by casts and constant offsets, and the offset in bytes.
pub(crate) fn base_and_offset(module: Module, pointer: Value) -> Option<(Value, i64)> {
    let mut offset = 0i64;
    let mut value = strip_casts(pointer);
    loop {
        let is_gep = match value.kind() {
            ValueKind::Instruction => value.opcode() == Some(Opcode::Gep),
            ValueKind::Expr => value.expr_opcode() == Opcode::Gep,
            _ => false,
        };
        if !is_gep {
            return Some((value, offset));
        }
        let (bytes, terms) = value.gep_terms(module)?;
        if !terms.is_empty() {
            return None;
        }
        offset = offset.checked_add(bytes)?;
        value = strip_casts(value.operand(0));
    }
}

/// The function a call calls, through constant casts.
pub(crate) fn callee(call: Value) -> Option<Function> {
    strip_constant_casts(call.called_value()).as_function()
}

fn strip_constant_casts(mut value: Value) -> Value {
    while value.kind() == ValueKind::Expr
        && let Some(inner) = cast_operand(value)
    {
        value = inner;
    }
    value
}

/// A lifetime marker or a debug intrinsic: uses memory without reading or writing it.
pub(crate) fn is_lifetime(inst: Value) -> bool {
    inst.opcode() == Some(Opcode::Call)
        && callee(inst).is_some_and(|function| {
            let name = function.name();
            name.starts_with("llvm.lifetime.") || name.starts_with("llvm.dbg.")
        })
}

/// A call of memcpy or memmove, by the intrinsic.
pub(crate) fn is_copy(call: Value) -> bool {
    calls(call, "llvm.memcpy.") || calls(call, "llvm.memmove.")
}

/// True when `call` calls a function whose name starts with `name`.
pub(crate) fn calls(call: Value, name: &str) -> bool {
    let callee = call.called_function();
    callee.is_some_and(|callee| callee.name().starts_with(name))
}
