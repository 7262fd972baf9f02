//! One function, several inputs, no derivative: what varies from input to input is done for each, what
//! does not is done once.
//!
//! ```text
//! double f(double x, double k)                with x varying, width 2
//! %1 = call double @exp(double %k)            %1 = call double @exp(double %k)
//! %r = fmul double %x, %1                     %r = fmul double %x.0, %1
//!                                             %2 = fmul double %x.1, %1
//! ret double %r                               ret [2 x double] …
//! ```
//!
//! Invariant: the result is that of one call after the other. So all inputs take the same branches, and
//! nothing is written but local memory of which each input has its own; [`batch`] declines the rest.

use crate::attributes;
use crate::directions::{pack, spread};
use rustc_hash::{FxHashMap, FxHashSet};
use rz_llvm::{Builder, CloneChanges, Function, Linkage, Opcode, Type, Value, ValueMap};

/// Writes the function that does what `width` calls of `original` do, or declines. Its parameters are
/// those of `original`; where `varying` says so, one for each input. It returns an array.
pub fn batch(original: Function, varying: &[bool], width: u32) -> Option<Function> {
    let varies = varying_values(original, varying);
    if !original.instructions().iter().all(|&i| fits(i, &varies)) {
        return None;
    }
    let mut writer = Writer::declare(original, varying, width);
    writer.repeat(&varies);
    writer.rewire();
    writer.finish();
    Some(writer.function)
}

/// Values that may differ from input to input.
fn varying_values(function: Function, varying: &[bool]) -> FxHashSet<Value> {
    let params = function.params().into_iter().zip(varying);
    let mut varies: FxHashSet<Value> = params.filter(|&(_, &v)| v).map(|(p, _)| p).collect();
    let mut work: Vec<Value> = varies.iter().copied().collect();
    let locals = function.instructions().into_iter();
    // Each input has its own local memory.
    for local in locals.filter(|i| i.opcode() == Some(Opcode::Alloca)) {
        varies.insert(local);
        work.push(local);
    }
    while let Some(value) = work.pop() {
        for user in value.users() {
            if user.is_instruction() && varies.insert(user) {
                work.push(user);
            }
        }
    }
    varies
}

/// True when doing `inst` for one input directly after another is the same as doing everything for one
/// and then everything for the other.
fn fits(inst: Value, varies: &FxHashSet<Value>) -> bool {
    let Some(opcode) = inst.opcode() else {
        return false;
    };
    match opcode {
        Opcode::Br | Opcode::Switch => !varies.contains(&inst),
        Opcode::Ret | Opcode::Unreachable => true,
        Opcode::Load => !inst.is_volatile() && !inst.is_atomic(),
        Opcode::Store => !inst.is_volatile() && !inst.is_atomic() && is_private(inst.operand(1), 0),
        Opcode::Call => {
            let effects = inst.call_effects();
            let marker = attributes::is_lifetime_marker(inst);
            let writes = effects.args.write || effects.hidden.write || effects.other.write;
            marker || !writes
        }
        Opcode::Invoke
        | Opcode::CallBr
        | Opcode::IndirectBr
        | Opcode::Resume
        | Opcode::LandingPad
        | Opcode::CleanupRet
        | Opcode::CatchRet
        | Opcode::CatchPad
        | Opcode::CleanupPad
        | Opcode::CatchSwitch
        | Opcode::Fence
        | Opcode::CmpXchg
        | Opcode::AtomicRmw
        | Opcode::VaArg
        | Opcode::UserOp1
        | Opcode::UserOp2
        | Opcode::Unknown(_) => false,
        _ => true,
    }
}

/// How far an address is followed to the local variable it lies in.
const DEPTH: u32 = 16;

/// True for addresses in local memory.
fn is_private(address: Value, depth: u32) -> bool {
    match address.opcode() {
        Some(Opcode::Alloca) => true,
        Some(Opcode::Gep) if depth < DEPTH => is_private(address.operand(0), depth + 1),
        _ => false,
    }
}

struct Writer {
    original: Function,
    function: Function,
    width: usize,
    /// The values of the original in the copy.
    map: ValueMap,
    /// For each varying value of the copy, which is that of input 0, the values of all inputs.
    inputs: FxHashMap<Value, Vec<Value>>,
}

impl Writer {
    /// Copies the body for input 0.
    fn declare(original: Function, varying: &[bool], width: u32) -> Self {
        let params: Vec<Type> = original
            .params()
            .into_iter()
            .zip(varying)
            .flat_map(|(param, &v)| vec![param.ty(); if v { width as usize } else { 1 }])
            .collect();
        let result = match original.return_type() {
            void if void.is_void() => void,
            ty => spread(ty, width),
        };
        let name = format!("ribozyme.batch.{}", original.name());
        let ty = result.function(&params, false);
        let function = (original.module()).add_function(&name, ty, Linkage::Internal);
        let mut writer = Self {
            original,
            function,
            width: width as usize,
            map: ValueMap::new(),
            inputs: FxHashMap::default(),
        };
        let mut next = function.params().into_iter();
        for (param, &v) in original.params().into_iter().zip(varying) {
            let count = if v { writer.width } else { 1 };
            let own: Vec<Value> = next.by_ref().take(count).collect();
            writer.map.set(param, own[0]);
            if v {
                writer.inputs.insert(own[0], own);
            }
        }
        function.clone_from(original, &mut writer.map, CloneChanges::Local, "");
        function.set_calling_convention(0);
        attributes::reset(function, original);
        writer
    }

    /// Repeats what varies for the other inputs; operands are still those of input 0.
    fn repeat(&mut self, varies: &FxHashSet<Value>) {
        let builder = Builder::new(self.function.context());
        for original in self.original.instructions() {
            if !varies.contains(&original) || original.is_terminator() {
                continue;
            }
            let first = self.map.get(original).expect("every instruction is copied");
            let mut all = vec![first];
            builder.position_before(first);
            if first.opcode() != Some(Opcode::Phi) {
                builder.position_after(first);
            }
            for _ in 1..self.width {
                let copy = first.clone_instruction();
                builder.insert(copy);
                all.push(copy);
            }
            self.inputs.insert(first, all);
        }
    }

    /// Gives every repeated instruction the operands of its input.
    fn rewire(&self) {
        for all in self.inputs.values() {
            for (input, &copy) in all.iter().enumerate().skip(1) {
                if !copy.is_instruction() {
                    continue;
                }
                for (index, operand) in (0..).zip(copy.operands()) {
                    if let Some(own) = self.inputs.get(&operand) {
                        copy.set_operand(index, own[input]);
                    }
                }
            }
        }
    }

    /// Returns the results of all inputs.
    fn finish(&self) {
        for inst in self.function.instructions() {
            if inst.opcode() != Some(Opcode::Ret) || inst.operand_count() == 0 {
                continue;
            }
            let result = inst.operand(0);
            let one = vec![result; self.width];
            let all = self.inputs.get(&result).unwrap_or(&one);
            let builder = Builder::new(self.function.context());
            builder.position_before(inst);
            builder.set_debug_loc(inst.debug_loc());
            builder.ret(Some(pack(&builder, all)));
            inst.erase();
        }
        self.function.ensure_call_locations();
    }
}
