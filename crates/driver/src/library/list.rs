//! The doubly linked rings of libstdc++'s `std::list`, and of libc++'s.
//!
//! ```text
//! node ┌ next ┬ previous ┬ value … ┐
//! ```

use super::Kit;
use super::links::{Field, Walk};
use rz_llvm::{Builder, Function, Value};

const NEXT: Field = Field(0);
const PREVIOUS: Field = Field(8);

/// The body of the list function `symbol`.
pub(super) fn body(kit: &Kit, symbol: &str) -> Option<Function> {
    let (name, params, write): (_, _, fn(&Walk, &[Value])) =
        match symbol.strip_prefix("_ZNSt8__detail15_List_node_base")? {
            "7_M_hookEPS0_" => ("list_hook", 2, hook),
            "9_M_unhookEv" => ("list_unhook", 1, unhook),
            "11_M_transferEPS0_S1_" => ("list_transfer", 3, transfer),
            "10_M_reverseEv" => ("list_reverse", 1, reverse),
            "4swapERS0_S1_" => ("list_swap", 2, swap),
            _ => return None,
        };
    let ty = kit.void.function(&vec![kit.ptr; params], false);
    Some(kit.define(name, ty, |b: &Builder, f| {
        write(&Walk { kit, b, f }, &f.params());
        b.ret(None);
    }))
}

fn link(w: &Walk, before: Value, after: Value) {
    w.put(before, NEXT, after);
    w.put(after, PREVIOUS, before);
}

/// Puts a node before another.
fn hook(w: &Walk, args: &[Value]) {
    let [node, position] = args else { return };
    let before = w.at(*position, PREVIOUS);
    link(w, before, *node);
    link(w, *node, *position);
}

fn unhook(w: &Walk, args: &[Value]) {
    let before = w.at(args[0], PREVIOUS);
    let after = w.at(args[0], NEXT);
    link(w, before, after);
}

/// Moves the nodes from `first` up to but not `last` before `position`.
fn transfer(w: &Walk, args: &[Value]) {
    let [position, first, last] = args else {
        return;
    };
    w.when(w.other(*position, *last), || {
        let moved_end = w.at(*last, PREVIOUS);
        let left_before = w.at(*first, PREVIOUS);
        let before = w.at(*position, PREVIOUS);
        link(w, left_before, *last);
        link(w, before, *first);
        link(w, moved_end, *position);
    });
}

fn reverse(w: &Walk, args: &[Value]) {
    let start = args[0];
    let node = w.var(start);
    let more = w.var(w.truth(true));
    w.repeat_while(
        || w.get(more),
        || {
            let here = w.get(node);
            let next = w.at(here, NEXT);
            w.put(here, NEXT, w.at(here, PREVIOUS));
            w.put(here, PREVIOUS, next);
            w.set(node, next);
            w.set(more, w.other(next, start));
        },
    );
}

/// Exchanges the contents of two rings given by their heads; an empty one points to itself.
fn swap(w: &Walk, args: &[Value]) {
    let [a, b] = args else { return };
    let full_a = w.other(w.at(*a, NEXT), *a);
    let full_b = w.other(w.at(*b, NEXT), *b);
    let ends = |ring: Value| (w.at(ring, NEXT), w.at(ring, PREVIOUS));
    let adopt = |(first, last): (Value, Value), head: Value| {
        link(w, head, first);
        link(w, last, head);
    };
    let empty = |head: Value| link(w, head, head);
    let (old_a, old_b) = (ends(*a), ends(*b));
    w.branch(full_b, || adopt(old_b, *a), || empty(*a));
    w.branch(full_a, || adopt(old_a, *b), || empty(*b));
}
