//! The catalogue's behaviour in detail: what an import writes and tells, what the graph answers, how lists are paged.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod access;
mod api;
mod changes;
mod collections;
mod counted;
mod create;
mod described;
mod effort;
mod import;
mod paging;
mod shop;
mod statements;
mod update;
