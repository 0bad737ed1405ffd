//! What is written down about security-relevant acts.

use auth::domain::Role;
use kernel::{Actor, Scope};
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::door::{Door, PASSWORD, owner, user_id};

const LIST: &str = "query($first: Int, $after: String, $filter: AuditFilter) {
    auditEntries(first: $first, after: $after, filter: $filter) { pageInfo { hasNextPage endCursor } nodes {
        id at actor action subject origin details } } }";

async fn entries(door: &Door, variables: Value) -> Value {
    door.ask(testkit::staff([Scope::AuditRead]), LIST, variables).await["data"]["auditEntries"].take()
}

/// Actor, action and subject of each, latest first.
fn told(page: &Value) -> Vec<[&str; 3]> {
    let nodes = page["nodes"].as_array().unwrap().iter();
    nodes.map(|node| ["actor", "action", "subject"].map(|name| node[name].as_str().unwrap())).collect()
}

#[sqlx::test(migrations = false)]
async fn what_concerns_security_is_written_down_with_who_did_it(pool: PgPool) {
    let door = Door::open(pool).await;
    let [here, there] = door.sign_in_twice().await;
    let account = format!("account:{}", user_id(&here));
    let session = |of: &Value| format!("session:{}", of["session"]["id"].as_str().unwrap());

    door.sign_in("ada@example.org", "a wrong password").await;
    door.sign_in("nobody@example.org", PASSWORD).await;
    let app = auth::app(&door.resources);
    let operator = auth::domain::By::CommandLine("otto".into());
    app.change_roles(&operator, user_id(&here), &[Role::Support]).await.unwrap();
    let change = "mutation($input: PasswordChangeInput!) { passwordChange(input: $input) { errors { message } } }";
    let input =
        json!({ "currentPassword": PASSWORD, "newPassword": "two chairs of elm", "sessionId": here["session"]["id"] });
    door.ask(owner(&here), change, json!({ "input": input })).await;
    door.refresh(&here["refreshToken"]).await;
    door.refresh(&here["refreshToken"]).await;

    let page = entries(&door, json!({})).await;
    assert_eq!(
        told(&page),
        [
            ["anonymous", "REFRESH_TOKEN_REUSED", session(&here).as_str()],
            [account.as_str(), "PASSWORD_CHANGED", account.as_str()],
            [account.as_str(), "SESSION_REVOKED", session(&there).as_str()],
            ["cli:otto", "ROLES_CHANGED", account.as_str()],
            ["anonymous", "SIGN_IN_FAILED", "account:unknown"],
            ["anonymous", "SIGN_IN_FAILED", account.as_str()],
        ],
        "{page}"
    );
    let details =
        |index: usize| -> Value { serde_json::from_str(page["nodes"][index]["details"].as_str().unwrap()).unwrap() };
    assert_eq!(details(2), json!({ "account": user_id(&here), "reason": "PASSWORD_CHANGED" }));
    assert_eq!(details(3), json!({ "before": ["SHOPPER"], "after": ["SHOPPER", "SUPPORT"] }));
    assert_eq!(page["nodes"][5]["origin"], "a browser");
    let all = page.to_string();
    assert!(!all.contains("example.org") && !all.contains("password\":"), "no address, no password: {all}");

    let by_account = entries(&door, json!({ "filter": { "actor": account } })).await;
    assert_eq!(told(&by_account).len(), 2);
    let about = entries(&door, json!({ "filter": { "subject": account, "action": "ROLES_CHANGED" } })).await;
    assert_eq!(told(&about), [["cli:otto", "ROLES_CHANGED", account.as_str()]]);
    let first = entries(&door, json!({ "first": 4 })).await;
    assert_eq!(first["pageInfo"]["hasNextPage"], true);
    let rest = entries(&door, json!({ "first": 4, "after": first["pageInfo"]["endCursor"] })).await;
    assert_eq!(told(&rest), told(&page)[4..]);
    assert_eq!(rest["pageInfo"]["hasNextPage"], false);
}

#[sqlx::test(migrations = false)]
async fn only_the_scope_opens_it_and_nobody_changes_what_is_written(pool: PgPool) {
    let door = Door::open(pool).await;
    door.sign_in("nobody@example.org", PASSWORD).await;
    let others = Scope::all().filter(|scope| *scope != Scope::AuditRead);
    let refusals = [
        (Actor::Anonymous, "UNAUTHENTICATED"),
        (testkit::shopper(1), "FORBIDDEN"),
        (testkit::staff(Role::Support.scopes()), "FORBIDDEN"),
        (testkit::staff(Role::Operations.scopes()), "FORBIDDEN"),
        (testkit::staff(others), "FORBIDDEN"),
    ];
    for (actor, code) in refusals {
        let refused = door.ask(actor, LIST, json!({})).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], code, "{refused}");
    }
    for change in ["update auth.audit set actor = 'system'", "delete from auth.audit", "truncate auth.audit"] {
        let refused = sqlx::query(change).execute(&door.pool).await.unwrap_err().to_string();
        assert!(refused.contains("auth.audit only grows"), "{change}: {refused}");
    }
    assert_eq!(door.count("audit").await, 1);
}
