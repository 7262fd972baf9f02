//! Everything planning may look at, in one place.

use crate::memory::Memory;
use crate::plan::Item;
use crate::repeats::Repeats;
use crate::request::{Derivative, Mode};
use crate::shape::{Reversal, Shape};
use cranelift_entity::SecondaryMap;
use rz_analysis::activity::Activity;
use rz_analysis::types::FuncTypes;
use rz_diag::Position;
use rz_view::{Body, Facts, Inst, Loop, Module, Op, Value, ValueDef};
use std::cell::OnceCell;

/// One primal under planning.
pub struct Context<'a> {
    /// The module.
    pub module: &'a Module,
    /// The primal's body.
    pub body: &'a Body,
    /// What is derived.
    pub key: &'a Derivative,
    /// Control-flow structure.
    pub shape: &'a Shape,
    /// Answers from LLVM.
    pub facts: &'a dyn Facts,
    /// Types of this primal.
    pub types: &'a FuncTypes<'a>,
    /// Activity of this primal.
    pub activity: &'a Activity,
    /// Which loads may be repeated.
    pub memory: &'a Memory<'a>,
    /// Values that are the same in each iteration of a loop; `None` when nobody asks for them.
    pub repeats: Option<Repeats>,
    /// Ask what integers on the tape are.
    pub ranges: bool,
    /// A shadow equal to its primal means inactive.
    pub runtime_activity: bool,
    /// Filled when somebody asks for [`Context::uses`].
    pub uses: OnceCell<SecondaryMap<Value, Vec<(Inst, u32)>>>,
}

impl Context<'_> {
    /// Every use of every value.
    pub fn uses(&self) -> &SecondaryMap<Value, Vec<(Inst, u32)>> {
        self.uses.get_or_init(|| self.body.uses())
    }

    /// True when `value` has an adjoint or a shadow.
    pub fn is_active(&self, value: Value) -> bool {
        self.activity.value(value)
    }

    /// The loop an item is at home in: the tape has one entry per iteration of its nest.
    pub fn home(&self, item: Item) -> Option<Loop> {
        let of_inst = |inst: Inst| self.shape.home(self.body.insts[inst].block);
        match item {
            Item::Primal(value) | Item::Shadow(value) => self.body.def(value).and_then(of_inst),
            Item::Trips(id) => self.shape.loops.get(id).parent,
            Item::Edge(block) => self.shape.home(block),
            Item::Tape(inst) => of_inst(inst),
            Item::State(id, _) => Some(id),
            Item::Base(..) | Item::Head(_) => {
                unreachable!("made by the layout, which sets the home")
            }
        }
    }

    /// True when `item` is the same in each iteration of `id`, which lies around its home.
    pub fn repeats(&self, id: Loop, item: Item) -> bool {
        let repeats = self.repeats.as_ref();
        repeats.is_some_and(|repeats| repeats.contains(self, id, item))
    }

    /// Bytes of one stored entry; `None` when the item cannot be stored.
    pub fn bytes(&self, item: Item) -> Option<u64> {
        match item {
            Item::Primal(value) => {
                Some(self.module.types.store_size(self.body.ty(value))).filter(|&b| b > 0)
            }
            Item::Shadow(value) => {
                let each = self.module.types.store_size(self.body.ty(value));
                Some(each * u64::from(self.key.width)).filter(|&b| b > 0)
            }
            Item::Trips(_) | Item::Tape(_) | Item::Base(..) | Item::Head(_) | Item::State(..) => {
                Some(8)
            }
            Item::Edge(block) => Some(if self.shape.cfg.preds(block).len() > 256 {
                4
            } else {
                1
            }),
        }
    }

    /// True for stack memory that is in place for the whole derivative.
    pub fn is_fixed_alloca(&self, value: Value) -> bool {
        self.key.mode == Mode::Combined
            && self.body.def(value).is_some_and(|i| {
                matches!(
                    self.body.insts[i].op,
                    Op::Alloca {
                        is_static: true,
                        ..
                    }
                )
            })
    }

    /// True for a phi of the header of a loop that `is` says yes to.
    pub fn is_header_phi(&self, value: Value, is: impl Fn(Loop) -> bool) -> bool {
        self.body.def(value).is_some_and(|inst| {
            let data = &self.body.insts[inst];
            matches!(data.op, Op::Phi { .. })
                && self.shape.loops.headed_by(data.block).is_some_and(is)
        })
    }

    /// True for what an iteration of a loop that runs again starts from.
    pub fn is_saved(&self, reversal: &Reversal, item: Item) -> bool {
        match item {
            Item::Primal(v) | Item::Shadow(v) => {
                self.is_header_phi(v, |id| reversal.runs_again(id))
            }
            Item::State(..) => true,
            Item::Trips(_) | Item::Edge(_) | Item::Tape(_) | Item::Base(..) | Item::Head(_) => {
                false
            }
        }
    }

    /// True when `value` is computed in `id`.
    pub fn is_inside(&self, value: Value, id: Loop) -> bool {
        let def = self.body.def(value);
        def.is_some_and(|inst| self.shape.loops.contains(id, self.body.insts[inst].block))
    }

    /// What `phi`, of the header of `id`, is in the next iteration.
    pub fn next_of(&self, id: Loop, phi: Inst) -> Option<Value> {
        let data = &self.body.insts[phi];
        let Op::Phi { blocks } = &data.op else {
            return None;
        };
        let latch = self.shape.loops.get(id).latches[0];
        let index = blocks.iter().position(|&b| b == latch)?;
        Some(data.operands[index])
    }

    /// True for parameters and constants.
    pub fn is_given(&self, value: Value) -> bool {
        !matches!(self.body.values[value].def, ValueDef::Inst(_))
    }

    /// The source position of an instruction.
    pub fn position(&self, inst: Inst) -> Option<Position> {
        self.body.insts[inst].loc.as_ref().map(|loc| Position {
            file: loc.file.to_string(),
            line: loc.line,
            column: loc.column,
        })
    }

    /// A byte count that is constant.
    pub fn constant_bytes(&self, value: Value) -> Option<u64> {
        self.body
            .const_int(value)
            .and_then(|n| u64::try_from(n).ok())
    }

    /// The function's symbol name.
    pub fn name(&self) -> &str {
        &self.module.funcs[self.key.func].name
    }
}
