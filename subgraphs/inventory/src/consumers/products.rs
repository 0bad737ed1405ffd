use async_trait::async_trait;
use events::Envelope;
use events::products::VariantCreated;
use messaging::{Handle, HandleError};
use sqlx::PgConnection;

use super::To;
use crate::app::BadQuantity;

#[async_trait]
impl Handle<VariantCreated> for To {
    async fn handle(&self, conn: &mut PgConnection, event: VariantCreated, _: &Envelope) -> Result<(), HandleError> {
        let quantity = event.initial_quantity.unwrap_or(0);
        match self.0.receive(conn, event.variant_id, quantity).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(BadQuantity(quantity))) => {
                let variant = event.variant_id;
                Err(HandleError::Refuse(format!("variant {variant} cannot start with {quantity} units")))
            }
            Err(fault) => Err(HandleError::Retry(fault)),
        }
    }
}
