//! What the service reaches outside itself: an index of products in files, or indexes of products and of orders on a server.

mod highlight;
mod opensearch_index;
mod synonyms;
mod tantivy_index;
mod words;

pub use opensearch_index::{OpenSearchOrders, OpenSearchProducts, Server};
pub use tantivy_index::TantivyIndex;
