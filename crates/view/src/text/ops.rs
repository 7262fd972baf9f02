//! Opcodes: the mnemonic and, in parentheses, everything that is not a value operand.

use super::ParseError;
use super::lex::{Token, index, quote};
use super::names::{self, spell};
use super::parse::Reader;
use super::print::{Printer, arg_facts, effects, pairs};
use crate::body::{Block, Value};
use crate::op::{Access, ArgFacts, CallData, Callee, FloatPredicate, GepData, Op};
use cranelift_entity::EntityRef;
use std::fmt::Write as _;

impl Printer<'_> {
    pub(super) fn op(&self, op: &Op) -> String {
        match op {
            Op::Binary(op) => spell(names::BINARY, *op).into(),
            Op::FNeg => "fneg".into(),
            Op::Freeze => "freeze".into(),
            Op::Cast(op) => spell(names::CAST, *op).into(),
            Op::ICmp(predicate) => format!("icmp({})", spell(names::INT, *predicate)),
            Op::FCmp(FloatPredicate(bits)) => {
                format!("fcmp({})", names::FLOAT[usize::from(*bits & 15)])
            }
            Op::Select => "select".into(),
            Op::Phi { blocks } => format!("phi({})", list(blocks)),
            Op::Alloca {
                ty,
                align,
                is_static,
            } => {
                let fixed = if *is_static { " static" } else { "" };
                format!("alloca({} align {align}{fixed})", self.ty(*ty))
            }
            Op::Load(a) => format!("load({})", access(*a)),
            Op::Store(a) => format!("store({})", access(*a)),
            Op::Gep(gep) => {
                let mut out = format!("gep({}", gep.offset);
                for (value, scale) in &gep.terms {
                    let _ = write!(out, " {value} x {scale}");
                }
                out + ")"
            }
            Op::CmpXchg(a) => format!("cmpxchg({})", access(*a)),
            Op::AtomicRmw(op, a) => format!("atomicrmw({} {})", spell(names::RMW, *op), access(*a)),
            Op::Fence => "fence".into(),
            Op::ExtractValue(path) => format!("extractvalue({})", list(path)),
            Op::InsertValue(path) => format!("insertvalue({})", list(path)),
            Op::ExtractElement => "extractelement".into(),
            Op::InsertElement => "insertelement".into(),
            Op::Shuffle(mask) => {
                let lane = |m: &Option<u32>| m.map_or_else(|| "_".to_owned(), |m| m.to_string());
                format!(
                    "shuffle({})",
                    list(&mask.iter().map(lane).collect::<Vec<_>>())
                )
            }
            Op::Call(call) => format!("call({})", self.call(call)),
            Op::VaArg => "va_arg".into(),
            Op::LandingPad => "landingpad".into(),
            Op::FuncletPad => "funcletpad".into(),
            Op::Opaque(name) => format!("opaque({})", quote(name)),
            Op::Ret => "ret".into(),
            Op::Br(block) => format!("br({block})"),
            Op::CondBr(yes, no) => format!("condbr({yes}, {no})"),
            Op::Switch { default, cases } => {
                let mut out = format!("switch({default}");
                for (value, block) in cases {
                    let _ = write!(out, ", {value} {block}");
                }
                out + ")"
            }
            Op::IndirectBr(blocks) => format!("indirectbr({})", list(blocks)),
            Op::Invoke(call, normal, unwind) => {
                format!("invoke({} to {normal} unwind {unwind})", self.call(call))
            }
            Op::Resume => "resume".into(),
            Op::Unreachable => "unreachable".into(),
            Op::CallBr(call, blocks) => {
                format!("callbr({} to {})", self.call(call), list(blocks))
            }
            Op::FuncletControl(blocks) => format!("funcletcontrol({})", list(blocks)),
        }
    }

    fn call(&self, call: &CallData) -> String {
        let mut out = match &call.callee {
            Callee::Direct(func) => self.func(*func),
            Callee::Indirect => "indirect".into(),
            Callee::Asm {
                side_effects: false,
            } => "asm".into(),
            Callee::Asm { side_effects: true } => "asm sideeffect".into(),
        };
        out.push_str(&effects(call.effects));
        let words = [
            (call.noreturn, " noreturn"),
            (call.nounwind, " nounwind"),
            (call.returns_twice, " returns_twice"),
        ];
        out.extend(words.iter().filter(|w| w.0).map(|w| w.1));
        for (index, bytes) in call.byval.iter().enumerate().filter(|(_, b)| **b != 0) {
            let _ = write!(out, " byval {index} {bytes}");
        }
        for (index, facts) in call.args.iter().enumerate() {
            if *facts != ArgFacts::default() {
                let _ = write!(out, " arg {index}{}", arg_facts(*facts));
            }
        }
        out + &pairs(&call.tags)
    }
}

fn list<T: ToString>(items: &[T]) -> String {
    let items: Vec<String> = items.iter().map(ToString::to_string).collect();
    items.join(", ")
}

fn access(access: Access) -> String {
    let volatile = if access.volatile { " volatile" } else { "" };
    let atomic = if access.atomic { " atomic" } else { "" };
    format!("align {}{volatile}{atomic}", access.align)
}

impl Reader {
    /// Reads a mnemonic and its parenthesized data.
    pub(super) fn op(&mut self) -> Result<Op, ParseError> {
        let name = self.lex.word()?;
        if let Some(op) = names::value(names::BINARY, &name) {
            return Ok(Op::Binary(op));
        }
        if let Some(op) = names::value(names::CAST, &name) {
            return Ok(Op::Cast(op));
        }
        if let Some(op) = plain(&name) {
            return Ok(op);
        }
        if self.lex.peek() != Token::Punct('(') {
            return match name.as_str() {
                "load" => Ok(Op::Load(PLAIN)),
                "store" => Ok(Op::Store(PLAIN)),
                _ => Err(self
                    .lex
                    .error(format!("`{name}` is not an instruction, or needs `(`"))),
            };
        }
        self.lex.expect('(')?;
        let op = self.op_data(&name)?;
        self.lex.expect(')')?;
        Ok(op)
    }

    fn op_data(&mut self, name: &str) -> Result<Op, ParseError> {
        Ok(match name {
            "icmp" => Op::ICmp(self.row(names::INT)?),
            "fcmp" => {
                let word = self.lex.word()?;
                let bits = names::FLOAT.iter().position(|n| *n == word);
                let bits = bits.ok_or_else(|| self.lex.error(format!("no predicate `{word}`")))?;
                Op::FCmp(FloatPredicate(bits as u8))
            }
            "phi" => Op::Phi {
                blocks: self.blocks()?,
            },
            "alloca" => self.alloca()?,
            "load" => Op::Load(self.access()?),
            "store" => Op::Store(self.access()?),
            "gep" => Op::Gep(self.gep()?),
            "cmpxchg" => Op::CmpXchg(self.access()?),
            "atomicrmw" => Op::AtomicRmw(self.row(names::RMW)?, self.access()?),
            "extractvalue" => Op::ExtractValue(self.numbers()?),
            "insertvalue" => Op::InsertValue(self.numbers()?),
            "shuffle" => Op::Shuffle(self.mask()?),
            "call" => Op::Call(Box::new(self.call()?)),
            "opaque" => Op::Opaque(self.lex.text()?),
            "br" => Op::Br(self.block()?),
            "condbr" => {
                let yes = self.block()?;
                self.lex.expect(',')?;
                Op::CondBr(yes, self.block()?)
            }
            "switch" => self.switch()?,
            "indirectbr" => Op::IndirectBr(self.blocks()?),
            "invoke" => {
                let call = self.call()?;
                self.lex.expect_word("to")?;
                let normal = self.block()?;
                self.lex.expect_word("unwind")?;
                Op::Invoke(Box::new(call), normal, self.block()?)
            }
            "callbr" => {
                let call = self.call()?;
                self.lex.expect_word("to")?;
                Op::CallBr(Box::new(call), self.blocks()?)
            }
            "funcletcontrol" => Op::FuncletControl(self.blocks()?),
            _ => return Err(self.lex.error(format!("`{name}` is not an instruction"))),
        })
    }

    fn row<T: Copy>(&mut self, table: &[(&str, T)]) -> Result<T, ParseError> {
        let word = self.lex.word()?;
        names::value(table, &word).ok_or_else(|| self.lex.error(format!("no `{word}` here")))
    }

    fn alloca(&mut self) -> Result<Op, ParseError> {
        let ty = self.ty()?;
        self.lex.expect_word("align")?;
        let align = self.lex.number()?;
        let is_static = self.lex.eat_word("static");
        Ok(Op::Alloca {
            ty,
            align,
            is_static,
        })
    }

    fn access(&mut self) -> Result<Access, ParseError> {
        self.lex.expect_word("align")?;
        Ok(Access {
            align: self.lex.number()?,
            volatile: self.lex.eat_word("volatile"),
            atomic: self.lex.eat_word("atomic"),
        })
    }

    fn gep(&mut self) -> Result<GepData, ParseError> {
        let offset = self.lex.number()?;
        let mut terms = Vec::new();
        while self.lex.peek() != Token::Punct(')') {
            let value = self.value()?;
            self.lex.expect_word("x")?;
            terms.push((value, self.lex.number()?));
        }
        Ok(GepData { offset, terms })
    }

    fn block(&mut self) -> Result<Block, ParseError> {
        Ok(Block::new(self.lex.entity("block")? as usize))
    }

    fn blocks(&mut self) -> Result<Vec<Block>, ParseError> {
        self.separated(Self::block)
    }

    fn numbers(&mut self) -> Result<Vec<u32>, ParseError> {
        self.separated(|reader| reader.lex.number())
    }

    fn mask(&mut self) -> Result<Vec<Option<u32>>, ParseError> {
        self.separated(|reader| {
            if reader.lex.eat_word("_") {
                Ok(None)
            } else {
                reader.lex.number().map(Some)
            }
        })
    }

    /// Items up to the closing parenthesis.
    fn separated<T>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<T, ParseError>,
    ) -> Result<Vec<T>, ParseError> {
        let mut items = Vec::new();
        while self.lex.peek() != Token::Punct(')') {
            if !items.is_empty() {
                self.lex.expect(',')?;
            }
            items.push(item(self)?);
        }
        Ok(items)
    }

    fn switch(&mut self) -> Result<Op, ParseError> {
        let default = self.block()?;
        let mut cases = Vec::new();
        while self.lex.eat(',') {
            cases.push((self.lex.number()?, self.block()?));
        }
        Ok(Op::Switch { default, cases })
    }

    /// Reads a call's data. The lists for each argument are completed once the operands are known.
    fn call(&mut self) -> Result<CallData, ParseError> {
        let callee = if self.lex.eat_word("indirect") {
            Callee::Indirect
        } else if self.lex.eat_word("asm") {
            let side_effects = self.lex.eat_word("sideeffect");
            Callee::Asm { side_effects }
        } else {
            Callee::Direct(self.func_ref()?)
        };
        let mut call = CallData {
            callee,
            effects: self.effects()?,
            noreturn: false,
            nounwind: false,
            byval: Vec::new(),
            args: Vec::new(),
            tags: Vec::new(),
            returns_twice: false,
        };
        loop {
            if self.lex.eat_word("noreturn") {
                call.noreturn = true;
            } else if self.lex.eat_word("nounwind") {
                call.nounwind = true;
            } else if self.lex.eat_word("returns_twice") {
                call.returns_twice = true;
            } else if self.lex.eat_word("byval") {
                let bytes = |reader: &mut Self| reader.lex.number();
                let index = self.argument_index()?;
                set(&mut call.byval, index, bytes(self)?);
            } else if self.lex.eat_word("arg") {
                let index = self.argument_index()?;
                set(&mut call.args, index, self.arg_facts());
            } else if self.lex.eat_word("tag") {
                call.tags.push((self.lex.text()?, self.lex.text()?));
            } else {
                return Ok(call);
            }
        }
    }

    fn argument_index(&mut self) -> Result<usize, ParseError> {
        let index: usize = self.lex.number()?;
        if index > 1 << 16 {
            return Err(self.lex.error("argument index out of range"));
        }
        Ok(index)
    }
}

/// The access of a `load` or `store` written without one.
const PLAIN: Access = Access {
    align: 1,
    volatile: false,
    atomic: false,
};

fn set<T: Clone + Default>(list: &mut Vec<T>, index: usize, value: T) {
    if list.len() <= index {
        list.resize(index + 1, T::default());
    }
    list[index] = value;
}

fn plain(name: &str) -> Option<Op> {
    Some(match name {
        "fneg" => Op::FNeg,
        "freeze" => Op::Freeze,
        "select" => Op::Select,
        "fence" => Op::Fence,
        "extractelement" => Op::ExtractElement,
        "insertelement" => Op::InsertElement,
        "va_arg" => Op::VaArg,
        "landingpad" => Op::LandingPad,
        "funcletpad" => Op::FuncletPad,
        "ret" => Op::Ret,
        "resume" => Op::Resume,
        "unreachable" => Op::Unreachable,
        _ => return None,
    })
}

impl Reader {
    /// Reads `vN`.
    pub(super) fn value(&mut self) -> Result<Value, ParseError> {
        let word = self.lex.word()?;
        let id = index(&word, "v")
            .ok_or_else(|| self.lex.error(format!("expected a value, found `{word}`")))?;
        Ok(Value::new(id as usize))
    }
}
