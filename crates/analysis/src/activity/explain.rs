//! Reasons as text and the stable dump.

use super::graph::What;
use super::object::{Object, ObjectKind};
use super::solve::{Cause, Need, active_object};
use super::{Activity, ArgState, Finding};
use rz_view::op::BinaryOp;
use rz_view::{Body, Inst, Module, Op, Value};
use std::fmt::Write;

/// Steps of a chain that are printed before it is cut.
const STEPS: usize = 24;

impl Activity {
    /// Why `value` is active or needs a shadow, outermost first; why not, when it is not.
    pub fn reason(&self, body: &Body, value: Value) -> Vec<String> {
        let mut lines = Vec::new();
        if self.differentiable(value) {
            lines.extend(self.chain(body, value, true));
            lines.extend(self.chain(body, value, false));
        } else if !self.shadow(value) {
            let node = value.as_u32() as usize;
            let forward = self.solved.forward[node] != Cause::No;
            lines.push(match (self.solved.blocked[node], forward) {
                (true, _) => format!("{value} is declared inactive"),
                (false, false) => format!("{value} does not depend on an active input"),
                (false, true) => format!("{value} does not influence an active output"),
            });
        }
        if self.shadow(value) {
            lines.extend(self.shadow_chain(body, value));
        }
        lines
    }

    /// Why `inst` needs derivative work, or that it does not.
    pub fn inst_reason(&self, body: &Body, inst: Inst) -> Vec<String> {
        let data = &body.insts[inst];
        if let Some(result) = data.result
            && self.value(result)
        {
            return self.reason(body, result);
        }
        if !self.inst(inst) {
            return vec![format!("{} moves no derivative", place(body, inst))];
        }
        let mut lines = vec![format!("{} changes active memory", place(body, inst))];
        for &operand in &data.operands {
            for object in self.points_to(operand) {
                if active_object(&self.solved, &self.prepared.graph, object) {
                    lines.extend(self.object_chain(body, object));
                    return lines;
                }
            }
        }
        lines
    }

    fn object_chain(&self, body: &Body, object: Object) -> Vec<String> {
        let node = self.prepared.graph.object(object);
        let mut lines = self.walk(body, node, true);
        lines.extend(self.walk(body, node, false));
        lines
    }

    fn chain(&self, body: &Body, value: Value, forward: bool) -> Vec<String> {
        self.walk(body, self.prepared.graph.value(value), forward)
    }

    fn walk(&self, body: &Body, start: u32, forward: bool) -> Vec<String> {
        let causes = if forward {
            &self.solved.forward
        } else {
            &self.solved.backward
        };
        let mut lines = Vec::new();
        let mut node = start;
        while lines.len() < STEPS {
            let name = self.name(node);
            match causes[node as usize] {
                Cause::No => break,
                Cause::Given => {
                    let side = if forward { "input" } else { "output" };
                    if let Some(name) = name {
                        lines.push(format!("{name} is an active {side}"));
                    }
                    break;
                }
                Cause::Published => {
                    lines.push(format!(
                        "{} is visible to the caller",
                        name.unwrap_or_default()
                    ));
                    break;
                }
                Cause::Tagged => {
                    lines.push(format!("{} is marked active", name.unwrap_or_default()));
                    break;
                }
                Cause::From(next, inst) => {
                    // Hubs of calls have no name of their own: step over them.
                    let (mut next, mut inst) = (next, inst);
                    while self.name(next).is_none() {
                        match causes[next as usize] {
                            Cause::From(n, i) => (next, inst) = (n, i),
                            _ => break,
                        }
                    }
                    let verb = if forward { "depends on" } else { "influences" };
                    if let (Some(from), Some(to)) = (name, self.name(next)) {
                        lines.push(format!("{from} {verb} {to} by {}", place(body, inst)));
                    }
                    node = next;
                }
            }
        }
        lines
    }

    fn name(&self, node: u32) -> Option<String> {
        match self.prepared.graph.what(node) {
            What::Value(value) => Some(value.to_string()),
            What::Object(object) => Some(self.prepared.objects.kind(object).to_string()),
            What::Result => Some("the result".to_owned()),
            What::Call => None,
        }
    }

    fn shadow_chain(&self, body: &Body, start: Value) -> Vec<String> {
        let mut lines = Vec::new();
        let mut need = self.solved.need[start.as_u32() as usize];
        let mut name = format!("the shadow of {start}");
        while lines.len() < STEPS {
            match need {
                Need::No => break,
                Need::Published => {
                    lines.push(format!("{name} is visible to the caller"));
                    break;
                }
                Need::Access(inst) => {
                    lines.push(format!("{name} is used by {}", place(body, inst)));
                    break;
                }
                Need::Value(value, inst) => {
                    lines.push(format!(
                        "{name} makes the shadow of {value} by {}",
                        place(body, inst)
                    ));
                    need = self.solved.need[value.as_u32() as usize];
                    name = format!("the shadow of {value}");
                }
                Need::Object(object) => {
                    let kind = self.prepared.objects.kind(object);
                    lines.push(format!("{name} is stored in the shadow of {kind}"));
                    need = self.solved.holds[object.index()];
                    name = format!("the shadow of {kind}");
                }
            }
        }
        lines
    }

    /// The stable text form.
    ///
    /// One line per instruction that does derivative work or has an active result:
    /// `inst3 fmul v5: active`, `inst4 store: work`, `inst2 gep v4: shadow`.
    pub fn print(&self, module: &Module) -> String {
        let data = &module.funcs[self.context.func];
        let Some(body) = &data.body else {
            return String::new();
        };
        let mut out = String::new();
        let args: Vec<String> = self.context.args.iter().map(ToString::to_string).collect();
        let ret = if self.context.ret { "active" } else { "const" };
        let _ = writeln!(out, "activity @{}({}) -> {ret}", data.name, args.join(", "));
        for (index, &param) in body.params.iter().enumerate() {
            let _ = writeln!(out, "  argument {index} {param}: {}", self.word(param));
        }
        for (object, kind) in self.prepared.objects.iter() {
            self.print_object(&mut out, object, kind);
        }
        for (block, block_data) in &body.blocks {
            let _ = writeln!(out, "{block}:");
            for &inst in &block_data.insts {
                self.print_inst(&mut out, body, inst);
            }
        }
        for finding in &self.findings {
            let _ = writeln!(out, "finding {finding}");
        }
        out
    }

    fn word(&self, value: Value) -> &'static str {
        match (self.differentiable(value), self.shadow(value)) {
            (true, true) => "active, shadow",
            (false, true) if self.mixed(value) => "shadow or itself",
            (true, false) => "active",
            (false, true) => "shadow",
            (false, false) => "-",
        }
    }

    fn print_object(&self, out: &mut String, object: Object, kind: ObjectKind) {
        if self.prepared.objects.find(object) != object || object == Object::UNKNOWN {
            return;
        }
        let active = active_object(&self.solved, &self.prepared.graph, object);
        let holds = self.solved.holds[object.index()] != Need::No;
        let word = match (active, holds) {
            (false, false) => return,
            (true, false) => "active",
            (false, true) => "holds shadows",
            (true, true) => "active, holds shadows",
        };
        let _ = writeln!(out, "  {kind}: {word}");
    }

    fn print_inst(&self, out: &mut String, body: &Body, inst: Inst) {
        let data = &body.insts[inst];
        let opcode = opcode(&data.op);
        let result = data.result.map(|v| format!(" {v}")).unwrap_or_default();
        let word = match data.result {
            Some(v) if self.value(v) && self.inst(inst) => self.word(v),
            Some(v) if self.value(v) => "active without work",
            _ if self.inst(inst) => "work",
            _ => "-",
        };
        let _ = write!(out, "  {inst} {opcode}{result}: {word}");
        if let Some(call) = self.call_activity(inst) {
            let args: Vec<String> = call.args.iter().map(ToString::to_string).collect();
            let ret = if call.ret { "active" } else { "const" };
            let note = if call.opaque { " opaque" } else { "" };
            let _ = write!(out, " ({}) -> {ret}{note}", args.join(", "));
        }
        out.push('\n');
    }
}

fn place(body: &Body, inst: Inst) -> String {
    let data = &body.insts[inst];
    match &data.loc {
        Some(loc) => format!("{} ({inst}, {}:{})", opcode(&data.op), loc.file, loc.line),
        None => format!("{} ({inst})", opcode(&data.op)),
    }
}

impl std::fmt::Display for ArgState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let word = match self {
            Self::Const => "const",
            Self::Active => "active",
            Self::Dup { memory, reach, .. } => match (memory, reach) {
                (true, true) => "dup",
                (true, false) => "dup memory",
                (false, true) => "dup reach",
                (false, false) => "dup address",
            },
        };
        f.write_str(word)?;
        match self {
            Self::Dup { mixed: true, .. } => f.write_str(" mixed"),
            _ => Ok(()),
        }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::LostInGlobal { global, inst } => write!(f, "lost in {global} at {inst}"),
            Self::LostInForeign { inst } => write!(f, "lost in foreign memory at {inst}"),
            Self::LostInArgument { index, inst } => {
                write!(f, "lost in constant argument {index} at {inst}")
            }
            Self::LostInException { inst } => write!(f, "lost in an exception at {inst}"),
            Self::BareFunction { value } => {
                write!(f, "function pointer {value} comes without a shadow")
            }
            Self::MissingShadow { value } => {
                write!(f, "shadow of {value} is needed, and nobody keeps it")
            }
        }
    }
}

/// A short name for the text form.
fn opcode(op: &Op) -> &'static str {
    match op {
        Op::Binary(op) => match op {
            BinaryOp::Add => "add",
            BinaryOp::Sub => "sub",
            BinaryOp::Mul => "mul",
            BinaryOp::UDiv => "udiv",
            BinaryOp::SDiv => "sdiv",
            BinaryOp::URem => "urem",
            BinaryOp::SRem => "srem",
            BinaryOp::Shl => "shl",
            BinaryOp::LShr => "lshr",
            BinaryOp::AShr => "ashr",
            BinaryOp::And => "and",
            BinaryOp::Or => "or",
            BinaryOp::Xor => "xor",
            BinaryOp::FAdd => "fadd",
            BinaryOp::FSub => "fsub",
            BinaryOp::FMul => "fmul",
            BinaryOp::FDiv => "fdiv",
            BinaryOp::FRem => "frem",
        },
        Op::FNeg => "fneg",
        Op::Freeze => "freeze",
        Op::Cast(_) => "cast",
        Op::ICmp(_) => "icmp",
        Op::FCmp(_) => "fcmp",
        Op::Select => "select",
        Op::Phi { .. } => "phi",
        Op::Alloca { .. } => "alloca",
        Op::Load(_) => "load",
        Op::Store(_) => "store",
        Op::Gep(_) => "gep",
        Op::CmpXchg(_) => "cmpxchg",
        Op::AtomicRmw(..) => "atomicrmw",
        Op::Fence => "fence",
        Op::ExtractValue(_) => "extractvalue",
        Op::InsertValue(_) => "insertvalue",
        Op::ExtractElement => "extractelement",
        Op::InsertElement => "insertelement",
        Op::Shuffle(_) => "shuffle",
        Op::Call(_) => "call",
        Op::VaArg => "va_arg",
        Op::LandingPad => "landingpad",
        Op::FuncletPad => "funcletpad",
        Op::Opaque(_) => "opaque",
        Op::Ret => "ret",
        Op::Br(_) => "br",
        Op::CondBr(..) => "condbr",
        Op::Switch { .. } => "switch",
        Op::IndirectBr(_) => "indirectbr",
        Op::Invoke(..) => "invoke",
        Op::Resume => "resume",
        Op::Unreachable => "unreachable",
        Op::CallBr(..) => "callbr",
        Op::FuncletControl(_) => "funcletcontrol",
    }
}
