//! Inactive globals.

/// Globals that never carry derivatives, though nothing in the module says so.
pub fn is_inactive_global(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "stdin",
        "stdout",
        "stderr",
        "__stdinp",
        "__stdoutp",
        "__stderrp",
        "environ",
        "__environ",
        "errno",
        "signgam",
        "__libc_single_threaded",
        "__stack_chk_guard",
        "__dso_handle",
        "__progname",
        "_ZSt3cin",
        "_ZSt4cout",
        "_ZSt4cerr",
        "_ZSt4clog",
        "_ZSt4wcin",
        "_ZSt5wcout",
        "_ZSt5wcerr",
        "_ZSt5wclog",
        "_ZSt7nothrow",
        "_ZNSt3__13cinE",
        "_ZNSt3__14coutE",
        "_ZNSt3__14cerrE",
        "_ZNSt3__14clogE",
        "__ImageBase",
        "__rustc_debug_gdb_scripts_section__",
        "jl_true",
        "jl_false",
        "jl_nothing",
        "jl_small_typeof",
        "small_typeof",
        "opterr",
        "optind",
        "optopt",
        "optarg",
        "timezone",
        "daylight",
        "tzname",
    ];
    // C++ tables, names and guards; OpenMP critical sections.
    const PREFIXES: &[&str] = &[
        "_ZTV",
        "_ZTT",
        "_ZTI",
        "_ZTS",
        "_ZGV",
        "ompi_",
        "MPI_",
        ".gomp_critical_user_",
        "llvm.used",
        "llvm.compiler.used",
        "llvm.global_",
    ];
    NAMES.contains(&name) || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

/// Run-time type information of C++: what virtual tables point to besides functions. Only the
/// language's runtime looks at what it points to.
pub fn is_type_information(name: &str) -> bool {
    name.starts_with("_ZTI") || name.starts_with("_ZTS")
}
