//! Leaving: exceptions, termination; and arriving twice.

use super::Writes::Nothing;
use super::{Class, Entry, entry, inactive};

const fn leaves(signature: &'static str, names: &'static str) -> Entry {
    entry(Class::NoReturn, Nothing, signature, names)
}

const fn twice(signature: &'static str, names: &'static str) -> Entry {
    entry(
        Class::ReturnsTwice,
        super::Writes::Through(&[0]),
        signature,
        names,
    )
}

pub(super) const ENTRIES: &[Entry] = &[
    leaves(
        "v:",
        "abort __chk_fail __fortify_fail __stack_chk_fail __cxa_rethrow __cxa_bad_cast
        __cxa_bad_typeid __cxa_throw_bad_array_new_length __cxa_pure_virtual __cxa_deleted_virtual
        _ZSt9terminatev _ZSt10unexpectedv _ZSt17__throw_bad_allocv _ZSt16__throw_bad_castv
        _ZSt28__throw_bad_array_new_lengthv _ZSt25__throw_bad_function_callv
        _gfortran_abort _FortranAAbort _FortranAFailImageStatement _FortranAProgramEndStatement
        __rust_abort",
    ),
    leaves(
        "v:i",
        "exit _exit _Exit quick_exit _FortranAExit _ZSt20__throw_system_errori
        _gfortran_exit_i4 _gfortran_exit_i8",
    ),
    leaves(
        "v:p",
        "__clang_call_terminate __cxa_call_terminate __cxa_call_unexpected _Unwind_Resume
        pthread_exit _ZSt17rethrow_exceptionNSt15__exception_ptr13exception_ptrE",
    ),
    leaves("i:p", "_Unwind_RaiseException _Unwind_Resume_or_Rethrow"),
    leaves("v:ppp", "__cxa_throw"),
    leaves("v:pp", "_CxxThrowException"),
    leaves(
        "v:s",
        "_ZSt20__throw_length_errorPKc _ZSt20__throw_out_of_rangePKc
        _ZSt19__throw_logic_errorPKc _ZSt21__throw_runtime_errorPKc
        _ZSt24__throw_invalid_argumentPKc _ZSt20__throw_domain_errorPKc
        _ZSt19__throw_range_errorPKc _ZSt22__throw_overflow_errorPKc
        _ZSt23__throw_underflow_errorPKc",
    ),
    leaves(
        "v:s.",
        "_ZSt24__throw_out_of_range_fmtPKcz _gfortran_runtime_error _gfortran_os_error",
    ),
    leaves("v:ss.", "_gfortran_runtime_error_at _gfortran_os_error_at"),
    leaves("v:ssis", "__assert_fail"),
    leaves("v:ssi", "_wassert"),
    leaves("v:ssii", "__assertfail"),
    leaves("v:ssi.", "_assert"),
    leaves("v:siss", "__assert_func"),
    leaves("v:ssis.", "__assert_rtn"),
    leaves("v:iss.", "__assert_perror_fail"),
    leaves("v:pi", "longjmp _longjmp siglongjmp __longjmp_chk"),
    leaves(
        "v:ii.",
        "_gfortran_stop_numeric _gfortran_error_stop_numeric _FortranAStopStatement",
    ),
    leaves(
        "v:sii.",
        "_gfortran_stop_string _gfortran_error_stop_string _FortranAStopStatementText",
    ),
    leaves("v:ssi", "_FortranAReportFatalUserError"),
    leaves("v:is.", "err errx"),
    leaves("v:isp", "verr verrx"),
    // Returning twice.
    twice("i:p", "setjmp _setjmp"),
    twice("i:pi", "sigsetjmp __sigsetjmp"),
    // Exceptions that are caught.
    inactive(
        Nothing,
        "p:p",
        "__cxa_begin_catch __cxa_get_exception_ptr __cxa_init_primary_exception",
    ),
    inactive(Nothing, "v:", "__cxa_end_catch"),
    inactive(Nothing, "p:", "__cxa_current_exception_type"),
    inactive(Nothing, "s:ssII", "__cxa_demangle"),
    inactive(
        Nothing,
        "i:.",
        "__gxx_personality_v0 __gcc_personality_v0 rust_eh_personality",
    ),
    inactive(Nothing, "i:cp", "_Unwind_Backtrace"),
    inactive(
        Nothing,
        "i:p",
        "_Unwind_GetIP _Unwind_GetCFA _Unwind_GetLanguageSpecificData",
    ),
    inactive(Nothing, "v:p", "_Unwind_DeleteException"),
    // Once-only initialization and exit handlers.
    inactive(super::Writes::Through(&[0]), "i:I", "__cxa_guard_acquire"),
    inactive(
        super::Writes::Through(&[0]),
        "v:I",
        "__cxa_guard_release __cxa_guard_abort",
    ),
    inactive(
        Nothing,
        "i:cpp",
        "__cxa_atexit __cxa_thread_atexit __cxa_thread_atexit_impl",
    ),
    inactive(Nothing, "i:c", "atexit at_quick_exit"),
    inactive(Nothing, "v:p", "__cxa_finalize"),
    inactive(super::Writes::Through(&[0]), "i:Pi", "backtrace"),
    inactive(Nothing, "P:Pi", "backtrace_symbols"),
    inactive(Nothing, "v:", "mcount _mcount __fentry__"),
];
