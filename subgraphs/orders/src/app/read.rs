use std::collections::HashMap;

use kernel::{Actor, Currency, Fault, OrderId, Scope, UserId};
use uuid::Uuid;

use super::cancel::may_see;
use super::{App, Delivery, Order, OrderLine, Place, TimelineEntry};
use crate::domain::Status;
use crate::store::{order_list, order_read};

/// Reads: each is one statement, whatever the number of rows.
impl App {
    /// The orders by their ids, whoever they belong to.
    ///
    /// # Errors
    /// The database's.
    pub async fn orders_by_id(&self, ids: &[OrderId]) -> Result<HashMap<OrderId, Order>, Fault> {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        let found = order_read::by_ids(&mut *self.pool.acquire().await?, &ids).await?;
        Ok(found.into_iter().map(|order| (order.id, order)).collect())
    }

    /// The order, if the actor may see it.
    ///
    /// # Errors
    /// The database's.
    pub async fn order(&self, actor: &Actor, id: OrderId) -> Result<Option<Order>, Fault> {
        let found = order_read::by_ids(&mut *self.pool.acquire().await?, &[id.0]).await?.pop();
        Ok(found.filter(|order| may_see(actor, order)))
    }

    /// The order by its number. A number can be guessed, so a guest's order is found by its number by staff only.
    ///
    /// # Errors
    /// The database's.
    pub async fn order_by_number(&self, actor: &Actor, number: &str) -> Result<Option<Order>, Fault> {
        let found = order_read::by_number(&mut *self.pool.acquire().await?, number).await?;
        Ok(found
            .filter(|order| actor.may(Scope::OrdersRead) || (order.user_id.is_some() && order.user_id == actor.user())))
    }

    /// Whether the actor may see the order.
    pub fn may_see(actor: &Actor, order: &Order) -> bool {
        may_see(actor, order)
    }

    /// A page of everybody's orders, newest first, with one more than `first` when there is a next page.
    ///
    /// # Errors
    /// The database's.
    pub async fn orders(
        &self,
        status: Option<Status>,
        after: Option<Place>,
        first: usize,
    ) -> Result<Vec<Order>, Fault> {
        let limit = i64::try_from(first.saturating_add(1))?;
        let conn = &mut *self.pool.acquire().await?;
        Ok(order_list::page(conn, status.map(Status::name), after.as_ref(), limit).await?)
    }

    /// A page of an account's orders, newest first, with one more than `first` when there is a next page; with the lines of each if
    /// they are wanted.
    ///
    /// # Errors
    /// The database's.
    pub async fn history(
        &self,
        user: UserId,
        after: Option<Place>,
        first: usize,
        lines: bool,
    ) -> Result<Vec<(Order, Option<Vec<OrderLine>>)>, Fault> {
        let limit = i64::try_from(first.saturating_add(1))?;
        Ok(order_list::history(&mut *self.pool.acquire().await?, user, after.as_ref(), limit, lines).await?)
    }

    /// How many orders there are.
    ///
    /// # Errors
    /// The database's.
    pub async fn order_count(&self, status: Option<Status>) -> Result<i64, Fault> {
        Ok(order_list::count(&mut *self.pool.acquire().await?, status.map(Status::name)).await?)
    }

    /// How many orders the account has.
    ///
    /// # Errors
    /// The database's.
    pub async fn history_count(&self, user: UserId) -> Result<i64, Fault> {
        Ok(order_list::history_count(&mut *self.pool.acquire().await?, user).await?)
    }

    /// The lines of the orders, which are in these currencies.
    ///
    /// # Errors
    /// The database's.
    pub async fn lines_of(&self, orders: &[(OrderId, Currency)]) -> Result<HashMap<OrderId, Vec<OrderLine>>, Fault> {
        Ok(order_read::lines(&mut *self.pool.acquire().await?, orders).await?)
    }

    /// The timelines of the orders.
    ///
    /// # Errors
    /// The database's.
    pub async fn timelines_of(&self, orders: &[OrderId]) -> Result<HashMap<OrderId, Vec<TimelineEntry>>, Fault> {
        let ids: Vec<Uuid> = orders.iter().map(|id| id.0).collect();
        Ok(order_read::timelines(&mut *self.pool.acquire().await?, &ids).await?)
    }

    /// The deliveries there are to a country, with the prices of a small order.
    ///
    /// # Errors
    /// The database's.
    pub async fn deliveries(&self, currency: Currency, country: Option<&str>) -> Result<Vec<Delivery>, Fault> {
        Ok(self.terms(&mut *self.pool.acquire().await?).await?.deliveries(currency, country, 0))
    }
}
