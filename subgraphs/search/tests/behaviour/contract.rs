use kernel::{Currency, Money, ProductId};
use search::app::{Change, Indexed, ProductIndex, ProductSearch};
use search::domain::{Facts, Filter, Listing, Sort, Text};
use uuid::Uuid;

mod listing;
mod words;
mod writing;

pub use listing::*;
pub use words::*;
pub use writing::*;

pub const SOURCE: Uuid = Uuid::from_u128(0xDB);

/// A product at EUR 10.00 in the form of an index.
pub fn product(id: u128, title: &str) -> Indexed {
    let facts = Facts {
        id: ProductId(Uuid::from_u128(id)),
        title: title.to_owned(),
        vendor: "Maker".into(),
        tags: Vec::new(),
        categories: Vec::new(),
        prices: vec![Money { minor: 1_000, currency: Currency::EUR }],
        in_stock: false,
        listed_at: i64::try_from(id).unwrap(),
    };
    Indexed { facts, description: String::new(), skus: vec![format!("SKU-{id}")], variants: Vec::new() }
}

pub fn put(seq: i64, product: Indexed) -> Change<Indexed> {
    Change { id: product.facts.id.0, seq, document: Some(product) }
}

/// Makes the index of these products.
pub async fn fill(index: &dyn ProductIndex, products: Vec<Indexed>) {
    let changes: Vec<Change<Indexed>> = products.into_iter().zip(1..).map(|(product, seq)| put(seq, product)).collect();
    let seq = i64::try_from(changes.len()).unwrap();
    let mut made = index.begin().await.unwrap();
    made.add(changes).await.unwrap();
    made.finish(SOURCE, seq).await.unwrap();
}

pub fn asked(text: &str) -> ProductSearch {
    let (filter, sort) = (Filter::default(), Sort::Relevance);
    ProductSearch { text: Text::new(text).unwrap(), filter, sort, after: None, first: 24 }
}

fn ids(listing: &Listing) -> Vec<u128> {
    listing.hits.iter().map(|hit| hit.place.id.0.as_u128()).collect()
}

pub async fn find(index: &dyn ProductIndex, text: &str) -> Vec<u128> {
    ids(&index.search(&asked(text)).await.unwrap())
}

fn facet<'a>(listing: &'a Listing, name: &str) -> Vec<(&'a str, usize)> {
    let facet = listing.facets.iter().find(|facet| facet.name == name).unwrap();
    facet.values.iter().map(|value| (value.value.as_str(), value.count)).collect()
}
