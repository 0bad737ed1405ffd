//! The search flow through the gateway: a miss, a hit, and a change that is seen.

use e2e::{Platform, data_dir, eventually, free_ports};
use serde_json::{Value, json};

const SEARCH: &str = "query($text: String!) { productSearch(query: $text, first: 10) { totalCount cacheStatus edges { node { id title } } } }";

#[tokio::test]
async fn a_search_is_cached_until_a_product_changes() {
    let data = data_dir();
    let platform = Platform::start(data.path(), free_ports(0)).await;
    let search = async |text: &str| platform.ask(None, SEARCH, json!({ "text": text })).await["productSearch"].take();
    eventually("the catalogue is indexed", async || {
        (search("jigsaw").await["totalCount"].as_i64()? >= 2).then_some(())
    })
    .await;
    let miss = search("jigsaw that nobody searched for before").await;
    assert_eq!(miss["cacheStatus"], "MISS", "{miss}");
    // No product is being indexed any more: the same question is answered from the cache.
    let hit = eventually("an answer is cached", async || {
        let answer = search("lighthouse jigsaw").await;
        (answer["cacheStatus"] == "HIT").then_some(answer)
    })
    .await;
    assert_eq!(hit["edges"][0]["node"]["title"], "Lighthouse Jigsaw", "{hit}");
    let typo = search("lihgthouse").await;
    assert_eq!(typo["edges"][0]["node"]["title"], "Lighthouse Jigsaw", "{typo}");

    // Archived by its manager: gone from the results.
    let manager = platform.sign_in("product-manager@example.com").await;
    let archive = "mutation($id: ID!) { productArchive(input: { id: $id }) { errors { message } } }";
    platform.ask(Some(&manager), archive, json!({ "id": hit["edges"][0]["node"]["id"] })).await;
    eventually("the change is seen", async || {
        let answer = search("lighthouse jigsaw").await;
        let titles: Vec<&Value> =
            answer["edges"].as_array().unwrap().iter().map(|edge| &edge["node"]["title"]).collect();
        (!titles.contains(&&json!("Lighthouse Jigsaw"))).then_some(())
    })
    .await;
    platform.stop().await;
}
