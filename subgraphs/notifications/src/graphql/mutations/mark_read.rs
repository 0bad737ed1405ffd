use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use gql::{InvalidInput, SignedIn, actor, masked, parse_id};
use kernel::{Failure, MessageId};

use crate::app::{App, Which};
use crate::graphql::types::{NotificationError, missing, notification_errors};

/// Marking notifications as read.
#[derive(Debug, Default)]
pub struct MarkRead;

/// Which notifications are read. Give one of the two.
#[derive(InputObject)]
pub struct NotificationMarkReadInput {
    /// These, 1 to 100; all or none. With `stock:read` also those of the staff's inbox.
    pub ids: Option<Vec<ID>>,
    /// Everything in your account's inbox so far.
    #[graphql(default)]
    pub all: bool,
}

/// What became of marking notifications as read.
#[derive(SimpleObject)]
pub struct NotificationMarkReadPayload {
    /// How many of them were not read before; null when there are errors.
    pub marked_count: Option<i64>,
    /// Why it did not happen; empty when it did.
    pub errors: Vec<NotificationError>,
}

/// The ids, or those of them that are none of ours.
fn which(input: &NotificationMarkReadInput) -> Result<Which, Vec<NotificationError>> {
    match (&input.ids, input.all) {
        (Some(ids), false) => {
            let bad: Vec<_> = ids.iter().filter(|id| parse_id::<MessageId>(id).is_none()).cloned().collect();
            match bad.is_empty() {
                true => Ok(Which::These(ids.iter().filter_map(parse_id).collect())),
                false => Err(bad.into_iter().map(missing).collect()),
            }
        }
        (None, true) => Ok(Which::All),
        _ => {
            let message = "give either `ids` or `all: true`".to_owned();
            Err(vec![NotificationError::InvalidInput(InvalidInput { message, field: "ids".into() })])
        }
    }
}

#[Object]
impl MarkRead {
    /// Marks notifications as read. Doing it twice is doing it once.
    #[graphql(guard = "SignedIn")]
    async fn notification_mark_read(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which notifications.")] input: NotificationMarkReadInput,
    ) -> Result<NotificationMarkReadPayload> {
        let actor = actor(ctx);
        let user = actor.user().ok_or("sign in first")?;
        let refused = |errors| NotificationMarkReadPayload { marked_count: None, errors };
        let which = match which(&input) {
            Ok(which) => which,
            Err(errors) => return Ok(refused(errors)),
        };
        match ctx.data::<App>()?.mark_read(user, &actor, &which).await {
            Ok(count) => {
                Ok(NotificationMarkReadPayload { marked_count: Some(count.cast_signed()), errors: Vec::new() })
            }
            Err(Failure::Problems(problems)) => Ok(refused(notification_errors(problems))),
            Err(Failure::Fault(fault)) => Err(masked(&fault)),
        }
    }
}
