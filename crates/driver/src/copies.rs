//! Copies of records say what they move, and variables what they are.
//!
//! What clang says of an assignment lists arrays as `char`, and without optimization it says nothing. The types of the
//! variables and of the elements that are copied complete it while they are there:
//!
//! ```text
//! %t = alloca %struct.part                               !{double at 0, int at 8, 3 doubles at 16}
//! memcpy(ptr %t, ptr %p, i64 40)
//!   !tbaa.struct {0, 8, double, 8, 4, int, 16, 24, char} →  {…, 16, 8, double, 24, 8, double, 32, 8, double}
//! ```
//!
//! A variable is what it was declared as. A copy moves what both of its ends are: where their types disagree, or clang's
//! list disagrees with them, it stays as it is. Where there is no list, `h + 1` says nothing, for programs keep other data
//! behind a header, and a pointer `h` only where both ends are pointers to the same record and one is moved. A length of
//! `n * sizeof *p` counts records from `&p[i]` on, and not from `h` on: storage is measured in headers too. See
//! [`crate::records`] for what is not believed of types.

use crate::records::{ANY, Layout, Run, is_record};
use rz_import::records::{RECORD, listed};
use rz_llvm::{Context, Function, Metadata, Module, Opcode, Place, Type, TypeKind, Value};
use rz_view::body::TbaaEntry;

/// Elements of an array that are listed one by one, so that parts of the copy keep their tags.
const MAX_ELEMENTS: u64 = 32;

/// Completes the copies of `clone` and describes its variables.
pub(crate) fn tag(clone: Function) {
    let module = clone.module();
    let record = clone.context().metadata_kind(RECORD);
    for inst in clone.instructions() {
        match inst.opcode() {
            Some(Opcode::Alloca) => {
                let fixed = inst.operand(0).int_value() == Some(1);
                if let Some(layout) = Layout::of(module, inst.allocated_type()).filter(|_| fixed) {
                    inst.set_metadata(record, Some(layout.node(module.context(), true)));
                }
            }
            Some(Opcode::Call) if is_copy(inst) => complete(module, inst),
            _ => {}
        }
    }
}

fn is_copy(call: Value) -> bool {
    let copies = |callee: Function| {
        let start = ["llvm.memcpy.p0.p0.", "llvm.memmove.p0.p0."];
        start.iter().any(|start| callee.name().starts_with(start))
    };
    call.called_function().is_some_and(copies)
}

/// Says of a copy what the types of its ends and clang's list say together.
fn complete(module: Module, copy: Value) {
    let context = copy.context();
    let kind = context.metadata_kind("tbaa.struct");
    let list = copy.metadata(kind);
    let ends = [0, 1].map(|end| typed(module, copy.operand(end), list.is_some()));
    let Some(bytes) = length(copy) else {
        if let Some(layout) = elements(module, copy, &ends) {
            let record = context.metadata_kind(RECORD);
            copy.set_metadata(record, Some(layout.node(context, true)));
        }
        return;
    };
    let Some(runs) = copied(module, &ends, bytes, list.is_some()) else {
        return;
    };
    if list.is_none() && matches!(bytes, 4 | 8) && runs.len() != 1 {
        // Parts of a word, which is told by being moved (`kinds`).
        return;
    }
    let whole = match list {
        Some(list) => joined(context, list, &runs),
        None => Some(spelled(context, &runs)),
    };
    if let Some(whole) = whole {
        copy.set_metadata(kind, Some(context.metadata_node(&whole)));
    }
}

fn length(copy: Value) -> Option<u64> {
    u64::try_from(copy.operand(2).int_value()?).ok()
}

/// The elements of a run of records whose number is not known: what both ends point to, and what the length counts.
fn elements(module: Module, copy: Value, ends: &[Option<End>; 2]) -> Option<Layout> {
    let [Some(to), Some(from)] = ends else {
        return None;
    };
    let same = to.ty == from.ty && to.offset == 0 && from.offset == 0;
    (same && (to.sure || from.sure)).then_some(())?;
    let layout = Layout::of(module, to.ty)?;
    let length = copy.operand(2);
    (length.opcode() == Some(Opcode::Mul)).then_some(())?;
    let sizes = [0, 1].map(|k| length.operand(k).int_value());
    let counts = |size: u128| size != 0 && size.is_multiple_of(u128::from(layout.size));
    sizes.into_iter().flatten().any(counts).then_some(layout)
}

/// What is known of one end of a copy.
struct End {
    ty: Type,
    /// Where in the type the end points to.
    offset: u64,
    /// A variable, a member or an element, not just a pointer.
    sure: bool,
}

/// What the `bytes` bytes of a copy are by the types of its ends.
fn copied(module: Module, ends: &[Option<End>; 2], bytes: u64, listed: bool) -> Option<Vec<Run>> {
    let part = |end: &End| Layout::of(module, end.ty)?.part(end.offset, bytes);
    let parts = ends.each_ref().map(|end| end.as_ref().and_then(part));
    let sure = |end: &Option<End>| end.as_ref().is_some_and(|end| end.sure);
    match parts {
        [Some(to), Some(from)] => (to == from).then_some(to),
        [Some(runs), None] => (listed || sure(&ends[0])).then_some(runs),
        [None, Some(runs)] => (listed || sure(&ends[1])).then_some(runs),
        [None, None] => None,
    }
}

/// What `address` points to, by its type.
fn typed(module: Module, address: Value, listed: bool) -> Option<End> {
    let variable = |ty: Type| End {
        ty,
        offset: 0,
        sure: true,
    };
    if let Some(function) = address.param_function() {
        let place = Place::Param(address.param_index()?);
        let by_value = function.attribute(place, "byval");
        let result = function.attribute(place, "sret");
        return by_value.or(result)?.type_value().map(variable);
    }
    if let Some(global) = address.as_global() {
        return Some(variable(global.value_type()));
    }
    match address.opcode()? {
        Opcode::Alloca => {
            let fixed = address.operand(0).int_value() == Some(1);
            fixed.then(|| variable(address.allocated_type()))
        }
        Opcode::Gep => element(module, address, listed),
        Opcode::Load => pointed(address).map(|ty| End {
            sure: false,
            ..variable(ty)
        }),
        _ => None,
    }
}

/// The element of an array, or the member, whose address is taken.
fn element(module: Module, address: Value, listed: bool) -> Option<End> {
    let mut ty = address.gep_source_type();
    let first = address.operand(1).int_value();
    let behind = first.is_some_and(|first| first != 0) && address.operand_count() == 2;
    (listed || !behind).then_some(())?;
    let (mut inner, mut offset) = (ty, 0);
    for index in 2..address.operand_count() {
        let value = address.operand(index).int_value();
        if is_record(inner) {
            let field = u32::try_from(value?).ok()?;
            offset += module.field_offset(inner, field);
            inner = *inner.fields().get(field as usize)?;
            continue;
        }
        (inner.kind() == TypeKind::Array).then_some(())?;
        let count = u128::from(inner.array_len());
        inner = inner.element();
        if let Some(value) = value.filter(|&value| value < count) {
            offset += value as u64 * module.alloc_size(inner);
        } else {
            (ty, offset) = (inner, 0);
        }
    }
    Some(End {
        ty,
        offset,
        sure: true,
    })
}

/// What a loaded pointer points to, by what clang calls it: `p1 _ZTS4part` is a pointer to `struct part`.
fn pointed(load: Value) -> Option<Type> {
    let tag = load.metadata_named("tbaa")?;
    let access = tag.operands().get(1).copied().flatten()?;
    let name = access.operands().first().copied().flatten()?.string()?;
    let rest = name.strip_prefix("p1 _ZTS")?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (length, name) = rest.split_at(digits);
    (length.parse() == Ok(name.len())).then_some(())?;
    let context = load.context();
    let by = |kind: &str| context.struct_named(&format!("{kind}.{name}"));
    by("struct").or_else(|| by("class"))
}

/// Clang's list with what the runs know of its `char`s; `None` where they contradict it or add nothing.
fn joined(context: Context, list: Metadata, runs: &[Run]) -> Option<Vec<Metadata>> {
    let entries: Vec<TbaaEntry> = listed(list);
    let operands: Vec<Metadata> = list.operands().into_iter().collect::<Option<_>>()?;
    let mut all = Vec::new();
    let mut more = false;
    (operands.len() == 3 * entries.len()).then_some(())?;
    for (entry, old) in entries.iter().zip(operands.chunks_exact(3)) {
        let from = u64::try_from(entry.offset).ok()?;
        let to = from + entry.size;
        let mut inside = runs
            .iter()
            .filter(|run| run.offset < to && run.end() > from);
        if entry.name != ANY {
            inside
                .all(|run| run.fits(&entry.name, from))
                .then_some(())?;
            all.extend_from_slice(old);
            continue;
        }
        let inside: Vec<Run> = inside.copied().collect();
        let within = inside
            .iter()
            .all(|run| run.offset >= from && run.end() <= to);
        // A word whose type may alias others is for the bits of numbers.
        let bits = |run: &Run| run.name == "long" && run.bytes == run.each && inside.len() == 1;
        if within && inside.iter().any(|run| !run.is_any() && !bits(run)) {
            all.extend(spelled(context, &filled(from, to, &inside)));
            more = true;
        } else {
            all.extend_from_slice(old);
        }
    }
    more.then_some(all)
}

/// The runs with what clang lists between them: bytes that may be of any type.
fn filled(from: u64, to: u64, runs: &[Run]) -> Vec<Run> {
    let any = |offset: u64, end: u64| Run {
        offset,
        bytes: end - offset,
        name: ANY,
        each: 1,
    };
    let mut all = Vec::new();
    let mut at = from;
    for run in runs {
        if run.offset > at {
            all.push(any(at, run.offset));
        }
        all.push(*run);
        at = run.end();
    }
    if to > at {
        all.push(any(at, to));
    }
    all
}

/// As clang lists members, with tags of their own trees.
fn spelled(context: Context, runs: &[Run]) -> Vec<Metadata> {
    let number = |value: u64| context.int(64).int_const(value).as_metadata();
    let mut all = Vec::new();
    for run in runs {
        let each = match run.bytes / run.each.max(1) {
            0..=MAX_ELEMENTS if !run.is_any() => run.each,
            _ => run.bytes,
        };
        for offset in (run.offset..run.end()).step_by(each as usize) {
            all.extend([number(offset), number(each), alone(context, run.name)]);
        }
    }
    all
}

/// The tag of a scalar that is all there is in its tree.
pub(crate) fn alone(context: Context, name: &str) -> Metadata {
    let zero = context.int(64).int_const(0).as_metadata();
    let root = context.metadata_node(&[context.metadata_string(&format!("ribozyme {name}"))]);
    let node = context.metadata_node(&[context.metadata_string(name), root, zero]);
    context.metadata_node(&[node, node, zero])
}
