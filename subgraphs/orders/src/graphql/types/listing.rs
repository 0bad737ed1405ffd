use async_graphql::connection::{Connection, Edge, EmptyFields};
use async_graphql::{Context, Object, Result};
use gql::{Keyset, masked, page_after, page_size, refused};
use kernel::UserId;
use time::OffsetDateTime;

use super::Order;
use crate::app::{self, App, Place};
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

fn keyset(order: &app::Order) -> Keyset {
    let micros = order.placed_at.unix_timestamp_nanos() / 1_000;
    Keyset { value: micros.to_string(), id: order.id.0 }
}

fn place(keyset: &Keyset) -> Result<Place> {
    let micros: Option<i128> = keyset.value.parse::<i64>().ok().map(Into::into);
    let placed_at = micros.and_then(|micros| OffsetDateTime::from_unix_timestamp_nanos(micros * 1_000).ok());
    let placed_at =
        placed_at.ok_or_else(|| refused("this cursor belongs to another list: start again without `after`"))?;
    Ok(Place { placed_at, id: keyset.id })
}

/// Lists orders, newest first: those of an account, or all.
pub(crate) async fn orders(
    ctx: &Context<'_>,
    user: Option<UserId>,
    status: Option<Status>,
    first: i32,
    after: Option<&str>,
) -> Result<Orders> {
    let count = page_size(first)?;
    let after = page_after(after)?.map(|keyset| place(&keyset)).transpose()?;
    let mut found = ctx.data::<App>()?.orders(user, status, after, count).await.map_err(|fault| masked(&fault))?;
    let has_next = found.len() > count;
    found.truncate(count);
    let mut page = Connection::with_additional_fields(after.is_some(), has_next, OrdersTotal { user, status });
    page.edges = found.into_iter().map(|order| Edge::new(keyset(&order), order.into())).collect();
    Ok(page)
}
