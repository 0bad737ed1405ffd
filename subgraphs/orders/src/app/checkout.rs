use events::orders::{OrderPlaced, ProviderToken, Quantity, ReservationRequested};
use kernel::{Actor, CartId, Failure, OrderId, language_tag};
use messaging::Telling;
use resilience::idempotency::{Claim, key_problem};
use serde::Serialize;
use time::Duration;

use super::{App, CartLine, Order, OrderLine, PricedCart};
use crate::domain::{Entry, Problem, Saga};
use crate::store::{order, order_read};

/// How long inventory may take before the order is given up.
const RESERVATION_DEADLINE: Duration = Duration::minutes(2);

/// A wish to buy what is in a cart.
#[derive(Debug, Clone, Serialize)]
pub struct Checkout {
    /// The cart.
    pub cart: CartId,
    /// The payment provider.
    pub provider: String,
    /// The provider's token for the card.
    pub token: ProviderToken,
    /// Language for what is written to the shopper.
    pub locale: String,
}

impl App {
    /// Makes the cart an order and asks inventory to set its goods aside. The same key with the same wish answers with the same
    /// order, however often it is asked.
    ///
    /// # Errors
    /// [`Problem::Incomplete`], [`Problem::InsufficientStock`], [`Problem::PriceChanged`], [`Problem::NotForSale`],
    /// [`Problem::NoSuchDelivery`], [`Problem::Invalid`], [`Problem::NotFound`], [`Problem::IdempotencyConflict`]; all that
    /// stand in the way at once.
    pub async fn checkout(&self, actor: &Actor, wish: Checkout, key: &str) -> Result<Order, Failure<Problem>> {
        check(&wish, key)?;
        // Guests have no name of their own, but their carts have: two guests may well make up the same key.
        let who = actor.user().map_or(wish.cart.0, |user| user.0);
        let scope = format!("checkout:{who}");
        let now = self.clock.now();
        let mut tx = self.pool.begin().await?;
        let id = OrderId(self.clock.secret());
        match self.keys.claim(&mut tx, (&scope, key), &wish, id.0, now).await? {
            Claim::New => {}
            Claim::Conflict => return Err(Failure::problem(Problem::IdempotencyConflict)),
            Claim::Done(id) => {
                let found = order_read::by_ids(&mut tx, &[id]).await?.pop();
                return found.ok_or_else(|| Failure::problem(Problem::NotFound));
            }
        }
        let opened = self.open(&mut tx, actor, wish.cart, &[]).await?;
        let priced = self.price(&mut tx, opened).await?;
        let mut placed = self.place(id, &priced, wish)?;
        let lines: Vec<OrderLine> = priced.cart.lines.iter().map(order_line).collect();
        let message = "The order was placed; its goods are being set aside.".to_owned();
        placed.number = order::insert(&mut tx, &placed, &lines, &Entry { kind: "PLACED", message }).await?;
        let quantity = |line: &OrderLine| Quantity { variant_id: line.variant_id, quantity: line.quantity.into() };
        let told = vec![
            Telling::new(&OrderPlaced { order: super::tell::snapshot(&placed, &lines) })?,
            Telling::new(&ReservationRequested { order_id: id, lines: lines.iter().map(quantity).collect() })?,
        ];
        self.outbox.put_all(&mut tx, &*self.clock, told).await?;
        tx.commit().await?;
        Ok(placed)
    }

    /// The order that the cart becomes. It has no number yet.
    fn place(&self, id: OrderId, priced: &PricedCart, wish: Checkout) -> Result<Order, Failure<Problem>> {
        let cart = &priced.cart;
        let mut problems: Vec<Problem> = cart.lines.iter().filter_map(obstacle).collect();
        let mut missing = |field, message| problems.push(Problem::Incomplete { field, message });
        if cart.lines.is_empty() {
            missing("lines", "the cart is empty: put something into it with cartLinesAdd");
        }
        if cart.email.is_none() {
            missing("email", "say where to reach the buyer with cartBuyerUpdate");
        }
        if cart.address.is_none() {
            missing("shippingAddress", "say where the goods go with cartBuyerUpdate");
        }
        if cart.delivery.is_none() {
            missing("delivery", "choose one of cart.availableDeliveries with cartDeliverySelect");
        } else if !priced.deliveries.iter().any(|delivery| Some(&delivery.code) == cart.delivery.as_ref()) {
            problems.push(Problem::NoSuchDelivery);
        }
        let now = self.clock.now();
        match (&cart.email, &cart.address, &cart.delivery) {
            (Some(email), Some(address), Some(delivery)) if problems.is_empty() => Ok(Order {
                id,
                number: String::new(),
                cart_id: cart.id,
                user_id: cart.user_id,
                email: email.clone(),
                locale: language_tag(&wish.locale).unwrap_or(wish.locale),
                currency: cart.currency,
                totals: priced.totals,
                address: address.clone(),
                delivery: delivery.clone(),
                provider: wish.provider,
                token: Some(wish.token),
                placed_at: now,
                version: 1,
                saga: Saga::PLACED,
                refunded: 0,
                reason: None,
                action_url: None,
                deadline_at: Some(now + RESERVATION_DEADLINE),
            }),
            _ => Err(Failure::Problems(problems)),
        }
    }
}

fn check(wish: &Checkout, key: &str) -> Result<(), Failure<Problem>> {
    let mut problems = Vec::new();
    let plain = |text: &str, max: usize| !text.is_empty() && text.len() <= max && !text.chars().any(char::is_control);
    problems.extend(key_problem(key).map(|message| Problem::invalid("idempotencyKey", message)));
    if !plain(&wish.provider, 32) {
        problems.push(Problem::invalid("payment.provider", "name one of paymentProviders"));
    }
    if !plain(&wish.token.0, 255) {
        problems.push(Problem::invalid(
            "payment.token",
            "pass the token that the provider gave for the card, at most 255 characters",
        ));
    }
    if language_tag(&wish.locale).is_none() {
        problems.push(Problem::invalid("locale", "use a language tag such as en or pt-BR"));
    }
    if problems.is_empty() { Ok(()) } else { Err(Failure::Problems(problems)) }
}

/// Why the line cannot be bought as it is.
pub(super) fn obstacle(line: &CartLine) -> Option<Problem> {
    let variant = line.variant_id;
    match (line.price, line.available) {
        (None, _) => Some(Problem::NotForSale(variant)),
        (Some(now), _) if now != line.seen => Some(Problem::PriceChanged { variant, before: line.seen, now }),
        (_, Some(available)) if available < i64::from(line.quantity) => {
            Some(Problem::InsufficientStock { variant, available })
        }
        _ => None,
    }
}

impl PricedCart {
    /// What stands in the way of buying it, line by line.
    pub fn obstacles(&self) -> Vec<Problem> {
        self.cart.lines.iter().filter_map(obstacle).collect()
    }
}

fn order_line(line: &CartLine) -> OrderLine {
    let total = line.seen.minor.saturating_mul(line.quantity.into());
    OrderLine {
        variant_id: line.variant_id,
        product_id: line.product_id,
        sku: line.sku.clone(),
        title: line.title.clone(),
        variant_title: line.variant_title.clone(),
        image_url: line.image_url.clone(),
        quantity: line.quantity,
        unit: line.seen,
        total: kernel::Money { minor: total, currency: line.seen.currency },
    }
}
