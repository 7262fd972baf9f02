//! Basic blocks.

use crate::function::Function;
use crate::shim;
use crate::text::{c, copy};
use crate::value::Value;
use llvm_sys::core;
use llvm_sys::prelude::LLVMBasicBlockRef;

/// A basic block.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Block(pub(crate) LLVMBasicBlockRef);

impl Block {
    /// The block as an operand.
    pub fn value(self) -> Value {
        Value(ffi!(core::LLVMBasicBlockAsValue(self.0)))
    }

    /// The function it lies in.
    pub fn function(self) -> Function {
        Function(Value(ffi!(core::LLVMGetBasicBlockParent(self.0))))
    }

    /// The name, empty when unnamed.
    pub fn name(self) -> String {
        let value = self.value();
        let mut len = 0;
        let raw = ffi!(core::LLVMGetValueName2(value.0, &raw mut len));
        copy(raw, len)
    }

    /// The instructions in order.
    pub fn instructions(self) -> Vec<Value> {
        let mut list = Vec::new();
        self.push_instructions(&mut list);
        list
    }

    pub(crate) fn push_instructions(self, list: &mut Vec<Value>) {
        let mut cursor = ffi!(core::LLVMGetFirstInstruction(self.0));
        while !cursor.is_null() {
            list.push(Value(cursor));
            cursor = ffi!(core::LLVMGetNextInstruction(cursor));
        }
    }

    /// The first instruction.
    pub fn first(self) -> Option<Value> {
        Value::option(ffi!(core::LLVMGetFirstInstruction(self.0)))
    }

    /// The last instruction.
    pub fn last(self) -> Option<Value> {
        Value::option(ffi!(core::LLVMGetLastInstruction(self.0)))
    }

    /// The terminator; `None` while the block is unfinished.
    pub fn terminator(self) -> Option<Value> {
        Value::option(ffi!(core::LLVMGetBasicBlockTerminator(self.0)))
    }

    /// Successors in operand order, with repetition.
    pub fn successors(self) -> Vec<Block> {
        self.terminator().map_or_else(Vec::new, Value::successors)
    }

    /// Adds a block before this one.
    pub fn insert_before(self, name: &str) -> Block {
        let context = self.function().value().context();
        let name = c(name);
        Block(ffi!(core::LLVMInsertBasicBlockInContext(
            context.0,
            self.0,
            name.as_ptr()
        )))
    }

    /// Splits before `inst`: the rest moves to a new block, joined by a branch. Phis of successors are updated.
    pub fn split_before(inst: Value, name: &str) -> Block {
        let name = c(name);
        Block(ffi!(shim::rz_split_block(inst.0, name.as_ptr())))
    }

    /// Moves the block to the end of its function.
    pub fn move_to_end(self) {
        if let Some(last) = self.function().blocks().last()
            && *last != self
        {
            ffi!(core::LLVMMoveBasicBlockAfter(self.0, last.0));
        }
    }

    /// Erases the block and its instructions.
    pub fn erase(self) {
        ffi!(shim::rz_delete_block(self.0));
    }
}
