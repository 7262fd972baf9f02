//! Reading bodies: values may be named before they are defined, so a body is a draft until its end.

use super::ParseError;
use super::lex::Token;
use super::parse::Reader;
use crate::body::{
    Block, BlockData, Body, Inst, InstData, Loc, TbaaEntry, Value, ValueData, ValueDef,
};
use crate::constant::Constant;
use crate::module::Param;
use crate::op::{ArgFacts, Callee, Op};
use crate::types::{Type, TypeData, TypeKind};
use cranelift_entity::EntityRef;
use smallvec::SmallVec;

/// The function being read: values in any order, dense once complete.
#[derive(Default)]
pub(super) struct Draft {
    values: Vec<Option<ValueData>>,
    /// Constants written in place; their ids follow those of all named values.
    inline: Vec<ValueData>,
    insts: Vec<Option<InstData>>,
    blocks: Vec<BlockData>,
}

/// Ids of inline constants until the number of named values is known.
const INLINE: usize = 1 << 29;

impl Reader {
    /// Reads `{ … }`.
    pub(super) fn body(
        &mut self,
        params: &[Param],
        values: Vec<Value>,
    ) -> Result<Body, ParseError> {
        for (index, (param, &value)) in params.iter().zip(&values).enumerate() {
            let def = ValueDef::Param(index as u32);
            self.define(value, ValueData { ty: param.ty, def })?;
        }
        self.lex.expect('{')?;
        self.lex.end_of_line()?;
        let mut next_inst = 0;
        while !self.lex.eat('}') {
            if self.lex.eat_word("const") {
                let value = self.value()?;
                self.lex.expect('=')?;
                let (ty, constant) = self.constant()?;
                let def = ValueDef::Const(constant);
                self.define(value, ValueData { ty, def })?;
            } else if self.lex.eat_word("at") {
                next_inst = self.lex.entity("inst")? as usize;
            } else if self.lex.ahead(1) == Token::Punct(':') {
                let id = self.lex.entity("block")? as usize;
                self.lex.take();
                if id != self.draft.blocks.len() {
                    return Err(self
                        .lex
                        .error("blocks are listed in the order of their ids"));
                }
                self.draft.blocks.push(BlockData::default());
            } else {
                self.inst(Inst::new(next_inst))?;
                next_inst += 1;
            }
            self.lex.end_of_line()?;
        }
        self.finish(values)
    }

    fn define(&mut self, value: Value, data: ValueData) -> Result<(), ParseError> {
        let index = value.index();
        if self.draft.values.len() <= index {
            self.draft.values.resize(index + 1, None);
        }
        if self.draft.values[index].replace(data).is_some() {
            return Err(self.lex.error(format!("{value} is defined twice")));
        }
        Ok(())
    }

    fn operand(&mut self) -> Result<Value, ParseError> {
        if !self.lex.eat('(') {
            return self.value();
        }
        let (ty, constant) = self.constant()?;
        self.lex.expect(')')?;
        let def = ValueDef::Const(constant);
        self.draft.inline.push(ValueData { ty, def });
        Ok(Value::new(INLINE + self.draft.inline.len() - 1))
    }

    fn inst(&mut self, inst: Inst) -> Result<(), ParseError> {
        let Some(block) = self.draft.blocks.len().checked_sub(1) else {
            return Err(self.lex.error("an instruction before the first block"));
        };
        let block = Block::new(block);
        let result = if self.lex.ahead(1) == Token::Punct('=') {
            let value = self.value()?;
            self.lex.expect('=')?;
            Some(value)
        } else {
            None
        };
        let op = self.op()?;
        let ty = match result {
            Some(_) => self.ty()?,
            None => self.void(),
        };
        let mut data = InstData {
            op,
            operands: self.operands()?,
            ty,
            result,
            block,
            loc: None,
            tbaa: Vec::new(),
            tbaa_base: None,
            fast: 0,
            multiple: 1,
            tags: Vec::new(),
        };
        complete_call(&mut data);
        self.annotations(&mut data)?;
        if let Some(result) = result {
            let def = ValueDef::Inst(inst);
            self.define(result, ValueData { ty, def })?;
        }
        self.draft.blocks[block.index()].insts.push(inst);
        if self.draft.insts.len() <= inst.index() {
            self.draft.insts.resize(inst.index() + 1, None);
        }
        if self.draft.insts[inst.index()].replace(data).is_some() {
            return Err(self.lex.error(format!("{inst} appears twice")));
        }
        Ok(())
    }

    fn void(&mut self) -> Type {
        self.module.types.intern(TypeData {
            kind: TypeKind::Void,
            store_size: 0,
            alloc_size: 0,
            align: 1,
        })
    }

    fn operands(&mut self) -> Result<SmallVec<[Value; 3]>, ParseError> {
        let mut operands = SmallVec::new();
        if matches!(
            self.lex.peek(),
            Token::Newline | Token::End | Token::Punct('!')
        ) {
            return Ok(operands);
        }
        loop {
            operands.push(self.operand()?);
            if !self.lex.eat(',') {
                return Ok(operands);
            }
        }
    }

    fn annotations(&mut self, data: &mut InstData) -> Result<(), ParseError> {
        while self.lex.eat('!') {
            let word = self.lex.word()?;
            match word.as_str() {
                "fast" => data.fast = self.lex.number()?,
                "multiple" => data.multiple = self.lex.number()?,
                "tbaa" => data.tbaa = self.entries()?,
                "base" => data.tbaa_base = Some((self.lex.number()?, self.entries()?)),
                "tag" => data.tags.push(self.lex.text()?),
                "loc" => {
                    data.loc = Some(Loc {
                        file: self.lex.text()?.into(),
                        line: self.lex.number()?,
                        column: self.lex.number()?,
                    });
                }
                _ => return Err(self.lex.error(format!("no annotation `!{word}`"))),
            }
        }
        Ok(())
    }

    fn entries(&mut self) -> Result<Vec<TbaaEntry>, ParseError> {
        self.lex.expect('[')?;
        let mut entries = Vec::new();
        while !self.lex.eat(']') {
            if !entries.is_empty() {
                self.lex.expect(',')?;
            }
            entries.push(TbaaEntry {
                offset: self.lex.number()?,
                name: self.lex.text()?,
                size: self.lex.number()?,
            });
        }
        Ok(entries)
    }

    /// Gives inline constants their ids and checks that everything named exists.
    fn finish(&mut self, params: Vec<Value>) -> Result<Body, ParseError> {
        let draft = std::mem::take(&mut self.draft);
        let named = draft.values.len();
        let mut body = Body {
            params,
            ..Body::default()
        };
        for (index, data) in draft.values.into_iter().enumerate() {
            body.values
                .push(data.ok_or_else(|| self.lex.error(format!("v{index} is never defined")))?);
        }
        for data in draft.inline {
            body.values.push(data);
        }
        let total = body.values.len();
        for (index, data) in draft.insts.into_iter().enumerate() {
            let mut data = data.ok_or_else(|| self.lex.error(format!("inst{index} is missing")))?;
            for operand in &mut data.operands {
                if operand.index() >= INLINE {
                    *operand = Value::new(named + operand.index() - INLINE);
                }
                if operand.index() >= total {
                    return Err(self.lex.error(format!("{operand} is never defined")));
                }
            }
            body.insts.push(data);
        }
        for data in draft.blocks {
            body.blocks.push(data);
        }
        self.check(&body)?;
        Ok(body)
    }

    fn check(&self, body: &Body) -> Result<(), ParseError> {
        if body.blocks.is_empty() {
            return Err(self.lex.error("a body has at least one block"));
        }
        for (block, data) in &body.blocks {
            let terminators = data
                .insts
                .iter()
                .filter(|&&i| body.insts[i].op.is_terminator());
            let ends = data
                .insts
                .last()
                .is_some_and(|&i| body.insts[i].op.is_terminator());
            if terminators.count() != 1 || !ends {
                return Err(self
                    .lex
                    .error(format!("{block} needs one terminator, at its end")));
            }
            for succ in body.successors(block) {
                if succ.index() >= body.blocks.len() {
                    return Err(self.lex.error(format!("no {succ}")));
                }
            }
        }
        let operands = |constant: &Constant| match constant {
            Constant::Aggregate(list) | Constant::Expr { operands: list, .. } => list.clone(),
            Constant::Splat(value) | Constant::Offset { base: value, .. } => vec![*value],
            _ => Vec::new(),
        };
        for data in body.values.values() {
            if let ValueDef::Const(constant) = &data.def
                && operands(constant)
                    .iter()
                    .any(|v| v.index() >= body.values.len())
            {
                return Err(self.lex.error("a constant is made of an unknown value"));
            }
        }
        for data in body.insts.values() {
            let known = match &data.op {
                Op::Gep(gep) => gep.terms.iter().all(|t| t.0.index() < body.values.len()),
                Op::Phi { blocks } => {
                    blocks.len() == data.operands.len()
                        && blocks.iter().all(|b| b.index() < body.blocks.len())
                }
                _ => true,
            };
            if !known {
                return Err(self.lex.error("an operand names an unknown value or block"));
            }
        }
        Ok(())
    }
}

/// Brings the per-argument lists of a call to the number of its arguments.
fn complete_call(data: &mut InstData) {
    let count = data.operands.len();
    if let Op::Call(call) | Op::Invoke(call, ..) | Op::CallBr(call, _) = &mut data.op {
        let skip = usize::from(call.callee == Callee::Indirect);
        call.byval.resize(count.saturating_sub(skip), 0);
        call.args
            .resize(count.saturating_sub(skip), ArgFacts::default());
    }
}
