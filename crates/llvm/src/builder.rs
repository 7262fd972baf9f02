//! Writing instructions: arithmetic, comparisons, control flow, aggregates, vectors, calls.
//!
//! A builder has a position and a debug location. Moving the position never changes the location, and
//! every instruction takes the location that was set last. Constant operands are folded, so a result may be a
//! constant. Memory operations are in `builder_memory`.

use crate::block::Block;
use crate::context::Context;
use crate::debug::DebugLoc;
use crate::function::Function;
use crate::module::Module;
use crate::opcode::{BinaryOp, CastOp};
use crate::shim;
use crate::text::c;
use crate::types::Type;
use crate::value::Value;
use llvm_sys::prelude::LLVMBuilderRef;
use llvm_sys::{LLVMIntPredicate, LLVMRealPredicate, core};

/// Integer comparison.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum IntPredicate {
    Eq,
    Ne,
    Ugt,
    Uge,
    Ult,
    Ule,
    Sgt,
    Sge,
    Slt,
    Sle,
}

/// Float comparison, LLVM's numbering (bit 0 equal, 1 greater, 2 less, 3 unordered).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct FloatPredicate(pub u8);

#[allow(missing_docs)]
impl FloatPredicate {
    pub const OEQ: Self = Self(1);
    pub const OGT: Self = Self(2);
    pub const OGE: Self = Self(3);
    pub const OLT: Self = Self(4);
    pub const OLE: Self = Self(5);
    pub const ONE: Self = Self(6);
    pub const ORD: Self = Self(7);
    pub const UNO: Self = Self(8);
    pub const UEQ: Self = Self(9);
    pub const UGT: Self = Self(10);
    pub const UGE: Self = Self(11);
    pub const ULT: Self = Self(12);
    pub const ULE: Self = Self(13);
    pub const UNE: Self = Self(14);
}

const INT_PREDICATES: [LLVMIntPredicate; 10] = {
    use LLVMIntPredicate::{
        LLVMIntEQ, LLVMIntNE, LLVMIntSGE, LLVMIntSGT, LLVMIntSLE, LLVMIntSLT, LLVMIntUGE,
        LLVMIntUGT, LLVMIntULE, LLVMIntULT,
    };
    [
        LLVMIntEQ, LLVMIntNE, LLVMIntUGT, LLVMIntUGE, LLVMIntULT, LLVMIntULE, LLVMIntSGT,
        LLVMIntSGE, LLVMIntSLT, LLVMIntSLE,
    ]
};

const FLOAT_PREDICATES: [LLVMRealPredicate; 16] = {
    use LLVMRealPredicate::{
        LLVMRealOEQ, LLVMRealOGE, LLVMRealOGT, LLVMRealOLE, LLVMRealOLT, LLVMRealONE, LLVMRealORD,
        LLVMRealPredicateFalse, LLVMRealPredicateTrue, LLVMRealUEQ, LLVMRealUGE, LLVMRealUGT,
        LLVMRealULE, LLVMRealULT, LLVMRealUNE, LLVMRealUNO,
    };
    [
        LLVMRealPredicateFalse,
        LLVMRealOEQ,
        LLVMRealOGT,
        LLVMRealOGE,
        LLVMRealOLT,
        LLVMRealOLE,
        LLVMRealONE,
        LLVMRealORD,
        LLVMRealUNO,
        LLVMRealUEQ,
        LLVMRealUGT,
        LLVMRealUGE,
        LLVMRealULT,
        LLVMRealULE,
        LLVMRealUNE,
        LLVMRealPredicateTrue,
    ]
};

pub(crate) const NO_NAME: *const std::ffi::c_char = c"".as_ptr();

/// Writes instructions at a position.
#[derive(Debug)]
pub struct Builder(pub(crate) LLVMBuilderRef);

impl Drop for Builder {
    fn drop(&mut self) {
        ffi!(core::LLVMDisposeBuilder(self.0));
    }
}

macro_rules! binary {
    ($($(#[$doc:meta])* $method:ident = $op:ident;)*) => {
        impl Builder {
            $($(#[$doc])* pub fn $method(&self, a: Value, b: Value) -> Value {
                self.binary(BinaryOp::$op, a, b)
            })*
        }
    };
}

binary! {
    /// `fadd`.
    fadd = FAdd;
    /// `fsub`.
    fsub = FSub;
    /// `fmul`.
    fmul = FMul;
    /// `fdiv`.
    fdiv = FDiv;
    /// `frem`.
    frem = FRem;
    /// `add`.
    add = Add;
    /// `sub`.
    sub = Sub;
    /// `mul`.
    mul = Mul;
    /// `udiv`.
    udiv = UDiv;
    /// `sdiv`.
    sdiv = SDiv;
    /// `urem`.
    urem = URem;
    /// `shl`.
    shl = Shl;
    /// `lshr`.
    lshr = LShr;
    /// `ashr`.
    ashr = AShr;
    /// `and`.
    and = And;
    /// `or`.
    or = Or;
    /// `xor`.
    xor = Xor;
}

/// Position, location and defaults.
impl Builder {
    /// A builder without a position.
    pub fn new(context: Context) -> Self {
        Self(ffi!(core::LLVMCreateBuilderInContext(context.0)))
    }

    /// A builder at the end of a block.
    pub fn at_end(block: Block) -> Self {
        let builder = Self::new(block.function().context());
        builder.position_at_end(block);
        builder
    }

    /// Moves to the end of a block.
    pub fn position_at_end(&self, block: Block) {
        ffi!(shim::rz_position_end(self.0, block.0));
    }

    /// Moves behind the phis of a block, where another phi may be.
    pub fn position_at_start(&self, block: Block) {
        ffi!(shim::rz_position_start(self.0, block.0));
    }

    /// Moves before an instruction.
    pub fn position_before(&self, inst: Value) {
        ffi!(shim::rz_position_before(self.0, inst.0));
    }

    /// Moves behind an instruction (behind all phis when it is one). It must not be a terminator.
    pub fn position_after(&self, inst: Value) {
        ffi!(shim::rz_position_after(self.0, inst.0));
    }

    /// The block of the position.
    pub fn block(&self) -> Block {
        Block(ffi!(core::LLVMGetInsertBlock(self.0)))
    }

    /// The function of the position.
    pub fn function(&self) -> Function {
        self.block().function()
    }

    /// The module of the position.
    pub fn module(&self) -> Module {
        self.function().module()
    }

    /// The context.
    pub fn context(&self) -> Context {
        self.function().context()
    }

    /// Sets the debug location of what is written from now on.
    pub fn set_debug_loc(&self, location: Option<DebugLoc>) {
        let raw = location.map_or(std::ptr::null_mut(), |l| l.0);
        ffi!(core::LLVMSetCurrentDebugLocation2(self.0, raw));
    }

    /// Sets the fast-math flags of what is written from now on (bits as in [`Value::fast_math`]).
    pub fn set_fast_math(&self, bits: u8) {
        ffi!(shim::rz_builder_set_fast(self.0, u32::from(bits)));
    }

    /// Inserts an instruction that is in no block.
    pub fn insert(&self, inst: Value) {
        ffi!(core::LLVMInsertIntoBuilder(self.0, inst.0));
    }
}

/// Arithmetic.
impl Builder {
    /// Two-operand arithmetic.
    pub fn binary(&self, op: BinaryOp, a: Value, b: Value) -> Value {
        Value(ffi!(core::LLVMBuildBinOp(
            self.0,
            op.raw(),
            a.0,
            b.0,
            NO_NAME
        )))
    }

    /// `fneg`.
    pub fn fneg(&self, a: Value) -> Value {
        Value(ffi!(core::LLVMBuildFNeg(self.0, a.0, NO_NAME)))
    }

    /// Integer negation.
    pub fn neg(&self, a: Value) -> Value {
        Value(ffi!(core::LLVMBuildNeg(self.0, a.0, NO_NAME)))
    }

    /// Bitwise complement.
    pub fn not(&self, a: Value) -> Value {
        Value(ffi!(core::LLVMBuildNot(self.0, a.0, NO_NAME)))
    }

    /// `freeze`.
    pub fn freeze(&self, a: Value) -> Value {
        Value(ffi!(core::LLVMBuildFreeze(self.0, a.0, NO_NAME)))
    }

    /// Conversion; nothing when the type is the same.
    pub fn cast(&self, op: CastOp, a: Value, ty: Type) -> Value {
        if a.ty() == ty {
            return a;
        }
        Value(ffi!(core::LLVMBuildCast(
            self.0,
            op.raw(),
            a.0,
            ty.0,
            NO_NAME
        )))
    }

    /// `fpext`, `fptrunc` or nothing.
    pub fn float_cast(&self, a: Value, ty: Type) -> Value {
        if a.ty() == ty {
            return a;
        }
        Value(ffi!(core::LLVMBuildFPCast(self.0, a.0, ty.0, NO_NAME)))
    }

    /// `zext`/`sext`, `trunc` or nothing.
    pub fn int_cast(&self, a: Value, ty: Type, signed: bool) -> Value {
        if a.ty() == ty {
            return a;
        }
        Value(ffi!(core::LLVMBuildIntCast2(
            self.0,
            a.0,
            ty.0,
            i32::from(signed),
            NO_NAME
        )))
    }

    /// Reinterprets bits.
    pub fn bitcast(&self, a: Value, ty: Type) -> Value {
        self.cast(CastOp::BitCast, a, ty)
    }

    /// Integer or pointer comparison.
    pub fn icmp(&self, predicate: IntPredicate, a: Value, b: Value) -> Value {
        let raw = INT_PREDICATES[predicate as usize];
        Value(ffi!(core::LLVMBuildICmp(self.0, raw, a.0, b.0, NO_NAME)))
    }

    /// Float comparison.
    pub fn fcmp(&self, predicate: FloatPredicate, a: Value, b: Value) -> Value {
        let raw = FLOAT_PREDICATES[usize::from(predicate.0 & 15)];
        Value(ffi!(core::LLVMBuildFCmp(self.0, raw, a.0, b.0, NO_NAME)))
    }

    /// `select`.
    pub fn select(&self, condition: Value, yes: Value, no: Value) -> Value {
        Value(ffi!(core::LLVMBuildSelect(
            self.0,
            condition.0,
            yes.0,
            no.0,
            NO_NAME
        )))
    }
}

/// Control flow.
impl Builder {
    /// A phi without incoming edges; add them with [`Value::add_incoming`].
    pub fn phi(&self, ty: Type) -> Value {
        Value(ffi!(core::LLVMBuildPhi(self.0, ty.0, NO_NAME)))
    }

    /// `br`.
    pub fn br(&self, block: Block) -> Value {
        Value(ffi!(core::LLVMBuildBr(self.0, block.0)))
    }

    /// Conditional `br`.
    pub fn cond_br(&self, condition: Value, yes: Block, no: Block) -> Value {
        Value(ffi!(core::LLVMBuildCondBr(
            self.0,
            condition.0,
            yes.0,
            no.0
        )))
    }

    /// `switch`.
    pub fn switch(&self, value: Value, default: Block, cases: &[(Value, Block)]) -> Value {
        let inst = Value(ffi!(core::LLVMBuildSwitch(
            self.0,
            value.0,
            default.0,
            cases.len() as u32
        )));
        for &(value, block) in cases {
            inst.add_case(value, block);
        }
        inst
    }

    /// `ret`.
    pub fn ret(&self, value: Option<Value>) -> Value {
        Value(match value {
            Some(value) => ffi!(core::LLVMBuildRet(self.0, value.0)),
            None => ffi!(core::LLVMBuildRetVoid(self.0)),
        })
    }

    /// `unreachable`.
    pub fn unreachable(&self) -> Value {
        Value(ffi!(core::LLVMBuildUnreachable(self.0)))
    }

    /// `resume`.
    pub fn resume(&self, exception: Value) -> Value {
        Value(ffi!(core::LLVMBuildResume(self.0, exception.0)))
    }
}

/// Aggregates and vectors.
impl Builder {
    /// `extractvalue` of one index.
    pub fn extract_value(&self, aggregate: Value, index: u32) -> Value {
        Value(ffi!(core::LLVMBuildExtractValue(
            self.0,
            aggregate.0,
            index,
            NO_NAME
        )))
    }

    /// `extractvalue` along a path.
    pub fn extract_path(&self, aggregate: Value, path: &[u32]) -> Value {
        path.iter()
            .fold(aggregate, |v, &i| self.extract_value(v, i))
    }

    /// `insertvalue` of one index.
    pub fn insert_value(&self, aggregate: Value, value: Value, index: u32) -> Value {
        Value(ffi!(core::LLVMBuildInsertValue(
            self.0,
            aggregate.0,
            value.0,
            index,
            NO_NAME
        )))
    }

    /// `insertvalue` along a path.
    pub fn insert_path(&self, aggregate: Value, value: Value, path: &[u32]) -> Value {
        match *path {
            [] => value,
            [index] => self.insert_value(aggregate, value, index),
            [index, ref rest @ ..] => {
                let inner = self.extract_value(aggregate, index);
                let inner = self.insert_path(inner, value, rest);
                self.insert_value(aggregate, inner, index)
            }
        }
    }

    /// `extractelement`.
    pub fn extract_element(&self, vector: Value, index: Value) -> Value {
        Value(ffi!(core::LLVMBuildExtractElement(
            self.0, vector.0, index.0, NO_NAME
        )))
    }

    /// `insertelement`.
    pub fn insert_element(&self, vector: Value, value: Value, index: Value) -> Value {
        Value(ffi!(core::LLVMBuildInsertElement(
            self.0, vector.0, value.0, index.0, NO_NAME
        )))
    }

    /// `shufflevector`; `None` is poison.
    pub fn shuffle(&self, a: Value, b: Value, mask: &[Option<u32>]) -> Value {
        let int = a.context().int(32);
        let lanes: Vec<Value> = mask
            .iter()
            .map(|lane| lane.map_or_else(|| int.poison(), |l| int.int_const(u64::from(l))))
            .collect();
        let mask = a.context().const_vector(&lanes);
        Value(ffi!(core::LLVMBuildShuffleVector(
            self.0, a.0, b.0, mask.0, NO_NAME
        )))
    }

    /// A vector with equal lanes.
    pub fn splat(&self, vector: Type, lane: Value) -> Value {
        if lane.is_constant() {
            return vector.splat(lane);
        }
        let int = lane.context().int(32);
        let first = self.insert_element(vector.poison(), lane, int.int_const(0));
        let zeros = Value(ffi!(core::LLVMConstNull(vector.with_scalar(int).0)));
        Value(ffi!(core::LLVMBuildShuffleVector(
            self.0,
            first.0,
            vector.poison().0,
            zeros.0,
            NO_NAME
        )))
    }
}

/// Calls.
impl Builder {
    /// Calls a function directly, with its calling convention.
    pub fn call(&self, function: Function, args: &[Value]) -> Value {
        let call = self.call_value(function.ty(), function.value(), args);
        call.set_call_convention(function.calling_convention());
        call
    }

    /// Calls any pointer with a function type.
    pub fn call_value(&self, ty: Type, callee: Value, args: &[Value]) -> Value {
        let mut raw: Vec<_> = args.iter().map(|v| v.0).collect();
        Value(ffi!(core::LLVMBuildCall2(
            self.0,
            ty.0,
            callee.0,
            raw.as_mut_ptr(),
            raw.len() as u32,
            NO_NAME
        )))
    }

    /// Invokes any pointer with a function type.
    pub fn invoke(
        &self,
        ty: Type,
        callee: Value,
        args: &[Value],
        normal: Block,
        unwind: Block,
    ) -> Value {
        let mut raw: Vec<_> = args.iter().map(|v| v.0).collect();
        Value(ffi!(core::LLVMBuildInvoke2(
            self.0,
            ty.0,
            callee.0,
            raw.as_mut_ptr(),
            raw.len() as u32,
            normal.0,
            unwind.0,
            NO_NAME
        )))
    }

    /// Calls an intrinsic such as `llvm.sin` overloaded on `overloads`; `None` when LLVM has no such intrinsic.
    pub fn intrinsic(&self, name: &str, overloads: &[Type], args: &[Value]) -> Option<Value> {
        let function = self.module().intrinsic(name, overloads)?;
        Some(self.call(function, args))
    }

    /// Names the last result, for readability of what we write.
    pub fn named(&self, value: Value, name: &str) -> Value {
        if value.is_instruction() && !value.ty().is_void() {
            let name = c(name);
            ffi!(core::LLVMSetValueName2(
                value.0,
                name.as_ptr(),
                name.as_bytes().len()
            ));
        }
        value
    }
}
