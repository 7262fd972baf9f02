//! Declarations: what is known about a function without its body.

use crate::importer::{Importer, is_family};
use crate::library;
use rz_llvm as llvm;
use rz_llvm::Place;
use rz_view::FuncData;
use rz_view::module::Param;
use rz_view::op::{ArgFacts, Effects};

impl Importer {
    pub(crate) fn declaration(&mut self, function: llvm::Function) -> FuncData {
        let name = function.name();
        let intrinsic = function.intrinsic_name();
        let library = self.library_name(function, &name, intrinsic.is_some());
        let mut effects = effects(function.memory_effects());
        let math = match &library {
            Some(library) => library::is_math(library),
            None => intrinsic.is_none() && library::has_rule(function, &name),
        };
        if math {
            effects = library::narrow(effects);
        }
        let params = (0..function.param_count())
            .map(|index| self.param(function, index))
            .collect();
        let mut tags = family_tags(&function.attributes(Place::Function));
        for kind in function.value().global_metadata_kinds() {
            if let Some(kind) = self.family_kind(kind) {
                tags.push((kind, String::new()));
            }
        }
        FuncData {
            name,
            ret: self.ty(function.return_type()),
            params,
            varargs: function.ty().is_varargs(),
            stand_in: None,
            body: None,
            defined: !function.is_declaration(),
            intrinsic,
            library,
            effects,
            noreturn: function.has_attribute("noreturn"),
            nounwind: function.has_attribute("nounwind"),
            nofree: function.has_attribute("nofree"),
            returns_twice: function.has_attribute("returns_twice"),
            interposable: function.value().is_interposable(),
            noalias_return: function.attribute(Place::Return, "noalias").is_some(),
            custom: false,
            tags,
        }
    }

    /// A local definition that happens to share a library function's name is not that function.
    fn library_name(
        &self,
        function: llvm::Function,
        name: &str,
        intrinsic: bool,
    ) -> Option<String> {
        let local = matches!(
            function.linkage(),
            llvm::Linkage::Internal | llvm::Linkage::Private
        );
        (!intrinsic && !local && self.library.knows(function))
            .then(|| name.trim_start_matches('\u{1}').to_owned())
    }

    fn param(&mut self, function: llvm::Function, index: u32) -> Param {
        let attributes = function.attributes(Place::Param(index));
        let mut facts = ArgFacts {
            nocapture: function.param_nocapture(index),
            ..ArgFacts::default()
        };
        let mut byval = 0;
        for attribute in &attributes {
            match attribute.name().as_str() {
                "noalias" => facts.noalias = true,
                "readonly" => facts.readonly = true,
                "writeonly" => facts.writeonly = true,
                "readnone" => facts.readnone = true,
                "returned" => facts.returned = true,
                "sret" => facts.sret = true,
                "byval" => {
                    byval = attribute
                        .type_value()
                        .filter(|ty| ty.is_sized())
                        .map_or(0, |ty| self.out.llvm.alloc_size(ty));
                }
                _ => {}
            }
        }
        Param {
            ty: self.ty(function.param(index).ty()),
            facts,
            byval,
            tags: family_tags(&attributes),
        }
    }
}

/// String attributes addressed to us.
pub(crate) fn family_tags(attributes: &[llvm::Attribute]) -> Vec<(String, String)> {
    attributes
        .iter()
        .filter(|a| a.is_string())
        .map(|a| (a.name(), a.string_value().unwrap_or_default()))
        .filter(|(name, _)| is_family(name))
        .collect()
}

/// LLVM's effects by location as the view's summary. Memory that IR cannot see is invisible to the caller too,
/// so it does not stop `args_only`.
pub(crate) fn effects(memory: llvm::MemoryEffects) -> Effects {
    let any = |rw: llvm::ReadWrite| rw.read || rw.write;
    let all = [memory.args, memory.hidden, memory.errno, memory.other];
    let visible = any(memory.args) || any(memory.other);
    let touched = all.into_iter().any(any);
    Effects {
        reads: all.iter().any(|rw| rw.read),
        writes: all.iter().any(|rw| rw.write),
        args_only: any(memory.args) && !any(memory.other),
        hidden_only: touched && !visible,
    }
}
