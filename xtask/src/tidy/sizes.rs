//! Advice on size: long files and long functions are where the other road ends.

use std::path::Path;

/// Lines of a file before it is mentioned.
const FILE: usize = 500;
/// Lines of a function before it is mentioned.
const FUNCTION: usize = 60;

/// Advice for one file, given its code without comments and literals.
pub(super) fn check(file: &Path, code: &str) -> Vec<String> {
    let lines: Vec<&str> = code.lines().collect();
    let mut advice = Vec::new();
    if lines.len() > FILE {
        advice.push(format!("{}: {} lines", file.display(), lines.len()));
    }
    for (start, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line) else {
            continue;
        };
        let length = function_length(&lines[start..]);
        if length > FUNCTION {
            advice.push(format!(
                "{}:{}: fn {name}: {length} lines",
                file.display(),
                start + 1
            ));
        }
    }
    advice
}

/// The name declared on this line, if a function is.
fn function_name(line: &str) -> Option<&str> {
    let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
    words.find(|word| *word == "fn")?;
    words.next().filter(|name| !name.is_empty())
}

/// Lines from the declaration to the closing brace; 1 for a declaration without a body.
fn function_length(lines: &[&str]) -> usize {
    let mut depth = 0_usize;
    for (index, line) in lines.iter().enumerate() {
        for c in line.chars() {
            match c {
                '{' => depth += 1,
                '}' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return index + 1;
                    }
                }
                ';' if depth == 0 => return index + 1,
                _ => {}
            }
        }
    }
    lines.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_functions_are_mentioned_and_short_ones_are_not() {
        let body = "    x();\n".repeat(70);
        let code = format!("fn long() {{\n{body}}}\nfn short(a: u8) -> u8 {{ a }}\n");
        assert_eq!(
            check(Path::new("a.rs"), &code),
            ["a.rs:1: fn long: 72 lines"]
        );
    }

    #[test]
    fn declarations_without_body_end_at_the_semicolon() {
        let code = format!("fn a(x: u8);\n{}", "static A: u8 = 1;\n".repeat(80));
        assert!(check(Path::new("a.rs"), &code).is_empty());
    }
}
