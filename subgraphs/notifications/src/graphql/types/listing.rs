use async_graphql::connection::{Connection, ConnectionNameType, Edge, EdgeNameType, EmptyFields};
use async_graphql::{Context, InputObject, Object, OutputType, Result};
use gql::{Keyset, masked, page_after, page_size, refused};

use super::{Message, MessageStatus, NotificationCategory};
use crate::app::{App, Filter, Place};

/// Which messages to list. An absent field filters nothing.
#[derive(Debug, Default, Clone, InputObject)]
pub struct MessageFilter {
    /// What became of them.
    pub status: Option<MessageStatus>,
    /// What they are about.
    pub category: Option<NotificationCategory>,
    /// How the e-mail address begins, for example `ada@`.
    pub recipient_prefix: Option<String>,
}

/// Counts the list, if asked.
pub struct MessagesTotal(Filter);

#[Object]
impl MessagesTotal {
    /// How many messages there are on all pages. Counted only when selected.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        ctx.data::<App>()?.count(&self.0).await.map_err(|fault| masked(&fault))
    }
}

/// Counts the inbox, if asked.
pub struct NotificationsTotal(Filter);

#[Object]
impl NotificationsTotal {
    /// How many notifications there are on all pages. Counted only when selected.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        ctx.data::<App>()?.count(&self.0).await.map_err(|fault| masked(&fault))
    }

    /// How many notifications are not read, on all pages. Counted only when selected.
    async fn unread_count(&self, ctx: &Context<'_>) -> Result<i64> {
        let unread = Filter { unread_only: true, ..self.0.clone() };
        ctx.data::<App>()?.count(&unread).await.map_err(|fault| masked(&fault))
    }
}

/// Names of the types of an inbox's pages.
pub struct Named;

impl ConnectionNameType for Named {
    fn type_name<T: OutputType>() -> String {
        "NotificationConnection".into()
    }
}

impl EdgeNameType for Named {
    fn type_name<T: OutputType>() -> String {
        "NotificationEdge".into()
    }
}

/// A page of messages.
pub(crate) type Messages = Connection<Keyset, Message, MessagesTotal, EmptyFields>;
/// A page of an inbox.
pub(crate) type Notifications = Connection<Keyset, Message, NotificationsTotal, EmptyFields, Named, Named>;

/// Lists every message that the filter leaves.
pub(crate) async fn messages(
    ctx: &Context<'_>,
    first: Option<i32>,
    after: Option<String>,
    filter: MessageFilter,
) -> Result<Messages> {
    // PostgreSQL has no NUL in text, so nothing can match, and asking would be an error of ours.
    if filter.recipient_prefix.as_ref().is_some_and(|prefix| prefix.contains('\0')) {
        return Err(refused("`recipientPrefix` contains a NUL character: remove it"));
    }
    let filter = Filter {
        status: filter.status.map(Into::into),
        category: filter.category.map(Into::into),
        // Addresses are kept in lower case.
        recipient_prefix: filter.recipient_prefix.map(|prefix| prefix.trim().to_lowercase()),
        ..Filter::default()
    };
    let page = page(ctx, first, after, &filter).await?;
    let mut shown = Connection::with_additional_fields(page.has_previous, page.has_next, MessagesTotal(filter));
    shown.edges = page.found.into_iter().map(|(cursor, message)| Edge::new(cursor, message)).collect();
    Ok(shown)
}

/// Lists an inbox.
pub(crate) async fn notifications(
    ctx: &Context<'_>,
    first: Option<i32>,
    after: Option<String>,
    filter: Filter,
) -> Result<Notifications> {
    let page = page(ctx, first, after, &filter).await?;
    let mut shown = Connection::with_additional_fields(page.has_previous, page.has_next, NotificationsTotal(filter));
    shown.edges = page.found.into_iter().map(|(cursor, message)| Edge::new(cursor, message)).collect();
    Ok(shown)
}

struct Page {
    has_previous: bool,
    has_next: bool,
    found: Vec<(Keyset, Message)>,
}

async fn page(ctx: &Context<'_>, first: Option<i32>, after: Option<String>, filter: &Filter) -> Result<Page> {
    let count = page_size(first)?;
    let place = page_after(after.as_deref())?.map(|keyset| place(&keyset)).transpose()?;
    let mut found = ctx.data::<App>()?.list(filter, place, count).await.map_err(|fault| masked(&fault))?;
    let has_next = found.len() > count;
    found.truncate(count);
    let found =
        found.into_iter().map(|message| (Keyset::at(message.created_at, message.id.0), message.into())).collect();
    Ok(Page { has_previous: place.is_some(), has_next, found })
}

fn place(keyset: &Keyset) -> Result<Place> {
    Ok(Place { created_at: keyset.time()?, id: keyset.id.into() })
}
