//! Maps and sets that are iterated in the order of insertion, so that what iterates gives the same result each
//! time. Keys are small ids: they are hashed by a function that is fast for those.

use rustc_hash::FxBuildHasher;

/// A map in the order of insertion.
pub type IndexMap<K, V> = indexmap::IndexMap<K, V, FxBuildHasher>;

/// A set in the order of insertion.
pub type IndexSet<T> = indexmap::IndexSet<T, FxBuildHasher>;
