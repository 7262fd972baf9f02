//! Registrations and annotations (sections 12 and 13): what sources declare about functions.
//!
//! A global variable whose name contains a stem, or an `annotate("…")` string, becomes attributes and
//! metadata of the function it names, which are what the analyses and the writers read. The variable
//! stays until the requests are lowered, because it keeps the functions it names alive.
//!
//! ```text
//! @__enzyme_inactivefn = global [1 x ptr] [ptr @log_line]   →  "enzyme_inactive" on @log_line
//! @__enzyme_register_gradient_f = [ptr @f, ptr @a, ptr @r]   →  !enzyme_augment, !enzyme_gradient on @f
//! __attribute__((annotate("enzyme_function_like=cos")))      →  "enzyme_math"="cos"
//! ```
//!
//! * `entry`: the initializers as C and C++ compilers emit them.
//! * `attributes`: checks of what attributes say.
//! * `annotations`: `llvm.global.annotations`.
//! * `keep`: registered functions of a file that is only compiled now and lowered at link time.

mod annotations;
pub(crate) mod attributes;
pub(crate) mod entry;
pub(crate) mod keep;

use entry::{Entries, Item};
use rz_diag::{Code, Diagnostic, Result};
use rz_llvm::{Attribute, Function, Global, Module, Place, Value};
use rz_synth::custom::{self, attach};

/// What a stem registers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Meaning {
    /// An attribute of a function.
    Attribute(&'static str),
    /// A function and the library function it stands for.
    FunctionLike,
    /// A variable without derivatives.
    InactiveGlobal,
    /// A primal, its augmented forward and its gradient.
    Gradient,
    /// A primal and its tangent.
    Derivative,
    /// A primal, its augmented forward and the tangent that reads its tape.
    SplitDerivative,
    /// An allocator and its deallocator.
    AllocationLike,
    /// A sink of sparse derivatives.
    Sparse,
}

/// Every stem. A name that contains several is what its first says.
const STEMS: [(&str, Meaning); 10] = [
    ("__enzyme_register_gradient", Meaning::Gradient),
    ("__enzyme_register_derivative", Meaning::Derivative),
    (
        "__enzyme_register_splitderivative",
        Meaning::SplitDerivative,
    ),
    ("__enzyme_inactive_global", Meaning::InactiveGlobal),
    ("__enzyme_inactivefn", Meaning::Attribute("enzyme_inactive")),
    ("__enzyme_nofree", Meaning::Attribute("nofree")),
    ("__enzyme_function_like", Meaning::FunctionLike),
    ("__enzyme_allocation_like", Meaning::AllocationLike),
    (
        "__enzyme_shouldrecompute",
        Meaning::Attribute("enzyme_shouldrecompute"),
    ),
    ("__enzyme_sparse_accumulate", Meaning::Sparse),
];

/// What a variable of this name registers.
fn meaning(name: &str) -> Option<Meaning> {
    // Nearly every name is rejected by the first test.
    if !name.contains("__enzyme_") {
        return None;
    }
    let found = STEMS.iter().find(|(stem, _)| name.contains(stem));
    found.map(|&(_, meaning)| meaning)
}

/// The registration variables of a module.
fn registrations(module: Module) -> impl Iterator<Item = (Global, Meaning)> {
    module
        .globals()
        .into_iter()
        .filter_map(|global| Some((global, meaning(&global.value().name())?)))
}

/// True when the module registers anything.
pub(crate) fn has_registrations(module: Module) -> bool {
    registrations(module).next().is_some()
}

/// What reading found.
#[derive(Default)]
pub(crate) struct Registered {
    /// The module was changed.
    pub(crate) changed: bool,
    /// What is wrong, every one.
    pub(crate) errors: Vec<Diagnostic>,
}

/// Reads all registrations and annotations. Reading again changes nothing.
pub(crate) fn read(module: Module) -> Registered {
    let mut found = Registered::default();
    if let Some(list) = module.global("llvm.global.annotations") {
        found.changed |= annotations::read(list);
    }
    let variables: Vec<(Global, Meaning)> = registrations(module).collect();
    for (variable, meaning) in variables {
        found.changed = true;
        if let Err(error) = apply(variable, meaning) {
            found.errors.push(*error);
        }
    }
    found
}

/// Deletes the variables; uses that remain become null.
pub(crate) fn forget(module: Module) -> bool {
    let variables: Vec<Global> = registrations(module).map(|(global, _)| global).collect();
    for variable in &variables {
        crate::used::drop(module, variable.value());
        let value = variable.value();
        value.replace_all_uses(value.ty().zero());
        variable.erase();
    }
    !variables.is_empty()
}

fn apply(variable: Global, meaning: Meaning) -> Result<()> {
    let entries = Entries::of(variable)?;
    match meaning {
        Meaning::Attribute(name) => mark(entries.function(0, "a function")?, name, ""),
        Meaning::FunctionLike => {
            let function = entries.function(0, "a function and a name")?;
            mark(
                function,
                "enzyme_math",
                &entries.text(1, "a function and a name")?,
            );
        }
        Meaning::InactiveGlobal => mark_global(entries.variable(0)?),
        Meaning::Gradient => {
            const WANTED: &str = "three functions: the primal, its augmented forward, its gradient";
            let primal = entries.function(0, WANTED)?;
            attach(primal, custom::AUGMENT, entries.function(1, WANTED)?);
            attach(primal, custom::GRADIENT, entries.function(2, WANTED)?);
            check_options(&entries, 3)?;
            custom::check_gradient(primal)?;
        }
        Meaning::Derivative => {
            const WANTED: &str = "two functions: the primal and its tangent";
            let primal = entries.function(0, WANTED)?;
            attach(primal, custom::DERIVATIVE, entries.function(1, WANTED)?);
            custom::check_derivative(primal)?;
        }
        Meaning::SplitDerivative => {
            const WANTED: &str =
                "three functions: the primal, its augmented forward, its tangent with a tape";
            let primal = entries.function(0, WANTED)?;
            attach(primal, custom::SPLIT_AUGMENT, entries.function(1, WANTED)?);
            attach(
                primal,
                custom::SPLIT_DERIVATIVE,
                entries.function(2, WANTED)?,
            );
            custom::check_split(primal)?;
        }
        Meaning::AllocationLike => allocator(&entries)?,
        Meaning::Sparse => {
            let sink = entries.function(0, "a function")?;
            return Err(Diagnostic::error(
                Code::NotSupportedYet,
                format!(
                    "`{}` is registered to take sparse derivatives, which are not supported yet",
                    crate::locate::user_name(sink)
                ),
            )
            .fix("take the derivative in memory of full size, or several directions at once"));
        }
    }
    Ok(())
}

/// `"byref_<n>"` strings say how helpers take parameters, which pointer types no longer need.
fn check_options(entries: &Entries, from: u32) -> Result<()> {
    for index in from..entries.len() {
        let text = entries.text(index, "strings `byref_<n>` after the functions")?;
        let number = text.strip_prefix("byref_").map(str::parse::<u32>);
        if !matches!(number, Some(Ok(_))) {
            return Err(entries.malformed("strings `byref_<n>` after the functions"));
        }
    }
    Ok(())
}

/// `{ allocator, index of the size, mask, deallocator }`.
fn allocator(entries: &Entries) -> Result<()> {
    const WANTED: &str = "an allocator, the index of its size, a list of arguments, a deallocator";
    let function = entries.function(0, WANTED)?;
    let index = match entries.item(1) {
        Some(Item::Int(index)) => index,
        Some(Item::Null) => 0,
        _ => return Err(entries.malformed(WANTED)),
    };
    let mask = entries.text(2, WANTED)?;
    let release = entries.function(3, WANTED)?;
    custom::check_allocator(function, index, &mask, release)?;
    mark(function, custom::ALLOCATOR, &index.to_string());
    mark(function, custom::DEALLOCATOR, &mask);
    attach(function, custom::DEALLOCATOR_FN, release);
    let pointer = mask.split(',').position(|n| n.trim() == "-1");
    mark(release, custom::RELEASES, &pointer.unwrap_or(0).to_string());
    Ok(())
}

fn malformed(name: &str, wanted: &str) -> Box<Diagnostic> {
    Diagnostic::error(
        Code::Registration,
        format!("malformed registration: `{name}` must be initialized with {wanted}"),
    )
    .fix("write it as a constant array or struct")
}

fn mark(function: Function, name: &str, value: &str) {
    let context = function.context();
    let attribute = if name == "nofree" {
        Attribute::named(context, name, 0)
    } else {
        Some(Attribute::string(context, name, value))
    };
    if let Some(attribute) = attribute {
        function.add_attribute(Place::Function, attribute);
    }
}

fn mark_global(global: Value) {
    let context = global.context();
    let kind = context.metadata_kind("enzyme_inactive");
    global.set_global_metadata(kind, Some(context.metadata_node(&[])));
}

/// What sources declared about a function counts instead of its body, so the body must not be
/// inlined where derivatives are taken.
pub(crate) fn speaks_for_body(function: Function) -> bool {
    is_opaque(function) || custom::has_any(function)
}

/// The body of such a function is never looked at.
pub(crate) fn is_opaque(function: Function) -> bool {
    function
        .attributes(Place::Function)
        .into_iter()
        .any(|attribute| {
            matches!(
                attribute.name().as_str(),
                "enzyme_inactive" | "enzyme_math" | custom::ALLOCATOR | custom::RELEASES
            )
        })
}

#[cfg(test)]
mod tests {
    use super::{Meaning, meaning};

    #[test]
    fn stems_are_contained_in_names() {
        for (name, expected) in [
            ("__enzyme_register_gradient_f", Some(Meaning::Gradient)),
            (
                "_ZL29__enzyme_register_gradient_sq",
                Some(Meaning::Gradient),
            ),
            ("__enzyme_register_derivative", Some(Meaning::Derivative)),
            (
                "x__enzyme_register_splitderivative1",
                Some(Meaning::SplitDerivative),
            ),
            (
                "__enzyme_inactivefn",
                Some(Meaning::Attribute("enzyme_inactive")),
            ),
            ("__enzyme_inactive_global_k", Some(Meaning::InactiveGlobal)),
            ("__enzyme_autodiff", None),
            ("enzyme_inactivefn", None),
        ] {
            assert_eq!(meaning(name), expected, "{name}");
        }
    }
}
