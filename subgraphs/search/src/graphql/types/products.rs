use async_graphql::connection::{Connection, ConnectionNameType, Edge, EdgeNameType};
use async_graphql::{Context, Enum, ID, InputObject, OutputType, Result, SimpleObject};
use gql::{CurrencyCode, Keyset, masked, page_after, page_size, refused};
use kernel::{Currency, Money, ProductId};
use rust_decimal::Decimal;

use super::{filter_text, text};
use crate::app::{App, ProductSearch};
use crate::domain::{Filter, Highlight, Place, Sort};

/// Something the shop sells, in one or more variants.
#[derive(SimpleObject)]
#[graphql(unresolvable = "id", serial)]
pub struct Product {
    /// Identifies the product for good.
    pub id: ID,
}

/// Which products to find. An absent field filters nothing.
#[derive(Debug, Default, Clone, InputObject)]
pub struct ProductSearchFilter {
    /// Name of a category, exactly as a facet has it; the products of the categories below it count as well.
    pub category: Option<String>,
    /// Brand or maker, exactly as a facet has it.
    pub vendor: Option<String>,
    /// A label, exactly as a facet has it.
    pub tag: Option<String>,
    /// Least price of the cheapest variant, in the currency's major unit.
    pub price_min: Option<Decimal>,
    /// Greatest price of the cheapest variant, in the currency's major unit.
    pub price_max: Option<Decimal>,
    /// The currency that prices are compared and sorted in; the euro when absent.
    pub currency: Option<CurrencyCode>,
    /// Only products of which a variant is (true) or none is (false) in stock.
    pub in_stock: Option<bool>,
}

/// The order of found products.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Sort")]
pub enum ProductSearchSort {
    /// Best match first.
    Relevance,
    /// Latest in the shop first.
    Newest,
    /// Cheapest first; leaves out what has no price in the currency.
    PriceLow,
    /// Dearest first; leaves out what has no price in the currency.
    PriceHigh,
    /// By title, A to Z.
    Title,
}

/// Whether an answer was made for this request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum CacheStatus {
    /// It was made for an earlier request.
    Hit,
    /// It was made for this request.
    Miss,
}

/// A value that found products have.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct SearchFacetValue {
    /// The value, as the filter takes it.
    pub value: String,
    /// How many products there would be with this value as the filter.
    pub count: usize,
}

/// Values of one filter, counted as if that filter were not set.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct SearchFacet {
    /// The filter's field: `vendor`, `category` or `tag`.
    pub name: String,
    /// The 50 most frequent values, the most frequent first.
    pub values: Vec<SearchFacetValue>,
}

/// What a page of found products tells beside them.
#[derive(SimpleObject)]
#[graphql(name = "ProductSearchSummary", serial)]
pub struct Summary {
    /// Values to narrow the search with.
    pub facets: Vec<SearchFacet>,
    /// How many products there are on all pages.
    pub total_count: usize,
    /// A text that finds as much or more, to propose to the shopper where little was found; none when nothing better is known.
    pub did_you_mean: Option<String>,
    /// Whether the page was made for this request.
    pub cache_status: CacheStatus,
    /// True while the search server is away. The page is then an earlier answer to the same search, or a simpler one: without
    /// typos, unfinished words, highlights and proposals, of at most 1000 products, with facets of what the filter leaves.
    /// Show it as usual; tell the shopper at most that results may be incomplete.
    pub degraded: bool,
}

/// How well a product matches.
#[derive(SimpleObject)]
#[graphql(name = "ProductSearchMatch", serial)]
pub struct Match {
    /// Higher is better; comparable within one search only.
    pub score: f32,
    /// Where in the product the searched words are; empty when nothing was searched for.
    pub highlights: Vec<SearchHighlight>,
}

/// A field of a product in which searched words are.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct SearchHighlight {
    /// The field: `title`, `vendor`, `tag`, `category`, `variant` or `description`.
    pub field: String,
    /// Parts of the field as HTML that is safe to show: the words are in `<em>`, everything else is escaped.
    pub fragments: Vec<String>,
}

impl From<Highlight> for SearchHighlight {
    fn from(highlight: Highlight) -> Self {
        Self { field: highlight.field, fragments: highlight.fragments }
    }
}

/// Names of the types of found products.
pub struct Named;

impl ConnectionNameType for Named {
    fn type_name<T: OutputType>() -> String {
        "ProductSearchConnection".into()
    }
}

impl EdgeNameType for Named {
    fn type_name<T: OutputType>() -> String {
        "ProductSearchEdge".into()
    }
}

/// A page of found products.
pub(crate) type FoundProducts = Connection<Keyset, Product, Summary, Match, Named, Named>;

fn name(sort: ProductSearchSort) -> &'static str {
    match sort {
        ProductSearchSort::Relevance => "relevance",
        ProductSearchSort::Newest => "newest",
        ProductSearchSort::PriceLow => "price-low",
        ProductSearchSort::PriceHigh => "price-high",
        ProductSearchSort::Title => "title",
    }
}

/// The cursor as a place. It names its order: any text could be a title, so the value alone does not tell.
fn place(keyset: &Keyset, sort: ProductSearchSort) -> Result<Place> {
    let value = keyset.value.strip_prefix(name(sort)).and_then(|rest| rest.strip_prefix(':'));
    let place = value.map(|value| Place { value: value.to_owned(), id: ProductId(keyset.id) });
    place
        .filter(|place| Sort::from(sort).has(place))
        .ok_or_else(|| refused("this cursor belongs to a list in another order: start that list again without `after`"))
}

/// Finds products.
pub(crate) async fn products(
    ctx: &Context<'_>,
    query: &str,
    filter: ProductSearchFilter,
    sort_by: ProductSearchSort,
    first: Option<i32>,
    after: Option<&str>,
) -> Result<FoundProducts> {
    let search = ProductSearch {
        text: text(query, "query")?,
        filter: to_filter(filter)?,
        sort: sort_by.into(),
        after: page_after(after)?.map(|keyset| place(&keyset, sort_by)).transpose()?,
        first: page_size(first)?,
    };
    let later = search.after.is_some();
    let found = ctx.data::<App>()?.search_products(search).await.map_err(|fault| masked(&fault))?;
    let facets = found.listing.facets.into_iter().map(|facet| SearchFacet {
        name: facet.name,
        values: facet
            .values
            .into_iter()
            .map(|value| SearchFacetValue { value: value.value, count: value.count })
            .collect(),
    });
    let summary = Summary {
        facets: facets.collect(),
        total_count: found.listing.total,
        did_you_mean: found.listing.did_you_mean,
        cache_status: if found.cached { CacheStatus::Hit } else { CacheStatus::Miss },
        degraded: found.degraded,
    };
    let mut page = Connection::with_additional_fields(later, found.listing.has_next, summary);
    page.edges = found
        .listing
        .hits
        .into_iter()
        .map(|hit| {
            let id = hit.place.id.0;
            let cursor = Keyset { value: format!("{}:{}", name(sort_by), hit.place.value), id };
            let highlights = hit.highlights.into_iter().map(Into::into).collect();
            Edge::with_additional_fields(cursor, Product { id: id.into() }, Match { score: hit.score, highlights })
        })
        .collect();
    Ok(page)
}

fn to_filter(filter: ProductSearchFilter) -> Result<Filter> {
    let currency = filter.currency.map_or(Currency::EUR, |code| code.0);
    let minor = |amount: Option<Decimal>| {
        amount
            .map(|amount| Money::from_decimal(amount, currency).map(|money| money.minor))
            .transpose()
            .map_err(|error| refused(error.to_string()))
    };
    Ok(Filter {
        category: filter_text(filter.category, "filter.category")?,
        vendor: filter_text(filter.vendor, "filter.vendor")?,
        tag: filter_text(filter.tag, "filter.tag")?,
        price_min: minor(filter.price_min)?,
        price_max: minor(filter.price_max)?,
        currency,
        in_stock: filter.in_stock,
    })
}
