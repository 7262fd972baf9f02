//! Bodies: blocks, instructions, values.
//!
//! Blocks and instructions get their ids first and operands second, because unreachable code and phis refer forward.

use crate::handles::BodyHandles;
use crate::importer::Importer;
use cranelift_entity::EntityRef;
use rz_llvm as llvm;
use rz_llvm::{Opcode, Place};
use rz_view::{Block, Body, Func, Inst, InstData, Op, Value, ValueData, ValueDef};
use smallvec::SmallVec;

/// State of importing one body.
pub(crate) struct BodyBuilder<'a> {
    pub(crate) importer: &'a mut Importer,
    pub(crate) body: Body,
    pub(crate) handles: BodyHandles,
    /// The function may not assume that library functions are what their names say.
    pub(crate) no_builtins: bool,
}

impl Importer {
    pub(crate) fn body(&mut self, _id: Func, function: llvm::Function) -> (Body, BodyHandles) {
        let no_builtins = function.attribute(Place::Function, "no-builtins").is_some();
        let mut builder = BodyBuilder {
            importer: self,
            body: Body::default(),
            handles: BodyHandles::default(),
            no_builtins,
        };
        for (index, param) in function.params().into_iter().enumerate() {
            let value = builder.define(param, ValueDef::Param(index as u32));
            builder.body.params.push(value);
        }
        let blocks = function.blocks();
        for &block in &blocks {
            let id = builder.body.blocks.push(rz_view::BlockData::default());
            builder.handles.blocks.push(block);
            builder.handles.block_ids.insert(block, id);
        }
        let mut insts = Vec::new();
        for (index, &block) in blocks.iter().enumerate() {
            for inst in block.instructions() {
                builder.declare(Block::new(index), inst);
                insts.push(inst);
            }
        }
        let mut exact = Vec::new();
        for (index, inst) in insts.into_iter().enumerate() {
            builder.fill(Inst::new(index), inst);
            if inst.is_exact() {
                exact.push(Inst::new(index));
            }
        }
        crate::exact::note(&mut builder.body, &exact);
        (builder.body, builder.handles)
    }
}

impl BodyBuilder<'_> {
    fn define(&mut self, value: llvm::Value, def: ValueDef) -> Value {
        let ty = self.importer.ty(value.ty());
        let id = self.body.values.push(ValueData { ty, def });
        self.handles.values.push(value);
        self.handles.value_ids.insert(value, id);
        id
    }

    /// Gives an instruction its id and its result.
    fn declare(&mut self, block: Block, inst: llvm::Value) {
        let ty = self.importer.ty(inst.ty());
        let id = Inst::new(self.body.insts.len());
        let result = (!inst.ty().is_void()).then(|| self.define(inst, ValueDef::Inst(id)));
        self.body.insts.push(InstData {
            op: Op::Unreachable,
            operands: SmallVec::new(),
            ty,
            result,
            block,
            loc: None,
            tbaa: Vec::new(),
            tbaa_base: None,
            fast: 0,
            multiple: 1,
            tags: Vec::new(),
        });
        self.handles.insts.push(inst);
        self.handles.inst_ids.insert(inst, id);
        self.body.blocks[block].insts.push(id);
    }

    /// Fills in everything that refers to other values.
    fn fill(&mut self, id: Inst, inst: llvm::Value) {
        let (op, operands) = self.op(inst);
        let loc = self.importer.loc(inst.debug_loc());
        let (tbaa, tbaa_base) = self.importer.tbaa.of(inst);
        let tags = inst
            .metadata_kinds()
            .into_iter()
            .filter_map(|kind| {
                let name = self.importer.family_kind(kind)?;
                Some(crate::stated::tag(inst, kind, name))
            })
            .collect();
        let data = &mut self.body.insts[id];
        data.op = op;
        data.operands = operands.into_iter().collect();
        data.loc = loc;
        data.tbaa = tbaa;
        data.tbaa_base = tbaa_base;
        data.fast = inst.fast_math();
        data.tags = tags;
    }

    /// The id of an operand; constants are made known on first use.
    pub(crate) fn value(&mut self, value: llvm::Value) -> Value {
        self.constant_value(value, 0)
    }

    pub(crate) fn constant_value(&mut self, value: llvm::Value, depth: u32) -> Value {
        if let Some(&id) = self.handles.value_ids.get(&value) {
            return id;
        }
        let constant = self.constant(value, depth);
        self.define(value, ValueDef::Const(constant))
    }

    /// The ids of operands that are values; blocks are left out.
    pub(crate) fn values(&mut self, values: &[llvm::Value]) -> Vec<Value> {
        values
            .iter()
            .filter(|v| v.as_block().is_none())
            .map(|&v| self.value(v))
            .collect()
    }

    pub(crate) fn block(&self, block: llvm::Block) -> Block {
        self.handles.block_ids[&block]
    }

    pub(crate) fn blocks(&self, blocks: &[llvm::Block]) -> Vec<Block> {
        blocks.iter().map(|&b| self.block(b)).collect()
    }

    /// True for an alloca that is part of the frame.
    pub(crate) fn is_static_alloca(&self, inst: llvm::Value) -> bool {
        inst.opcode() == Some(Opcode::Alloca)
            && self.block(inst.block()) == Block::new(0)
            && inst.operand(0).int_value().is_some()
    }
}
