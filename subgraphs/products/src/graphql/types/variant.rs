use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use gql::{CurrencyCode, Money, masked};
use kernel::Currency;

use super::Product;
use crate::app;
use crate::graphql::Loader;

/// Something that can be bought: a product with every option chosen.
#[derive(SimpleObject)]
#[graphql(complex, serial)]
pub struct ProductVariant {
    /// Identifies the variant for good.
    pub id: ID,
    /// Stock keeping unit, where the merchant uses one. Unique.
    pub sku: Option<String>,
    /// The chosen option values joined, for example `Red / Large`; empty when there is nothing to choose.
    pub title: String,
    /// The chosen option values, in the order of the product's options.
    pub option_values: Vec<String>,
    /// Weight in grams.
    pub weight_grams: i32,
    #[graphql(skip)]
    of: app::Variant,
}

impl From<app::Variant> for ProductVariant {
    fn from(of: app::Variant) -> Self {
        Self {
            id: of.id.0.into(),
            sku: of.sku.clone(),
            title: of.options.join(" / "),
            option_values: of.options.clone(),
            weight_grams: of.grams,
            of,
        }
    }
}

impl ProductVariant {
    /// Its product, if the actor may know of it.
    pub(crate) async fn of_known_product(&self, ctx: &Context<'_>) -> Result<Option<Product>> {
        let found = ctx.data::<Loader>()?.load_one(self.of.product_id).await.map_err(|fault| masked(&fault))?;
        Ok(found.and_then(|product| Product::known(ctx, product)))
    }
}

#[ComplexObject]
impl ProductVariant {
    /// The price; null when it has none in the currency.
    async fn price(
        &self,
        #[graphql(desc = "The currency to answer in.", default_with = "Some(CurrencyCode(Currency::EUR))")]
        currency: Option<CurrencyCode>,
    ) -> Option<Money> {
        let currency = currency.map_or(Currency::EUR, |code| code.0);
        self.of.prices.iter().find(|price| price.currency == currency).map(|price| (*price).into())
    }

    /// The prices in all its currencies.
    async fn prices(&self) -> Vec<Money> {
        self.of.prices.iter().copied().map(Into::into).collect()
    }

    /// The product that it is a variant of.
    async fn product(&self, ctx: &Context<'_>) -> Result<Option<Product>> {
        self.of_known_product(ctx).await
    }
}
