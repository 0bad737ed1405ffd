use async_graphql::connection::{Connection, Edge, EmptyFields};
use async_graphql::{ComplexObject, Context, ID, InputObject, Interface, Object, Result, SimpleObject};
use gql::{Keyset, NotFound, masked, page_after, page_size, refused};
use messaging::dead_letters::Filter;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

use super::AuditEntry;
use crate::app::App;
use crate::domain::LetterProblem;
use crate::graphql::Loader;
use crate::graphql::loaders::HistoryOf;

/// A message that a consumer gave up: its effect did not happen. It may hold personal data.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct DeadLetter {
    /// Identifies it, for as long as it waits and after it is replayed.
    pub id: ID,
    /// The consumer that could not handle it, for example `orders`.
    pub queue: String,
    /// The kind of the event, for example `payments.payment.captured.v1`; null when the message says none.
    pub kind: Option<String>,
    /// Identifies what the event is about, for example an order; null when the message is no event.
    pub subject: Option<ID>,
    /// When the event happened; null when the message is no event.
    pub occurred_at: Option<OffsetDateTime>,
    /// How often it was tried since it came, or was last replayed.
    pub attempts: i32,
    /// When it was given up.
    pub dead_at: OffsetDateTime,
    /// Why, as the last attempt reported it.
    pub reason: String,
    /// The whole event with its attributes, as JSON; of what is no event its headers and body.
    pub payload: String,
    #[graphql(skip)]
    seq: i64,
}

#[ComplexObject]
impl DeadLetter {
    /// What staff did to it before, latest first, at most 20 entries.
    async fn history(&self, ctx: &Context<'_>) -> Result<Vec<AuditEntry>> {
        let found = ctx.data::<Loader>()?.load_one(HistoryOf(self.seq)).await.map_err(|fault| masked(&fault))?;
        Ok(found.unwrap_or_default().into_iter().map(Into::into).collect())
    }
}

impl From<messaging::DeadLetter> for DeadLetter {
    fn from(of: messaging::DeadLetter) -> Self {
        let text = |name: &str| of.envelope[name].as_str();
        Self {
            id: of.seq.into(),
            kind: of.kind().map(ToOwned::to_owned),
            subject: text("subject").map(Into::into),
            occurred_at: text("time").and_then(|time| OffsetDateTime::parse(time, &Rfc3339).ok()),
            payload: of.envelope.to_string(),
            queue: of.queue,
            attempts: of.attempts,
            dead_at: of.dead_at,
            reason: of.last_error,
            seq: of.seq,
        }
    }
}

/// The number in an id; none for what is no id of ours.
pub(crate) fn number(id: &ID) -> Option<i64> {
    id.parse().ok().filter(|number| *number > 0)
}

/// Which messages to list. An absent field filters nothing.
#[derive(Debug, Default, InputObject)]
pub struct DeadLetterFilter {
    /// The consumer that could not handle them, for example `orders`.
    pub queue: Option<String>,
    /// The kind of the event, for example `payments.payment.captured.v1`.
    pub kind: Option<String>,
}

/// Counts the list, if asked.
pub struct DeadLettersTotal(Filter);

#[Object]
impl DeadLettersTotal {
    /// How many there are on all pages. Counted only when selected.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        ctx.data::<App>()?.count_letters(&self.0).await.map_err(|fault| masked(&fault))
    }
}

/// A page of messages that were given up.
pub(crate) type DeadLetters = Connection<Keyset, DeadLetter, DeadLettersTotal, EmptyFields>;

/// Lists what was given up, oldest first.
pub(crate) async fn dead_letters(
    ctx: &Context<'_>,
    first: Option<i32>,
    after: Option<String>,
    filter: DeadLetterFilter,
) -> Result<DeadLetters> {
    let count = page_size(first)?;
    let foreign = || refused("this cursor belongs to another list: start that list again without `after`");
    let after = page_after(after.as_deref())?.map(|place| place.value.parse::<i64>().map_err(|_| foreign()));
    let after = after.transpose()?;
    let filter = Filter { queue: filter.queue, kind: filter.kind };
    // PostgreSQL has no NUL in text, so nothing can match, and asking would be an error of ours.
    if [&filter.queue, &filter.kind].into_iter().flatten().any(|text| text.contains('\0')) {
        return Err(refused("the filter contains a NUL character: remove it"));
    }
    let found = ctx.data::<App>()?.letters(&filter, after, count + 1).await;
    let mut found = found.map_err(|fault| masked(&fault))?;
    let (has_previous, has_next) = (after.is_some(), found.len() > count);
    found.truncate(count);
    let mut page = Connection::with_additional_fields(has_previous, has_next, DeadLettersTotal(filter));
    let cursor = |seq: i64| Keyset { value: seq.to_string(), id: Uuid::nil() };
    page.edges = found.into_iter().map(|letter| Edge::new(cursor(letter.seq), letter.into())).collect();
    Ok(page)
}

/// Why a message that was given up was not settled.
#[derive(Interface)]
#[graphql(field(name = "message", ty = "&String", desc = "What is wrong and how to fix it, for a person to read."))]
pub enum DeadLetterError {
    /// There is no such message, or none any more.
    NotFound(NotFound),
    /// Its consumer has got it again.
    AlreadyReplayed(AlreadyReplayed),
}

/// Its consumer has got it again, so it is not given up any more.
#[derive(SimpleObject)]
pub struct AlreadyReplayed {
    /// What is wrong and how to fix it, for a person to read.
    pub message: String,
    /// When that was.
    pub replayed_at: OffsetDateTime,
    /// Who did it, as in `AuditEntry.actor`.
    pub replayed_by: String,
}

/// The problems of a use case as the errors of a payload; `id` is what was looked for.
pub(crate) fn letter_errors(id: &ID, problems: Vec<LetterProblem>) -> Vec<DeadLetterError> {
    let error = |problem| match problem {
        LetterProblem::NotFound => DeadLetterError::NotFound(NotFound {
            message: "there is no such message: list those there are with `deadLetters`".into(),
            id: id.clone(),
        }),
        LetterProblem::AlreadyReplayed { at, by } => DeadLetterError::AlreadyReplayed(AlreadyReplayed {
            message: "it was replayed before: it comes back under the same id if its consumer gives it up again".into(),
            replayed_at: at,
            replayed_by: by,
        }),
    };
    problems.into_iter().map(error).collect()
}
