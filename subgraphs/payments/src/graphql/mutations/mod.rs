mod complete_action;
mod create_refund;

use async_graphql::MergedObject;

/// Entry points for changing payments.
#[derive(Debug, MergedObject, Default)]
#[graphql(name = "Mutation")]
pub struct Mutation(complete_action::CompleteAction, create_refund::CreateRefund);
