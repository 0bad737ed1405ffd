use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use gql::{SignedIn, actor, masked};
use kernel::Failure;

use crate::app::App;
use crate::domain::Preference;
use crate::graphql::types::{
    NotificationCategory, NotificationChannel, NotificationError, NotificationPreference, notification_errors,
};

/// Choosing what to be told.
#[derive(Debug, Default)]
pub struct Preferences;

/// A choice.
#[derive(InputObject)]
pub struct NotificationPreferenceInput {
    /// What the messages are about; `STOCK` cannot be chosen.
    pub category: NotificationCategory,
    /// How they come.
    pub channel: NotificationChannel,
    /// Whether they are wanted.
    pub enabled: bool,
}

/// What your account wants to be told.
#[derive(InputObject)]
pub struct NotificationPreferencesUpdateInput {
    /// The choices to change; all others stay as they are.
    pub preferences: Vec<NotificationPreferenceInput>,
}

/// What became of the choices.
#[derive(SimpleObject)]
pub struct NotificationPreferencesUpdatePayload {
    /// Everything that holds now; null when there are errors.
    pub preferences: Option<Vec<NotificationPreference>>,
    /// Why it did not happen; empty when it did. With an error nothing is changed.
    pub errors: Vec<NotificationError>,
}

#[Object]
impl Preferences {
    /// Chooses what your account is told, and how.
    #[graphql(guard = "SignedIn")]
    async fn notification_preferences_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The choices.")] input: NotificationPreferencesUpdateInput,
    ) -> Result<NotificationPreferencesUpdatePayload> {
        let user = actor(ctx).user().ok_or("sign in first")?;
        let chosen: Vec<Preference> = input
            .preferences
            .into_iter()
            .map(|of| Preference { category: of.category.into(), channel: of.channel.into(), enabled: of.enabled })
            .collect();
        match ctx.data::<App>()?.update_preferences(user, &chosen).await {
            Ok(held) => Ok(NotificationPreferencesUpdatePayload {
                preferences: Some(held.into_iter().map(Into::into).collect()),
                errors: Vec::new(),
            }),
            Err(Failure::Problems(problems)) => {
                Ok(NotificationPreferencesUpdatePayload { preferences: None, errors: notification_errors(problems) })
            }
            Err(Failure::Fault(fault)) => Err(masked(&fault)),
        }
    }
}
