//! Derivative rules as LLVM IR: an [`Emit`] over a builder, shared by all modes.
//!
//! One emitter writes the derivative of one primal operation at the builder's position, in the
//! operation's own float type, scalar or vector.
//!
//! Invariants:
//! - what is emitted never carries `nnan` or `ninf` (a partial may be infinite where the primal was
//!   not) nor `reassoc` (which belongs on final accumulations); other flags are those of the primal;
//! - the builder's flags are cleared again when the emitter goes;
//! - functions with an LLVM intrinsic use it; others are called by their C name, lane by lane.
//!
//! ```text
//! %y = call double @sin(double %x)
//! ; adjoint with seed %g
//! %1 = call double @llvm.cos.f64(double %x)
//! %2 = fmul double %g, %1
//! ```

use rz_llvm::{
    BinaryOp, Builder, FloatPredicate, Function, IntPredicate, Linkage, Module, Type, TypeKind,
    Value,
};
use rz_rules::{Cmp, Constant, Emit, Fun, Source, helper};

/// Fast-math flags that derivative code may take over from its primal: `nsz`, `arcp`, `contract`, `afn`.
pub const KEPT_FAST: u8 = 0b111_1000;

/// Emits rules at a builder's position.
pub struct IrEmit<'b> {
    builder: &'b Builder,
    /// Float type, scalar or vector.
    ty: Type,
    /// Zero seeds give zero whatever the partial.
    strong_zero: bool,
}

impl<'b> IrEmit<'b> {
    /// An emitter for the derivative of an operation on `ty` that has the fast-math flags `fast`.
    pub fn new(builder: &'b Builder, ty: Type, fast: u8) -> Self {
        builder.set_fast_math(fast & KEPT_FAST);
        Self {
            builder,
            ty,
            strong_zero: false,
        }
    }

    /// Makes a zero seed give zero even where the partial is infinite.
    #[must_use]
    pub fn with_strong_zero(mut self, on: bool) -> Self {
        self.strong_zero = on;
        self
    }

    fn unless_zero(&self, seed: Value, product: Value) -> Value {
        if !self.strong_zero {
            return product;
        }
        let zero = self.ty.zero();
        // Where the product is a number it stays, for it is zero itself, and its derivative need not be.
        let is_zero = self.builder.fcmp(FloatPredicate::OEQ, seed, zero);
        let is_lost = self.builder.fcmp(FloatPredicate::UNO, product, product);
        let is_both = self.builder.binary(BinaryOp::And, is_zero, is_lost);
        self.builder.select(is_both, zero, product)
    }

    /// Brings two truth values to the same shape.
    fn level(&self, a: Value, b: Value) -> (Value, Value) {
        match (a.ty().is_vector(), b.ty().is_vector()) {
            (true, false) => (a, self.builder.splat(a.ty(), b)),
            (false, true) => (self.builder.splat(b.ty(), a), b),
            _ => (a, b),
        }
    }

    fn library(&self, fun: Fun, name: &str, args: &[Value]) -> Value {
        if !self.ty.is_vector() {
            return scalar_call(self.builder, fun, name, self.ty, args);
        }
        let (lane_ty, lanes) = (self.ty.element(), self.ty.vector_len());
        let index = self.ty.context().int(32);
        let result_ty = if fun.returns_int() { index } else { lane_ty };
        let mut whole = self.ty.with_scalar(result_ty).poison();
        for lane in 0..lanes {
            let at = index.int_const(u64::from(lane));
            let lane_args: Vec<Value> = args
                .iter()
                .map(|&arg| {
                    if arg.ty().is_vector() {
                        self.builder.extract_element(arg, at)
                    } else {
                        arg
                    }
                })
                .collect();
            let result = scalar_call(self.builder, fun, name, lane_ty, &lane_args);
            whole = self.builder.insert_element(whole, result, at);
        }
        whole
    }
}

impl Drop for IrEmit<'_> {
    fn drop(&mut self) {
        self.builder.set_fast_math(0);
    }
}

impl Emit for IrEmit<'_> {
    type V = Value;

    fn literal(&mut self, value: f64) -> Value {
        self.ty.float_const(value)
    }
    fn constant(&mut self, constant: Constant) -> Value {
        self.ty.float_const_text(constant.digits())
    }
    fn add(&mut self, a: Value, b: Value) -> Value {
        self.builder.fadd(a, b)
    }
    fn sub(&mut self, a: Value, b: Value) -> Value {
        self.builder.fsub(a, b)
    }
    fn mul(&mut self, a: Value, b: Value) -> Value {
        self.builder.fmul(a, b)
    }
    fn div(&mut self, a: Value, b: Value) -> Value {
        self.builder.fdiv(a, b)
    }
    fn neg(&mut self, a: Value) -> Value {
        self.builder.fneg(a)
    }

    fn call(&mut self, fun: Fun, args: &[Value]) -> Value {
        match fun.source() {
            Source::Intrinsic(name) => {
                let mut overloads = vec![self.ty];
                overloads.extend(fun.integer_operand().map(|i| args[i].ty()));
                self.builder
                    .intrinsic(name, &overloads, args)
                    .expect("LLVM has the intrinsics that the rules name (tests/emit.rs)")
            }
            Source::Library(name) => self.library(fun, name, args),
            Source::Helper => {
                let body = helper_function(self.builder.module(), fun, self.ty);
                self.builder.call(body, args)
            }
        }
    }

    fn compare(&mut self, cmp: Cmp, a: Value, b: Value) -> Value {
        let predicate = match cmp {
            Cmp::Lt => FloatPredicate::OLT,
            Cmp::Le => FloatPredicate::OLE,
            Cmp::Gt => FloatPredicate::OGT,
            Cmp::Ge => FloatPredicate::OGE,
            Cmp::Eq => FloatPredicate::OEQ,
            Cmp::Ne => FloatPredicate::UNE,
        };
        self.builder.fcmp(predicate, a, b)
    }
    fn and(&mut self, a: Value, b: Value) -> Value {
        let (a, b) = self.level(a, b);
        self.builder.and(a, b)
    }
    fn or(&mut self, a: Value, b: Value) -> Value {
        let (a, b) = self.level(a, b);
        self.builder.or(a, b)
    }
    fn not(&mut self, a: Value) -> Value {
        self.builder.not(a)
    }
    fn select(&mut self, c: Value, a: Value, b: Value) -> Value {
        self.builder.select(c, a, b)
    }

    fn int(&mut self, like: Option<Value>, value: i64) -> Value {
        let ty = like.map_or_else(|| self.ty.context().int(32), Value::ty);
        ty.int_const_signed(value)
    }
    fn int_add(&mut self, a: Value, b: Value) -> Value {
        self.builder.add(a, b)
    }
    fn int_sub(&mut self, a: Value, b: Value) -> Value {
        self.builder.sub(a, b)
    }
    fn int_compare(&mut self, cmp: Cmp, a: Value, b: Value) -> Value {
        let predicate = match cmp {
            Cmp::Lt => IntPredicate::Slt,
            Cmp::Le => IntPredicate::Sle,
            Cmp::Gt => IntPredicate::Sgt,
            Cmp::Ge => IntPredicate::Sge,
            Cmp::Eq => IntPredicate::Eq,
            Cmp::Ne => IntPredicate::Ne,
        };
        self.builder.icmp(predicate, a, b)
    }
    fn int_to_real(&mut self, a: Value) -> Value {
        let real = a.ty().with_scalar(self.ty.scalar());
        let value = self.builder.cast(rz_llvm::CastOp::SiToFp, a, real);
        if self.ty.is_vector() && !real.is_vector() {
            return self.builder.splat(self.ty, value);
        }
        value
    }

    fn scale(&mut self, seed: Value, partial: Value) -> Value {
        let product = self.builder.fmul(seed, partial);
        self.unless_zero(seed, product)
    }
    fn scale_div(&mut self, seed: Value, divisor: Value) -> Value {
        let quotient = self.builder.fdiv(seed, divisor);
        self.unless_zero(seed, quotient)
    }
}

/// Calls the C function for a scalar type; formats without C functions of their own go through `float`.
fn scalar_call(builder: &Builder, fun: Fun, name: &str, ty: Type, args: &[Value]) -> Value {
    let context = ty.context();
    let (work, suffix) = match ty.kind() {
        TypeKind::Double => (ty, ""),
        TypeKind::Float => (ty, "f"),
        TypeKind::Half | TypeKind::BFloat => (context.float(), "f"),
        TypeKind::Fp128 if builder.module().triple().starts_with("x86") => (ty, "f128"),
        _ => (ty, "l"),
    };
    let is_int = |i: usize| fun.integer_operand() == Some(i);
    let args: Vec<Value> = args
        .iter()
        .enumerate()
        .map(|(i, &arg)| {
            if is_int(i) {
                arg
            } else {
                builder.float_cast(arg, work)
            }
        })
        .collect();
    let params: Vec<Type> = args.iter().map(|a| a.ty()).collect();
    let result = if fun.returns_int() {
        context.int(32)
    } else {
        work
    };
    let fn_ty = result.function(&params, false);
    let symbol = format!("{name}{suffix}");
    let function = builder.module().get_or_declare(&symbol, fn_ty);
    let call = builder.call_value(fn_ty, function.value(), &args);
    if fun.returns_int() {
        call
    } else {
        builder.float_cast(call, ty)
    }
}

/// The helper's body for `ty`, written on first use.
fn helper_function(module: Module, fun: Fun, ty: Type) -> Function {
    let helper = helper(fun).expect("functions of Source::Helper have a body");
    let symbol = helper.symbol(&suffix(ty));
    if let Some(function) = module.function(&symbol) {
        return function;
    }
    let params = vec![ty; fun.arity()];
    let function = module.add_function(&symbol, ty.function(&params, false), Linkage::LinkOnceOdr);
    function.value().set_hidden();
    let builder = Builder::at_end(function.append_block("entry"));
    let result = helper.emit(&mut IrEmit::new(&builder, ty, 0), &function.params());
    builder.ret(Some(result));
    function
}

/// LLVM's overload suffix of a float type.
fn suffix(ty: Type) -> String {
    match ty.kind() {
        TypeKind::Vector => format!("v{}{}", ty.vector_len(), suffix(ty.element())),
        TypeKind::ScalableVector => format!("nxv{}{}", ty.vector_len(), suffix(ty.element())),
        TypeKind::Half => "f16".into(),
        TypeKind::BFloat => "bf16".into(),
        TypeKind::Float => "f32".into(),
        TypeKind::Double => "f64".into(),
        TypeKind::X86Fp80 => "f80".into(),
        TypeKind::Fp128 => "f128".into(),
        TypeKind::PpcFp128 => "ppcf128".into(),
        _ => format!("{ty}"),
    }
}
