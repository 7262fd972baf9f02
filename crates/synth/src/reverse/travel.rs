//! How far the adjoint of a value travels.
//!
//! Promoting a variable to registers takes LLVM time in proportion to the blocks it lives through, so a variable
//! that lives through the whole reverse part, as one that is zero on entry does, is the last resort:
//!
//! ```text
//! case 7: t = a * b; break;         a phi alone uses t, so its adjoint is set on the way back into
//! }  // s = phi(…, t, …)            the reverse of case 7, and nowhere else
//! ```

use cranelift_entity::SecondaryMap;
use rz_view::{Block, Body, Inst, Op, Value};

/// Where contributions to an adjoint come from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Travel {
    /// Any reverse block.
    #[default]
    Far,
    /// Also the phis at the end of the edges out of its block: each way back into the reverse block sets it.
    Edges,
    /// The reverse block of its own block only: it is summed up and consumed there.
    Block,
}

/// The travels of all values.
#[derive(Clone, Default)]
pub struct Travels {
    of: SecondaryMap<Value, Travel>,
    over_edges: SecondaryMap<Block, Vec<Value>>,
}

impl Travels {
    /// Looks at the uses of each value.
    pub fn new(body: &Body) -> Self {
        let mut of = SecondaryMap::new();
        for data in body.insts.values() {
            if let Some(result) = data.result {
                of[result] = Travel::Block;
            }
        }
        for data in body.insts.values() {
            for (index, &operand) in data.operands.iter().enumerate() {
                let home = body.def(operand).map(|inst: Inst| body.insts[inst].block);
                of[operand] = match &data.op {
                    Op::Phi { blocks } if home == Some(blocks[index]) => match of[operand] {
                        Travel::Far => Travel::Far,
                        Travel::Edges | Travel::Block => Travel::Edges,
                    },
                    Op::Phi { .. } => Travel::Far,
                    _ if home == Some(data.block) => of[operand],
                    _ => Travel::Far,
                };
            }
        }
        let mut over_edges: SecondaryMap<Block, Vec<Value>> = SecondaryMap::new();
        for data in body.insts.values() {
            if let Some(result) = data.result.filter(|&result| of[result] == Travel::Edges) {
                over_edges[data.block].push(result);
            }
        }
        Self { of, over_edges }
    }

    /// How far the adjoint of `value` travels.
    pub fn of(&self, value: Value) -> Travel {
        self.of[value]
    }

    /// The values of `block` whose adjoints are set on each way back into it.
    pub fn over_edges(&self, block: Block) -> &[Value] {
        &self.over_edges[block]
    }
}
