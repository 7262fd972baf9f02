//! Room for recursion over the user's code.

use std::thread;

/// Enough for chains of many thousand calls. Memory is taken as it is used.
const BYTES: usize = 512 << 20;

/// What goes to the thread and back.
struct Carried<T>(T);

// SAFETY: the thread that sends waits until the other one has ended, so there is one user at a time.
unsafe impl<T> Send for Carried<T> {}

/// Runs `work` on a thread with a stack of its own while this one waits; here, if no thread can be had. Functions
/// that call each other in a chain are followed by recursion, and hosts run passes on stacks of any size.
pub fn with_deep_stack<R>(work: impl FnOnce() -> R) -> R {
    let mut work = Some(work);
    let mut result = None;
    thread::scope(|scope| {
        let carried = Carried((&mut work, &mut result));
        let run = move || {
            let Carried((work, result)) = { carried };
            *result = work.take().map(|work| work());
        };
        // Without a thread the work is still there.
        let _ = thread::Builder::new()
            .stack_size(BYTES)
            .spawn_scoped(scope, run);
    });
    match (result, work) {
        (Some(result), _) => result,
        (None, Some(work)) => work(),
        (None, None) => unreachable!("a panic of the thread is passed on"),
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
    #[should_panic(expected = "a scoped thread panicked")]
    fn panics_are_passed_on() {
        with_deep_stack(|| panic!("inside"));
    }
}
