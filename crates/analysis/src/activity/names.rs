//! Names that are inactive by themselves.

/// Runtime objects that never hold a derivative (section 7.1 of the known-function reference).
pub(crate) fn is_inactive_global(name: &str) -> bool {
    const EXACT: &[&str] = &[
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
    ];
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
    EXACT.contains(&name) || PREFIXES.iter().any(|p| name.starts_with(p))
}
