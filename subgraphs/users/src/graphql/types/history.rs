use async_graphql::connection::{Connection, Edge, EmptyFields};
use async_graphql::{Context, Enum, ID, Result, SimpleObject};
use gql::{Keyset, masked, page_after, page_size};
use kernel::UserId;
use time::OffsetDateTime;

use super::{cursor, place};
use crate::app::{Change, Place};
use crate::domain::ChangeKind;
use crate::graphql::Loader;
use crate::graphql::loaders::HistoryOf;

/// Something that was done to a profile or its address book.
#[derive(SimpleObject)]
pub struct UserChange {
    /// Identifies the entry.
    pub id: ID,
    /// When it was done.
    pub at: OffsetDateTime,
    /// The account that did it; null for the platform itself.
    pub actor_id: Option<ID>,
    /// What was done.
    pub kind: UserChangeKind,
    /// The address that it was done to, which may be gone; null for the profile.
    pub address_id: Option<ID>,
    /// The fields whose values it changed.
    pub fields: Vec<UserFieldChange>,
}

/// What was done to a profile or its address book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "ChangeKind")]
pub enum UserChangeKind {
    /// The account was opened.
    Registered,
    /// The profile was changed.
    ProfileUpdated,
    /// An address was added.
    AddressCreated,
    /// An address was changed.
    AddressUpdated,
    /// An address was removed.
    AddressDeleted,
}

/// What became of one field.
#[derive(SimpleObject)]
pub struct UserFieldChange {
    /// The field's name, for example `displayName`.
    pub field: String,
    /// Its value before, as text; null when it had none.
    pub old: Option<String>,
    /// Its value after, as text; null when it has none.
    pub new: Option<String>,
}

impl From<Change> for UserChange {
    fn from(of: Change) -> Self {
        let fields = of.fields.into_iter();
        Self {
            id: of.id.into(),
            at: of.at,
            actor_id: of.actor_id.map(|id| id.0.into()),
            kind: of.kind.into(),
            address_id: of.address_id.map(|id| id.0.into()),
            fields: fields.map(|of| UserFieldChange { field: of.field, old: of.old, new: of.new }).collect(),
        }
    }
}

/// A page of a history.
pub(crate) type History = Connection<Keyset, UserChange, EmptyFields, EmptyFields>;

/// Shows what was done to the user, latest first.
pub(crate) async fn history(
    ctx: &Context<'_>,
    user: UserId,
    first: Option<i32>,
    after: Option<String>,
) -> Result<History> {
    let count = page_size(first)?;
    let after = page_after(after.as_deref())?.as_ref().map(place).transpose()?;
    let key = HistoryOf { user, after, limit: count + 1 };
    let mut found = ctx.data::<Loader>()?.load_one(key).await.map_err(|fault| masked(&fault))?.unwrap_or_default();
    let has_next = found.len() > count;
    found.truncate(count);
    let mut page = Connection::new(after.is_some(), has_next);
    let edge = |change: Change| Edge::new(cursor(Place { at: change.at, id: change.id }), change.into());
    page.edges = found.into_iter().map(edge).collect();
    Ok(page)
}
