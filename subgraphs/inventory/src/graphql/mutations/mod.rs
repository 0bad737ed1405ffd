mod adjust;
mod warehouses;

use async_graphql::MergedObject;

/// Entry points for changing stock and warehouses.
#[derive(Debug, MergedObject, Default)]
#[graphql(name = "Mutation")]
pub struct Mutation(adjust::Adjust, warehouses::Warehouses);
