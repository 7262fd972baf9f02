//! Calls as flows: of functions with bodies, of known functions, of anything.

use super::build::{Visit, whole};
use super::kinds::Kinds;
use super::places::{Data, Place, TEXT};
use super::solve::{Access, Node, Reach, Step, Through, WORLD};
use crate::types;
use rz_rules::known::{Class, Delivery, Known, Length, Masked, Returns, Writes};
use rz_view::op::{CallData, Callee};
use rz_view::{Func, Inst, Value};

/// Copies up to so many bytes are followed word by word.
const MAX_COPY: u64 = 512;
/// Where every allocator puts blocks, at least those that have room for such a number.
const BLOCKS: u64 = 8;

impl Visit<'_, '_> {
    pub(super) fn call(&mut self, inst: Inst, call: &CallData) {
        let data = &self.body.insts[inst];
        match call.callee {
            Callee::Direct(func) => self.direct(inst, call, func),
            Callee::Indirect => {
                let args = self.body.call_args(inst).iter();
                let args = args.map(|&v| self.node(v)).collect();
                let result = data.result.map(|v| self.node(v));
                let pointer = self.node(data.operands[0]);
                self.all.graph.call(pointer, Through { args, result });
            }
            Callee::Asm { .. } => self.unknown(inst),
        }
    }

    fn direct(&mut self, inst: Inst, call: &CallData, func: Func) {
        let (module, body) = (self.all.module, self.body);
        let callee = &module.funcs[func];
        // A derivative that the user registered may see more than the body does.
        if callee.custom {
            return self.unknown(inst);
        }
        if rz_rules::known::hint(&callee.name).is_some() {
            return;
        }
        if crate::callee::rule(module, body, inst, func).is_some() {
            return self.by_rule(inst);
        }
        if let Some(known) = crate::callee::known(module, body, inst, func) {
            return self.known(inst, known, &callee.name);
        }
        if let Some(ports) = self.callee(func) {
            let args: Vec<Node> = body.call_args(inst).iter().map(|&v| self.node(v)).collect();
            let result = body.insts[inst].result.map(|v| self.node(v));
            return self.all.graph.bind(&args, result, &ports);
        }
        let (effects, own) = (call.effects, callee.effects);
        self.written(inst, &callee.name);
        let pure = !(effects.reads && own.reads || effects.writes && own.writes);
        if pure {
            self.mixed(inst);
        } else {
            self.unknown(inst);
        }
    }

    /// The result is computed of the arguments.
    fn mixed(&mut self, inst: Inst) {
        let Some(result) = self.body.insts[inst].result else {
            return;
        };
        for &arg in self.body.call_args(inst) {
            self.flow(arg, result, Step::MIXED);
        }
    }

    /// A function of numbers; some of its results it puts behind pointers.
    fn by_rule(&mut self, inst: Inst) {
        let (module, body) = (self.all.module, self.body);
        let args = body.call_args(inst);
        let number = |v: &&Value| !module.types.is_pointer(body.ty(**v));
        let numbers = args.iter().chain(&body.insts[inst].result).filter(number);
        let numbers = numbers.fold(Kinds::NONE, |all, &v| all | self.all.by_type(body.ty(v)));
        let pointers = args
            .iter()
            .filter(|&&v| module.types.is_pointer(body.ty(v)));
        for &pointer in pointers {
            let data = self.all.graph.node();
            self.all.graph.seed(data, numbers, numbers);
            let pointer = self.node(pointer);
            for store in [true, false] {
                let access = Access {
                    len: 16,
                    ..whole(data, store)
                };
                self.all.graph.access(pointer, access);
            }
        }
    }

    fn known(&mut self, inst: Inst, known: &Known, name: &str) {
        let data = &self.body.insts[inst];
        let args = self.body.call_args(inst);
        let arg = |index: u8| args.get(usize::from(index)).copied();
        match known.class {
            Class::Inactive => match known.writes {
                Writes::Nothing => {
                    self.mixed(inst);
                    self.found_outside(data.result);
                }
                Writes::Through(_) => self.relinked(args, data.result),
                Writes::Text => self.written(inst, name),
                Writes::Stream => {
                    self.written(inst, name);
                    self.unknown(inst);
                }
                Writes::Anything => self.unknown(inst),
            },
            Class::Lifetime { .. } => self.mixed(inst),
            Class::Kill(_) | Class::Pass { .. } => self.relinked(args, data.result),
            Class::Set {
                dst, byte, returns, ..
            } => {
                if let (Some(to), Some(byte)) = (arg(dst), byte.and_then(arg)) {
                    self.filled(to, byte);
                }
                self.returned(data.result, arg(dst), returns);
            }
            Class::Move {
                dst,
                src,
                length,
                returns,
                ..
            } => {
                if let (Some(to), Some(from)) = (arg(dst), arg(src)) {
                    let text = data.tbaa.iter().any(|entry| entry.name == types::TEXT);
                    let len = self.length(length, args);
                    self.copy(to, from, len.or(text.then_some(TEXT)));
                    self.returned(data.result, Some(to), returns);
                }
            }
            Class::Alloc(alloc) => match (alloc.delivery, data.result) {
                (Delivery::Result, Some(result)) => {
                    let size = self.length(alloc.size, args);
                    self.block(result, size);
                }
                (Delivery::Sized, Some(result)) => self.block(result, None),
                _ => self.unknown(inst),
            },
            Class::Realloc(realloc) => {
                if let (Some(old), Some(result)) = (arg(realloc.pointer), data.result) {
                    self.block(result, None);
                    self.copy(result, old, None);
                    self.flow(old, result, Step::SAME);
                }
            }
            Class::Free(_) => {}
            Class::Convert | Class::Reduce(_) | Class::Narrow(_) | Class::Lanes(_) => {
                self.mixed(inst);
            }
            Class::Masked(masked) => self.masked(masked, args, data.result),
            // What is thrown is caught outside.
            Class::Arena(_) | Class::Refuse(_) | Class::NoReturn | Class::ReturnsTwice => {
                self.unknown(inst);
            }
        }
    }

    fn length(&self, length: Length, args: &[Value]) -> Option<u64> {
        let Length::Bytes(index) = length else {
            return None;
        };
        let len = self.body.const_int(*args.get(usize::from(index))?)?;
        u64::try_from(len).ok()
    }

    fn block(&mut self, result: Value, size: Option<u64>) {
        let object = self.all.graph.object(Data::aligned(BLOCKS, size));
        let node = self.node(result);
        self.all.graph.point(node, Place::of(object));
    }

    fn returned(&mut self, result: Option<Value>, to: Option<Value>, returns: Returns) {
        let (Some(result), Some(to)) = (result, to) else {
            return;
        };
        match returns {
            Returns::Nothing => {}
            Returns::Dst => self.flow(to, result, Step::SAME),
            Returns::DstEnd => self.flow(to, result, Step::MIXED),
        }
    }

    /// A byte all over memory.
    fn filled(&mut self, to: Value, byte: Value) {
        let access = Access {
            grain: Some(0),
            ..whole(self.node(byte), true)
        };
        let to = self.node(to);
        self.all.graph.access(to, access);
    }

    /// A pointer that a function returns may point to memory of its own.
    fn found_outside(&mut self, result: Option<Value>) {
        if let Some(result) = result
            && self.all.module.types.is_pointer(self.body.ty(result))
        {
            let result = self.node(result);
            self.all.graph.flow(WORLD, result, Step::SAME);
        }
    }

    /// Addresses found behind the arguments, and others, may be stored there, called and returned. No
    /// numbers move.
    fn relinked(&mut self, args: &[Value], result: Option<Value>) {
        let hub = self.all.graph.quiet_node();
        self.all.graph.flow(WORLD, hub, Step::SAME);
        for &arg in args {
            let arg = self.node(arg);
            self.all.graph.flow(arg, hub, Step::MIXED);
            let through = Through {
                args: vec![hub; 4],
                result: None,
            };
            self.all.graph.call(arg, through);
        }
        self.all.graph.access(hub, whole(hub, false));
        self.all.graph.access(hub, whole(hub, true));
        if let Some(result) = result {
            let result = self.node(result);
            self.all.graph.flow(hub, result, Step::MIXED);
        }
    }

    pub(super) fn copy(&mut self, to: Value, from: Value, len: Option<u64>) {
        let (to, from) = (self.node(to), self.node(from));
        let mut part = |at: u64, len: u64| {
            let data = match len {
                TEXT => self.all.graph.letters(),
                _ => self.all.graph.node(),
            };
            for (pointer, store) in [(from, false), (to, true)] {
                let access = Access {
                    at: at as i64,
                    len,
                    grain: None,
                    data,
                    store,
                    reach: Reach::There,
                };
                self.all.graph.access(pointer, access);
            }
        };
        match len {
            Some(len) if len <= MAX_COPY => {
                let mut at = 0;
                while at < len {
                    let word = [8, 4, 2, 1]
                        .into_iter()
                        .find(|w| at + w <= len)
                        .unwrap_or(1);
                    part(at, word);
                    at += word;
                }
            }
            Some(len) => part(0, len),
            None => part(0, u64::MAX),
        }
    }

    fn masked(&mut self, masked: Masked, args: &[Value], result: Option<Value>) {
        match (masked, args, result) {
            (
                Masked::Load | Masked::ExpandLoad | Masked::Gather,
                &[pointer, _, otherwise, ..],
                Some(result),
            ) => {
                self.load(pointer, result, 1);
                self.flow(otherwise, result, Step::SAME);
            }
            (Masked::Store | Masked::CompressStore | Masked::Scatter, &[value, pointer, ..], _) => {
                self.store(value, pointer, 1);
            }
            _ => {}
        }
    }
}
