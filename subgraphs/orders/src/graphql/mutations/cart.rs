use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use gql::{CurrencyCode, PostalAddressInput, actor, masked, parse_id};
use kernel::{CartId, Currency, Failure, VariantId};

use crate::app::{App, Buyer, PricedCart};
use crate::domain::Problem;
use crate::graphql::types::{Cart, OrderingError, ordering_error};

/// Changing carts.
#[derive(Debug, Default)]
pub struct CartMutation;

/// Units of a variant for a cart.
#[derive(InputObject)]
pub struct CartLineInput {
    /// What.
    pub variant_id: ID,
    /// Units, 1 to 999.
    #[graphql(default = 1)]
    pub quantity: i32,
}

/// A new cart.
#[derive(InputObject)]
pub struct CartCreateInput {
    /// What it is paid in; the euro when absent.
    pub currency: Option<CurrencyCode>,
    /// What to put into it at once.
    #[graphql(default)]
    pub lines: Vec<CartLineInput>,
}

/// What to put into a cart, or how much of it shall be there.
#[derive(InputObject)]
pub struct CartLinesInput {
    /// The cart.
    pub cart_id: ID,
    /// The lines.
    pub lines: Vec<CartLineInput>,
}

/// What to take out of a cart.
#[derive(InputObject)]
pub struct CartLinesRemoveInput {
    /// The cart.
    pub cart_id: ID,
    /// The variants.
    pub variant_ids: Vec<ID>,
}

/// Who buys. An absent field stays as it is.
#[derive(InputObject)]
pub struct CartBuyerUpdateInput {
    /// The cart.
    pub cart_id: ID,
    /// Where to reach the shopper.
    pub email: Option<String>,
    /// Where the goods go.
    pub shipping_address: Option<PostalAddressInput>,
}

/// How a cart shall be delivered.
#[derive(InputObject)]
pub struct CartDeliverySelectInput {
    /// The cart.
    pub cart_id: ID,
    /// The `code` of one of `cart.availableDeliveries`.
    pub delivery: String,
}

/// What became of changing a cart.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct CartPayload {
    /// The cart after the change; null when there are errors.
    pub cart: Option<Cart>,
    /// Why it did not happen; empty when it did.
    pub errors: Vec<OrderingError>,
}

fn payload(id: &ID, changed: Result<PricedCart, Failure<Problem>>) -> Result<CartPayload> {
    match changed {
        Ok(cart) => Ok(CartPayload { cart: Some(cart.into()), errors: Vec::new() }),
        Err(Failure::Problems(problems)) => {
            let errors = problems.into_iter().map(|problem| ordering_error(id, problem)).collect();
            Ok(CartPayload { cart: None, errors })
        }
        Err(Failure::Fault(fault)) => Err(masked(&fault)),
    }
}

/// The id of a cart; what is no id of ours belongs to no cart.
fn cart_id(id: &ID) -> Result<CartId, Failure<Problem>> {
    parse_id(id).ok_or_else(|| Failure::problem(Problem::NotFound))
}

fn variants(ids: impl IntoIterator<Item = (ID, i32)>) -> Result<Vec<(VariantId, i32)>, Failure<Problem>> {
    ids.into_iter()
        .map(|(id, quantity)| match parse_id(&id) {
            Some(variant) => Ok((variant, quantity)),
            None => Err(Failure::problem(Problem::invalid("variantId", "this is no id of a variant"))),
        })
        .collect()
}

fn lines(lines: Vec<CartLineInput>) -> Result<Vec<(VariantId, i32)>, Failure<Problem>> {
    variants(lines.into_iter().map(|line| (line.variant_id, line.quantity)))
}

#[Object]
impl CartMutation {
    /// Opens a cart, for the signed-in account or for a guest.
    async fn cart_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new cart.")] input: CartCreateInput,
    ) -> Result<CartPayload> {
        let currency = input.currency.map_or(Currency::EUR, |code| code.0);
        let changed = match lines(input.lines) {
            Ok(lines) => ctx.data::<App>()?.cart_create(&actor(ctx), currency, &lines).await,
            Err(failure) => Err(failure),
        };
        payload(&ID::default(), changed)
    }

    /// Puts units into a cart, on top of those that are in it: all lines or none.
    async fn cart_lines_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to put into which cart.")] input: CartLinesInput,
    ) -> Result<CartPayload> {
        let changed = match (cart_id(&input.cart_id), lines(input.lines)) {
            (Ok(cart), Ok(lines)) => ctx.data::<App>()?.cart_lines_add(&actor(ctx), cart, &lines).await,
            (Err(failure), _) | (_, Err(failure)) => Err(failure),
        };
        payload(&input.cart_id, changed)
    }

    /// Sets how many units are in a cart, and accepts the price of now. All lines or none.
    async fn cart_lines_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How much of what shall be in which cart.")] input: CartLinesInput,
    ) -> Result<CartPayload> {
        let changed = match (cart_id(&input.cart_id), lines(input.lines)) {
            (Ok(cart), Ok(lines)) => ctx.data::<App>()?.cart_lines_update(&actor(ctx), cart, &lines).await,
            (Err(failure), _) | (_, Err(failure)) => Err(failure),
        };
        payload(&input.cart_id, changed)
    }

    /// Takes variants out of a cart.
    async fn cart_lines_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to take out of which cart.")] input: CartLinesRemoveInput,
    ) -> Result<CartPayload> {
        let out = variants(input.variant_ids.into_iter().map(|id| (id, 0)));
        let changed = match (cart_id(&input.cart_id), out) {
            (Ok(cart), Ok(out)) => {
                let out: Vec<VariantId> = out.into_iter().map(|(variant, _)| variant).collect();
                ctx.data::<App>()?.cart_lines_remove(&actor(ctx), cart, &out).await
            }
            (Err(failure), _) | (_, Err(failure)) => Err(failure),
        };
        payload(&input.cart_id, changed)
    }

    /// Says who buys and where the goods go.
    async fn cart_buyer_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who buys what is in which cart.")] input: CartBuyerUpdateInput,
    ) -> Result<CartPayload> {
        let buyer = Buyer { email: input.email, address: input.shipping_address.map(Into::into) };
        let changed = match cart_id(&input.cart_id) {
            Ok(cart) => ctx.data::<App>()?.cart_buyer_update(&actor(ctx), cart, buyer).await,
            Err(failure) => Err(failure),
        };
        payload(&input.cart_id, changed)
    }

    /// Chooses how a cart is delivered.
    async fn cart_delivery_select(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which delivery for which cart.")] input: CartDeliverySelectInput,
    ) -> Result<CartPayload> {
        let changed = match cart_id(&input.cart_id) {
            Ok(_) if input.delivery.contains('\0') => Err(Failure::problem(Problem::NoSuchDelivery)),
            Ok(cart) => ctx.data::<App>()?.cart_delivery_select(&actor(ctx), cart, input.delivery).await,
            Err(failure) => Err(failure),
        };
        payload(&input.cart_id, changed)
    }
}
