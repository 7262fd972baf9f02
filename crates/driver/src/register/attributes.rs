//! Checks of attributes that say something in a language of their own.

use crate::locate::user_name;
use crate::values::position;
use rz_analysis::types::Spelled;
use rz_diag::{Code, Diagnostic, Result};
use rz_llvm::{Attribute, Function, Place, Type, Value};

/// True for a call with an attribute for the analyses, of its own or its callee's: inlining would
/// lose it.
pub(crate) fn says(call: Value) -> bool {
    let places = (0..call.arg_count()).map(Place::Param);
    let callee = call.called_function();
    places.chain([Place::Function, Place::Return]).any(|place| {
        let theirs = match (callee, place) {
            (Some(callee), Place::Param(index)) if index >= callee.param_count() => Vec::new(),
            (Some(callee), place) => callee.attributes(place),
            (None, _) => Vec::new(),
        };
        let all = call.call_attributes(place).into_iter().chain(theirs);
        all.into_iter()
            .any(|a| a.is_string() && a.name().starts_with("enzyme_"))
    })
}

/// Checks the type trees on the parameters of `function` and on its calls.
pub(crate) fn check(function: Function) -> Result<()> {
    for (index, &ty) in function.ty().params().iter().enumerate() {
        let place = Place::Param(index as u32);
        let attributes = function.attributes(place);
        check_tree(function, &attributes, ty, || {
            format!("argument {index} of `{}`", user_name(function))
        })?;
    }
    for call in function.instructions().into_iter().filter(|i| i.is_call()) {
        let of = || match call.called_function() {
            Some(callee) => format!("a call of `{}`", user_name(callee)),
            None => "a call".to_owned(),
        };
        for index in 0..call.arg_count() {
            let attributes = call.call_attributes(Place::Param(index));
            let what = || format!("argument {index} of {}", of());
            check_tree(function, &attributes, call.operand(index).ty(), what)
                .map_err(|error| error.at(position(call)))?;
        }
        if !call.ty().is_void() {
            let attributes = call.call_attributes(Place::Return);
            let what = || format!("the result of {}", of());
            check_tree(function, &attributes, call.ty(), what)
                .map_err(|error| error.at(position(call)))?;
        }
    }
    Ok(())
}

fn check_tree(
    function: Function,
    attributes: &[Attribute],
    ty: Type,
    what: impl Fn() -> String,
) -> Result<()> {
    let Some(text) = attributes
        .iter()
        .find(|attribute| attribute.is_string() && attribute.name() == "enzyme_type")
        .and_then(|attribute| attribute.string_value())
    else {
        return Ok(());
    };
    let wrong = match Spelled::parse(&text) {
        Err(wrong) => Some(wrong),
        Ok(tree) => tree.misfit(function.module().store_size(ty)),
    };
    match wrong {
        None => Ok(()),
        Some(wrong) => Err(Diagnostic::error(
            Code::Registration,
            format!("the `enzyme_type` of {} cannot be read: {wrong}", what()),
        )
        .note(format!("it is {text}"))
        .fix("write entries such as [-1]:Pointer and [-1,0]:Float@double between braces")),
    }
}
