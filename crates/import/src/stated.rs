//! Metadata by which front ends state types, as the string form of type trees.
//!
//! ```text
//! !enzyme_type !{!"Pointer", i32 -1, !{!"Float@double"}}        →  {[-1]:Pointer,[-1,-1]:Float@double}
//! !enzyme_truetype !{!"Float@double", i64 0, !"Integer", i64 8}  →  {[0]:Float@double,[8]:Integer,…}
//! ```

use rz_llvm as llvm;
use rz_llvm::{Metadata, TypeKind};
use std::fmt::Write;

/// Nested nodes followed.
const DEPTH: usize = 6;
/// Bytes of a copy that are spelled out.
const MAX_BYTES: i64 = 500;

/// The tag of an instruction for metadata of this kind: its name, and what it says where it says
/// more than that.
pub(crate) fn tag(inst: llvm::Value, kind: u32, name: String) -> String {
    match name.as_str() {
        "enzyme_type" => match inst.metadata(kind).map(tree) {
            Some(tree) => format!("{name}={tree}"),
            None => name,
        },
        "enzyme_truetype" => match inst.metadata(kind).map(|node| list(inst, node)) {
            Some(tree) => format!("{name}={tree}"),
            None => name,
        },
        _ => name,
    }
}

fn tree(node: Metadata) -> String {
    let mut entries = Vec::new();
    // The root says what the value as a whole is, at every offset.
    if let Some(class) = class_of(node)
        && class != "Unknown"
    {
        entries.push(format!("[-1]:{class}"));
    }
    walk(node, &mut Vec::new(), &mut entries);
    format!("{{{}}}", entries.join(","))
}

fn class_of(node: Metadata) -> Option<String> {
    node.operands().first().copied().flatten()?.string()
}

fn walk(node: Metadata, path: &mut Vec<i64>, entries: &mut Vec<String>) {
    if path.len() >= DEPTH {
        return;
    }
    for pair in node.operands().get(1..).unwrap_or_default().chunks_exact(2) {
        let (Some(offset), Some(inner)) = (pair[0].and_then(Metadata::int), pair[1]) else {
            continue;
        };
        path.push(offset);
        if let Some(class) = class_of(inner)
            && class != "Unknown"
        {
            let list: Vec<String> = path.iter().map(ToString::to_string).collect();
            entries.push(format!("[{}]:{class}", list.join(",")));
        }
        walk(inner, path, entries);
        path.pop();
    }
}

/// Types and the offsets where they begin; each holds up to the next, the last to the end.
fn list(inst: llvm::Value, node: Metadata) -> String {
    let operands = node.operands();
    let runs: Vec<(&str, i64, i64)> = operands
        .chunks_exact(2)
        .filter_map(|pair| {
            let offset = pair[1]?.int()?;
            let (name, bytes) = run_class(pair[0]?)?;
            Some((name, bytes, offset))
        })
        .collect();
    let count = (inst.is_call() && inst.arg_count() > 2)
        .then(|| inst.operand(2).int_value())
        .flatten()
        .and_then(|bytes| i64::try_from(bytes).ok());
    if let ([(name, _, 0)], None) = (&runs[..], count) {
        return format!("{{[-1]:{name}}}");
    }
    let mut text = String::from("{");
    for (index, &(name, bytes, offset)) in runs.iter().enumerate() {
        let next = runs.get(index + 1).map(|run| run.2).or(count);
        let end = next.unwrap_or(offset + bytes).min(MAX_BYTES);
        let mut at = offset;
        while at + bytes <= end {
            let comma = if text.len() > 1 { "," } else { "" };
            let _ = write!(text, "{comma}[{at}]:{name}");
            at += bytes;
        }
    }
    text.push('}');
    text
}

/// A concrete type, by name or by a value of it.
fn run_class(what: Metadata) -> Option<(&'static str, i64)> {
    if let Some(name) = what.string() {
        return CLASSES
            .iter()
            .find(|class| class.0 == name)
            .map(|class| (class.0, class.2));
    }
    let kind = what.value()?.ty().kind();
    let found = CLASSES.iter().find(|class| class.1 == kind)?;
    Some((found.0, found.2))
}

const CLASSES: [(&str, TypeKind, i64); 9] = [
    ("Integer", TypeKind::Int, 1),
    ("Pointer", TypeKind::Pointer, 8),
    ("Float@half", TypeKind::Half, 2),
    ("Float@bf16", TypeKind::BFloat, 2),
    ("Float@float", TypeKind::Float, 4),
    ("Float@double", TypeKind::Double, 8),
    ("Float@fp80", TypeKind::X86Fp80, 16),
    ("Float@fp128", TypeKind::Fp128, 16),
    ("Float@ppc128", TypeKind::PpcFp128, 16),
];
