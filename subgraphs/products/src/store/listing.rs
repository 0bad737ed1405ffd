use kernel::instant;
use sqlx::{PgConnection, Postgres, QueryBuilder};

use super::read::{ProductRow, corrupt};
use crate::app::{Filter, Listed, Place, Sort};

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    product: ProductRow,
    lowest: Option<i64>,
}

/// Products that shoppers can see, after the place, in order; one more than a page tells whether there is a next one.
pub(crate) async fn page(
    conn: &mut PgConnection,
    filter: &Filter,
    sort: Sort,
    after: Option<&Place>,
    limit: i64,
) -> sqlx::Result<Vec<Listed>> {
    let mut sql = QueryBuilder::new("");
    // A page of each category below, by its index, and of these the first: taking the newest of all products until enough are
    // in the category would read the whole catalogue for a small one.
    let each = filter.category.as_ref().filter(|_| sort == Sort::Newest);
    if let Some(slug) = each {
        below(sql.push("select found.* from ("), slug);
        sql.push(") c cross join lateral (");
    }
    sql.push(
        "select p.id, p.slug, p.title, p.description_html, p.vendor, p.category_id, p.tags, p.option_names, p.status, \
         p.version, p.published_at, ",
    );
    sql.push(if by_price(filter, sort) { "r.lowest" } else { "null::bigint as lowest" });
    conditions(&mut sql, filter, sort);
    if each.is_some() {
        sql.push(" and p.category_id = c.id");
    } else {
        in_category(&mut sql, filter);
    }
    if let Some(place) = after {
        let (columns, comparison) = match sort {
            Sort::Newest => ("p.published_at, p.id", " < "),
            Sort::Title => ("p.title, p.id", " > "),
            // The id of the price range, not of the product it equals: so both columns are the index's.
            Sort::PriceLow => ("r.lowest, r.product_id", " > "),
            Sort::PriceHigh => ("r.lowest, r.product_id", " < "),
        };
        sql.push(format!(" and ({columns}){comparison}("));
        match sort {
            Sort::Newest => sql.push_bind(place.time()),
            Sort::Title => sql.push_bind(place.value.clone()),
            Sort::PriceLow | Sort::PriceHigh => sql.push_bind(place.value.parse::<i64>().map_err(corrupt)?),
        };
        sql.push(", ").push_bind(place.id).push(")");
    }
    sql.push(match sort {
        Sort::Newest => " order by p.published_at desc, p.id desc",
        Sort::Title => " order by p.title, p.id",
        Sort::PriceLow => " order by r.lowest, r.product_id",
        Sort::PriceHigh => " order by r.lowest desc, r.product_id desc",
    });
    sql.push(" limit ").push_bind(limit);
    if each.is_some() {
        sql.push(") found order by found.published_at desc, found.id desc limit ").push_bind(limit);
    }
    let rows: Vec<Row> = sql.build_query_as().fetch_all(conn).await?;
    rows.into_iter().map(|row| listed(row, sort)).collect()
}

/// How many products the filter leaves.
pub(crate) async fn count(conn: &mut PgConnection, filter: &Filter) -> sqlx::Result<i64> {
    let mut sql = QueryBuilder::new("select count(*)");
    conditions(&mut sql, filter, Sort::Newest);
    in_category(&mut sql, filter);
    sql.build_query_scalar().fetch_one(conn).await
}

fn by_price(filter: &Filter, sort: Sort) -> bool {
    matches!(sort, Sort::PriceLow | Sort::PriceHigh) || filter.price_min.is_some() || filter.price_max.is_some()
}

/// The category and those below it.
fn below(sql: &mut QueryBuilder<Postgres>, slug: &str) {
    sql.push(
        "select c.id from products.category c join products.category top \
         on c.path[1:cardinality(top.path)] = top.path where top.slug = ",
    );
    sql.push_bind(slug.to_owned());
}

fn in_category(sql: &mut QueryBuilder<Postgres>, filter: &Filter) {
    if let Some(slug) = &filter.category {
        below(sql.push(" and p.category_id in ("), slug);
        sql.push(")");
    }
}

fn conditions(sql: &mut QueryBuilder<Postgres>, filter: &Filter, sort: Sort) {
    sql.push(" from products.product p");
    if by_price(filter, sort) {
        sql.push(" join products.price_range r on r.product_id = p.id and r.currency = ")
            .push_bind(filter.currency.code().to_owned());
    }
    sql.push(" where p.status = 'ACTIVE'");
    if let Some(vendor) = &filter.vendor {
        sql.push(" and p.vendor = ").push_bind(vendor.clone());
    }
    if let Some(tag) = &filter.tag {
        sql.push(" and p.tags @> ").push_bind(vec![tag.clone()]);
    }
    if let Some(minor) = filter.price_min {
        sql.push(" and r.lowest >= ").push_bind(minor);
    }
    if let Some(minor) = filter.price_max {
        sql.push(" and r.lowest <= ").push_bind(minor);
    }
}

fn listed(row: Row, sort: Sort) -> sqlx::Result<Listed> {
    let value = match sort {
        Sort::Newest => row.product.published_at.map(|at| instant::micros(at).to_string()).unwrap_or_default(),
        Sort::Title => row.product.title.clone(),
        Sort::PriceLow | Sort::PriceHigh => row.lowest.unwrap_or_default().to_string(),
    };
    let place = Place { value, id: row.product.id };
    Ok(Listed { product: row.product.try_into()?, place })
}
