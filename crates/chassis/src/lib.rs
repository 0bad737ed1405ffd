//! What every process needs: configuration, telemetry, the database, health, graceful shutdown, embedded PostgreSQL.

pub mod database;
mod error;
pub mod postgres;
mod serve;
mod telemetry;

pub use database::{Database, Schema};
pub use error::StartError;
pub use serve::{Health, bind, serve};
pub use telemetry::init as init_telemetry;
