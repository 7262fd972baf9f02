//! Queries and edits of instructions.

use crate::block::Block;
use crate::function::Function;
use crate::opcode::{Opcode, RmwOp};
use crate::shim;
use crate::types::Type;
use crate::value::{Value, ValueKind};
use llvm_sys::core;
use std::ffi::CStr;

impl Value {
    /// Opcode of an instruction; `None` for anything else.
    pub fn opcode(self) -> Option<Opcode> {
        (self.kind() == ValueKind::Instruction)
            .then(|| Opcode::from_number(ffi!(shim::rz_opcode(self.0))))
    }

    /// LLVM's name of an instruction's opcode.
    pub fn opcode_name(self) -> String {
        let raw = ffi!(shim::rz_opcode_name(self.0));
        ffi!(CStr::from_ptr(raw)).to_string_lossy().into_owned()
    }

    /// Block of an instruction.
    pub fn block(self) -> Block {
        Block(ffi!(core::LLVMGetInstructionParent(self.0)))
    }

    /// Function of an instruction.
    pub fn function(self) -> Function {
        self.block().function()
    }

    /// The next instruction of the block.
    pub fn next(self) -> Option<Value> {
        Value::option(ffi!(core::LLVMGetNextInstruction(self.0)))
    }

    /// The previous instruction of the block.
    pub fn previous(self) -> Option<Value> {
        Value::option(ffi!(core::LLVMGetPreviousInstruction(self.0)))
    }

    /// True for terminators.
    pub fn is_terminator(self) -> bool {
        !ffi!(core::LLVMIsATerminatorInst(self.0)).is_null()
    }

    /// Successors of a terminator, with repetition; none for anything else.
    pub fn successors(self) -> Vec<Block> {
        if !self.is_terminator() {
            return Vec::new();
        }
        let count = ffi!(core::LLVMGetNumSuccessors(self.0));
        (0..count)
            .map(|i| Block(ffi!(core::LLVMGetSuccessor(self.0, i))))
            .collect()
    }

    /// Redirects a successor of a terminator.
    pub fn set_successor(self, index: u32, block: Block) {
        ffi!(core::LLVMSetSuccessor(self.0, index, block.0));
    }

    /// A copy that is in no block and has no name; insert it with [`crate::Builder::insert`].
    #[must_use]
    pub fn clone_instruction(self) -> Value {
        Value(ffi!(core::LLVMInstructionClone(self.0)))
    }

    /// Erases an instruction without uses.
    pub fn erase(self) {
        ffi!(core::LLVMInstructionEraseFromParent(self.0));
    }

    /// Takes an instruction out of its block without deleting it.
    pub fn remove_from_block(self) {
        ffi!(core::LLVMInstructionRemoveFromParent(self.0));
    }

    /// True for a conditional branch.
    pub fn is_conditional(self) -> bool {
        self.opcode() == Some(Opcode::Br) && ffi!(core::LLVMIsConditional(self.0)) != 0
    }

    /// Condition of a conditional branch or switch.
    pub fn condition(self) -> Value {
        match self.opcode() {
            Some(Opcode::Br) => Value(ffi!(core::LLVMGetCondition(self.0))),
            _ => self.operand(0),
        }
    }

    /// Case values and destinations of a switch, without the default.
    pub fn switch_cases(self) -> Vec<(Value, Block)> {
        let count = ffi!(core::LLVMGetNumSuccessors(self.0));
        (1..count)
            .map(|i| {
                let value = Value(ffi!(core::LLVMGetSwitchCaseValue(self.0, i)));
                (value, Block(ffi!(core::LLVMGetSuccessor(self.0, i))))
            })
            .collect()
    }

    /// Adds a case to a switch.
    pub fn add_case(self, value: Value, block: Block) {
        ffi!(core::LLVMAddCase(self.0, value.0, block.0));
    }

    /// Incoming values and blocks of a phi.
    pub fn incoming(self) -> Vec<(Value, Block)> {
        let count = ffi!(core::LLVMCountIncoming(self.0));
        (0..count)
            .map(|i| {
                (
                    Value(ffi!(core::LLVMGetIncomingValue(self.0, i))),
                    Block(ffi!(core::LLVMGetIncomingBlock(self.0, i))),
                )
            })
            .collect()
    }

    /// Adds an incoming edge to a phi.
    pub fn add_incoming(self, value: Value, block: Block) {
        let (mut value, mut block) = (value.0, block.0);
        ffi!(core::LLVMAddIncoming(
            self.0,
            &raw mut value,
            &raw mut block,
            1
        ));
    }

    /// Removes the first edge from `block`; the phi stays even when empty.
    pub fn remove_incoming(self, block: Block) -> Option<Value> {
        Value::option(ffi!(shim::rz_phi_remove(self.0, block.0)))
    }

    /// Changes where an incoming edge comes from.
    pub fn set_incoming_block(self, index: u32, block: Block) {
        ffi!(shim::rz_phi_set_block(self.0, index, block.0));
    }

    /// Predicate of an integer comparison, LLVM's number minus 32 (0 eq, 1 ne, 2 ugt, … 9 sle).
    pub fn icmp_predicate(self) -> u32 {
        ffi!(core::LLVMGetICmpPredicate(self.0)) as u32 - 32
    }

    /// Predicate of a float comparison, LLVM's number (bit 0 equal, 1 greater, 2 less, 3 unordered).
    pub fn fcmp_predicate(self) -> u32 {
        ffi!(core::LLVMGetFCmpPredicate(self.0)) as u32
    }

    /// Allocated type of an alloca.
    pub fn allocated_type(self) -> Type {
        Type(ffi!(core::LLVMGetAllocatedType(self.0)))
    }

    /// Alignment of a load, store, alloca or atomic in bytes.
    pub fn align(self) -> u32 {
        ffi!(core::LLVMGetAlignment(self.0))
    }

    /// Sets the alignment of a load, store, alloca or atomic.
    pub fn set_align(self, bytes: u32) {
        ffi!(core::LLVMSetAlignment(self.0, bytes));
    }

    /// Makes a load or store `volatile`.
    pub fn set_volatile(self) {
        ffi!(core::LLVMSetVolatile(self.0, 1));
    }

    /// `volatile`.
    pub fn is_volatile(self) -> bool {
        ffi!(core::LLVMGetVolatile(self.0)) != 0
    }

    /// Any atomic ordering.
    pub fn is_atomic(self) -> bool {
        ffi!(shim::rz_is_atomic(self.0)) != 0
    }

    /// Operation of an `atomicrmw`.
    pub fn rmw_op(self) -> RmwOp {
        // Numbers of llvm::AtomicRMWInst::BinOp.
        match ffi!(shim::rz_rmw_op(self.0)) {
            0 => RmwOp::Xchg,
            11 => RmwOp::FAdd,
            12 => RmwOp::FSub,
            13..=16 => RmwOp::FMinMax,
            _ => RmwOp::Integer,
        }
    }

    /// Source element type of a `getelementptr`.
    pub fn gep_source_type(self) -> Type {
        Type(ffi!(core::LLVMGetGEPSourceElementType(self.0)))
    }

    /// No-wrap flags of a `getelementptr` (bit 0 inbounds, 1 nusw, 2 nuw).
    pub fn gep_flags(self) -> u32 {
        ffi!(core::LLVMGEPGetNoWrapFlags(self.0))
    }

    /// Indices of `extractvalue` and `insertvalue`.
    pub fn indices(self) -> Vec<u32> {
        let count = ffi!(core::LLVMGetNumIndices(self.0)) as usize;
        let raw = ffi!(core::LLVMGetIndices(self.0));
        ffi!(std::slice::from_raw_parts(raw, count)).to_vec()
    }

    /// Mask of a `shufflevector`; `None` is poison.
    pub fn shuffle_mask(self) -> Vec<Option<u32>> {
        let count = ffi!(core::LLVMGetNumMaskElements(self.0));
        (0..count)
            .map(|i| u32::try_from(ffi!(core::LLVMGetMaskValue(self.0, i))).ok())
            .collect()
    }

    /// True for an integer division or right shift that is undefined unless nothing is left over.
    pub fn is_exact(self) -> bool {
        let divides = matches!(
            self.opcode(),
            Some(Opcode::UDiv | Opcode::SDiv | Opcode::LShr | Opcode::AShr)
        );
        divides && ffi!(core::LLVMGetExact(self.0)) != 0
    }

    /// Fast-math flags (bit 0 reassoc, 1 nnan, 2 ninf, 3 nsz, 4 arcp, 5 contract, 6 afn); 0 where they do not apply.
    pub fn fast_math(self) -> u8 {
        if ffi!(core::LLVMCanValueUseFastMathFlags(self.0)) == 0 {
            return 0;
        }
        (ffi!(core::LLVMGetFastMathFlags(self.0)) & 0x7f) as u8
    }

    /// Sets the fast-math flags where they apply.
    pub fn set_fast_math(self, bits: u8) {
        if ffi!(core::LLVMCanValueUseFastMathFlags(self.0)) != 0 {
            ffi!(core::LLVMSetFastMathFlags(self.0, u32::from(bits)));
        }
    }

    /// True for integer arithmetic that is poison where its result, as a signed number, does not fit.
    pub fn has_no_signed_wrap(self) -> bool {
        let has = matches!(
            self.opcode(),
            Some(Opcode::Add | Opcode::Sub | Opcode::Mul | Opcode::Shl)
        );
        has && ffi!(core::LLVMGetNSW(self.0)) != 0
    }

    /// Marks an integer sum, difference or product ([`Self::has_no_signed_wrap`]); nothing on what was folded to a constant.
    pub fn set_no_signed_wrap(self) {
        if let Some(Opcode::Add | Opcode::Sub | Opcode::Mul | Opcode::Shl) = self.opcode() {
            ffi!(core::LLVMSetNSW(self.0, 1));
        }
    }

    /// Removes `nsw`, `nuw`, `exact`, `disjoint`, `nneg`, `inbounds`, `nnan`, `ninf`: what may make a result poison.
    pub fn drop_poison_flags(self) {
        ffi!(shim::rz_drop_poison_flags(self.0));
    }
}
