use std::collections::HashMap;

use kernel::{Fault, OrderId, PaymentId};
use uuid::Uuid;

use super::{App, Place, ProviderState, Refund};
use crate::domain::{Payment, Status};
use crate::store::{listing, payment as payments, refund as refunds};

/// Reads: each is one statement, whatever the number of rows.
impl App {
    /// The payments by their ids, whosever they are.
    ///
    /// # Errors
    /// The database's.
    pub async fn payments_by_id(&self, ids: &[PaymentId]) -> Result<HashMap<PaymentId, Payment>, Fault> {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        let found = payments::by_ids(&mut *self.pool.acquire().await?, &ids).await?;
        Ok(found.into_iter().map(|payment| (payment.id, payment)).collect())
    }

    /// The payments of the orders, whosever they are, latest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn payments_of_orders(&self, orders: &[OrderId]) -> Result<HashMap<OrderId, Vec<Payment>>, Fault> {
        let ids: Vec<Uuid> = orders.iter().map(|id| id.0).collect();
        let mut found: HashMap<_, Vec<_>> = HashMap::new();
        for payment in payments::of_orders(&mut *self.pool.acquire().await?, &ids).await? {
            found.entry(payment.order_id).or_default().push(payment);
        }
        Ok(found)
    }

    /// The refunds of the payments, oldest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn refunds_of(&self, ids: &[PaymentId]) -> Result<HashMap<PaymentId, Vec<Refund>>, Fault> {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        let mut found: HashMap<_, Vec<_>> = HashMap::new();
        for refund in refunds::of_payments(&mut *self.pool.acquire().await?, &ids).await? {
            found.entry(refund.payment_id).or_default().push(refund);
        }
        Ok(found)
    }

    /// A page of all payments, latest first, with one more than `first` when there is a next page.
    ///
    /// # Errors
    /// The database's.
    pub async fn list(
        &self,
        status: Option<Status>,
        after: Option<Place>,
        first: usize,
    ) -> Result<Vec<Payment>, Fault> {
        let limit = i64::try_from(first.saturating_add(1))?;
        let after = after.map(|place| (place.at, place.id));
        Ok(listing::page(&mut *self.pool.acquire().await?, status, after, limit).await?)
    }

    /// How many payments there are.
    ///
    /// # Errors
    /// The database's.
    pub async fn count(&self, status: Option<Status>) -> Result<i64, Fault> {
        Ok(listing::count(&mut *self.pool.acquire().await?, status).await?)
    }

    /// The providers there are, by name.
    pub fn provider_states(&self) -> Vec<ProviderState> {
        let state = |line: &crate::adapters::Line| ProviderState {
            name: line.provider().name(),
            is_up: line.is_up(),
            test_tokens: line.provider().test_tokens(),
        };
        self.providers.all().map(state).collect()
    }
}
