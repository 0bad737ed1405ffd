//! A message that cannot be handled, and what staff does about it through the gateway.

use e2e::{Platform, data_dir, eventually, free_ports, is_queued, mend_variant, tell_of_variant};
use serde_json::{Value, json};

const LIST: &str = "query { deadLetters(first: 10, filter: { queue: \"inventory\" }) { totalCount nodes {
    id queue kind subject attempts reason } } }";
const SHOW: &str = "query($id: ID!) { deadLetter(id: $id) { reason payload history { actor action } } }";
const REPLAY: &str = "mutation($id: ID!) { deadLetterReplay(input: { id: $id }) {
    deadLetter { id } errors { __typename ... on AlreadyReplayed { replayedBy } } } }";
const DISCARD: &str = "mutation($id: ID!) { deadLetterDiscard(input: { id: $id }) { id errors { __typename } } }";
const AUDIT: &str = "query($subject: String!) { auditEntries(first: 10, filter: { subject: $subject }) { nodes {
    actor action details } } }";
const STOCK: &str = "query($id: ID!) { stockLevels(variantId: $id) { available } }";
const ME: &str = "query { viewer { id } }";

const CHAIR: &str = "0192f0c0-0000-7000-8000-00000000c4a1";
const TABLE: &str = "0192f0c0-0000-7000-8000-0000000007ab";

/// The letter about the variant, once it was given up.
async fn given_up(platform: &Platform, staff: &str, variant: &str) -> Value {
    eventually("the message is given up", async || {
        let mut found = platform.ask(Some(staff), LIST, json!({})).await["deadLetters"]["nodes"].take();
        found.as_array_mut()?.iter_mut().find(|letter| letter["subject"] == variant).map(Value::take)
    })
    .await
}

#[tokio::test]
async fn staff_replays_what_was_mended_discards_what_cannot_be_and_it_is_known_who_did() {
    let data = data_dir();
    let platform = Platform::start(data.path(), free_ports(0)).await;
    let operations = platform.sign_in("operations@example.com").await;
    let shopper = platform.sign_in("shopper@example.com").await;

    tell_of_variant(data.path(), CHAIR, -3).await;
    tell_of_variant(data.path(), TABLE, -4).await;
    let chair = given_up(&platform, &operations, CHAIR).await;
    let table = given_up(&platform, &operations, TABLE).await;
    assert_eq!(chair["queue"], "inventory");
    assert_eq!(chair["kind"], "products.variant.created.v1");
    let (chair, table) = (chair["id"].as_str().unwrap(), table["id"].as_str().unwrap());
    let staff = async |query: &str, id: &str| platform.ask(Some(&operations), query, json!({ "id": id })).await;

    let shown = staff(SHOW, chair).await["deadLetter"].take();
    assert!(shown["reason"].as_str().unwrap().contains("cannot start with -3 units"), "{shown}");
    let payload: Value = serde_json::from_str(shown["payload"].as_str().unwrap()).unwrap();
    assert_eq!(payload["data"]["initial_quantity"], -3, "{payload}");
    assert_eq!(shown["history"], json!([]));

    // Nobody else sees or settles them. Support is staff, too.
    let support = platform.sign_in("support@example.com").await;
    for token in [None, Some(shopper.as_str()), Some(support.as_str())] {
        for query in [LIST, SHOW, REPLAY, DISCARD] {
            let refused = platform.query_as(token, query, json!({ "id": chair })).await;
            assert_eq!(refused["errors"][0]["extensions"]["code"], "UNAUTHORIZED_FIELD_OR_TYPE", "{query}: {refused}");
        }
    }

    // Nothing has changed, so it is given up again, under the same id, and says that replaying did not help.
    let me = platform.ask(Some(&operations), ME, json!({})).await["viewer"]["id"].take();
    let actor = format!("account:{}", me.as_str().unwrap());
    let replayed = staff(REPLAY, chair).await["deadLetterReplay"].take();
    assert_eq!(replayed, json!({ "deadLetter": { "id": chair }, "errors": [] }));
    assert_eq!(given_up(&platform, &operations, CHAIR).await["id"], chair);
    let acts = json!([{ "actor": actor, "action": "DEAD_LETTER_REPLAYED" }]);
    assert_eq!(staff(SHOW, chair).await["deadLetter"]["history"], acts);

    // Mended, it has its effect.
    mend_variant(data.path(), chair, 5).await;
    assert_eq!(staff(REPLAY, chair).await["deadLetterReplay"]["errors"], json!([]));
    eventually("inventory counts the units", async || {
        (staff(STOCK, CHAIR).await["stockLevels"] == json!([{ "available": 5 }])).then_some(())
    })
    .await;
    eventually("the message is done", async || (!is_queued(data.path(), chair).await).then_some(())).await;
    let late = staff(REPLAY, chair).await["deadLetterReplay"]["errors"].take();
    assert_eq!(late, json!([{ "__typename": "AlreadyReplayed", "replayedBy": actor }]));

    // The other one never can be handled.
    let discarded = json!({ "deadLetterDiscard": { "id": table, "errors": [] } });
    assert_eq!(staff(DISCARD, table).await, discarded);
    assert_eq!(staff(DISCARD, table).await, discarded, "twice is once");
    assert!(!is_queued(data.path(), table).await);
    assert_eq!(staff(STOCK, TABLE).await["stockLevels"], json!([]));
    assert_eq!(platform.ask(Some(&operations), LIST, json!({})).await["deadLetters"]["totalCount"], 0);

    // Who did what is for administrators; operations does not read what is written about it.
    let administrator = platform.sign_in("administrator@example.com").await;
    let audit = async |id: &str| {
        let subject = json!({ "subject": format!("dead-letter:{id}") });
        platform.ask(Some(&administrator), AUDIT, subject).await["auditEntries"]["nodes"].take()
    };
    let written = audit(chair).await;
    let actions: Vec<_> = written.as_array().unwrap().iter().map(|entry| (&entry["actor"], &entry["action"])).collect();
    let replay = (&json!(actor), &json!("DEAD_LETTER_REPLAYED"));
    assert_eq!(actions, [replay, replay]);
    let written = audit(table).await;
    assert_eq!(written.as_array().unwrap().len(), 1, "{written}");
    assert_eq!((&written[0]["actor"], &written[0]["action"]), (&json!(actor), &json!("DEAD_LETTER_DISCARDED")));
    let refused = platform.query_as(Some(&operations), AUDIT, json!({ "subject": "x" })).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "UNAUTHORIZED_FIELD_OR_TYPE", "{refused}");
    platform.stop().await;
}
