use std::collections::HashSet;

use kernel::Money;
use serde::Serialize;

use super::{Status, is_slug, slug_of};

/// How many variants a product can have.
pub const MAX_VARIANTS: usize = 250;
const MAX_TITLE: usize = 255;
const MAX_SLUG: usize = 120;
const MAX_CATEGORY_DEPTH: usize = 8;
const MAX_DESCRIPTION: usize = 64 * 1024;

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
    /// The price.
    pub price: Money,
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

/// What is wrong with a request to the catalogue, and how to fix it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A value cannot be used.
    Invalid {
        /// Which one.
        field: &'static str,
        /// Why, and what would do.
        message: String,
    },
    /// There is no such product.
    NotFound,
    /// The product's status does not allow the step.
    WrongStatus(Status),
}

impl ProductDraft {
    /// Everything that is wrong with the draft; empty when it can be stored.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut refuse = |field, message: String| problems.push(Problem::Invalid { field, message });
        if self.title.trim().is_empty() || self.title.len() > MAX_TITLE {
            refuse("title", format!("the title must have 1 to {MAX_TITLE} bytes"));
        }
        if !is_slug(&self.slug) || self.slug.len() > MAX_SLUG {
            refuse(
                "slug",
                format!("the handle must have at most {MAX_SLUG} lower-case letters, digits and single hyphens"),
            );
        }
        if self.description_html.len() > MAX_DESCRIPTION {
            refuse("descriptionHtml", format!("the description must have at most {MAX_DESCRIPTION} bytes"));
        }
        if self.variants.is_empty() || self.variants.len() > MAX_VARIANTS {
            refuse("variants", format!("a product must have 1 to {MAX_VARIANTS} variants, each with a price"));
        }
        // A category is found by its address, so a name that leaves nothing for one would meet every other such name.
        if self.category_path.len() > MAX_CATEGORY_DEPTH
            || self.category_path.iter().any(|name| slug_of(name).is_empty())
        {
            refuse(
                "category",
                format!(
                    "a category has at most {MAX_CATEGORY_DEPTH} levels, each named with at least one letter a–z or digit"
                ),
            );
        }
        if self.option_names.len() > 3 {
            refuse("options", "a product can have at most three options".into());
        }
        let mut skus = HashSet::new();
        let mut combinations = HashSet::new();
        for variant in &self.variants {
            if variant.price.minor < 0 {
                refuse("price", format!("the price {} is negative", variant.price.amount()));
            }
            if variant.grams < 0 {
                refuse("grams", "the weight is negative".into());
            }
            if variant.initial_quantity.is_some_and(|quantity| quantity < 0) {
                refuse("quantity", "the quantity is negative".into());
            }
            if variant.options.len() != self.option_names.len() || variant.options.iter().any(String::is_empty) {
                refuse(
                    "options",
                    format!("a variant must have one value for each of the options {:?}", self.option_names),
                );
            }
            if !combinations.insert(&variant.options) {
                refuse("options", format!("two variants have the same option values {:?}", variant.options));
            }
            if variant.sku.as_ref().is_some_and(|sku| !skus.insert(sku)) {
                refuse("sku", format!("two variants have the SKU {:?}", variant.sku.as_deref().unwrap_or_default()));
            }
        }
        problems
    }
}
