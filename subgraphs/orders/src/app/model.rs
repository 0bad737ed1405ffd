use events::orders::ProviderToken;
use kernel::{CartId, Currency, Email, Money, OrderId, PostalAddress, ProductId, UserId, VariantId};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::domain::{Saga, Totals};

/// What a shopper is about to buy.
#[derive(Debug, Clone, PartialEq)]
pub struct Cart {
    /// Unguessable: whoever knows it may use a guest's cart.
    pub id: CartId,
    /// The account it belongs to; none for a guest.
    pub user_id: Option<UserId>,
    /// What it is paid in.
    pub currency: Currency,
    /// Where to reach the shopper.
    pub email: Option<Email>,
    /// Where the goods go.
    pub address: Option<PostalAddress>,
    /// Code of the delivery.
    pub delivery: Option<String>,
    /// What is in it, oldest first.
    pub lines: Vec<CartLine>,
    /// When it last changed.
    pub updated_at: OffsetDateTime,
    /// The order it became.
    pub order_id: Option<OrderId>,
}

impl Cart {
    /// The country it goes to, so far as that is known.
    pub fn country(&self) -> Option<&str> {
        self.address.as_ref().map(|address| address.country.as_str())
    }
}

/// A variant in a cart, with what is known of it now.
#[derive(Debug, Clone, PartialEq)]
pub struct CartLine {
    /// The variant.
    pub variant_id: VariantId,
    /// The product.
    pub product_id: ProductId,
    /// Stock keeping unit.
    pub sku: Option<String>,
    /// The product's title.
    pub title: String,
    /// The chosen options.
    pub variant_title: String,
    /// Address of the first picture.
    pub image_url: Option<String>,
    /// Units.
    pub quantity: i32,
    /// The unit price that the shopper has seen.
    pub seen: Money,
    /// The unit price now; none when it is not for sale any more.
    pub price: Option<Money>,
    /// Units that are left, where inventory has told.
    pub available: Option<i64>,
}

/// A delivery with its price for a cart.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    /// Names it.
    pub code: String,
    /// Display name.
    pub name: String,
    /// Price for this cart.
    pub price: Money,
    /// Working days it takes at least.
    pub min_days: i32,
    /// Working days it takes at most.
    pub max_days: i32,
}

/// A cart with what it costs.
#[derive(Debug, Clone, PartialEq)]
pub struct PricedCart {
    /// The cart.
    pub cart: Cart,
    /// Where it could be delivered by, with prices; depends on the country and the currency.
    pub deliveries: Vec<Delivery>,
    /// What it costs, so far as that is known.
    pub totals: Totals,
}

/// An order.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// Unguessable: whoever knows it may follow a guest's order.
    pub id: OrderId,
    /// What people call it.
    pub number: String,
    /// The cart it was.
    pub cart_id: CartId,
    /// The account it belongs to; none for a guest.
    pub user_id: Option<UserId>,
    /// Where to reach the shopper.
    pub email: Email,
    /// Language for what is written to the shopper.
    pub locale: String,
    /// What it is paid in.
    pub currency: Currency,
    /// What it costs.
    pub totals: Totals,
    /// Where the goods go.
    pub address: PostalAddress,
    /// Code of the delivery.
    pub delivery: String,
    /// The payment provider.
    pub provider: String,
    /// The provider's token for the card, until payments is asked to charge it.
    pub token: Option<ProviderToken>,
    /// When it was placed.
    pub placed_at: OffsetDateTime,
    /// Grows with every change.
    pub version: i64,
    /// Where it is.
    pub saga: Saga,
    /// What was given back so far, in minor units.
    pub refunded: i64,
    /// Why it ended.
    pub reason: Option<String>,
    /// Where the shopper confirms the payment.
    pub action_url: Option<String>,
    /// When the step at hand has taken too long.
    pub deadline_at: Option<OffsetDateTime>,
}

impl Order {
    /// An amount in the order's currency.
    pub fn money(&self, minor: i64) -> Money {
        Money { minor, currency: self.currency }
    }
}

/// A line of an order, as it was when the order was placed.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderLine {
    /// The variant.
    pub variant_id: VariantId,
    /// The product.
    pub product_id: ProductId,
    /// Stock keeping unit.
    pub sku: Option<String>,
    /// The product's title.
    pub title: String,
    /// The chosen options.
    pub variant_title: String,
    /// Address of the first picture.
    pub image_url: Option<String>,
    /// Units.
    pub quantity: i32,
    /// Price of one unit.
    pub unit: Money,
    /// Price of all units.
    pub total: Money,
}

/// A step of an order.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineEntry {
    /// When.
    pub at: OffsetDateTime,
    /// Name of what happened, for programs.
    pub kind: String,
    /// What happened, for people.
    pub message: String,
}

/// Where a page of orders, newest first, goes on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// When the last order of the page before was placed.
    pub placed_at: OffsetDateTime,
    /// Its id.
    pub id: Uuid,
}
