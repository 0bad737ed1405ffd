mod cart;
mod checkout;

use async_graphql::MergedObject;

/// Entry points for changing carts and orders.
#[derive(Debug, MergedObject, Default)]
#[graphql(name = "Mutation")]
pub struct Mutation(cart::CartMutation, checkout::OrderMutation);
