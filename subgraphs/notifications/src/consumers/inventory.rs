use async_trait::async_trait;
use events::Envelope;
use events::inventory::StockLow;
use messaging::{Handle, HandleError};
use sqlx::PgConnection;

use super::To;

#[async_trait]
impl Handle<StockLow> for To {
    async fn handle(&self, conn: &mut PgConnection, event: StockLow, envelope: &Envelope) -> Result<(), HandleError> {
        self.0.stock_low(conn, &event, envelope).await.map_err(HandleError::Retry)
    }
}
