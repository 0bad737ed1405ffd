use sqlx::PgConnection;

use super::{corrupt, prefix};
use crate::app::Document;
use crate::domain::Filter;

/// Products for sale with all words of the text, the best first; all, the latest first, when it is empty. Each comes with how
/// well it matches. Whatever the text is, it is no syntax.
pub(crate) async fn matching(
    conn: &mut PgConnection,
    text: &str,
    filter: &Filter,
    limit: i64,
) -> sqlx::Result<Vec<(f32, Document)>> {
    let rows = sqlx::query!(
        r#"select d.product_id, d.snapshot as "snapshot!", d.listed_at, d.change_seq,
             case when $1 = '' then 0 else ts_rank(d.words, plainto_tsquery('english', $1)) end as "rank!",
             exists (select from jsonb_array_elements(d.snapshot -> 'variants') v
                     join search.stock_level s on s.variant_id = (v ->> 'variant_id')::uuid
                     where s.available > 0) as "in_stock!"
           from search.product_document d
           where not d.deleted and ($1 = '' or d.words @@ plainto_tsquery('english', $1))
             and ($2::text is null or d.snapshot ->> 'vendor' = $2)
             and ($3::text is null or d.snapshot -> 'category_path' ? $3)
             and ($4::text is null or d.snapshot -> 'tags' ? $4)
           order by 5 desc, d.listed_at desc limit $5"#,
        text,
        filter.vendor,
        filter.category,
        filter.tag,
        limit
    );
    let rows = rows.fetch_all(conn).await?.into_iter().map(|row| {
        let document = Document {
            product_id: row.product_id.into(),
            snapshot: Some(serde_json::from_value(row.snapshot).map_err(corrupt)?),
            listed_at: row.listed_at,
            in_stock: row.in_stock,
            seq: row.change_seq,
        };
        Ok((row.rank, document))
    });
    rows.collect()
}

/// Titles of products for sale that begin with the text, which is in lower case.
pub(crate) async fn titles(conn: &mut PgConnection, text: &str, limit: i64) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"select distinct snapshot ->> 'title' as "title!" from search.product_document
           where not deleted and lower(snapshot ->> 'title') like $1 order by 1 limit $2"#,
        prefix(text),
        limit
    )
    .fetch_all(conn)
    .await
}
