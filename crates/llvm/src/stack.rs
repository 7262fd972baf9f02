//! Room for recursion over the user's code.
//!
//! The stack is another one, the thread is not: memory that a second thread allocates comes from a second heap,
//! and once there was one, every allocation of the host takes a lock.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::ptr;

/// Enough for chains of many thousand calls. Memory is taken as it is used.
const BYTES: usize = 512 << 20;
/// What lies at the far end is never given access to, so that what overruns the stack ends the process. No page
/// is larger.
const GUARD: usize = 64 << 10;

/// Memory for a stack, which grows downwards.
struct Stack(*mut u8);

impl Stack {
    fn new() -> Option<Self> {
        let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
        // SAFETY: a new mapping at an address of the system's choice touches no other memory.
        let base = unsafe { libc::mmap(ptr::null_mut(), BYTES, libc::PROT_NONE, flags, -1, 0) };
        if base == libc::MAP_FAILED {
            return None;
        }
        let stack = Self(base.cast());
        let access = libc::PROT_READ | libc::PROT_WRITE;
        // SAFETY: the range lies inside of the mapping, which nothing else knows.
        let opened = unsafe { libc::mprotect(base.byte_add(GUARD), BYTES - GUARD, access) };
        (opened == 0).then_some(stack)
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        // SAFETY: the mapping is ours, and what ran on it has returned.
        unsafe { libc::munmap(self.0.cast(), BYTES) };
    }
}

psm::psm_stack_manipulation! {
    yes {
        fn on<R>(stack: &Stack, work: impl FnOnce() -> R) -> R {
            // SAFETY: base and size are those of a mapping with a guard at its low end, aligned to pages, and the
            // callback does not unwind.
            let outcome = unsafe {
                psm::on_stack(stack.0, BYTES, || catch_unwind(AssertUnwindSafe(work)))
            };
            outcome.unwrap_or_else(|panic| resume_unwind(panic))
        }
    }
    no {
        fn on<R>(_: &Stack, work: impl FnOnce() -> R) -> R {
            work()
        }
    }
}

/// Runs `work` on a large stack of its own; on this one, if there is no memory for it. Functions that call each
/// other in a chain are followed by recursion, and hosts run passes on stacks of any size.
pub fn with_deep_stack<R>(work: impl FnOnce() -> R) -> R {
    match Stack::new() {
        Some(stack) => on(&stack, work),
        None => work(),
    }
}

#[cfg(test)]
mod tests {
    use super::with_deep_stack;

    #[test]
    fn recursion_goes_deep() {
        fn deep(n: u64) -> u64 {
            if n == 0 {
                0
            } else {
                1 + std::hint::black_box(deep(n - 1))
            }
        }
        let here = std::rc::Rc::new(1_000_000);
        assert_eq!(with_deep_stack(|| deep(*here)), 1_000_000);
    }

    #[test]
    fn the_thread_stays_the_same() {
        let here = std::thread::current().id();
        assert_eq!(with_deep_stack(|| std::thread::current().id()), here);
    }

    #[test]
    fn stacks_nest() {
        assert_eq!(with_deep_stack(|| 1 + with_deep_stack(|| 1)), 2);
    }

    #[test]
    #[should_panic(expected = "inside")]
    fn panics_are_passed_on() {
        with_deep_stack(|| panic!("inside"));
    }
}
