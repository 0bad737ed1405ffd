//! What a client does, in a few words.

use serde_json::{Value, json};

use crate::{Platform, eventually};

const ORDER: &str =
    "query($id: ID!) { order(id: $id) { id number status paymentStatus stockStatus reason total { amount }
    timeline { kind } payments { status amount { amount } } lines { variant { availability { quantity } } } } }";
const ADDRESS: &str = "mutation($cart: ID!, $email: String!) { cartBuyerUpdate(input: { cartId: $cart, email: $email, shippingAddress: {
    name: \"Ada\", line1: \"Quay 1\", city: \"Berlin\", postalCode: \"10115\", country: \"DE\" } }) { errors { message } } }";

/// A variant that can be bought.
#[derive(Debug, Clone)]
pub struct Offer {
    /// Its id.
    pub id: String,
    /// Units that are left.
    pub left: i64,
}

impl Platform {
    /// Asks, with the token if there is one, and answers with the whole answer.
    ///
    /// # Panics
    /// When the answer is no JSON.
    pub async fn query_as(&self, token: Option<&str>, query: &str, variables: Value) -> Value {
        let url = format!("{}/graphql", self.address);
        let mut request = self.client.post(url).json(&json!({ "query": query, "variables": variables }));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        request.send().await.expect("an answer").json().await.expect("JSON")
    }

    /// Asks and answers with `data`.
    ///
    /// # Panics
    /// When there are errors.
    pub async fn ask(&self, token: Option<&str>, query: &str, variables: Value) -> Value {
        let mut answer = self.query_as(token, query, variables).await;
        assert!(answer.get("errors").is_none(), "{query}: {answer}");
        answer["data"].take()
    }

    /// Follows a subscription over SSE up to the answer that is the last one wanted; the `data` of every answer.
    ///
    /// # Panics
    /// When there are errors, or the stream ends before that.
    pub async fn follow(
        &self,
        token: Option<&str>,
        query: &str,
        variables: Value,
        last: impl Fn(&Value) -> bool,
    ) -> Vec<Value> {
        let request = self.client.post(format!("{}/graphql", self.address)).header("accept", "text/event-stream");
        let mut request = request.json(&json!({ "query": query, "variables": variables }));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let mut response = request.send().await.expect("an answer");
        let (mut buffer, mut answers) = (Vec::new(), Vec::new());
        while let Some(chunk) = response.chunk().await.expect("an open stream") {
            buffer.extend(chunk.iter().copied().filter(|byte| *byte != b'\r'));
            while let Some(end) = buffer.windows(2).position(|pair| pair == b"\n\n") {
                let event: Vec<u8> = buffer.drain(..end + 2).collect();
                let event = String::from_utf8_lossy(&event);
                let Some(data) = event.lines().find_map(|line| line.strip_prefix("data:")) else { continue };
                let Ok(mut answer) = serde_json::from_str::<Value>(data.trim()) else { continue };
                assert!(answer.get("errors").is_none(), "{answer}");
                answers.push(answer["data"].take());
                if answers.last().is_some_and(&last) {
                    return answers;
                }
            }
        }
        panic!("the stream ended after {answers:?}");
    }

    /// Signs a demo account in; its access token.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn sign_in(&self, email: &str) -> String {
        let query =
            "mutation($email: String!) { sessionCreate(input: { email: $email, password: \"demo-of-techcorp\" }) {
            accessToken errors { message } } }";
        let data = self.ask(None, query, json!({ "email": email })).await;
        data["sessionCreate"]["accessToken"].as_str().unwrap_or_else(|| panic!("{data}")).to_owned()
    }

    /// The first variant of the product.
    ///
    /// # Panics
    /// When there is none.
    pub async fn offer(&self, slug: &str) -> Offer {
        let query = "query($slug: String!) { product(slug: $slug) { variants { id availability { quantity } } } }";
        eventually("the stock of a product is known", async || {
            let data = self.ask(None, query, json!({ "slug": slug })).await;
            let variant = &data["product"]["variants"][0];
            let (id, left) = (variant["id"].as_str()?.to_owned(), variant["availability"]["quantity"].as_i64()?);
            (left > 0).then_some(Offer { id, left })
        })
        .await
    }

    /// A cart of one unit that is ready for checkout; its id. Waits until the shop has heard of the variant.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn cart(&self, token: Option<&str>, variant: &str) -> String {
        let create = "mutation($lines: [CartLineInput!]!) { cartCreate(input: { lines: $lines }) { cart { id } errors { message } } }";
        let lines = json!({ "lines": [{ "variantId": variant, "quantity": 1 }] });
        let cart = eventually("a cart takes the variant", async || {
            let data = self.ask(token, create, lines.clone()).await;
            data["cartCreate"]["cart"]["id"].as_str().map(str::to_owned)
        })
        .await;
        self.ask(token, ADDRESS, json!({ "cart": cart, "email": "ada@example.org" })).await;
        let delivery = "mutation($cart: ID!) { cartDeliverySelect(input: { cartId: $cart, delivery: \"standard\" }) { errors { message } } }";
        self.ask(token, delivery, json!({ "cart": cart })).await;
        cart
    }

    /// Checks out with a card of the sandbox; the payload.
    pub async fn checkout(&self, token: Option<&str>, cart: &str, card: &str) -> Value {
        let query = "mutation($cart: ID!, $key: String!, $card: String!) { checkoutComplete(input: { cartId: $cart, idempotencyKey: $key,
            payment: { provider: \"sandbox\", token: $card } }) { order { id status } errors { __typename message } } }";
        self.ask(token, query, json!({ "cart": cart, "key": cart, "card": card })).await["checkoutComplete"].take()
    }

    /// Buys one unit; the order's id.
    ///
    /// # Panics
    /// When the checkout is refused.
    pub async fn buy(&self, token: Option<&str>, variant: &str, card: &str) -> String {
        let cart = self.cart(token, variant).await;
        let placed = self.checkout(token, &cart, card).await;
        placed["order"]["id"].as_str().unwrap_or_else(|| panic!("{placed}")).to_owned()
    }

    /// The order as it is now.
    pub async fn order(&self, token: Option<&str>, id: &str) -> Value {
        self.ask(token, ORDER, json!({ "id": id })).await["order"].take()
    }

    /// The order once it is as wanted.
    ///
    /// # Panics
    /// When it does not become so in time.
    pub async fn order_when(&self, token: Option<&str>, id: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        eventually("an order comes to its end", async || {
            let order = self.order(token, id).await;
            wanted(&order).then_some(order)
        })
        .await
    }
}
