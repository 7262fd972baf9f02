//! Copies that the standard library of C++ makes of arrays say what their elements are.
//!
//! ```text
//! std::copy(a.begin(), a.end(), b)       memmove(b, a, 8 * n)       in __copy_m<double>
//! std::string c = name;                  memcpy(c, name, n)         in char_traits<char>::copy
//! ```
//!
//! The number of bytes is not known, and behind what is copied lie other members, so nothing but the type of
//! the elements tells numbers, pointers and letters apart. Only the name of the function has it. Letters are told apart
//! by themselves ([`TEXT`]): they may be the bytes of anything.

use crate::copies::alone;
use crate::locate::CLONE;
use rz_analysis::types::TEXT;
use rz_llvm::{Function, Opcode, Value};

/// Functions that copy elements of their first template argument.
const COPIES: &[&str] = &[
    "8__copy_m",
    "13__copy_move_b",
    "14__relocate_a_1",
    "19__constexpr_memmove",
    "13_Array_copier",
    "16_Array_copy_ctor",
];

/// Tags the copies in `clone`, if that is a function of the standard library that copies elements.
pub(crate) fn tag(clone: Function) {
    let name = clone.name();
    let Some(element) = element(name.strip_prefix(CLONE).unwrap_or(&name)) else {
        return;
    };
    let kind = clone.context().metadata_kind("tbaa");
    for call in clone.instructions() {
        if copies(call) && call.metadata(kind).is_none() {
            call.set_metadata(kind, Some(alone(clone.context(), element)));
        }
    }
}

fn copies(call: Value) -> bool {
    let start = ["llvm.memcpy.p0.p0.", "llvm.memmove.p0.p0."];
    let copies = |callee: Function| start.iter().any(|start| callee.name().starts_with(start));
    call.opcode() == Some(Opcode::Call) && call.called_function().is_some_and(copies)
}

/// What a function copies, by its mangled name.
fn element(name: &str) -> Option<&'static str> {
    let inside = name.strip_prefix("_ZNSt").or(name.strip_prefix("_ZSt"))?;
    if let Some(method) = inside.strip_prefix("11char_traitsIcE") {
        let copies = method.starts_with("4copyE") || method.starts_with("4moveE");
        return copies.then_some(TEXT);
    }
    let known = COPIES.iter().find_map(|&copy| inside.split_once(copy));
    let argument = abi_tags_skipped(known?.1)?.strip_prefix('I')?;
    match argument.trim_start_matches(['K', 'V']).chars().next()? {
        'd' => Some("double"),
        'f' => Some("float"),
        'P' => Some("any pointer"),
        _ => None,
    }
}

/// What follows `B9nqe200100`, if that is there.
fn abi_tags_skipped(mut name: &str) -> Option<&str> {
    while let Some(rest) = name.strip_prefix('B') {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (length, tag) = rest.split_at(digits);
        name = tag.get(length.parse().ok()?..)?;
    }
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_functions_that_copy() {
        for (name, copied) in [
            ("_ZNSt11char_traitsIcE4copyEPcPKcm", Some(TEXT)),
            ("_ZNSt11char_traitsIcE6lengthEPKc", None),
            (
                "_ZNSt11__copy_moveILb0ELb1ESt26random_access_iterator_tagE8__copy_mIdEEPT_PKS3_S6_S4_",
                Some("double"),
            ),
            (
                "_ZNSt11__copy_moveILb0ELb1ESt26random_access_iterator_tagE8__copy_mIPKdEEPT_PKS5_S8_S6_",
                Some("any pointer"),
            ),
            (
                "_ZNSt11__copy_moveILb0ELb1ESt26random_access_iterator_tagE8__copy_mIlEEPT_PKS3_S6_S4_",
                None,
            ),
            (
                "_ZNSt3__119__constexpr_memmoveB9nqe200100IddLi0EEEPT_S2_PT0_NS_15__element_countE",
                Some("double"),
            ),
            ("_ZN4mine8__copy_mIdEEvPT_", None),
        ] {
            assert_eq!(element(name), copied, "{name}");
        }
    }
}
