//! From an empty folder to a product, through the gateway.

use e2e::{Platform, data_dir, free_ports, techcorp};
use serde_json::json;

const LISTING: &str = "query($after: String) { products(first: 10, after: $after, sortBy: TITLE) {
    totalCount pageInfo { hasNextPage endCursor } edges { node { slug title } } } }";
const PRODUCT: &str = "query($slug: String!) { product(slug: $slug) { id slug title status category { path }
    options { name values } media { url alt } variants { id sku title price { amount currencyCode } }
    priceRange { lowest { amount } highest { amount } } } }";

#[tokio::test]
async fn a_newcomer_finds_products_and_a_restart_keeps_them() {
    let (data, port) = (data_dir(), free_ports(0));
    let platform = Platform::start(data.path(), port).await;

    // Every page of the list, by cursor.
    let (mut slugs, mut after, mut total) = (Vec::new(), json!(null), 0);
    loop {
        let answer = platform.query(LISTING, json!({ "after": after })).await;
        assert!(answer.get("errors").is_none(), "{answer}");
        let page = &answer["data"]["products"];
        total = page["totalCount"].as_u64().unwrap().max(total);
        slugs.extend(
            page["edges"].as_array().unwrap().iter().map(|edge| edge["node"]["slug"].as_str().unwrap().to_owned()),
        );
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    assert!(total >= 50, "the demo catalogue has about 60 products, found {total}");
    assert_eq!(slugs.len() as u64, total);

    // One product whole, with a picture that can be shown offline.
    let answer = platform.query(PRODUCT, json!({ "slug": slugs[0] })).await;
    let product = &answer["data"]["product"];
    assert_eq!(product["slug"], slugs[0].as_str(), "{answer}");
    assert_eq!(product["status"], "ACTIVE");
    assert!(product["variants"][0]["price"]["amount"].is_string());
    let (status, kind, picture) = platform.get(product["media"][0]["url"].as_str().unwrap()).await;
    assert_eq!((status, kind.as_str()), (200, "image/svg+xml"));
    assert!(picture.contains("<svg"));

    // What a guest may not do is refused and changes nothing.
    let archive = "mutation($id: ID!) { productArchive(input: { id: $id }) { errors { message } } }";
    let answer = platform.query(archive, json!({ "id": product["id"] })).await;
    assert_eq!(
        answer["errors"][0]["extensions"]["code"], "UNAUTHORIZED_FIELD_OR_TYPE",
        "the gateway refuses: {answer}"
    );
    let answer = platform.query(PRODUCT, json!({ "slug": slugs[0] })).await;
    assert_eq!(answer["data"]["product"]["status"], "ACTIVE", "{answer}");
    platform.stop().await;

    let platform = Platform::start(data.path(), port).await;
    let answer = platform.query(LISTING, json!({})).await;
    assert_eq!(answer["data"]["products"]["totalCount"], total);
    platform.stop().await;
}

#[tokio::test]
async fn a_taken_port_ends_at_once_with_what_to_do() {
    let data = data_dir();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = techcorp(data.path()).args(["up", "--base-port", &port]).output().await.unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    assert!(said.contains(&port) && said.contains("What to do"), "{said}");
    assert!(!data.path().join("postgres").exists(), "nothing was started");
}

#[tokio::test]
async fn data_of_another_postgresql_version_are_left_alone() {
    let data = data_dir();
    let folder = data.path().join("postgres/data");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("PG_VERSION"), "9.6\n").unwrap();
    let output =
        techcorp(data.path()).args(["import", "catalogue", "platform/demo/catalogue.csv"]).output().await.unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    assert!(said.contains("9.6") && said.contains("make reset"), "{said}");
}

#[tokio::test]
async fn the_explorer_needs_nothing_from_outside_and_figures_are_not_public() {
    let (data, port) = (data_dir(), free_ports(1));
    let platform = Platform::start(data.path(), port).await;
    let (status, kind, page) = platform.get("/graphiql").await;
    assert_eq!(status, 200);
    assert!(kind.starts_with("text/html"), "{kind}");
    let outside: Vec<&str> =
        page.split(['"', '\'']).filter(|text| text.starts_with("http") || text.starts_with("//")).collect();
    assert!(outside.is_empty(), "{outside:?}");
    let (status, _, page) = platform.get("/metrics").await;
    assert_eq!(status, 404, "figures are nobody's business on the public port: {page}");
    platform.stop().await;
}
