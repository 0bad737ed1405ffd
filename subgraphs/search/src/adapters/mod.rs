//! What the service reaches outside itself: the files of its index of products.

mod tantivy_index;

pub use tantivy_index::TantivyIndex;
