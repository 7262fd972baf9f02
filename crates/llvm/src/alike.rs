//! Functions that do the same.

use crate::function::Function;
use crate::shim;

impl Function {
    /// A number that functions of the same code have in common, whatever they call.
    pub fn outline_of_code(self) -> u64 {
        ffi!(shim::rz_outline_of_code(self.0.0))
    }

    /// Parts classes of `functions`, of which `classes` has the number of each: those that stay together do the same,
    /// provided that functions of one class do. True when a class was parted.
    pub fn part_classes(functions: &[Self], classes: &mut [u32]) -> bool {
        assert_eq!(functions.len(), classes.len());
        let raw: Vec<_> = functions.iter().map(|function| function.0.0).collect();
        let count = u32::try_from(raw.len()).expect("a module has fewer functions");
        0 != ffi!(shim::rz_part_classes(
            raw.as_ptr(),
            classes.as_mut_ptr(),
            count
        ))
    }
}
