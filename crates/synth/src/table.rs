//! The types of the functions in tables of derivatives; see [`rz_plan::table`] for what they mean.

use crate::directions::spread;
use crate::signature::without_pointers;
use rz_llvm::{Context, Type};
use rz_plan::table::Passing;

/// A function's parameters and result, and how each is passed.
pub(crate) struct Prototype {
    pub(crate) params: Vec<(Passing, Type)>,
    /// `None` for `void`.
    pub(crate) result: Option<(Passing, Type)>,
    /// Directions carried at once: shadows, seeds and adjoints are arrays of so many.
    pub(crate) width: u32,
}

impl Prototype {
    /// True when an active result has an adjoint that the reverse entry is given.
    pub(crate) fn is_seeded(&self) -> bool {
        self.result.is_some_and(|(p, _)| p.is_active())
    }

    /// The type of the adjoint of an active result in one direction.
    pub(crate) fn seed(&self) -> Option<Type> {
        let (_, ty) = self.result.filter(|(p, _)| p.is_active())?;
        Some(without_pointers(ty).unwrap_or(ty))
    }

    /// The augmented forward entry: each parameter, and after each that is no float its shadow.
    pub(crate) fn augmented(&self, context: Context) -> Type {
        let mut fields = vec![context.pointer(0)];
        if let Some((passing, ty)) = self.result {
            fields.push(ty);
            if passing != Passing::Active {
                fields.push(self.spread(ty));
            }
        }
        context
            .structure(&fields, false)
            .function(&self.params(), false)
    }

    /// The reverse entry: the same parameters, the seed, the tape.
    pub(crate) fn reverse(&self, context: Context) -> Type {
        let mut params = self.params();
        if let Some(ty) = self.seed() {
            params.push(self.spread(ty));
        }
        params.push(context.pointer(0));
        let active = self.params.iter().filter(|(p, _)| *p == Passing::Active);
        let adjoints: Vec<Type> = active.map(|&(_, ty)| self.spread(ty)).collect();
        let result = if adjoints.is_empty() {
            context.void()
        } else {
            context.structure(&adjoints, false)
        };
        result.function(&params, false)
    }

    /// The tangent entry: each parameter and its tangent; the result and its tangent.
    pub(crate) fn tangent(&self, context: Context) -> Type {
        let pair = |&(_, ty)| [ty, self.spread(ty)];
        let params: Vec<Type> = self.params.iter().flat_map(pair).collect();
        let result = match self.result {
            Some((_, ty)) => context.structure(&[ty, self.spread(ty)], false),
            None => context.void(),
        };
        result.function(&params, false)
    }

    fn params(&self) -> Vec<Type> {
        let mut params = Vec::new();
        for &(passing, ty) in &self.params {
            params.push(ty);
            if passing != Passing::Active {
                params.push(self.spread(ty));
            }
        }
        params
    }

    fn spread(&self, ty: Type) -> Type {
        spread(ty, self.width)
    }
}
