//! What every provider must do, tried on both.

use std::sync::Arc;
use std::time::Duration;

use kernel::PaymentId;
use payments::adapters::{Call, Charge, GiveBack, Provider, Sandbox, SandboxOptions};
use payments::domain::{Answer, Decline, RefundAnswer};
use sqlx::PgPool;
use testkit::ManualClock;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::desk::{euros, order_id};
use crate::fake_stripe::FakeStripe;

pub const START: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

pub fn call(key: &str) -> Call {
    Call { key: key.into(), deadline: Duration::from_secs(5), now: START + time::Duration::hours(1) }
}

pub fn charge(number: u128, token: &str) -> Charge {
    Charge {
        payment_id: PaymentId(Uuid::from_u128(number)),
        order_id: order_id(number),
        amount: euros(2_500),
        reference: None,
        token: Some(token.to_owned().into()),
        email: Some("ada@example.org".into()),
        begun_at: Some(START),
    }
}

fn known(charge: &Charge, answer: &Answer) -> Charge {
    let reference = match answer {
        Answer::Authorised { reference }
        | Answer::ActionRequired { reference, .. }
        | Answer::Pending { reference }
        | Answer::Captured { reference } => Some(reference.clone()),
        Answer::Cancelled | Answer::Declined(_) => None,
    };
    Charge { reference, token: None, ..charge.clone() }
}

/// Everything that the service relies on.
async fn keeps_the_contract(provider: &dyn Provider) {
    charges_once(provider).await;
    refuses(provider).await;
    gives_free(provider).await;
    gives_back(provider).await;
}

async fn charges_once(provider: &dyn Provider) {
    let new = charge(1, "tok_success");
    let first = provider.authorise(&call("1:authorise"), &new).await.unwrap();
    assert!(matches!(first, Answer::Authorised { .. }), "{first:?}");
    assert_eq!(provider.authorise(&call("1:authorise"), &new).await.unwrap(), first, "the same call, the same charge");
    let charge = known(&new, &first);
    assert_eq!(provider.status(&call("s"), &charge).await.unwrap(), first);
    for _ in 0..2 {
        let captured = provider.capture(&call("1:capture"), &charge).await.unwrap();
        assert_eq!(captured, Answer::Captured { reference: charge.reference.clone().unwrap() });
    }
    let again = provider.capture(&call("1:capture again"), &charge).await.unwrap();
    assert!(matches!(again, Answer::Captured { .. }), "{again:?}");
    let voided = provider.void(&call("1:void"), &charge).await.unwrap();
    assert!(matches!(voided, Answer::Captured { .. }), "what is captured is not cancelled: {voided:?}");
}

async fn refuses(provider: &dyn Provider) {
    for (number, (token, code, reason)) in (10..).zip([
        ("tok_declined", "card_declined", "Your card was declined."),
        ("tok_insufficient_funds", "insufficient_funds", "Your card has insufficient funds."),
        ("tok_unheard_of", "invalid_token", "This payment method cannot be used."),
    ]) {
        let key = format!("{number}:authorise");
        for _ in 0..2 {
            let answer = provider.authorise(&call(&key), &charge(number, token)).await.unwrap();
            assert_eq!(answer, Answer::Declined(Decline::new(code, reason)), "{token}");
        }
    }
}

async fn gives_free(provider: &dyn Provider) {
    for (number, token) in (20..).zip(["tok_success", "tok_3ds", "tok_webhook"]) {
        let new = charge(number, token);
        let answer = provider.authorise(&call(&format!("{number}:authorise")), &new).await.unwrap();
        match (token, &answer) {
            ("tok_success", Answer::Authorised { .. }) | ("tok_webhook", Answer::Pending { .. }) => {}
            ("tok_3ds", Answer::ActionRequired { url, .. }) => assert!(!url.is_empty()),
            other => panic!("{other:?}"),
        }
        let charge = known(&new, &answer);
        assert_eq!(provider.status(&call("s"), &charge).await.unwrap(), answer);
        for _ in 0..2 {
            assert_eq!(provider.void(&call(&format!("{number}:void")), &charge).await.unwrap(), Answer::Cancelled);
        }
        assert_eq!(provider.status(&call("s"), &charge).await.unwrap(), Answer::Cancelled);
        let late = provider.capture(&call(&format!("{number}:capture")), &charge).await.unwrap();
        assert_eq!(late, Answer::Cancelled, "what is cancelled is not captured");
    }
    // The answer was lost: only our own name for the payment is known.
    let lost = charge(30, "tok_success");
    let answer = provider.authorise(&call("30:authorise"), &lost).await.unwrap();
    assert_eq!(provider.void(&call("30:void"), &lost).await.unwrap(), Answer::Cancelled);
    assert_eq!(provider.status(&call("s"), &known(&lost, &answer)).await.unwrap(), Answer::Cancelled);
    // It never arrived.
    assert_eq!(provider.void(&call("31:void"), &charge(31, "tok_success")).await.unwrap(), Answer::Cancelled);
}

async fn gives_back(provider: &dyn Provider) {
    let new = charge(40, "tok_success");
    let answer = provider.authorise(&call("40:authorise"), &new).await.unwrap();
    let charge = known(&new, &answer);
    provider.capture(&call("40:capture"), &charge).await.unwrap();
    let refund = |minor| GiveBack { amount: euros(minor), reference: None };
    for _ in 0..2 {
        let given = provider.refund(&call("40:refund 1"), &charge, &refund(1_500)).await.unwrap();
        assert_eq!(given, RefundAnswer::Refunded);
    }
    let too_large = provider.refund(&call("40:refund 2"), &charge, &refund(1_001)).await.unwrap();
    assert!(matches!(too_large, RefundAnswer::Declined(_)), "{too_large:?}");
    let rest = provider.refund(&call("40:refund 3"), &charge, &refund(1_000)).await.unwrap();
    assert_eq!(rest, RefundAnswer::Refunded, "the repeated call gave back once");
}

#[sqlx::test(migrations = false)]
async fn the_sandbox_keeps_the_contract(pool: PgPool) {
    testkit::migrate(&pool, &payments::schema()).await;
    let clock = Arc::new(ManualClock::default());
    keeps_the_contract(&Sandbox::new(pool.clone(), clock.clone(), SandboxOptions::default())).await;
    // Its books outlive it.
    let next = Sandbox::new(pool, clock, SandboxOptions::default());
    let again = next.capture(&call("1:capture"), &charge(1, "tok_success")).await.unwrap();
    assert!(matches!(again, Answer::Captured { .. }), "{again:?}");
}

#[tokio::test]
async fn stripe_keeps_the_contract() {
    let (fake, _server, stripe) = FakeStripe::start().await;
    keeps_the_contract(&stripe).await;
    assert_eq!(fake.intents(), 8, "one for each payment that arrived, however often it was asked for");
}
