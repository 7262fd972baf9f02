//! Printing: [`Display`](fmt::Display) of modules, and of one body within its module.

use super::lex::{is_word, quote};
use super::types;
use crate::body::{Body, Inst, TbaaEntry, Value, ValueDef};
use crate::module::{Func, FuncData, Global, GlobalData, Module, Param};
use crate::op::{ArgFacts, Effects};
use crate::types::Type;
use cranelift_entity::EntityRef;
use rustc_hash::FxHashMap;
use std::fmt::{self, Write as _};

/// Prints parts of one module.
pub(super) struct Printer<'m> {
    pub(super) module: &'m Module,
    /// Symbol names that more than one entity has, or that are empty: printed by id.
    ambiguous: FxHashMap<&'m str, u32>,
}

impl fmt::Display for Module {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let printer = Printer::new(self);
        if self.types.iter().next().is_some() {
            writeln!(f, "{}", types::table(&self.types))?;
        }
        if self.pointer_bytes != 8 {
            writeln!(f, "pointer {}", self.pointer_bytes)?;
        }
        for global in self.globals.values() {
            writeln!(f, "{}", printer.global_line(global))?;
        }
        for func in self.funcs.values() {
            f.write_str(&printer.func_text(func))?;
        }
        Ok(())
    }
}

impl Module {
    /// The text of one function, as in the text of the module.
    pub fn func_text(&self, func: Func) -> String {
        Printer::new(self).func_text(&self.funcs[func])
    }

    /// The text of one instruction, for messages.
    pub fn inst_text(&self, body: &Body, inst: Inst) -> String {
        Printer::new(self).inst(body, inst)
    }

    /// The spelling of a type.
    pub fn type_text(&self, ty: Type) -> String {
        types::spell(&self.types, ty)
    }
}

impl<'m> Printer<'m> {
    pub(super) fn new(module: &'m Module) -> Self {
        let mut ambiguous: FxHashMap<&str, u32> = FxHashMap::default();
        let funcs = module.funcs.values().map(|f| f.name.as_str());
        let globals = module.globals.values().map(|g| g.name.as_str());
        for name in funcs.chain(globals) {
            *ambiguous.entry(name).or_default() += 1;
        }
        ambiguous.retain(|name, count| *count > 1 || name.is_empty());
        Self { module, ambiguous }
    }

    pub(super) fn ty(&self, ty: Type) -> String {
        types::spell(&self.module.types, ty)
    }

    pub(super) fn func(&self, func: Func) -> String {
        let name = &self.module.funcs[func].name;
        if self.ambiguous.contains_key(name.as_str()) {
            return func.to_string();
        }
        symbol(name)
    }

    pub(super) fn global(&self, global: Global) -> String {
        let name = &self.module.globals[global].name;
        if self.ambiguous.contains_key(name.as_str()) {
            return global.to_string();
        }
        symbol(name)
    }

    pub(super) fn list(values: &[Value]) -> String {
        let list: Vec<String> = values.iter().map(ToString::to_string).collect();
        list.join(", ")
    }

    fn global_line(&self, data: &GlobalData) -> String {
        let mut out = format!("global {}: {}", symbol(&data.name), self.ty(data.ty));
        let mut flag = |set: bool, word: &str| {
            if set {
                out.push(' ');
                out.push_str(word);
            }
        };
        flag(data.constant, "constant");
        flag(data.local, "local");
        flag(data.defined, "defined");
        flag(data.thread_local, "thread_local");
        flag(data.contents.complete, "complete");
        for (offset, func) in &data.contents.functions {
            let _ = write!(out, " at {offset} {}", self.func(*func));
        }
        for (offset, inside) in &data.contents.globals {
            let _ = write!(out, " at {offset} {}", self.global(inside.global));
            if inside.offset != 0 {
                let _ = write!(out, " plus {}", inside.offset);
            }
        }
        for tag in &data.tags {
            let _ = write!(out, " tag {}", quote(tag));
        }
        out
    }

    fn func_text(&self, data: &FuncData) -> String {
        let mut out = String::new();
        let head = if data.body.is_some() {
            "\nfunc"
        } else {
            "declare"
        };
        let _ = write!(out, "{head} {}(", symbol(&data.name));
        for (index, param) in data.params.iter().enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            if let Some(body) = &data.body {
                let _ = write!(out, "{}: ", body.params[index]);
            }
            out.push_str(&self.param(param));
        }
        if data.varargs {
            out.push_str(if data.params.is_empty() {
                "varargs"
            } else {
                ", varargs"
            });
        }
        let _ = write!(out, ") -> {}{}", self.ty(data.ret), func_flags(self, data));
        match &data.body {
            Some(body) => {
                out.push_str(" {\n");
                self.body(&mut out, body);
                out.push_str("}\n");
            }
            None => out.push('\n'),
        }
        out
    }

    fn param(&self, param: &Param) -> String {
        let mut out = self.ty(param.ty);
        out.push_str(&arg_facts(param.facts));
        if param.byval != 0 {
            let _ = write!(out, " byval {}", param.byval);
        }
        out.push_str(&pairs(&param.tags));
        out
    }

    fn body(&self, out: &mut String, body: &Body) {
        for (value, data) in &body.values {
            if let ValueDef::Const(constant) = &data.def {
                let (ty, constant) = (self.ty(data.ty), self.constant(data.ty, constant));
                let _ = writeln!(out, "  const {value} = {ty} {constant}");
            }
        }
        let mut expected = 0;
        for (block, data) in &body.blocks {
            let _ = writeln!(out, "{block}:");
            for &inst in &data.insts {
                // Ids count up in the order of the text unless said otherwise.
                if inst.index() != expected {
                    let _ = writeln!(out, "  at {inst}");
                }
                expected = inst.index() + 1;
                let _ = writeln!(out, "  {}", self.inst(body, inst));
            }
        }
    }

    fn inst(&self, body: &Body, inst: Inst) -> String {
        let data = &body.insts[inst];
        let mut out = String::new();
        if let Some(result) = data.result {
            let _ = write!(out, "{result} = ");
        }
        out.push_str(&self.op(&data.op));
        if data.result.is_some() {
            let _ = write!(out, " {}", self.ty(data.ty));
        }
        if !data.operands.is_empty() {
            let _ = write!(out, " {}", Self::list(&data.operands));
        }
        if data.fast != 0 {
            let _ = write!(out, " !fast {}", data.fast);
        }
        if data.multiple != 1 {
            let _ = write!(out, " !multiple {}", data.multiple);
        }
        if !data.tbaa.is_empty() {
            let _ = write!(out, " !tbaa {}", entries(&data.tbaa));
        }
        if let Some((offset, base)) = &data.tbaa_base {
            let _ = write!(out, " !base {offset} {}", entries(base));
        }
        for tag in &data.tags {
            let _ = write!(out, " !tag {}", quote(tag));
        }
        if let Some(loc) = &data.loc {
            let _ = write!(
                out,
                " !loc {} {} {}",
                quote(&loc.file),
                loc.line,
                loc.column
            );
        }
        out
    }
}

fn symbol(name: &str) -> String {
    if !name.is_empty() && name.chars().all(is_word) {
        format!("@{name}")
    } else {
        format!("@{}", quote(name))
    }
}

fn entries(list: &[TbaaEntry]) -> String {
    let list: Vec<String> = list
        .iter()
        .map(|e| format!("{} {} {}", e.offset, quote(&e.name), e.size))
        .collect();
    format!("[{}]", list.join(", "))
}

/// ` tag "key" "value"` for each pair.
pub(super) fn pairs(tags: &[(String, String)]) -> String {
    let mut out = String::new();
    for (key, value) in tags {
        let _ = write!(out, " tag {} {}", quote(key), quote(value));
    }
    out
}

/// ` word` for each fact.
pub(super) fn arg_facts(facts: ArgFacts) -> String {
    let ArgFacts {
        noalias,
        nocapture,
        readonly,
        writeonly,
        readnone,
        returned,
        sret,
    } = facts;
    let words = [
        (noalias, " noalias"),
        (nocapture, " nocapture"),
        (readonly, " readonly"),
        (writeonly, " writeonly"),
        (readnone, " readnone"),
        (returned, " returned"),
        (sret, " sret"),
    ];
    words.iter().filter(|w| w.0).map(|w| w.1).collect()
}

/// Nothing when anything is possible, else ` effects none|read|write|readwrite [args] [hidden]`.
pub(super) fn effects(effects: Effects) -> String {
    if effects == Effects::ANY {
        return String::new();
    }
    let access = match (effects.reads, effects.writes) {
        (false, false) => "none",
        (true, false) => "read",
        (false, true) => "write",
        (true, true) => "readwrite",
    };
    let args = if effects.args_only { " args" } else { "" };
    let hidden = if effects.hidden_only { " hidden" } else { "" };
    format!(" effects {access}{args}{hidden}")
}

fn func_flags(p: &Printer, data: &FuncData) -> String {
    let mut out = String::new();
    if let Some(func) = data.stand_in {
        let _ = write!(out, " stand_in {}", p.func(func));
    }
    if data.body.is_none() && data.defined {
        out.push_str(" defined");
    }
    if let Some(name) = &data.intrinsic {
        let _ = write!(out, " intrinsic {}", quote(name));
    }
    if let Some(name) = &data.library {
        let _ = write!(out, " library {}", quote(name));
    }
    out.push_str(&effects(data.effects));
    let words = [
        (data.noreturn, " noreturn"),
        (data.nounwind, " nounwind"),
        (data.nofree, " nofree"),
        (data.returns_twice, " returns_twice"),
        (data.interposable, " interposable"),
        (data.noalias_return, " noalias_return"),
        (data.custom, " custom"),
    ];
    out.extend(words.iter().filter(|w| w.0).map(|w| w.1));
    out.push_str(&pairs(&data.tags));
    out
}
