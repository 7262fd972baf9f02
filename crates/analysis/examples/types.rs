//! Prints the types of every function of a module in the view's text form:
//! `cargo run -p rz-analysis --example types -- file.rz`.

use rz_analysis::types::TypeAnalysis;

fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).expect("a readable file");
        let text = text
            .split_once("====\n")
            .map_or(&*text, |(source, _)| source);
        let module = rz_view::text::parse(text).unwrap_or_else(|e| panic!("{path}: {e}"));
        let analysis = TypeAnalysis::new(&module);
        for (func, data) in &module.funcs {
            if data.body.is_some() {
                print!("{}", analysis.root(func).print());
            }
        }
    }
}
