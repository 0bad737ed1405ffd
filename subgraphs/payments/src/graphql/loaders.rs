use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use kernel::{Fault, OrderId, PaymentId};

use crate::app::{App, Refund};
use crate::domain::Payment;

/// Key of an order's payments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct PaymentsOf(pub(crate) OrderId);
/// Key of a payment's refunds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct RefundsOf(pub(crate) PaymentId);

impl Loader<PaymentsOf> for App {
    type Value = Vec<Payment>;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[PaymentsOf]) -> Result<HashMap<PaymentsOf, Vec<Payment>>, Arc<Fault>> {
        let ids: Vec<OrderId> = keys.iter().map(|key| key.0).collect();
        let found = self.payments_of_orders(&ids).await.map_err(Arc::new)?;
        Ok(found.into_iter().map(|(id, payments)| (PaymentsOf(id), payments)).collect())
    }
}

impl Loader<RefundsOf> for App {
    type Value = Vec<Refund>;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[RefundsOf]) -> Result<HashMap<RefundsOf, Vec<Refund>>, Arc<Fault>> {
        let ids: Vec<PaymentId> = keys.iter().map(|key| key.0).collect();
        let found = self.refunds_of(&ids).await.map_err(Arc::new)?;
        Ok(found.into_iter().map(|(id, refunds)| (RefundsOf(id), refunds)).collect())
    }
}
