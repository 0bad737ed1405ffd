use async_trait::async_trait;
use kernel::{Fault, instant};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::OpenSearchOrders;
use super::held::Held;
use crate::app::{Change, Follows, FoundOrder, IndexedOrder, OrderFilter, OrderIndex, OrderPlace};

impl Held for IndexedOrder {
    const NAME: &'static str = "orders";
    const TARGET: &'static str = "opensearch-orders";
    const VERSION: u32 = 1;

    /// Nothing in an order is a text of several words.
    fn analysis() -> Value {
        json!({})
    }

    fn fields() -> Value {
        json!({
            // Sorts as PostgreSQL sorts ids.
            "id": { "type": "keyword" },
            "number": { "type": "keyword" },
            "email": { "type": "keyword" },
            "status": { "type": "keyword" },
            // Microseconds, as exact as the database has them: pages continue after them.
            "placed_at": { "type": "long" },
        })
    }

    fn document(change: &Change<Self>) -> Value {
        let Some(order) = &change.document else { return json!({}) };
        json!({
            "id": change.id,
            "number": order.number,
            "email": order.email,
            "status": order.status,
            "placed_at": instant::micros(order.placed_at),
        })
    }
}

/// What the filter leaves. The note of how far the index has come was placed at no time.
fn query(filter: &OrderFilter) -> Value {
    let mut all = vec![json!({ "exists": { "field": "placed_at" } })];
    if !filter.text.is_empty() {
        let begins = [
            json!({ "prefix": { "number": { "value": filter.text.to_uppercase() } } }),
            json!({ "prefix": { "email": { "value": filter.text.to_lowercase() } } }),
        ];
        all.push(json!({ "bool": { "should": begins, "minimum_should_match": 1 } }));
    }
    if let Some(status) = &filter.status {
        all.push(json!({ "term": { "status": { "value": status } } }));
    }
    if let Some(from) = filter.placed_from {
        all.push(json!({ "range": { "placed_at": { "gte": instant::micros(from) } } }));
    }
    if let Some(before) = filter.placed_before {
        all.push(json!({ "range": { "placed_at": { "lt": instant::micros(before) } } }));
    }
    json!({ "bool": { "filter": all } })
}

/// The question for a page. An order is its place in the list: nothing else of it need be read.
fn question(filter: &OrderFilter, after: Option<OrderPlace>, limit: usize) -> Value {
    let mut question = json!({
        "query": query(filter),
        "sort": [{ "placed_at": "desc" }, { "id": "desc" }],
        "size": limit,
        "track_total_hits": false,
        "_source": false,
    });
    if let Some(place) = after {
        question["search_after"] = json!([instant::micros(place.placed_at), place.order_id]);
    }
    question
}

/// Reads the answer to the question.
fn orders(mut body: Value) -> Result<Vec<FoundOrder>, Fault> {
    #[derive(Deserialize)]
    struct Hit {
        sort: (i64, Uuid),
    }
    let hits: Vec<Hit> = serde_json::from_value(body["hits"]["hits"].take())?;
    let found = hits.into_iter().map(|Hit { sort: (placed_at, order_id) }| {
        let placed_at = instant::from_micros(placed_at)
            .ok_or_else(|| Fault::internal("the search server tells a time that no order has"))?;
        Ok(FoundOrder { order_id, placed_at })
    });
    found.collect()
}

#[async_trait]
impl OrderIndex for OpenSearchOrders {
    async fn page(
        &self,
        filter: &OrderFilter,
        after: Option<OrderPlace>,
        limit: usize,
    ) -> Result<Vec<FoundOrder>, Fault> {
        self.shared.filled().await?;
        orders(self.shared.found(&question(filter, after, limit)).await?)
    }

    async fn count(&self, filter: &OrderFilter) -> Result<i64, Fault> {
        self.shared.filled().await?;
        let question = json!({ "query": query(filter), "size": 0, "track_total_hits": true });
        let counted = self.shared.found(&question).await?["hits"]["total"]["value"].as_i64();
        counted.ok_or_else(|| Fault::internal("the search server does not tell how many orders there are"))
    }

    fn follows(&self) -> Option<&dyn Follows<IndexedOrder>> {
        Some(self)
    }
}
