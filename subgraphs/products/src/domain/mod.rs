//! Rules of the catalogue, without I/O.

mod draft;
mod slug;
mod status;

pub use draft::{MAX_VARIANTS, MediaDraft, Problem, ProductDraft, VariantDraft};
pub use slug::{is_slug, slug_of};
pub use status::Status;
