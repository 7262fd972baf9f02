//! Which bytes of a value or of copied memory carry floats.
//!
//! Optimized code moves floats through integers: `memcpy(d, s, 8)` of a double is an `i64` load and
//! store, a struct of two floats arrives as one `i64`. The adjoint of such a value is kept per byte
//! range, as the type analysis tells.

use crate::context::Context;
use rz_analysis::types::Class;
use rz_diag::{Code, Diagnostic, Result};
use rz_view::op::CastOp;
use rz_view::{FloatKind, Inst, Op, TypeKind, Value};

/// A float at a byte offset.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Segment {
    /// Bytes from the start of the value or memory range.
    pub offset: u64,
    /// Format.
    pub kind: FloatKind,
}

/// What copied memory holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Layout {
    /// No floats and no pointers.
    Plain,
    /// Floats of one kind, back to back, as many as fit.
    Floats(FloatKind),
    /// Pointers, back to back.
    Pointers,
    /// A known number of bytes: floats and pointers at these offsets.
    Mixed {
        /// Floats.
        floats: Vec<Segment>,
        /// Byte offsets of pointers.
        pointers: Vec<u64>,
    },
    /// Records of equal form, back to back, as many as fit.
    Records(Record),
}

/// What repeats in an array of records.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// Bytes from one record to the next.
    pub period: u64,
    /// Floats.
    pub floats: Vec<Segment>,
    /// Byte offsets of pointers.
    pub pointers: Vec<u64>,
}

/// The floats inside the integer leaves of `value`; float leaves are not listed.
///
/// An error if the value is active and type analysis does not know what its bytes are.
pub fn of_integers(cx: &Context<'_>, value: Value) -> Result<Vec<Segment>> {
    let types = &cx.module.types;
    let mut found = Vec::new();
    let mut unknown = None;
    types.leaves(cx.body.ty(value), 0, &mut |base, leaf| {
        if !matches!(types.kind(types.scalar(leaf)), TypeKind::Int(bits) if *bits >= 8) {
            return;
        }
        let bytes = types.store_size(leaf);
        let mut byte = 0;
        while byte < bytes {
            let class = cx.types.class(value, base + byte);
            if let Class::Float(kind) = class
                && byte + kind.bytes() <= bytes
            {
                found.push(Segment {
                    offset: base + byte,
                    kind,
                });
                byte += kind.bytes();
            } else {
                // Also half a float: its other half went another way.
                if matches!(class, Class::Unknown | Class::Float(_)) {
                    unknown = Some(base + byte);
                }
                byte += 1;
            }
        }
    });
    match unknown {
        Some(byte) if cx.is_active(value) && !is_small_number(cx, value) => {
            Err(undecided(cx, value, byte))
        }
        _ => Ok(found),
    }
}

/// True for one byte, too small for a float, that is only used for the number it is: converted, compared, an index.
/// Where a record has a small array beside its floats, nothing may tell which of the two an index is in.
pub fn is_small_number(cx: &Context<'_>, value: Value) -> bool {
    let types = &cx.module.types;
    let byte = matches!(types.kind(cx.body.ty(value)), TypeKind::Int(8));
    let counts = |&(user, operand): &(Inst, u32)| match cx.body.insts[user].op {
        Op::Cast(cast) => matches!(cast, CastOp::SiToFp | CastOp::UiToFp),
        Op::ICmp(_) | Op::Switch { .. } => true,
        Op::Gep(_) => operand > 0,
        _ => false,
    };
    byte && cx.uses()[value].iter().all(counts)
}

fn undecided(cx: &Context<'_>, value: Value, byte: u64) -> Box<Diagnostic> {
    let inst = cx.body.def(value);
    Diagnostic::error(
        Code::UnknownType,
        format!("cannot tell whether byte {byte} of an active integer is part of a float"),
    )
    .at(inst.and_then(|i| cx.position(i)))
    .note(format!("in function {}", cx.name()))
    .fix("compile with strict aliasing and optimization, or state the type with __enzyme_double")
}

impl Layout {
    /// True when floats move.
    pub fn has_floats(&self) -> bool {
        match self {
            Layout::Plain | Layout::Pointers => false,
            Layout::Floats(_) => true,
            Layout::Mixed { floats, .. } => !floats.is_empty(),
            Layout::Records(record) => !record.floats.is_empty(),
        }
    }
}

/// What a copy moves; the number of bytes when it is constant.
pub fn of_copy(
    cx: &Context<'_>,
    inst: Inst,
    to: Value,
    from: Value,
    bytes: Option<u64>,
) -> Result<Layout> {
    match bytes {
        Some(0) => Ok(Layout::Plain),
        Some(1) => single_byte(cx, inst, &[to, from]).map(|()| Layout::Plain),
        Some(bytes) if bytes <= LONG => fixed(
            cx,
            inst,
            from,
            bytes,
            &cx.types.copied(inst, to, from, bytes),
        ),
        _ => varying(cx, inst, &[from, to]),
    }
}

/// What memory that is overwritten with a constant held; `zero` when the constant is.
pub fn of_filled(
    cx: &Context<'_>,
    inst: Inst,
    to: Value,
    bytes: Option<u64>,
    zero: bool,
) -> Result<Layout> {
    match bytes {
        Some(0) => Ok(Layout::Plain),
        Some(1) => single_byte(cx, inst, &[to]).map(|()| Layout::Plain),
        Some(bytes) if bytes <= LONG => {
            let mut held = cx.types.pointee(to, 0, bytes);
            reset_open(cx, to, &mut held, zero);
            fixed(cx, inst, to, bytes, &held)
        }
        _ if cx.types.is_open_onward(to) || (zero && run_of(cx, inst, &[to]).is_none()) => {
            Ok(Layout::Floats(FloatKind::Double))
        }
        _ => varying(cx, inst, &[to]),
    }
}

/// Overwritten memory of which nothing at all is known is reset as if it held floats: whatever it
/// held has no influence any more, and no pointer is ever read from it here. Where it becomes zero
/// even contradictions do not matter, for zero is the shadow of null too.
fn reset_open(
    cx: &Context<'_>,
    pointer: Value,
    segments: &mut Vec<rz_analysis::types::Segment>,
    zero: bool,
) {
    let mut all = Vec::new();
    for segment in segments.drain(..) {
        let open = segment.class == Class::Unknown
            && (zero
                || cx
                    .types
                    .is_open(pointer, segment.offset as i64, segment.bytes));
        if !open {
            all.push(segment);
            continue;
        }
        let (mut at, mut left) = (segment.offset, segment.bytes);
        for kind in [FloatKind::Double, FloatKind::Single, FloatKind::Half] {
            let bytes = left - left % kind.bytes();
            if bytes > 0 {
                let class = Class::Float(kind);
                all.push(rz_analysis::types::Segment {
                    offset: at,
                    bytes,
                    class,
                });
            }
            (at, left) = (at + bytes, left - bytes);
        }
    }
    *segments = all;
}

/// Longer ranges are described by what repeats in them.
const LONG: u64 = 1 << 12;

fn fixed(
    cx: &Context<'_>,
    inst: Inst,
    pointer: Value,
    bytes: u64,
    segments: &[rz_analysis::types::Segment],
) -> Result<Layout> {
    let (floats, pointers) = pick(cx, inst, pointer, segments)?;
    Ok(summarized(floats, pointers, bytes))
}

fn pick(
    cx: &Context<'_>,
    inst: Inst,
    pointer: Value,
    segments: &[rz_analysis::types::Segment],
) -> Result<(Vec<Segment>, Vec<u64>)> {
    let mut floats = Vec::new();
    let mut pointers = Vec::new();
    for segment in segments {
        let end = segment.offset + segment.bytes;
        match segment.class {
            Class::Float(kind) => {
                let mut offset = segment.offset;
                while offset + kind.bytes() <= end {
                    floats.push(Segment { offset, kind });
                    offset += stride(kind);
                }
                if offset < end {
                    return Err(partial(cx, inst));
                }
            }
            Class::Pointer => {
                let width = cx.module.pointer_bytes;
                let mut offset = segment.offset;
                while offset + width <= end {
                    pointers.push(offset);
                    offset += width;
                }
            }
            Class::Integer | Class::Anything => {}
            Class::Unknown => {
                let offset = segment.offset as i64;
                return Err(cx
                    .types
                    .refuse(inst, pointer, offset, segment.bytes)
                    .at(cx.position(inst))
                    .note(format!("in function {}", cx.name())));
            }
        }
    }
    Ok((floats, pointers))
}

/// The bytes of a float on their own have no derivative.
fn partial(cx: &Context<'_>, inst: Inst) -> Box<Diagnostic> {
    Diagnostic::error(Code::BitTrick, "a part of an active float is moved")
        .at(cx.position(inst))
        .note(format!("in function {}", cx.name()))
        .fix("move whole floats, or use memcpy for all their bytes at once")
}

/// Refuses a single byte that is known to be part of a float.
fn single_byte(cx: &Context<'_>, inst: Inst, pointers: &[Value]) -> Result<()> {
    let in_float = |&p: &Value| {
        let found = cx.types.pointee(p, 0, 1);
        found.iter().any(|s| matches!(s.class, Class::Float(_)))
    };
    if pointers.iter().any(in_float) {
        return Err(partial(cx, inst));
    }
    Ok(())
}

fn summarized(floats: Vec<Segment>, pointers: Vec<u64>, bytes: u64) -> Layout {
    match floats.first().map(|s| s.kind) {
        None if pointers.is_empty() => Layout::Plain,
        Some(kind)
            if pointers.is_empty()
                && floats.iter().all(|s| s.kind == kind)
                && floats.len() as u64 * stride(kind) == bytes =>
        {
            Layout::Floats(kind)
        }
        _ => Layout::Mixed { floats, pointers },
    }
}

/// Distance between array elements of a kind.
pub fn stride(kind: FloatKind) -> u64 {
    match kind {
        FloatKind::X86Fp80 => 16,
        _ => kind.bytes(),
    }
}

/// What repeats behind any of the pointers, when all of it is known.
fn run_of(cx: &Context<'_>, inst: Inst, pointers: &[Value]) -> Option<rz_analysis::types::Run> {
    pointers.iter().find_map(|&p| {
        cx.types
            .run_at(inst, p)
            .filter(|r| r.segments.iter().all(|s| s.class != Class::Unknown))
    })
}

/// A varying number of bytes is an array of records.
fn varying(cx: &Context<'_>, inst: Inst, pointers: &[Value]) -> Result<Layout> {
    let Some(run) = run_of(cx, inst, pointers) else {
        return Err(cx
            .types
            .refuse(inst, pointers[0], 0, 8)
            .at(cx.position(inst))
            .note(format!("in function {}", cx.name())));
    };
    let (floats, addresses) = pick(cx, inst, pointers[0], &run.segments)?;
    Ok(match summarized(floats, addresses, run.period) {
        Layout::Mixed { floats, pointers } => {
            let dense = pointers.len() as u64 * cx.module.pointer_bytes == run.period;
            if dense {
                Layout::Pointers
            } else {
                Layout::Records(Record {
                    period: run.period,
                    floats,
                    pointers,
                })
            }
        }
        layout => layout,
    })
}

/// The floats that a store of integers overwrites: those of the value, or those of the memory.
pub fn of_store(cx: &Context<'_>, inst: Inst) -> Result<Vec<Segment>> {
    let data = &cx.body.insts[inst];
    let (value, pointer) = (data.operands[0], data.operands[1]);
    let bytes = cx.module.types.store_size(cx.body.ty(value));
    if bytes < 2 {
        return single_byte(cx, inst, &[pointer]).map(|()| Vec::new());
    }
    let mut stored = cx.types.stored(value, pointer);
    if cx.body.constant(value).is_some() {
        let zero = cx.body.const_int(value) == Some(0);
        reset_open(cx, pointer, &mut stored, zero);
    }
    Ok(pick(cx, inst, pointer, &stored)?.0)
}

/// Byte offsets of the pointers in `value`.
pub fn pointers(cx: &Context<'_>, value: Value) -> Vec<u64> {
    let types = &cx.module.types;
    let mut found = Vec::new();
    types.leaves(cx.body.ty(value), 0, &mut |base, leaf| {
        let is_pointer = types.is_pointer(leaf);
        let is_wide = matches!(types.kind(leaf), TypeKind::Int(64))
            && cx.types.class(value, base) == Class::Pointer;
        if is_pointer || is_wide {
            let width = cx.module.pointer_bytes;
            found.extend((0..u64::from(types.lanes(leaf))).map(|lane| base + lane * width));
        }
    });
    found
}

/// What a resized block holds.
pub fn of_resized(cx: &Context<'_>, inst: Inst) -> Result<Layout> {
    let data = &cx.body.insts[inst];
    let result = data.result.expect("realloc has a result");
    varying(cx, inst, &[result, data.operands[0]])
}
