//! Reasons, refusals and the text dump of [`FuncTypes`].

use super::build::Repr;
use super::bytes::Byte;
use super::graph::{Fact, Graph, Reason, Source};
use super::query::{FuncTypes, Segment};
use super::tree::Class;
use rz_diag::{Code, Diagnostic, Position};
use rz_view::{Inst, Value};
use std::fmt::Write as _;

impl FuncTypes<'_> {
    /// Why byte `byte` of `value` is what it is, as text; empty when nothing is known.
    pub fn reason(&self, value: Value, byte: u64) -> Vec<String> {
        let ty = self.state.body.ty(value);
        match self.state.reprs[value] {
            Repr::Bytes { first, len } if byte < len => {
                self.describe(self.state.graph.byte(Graph::nth(first, byte)))
            }
            Repr::Pointer(_) => vec!["pointer: its type".into()],
            _ if self.state.module.types.float_kind(ty).is_some() => vec!["float: its type".into()],
            _ => Vec::new(),
        }
    }

    /// Why the byte at `offset` behind `pointer` is what it is, as text.
    pub fn pointee_reason(&self, pointer: Value, offset: i64) -> Vec<String> {
        let place = self.state.place(pointer);
        place.map_or_else(Vec::new, |p| {
            self.describe(self.state.graph.memory(p, offset))
        })
    }

    fn describe(&self, byte: Byte) -> Vec<String> {
        match byte {
            Byte::Known(fact) => vec![self.describe_fact(&fact)],
            Byte::Clash(a, b) => vec![self.describe_fact(&a), self.describe_fact(&b)],
            Byte::Zero => vec!["anything: always zero".into()],
            Byte::Open => Vec::new(),
        }
    }

    fn describe_fact(&self, fact: &Fact) -> String {
        format!("{}: {}", fact.class, self.describe_reason(&fact.why))
    }

    fn describe_reason(&self, why: &Reason) -> String {
        let place = match why.source {
            Source::Inst(inst) => {
                let data = &self.state.body.insts[inst];
                let name = data
                    .result
                    .map_or_else(|| inst.to_string(), |v| v.to_string());
                match &data.loc {
                    Some(loc) => format!("{name} at {}:{}", loc.file, loc.line),
                    None => name,
                }
            }
            Source::Value(value) => value.to_string(),
            Source::Param(index) => format!("parameter {index}"),
            Source::Return => "result".into(),
            Source::Padding => "its allocation".into(),
            Source::Global(global) => format!("@{}", self.state.module.globals[global].name),
        };
        format!("{} ({place})", why.rule)
    }

    /// The diagnostic for memory whose type is needed and unknown (RZ0012) or contradictory (RZ0013).
    pub fn refuse(&self, inst: Inst, pointer: Value, offset: i64, bytes: u64) -> Box<Diagnostic> {
        let place = self.state.place(pointer);
        let at = |k: u64| {
            place.map_or(Byte::Open, |p| {
                self.state.graph.memory(p.plus(offset), k as i64)
            })
        };
        let clash = (0..bytes).find(|&k| matches!(at(k), Byte::Clash(..)));
        let position = self.state.body.insts[inst]
            .loc
            .as_ref()
            .map(|loc| Position {
                file: loc.file.to_string(),
                line: loc.line,
                column: loc.column,
            });
        if let Some(k) = clash {
            let mut error = Diagnostic::error(
                Code::TypeConflict,
                format!(
                    "byte {} behind {pointer} is used as two kinds of data",
                    offset + k as i64
                ),
            );
            for reason in self.describe(at(k)) {
                error = error.note(reason);
            }
            return error
                .at(position)
                .fix("access the memory with one type, or keep it inactive");
        }
        let open = (0..bytes)
            .find(|&k| matches!(at(k), Byte::Open))
            .unwrap_or(0);
        Diagnostic::error(
            Code::UnknownType,
            format!("cannot tell whether byte {} behind {pointer} is a float", offset.wrapping_add(open as i64)),
        )
        .note("integer loads, stores and copies say nothing about what they move")
        .at(position)
        .fix("compile with optimization (type-based alias metadata), or access the data with its type nearby")
    }

    /// The text form: one line per tracked value that is not plainly what its type says.
    pub fn print(&self) -> String {
        let body = self.state.body;
        let mut out = String::new();
        let name = &self.state.module.funcs[self.context.func].name;
        let _ = writeln!(out, "types of @{name}");
        for value in body.values.keys() {
            if body.constant(value).is_some() || !self.state.is_tracked(value) {
                continue;
            }
            let tree = self.value(value);
            let plain = self.state.module.types.float_kind(body.ty(value)).is_some();
            if !plain && !self.state.module.types.is_void(body.ty(value)) {
                let _ = writeln!(out, "  {value}: {tree}");
            }
        }
        for (inst, data) in &body.insts {
            if let Some((to, from, len)) = self.state.copy_operands(inst) {
                let _ = write!(out, "  {inst} copies ");
                let bytes = body.const_int(len).and_then(|n| u64::try_from(n).ok());
                let _ = match bytes.filter(|&n| n <= 4096) {
                    Some(n) => writeln!(out, "{n}: {}", text(&self.copied(inst, to, from, n))),
                    None => match self.run_at(inst, to).or_else(|| self.run_at(inst, from)) {
                        Some(run) => writeln!(out, "{}k: {}", run.period, text(&run.segments)),
                        None => writeln!(out, "unknown"),
                    },
                };
            } else if let rz_view::Op::Store(_) = data.op
                && self.whole(data.operands[0]) == Class::Anything
            {
                let bytes = self.state.size(body.ty(data.operands[0]));
                let segments = self.pointee(data.operands[1], 0, bytes);
                let _ = writeln!(out, "  {inst} stores over {}", text(&segments));
            }
        }
        out
    }
}

fn text(segments: &[Segment]) -> String {
    let one = |s: &Segment| format!("{}..{} {}", s.offset, s.offset + s.bytes, s.class);
    segments.iter().map(one).collect::<Vec<_>>().join(", ")
}
