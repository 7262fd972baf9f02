//! Replacing a request by a call of the generated function.
//!
//! The call is written before the request, its result is matched with the declared type, and the
//! request is erased together with the markers and loads that only it used, so that no reference
//! to a marker variable (which nobody defines) remains.

use crate::convert::{Role, convert};
use crate::deliver::{Delivery, Reinterpret, Wanted, check, deliver};
use crate::derive::Wish;
use crate::locate::{Site, user_name};
use crate::request::{Activity, Argument, Entry, Request, Return, Shadow};
use crate::split::load_bytes;
use crate::sweep;
use crate::values::shape;
use rz_diag::{Code, Diagnostic, Result};
use rz_llvm::{Builder, Function, Place, Type, Value};
use rz_plan::{ArgActivity, Mode, RetActivity};
use rz_synth::directions::{pack, spread};

/// A parsed request bound to its primal.
pub(crate) struct Bound {
    pub(crate) site: Site,
    pub(crate) request: Request,
    pub(crate) primal: Function,
    /// The primal is a recorded copy: its last parameter is the log.
    pub(crate) recorded: bool,
    /// What is written is differentiated again, or may be.
    pub(crate) again: bool,
    /// The file asks for halves of gradients.
    pub(crate) halves: bool,
}

impl Bound {
    pub(crate) fn sret(&self) -> Option<Type> {
        self.primal
            .attribute(Place::Param(0), "sret")
            .and_then(rz_llvm::Attribute::type_value)
    }

    fn forward(&self) -> bool {
        self.request.entry.is_forward()
    }

    pub(crate) fn params(&self) -> Vec<Type> {
        self.primal.ty().params()
    }

    /// The request's arguments with the parameters they fill.
    fn args(&self) -> impl Iterator<Item = (usize, &Argument)> {
        let first = usize::from(self.sret().is_some());
        (first..).zip(&self.request.args)
    }

    /// The activity under which the parameter is differentiated. A shadow that can hold no
    /// derivative (of an integer, or of a float in reverse mode) is dropped.
    fn arg_activity(&self, param: usize, activity: Activity) -> ArgActivity {
        let shape = shape(self.params()[param]);
        let carries = shape.has_pointer() || (self.forward() && shape.has_float());
        match activity {
            Activity::Const => ArgActivity::Const,
            Activity::Out => ArgActivity::Out,
            Activity::Dup if carries => ArgActivity::Dup,
            Activity::DupNoNeed if carries => ArgActivity::DupNoNeed,
            Activity::Dup | Activity::DupNoNeed => ArgActivity::Const,
        }
    }

    /// The derivative this request needs.
    pub(crate) fn wish(&self) -> Wish {
        let mut args = Vec::new();
        if self.sret().is_some() {
            args.push(self.sret_activity());
        }
        for (param, arg) in self.args() {
            args.push(self.arg_activity(param, arg.activity));
        }
        if self.recorded {
            args.push(ArgActivity::Const);
        }
        Wish {
            primal: self.primal,
            mode: if self.forward() {
                Mode::Forward
            } else if self.request.entry.is_split() {
                Mode::Split
            } else {
                Mode::Combined
            },
            overwritten: self.overwritten(),
            args,
            ret: match self.request.ret {
                Return::Const => RetActivity::Const,
                Return::Active => RetActivity::Active,
                Return::Dup => RetActivity::Dup,
            },
            primal_return: self.request.primal_return && !self.primal.return_type().is_void(),
            width: self.request.width,
            runtime_activity: self.request.runtime_activity,
            strong_zero: self.request.strong_zero,
            budget: self.request.budget,
            no_alloc: self.request.no_alloc,
            recorded: self.recorded,
            again: self.again,
            halves: self.halves,
        }
    }

    /// Per parameter: its memory may change between the two parts of a split derivative.
    fn overwritten(&self) -> Vec<bool> {
        let params = self.params();
        let mut overwritten = vec![false; params.len()];
        if self.request.entry.is_split() && !self.forward() {
            let taken = params.len() - usize::from(self.recorded);
            for (flag, &ty) in overwritten.iter_mut().zip(&params[..taken]) {
                *flag = shape(ty).has_pointer();
            }
            for (param, arg) in self.args() {
                overwritten[param] &= !arg.not_overwritten;
            }
        }
        overwritten
    }

    /// A struct returned in memory is duplicated; the primal half is needed when it is asked for.
    fn sret_activity(&self) -> ArgActivity {
        if !self.forward() && self.request.ret == Return::Const && self.const_return() {
            ArgActivity::Const
        } else if self.request.primal_return || self.request.entry.is_split() {
            ArgActivity::Dup
        } else {
            ArgActivity::DupNoNeed
        }
    }

    /// `enzyme_const_return` was given: the only way in which an `sret` result is inactive.
    fn const_return(&self) -> bool {
        let module = self.site.call.function().module();
        self.site.call.args().into_iter().any(|operand| {
            crate::resolve::marker_name(module, operand).as_deref() == Some("enzyme_const_return")
        })
    }

    pub(crate) fn wanted(&self) -> Wanted {
        let reinterpret = match self.request.entry {
            Entry::AugmentForward => Reinterpret::Larger,
            _ if self.forward() => Reinterpret::Same,
            _ => Reinterpret::Never,
        };
        Wanted::of(self.site, reinterpret)
    }

    /// Types of the components that are delivered, in the order of section 5.2 or 6.2.
    fn component_types(&self, wish: &Wish) -> Vec<Type> {
        if self.request.entry == Entry::AugmentForward {
            return self.augmented_types(wish);
        }
        let mut types = Vec::new();
        let ret = self.primal.return_type();
        if self.request.primal_return {
            types.push(self.sret().unwrap_or(ret));
        }
        if self.forward() {
            if let Some(sret) = self.sret() {
                types.push(spread(sret, wish.width));
            } else if wish.ret != RetActivity::Const {
                types.push(spread(ret, wish.width));
            }
        } else {
            let params = self.params();
            for (activity, ty) in wish.args.iter().zip(params) {
                if *activity == ArgActivity::Out {
                    types.push(spread(ty, wish.width));
                }
            }
        }
        types
    }

    /// Everything that can be refused about operands and result, before anything is written.
    pub(crate) fn check(&self, wish: &Wish) -> Result<()> {
        let call = self.site.call;
        if self.request.entry == Entry::AugmentSize {
            return self.check_size_result();
        }
        check(
            call.function().module(),
            &self.wanted(),
            &self.component_types(wish),
        )?;
        let params = self.params();
        for (param, arg) in self.args() {
            match arg.by_reference {
                Some(size) => self.check_by_reference(arg.operand, size, self.pointee(param))?,
                None => self.check_operand(arg.operand, params[param], param, "argument")?,
            }
            if wish.args[param].has_shadow() {
                let operands = match &arg.shadow {
                    Shadow::None => &[],
                    Shadow::Lanes(lanes) => lanes.as_slice(),
                    Shadow::Strided { pointer, .. } => std::slice::from_ref(pointer),
                };
                for &operand in operands {
                    self.check_operand(operand, params[param], param, "shadow of argument")?;
                }
            }
        }
        self.check_seed()
    }

    /// What an argument stands for: the struct behind a `byval` pointer, or the parameter itself.
    fn pointee(&self, param: usize) -> Type {
        self.byval(param).unwrap_or_else(|| self.params()[param])
    }

    fn check_operand(&self, operand: usize, ty: Type, param: usize, what: &str) -> Result<()> {
        let value = self.site.call.operand(operand as u32);
        // Constants and casts of them fold, so trying leaves nothing behind but dead casts.
        let builder = Builder::new(value.context());
        builder.position_before(self.site.call);
        let name = user_name(self.primal);
        let converted = convert(&builder, value, ty, self.role(param, what, &name))?;
        if converted != value && converted.is_instruction() {
            converted.erase();
        }
        Ok(())
    }

    fn role<'a>(&self, param: usize, what: &'a str, primal: &'a str) -> Role<'a> {
        Role {
            what,
            position: Some(param - usize::from(self.sret().is_some())),
            primal,
        }
    }

    /// Calls `generated` and replaces the request. True when the declared result had no value.
    pub(crate) fn replace(&self, wish: &Wish, generated: Function) -> Result<bool> {
        let call = self.site.call;
        let builder = Builder::new(call.context());
        builder.position_before(call);
        builder.set_debug_loc(call.debug_loc());
        let mut args = Vec::new();
        let sret = self.sret_memory(&builder, wish, &mut args);
        self.push_arguments(&builder, wish, &mut args)?;
        if wish.mode != Mode::Forward && wish.ret == RetActivity::Active {
            args.push(seed(spread(self.primal.return_type(), wish.width)));
        }
        let result = call_generated(&builder, generated, &args)?;
        let components = self.components(&builder, wish, result, sret.as_ref());
        let delivery = deliver(&builder, &self.wanted(), &components)?;
        Ok(self.finish(delivery))
    }

    /// Erases the request in favour of what is delivered. True when its value is undefined.
    pub(crate) fn finish(&self, delivery: Delivery) -> bool {
        let call = self.site.call;
        if let Some(value) = delivery.value {
            call.replace_all_uses(value);
        }
        let undefined = delivery.undefined && !self.primal.return_type().is_void();
        sweep::erase_request(call);
        undefined
    }

    /// Memory for a result the primal returns through `sret`: primal and, when active, shadow.
    pub(crate) fn sret_memory(
        &self,
        builder: &Builder,
        wish: &Wish,
        args: &mut Vec<Value>,
    ) -> Option<Sret> {
        let ty = self.sret()?;
        let align = builder.module().align(ty);
        let primal = builder.entry_alloca(ty, align);
        args.push(primal);
        if !wish.args[0].has_shadow() {
            return Some(Sret {
                ty,
                primal,
                shadows: Vec::new(),
            });
        }
        let given: Vec<Value> = (self.request.sret_shadows.iter())
            .map(|&index| self.site.call.operand(index as u32))
            .collect();
        let zeroed = || {
            let shadow = builder.entry_alloca(ty, align);
            let bytes = builder
                .context()
                .int(64)
                .int_const(builder.module().alloc_size(ty));
            let zero = builder.context().int(8).int_const(0);
            builder.memset(shadow, zero, bytes, align);
            shadow
        };
        let shadows = if given.is_empty() {
            (0..wish.width).map(|_| zeroed()).collect()
        } else {
            given
        };
        args.push(pack(builder, &shadows));
        Some(Sret {
            ty,
            primal,
            shadows,
        })
    }

    pub(crate) fn push_arguments(
        &self,
        builder: &Builder,
        wish: &Wish,
        args: &mut Vec<Value>,
    ) -> Result<()> {
        let params = self.params();
        let name = user_name(self.primal);
        for (param, arg) in self.args() {
            let value = self.site.call.operand(arg.operand as u32);
            let role = self.role(param, "argument", &name);
            let byval = self.byval(param);
            let mut value = match arg.by_reference {
                Some(size) if byval.is_none() => load_bytes(builder, params[param], value, size),
                _ => convert(builder, value, params[param], role)?,
            };
            let passed = self.site.call.arg_byval(arg.operand as u32);
            if let Some(ty) = byval.or(passed) {
                value = copy(builder, value, ty);
            }
            args.push(value);
            if wish.args[param].has_shadow() {
                let role = self.role(param, "shadow of argument", &name);
                let shadows = self.shadows(builder, &arg.shadow, params[param], role)?;
                args.push(pack(builder, &shadows));
            }
        }
        Ok(())
    }

    /// The shadows of an argument of type `ty`, one for each direction.
    fn shadows(
        &self,
        builder: &Builder,
        shadow: &Shadow,
        ty: Type,
        role: Role,
    ) -> Result<Vec<Value>> {
        let operand = |index: usize| self.site.call.operand(index as u32);
        match shadow {
            Shadow::None => Ok(Vec::new()),
            Shadow::Lanes(lanes) => lanes
                .iter()
                .map(|&lane| convert(builder, operand(lane), ty, role))
                .collect(),
            Shadow::Strided { pointer, stride } => {
                let first = convert(builder, operand(*pointer), ty, role)?;
                Ok(strided(
                    builder,
                    first,
                    operand(*stride),
                    self.request.width,
                ))
            }
        }
    }

    fn byval(&self, param: usize) -> Option<Type> {
        self.primal
            .attribute(Place::Param(param as u32), "byval")
            .and_then(rz_llvm::Attribute::type_value)
    }

    /// The delivered components: those the generated function returns, and what lies in memory.
    pub(crate) fn components(
        &self,
        builder: &Builder,
        wish: &Wish,
        result: Value,
        sret: Option<&Sret>,
    ) -> Vec<Value> {
        let mut components = Vec::new();
        if let Some(Sret { ty, primal, .. }) = sret
            && self.request.primal_return
        {
            components.push(builder.load(*ty, *primal, builder.module().align(*ty)));
        }
        if let Some(Sret { ty, shadows, .. }) = &sret
            && self.forward()
            && !shadows.is_empty()
        {
            let align = builder.module().align(*ty);
            let tangents: Vec<Value> = (shadows.iter())
                .map(|&shadow| builder.load(*ty, shadow, align))
                .collect();
            components.push(pack(builder, &tangents));
        }
        let returned = self.component_types(wish).len() - components.len();
        match returned {
            0 => {}
            1 => components.push(result),
            _ => components.extend((0..returned as u32).map(|i| builder.extract_value(result, i))),
        }
        components
    }
}

/// Memory of a struct that the primal returns through `sret`.
pub(crate) struct Sret {
    pub(crate) ty: Type,
    pub(crate) primal: Value,
    shadows: Vec<Value>,
}

/// `count` addresses, each `stride` bytes after the one before.
pub(crate) fn strided(builder: &Builder, first: Value, stride: Value, count: u32) -> Vec<Value> {
    let int = builder.context().int(64);
    let stride = builder.int_cast(stride, int, true);
    (0..u64::from(count))
        .map(|index| {
            if index == 0 {
                return first;
            }
            let distance = builder.mul(stride, int.int_const(index));
            builder.ptr_add(first, distance)
        })
        .collect()
}

/// Calls a generated function, whose parameters the request must have filled.
pub(crate) fn call_generated(
    builder: &Builder,
    generated: Function,
    args: &[Value],
) -> Result<Value> {
    let expected = generated.param_count() as usize;
    if expected != args.len() {
        return Err(Diagnostic::error(
            Code::Internal,
            format!(
                "the derivative `{}` takes {expected} arguments, not {}",
                generated.name(),
                args.len()
            ),
        )
        .fix("please report this"));
    }
    Ok(builder.call(generated, args))
}

/// The primal may change its `byval` copy, so the generated function gets one of its own.
fn copy(builder: &Builder, value: Value, ty: Type) -> Value {
    let module = builder.module();
    let align = module.align(ty);
    let memory = builder.entry_alloca(ty, align);
    let bytes = builder.context().int(64).int_const(module.alloc_size(ty));
    builder.memcpy(memory, align, value, 1, bytes);
    memory
}

/// One in every float of the result (section 5.4).
pub(crate) fn seed(ty: Type) -> Value {
    use rz_llvm::TypeKind::{Array, Struct};
    match ty.kind() {
        Struct => ty.struct_const(&ty.fields().into_iter().map(seed).collect::<Vec<_>>()),
        Array => {
            let one = seed(ty.element());
            ty.element()
                .array_const(&vec![one; ty.array_len() as usize])
        }
        _ => ty.float_const(1.0),
    }
}
