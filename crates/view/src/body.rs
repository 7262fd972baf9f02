//! Values, instructions and blocks of one function.

use crate::constant::Constant;
use crate::op::Op;
use crate::types::Type;
use cranelift_entity::{PrimaryMap, entity_impl};
use smallvec::SmallVec;

/// A value: parameter, instruction result or constant.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Value(u32);
entity_impl!(Value, "v");

/// An instruction.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Inst(u32);
entity_impl!(Inst, "inst");

/// A basic block. The entry block is `block0`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Block(u32);
entity_impl!(Block, "block");

/// A source location.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Loc {
    /// File name as the front end wrote it.
    pub file: std::sync::Arc<str>,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1; 0 when unknown.
    pub column: u32,
}

/// Where a value comes from.
#[derive(Clone, PartialEq, Debug)]
pub enum ValueDef {
    /// Parameter by position.
    Param(u32),
    /// Result of an instruction.
    Inst(Inst),
    /// A constant.
    Const(Constant),
}

/// A value's data.
#[derive(Clone, PartialEq, Debug)]
pub struct ValueData {
    /// Type.
    pub ty: Type,
    /// Definition.
    pub def: ValueDef,
}

/// The name of bytes that no member of a record takes.
pub const PADDING: &str = "ribozyme padding";

/// One scalar access described by TBAA: at `offset` there is a `kind` of `size` bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TbaaEntry {
    /// Byte offset from the accessed address.
    pub offset: i64,
    /// The type node's name: `double`, `float`, `int`, `any pointer`, `omnipotent char`, …
    pub name: String,
    /// Bytes, when the metadata gives them (`tbaa.struct`), otherwise 0.
    pub size: u64,
}

/// An instruction's data.
#[derive(Clone, PartialEq, Debug)]
pub struct InstData {
    /// Opcode.
    pub op: Op,
    /// Value operands in LLVM's order (without callee of direct calls and without blocks).
    pub operands: SmallVec<[Value; 3]>,
    /// Result type (`void` when there is none).
    pub ty: Type,
    /// Result, absent when `void`.
    pub result: Option<Value>,
    /// Containing block.
    pub block: Block,
    /// Source location, when there is debug info.
    pub loc: Option<Loc>,
    /// TBAA scalar tag or `tbaa.struct` entries, flattened.
    pub tbaa: Vec<TbaaEntry>,
    /// The base type of the TBAA access path flattened: entries relative to `address - path offset`. Of a variable
    /// what it is, of a copy what there are runs of at both ends.
    pub tbaa_base: Option<(i64, Vec<TbaaEntry>)>,
    /// Fast-math flags, LLVM's bit order (bit 0 reassoc, 1 nnan, 2 ninf, 3 nsz, 4 arcp, 5 contract, 6 afn).
    pub fast: u8,
    /// Divides the result, as far as exact divisions of it say (1 when they say nothing).
    pub multiple: u64,
    /// Metadata kinds of the `enzyme_`/`ribozyme_` families on the instruction; those that state
    /// types as `enzyme_type={…}`.
    pub tags: Vec<String>,
}

/// A block's data.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct BlockData {
    /// Instructions in order; the last is the terminator.
    pub insts: Vec<Inst>,
}

/// A function body.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Body {
    /// All values.
    pub values: PrimaryMap<Value, ValueData>,
    /// All instructions.
    pub insts: PrimaryMap<Inst, InstData>,
    /// All blocks; `block0` is the entry.
    pub blocks: PrimaryMap<Block, BlockData>,
    /// Parameters in order.
    pub params: Vec<Value>,
}

impl Body {
    /// The type of `value`.
    pub fn ty(&self, value: Value) -> Type {
        self.values[value].ty
    }

    /// The defining instruction of `value`, if it has one.
    pub fn def(&self, value: Value) -> Option<Inst> {
        match self.values[value].def {
            ValueDef::Inst(inst) => Some(inst),
            ValueDef::Param(_) | ValueDef::Const(_) => None,
        }
    }

    /// The constant `value` is, if it is one.
    pub fn constant(&self, value: Value) -> Option<&Constant> {
        match &self.values[value].def {
            ValueDef::Const(constant) => Some(constant),
            ValueDef::Param(_) | ValueDef::Inst(_) => None,
        }
    }

    /// The value of an integer constant.
    pub fn const_int(&self, value: Value) -> Option<u128> {
        match self.constant(value) {
            Some(Constant::Int(bits)) => Some(*bits),
            _ => None,
        }
    }

    /// The terminator of `block`.
    pub fn terminator(&self, block: Block) -> Inst {
        *self.blocks[block]
            .insts
            .last()
            .expect("a block ends with a terminator")
    }

    /// The successors of `block`, with repetition.
    pub fn successors(&self, block: Block) -> Vec<Block> {
        self.insts[self.terminator(block)].op.successors()
    }

    /// Arguments of a call (operands without the callee).
    pub fn call_args(&self, inst: Inst) -> &[Value] {
        let data = &self.insts[inst];
        let skip = match data.op.call().map(|call| &call.callee) {
            Some(crate::op::Callee::Indirect) => 1,
            _ => 0,
        };
        &data.operands[skip..]
    }

    /// Every use of every value: `(user, operand index)`.
    pub fn uses(&self) -> cranelift_entity::SecondaryMap<Value, Vec<(Inst, u32)>> {
        let mut uses = cranelift_entity::SecondaryMap::new();
        for (inst, data) in &self.insts {
            for (index, &operand) in data.operands.iter().enumerate() {
                let list: &mut Vec<(Inst, u32)> = &mut uses[operand];
                list.push((inst, index as u32));
            }
        }
        uses
    }
}
