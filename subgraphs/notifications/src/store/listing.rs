use sqlx::{PgConnection, Postgres, QueryBuilder};

use super::read::MessageRow;
use crate::app::{Filter, Message, Place};

/// Messages after the place, newest first; one more than a page tells whether there is a next one.
pub(crate) async fn page(
    conn: &mut PgConnection,
    filter: &Filter,
    after: Option<Place>,
    limit: i64,
) -> sqlx::Result<Vec<Message>> {
    let mut sql = QueryBuilder::new(
        "select id, user_id, order_id, variant_id, recipient, channel, category, template, template_version, locale, \
         subject, text, html, status, attempts, next_attempt_at, last_error, receipt, resend_of, created_at, sent_at, \
         read_at, erased_at",
    );
    conditions(&mut sql, filter);
    if let Some(place) = after {
        sql.push(" and (created_at, id) < (").push_bind(place.created_at).push(", ").push_bind(place.id.0).push(")");
    }
    sql.push(" order by created_at desc, id desc limit ").push_bind(limit);
    let rows: Vec<MessageRow> = sql.build_query_as().fetch_all(conn).await?;
    rows.into_iter().map(Message::try_from).collect()
}

/// How many messages the filter leaves.
pub(crate) async fn count(conn: &mut PgConnection, filter: &Filter) -> sqlx::Result<i64> {
    let mut sql = QueryBuilder::new("select count(*)");
    conditions(&mut sql, filter);
    sql.build_query_scalar().fetch_one(conn).await
}

fn conditions(sql: &mut QueryBuilder<Postgres>, filter: &Filter) {
    sql.push(" from notifications.message where true");
    if let Some(status) = filter.status {
        sql.push(" and status = ").push_bind(status.name());
    }
    if let Some(category) = filter.category {
        sql.push(" and category = ").push_bind(category.name());
    }
    if let Some(prefix) = &filter.recipient_prefix {
        sql.push(" and recipient like ").push_bind(beginning(prefix));
    }
    if let Some(user) = filter.inbox_of {
        sql.push(" and channel = 'IN_APP' and status = 'SENT' and user_id = ").push_bind(user.0);
    }
    if filter.staff_inbox {
        sql.push(" and user_id is null and category = 'STOCK'");
    }
    if filter.unread_only {
        sql.push(" and read_at is null");
    }
}

/// A pattern for what begins with the text, whatever characters it has.
fn beginning(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 1);
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_in_a_pattern_is_taken_literally() {
        assert_eq!(beginning(r"a_b%\"), r"a\_b\%\\%");
    }
}
