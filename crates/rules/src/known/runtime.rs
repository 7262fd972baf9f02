//! The run-time functions of derivatives. They have bodies in the user's module, yet these lines and
//! not the bodies say what they are to a derivative of a derivative.

use super::Writes::Nothing;
use super::{Arena, Class, Entry, entry, inactive, refuse};

/// Prefix of the names of run-time functions. It carries the version of their meaning, so that objects
/// written by two releases link together.
pub const RUNTIME: &str = "__ribozyme_1_";

/// True for a run-time function that a line of the table speaks for.
pub fn is_runtime(name: &str) -> bool {
    name.starts_with(RUNTIME) && super::lookup(name).is_some()
}

pub(super) const ENTRIES: &[Entry] = &[
    entry(
        Class::Arena(Arena::Alloc),
        Nothing,
        "p:pi",
        "__ribozyme_1_alloc",
    ),
    entry(
        Class::Arena(Arena::Defer),
        Nothing,
        "v:ppc",
        "__ribozyme_1_defer_free __ribozyme_1_defer_own",
    ),
    entry(
        Class::Arena(Arena::Defer),
        Nothing,
        "v:ppcpi",
        "__ribozyme_1_defer_call",
    ),
    entry(
        Class::Arena(Arena::Close),
        Nothing,
        "v:p",
        "__ribozyme_1_close",
    ),
    entry(
        Class::Arena(Arena::Reset),
        Nothing,
        "v:pp",
        "__ribozyme_1_reset",
    ),
    entry(
        Class::Arena(Arena::Open),
        Nothing,
        "p:",
        "__ribozyme_1_open_entry",
    ),
    inactive(Nothing, "v:ppp", "__ribozyme_1_check_table"),
    inactive(Nothing, "v:p", "__ribozyme_1_disown"),
    refuse(
        "a gradient with a tape budget is differentiated again",
        "v:piii",
        "__ribozyme_1_snapshots_open",
    ),
    refuse(
        "a gradient with a tape budget is differentiated again",
        "p:ppi",
        "__ribozyme_1_snapshots_take",
    ),
    refuse(
        "a gradient with a tape budget is differentiated again",
        "p:pi",
        "__ribozyme_1_snapshots_seek",
    ),
    entry(
        Class::Arena(Arena::Adopt),
        Nothing,
        "v:pp",
        "__ribozyme_1_adopt",
    ),
    entry(
        Class::Arena(Arena::TakeOver),
        Nothing,
        "v:pppp",
        "__ribozyme_1_take_over __ribozyme_1_take_over_frees",
    ),
];
