use async_trait::async_trait;
use events::Envelope;
use events::orders::{CommitRequested, ReleaseRequested, ReservationRequested, RestockRequested};
use messaging::{Handle, HandleError};
use sqlx::PgConnection;

use super::To;
use crate::domain::{BadOrder, Lines};

#[async_trait]
impl Handle<ReservationRequested> for To {
    async fn handle(
        &self,
        conn: &mut PgConnection,
        event: ReservationRequested,
        _: &Envelope,
    ) -> Result<(), HandleError> {
        let asked = event.lines.iter().map(|line| (line.variant_id, line.quantity));
        let lines = Lines::new(asked).map_err(|bad| HandleError::Refuse(refusal(&event, bad)))?;
        self.0.reserve(conn, event.order_id, &lines).await.map_err(HandleError::Retry)
    }
}

fn refusal(event: &ReservationRequested, bad: BadOrder) -> String {
    let order = event.order_id;
    match bad {
        BadOrder::Empty => format!("order {order} asks for nothing"),
        BadOrder::Quantity(variant) => format!("order {order} asks for less than one unit of variant {variant}"),
        BadOrder::TooMany(variant) => format!("order {order} asks for more of variant {variant} than can be counted"),
    }
}

#[async_trait]
impl Handle<ReleaseRequested> for To {
    async fn handle(&self, conn: &mut PgConnection, event: ReleaseRequested, _: &Envelope) -> Result<(), HandleError> {
        self.0.release(conn, event.order_id).await.map_err(HandleError::Retry)
    }
}

#[async_trait]
impl Handle<CommitRequested> for To {
    async fn handle(&self, conn: &mut PgConnection, event: CommitRequested, _: &Envelope) -> Result<(), HandleError> {
        self.0.commit(conn, event.order_id).await.map_err(HandleError::Retry)
    }
}

#[async_trait]
impl Handle<RestockRequested> for To {
    async fn handle(&self, conn: &mut PgConnection, event: RestockRequested, _: &Envelope) -> Result<(), HandleError> {
        self.0.restock(conn, event.order_id).await.map_err(HandleError::Retry)
    }
}
