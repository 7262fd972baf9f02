//! The red-black trees of libstdc++'s `std::map` and `std::set`.
//!
//! ```text
//! node   ┌ color ┬ parent ┬ left     ┬ right     ┬ value … ┐
//! header ┌ red   ┬ root   ┬ leftmost ┬ rightmost ┐
//! ```
//!
//! Any valid tree over the same nodes will do, so these need not balance as the library does.

use super::Kit;
use super::links::{Field, Var, Walk};
use rz_llvm::{Builder, CastOp, Function, IntPredicate, Type, Value};

const COLOR: Field = Field(0);
const PARENT: Field = Field(8);
const LEFT: Field = Field(16);
const RIGHT: Field = Field(24);

/// The body of the tree function `symbol`.
pub(super) fn body(kit: &Kit, symbol: &str) -> Option<Function> {
    let ptr = kit.ptr;
    let flag = kit.module.context().int(1);
    let write = |name: &str, ty: Type, write: &dyn Fn(&Walk)| {
        kit.define(name, ty, |b: &Builder, f| write(&Walk { kit, b, f }))
    };
    let step = ptr.function(&[ptr], false);
    Some(match symbol {
        "_ZSt18_Rb_tree_incrementPSt18_Rb_tree_node_base"
        | "_ZSt18_Rb_tree_incrementPKSt18_Rb_tree_node_base" => {
            write("tree_next", step, &increment)
        }
        "_ZSt18_Rb_tree_decrementPSt18_Rb_tree_node_base"
        | "_ZSt18_Rb_tree_decrementPKSt18_Rb_tree_node_base" => {
            write("tree_previous", step, &decrement)
        }
        "_ZSt29_Rb_tree_insert_and_rebalancebPSt18_Rb_tree_node_baseS0_RS_" => {
            let ty = kit.void.function(&[flag, ptr, ptr, ptr], false);
            write("tree_insert", ty, &insert)
        }
        "_ZSt28_Rb_tree_rebalance_for_erasePSt18_Rb_tree_node_baseRS_" => {
            write("tree_erase", ptr.function(&[ptr; 2], false), &erase)
        }
        _ => return None,
    })
}

impl Walk<'_> {
    fn color(&self, red: bool) -> Value {
        let int = self.b.context().int(32);
        int.int_const(u64::from(!red))
    }

    fn paint(&self, node: Value, red: bool) {
        self.put(node, COLOR, self.color(red));
    }

    fn color_of(&self, node: Value) -> Value {
        self.read(node, COLOR, self.b.context().int(32))
    }

    /// The color to give to another node. A plain copy would not say that it is an integer.
    fn same_color(&self, node: Value) -> Value {
        let black = self.b.not(self.is_red(node));
        self.b.cast(CastOp::ZExt, black, self.b.context().int(32))
    }

    fn is_red(&self, node: Value) -> Value {
        self.b
            .icmp(IntPredicate::Eq, self.color_of(node), self.color(true))
    }

    /// No node counts as black.
    fn is_black(&self, node: Value) -> Value {
        self.or(self.none(node), || self.b.not(self.is_red(node)))
    }

    /// Puts `new` where `old` hangs in the tree.
    fn hang(&self, old: Value, new: Value, header: Value) {
        self.branch(
            self.same(self.at(header, PARENT), old),
            || self.put(header, PARENT, new),
            || {
                let parent = self.at(old, PARENT);
                self.branch(
                    self.same(self.at(parent, LEFT), old),
                    || self.put(parent, LEFT, new),
                    || self.put(parent, RIGHT, new),
                );
            },
        );
    }

    /// Lets the child on the far side rise over `node`, which sinks to the near side.
    fn rotate(&self, node: Value, near: Field, header: Value) {
        let far = opposite(near);
        let child = self.at(node, far);
        let inner = self.at(child, near);
        self.put(node, far, inner);
        self.when(self.some(inner), || self.put(inner, PARENT, node));
        self.put(child, PARENT, self.at(node, PARENT));
        self.hang(node, child, header);
        self.put(child, near, node);
        self.put(node, PARENT, child);
    }
}

fn opposite(side: Field) -> Field {
    if side == LEFT { RIGHT } else { LEFT }
}

fn increment(w: &Walk) {
    let node = w.var(w.f.param(0));
    w.branch(
        w.some(w.at(w.get(node), RIGHT)),
        || {
            w.set(node, w.at(w.get(node), RIGHT));
            w.go_on(node, LEFT);
        },
        || {
            let up = w.var(w.at(w.get(node), PARENT));
            climb(w, node, up, RIGHT);
            // From the rightmost node of a tree whose root has no right child one gets to the header.
            w.when(w.other(w.at(w.get(node), RIGHT), w.get(up)), || {
                w.set(node, w.get(up));
            });
        },
    );
    w.b.ret(Some(w.get(node)));
}

/// `while (node == up.side) { node = up; up = up.parent; }`
fn climb(w: &Walk, node: Var, up: Var, side: Field) {
    w.repeat_while(
        || w.same(w.get(node), w.at(w.get(up), side)),
        || {
            w.set(node, w.get(up));
            w.set(up, w.at(w.get(up), PARENT));
        },
    );
}

fn decrement(w: &Walk) {
    let node = w.var(w.f.param(0));
    let first = w.get(node);
    let is_header = w.and(w.is_red(first), || {
        w.same(w.at(w.at(first, PARENT), PARENT), first)
    });
    w.branch(
        is_header,
        || w.set(node, w.at(first, RIGHT)),
        || {
            w.branch(
                w.some(w.at(first, LEFT)),
                || {
                    w.set(node, w.at(first, LEFT));
                    w.go_on(node, RIGHT);
                },
                || {
                    let up = w.var(w.at(first, PARENT));
                    climb(w, node, up, LEFT);
                    w.set(node, w.get(up));
                },
            );
        },
    );
    w.b.ret(Some(w.get(node)));
}

fn insert(w: &Walk) {
    let [left, new, parent, header] = w.f.params()[..] else {
        return;
    };
    w.put(new, PARENT, parent);
    w.put(new, LEFT, w.null());
    w.put(new, RIGHT, w.null());
    w.paint(new, true);
    w.branch(
        left,
        || {
            w.put(parent, LEFT, new);
            w.branch(
                w.same(parent, header),
                || {
                    w.put(header, PARENT, new);
                    w.put(header, RIGHT, new);
                },
                || {
                    w.when(w.same(parent, w.at(header, LEFT)), || {
                        w.put(header, LEFT, new);
                    });
                },
            );
        },
        || {
            w.put(parent, RIGHT, new);
            w.when(w.same(parent, w.at(header, RIGHT)), || {
                w.put(header, RIGHT, new);
            });
        },
    );
    let node = w.var(new);
    w.repeat_while(
        || {
            let here = w.get(node);
            w.and(w.other(here, w.at(header, PARENT)), || {
                w.is_red(w.at(here, PARENT))
            })
        },
        || {
            let up = w.at(w.get(node), PARENT);
            let top = w.at(up, PARENT);
            w.branch(
                w.same(up, w.at(top, LEFT)),
                || recolor(w, node, LEFT, header),
                || recolor(w, node, RIGHT, header),
            );
        },
    );
    w.paint(w.at(header, PARENT), false);
    w.b.ret(None);
}

/// A step of insertion: a red node under a red parent, which is its own parent's child on `near`.
fn recolor(w: &Walk, node: Var, near: Field, header: Value) {
    let far = opposite(near);
    let here = w.get(node);
    let up = w.at(here, PARENT);
    let top = w.at(up, PARENT);
    let uncle = w.at(top, far);
    w.branch(
        w.is_black(uncle),
        || {
            w.when(w.same(here, w.at(up, far)), || {
                w.set(node, up);
                w.rotate(up, near, header);
            });
            w.paint(w.at(w.get(node), PARENT), false);
            w.paint(top, true);
            w.rotate(top, far, header);
        },
        || {
            w.paint(up, false);
            w.paint(uncle, false);
            w.paint(top, true);
            w.set(node, top);
        },
    );
}

/// Takes a node out of the tree and returns it.
fn erase(w: &Walk) {
    let [node, header] = w.f.params()[..] else {
        return;
    };
    // What moves up into the gap, which may be nothing, and what it hangs under.
    let child = w.var(w.null());
    let under = w.var(w.null());
    let lost = w.var(w.color_of(node));
    let (left, right) = (w.at(node, LEFT), w.at(node, RIGHT));
    let inner = w.and(w.some(left), || w.some(right));
    w.branch(
        inner,
        || replace_by_successor(w, node, header, child, under, lost),
        || {
            w.branch(w.some(left), || w.set(child, left), || w.set(child, right));
            let (risen, parent) = (w.get(child), w.at(node, PARENT));
            w.set(under, parent);
            w.when(w.some(risen), || w.put(risen, PARENT, parent));
            w.hang(node, risen, header);
            for (side, inwards) in [(LEFT, RIGHT), (RIGHT, LEFT)] {
                w.when(w.same(w.at(header, side), node), || {
                    let outermost = w.var(parent);
                    w.when(w.some(w.at(node, inwards)), || {
                        w.set(outermost, risen);
                        w.go_on(outermost, side);
                    });
                    w.put(header, side, w.get(outermost));
                });
            }
        },
    );
    let black = w.other(w.get(lost), w.color(true));
    w.when(black, || rebalance(w, child, under, header));
    w.b.ret(Some(node));
}

/// Lets the next node in order, which has no left child, take the place of `node`.
fn replace_by_successor(w: &Walk, node: Value, header: Value, child: Var, under: Var, lost: Var) {
    let next = w.var(w.at(node, RIGHT));
    w.go_on(next, LEFT);
    let heir = w.get(next);
    let risen = w.at(heir, RIGHT);
    w.set(child, risen);
    w.set(lost, w.color_of(heir));
    let left = w.at(node, LEFT);
    w.put(left, PARENT, heir);
    w.put(heir, LEFT, left);
    w.branch(
        w.same(heir, w.at(node, RIGHT)),
        || w.set(under, heir),
        || {
            let parent = w.at(heir, PARENT);
            w.set(under, parent);
            w.when(w.some(risen), || w.put(risen, PARENT, parent));
            w.put(parent, LEFT, risen);
            let right = w.at(node, RIGHT);
            w.put(heir, RIGHT, right);
            w.put(right, PARENT, heir);
        },
    );
    w.hang(node, heir, header);
    w.put(heir, PARENT, w.at(node, PARENT));
    w.put(heir, COLOR, w.same_color(node));
}

/// Restores the count of black nodes on the paths through `child`, which lack one.
fn rebalance(w: &Walk, child: Var, under: Var, header: Value) {
    let done = w.var(w.truth(false));
    w.repeat_while(
        || {
            let here = w.get(child);
            let going = w.b.not(w.get(done));
            w.and(going, || {
                w.and(w.other(here, w.at(header, PARENT)), || w.is_black(here))
            })
        },
        || {
            let on_left = w.same(w.get(child), w.at(w.get(under), LEFT));
            w.branch(
                on_left,
                || borrow(w, child, under, done, LEFT, header),
                || borrow(w, child, under, done, RIGHT, header),
            );
        },
    );
    let last = w.get(child);
    w.when(w.some(last), || w.paint(last, false));
}

/// A step of [`rebalance`] with `child` on the near side of `under`.
fn borrow(w: &Walk, child: Var, under: Var, done: Var, near: Field, header: Value) {
    let far = opposite(near);
    let parent = w.get(under);
    let sibling = w.var(w.at(parent, far));
    w.when(w.is_red(w.get(sibling)), || {
        w.paint(w.get(sibling), false);
        w.paint(parent, true);
        w.rotate(parent, near, header);
        w.set(sibling, w.at(parent, far));
    });
    let here = w.get(sibling);
    let (close, distant) = (w.at(here, near), w.at(here, far));
    let all_black = w.and(w.is_black(close), || w.is_black(distant));
    w.branch(
        all_black,
        || {
            w.paint(here, true);
            w.set(child, parent);
            w.set(under, w.at(parent, PARENT));
        },
        || {
            w.when(w.is_black(distant), || {
                w.paint(close, false);
                w.paint(here, true);
                w.rotate(here, far, header);
                w.set(sibling, w.at(parent, far));
            });
            let here = w.get(sibling);
            w.put(here, COLOR, w.same_color(parent));
            w.paint(parent, false);
            let distant = w.at(here, far);
            w.when(w.some(distant), || w.paint(distant, false));
            w.rotate(parent, near, header);
            w.set(done, w.truth(true));
        },
    );
}
