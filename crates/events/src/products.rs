//! What the products service publishes.

use kernel::{Money, ProductId, VariantId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Event;

/// A product as shoppers can see it, whole: a consumer needs no other event to know the product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProductSnapshot {
    /// The product.
    pub product_id: ProductId,
    /// Grows by one with every change; a snapshot with a lower version is late and can be ignored.
    pub version: i64,
    /// Part of the product's address in the shop.
    pub slug: String,
    /// Display name.
    pub title: String,
    /// Sanitised HTML.
    pub description_html: String,
    /// Brand or maker.
    pub vendor: String,
    /// Names of the categories from the root to the product's own.
    pub category_path: Vec<String>,
    /// Free labels.
    pub tags: Vec<String>,
    /// Address of the first picture.
    pub image_url: Option<String>,
    /// Everything that can be bought.
    pub variants: Vec<VariantSnapshot>,
}

/// A variant as shoppers can see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VariantSnapshot {
    /// The variant.
    pub variant_id: VariantId,
    /// Stock keeping unit, where the merchant uses one.
    pub sku: Option<String>,
    /// The chosen option values joined, for example `Red / Large`.
    pub title: String,
    /// One price per currency.
    pub prices: Vec<Money>,
}

macro_rules! snapshot_event {
    ($(#[$doc:meta])* $type:ident, $name:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
        pub struct $type {
            /// The product after the change.
            pub product: ProductSnapshot,
        }
        impl Event for $type {
            const NAME: &'static str = $name;
            fn aggregate(&self) -> Uuid {
                self.product.product_id.0
            }
        }
    };
}

snapshot_event! {
    /// A product became visible to shoppers.
    ProductPublished, "products.product.published.v1"
}
snapshot_event! {
    /// A visible product changed: text, pictures, variants or prices.
    ProductChanged, "products.product.changed.v1"
}

/// A product is no longer for sale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProductArchived {
    /// The product.
    pub product_id: ProductId,
    /// The product's version after the change.
    pub version: i64,
}

impl Event for ProductArchived {
    const NAME: &'static str = "products.product.archived.v1";
    fn aggregate(&self) -> Uuid {
        self.product_id.0
    }
}

/// A variant exists from now on, visible or not: stock can be kept for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VariantCreated {
    /// The product.
    pub product_id: ProductId,
    /// The variant.
    pub variant_id: VariantId,
    /// Stock keeping unit, where the merchant uses one.
    pub sku: Option<String>,
    /// Units in stock at its start, where an import knows it.
    pub initial_quantity: Option<i64>,
}

impl Event for VariantCreated {
    const NAME: &'static str = "products.variant.created.v1";
    fn aggregate(&self) -> Uuid {
        self.product_id.0
    }
}
