use kernel::Money;
use serde::Serialize;

use super::Status;

/// A product as somebody wants it to be, before it is checked and stored.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProductDraft {
    /// Part of its address in the shop; also what an import recognises it by.
    pub slug: String,
    /// Display name.
    pub title: String,
    /// HTML; sanitised before it is stored.
    pub description_html: String,
    /// Brand or maker.
    pub vendor: String,
    /// Category names from the root; empty for none.
    pub category_path: Vec<String>,
    /// Free labels.
    pub tags: Vec<String>,
    /// Names of what a shopper chooses, at most three; none when there is one variant.
    pub option_names: Vec<String>,
    /// Where it shall be in its life.
    #[serde(serialize_with = "status_name")]
    pub status: Status,
    /// What can be bought, in display order.
    pub variants: Vec<VariantDraft>,
    /// Pictures in display order.
    pub media: Vec<MediaDraft>,
}

fn status_name<S: serde::Serializer>(status: &Status, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(status.name())
}

/// A variant as somebody wants it to be.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VariantDraft {
    /// Stock keeping unit, unique in the shop.
    pub sku: Option<String>,
    /// One value for each option name.
    pub options: Vec<String>,
    /// Weight in grams.
    pub grams: i32,
    /// One price for each currency it is sold in.
    pub prices: Vec<Money>,
    /// Units in stock when the variant is new. Not part of what makes a product equal: stock lives elsewhere.
    #[serde(skip)]
    pub initial_quantity: Option<i64>,
}

/// A picture as somebody wants it to be.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MediaDraft {
    /// Absolute, or relative to the shop's address.
    pub url: String,
    /// Describes the picture to who does not see it.
    pub alt: String,
}

/// What is wrong with a product, and how to fix it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A value cannot be used.
    Invalid {
        /// Which one, as its path in the input.
        field: String,
        /// Why, and what would do.
        message: String,
    },
    /// There is no such product.
    NotFound,
    /// The product's status does not allow the step.
    WrongStatus(Status),
}

impl Problem {
    pub(crate) fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid { field: field.into(), message: message.into() }
    }
}
