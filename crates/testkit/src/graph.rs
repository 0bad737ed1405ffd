use async_graphql::{Executor, Request, Variables};
use kernel::Actor;
use serde_json::{Value, json};

/// Answers as the subgraph does to the gateway.
///
/// # Panics
/// When the answer cannot be shown as JSON.
pub async fn ask<E: Executor>(api: &E, actor: Actor, query: &str, variables: Value) -> Value {
    let request = Request::new(query).variables(Variables::from_json(variables)).data(actor);
    serde_json::to_value(api.execute(request).await).expect("an answer is JSON")
}

/// What of the graph has no description: types, fields, arguments, input fields, values of enumerations.
///
/// # Panics
/// When the schema cannot be introspected.
pub async fn undescribed<E: Executor>(api: &E) -> Vec<String> {
    let query = "{ __schema { types { name kind description fields { name description args { name description } }
        inputFields { name description } enumValues { name description } } } }";
    let answer = ask(api, Actor::Anonymous, query, json!({})).await;
    let mut bare = Vec::new();
    let mut look = |path: String, of: &Value| {
        if of["description"].as_str().is_none_or(str::is_empty) {
            bare.push(path);
        }
    };
    let list = |of: &Value| of.as_array().cloned().unwrap_or_default();
    for kind in list(&answer["data"]["__schema"]["types"]) {
        let name = kind["name"].as_str().expect("a name").to_owned();
        // Federation's own types are not part of the graph that clients see.
        if name.starts_with('_') {
            continue;
        }
        // The library describes neither GraphQL's own scalars nor its connection type.
        if kind["kind"] != "SCALAR" && !name.ends_with("Connection") {
            look(name.clone(), &kind);
        }
        for field in
            list(&kind["fields"]).iter().filter(|field| !field["name"].as_str().expect("a name").starts_with('_'))
        {
            look(format!("{name}.{}", field["name"]), field);
            list(&field["args"]).iter().for_each(|arg| look(format!("{name}.{}({})", field["name"], arg["name"]), arg));
        }
        for part in ["inputFields", "enumValues"] {
            list(&kind[part]).iter().for_each(|value| look(format!("{name}.{}", value["name"]), value));
        }
    }
    bare
}
