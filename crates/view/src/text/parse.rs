//! Reading modules.
//!
//! Two passes: the first numbers functions and globals by their heads, so that bodies may name any
//! of them; the second reads everything.

use super::draft::Draft;
use super::lex::{Lexer, Token, index};
use super::{ParseError, types};
use crate::body::Value;
use crate::constant::Constant;
use crate::module::{Func, FuncData, Global, GlobalData, Module, Param};
use crate::op::{ArgFacts, Effects};
use crate::types::Type;
use cranelift_entity::EntityRef;
use rustc_hash::FxHashMap;

/// Reads the text form of a module.
pub fn parse(text: &str) -> Result<Module, ParseError> {
    let mut reader = Reader {
        lex: Lexer::new(text)?,
        module: Module {
            pointer_bytes: 8,
            ..Module::default()
        },
        names: FxHashMap::default(),
        counts: (0, 0),
        draft: Draft::default(),
    };
    reader.heads();
    reader.lex.rewind();
    reader.lex.skip_newlines();
    while reader.lex.peek() != Token::End {
        reader.item()?;
    }
    Ok(reader.module)
}

#[derive(Clone, Copy)]
enum Symbol {
    Func(Func),
    Global(Global),
}

/// Reads one module.
pub(super) struct Reader {
    pub(super) lex: Lexer,
    pub(super) module: Module,
    names: FxHashMap<String, Symbol>,
    /// How many functions and globals the text has.
    counts: (usize, usize),
    pub(super) draft: Draft,
}

impl Reader {
    fn heads(&mut self) {
        self.lex.skip_newlines();
        loop {
            let head = (self.lex.take(), self.lex.peek());
            if let (Token::Word(word), Token::Symbol(name)) = &head {
                match word.as_str() {
                    "func" | "declare" => {
                        let id = Func::new(self.counts.0);
                        self.counts.0 += 1;
                        self.names.insert(name.clone(), Symbol::Func(id));
                    }
                    "global" => {
                        let id = Global::new(self.counts.1);
                        self.counts.1 += 1;
                        self.names.insert(name.clone(), Symbol::Global(id));
                    }
                    _ => {}
                }
            }
            while !matches!(self.lex.peek(), Token::Newline | Token::End) {
                self.lex.take();
            }
            self.lex.skip_newlines();
            if self.lex.peek() == Token::End {
                return;
            }
        }
    }

    fn item(&mut self) -> Result<(), ParseError> {
        let word = self.lex.word()?;
        match word.as_str() {
            "types" => types::parse_table(&mut self.lex, &mut self.module.types),
            "pointer" => {
                self.module.pointer_bytes = self.lex.number()?;
                self.lex.end_of_line()
            }
            "global" => self.global_item(),
            "declare" => self.func_item(false),
            "func" => self.func_item(true),
            _ => Err(self.lex.error(format!("`{word}` does not start an item"))),
        }
    }

    /// Reads a type.
    pub(super) fn ty(&mut self) -> Result<Type, ParseError> {
        types::parse(&mut self.lex, &mut self.module.types)
    }

    fn symbol(&mut self) -> Result<String, ParseError> {
        match self.lex.take() {
            Token::Symbol(name) => Ok(name),
            other => Err(self.lex.error(format!("expected `@name`, found {other}"))),
        }
    }

    /// Reads a function, by name or id.
    pub(super) fn func_ref(&mut self) -> Result<Func, ParseError> {
        match self.lex.take() {
            Token::Symbol(name) => match self.names.get(&name) {
                Some(Symbol::Func(func)) => Ok(*func),
                _ => Err(self.lex.error(format!("no function `@{name}`"))),
            },
            Token::Word(word) => match self.by_id(&word)? {
                Constant::Func(func) => Ok(func),
                _ => Err(self.lex.error(format!("`{word}` is not a function"))),
            },
            other => Err(self
                .lex
                .error(format!("expected a function, found {other}"))),
        }
    }

    /// Reads a global if one is next.
    pub(super) fn try_global(&mut self) -> Result<Option<Global>, ParseError> {
        let found = match self.lex.peek() {
            Token::Symbol(name) => match self.names.get(&name) {
                Some(Symbol::Global(global)) => Some(*global),
                _ => None,
            },
            Token::Word(word) if word.starts_with("global") => match self.by_id(&word)? {
                Constant::Global(global) => Some(global),
                _ => None,
            },
            _ => None,
        };
        if found.is_some() {
            self.lex.take();
        }
        Ok(found)
    }

    /// `fnN` or `globalN` as an address.
    pub(super) fn by_id(&self, word: &str) -> Result<Constant, ParseError> {
        let func = index(word, "fn").filter(|i| (*i as usize) < self.counts.0);
        let global = index(word, "global").filter(|i| (*i as usize) < self.counts.1);
        match (func, global) {
            (Some(id), _) => Ok(Constant::Func(Func::from_u32(id))),
            (_, Some(id)) => Ok(Constant::Global(Global::from_u32(id))),
            _ => Err(self.lex.error(format!("`{word}` names nothing"))),
        }
    }

    /// Reads `[v1, v2]`.
    pub(super) fn bracketed(&mut self) -> Result<Vec<Value>, ParseError> {
        self.lex.expect('[')?;
        let mut values = Vec::new();
        while !self.lex.eat(']') {
            if !values.is_empty() {
                self.lex.expect(',')?;
            }
            values.push(self.value()?);
        }
        Ok(values)
    }

    /// Reads words of argument facts.
    pub(super) fn arg_facts(&mut self) -> ArgFacts {
        let mut facts = ArgFacts::default();
        loop {
            let field = match self.lex.peek() {
                Token::Word(word) => match word.as_str() {
                    "noalias" => &mut facts.noalias,
                    "nocapture" => &mut facts.nocapture,
                    "readonly" => &mut facts.readonly,
                    "writeonly" => &mut facts.writeonly,
                    "readnone" => &mut facts.readnone,
                    "returned" => &mut facts.returned,
                    "sret" => &mut facts.sret,
                    _ => return facts,
                },
                _ => return facts,
            };
            *field = true;
            self.lex.take();
        }
    }

    /// Reads `effects …`, or nothing.
    pub(super) fn effects(&mut self) -> Result<Effects, ParseError> {
        if !self.lex.eat_word("effects") {
            return Ok(Effects::ANY);
        }
        let word = self.lex.word()?;
        let (reads, writes) = match word.as_str() {
            "none" => (false, false),
            "read" => (true, false),
            "write" => (false, true),
            "readwrite" => (true, true),
            _ => return Err(self.lex.error(format!("no effects `{word}`"))),
        };
        Ok(Effects {
            reads,
            writes,
            args_only: self.lex.eat_word("args"),
            hidden_only: self.lex.eat_word("hidden"),
        })
    }

    fn tag_pairs(&mut self) -> Result<Vec<(String, String)>, ParseError> {
        let mut tags = Vec::new();
        while self.lex.eat_word("tag") {
            tags.push((self.lex.text()?, self.lex.text()?));
        }
        Ok(tags)
    }

    fn global_item(&mut self) -> Result<(), ParseError> {
        let name = self.symbol()?;
        self.lex.expect(':')?;
        let ty = self.ty()?;
        let mut data = GlobalData {
            name,
            ty,
            constant: self.lex.eat_word("constant"),
            local: self.lex.eat_word("local"),
            defined: self.lex.eat_word("defined"),
            thread_local: self.lex.eat_word("thread_local"),
            contents: crate::module::Contents::default(),
            tags: Vec::new(),
        };
        data.contents.complete = self.lex.eat_word("complete");
        while self.lex.eat_word("at") {
            let offset = self.lex.number()?;
            if let Some(global) = self.try_global()? {
                let plus = self.lex.eat_word("plus");
                let inside = crate::module::Inside {
                    global,
                    offset: if plus { self.lex.number()? } else { 0 },
                };
                data.contents.globals.push((offset, inside));
            } else {
                let func = self.func_ref()?;
                data.contents.functions.push((offset, func));
            }
        }
        while self.lex.eat_word("tag") {
            data.tags.push(self.lex.text()?);
        }
        self.module.globals.push(data);
        self.lex.end_of_line()
    }

    fn func_item(&mut self, with_body: bool) -> Result<(), ParseError> {
        self.draft = Draft::default();
        let name = self.symbol()?;
        self.lex.expect('(')?;
        let (mut params, mut values, mut varargs) = (Vec::new(), Vec::new(), false);
        while !self.lex.eat(')') {
            if !params.is_empty() {
                self.lex.expect(',')?;
            }
            if self.lex.eat_word("varargs") {
                varargs = true;
                self.lex.expect(')')?;
                break;
            }
            if with_body {
                let value = self.value()?;
                self.lex.expect(':')?;
                values.push(value);
            }
            params.push(self.param()?);
        }
        self.lex.expect('→')?;
        let ret = self.ty()?;
        let stand_in = if self.lex.eat_word("stand_in") {
            Some(self.func_ref()?)
        } else {
            None
        };
        let mut data = FuncData {
            name,
            ret,
            params,
            varargs,
            stand_in,
            body: None,
            defined: with_body || self.lex.eat_word("defined"),
            intrinsic: self.keyed_text("intrinsic")?,
            library: self.keyed_text("library")?,
            effects: self.effects()?,
            noreturn: self.lex.eat_word("noreturn"),
            nounwind: self.lex.eat_word("nounwind"),
            nofree: self.lex.eat_word("nofree"),
            returns_twice: self.lex.eat_word("returns_twice"),
            interposable: self.lex.eat_word("interposable"),
            noalias_return: self.lex.eat_word("noalias_return"),
            custom: self.lex.eat_word("custom"),
            tags: self.tag_pairs()?,
        };
        if with_body {
            data.body = Some(self.body(&data.params, values)?);
        }
        self.module.funcs.push(data);
        self.lex.end_of_line()
    }

    fn keyed_text(&mut self, key: &str) -> Result<Option<String>, ParseError> {
        if self.lex.eat_word(key) {
            self.lex.text().map(Some)
        } else {
            Ok(None)
        }
    }

    fn param(&mut self) -> Result<Param, ParseError> {
        let ty = self.ty()?;
        let facts = self.arg_facts();
        let byval = if self.lex.eat_word("byval") {
            self.lex.number()?
        } else {
            0
        };
        let tags = self.tag_pairs()?;
        Ok(Param {
            ty,
            facts,
            byval,
            tags,
        })
    }
}
