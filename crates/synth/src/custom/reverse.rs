//! Stand-ins for reverse mode: combined, augmented and reverse functions that call the user's.

use super::pass::{Call, read, spill};
use super::recorded;
use super::shape::{self, Gradient, is_active};
use crate::Session;
use crate::directions::{pack, unpack};
use crate::signature::{Form, Role, Signature};
use rz_diag::{Code, Diagnostic, Result};
use rz_llvm as llvm;
use rz_plan::{ArgActivity, Derivative, RetActivity};

/// Bytes of a tape that travels inside the pointer that would lead to it.
const INLINE: u64 = 8;

/// Writes the function of `form` for `key`, whose primal has a registered gradient.
pub(crate) fn write(
    session: &mut Session<'_>,
    key: &std::rc::Rc<Derivative>,
    form: Form,
) -> Result<llvm::Function> {
    let primal = session.imported.func(key.func);
    let rule = shape::gradient(primal)?;
    refuse(&rule, primal, key)?;
    let signature = Signature::new(session, key, form);
    let function = session.function(key, form);
    let entry = function.append_block("entry");
    let mut writer = Writer {
        session,
        key,
        rule,
        b: llvm::Builder::at_end(entry),
        primals: Vec::new(),
        shadows: Vec::new(),
        seed: None,
        tape: None,
        arena: None,
    };
    writer.bind(&signature, function);
    match form {
        Form::Combined => writer.combined(&signature),
        Form::Augmented => writer.augmented(&signature),
        Form::Reverse => writer.reverse(&signature),
        Form::EscapingAugmented => writer.escaping_augmented(&signature),
        Form::EscapingReverse => writer.escaping_reverse(&signature),
    }
    function.ensure_call_locations();
    function.verify().map_err(|message| {
        Diagnostic::error(Code::Internal, "a registered gradient is called wrongly")
            .note(format!("in {}", function.name()))
            .note(message)
    })?;
    Ok(function)
}

/// Bytes of the tape that a registered augmented forward leaves.
pub(crate) fn tape_bytes(primal: llvm::Function) -> Result<u64> {
    Ok(shape::gradient(primal)?.augmented.tape.unwrap_or(0))
}

/// What the rule cannot express.
fn refuse(rule: &Gradient, primal: llvm::Function, key: &Derivative) -> Result<()> {
    let name = rule.primal.name();
    let once = if recorded::is_copy(primal) {
        recorded::is_for_one_direction(primal)
    } else {
        rule.augmented.may_hold_pointers()
    };
    if key.width != 1 {
        super::check_directions(&rule.primal, once)?;
    }
    let skip = usize::from(rule.primal.in_memory);
    let params = rule.primal.params.iter().zip(&key.args[skip..]);
    for (index, (&ty, &activity)) in params.enumerate() {
        if activity == ArgActivity::Out && !is_active(ty) {
            return Err(Diagnostic::error(
                Code::Registration,
                format!(
                    "argument {index} of `{name}` carries a derivative, but arrives as {ty}: its registered gradient cannot return it"
                ),
            )
            .fix("pass floating-point data as such, or through a pointer"));
        }
    }
    Ok(())
}

struct Writer<'s, 'a, 'k> {
    session: &'s mut Session<'a>,
    key: &'k Derivative,
    rule: Gradient,
    b: llvm::Builder,
    /// Per parameter of the primal, the memory of its result included.
    primals: Vec<llvm::Value>,
    shadows: Vec<Option<llvm::Value>>,
    seed: Option<llvm::Value>,
    tape: Option<llvm::Value>,
    arena: Option<llvm::Value>,
}

/// What an augmented call left.
struct Left {
    result: Option<llvm::Value>,
    shadow: Option<llvm::Value>,
    /// Memory that begins with the tape.
    tape: Option<llvm::Value>,
}

impl Writer<'_, '_, '_> {
    fn bind(&mut self, signature: &Signature, function: llvm::Function) {
        for (&(role, _), value) in signature.params.iter().zip(function.params()) {
            match role {
                Role::Primal => {
                    self.primals.push(value);
                    self.shadows.push(None);
                }
                Role::Shadow => {
                    if let Some(shadow) = self.shadows.last_mut() {
                        *shadow = Some(value);
                    }
                }
                Role::Seed => self.seed = Some(value),
                Role::Tape => self.tape = Some(value),
                Role::Arena => self.arena = Some(value),
            }
        }
    }

    fn first(&self) -> usize {
        usize::from(self.rule.primal.in_memory)
    }

    /// Passes the parameters, each that is not a float followed by its shadow. What is constant is
    /// its own shadow.
    fn pass_params(&self, call: &mut Call<'_>) {
        for index in self.first()..self.primals.len() {
            let primal = self.primals[index];
            call.pass(primal);
            if !is_active(primal.ty()) {
                call.pass(self.shadows[index].unwrap_or(primal));
            }
        }
    }

    /// Calls the augmented forward.
    fn call_augment(&self) -> Left {
        let mut call = Call::new(&self.b, self.rule.augment);
        self.pass_params(&mut call);
        let memory = call.finish();
        let parts = &self.rule.augmented;
        let part = |offset: Option<u64>| {
            let (memory, offset, ty) = (memory?, offset?, self.rule.primal.ret?);
            Some(read(&self.b, ty, memory, offset))
        };
        Left {
            result: part(parts.primal),
            shadow: part(parts.shadow),
            tape: memory.filter(|_| parts.whole.is_some() && parts.tape.is_some()),
        }
    }

    /// Delivers a result that the primal returns through memory.
    fn deliver_in_memory(&self, left: &Left) {
        if !self.rule.primal.in_memory {
            return;
        }
        if let Some(result) = left.result {
            self.b.store(result, self.primals[0], 1);
        }
        if let (Some(shadow), Some(to)) = (left.shadow, self.shadows[0]) {
            self.b.store(shadow, to, 1);
        }
    }

    /// Calls the gradient once for each direction; the adjoints of the active arguments.
    fn call_gradients(&mut self, tape: Option<llvm::Value>) -> Vec<llvm::Value> {
        let width = self.key.width;
        let seeds: Vec<_> = match self.seed {
            Some(seed) => unpack(&self.b, seed, width).into_iter().map(Some).collect(),
            None => vec![None; width as usize],
        };
        // Where the result is in memory, so are the seeds.
        let seeded = self.shadows.first().copied().flatten();
        let seeded = seeded.filter(|_| self.rule.primal.in_memory);
        let memory = seeded.map(|shadow| unpack(&self.b, shadow, width));
        let mut each: Vec<Vec<llvm::Value>> = Vec::new();
        for (direction, seed) in seeds.into_iter().enumerate() {
            self.seed = seed;
            if let Some(memory) = &memory {
                self.shadows[0] = Some(memory[direction]);
            }
            each.push(self.call_gradient(tape));
        }
        (0..each[0].len())
            .map(|index| {
                let adjoints: Vec<llvm::Value> = each.iter().map(|a| a[index]).collect();
                pack(&self.b, &adjoints)
            })
            .collect()
    }

    /// Calls the gradient with the tape that memory holds; the adjoints of the active arguments.
    fn call_gradient(&self, tape: Option<llvm::Value>) -> Vec<llvm::Value> {
        let mut call = Call::new(&self.b, self.rule.reverse);
        self.pass_params(&mut call);
        if let Some(ty) = self.rule.primal.seeded() {
            call.pass(self.seed_value(ty));
        }
        if let (Some(tape), Some(bytes)) = (tape, self.rule.augmented.tape) {
            call.pass_memory(tape, bytes);
        }
        let memory = call.finish();
        let Some((memory, whole)) = memory.zip(self.rule.derivatives) else {
            return Vec::new();
        };
        let module = self.session.llvm;
        let single = self.rule.primal.derivatives().len() == 1;
        let mut next = 0;
        let mut adjoints = Vec::new();
        for (index, activity) in self.key.args.iter().enumerate().skip(self.first()) {
            let ty = self.primals[index].ty();
            if !is_active(ty) {
                continue;
            }
            let offset = if single {
                0
            } else {
                module.field_offset(whole, next)
            };
            next += 1;
            // The derivative of a constant argument is dropped where it stands.
            if *activity == ArgActivity::Out {
                adjoints.push(read(&self.b, ty, memory, offset));
            }
        }
        adjoints
    }

    /// The adjoint of the result: given, or taken from the shadow of the result's memory.
    fn seed_value(&self, ty: llvm::Type) -> llvm::Value {
        if let Some(seed) = self.seed {
            return seed;
        }
        match self.shadows.first().copied().flatten() {
            Some(shadow) if self.rule.primal.in_memory => {
                let seed = self.b.load(ty, shadow, 1);
                self.b.store(ty.zero(), shadow, 1);
                seed
            }
            _ => ty.zero(),
        }
    }

    fn combined(&mut self, signature: &Signature) {
        let left = self.call_augment();
        self.deliver_in_memory(&left);
        let mut components = Vec::new();
        if self.key.primal_return && !self.rule.primal.in_memory {
            components.extend(left.result);
        }
        components.extend(self.call_gradients(left.tape));
        self.give_back(signature, &components, false);
    }

    fn augmented(&mut self, signature: &Signature) {
        let left = self.call_augment();
        self.deliver_in_memory(&left);
        let mut components = vec![self.pack(left.tape)];
        if !self.rule.primal.in_memory {
            components.extend(left.result);
            if self.key.ret == RetActivity::Dup {
                components.extend(left.shadow.or(left.result));
            }
        }
        self.give_back(signature, &components, true);
    }

    /// The tape is where the caller wants it.
    fn escaping_augmented(&self, signature: &Signature) {
        let left = self.call_augment();
        self.deliver_in_memory(&left);
        if let (Some(from), Some(to), Some(bytes)) =
            (left.tape, self.tape, self.rule.augmented.tape)
        {
            let count = self.session.context.int(64).int_const(bytes);
            self.b.memcpy(to, 1, from, 1, count);
        }
        let mut components = Vec::new();
        if !self.rule.primal.in_memory {
            components.extend(left.result);
            if self.key.ret == RetActivity::Dup {
                components.extend(left.shadow.or(left.result));
            }
        }
        self.give_back(signature, &components, false);
    }

    fn escaping_reverse(&mut self, signature: &Signature) {
        let components = self.call_gradients(self.tape);
        self.give_back(signature, &components, false);
    }

    fn reverse(&mut self, signature: &Signature) {
        let tape = self.tape.map(|tape| self.unpack(tape));
        let components = self.call_gradients(tape);
        self.give_back(signature, &components, false);
    }

    /// The tape as one pointer: its bytes themselves, or a copy in the arena.
    fn pack(&mut self, tape: Option<llvm::Value>) -> llvm::Value {
        let pointer = self.session.context.pointer(0);
        let (Some(memory), Some(bytes)) = (tape, self.rule.augmented.tape) else {
            return pointer.zero();
        };
        let count = self.session.context.int(64).int_const(bytes);
        if bytes <= INLINE {
            let slot = spill(&self.b, pointer.zero());
            self.b.memcpy(slot, 8, memory, 1, count);
            return self.b.load(pointer, slot, 8);
        }
        let arena = self.arena.unwrap_or_else(|| pointer.zero());
        let kept = self.session.runtime().alloc(&self.b, arena, count);
        self.b.memcpy(kept, 8, memory, 1, count);
        kept
    }

    /// Memory that holds a packed tape.
    fn unpack(&self, tape: llvm::Value) -> llvm::Value {
        match self.rule.augmented.tape {
            Some(bytes) if bytes > INLINE => tape,
            _ => spill(&self.b, tape),
        }
    }

    fn give_back(&self, signature: &Signature, components: &[llvm::Value], always_struct: bool) {
        match components {
            [] => self.b.ret(None),
            [only] if !always_struct => self.b.ret(Some(*only)),
            _ => {
                let mut result = signature.result.poison();
                for (index, &component) in components.iter().enumerate() {
                    result = self.b.insert_value(result, component, index as u32);
                }
                self.b.ret(Some(result))
            }
        };
    }
}
