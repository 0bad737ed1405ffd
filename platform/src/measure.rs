//! `techcorp measure`: how long an order takes from `checkoutComplete` to CONFIRMED, as a client of the gateway sees it.

use std::process::ExitCode;
use std::time::Instant;

use chassis::StartError;
use client::buying::{self, BUYER, CART, CHECKOUT, DELIVERY};
use serde_json::{Value, json};

use crate::banner;
use crate::demo::graph::{Graph, broken};

const FIND: &str = "{ products(first: 100) { edges { node { variants { id availability { quantity } } } } } }";
const FOLLOW: &str = "subscription($id: ID!) { orderStatusChanged(orderId: $id) { status } }";

/// What to measure.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Address of the gateway.
    #[arg(long, env = "GATEWAY_URL", default_value = "http://127.0.0.1:4000")]
    gateway: String,
    /// How many orders, one after the other.
    #[arg(long, default_value_t = 50)]
    orders: usize,
}

/// Places orders one after the other; the last line is one JSON object with the times in milliseconds.
pub(crate) async fn run(options: &Options) -> Result<ExitCode, StartError> {
    let graph = Graph::new(&options.gateway)?;
    let stock = graph.ask(None, FIND, json!({})).await?;
    let variant = plentiful(&stock, options.orders).ok_or_else(|| {
        broken(format!("no product has {} units left: measure fewer, or `make reset`", options.orders))
    })?;
    let mut times = Vec::new();
    for turn in 1..=options.orders {
        let cart = ready_cart(&graph, &variant).await?;
        times.push(confirm(&graph, &cart).await?);
        if turn % 10 == 0 {
            banner::step(&format!("{turn} of {} orders", options.orders));
        }
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times.get(((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1)));
    let result = json!({ "orders": times.len(), "medianMs": at(0.5), "p95Ms": at(0.95), "slowestMs": times.last() });
    banner::line(&result.to_string());
    Ok(ExitCode::SUCCESS)
}

/// The variant with the most units, if they suffice.
fn plentiful(stock: &Value, orders: usize) -> Option<Value> {
    let products = stock["products"]["edges"].as_array()?.iter().map(|edge| &edge["node"]["variants"]);
    let variants = products.filter_map(Value::as_array).flatten();
    let left = |variant: &Value| variant["availability"]["quantity"].as_u64().unwrap_or_default();
    let most = variants.max_by_key(|variant| left(variant))?;
    (left(most) >= orders as u64).then(|| most["id"].clone())
}

async fn ready_cart(graph: &Graph, variant: &Value) -> Result<Value, StartError> {
    let cart = graph.change(None, CART, buying::one(variant.clone())).await?["cart"]["id"].take();
    graph.change(None, BUYER, buying::buyer(cart.clone())).await?;
    graph.change(None, DELIVERY, buying::delivery(cart.clone())).await?;
    Ok(cart)
}

/// Milliseconds from sending the checkout to hearing that the order is confirmed.
async fn confirm(graph: &Graph, cart: &Value) -> Result<f64, StartError> {
    let started = Instant::now();
    let placed = graph.change(None, CHECKOUT, buying::checkout(cart.clone(), cart.clone())).await?;
    let mut stream = graph.follow(None, FOLLOW, json!({ "id": placed["order"]["id"] })).await?;
    while let Some(change) = stream.next().await? {
        match change["orderStatusChanged"]["status"].as_str() {
            Some("CONFIRMED") => return Ok(started.elapsed().as_secs_f64() * 1000.0),
            Some("REJECTED" | "CANCELLED") => return Err(broken(change)),
            _ => {}
        }
    }
    Err(broken("the gateway ended the subscription"))
}
