use events::orders::PaymentRequested;
use kernel::PaymentId;
use messaging::HandleError;
use sqlx::PgConnection;

use super::App;
use crate::domain::{Decline, Payment, Status};
use crate::store::demand::{self, Asked};
use crate::store::payment as payments;

impl App {
    /// Records the payment of an order, once. The worker begins it when this commits.
    ///
    /// # Errors
    /// For a negative amount, which is refused; the database's.
    pub async fn request(&self, conn: &mut PgConnection, event: PaymentRequested) -> Result<(), HandleError> {
        if event.amount.minor < 0 {
            return Err(HandleError::Refuse(format!("the amount {} is negative", event.amount.amount())));
        }
        let id = PaymentId(self.clock.uuid());
        let asked = demand::ask(conn, event.order_id, id).await?;
        if matches!(asked, Asked::Again) {
            return Ok(());
        }
        let now = self.clock.now();
        // PostgreSQL has no NUL in text; without it neither names anything, so the payment fails as it should.
        let provider = event.method.provider.replace('\0', "");
        let token = event.method.token.0.replace('\0', "");
        let known = self.providers.line(&provider).is_some();
        let mut payment = Payment {
            id,
            order_id: event.order_id,
            user_id: event.user_id,
            provider,
            amount: event.amount,
            authorised: 0,
            captured: 0,
            refunded: 0,
            refunding: 0,
            status: Status::Requested,
            reference: None,
            action_url: None,
            failure: None,
            undo: false,
            loose: false,
            begun_at: None,
            attempts: 0,
            pay_by: event.pay_by,
            version: 1,
            created_at: now,
            updated_at: now,
        };
        let notices = match asked {
            Asked::Undone => payment.undo(),
            _ if event.amount.minor == 0 => payment.settle_free(),
            _ if !known => payment.refuse(Decline::new("unknown_provider", "This way to pay is not offered.")),
            _ => Vec::new(),
        };
        let due_at = payment.due(now, 0);
        payments::insert(conn, &payment, event.email.as_str(), &token, due_at).await?;
        self.tell(conn, &payment, notices).await.map_err(HandleError::Retry)
    }
}
