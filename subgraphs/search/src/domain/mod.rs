//! The rules of searching, without a database or an index.

mod facts;
mod listing;
mod text;

pub use facts::{Facts, Filter};
pub use listing::{Facet, FacetValue, Hit, Listing, Place, Sort, list, suggest};
pub use text::{BadText, Text, plain_text};
