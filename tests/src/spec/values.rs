//! Values of leaves, as a case spells them.

use super::Values;

/// The values of `count` leaves at a point: a text, a pattern, or one number a leaf.
pub(super) fn parse(text: &str, count: usize, point: usize, name: &str) -> Result<Values, String> {
    if text.starts_with('"') {
        return Ok(Values::Text(text.into()));
    }
    if let Some(range) = text.strip_prefix("fill") {
        let range = range.trim().trim_start_matches('(').trim_end_matches(')');
        let (lo, hi) = range.split_once(',').unwrap_or(("0.5", "1.5"));
        let number = |s: &str| s.trim().parse::<f64>().map_err(|e| format!("{s}: {e}"));
        return Ok(Values::List(fill(
            number(lo)?,
            number(hi)?,
            count,
            point,
            name,
        )));
    }
    let list: Vec<String> = text
        .split(|c: char| c == ',' || c.is_whitespace())
        .filter(|s| !s.is_empty())
        .map(String::from)
        .collect();
    if list.len() == 1 && count > 1 {
        return Ok(Values::List(vec![list[0].clone(); count]));
    }
    if list.len() != count {
        return Err(format!("{count} leaves but {} values", list.len()));
    }
    Ok(Values::List(list))
}

/// Values without any pattern in `[lo, hi]`, multiples of 1/4096 so that they are exact in single precision.
fn fill(lo: f64, hi: f64, count: usize, point: usize, name: &str) -> Vec<String> {
    let mut state = name
        .bytes()
        .fold(0x9e37_79b9_7f4a_7c15_u64 + point as u64, |s, b| {
            (s ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
        });
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let unit = (state >> 40) as f64 / (1u64 << 24) as f64;
        let value = lo + (hi - lo) * unit;
        format!("{:?}", (value * 4096.0).round() / 4096.0)
    };
    (0..count).map(|_| next()).collect()
}
