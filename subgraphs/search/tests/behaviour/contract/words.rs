//! How products are found by words.

use search::app::{Indexed, ProductIndex};
use search::domain::Text;

use super::{asked, fill, find, product};

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

pub async fn other_names_are_found_after_the_name_itself(index: &dyn ProductIndex) {
    let mut described = product(3, "Footrest");
    described.description = "Fits our couches.".into();
    fill(index, vec![product(1, "Corner Couch"), product(2, "Corner Sofa"), described, product(4, "Desk")]).await;
    assert_eq!(find(index, "sofa").await, [2, 1, 3]);
    assert_eq!(find(index, "couch").await[..2], [1, 2]);
    assert_eq!(find(index, "settees").await.len(), 3, "also when no product is called by it, and of several");
    assert_eq!(find(index, "corner sofa").await, [2, 1]);
    assert_eq!(find(index, "sofa desk").await, Vec::<u128>::new(), "every word must be found all the same");
    for typo in ["coush", "cuoch"] {
        assert!(find(index, typo).await.contains(&1), "{typo}");
    }
    let page = index.search(&asked("sofa")).await.unwrap();
    assert_eq!(page.hits[1].highlights[0].fragments, ["Corner <em>Couch</em>"], "what was found is marked");
    assert_eq!(index.search(&asked("settee")).await.unwrap().did_you_mean, None, "it is no typo");
    assert_eq!(index.search(&asked("settee desc")).await.unwrap().did_you_mean, None, "there is no such desk");
}

pub async fn names_of_several_words_are_found(index: &dyn ProductIndex) {
    let titles = ["Lounge Chair", "Living Room Lamp", "Room Divider", "Smartphone", "Cell Phone Cover", "Phone"];
    fill(index, titles.iter().zip(1..).map(|(title, id)| product(id, title)).collect()).await;
    assert_eq!(find(index, "lounge").await, [1, 2]);
    assert_eq!(find(index, "living room").await, [2, 1]);
    assert_eq!(find(index, "living room chair").await, [1]);
    assert_eq!(find(index, "room").await.len(), 2, "a word of a name is no name");
    let mut phones = find(index, "mobile phones").await;
    phones.sort_unstable();
    assert_eq!(phones, [4, 5]);
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
