use kernel::Actor;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::shop::Shop;

#[sqlx::test(migrations = false)]
async fn every_part_of_the_graph_is_described(pool: PgPool) {
    let shop = Shop::open(pool).await;
    let query = "{ __schema { types { name kind description fields { name description args { name description } }
        inputFields { name description } enumValues { name description } } } }";
    let answer = shop.ask(Actor::Anonymous, query, json!({})).await;
    let mut bare = Vec::new();
    let mut look = |path: String, of: &Value| {
        if of["description"].as_str().is_none_or(str::is_empty) {
            bare.push(path);
        }
    };
    let list = |of: &Value| of.as_array().cloned().unwrap_or_default();
    for kind in list(&answer["data"]["__schema"]["types"]) {
        let name = kind["name"].as_str().unwrap().to_owned();
        // Federation's own types are not part of the graph that clients see.
        if name.starts_with('_') {
            continue;
        }
        // The library describes neither GraphQL's own scalars nor its connection type.
        if kind["kind"] != "SCALAR" && !name.ends_with("Connection") {
            look(name.clone(), &kind);
        }
        for field in list(&kind["fields"]).iter().filter(|field| !field["name"].as_str().unwrap().starts_with('_')) {
            look(format!("{name}.{}", field["name"]), field);
            list(&field["args"]).iter().for_each(|arg| look(format!("{name}.{}({})", field["name"], arg["name"]), arg));
        }
        for part in ["inputFields", "enumValues"] {
            list(&kind[part]).iter().for_each(|value| look(format!("{name}.{}", value["name"]), value));
        }
    }
    assert!(bare.is_empty(), "without a description: {bare:#?}");
}
