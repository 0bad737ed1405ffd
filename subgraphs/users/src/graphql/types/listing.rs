use async_graphql::connection::{Connection, Edge, EmptyFields};
use async_graphql::{Context, Object, Result};
use gql::{Keyset, masked, page_after, page_size, refused};

use super::User;
use crate::app::{App, Place};

/// Counts the list, if asked.
pub struct UsersTotal(Option<String>);

#[Object]
impl UsersTotal {
    /// How many people there are on all pages. Counted only when selected.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        ctx.data::<App>()?.count(self.0.as_deref()).await.map_err(|fault| masked(&fault))
    }
}

/// A page of people.
pub(crate) type Users = Connection<Keyset, User, UsersTotal, EmptyFields>;

/// The place as a cursor.
pub(crate) fn cursor(place: Place) -> Keyset {
    Keyset::at(place.at, place.id)
}

/// The cursor as a place.
pub(crate) fn place(keyset: &Keyset) -> Result<Place> {
    Ok(Place { at: keyset.time()?, id: keyset.id })
}

/// Lists the people who have an account, latest first.
pub(crate) async fn users(
    ctx: &Context<'_>,
    first: Option<i32>,
    after: Option<String>,
    query: Option<String>,
) -> Result<Users> {
    let count = page_size(first)?;
    let after = page_after(after.as_deref())?.as_ref().map(place).transpose()?;
    let prefix = query.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    if prefix.as_ref().is_some_and(|text| text.contains('\0')) {
        // PostgreSQL has no NUL in text, so nothing can match, and asking would be an error of ours.
        return Err(refused("`query` contains a NUL character: remove it"));
    }
    let found = ctx.data::<App>()?.list(prefix.as_deref(), after, count).await;
    let mut found = found.map_err(|fault| masked(&fault))?;
    let has_next = found.len() > count;
    found.truncate(count);
    let mut page = Connection::with_additional_fields(after.is_some(), has_next, UsersTotal(prefix));
    page.edges = found
        .into_iter()
        .filter_map(|profile| {
            let place = Place { at: profile.created_at, id: profile.id.0 };
            Some(Edge::new(cursor(place), User::visible(ctx, profile)?))
        })
        .collect();
    Ok(page)
}
