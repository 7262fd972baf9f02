//! Types and their layout.

use crate::importer::Importer;
use rz_llvm as llvm;
use rz_view::types::{Field, TypeData};
use rz_view::{FloatKind, Type, TypeKind};

impl Importer {
    /// The id of a type, with the layout of this module.
    pub(crate) fn ty(&mut self, ty: llvm::Type) -> Type {
        if let Some(&id) = self.out.type_ids.get(&ty) {
            return id;
        }
        let kind = self.type_kind(ty);
        let module = self.out.llvm;
        let sized = ty.is_sized() && !matches!(kind, TypeKind::Function);
        let data = TypeData {
            kind,
            store_size: if sized { module.store_size(ty) } else { 0 },
            alloc_size: if sized { module.alloc_size(ty) } else { 0 },
            align: if sized { module.align(ty) } else { 1 },
        };
        let id = self.out.module.types.intern(data);
        self.out.type_ids.insert(ty, id);
        if self.out.types[id].is_none() {
            self.out.types[id] = Some(ty);
        }
        id
    }

    fn type_kind(&mut self, ty: llvm::Type) -> TypeKind {
        use llvm::TypeKind as K;
        match ty.kind() {
            K::Void => TypeKind::Void,
            K::Label => TypeKind::Label,
            K::Token => TypeKind::Token,
            K::Metadata => TypeKind::Metadata,
            K::Half => TypeKind::Float(FloatKind::Half),
            K::BFloat => TypeKind::Float(FloatKind::BFloat),
            K::Float => TypeKind::Float(FloatKind::Single),
            K::Double => TypeKind::Float(FloatKind::Double),
            K::X86Fp80 => TypeKind::Float(FloatKind::X86Fp80),
            K::Fp128 => TypeKind::Float(FloatKind::Fp128),
            K::PpcFp128 => TypeKind::Float(FloatKind::PpcFp128),
            K::Int => TypeKind::Int(ty.int_bits()),
            K::Function => TypeKind::Function,
            K::Pointer => TypeKind::Pointer {
                space: ty.address_space(),
            },
            K::Vector | K::ScalableVector => TypeKind::Vector {
                elem: self.ty(ty.element()),
                len: ty.vector_len(),
                scalable: ty.kind() == K::ScalableVector,
            },
            K::Array if !contains_scalable(ty) => TypeKind::Array {
                elem: self.ty(ty.element()),
                len: ty.array_len(),
            },
            K::Struct if !ty.is_opaque_struct() && ty.is_sized() && !contains_scalable(ty) => {
                self.structure(ty)
            }
            K::Array | K::Struct | K::X86Amx | K::TargetExt | K::Unknown => {
                TypeKind::Opaque(ty.to_string())
            }
        }
    }

    fn structure(&mut self, ty: llvm::Type) -> TypeKind {
        let module = self.out.llvm;
        let fields = ty
            .fields()
            .into_iter()
            .enumerate()
            .map(|(index, field)| Field {
                ty: self.ty(field),
                offset: module.field_offset(ty, index as u32),
            })
            .collect();
        TypeKind::Struct {
            fields,
            packed: ty.is_packed(),
        }
    }
}

/// Offsets inside such types are not known before run time.
fn contains_scalable(ty: llvm::Type) -> bool {
    use llvm::TypeKind as K;
    match ty.kind() {
        K::ScalableVector => true,
        K::Array => contains_scalable(ty.element()),
        K::Struct => ty.fields().into_iter().any(contains_scalable),
        _ => false,
    }
}
