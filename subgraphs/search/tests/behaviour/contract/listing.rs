//! How what was found is filtered, counted, sorted and cut into pages.

use kernel::{Currency, Money};
use search::app::{Indexed, ProductIndex, ProductSearch};
use search::domain::{Filter, Sort};

use super::{asked, facet, fill, ids, product};

pub async fn a_facet_ignores_its_own_filter_and_follows_the_others(index: &dyn ProductIndex) {
    let rows =
        [(1, "Arc", "new", "Lamps"), (2, "Arc", "old", "Lamps"), (3, "Bow", "new", "Lamps"), (4, "", "old", "Mugs")];
    let products = rows.map(|(id, vendor, tag, category)| {
        let mut of = product(id, "Thing");
        (of.facts.vendor, of.facts.tags) = (vendor.into(), vec![tag.into()]);
        of.facts.categories = vec!["Home".into(), category.into()];
        of
    });
    fill(index, products.into()).await;
    let all = index.search(&asked("")).await.unwrap();
    assert_eq!(facet(&all, "category"), [("Home", 4), ("Lamps", 3), ("Mugs", 1)]);
    assert_eq!(facet(&all, "vendor"), [("Arc", 2), ("Bow", 1)], "no vendor is no value");
    let filter = Filter { vendor: Some("Arc".into()), tag: Some("new".into()), ..Filter::default() };
    let page = index.search(&ProductSearch { filter, ..asked("thing") }).await.unwrap();
    assert_eq!((ids(&page), page.total), (vec![1], 1));
    assert_eq!(facet(&page, "vendor"), [("Arc", 1), ("Bow", 1)], "of what is new");
    assert_eq!(facet(&page, "tag"), [("new", 1), ("old", 1)], "of what is by Arc");
    assert_eq!(facet(&page, "category"), [("Home", 1), ("Lamps", 1)], "of both");
}

pub async fn products_are_filtered_by_price_and_stock(index: &dyn ProductIndex) {
    let mut products: Vec<Indexed> = [(1, 500), (2, 1_500), (3, 2_500)]
        .map(|(id, minor)| {
            let mut of = product(id, "Thing");
            of.facts.prices = vec![Money { minor, currency: Currency::EUR }];
            of
        })
        .into();
    products[1].facts.in_stock = true;
    let mut dollars = product(4, "Thing");
    dollars.facts.prices = vec![Money { minor: 700, currency: Currency::USD }];
    products.push(dollars);
    fill(index, products).await;
    let plain = Filter::default();
    for (filter, expected) in [
        (Filter { price_min: Some(500), price_max: Some(1_500), ..plain.clone() }, &[2, 1][..]),
        (Filter { price_min: Some(501), ..plain.clone() }, &[3, 2]),
        (Filter { price_max: Some(800), currency: Currency::USD, ..plain.clone() }, &[4]),
        (Filter { in_stock: Some(true), ..plain.clone() }, &[2]),
        (Filter { in_stock: Some(false), ..plain.clone() }, &[4, 3, 1]),
        (Filter { vendor: Some("maker".into()), ..plain.clone() }, &[]),
    ] {
        let page = index.search(&ProductSearch { filter: filter.clone(), ..asked("") }).await.unwrap();
        assert_eq!((ids(&page).as_slice(), page.total), (expected, expected.len()), "{filter:?}");
    }
}

pub async fn pages_are_complete_in_every_order(index: &dyn ProductIndex) {
    let products = (1..=7_u128).map(|id| {
        let mut of = product(id, ["Beta", "alpha"][usize::try_from(id % 2).unwrap()]);
        of.facts.prices = vec![Money { minor: 100 * i64::try_from(id % 3).unwrap(), currency: Currency::EUR }];
        of
    });
    let mut unpriced = product(8, "Gamma");
    unpriced.facts.prices.clear();
    fill(index, products.chain([unpriced]).collect()).await;
    for (sort, expected) in [
        (Sort::Newest, &[8, 7, 6, 5, 4, 3, 2, 1][..]),
        (Sort::PriceLow, &[3, 6, 1, 4, 7, 2, 5]),
        (Sort::PriceHigh, &[5, 2, 7, 4, 1, 6, 3]),
        (Sort::Title, &[1, 3, 5, 7, 2, 4, 6, 8]),
        (Sort::Relevance, &[8, 7, 6, 5, 4, 3, 2, 1]),
    ] {
        let mut search = ProductSearch { sort, first: 3, ..asked("") };
        let mut seen = Vec::new();
        loop {
            let page = index.search(&search).await.unwrap();
            assert_eq!(page.total, expected.len(), "{sort:?}");
            seen.extend(ids(&page));
            search.after = page.hits.last().map(|hit| hit.place.clone());
            if !page.has_next {
                break;
            }
        }
        assert_eq!(seen, expected, "{sort:?}");
    }
    let mut search = ProductSearch { first: 1, ..asked("alpha") };
    let mut seen = Vec::new();
    while seen.len() < 4 {
        let page = index.search(&search).await.unwrap();
        seen.extend(ids(&page));
        search.after = page.hits.last().map(|hit| hit.place.clone());
    }
    assert_eq!(seen, [7, 5, 3, 1], "scores continue as well");
}
