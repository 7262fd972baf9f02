//! The first and the last iteration of a loop.

use crate::block::Block;
use crate::builder::IntPredicate;
use crate::function::Function;
use crate::pipeline::Analyses;
use crate::shim;
use crate::value::Value;

/// One iteration of a loop that is unlike the others.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum End {
    /// The one that comes first.
    First,
    /// The one that comes last.
    Last,
}

impl Analyses {
    /// If the integer comparison of `a` and `b` has the same result in all iterations of the loop at `header` but one:
    /// which one that is, and the result in the others. The loop leaves, at its end, when both of `exit` are equal.
    pub fn end(
        self,
        function: Function,
        header: Block,
        (predicate, a, b): (IntPredicate, Value, Value),
        exit: (Value, Value),
    ) -> Option<(End, bool)> {
        let mut elsewhere = 0;
        // LLVM's numbers begin at 32, in the order of ours.
        let which = ffi!(shim::rz_end(
            self.function_manager(),
            function.value().0,
            header.0,
            32 + predicate as u32,
            a.0,
            b.0,
            exit.0.0,
            exit.1.0,
            &raw mut elsewhere
        ));
        let end = match which {
            1 => End::First,
            2 => End::Last,
            _ => return None,
        };
        Some((end, elsewhere != 0))
    }

    /// What `pointer`, which moves by the same number of bytes in each iteration of the loop at `header`, is in the
    /// first and the last iteration, computed before the instruction `at`.
    pub fn first_and_last(
        self,
        function: Function,
        pointer: Value,
        header: Block,
        at: Value,
    ) -> Option<(Value, Value)> {
        let mut ends = [std::ptr::null_mut(); 2];
        let [first, last] = &mut ends;
        let known = ffi!(shim::rz_first_and_last(
            self.function_manager(),
            function.value().0,
            pointer.0,
            header.0,
            at.0,
            first,
            last
        ));
        (known != 0).then_some((Value(ends[0]), Value(ends[1])))
    }
}
