//! A shopper who looks around and buys, and tries again what may be tried again.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chassis::StartError;
use client::buying::{self, BUYER, CART, CHECKOUT, DELIVERY};
use kernel::{Clock, SystemClock};
use serde_json::{Value, json};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::answer::{Answer, judge};
use super::board::Board;
use crate::demo::graph::broken;

const SEARCH: &str = "query($text: String!) { productSearch(query: $text, first: 10) { degraded totalCount edges { node { slug title } } } }";
const PRODUCT: &str =
    "query($slug: String!) { product(slug: $slug) { title variants { id availability { quantity } } } }";
const FIND: &str = "{ products(first: 100) { edges { node { slug variants { id availability { quantity } } } } } }";

/// Longer than the gateway's own deadline for a subgraph.
const DEADLINE: Duration = Duration::from_secs(15);
/// Between two things that a shopper does.
const PAUSE: Duration = Duration::from_millis(60);
/// Before what was refused is tried again.
const AGAIN: Duration = Duration::from_millis(300);
const WORDS: [&str; 5] = ["lamp", "chair", "mug", "night light", "cotton"];

/// What there is to buy.
#[derive(Debug, Clone)]
pub(super) struct Offer {
    slug: String,
    variant: Value,
}

/// One or many shoppers: clones share what they know.
#[derive(Debug, Clone)]
pub(super) struct Shopper {
    client: reqwest::Client,
    url: String,
    board: Arc<Board>,
    offers: Arc<Vec<Offer>>,
}

impl Shopper {
    /// Shoppers who know what is for sale: the variants with most units, and one of the fewest, which may well sell out.
    pub(super) async fn new(gateway: &str, board: Arc<Board>) -> Result<Self, StartError> {
        // A connection for each request: a client that keeps them has to send again what it sent into one just being closed.
        let client = reqwest::Client::builder().timeout(DEADLINE).pool_max_idle_per_host(0).build().map_err(broken)?;
        let url = format!("{}/graphql", gateway.trim_end_matches('/'));
        let mut shopper = Self { client, url, board, offers: Arc::default() };
        match shopper.ask(FIND, json!({})).await {
            Answer::Whole(data) => shopper.offers = Arc::new(offers(&data)),
            other => return Err(broken(format!("what is for sale: {other:?}"))),
        }
        if shopper.offers.is_empty() { Err(broken("nothing is for sale")) } else { Ok(shopper) }
    }

    async fn send(&self, query: &str, variables: &Value) -> Answer {
        let request = self.client.post(&self.url).json(&json!({ "query": query, "variables": variables }));
        let answered = async {
            let answer = request.send().await?;
            let status = answer.status().as_u16();
            Ok::<_, reqwest::Error>((status, answer.text().await?))
        };
        match answered.await {
            Ok((status, body)) => judge(status, &body),
            Err(error) if error.is_timeout() => Answer::Failed("no answer in time".to_owned()),
            Err(_) => Answer::Failed("the connection broke".to_owned()),
        }
    }

    /// Asks, and counts the answer.
    pub(super) async fn ask(&self, query: &str, variables: Value) -> Answer {
        let asked = Instant::now();
        let answer = self.send(query, &variables).await;
        self.board.count(&answer, asked.elapsed());
        answer
    }

    /// Asks until there is an answer, or until it is given up.
    async fn insist(&self, query: &str, variables: Value, give_up: &CancellationToken) -> Option<Value> {
        loop {
            match self.ask(query, variables.clone()).await {
                Answer::Whole(data) | Answer::Degraded(data) => return Some(data),
                _ if give_up.is_cancelled() => return None,
                _ => sleep(AGAIN).await,
            }
        }
    }

    /// Looks around and buys until told to stop. A checkout that was sent is sent until it is answered: otherwise nobody knew
    /// whether there is an order.
    pub(super) async fn shop(self, number: usize, stop: CancellationToken, give_up: CancellationToken) {
        let mut turn = number * 7;
        while !stop.is_cancelled() {
            turn += 1;
            let word = WORDS[turn % WORDS.len()];
            self.ask(SEARCH, json!({ "text": word })).await;
            sleep(PAUSE).await;
            let offer = &self.offers[turn % self.offers.len()];
            self.ask(PRODUCT, json!({ "slug": offer.slug })).await;
            sleep(PAUSE).await;
            self.buy(offer, &stop, &give_up).await;
            sleep(PAUSE).await;
        }
    }

    /// Buys one unit: the order's id, unless the shop says no.
    async fn buy(&self, offer: &Offer, stop: &CancellationToken, give_up: &CancellationToken) -> Option<String> {
        let made = self.insist(CART, json!({ "input": buying::one(offer.variant.clone()) }), stop).await?;
        let cart = &made["cartCreate"]["cart"]["id"];
        cart.as_str()?;
        self.insist(BUYER, json!({ "input": buying::buyer(cart.clone()) }), stop).await?;
        self.insist(DELIVERY, json!({ "input": buying::delivery(cart.clone()) }), stop).await?;
        let key = SystemClock.secret().to_string();
        let wish = json!({ "input": buying::checkout(cart.clone(), key.clone()) });
        let placed = self.insist(CHECKOUT, wish.clone(), give_up).await?;
        let order = placed["checkoutComplete"]["order"]["id"].as_str()?.to_owned();
        self.board.accepted(&key, &order);
        // As a client that did not hear the answer: the same key must lead to the same order.
        if let Some(again) = self.insist(CHECKOUT, wish, stop).await
            && let Some(order) = again["checkoutComplete"]["order"]["id"].as_str()
        {
            self.board.accepted(&key, order);
        }
        Some(order)
    }

    /// Buys and waits for the end of the order, and searches until the answer is no substitute.
    pub(super) async fn all_is_well(&self, stop: &CancellationToken) {
        let mut turn = 0;
        while !stop.is_cancelled() {
            let offer = &self.offers[turn % self.offers.len()];
            turn += 1;
            let Some(order) = self.buy(offer, stop, stop).await else { continue };
            while !self.board.is_done(&order) && !stop.is_cancelled() {
                sleep(PAUSE).await;
            }
            break;
        }
        while !stop.is_cancelled() {
            if matches!(self.ask(SEARCH, json!({ "text": "lamp" })).await, Answer::Whole(_)) {
                break;
            }
            sleep(PAUSE).await;
        }
    }

    /// Looks at the accepted orders until told to stop, and notes which have come to their end.
    pub(super) async fn follow(self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            self.look(20).await;
            sleep(AGAIN).await;
        }
    }

    /// One look at some orders that are under way.
    pub(super) async fn look(&self, most: usize) {
        let open = self.board.open(most);
        if open.is_empty() {
            return;
        }
        let fields: Vec<String> = open.iter().enumerate().map(|(index, id)| field(index, id)).collect();
        if let Answer::Whole(data) = self.ask(&format!("{{ {} }}", fields.join(" ")), json!({})).await {
            for (index, id) in open.iter().enumerate() {
                let order = &data[format!("o{index}")];
                if let Some(end) = end(order) {
                    self.board.finished(id, end);
                }
            }
        }
    }
}

fn field(index: usize, id: &str) -> String {
    format!("o{index}: order(id: \"{id}\") {{ status stockStatus }}")
}

/// How the order ended, when it has.
fn end(order: &Value) -> Option<&'static str> {
    match (order["status"].as_str()?, order["stockStatus"].as_str()?) {
        ("CONFIRMED", "COMMITTED") => Some("CONFIRMED"),
        ("REJECTED", _) => Some("REJECTED"),
        ("CANCELLED", "RELEASED" | "REFUSED" | "RETURNING") => Some("CANCELLED"),
        _ => None,
    }
}

/// A dozen variants with most units, and the one with the fewest that still has any.
fn offers(data: &Value) -> Vec<Offer> {
    let mut all: Vec<(u64, Offer)> = Vec::new();
    for product in data["products"]["edges"].as_array().into_iter().flatten().map(|edge| &edge["node"]) {
        for variant in product["variants"].as_array().into_iter().flatten() {
            let left = variant["availability"]["quantity"].as_u64().unwrap_or_default();
            let slug = product["slug"].as_str().unwrap_or_default().to_owned();
            all.extend((left > 0).then(|| (left, Offer { slug, variant: variant["id"].clone() })));
        }
    }
    all.sort_by_key(|(left, _)| std::cmp::Reverse(*left));
    let scarce = all.last().cloned();
    all.truncate(12);
    all.into_iter().chain(scarce).map(|(_, offer)| offer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_has_ended_only_with_its_stock() {
        let told = |status: &str, stock: &str| end(&json!({ "status": status, "stockStatus": stock }));
        assert_eq!(told("CONFIRMED", "COMMITTED"), Some("CONFIRMED"));
        assert_eq!(told("CONFIRMED", "COMMITTING"), None);
        assert_eq!(told("CANCELLED", "RELEASING"), None);
        assert_eq!(told("PENDING", "REQUESTED"), None);
        assert_eq!(end(&Value::Null), None, "an order that the graph does not know has not ended");
    }

    #[test]
    fn what_is_sold_out_is_not_offered_and_the_scarce_is() {
        let variant = |id: &str, left: u64| json!({ "id": id, "availability": { "quantity": left } });
        let many: Vec<Value> = (0..14).map(|n| variant(&format!("v{n}"), 100 + n)).collect();
        let scarce = vec![variant("none", 0), variant("two", 2)];
        let node = |slug: &str, variants: Vec<Value>| json!({ "node": { "slug": slug, "variants": variants } });
        let data = json!({ "products": { "edges": [node("a", many), node("b", scarce)] } });
        let found = offers(&data);
        assert_eq!(found.len(), 13);
        assert_eq!((found[0].variant.as_str(), found[12].variant.as_str()), (Some("v13"), Some("two")));
        assert_eq!(found[12].slug, "b");
    }
}
