use async_graphql::connection::{Connection, Edge, EmptyFields};
use async_graphql::{Context, Object, Result};
use gql::{Keyset, masked, page_after, page_size};
use kernel::UserId;

use super::Order;
use crate::app::{App, Place};
use crate::domain::Status;

/// Counts the list, if asked.
pub struct OrdersTotal {
    user: Option<UserId>,
    status: Option<Status>,
}

#[Object]
impl OrdersTotal {
    /// How many orders there are on all pages. Counted only when selected.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        ctx.data::<App>()?.order_count(self.user, self.status).await.map_err(|fault| masked(&fault))
    }
}

/// A page of orders.
pub(crate) type Orders = Connection<Keyset, Order, OrdersTotal, EmptyFields>;

fn place(keyset: &Keyset) -> Result<Place> {
    Ok(Place { placed_at: keyset.time()?, id: keyset.id })
}

/// Lists orders, newest first: those of an account, or all.
pub(crate) async fn orders(
    ctx: &Context<'_>,
    user: Option<UserId>,
    status: Option<Status>,
    first: Option<i32>,
    after: Option<&str>,
) -> Result<Orders> {
    let count = page_size(first)?;
    let after = page_after(after)?.map(|keyset| place(&keyset)).transpose()?;
    let mut found = ctx.data::<App>()?.orders(user, status, after, count).await.map_err(|fault| masked(&fault))?;
    let has_next = found.len() > count;
    found.truncate(count);
    let mut page = Connection::with_additional_fields(after.is_some(), has_next, OrdersTotal { user, status });
    page.edges =
        found.into_iter().map(|order| Edge::new(Keyset::at(order.placed_at, order.id.0), order.into())).collect();
    Ok(page)
}
