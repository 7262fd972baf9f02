//! Arguments and results as the C calling conventions spread them.
//!
//! A struct by value reaches LLVM as several registers, as one integer or vector of the same bytes,
//! or as a pointer to a copy (`byval`); a struct result as itself or through `sret` memory. The
//! bytes are the same in every form, so one value is passed in another form through memory.

use super::sret;
use rz_llvm::{Attribute, Builder, Function, Module, Place, Type, Value};

/// Attributes of parameters that decide how an argument travels.
const ABI: [&str; 5] = ["sret", "byval", "signext", "zeroext", "inreg"];

/// The parameters of a function without the memory of its result.
pub(super) fn own_params(function: Function) -> Vec<Type> {
    let skip = usize::from(sret(function).is_some());
    function.ty().params().split_off(skip)
}

/// The parameter's struct, when it is passed by value in memory.
fn byval(function: Function, own: usize) -> Option<Type> {
    let index = own + usize::from(sret(function).is_some());
    function
        .attribute(Place::Param(index as u32), "byval")
        .and_then(Attribute::type_value)
}

/// How many parameters of `function`, from `next` on, one value of type `ty` fills.
fn fill(
    module: Module,
    function: Function,
    params: &[Type],
    next: usize,
    ty: Type,
) -> Option<usize> {
    let param = *params.get(next)?;
    if param == ty {
        return Some(1);
    }
    let bytes = module.store_size(ty);
    if byval(function, next).is_some_and(|inner| module.store_size(inner) == bytes) {
        return Some(1);
    }
    if !ty.is_aggregate() {
        return None;
    }
    blob(module, params, next, bytes)
}

/// How many parameters from `next` on take `bytes` bytes of memory between them.
fn blob(module: Module, params: &[Type], next: usize, bytes: u64) -> Option<usize> {
    let mut offset = 0;
    let mut count = 0;
    while offset < bytes {
        let param = *params.get(next + count)?;
        offset = up(offset, u64::from(module.align(param))) + module.store_size(param);
        count += 1;
    }
    Some(count)
}

fn up(offset: u64, align: u64) -> u64 {
    offset.div_ceil(align) * align
}

/// How many parameters of `function` are left when values of these types have been passed; `None`
/// when they do not fit.
pub(super) fn spread(module: Module, values: &[Type], function: Function) -> Option<usize> {
    let params = own_params(function);
    let mut next = 0;
    for &ty in values {
        next += fill(module, function, &params, next, ty)?;
    }
    Some(params.len() - next)
}

/// True when what follows the parameters for `values` takes a tape of so many bytes.
pub(super) fn covers(module: Module, function: Function, values: &[Type], bytes: u64) -> bool {
    let params = own_params(function);
    let Some(rest) = spread(module, values, function) else {
        return false;
    };
    let next = params.len() - rest;
    if byval(function, next).is_some_and(|ty| module.store_size(ty) >= bytes) {
        return rest == 1;
    }
    let mut offset = 0;
    for &param in &params[next..] {
        offset = up(offset, u64::from(module.align(param))) + module.store_size(param);
    }
    offset == bytes || (rest == 1 && offset <= bytes)
}

/// Bytes of what a function returns, in memory or not.
pub(super) fn result_bytes(function: Function) -> u64 {
    let ty = sret(function).unwrap_or_else(|| function.return_type());
    if ty.is_void() {
        0
    } else {
        function.module().store_size(ty)
    }
}

/// A call of a user's function under construction.
pub(super) struct Call<'b> {
    b: &'b Builder,
    function: Function,
    params: Vec<Type>,
    args: Vec<Value>,
}

impl<'b> Call<'b> {
    pub(super) fn new(b: &'b Builder, function: Function) -> Self {
        Self {
            b,
            params: own_params(function),
            function,
            args: Vec::new(),
        }
    }

    /// Passes a value, in whatever form the function takes it.
    pub(super) fn pass(&mut self, value: Value) {
        let module = self.function.module();
        let next = self.args.len();
        if self.params[next] == value.ty() {
            self.args.push(value);
            return;
        }
        let memory = spill(self.b, value);
        self.pass_memory(memory, module.store_size(value.ty()));
    }

    /// Passes `bytes` bytes of memory, in whatever form the function takes them.
    pub(super) fn pass_memory(&mut self, memory: Value, bytes: u64) {
        let module = self.function.module();
        let next = self.args.len();
        if byval(self.function, next).is_some() {
            self.args.push(memory);
            return;
        }
        let mut offset = 0;
        while offset < bytes {
            let Some(&param) = self.params.get(self.args.len()) else {
                return;
            };
            offset = up(offset, u64::from(module.align(param)));
            let at = self.b.ptr_offset(memory, offset as i64);
            self.args.push(self.b.load(param, at, 1));
            offset += module.store_size(param);
        }
    }

    /// Calls, and returns memory that holds the result; `None` for `void`.
    pub(super) fn finish(self) -> Option<Value> {
        let module = self.function.module();
        let memory = sret(self.function).map(|ty| {
            let memory = self.b.entry_alloca(ty, module.align(ty).max(8));
            (memory, ty)
        });
        let mut args: Vec<Value> = memory.iter().map(|&(memory, _)| memory).collect();
        args.extend(self.args);
        let call = self.b.call(self.function, &args);
        call.set_call_convention(self.function.calling_convention());
        for index in 0..args.len() as u32 {
            for attribute in self.function.attributes(Place::Param(index)) {
                if ABI.contains(&attribute.name().as_str()) {
                    call.add_call_attribute(Place::Param(index), attribute);
                }
            }
        }
        match memory {
            Some((memory, _)) => Some(memory),
            None if call.ty().is_void() => None,
            None => Some(spill(self.b, call)),
        }
    }
}

/// Memory that holds `value`.
pub(super) fn spill(b: &Builder, value: Value) -> Value {
    let module = b.module();
    let align = module.align(value.ty()).max(8);
    let memory = b.entry_alloca(value.ty(), align);
    b.store(value, memory, align);
    memory
}

/// A value read from `offset` bytes behind `memory`.
pub(super) fn read(b: &Builder, ty: Type, memory: Value, offset: u64) -> Value {
    let at = b.ptr_offset(memory, offset as i64);
    b.load(ty, at, 1)
}
