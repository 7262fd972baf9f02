//! The worked examples of the calling convention: programs whose output is known.
//!
//! `tests/files/convention/NAME.c`, `.cpp`, `.ll`, linked together where there are several, print `NAME.out` at every level, with
//! debug info too, and under `AddressSanitizer` where the source says `// SANITIZED`. `// NOT AT: -O2 -O3` says
//! that levels are refused.

mod support;

use std::process::Command;
use support::{plugin, root, run, scratch};

const SANITIZED: &str = "-fsanitize=address";

fn check(name: &str) {
    let files = root().join("tests/files/convention");
    let expected = std::fs::read_to_string(files.join(format!("{name}.out"))).unwrap();
    let sources: Vec<_> = ["c", "cpp", "ll"]
        .map(|extension| files.join(format!("{name}.{extension}")))
        .into_iter()
        .filter(|path| path.exists())
        .collect();
    let cpp = sources
        .iter()
        .any(|path| path.ends_with(format!("{name}.cpp")));
    let source = std::fs::read_to_string(&sources[0]).unwrap_or_default();
    let more = source
        .lines()
        .find_map(|line| line.strip_prefix("// FLAGS: "));
    let skipped = sources.iter().find_map(|path| {
        let text = std::fs::read_to_string(path).ok()?;
        let level = text
            .lines()
            .find_map(|line| line.strip_prefix("// NOT AT: "));
        level.map(str::to_owned)
    });
    let plain: [&[&str]; 5] = [
        &["-O0"],
        &["-O1"],
        &["-O2"],
        &["-O3", "-g"],
        &["-O2", "-fPIC"],
    ];
    let sanitized: [&[&str]; 2] = [&["-O0", SANITIZED], &["-O2", SANITIZED]];
    let sanitized = sanitized
        .into_iter()
        .filter(|_| source.contains("// SANITIZED"));
    for flags in plain.into_iter().chain(sanitized) {
        let refused = |levels: &str| levels.split(' ').any(|level| level == flags[0]);
        if skipped.as_deref().is_some_and(refused) {
            continue;
        }
        let dir = scratch(&format!("convention-{name}{}", flags.concat()));
        let built = run(Command::new("clang-22")
            .args(flags)
            .args(["-w", "-lm"])
            .args(more.unwrap_or_default().split_whitespace())
            .args(&sources)
            .arg(format!("-fpass-plugin={}", plugin().display()))
            .arg("-o")
            .arg(dir.join("prog"))
            .args(cpp.then_some("-lstdc++")));
        assert_eq!(built.code, Some(0), "{flags:?}\n{}", built.stderr);
        let done = run(&mut Command::new(dir.join("prog")));
        assert_eq!(done.stdout, expected, "{flags:?}\n{}", done.stderr);
    }
}

#[test]
fn worked_examples() {
    check("worked_examples");
}

#[test]
fn text_beside_numbers() {
    check("strings");
}

#[test]
fn text_in_members_without_bodies() {
    check("texts");
}

#[test]
fn checklist() {
    check("checklist");
}

#[test]
fn wide_machine() {
    check("wide_machine");
}

#[test]
fn list_of_a_callee() {
    check("list_of_callee");
}

#[test]
fn reverse() {
    check("reverse");
}

#[test]
fn two_halves() {
    check("split");
}

#[test]
fn tangents_from_a_tape() {
    check("fwdsplit");
}

#[test]
fn registered_tangents_from_a_tape() {
    check("fwdsplit_registered");
}

#[test]
fn two_halves_with_several_directions() {
    check("split_width");
}

#[test]
fn forms_of_operands_and_results() {
    check("forms");
}

#[test]
fn requests_in_cpp() {
    check("cpp");
}

#[test]
fn allocators_of_the_users_own() {
    check("allocators");
}

#[test]
fn functions_of_fortran() {
    check("fortran");
}

#[test]
fn atomic_accesses_of_local_variables() {
    check("atomics");
}

#[test]
fn atomic_additions_to_shared_variables() {
    check("atomics_shared");
}

#[test]
fn masked_functions_of_vector_libraries() {
    check("masked");
}

#[test]
fn containers_of_cpp() {
    check("containers");
}

#[test]
fn headers_of_cpp() {
    check("headers");
}

#[test]
fn layers_of_a_network() {
    check("layers");
}

#[test]
fn map_of_cpp() {
    check("map");
}

#[test]
fn records_of_cpp() {
    check("records");
}

#[test]
fn requests_inside_primals() {
    check("nested");
}

#[test]
fn allocators_of_the_users_own_in_second_derivatives() {
    check("nested_allocators");
}

#[test]
fn what_is_left_of_refused_requests() {
    check("refused_at_run_time");
}

#[test]
fn registered_rules_explained() {
    check("registered_explained");
}

#[test]
fn registered_rules_that_hand_out_pointers() {
    check("registered_hand_out");
}

#[test]
fn second_derivatives_of_registered_rules_on_memory() {
    check("nested_registered_memory");
}

#[test]
fn second_derivatives_of_registered_rules() {
    check("nested_registered");
}

#[test]
fn registered_rules_behind_pointers() {
    check("registered_behind_pointers");
}

#[test]
fn forward_and_nested() {
    check("forward");
}

#[test]
fn registration() {
    check("registration");
}

#[test]
fn width() {
    check("width");
}

#[test]
fn attributes_and_metadata() {
    check("attributes");
}

#[test]
fn marks_in_llvm_ir() {
    check("marks");
}

#[test]
fn runtime_activity_and_strong_zeros() {
    check("runtime");
}

#[test]
fn variables_without_marks() {
    check("globals_default");
}

#[test]
fn active_globals() {
    check("globals");
}

#[test]
fn said_by_calls_and_attributes() {
    check("said");
}

#[test]
fn registered_derivatives() {
    check("registered");
}

#[test]
fn derivatives() {
    check("derivatives");
    check("derivatives_cpp");
    check("derivatives_example");
}

#[test]
fn budget() {
    check("budget");
}

#[test]
fn batch() {
    check("batch");
}

#[test]
fn width_from_rust() {
    check("width_rust");
}

#[test]
fn hessian() {
    check("hessian");
}

#[test]
fn pointers() {
    check("pointers");
}

#[test]
fn width_of_structs() {
    check("width_structs");
}

#[test]
fn width_of_registered() {
    check("width_registered");
}

#[test]
fn links_of_nodes_and_virtual_bases() {
    check("links");
}

#[test]
fn virtual_methods() {
    check("methods");
}

#[test]
fn markers_in_locals() {
    check("marker_locals");
}

#[test]
fn header_for_cpp() {
    check("header");
}

#[test]
fn variadic_functions() {
    check("variadic");
}

#[test]
fn stable_sort_with_a_buffer() {
    check("stable_sort");
}

#[test]
fn numbers_by_name() {
    check("dictionary");
}

#[test]
fn samples_and_observations() {
    check("samples");
}

#[test]
fn requests_found_after_inlining() {
    check("late");
}

#[test]
fn objects_deleted_through_their_virtual_tables() {
    check("deleted");
}

#[test]
fn blocks_with_room_for_more() {
    check("room");
}

#[test]
fn vectors_chosen_by_an_address() {
    check("alignment");
}

#[test]
fn products_of_faint_adjoints() {
    check("faint");
}

#[test]
fn matrices() {
    check("matrices");
}

#[test]
fn virtual_methods_in_two_halves() {
    check("split_methods");
}

#[test]
fn calls_through_pointers_in_two_halves() {
    check("split_pointers");
}

#[test]
fn calls_through_pointers_undone_several_times() {
    check("split_pointers_kept");
}

#[test]
fn second_derivatives_of_calls_through_pointers() {
    check("second_pointers_kept");
}

#[test]
fn deep_recursion() {
    check("deep");
}

#[test]
fn equal_behind_pointers() {
    check("equal");
}

#[test]
fn exceptions_that_are_caught() {
    check("caught");
}

#[test]
fn exceptions() {
    check("exceptions");
}

#[test]
fn together() {
    check("together");
}
