//! The subgraph's part of the graph.

mod loaders;
mod mutations;
mod query;
mod types;

use async_graphql::dataloader::DataLoader;
use async_graphql::{EmptySubscription, Schema, SchemaBuilder};

use crate::app::App;
use mutations::Mutation;
use query::Query;

/// The executable schema.
pub type ApiSchema = Schema<Query, Mutation, EmptySubscription>;

/// Batches look-ups of concurrent fields into one statement each.
pub(crate) type Loader = DataLoader<App>;

fn subgraph() -> SchemaBuilder<Query, Mutation, EmptySubscription> {
    gql::subgraph(Query, Mutation::default(), EmptySubscription)
}

pub(crate) fn api(app: App) -> ApiSchema {
    // The loader caches nothing, so one serves all requests, and they share its batches.
    let loader: Loader = DataLoader::new(app.clone(), tokio::spawn);
    subgraph().data(app).data(loader).finish()
}

pub(crate) fn sdl() -> String {
    gql::sdl(subgraph())
}
