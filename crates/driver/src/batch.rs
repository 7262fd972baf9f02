//! Lowering `__enzyme_batch`: one function on several inputs.
//!
//! Where that is the same, one generated function does it for all inputs together and what does not
//! vary once (`rz_synth::batch`); otherwise the function is called once for each input.

use crate::cleanup::{Choices, cleanup};
use crate::convert::{Role, convert};
use crate::deliver::{Reinterpret, Wanted, check, deliver};
use crate::derive::GENERATED;
use crate::locate::{Site, user_name};
use crate::options::Options;
use crate::passes::Passes;
use crate::replace::strided;
use crate::request::{Batch, Input};
use crate::sweep;
use rustc_hash::FxHashMap;
use rz_diag::Result;
use rz_llvm::{Attribute, Builder, Function, Place, Value};
use rz_synth::directions::{pack, spread};

/// What one batch of a function is: the function, what varies, how many inputs.
type Key = (Function, Vec<bool>, u32);

/// The batches written so far; `None` where there is none but calls.
#[derive(Default)]
pub(crate) struct Batches(FxHashMap<Key, Option<Function>>);

/// A batch request.
pub(crate) struct BatchSite<'a> {
    pub(crate) site: Site,
    pub(crate) request: &'a Batch,
    pub(crate) target: Function,
}

impl Batches {
    /// Replaces the request. Returns the function that was written for it, if one was.
    pub(crate) fn lower(
        &mut self,
        passes: &Passes,
        options: &Options,
        batch: &BatchSite<'_>,
    ) -> Result<Option<Function>> {
        let BatchSite {
            site,
            request,
            target,
        } = *batch;
        let module = target.module();
        let ret = target.return_type();
        let wanted = Wanted::of(site, Reinterpret::Same);
        let types: Vec<_> = (!ret.is_void())
            .then(|| spread(ret, request.width))
            .into_iter()
            .collect();
        check(module, &wanted, &types)?;
        let builder = Builder::new(site.call.context());
        builder.position_before(site.call);
        builder.set_debug_loc(site.call.debug_loc());
        let inputs = inputs(&builder, batch)?;
        let varying: Vec<bool> = request.args.iter().map(Input::varies).collect();
        let key = (target, varying.clone(), request.width);
        let together = if let Some(known) = self.0.get(&key) {
            *known
        } else {
            let made = write(passes, options, target, &varying, request.width)?;
            self.0.insert(key, made);
            made
        };
        let components = match together {
            Some(function) => {
                let args: Vec<Value> = inputs.into_iter().flatten().collect();
                vec![builder.call(function, &args)]
            }
            None => one_by_one(&builder, target, &inputs, request.width),
        };
        let components = if ret.is_void() {
            Vec::new()
        } else {
            components
        };
        let delivery = deliver(&builder, &wanted, &components)?;
        if let Some(value) = delivery.value {
            site.call.replace_all_uses(value);
        }
        sweep::erase_request(site.call);
        Ok(together)
    }
}

/// The values of each parameter: one, or one for each input.
fn inputs(builder: &Builder, batch: &BatchSite<'_>) -> Result<Vec<Vec<Value>>> {
    let operand = |index: usize| batch.site.call.operand(index as u32);
    let name = user_name(batch.target);
    let params = batch.target.ty().params();
    let mut all = Vec::new();
    for (position, (input, &ty)) in batch.request.args.iter().zip(&params).enumerate() {
        let role = Role {
            what: "argument",
            position: Some(position),
            primal: &name,
        };
        let one = |index: usize| convert(builder, operand(index), ty, role);
        all.push(match input {
            Input::Scalar(index) => vec![one(*index)?],
            Input::Vector(list) => list.iter().map(|&i| one(i)).collect::<Result<_>>()?,
            Input::Buffer { pointer, stride } => {
                let first = one(*pointer)?;
                strided(builder, first, operand(*stride), batch.request.width)
            }
        });
    }
    Ok(all)
}

/// The function for all inputs together, simplified.
fn write(
    passes: &Passes,
    options: &Options,
    target: Function,
    varying: &[bool],
    width: u32,
) -> Result<Option<Function>> {
    let by_memory = (0..target.param_count()).any(|index| {
        let of_param = target.attributes(Place::Param(index));
        (of_param.iter()).any(|a| matches!(a.name().as_str(), "byval" | "inalloca"))
    });
    let unfinished = !crate::locate::requests_in(target).is_empty();
    if width == 1 || by_memory || unfinished {
        return Ok(None);
    }
    let Some(function) = rz_synth::batch::batch(target, varying, width) else {
        return Ok(None);
    };
    let mark = Attribute::string(function.context(), GENERATED, "");
    function.add_attribute(Place::Function, mark);
    if options.cleanup {
        cleanup(passes, &[function], &[vec![function]], Choices::of(options))?;
    }
    Ok(Some(function))
}

/// Calls the function once for each input.
fn one_by_one(
    builder: &Builder,
    target: Function,
    inputs: &[Vec<Value>],
    width: u32,
) -> Vec<Value> {
    let results: Vec<Value> = (0..width as usize)
        .map(|input| {
            let args: Vec<Value> = (inputs.iter())
                .map(|all| all.get(input).copied().unwrap_or(all[0]))
                .collect();
            let call = builder.call(target, &args);
            // How arguments travel is said on both sides.
            let places = (0..target.param_count())
                .map(Place::Param)
                .chain([Place::Return]);
            for place in places {
                for attribute in target.attributes(place) {
                    call.add_call_attribute(place, attribute);
                }
            }
            call
        })
        .collect();
    if target.return_type().is_void() {
        return Vec::new();
    }
    vec![pack(builder, &results)]
}
