//! What every process needs: configuration, telemetry, the database, health, graceful shutdown, embedded PostgreSQL.

mod breaker;
pub mod database;
mod error;
mod health;
pub mod postgres;
mod serve;
mod service;
mod telemetry;

pub use database::{Database, Schema};
pub use error::StartError;
pub use health::{Health, Part, Parts};
pub use listen::Notifications;
pub use serve::{bind, serve};
pub use service::{Service, Task};
pub use telemetry::{Telemetry, init as init_telemetry};
