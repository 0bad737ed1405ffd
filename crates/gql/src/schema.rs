use async_graphql::{ObjectType, SDLExportOptions, Schema, SchemaBuilder, SubscriptionType};

use crate::Limits;

/// Begins a subgraph's schema: a part of the federated graph, within the limits of a subgraph's own endpoint.
pub fn subgraph<Q, M, S>(query: Q, mutation: M, subscription: S) -> SchemaBuilder<Q, M, S>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    let limits = Limits::default();
    Schema::build(query, mutation, subscription)
        .enable_federation()
        // Without it the Subscription type is missing from what is composed.
        .enable_subscription_in_federation()
        .limit_depth(limits.depth)
        .limit_complexity(limits.complexity)
}

/// The schema as it is composed into the graph, in an order of its own, so that a moved line of code is no change.
pub fn sdl<Q, M, S>(subgraph: SchemaBuilder<Q, M, S>) -> String
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    let options =
        SDLExportOptions::new().federation().compose_directive().sorted_fields().sorted_arguments().sorted_enum_items();
    subgraph.finish().sdl_with_options(options)
}
