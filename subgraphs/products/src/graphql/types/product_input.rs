use async_graphql::InputObject;
use gql::CurrencyCode;
use kernel::Money;
use rust_decimal::Decimal;

use crate::domain::{MediaDraft, Problem, VariantDraft};

/// Something that a shopper shall choose.
#[derive(InputObject)]
pub struct ProductOptionInput {
    /// Name of the choice, for example `Size`.
    pub name: String,
}

/// A price as it shall be.
#[derive(InputObject)]
pub struct ProductPriceInput {
    /// The amount in the currency's major unit, for example `"12.50"`.
    pub amount: Decimal,
    /// The currency.
    pub currency_code: CurrencyCode,
}

/// A variant as it shall be.
#[derive(InputObject)]
pub struct ProductVariantInput {
    /// Stock keeping unit, unique in the shop. A variant is recognised by it, or else by its option values.
    pub sku: Option<String>,
    /// One value for each of the product's options, in their order; empty when there is nothing to choose.
    #[graphql(default)]
    pub option_values: Vec<String>,
    /// Weight in grams.
    #[graphql(default)]
    pub weight_grams: i32,
    /// One price for each currency it is sold in, at least one.
    pub prices: Vec<ProductPriceInput>,
    /// Units in stock at its start. Counts for a new variant only: from then on stock is inventory's.
    pub initial_quantity: Option<i64>,
}

/// A picture as it shall be.
#[derive(InputObject)]
pub struct ProductMediaInput {
    /// Address of the picture: absolute with https://, or beginning with / for one of the shop.
    pub url: String,
    /// Describes the picture to who does not see it.
    #[graphql(default)]
    pub alt: String,
}

/// The text without blanks around it.
pub(crate) fn trimmed(text: impl AsRef<str>) -> String {
    text.as_ref().trim().to_owned()
}

/// The option names that the input wants.
pub(crate) fn options(input: Vec<ProductOptionInput>) -> Vec<String> {
    input.into_iter().map(|option| trimmed(option.name)).collect()
}

/// The pictures that the input wants.
pub(crate) fn media(input: Vec<ProductMediaInput>) -> Vec<MediaDraft> {
    input.into_iter().map(|picture| MediaDraft { url: trimmed(picture.url), alt: trimmed(picture.alt) }).collect()
}

/// The variants that the input wants.
///
/// # Errors
/// Says which amounts are none of their currency.
pub(crate) fn variants(input: Vec<ProductVariantInput>) -> Result<Vec<VariantDraft>, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut drafts = Vec::new();
    for (index, variant) in input.into_iter().enumerate() {
        let mut prices = Vec::new();
        for (nth, price) in variant.prices.into_iter().enumerate() {
            match Money::from_decimal(price.amount, price.currency_code.0) {
                Ok(money) => prices.push(money),
                Err(error) => {
                    problems.push(Problem::invalid(format!("variants.{index}.prices.{nth}.amount"), error.to_string()));
                }
            }
        }
        drafts.push(VariantDraft {
            sku: variant.sku.map(trimmed).filter(|sku| !sku.is_empty()),
            options: variant.option_values.into_iter().map(trimmed).collect(),
            grams: variant.weight_grams,
            prices,
            initial_quantity: variant.initial_quantity,
        });
    }
    if problems.is_empty() { Ok(drafts) } else { Err(problems) }
}
