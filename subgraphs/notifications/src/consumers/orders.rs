use async_trait::async_trait;
use events::Envelope;
use events::orders::{OrderCancelled, OrderConfirmed, OrderRejected, OrderUpdated};
use messaging::{Handle, HandleError};
use sqlx::PgConnection;

use super::To;
use crate::app::Change;

#[async_trait]
impl Handle<OrderConfirmed> for To {
    async fn handle(&self, conn: &mut PgConnection, event: OrderConfirmed, _: &Envelope) -> Result<(), HandleError> {
        self.0.order_changed(conn, Change::Confirmed, &event.order).await.map_err(HandleError::Retry)
    }
}

#[async_trait]
impl Handle<OrderRejected> for To {
    async fn handle(&self, conn: &mut PgConnection, event: OrderRejected, _: &Envelope) -> Result<(), HandleError> {
        self.0.order_changed(conn, Change::Rejected, &event.order).await.map_err(HandleError::Retry)
    }
}

#[async_trait]
impl Handle<OrderCancelled> for To {
    async fn handle(&self, conn: &mut PgConnection, event: OrderCancelled, _: &Envelope) -> Result<(), HandleError> {
        self.0.order_changed(conn, Change::Cancelled, &event.order).await.map_err(HandleError::Retry)
    }
}

#[async_trait]
impl Handle<OrderUpdated> for To {
    async fn handle(&self, conn: &mut PgConnection, event: OrderUpdated, _: &Envelope) -> Result<(), HandleError> {
        self.0.order_changed(conn, Change::Updated, &event.order).await.map_err(HandleError::Retry)
    }
}
