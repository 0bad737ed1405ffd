//! The subgraph's part of the graph.

mod query;
mod types;

use async_graphql::{EmptyMutation, EmptySubscription, SDLExportOptions, Schema, SchemaBuilder};
use gql::Limits;

use crate::app::App;
use query::Query;

/// The executable schema.
pub type ApiSchema = Schema<Query, EmptyMutation, EmptySubscription>;

fn builder() -> SchemaBuilder<Query, EmptyMutation, EmptySubscription> {
    let limits = Limits::default();
    Schema::build(Query, EmptyMutation, EmptySubscription)
        .enable_federation()
        .limit_depth(limits.depth)
        .limit_complexity(limits.complexity)
}

pub(crate) fn api(app: App) -> ApiSchema {
    builder().data(app).finish()
}

pub(crate) fn sdl() -> String {
    let options =
        SDLExportOptions::new().federation().compose_directive().sorted_fields().sorted_arguments().sorted_enum_items();
    builder().finish().sdl_with_options(options)
}
