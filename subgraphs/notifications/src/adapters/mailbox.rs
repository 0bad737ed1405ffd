use async_trait::async_trait;

use super::{Channel, Outgoing, Receipt, Undelivered};

/// Sends nothing: every message counts as sent and is read where it is kept, in the table that the admin API shows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Mailbox;

#[async_trait]
impl Channel for Mailbox {
    async fn send(&self, _: &Outgoing) -> Result<Receipt, Undelivered> {
        Ok(Receipt { reference: "kept in the mailbox".into() })
    }
}
