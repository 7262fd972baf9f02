//! The declaration language: lines of a case to a [`Spec`].

use super::{Activity, Arg, Ret, Second, Spec, SpecError, Style, Values, values};

impl Spec {
    /// What holds where a case declares nothing else; tolerances by the formats that its source names.
    fn new(source: &str) -> Spec {
        let reduced = ["REALH", "REALB"].iter().any(|t| source.contains(t));
        let single = source.contains("REALF");
        Spec {
            call: "f".into(),
            ret: Ret {
                ctype: "void".into(),
                active: false,
                sret: false,
                leaves: vec![],
            },
            args: vec![],
            links: vec![],
            sets: vec![],
            tolerance: if reduced {
                3e-2
            } else if single {
                1e-4
            } else {
                1e-10
            },
            differences: Some(if reduced {
                (0.2, 0.06)
            } else if single {
                (2e-2, 4e-3)
            } else {
                (1e-5, 1e-6)
            }),
            style: Style::Marked,
            flags: vec![],
            options: vec![],
            variants: true,
            threads: true,
            reverse: true,
            forward: true,
            refuse: vec![],
            interpreted: true,
            sanitized: false,
            second: Second {
                on: !reduced,
                tolerance: if single { 1e-2 } else { 1e-6 },
                step: if single { 0.02 } else { 2e-4 },
                refuse: vec![],
            },
        }
    }

    /// Reads the `//!` lines of a case.
    pub fn parse(source: &str) -> Result<Spec, SpecError> {
        let mut spec = Spec::new(source);
        for line in source
            .lines()
            .filter_map(|l| l.trim_start().strip_prefix("//!"))
        {
            let line = line.trim();
            if !line.is_empty() {
                spec.line(line).map_err(|why| SpecError {
                    line: line.into(),
                    why,
                })?;
            }
        }
        if spec.ret.leaves.is_empty() && !spec.args.iter().any(|a| a.activity.active()) {
            return Err(SpecError {
                line: String::new(),
                why: "nothing is active".into(),
            });
        }
        Ok(spec)
    }

    fn line(&mut self, line: &str) -> Result<(), String> {
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        let number = |s: &str| s.parse::<f64>().map_err(|e| format!("{s}: {e}"));
        match word {
            "ret" => self.ret = parse_ret(rest)?,
            "out" => self.args.push(parse_arg(Activity::Out, rest)?),
            "dup" => self.args.push(parse_arg(Activity::Dup, rest)?),
            "dupnoneed" => self.args.push(parse_arg(Activity::DupNoNeed, rest)?),
            "const" => self.args.push(parse_arg(Activity::Const, rest)?),
            "mem" => self.args.push(parse_arg(Activity::Mem, rest)?),
            "constmem" => self.args.push(parse_arg(Activity::ConstMem, rest)?),
            "link" | "set" => {
                let (place, value) = rest.split_once('=').ok_or("expected PLACE = VALUE")?;
                let list = if word == "link" {
                    &mut self.links
                } else {
                    &mut self.sets
                };
                list.push((place.trim().into(), value.trim().into()));
            }
            "call" => self.call = rest.into(),
            "tol" => self.tolerance = number(rest)?,
            "fd" if rest == "off" => self.differences = None,
            "fd" => {
                let mut words = rest.split_whitespace();
                let (old_tolerance, old_step) = self.differences.unwrap_or((1e-5, 1e-6));
                let tolerance = words.next().map_or(Ok(old_tolerance), number)?;
                self.differences = Some((tolerance, words.next().map_or(Ok(old_step), number)?));
            }
            "style" => {
                self.style = match rest {
                    "bare" => Style::Bare,
                    "interleave" => Style::Interleave,
                    "primal" => Style::Primal,
                    "marked" => Style::Marked,
                    _ => return Err("unknown style".into()),
                }
            }
            "options" => self.options.extend(
                rest.split_whitespace()
                    .map(|option| format!("-mllvm=-ribozyme-{option}")),
            ),
            "flags" => self.flags.extend(rest.split_whitespace().map(String::from)),
            "variants" => self.variants = rest != "off",
            "threads" => self.threads = rest != "off",
            "sanitized" if rest.is_empty() => self.sanitized = true,
            "interpreted" if rest.starts_with("off ") => self.interpreted = false,
            "modes" => {
                self.reverse = rest.contains("reverse");
                self.forward = rest.contains("forward");
            }
            "refuse" => {
                let mut words = rest.split_whitespace().map(String::from);
                let code = words.next().ok_or("expected a code")?;
                self.refuse.push((code, words.collect()));
            }
            "second" => self.second_line(rest)?,
            _ => return Err("unknown keyword".into()),
        }
        Ok(())
    }

    fn second_line(&mut self, rest: &str) -> Result<(), String> {
        let mut words = rest.split_whitespace().map(String::from);
        let mut number = || {
            let word = words.next().unwrap_or_default();
            word.parse::<f64>().map_err(|e| format!("{word}: {e}"))
        };
        if let Some(rest) = rest.strip_prefix("refuse ") {
            let mut words = rest.split_whitespace().map(String::from);
            let code = words.next().ok_or("expected a code")?;
            self.second.refuse.push((code, words.collect()));
        } else if rest.starts_with("off") {
            self.second.on = false;
        } else {
            self.second.tolerance = number()?;
            if let Ok(step) = number() {
                self.second.step = step;
            }
        }
        Ok(())
    }
}

fn parse_ret(rest: &str) -> Result<Ret, String> {
    let (head, leaves) = match rest.split_once('{') {
        Some((head, tail)) => (head, Some(tail.trim_end().trim_end_matches('}'))),
        None => (rest, None),
    };
    let mut words: Vec<&str> = head.split_whitespace().collect();
    let mut take = |w: &str| {
        words.first() == Some(&w) && {
            words.remove(0);
            true
        }
    };
    let constant = take("const");
    let sret = take("sret");
    let ctype = words.join(" ");
    let leaves = match leaves {
        Some(list) => expand_all(list)?,
        None if ctype.starts_with("REAL") => vec![String::new()],
        None => vec![],
    };
    Ok(Ret {
        active: !constant && !leaves.is_empty(),
        sret,
        leaves,
        ctype,
    })
}

fn parse_arg(activity: Activity, rest: &str) -> Result<Arg, String> {
    let (declaration, values) = match rest.split_once('=') {
        Some((d, v)) => (d.trim(), Some(v.trim())),
        None => (rest, None),
    };
    let (declarator, paths) = match declaration.split_once('{') {
        Some((d, tail)) => (d.trim(), Some(tail.trim_end().trim_end_matches('}'))),
        None => (declaration, None),
    };
    let (head, brackets) = declarator.split_at(declarator.find('[').unwrap_or(declarator.len()));
    let head = head.trim();
    let start = head
        .rfind(|c: char| !(c.is_alphanumeric() || c == '_'))
        .map_or(0, |i| i + 1);
    let (name, ctype) = (head[start..].to_string(), head[..start].trim().to_string());
    if name.is_empty() || ctype.is_empty() {
        return Err("expected TYPE NAME".into());
    }
    let pointer = ctype.ends_with('*');
    let dims = parse_dims(brackets)?;
    let mut leaves = parse_leaves(&dims, pointer, paths)?;
    let mut all = Vec::new();
    for (point, text) in values.iter().flat_map(|v| v.split('|')).enumerate() {
        let value = values::parse(text.trim(), leaves.len(), point, &name)?;
        if matches!(value, Values::Text(_)) {
            leaves.clear();
        }
        all.push(value);
    }
    if all.is_empty() && !leaves.is_empty() {
        return Err("needs values (= …)".into());
    }
    Ok(Arg {
        activity,
        ctype,
        name,
        dims,
        pointer,
        leaves,
        values: all,
    })
}

fn parse_dims(brackets: &str) -> Result<Vec<u32>, String> {
    let dims = brackets.split(['[', ']']).map(str::trim);
    dims.filter(|s| !s.is_empty())
        .map(|s| s.parse().map_err(|e| format!("dimension {s}: {e}")))
        .collect()
}

/// Paths of the leaves: every element, of each the given paths; a pointer without paths has none.
fn parse_leaves(dims: &[u32], pointer: bool, paths: Option<&str>) -> Result<Vec<String>, String> {
    let mut leaves = vec![String::new()];
    for &d in dims {
        leaves = leaves
            .iter()
            .flat_map(|l| (0..d).map(move |i| format!("{l}[{i}]")))
            .collect();
    }
    if let Some(paths) = paths {
        let inner = expand_all(paths)?;
        leaves = leaves
            .iter()
            .flat_map(|l| inner.iter().map(move |p| format!("{l}{p}")))
            .collect();
    } else if pointer {
        leaves.clear();
    }
    Ok(leaves)
}

fn expand_all(list: &str) -> Result<Vec<String>, String> {
    let mut out = Vec::new();
    for path in list.split_whitespace() {
        out.extend(expand(path)?);
    }
    Ok(out)
}

/// `.p[0..3].x` → `.p[0].x`, `.p[1].x`, `.p[2].x`.
fn expand(path: &str) -> Result<Vec<String>, String> {
    let Some(dots) = path.find("..") else {
        return Ok(vec![path.to_string()]);
    };
    let open = path[..dots].rfind('[').ok_or("range without [")?;
    let close = dots + path[dots..].find(']').ok_or("range without ]")?;
    let number = |s: &str| s.parse::<u32>().map_err(|e| format!("{s}: {e}"));
    let (lo, hi) = (
        number(&path[open + 1..dots])?,
        number(&path[dots + 2..close])?,
    );
    let mut out = Vec::new();
    for i in lo..hi {
        out.extend(expand(&format!(
            "{}[{i}]{}",
            &path[..open],
            &path[close + 1..]
        ))?);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_arguments_of_every_shape() {
        let s = Spec::parse(
            "//! ret REAL\n//! out REAL x = 1 | 2\n//! dup struct body b[2] { .m .p[0..2] } = fill\n//! const int n = 3\n//! mem REAL *r[2]\nREAL f;",
        )
        .unwrap();
        assert_eq!(s.points(), 2);
        assert_eq!(
            s.active_leaves(),
            [
                "x",
                "b[0].m",
                "b[0].p[0]",
                "b[0].p[1]",
                "b[1].m",
                "b[1].p[0]",
                "b[1].p[1]"
            ]
        );
        assert!(s.args[0].by_value() && !s.args[3].by_value());
    }

    #[test]
    fn counts_values() {
        let e = Spec::parse("//! ret REAL\n//! dup REAL a[3] = 1 2\n").unwrap_err();
        assert_eq!(e.why, "3 leaves but 2 values");
    }
}
