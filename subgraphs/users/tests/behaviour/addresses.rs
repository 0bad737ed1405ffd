use kernel::Scope;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::desk::{CREATE, Desk, actor, quay, user};

const BOOK: &str = "{ viewer { addresses { id label defaultShipping defaultBilling address { line1 } } } }";
const UPDATE: &str = "mutation($input: AddressUpdateInput!) { addressUpdate(input: $input) {
    address { label defaultShipping defaultBilling address { line1 country } }
    errors { __typename message ... on InvalidInput { field } } } }";
const DELETE: &str =
    "mutation($id: ID!) { addressDelete(input: { id: $id }) { deletedAddressId errors { __typename } } }";

/// The viewer's addresses, each as its street with S and B where it is a default.
async fn book(desk: &Desk, id: u128) -> Vec<String> {
    let answer = desk.ask(actor(id, &[]), BOOK, json!({})).await;
    let entries = answer["data"]["viewer"]["addresses"].as_array().unwrap_or_else(|| panic!("{answer}"));
    let mark = |entry: &Value, field: &str, mark: &'static str| if entry[field] == true { mark } else { "" };
    let show = |entry: &Value| {
        let street = entry["address"]["line1"].as_str().unwrap().to_owned();
        street + mark(entry, "defaultShipping", " S") + mark(entry, "defaultBilling", " B")
    };
    entries.iter().map(show).collect()
}

async fn update(desk: &Desk, input: Value) -> Value {
    let answer = desk.ask(actor(1, &[]), UPDATE, json!({ "input": input })).await;
    answer["data"]["addressUpdate"].clone()
}

#[sqlx::test(migrations = false)]
async fn the_first_address_is_the_default_and_a_new_default_takes_its_place(pool: PgPool) {
    let desk = Desk::staffed(pool).await;
    let first = desk.add(1, json!({ "label": " Home ", "address": quay(1) })).await;
    let lines = json!({ "name": "Ada", "line1": "Quay 1", "line2": "", "city": "Porto", "region": "", "postalCode": "4050",
        "country": "PT" });
    let id = first["address"]["id"].clone();
    let expected =
        json!({ "id": id, "label": "Home", "defaultShipping": true, "defaultBilling": true, "address": lines });
    assert_eq!(first, json!({ "address": expected, "errors": [] }));
    desk.add(1, json!({ "address": quay(2) })).await;
    desk.add(1, json!({ "address": quay(3), "defaultShipping": true })).await;
    assert_eq!(book(&desk, 1).await, ["Quay 1 B", "Quay 2", "Quay 3 S"]);
    assert_eq!(
        update(&desk, json!({ "id": id, "defaultShipping": true, "defaultBilling": false })).await["errors"],
        json!([])
    );
    assert_eq!(book(&desk, 1).await, ["Quay 1 S", "Quay 2", "Quay 3"]);
    // The defaults of one person are not those of another.
    desk.add(2, json!({ "address": quay(9), "defaultBilling": false })).await;
    assert_eq!(book(&desk, 2).await, ["Quay 9 S"]);
    assert_eq!(book(&desk, 1).await, ["Quay 1 S", "Quay 2", "Quay 3"]);
}

#[sqlx::test(migrations = false)]
async fn two_new_defaults_at_once_leave_one(pool: PgPool) {
    let desk = Desk::staffed(pool).await;
    let new = |number| desk.add(1, json!({ "address": quay(number), "defaultShipping": true, "defaultBilling": true }));
    let answers = tokio::join!(new(1), new(2), new(3), new(4));
    for answer in [answers.0, answers.1, answers.2, answers.3] {
        assert_eq!(answer["errors"], json!([]));
    }
    let defaults: (i64, i64) = sqlx::query_as(
        "select count(*) filter (where default_shipping), count(*) filter (where default_billing) from users.address",
    )
    .fetch_one(&desk.pool)
    .await
    .unwrap();
    assert_eq!(defaults, (1, 1));
}

#[sqlx::test(migrations = false)]
async fn the_same_address_is_not_added_twice(pool: PgPool) {
    let desk = Desk::staffed(pool).await;
    let first = desk.add(1, json!({ "label": "Home", "address": quay(1) })).await;
    let before = desk.stored().await;
    let again = desk.add(1, json!({ "label": "Home ", "address": quay(1) })).await;
    assert_eq!(again, first);
    assert_eq!(desk.stored().await, before);
    desk.add(1, json!({ "label": "Work", "address": quay(1) })).await;
    let moved = desk.add(1, json!({ "label": "Work", "address": quay(1), "defaultShipping": true })).await;
    assert_eq!(moved["address"]["defaultShipping"], true);
    assert_eq!(book(&desk, 1).await, ["Quay 1 B", "Quay 1 S"]);
}

#[sqlx::test(migrations = false)]
async fn only_the_given_parts_of_an_address_change(pool: PgPool) {
    let desk = Desk::staffed(pool).await;
    let id = desk.add(1, json!({ "label": "Home", "address": quay(1) })).await["address"]["id"].clone();
    let show = |label: &str, line1: &str| {
        let address = json!({ "label": label, "defaultShipping": true, "defaultBilling": true,
            "address": { "line1": line1, "country": "PT" } });
        json!({ "address": address, "errors": [] })
    };
    assert_eq!(update(&desk, json!({ "id": id, "label": "Flat" })).await, show("Flat", "Quay 1"));
    assert_eq!(update(&desk, json!({ "id": id, "address": quay(2) })).await, show("Flat", "Quay 2"));
    let before = desk.stored().await;
    assert_eq!(update(&desk, json!({ "id": id })).await, show("Flat", "Quay 2"));
    assert_eq!(desk.stored().await, before);
}

#[sqlx::test(migrations = false)]
async fn a_bad_address_is_refused_with_the_path_of_each_problem(pool: PgPool) {
    let desk = Desk::staffed(pool).await;
    let id = desk.add(1, json!({ "address": quay(1) })).await["address"]["id"].clone();
    let before = desk.stored().await;
    let lines = json!({ "name": " ", "line1": "a\u{0}b", "line2": "x".repeat(121), "city": "", "country": "Portugal" });
    let expected = ["label", "address.name", "address.line1", "address.line2", "address.city", "address.country"];
    let fields = |answer: &Value| -> Vec<String> {
        let errors = answer["errors"].as_array().unwrap();
        errors.iter().map(|error| error["field"].as_str().unwrap().to_owned()).collect()
    };
    let label = "x".repeat(61);
    let created = desk.add(1, json!({ "label": label, "address": lines })).await;
    assert_eq!((fields(&created), &created["address"]), (expected.map(String::from).to_vec(), &Value::Null));
    let updated = update(&desk, json!({ "id": id, "label": label, "address": lines })).await;
    assert_eq!((fields(&updated), &updated["address"]), (expected.map(String::from).to_vec(), &Value::Null));
    assert_eq!(desk.stored().await, before);
}

#[sqlx::test(migrations = false)]
async fn the_book_holds_fifty_addresses_and_a_deleted_one_makes_room(pool: PgPool) {
    let desk = Desk::staffed(pool).await;
    for number in 1..=48 {
        assert_eq!(desk.add(1, json!({ "address": quay(number) })).await["errors"], json!([]));
    }
    let new = |number| desk.add(1, json!({ "address": quay(number), "defaultShipping": true }));
    let answers = tokio::join!(new(49), new(50), new(51), new(52));
    let answers = [answers.0, answers.1, answers.2, answers.3];
    let refused: Vec<&Value> = answers.iter().filter(|answer| answer["address"].is_null()).collect();
    assert_eq!(refused.len(), 2, "{answers:?}");
    for answer in refused {
        let error = &answer["errors"][0];
        assert_eq!((&error["__typename"], &error["limit"]), (&json!("AddressLimitReached"), &json!(50)));
    }
    let known = book(&desk, 1).await;
    assert_eq!(known.len(), 50);
    let default: Vec<&String> = known.iter().filter(|entry| entry.contains(" S")).collect();
    assert_eq!(default.len(), 1, "a refused default leaves the old one: {default:?}");
    let id: uuid::Uuid =
        sqlx::query_scalar("select id from users.address where line1 = 'Quay 7'").fetch_one(&desk.pool).await.unwrap();
    desk.ask(actor(1, &[]), DELETE, json!({ "id": id })).await;
    assert_eq!(desk.add(1, json!({ "address": quay(60) })).await["errors"], json!([]));
    assert_eq!(desk.add(1, json!({ "address": quay(61) })).await["errors"][0]["__typename"], "AddressLimitReached");
    // Somebody else has a book of their own.
    assert_eq!(desk.add(2, json!({ "address": quay(1) })).await["errors"], json!([]));
}

#[sqlx::test(migrations = false)]
async fn a_deleted_address_is_gone(pool: PgPool) {
    let desk = Desk::staffed(pool).await;
    let id = desk.add(1, json!({ "address": quay(1) })).await["address"]["id"].clone();
    desk.add(1, json!({ "address": quay(2) })).await;
    let deleted = desk.ask(actor(1, &[]), DELETE, json!({ "id": id })).await;
    assert_eq!(deleted["data"]["addressDelete"], json!({ "deletedAddressId": id, "errors": [] }));
    assert_eq!(book(&desk, 1).await, ["Quay 2"], "nobody chose another default");
    let again = desk.ask(actor(1, &[]), DELETE, json!({ "id": id })).await;
    assert_eq!(again["data"]["addressDelete"]["errors"], json!([{ "__typename": "NotFound" }]));
}

#[sqlx::test(migrations = false)]
async fn staff_that_may_write_keeps_the_book_of_others(pool: PgPool) {
    let desk = Desk::staffed(pool).await;
    let staff = actor(9, &[Scope::UsersRead, Scope::UsersWrite]);
    let input = json!({ "input": { "userId": user(1), "address": quay(1) } });
    let added = desk.ask(staff.clone(), CREATE, input).await;
    let id = added["data"]["addressCreate"]["address"]["id"].clone();
    assert_eq!(book(&desk, 1).await, ["Quay 1 S B"]);
    let blind =
        desk.ask(actor(9, &[Scope::UsersWrite]), UPDATE, json!({ "input": { "id": id, "address": quay(2) } })).await;
    assert_eq!(blind["data"]["addressUpdate"], json!({ "address": null, "errors": [] }), "{blind}");
    assert_eq!(book(&desk, 1).await, ["Quay 2 S B"]);
    desk.ask(staff, DELETE, json!({ "id": id })).await;
    assert_eq!(book(&desk, 1).await, Vec::<String>::new());
    let nobody = json!({ "input": { "userId": user(77), "address": quay(1) } });
    let nobody = desk.ask(actor(9, &[Scope::UsersWrite]), CREATE, nobody).await;
    assert_eq!(nobody["data"]["addressCreate"]["errors"][0]["id"], json!(user(77)), "{nobody}");
}
