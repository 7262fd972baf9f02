//! The result of an import: the view and the maps between its ids and LLVM's handles.

use cranelift_entity::{PrimaryMap, SecondaryMap};
use rustc_hash::FxHashMap;
use rz_llvm as llvm;
use rz_view::{Block, Func, Global, Inst, Module, Type, Value};

/// Maps between one body's ids and LLVM's handles.
#[derive(Clone, Debug, Default)]
pub(crate) struct BodyHandles {
    pub(crate) values: PrimaryMap<Value, llvm::Value>,
    pub(crate) insts: PrimaryMap<Inst, llvm::Value>,
    pub(crate) blocks: PrimaryMap<Block, llvm::Block>,
    pub(crate) value_ids: FxHashMap<llvm::Value, Value>,
    pub(crate) inst_ids: FxHashMap<llvm::Value, Inst>,
    pub(crate) block_ids: FxHashMap<llvm::Block, Block>,
}

/// An imported module and its maps.
///
/// The maps take and give ids of bodies that were imported; asking for another body panics.
#[derive(Debug)]
pub struct Imported {
    /// The view.
    pub module: Module,
    pub(crate) llvm: llvm::Module,
    pub(crate) funcs: PrimaryMap<Func, llvm::Function>,
    pub(crate) func_ids: FxHashMap<llvm::Function, Func>,
    pub(crate) globals: PrimaryMap<Global, llvm::Global>,
    pub(crate) global_ids: FxHashMap<llvm::Global, Global>,
    pub(crate) types: SecondaryMap<Type, Option<llvm::Type>>,
    pub(crate) type_ids: FxHashMap<llvm::Type, Type>,
    pub(crate) bodies: FxHashMap<Func, BodyHandles>,
}

impl Imported {
    /// The LLVM module.
    pub fn llvm(&self) -> llvm::Module {
        self.llvm
    }

    /// The LLVM function of an id.
    pub fn func(&self, func: Func) -> llvm::Function {
        self.funcs[func]
    }

    /// Lets the body of `stand_in` speak for `function` where its address is called.
    pub fn set_stand_in(&mut self, function: llvm::Function, stand_in: llvm::Function) {
        if let (Some(function), Some(stand_in)) = (self.func_id(function), self.func_id(stand_in)) {
            self.module.funcs[function].stand_in = Some(stand_in);
        }
    }

    /// The id of a function; `None` when nothing imported mentions it.
    pub fn func_id(&self, function: llvm::Function) -> Option<Func> {
        self.func_ids.get(&function).copied()
    }

    /// The LLVM global of an id.
    pub fn global(&self, global: Global) -> llvm::Global {
        self.globals[global]
    }

    /// The id of a global, when something imported refers to it.
    pub fn global_id(&self, global: llvm::Global) -> Option<Global> {
        self.global_ids.get(&global).copied()
    }

    /// An LLVM type with the structure of `ty`. Identified structs of equal structure share one view type, so
    /// where it matters which of them a value has, ask the value itself.
    pub fn ty(&self, ty: Type) -> llvm::Type {
        self.types[ty].expect("every type of the table was imported")
    }

    /// The id of a type, when something imported has it.
    pub fn type_id(&self, ty: llvm::Type) -> Option<Type> {
        self.type_ids.get(&ty).copied()
    }

    fn body(&self, func: Func) -> &BodyHandles {
        &self.bodies[&func]
    }

    /// The LLVM value of an id.
    pub fn value(&self, func: Func, value: Value) -> llvm::Value {
        self.body(func).values[value]
    }

    /// The id of a parameter, instruction result or constant operand.
    pub fn value_id(&self, func: Func, value: llvm::Value) -> Option<Value> {
        self.body(func).value_ids.get(&value).copied()
    }

    /// The LLVM instruction of an id.
    pub fn inst(&self, func: Func, inst: Inst) -> llvm::Value {
        self.body(func).insts[inst]
    }

    /// The id of an instruction.
    pub fn inst_id(&self, func: Func, inst: llvm::Value) -> Option<Inst> {
        self.body(func).inst_ids.get(&inst).copied()
    }

    /// The LLVM block of an id.
    pub fn block(&self, func: Func, block: Block) -> llvm::Block {
        self.body(func).blocks[block]
    }

    /// The id of a block.
    pub fn block_id(&self, func: Func, block: llvm::Block) -> Option<Block> {
        self.body(func).block_ids.get(&block).copied()
    }
}
