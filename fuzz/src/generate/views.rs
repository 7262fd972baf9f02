//! Records of pointers to arrays, in rings of two: what a helper moves, it moves behind one argument.

use super::{Array, Generator, Helper, hole, statement};
use crate::tree::{Node, Piece};

/// The least number of elements behind a pointer of a view.
const ELEMENTS: usize = 4;

impl Generator<'_> {
    /// `REAL h(struct view *c, REAL s)`
    pub(super) fn view_function(&mut self, inline: &str, name: &str, count: usize) -> Node {
        self.scope.reals = vec!["s".into()];
        let all = ["c->p", "c->q", "c->next->p", "c->next->q"];
        self.scope.arrays = all.map(|text| Array::behind(text, ELEMENTS)).into();
        let body = self.body(count + 1, 1);
        statement(
            &format!("{inline} REAL {name}(struct view *c, REAL s) $"),
            vec![Piece::Body(body)],
        )
    }

    /// A call with views of arrays in scope; none where there are no arrays.
    pub(super) fn call_view(&mut self, helper: &Helper) -> Option<Node> {
        let fits = |a: &&Array| a.writable && !a.single && a.len >= ELEMENTS;
        let arrays: Vec<Array> = self.scope.arrays.iter().filter(fits).cloned().collect();
        if arrays.is_empty() {
            return None;
        }
        self.cost += helper.cost * self.times;
        self.use_rule("call with views");
        let mut part = || {
            let array = self.choices.one(&arrays).clone();
            let from = self.choices.below(array.len - ELEMENTS + 1);
            format!("{} + {from}", array.name)
        };
        let parts: Vec<String> = (0..4).map(|_| part()).collect();
        let value = self.real(2);
        let (one, two, result) = (self.name("c"), self.name("c"), self.name("t"));
        let text = format!(
            "struct view {one} = {{{}, {}, 0}}, {two} = {{{}, {}, &{one}}}; {one}.next = &{two}; REAL {result} = {}(&{one}, $);",
            parts[0], parts[1], parts[2], parts[3], helper.name
        );
        self.scope.reals.push(result);
        Some(statement(&text, vec![hole(value)]))
    }
}
