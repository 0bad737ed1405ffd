//! The contract between services: the envelope and the versioned payload of every published event.
//!
//! A payload never changes its meaning: a change that a consumer could misread is a new type with the next version.

mod envelope;
pub mod products;

pub use envelope::{Envelope, Event};

/// Every published event with its JSON Schema (draft 2020-12), by name.
pub fn schemas() -> Vec<(&'static str, serde_json::Value)> {
    fn schema<E: Event>() -> (&'static str, serde_json::Value) {
        (E::NAME, schemars::schema_for!(E).to_value())
    }
    vec![
        schema::<products::ProductPublished>(),
        schema::<products::ProductChanged>(),
        schema::<products::ProductArchived>(),
        schema::<products::VariantCreated>(),
    ]
}
