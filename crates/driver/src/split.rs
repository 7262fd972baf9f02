//! Requests for one half of a split derivative, and for the size of the tape between the halves.
//!
//! ```text
//! {tape, r} = __enzyme_augmentfwd(f, x)
//!     →  tape = malloc(bytes); r = augmented(x, tape)
//! __enzyme_reverse(f, x, seed, tape)
//!     →  reverse(x, seed, tape); free(tape)
//! __enzyme_augmentsize(f, enzyme_dup)
//!     →  bytes
//! ```
//!
//! A tape in memory of the user's is neither allocated nor freed, but what it refers to is.

use crate::convert::{Role, convert};
use crate::deliver::{deliver, extent};
use crate::derive::Wish;
use crate::locate::user_name;
use crate::record::logs;
use crate::replace::{Bound, call_generated, seed};
use crate::request::{Entry, Seed};
use crate::sweep;
use rz_diag::{Code, Diagnostic, Result};
use rz_llvm::{Builder, Function, Type, Value};
use rz_plan::RetActivity;
use rz_synth::directions::spread;
use rz_synth::runtime::Runtime;
use rz_synth::{Escaping, EscapingTape, LOG_HEAD};

impl Bound {
    /// Types of what an augmented forward returns (section 8.1).
    pub(crate) fn augmented_types(&self, wish: &Wish) -> Vec<Type> {
        let ret = self.primal.return_type();
        let mut types = Vec::new();
        if self.request.tape.allocated.is_none() {
            types.push(self.site.call.context().pointer(0));
        }
        if self.request.no_return {
            return types;
        }
        types.extend(self.sret().or((!ret.is_void()).then_some(ret)));
        if wish.ret == RetActivity::Dup {
            types.push(spread(ret, wish.width));
        }
        types
    }

    /// The size of a tape is an integer.
    pub(crate) fn check_size_result(&self) -> Result<()> {
        let declared = self.site.call.ty();
        if declared.is_int() {
            return Ok(());
        }
        Err(Diagnostic::error(
            Code::WrongResultType,
            format!(
                "the size of a tape is an integer, but the request is declared to return {declared}"
            ),
        )
        .fix("declare the request to return size_t"))
    }

    /// An operand after `enzyme_byref` points to a value of the type that is wanted.
    pub(crate) fn check_by_reference(&self, operand: usize, size: u64, ty: Type) -> Result<()> {
        let value = self.site.call.operand(operand as u32);
        if !value.ty().is_pointer() {
            return Err(Diagnostic::error(
                Code::WrongArgumentType,
                format!(
                    "`enzyme_byref` is followed by {}, not by a pointer",
                    value.ty()
                ),
            )
            .fix("pass the address of the value"));
        }
        // `{ <2 x float>, float }`, as which C returns three floats, has padding that C has not.
        let module = self.site.call.function().module();
        let (least, most) = (extent(module, ty), module.alloc_size(ty));
        if (least..=most).contains(&size) {
            return Ok(());
        }
        Err(Diagnostic::error(
            Code::WrongArgumentType,
            format!("`enzyme_byref` gives a size of {size} bytes, but {ty} has {least}"),
        )
        .fix("write the size of the type that is wanted"))
    }

    /// Checks the seed before anything is written.
    pub(crate) fn check_seed(&self) -> Result<()> {
        let Some(given) = &self.request.seed else {
            return Ok(());
        };
        let ret = self.seed_type();
        if let Some(size) = given.by_reference {
            return self.check_by_reference(given.operands[0], size, ret);
        }
        if self
            .byval_seed(given)
            .is_some_and(|ty| self.same_size(ty, ret))
        {
            return Ok(());
        }
        let fields = self.seed_types(given);
        for (&operand, &ty) in given.operands.iter().zip(&fields) {
            let value = self.site.call.operand(operand as u32);
            let builder = Builder::new(value.context());
            builder.position_before(self.site.call);
            let name = user_name(self.primal);
            let converted = convert(&builder, value, ty, seed_role(&name))?;
            if converted != value && converted.is_instruction() {
                converted.erase();
            }
        }
        Ok(())
    }

    /// The type of the seed: the result's, for each direction.
    fn seed_type(&self) -> Type {
        spread(self.primal.return_type(), self.request.width)
    }

    /// The type that each operand of the seed must have.
    fn seed_types(&self, given: &Seed) -> Vec<Type> {
        let ret = self.seed_type();
        let count = given.operands.len();
        match count {
            1 => vec![ret],
            _ if self.request.width > 1 => vec![self.primal.return_type(); count],
            _ => ret.fields(),
        }
    }

    fn byval_seed(&self, given: &Seed) -> Option<Type> {
        self.site.call.arg_byval(given.operands[0] as u32)
    }

    fn same_size(&self, a: Type, b: Type) -> bool {
        let module = self.site.call.function().module();
        module.alloc_size(a) == module.alloc_size(b)
    }

    /// Checks that the memory given for the tape can hold it.
    pub(crate) fn check_tape(&self, tape: EscapingTape) -> Result<()> {
        let tape = self.layout(tape);
        if self.request.entry == Entry::AugmentSize {
            return Ok(());
        }
        let Some(allocated) = self.request.tape.allocated else {
            return Ok(());
        };
        let operand = self
            .request
            .tape
            .operand
            .filter(|_| !self.request.tape.marked);
        let by_value = operand.map(|index| self.tape_type(index));
        let module = self.site.call.function().module();
        let given = by_value.map_or(allocated, |ty| module.alloc_size(ty).min(allocated));
        if given >= tape.bytes {
            return Ok(());
        }
        let name = user_name(self.primal);
        let error = Diagnostic::error(
            Code::Tape,
            format!(
                "the tape of `{name}` takes {} bytes, but {given} are given",
                tape.bytes
            ),
        );
        Err(match by_value {
            Some(ty) if allocated >= tape.bytes => error
                .note(format!(
                    "the last operand is a tape of type {ty}, passed by value"
                ))
                .fix("pass `enzyme_tape` and the address of the tape"),
            _ => error.fix("allocate what __enzyme_augmentsize returns"),
        })
    }

    /// The type of a tape that is passed by value.
    fn tape_type(&self, index: usize) -> Type {
        let call = self.site.call;
        call.arg_byval(index as u32)
            .unwrap_or_else(|| call.operand(index as u32).ty())
    }

    /// Replaces a request of a split entry point. True when the declared result had no value.
    pub(crate) fn replace_split(&self, wish: &Wish, split: Escaping) -> Result<bool> {
        match self.request.entry {
            Entry::AugmentSize => {
                let call = self.site.call;
                let bytes = self.layout(split.tape).bytes;
                call.replace_all_uses(call.ty().int_const(bytes));
                sweep::erase_request(call);
                Ok(false)
            }
            Entry::AugmentForward => self.replace_augmented(wish, split),
            _ => self.replace_reverse(wish, split),
        }
    }

    fn builder(&self) -> Builder {
        let builder = Builder::new(self.site.call.context());
        builder.position_before(self.site.call);
        builder.set_debug_loc(self.site.call.debug_loc());
        builder
    }

    fn replace_augmented(&self, wish: &Wish, split: Escaping) -> Result<bool> {
        let builder = self.builder();
        let mut args = Vec::new();
        let sret = self.sret_memory(&builder, wish, &mut args);
        self.push_arguments(&builder, wish, &mut args)?;
        let layout = self.layout(split.tape);
        let (tape, own) = match self.request.tape.operand {
            Some(operand) => (self.pointer(&builder, operand), false),
            None => (layout.allocate(&builder), true),
        };
        let runtime = Runtime::new(builder.module());
        if self.recorded {
            runtime.open_log(&builder, tape, split.tape.has_arena);
            args.push(tape);
        }
        args.push(self.behind_log(&builder, tape));
        let result = call_generated(&builder, split.augmented, &args)?;
        let mut components = Vec::new();
        if own {
            components.push(tape);
        }
        if !self.request.no_return {
            if let Some(sret) = &sret {
                let align = builder.module().align(sret.ty);
                components.push(builder.load(sret.ty, sret.primal, align));
            } else if wish.ret == RetActivity::Dup {
                components.extend((0..2).map(|index| builder.extract_value(result, index)));
            } else if !self.primal.return_type().is_void() {
                components.push(result);
            }
        }
        let delivery = deliver(&builder, &self.wanted(), &components)?;
        Ok(self.finish(delivery))
    }

    fn replace_reverse(&self, wish: &Wish, split: Escaping) -> Result<bool> {
        let builder = self.builder();
        let mut args = Vec::new();
        let sret = self.sret_memory(&builder, wish, &mut args);
        self.push_arguments(&builder, wish, &mut args)?;
        let tape = self.tape_address(&builder)?;
        if self.recorded {
            args.push(tape);
        }
        if wish.ret == RetActivity::Active {
            args.push(self.seed_value(&builder)?);
        }
        args.push(self.behind_log(&builder, tape));
        let result = call_generated(&builder, split.reverse, &args)?;
        self.release(&builder, split.tape, tape);
        let components = self.components(&builder, wish, result, sret.as_ref());
        let delivery = deliver(&builder, &self.wanted(), &components)?;
        Ok(self.finish(delivery))
    }

    /// The tape with the log in front of it.
    fn layout(&self, tape: EscapingTape) -> EscapingTape {
        let log = if self.recorded { LOG_HEAD } else { 0 };
        EscapingTape {
            bytes: tape.bytes + log,
            ..tape
        }
    }

    /// The tape behind the log.
    fn behind_log(&self, builder: &Builder, tape: Value) -> Value {
        if self.recorded {
            builder.ptr_offset(tape, LOG_HEAD as i64)
        } else {
            tape
        }
    }

    /// Returns what a tape that was read refers to, unless the user keeps it.
    fn release(&self, builder: &Builder, layout: EscapingTape, tape: Value) {
        if self.request.tape.no_free {
            return;
        }
        let allocated_here = self.request.tape.allocated.is_none();
        if !self.recorded {
            layout.release(builder, tape, allocated_here);
            return;
        }
        let runtime = Runtime::new(builder.module());
        runtime.close_log(builder, tape);
        if allocated_here {
            runtime.free(builder, tape);
        }
    }

    /// True for a tangent that is given no tape, because its primal keeps nothing in a log.
    pub(crate) fn needs_no_tape(&self) -> Result<bool> {
        let tape = self.request.tape.operand.filter(|_| self.recorded);
        let null = |index: usize| {
            self.site.call.operand(index as u32).kind() == rz_llvm::ValueKind::NullPointer
        };
        if self.request.entry != Entry::ForwardSplit || !tape.is_some_and(null) {
            return Ok(false);
        }
        if !logs(self.primal) {
            return Ok(true);
        }
        Err(Diagnostic::error(
            Code::Tape,
            format!(
                "the tape of the tangent of `{}` is null, but its augmented forward keeps values",
                user_name(self.primal)
            ),
        )
        .fix("pass the tape that __enzyme_augmentfwd returned"))
    }

    /// Calls the tangent that reads a tape. True when the declared result had no value.
    pub(crate) fn replace_tangent(&self, wish: &Wish, tangent: Function) -> Result<bool> {
        let builder = self.builder();
        let mut args = Vec::new();
        let sret = self.sret_memory(&builder, wish, &mut args);
        self.push_arguments(&builder, wish, &mut args)?;
        let tape = self.tape_address(&builder)?;
        let runtime = Runtime::new(builder.module());
        args.push(runtime.read_log(&builder, tape));
        let result = call_generated(&builder, tangent, &args)?;
        let unknown = EscapingTape {
            bytes: 0,
            has_arena: false,
        };
        self.release(&builder, unknown, tape);
        let components = self.components(&builder, wish, result, sret.as_ref());
        let delivery = deliver(&builder, &self.wanted(), &components)?;
        Ok(self.finish(delivery))
    }

    fn seed_value(&self, builder: &Builder) -> Result<Value> {
        let ret = self.seed_type();
        let Some(given) = &self.request.seed else {
            return Ok(seed(ret));
        };
        let operand = |index: usize| self.site.call.operand(given.operands[index] as u32);
        if let Some(size) = given.by_reference {
            return Ok(load_bytes(builder, ret, operand(0), size));
        }
        if self.byval_seed(given).is_some() {
            return Ok(builder.load(ret, operand(0), 1));
        }
        let name = user_name(self.primal);
        if let [ty] = self.seed_types(given)[..] {
            return convert(builder, operand(0), ty, seed_role(&name));
        }
        let mut whole = ret.poison();
        for (index, ty) in self.seed_types(given).into_iter().enumerate() {
            let field = convert(builder, operand(index), ty, seed_role(&name))?;
            whole = builder.insert_value(whole, field, index as u32);
        }
        Ok(whole)
    }

    /// An operand that is an address, in the address space that derivatives use.
    fn pointer(&self, builder: &Builder, operand: usize) -> Value {
        let value = self.site.call.operand(operand as u32);
        let plain = value.context().pointer(0);
        if value.ty() == plain {
            value
        } else {
            builder.cast(rz_llvm::CastOp::AddrSpaceCast, value, plain)
        }
    }

    /// Where the reverse pass finds the tape.
    fn tape_address(&self, builder: &Builder) -> Result<Value> {
        let Some(index) = self.request.tape.operand else {
            return Err(Diagnostic::error(
                Code::Internal,
                "a reverse pass without tape",
            ));
        };
        let call = self.site.call;
        let by_value = self.request.tape.allocated.is_some()
            && !self.request.tape.marked
            && call.arg_byval(index as u32).is_none();
        if !by_value {
            return Ok(self.pointer(builder, index));
        }
        let operand = call.operand(index as u32);
        let align = builder.module().align(operand.ty());
        let memory = builder.entry_alloca(operand.ty(), align);
        builder.store(operand, memory, align);
        Ok(memory)
    }
}

/// A value of type `ty` from memory of `size` bytes.
pub(crate) fn load_bytes(builder: &Builder, ty: Type, from: Value, size: u64) -> Value {
    let align = builder.module().align(ty);
    let memory = builder.entry_alloca(ty, align);
    let bytes = builder.context().int(64).int_const(size);
    builder.memcpy(memory, align, from, 1, bytes);
    builder.load(ty, memory, align)
}

fn seed_role(primal: &str) -> Role<'_> {
    Role {
        what: "the seed",
        position: None,
        primal,
    }
}
