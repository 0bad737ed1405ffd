//! The sign-in flow through the gateway, with tokens that do not hold.

use e2e::{Platform, data_dir, eventually, expired_copy, free_ports};
use serde_json::{Value, json};

const VIEWER: &str = "{ viewer { id email displayName roles sessions { id } } }";

#[tokio::test]
async fn a_person_registers_signs_in_and_out() {
    let data = data_dir();
    let platform = Platform::start(data.path(), free_ports(0)).await;
    assert_eq!(platform.ask(None, VIEWER, json!({})).await["viewer"], Value::Null);

    let register =
        "mutation { accountRegister(input: { email: \"grace@example.org\", password: \"correct horse battery\",
        displayName: \"Grace\" }) { accessToken refreshToken errors { __typename } } }";
    let made = platform.ask(None, register, json!({})).await["accountRegister"].take();
    let token = made["accessToken"].as_str().unwrap();
    let viewer = eventually("the profile follows the account", async || {
        let viewer = platform.ask(Some(token), VIEWER, json!({})).await["viewer"].take();
        viewer["email"].is_string().then_some(viewer)
    })
    .await;
    assert_eq!((&viewer["email"], &viewer["displayName"]), (&json!("grace@example.org"), &json!("Grace")));
    assert_eq!(
        platform.ask(None, register, json!({})).await["accountRegister"]["errors"][0]["__typename"],
        "EmailTaken"
    );

    let sign_in =
        "mutation($password: String!) { sessionCreate(input: { email: \"grace@example.org\", password: $password }) {
        accessToken refreshToken errors { __typename } } }";
    let refused = platform.ask(None, sign_in, json!({ "password": "wrong horse" })).await;
    assert_eq!(refused["sessionCreate"]["errors"][0]["__typename"], "InvalidCredentials");

    let signed_in =
        platform.ask(None, sign_in, json!({ "password": "correct horse battery" })).await["sessionCreate"].take();
    let token = signed_in["accessToken"].as_str().unwrap_or_else(|| panic!("{signed_in}"));
    let sessions = platform.ask(Some(token), VIEWER, json!({})).await["viewer"]["sessions"].take();
    assert_eq!(sessions.as_array().map(Vec::len), Some(2), "registering signed in, too: {sessions}");
    // Signed out, the session cannot be refreshed any more.
    let sign_out =
        "mutation($token: String!) { sessionRevoke(input: { refreshToken: $token }) { errors { __typename } } }";
    let second = json!({ "token": signed_in["refreshToken"] });
    let done = platform.ask(None, sign_out, second.clone()).await;
    assert_eq!(done["sessionRevoke"]["errors"], json!([]), "{done}");
    let refresh = "mutation($token: String!) { sessionRefresh(input: { refreshToken: $token }) { accessToken refreshToken errors { __typename } } }";
    let refused = platform.ask(None, refresh, second).await["sessionRefresh"].take();
    assert_eq!(refused["errors"][0]["__typename"], "InvalidRefreshToken", "{refused}");

    // A refresh token works once; used again it ends the session.
    let first = json!({ "token": made["refreshToken"] });
    let fresh = platform.ask(None, refresh, first.clone()).await["sessionRefresh"].take();
    assert!(fresh["accessToken"].is_string(), "{fresh}");
    let reused = platform.ask(None, refresh, first).await["sessionRefresh"].take();
    assert_eq!(reused["accessToken"], Value::Null, "{reused}");
    let ended = platform.ask(None, refresh, json!({ "token": fresh["refreshToken"] })).await["sessionRefresh"].take();
    assert_eq!(ended["accessToken"], Value::Null, "the whole session has ended: {ended}");
    platform.stop().await;
}

#[tokio::test]
async fn tokens_that_do_not_hold_are_refused_and_scopes_are_enforced() {
    let data = data_dir();
    let platform = Platform::start(data.path(), free_ports(1)).await;
    let token = platform.sign_in("shopper@example.com").await;
    let mut forged = token.clone();
    forged.replace_range(token.len() - 6.., "AAAAAA");
    assert!(platform.ask(Some(&token), VIEWER, json!({})).await["viewer"]["id"].is_string());
    let expired = expired_copy(data.path(), &token).await;
    for bad in [forged.as_str(), expired.as_str(), "nonsense"] {
        let refused = platform.query_as(Some(bad), VIEWER, json!({})).await;
        assert_eq!(refused["data"]["viewer"], Value::Null, "{refused}");
        assert_eq!(refused["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{refused}");
    }
    let staff_only = "{ orders(first: 1) { edges { node { id } } } }";
    for actor in [None, Some(token.as_str())] {
        let refused = platform.query_as(actor, staff_only, json!({})).await;
        assert!(refused["errors"].is_array(), "{refused}");
    }
    let support = platform.sign_in("support@example.com").await;
    platform.ask(Some(&support), staff_only, json!({})).await;
    platform.stop().await;
}
