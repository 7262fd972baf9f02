//! Rust source with comments and literals blanked out, so that the checks see code only.

/// The text with every comment, string and character literal replaced by spaces; lines and
/// columns stay. Lifetimes (`'a`) are left alone.
pub(super) fn code_only(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = literal_end(&chars, at);
        if end == at {
            out.push(chars[at]);
            at += 1;
        } else {
            for c in &chars[at..end] {
                out.push(if *c == '\n' { '\n' } else { ' ' });
            }
            at = end;
        }
    }
    out
}

/// End of the comment or literal that starts at `at`; `at` itself if none does.
fn literal_end(chars: &[char], at: usize) -> usize {
    let next = |offset: usize| chars.get(at + offset).copied().unwrap_or('\0');
    match (chars[at], next(1)) {
        ('/', '/') => line_end(chars, at),
        ('/', '*') => block_end(chars, at + 2),
        ('"', _) => string_end(chars, at + 1),
        ('r' | 'b' | 'c', '"' | '#' | 'r') if !after_word(chars, at) => raw_end(chars, at),
        ('\'', '\\') => {
            let close = chars[at + 3..].iter().position(|c| *c == '\'');
            close.map_or(chars.len(), |offset| at + 4 + offset)
        }
        ('\'', _) if next(2) == '\'' => at + 3,
        _ => at,
    }
}

fn after_word(chars: &[char], at: usize) -> bool {
    at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_')
}

fn line_end(chars: &[char], at: usize) -> usize {
    let end = chars[at..].iter().position(|c| *c == '\n');
    end.map_or(chars.len(), |offset| at + offset)
}

/// Block comments nest.
fn block_end(chars: &[char], mut at: usize) -> usize {
    let mut depth = 1;
    while depth > 0 && at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    at.min(chars.len())
}

fn string_end(chars: &[char], mut at: usize) -> usize {
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

/// `r"…"`, `r#"…"#`, `b"…"`, `br"…"`, `c"…"`: the start itself when it is none of these.
fn raw_end(chars: &[char], start: usize) -> usize {
    let mut at = start;
    while at < chars.len() && matches!(chars[at], 'r' | 'b' | 'c') && at < start + 2 {
        at += 1;
    }
    let raw = chars[start..at].contains(&'r');
    let hashes = chars[at..].iter().take_while(|c| **c == '#').count();
    if chars.get(at + hashes) != Some(&'"') || (hashes > 0 && !raw) {
        return start;
    }
    let body = at + hashes + 1;
    if !raw {
        return string_end(chars, body);
    }
    (body..chars.len())
        .find(|end| {
            chars[*end] == '"'
                && chars[end + 1..].iter().take_while(|c| **c == '#').count() >= hashes
        })
        .map_or(chars.len(), |end| end + 1 + hashes)
}

#[cfg(test)]
mod tests {
    use super::code_only;

    #[test]
    fn comments_and_literals_vanish_and_lines_stay() {
        let text =
            "let a = \"unsafe\"; // unsafe\n/* un /* safe */ */ b('\\'', 'x', r#\"un\"safe\"#)\n";
        let code = code_only(text);
        assert_eq!(code.lines().count(), text.lines().count());
        assert!(!code.contains("unsafe") && !code.contains("safe"));
        assert!(code.contains("let a =") && code.contains("b("));
    }

    #[test]
    fn lifetimes_and_words_that_begin_like_literals_stay() {
        let text = "fn f<'a>(bar: &'a str, r: u8) { brr(r) }";
        assert_eq!(code_only(text), text);
    }
}
