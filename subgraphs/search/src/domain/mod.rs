//! The rules of searching, without a database or an index.

mod facts;
mod highlight;
mod listing;
mod spelling;
mod suggest;
mod text;

pub use facts::{Facts, Filter};
pub use highlight::{Highlight, fragment};
pub use listing::{Facet, FacetValue, Hit, Listing, MAX_FACET_VALUES, Place, Sort, list};
pub use spelling::{FEW, Vocabulary, distance, typos};
pub use suggest::suggest;
pub use text::{BadText, Text, plain_text};
