use kernel::{Actor, Currency, Money};
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::shop::{SEARCH, Shop, ids, priced, product};

fn facet(page: &Value, name: &str) -> Value {
    let facets = page["facets"].as_array().unwrap();
    let values = facets.iter().find(|facet| facet["name"] == name).unwrap()["values"].as_array().unwrap();
    values.iter().map(|value| json!([value["value"], value["count"]])).collect()
}

#[sqlx::test(migrations = false)]
async fn where_a_word_is_found_decides_how_much_it_counts(pool: PgPool) {
    let mut shop = Shop::open(pool).await;
    let mut described = product(1, "Oak Table");
    described.description_html = "<p>Goes with any <b>lamp</b>.</p>".into();
    let mut labelled = product(2, "Paper Shade");
    labelled.tags = vec!["Lamp".into()];
    shop.publish(described).await;
    shop.publish(labelled).await;
    shop.publish(product(3, "Arc Lamp")).await;
    shop.publish(product(4, "Mug")).await;
    shop.index().await;
    assert_eq!(shop.find("lamp").await, [3, 2, 1]);
    assert_eq!(shop.find("LAMPS").await[0], 3, "case and number do not matter");
    assert_eq!(shop.find("lamp for the table").await, [1], "every word that says something must be found");
    assert_eq!(shop.find("<b>").await, Vec::<u128>::new(), "tags of HTML are not searched");
}

#[sqlx::test(migrations = false)]
async fn typos_accents_beginnings_and_skus_are_found(pool: PgPool) {
    let mut shop = Shop::open(pool).await;
    shop.publish(product(1, "Walnut Bookshelf")).await;
    shop.publish(product(2, "Crème Brûlée Torch")).await;
    shop.index().await;
    for text in ["walnot", "wlanut", "bookshlef", "bokshelf", "walnut boo", "maker walnut", "sku-1", "SKU-1"] {
        assert_eq!(shop.find(text).await.first(), Some(&1), "{text}");
    }
    assert_eq!(shop.find("creme brulee").await, [2]);
    assert_eq!(shop.find("xqzwvy").await, Vec::<u128>::new());
}

#[sqlx::test(migrations = false)]
async fn an_exact_match_comes_before_a_typo_of_it(pool: PgPool) {
    let mut shop = Shop::open(pool).await;
    shop.publish(product(1, "Table")).await;
    shop.publish(product(2, "Cable")).await;
    shop.index().await;
    assert_eq!(shop.find("cable").await, [2, 1]);
    assert_eq!(shop.find("table").await, [1, 2]);
}

#[sqlx::test(migrations = false)]
async fn a_facet_ignores_its_own_filter_and_follows_the_others(pool: PgPool) {
    let mut shop = Shop::open(pool).await;
    for (id, vendor, tag, category) in
        [(1, "Arc", "new", "Lamps"), (2, "Arc", "old", "Lamps"), (3, "Bow", "new", "Lamps"), (4, "Bow", "old", "Mugs")]
    {
        let mut of = product(id, "Thing");
        (of.vendor, of.tags, of.category_path) =
            (vendor.into(), vec![tag.into()], vec!["Home".into(), category.into()]);
        shop.publish(of).await;
    }
    shop.index().await;
    let all = shop.search(json!({ "q": "" })).await;
    assert_eq!(facet(&all, "category"), json!([["Home", 4], ["Lamps", 3], ["Mugs", 1]]));
    let page = shop.search(json!({ "q": "thing", "f": { "vendor": "Arc", "tag": "new" } })).await;
    assert_eq!((ids(&page), page["totalCount"].clone()), (vec![1], json!(1)));
    assert_eq!(facet(&page, "vendor"), json!([["Arc", 1], ["Bow", 1]]), "of what is new");
    assert_eq!(facet(&page, "tag"), json!([["new", 1], ["old", 1]]), "of what is by Arc");
    assert_eq!(facet(&page, "category"), json!([["Home", 1], ["Lamps", 1]]), "of both");
    let below = shop.search(json!({ "q": "", "f": { "category": "Home" } })).await;
    assert_eq!(below["totalCount"], 4, "a category has the products below it");
}

#[sqlx::test(migrations = false)]
async fn products_are_filtered_by_price_and_stock(pool: PgPool) {
    let mut shop = Shop::open(pool).await;
    for (id, price) in [(1, 500), (2, 1_500), (3, 2_500)] {
        shop.publish(priced(product(id, "Thing"), price)).await;
    }
    let mut dollars = product(4, "Thing");
    dollars.variants[0].prices = vec![Money { minor: 700, currency: Currency::USD }];
    shop.publish(dollars).await;
    shop.level(2, 1, 3).await;
    shop.index().await;
    for (filter, expected) in [
        (json!({ "priceMin": "5.00", "priceMax": "15.00" }), vec![1, 2]),
        (json!({ "priceMin": "5.01" }), vec![2, 3]),
        (json!({ "priceMax": "8", "currency": "USD" }), vec![4]),
        (json!({ "inStock": true }), vec![2]),
        (json!({ "inStock": false }), vec![1, 3, 4]),
    ] {
        let mut found = ids(&shop.search(json!({ "q": "", "f": filter })).await);
        found.sort_unstable();
        assert_eq!(found, expected, "{filter}");
    }
}

#[sqlx::test(migrations = false)]
async fn pages_are_complete_and_stable_in_every_order(pool: PgPool) {
    let mut shop = Shop::open(pool).await;
    for id in 1..=7 {
        let price = 100 * i64::try_from(id % 3).unwrap();
        shop.publish(priced(product(id, ["Beta", "Alpha"][usize::try_from(id % 2).unwrap()]), price)).await;
    }
    shop.index().await;
    for (sort, expected) in [
        ("NEWEST", vec![7, 6, 5, 4, 3, 2, 1]),
        ("PRICE_LOW", vec![3, 6, 1, 4, 7, 2, 5]),
        ("PRICE_HIGH", vec![5, 2, 7, 4, 1, 6, 3]),
        ("TITLE", vec![1, 3, 5, 7, 2, 4, 6]),
        ("RELEVANCE", vec![7, 6, 5, 4, 3, 2, 1]),
    ] {
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        loop {
            let page = shop.search(json!({ "q": "", "s": sort, "n": 3, "a": after })).await;
            assert_eq!(page["totalCount"], 7);
            seen.extend(ids(&page));
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(seen, expected, "{sort}");
        let other = if sort == "TITLE" { "NEWEST" } else { "TITLE" };
        let refused = shop.ask(Actor::Anonymous, SEARCH, json!({ "q": "", "s": other, "a": after })).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{refused}");
    }
}

#[sqlx::test(migrations = false)]
async fn a_search_field_is_completed_with_titles_and_vendors(pool: PgPool) {
    let mut shop = Shop::open(pool).await;
    for (id, title) in [(1, "Arc Lamp"), (2, "Lamp Shade"), (3, "Clamp"), (4, "Lamp Shade")] {
        shop.publish(product(id, title)).await;
    }
    shop.index().await;
    for (prefix, expected) in
        [("LAM", json!(["Lamp Shade", "Arc Lamp"])), ("mak", json!(["Maker"])), ("", json!([])), ("q", json!([]))]
    {
        let answer = shop
            .ask(Actor::Anonymous, "query($p: String!) { searchSuggestions(prefix: $p) }", json!({ "p": prefix }))
            .await;
        assert_eq!(answer["data"]["searchSuggestions"], expected, "{prefix}");
    }
}

#[sqlx::test(migrations = false)]
async fn a_first_page_is_kept_until_the_index_changes(pool: PgPool) {
    let mut shop = Shop::open(pool).await;
    shop.publish(product(1, "Lamp")).await;
    shop.index().await;
    let ask = json!({ "q": "lamp" });
    let first = shop.search(ask.clone()).await;
    let mut again = shop.search(ask.clone()).await;
    assert_eq!((&first["cacheStatus"], &again["cacheStatus"]), (&json!("MISS"), &json!("HIT")));
    again["cacheStatus"] = json!("MISS");
    assert_eq!(first, again, "the kept answer is the same answer");
    let other = shop.search(json!({ "q": "lamp", "f": { "vendor": "Nobody" } })).await;
    assert_eq!((&other["cacheStatus"], &other["totalCount"]), (&json!("MISS"), &json!(0)));
    shop.publish(product(2, "Lamp")).await;
    shop.index().await;
    let changed = shop.search(ask).await;
    assert_eq!((&changed["cacheStatus"], &changed["totalCount"]), (&json!("MISS"), &json!(2)));
}
