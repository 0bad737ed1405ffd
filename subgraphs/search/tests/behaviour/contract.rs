use kernel::{Currency, FaultKind, Money, ProductId};
use search::app::{Change, Indexed, ProductIndex, ProductSearch, Reached};
use search::domain::{Facts, Filter, Listing, Sort, Text};
use uuid::Uuid;

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

pub fn put(seq: i64, product: Indexed) -> Change {
    Change { id: product.facts.id, seq, product: Some(Box::new(product)) }
}

fn gone(seq: i64, id: u128) -> Change {
    Change { id: ProductId(Uuid::from_u128(id)), seq, product: None }
}

/// Makes the index of these products.
pub async fn fill(index: &dyn ProductIndex, products: Vec<Indexed>) {
    let changes: Vec<Change> = products.into_iter().zip(1..).map(|(product, seq)| put(seq, product)).collect();
    let seq = i64::try_from(changes.len()).unwrap();
    let mut made = index.begin().await.unwrap();
    made.add(changes).await.unwrap();
    made.finish(SOURCE, seq).await.unwrap();
}

/// Applies the changes as an indexer does that has reached the number.
async fn apply(index: &dyn ProductIndex, changes: Vec<Change>, seq: i64) {
    let reached = index.reached().await.unwrap();
    index.apply(changes, Reached { seq, ..reached }).await.unwrap();
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

pub async fn an_index_that_was_never_filled_says_so(index: &dyn ProductIndex) {
    assert!(index.reached().await.unwrap().is_nothing());
    assert_eq!(index.search(&asked("lamp")).await.unwrap_err().kind(), FaultKind::Unavailable);
    assert_eq!(index.generation().await.unwrap_err().kind(), FaultKind::Unavailable);
    assert_eq!(index.suggest(&Text::new("l").unwrap(), 8).await.unwrap_err().kind(), FaultKind::Unavailable);
    index.begin().await.unwrap().finish(SOURCE, 0).await.unwrap();
    let reached = index.reached().await.unwrap();
    assert_eq!((reached.source, reached.seq), (SOURCE, 0), "a shop may be empty");
    assert_eq!(find(index, "").await, Vec::<u128>::new());
}

pub async fn where_a_word_is_found_decides_how_much_it_counts(index: &dyn ProductIndex) {
    let (mut described, mut labelled) = (product(1, "Oak Table"), product(2, "Paper Shade"));
    described.description = "Goes with any lamp.".into();
    labelled.facts.tags = vec!["Lamp".into()];
    fill(index, vec![described, labelled, product(3, "Arc Lamp"), product(4, "Mug")]).await;
    assert_eq!(find(index, "lamp").await, [3, 2, 1]);
    assert_eq!(find(index, "LAMPS").await[0], 3, "case and number do not matter");
    assert_eq!(find(index, "lamp for the table").await, [1], "every word that says something must be found");
    assert_eq!(find(index, "the").await, Vec::<u128>::new(), "a word alone is searched for");
}

pub async fn typos_accents_beginnings_and_skus_are_found(index: &dyn ProductIndex) {
    fill(index, vec![product(1, "Walnut Bookshelf"), product(2, "Crème Brûlée Torch")]).await;
    for text in
        ["walnot", "wlanut", "bookshlef", "bokshelf", "walnut boo", "bokshe", "maker walnut", "sku-1", "SKU-1", "sku"]
    {
        assert!(find(index, text).await.contains(&1), "{text}");
    }
    assert_eq!(find(index, "creme brulee").await, [2]);
    assert_eq!(find(index, "xqzwvy").await, Vec::<u128>::new());
    assert_eq!(find(index, "wal book").await, Vec::<u128>::new(), "only the last word may be unfinished");
}

pub async fn an_exact_match_comes_before_a_typo_of_it(index: &dyn ProductIndex) {
    fill(index, vec![product(1, "Table"), product(2, "Cable")]).await;
    assert_eq!(find(index, "cable").await, [2, 1]);
    assert_eq!(find(index, "table").await, [1, 2]);
}

pub async fn no_character_has_a_meaning(index: &dyn ProductIndex) {
    fill(index, vec![product(1, "Desk Lamp")]).await;
    for text in
        ["title:lamp OR *", "(", "\"", "lamp AND", "[a TO b]", "*", "?", "lamp~10000", "\\", "😀", "a:b:c", "^9", "/x/"]
    {
        index.search(&asked(text)).await.unwrap_or_else(|fault| panic!("{text}: {fault}"));
        index.suggest(&Text::new(text).unwrap(), 8).await.unwrap_or_else(|fault| panic!("{text}: {fault}"));
    }
    assert_eq!(find(index, "+lamp -desk").await, [1], "signs are no operators");
    assert_eq!(find(index, "*").await, Vec::<u128>::new(), "a star is no wildcard");
    assert_eq!(find(index, &"lamp ".repeat(51)).await, [1]);
}

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

pub async fn texts_are_suggested_by_their_beginnings(index: &dyn ProductIndex) {
    let mut products: Vec<Indexed> = [(1, "Arc Lamp"), (2, "Lamp Shade"), (3, "Clamp"), (4, "Lamp Shade")]
        .map(|(id, title)| product(id, title))
        .into();
    products[2].facts.categories = vec!["Éclairage Lampadaire".into()];
    fill(index, products).await;
    for (prefix, expected) in [
        ("LAM", &["Lamp Shade", "Arc Lamp", "Éclairage Lampadaire"][..]),
        ("lamp sh", &["Lamp Shade"]),
        ("ecl", &["Éclairage Lampadaire"]),
        ("mak", &["Maker"]),
        ("", &[]),
        ("q", &[]),
    ] {
        assert_eq!(index.suggest(&Text::new(prefix).unwrap(), 8).await.unwrap(), expected, "{prefix}");
    }
    assert_eq!(index.suggest(&Text::new("lam").unwrap(), 1).await.unwrap(), ["Lamp Shade"]);
}

pub async fn searched_words_are_marked(index: &dyn ProductIndex) {
    let mut of = product(1, "Arc <Lamp>");
    of.facts.tags = vec!["lamps & more".into(), "other".into()];
    of.variants = vec!["Brass".into(), "Lamp shade only".into()];
    of.description = "Two lamps that light a room.".into();
    fill(index, vec![of]).await;
    let page = index.search(&asked("lamp")).await.unwrap();
    let marked: Vec<(&str, Vec<&str>)> = page.hits[0]
        .highlights
        .iter()
        .map(|of| (of.field.as_str(), of.fragments.iter().map(String::as_str).collect()))
        .collect();
    let expected = [
        ("title", vec!["Arc &lt;<em>Lamp</em>&gt;"]),
        ("tag", vec!["<em>lamps</em> &amp; more"]),
        ("variant", vec!["<em>Lamp</em> shade only"]),
        ("description", vec!["Two <em>lamps</em> that light a room."]),
    ];
    assert_eq!(marked, expected);
    let typo = index.search(&asked("lapm")).await.unwrap();
    assert_eq!(
        typo.hits[0].highlights[0].fragments,
        ["Arc &lt;<em>Lamp</em>&gt;"],
        "a typo is marked where it was found"
    );
    assert!(index.search(&asked("")).await.unwrap().hits[0].highlights.is_empty());
}

pub async fn another_text_is_proposed_where_little_is_found(index: &dyn ProductIndex) {
    let titles = ["Arc Lamp", "Desk Lamp", "Floor Lamp", "Lighthouse 100", "Lump"];
    fill(index, titles.iter().zip(1..).map(|(title, id)| product(id, title)).collect()).await;
    for (text, meant) in [
        ("lihgthuose", Some("lighthouse")),
        ("dsek lamp", Some("desk lamp")),
        ("arc lamp", None),
        ("xqzwvy", None),
        ("lamp xqzwvy", None),
        ("lightho", None),
        ("lighthouse 101", None),
        ("", None),
    ] {
        let page = index.search(&asked(text)).await.unwrap();
        assert_eq!(page.did_you_mean.as_deref(), meant, "{text}");
    }
}

pub async fn late_and_doubled_changes_do_no_harm(index: &dyn ProductIndex) {
    fill(index, vec![product(1, "Old Name")]).await;
    apply(index, vec![put(3, product(1, "New Name")), put(5, product(2, "Lamp"))], 5).await;
    let doubled = vec![put(3, product(1, "New Name")), put(5, product(2, "Lamp"))];
    apply(index, doubled, 5).await;
    apply(index, vec![put(2, product(1, "Late Name"))], 2).await;
    assert_eq!((find(index, "late").await, find(index, "new").await), (vec![], vec![1]));
    assert_eq!(find(index, "").await.len(), 2);
    assert_eq!(index.reached().await.unwrap().seq, 5, "it never goes back");
}

pub async fn what_is_gone_is_not_found(index: &dyn ProductIndex) {
    fill(index, vec![product(1, "Lamp"), product(2, "Mug")]).await;
    apply(index, vec![gone(5, 1), gone(6, 9)], 6).await;
    apply(index, vec![put(4, product(1, "Lamp"))], 4).await;
    let all = index.search(&asked("")).await.unwrap();
    assert_eq!((ids(&all), all.total), (vec![2], 1), "late news do not bring it back");
    assert_eq!(facet(&all, "vendor"), [("Maker", 1)]);
    assert!(index.suggest(&Text::new("lam").unwrap(), 8).await.unwrap().is_empty());
    apply(index, vec![put(7, product(1, "Lamp"))], 7).await;
    assert_eq!(find(index, "lamp").await, [1], "later ones do");
}

pub async fn every_change_has_its_generation(index: &dyn ProductIndex) {
    fill(index, vec![product(1, "Lamp")]).await;
    let first = index.generation().await.unwrap();
    assert_eq!(index.generation().await.unwrap(), first);
    apply(index, vec![put(2, product(2, "Lamp"))], 2).await;
    let second = index.generation().await.unwrap();
    assert_ne!(first, second);
    fill(index, vec![product(1, "Lamp")]).await;
    let third = index.generation().await.unwrap();
    assert!(third != first && third != second);
}

pub async fn a_new_index_takes_the_place_of_the_old_at_once(index: &dyn ProductIndex) {
    fill(index, vec![product(1, "Old Lamp"), product(2, "Old Mug")]).await;
    let mut made = index.begin().await.unwrap();
    made.add(vec![put(1, product(1, "New Lamp"))]).await.unwrap();
    assert_eq!(find(index, "old").await.len(), 2, "all is found meanwhile");
    // Live changes go on.
    apply(index, vec![put(3, product(3, "Old Rug"))], 3).await;
    assert_eq!(find(index, "old").await.len(), 3);
    made.add(vec![put(4, product(2, "New Mug"))]).await.unwrap();
    made.finish(SOURCE, 4).await.unwrap();
    let mut found = find(index, "").await;
    found.sort_unstable();
    assert_eq!(found, [1, 2]);
    let reached = index.reached().await.unwrap();
    assert_eq!((reached.source, reached.seq), (SOURCE, 4));
}

pub async fn what_was_read_of_one_index_is_not_told_to_the_next(index: &dyn ProductIndex) {
    fill(index, vec![product(1, "Lamp"), product(2, "Lamp"), product(3, "Lamp")]).await;
    let before = index.reached().await.unwrap();
    fill(index, vec![product(1, "Lamp")]).await;
    // An indexer that read how far the old one had come. Whether it is refused or its documents are taken, the new one must
    // not believe that it holds what is between.
    let _ = index.apply(vec![put(4, product(4, "Lamp"))], Reached { seq: 4, ..before }).await;
    assert_eq!(index.reached().await.unwrap().seq, 1);
}

pub async fn an_index_that_was_not_finished_leaves_no_trace(index: &dyn ProductIndex) {
    fill(index, vec![product(1, "Lamp")]).await;
    let mut first = index.begin().await.unwrap();
    first.add(vec![put(1, product(7, "Lamp"))]).await.unwrap();
    drop(first);
    assert_eq!(find(index, "lamp").await, [1]);
    fill(index, vec![product(2, "Lamp")]).await;
    assert_eq!(find(index, "lamp").await, [2]);
}
