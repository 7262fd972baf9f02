//! The C library: memory, text, sorting, and mathematics with several results.

use crate::math;
use crate::{Error, Machine, Result, Val};
use rz_view::Type;

impl Machine<'_> {
    /// C library functions.
    pub(crate) fn library(
        &mut self,
        name: &str,
        ret: Type,
        params: &[Type],
        args: &[Val],
    ) -> Result<Option<Val>> {
        if let Some(result) = self.mathematics(name, ret, params, args)? {
            return Ok(Some(result));
        }
        let int = |i: usize| args[i].scalar().0 as u64;
        let bounded = |size: u64| {
            if size > 1 << 30 {
                return Err(Error::Trap("a huge allocation".into()));
            }
            Ok(size)
        };
        Ok(Some(match name {
            "malloc" | "_Znwm" | "_Znam" => Val::int(self.memory.allocate(bounded(int(0))?)),
            "calloc" => {
                let size = bounded(int(0).saturating_mul(int(1)))?;
                Val::int(self.memory.allocate(size))
            }
            "aligned_alloc" => Val::int(self.memory.allocate(bounded(int(1))?)),
            "realloc" => {
                let new = self.memory.allocate(bounded(int(1))?);
                if int(0) != 0 {
                    let old = self.memory.size(int(0)).unwrap_or(0);
                    self.copy(new, int(0), old.min(int(1)))?;
                    self.memory.release(int(0))?;
                }
                Val::int(new)
            }
            "posix_memalign" if !int(1).is_power_of_two() || int(1) < 8 => Val::int(22),
            "posix_memalign" => {
                let block = self.memory.allocate(bounded(int(2))?);
                self.memory.write(int(0), &block.to_le_bytes(), &[0; 8])?;
                Val::int(0)
            }
            "free" | "_ZdlPv" | "_ZdaPv" | "_ZdlPvm" => {
                if int(0) != 0 {
                    self.memory.release(int(0))?;
                }
                Val::int(0)
            }
            "memcpy" | "memmove" => {
                self.copy(int(0), int(1), int(2))?;
                args[0].clone()
            }
            "memset" => {
                self.fill(int(0), int(1) as u8, int(2))?;
                args[0].clone()
            }
            "strlen" => Val::int(self.find_byte(int(0), 0, u64::MAX)? - int(0)),
            "strcpy" => {
                let end = self.find_byte(int(1), 0, u64::MAX)?;
                self.copy(int(0), int(1), end + 1 - int(1))?;
                args[0].clone()
            }
            "strchr" => {
                let end = self.find_byte(int(0), 0, u64::MAX)?;
                let place = self.find_byte(int(0), int(1) as u8, end + 1 - int(0))?;
                Val::int(if place <= end { place } else { 0 })
            }
            "memchr" => {
                let place = self.find_byte(int(0), int(1) as u8, int(2))?;
                Val::int(if place < int(0) + int(2) { place } else { 0 })
            }
            "strcmp" => Val::int(self.compare_text(int(0), int(1))? as u64),
            "qsort" => {
                self.sort(args)?;
                Val::int(0)
            }
            "bsearch" => Val::int(self.search(args)?),
            "printf" | "puts" | "putchar" | "fprintf" | "fflush" => Val::int(0),
            "abort" | "exit" | "__assert_fail" => return Err(Error::Trap(name.into())),
            _ => return Ok(None),
        }))
    }

    /// Mathematics whose results are integers, or several.
    fn mathematics(
        &mut self,
        name: &str,
        ret: Type,
        params: &[Type],
        args: &[Val],
    ) -> Result<Option<Val>> {
        let Some((kind, Val::Scalar { .. })) = params
            .first()
            .and_then(|p| self.module.types.float_kind(*p))
            .zip(args.first())
        else {
            return Ok(None);
        };
        let base = math::without_suffix(name);
        let (x, dx) = args[0].as_float(kind);
        let whole = |value: f64| Ok(Some(Val::int(value as i64 as u64)));
        match base {
            "lround" | "llround" => return whole(x.round()),
            "lrint" | "llrint" => return whole(x.round_ties_even()),
            "ilogb" => return whole(math::exponent(x)),
            _ => {}
        }
        let Some(&place) = args
            .last()
            .filter(|_| args.len() > 1)
            .map(Val::scalar)
            .as_ref()
        else {
            return Ok(None);
        };
        let place = place.0 as u64;
        Ok(Some(match base {
            "frexp" => {
                let n = if x == 0.0 {
                    0
                } else {
                    math::exponent(x) as i32 + 1
                };
                self.memory.write(place, &n.to_le_bytes(), &[0; 4])?;
                let scaled = |v: f64| crate::float::scaled(v, -n);
                Val::float(kind, scaled(x), scaled(dx))
            }
            "modf" => {
                let (fraction, integer) = self.split_parts(params[0], &args[0])?;
                self.store(params[0], &integer, place)?;
                fraction
            }
            "remquo" => {
                let (y, dy) = args[1].as_float(kind);
                let n = (x / y).round_ties_even();
                let low = (n as i64 as i32) % 8;
                self.memory.write(place, &low.to_le_bytes(), &[0; 4])?;
                Val::float(kind, x - n * y, dx - n * dy)
            }
            "sincos" => {
                let (sin, cos) = self.sine_and_cosine(params[0], &args[0])?;
                self.store(params[0], &sin, args[1].scalar().0 as u64)?;
                self.store(params[0], &cos, place)?;
                self.zero(ret).unwrap_or(Val::int(0))
            }
            _ => return Ok(None),
        }))
    }

    /// Fraction and integer of a number.
    pub(crate) fn split_parts(&self, ty: Type, number: &Val) -> Result<(Val, Val)> {
        let kind = self.kind(ty)?;
        let (x, dx) = number.as_float(kind);
        Ok((
            Val::float(kind, x.fract(), dx),
            Val::float(kind, x.trunc(), 0.0),
        ))
    }

    pub(crate) fn sine_and_cosine(&self, ty: Type, angle: &Val) -> Result<(Val, Val)> {
        let kind = self.kind(ty)?;
        let (x, dx) = angle.as_float(kind);
        let (sin, cos) = x.sin_cos();
        Ok((
            Val::float(kind, sin, dx * cos),
            Val::float(kind, cos, -dx * sin),
        ))
    }

    /// Where the byte stands first, or the end of the `count` bytes at `start`.
    fn find_byte(&mut self, start: u64, byte: u8, count: u64) -> Result<u64> {
        let mut place = start;
        while place - start < count && self.memory.read(place, 1)?.0[0] != byte {
            place += 1;
        }
        Ok(place)
    }

    fn compare_text(&mut self, mut a: u64, mut b: u64) -> Result<i32> {
        loop {
            let (x, y) = (self.memory.read(a, 1)?.0[0], self.memory.read(b, 1)?.0[0]);
            if x != y || x == 0 {
                return Ok(i32::from(x) - i32::from(y));
            }
            (a, b) = (a + 1, b + 1);
        }
    }

    /// `qsort(base, count, size, compare)`, by insertion: every order that agrees with `compare` is right.
    fn sort(&mut self, args: &[Val]) -> Result<()> {
        let [base, count, size] = [0, 1, 2].map(|i| args[i].scalar().0 as u64);
        for end in 1..count {
            let mut at = end;
            while at > 0 {
                let (low, high) = (base + (at - 1) * size, base + at * size);
                if self.compare(args, low, high)? <= 0 {
                    break;
                }
                let (a, da) = self.memory.read(low, size as usize)?;
                self.copy(low, high, size)?;
                self.memory.write(high, &a, &da)?;
                at -= 1;
            }
        }
        Ok(())
    }

    /// `bsearch(key, base, count, size, compare)`.
    fn search(&mut self, args: &[Val]) -> Result<u64> {
        let [key, base, count, size] = [0, 1, 2, 3].map(|i| args[i].scalar().0 as u64);
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = low.midpoint(high);
            let place = base + middle * size;
            match self.compare(args, key, place)? {
                0 => return Ok(place),
                ..0 => high = middle,
                _ => low = middle + 1,
            }
        }
        Ok(0)
    }

    /// Calls the last argument, a comparison.
    fn compare(&mut self, args: &[Val], a: u64, b: u64) -> Result<i32> {
        let compare = self.func_at(args[args.len() - 1].scalar().0 as u64)?;
        let order = self.call(compare, &[Val::int(a), Val::int(b)])?;
        Ok(order.scalar().0 as u32 as i32)
    }
}
