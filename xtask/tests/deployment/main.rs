//! docker-compose.yml and deploy/ against the programs that they run.

mod chart;
mod compose;
mod interface;
