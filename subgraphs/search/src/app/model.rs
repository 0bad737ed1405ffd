use events::products::ProductSnapshot;
use kernel::ProductId;
use time::OffsetDateTime;
use uuid::Uuid;

/// The database that an index is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    /// Names the database.
    pub id: Uuid,
    /// The highest number of a change.
    pub seq: i64,
}

/// What the indexer reads of a product.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The product.
    pub product_id: ProductId,
    /// The product as it is for sale; none when it is not.
    pub snapshot: Option<ProductSnapshot>,
    /// When it came to the shop.
    pub listed_at: OffsetDateTime,
    /// Whether any variant can be sold now.
    pub in_stock: bool,
    /// The number of its latest change.
    pub seq: i64,
}

/// Which orders to find. An absent value filters nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderFilter {
    /// How the number or the e-mail address begins; may be empty.
    pub text: String,
    /// Name of the status.
    pub status: Option<String>,
    /// Placed at or after this time.
    pub placed_from: Option<OffsetDateTime>,
    /// Placed before this time.
    pub placed_before: Option<OffsetDateTime>,
}

/// A place in a list of orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderPlace {
    /// When the order was placed.
    pub placed_at: OffsetDateTime,
    /// The order.
    pub order_id: Uuid,
}

/// An order that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct FoundOrder {
    /// The order.
    pub order_id: Uuid,
    /// When it was placed.
    pub placed_at: OffsetDateTime,
}
