use async_graphql::{ComplexObject, Context, Enum, ID, Result, SimpleObject};
use gql::{CurrencyCode, Keyset, Money, PostalAddress, masked};
use kernel::OrderId;
use time::OffsetDateTime;

use super::ProductVariant;
use crate::app;
use crate::domain::{PaymentStatus, Status, StockStatus};
use crate::graphql::Loader;
use crate::graphql::loaders::{LinesOf, TimelineOf};

/// Something bought. Its order, its payment and its stock each have a status.
#[derive(SimpleObject)]
#[graphql(complex, serial)]
pub struct Order {
    /// Identifies the order for good; nobody can guess it.
    pub id: ID,
    /// What people call it, for example `TC-100042`.
    pub number: String,
    /// How far it has come.
    pub status: OrderStatus,
    /// How far its payment has come.
    pub payment_status: OrderPaymentStatus,
    /// What has become of its stock.
    pub stock_status: OrderStockStatus,
    /// Why it was rejected or cancelled; null otherwise.
    pub reason: Option<String>,
    /// Where the shopper confirms the payment, while that is waited for.
    pub payment_action_url: Option<String>,
    /// Grows with every change.
    pub version: i64,
    /// When it was placed.
    pub placed_at: OffsetDateTime,
    /// Where to reach the shopper.
    pub email: String,
    /// What it is paid in.
    pub currency: CurrencyCode,
    /// Sum of the lines.
    pub subtotal: Money,
    /// Price of the delivery.
    pub shipping: Money,
    /// The tax.
    pub tax: Money,
    /// Whether the tax is in the prices (true) or came on top (false).
    pub tax_included: bool,
    /// What is charged.
    pub total: Money,
    /// Where the goods go.
    pub shipping_address: PostalAddress,
    /// Code of the delivery.
    pub delivery: String,
    /// What a person can make of the order now.
    pub available_transitions: Vec<OrderStatus>,
    #[graphql(skip)]
    key: OrderId,
    /// The lines, where they were read with the order.
    #[graphql(skip)]
    known: Option<Vec<app::OrderLine>>,
}

/// How far an order has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Status")]
pub enum OrderStatus {
    /// Placed; its goods are being set aside.
    Pending,
    /// Its goods are set aside; the payment is under way.
    Reserved,
    /// Paid: it will be delivered.
    Confirmed,
    /// Goods were lacking; nothing was charged.
    Rejected,
    /// It will not be delivered; what was charged is given back.
    Cancelled,
}

/// How far the payment of an order has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "PaymentStatus")]
pub enum OrderPaymentStatus {
    /// Not asked for yet.
    None,
    /// Asked for.
    Requested,
    /// The shopper must confirm it, see `paymentActionUrl`.
    ActionRequired,
    /// The money is set aside.
    Authorised,
    /// Paid.
    Paid,
    /// Refused; nothing was charged.
    Failed,
    /// Being undone.
    Undoing,
    /// Undone before anything was charged.
    Voided,
    /// Given back.
    Refunded,
}

/// What has become of the stock of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "StockStatus")]
pub enum OrderStockStatus {
    /// Asked for.
    Requested,
    /// Set aside.
    Reserved,
    /// Paid, being taken out of the stock.
    Committing,
    /// Taken out of the stock.
    Committed,
    /// Being made available again.
    Releasing,
    /// Available again.
    Released,
    /// Being put back.
    Returning,
    /// Lacking.
    Refused,
}

/// A line of an order, as it was when the order was placed.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct OrderLine {
    /// What; its product may have changed since.
    pub variant: ProductVariant,
    /// Stock keeping unit, where the merchant uses one.
    pub sku: Option<String>,
    /// The product's title.
    pub title: String,
    /// The chosen options; may be empty.
    pub variant_title: String,
    /// Address of a picture.
    pub image_url: Option<String>,
    /// Units.
    pub quantity: i32,
    /// Price of one unit.
    pub unit_price: Money,
    /// Price of all units.
    pub total: Money,
}

/// A step of an order.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct TimelineEntry {
    /// When it happened.
    pub at: OffsetDateTime,
    /// What happened, for programs, for example `STOCK_RESERVED`.
    pub kind: String,
    /// What happened, for a person to read.
    pub message: String,
}

impl From<app::Order> for Order {
    fn from(of: app::Order) -> Self {
        let money = |minor| Money::from(of.money(minor));
        Self {
            id: of.id.0.into(),
            status: of.saga.status.into(),
            payment_status: of.saga.payment.into(),
            stock_status: of.saga.stock.into(),
            version: of.version,
            placed_at: of.placed_at,
            email: of.email.to_string(),
            currency: CurrencyCode(of.currency),
            subtotal: money(of.totals.subtotal),
            shipping: money(of.totals.shipping),
            tax: money(of.totals.tax),
            tax_included: of.totals.tax_included,
            total: money(of.totals.total),
            available_transitions: of.saga.available_transitions().iter().map(|status| (*status).into()).collect(),
            key: of.id,
            known: None,
            number: of.number,
            reason: of.reason,
            payment_action_url: of.action_url,
            shipping_address: of.address.into(),
            delivery: of.delivery,
        }
    }
}

impl From<app::OrderLine> for OrderLine {
    fn from(of: app::OrderLine) -> Self {
        Self {
            variant: ProductVariant { id: of.variant_id.0.into() },
            sku: of.sku,
            title: of.title,
            variant_title: of.variant_title,
            image_url: of.image_url,
            quantity: of.quantity,
            unit_price: of.unit.into(),
            total: of.total.into(),
        }
    }
}

impl Order {
    /// An order whose lines may have been read with it.
    pub(super) fn with_lines(of: app::Order, lines: Option<Vec<app::OrderLine>>) -> Self {
        Self { known: lines, ..of.into() }
    }

    /// Where a list goes on after it.
    pub(super) fn place(&self) -> Keyset {
        Keyset::at(self.placed_at, self.key.0)
    }
}

#[ComplexObject]
impl Order {
    /// What was ordered.
    async fn lines(&self, ctx: &Context<'_>) -> Result<Vec<OrderLine>> {
        if let Some(known) = &self.known {
            return Ok(known.iter().cloned().map(Into::into).collect());
        }
        let key = LinesOf(self.key, self.currency.0);
        let found = ctx.data::<Loader>()?.load_one(key).await.map_err(|fault| masked(&fault))?;
        Ok(found.unwrap_or_default().into_iter().map(Into::into).collect())
    }

    /// Every step it took, oldest first.
    async fn timeline(&self, ctx: &Context<'_>) -> Result<Vec<TimelineEntry>> {
        let found = ctx.data::<Loader>()?.load_one(TimelineOf(self.key)).await.map_err(|fault| masked(&fault))?;
        let show = |entry: app::TimelineEntry| TimelineEntry { at: entry.at, kind: entry.kind, message: entry.message };
        Ok(found.unwrap_or_default().into_iter().map(show).collect())
    }
}
