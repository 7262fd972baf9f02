//! The copy is a function of its own.
//!
//! It seldom runs. Beside the loop itself, what it needs would take registers from the loops around both, and LLVM
//! would step its addresses along with theirs.

use super::product::Products;
use crate::ring::{Ring, taken};
use rz_llvm::{Attribute, Block, Builder, Function, Linkage, Opcode, Place, Value, ValueMap};

pub(super) struct Aside {
    function: Function,
    /// What it is called with.
    inputs: Vec<Value>,
    /// What of the loop is used behind it.
    outputs: Vec<Value>,
    entry: Block,
    head: Block,
    pub(super) products: Products,
}

impl Aside {
    /// A function for a copy of `ring`, which is entered from `look`, and of which `outputs` are used behind it.
    pub(super) fn new(ring: Ring, look: Block, outputs: Vec<Value>) -> Self {
        let caller = look.function();
        let context = caller.context();
        let inputs = inputs(ring, look);
        let types = |values: &[Value]| values.iter().map(|value| value.ty()).collect::<Vec<_>>();
        let result = match outputs[..] {
            [] => context.void(),
            _ => context.structure(&types(&outputs), false),
        };
        let ty = result.function(&types(&inputs), false);
        let function = { caller.module() }.add_function("ribozyme.faint", ty, Linkage::Internal);
        rz_synth::attributes::reset(function, caller);
        for name in ["noinline", "cold"] {
            let attribute = Attribute::named(context, name, 0).expect("LLVM has it");
            function.add_attribute(Place::Function, attribute);
        }
        let entry = function.append_block("entry");
        let head = function.append_block("faint.loop");
        let b = Builder::at_end(entry);
        let go = b.br(head);
        b.position_at_end(head);
        let mut products = Products::new(b, go);
        for (&input, param) in inputs.iter().zip(function.params()) {
            products.map.set(input, param);
        }
        Self {
            function,
            inputs,
            outputs,
            entry,
            head,
            products,
        }
    }

    /// Copies `phi`, which is `first` in the first iteration.
    pub(super) fn enter(&mut self, phi: Value, first: Value) {
        let copy = self.products.builder().phi(phi.ty());
        copy.add_incoming(self.products.copied(first), self.entry);
        self.products.map.set(phi, copy);
    }

    /// Ends the loop as `ring`, and the function. Gives back what leads around.
    pub(super) fn end(&mut self, ring: Ring) -> Value {
        self.products.flush();
        let left = self.function.append_block("left");
        let products = &self.products;
        let b = products.builder();
        let last = b.block();
        for phi in ring.phis() {
            let next = products.copied(taken(phi, ring.body));
            products.copied(phi).add_incoming(next, last);
        }
        let end = ring.body.terminator().expect("a block ends");
        let condition = products.copied(end.condition());
        let around = if ring.leaves_if_true() {
            b.cond_br(condition, left, self.head)
        } else {
            b.cond_br(condition, self.head, left)
        };
        b.position_at_end(left);
        let result = self.function.return_type();
        if self.outputs.is_empty() {
            b.ret(None);
        } else {
            let outputs = self.outputs.iter().enumerate();
            let all = outputs.fold(result.poison(), |all, (at, &value)| {
                b.insert_value(all, products.copied(value), at as u32)
            });
            b.ret(Some(all));
        }
        for inst in self.function.instructions() {
            inst.set_debug_loc(None);
        }
        around
    }

    /// Calls the function, and says what it made of the outputs.
    pub(super) fn call(&self, b: &Builder) -> ValueMap {
        let call = b.call(self.function, &self.inputs);
        let mut made = ValueMap::new();
        for (at, &output) in self.outputs.iter().enumerate() {
            made.set(output, b.extract_value(call, at as u32));
        }
        made
    }
}

/// What the loop uses that is neither its own nor constant.
fn inputs(ring: Ring, look: Block) -> Vec<Value> {
    let mut inputs = Vec::new();
    for inst in ring.body.instructions() {
        let used = if inst.opcode() == Some(Opcode::Phi) {
            vec![taken(inst, look)]
        } else {
            inst.operands()
        };
        let is_other = |value: &Value| value.is_instruction() && value.block() != ring.body;
        let is_local = |value: &Value| is_other(value) || value.param_function().is_some();
        for value in used.into_iter().filter(is_local) {
            if !inputs.contains(&value) {
                inputs.push(value);
            }
        }
    }
    inputs
}
