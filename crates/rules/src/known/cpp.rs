//! The C++ standard library's functions that are not in headers: hashing and growth of hash tables.
//! What links nodes of lists and trees has bodies in `driver::library`; strings are [`STRINGS`], streams
//! [`OUTPUT`].

use super::Writes::{self, Nothing, Stream, Text, Through};
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
    if OUTPUT.contains(&prefix) {
        return Stream;
    }
    if !STRINGS.contains(&prefix) {
        return Writes::Anything;
    }
    // Allocators have no state.
    let allocator = prefix.starts_with("_ZNSaI");
    if allocator { Nothing } else { Text }
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

/// Prefixes of what else moves letters through streams.
const STREAMS: [&str; 12] = [
    "_ZNSi4readEPc",
    "_ZNSi8readsomeEPc",
    "_ZNSi3getEPc",
    "_ZNSi7getlineEPc",
    "_ZSt7getlineIcSt11char_traitsIcESaIcEE",
    "_ZStrsIcSt11char_traitsIcESaIcEE",
    "_ZNSt15basic_streambufIcSt11char_traitsIcEE",
    "_ZNSt7__cxx1115basic_stringbufIc",
    "_ZNKSt7__cxx1115basic_stringbufIc",
    "_ZNSt7__cxx1119basic_istringstreamIc",
    "_ZNSt7__cxx1118basic_stringstreamIc",
    "_ZNKSt7__cxx1118basic_stringstreamIc",
];

/// What the names of functions have that put a string, or a letter, into a stream.
const TEXTS: [&str; 4] = [
    "RKNS_12basic_string",
    "_ZStlsIcSt11",
    "_ZNSo3putE",
    "basic_ostreamIcT_ES5_c",
];

/// Ends of the names of members that return where letters are.
const SHOWN: [&str; 13] = [
    "4dataEv",
    "5c_strEv",
    "5beginEv",
    "3endEv",
    "6cbeginEv",
    "4cendEv",
    "5frontEv",
    "4backEv",
    "ixEm",
    "2atEm",
    "7_M_dataEv",
    "13_M_local_dataEv",
    "4rendEv",
];

/// What a pointer argument of a function of strings or streams leads to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Letters {
    /// A string that is written.
    String,
    /// A string whose letters the result points to.
    Shown,
    /// A string that is read.
    Other,
    /// Letters that are read.
    Source,
    /// Letters that are read or written.
    Buffer,
    /// A stream.
    Stream,
    /// Nothing: room for letters is the result.
    Room,
    /// Letters whose address is the result, or is stored behind the first argument.
    View,
}

/// What each of the pointers leads to that a function is called with, if it moves letters of strings or streams.
pub(super) fn letters(symbol: &str, pointers: usize) -> Option<Vec<Letters>> {
    use Letters::{Buffer, Other, Room, Shown, Source, Stream, String, View};
    let has = |part: &str| symbol.contains(part);
    let starts = |prefix: &&str| symbol.starts_with(*prefix);
    // Allocators hold nothing.
    let string = STRINGS[..6].iter().any(&starts);
    let sources = ["PKc", "PKw", "initializer_list", "sv_wrapper"]
        .iter()
        .any(|part| has(part))
        || symbol.starts_with("_ZSt16__ostream_insert");
    let others = match (sources, has("Pc") || has("Pw")) {
        (true, _) => Source,
        (_, true) => Buffer,
        _ => Other,
    };
    let views = ["12__sv_wrapperC", "17_S_to_string_view"];
    let (first, rest) = if string && has("9_M_createERmm") {
        (Room, Room)
    } else if string && views.iter().any(|part| has(part)) {
        (View, View)
    } else if string {
        // A string that is moved from or swapped is written as well.
        let both = ["OS4_", "RS4_", "OS5_", "RS5_"]
            .iter()
            .any(|part| has(part));
        let rest = if both && others == Other {
            String
        } else {
            others
        };
        let shows = SHOWN.iter().any(|part| symbol.ends_with(part));
        let first = match has("_S_") {
            true => Buffer,
            false if shows => Shown,
            false => String,
        };
        (first, rest)
    } else if !OUTPUT.iter().chain(&STREAMS).any(starts) {
        return None;
    } else if symbol.ends_with("3strEv") {
        (String, Stream)
    } else if others != Other || TEXTS.iter().any(|part| has(part)) {
        (Stream, others)
    } else if has("7getlineIc") || has("_ZStrsIc") {
        (Stream, String)
    } else {
        return None;
    };
    let all = std::iter::once(first).chain(std::iter::repeat(rest));
    Some(all.take(pointers).collect())
}

/// The console.
const CONSOLE: [&str; 3] = ["_ZSt4cout", "_ZSt4cerr", "_ZSt4clog"];
/// Prefixes of what makes streams of files.
const FILES: [&str; 3] = [
    "_ZNSt14basic_ofstreamI",
    "_ZNSt13basic_fstreamI",
    "_ZNSt13basic_filebufI",
];

/// A stream that nothing is read back from, or from outside: a global variable, or what this function of its class
/// was called for.
pub(super) fn leaves(symbol: &str) -> bool {
    CONSOLE.contains(&symbol) || FILES.iter().any(|prefix| symbol.starts_with(prefix))
}

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
