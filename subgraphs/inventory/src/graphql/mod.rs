//! The subgraph's part of the graph.

mod loaders;
mod mutations;
mod query;
mod subscription;
mod types;

use async_graphql::dataloader::DataLoader;
use async_graphql::{SDLExportOptions, Schema, SchemaBuilder};
use gql::Limits;

use crate::app::App;
use mutations::Mutation;
use query::Query;
use subscription::Subscription;

/// The executable schema.
pub type ApiSchema = Schema<Query, Mutation, Subscription>;

/// Batches look-ups of concurrent fields into one statement each.
pub(crate) type Loader = DataLoader<App>;

fn builder() -> SchemaBuilder<Query, Mutation, Subscription> {
    let limits = Limits::default();
    Schema::build(Query, Mutation::default(), Subscription)
        .enable_federation()
        .enable_subscription_in_federation()
        .limit_depth(limits.depth)
        .limit_complexity(limits.complexity)
}

pub(crate) fn api(app: App) -> ApiSchema {
    // The loader caches nothing, so one serves all requests, and they share its batches.
    let loader: Loader = DataLoader::new(app.clone(), tokio::spawn);
    builder().data(app).data(loader).finish()
}

pub(crate) fn sdl() -> String {
    let options =
        SDLExportOptions::new().federation().compose_directive().sorted_fields().sorted_arguments().sorted_enum_items();
    builder().finish().sdl_with_options(options)
}
