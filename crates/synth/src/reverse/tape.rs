//! Slots: where they are, how they are written and read.
//!
//! Arrays of one loop and one kind of data, for a nest of sizes n₁·n₂ (entries) and slots of 8, 8 and 1
//! bytes:
//!
//! ```text
//! base ┌────────────────────┬────────────────────┬───────────┐
//!      │ slot0 [n₁·n₂]      │ slot1 [n₁·n₂]      │ slot2     │   widest alignment first
//!      └────────────────────┴────────────────────┴───────────┘
//! entry of iteration (i₁, i₂): i₁·n₂ + i₂
//! ```
//!
//! Slots at home in a fused loop are promotable variables. A record is a struct `{ previous record, slots… }`.

use super::code::{Code, Root};
use crate::directions::spread;
use crate::scopes::Kind;
use rustc_hash::FxHashMap;
use rz_llvm as llvm;
use rz_plan::{Holds, Item, Slot, Storage};
use rz_view::Loop;
use std::rc::Rc;

/// Which part of the derivative asks: positions come from the forward counters or the reverse ones.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// Writing, in the forward part.
    Forward,
    /// Reading, in the reverse part.
    Reverse,
}

/// Where one slot lies among the slots of its home.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Position.
    index: u32,
    /// Bytes of one entry of every slot of its kind before it.
    before: u64,
    /// Memory type.
    ty: llvm::Type,
}

/// The slots at home in one loop, or outside all loops.
#[derive(Clone, Debug)]
pub struct LaidOut {
    slots: Vec<(Slot, llvm::Type)>,
    places: FxHashMap<Slot, Place>,
    /// Bytes of one entry of all arrays of each kind.
    bytes: Vec<(Holds, u64)>,
}

impl Code<'_, '_> {
    /// The memory type of a slot: shadows of all directions lie side by side.
    pub fn slot_type(&self, item: Item) -> llvm::Type {
        let ty = self.entry_type(item);
        match item {
            Item::Shadow(_) => spread(ty, self.plan.key.width),
            _ => ty,
        }
    }

    /// The memory type of an item, of a shadow for one direction.
    fn entry_type(&self, item: Item) -> llvm::Type {
        match item {
            Item::Primal(v) | Item::Shadow(v) => {
                let ty = self.ty(v);
                if ty.is_int() && ty.int_bits() == 1 {
                    self.session.context.int(8)
                } else {
                    ty
                }
            }
            Item::Trips(_) => self.i64(),
            Item::Edge(block) => {
                let wide = self.plan.shape.cfg.preds(block).len() > 256;
                self.session.context.int(if wide { 32 } else { 8 })
            }
            Item::Tape(_) | Item::Base(..) | Item::Head(_) | Item::State(..) => self.ptr(),
        }
    }

    /// The slots at home in `home`, widest alignment first.
    pub fn laid_out(&self, home: Option<Loop>) -> Rc<LaidOut> {
        if let Some(known) = self.layouts.borrow().get(&home) {
            return known.clone();
        }
        // The others of a fused loop are variables.
        let once = home.is_some_and(|id| self.plan.reversal.is_fused(id));
        let mut slots: Vec<(Slot, llvm::Type)> = self
            .plan
            .slots_of(home)
            .filter(|(_, data)| data.saved || !once)
            .map(|(slot, data)| (slot, self.slot_type(data.item)))
            .collect();
        slots.sort_by_key(|&(_, ty)| std::cmp::Reverse(self.session.llvm.align(ty)));
        let mut places = FxHashMap::default();
        let mut bytes: Vec<(Holds, u64)> = Vec::new();
        for (index, &(slot, ty)) in slots.iter().enumerate() {
            let holds = self.plan.slots[slot].holds;
            if bytes.iter().all(|&(other, _)| other != holds) {
                bytes.push((holds, 0));
            }
            let (_, sum) = bytes
                .iter_mut()
                .find(|(other, _)| *other == holds)
                .expect("just added");
            places.insert(
                slot,
                Place {
                    index: index as u32,
                    before: *sum,
                    ty,
                },
            );
            *sum += self.session.llvm.alloc_size(ty);
        }
        let made = Rc::new(LaidOut {
            slots,
            places,
            bytes,
        });
        self.layouts.borrow_mut().insert(home, made.clone());
        made
    }

    /// The struct of one record of `id`; fields follow the link in the order of the slots.
    pub fn record_type(&self, id: Loop) -> llvm::Type {
        let mut fields = vec![self.ptr()];
        if self.has_snapshots(id) {
            fields.push(self.i64());
        }
        fields.extend(self.laid_out(Some(id)).slots.iter().map(|&(_, ty)| ty));
        self.session.context.structure(&fields, false)
    }

    /// Bytes of one entry of all arrays of `id`, for each kind of data.
    pub fn entry_bytes(&self, id: Loop) -> Vec<(Holds, u64)> {
        self.laid_out(Some(id)).bytes.clone()
    }

    /// Prepares root slots: promotable variables, or the fields of the tape at an address that is
    /// a multiple of the given alignment.
    pub fn open_root(&mut self, tape: Option<(llvm::Value, u32)>) {
        let slots = self.laid_out(None).slots.clone();
        self.root = match tape {
            None => {
                let mut locals = cranelift_entity::SecondaryMap::new();
                for (slot, ty) in slots {
                    locals[slot] = Some(self.variable(ty));
                }
                Root::Locals(locals)
            }
            Some((tape, align)) => Root::Record {
                ty: self.root_type(),
                tape,
                align,
                fields: slots
                    .iter()
                    .enumerate()
                    .map(|(i, &(s, _))| (s, i as u32))
                    .collect(),
            },
        };
    }

    /// The struct of root slots.
    pub fn root_type(&self) -> llvm::Type {
        let fields: Vec<llvm::Type> = self
            .laid_out(None)
            .slots
            .iter()
            .map(|&(_, ty)| ty)
            .collect();
        self.session.context.structure(&fields, false)
    }

    /// Writes `value` (a shadow of the direction in hand) to the slot of `item`, if it has one, at the
    /// current forward position.
    pub fn record_item(&mut self, item: Item, value: llvm::Value) {
        if let Some(slot) = self.plan.slot(item) {
            let ty = self.entry_type(item);
            let value = if value.ty() == ty {
                value
            } else {
                self.b.int_cast(value, ty, false)
            };
            let address = self.entry_address(slot, item, Side::Forward);
            let align = self.slot_align(slot, ty);
            let access = self.b.store(value, address, align);
            self.mark(access, Kind::Tape);
            self.state_type(slot, access);
        }
    }

    /// Reads a slot at the current reverse position.
    pub fn read_slot(&mut self, slot: Slot) -> llvm::Value {
        let item = self.plan.slots[slot].item;
        let ty = self.entry_type(item);
        let address = self.entry_address(slot, item, Side::Reverse);
        let align = self.slot_align(slot, ty);
        let value = self.b.load(ty, address, align);
        self.mark(value, Kind::Tape);
        self.state_type(slot, value);
        self.state_range(slot, value);
        match item {
            Item::Primal(v) | Item::Shadow(v) if self.ty(v) != ty => {
                let narrow = self.ty(v);
                self.b.int_cast(value, narrow, false)
            }
            _ => value,
        }
    }

    /// The slot's address; of a shadow, that of the direction in hand.
    fn entry_address(&mut self, slot: Slot, item: Item, side: Side) -> llvm::Value {
        let address = self.slot_address(slot, side);
        let direction = match item {
            Item::Shadow(_) => self.own.current() as u64,
            _ => 0,
        };
        let each = self.session.llvm.alloc_size(self.entry_type(item));
        self.b.ptr_offset(address, (direction * each) as i64)
    }

    fn slot_align(&self, slot: Slot, ty: llvm::Type) -> u32 {
        let natural = self.session.llvm.align(ty);
        match &self.root {
            Root::Record { align, .. } if self.plan.slots[slot].home.is_none() => {
                natural.min(*align)
            }
            _ => natural,
        }
    }

    /// Says of an access to a slot that it is one to an integer, for a derivative of this derivative:
    /// integer-typed loads and stores prove nothing by themselves.
    fn state_type(&self, slot: Slot, access: llvm::Value) {
        let local = self.plan.slots[slot].home.is_none() && matches!(self.root, Root::Locals(_));
        if self.plan.slots[slot].holds != Holds::Integers || local {
            return;
        }
        let stored = match access.opcode() {
            Some(llvm::Opcode::Store) => access.operand(0).ty(),
            _ => access.ty(),
        };
        let name = match stored.int_bits() {
            _ if !stored.is_int() => return,
            8 => "bool",
            16 => "short",
            32 => "int",
            64 => "long",
            _ => return,
        };
        let context = self.session.context;
        let zero = self.int(0).as_metadata();
        let root = context.metadata_node(&[context.metadata_string("ribozyme tape")]);
        let node = context.metadata_node(&[context.metadata_string(name), root, zero]);
        let tag = context.metadata_node(&[node, node, zero]);
        access.set_metadata(context.metadata_kind("tbaa"), Some(tag));
    }

    /// Says of an integer that was read from a slot what it can be. A truth value lies there as a byte.
    fn state_range(&self, slot: Slot, read: llvm::Value) {
        let data = &self.plan.slots[slot];
        let (Some(range), Item::Primal(v)) = (data.range, data.item) else {
            return;
        };
        if self.ty(v) != read.ty() {
            return;
        }
        let context = self.session.context;
        let ends = [range.low, range.high].map(|end| read.ty().int_const(end).as_metadata());
        let node = context.metadata_node(&ends);
        read.set_metadata(context.metadata_kind("range"), Some(node));
    }

    fn slot_address(&mut self, slot: Slot, side: Side) -> llvm::Value {
        match self.plan.slots[slot].home {
            None => self.root_address(slot),
            Some(id) if self.plan.reversal.is_fused(id) && !self.plan.slots[slot].saved => {
                self.iteration_variable(slot)
            }
            Some(id) => match self.storage(id) {
                Storage::Snapshots if side == Side::Reverse => self.iteration_variable(slot),
                Storage::Records | Storage::Snapshots => self.record_address(slot, id, side),
                storage @ Storage::Arrays { .. } => {
                    let nest = self.plan.shape.nest(Some(id));
                    self.array_address(slot, id, &storage.dimensions(&nest), side)
                }
            },
        }
    }

    /// The variable of a slot that holds something of the one iteration of a fused loop.
    fn iteration_variable(&mut self, slot: Slot) -> llvm::Value {
        if let Some(&variable) = self.fused_slots.get(&slot) {
            return variable;
        }
        let ty = self.slot_type(self.plan.slots[slot].item);
        let variable = self.variable(ty);
        self.fused_slots.insert(slot, variable);
        variable
    }

    /// Sets the saved value of a loop with snapshots to what the snapshot in hand says.
    pub(super) fn restore_slot(&mut self, slot: Slot) {
        let from = self.slot_address(slot, Side::Forward);
        let ty = self.slot_type(self.plan.slots[slot].item);
        let value = self.load(ty, from);
        let variable = self.iteration_variable(slot);
        self.store(value, variable);
    }

    /// Sets the saved value of a loop with snapshots, a shadow of the direction in hand.
    pub(super) fn set_saved(&mut self, slot: Slot, value: llvm::Value) {
        let ty = self.entry_type(self.plan.slots[slot].item);
        let value = if value.ty() == ty {
            value
        } else {
            self.b.int_cast(value, ty, false)
        };
        let item = self.plan.slots[slot].item;
        let place = self.entry_address(slot, item, Side::Reverse);
        self.store(value, place);
    }

    /// The storage of a loop with slots.
    pub fn storage(&self, id: Loop) -> Storage {
        self.plan.loops[id]
            .as_ref()
            .and_then(|l| l.storage.clone())
            .expect("validated: a loop with slots has a storage")
    }

    fn root_address(&self, slot: Slot) -> llvm::Value {
        match &self.root {
            Root::Locals(locals) => locals[slot].expect("opened"),
            Root::Record {
                ty, tape, fields, ..
            } => self.b.field(*ty, *tape, fields[&slot]),
        }
    }

    fn record_address(&mut self, slot: Slot, id: Loop, side: Side) -> llvm::Value {
        let index = self.laid_out(Some(id)).places[&slot].index;
        let ty = self.record_type(id);
        let record = match side {
            Side::Forward => self.loops[id].record.expect("made in the header"),
            Side::Reverse => {
                let variable = self.record[id].expect("set when the loop was entered");
                let ptr = self.ptr();
                self.load(ptr, variable)
            }
        };
        let head = if self.has_snapshots(id) { 2 } else { 1 };
        self.b.field(ty, record, index + head)
    }

    fn array_address(&mut self, slot: Slot, id: Loop, nest: &[Loop], side: Side) -> llvm::Value {
        let holds = self.plan.slots[slot].holds;
        let (base, sizes) = match side {
            Side::Forward => {
                let forward = &self.loops[id];
                let base = forward.bases.iter().find(|(kind, _)| *kind == holds);
                let &(_, base) = base.expect("allocated before the nest");
                (base, forward.sizes.clone())
            }
            Side::Reverse => {
                let base = self.lookup(Item::Base(id, holds));
                let sizes = nest.iter().map(|&l| self.size(l)).collect();
                (base, sizes)
            }
        };
        let mut linear = self.iteration_of(nest[0], side);
        for (&l, &size) in nest.iter().zip(&sizes).skip(1) {
            let scaled = self.b.mul(linear, size);
            let inner = self.iteration_of(l, side);
            linear = self.b.add(scaled, inner);
        }
        let Place { before, ty, .. } = self.laid_out(Some(id)).places[&slot];
        let array = if before == 0 {
            base
        } else {
            let entries = self.product(&sizes);
            let bytes = self.b.mul(entries, self.int(before));
            self.b.ptr_add(base, bytes)
        };
        self.b.gep(ty, array, &[linear], 1)
    }

    /// The product of 64-bit sizes.
    pub fn product(&self, sizes: &[llvm::Value]) -> llvm::Value {
        let mut sizes = sizes.iter();
        let first = *sizes.next().expect("a nest has a loop");
        sizes.fold(first, |a, &b| self.b.mul(a, b))
    }

    /// Iterations of a reversed loop: its back edges and one.
    fn size(&mut self, id: Loop) -> llvm::Value {
        let trips = self.lookup(Item::Trips(id));
        self.b.add(trips, self.int(1))
    }

    /// The iteration number of a loop around the current position.
    pub fn iteration_of(&mut self, id: Loop, side: Side) -> llvm::Value {
        match side {
            Side::Forward => self.loops[id]
                .iteration
                .expect("every reversed loop is counted"),
            Side::Reverse => {
                let variable = self.iteration[id].expect("a reversed loop");
                let ty = self.i64();
                self.load(ty, variable)
            }
        }
    }
}
