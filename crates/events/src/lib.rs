//! The contract between services: the envelope and the versioned payload of every published event.
//!
//! A payload never changes its meaning: a change that a consumer could misread is a new type with the next version.

pub mod auth;
mod envelope;
pub mod inventory;
pub mod notifications;
pub mod orders;
pub mod payments;
pub mod products;
pub mod users;

pub use envelope::{Envelope, Event, Ranked};

/// Every published event with its JSON Schema (draft 2020-12), by name.
pub fn schemas() -> Vec<(&'static str, serde_json::Value)> {
    fn schema<E: Event>() -> (&'static str, serde_json::Value) {
        (E::NAME, schemars::schema_for!(E).to_value())
    }
    vec![
        schema::<auth::AccountRegistered>(),
        schema::<auth::SessionStarted>(),
        schema::<auth::SessionRevoked>(),
        schema::<auth::PasswordChanged>(),
        schema::<users::UserUpdated>(),
        schema::<users::UserDeleted>(),
        schema::<products::ProductPublished>(),
        schema::<products::ProductChanged>(),
        schema::<products::ProductArchived>(),
        schema::<products::VariantCreated>(),
        schema::<inventory::StockReserved>(),
        schema::<inventory::StockRejected>(),
        schema::<inventory::StockReleased>(),
        schema::<inventory::StockCommitted>(),
        schema::<inventory::CommitRefused>(),
        schema::<inventory::LevelChanged>(),
        schema::<inventory::StockLow>(),
        schema::<orders::OrderPlaced>(),
        schema::<orders::OrderConfirmed>(),
        schema::<orders::OrderRejected>(),
        schema::<orders::OrderCancelled>(),
        schema::<orders::OrderUpdated>(),
        schema::<orders::ReservationRequested>(),
        schema::<orders::ReleaseRequested>(),
        schema::<orders::CommitRequested>(),
        schema::<orders::RestockRequested>(),
        schema::<orders::PaymentRequested>(),
        schema::<orders::VoidRequested>(),
        schema::<orders::RefundRequested>(),
        schema::<payments::PaymentAuthorised>(),
        schema::<payments::PaymentCaptured>(),
        schema::<payments::PaymentFailed>(),
        schema::<payments::PaymentActionRequired>(),
        schema::<payments::PaymentVoided>(),
        schema::<payments::PaymentRefunded>(),
        schema::<payments::RefundFailed>(),
        schema::<notifications::MessageSent>(),
        schema::<notifications::MessageFailed>(),
    ]
}
