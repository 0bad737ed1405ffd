use proptest::prelude::*;

use super::*;

fn inputs() -> impl Strategy<Value = Input> {
    prop_oneof![
        Just(Input::StockReserved),
        Just(Input::StockRejected),
        Just(Input::StockReleased),
        Just(Input::StockExpired),
        Just(Input::StockCommitted),
        Just(Input::CommitRefused),
        Just(Input::PaymentActionRequired),
        Just(Input::PaymentAuthorised),
        Just(Input::PaymentCaptured),
        Just(Input::PaymentFailed("declined".into())),
        Just(Input::PaymentVoided),
        Just(Input::PaymentRefunded),
        Just(Input::RefundFailed("account closed".into())),
        Just(Input::Cancelled("changed my mind".into())),
        Just(Input::DeadlinePassed),
    ]
}

fn run(inputs: &[Input]) -> (Saga, Vec<Ask>, Vec<Tell>) {
    let (mut at, mut asks, mut tells) = (Saga::PLACED, Vec::new(), Vec::new());
    for input in inputs {
        if let Some(step) = at.hear(input) {
            at = step.next;
            asks.extend(step.asks);
            tells.push(step.tell);
        }
    }
    (at, asks, tells)
}

#[test]
fn the_way_to_a_confirmed_order_reserves_before_it_charges() {
    let (at, asks, tells) =
        run(&[Input::StockReserved, Input::PaymentAuthorised, Input::PaymentCaptured, Input::StockCommitted]);
    assert_eq!((at.status, at.payment, at.stock), (Status::Confirmed, Payment::Paid, Stock::Committed));
    assert_eq!(asks, [Ask::Pay, Ask::Commit]);
    assert_eq!(tells.iter().filter(|tell| **tell == Tell::Confirmed).count(), 1);
}

#[test]
fn a_declined_card_gives_the_stock_back_and_keeps_the_reason() {
    let reserved = Saga::PLACED.hear(&Input::StockReserved).unwrap().next;
    let step = reserved.hear(&Input::PaymentFailed("Your card was declined.".into())).unwrap();
    assert_eq!((step.next.status, step.next.payment), (Status::Cancelled, Payment::Failed));
    assert_eq!(step.asks, [Ask::Release]);
    assert_eq!(step.reason.as_deref(), Some("Your card was declined."));
}

#[test]
fn without_stock_nothing_is_charged() {
    let (at, asks, tells) = run(&[Input::StockRejected, Input::PaymentCaptured]);
    assert_eq!(at.status, Status::Rejected);
    // The capture, which cannot be, would be undone.
    assert_eq!((asks, tells), (vec![Ask::Undo], vec![Tell::Rejected, Tell::Updated]));
}

#[test]
fn a_cancel_that_meets_the_capture_gives_the_money_back() {
    let (at, asks, _) = run(&[
        Input::StockReserved,
        Input::Cancelled("too slow".into()),
        Input::PaymentCaptured,
        Input::StockReleased,
        Input::PaymentRefunded,
    ]);
    assert_eq!((at.status, at.payment, at.stock), (Status::Cancelled, Payment::Refunded, Stock::Released));
    assert_eq!(asks, [Ask::Pay, Ask::Release, Ask::Undo]);
}

#[test]
fn a_paid_order_whose_goods_are_gone_is_cancelled_and_refunded() {
    let (at, asks, _) = run(&[
        Input::StockReserved,
        Input::PaymentCaptured,
        Input::StockExpired,
        Input::CommitRefused,
        Input::PaymentRefunded,
    ]);
    assert_eq!((at.status, at.payment), (Status::Cancelled, Payment::Refunded));
    assert_eq!(asks, [Ask::Pay, Ask::Commit, Ask::Undo]);
}

#[test]
fn a_cancelled_confirmed_order_is_refunded_and_restocked() {
    let (at, asks, _) = run(&[
        Input::StockReserved,
        Input::PaymentCaptured,
        Input::Cancelled("wrong size".into()),
        Input::StockCommitted,
        Input::PaymentRefunded,
    ]);
    assert_eq!((at.status, at.payment, at.stock), (Status::Cancelled, Payment::Refunded, Stock::Returning));
    assert_eq!(asks, [Ask::Pay, Ask::Commit, Ask::Restock, Ask::Undo]);
}

proptest! {
    #[test]
    fn whatever_is_heard_in_whatever_order_the_rules_hold(heard in prop::collection::vec(inputs(), 0..24)) {
        let mut at = Saga::PLACED;
        let (mut reserved, mut captured, mut pays, mut endings) = (false, false, 0, 0);
        for input in &heard {
            reserved |= *input == Input::StockReserved;
            let Some(step) = at.hear(input) else { continue };
            captured |= *input == Input::PaymentCaptured;
            pays += step.asks.iter().filter(|ask| **ask == Ask::Pay).count();
            endings += usize::from(matches!(step.tell, Tell::Rejected | Tell::Cancelled));
            // Money is asked for only for goods that are set aside, and an order asks once.
            prop_assert!(!step.asks.contains(&Ask::Pay) || reserved);
            prop_assert!(pays <= 1);
            // What was confirmed was paid.
            prop_assert!(step.next.status != Status::Confirmed || captured);
            // An order ends once, and does not come back.
            prop_assert!(endings <= 1);
            prop_assert!(!matches!(at.status, Status::Rejected | Status::Cancelled) || step.next.status == at.status);
            // Whatever ends while money may have moved asks for it back.
            if step.tell == Tell::Cancelled && !matches!(at.payment, Payment::None | Payment::Failed | Payment::Voided | Payment::Refunded)
                && !matches!(input, Input::PaymentFailed(_)) {
                prop_assert!(step.asks.contains(&Ask::Undo), "{at:?} {input:?}");
            }
            // No cancelled order keeps goods set aside.
            prop_assert!(step.next.status != Status::Cancelled || !matches!(step.next.stock, Stock::Reserved | Stock::Committing | Stock::Committed));
            at = step.next;
        }
    }

    #[test]
    fn hearing_the_same_again_changes_nothing(heard in prop::collection::vec(inputs(), 0..24), last in inputs()) {
        let (mut at, ..) = run(&heard);
        if let Some(step) = at.hear(&last) {
            at = step.next;
        }
        // A cancellation of a cancelled order, a second capture: all are no-ops. A refund can fail more than once; that is noted.
        let again = at.hear(&last).map(|step| (step.next == at, step.asks));
        prop_assert!(matches!((&last, again), (_, None)) || matches!(last, Input::RefundFailed(_)));
    }
}
