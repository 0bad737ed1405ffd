use async_graphql::{ComplexObject, ID, SimpleObject};
use gql::{CurrencyCode, Money, PostalAddress};
use time::OffsetDateTime;

use super::{OrderingError, ProductVariant, ordering_error};
use crate::app;

/// What a shopper is about to buy. A guest's cart belongs to whoever knows its id; it becomes the account's that changes it.
#[derive(SimpleObject)]
#[graphql(complex, serial)]
pub struct Cart {
    /// Identifies the cart; nobody can guess it.
    pub id: ID,
    /// What it is paid in.
    pub currency: CurrencyCode,
    /// Where to reach the shopper.
    pub email: Option<String>,
    /// Where the goods go.
    pub shipping_address: Option<PostalAddress>,
    /// What is in it, oldest first.
    pub lines: Vec<CartLine>,
    /// The deliveries to choose from; they depend on the country and the currency.
    pub available_deliveries: Vec<DeliveryOption>,
    /// The chosen delivery.
    pub delivery: Option<DeliveryOption>,
    /// Sum of the lines.
    pub subtotal: Money,
    /// Price of the delivery; zero until one is chosen.
    pub shipping: Money,
    /// The tax, by the country of the address; zero until there is one.
    pub tax: Money,
    /// Whether the tax is in the prices (true) or comes on top (false).
    pub tax_included: bool,
    /// What will be charged.
    pub total: Money,
    /// When it last changed.
    pub updated_at: OffsetDateTime,
    #[graphql(skip)]
    of: app::PricedCart,
}

/// Some units of a variant in a cart.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct CartLine {
    /// What.
    pub variant: ProductVariant,
    /// The product's title.
    pub title: String,
    /// The chosen options, for example `Red / Large`; may be empty.
    pub variant_title: String,
    /// Address of a picture.
    pub image_url: Option<String>,
    /// Units.
    pub quantity: i32,
    /// Price of one unit now. When it is another than the one that was seen, `problems` says so.
    pub unit_price: Money,
    /// Price of all units.
    pub total: Money,
}

/// A way of delivery.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct DeliveryOption {
    /// Names it, for `cartDeliverySelect`.
    pub code: String,
    /// Display name.
    pub name: String,
    /// What it costs.
    pub price: Money,
    /// Working days it takes at least.
    pub min_days: i32,
    /// Working days it takes at most.
    pub max_days: i32,
}

impl From<app::Delivery> for DeliveryOption {
    fn from(of: app::Delivery) -> Self {
        Self { code: of.code, name: of.name, price: of.price.into(), min_days: of.min_days, max_days: of.max_days }
    }
}

impl From<app::CartLine> for CartLine {
    fn from(of: app::CartLine) -> Self {
        // What the totals count with.
        let unit = of.price.unwrap_or(of.seen);
        let total = unit.minor.saturating_mul(of.quantity.into());
        Self {
            variant: ProductVariant { id: of.variant_id.0.into() },
            title: of.title,
            variant_title: of.variant_title,
            image_url: of.image_url,
            quantity: of.quantity,
            unit_price: unit.into(),
            total: kernel::Money { minor: total, currency: unit.currency }.into(),
        }
    }
}

impl From<app::PricedCart> for Cart {
    fn from(of: app::PricedCart) -> Self {
        let cart = &of.cart;
        let money = |minor| Money::from(kernel::Money { minor, currency: cart.currency });
        let chosen = of.deliveries.iter().find(|delivery| Some(&delivery.code) == cart.delivery.as_ref());
        Self {
            id: cart.id.0.into(),
            currency: CurrencyCode(cart.currency),
            email: cart.email.as_ref().map(ToString::to_string),
            shipping_address: cart.address.clone().map(Into::into),
            lines: cart.lines.iter().cloned().map(Into::into).collect(),
            available_deliveries: of.deliveries.iter().cloned().map(Into::into).collect(),
            delivery: chosen.cloned().map(Into::into),
            subtotal: money(of.totals.subtotal),
            shipping: money(of.totals.shipping),
            tax: money(of.totals.tax),
            tax_included: of.totals.tax_included,
            total: money(of.totals.total),
            updated_at: cart.updated_at,
            of,
        }
    }
}

#[ComplexObject]
impl Cart {
    /// What stands in the way of buying the lines: changed prices, stock that is gone. Ask again after every change.
    async fn problems(&self) -> Vec<OrderingError> {
        self.of.obstacles().into_iter().map(|problem| ordering_error(&self.id, problem)).collect()
    }
}
