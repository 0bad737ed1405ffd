use async_graphql::connection::{Connection, Edge, EmptyFields};
use async_graphql::{Context, Object, Result};
use gql::{Keyset, masked, page_after, page_size};
use kernel::UserId;

use super::Order;
use crate::app::{App, Place};
use crate::domain::Status;

/// Counts the list, if asked.
pub enum OrdersTotal {
    /// Of everybody, in the status or in any.
    All(Option<Status>),
    /// Of the account.
    Of(UserId),
}

#[Object]
impl OrdersTotal {
    /// How many orders there are on all pages. Counted only when selected.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        let app = ctx.data::<App>()?;
        let counted = match self {
            Self::All(status) => app.order_count(*status).await,
            Self::Of(user) => app.history_count(*user).await,
        };
        counted.map_err(|fault| masked(&fault))
    }
}

/// A page of orders.
pub(crate) type Orders = Connection<Keyset, Order, OrdersTotal, EmptyFields>;

fn place(after: Option<&str>) -> Result<Option<Place>> {
    let place = |keyset: Keyset| Ok(Place { placed_at: keyset.time()?, id: keyset.id });
    page_after(after)?.map(place).transpose()
}

/// Lists everybody's orders, newest first.
pub(crate) async fn orders(
    ctx: &Context<'_>,
    status: Option<Status>,
    first: Option<i32>,
    after: Option<&str>,
) -> Result<Orders> {
    let (count, after) = (page_size(first)?, place(after)?);
    let found = ctx.data::<App>()?.orders(status, after, count).await.map_err(|fault| masked(&fault))?;
    let found = found.into_iter().map(Order::from).collect();
    Ok(page(found, count, after.is_some(), OrdersTotal::All(status)))
}

/// Lists an account's orders, newest first.
pub(crate) async fn history(
    ctx: &Context<'_>,
    user: UserId,
    first: Option<i32>,
    after: Option<&str>,
) -> Result<Orders> {
    let (count, after) = (page_size(first)?, place(after)?);
    let selected = ctx.look_ahead();
    let lines = selected.field("edges").field("node").field("lines").exists()
        || selected.field("nodes").field("lines").exists();
    let found = ctx.data::<App>()?.history(user, after, count, lines).await.map_err(|fault| masked(&fault))?;
    let found = found.into_iter().map(|(order, lines)| Order::with_lines(order, lines)).collect();
    Ok(page(found, count, after.is_some(), OrdersTotal::Of(user)))
}

fn page(mut found: Vec<Order>, count: usize, has_previous: bool, total: OrdersTotal) -> Orders {
    let has_next = found.len() > count;
    found.truncate(count);
    let mut page = Connection::with_additional_fields(has_previous, has_next, total);
    page.edges = found.into_iter().map(|order| Edge::new(order.place(), order)).collect();
    page
}
