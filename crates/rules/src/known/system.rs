//! Time, environment, locale, processes, random numbers.

use super::Writes::{Anything, Nothing, Through};
use super::{Entry, inactive, refuse};

pub(super) const ENTRIES: &[Entry] = &[
    // Time. Reading a clock again gives another answer.
    inactive(Through(&[0]), "i:I", "time times"),
    inactive(Nothing, "i:", "clock mach_absolute_time"),
    inactive(Through(&[0, 1]), "i:Ip", "gettimeofday"),
    inactive(Through(&[1]), "i:iI", "clock_gettime clock_getres"),
    inactive(
        Through(&[0]),
        "i:I",
        "QueryPerformanceCounter QueryPerformanceFrequency",
    ),
    inactive(Nothing, "d:ii", "difftime"),
    inactive(Nothing, "p:I", "localtime gmtime"),
    inactive(Through(&[1]), "p:Ip", "localtime_r gmtime_r"),
    inactive(Through(&[0]), "i:p", "mktime timegm"),
    inactive(Through(&[0]), "i:sisp", "strftime"),
    inactive(Nothing, "s:I", "ctime"),
    inactive(Nothing, "s:p", "asctime"),
    inactive(Through(&[1]), "i:II", "nanosleep"),
    inactive(Nothing, "i:i", "usleep sleep alarm"),
    inactive(Nothing, "v:", "tzset"),
    inactive(
        Nothing,
        "i:",
        "_ZNSt6chrono3_V212steady_clock3nowEv _ZNSt6chrono3_V212system_clock3nowEv
        _ZNSt3__16chrono12steady_clock3nowEv _ZNSt3__16chrono12system_clock3nowEv",
    ),
    // Environment and processes.
    inactive(Nothing, "s:s", "getenv secure_getenv"),
    inactive(Nothing, "i:ssi", "setenv"),
    inactive(Nothing, "i:s", "putenv unsetenv system"),
    inactive(
        Nothing,
        "i:",
        "getpid getppid getuid geteuid getgid getegid gettid getpagesize
        sched_yield sched_getcpu get_nprocs get_nprocs_conf pthread_self",
    ),
    inactive(Through(&[0]), "i:si", "gethostname"),
    inactive(Through(&[0]), "s:si", "getcwd"),
    inactive(Nothing, "i:i", "sysconf raise"),
    inactive(Through(&[0]), "i:p", "uname sysinfo"),
    inactive(Through(&[1]), "i:ip", "getrusage getrlimit getrlimit64"),
    inactive(Nothing, "i:ip", "setrlimit setrlimit64"),
    inactive(Through(&[1]), "i:pp", "dladdr"),
    inactive(Nothing, "p:si", "dlopen"),
    inactive(Nothing, "i:p", "dlclose"),
    inactive(Nothing, "s:", "dlerror"),
    inactive(Nothing, "i:pii", "mprotect madvise posix_madvise"),
    inactive(Nothing, "i:pi", "mlock munlock"),
    inactive(Through(&[2]), "i:pis", "mincore"),
    inactive(Nothing, "c:ic", "signal"),
    inactive(Through(&[2]), "i:ipp", "sigaction sigprocmask"),
    inactive(Nothing, "i:ii", "kill"),
    inactive(Anything, "i:iPs", "getopt"),
    inactive(Anything, "i:iPspI", "getopt_long getopt_long_only"),
    inactive(Nothing, "I:", "__errno_location __error _errno"),
    // Locale and characters.
    inactive(Nothing, "s:is", "setlocale"),
    inactive(Nothing, "p:", "localeconv"),
    inactive(Nothing, "s:i", "nl_langinfo"),
    inactive(Nothing, "p:isp", "newlocale"),
    inactive(Nothing, "p:p", "uselocale duplocale"),
    inactive(Nothing, "v:p", "freelocale"),
    inactive(
        Nothing,
        "i:i",
        "isalnum isalpha isascii isblank iscntrl isdigit isgraph islower isprint
        ispunct isspace isupper isxdigit toascii tolower toupper iswalpha iswdigit iswspace towlower
        towupper abs labs llabs",
    ),
    inactive(
        Nothing,
        "P:",
        "__ctype_b_loc __ctype_tolower_loc __ctype_toupper_loc",
    ),
    inactive(Nothing, "i:", "__ctype_get_mb_cur_max"),
    // Random numbers: never called again, results are kept.
    inactive(Nothing, "i:", "rand random lrand48 mrand48 arc4random"),
    inactive(Nothing, "i:i", "arc4random_uniform"),
    inactive(Nothing, "v:i", "srand srandom srand48"),
    inactive(Through(&[0]), "i:I", "rand_r nrand48 jrand48"),
    inactive(Nothing, "d:", "drand48"),
    inactive(Through(&[0]), "d:I", "erand48"),
    // Checksums.
    inactive(Nothing, "i:isi", "crc32 adler32"),
    // What the reverse pass cannot retrace.
    refuse(
        "the child process continues with half of the state",
        "i:",
        "fork vfork",
    ),
    refuse(
        "the child process continues with half of the state",
        "i:cpip.",
        "clone",
    ),
    refuse(
        "the process image is replaced",
        "i:s.",
        "execl execlp execle",
    ),
    refuse("the process image is replaced", "i:sP", "execv execvp"),
    refuse("the process image is replaced", "i:sPP", "execve execvpe"),
    refuse(
        "its result is code that the derivative of is not known",
        "p:ps",
        "dlsym",
    ),
    refuse(
        "control flow switches stacks",
        "i:p",
        "getcontext setcontext",
    ),
    refuse("control flow switches stacks", "i:pp", "swapcontext"),
    refuse("control flow switches stacks", "v:pci.", "makecontext"),
    refuse(
        "memory may be a file or shared with another process",
        "p:piiiii",
        "mmap mmap64",
    ),
    refuse(
        "memory may be a file or shared with another process",
        "i:pi",
        "munmap",
    ),
    refuse("it moves the end of the data segment", "p:i", "sbrk"),
    // Fortran.
    inactive(Nothing, "d:", "_FortranACpuTime"),
    inactive(
        Nothing,
        "i:i",
        "_FortranASystemClockCount _FortranASystemClockCountRate
        _FortranASystemClockCountMax",
    ),
    inactive(
        Through(&[0]),
        "v:p",
        "_gfortran_cpu_time_4 _gfortran_cpu_time_8",
    ),
    inactive(
        Through(&[0, 1, 2]),
        "v:III",
        "_gfortran_system_clock_4 _gfortran_system_clock_8",
    ),
    inactive(Nothing, "v:iP", "_gfortran_set_args"),
    inactive(Nothing, "v:iI", "_gfortran_set_options"),
    inactive(Nothing, "v:iPPp", "_FortranAProgramStart"),
];
