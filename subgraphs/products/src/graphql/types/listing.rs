use async_graphql::connection::{Connection, Edge, EmptyFields};
use async_graphql::{Context, Enum, InputObject, Object, Result};
use gql::{CurrencyCode, Keyset, masked, page_after, page_size, refused};
use kernel::{CollectionId, Currency, Money};
use rust_decimal::Decimal;

use super::Product;
use crate::app::{App, Filter, Place, Sort};
use crate::graphql::Loader;
use crate::graphql::loaders::CountOf;

/// Which products to list. An absent field filters nothing.
#[derive(Debug, Default, Clone, InputObject)]
pub struct ProductFilter {
    /// Slug of a category; the products of the categories below it count as well.
    pub category: Option<String>,
    /// Brand or maker, exactly as written.
    pub vendor: Option<String>,
    /// A label, exactly as written.
    pub tag: Option<String>,
    /// Least price of the cheapest variant, in the currency's major unit.
    pub price_min: Option<Decimal>,
    /// Greatest price of the cheapest variant, in the currency's major unit.
    pub price_max: Option<Decimal>,
    /// The currency that prices are compared and sorted in; the euro when absent.
    pub currency: Option<CurrencyCode>,
}

/// The order of a list of products.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Sort")]
pub enum ProductSort {
    /// Latest first.
    Newest,
    /// By title, A to Z.
    Title,
    /// Cheapest first; leaves out what has no price in the currency.
    PriceLow,
    /// Dearest first; leaves out what has no price in the currency.
    PriceHigh,
}

/// Counts the list, if asked.
pub enum ProductsTotal {
    /// What the filter leaves.
    Filtered(Filter),
    /// What is in the collection: everything, or only what is for sale.
    Collected(CollectionId, bool),
}

#[Object]
impl ProductsTotal {
    /// How many products there are on all pages. Counted only when selected.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        match self {
            Self::Filtered(filter) => ctx.data::<App>()?.count(filter).await.map_err(|fault| masked(&fault)),
            Self::Collected(id, all) => {
                let found = ctx.data::<Loader>()?.load_one(CountOf(*id)).await.map_err(|fault| masked(&fault))?;
                let (everything, active) = found.unwrap_or_default();
                Ok(if *all { everything } else { active })
            }
        }
    }
}

/// A page of products.
pub(crate) type Products = Connection<Keyset, Product, ProductsTotal, EmptyFields>;

fn name(order: ProductSort) -> &'static str {
    match order {
        ProductSort::Newest => "newest",
        ProductSort::Title => "title",
        ProductSort::PriceLow => "price-low",
        ProductSort::PriceHigh => "price-high",
    }
}

/// The place as a cursor, which names its order: any text could be a title, so the value alone does not tell.
fn keyset(place: Place, order: ProductSort) -> Keyset {
    Keyset { value: format!("{}:{}", name(order), place.value), id: place.id }
}

/// The cursor as a place; `None` when it is of another order.
fn place(keyset: &Keyset, order: ProductSort) -> Option<Place> {
    let value = keyset.value.strip_prefix(&format!("{}:", name(order)))?;
    Some(Place { value: value.to_owned(), id: keyset.id })
}

/// Lists the products that shoppers can see.
pub(crate) async fn products(
    ctx: &Context<'_>,
    first: Option<i32>,
    after: Option<String>,
    filter: ProductFilter,
    sort_by: Option<ProductSort>,
) -> Result<Products> {
    let count = page_size(first)?;
    let after = page_after(after.as_deref())?;
    let sort_by = sort_by.unwrap_or(ProductSort::Newest);
    let sort = Sort::from(sort_by);
    let place = after
        .map(|keyset| {
            place(&keyset, sort_by).filter(|place| place.fits(sort)).ok_or_else(|| {
                refused("this cursor belongs to a list in another order: start that list again without `after`")
            })
        })
        .transpose()?;
    let filter = to_filter(filter)?;
    let mut found =
        ctx.data::<App>()?.list(&filter, sort, place.as_ref(), count).await.map_err(|fault| masked(&fault))?;
    let has_next = found.len() > count;
    found.truncate(count);
    let mut page = Connection::with_additional_fields(place.is_some(), has_next, ProductsTotal::Filtered(filter));
    page.edges = found.into_iter().map(|item| Edge::new(keyset(item.place, sort_by), item.product.into())).collect();
    Ok(page)
}

fn to_filter(filter: ProductFilter) -> Result<Filter> {
    for text in [&filter.category, &filter.vendor, &filter.tag].into_iter().flatten() {
        // PostgreSQL has no NUL in text, so nothing can match, and asking would be an error of ours.
        if text.contains('\0') {
            return Err(refused("a filter contains a NUL character: remove it"));
        }
    }
    let currency = filter.currency.map_or(Currency::EUR, |code| code.0);
    let minor = |amount: Option<Decimal>| {
        amount
            .map(|amount| Money::from_decimal(amount, currency).map(|money| money.minor))
            .transpose()
            .map_err(|error| refused(error.to_string()))
    };
    Ok(Filter {
        category: filter.category,
        vendor: filter.vendor,
        tag: filter.tag,
        price_min: minor(filter.price_min)?,
        price_max: minor(filter.price_max)?,
        currency,
    })
}
