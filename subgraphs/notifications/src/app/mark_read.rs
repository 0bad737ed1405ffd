use kernel::{Actor, Failure, MessageId, Scope, UserId};
use uuid::Uuid;

use super::App;
use crate::domain::Problem;
use crate::store::inbox;

/// The most messages that are named at once.
const MAX_IDS: usize = 100;

/// Which messages are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// These.
    These(Vec<MessageId>),
    /// Everything in the account's inbox so far.
    All,
}

impl App {
    /// Marks messages of the account's inbox as read, all or none; who may read stock also those of the staff's inbox,
    /// which is common: read by one is read. Twice is once. Answers with how many were not read before.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for each that is not there or not the actor's; [`Problem::Invalid`] for none and too many.
    pub async fn mark_read(&self, user: UserId, actor: &Actor, which: &Which) -> Result<u64, Failure<Problem>> {
        let now = self.clock.now();
        let mut tx = self.pool.begin().await?;
        let marked = match which {
            Which::All => inbox::mark_all(&mut tx, user, now).await?,
            Which::These(ids) => {
                if ids.is_empty() || ids.len() > MAX_IDS {
                    let message = format!("name 1 to {MAX_IDS} messages");
                    return Err(Failure::problem(Problem::Invalid { field: "ids", message }));
                }
                let wanted: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
                let staff = actor.may(Scope::StockRead);
                let found = inbox::lock(&mut tx, user, staff, &wanted).await?;
                let missing: Vec<Problem> =
                    ids.iter().filter(|id| !found.contains(&id.0)).map(|id| Problem::NotFound(*id)).collect();
                if !missing.is_empty() {
                    return Err(Failure::Problems(missing));
                }
                inbox::mark(&mut tx, &wanted, now).await?
            }
        };
        tx.commit().await?;
        Ok(marked)
    }
}
