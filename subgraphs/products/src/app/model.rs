use kernel::{CategoryId, CollectionId, Currency, MediaId, Money, ProductId, VariantId, instant};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::domain::Status;

/// A stored product without its variants and pictures.
#[derive(Debug, Clone)]
pub struct Product {
    /// Its id.
    pub id: ProductId,
    /// Part of its address in the shop.
    pub slug: String,
    /// Display name.
    pub title: String,
    /// Sanitised HTML.
    pub description_html: String,
    /// Brand or maker.
    pub vendor: String,
    /// Where it stands in the tree.
    pub category_id: Option<CategoryId>,
    /// Free labels.
    pub tags: Vec<String>,
    /// Names of what a shopper chooses.
    pub option_names: Vec<String>,
    /// Where it is in its life.
    pub status: Status,
    /// Grows by one with every change.
    pub version: i64,
    /// When shoppers first saw it.
    pub published_at: Option<OffsetDateTime>,
}

/// Something that can be bought.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Its id.
    pub id: VariantId,
    /// The product it belongs to.
    pub product_id: ProductId,
    /// Stock keeping unit.
    pub sku: Option<String>,
    /// One value for each of the product's options.
    pub options: Vec<String>,
    /// Weight in grams.
    pub grams: i32,
    /// One price per currency.
    pub prices: Vec<Money>,
}

/// A picture.
#[derive(Debug, Clone)]
pub struct Media {
    /// Its id.
    pub id: MediaId,
    /// Absolute, or relative to the shop's address.
    pub url: String,
    /// Describes the picture.
    pub alt: String,
}

/// From the cheapest variant to the dearest.
#[derive(Debug, Clone, Copy)]
pub struct PriceRange {
    /// The cheapest.
    pub lowest: Money,
    /// The dearest.
    pub highest: Money,
}

/// A node of the category tree.
#[derive(Debug, Clone)]
pub struct Category {
    /// Its id.
    pub id: CategoryId,
    /// Part of its address in the shop.
    pub slug: String,
    /// Names from the root to this category.
    pub path: Vec<String>,
}

/// A hand-picked, ordered group of products.
#[derive(Debug, Clone)]
pub struct Collection {
    /// Its id.
    pub id: CollectionId,
    /// Part of its address in the shop.
    pub slug: String,
    /// Display name.
    pub title: String,
    /// Sanitised HTML.
    pub description_html: String,
    /// Grows by one with every change.
    pub version: i64,
}

/// A page of a collection's products.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Collected {
    /// The collection.
    pub collection: CollectionId,
    /// The position of the last product seen.
    pub after: Option<i32>,
    /// Whether those that are not for sale count as well.
    pub all: bool,
}

/// Which products to list; an absent field filters nothing.
#[derive(Debug, Clone)]
pub struct Filter {
    /// Slug of a category; its subtree counts.
    pub category: Option<String>,
    /// Brand or maker, exactly.
    pub vendor: Option<String>,
    /// A label, exactly.
    pub tag: Option<String>,
    /// Least price of the cheapest variant, minor units.
    pub price_min: Option<i64>,
    /// Greatest price of the cheapest variant, minor units.
    pub price_max: Option<i64>,
    /// The currency that prices are compared and sorted in.
    pub currency: Currency,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Latest first.
    Newest,
    /// By title.
    Title,
    /// Cheapest first.
    PriceLow,
    /// Dearest first.
    PriceHigh,
}

/// A place in a list: the sort value of an item, and its id.
#[derive(Debug, Clone)]
pub struct Place {
    /// The sort value, as text.
    pub value: String,
    /// Decides between equal values.
    pub id: Uuid,
}

/// A product with its place in the list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The product.
    pub product: Product,
    /// Where the next page would start.
    pub place: Place,
}

impl Place {
    /// The time of a place in the list of the newest.
    pub(crate) fn time(&self) -> Option<OffsetDateTime> {
        self.value.parse().ok().and_then(instant::from_micros)
    }

    /// Whether the place can be one of a list in this order.
    pub fn fits(&self, sort: Sort) -> bool {
        match sort {
            Sort::Newest => self.time().is_some(),
            Sort::Title => true,
            Sort::PriceLow | Sort::PriceHigh => self.value.parse::<i64>().is_ok(),
        }
    }
}
