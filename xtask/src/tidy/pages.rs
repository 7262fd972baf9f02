//! The book and the code agree: each diagnostic code has a page with its meaning as the title, each
//! page is in the contents, and no page is left over.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rz_diag::Code;

/// Findings for the book whose sources are in `book`; `files` is every file of the repository.
pub(super) fn check(book: &Path, files: &[PathBuf]) -> Vec<String> {
    let read = |name: &str| std::fs::read_to_string(book.join(name)).ok();
    let pages: BTreeSet<String> = files
        .iter()
        .filter_map(|file| file.strip_prefix("docs/src").ok())
        .filter(|file| file.extension().is_some_and(|e| e == "md"))
        .map(|file| file.to_string_lossy().into_owned())
        .collect();
    let mut findings = contents(&read("SUMMARY.md").unwrap_or_default(), &pages);
    for code in Code::ALL {
        let name = format!("errors/{code}.md");
        match read(&name) {
            None => findings.push(format!("{code} has no page docs/src/{name}")),
            Some(text) => findings.extend(title(*code, &text)),
        }
    }
    let known: BTreeSet<String> = Code::ALL.iter().map(|c| format!("errors/{c}.md")).collect();
    for page in &pages {
        if page.starts_with("errors/RZ") && !known.contains(page) {
            findings.push(format!(
                "docs/src/{page} explains a code that does not exist"
            ));
        }
    }
    findings
}

/// The first line names the code and says what `Code::meaning` says.
fn title(code: Code, text: &str) -> Option<String> {
    let expected = format!("# {code}: {}", code.meaning().trim().trim_end_matches('.'));
    let found = text.lines().next().unwrap_or_default();
    (found != expected).then(|| {
        format!("docs/src/errors/{code}.md: the title is `{found}`, the code says `{expected}`")
    })
}

/// Every page is linked from the contents, every link has its page.
fn contents(summary: &str, pages: &BTreeSet<String>) -> Vec<String> {
    let linked: BTreeSet<String> = summary
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .map(|link| link.trim_start_matches("./").to_owned())
        .collect();
    let missing = linked
        .iter()
        .filter(|link| !pages.contains(*link))
        .map(|link| format!("docs/src/SUMMARY.md links {link}, which does not exist"));
    let lost = pages
        .iter()
        .filter(|page| *page != "SUMMARY.md" && !linked.contains(*page))
        .map(|page| format!("docs/src/{page} is not in docs/src/SUMMARY.md"));
    missing.chain(lost).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_and_pages_must_agree() {
        let pages = ["SUMMARY.md", "a.md", "lost.md"].map(str::to_owned).into();
        assert_eq!(
            contents("- [A](a.md)\n- [B](./b.md)\n", &pages),
            [
                "docs/src/SUMMARY.md links b.md, which does not exist",
                "docs/src/lost.md is not in docs/src/SUMMARY.md",
            ]
        );
    }

    #[test]
    fn a_title_that_says_something_else_is_found() {
        let good = format!(
            "# RZ0002: {}\n",
            Code::NoBody.meaning().trim().trim_end_matches('.')
        );
        assert_eq!(title(Code::NoBody, &good), None);
        assert!(title(Code::NoBody, "# RZ0002: Something\n").is_some());
    }
}
