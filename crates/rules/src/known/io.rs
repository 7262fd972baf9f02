//! Input kills what it writes; output only reads, and reading active memory is fine.

use super::Length::{Bytes, Const, Product, Scaled, Unknown};
use super::Writes::{Anything, Nothing, Through};
use super::{Class, Entry, Length, Span, entry, inactive, refuse};

const fn span(pointer: u8, length: Length) -> Span {
    Span {
        pointer,
        length,
        rest: false,
    }
}

/// All variadic pointers of a scanning function.
const fn rest(pointer: u8) -> Span {
    Span {
        pointer,
        length: Unknown,
        rest: true,
    }
}

const fn kill(spans: &'static [Span], signature: &'static str, names: &'static str) -> Entry {
    // What is overwritten is part of the class.
    entry(Class::Kill(spans), Nothing, signature, names)
}

const DST: super::Writes = Through(&[0]);

pub(super) const ENTRIES: &[Entry] = &[
    // Formatted output.
    inactive(Nothing, "i:s.", "printf iprintf small_printf wprintf"),
    inactive(Nothing, "i:is.", "__printf_chk dprintf"),
    inactive(Nothing, "i:ps.", "fprintf fiprintf small_fprintf fwprintf"),
    inactive(Nothing, "i:pis.", "__fprintf_chk"),
    inactive(Nothing, "i:sp", "vprintf"),
    inactive(Nothing, "i:isp", "__vprintf_chk vdprintf"),
    inactive(Nothing, "i:psp", "vfprintf"),
    inactive(Nothing, "i:pisp", "__vfprintf_chk"),
    inactive(DST, "i:ss.", "sprintf siprintf small_sprintf"),
    inactive(DST, "i:sis.", "snprintf sniprintf swprintf"),
    inactive(DST, "i:siis.", "__sprintf_chk"),
    inactive(DST, "i:siiis.", "__snprintf_chk"),
    inactive(DST, "i:ssp", "vsprintf"),
    inactive(DST, "i:sisp", "vsnprintf"),
    inactive(DST, "i:siisp", "__vsprintf_chk"),
    inactive(DST, "i:siiisp", "__vsnprintf_chk"),
    inactive(DST, "i:Ps.", "asprintf"),
    inactive(DST, "i:Pis.", "__asprintf_chk"),
    inactive(DST, "i:Psp", "vasprintf"),
    inactive(Nothing, "v:is.", "syslog"),
    // Unformatted output.
    inactive(Nothing, "i:s", "puts"),
    inactive(Nothing, "v:s", "perror"),
    inactive(Nothing, "v:s.", "warn warnx"),
    inactive(Nothing, "v:iis.", "error"),
    inactive(Nothing, "i:sp", "fputs fputs_unlocked"),
    inactive(Nothing, "i:i", "putchar putchar_unlocked"),
    inactive(
        Nothing,
        "i:ip",
        "putc fputc putc_unlocked fputc_unlocked _IO_putc ungetc putw fputwc",
    ),
    inactive(Nothing, "i:piip", "fwrite fwrite_unlocked"),
    inactive(Nothing, "i:ipi", "write writev __write"),
    inactive(Nothing, "i:ipii", "pwrite pwrite64 send"),
    inactive(Nothing, "i:ipiipi", "sendto"),
    // Streams and files.
    inactive(
        Nothing,
        "i:p",
        "fflush fflush_unlocked fclose pclose feof ferror fileno feof_unlocked ferror_unlocked
         fileno_unlocked ftell ftello ftello64 closedir fgetc fgetc_unlocked getc getc_unlocked
         _IO_getc ftrylockfile",
    ),
    inactive(
        Nothing,
        "v:p",
        "rewind clearerr flockfile funlockfile rewinddir",
    ),
    inactive(Nothing, "i:", "getchar getchar_unlocked fcloseall"),
    inactive(Nothing, "p:ss", "fopen fopen64 popen"),
    inactive(Nothing, "p:is", "fdopen"),
    inactive(Nothing, "p:ssp", "freopen freopen64"),
    inactive(Nothing, "p:pis", "fmemopen"),
    inactive(Nothing, "p:", "tmpfile tmpfile64"),
    inactive(Nothing, "i:pii", "fseek fseeko fseeko64"),
    inactive(Through(&[1]), "i:pp", "fgetpos"),
    inactive(Nothing, "i:pp", "fsetpos"),
    inactive(Nothing, "i:psii", "setvbuf"),
    inactive(Nothing, "v:ps", "setbuf"),
    inactive(Nothing, "v:psi", "setbuffer"),
    inactive(Nothing, "v:p", "setlinebuf"),
    inactive(Nothing, "i:s", "remove unlink rmdir chdir"),
    inactive(Nothing, "i:ss", "rename link symlink"),
    inactive(
        Nothing,
        "i:si.",
        "open open64 __open_2 creat access mkdir chmod",
    ),
    inactive(Nothing, "i:isi.", "openat openat64"),
    inactive(Nothing, "i:i", "close fsync fdatasync dup isatty"),
    inactive(Nothing, "i:ii", "dup2 ftruncate fchmod"),
    inactive(Nothing, "i:iii", "lseek lseek64"),
    inactive(Through(&[1]), "i:sp", "stat stat64 lstat lstat64"),
    inactive(Through(&[1]), "i:ip", "fstat fstat64"),
    inactive(Nothing, "p:s", "opendir"),
    inactive(Nothing, "p:p", "readdir readdir64"),
    inactive(Anything, "i:ii.", "ioctl fcntl fcntl64"),
    inactive(Through(&[1, 2, 3, 4]), "i:ipppp", "select"),
    inactive(Through(&[0]), "i:pii", "poll"),
    inactive(DST, "i:Ii", "pipe2"),
    inactive(DST, "i:I", "pipe"),
    // Input.
    kill(&[span(0, Product(1, 2))], "i:piip", "fread fread_unlocked"),
    kill(
        &[span(0, Product(2, 3))],
        "i:piiip",
        "__fread_chk __fread_unlocked_chk",
    ),
    kill(&[span(1, Bytes(2))], "i:ipi", "read __read"),
    kill(
        &[span(1, Bytes(2))],
        "i:ipii",
        "pread pread64 recv __read_chk",
    ),
    kill(&[span(1, Bytes(2))], "i:ipiipp", "recvfrom"),
    kill(&[span(0, Bytes(1))], "i:pii", "getrandom"),
    kill(&[span(0, Bytes(1))], "i:pi", "getentropy RAND_bytes"),
    kill(&[span(0, Bytes(1))], "v:pi", "arc4random_buf"),
    kill(&[span(1, Bytes(2))], "i:ppi", "gzread"),
    refuse(
        "it fills several buffers that its arguments only list",
        "i:ipi",
        "readv recvmsg",
    ),
    inactive(DST, "s:sip", "fgets fgets_unlocked"),
    inactive(DST, "s:siip", "__fgets_chk"),
    inactive(DST, "s:s", "gets"),
    inactive(Through(&[0, 1]), "i:PIp", "getline"),
    inactive(Through(&[0, 1]), "i:PIip", "getdelim __getdelim"),
    kill(&[rest(1)], "i:s.", "scanf __isoc99_scanf __isoc23_scanf"),
    kill(
        &[rest(2)],
        "i:ps.",
        "fscanf __isoc99_fscanf __isoc23_fscanf sscanf __isoc99_sscanf __isoc23_sscanf",
    ),
    refuse(
        "it writes through pointers in a va_list",
        "i:sp",
        "vscanf __isoc99_vscanf __isoc23_vscanf",
    ),
    refuse(
        "it writes through pointers in a va_list",
        "i:psp",
        "vfscanf __isoc99_vfscanf __isoc23_vfscanf vsscanf __isoc99_vsscanf __isoc23_vsscanf",
    ),
    // Fortran input; `_FortranAioOutput…` and other set-up are matched by prefix.
    kill(&[span(1, Const(4))], "i:pp", "_FortranAioInputReal32"),
    kill(
        &[span(1, Const(8))],
        "i:pp",
        "_FortranAioInputReal64 _FortranAioInputComplex32",
    ),
    kill(&[span(1, Const(16))], "i:pp", "_FortranAioInputComplex64"),
    inactive(Through(&[1]), "i:pIi", "_FortranAioInputInteger"),
    inactive(Through(&[1]), "i:pI", "_FortranAioInputLogical"),
    inactive(Through(&[1]), "i:psi", "_FortranAioInputAscii"),
    refuse(
        "it reads into what a descriptor describes",
        "i:pp",
        "_FortranAioInputDescriptor",
    ),
    refuse(
        "it reads into what a descriptor describes",
        "i:ppp",
        "_FortranAioInputDerivedType _FortranAioInputNamelist",
    ),
    kill(&[span(1, Bytes(2))], "v:ppi", "_gfortran_transfer_real"),
    kill(
        &[span(1, Scaled(2, 2))],
        "v:ppi",
        "_gfortran_transfer_complex",
    ),
    inactive(
        Through(&[1]),
        "v:pIi",
        "_gfortran_transfer_integer _gfortran_transfer_logical",
    ),
    inactive(Through(&[1]), "v:psi", "_gfortran_transfer_character"),
    refuse(
        "it reads into what a descriptor describes",
        "v:ppii",
        "_gfortran_transfer_array",
    ),
    inactive(
        Nothing,
        "v:ppi",
        "_gfortran_transfer_real_write _gfortran_transfer_complex_write
         _gfortran_transfer_integer_write _gfortran_transfer_logical_write
         _gfortran_transfer_character_write",
    ),
    inactive(Nothing, "v:ppii", "_gfortran_transfer_array_write"),
];
