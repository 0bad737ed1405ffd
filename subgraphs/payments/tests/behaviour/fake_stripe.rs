use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use payments::adapters::{Stripe, StripeOptions};
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

/// Answers as Stripe does, as far as its PaymentIntents are used here.
#[derive(Debug, Clone, Default)]
pub struct FakeStripe(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    intents: HashMap<String, Value>,
    refunded: HashMap<String, i64>,
    /// By idempotency key: what was asked, and the answer.
    answered: HashMap<String, (String, u16, Value)>,
    requests: Vec<(String, HashMap<String, String>)>,
}

type Reply = (u16, Value);

impl FakeStripe {
    /// A server, and the provider that talks to it.
    pub async fn start() -> (Self, MockServer, Stripe) {
        let (server, fake) = (MockServer::start().await, Self::default());
        Mock::given(any()).respond_with(fake.clone()).mount(&server).await;
        let stripe = client(&server.uri());
        (fake, server, stripe)
    }

    pub fn intents(&self) -> usize {
        self.0.lock().unwrap().intents.len()
    }

    /// Path and form of the requests so far.
    pub fn requests(&self) -> Vec<(String, HashMap<String, String>)> {
        self.0.lock().unwrap().requests.clone()
    }
}

/// The provider, talking to the address.
pub fn client(uri: &str) -> Stripe {
    let options = StripeOptions::new("sk_test_1".to_owned(), "whsec_test".to_owned());
    Stripe::new(StripeOptions { api_base: uri.to_owned(), ..options }).unwrap()
}

impl Respond for FakeStripe {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok());
        let (status, body) = if header("authorization") == Some("Bearer sk_test_1") {
            let key = header("idempotency-key").map(str::to_owned);
            self.0.lock().unwrap().answer(request, key)
        } else {
            (401, json!({ "error": { "type": "invalid_request_error", "message": "Invalid API Key provided" } }))
        };
        ResponseTemplate::new(status).set_body_json(body)
    }
}

fn refusal(code: &str) -> Reply {
    (400, json!({ "error": { "type": "invalid_request_error", "code": code, "message": format!("Refused: {code}") } }))
}

impl State {
    fn answer(&mut self, request: &Request, key: Option<String>) -> Reply {
        let path = request.url.path().to_owned();
        let body = String::from_utf8(request.body.clone()).unwrap();
        let form: HashMap<String, String> =
            reqwest::Url::parse(&format!("http://x/?{body}")).unwrap().query_pairs().into_owned().collect();
        self.requests.push((path.clone(), form.clone()));
        let asked = format!("{path}?{body}");
        if request.method.as_str() == "GET" {
            return self.read(&path, &request.url);
        }
        let Some(key) = key else { return refusal("idempotency_key_missing") };
        if let Some((before, status, answer)) = self.answered.get(&key) {
            if *before != asked {
                return (
                    400,
                    json!({ "error": { "type": "idempotency_error", "message": "Keys for idempotent requests can only be used with the same parameters" } }),
                );
            }
            return (*status, answer.clone());
        }
        let (status, answer) = self.write(&path, &form);
        self.answered.insert(key, (asked, status, answer.clone()));
        (status, answer)
    }

    fn read(&self, path: &str, url: &reqwest::Url) -> Reply {
        let id = path.rsplit('/').next().unwrap();
        if id == "search" {
            let query = url.query_pairs().find(|(name, _)| name == "query").unwrap().1.into_owned();
            let matches = |intent: &&Value| {
                query == format!("metadata['payment_id']:'{}'", intent["metadata"]["payment_id"].as_str().unwrap())
            };
            let found: Vec<&Value> = self.intents.values().filter(matches).collect();
            return (200, json!({ "object": "search_result", "data": found, "has_more": false }));
        }
        match self.intents.get(id) {
            Some(intent) => (200, intent.clone()),
            None => (404, json!({ "error": { "type": "invalid_request_error", "code": "resource_missing" } })),
        }
    }

    fn write(&mut self, path: &str, form: &HashMap<String, String>) -> Reply {
        let parts: Vec<&str> = path.trim_start_matches("/v1/").split('/').collect();
        match parts[..] {
            ["payment_intents"] => self.create(form),
            ["payment_intents", id, verb] => self.change(id, verb),
            ["refunds"] => self.refund(form),
            _ => (404, json!({})),
        }
    }

    fn create(&mut self, form: &HashMap<String, String>) -> Reply {
        for (name, value) in
            [("capture_method", "manual"), ("confirm", "true"), ("currency", "eur"), ("payment_method_types[]", "card")]
        {
            assert_eq!(form.get(name).map(String::as_str), Some(value), "{form:?}");
        }
        let token = form.get("payment_method_data[card][token]").or_else(|| form.get("payment_method")).unwrap();
        let id = format!("pi_{}", self.intents.len() + 1);
        let mut intent = json!({
            "id": id, "object": "payment_intent", "amount": form["amount"].parse::<i64>().unwrap(), "currency": "eur",
            "capture_method": "manual", "next_action": null, "last_payment_error": null, "livemode": false,
            "metadata": { "payment_id": form["metadata[payment_id]"], "order_id": form["metadata[order_id]"] },
        });
        let declined = |decline_code: &str, message: &str| json!({ "type": "card_error", "code": "card_declined", "decline_code": decline_code, "message": message });
        match token.as_str() {
            "tok_success" | "pm_card_visa" => intent["status"] = "requires_capture".into(),
            "tok_3ds" => {
                intent["status"] = "requires_action".into();
                intent["next_action"] = json!({ "type": "redirect_to_url", "redirect_to_url": { "url": "https://hooks.stripe.com/3ds", "return_url": form["return_url"] } });
            }
            "tok_webhook" => intent["status"] = "processing".into(),
            "tok_declined" | "tok_insufficient_funds" | "tok_stolen" => {
                let error = match token.as_str() {
                    "tok_declined" => declined("generic_decline", "Your card was declined."),
                    "tok_stolen" => declined("stolen_card", "Your card was declined."),
                    _ => declined("insufficient_funds", "Your card has insufficient funds."),
                };
                intent["status"] = "requires_payment_method".into();
                intent["last_payment_error"] = error.clone();
                self.intents.insert(id, intent);
                return (402, json!({ "error": error }));
            }
            other => {
                return (
                    400,
                    json!({ "error": { "type": "invalid_request_error", "code": "resource_missing",
                    "param": "payment_method_data[card][token]", "message": format!("No such token: '{other}'") } }),
                );
            }
        }
        self.intents.insert(id, intent.clone());
        (200, intent)
    }

    fn change(&mut self, id: &str, verb: &str) -> Reply {
        let Some(intent) = self.intents.get_mut(id) else { return refusal("resource_missing") };
        let status = intent["status"].as_str().unwrap().to_owned();
        match (verb, status.as_str()) {
            ("capture", "requires_capture") => intent["status"] = "succeeded".into(),
            ("cancel", "requires_capture" | "requires_action" | "requires_payment_method" | "processing") => {
                intent["status"] = "canceled".into();
            }
            _ => return refusal("payment_intent_unexpected_state"),
        }
        (200, intent.clone())
    }

    fn refund(&mut self, form: &HashMap<String, String>) -> Reply {
        let (id, amount) = (form["payment_intent"].clone(), form["amount"].parse::<i64>().unwrap());
        let before = self.refunded.get(&id).copied().unwrap_or_default();
        if before + amount > self.intents[&id]["amount"].as_i64().unwrap() {
            return refusal("charge_already_refunded");
        }
        self.refunded.insert(id, before + amount);
        (200, json!({ "id": format!("re_{amount}"), "object": "refund", "amount": amount, "status": "succeeded" }))
    }
}
