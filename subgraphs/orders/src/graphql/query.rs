use async_graphql::{Context, ID, Object, Result};
use gql::{CurrencyCode, Scoped, actor, masked, parse_id};
use kernel::{CartId, Currency, OrderId, Scope};

use super::Loader;
use super::types::{Cart, DeliveryOption, Order, OrderStatus, Orders, User, orders};
use crate::app::App;
use crate::domain::Status;

/// Entry points for reading.
#[derive(Debug)]
pub struct Query;

/// Entry points for reading.
#[Object(name = "Query")]
impl Query {
    /// Who is signed in; null for a guest.
    #[graphql(shareable)]
    async fn viewer(&self, ctx: &Context<'_>) -> Option<User> {
        // Said here too, so that a shopper's own cart and orders are asked for in one step, without users.
        actor(ctx).user().map(|id| User { id: id.0.into() })
    }

    /// A cart by its id; null when there is none, or when it is another account's.
    async fn cart(&self, ctx: &Context<'_>, #[graphql(desc = "The cart's id.")] id: ID) -> Result<Option<Cart>> {
        let Some(id) = parse_id::<CartId>(&id) else { return Ok(None) };
        Ok(ctx.data::<App>()?.cart(&actor(ctx), id).await.map_err(|fault| masked(&fault))?.map(Into::into))
    }

    /// An order by its id or its number; null when there is none that you can see. A guest's order is seen by whoever knows its
    /// id; by its number only by staff.
    async fn order(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order's id.")] id: Option<ID>,
        #[graphql(desc = "The order's number, for example `TC-100042`.")] number: Option<String>,
    ) -> Result<Option<Order>> {
        let app = ctx.data::<App>()?;
        let found = match (id, number) {
            (Some(id), _) => match parse_id::<OrderId>(&id) {
                Some(id) => app.order(&actor(ctx), id).await,
                None => Ok(None),
            },
            (None, Some(number)) if !number.contains('\0') => app.order_by_number(&actor(ctx), &number).await,
            _ => Ok(None),
        };
        Ok(found.map_err(|fault| masked(&fault))?.map(Into::into))
    }

    /// All orders, newest first.
    #[graphql(guard = "Scoped(Scope::OrdersRead)", requires_scopes = "orders:read")]
    async fn orders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100.", default_with = "Some(24)")] first: Option<i32>,
        #[graphql(desc = "Start after this `endCursor` of an earlier page.")] after: Option<String>,
        #[graphql(desc = "Only orders in this status.")] status: Option<OrderStatus>,
    ) -> Result<Orders> {
        orders(ctx, status.map(Status::from), first, after.as_deref()).await
    }

    /// The deliveries there are, with their prices for a small order.
    async fn deliveries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The currency to answer in.", default_with = "Some(CurrencyCode(Currency::EUR))")]
        currency: Option<CurrencyCode>,
        #[graphql(desc = "Only deliveries to this country, by its ISO 3166-1 alpha-2 code.")] country: Option<String>,
    ) -> Result<Vec<DeliveryOption>> {
        let currency = currency.map_or(Currency::EUR, |code| code.0);
        let country = country.filter(|country| !country.contains('\0'));
        let found = ctx.data::<App>()?.deliveries(currency, country.as_deref()).await;
        Ok(found.map_err(|fault| masked(&fault))?.into_iter().map(Into::into).collect())
    }

    #[graphql(entity)]
    async fn find_order(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Order>> {
        let Some(id) = parse_id::<OrderId>(&id) else { return Ok(None) };
        let found = ctx.data::<Loader>()?.load_one(id).await.map_err(|fault| masked(&fault))?;
        Ok(found.filter(|order| App::may_see(&actor(ctx), order)).map(Into::into))
    }

    #[graphql(entity)]
    async fn find_user(&self, id: ID) -> User {
        User { id }
    }
}
