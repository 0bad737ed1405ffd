//! Q1: a product by its slug, with everything that its page shows.

use anyhow::{Result, ensure};
use client::Client;
use serde_json::{Value, json};
use sqlx::{PgConnection, Row};

use super::{Question, amount};

const PRODUCT: &str = "query Product($slug: String!) { product(slug: $slug) {
    id slug title descriptionHtml vendor options { name values } media { url alt }
    variants { id title sku optionValues price { amount currencyCode } availability { status quantity } } } }";

/// Products from all over the catalogue, with what the database says about them.
const TRUTH: &str = "
    select p.slug, jsonb_build_object('title', p.title, 'description', p.description_html, 'options', to_jsonb(p.option_names),
        'media', (select jsonb_agg(m.url order by m.position) from products.media m where m.product_id = p.id),
        'variants', (select jsonb_agg(jsonb_build_array(v.id, c.minor, l.available) order by v.position)
            from products.variant v join products.price c on c.variant_id = v.id and c.currency = 'EUR'
            join inventory.level l on l.variant_id = v.id where v.product_id = p.id)) as truth
    from products.product p join products.category k on k.id = p.category_id
    where p.status = 'ACTIVE' and k.slug like 'bench-%' order by md5(p.slug) limit $1";

pub(super) async fn questions(guest: &Client, conn: &mut PgConnection, count: usize) -> Result<Vec<Question>> {
    let rows = sqlx::query(TRUTH).bind(i64::try_from(count)?).fetch_all(conn).await?;
    let question = |row: &sqlx::postgres::PgRow| {
        let (slug, truth): (String, Value) = (row.try_get("slug")?, row.try_get("truth")?);
        let variables = json!({ "slug": slug });
        Ok(Question::new(guest, PRODUCT, variables, Box::new(move |data| judge(&data["product"], &slug, &truth))))
    };
    rows.iter().map(question).collect()
}

fn judge(product: &Value, slug: &str, truth: &Value) -> Result<()> {
    ensure!(product["slug"] == slug, "it is another product than {slug}");
    ensure!(product["title"] == truth["title"], "the title is {}", truth["title"]);
    ensure!(product["descriptionHtml"] == truth["description"], "the description is {}", truth["description"]);
    ensure!(
        all(&product["options"], |option| option["name"].clone()) == truth["options"],
        "options: {}",
        truth["options"]
    );
    ensure!(all(&product["media"], |picture| picture["url"].clone()) == truth["media"], "pictures: {}", truth["media"]);
    let told = all(&product["variants"], |variant| {
        json!([variant["id"], variant["price"]["amount"], variant["availability"]["quantity"]])
    });
    let true_ones =
        all(&truth["variants"], |variant| json!([variant[0], amount(variant[1].as_i64().unwrap_or(-1)), variant[2]]));
    ensure!(told == true_ones, "the variants are {true_ones}");
    Ok(())
}

fn all(list: &Value, part: impl Fn(&Value) -> Value) -> Value {
    list.as_array().into_iter().flatten().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_the_page_is_held_against_the_database() {
        let right = json!({ "slug": "lamp", "title": "Lamp", "descriptionHtml": "<p>x</p>", "options": [{ "name": "Colour" }],
            "media": [{ "url": "/a" }], "variants": [{ "id": "v", "price": { "amount": "12.50" }, "availability": { "quantity": 3 } }] });
        let truth = json!({ "title": "Lamp", "description": "<p>x</p>", "options": ["Colour"], "media": ["/a"], "variants": [["v", 1250, 3]] });
        judge(&right, "lamp", &truth).expect("it is right");
        assert!(judge(&right, "other", &truth).is_err());
        for (path, wrong) in [
            ("/title", json!("Chair")),
            ("/descriptionHtml", json!("")),
            ("/options", json!([])),
            ("/media/0/url", json!("/b")),
            ("/variants", json!([])),
            ("/variants/0/price/amount", json!("12.5")),
            ("/variants/0/availability/quantity", json!(2)),
        ] {
            let mut answer = right.clone();
            *answer.pointer_mut(path).expect("it is there") = wrong;
            assert!(judge(&answer, "lamp", &truth).is_err(), "{path}");
        }
        assert!(judge(&Value::Null, "lamp", &truth).is_err());
    }
}
