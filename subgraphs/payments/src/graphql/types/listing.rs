use async_graphql::connection::{Connection, Edge, EmptyFields};
use async_graphql::{Context, InputObject, Object, Result};
use gql::{Keyset, masked, page_after, page_size};

use super::Payment;
use super::payment::PaymentStatus;
use crate::app::{App, Place};
use crate::domain::Status;

/// Which payments to list. An absent field filters nothing.
#[derive(Debug, Default, Clone, Copy, InputObject)]
pub struct PaymentFilter {
    /// Only payments in this status.
    pub status: Option<PaymentStatus>,
}

/// Counts the list, if asked.
pub struct PaymentsTotal(Option<Status>);

#[Object]
impl PaymentsTotal {
    /// How many payments there are on all pages. Counted only when selected.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        ctx.data::<App>()?.count(self.0).await.map_err(|fault| masked(&fault))
    }
}

/// A page of payments.
pub(crate) type Payments = Connection<Keyset, Payment, PaymentsTotal, EmptyFields>;

/// Lists all payments, latest first.
pub(crate) async fn payments(
    ctx: &Context<'_>,
    first: Option<i32>,
    after: Option<String>,
    filter: PaymentFilter,
) -> Result<Payments> {
    let count = page_size(first)?;
    let after = page_after(after.as_deref())?
        .map(|keyset| Ok::<_, async_graphql::Error>(Place { at: keyset.time()?, id: keyset.id }))
        .transpose()?;
    let status = filter.status.map(Status::from);
    let mut found = ctx.data::<App>()?.list(status, after, count).await.map_err(|fault| masked(&fault))?;
    let has_next = found.len() > count;
    found.truncate(count);
    let mut page = Connection::with_additional_fields(after.is_some(), has_next, PaymentsTotal(status));
    page.edges = found
        .into_iter()
        .map(|payment| Edge::new(Keyset::at(payment.created_at, payment.id.0), payment.into()))
        .collect();
    Ok(page)
}
