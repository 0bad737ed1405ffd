//! What every process needs: configuration, telemetry, the database, health, graceful shutdown, embedded PostgreSQL.

pub mod database;
mod error;
mod notify;
pub mod postgres;
mod serve;
mod service;
mod telemetry;

pub use database::{Database, Schema};
pub use error::StartError;
pub use notify::listen;
pub use serve::{Health, bind, serve};
pub use service::{Service, Task};
pub use telemetry::{Telemetry, init as init_telemetry};
