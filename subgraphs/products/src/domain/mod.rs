//! Rules of the catalogue, without I/O.

mod check;
mod collection;
mod draft;
mod edit;
mod slug;
mod status;

pub use check::MAX_VARIANTS;
pub use collection::{CollectionDraft, CollectionPatch, MAX_COLLECTED, twice};
pub use draft::{MediaDraft, Problem, ProductDraft, VariantDraft};
pub use edit::{EditProblem, ProductPatch};
pub use slug::{is_slug, slug_for, slug_of};
pub use status::Status;
