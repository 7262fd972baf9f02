//! Counts and extents as formulas.

use crate::extent::Extent;
use rz_view::{Body, Count};
use std::fmt::Write;

/// How large memory is.
pub(super) fn extent_text(extent: &Extent) -> String {
    match *extent {
        Extent::Bytes(bytes) => bytes.to_string(),
        Extent::Value(v) => v.to_string(),
        Extent::Product(a, b) => format!("{a}·{b}"),
    }
}

/// One more than `count`.
pub(super) fn iterations(body: &Body, count: &Count) -> String {
    match plus_one(count) {
        Some(Count::Add(list)) => sum(body, &list),
        Some(more) => count_text(body, &more),
        None => format!("{} + 1", count_text(body, count)),
    }
}

/// One more than `count` as an expression of its width, when a constant in it can take the one.
fn plus_one(count: &Count) -> Option<Count> {
    match count {
        Count::Const { value, bits } => {
            let mask = u64::MAX >> (64 - (*bits).clamp(1, 64));
            Some(Count::Const {
                value: value.wrapping_add(1) & mask,
                bits: *bits,
            })
        }
        Count::Add(list) => {
            let is_constant = |c: &Count| matches!(c, Count::Const { .. });
            let at = list.iter().position(is_constant)?;
            let more = plus_one(&list[at])?;
            let mut list = list.clone();
            match more {
                Count::Const { value: 0, .. } => drop(list.remove(at)),
                more => list[at] = more,
            }
            match &list[..] {
                [only] => Some(only.clone()),
                _ => Some(Count::Add(list)),
            }
        }
        Count::Affine {
            start,
            step,
            header,
        } => Some(Count::Affine {
            start: Box::new(plus_one(start)?),
            step: step.clone(),
            header: *header,
        }),
        _ => None,
    }
}

fn signed(value: u64, bits: u32) -> i64 {
    let shift = 64 - bits.clamp(1, 64);
    ((value << shift) as i64) >> shift
}

/// An expression in the values of the function.
pub(super) fn count_text(body: &Body, count: &Count) -> String {
    let one = |c: &Count| count_text(body, c);
    let many = |name: &str, list: &[Count]| {
        let list: Vec<String> = list.iter().map(one).collect();
        format!("{name}({})", list.join(", "))
    };
    match count {
        Count::Const { value, bits } => signed(*value, *bits).to_string(),
        Count::Value(value) => match body.const_int(*value) {
            Some(constant) => constant.to_string(),
            None => value.to_string(),
        },
        Count::Add(list) => format!("({})", sum(body, list)),
        Count::Mul(list) => {
            let list: Vec<String> = list.iter().map(one).collect();
            list.join("·")
        }
        Count::UDiv(a, b) => format!("({} / {})", one(a), one(b)),
        Count::UMax(list) => many("umax", list),
        Count::SMax(list) => many("smax", list),
        Count::UMin(list) => many("umin", list),
        Count::SMin(list) => many("smin", list),
        Count::ZExt(a, bits) => format!("zext{bits}({})", one(a)),
        Count::SExt(a, bits) => format!("sext{bits}({})", one(a)),
        Count::Trunc(a, bits) => format!("trunc{bits}({})", one(a)),
        Count::Affine {
            start,
            step,
            header,
        } => format!("({} + i·{} in {header})", one(start), one(step)),
    }
}

/// Terms with constants last: `v1 - 1`.
fn sum(body: &Body, list: &[Count]) -> String {
    let is_constant = |c: &&Count| matches!(c, Count::Const { .. });
    let mut out = String::new();
    let ordered = list.iter().filter(|c| !is_constant(c));
    for term in ordered.chain(list.iter().filter(is_constant)) {
        let text = count_text(body, term);
        if out.is_empty() {
            out = text;
            continue;
        }
        let _ = match text.strip_prefix('-') {
            Some(positive) => write!(out, " - {positive}"),
            None => write!(out, " + {text}"),
        };
    }
    out
}
