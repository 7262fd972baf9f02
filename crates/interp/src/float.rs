//! Float formats to and from `f64`.

use rz_view::types::FloatKind;

/// The value of `bits`, rounded to double where the format is wider.
pub(crate) fn from_bits(kind: FloatKind, bits: u128) -> f64 {
    match kind {
        FloatKind::Double => f64::from_bits(bits as u64),
        FloatKind::Single => f64::from(f32::from_bits(bits as u32)),
        FloatKind::BFloat => f64::from(f32::from_bits((bits as u32) << 16)),
        FloatKind::Half => decode(bits, 5, 10, false),
        FloatKind::X86Fp80 => decode(bits, 15, 64, true),
        FloatKind::Fp128 => decode(bits, 15, 112, false),
        FloatKind::PpcFp128 => {
            let (high, low) = (
                f64::from_bits(bits as u64),
                f64::from_bits((bits >> 64) as u64),
            );
            // Adding a zero would lose the sign of a negative zero.
            if low == 0.0 { high } else { high + low }
        }
    }
}

/// The bits of `value` rounded to the format.
pub(crate) fn to_bits(kind: FloatKind, value: f64) -> u128 {
    match kind {
        FloatKind::Double => value.to_bits().into(),
        FloatKind::Single => (value as f32).to_bits().into(),
        FloatKind::BFloat => encode_narrow(value, 8, 7),
        FloatKind::Half => encode_narrow(value, 5, 10),
        FloatKind::X86Fp80 => encode_wide(value, 64, true),
        FloatKind::Fp128 => encode_wide(value, 112, false),
        FloatKind::PpcFp128 => value.to_bits().into(),
    }
}

/// Sign, `exponent` bits, `mantissa` bits (the leading one among them when `explicit`).
fn decode(bits: u128, exponent: u32, mantissa: u32, explicit: bool) -> f64 {
    let sign = if bits >> (exponent + mantissa) & 1 == 1 {
        -1.0
    } else {
        1.0
    };
    let field = (bits >> mantissa) & ((1 << exponent) - 1);
    let raw = bits & ((1 << mantissa) - 1);
    let bias = (1 << (exponent - 1)) - 1;
    let fraction_bits = if explicit { mantissa - 1 } else { mantissa };
    let fraction = raw & ((1 << fraction_bits) - 1);
    if field == (1 << exponent) - 1 {
        return if fraction == 0 {
            sign * f64::INFINITY
        } else {
            f64::NAN
        };
    }
    let leading = u128::from(field != 0 && !explicit) << mantissa;
    let scale = field.max(1) as i32 - bias - fraction_bits as i32;
    sign * scaled((raw | leading) as f64, scale)
}

/// `x · 2^n` without overflow in between.
pub(crate) fn scaled(mut x: f64, mut n: i32) -> f64 {
    while n < -900 {
        x *= 2_f64.powi(-900);
        n += 900;
        if x == 0.0 {
            return x;
        }
    }
    while n > 900 {
        x *= 2_f64.powi(900);
        n -= 900;
        if x.is_infinite() {
            return x;
        }
    }
    x * 2_f64.powi(n)
}

/// Round to nearest even in a narrower format.
fn encode_narrow(value: f64, exponent: u32, mantissa: u32) -> u128 {
    let sign = u128::from(value.is_sign_negative()) << (exponent + mantissa);
    let bias = (1_i32 << (exponent - 1)) - 1;
    let infinity = ((1_u128 << exponent) - 1) << mantissa;
    let x = value.abs();
    if x.is_nan() {
        return sign | infinity | 1 << (mantissa - 1);
    }
    if x == 0.0 {
        return sign;
    }
    let power = ((x.to_bits() >> 52) as i32 - 1023).max(1 - bias);
    // Units in the last place at this power; the product is exact, so rounding happens once.
    let units = scaled(x, mantissa as i32 - power).round_ties_even() as u128;
    // Carries into the exponent are what the format wants.
    let bits = (((power + bias - 1) as u128) << mantissa) + units;
    sign | bits.min(infinity)
}

fn encode_wide(value: f64, mantissa: u32, explicit: bool) -> u128 {
    let fraction_bits = if explicit { mantissa - 1 } else { mantissa };
    let sign = u128::from(value.is_sign_negative()) << (15 + mantissa);
    let bits = value.abs().to_bits();
    let (mut field, mut fraction) = ((bits >> 52) as i32, u128::from(bits & ((1 << 52) - 1)));
    if field == 0 && fraction == 0 {
        return sign;
    }
    let special = field == 2047;
    if field == 0 {
        // Subnormal doubles are normal in the wider format.
        field = 1;
        while fraction >> 52 == 0 {
            fraction <<= 1;
            field -= 1;
        }
        fraction &= (1 << 52) - 1;
    }
    let exponent = if special {
        32767
    } else {
        (field - 1023 + 16383) as u128
    };
    let leading = if explicit { 1 << 63 } else { 0 };
    sign | exponent << mantissa | leading | fraction << (fraction_bits - 52)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_round_trip() {
        let kinds = [
            FloatKind::Double,
            FloatKind::X86Fp80,
            FloatKind::Fp128,
            FloatKind::PpcFp128,
        ];
        for x in [
            0.0,
            -0.0,
            1.0,
            -1.5,
            1e300,
            5e-324,
            f64::MAX,
            f64::INFINITY,
            0.1,
        ] {
            for kind in kinds {
                assert_eq!(
                    from_bits(kind, to_bits(kind, x)).to_bits(),
                    x.to_bits(),
                    "{kind:?} {x}"
                );
            }
        }
        assert!(from_bits(FloatKind::Half, to_bits(FloatKind::Half, f64::NAN)).is_nan());
    }

    #[test]
    fn narrow_formats_are_ieee() {
        let half = |x| to_bits(FloatKind::Half, x);
        assert_eq!(half(1.0), 0x3c00);
        assert_eq!(half(-2.0), 0xc000);
        assert_eq!(half(65504.0), 0x7bff);
        assert_eq!(half(65520.0), 0x7c00);
        assert_eq!(half(5.960_464_477_539_063e-8), 1);
        assert_eq!(half(1.0 + 1.0 / 2048.0), 0x3c00);
        assert_eq!(half(1.0 + 3.0 / 2048.0), 0x3c02);
        assert_eq!(half(6.097_555_160_522_461e-5), 0x03ff);
        assert_eq!(half(1e300), 0x7c00);
        assert_eq!(to_bits(FloatKind::BFloat, 1.0), 0x3f80);
        assert_eq!(to_bits(FloatKind::X86Fp80, 1.0), 0x3fff_8000_0000_0000_0000);
        for bits in 0..0x7c00_u128 {
            assert_eq!(half(from_bits(FloatKind::Half, bits)), bits);
        }
    }
}
