//! Moving, filling, comparing and searching bytes, and text.

use super::Length::{Bytes, Scaled};
use super::Writes::{Nothing, Through};
use super::{Class, Entry, Length, Returns, Writes, entry, inactive, refuse};

const fn moves(
    dst: u8,
    src: u8,
    length: Length,
    overlap: bool,
    returns: Returns,
    signature: &'static str,
    names: &'static str,
) -> Entry {
    let class = Class::Move {
        dst,
        src,
        length,
        overlap,
        returns,
    };
    // The destination is part of the class.
    entry(class, Nothing, signature, names)
}

const fn sets(
    byte: Option<u8>,
    length: Length,
    returns: Returns,
    signature: &'static str,
    names: &'static str,
) -> Entry {
    let class = Class::Set {
        dst: 0,
        byte,
        length,
        returns,
    };
    entry(class, Nothing, signature, names)
}

const fn search(signature: &'static str, names: &'static str) -> Entry {
    let class = Class::Pass {
        from: 0,
        nullable: true,
    };
    entry(class, Writes::Nothing, signature, names)
}

const DST: Writes = Through(&[0]);

pub(super) const ENTRIES: &[Entry] = &[
    moves(0, 1, Bytes(2), false, Returns::Dst, "p:ppi", "memcpy"),
    moves(0, 1, Bytes(2), true, Returns::Dst, "p:ppi", "memmove"),
    moves(
        0,
        1,
        Bytes(2),
        false,
        Returns::DstEnd,
        "p:ppi",
        "mempcpy __mempcpy",
    ),
    moves(1, 0, Bytes(2), true, Returns::Nothing, "v:ppi", "bcopy"),
    moves(
        0,
        1,
        Bytes(2),
        false,
        Returns::Dst,
        "p:ppii",
        "__memcpy_chk",
    ),
    moves(
        0,
        1,
        Bytes(2),
        true,
        Returns::Dst,
        "p:ppii",
        "__memmove_chk",
    ),
    moves(
        0,
        1,
        Bytes(2),
        false,
        Returns::DstEnd,
        "p:ppii",
        "__mempcpy_chk",
    ),
    moves(0, 1, Scaled(2, 4), false, Returns::Dst, "I:IIi", "wmemcpy"),
    moves(0, 1, Scaled(2, 4), true, Returns::Dst, "I:IIi", "wmemmove"),
    moves(
        0,
        1,
        Scaled(2, 4),
        false,
        Returns::DstEnd,
        "I:IIi",
        "wmempcpy",
    ),
    moves(
        0,
        2,
        Bytes(3),
        false,
        Returns::Nothing,
        "i:pipi",
        "memcpy_s _memcpy_s",
    ),
    moves(
        0,
        2,
        Bytes(3),
        true,
        Returns::Nothing,
        "i:pipi",
        "memmove_s",
    ),
    moves(
        0,
        1,
        Bytes(2),
        false,
        Returns::Nothing,
        "v:ppi",
        "__aeabi_memcpy __aeabi_memcpy4 __aeabi_memcpy8",
    ),
    moves(
        0,
        1,
        Bytes(2),
        true,
        Returns::Nothing,
        "v:ppi",
        "__aeabi_memmove __aeabi_memmove4 __aeabi_memmove8",
    ),
    moves(
        0,
        1,
        Bytes(2),
        false,
        Returns::Nothing,
        "v:ppi",
        "__llvm_memcpy_element_unordered_atomic_1 __llvm_memcpy_element_unordered_atomic_2
         __llvm_memcpy_element_unordered_atomic_4 __llvm_memcpy_element_unordered_atomic_8
         __llvm_memcpy_element_unordered_atomic_16",
    ),
    refuse(
        "it stops at a byte value, which the derivative cannot know",
        "p:ppii",
        "memccpy __memccpy",
    ),
    // Filling.
    sets(Some(1), Bytes(2), Returns::Dst, "p:pii", "memset"),
    sets(Some(1), Bytes(2), Returns::Dst, "p:piii", "__memset_chk"),
    sets(
        None,
        Bytes(1),
        Returns::Nothing,
        "v:pi",
        "bzero __bzero explicit_bzero __explicit_bzero",
    ),
    sets(
        None,
        Bytes(1),
        Returns::Nothing,
        "v:pii",
        "__explicit_bzero_chk",
    ),
    sets(Some(2), Bytes(3), Returns::Nothing, "i:piii", "memset_s"),
    sets(
        Some(2),
        Bytes(1),
        Returns::Nothing,
        "v:pii",
        "__aeabi_memset __aeabi_memset4 __aeabi_memset8",
    ),
    sets(
        None,
        Bytes(1),
        Returns::Nothing,
        "v:pi",
        "__aeabi_memclr __aeabi_memclr4 __aeabi_memclr8",
    ),
    entry(
        Class::Kill(&[super::Span {
            pointer: 0,
            length: Scaled(2, 4),
            rest: false,
        }]),
        Nothing,
        "I:Iii",
        "wmemset",
    ),
    refuse(
        "the pattern may hold active floats",
        "v:ppi",
        "memset_pattern4 memset_pattern8 memset_pattern16",
    ),
    // Comparing and measuring.
    inactive(Nothing, "i:ppi", "memcmp bcmp"),
    inactive(
        Nothing,
        "i:ss",
        "strcmp strcasecmp strcoll strspn strcspn __strcmp",
    ),
    inactive(Nothing, "i:ssi", "strncmp strncasecmp"),
    inactive(Nothing, "i:s", "strlen __strlen"),
    inactive(Nothing, "i:si", "strnlen __strlen_chk"),
    inactive(Nothing, "i:I", "wcslen"),
    inactive(Nothing, "i:II", "wcscmp"),
    inactive(Nothing, "i:IIi", "wcsncmp wmemcmp"),
    inactive(Nothing, "i:i", "ffs ffsl ffsll fls flsl flsll"),
    // Searching.
    search("p:pii", "memchr memrchr"),
    search("p:pi", "rawmemchr"),
    search("p:pipi", "memmem"),
    search("s:si", "strchr strrchr strchrnul index rindex"),
    search("s:ss", "strstr strcasestr strpbrk"),
    search("s:ssi", "strnstr"),
    inactive(DST, "s:ss", "strtok strsep"),
    inactive(Writes::Anything, "s:ssP", "strtok_r __strtok_r"),
    search("p:ppiic", "bsearch"),
    // Another part of the same object.
    search("p:pppi", "__dynamic_cast"),
    search("I:Ii", "wcschr wcsrchr"),
    search("I:II", "wcsstr"),
    search("I:Iii", "wmemchr"),
    // Text is never float data.
    inactive(DST, "s:ss", "strcpy strcat stpcpy __stpcpy"),
    inactive(
        DST,
        "s:ssi",
        "strncpy strncat stpncpy __stpncpy __strcpy_chk __strcat_chk __stpcpy_chk",
    ),
    inactive(DST, "s:ssii", "__strncpy_chk __strncat_chk __stpncpy_chk"),
    inactive(DST, "i:ssi", "strlcpy strlcat strxfrm"),
    inactive(DST, "i:ssii", "__strlcpy_chk __strlcat_chk"),
    inactive(DST, "I:II", "wcscpy wcscat"),
    inactive(DST, "I:IIi", "wcsncpy wcsncat"),
    inactive(Nothing, "s:i", "strerror strsignal"),
    inactive(Through(&[1]), "s:isi", "strerror_r"),
    inactive(Through(&[1]), "i:isi", "__xpg_strerror_r"),
    // Parsing: the number is inactive.
    inactive(Nothing, "d:s", "atof"),
    inactive(Nothing, "i:s", "atoi atol atoll"),
    inactive(Through(&[1]), "d:sP", "strtod"),
    inactive(Through(&[1]), "f:sP", "strtof"),
    inactive(Through(&[1]), "l:sP", "strtold"),
    inactive(
        Through(&[1]),
        "i:sPi",
        "strtol strtoll strtoul strtoull strtoimax strtoumax __isoc23_strtol __isoc23_strtoll
         __isoc23_strtoul __isoc23_strtoull __isoc23_strtoimax __isoc23_strtoumax
         __strtol_internal",
    ),
    // Sorting.
    refuse(
        "it moves active bytes by a callback; sort an index array instead",
        "v:piic",
        "qsort mergesort heapsort",
    ),
    refuse(
        "it moves active bytes by a callback; sort an index array instead",
        "v:piicp",
        "qsort_r",
    ),
    refuse("it reorders the bytes of active floats", "v:ppi", "swab"),
    inactive(
        Nothing,
        "i:i",
        "_byteswap_ushort _byteswap_ulong _byteswap_uint64 htonl htons ntohl ntohs",
    ),
];
