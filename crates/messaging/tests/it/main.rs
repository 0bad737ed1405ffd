//! The crate against a real database. Each test has its own.

mod consuming;
mod dead_letters;
mod grants;
mod relaying;
mod running;
mod support;
