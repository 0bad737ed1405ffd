//! What a template can say: the names it may use.

use serde::Serialize;

use super::TemplateName;

/// The values for one message, already in the language of its template.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Context {
    /// About an account.
    Account {
        /// How its owner wants to be called; may be empty.
        name: String,
        /// When it happened.
        at: String,
    },
    /// About an order.
    Order {
        /// The order.
        order: OrderFacts,
    },
    /// About the stock of a variant.
    Stock {
        /// The variant's id.
        variant_id: String,
        /// Units that can be sold.
        available: i64,
        /// Units at which the staff wants to know.
        threshold: i64,
    },
}

/// An order as a template shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OrderFacts {
    /// What people call it.
    pub number: String,
    /// Why it is in its status, where there is something to say.
    pub reason: Option<String>,
    /// The day it was placed.
    pub placed_on: String,
    /// What was ordered.
    pub lines: Vec<LineFacts>,
    /// Sum of the lines.
    pub subtotal: String,
    /// Delivery.
    pub shipping: String,
    /// Tax.
    pub tax: String,
    /// What is charged.
    pub total: String,
    /// Where it goes, line by line.
    pub address: Vec<String>,
}

/// A line of an order as a template shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LineFacts {
    /// The product's title.
    pub title: String,
    /// The chosen options; may be empty.
    pub variant_title: String,
    /// Units.
    pub quantity: i64,
    /// Price of one unit.
    pub unit_price: String,
    /// Price of all units.
    pub total: String,
}

impl Context {
    /// Values that could be real, to try a template with. Optional ones are there, or are not.
    pub fn example(of: TemplateName, full: bool) -> Self {
        let text = |text: &str| if full { text.to_owned() } else { String::new() };
        match of {
            TemplateName::AccountWelcome | TemplateName::PasswordChanged => {
                Self::Account { name: text("Ada Lovelace"), at: "2026-01-31 12:00 UTC".into() }
            }
            TemplateName::StockLow => {
                Self::Stock { variant_id: "0190a5a0-0000-7000-8000-000000000000".into(), available: 3, threshold: 5 }
            }
            TemplateName::OrderConfirmed
            | TemplateName::OrderRejected
            | TemplateName::OrderCancelled
            | TemplateName::OrderShipped
            | TemplateName::OrderDelivered => {
                let line = LineFacts {
                    title: "Oak Desk Lamp".into(),
                    variant_title: text("Natural / Large"),
                    quantity: 2,
                    unit_price: "49.00 EUR".into(),
                    total: "98.00 EUR".into(),
                };
                let order = OrderFacts {
                    number: "TC-100042".into(),
                    reason: full.then(|| "the card was declined".into()),
                    placed_on: "2026-01-31".into(),
                    lines: vec![line],
                    subtotal: "98.00 EUR".into(),
                    shipping: "4.90 EUR".into(),
                    tax: "16.43 EUR".into(),
                    total: "102.90 EUR".into(),
                    address: ["Ada Lovelace", "Quay 1", "4050 Porto", "PT"].map(str::to_owned).to_vec(),
                };
                Self::Order { order }
            }
        }
    }
}
