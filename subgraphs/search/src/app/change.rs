use std::collections::BTreeMap;

use events::products::ProductSnapshot;
use kernel::Money;

use super::{Change, Document, Indexed};
use crate::domain::{Facts, plain_text};

/// What an index takes of the document.
pub(super) fn change(document: Document) -> Change<Indexed> {
    let (id, seq) = (document.product_id.0, document.seq);
    Change { id, seq, document: indexed(document) }
}

/// The product as it is searched for; none when it is not for sale.
pub(super) fn indexed(document: Document) -> Option<Indexed> {
    let snapshot = document.snapshot?;
    let facts = Facts {
        id: document.product_id,
        prices: lowest_prices(&snapshot),
        tags: each_once(snapshot.tags),
        categories: each_once(snapshot.category_path),
        title: snapshot.title,
        vendor: snapshot.vendor,
        in_stock: document.in_stock,
        listed_at: kernel::instant::micros(document.listed_at),
    };
    Some(Indexed {
        facts,
        description: plain_text(&snapshot.description_html),
        skus: snapshot.variants.iter().filter_map(|variant| variant.sku.clone()).collect(),
        variants: snapshot.variants.into_iter().map(|variant| variant.title).collect(),
    })
}

fn each_once(names: Vec<String>) -> Vec<String> {
    let mut once: Vec<String> = Vec::with_capacity(names.len());
    for name in names {
        if !name.is_empty() && !once.contains(&name) {
            once.push(name);
        }
    }
    once
}

fn lowest_prices(snapshot: &ProductSnapshot) -> Vec<Money> {
    let mut lowest: BTreeMap<_, i64> = BTreeMap::new();
    for price in snapshot.variants.iter().flat_map(|variant| &variant.prices) {
        lowest.entry(price.currency).and_modify(|minor| *minor = price.minor.min(*minor)).or_insert(price.minor);
    }
    lowest.into_iter().map(|(currency, minor)| Money { minor, currency }).collect()
}
