//! Mnemonics: each spelling has one row, used in both directions.

use crate::op::{BinaryOp, CastOp, IntPredicate, RmwOp};
use crate::types::FloatKind;

/// Two-operand arithmetic.
pub(super) const BINARY: &[(&str, BinaryOp)] = &[
    ("add", BinaryOp::Add),
    ("sub", BinaryOp::Sub),
    ("mul", BinaryOp::Mul),
    ("udiv", BinaryOp::UDiv),
    ("sdiv", BinaryOp::SDiv),
    ("urem", BinaryOp::URem),
    ("srem", BinaryOp::SRem),
    ("shl", BinaryOp::Shl),
    ("lshr", BinaryOp::LShr),
    ("ashr", BinaryOp::AShr),
    ("and", BinaryOp::And),
    ("or", BinaryOp::Or),
    ("xor", BinaryOp::Xor),
    ("fadd", BinaryOp::FAdd),
    ("fsub", BinaryOp::FSub),
    ("fmul", BinaryOp::FMul),
    ("fdiv", BinaryOp::FDiv),
    ("frem", BinaryOp::FRem),
];

/// Conversions.
pub(super) const CAST: &[(&str, CastOp)] = &[
    ("trunc", CastOp::Trunc),
    ("zext", CastOp::ZExt),
    ("sext", CastOp::SExt),
    ("fptoui", CastOp::FpToUi),
    ("fptosi", CastOp::FpToSi),
    ("uitofp", CastOp::UiToFp),
    ("sitofp", CastOp::SiToFp),
    ("fptrunc", CastOp::FpTrunc),
    ("fpext", CastOp::FpExt),
    ("ptrtoint", CastOp::PtrToInt),
    ("ptrtoaddr", CastOp::PtrToAddr),
    ("inttoptr", CastOp::IntToPtr),
    ("bitcast", CastOp::BitCast),
    ("addrspacecast", CastOp::AddrSpaceCast),
];

/// Integer predicates.
pub(super) const INT: &[(&str, IntPredicate)] = &[
    ("eq", IntPredicate::Eq),
    ("ne", IntPredicate::Ne),
    ("ugt", IntPredicate::Ugt),
    ("uge", IntPredicate::Uge),
    ("ult", IntPredicate::Ult),
    ("ule", IntPredicate::Ule),
    ("sgt", IntPredicate::Sgt),
    ("sge", IntPredicate::Sge),
    ("slt", IntPredicate::Slt),
    ("sle", IntPredicate::Sle),
];

/// Float predicates in LLVM's numbering.
pub(super) const FLOAT: [&str; 16] = [
    "false", "oeq", "ogt", "oge", "olt", "ole", "one", "ord", "uno", "ueq", "ugt", "uge", "ult",
    "ule", "une", "true",
];

/// Read-modify-write operations.
pub(super) const RMW: &[(&str, RmwOp)] = &[
    ("xchg", RmwOp::Xchg),
    ("fadd", RmwOp::FAdd),
    ("fsub", RmwOp::FSub),
    ("fminmax", RmwOp::FMinMax),
    ("integer", RmwOp::Integer),
];

/// Float formats.
pub(super) const FLOAT_KINDS: [FloatKind; 7] = [
    FloatKind::Half,
    FloatKind::BFloat,
    FloatKind::Single,
    FloatKind::Double,
    FloatKind::X86Fp80,
    FloatKind::Fp128,
    FloatKind::PpcFp128,
];

/// Opcodes of constant expressions that are not in [`BINARY`] or [`CAST`].
const OTHER_EXPR: &[&str] = &[
    "getelementptr",
    "extractelement",
    "insertelement",
    "shufflevector",
    "select",
    "icmp",
    "fcmp",
];

/// The static spelling of a constant expression's opcode.
pub(super) fn expr(name: &str) -> Option<&'static str> {
    let binary = BINARY.iter().map(|row| row.0);
    let cast = CAST.iter().map(|row| row.0);
    binary
        .chain(cast)
        .chain(OTHER_EXPR.iter().copied())
        .find(|known| *known == name)
}

/// Looks a spelling up.
pub(super) fn value<T: Copy>(table: &[(&str, T)], name: &str) -> Option<T> {
    table.iter().find(|row| row.0 == name).map(|row| row.1)
}

/// The spelling of a row; every variant has one (checked by a test).
pub(super) fn spell<T: Copy + PartialEq>(
    table: &'static [(&'static str, T)],
    value: T,
) -> &'static str {
    table
        .iter()
        .find(|row| row.1 == value)
        .map_or("?", |row| row.0)
}
