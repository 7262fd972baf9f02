//! The C++ standard library's functions that are not in headers: hashing and growth of hash tables.
//! What links nodes of lists and trees has bodies in `driver::library`; strings are [`STRINGS`], streams
//! [`OUTPUT`].

use super::Writes::{self, Nothing, Through};
use super::{Entry, inactive};

/// Prefixes of the members of strings, which hold characters only, and of their allocators.
pub(super) const STRINGS: [&str; 8] = [
    "_ZNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE",
    "_ZNKSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE",
    "_ZNSt7__cxx1112basic_stringIwSt11char_traitsIwESaIwEE",
    "_ZNKSt7__cxx1112basic_stringIwSt11char_traitsIwESaIwEE",
    "_ZNSt3__112basic_stringIcNS_11char_traitsIcEENS_9allocatorIcEEE",
    "_ZNKSt3__112basic_stringIcNS_11char_traitsIcEENS_9allocatorIcEEE",
    "_ZNSaIcE",
    "_ZNSaIwE",
];

/// What functions with a prefix write.
pub(super) fn writes(prefix: &str) -> Writes {
    if !STRINGS.contains(&prefix) {
        return Writes::Anything;
    }
    // Allocators have no state.
    let allocator = prefix.starts_with("_ZNSaI");
    if allocator { Nothing } else { Writes::Text }
}

/// Prefixes of what writes text to streams in the library of GNU.
pub(super) const OUTPUT: [&str; 11] = [
    "_ZNSo",
    "_ZStlsISt11char_traitsIcEE",
    "_ZStlsIcSt11char_traitsIcESaIcEE",
    "_ZSt16__ostream_insertIcSt11char_traitsIcEE",
    "_ZSt4endlIcSt11char_traitsIcEE",
    "_ZSt5flushIcSt11char_traitsIcEE",
    "_ZNSt7__cxx1119basic_ostringstreamIc",
    "_ZNKSt7__cxx1119basic_ostringstreamIc",
    "_ZNSt8ios_base",
    "_ZNSt9basic_iosIc",
    "_ZNSt6locale",
];

pub(super) const ENTRIES: &[Entry] = &[
    inactive(
        Nothing,
        "i:sii",
        "_ZSt11_Hash_bytesPKvmm _ZSt15_Fnv_hash_bytesPKvmm",
    ),
    inactive(
        Through(&[0]),
        "i:pi",
        "_ZNKSt8__detail20_Prime_rehash_policy11_M_next_bktEm",
    ),
    inactive(
        Through(&[0]),
        "S:piii",
        "_ZNKSt8__detail20_Prime_rehash_policy14_M_need_rehashEmmm",
    ),
    inactive(
        Nothing,
        "i:pi",
        "_ZNKSt8__detail20_Prime_rehash_policy17_M_bkt_for_elementsEm",
    ),
];
