use events::Envelope;
use events::inventory::StockLow;
use kernel::Fault;
use sqlx::PgConnection;

use super::App;
use super::notify::{Facts, Notice};
use crate::domain::{DEFAULT_LOCALE, TemplateName};

impl App {
    /// Tells the staff, in their common inbox.
    ///
    /// # Errors
    /// The database's, or a template that cannot be filled in.
    pub async fn stock_low(&self, conn: &mut PgConnection, event: &StockLow, envelope: &Envelope) -> Result<(), Fault> {
        let StockLow { variant_id, available, threshold } = *event;
        let notice = Notice {
            template: TemplateName::StockLow,
            occasion: format!("event:{}", envelope.id),
            locale: DEFAULT_LOCALE,
            user_id: None,
            email: None,
            facts: Facts::Stock { variant_id, available, threshold },
        };
        self.notify(conn, &notice).await
    }
}
