//! Constants: `type literal`.

use super::lex::{Token, quote};
use super::names;
use super::parse::Reader;
use super::print::Printer;
use super::{ParseError, types};
use crate::constant::Constant;
use crate::types::{FloatKind, Type, TypeKind};

impl Printer<'_> {
    /// A constant without its type.
    pub(super) fn constant(&self, ty: Type, constant: &Constant) -> String {
        match constant {
            Constant::Int(bits) => bits.to_string(),
            Constant::WideInt => "wide".into(),
            Constant::Float(bits) => float(self.module.types.float_kind(ty), *bits),
            Constant::Null => "null".into(),
            Constant::Zero => "zero".into(),
            Constant::Undef => "undef".into(),
            Constant::Poison => "poison".into(),
            Constant::None => "none".into(),
            Constant::Global(global) => self.global(*global),
            Constant::Func(func) => self.func(*func),
            Constant::Aggregate(elems) => format!("[{}]", Printer::list(elems)),
            Constant::Splat(value) => format!("splat {value}"),
            Constant::Data => "data".into(),
            Constant::Offset { base, offset } => format!("offset {base} {offset}"),
            Constant::BlockAddress(func) => format!("blockaddress {}", self.func(*func)),
            Constant::Expr { op, operands } => format!("expr {op} [{}]", Printer::list(operands)),
            Constant::Metadata(None) => "metadata".into(),
            Constant::Metadata(Some(text)) => format!("metadata {}", quote(text)),
            Constant::Asm => "asm".into(),
            Constant::Opaque(text) => format!("opaque {}", quote(text)),
        }
    }
}

/// Decimal where that reads back exactly, else the bits.
fn float(kind: Option<FloatKind>, bits: u128) -> String {
    let decimal = match kind {
        Some(FloatKind::Double) => format!("{:?}", f64::from_bits(bits as u64)),
        Some(FloatKind::Single) => format!("{:?}", f32::from_bits(bits as u32)),
        _ => return format!("0x{bits:x}"),
    };
    if float_bits(kind, &decimal) == Some(bits) {
        decimal
    } else {
        format!("0x{bits:x}")
    }
}

fn float_bits(kind: Option<FloatKind>, text: &str) -> Option<u128> {
    if let Some(hex) = text.strip_prefix("0x") {
        return u128::from_str_radix(hex, 16).ok();
    }
    match kind? {
        FloatKind::Double => text.parse().ok().map(|x: f64| u128::from(x.to_bits())),
        FloatKind::Single => text.parse().ok().map(|x: f32| u128::from(x.to_bits())),
        _ => None,
    }
}

impl Reader {
    /// Reads `type literal`.
    pub(super) fn constant(&mut self) -> Result<(Type, Constant), ParseError> {
        let ty = types::parse(&mut self.lex, &mut self.module.types)?;
        let constant = match self.lex.peek() {
            Token::Symbol(_) => self.address()?,
            Token::Punct('[') => Constant::Aggregate(self.bracketed()?),
            _ => self.literal(ty)?,
        };
        Ok((ty, constant))
    }

    fn address(&mut self) -> Result<Constant, ParseError> {
        if let Some(global) = self.try_global()? {
            return Ok(Constant::Global(global));
        }
        Ok(Constant::Func(self.func_ref()?))
    }

    fn literal(&mut self, ty: Type) -> Result<Constant, ParseError> {
        let word = self.lex.word()?;
        Ok(match word.as_str() {
            "wide" => Constant::WideInt,
            "null" => Constant::Null,
            "zero" => Constant::Zero,
            "undef" => Constant::Undef,
            "poison" => Constant::Poison,
            "none" => Constant::None,
            "data" => Constant::Data,
            "asm" => Constant::Asm,
            "splat" => Constant::Splat(self.value()?),
            "offset" => Constant::Offset {
                base: self.value()?,
                offset: self.lex.number()?,
            },
            "blockaddress" => Constant::BlockAddress(self.func_ref()?),
            "expr" => {
                let name = self.lex.word()?;
                let op = names::expr(&name)
                    .ok_or_else(|| self.lex.error(format!("`{name}` is not an opcode")))?;
                Constant::Expr {
                    op,
                    operands: self.bracketed()?,
                }
            }
            "metadata" => match self.lex.peek() {
                Token::Text(_) => Constant::Metadata(Some(self.lex.text()?)),
                _ => Constant::Metadata(None),
            },
            "opaque" => Constant::Opaque(self.lex.text()?),
            _ if word.starts_with("global") || word.starts_with("fn") => self.by_id(&word)?,
            _ => self.numeric(ty, &word)?,
        })
    }

    fn numeric(&self, ty: Type, word: &str) -> Result<Constant, ParseError> {
        let table = &self.module.types;
        let bad = || {
            self.lex
                .error(format!("`{word}` is not a constant of this type"))
        };
        match table.kind(ty) {
            TypeKind::Int(bits) => {
                let value = match word.parse::<u128>() {
                    Ok(value) => value,
                    // Negative literals are a convenience of hand-written text.
                    Err(_) => word.parse::<i128>().map_err(|_| bad())? as u128,
                };
                Ok(Constant::Int(truncate(value, *bits)))
            }
            TypeKind::Float(kind) => float_bits(Some(*kind), word)
                .map(Constant::Float)
                .ok_or_else(bad),
            _ => Err(bad()),
        }
    }
}

fn truncate(value: u128, bits: u32) -> u128 {
    if bits >= 128 {
        value
    } else {
        value & ((1 << bits) - 1)
    }
}
