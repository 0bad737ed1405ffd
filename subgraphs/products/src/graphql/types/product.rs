use async_graphql::{ComplexObject, Context, Enum, ID, Result, SimpleObject};
use gql::{CurrencyCode, Money, masked};
use kernel::{Actor, Currency, ProductId, Scope};
use time::OffsetDateTime;

use super::{Category, Collection, ProductVariant};
use crate::app;
use crate::domain::Status;
use crate::graphql::Loader;
use crate::graphql::loaders::{CollectionsOf, MediaOf, PriceRangesOf, VariantsOf};

/// Something the shop sells, in one or more variants.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct Product {
    /// Identifies the product for good.
    pub id: ID,
    /// Part of the product's address in the shop, for example `oak-desk-lamp`. Unique.
    pub slug: String,
    /// Display name.
    pub title: String,
    /// Description as HTML that is safe to show.
    pub description_html: String,
    /// Brand or maker.
    pub vendor: String,
    /// Free labels.
    pub tags: Vec<String>,
    /// Where the product is in its life. Shoppers see active products only.
    pub status: ProductStatus,
    /// Grows by one with every change of the product; a change has to name the version that it was made from.
    pub version: i64,
    /// When shoppers could first see it; null for a product that was never published.
    pub published_at: Option<OffsetDateTime>,
    #[graphql(skip)]
    of: app::Product,
}

/// Where a product is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Status")]
pub enum ProductStatus {
    /// Being prepared; shoppers do not see it.
    Draft,
    /// For sale.
    Active,
    /// No longer for sale; kept for the orders that name it.
    Archived,
}

/// What a shopper chooses, with the values there are.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ProductOption {
    /// Name of the choice, for example `Size`.
    pub name: String,
    /// The values in display order, for example `Small`, `Large`.
    pub values: Vec<String>,
}

/// A picture of a product.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ProductMedia {
    /// Identifies the picture.
    pub id: ID,
    /// Address of the picture: absolute, or relative to the address of the shop.
    pub url: String,
    /// Describes the picture to who does not see it; may be empty.
    pub alt: String,
}

/// From the cheapest variant to the dearest.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct PriceRange {
    /// Price of the cheapest variant.
    pub lowest: Money,
    /// Price of the dearest variant.
    pub highest: Money,
}

impl From<app::Product> for Product {
    fn from(of: app::Product) -> Self {
        Self {
            id: of.id.0.into(),
            slug: of.slug.clone(),
            title: of.title.clone(),
            description_html: of.description_html.clone(),
            vendor: of.vendor.clone(),
            tags: of.tags.clone(),
            status: of.status.into(),
            version: of.version,
            published_at: of.published_at,
            of,
        }
    }
}

impl Product {
    /// The product as shoppers find it: only what is for sale, whereas staff finds everything.
    pub(crate) fn for_sale(ctx: &Context<'_>, of: app::Product) -> Option<Self> {
        (of.status == Status::Active || is_staff(ctx)).then(|| of.into())
    }

    /// The product as other entities name it: orders keep archived ones, a draft is nobody's but the staff's.
    pub(crate) fn known(ctx: &Context<'_>, of: app::Product) -> Option<Self> {
        (of.status != Status::Draft || is_staff(ctx)).then(|| of.into())
    }

    fn key(&self) -> ProductId {
        self.of.id
    }
}

pub(super) fn is_staff(ctx: &Context<'_>) -> bool {
    ctx.data_opt::<Actor>().is_some_and(|actor| actor.may(Scope::CatalogueRead))
}

async fn variants(ctx: &Context<'_>, product: ProductId) -> Result<Vec<app::Variant>> {
    let found = ctx.data::<Loader>()?.load_one(VariantsOf(product)).await;
    Ok(found.map_err(|fault| masked(&fault))?.unwrap_or_default())
}

#[ComplexObject]
impl Product {
    /// Where the product stands in the tree of categories.
    async fn category(&self, ctx: &Context<'_>) -> Result<Option<Category>> {
        let Some(id) = self.of.category_id else { return Ok(None) };
        let found = ctx.data::<Loader>()?.load_one(id).await.map_err(|fault| masked(&fault))?;
        Ok(found.map(Into::into))
    }

    /// The collections that the product is in, by title.
    async fn collections(&self, ctx: &Context<'_>) -> Result<Vec<Collection>> {
        let found = ctx.data::<Loader>()?.load_one(CollectionsOf(self.key())).await.map_err(|fault| masked(&fault))?;
        Ok(found.unwrap_or_default().into_iter().map(Into::into).collect())
    }

    /// What a shopper chooses; empty when there is only one variant.
    async fn options(&self, ctx: &Context<'_>) -> Result<Vec<ProductOption>> {
        let variants = variants(ctx, self.key()).await?;
        let option = |(index, name): (usize, &String)| {
            let mut values: Vec<String> = Vec::new();
            for value in variants.iter().filter_map(|variant| variant.options.get(index)) {
                if !values.contains(value) {
                    values.push(value.clone());
                }
            }
            ProductOption { name: name.clone(), values }
        };
        Ok(self.of.option_names.iter().enumerate().map(option).collect())
    }

    /// Everything that can be bought, in display order.
    async fn variants(&self, ctx: &Context<'_>) -> Result<Vec<ProductVariant>> {
        Ok(variants(ctx, self.key()).await?.into_iter().map(Into::into).collect())
    }

    /// Pictures in display order.
    async fn media(&self, ctx: &Context<'_>) -> Result<Vec<ProductMedia>> {
        let found = ctx.data::<Loader>()?.load_one(MediaOf(self.key())).await.map_err(|fault| masked(&fault))?;
        let show = |picture: app::Media| ProductMedia { id: picture.id.0.into(), url: picture.url, alt: picture.alt };
        Ok(found.unwrap_or_default().into_iter().map(show).collect())
    }

    /// From the cheapest variant to the dearest; null when nothing has a price in the currency.
    async fn price_range(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The currency to answer in.", default_with = "Some(CurrencyCode(Currency::EUR))")]
        currency: Option<CurrencyCode>,
    ) -> Result<Option<PriceRange>> {
        let currency = currency.map_or(Currency::EUR, |code| code.0);
        let found = ctx.data::<Loader>()?.load_one(PriceRangesOf(self.key())).await.map_err(|fault| masked(&fault))?;
        let range = found.unwrap_or_default().into_iter().find(|range| range.lowest.currency == currency);
        Ok(range.map(|range| PriceRange { lowest: range.lowest.into(), highest: range.highest.into() }))
    }
}
