//! Q4: what a signed-in shopper sees of the last ten orders.

use anyhow::{Context, Result, ensure};
use client::Client;
use serde_json::{Value, json};
use sqlx::{PgConnection, Row};

use super::{PASSWORD, Question, amount};

const ORDERS: &str = "query History { viewer { orders(first: 10) { edges { node { id number status placedAt total { amount currencyCode }
    lines { title variantTitle sku quantity unitPrice { amount } total { amount } imageUrl } } } } } }";
/// Different shoppers.
const SHOPPERS: i64 = 48;

/// Shoppers with their last orders: number, total, lines as title, units and total.
const TRUTH: &str = "
    select a.email, (select jsonb_agg(jsonb_build_array(o.number, o.total, o.lines)) from (
        select o.number, o.total, (select jsonb_agg(jsonb_build_array(l.title, l.quantity, l.total_minor) order by l.position)
            from orders.order_line l where l.order_id = o.id) as lines
        from orders.customer_order o where o.user_id = a.id order by o.placed_at desc, o.id desc limit 10) as o) as truth
    from auth.account a where a.email like 'shopper-%@bench.example.com' and exists (select from orders.customer_order o where o.user_id = a.id)
    order by md5(a.email) limit $1";

pub(super) async fn questions(guest: &Client, conn: &mut PgConnection) -> Result<Vec<Question>> {
    let mut questions = Vec::new();
    for row in sqlx::query(TRUTH).bind(SHOPPERS).fetch_all(conn).await? {
        let (email, truth): (String, Value) = (row.try_get("email")?, row.try_get("truth")?);
        let shopper = guest.signed_in(&email, PASSWORD).await?;
        let truth = Box::new(move |data: &Value| judge(&data["viewer"]["orders"], &truth));
        questions.push(Question::new(&shopper, ORDERS, json!({}), truth));
    }
    Ok(questions)
}

fn judge(orders: &Value, truth: &Value) -> Result<()> {
    let edges = orders["edges"].as_array().context("no orders")?;
    let told: Value = edges.iter().map(|edge| order(&edge["node"])).collect();
    let truth: Value = truth.as_array().into_iter().flatten().map(true_order).collect();
    ensure!(told == truth, "the orders are {truth}");
    Ok(())
}

fn order(node: &Value) -> Value {
    let lines = node["lines"].as_array().into_iter().flatten();
    let lines: Value = lines.map(|line| json!([line["title"], line["quantity"], line["total"]["amount"]])).collect();
    json!([node["number"], node["total"]["amount"], lines])
}

fn true_order(row: &Value) -> Value {
    let minor = |value: &Value| amount(value.as_i64().unwrap_or(-1));
    let lines = row[2].as_array().into_iter().flatten();
    let lines: Value = lines.map(|line| json!([line[0], line[1], minor(&line[2])])).collect();
    json!([row[0], minor(&row[1]), lines])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_right_with_their_lines_and_amounts() {
        let line = json!({ "title": "Lamp", "quantity": 2, "total": { "amount": "20.00" } });
        let node = json!({ "number": "TC-1", "total": { "amount": "24.90" }, "lines": [line] });
        let truth = json!([["TC-1", 2490, [["Lamp", 2, 2000]]]]);
        judge(&json!({ "edges": [{ "node": node }] }), &truth).expect("it is right");
        assert!(judge(&json!({ "edges": [] }), &truth).is_err(), "one is missing");
        assert!(judge(&Value::Null, &truth).is_err());
        for (path, wrong) in [
            ("/number", json!("TC-2")),
            ("/total/amount", json!("24.91")),
            ("/lines/0/quantity", json!(1)),
            ("/lines", json!([])),
        ] {
            let mut node = node.clone();
            *node.pointer_mut(path).expect("it is there") = wrong;
            assert!(judge(&json!({ "edges": [{ "node": node }] }), &truth).is_err(), "{path}");
        }
    }
}
