//! Every LLVM 22 opcode, by name.
//!
//! Invariant: an instruction the importer does not know becomes [`Op::Opaque`], which may read,
//! write, capture and throw, and is never a terminator. Matches over [`Op`] are exhaustive.

use crate::body::{Block, Value};
use crate::module::Func;
use crate::types::Type;

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

/// Two-operand arithmetic.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum BinaryOp {
    Add,
    Sub,
    Mul,
    UDiv,
    SDiv,
    URem,
    SRem,
    Shl,
    LShr,
    AShr,
    And,
    Or,
    Xor,
    FAdd,
    FSub,
    FMul,
    FDiv,
    FRem,
}

/// Conversions.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum CastOp {
    Trunc,
    ZExt,
    SExt,
    FpToUi,
    FpToSi,
    UiToFp,
    SiToFp,
    FpTrunc,
    FpExt,
    PtrToInt,
    PtrToAddr,
    IntToPtr,
    BitCast,
    AddrSpaceCast,
}

/// Read-modify-write operations of `atomicrmw`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RmwOp {
    /// Exchange.
    Xchg,
    /// Float add.
    FAdd,
    /// Float subtract.
    FSub,
    /// Float maximum or minimum of any flavour.
    FMinMax,
    /// Integer operation of any flavour.
    Integer,
}

/// What a call calls.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Callee {
    /// A function of the module, declared or defined.
    Direct(Func),
    /// Operand 0 of the call; arguments follow.
    Indirect,
    /// Inline assembly.
    Asm {
        /// Declared `sideeffect`.
        side_effects: bool,
    },
}

/// A memory access' qualities.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Access {
    /// Alignment in bytes.
    pub align: u32,
    /// `volatile`.
    pub volatile: bool,
    /// Any ordering other than not atomic.
    pub atomic: bool,
}

/// What a call may do to memory, from attributes of the call and the callee.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Effects {
    /// May read memory visible to the caller.
    pub reads: bool,
    /// May write memory visible to the caller.
    pub writes: bool,
    /// Touches only memory reachable from its pointer arguments.
    pub args_only: bool,
    /// Touches only memory the caller cannot see (`inaccessiblememonly`), errno included.
    pub hidden_only: bool,
}

impl Effects {
    /// May do anything.
    pub const ANY: Self = Self {
        reads: true,
        writes: true,
        args_only: false,
        hidden_only: false,
    };
    /// Touches no memory.
    pub const NONE: Self = Self {
        reads: false,
        writes: false,
        args_only: false,
        hidden_only: false,
    };
}

/// A call's data besides its operands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CallData {
    /// What is called.
    pub callee: Callee,
    /// Memory effects at this call site.
    pub effects: Effects,
    /// Never returns.
    pub noreturn: bool,
    /// Never unwinds.
    pub nounwind: bool,
    /// Per argument: bytes passed by value in memory (`byval`), 0 when not.
    pub byval: Vec<u64>,
    /// Per argument: `noalias`/`nocapture`/`readonly` facts.
    pub args: Vec<ArgFacts>,
    /// String attributes of the call site and callee in the `enzyme_`/`ribozyme_` families; those of
    /// arguments and the result carry their position, `enzyme_type@0` and `enzyme_inactive@ret`.
    pub tags: Vec<(String, String)>,
    /// Cannot be simulated: `returns_twice` (setjmp).
    pub returns_twice: bool,
}

/// Attributes of one call argument or parameter.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ArgFacts {
    /// `noalias`.
    pub noalias: bool,
    /// Not captured.
    pub nocapture: bool,
    /// Only read through.
    pub readonly: bool,
    /// Only written through.
    pub writeonly: bool,
    /// Not accessed at all.
    pub readnone: bool,
    /// Returned by the call.
    pub returned: bool,
    /// Struct return slot.
    pub sret: bool,
}

/// Byte address arithmetic of a `getelementptr`: `base + offset + Σ index·scale`.
///
/// Indices are sign-extended or truncated to pointer width before scaling.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct GepData {
    /// Constant bytes.
    pub offset: i64,
    /// Variable indices with their byte scale.
    pub terms: Vec<(Value, u64)>,
}

/// An opcode with everything that is not a value operand.
#[derive(Clone, PartialEq, Debug)]
pub enum Op {
    /// Two-operand arithmetic.
    Binary(BinaryOp),
    /// `fneg`.
    FNeg,
    /// `freeze`.
    Freeze,
    /// Conversion; the result type is the instruction's.
    Cast(CastOp),
    /// Integer or pointer comparison.
    ICmp(IntPredicate),
    /// Float comparison.
    FCmp(FloatPredicate),
    /// Operands: condition, then, else.
    Select,
    /// Operand `i` arrives from `blocks[i]`.
    Phi {
        /// Predecessors, one per operand.
        blocks: Vec<Block>,
    },
    /// Stack allocation. Operand: element count.
    Alloca {
        /// Element type.
        ty: Type,
        /// Alignment in bytes.
        align: u32,
        /// In the entry block with a constant count.
        is_static: bool,
    },
    /// Operand: pointer. Loads the instruction's type.
    Load(Access),
    /// Operands: value, pointer.
    Store(Access),
    /// Operands: base pointer, then LLVM's indices. The decomposition is in the data.
    Gep(GepData),
    /// Operands: pointer, expected, new.
    CmpXchg(Access),
    /// Operands: pointer, value.
    AtomicRmw(RmwOp, Access),
    /// Memory fence.
    Fence,
    /// Operand: aggregate.
    ExtractValue(Vec<u32>),
    /// Operands: aggregate, value.
    InsertValue(Vec<u32>),
    /// Operands: vector, index.
    ExtractElement,
    /// Operands: vector, value, index.
    InsertElement,
    /// Operands: two vectors. Mask entry `None` is poison.
    Shuffle(Vec<Option<u32>>),
    /// Call; operands are the arguments (after the callee when indirect).
    Call(Box<CallData>),
    /// `va_arg`.
    VaArg,
    /// `landingpad`.
    LandingPad,
    /// Windows exception pads and returns.
    FuncletPad,
    /// An instruction the view does not know; LLVM's opcode name.
    Opaque(String),

    // ---- terminators
    /// Return. At most one operand.
    Ret,
    /// Unconditional branch.
    Br(Block),
    /// Operand: condition.
    CondBr(Block, Block),
    /// Operand: scrutinee.
    Switch {
        /// Default destination.
        default: Block,
        /// Case values and destinations.
        cases: Vec<(u128, Block)>,
    },
    /// Operand: address.
    IndirectBr(Vec<Block>),
    /// As [`Op::Call`], with a normal and an unwind destination.
    Invoke(Box<CallData>, Block, Block),
    /// Operand: exception.
    Resume,
    /// `unreachable`.
    Unreachable,
    /// `callbr`, with all its destinations.
    CallBr(Box<CallData>, Vec<Block>),
    /// Windows exception control flow, with its destinations.
    FuncletControl(Vec<Block>),
}

/// What an instruction does besides making a value, for those who ask whether it may run again or be left out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Nature {
    /// Nothing: the value follows from the operands.
    Pure,
    /// Nothing, but the value may be another the second time.
    Freeze,
    /// Makes a local variable.
    Alloca,
    /// Reads.
    Load(Access),
    /// Writes.
    Store(Access),
    /// What its callee does.
    Call,
    /// Goes on in a block of this function that follows from the operands.
    Branch,
    /// Ends the function as programs do.
    Leave,
    /// More than that: atomic updates, exceptions, what is not known.
    Other,
}

impl Op {
    /// What the instruction does besides making a value.
    pub fn nature(&self) -> Nature {
        match self {
            Op::FNeg
            | Op::Binary(_)
            | Op::Cast(_)
            | Op::ICmp(_)
            | Op::FCmp(_)
            | Op::Select
            | Op::Phi { .. }
            | Op::Gep(_)
            | Op::ExtractValue(_)
            | Op::InsertValue(_)
            | Op::ExtractElement
            | Op::InsertElement
            | Op::Shuffle(_) => Nature::Pure,
            Op::Freeze => Nature::Freeze,
            Op::Alloca { .. } => Nature::Alloca,
            Op::Load(access) => Nature::Load(*access),
            Op::Store(access) => Nature::Store(*access),
            Op::Call(_) => Nature::Call,
            Op::Br(_) | Op::CondBr(..) | Op::Switch { .. } => Nature::Branch,
            Op::Ret | Op::Unreachable => Nature::Leave,
            Op::AtomicRmw(..)
            | Op::CmpXchg(_)
            | Op::Fence
            | Op::VaArg
            | Op::Opaque(_)
            | Op::Invoke(..)
            | Op::CallBr(..)
            | Op::IndirectBr(_)
            | Op::LandingPad
            | Op::FuncletPad
            | Op::FuncletControl(_)
            | Op::Resume => Nature::Other,
        }
    }

    /// True for instructions that end a block.
    pub fn is_terminator(&self) -> bool {
        match self {
            Op::Ret
            | Op::Br(_)
            | Op::CondBr(..)
            | Op::Switch { .. }
            | Op::IndirectBr(_)
            | Op::Invoke(..)
            | Op::Resume
            | Op::Unreachable
            | Op::CallBr(..)
            | Op::FuncletControl(_) => true,
            Op::Binary(_)
            | Op::FNeg
            | Op::Freeze
            | Op::Cast(_)
            | Op::ICmp(_)
            | Op::FCmp(_)
            | Op::Select
            | Op::Phi { .. }
            | Op::Alloca { .. }
            | Op::Load(_)
            | Op::Store(_)
            | Op::Gep(_)
            | Op::CmpXchg(_)
            | Op::AtomicRmw(..)
            | Op::Fence
            | Op::ExtractValue(_)
            | Op::InsertValue(_)
            | Op::ExtractElement
            | Op::InsertElement
            | Op::Shuffle(_)
            | Op::Call(_)
            | Op::VaArg
            | Op::LandingPad
            | Op::FuncletPad
            | Op::Opaque(_) => false,
        }
    }

    /// The destinations of a terminator, in operand order (empty for anything else).
    pub fn successors(&self) -> Vec<Block> {
        match self {
            Op::Br(block) => vec![*block],
            Op::CondBr(yes, no) => vec![*yes, *no],
            Op::Switch { default, cases } => std::iter::once(*default)
                .chain(cases.iter().map(|c| c.1))
                .collect(),
            Op::Invoke(_, normal, unwind) => vec![*normal, *unwind],
            Op::IndirectBr(blocks) | Op::CallBr(_, blocks) | Op::FuncletControl(blocks) => {
                blocks.clone()
            }
            _ => Vec::new(),
        }
    }

    /// The call data of `call`, `invoke` and `callbr`.
    pub fn call(&self) -> Option<&CallData> {
        match self {
            Op::Call(data) | Op::Invoke(data, ..) | Op::CallBr(data, _) => Some(data),
            _ => None,
        }
    }
}
