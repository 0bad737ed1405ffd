mod change_status;

use async_graphql::MergedObject;

/// Entry points for changing the catalogue.
#[derive(Debug, MergedObject, Default)]
#[graphql(name = "Mutation")]
pub struct Mutation(change_status::ChangeStatus);
