//! Matching the gradient's result with the type the request declares (section 5.3).
//!
//! ```text
//! %g = call { double, double } @gradient(…)      ; primal, derivative
//! declared { double, double }  → rebuilt field by field
//! declared double              → the first element
//! declared sret                → stored at the start of the result's memory
//! ```

use crate::locate::Site;
use crate::values::callee;
use rz_diag::{Code, Diagnostic, Result};
use rz_llvm::{Attribute, Builder, Module, Place, Type, TypeKind, Value};

/// What is delivered: nothing, or the components as one value.
#[derive(Clone, Copy)]
pub(crate) struct Delivery {
    /// What replaces the request's value; `None` when that is `void`.
    pub(crate) value: Option<Value>,
    /// The declared type expects a value but there is none.
    pub(crate) undefined: bool,
}

/// Where the request wants its result.
pub(crate) struct Wanted {
    /// Declared result type.
    pub(crate) ty: Type,
    /// Memory for a result returned through `sret`, and the declared struct.
    pub(crate) memory: Option<(Value, Type)>,
    /// Whether a result of another type may be reinterpreted through memory.
    pub(crate) reinterpret: Reinterpret,
}

/// Which sizes allow a result to be reinterpreted through memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Reinterpret {
    /// Never: only a type with the same scalars at the same places will do.
    Never,
    /// Forward modes: the declared size is that of the result.
    Same,
    /// Augmented forward: the declared size is that of the result or larger.
    Larger,
}

impl Reinterpret {
    fn allows(self, have: u64, need: u64) -> bool {
        match self {
            Self::Never => false,
            Self::Same => have == need,
            Self::Larger => have >= need,
        }
    }
}

impl Wanted {
    /// What the request at `site` declares.
    pub(crate) fn of(site: Site, reinterpret: Reinterpret) -> Self {
        let call = site.call;
        let memory = (site.function_operand() == 1).then(|| {
            let declared = call
                .call_attributes(Place::Param(0))
                .into_iter()
                .find(|attribute| attribute.name() == "sret")
                .or_else(|| callee(call).and_then(|f| f.attribute(Place::Param(0), "sret")))
                .and_then(Attribute::type_value);
            (call.operand(0), declared)
        });
        Self {
            ty: call.ty(),
            memory: memory.and_then(|(pointer, declared)| Some((pointer, declared?))),
            reinterpret,
        }
    }
}

/// The type the rules of section 5.3 call the generated one.
pub(crate) fn generated_type(components: &[Type]) -> Option<Type> {
    match components {
        [] => None,
        [one] => Some(*one),
        [first, ..] => Some(first.context().structure(components, false)),
    }
}

/// How a generated value becomes the declared one. Decided before anything is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Rule {
    Nothing,
    Same,
    Wrap,
    Fields,
    Memory,
    First,
}

/// Checks that a result can be delivered, before the request is touched.
pub(crate) fn check(module: Module, wanted: &Wanted, components: &[Type]) -> Result<()> {
    match wanted.memory {
        Some((_, declared)) => check_memory(module, declared, components),
        None => rule(module, wanted, components).map(|_| ()),
    }
}

fn check_memory(module: Module, declared: Type, components: &[Type]) -> Result<()> {
    let Some(generated) = generated_type(components) else {
        return Ok(());
    };
    let (have, need) = (module.alloc_size(declared), module.alloc_size(generated));
    if have >= need {
        return Ok(());
    }
    Err(Diagnostic::error(
        Code::WrongResultType,
        format!(
            "the declared result {declared} of {have} bytes cannot hold the derivative {generated} of {need} bytes"
        ),
    )
    .fix(format!("declare a result of type {generated}")))
}

fn rule(module: Module, wanted: &Wanted, components: &[Type]) -> Result<Rule> {
    let declared = wanted.ty;
    let Some(generated) = generated_type(components) else {
        return Ok(Rule::Nothing);
    };
    if declared.is_void() || is_empty_struct(declared) {
        return Ok(Rule::Nothing);
    }
    if declared == generated {
        return Ok(Rule::Same);
    }
    if declared.kind() == TypeKind::Struct && declared.fields() == [generated] {
        return Ok(Rule::Wrap);
    }
    if same_fields(declared, generated) {
        return Ok(Rule::Fields);
    }
    let (have, need) = (module.alloc_size(declared), module.alloc_size(generated));
    if leaves(module, declared) == leaves(module, generated)
        || wanted.reinterpret.allows(have, need)
    {
        return Ok(Rule::Memory);
    }
    if wanted.reinterpret != Reinterpret::Larger && first_element(generated) == Some(declared) {
        return Ok(Rule::First);
    }
    Err(Diagnostic::error(
        Code::WrongResultType,
        format!(
            "cannot convert the derivative {generated} of {need} bytes to the declared result {declared} of {have} bytes"
        ),
    )
    .fix(format!("declare a result of type {generated}")))
}

/// Builds the declared value (or stores it) from the generated components. `check` has agreed.
pub(crate) fn deliver(
    builder: &Builder,
    wanted: &Wanted,
    components: &[Value],
) -> Result<Delivery> {
    let types: Vec<Type> = components.iter().map(|value| value.ty()).collect();
    let module = builder.module();
    if let Some((memory, declared)) = wanted.memory {
        check_memory(module, declared, &types)?;
        if let Some(whole) = assemble(builder, components) {
            let align = module.align(declared).min(module.align(whole.ty()));
            builder.store(whole, memory, align);
        }
        return Ok(Delivery {
            value: None,
            undefined: components.is_empty(),
        });
    }
    let rule = rule(module, wanted, &types)?;
    if wanted.ty.is_void() {
        return Ok(Delivery {
            value: None,
            undefined: false,
        });
    }
    let Some(whole) = assemble(builder, components) else {
        return Ok(Delivery {
            value: Some(wanted.ty.zero()),
            undefined: !is_empty_struct(wanted.ty),
        });
    };
    let value = match rule {
        Rule::Nothing => wanted.ty.zero(),
        Rule::Same => whole,
        Rule::Wrap => builder.insert_value(wanted.ty.poison(), whole, 0),
        Rule::Fields => rebuild(builder, whole, wanted.ty),
        Rule::Memory => through_memory(builder, whole, wanted.ty),
        Rule::First => builder.extract_value(whole, 0),
    };
    Ok(Delivery {
        value: Some(value),
        undefined: false,
    })
}

fn assemble(builder: &Builder, components: &[Value]) -> Option<Value> {
    match components {
        [] => None,
        [one] => Some(*one),
        several => {
            let types: Vec<Type> = several.iter().map(|value| value.ty()).collect();
            let mut whole = generated_type(&types)?.poison();
            for (index, &component) in (0u32..).zip(several) {
                whole = builder.insert_value(whole, component, index);
            }
            Some(whole)
        }
    }
}

fn is_empty_struct(ty: Type) -> bool {
    ty.kind() == TypeKind::Struct && ty.fields().into_iter().all(is_empty_struct)
}

fn same_fields(a: Type, b: Type) -> bool {
    a.kind() == TypeKind::Struct
        && b.kind() == TypeKind::Struct
        && a.is_packed() == b.is_packed()
        && a.fields() == b.fields()
}

fn first_element(ty: Type) -> Option<Type> {
    match ty.kind() {
        TypeKind::Struct => ty.fields().first().copied(),
        TypeKind::Array | TypeKind::Vector => Some(ty.element()),
        _ => None,
    }
}

/// Byte offsets and types of all scalars. `<2 x float>`, in which C returns two floats, has the
/// leaves of `{ float, float }`.
fn leaves(module: Module, ty: Type) -> Vec<(u64, Type)> {
    /// Results larger than this are returned in memory and never reach here.
    const LIMIT: u64 = 1024;
    fn add(module: Module, ty: Type, at: u64, out: &mut Vec<(u64, Type)>) {
        match ty.kind() {
            TypeKind::Struct => {
                for (index, field) in (0u32..).zip(ty.fields()) {
                    add(module, field, at + module.field_offset(ty, index), out);
                }
            }
            TypeKind::Array | TypeKind::Vector => {
                let elem = ty.element();
                let count = if ty.kind() == TypeKind::Array {
                    ty.array_len()
                } else {
                    u64::from(ty.vector_len())
                };
                for index in 0..count.min(LIMIT) {
                    add(module, elem, at + index * module.alloc_size(elem), out);
                }
            }
            _ => out.push((at, ty)),
        }
    }
    let mut out = Vec::new();
    add(module, ty, 0, &mut out);
    out
}

/// Bytes from the start of a value to the end of its last scalar.
pub(crate) fn extent(module: Module, ty: Type) -> u64 {
    let ends = leaves(module, ty)
        .into_iter()
        .map(|(at, leaf)| at + module.store_size(leaf));
    ends.max().unwrap_or(0)
}

fn rebuild(builder: &Builder, whole: Value, ty: Type) -> Value {
    let mut result = ty.poison();
    for index in 0..ty.fields().len() as u32 {
        let field = builder.extract_value(whole, index);
        result = builder.insert_value(result, field, index);
    }
    result
}

fn through_memory(builder: &Builder, whole: Value, ty: Type) -> Value {
    let module = builder.module();
    let bytes = module.alloc_size(ty).max(module.alloc_size(whole.ty()));
    let align = module.align(ty).max(module.align(whole.ty()));
    let memory = builder.entry_alloca(builder.context().int(8).array(bytes), align);
    builder.store(whole, memory, align);
    builder.load(ty, memory, align)
}
