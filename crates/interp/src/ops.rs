//! Arithmetic, comparisons and conversions, lane by lane; loading and storing by type.

use crate::exec::Frame;
use crate::{Error, Machine, Result, Val, ints, math};
use rz_view::op::{BinaryOp, CastOp, FloatPredicate};
use rz_view::types::{FloatKind, TypeKind};
use rz_view::{Type, Value};

/// Applies `f` to the lanes of two values of the same shape.
pub(crate) fn zip(a: &Val, b: &Val, f: &mut impl FnMut(&Val, &Val) -> Result<Val>) -> Result<Val> {
    match (a, b) {
        (Val::Many(a), Val::Many(b)) => {
            let lanes: Result<Vec<Val>> = a.iter().zip(b).map(|(a, b)| zip(a, b, f)).collect();
            lanes.map(Val::Many)
        }
        (Val::Many(a), b) => a
            .iter()
            .map(|a| f(a, b))
            .collect::<Result<_>>()
            .map(Val::Many),
        (a, Val::Many(b)) => b
            .iter()
            .map(|b| f(a, b))
            .collect::<Result<_>>()
            .map(Val::Many),
        (a, b) => f(a, b),
    }
}

/// Applies `f` to every lane.
pub(crate) fn map(a: &Val, f: &mut impl FnMut(&Val) -> Result<Val>) -> Result<Val> {
    match a {
        Val::Many(list) => list
            .iter()
            .map(|a| map(a, f))
            .collect::<Result<_>>()
            .map(Val::Many),
        Val::Scalar { .. } => f(a),
    }
}

impl Machine<'_> {
    /// Float kind of a scalar or vector.
    pub(crate) fn kind(&self, ty: Type) -> Result<FloatKind> {
        self.module
            .types
            .float_kind(ty)
            .ok_or_else(|| Error::Unsupported("a float operation on another type".into()))
    }

    /// Width of an integer or pointer, or of its lanes.
    pub(crate) fn width(&self, ty: Type) -> Result<u32> {
        match self.module.types.kind(self.module.types.scalar(ty)) {
            TypeKind::Int(bits) if (1..=128).contains(bits) => Ok(*bits),
            TypeKind::Pointer { .. } => Ok(self.module.pointer_bytes as u32 * 8),
            TypeKind::Float(kind) => Ok(kind.bytes() as u32 * 8),
            other => Err(Error::Unsupported(format!(
                "integer operation on {other:?}"
            ))),
        }
    }

    pub(crate) fn binary(&self, op: BinaryOp, ty: Type, a: &Val, b: &Val) -> Result<Val> {
        let f = match op {
            BinaryOp::FAdd => math::add,
            BinaryOp::FSub => math::sub,
            BinaryOp::FMul => math::mul,
            BinaryOp::FDiv => math::div,
            BinaryOp::FRem => math::rem,
            _ => {
                let bits = self.width(ty)?;
                return zip(a, b, &mut |a, b| {
                    let (bits, tangent) = ints::binary(op, bits, a.scalar(), b.scalar())?;
                    Ok(Val::Scalar { bits, tangent })
                });
            }
        };
        let kind = self.kind(ty)?;
        zip(a, b, &mut |a, b| {
            let (value, tangent) = f(a.as_float(kind), b.as_float(kind));
            Ok(Val::float(kind, value, tangent))
        })
    }

    pub(crate) fn fcmp(
        &self,
        predicate: FloatPredicate,
        ty: Type,
        a: &Val,
        b: &Val,
    ) -> Result<Val> {
        let kind = self.kind(ty)?;
        zip(a, b, &mut |a, b| {
            let (a, b) = (a.as_float(kind).0, b.as_float(kind).0);
            let relation = match a.partial_cmp(&b) {
                Some(std::cmp::Ordering::Equal) => 1,
                Some(std::cmp::Ordering::Greater) => 2,
                Some(std::cmp::Ordering::Less) => 4,
                None => 8,
            };
            Ok(Val::bits(u128::from(predicate.0 & relation != 0)))
        })
    }

    pub(crate) fn cast(&self, op: CastOp, from: Type, to: Type, value: &Val) -> Result<Val> {
        if op == CastOp::BitCast {
            return self.bitcast(from, to, value);
        }
        map(value, &mut |v| self.cast_scalar(op, from, to, v))
    }

    fn cast_scalar(&self, op: CastOp, from: Type, to: Type, value: &Val) -> Result<Val> {
        let (bits, tangent) = value.scalar();
        Ok(match op {
            CastOp::Trunc | CastOp::ZExt => {
                let mask = ints::mask(self.width(to)?);
                Val::Scalar {
                    bits: bits & mask,
                    tangent: tangent & mask,
                }
            }
            CastOp::SExt => {
                let mask = ints::mask(self.width(to)?);
                let bits = ints::signed(bits, self.width(from)?) as u128 & mask;
                Val::Scalar { bits, tangent }
            }
            CastOp::FpToUi => {
                Val::bits(value.as_float(self.kind(from)?).0 as u128 & ints::mask(self.width(to)?))
            }
            CastOp::FpToSi => {
                let x = value.as_float(self.kind(from)?).0 as i128;
                Val::bits(x as u128 & ints::mask(self.width(to)?))
            }
            CastOp::UiToFp => Val::float(self.kind(to)?, bits as f64, 0.0),
            CastOp::SiToFp => {
                let x = ints::signed(bits, self.width(from)?);
                Val::float(self.kind(to)?, x as f64, 0.0)
            }
            CastOp::FpTrunc | CastOp::FpExt => {
                let (x, dx) = value.as_float(self.kind(from)?);
                Val::float(self.kind(to)?, x, dx)
            }
            CastOp::PtrToInt | CastOp::PtrToAddr | CastOp::IntToPtr => {
                Val::bits(bits & ints::mask(self.width(to)?))
            }
            CastOp::AddrSpaceCast | CastOp::BitCast => value.clone(),
        })
    }

    fn bitcast(&self, from: Type, to: Type, value: &Val) -> Result<Val> {
        let mut bytes = vec![
            0;
            self.module
                .types
                .store_size(from)
                .max(self.module.types.store_size(to)) as usize
        ];
        let mut shadow = bytes.clone();
        self.encode(from, value, &mut bytes, &mut shadow)?;
        self.decode(to, &bytes, &shadow)
    }

    /// Writes a value's bytes as a store does.
    pub(crate) fn encode(
        &self,
        ty: Type,
        value: &Val,
        bytes: &mut [u8],
        shadow: &mut [u8],
    ) -> Result<()> {
        let types = &self.module.types;
        match (types.kind(ty), value) {
            (TypeKind::Vector { elem, .. }, Val::Many(lanes)) => {
                let width = self.lane_bits(*elem)?;
                if width % 8 == 0 {
                    let size = width as usize / 8;
                    for (i, lane) in lanes.iter().enumerate() {
                        let range = i * size..(i + 1) * size;
                        put(lane, &mut bytes[range.clone()], &mut shadow[range]);
                    }
                } else {
                    pack(lanes, width, bytes);
                }
            }
            (TypeKind::Array { .. } | TypeKind::Struct { .. }, Val::Many(elems)) => {
                for (i, elem) in elems.iter().enumerate() {
                    let (ty, offset) = types.element(ty, i as u64).ok_or_else(shape)?;
                    let range = offset as usize..(offset + types.store_size(ty)) as usize;
                    self.encode(ty, elem, &mut bytes[range.clone()], &mut shadow[range])?;
                }
            }
            (_, Val::Scalar { .. }) => {
                let size = types.store_size(ty) as usize;
                put(value, &mut bytes[..size], &mut shadow[..size]);
            }
            _ => return Err(shape()),
        }
        Ok(())
    }

    /// Reads a value from bytes as a load does.
    pub(crate) fn decode(&self, ty: Type, bytes: &[u8], shadow: &[u8]) -> Result<Val> {
        let types = &self.module.types;
        match types.kind(ty) {
            TypeKind::Vector {
                elem,
                len,
                scalable: false,
            } => {
                let width = self.lane_bits(*elem)?;
                let lane = |i: u32| {
                    if width.is_multiple_of(8) {
                        let size = width as usize / 8;
                        let range = i as usize * size..(i as usize + 1) * size;
                        get(&bytes[range.clone()], &shadow[range], width)
                    } else {
                        let (all, _) = get(&bytes[..bytes.len().min(16)], &[], 128).scalar();
                        Val::bits(all >> (i * width) & ints::mask(width))
                    }
                };
                Ok(Val::Many((0..*len).map(lane).collect()))
            }
            TypeKind::Array { len, .. } => self.decode_elements(ty, *len, bytes, shadow),
            TypeKind::Struct { fields, .. } => {
                self.decode_elements(ty, fields.len() as u64, bytes, shadow)
            }
            TypeKind::Int(_) | TypeKind::Pointer { .. } | TypeKind::Float(_) => {
                let size = types.store_size(ty) as usize;
                Ok(get(&bytes[..size], &shadow[..size], self.width(ty)?))
            }
            other => Err(Error::Unsupported(format!("a value of type {other:?}"))),
        }
    }

    fn decode_elements(&self, ty: Type, count: u64, bytes: &[u8], shadow: &[u8]) -> Result<Val> {
        let elems: Result<Vec<Val>> = (0..count)
            .map(|i| {
                let (ty, offset) = self.module.types.element(ty, i).ok_or_else(shape)?;
                let range = offset as usize..(offset + self.module.types.store_size(ty)) as usize;
                self.decode(ty, &bytes[range.clone()], &shadow[range])
            })
            .collect();
        elems.map(Val::Many)
    }

    fn lane_bits(&self, elem: Type) -> Result<u32> {
        match self.module.types.kind(elem) {
            TypeKind::Float(kind) => Ok(kind.bytes() as u32 * 8),
            _ => self.width(elem),
        }
    }

    /// All-zero value of a type.
    pub(crate) fn zero(&self, ty: Type) -> Result<Val> {
        let size = self.module.types.store_size(ty) as usize;
        self.decode(ty, &vec![0; size], &vec![0; size])
    }

    /// Loads `ty` from memory.
    pub(crate) fn load(&mut self, ty: Type, address: u64) -> Result<Val> {
        let size = self.module.types.store_size(ty) as usize;
        let (bytes, shadow) = self.memory.read(address, size)?;
        self.decode(ty, &bytes, &shadow)
    }

    /// Stores a value of type `ty`; padding is left alone.
    pub(crate) fn store(&mut self, ty: Type, value: &Val, address: u64) -> Result<()> {
        let size = self.module.types.store_size(ty) as usize;
        let (mut bytes, mut shadow) = self.memory.read(address, size)?;
        self.encode(ty, value, &mut bytes, &mut shadow)?;
        self.memory.write(address, &bytes, &shadow)
    }

    pub(crate) fn gep(
        &mut self,
        frame: &Frame<'_>,
        base: &Val,
        data: &rz_view::op::GepData,
    ) -> Result<Val> {
        let mut address = base.clone();
        for (index, scale) in &data.terms {
            let index: Value = *index;
            let bits = self.width(frame.body.ty(index))?;
            let index = self.value(frame, index)?;
            address = zip(&address, &index, &mut |a, i| {
                let step = (ints::signed(i.scalar().0, bits) as u64).wrapping_mul(*scale);
                Ok(Val::int((a.scalar().0 as u64).wrapping_add(step)))
            })?;
        }
        map(&address, &mut |a| {
            Ok(Val::int(
                (a.scalar().0 as u64).wrapping_add_signed(data.offset),
            ))
        })
    }
}

fn shape() -> Error {
    Error::Unsupported("a value whose shape is not that of its type".into())
}

fn put(value: &Val, bytes: &mut [u8], shadow: &mut [u8]) {
    let (bits, tangent) = value.scalar();
    let size = bytes.len().min(16);
    bytes[..size].copy_from_slice(&bits.to_le_bytes()[..size]);
    shadow[..size].copy_from_slice(&tangent.to_le_bytes()[..size]);
}

fn get(bytes: &[u8], shadow: &[u8], width: u32) -> Val {
    let wide = |list: &[u8]| {
        let mut all = [0; 16];
        let size = list.len().min(16);
        all[..size].copy_from_slice(&list[..size]);
        u128::from_le_bytes(all) & ints::mask(width)
    };
    Val::Scalar {
        bits: wide(bytes),
        tangent: wide(shadow),
    }
}

fn pack(lanes: &[Val], width: u32, bytes: &mut [u8]) {
    let mut all = 0_u128;
    for (i, lane) in lanes.iter().enumerate() {
        all |= lane.scalar().0 << (i as u32 * width);
    }
    let size = bytes.len().min(16);
    bytes[..size].copy_from_slice(&all.to_le_bytes()[..size]);
}
