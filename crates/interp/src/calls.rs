//! Calls: intrinsics, the C library, functions with bodies.

use crate::exec::Frame;
use crate::math::{self, Dual};
use crate::ops::{map, zip};
use crate::{Error, Machine, Result, Val, ints};
use rz_view::op::{BinaryOp, Callee};
use rz_view::types::TypeKind;
use rz_view::{Func, Inst, Type};

impl Machine<'_> {
    pub(crate) fn call_inst(&mut self, frame: &Frame<'_>, inst: Inst, ops: &[Val]) -> Result<Val> {
        let call = frame.body.insts[inst].op.call();
        match call.map(|c| &c.callee) {
            Some(Callee::Direct(func)) => self.call(*func, ops),
            Some(Callee::Indirect) => {
                let func = self.func_at(ops[0].scalar().0 as u64)?;
                self.call(func, &ops[1..])
            }
            Some(Callee::Asm { .. }) | None => Err(Error::Unsupported("inline assembly".into())),
        }
    }

    /// A function without body.
    pub(crate) fn call_known(&mut self, func: Func, args: &[Val]) -> Result<Val> {
        let data = &self.module.funcs[func];
        if let Some(external) = self.externals.get_mut(&data.name) {
            return external(&mut self.memory, args);
        }
        let ret = data.ret;
        let params: Vec<Type> = data.params.iter().map(|p| p.ty).collect();
        let unknown = || Error::Unsupported(format!("the function {}", data.name));
        let found = if let Some(intrinsic) = &data.intrinsic {
            let base = intrinsic.strip_prefix("llvm.").unwrap_or(intrinsic);
            match self.intrinsic(base, ret, &params, args)? {
                Some(value) => Some(value),
                None => self.elementwise(base, ret, &params, args)?,
            }
        } else {
            let name = data.library.as_deref().unwrap_or(&data.name);
            match self.library(name, ret, &params, args)? {
                Some(value) => Some(value),
                None => self.elementwise(name, ret, &params, args)?,
            }
        };
        found.ok_or_else(unknown)
    }

    /// Mathematics on floats, lane by lane.
    fn elementwise(
        &self,
        name: &str,
        ret: Type,
        params: &[Type],
        args: &[Val],
    ) -> Result<Option<Val>> {
        let Some(kind) = self.module.types.float_kind(ret) else {
            return self.int_elementwise(name, ret, args);
        };
        let base = if math::unary(name, (0.5, 0.0)).is_some()
            || math::binary(name, (0.5, 0.0), (0.5, 0.0)).is_some()
        {
            name
        } else {
            name.strip_suffix(['f', 'l']).unwrap_or(name)
        };
        let dual = |v: &Val| -> Dual { v.as_float(kind) };
        let unknown = || Error::Unsupported(format!("the function {name}"));
        let lane = |d: Option<Dual>| d.map(|(x, dx)| Val::float(kind, x, dx)).ok_or_else(unknown);
        let result = match args {
            [a] if math::unary(base, (0.5, 0.0)).is_some() => {
                map(a, &mut |a| lane(math::unary(base, dual(a))))?
            }
            [a, n] if self.module.types.is_int(params[1]) => {
                let bits = self.width(params[1])?;
                zip(a, n, &mut |a, n| {
                    let n = ints::signed(n.scalar().0, bits) as i64;
                    lane(math::with_int(base, dual(a), n))
                })?
            }
            [n, a] if self.module.types.is_int(params[0]) => {
                let bits = self.width(params[0])?;
                let n = ints::signed(n.scalar().0, bits) as i32;
                lane(math::of_order(base, n, dual(a)))?
            }
            [a, b] if math::binary(base, (0.5, 0.0), (0.5, 0.0)).is_some() => {
                zip(a, b, &mut |a, b| lane(math::binary(base, dual(a), dual(b))))?
            }
            [a, b, c] if matches!(base, "fma" | "fmuladd") => {
                let lanes: Vec<Val> = a
                    .lanes()
                    .iter()
                    .zip(b.lanes())
                    .zip(c.lanes())
                    .map(|((a, b), c)| {
                        let (x, dx) = math::fma(dual(a), dual(b), dual(c));
                        Val::float(kind, x, dx)
                    })
                    .collect();
                if matches!(a, Val::Many(_)) {
                    Val::Many(lanes)
                } else {
                    lanes[0].clone()
                }
            }
            _ => return Ok(None),
        };
        Ok(Some(result))
    }

    fn int_elementwise(&self, name: &str, ret: Type, args: &[Val]) -> Result<Option<Val>> {
        if let ([first, second], TypeKind::Struct { fields, .. }) =
            (args, self.module.types.kind(ret))
            && self.module.types.is_int(fields[0].ty)
        {
            let bits = self.width(fields[0].ty)?;
            let (a, b) = (first.scalar().0, second.scalar().0);
            return Ok(ints::overflowing(name, bits, a, b)
                .map(|(v, o)| Val::Many(vec![Val::bits(v), Val::bits(o.into())])));
        }
        if !self.module.types.is_int(ret) || args.is_empty() {
            return Ok(None);
        }
        let bits = self.width(ret)?;
        let second = args.get(1).unwrap_or(&args[0]);
        if ints::intrinsic(name, bits, 0, 1).is_none() {
            return Ok(None);
        }
        zip(&args[0], second, &mut |a, b| {
            let value = ints::intrinsic(name, bits, a.scalar().0, b.scalar().0);
            Ok(Val::bits(value.unwrap_or(0)))
        })
        .map(Some)
    }

    /// Intrinsics that are not elementwise mathematics.
    fn intrinsic(
        &mut self,
        base: &str,
        ret: Type,
        params: &[Type],
        args: &[Val],
    ) -> Result<Option<Val>> {
        let int = |i: usize| args[i].scalar().0 as u64;
        let nothing = Ok(Some(Val::int(0)));
        if let Some(op) = base.strip_prefix("vector.reduce.") {
            return self.reduce(op, ret, args).map(Some);
        }
        match base {
            "memcpy" | "memmove" | "memcpy.inline" => {
                self.copy(int(0), int(1), int(2))?;
                nothing
            }
            "memset" | "memset.inline" => {
                self.fill(int(0), int(1) as u8, int(2))?;
                nothing
            }
            "lifetime.start"
            | "lifetime.end"
            | "assume"
            | "dbg.value"
            | "dbg.declare"
            | "dbg.label"
            | "prefetch"
            | "experimental.noalias.scope.decl"
            | "donothing"
            | "sideeffect"
            | "pseudoprobe"
            | "stackrestore"
            | "invariant.start"
            | "invariant.end"
            | "var.annotation" => nothing,
            "stacksave" => nothing,
            "expect"
            | "expect.with.probability"
            | "ssa.copy"
            | "launder.invariant.group"
            | "strip.invariant.group"
            | "ptr.annotation"
            | "annotation"
            | "threadlocal.address" => Ok(Some(args[0].clone())),
            "trap" | "debugtrap" | "ubsantrap" => Err(Error::Trap("llvm.trap".into())),
            "is.constant" => nothing,
            "modf" => self
                .split_parts(params[0], &args[0])
                .map(|(f, i)| Some(Val::Many(vec![f, i]))),
            "sincos" => {
                let (sin, cos) = self.sine_and_cosine(params[0], &args[0])?;
                Ok(Some(Val::Many(vec![sin, cos])))
            }
            "is.fpclass" => {
                let class = math::class(args[0].as_float(self.kind(params[0])?).0);
                Ok(Some(Val::bits((int(1) & class != 0).into())))
            }
            "masked.load" => self.masked_load(ret, args).map(Some),
            "masked.store" => self.masked_store(params[0], args).map(Some),
            _ => Ok(None),
        }
    }

    pub(crate) fn copy(&mut self, to: u64, from: u64, len: u64) -> Result<()> {
        let (bytes, shadow) = self.memory.read(from, len as usize)?;
        self.memory.write(to, &bytes, &shadow)
    }

    pub(crate) fn fill(&mut self, to: u64, byte: u8, len: u64) -> Result<()> {
        self.memory
            .write(to, &vec![byte; len as usize], &vec![0; len as usize])
    }

    fn reduce(&self, op: &str, ret: Type, args: &[Val]) -> Result<Val> {
        let lanes = args[args.len() - 1].lanes();
        let binary = |op: BinaryOp, start: Option<&Val>| {
            let mut lanes = start.into_iter().chain(lanes);
            let first = lanes.next().cloned().unwrap_or(Val::int(0));
            lanes.try_fold(first, |a, b| self.binary(op, ret, &a, b))
        };
        match op {
            "fadd" => binary(BinaryOp::FAdd, Some(&args[0])),
            "fmul" => binary(BinaryOp::FMul, Some(&args[0])),
            "add" => binary(BinaryOp::Add, None),
            "mul" => binary(BinaryOp::Mul, None),
            "and" => binary(BinaryOp::And, None),
            "or" => binary(BinaryOp::Or, None),
            "xor" => binary(BinaryOp::Xor, None),
            "fmax" | "fmin" | "fmaximum" | "fminimum" | "smax" | "smin" | "umax" | "umin" => {
                let name = match op {
                    "fmax" => "maxnum",
                    "fmin" => "minnum",
                    "fmaximum" => "maximum",
                    "fminimum" => "minimum",
                    other => other,
                };
                let mut all = lanes.iter();
                let first = all.next().cloned().unwrap_or(Val::int(0));
                all.try_fold(first, |a, b| {
                    let args = [a, b.clone()];
                    self.elementwise(name, ret, &[ret, ret], &args)?
                        .ok_or_else(|| Error::Unsupported(format!("reduction {op}")))
                })
            }
            _ => Err(Error::Unsupported(format!("reduction {op}"))),
        }
    }

    fn masked_load(&mut self, ret: Type, args: &[Val]) -> Result<Val> {
        // Since LLVM 22 alignment is an attribute; before, it was operand 1.
        let (mask, pass) = (&args[args.len() - 2], &args[args.len() - 1]);
        let elem = self.module.types.scalar(ret);
        let size = self.module.types.store_size(elem);
        let base = args[0].scalar().0 as u64;
        let mut lanes = pass.lanes().to_vec();
        for (i, on) in mask.lanes().iter().enumerate() {
            if on.scalar().0 & 1 == 1 {
                lanes[i] = self.load(elem, base + i as u64 * size)?;
            }
        }
        Ok(Val::Many(lanes))
    }

    fn masked_store(&mut self, ty: Type, args: &[Val]) -> Result<Val> {
        let mask = &args[args.len() - 1];
        let elem = self.module.types.scalar(ty);
        let size = self.module.types.store_size(elem);
        let base = args[1].scalar().0 as u64;
        for (i, on) in mask.lanes().iter().enumerate() {
            if on.scalar().0 & 1 == 1 {
                let lane = args[0].lanes()[i].clone();
                self.store(elem, &lane, base + i as u64 * size)?;
            }
        }
        Ok(Val::int(0))
    }
}
