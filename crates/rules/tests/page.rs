//! `RULES.md` is generated. Run with `BLESS=1` to write it.

#[test]
fn the_page_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/RULES.md");
    let page = rz_rules::doc::markdown();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, &page).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        written == page,
        "RULES.md is out of date: BLESS=1 cargo test -p rz-rules --test page"
    );
}

#[test]
fn formulas_are_bracketed() {
    let print = |name: &str, operand: usize| {
        let rule = rz_rules::rule(name).unwrap();
        rz_rules::doc::print(rule, rule.partial(0, operand).unwrap())
    };
    assert_eq!(print("fdiv", 1), "−1/y·r");
    assert_eq!(print("tan", 0), "1 + r·r");
    assert_eq!(print("tanpi", 0), "π·(1 + r·r)");
    assert_eq!(print("fmod", 1), "−rint((x − r)/y)");
    assert_eq!(print("cbrt", 0), "1/(3·r·r)");
    assert_eq!(print("jn", 1), "0.5·(jn(x − 1, y) − jn(x + 1, y))");
    assert_eq!(print("sqrt", 0), "[0 if r = 0, else 0.5/r]");
}
