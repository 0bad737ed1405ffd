//! The subgraph's part of the graph.

mod query;
mod types;

use async_graphql::{EmptyMutation, EmptySubscription, Schema, SchemaBuilder};

use crate::app::App;
use query::Query;

/// The executable schema.
pub type ApiSchema = Schema<Query, EmptyMutation, EmptySubscription>;

fn subgraph() -> SchemaBuilder<Query, EmptyMutation, EmptySubscription> {
    gql::subgraph(Query, EmptyMutation, EmptySubscription)
}

pub(crate) fn api(app: App) -> ApiSchema {
    subgraph().data(app).finish()
}

pub(crate) fn sdl() -> String {
    gql::sdl(subgraph())
}
