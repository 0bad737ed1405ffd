use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use events::orders::ProviderToken;
use gql::{actor, masked, parse_id};
use kernel::Failure;

use crate::app::{self, App, Checkout};
use crate::domain::Problem;
use crate::graphql::types::{Order, OrderingError, ordering_error};

/// Placing and cancelling orders.
#[derive(Debug, Default)]
pub struct OrderMutation;

/// How the shopper pays. Card data never come here: the provider's own form makes a token of them.
#[derive(InputObject)]
pub struct PaymentInput {
    /// Name of the provider, one of `paymentProviders`.
    pub provider: String,
    /// The provider's token for the card.
    pub token: String,
}

/// A wish to buy what is in a cart.
#[derive(InputObject)]
pub struct CheckoutCompleteInput {
    /// The cart.
    pub cart_id: ID,
    /// How it is paid.
    pub payment: PaymentInput,
    /// Made anew for each intent to buy, for example a UUID. Sent again with the same input it answers with the same order.
    pub idempotency_key: String,
    /// Language (BCP 47) for what is written to the shopper.
    #[graphql(default = "en")]
    pub locale: String,
}

/// Which order to cancel.
#[derive(InputObject)]
pub struct OrderCancelInput {
    /// The order.
    pub order_id: ID,
    /// Why, for the order's timeline.
    pub reason: Option<String>,
}

/// What became of placing or cancelling an order.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct OrderPayload {
    /// The order; null when there are errors.
    pub order: Option<Order>,
    /// Why it did not happen; empty when it did.
    pub errors: Vec<OrderingError>,
}

fn payload(id: &ID, done: Result<app::Order, Failure<Problem>>) -> Result<OrderPayload> {
    match done {
        Ok(order) => Ok(OrderPayload { order: Some(order.into()), errors: Vec::new() }),
        Err(Failure::Problems(problems)) => {
            let errors = problems.into_iter().map(|problem| ordering_error(id, problem)).collect();
            Ok(OrderPayload { order: None, errors })
        }
        Err(Failure::Fault(fault)) => Err(masked(&fault)),
    }
}

#[Object]
impl OrderMutation {
    /// Buys what is in the cart. It answers at once with the order, which is PENDING; follow it with `orderStatusChanged`.
    /// Nothing is charged before all goods are set aside.
    async fn checkout_complete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to buy, and how it is paid.")] input: CheckoutCompleteInput,
    ) -> Result<OrderPayload> {
        let done = match parse_id(&input.cart_id) {
            Some(cart) => {
                let PaymentInput { provider, token } = input.payment;
                let wish = Checkout { cart, provider, token: ProviderToken(token), locale: input.locale };
                ctx.data::<App>()?.checkout(&actor(ctx), wish, &input.idempotency_key).await
            }
            None => Err(Failure::problem(Problem::NotFound)),
        };
        payload(&input.cart_id, done)
    }

    /// Cancels an order: its goods are given free, its money is given back. Your own, a guest's by its id, or any with
    /// `orders:write`. Doing it twice is doing it once.
    async fn order_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order, and why.")] input: OrderCancelInput,
    ) -> Result<OrderPayload> {
        let done = match parse_id(&input.order_id) {
            Some(order) => ctx.data::<App>()?.cancel(&actor(ctx), order, input.reason.as_deref()).await,
            None => Err(Failure::problem(Problem::NotFound)),
        };
        payload(&input.order_id, done)
    }
}
