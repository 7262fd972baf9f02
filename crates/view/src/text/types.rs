//! Spelling of types, and the usual layout that a bare spelling stands for.

use super::ParseError;
use super::lex::{Lexer, Token, index, quote};
use super::names::FLOAT_KINDS;
use crate::types::{Field, FloatKind, Type, TypeData, TypeKind, TypeTable};
use cranelift_entity::EntityRef;
use std::fmt::Write as _;

/// The layout x86-64 gives to `kind`.
fn usual(types: &TypeTable, kind: TypeKind) -> TypeData {
    let (store_size, alloc_size, align) = match &kind {
        TypeKind::Int(bits) => int_layout(*bits),
        TypeKind::Float(float) => {
            let size = float.bytes().next_power_of_two();
            (float.bytes(), size, size as u32)
        }
        TypeKind::Pointer { .. } => (8, 8, 8),
        TypeKind::Vector { elem, len, .. } => {
            let bytes = (bits(types, *elem) * u64::from(*len)).div_ceil(8).max(1);
            let size = bytes.next_power_of_two();
            (bytes, size, size as u32)
        }
        TypeKind::Array { elem, len } => {
            let size = types.alloc_size(*elem).saturating_mul(*len);
            (size, size, types.align(*elem))
        }
        TypeKind::Struct { fields, packed } => struct_layout(types, fields, *packed),
        TypeKind::Void
        | TypeKind::Label
        | TypeKind::Token
        | TypeKind::Metadata
        | TypeKind::Function
        | TypeKind::Opaque(_) => (0, 0, 1),
    };
    TypeData {
        kind,
        store_size,
        alloc_size,
        align,
    }
}

fn int_layout(bits: u32) -> (u64, u64, u32) {
    let bytes = u64::from(bits).div_ceil(8);
    let align = bytes.next_power_of_two().min(16);
    (bytes, bytes.next_multiple_of(align), align as u32)
}

fn bits(types: &TypeTable, ty: Type) -> u64 {
    match types.kind(ty) {
        TypeKind::Int(bits) => u64::from(*bits),
        TypeKind::Float(kind) => kind.bytes() * 8,
        _ => types.store_size(ty) * 8,
    }
}

fn struct_layout(types: &TypeTable, fields: &[Field], packed: bool) -> (u64, u64, u32) {
    let align = fields
        .iter()
        .map(|f| types.align(f.ty))
        .max()
        .filter(|_| !packed)
        .unwrap_or(1);
    let end = fields
        .last()
        .map_or(0, |f| f.offset + types.alloc_size(f.ty));
    let size = end.next_multiple_of(u64::from(align));
    (size, size, align)
}

fn usual_fields(types: &TypeTable, elems: &[Type], packed: bool) -> Vec<Field> {
    let mut end = 0_u64;
    elems
        .iter()
        .map(|&ty| {
            let align = if packed { 1 } else { types.align(ty) };
            let offset = end.next_multiple_of(u64::from(align));
            end = offset + types.alloc_size(ty);
            Field { ty, offset }
        })
        .collect()
}

fn is_usual(types: &TypeTable, ty: Type) -> bool {
    let data = types.data(ty);
    if let TypeKind::Struct { fields, packed } = &data.kind {
        let elems: Vec<Type> = fields.iter().map(|f| f.ty).collect();
        if usual_fields(types, &elems, *packed) != *fields {
            return false;
        }
    }
    usual(types, data.kind.clone()) == *data
}

/// How `ty` is written where it is used.
pub(super) fn spell(types: &TypeTable, ty: Type) -> String {
    if is_usual(types, ty) {
        structure(types, ty)
    } else {
        ty.to_string()
    }
}

fn structure(types: &TypeTable, ty: Type) -> String {
    match types.kind(ty) {
        TypeKind::Void => "void".into(),
        TypeKind::Label => "label".into(),
        TypeKind::Token => "token".into(),
        TypeKind::Metadata => "metadata".into(),
        TypeKind::Function => "function".into(),
        TypeKind::Int(bits) => format!("i{bits}"),
        TypeKind::Float(kind) => kind.name().into(),
        TypeKind::Pointer { space: 0 } => "ptr".into(),
        TypeKind::Pointer { space } => format!("ptr{space}"),
        TypeKind::Vector {
            elem,
            len,
            scalable,
        } => {
            let scale = if *scalable { "vscale x " } else { "" };
            format!("<{scale}{len} x {}>", spell(types, *elem))
        }
        TypeKind::Array { elem, len } => format!("[{len} x {}]", spell(types, *elem)),
        TypeKind::Struct { fields, packed } => {
            let list: Vec<String> = fields.iter().map(|f| spell(types, f.ty)).collect();
            let list = list.join(", ");
            if *packed {
                format!("<{{{list}}}>")
            } else {
                format!("{{{list}}}")
            }
        }
        TypeKind::Opaque(text) => format!("opaque {}", quote(text)),
    }
}

/// The `types` line: every type in order.
pub(super) fn table(types: &TypeTable) -> String {
    let mut out = String::from("types ");
    for (ty, data) in types.iter() {
        if ty.index() > 0 {
            out.push_str(", ");
        }
        if is_usual(types, ty) {
            out.push_str(&structure(types, ty));
            continue;
        }
        let _ = write!(out, "{ty} = {}", structure(types, ty));
        if let TypeKind::Struct { fields, .. } = &data.kind {
            out.push_str(" at");
            for field in fields {
                let _ = write!(out, " {}", field.offset);
            }
        }
        let (store, alloc, align) = (data.store_size, data.alloc_size, data.align);
        let _ = write!(out, " size {store} {alloc} align {align}");
    }
    out
}

/// Reads the rest of a `types` line.
pub(super) fn parse_table(lex: &mut Lexer, types: &mut TypeTable) -> Result<(), ParseError> {
    loop {
        let before = types.iter().count();
        let named = matches!(lex.peek(), Token::Word(w) if index(&w, "ty").is_some())
            && lex.ahead(1) == Token::Punct('=');
        if named {
            lex.take();
            lex.take();
        }
        let data = parse_data(lex, types)?;
        let data = if named { laid_out(lex, data)? } else { data };
        if types.intern(data).index() != before {
            return Err(lex.error("a type is listed twice, or after a type made of it"));
        }
        if !lex.eat(',') {
            return lex.end_of_line();
        }
    }
}

fn laid_out(lex: &mut Lexer, mut data: TypeData) -> Result<TypeData, ParseError> {
    if let TypeKind::Struct { fields, .. } = &mut data.kind {
        lex.expect_word("at")?;
        for field in fields {
            field.offset = lex.number()?;
        }
    }
    lex.expect_word("size")?;
    data.store_size = lex.number()?;
    data.alloc_size = lex.number()?;
    lex.expect_word("align")?;
    data.align = lex.number()?;
    Ok(data)
}

/// Reads a type where it is used.
pub(super) fn parse(lex: &mut Lexer, types: &mut TypeTable) -> Result<Type, ParseError> {
    if let Token::Word(word) = lex.peek()
        && let Some(id) = index(&word, "ty")
    {
        lex.take();
        let count = types.iter().count();
        if id as usize >= count {
            return Err(lex.error(format!("`ty{id}` is not in the `types` line")));
        }
        return Ok(Type::from_u32(id));
    }
    let data = parse_data(lex, types)?;
    Ok(types.intern(data))
}

fn parse_data(lex: &mut Lexer, types: &mut TypeTable) -> Result<TypeData, ParseError> {
    let kind = if lex.eat('{') {
        struct_body(lex, types, false)?
    } else if lex.eat('[') {
        let (len, elem) = counted(lex, types)?;
        lex.expect(']')?;
        TypeKind::Array { elem, len }
    } else if lex.eat('<') {
        if lex.eat('{') {
            let kind = struct_body(lex, types, true)?;
            lex.expect('>')?;
            kind
        } else {
            let scalable = lex.eat_word("vscale");
            if scalable {
                lex.expect_word("x")?;
            }
            let (len, elem) = counted(lex, types)?;
            lex.expect('>')?;
            let len = u32::try_from(len).map_err(|_| lex.error("too many lanes"))?;
            TypeKind::Vector {
                elem,
                len,
                scalable,
            }
        }
    } else {
        scalar(lex)?
    };
    Ok(usual(types, kind))
}

fn counted(lex: &mut Lexer, types: &mut TypeTable) -> Result<(u64, Type), ParseError> {
    let len = lex.number()?;
    lex.expect_word("x")?;
    Ok((len, parse(lex, types)?))
}

fn struct_body(
    lex: &mut Lexer,
    types: &mut TypeTable,
    packed: bool,
) -> Result<TypeKind, ParseError> {
    let mut elems = Vec::new();
    while !lex.eat('}') {
        if !elems.is_empty() {
            lex.expect(',')?;
        }
        elems.push(parse(lex, types)?);
    }
    let fields = usual_fields(types, &elems, packed);
    Ok(TypeKind::Struct { fields, packed })
}

fn scalar(lex: &mut Lexer) -> Result<TypeKind, ParseError> {
    let word = lex.word()?;
    let float = |kind: &&FloatKind| kind.name() == word;
    if let Some(kind) = FLOAT_KINDS.iter().find(float) {
        return Ok(TypeKind::Float(*kind));
    }
    if let Some(bits) = index(&word, "i") {
        return Ok(TypeKind::Int(bits));
    }
    if let Some(space) = index(&word, "ptr") {
        return Ok(TypeKind::Pointer { space });
    }
    Ok(match word.as_str() {
        "ptr" => TypeKind::Pointer { space: 0 },
        "void" => TypeKind::Void,
        "label" => TypeKind::Label,
        "token" => TypeKind::Token,
        "metadata" => TypeKind::Metadata,
        "function" => TypeKind::Function,
        "opaque" => TypeKind::Opaque(lex.text()?),
        _ => return Err(lex.error(format!("`{word}` is not a type"))),
    })
}
