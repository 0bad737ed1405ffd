use std::time::{Duration, Instant};

use chassis::StartError;
use serde_json::{Value, json};
use tokio::time::sleep;

use super::Card;
use super::graph::{Graph, broken};
use crate::accounts::{ACCOUNTS, PASSWORD};
use crate::banner;

const SEARCH: &str = "query($text: String!) { productSearch(query: $text, first: 20) { totalCount
    edges { node { title slug variants { id title price { amount currencyCode } availability { quantity } } } } } }";
const SIGN_IN: &str =
    "mutation($input: SessionCreateInput!) { sessionCreate(input: $input) { accessToken errors { message } } }";
const CART: &str = "mutation($input: CartCreateInput!) { cartCreate(input: $input) { cart { id total { amount currencyCode } } errors { message } } }";
const BUYER: &str = "mutation($input: CartBuyerUpdateInput!) { cartBuyerUpdate(input: $input) { cart { availableDeliveries { code name price { amount } } } errors { message } } }";
const DELIVERY: &str = "mutation($input: CartDeliverySelectInput!) { cartDeliverySelect(input: $input) { cart { total { amount currencyCode } } errors { message } } }";
const CHECKOUT: &str = "mutation($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) { order { id number status } errors { message } } }";
const FOLLOW: &str = "subscription($id: ID!) { orderStatusChanged(orderId: $id) { status paymentStatus stockStatus reason paymentActionUrl } }";
const CONFIRM: &str = "mutation($input: PaymentActionCompleteInput!) { paymentActionComplete(input: $input) { payment { status } errors { message } } }";
const AFTER: &str = "query($id: ID!) { order(id: $id) { status stockStatus timeline { at kind message }
    messages { subject status } lines { variant { availability { quantity } } } } }";

/// How an order ended.
pub(super) struct End {
    pub(super) number: String,
    pub(super) status: String,
    /// From sending the checkout to hearing of the end.
    pub(super) milliseconds: u128,
}

/// Says what was done and how long it took.
struct Steps(Instant);

impl Steps {
    fn done(&mut self, what: &str) {
        banner::step(&format!("{:>6.1} ms  {what}", self.0.elapsed().as_secs_f64() * 1000.0));
        self.0 = Instant::now();
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

pub(super) async fn walk(graph: &Graph, card: Card) -> Result<End, StartError> {
    let mut steps = Steps(Instant::now());
    let (email, name, _) = ACCOUNTS[0];
    let session = graph.change(None, SIGN_IN, json!({ "email": email, "password": PASSWORD })).await?;
    let token = Some(text(&session["accessToken"]));
    steps.done(&format!("signed in as {email}"));

    let found = graph.ask(token, SEARCH, json!({ "text": "lamp" })).await?;
    let hits = &found["productSearch"];
    steps.done(&format!("searched for \"lamp\": {} products", hits["totalCount"]));
    let (title, variant) =
        in_stock(hits).ok_or_else(|| broken("no lamp is in stock: `make reset` brings them back"))?;
    let price = &variant["price"];
    let before = variant["availability"]["quantity"].as_i64().unwrap_or_default();
    steps.done(&format!(
        "looked at {title}, {} {}, {before} left",
        text(&price["amount"]),
        text(&price["currencyCode"])
    ));

    let lines = json!([{ "variantId": variant["id"], "quantity": 1 }]);
    let made = graph.change(token, CART, json!({ "lines": lines })).await?;
    let cart = &made["cart"]["id"];
    steps.done("put it into a cart");
    let address = json!({ "name": name, "line1": "Unter den Linden 1", "city": "Berlin", "postalCode": "10117", "country": "DE" });
    let buyer = json!({ "cartId": cart, "email": email, "shippingAddress": address });
    let deliveries = graph.change(token, BUYER, buyer).await?;
    steps.done("said where it goes");
    let delivery = &deliveries["cart"]["availableDeliveries"][0];
    let chosen = graph.change(token, DELIVERY, json!({ "cartId": cart, "delivery": delivery["code"] })).await?;
    let total = &chosen["cart"]["total"];
    steps.done(&format!(
        "chose {}; total {} {}",
        text(&delivery["name"]),
        text(&total["amount"]),
        text(&total["currencyCode"])
    ));

    let asked = Instant::now();
    let payment = json!({ "provider": "sandbox", "token": card.token() });
    let wish = json!({ "cartId": cart, "payment": payment, "idempotencyKey": cart });
    let placed = graph.change(token, CHECKOUT, wish).await?;
    let (id, number) = (placed["order"]["id"].clone(), text(&placed["order"]["number"]).to_owned());
    steps.done(&format!("checked out with {}: order {number}", card.token()));
    let status = follow(graph, token, &id, &mut steps).await?;
    let milliseconds = asked.elapsed().as_millis();

    let after = settled(graph, token, &id, card, before).await?;
    for message in after["messages"].as_array().into_iter().flatten() {
        steps.done(&format!("message: {} ({})", text(&message["subject"]), text(&message["status"])));
    }
    for entry in after["timeline"].as_array().into_iter().flatten() {
        banner::step(&format!(
            "           {}  {:<24} {}",
            text(&entry["at"]),
            text(&entry["kind"]),
            text(&entry["message"])
        ));
    }
    Ok(End { number, status, milliseconds })
}

/// The first variant that can be bought, with its product's title.
fn in_stock(hits: &Value) -> Option<(String, Value)> {
    let products = hits["edges"].as_array()?.iter().map(|edge| &edge["node"]);
    products
        .flat_map(|product| product["variants"].as_array().into_iter().flatten().map(move |variant| (product, variant)))
        .find(|(_, variant)| variant["availability"]["quantity"].as_i64() > Some(1) && variant["price"].is_object())
        .map(|(product, variant)| (text(&product["title"]).to_owned(), variant.clone()))
}

/// Follows the order to its end, and does what a shopper has to do meanwhile.
async fn follow(graph: &Graph, token: Option<&str>, id: &Value, steps: &mut Steps) -> Result<String, StartError> {
    let mut stream = graph.follow(token, FOLLOW, json!({ "id": id })).await?;
    while let Some(change) = stream.next().await? {
        let order = &change["orderStatusChanged"];
        let reason = order["reason"].as_str().map(|reason| format!(": {reason}")).unwrap_or_default();
        steps.done(&format!("order {}, payment {}{reason}", text(&order["status"]), text(&order["paymentStatus"])));
        if order["paymentStatus"] == "ACTION_REQUIRED" && order["status"] == "RESERVED" {
            graph.change(token, CONFIRM, json!({ "orderId": id })).await?;
            steps.done("confirmed the payment at the bank");
        }
        if matches!(text(&order["status"]), "CONFIRMED" | "REJECTED" | "CANCELLED") {
            return Ok(text(&order["status"]).to_owned());
        }
    }
    Err(broken("the gateway ended the subscription"))
}

/// The order once its message is written and its stock has come to rest.
async fn settled(graph: &Graph, token: Option<&str>, id: &Value, card: Card, before: i64) -> Result<Value, StartError> {
    let left = if card == Card::Declined { before } else { before - 1 };
    let give_up = Instant::now() + Duration::from_secs(10);
    loop {
        let order = graph.ask(token, AFTER, json!({ "id": id })).await?["order"].take();
        let told = order["messages"]
            .as_array()
            .is_some_and(|messages| messages.iter().any(|message| message["status"] == "SENT"));
        let rests = order["lines"][0]["variant"]["availability"]["quantity"].as_i64() == Some(left);
        let done = told && rests && matches!(text(&order["stockStatus"]), "COMMITTED" | "RELEASED");
        if done {
            return Ok(order);
        }
        if Instant::now() > give_up {
            return Err(broken(format!("the order does not come to rest: {order}")));
        }
        sleep(Duration::from_millis(25)).await;
    }
}
