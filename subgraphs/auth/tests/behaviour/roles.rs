use auth::domain::Role;
use kernel::{Actor, Scope};
use serde_json::{Value, json};
use sqlx::PgPool;
use testkit::Statements;

use crate::door::{Door, PASSWORD, error, owner};

const UPDATE: &str = "mutation($input: AccountRolesUpdateInput!) { accountRolesUpdate(input: $input) {
    user { id } roles errors { __typename message } } }";
const ROLES: &str = "query($keys: [_Any!]!) { _entities(representations: $keys) { ... on User { id roles } } }";

async fn update(door: &Door, user: &Value, roles: &[&str]) -> Value {
    let input = json!({ "input": { "userId": user, "roles": roles } });
    door.ask(testkit::staff([Scope::AccountsWrite]), UPDATE, input).await["data"]["accountRolesUpdate"].take()
}

fn keys(users: &[&Value]) -> Value {
    json!({ "keys": users.iter().map(|id| json!({ "__typename": "User", "id": id })).collect::<Vec<_>>() })
}

/// The scope claim, as anybody can read it.
fn scopes(signed_in: &Value) -> String {
    let token = signed_in["accessToken"].as_str().unwrap();
    let claims: Value = jsonwebtoken::dangerous::insecure_decode_claims(token).unwrap();
    claims["scope"].as_str().unwrap().to_owned()
}

#[sqlx::test(migrations = false)]
async fn a_new_account_is_a_shopper_and_has_the_rights_of_its_roles_after_its_next_refresh(pool: PgPool) {
    let door = Door::open(pool).await;
    let opened = door.ada().await;
    let id = &opened["user"]["id"];
    assert_eq!(scopes(&opened), "");
    let updated = update(&door, id, &["PRODUCT_MANAGER", "PRODUCT_MANAGER"]).await;
    assert_eq!(updated, json!({ "user": { "id": id }, "roles": ["SHOPPER", "PRODUCT_MANAGER"], "errors": [] }));
    let next = door.refresh(&opened["refreshToken"]).await;
    assert_eq!(scopes(&next), "catalogue:read catalogue:write stock:read stock:write");
    assert_eq!(scopes(&door.sign_in("ada@example.org", PASSWORD).await), scopes(&next));
    assert_eq!(update(&door, id, &[]).await["roles"], json!(["SHOPPER"]));
    assert_eq!(scopes(&door.refresh(&next["refreshToken"]).await), "");
}

#[sqlx::test(migrations = false)]
async fn only_the_scope_lets_one_give_roles_and_only_to_an_account_that_exists(pool: PgPool) {
    let door = Door::open(pool).await;
    let opened = door.ada().await;
    let input = json!({ "input": { "userId": opened["user"]["id"], "roles": ["ADMINISTRATOR"] } });
    let others = Scope::all().filter(|scope| *scope != Scope::AccountsWrite);
    let refusals =
        [(Actor::Anonymous, "UNAUTHENTICATED"), (owner(&opened), "FORBIDDEN"), (testkit::staff(others), "FORBIDDEN")];
    for (actor, code) in refusals {
        let refused = door.ask(actor, UPDATE, input.clone()).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], code, "{refused}");
    }
    let roles = "select role from auth.account_role";
    assert_eq!(sqlx::query_scalar::<_, String>(roles).fetch_all(&door.pool).await.unwrap(), ["SHOPPER"]);
    for id in ["nonsense", "00000000-0000-7000-8000-000000000000"] {
        assert_eq!(error(&update(&door, &id.into(), &["SUPPORT"]).await), "NotFound");
    }
}

#[sqlx::test(migrations = false)]
async fn there_is_always_somebody_left_who_gives_roles(pool: PgPool) {
    let door = Door::open(pool).await;
    let (ada, grace) = (door.ada().await, door.account("grace@example.org").await);
    let (ada, grace) = (&ada["user"]["id"], &grace["user"]["id"]);
    update(&door, ada, &["ADMINISTRATOR"]).await;
    let refused = update(&door, ada, &["SUPPORT"]).await;
    assert_eq!(error(&refused), "LastAdministrator", "{refused}");
    update(&door, grace, &["ADMINISTRATOR"]).await;
    // Both resign at once: one of them cannot.
    let (one, other) = tokio::join!(update(&door, ada, &[]), update(&door, grace, &[]));
    let mut errors = [error(&one), error(&other)];
    errors.sort_unstable();
    assert_eq!(errors, ["", "LastAdministrator"]);
}

#[sqlx::test(migrations = false)]
async fn roles_are_seen_by_their_owner_and_by_staff_in_one_statement(pool: PgPool) {
    let door = Door::open(pool).await;
    let (ada, grace) = (door.ada().await, door.account("grace@example.org").await);
    update(&door, &grace["user"]["id"], &["SUPPORT"]).await;
    let nobody = json!("00000000-0000-7000-8000-000000000000");
    let all = keys(&[&ada["user"]["id"], &grace["user"]["id"], &nobody, &json!("nonsense")]);
    let roles = |answer: Value| -> Vec<Value> {
        answer["data"]["_entities"].as_array().unwrap().iter().map(|user| user["roles"].clone()).collect()
    };
    let statements = Statements::watch();
    let seen = roles(door.ask(testkit::staff([Scope::UsersRead]), ROLES, all.clone()).await);
    assert_eq!(seen, [json!(["SHOPPER"]), json!(["SHOPPER", "SUPPORT"]), Value::Null, Value::Null]);
    assert_eq!(statements.take(), 1);
    let own = roles(door.ask(owner(&grace), ROLES, all.clone()).await);
    assert_eq!(own, [Value::Null, json!(["SHOPPER", "SUPPORT"]), Value::Null, Value::Null]);
    assert_eq!(roles(door.ask(Actor::Anonymous, ROLES, all).await), vec![Value::Null; 4]);
}

#[sqlx::test(migrations = false)]
async fn the_graph_tells_what_each_role_allows(pool: PgPool) {
    let door = Door::open(pool).await;
    let answer = door.ask(Actor::Anonymous, "{ roles { role scopes } }", json!({})).await;
    let roles = answer["data"]["roles"].as_array().unwrap();
    assert_eq!(roles.len(), Role::ALL.len());
    assert_eq!(roles[0], json!({ "role": "SHOPPER", "scopes": [] }));
    assert_eq!(roles[4]["role"], "ADMINISTRATOR");
    assert_eq!(roles[4]["scopes"].as_array().unwrap().len(), Scope::all().count());
}
