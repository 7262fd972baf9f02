//! What registered functions must look like, derived from the primal's LLVM type.
//!
//! Floats, and structs of floats without pointers, are active; everything else, integers too, comes
//! together with its shadow.

use super::pass::{self, spread};
use super::{AUGMENT, DEALLOCATOR_FN, DERIVATIVE, GRADIENT, rule, sret};
use rz_diag::{Code, Diagnostic, Result};
use rz_llvm::{Function, Module, Type, TypeKind};

/// True for a type whose derivative is passed by value.
pub(super) fn is_active(ty: Type) -> bool {
    fn has(ty: Type, wanted: &dyn Fn(Type) -> bool) -> bool {
        match ty.kind() {
            TypeKind::Struct => ty.fields().into_iter().any(|field| has(field, wanted)),
            TypeKind::Array | TypeKind::Vector | TypeKind::ScalableVector => {
                has(ty.element(), wanted)
            }
            _ => wanted(ty),
        }
    }
    has(ty, &Type::is_float) && !has(ty, &Type::is_pointer)
}

/// The primal of a rule.
pub(super) struct Primal {
    pub(super) function: Function,
    /// Parameters but the memory of the result.
    pub(super) params: Vec<Type>,
    /// The result, also when it is returned through memory; `None` for `void`.
    pub(super) ret: Option<Type>,
    /// The result is returned through memory.
    pub(super) in_memory: bool,
}

impl Primal {
    pub(super) fn of(function: Function) -> Self {
        let mut params = function.ty().params();
        let memory = sret(function);
        if memory.is_some() {
            params.remove(0);
        }
        let ret = memory.or_else(|| Some(function.return_type()).filter(|ty| !ty.is_void()));
        Self {
            function,
            params,
            ret,
            in_memory: memory.is_some(),
        }
    }

    /// The result is active by value.
    pub(super) fn seeded(&self) -> Option<Type> {
        self.ret.filter(|&ty| is_active(ty))
    }

    /// Parameters of the augmented forward, and of the gradient before seed and tape.
    pub(super) fn reverse_params(&self) -> Vec<Type> {
        let each = self.params.iter().flat_map(|&ty| {
            let shadow = (!is_active(ty)).then_some(ty);
            std::iter::once(ty).chain(shadow)
        });
        each.collect()
    }

    /// Parameters of the tangent function: each with its tangent.
    pub(super) fn forward_params(&self) -> Vec<Type> {
        self.params.iter().flat_map(|&ty| [ty, ty]).collect()
    }

    /// The types of the derivatives that the gradient returns, in order.
    pub(super) fn derivatives(&self) -> Vec<Type> {
        let active = |ty: &Type| is_active(*ty);
        self.params.iter().copied().filter(active).collect()
    }

    /// What goes in or out besides floats and integers by value: to call a rule again, memory would have to be as before.
    pub(super) fn left_behind(&self) -> Option<String> {
        let other = |ty: &Type| !is_active(*ty) && !ty.is_int();
        if let Some(index) = self.params.iter().position(other) {
            return Some(format!(
                "argument {index} may lead to memory that the rule changes, so it cannot run once more for each direction"
            ));
        }
        self.ret.filter(|ty| other(ty)).map(|_| {
            "its result may lead to memory, and each direction would have another".to_owned()
        })
    }

    pub(super) fn name(&self) -> String {
        let name = self.function.name().replace("rz.held.", "");
        name.replace(".recorded", "")
    }

    pub(super) fn module(&self) -> Module {
        self.function.module()
    }
}

/// Where the parts of an augmented forward's result lie, in bytes.
pub(super) struct Augmented {
    /// All of it; `None` for `void`.
    pub(super) whole: Option<Type>,
    /// Bytes of the tape, which comes first.
    pub(super) tape: Option<u64>,
    /// Offset of the primal result.
    pub(super) primal: Option<u64>,
    /// Offset of the result's shadow.
    pub(super) shadow: Option<u64>,
}

impl Augmented {
    /// The tape may lead to memory: it holds a pointer, or an integer that has room for one.
    pub(super) fn may_hold_pointers(&self) -> bool {
        fn any(ty: Type) -> bool {
            match ty.kind() {
                TypeKind::Struct => ty.fields().into_iter().any(any),
                TypeKind::Array => any(ty.element()),
                TypeKind::Int => ty.int_bits() >= 64,
                _ => ty.scalar().is_pointer(),
            }
        }
        self.tape.is_some() && self.whole.is_some_and(any)
    }
}

/// A registered gradient, checked.
pub(super) struct Gradient {
    pub(super) primal: Primal,
    pub(super) augment: Function,
    pub(super) reverse: Function,
    pub(super) augmented: Augmented,
    /// The struct of derivatives the gradient returns; `None` when there are none.
    pub(super) derivatives: Option<Type>,
}

pub(super) fn list(types: &[Type]) -> String {
    let texts: Vec<String> = types.iter().map(ToString::to_string).collect();
    format!("({})", texts.join(", "))
}

pub(super) fn wrong(
    primal: &Primal,
    what: &str,
    function: Function,
    expected: String,
) -> Box<Diagnostic> {
    let found = match sret(function) {
        Some(ty) => ty,
        None => function.return_type(),
    };
    Diagnostic::error(
        Code::Registration,
        format!(
            "`{}`, registered as {what} of `{}`, does not fit it",
            function.name(),
            primal.name()
        ),
    )
    .note(format!(
        "it is {found} {}",
        list(&pass::own_params(function))
    ))
    .fix(expected)
}

const AUGMENTED: &str = "the augmented forward";
const REVERSE: &str = "the gradient";

/// What is registered is missing.
pub(super) fn missing(primal: &Primal, what: &str) -> Box<Diagnostic> {
    let message = format!("no {what} is registered for `{}`", primal.name());
    Diagnostic::error(Code::Internal, message)
}

/// Checks what the augmented forward takes.
pub(super) fn check_augment(primal: &Primal, augment: Function) -> Result<()> {
    let params = primal.reverse_params();
    if spread(primal.module(), &params, augment).is_none_or(|rest| rest > 0) {
        let expected = format!("it must take {}", list(&params));
        return Err(wrong(primal, AUGMENTED, augment, expected));
    }
    Ok(())
}

/// What the augmented forward returns. `tape`: what reads the tape takes one.
pub(super) fn augmented_of(primal: &Primal, augment: Function, tape: bool) -> Result<Augmented> {
    if let Some(augmented) = augmented(primal, augment, tape) {
        return Ok(augmented);
    }
    let ret = primal.ret.map_or("void".to_owned(), |ty| ty.to_string());
    let expected = match (&primal.ret, tape) {
        (None, true) => "it must return the tape".to_owned(),
        (None, false) => "it must return void".to_owned(),
        (Some(_), true) => format!(
            "it must return {{tape, {ret}}}, and a third field, the shadow, when that is a pointer: the gradient takes a tape"
        ),
        (Some(_), false) => format!("it must return {ret}: the gradient takes no tape"),
    };
    Err(wrong(primal, AUGMENTED, augment, expected))
}

/// Reads and checks the gradient registered for `function`.
pub(super) fn gradient(function: Function) -> Result<Gradient> {
    let primal = Primal::of(function);
    let missing = || missing(&primal, "gradient");
    let augment = rule(function, AUGMENT).ok_or_else(missing)?;
    let gradient = rule(function, GRADIENT).ok_or_else(missing)?;
    let module = primal.module();
    check_augment(&primal, augment)?;
    let reverse = primal.reverse_params();
    let mut with_seed = reverse;
    with_seed.extend(primal.seeded());
    let Some(rest) = spread(module, &with_seed, gradient) else {
        let expected = format!(
            "it must take {}, then the tape if there is one",
            list(&with_seed)
        );
        return Err(wrong(&primal, REVERSE, gradient, expected));
    };
    let augmented = augmented_of(&primal, augment, rest > 0)?;
    if let Some(bytes) = augmented.tape
        && !pass::covers(module, gradient, &with_seed, bytes)
    {
        let expected = format!("its last parameter must be the tape of {bytes} bytes");
        return Err(wrong(&primal, REVERSE, gradient, expected));
    }
    let types = primal.derivatives();
    let derivatives = match types[..] {
        [] => None,
        [only] => Some(only),
        _ => Some(function.context().structure(&types, false)),
    };
    if let Some(wanted) = derivatives
        && pass::result_bytes(gradient) < module.store_size(wanted)
    {
        let expected = format!("it must return the derivatives {}", list(&types));
        return Err(wrong(&primal, REVERSE, gradient, expected));
    }
    Ok(Gradient {
        primal,
        augment,
        reverse: gradient,
        augmented,
        derivatives,
    })
}

/// Finds tape, result and shadow in what `augment` returns.
fn augmented(primal: &Primal, augment: Function, tape: bool) -> Option<Augmented> {
    let module = primal.module();
    let whole = sret(augment).or_else(|| Some(augment.return_type()).filter(|ty| !ty.is_void()));
    let none = Augmented {
        whole,
        tape: None,
        primal: None,
        shadow: None,
    };
    let Some(ret) = primal.ret else {
        return match (whole, tape) {
            (None, false) => Some(none),
            (Some(ty), true) => Some(Augmented {
                tape: Some(module.store_size(ty)),
                ..none
            }),
            // A result nobody takes is no tape.
            (Some(_), false) => Some(Augmented {
                whole: None,
                ..none
            }),
            (None, true) => None,
        };
    };
    let whole = whole?;
    let bytes = module.store_size(ret);
    let size = module.store_size(whole);
    let doubled = !is_active(ret);
    let fields = match whole.kind() {
        TypeKind::Struct => whole.fields(),
        _ => Vec::new(),
    };
    let at = |index: u32| module.field_offset(whole, index);
    let fits = |index: usize| module.store_size(fields[index]) == bytes;
    if !tape {
        // `{R, shadow R}`, or R alone.
        if doubled && fields.len() == 2 && fits(0) && fits(1) && size >= 2 * bytes {
            return Some(Augmented {
                primal: Some(0),
                shadow: Some(at(1)),
                ..none
            });
        }
        let shadow = doubled.then_some(0);
        return (size == bytes).then_some(Augmented {
            primal: Some(0),
            shadow,
            ..none
        });
    }
    let last = fields.len().checked_sub(1);
    match last {
        Some(2) if doubled && fits(1) && fits(2) => Some(Augmented {
            tape: Some(module.store_size(fields[0])),
            primal: Some(at(1)),
            shadow: Some(at(2)),
            ..none
        }),
        Some(last) if last > 0 && fits(last) => Some(Augmented {
            tape: Some(match last {
                1 => module.store_size(fields[0]),
                _ => at(last as u32),
            }),
            primal: Some(at(last as u32)),
            shadow: doubled.then_some(at(last as u32)),
            ..none
        }),
        // Small structs arrive as integers or vectors; the result is their last bytes.
        _ if size > bytes => Some(Augmented {
            tape: Some(size - bytes),
            primal: Some(size - bytes),
            shadow: doubled.then_some(size - bytes),
            ..none
        }),
        _ => None,
    }
}

/// Checks the gradient registered for `primal`.
pub fn check_gradient(primal: Function) -> Result<()> {
    gradient(primal).map(|_| ())
}

/// A registered tangent, checked.
pub(super) struct Derivative {
    pub(super) primal: Primal,
    pub(super) tangent: Function,
}

/// Reads and checks the tangent function registered for `function`.
pub(super) fn derivative(function: Function) -> Result<Derivative> {
    let primal = Primal::of(function);
    let Some(tangent) = rule(function, DERIVATIVE) else {
        return Err(Diagnostic::error(
            Code::Internal,
            format!("no derivative is registered for `{}`", primal.name()),
        ));
    };
    let module = primal.module();
    let params = primal.forward_params();
    let fits = spread(module, &params, tangent) == Some(0);
    let returns = match primal.ret {
        None => true,
        Some(ret) => pass::result_bytes(tangent) >= module.alloc_size(ret) + module.store_size(ret),
    };
    if fits && returns {
        return Ok(Derivative { primal, tangent });
    }
    let returned = match primal.ret {
        None => "nothing".to_owned(),
        Some(ret) => format!("{{{ret}, {ret}}}, the result and its tangent"),
    };
    let expected = format!("it must take {} and return {returned}", list(&params));
    Err(wrong(&primal, "the derivative", tangent, expected))
}

/// Checks the derivative registered for `primal`.
pub fn check_derivative(primal: Function) -> Result<()> {
    derivative(primal).map(|_| ())
}

/// Checks an allocator: `index` is the parameter of its size, `mask` lists what `release` takes.
pub fn check_allocator(
    allocator: Function,
    index: i64,
    mask: &str,
    release: Function,
) -> Result<()> {
    let params = allocator.ty().params();
    let error = |message: String| {
        let error = Diagnostic::error(Code::Registration, message);
        Err(error.fix(format!(
            "{DEALLOCATOR_FN} and the size must match the two functions"
        )))
    };
    let name = allocator.name();
    if !allocator.return_type().is_pointer() {
        return error(format!(
            "`{name}`, registered as an allocator, returns no pointer"
        ));
    }
    let size = usize::try_from(index).ok().and_then(|i| params.get(i));
    if !size.is_some_and(|ty| ty.is_int()) {
        return error(format!(
            "parameter {index} of the allocator `{name}` is not a size"
        ));
    }
    let taken = release.ty().params();
    let listed: Option<Vec<i64>> = mask.split(',').map(|n| n.trim().parse().ok()).collect();
    let fits = listed.as_ref().is_some_and(|listed| {
        listed.len() == taken.len()
            && listed.contains(&-1)
            && listed.iter().zip(&taken).all(|(&from, &ty)| match from {
                -1 => ty.is_pointer(),
                _ => usize::try_from(from).ok().and_then(|i| params.get(i)) == Some(&ty),
            })
    });
    if !fits {
        return error(format!(
            "`{mask}` does not list the arguments of `{}`, registered as the deallocator of `{name}`",
            release.name()
        ));
    }
    Ok(())
}
