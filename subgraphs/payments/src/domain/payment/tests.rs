use kernel::Currency;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::{Answer, RefundOrigin};

const START: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

fn requested(minor: i64) -> Payment {
    Payment {
        id: Uuid::from_u128(1).into(),
        order_id: Uuid::from_u128(2).into(),
        user_id: None,
        provider: "sandbox".into(),
        amount: Money { minor, currency: Currency::EUR },
        authorised: 0,
        captured: 0,
        refunded: 0,
        refunding: 0,
        status: Status::Requested,
        reference: None,
        action_url: None,
        failure: None,
        undo: false,
        loose: false,
        begun_at: None,
        attempts: 0,
        pay_by: START + Duration::minutes(10),
        version: 1,
        created_at: START,
        updated_at: START,
    }
}

/// What can happen to a payment, in any order.
#[derive(Debug, Clone)]
enum Event {
    Begin,
    Wait(i64),
    Undo,
    Answer(bool, Answer),
    Away,
    Promise(i64),
    Decide(bool),
}

fn answer() -> impl Strategy<Value = Answer> {
    let reference = || "r".to_owned();
    prop_oneof![
        Just(Answer::Authorised { reference: reference() }),
        Just(Answer::ActionRequired { reference: reference(), url: "u".into() }),
        Just(Answer::Pending { reference: reference() }),
        Just(Answer::Captured { reference: reference() }),
        Just(Answer::Cancelled),
        Just(Answer::Declined(Decline::new("card_declined", "Your card was declined."))),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        Just(Event::Begin),
        (0..300_i64).prop_map(Event::Wait),
        Just(Event::Undo),
        (any::<bool>(), answer()).prop_map(|(capturing, answer)| Event::Answer(capturing, answer)),
        Just(Event::Away),
        (-5..120_i64).prop_map(Event::Promise),
        any::<bool>().prop_map(Event::Decide),
    ]
}

proptest! {
    #[test]
    fn whatever_happens_in_whatever_order_the_amounts_agree_and_nothing_is_charged_too_late(
        minor in 1..100_i64, events in prop::collection::vec(event(), 0..40)
    ) {
        let mut payment = requested(minor);
        let mut now = START;
        let mut promised: Vec<(i64, RefundOrigin)> = Vec::new();
        let (mut captures, mut back, mut ends) = (0, 0, 0);
        for event in events {
            let before = payment.clone();
            let notices = match event {
                Event::Begin => {
                    if payment.step(now) == Step::Authorise {
                        payment.begun_at = Some(now);
                    }
                    Vec::new()
                }
                Event::Wait(seconds) => {
                    now += Duration::seconds(seconds);
                    Vec::new()
                }
                Event::Undo => payment.undo(),
                Event::Answer(capturing, answer) => {
                    payment.apply(if capturing { Step::Capture } else { Step::Ask }, answer, now)
                }
                Event::Away => payment.unavailable(now),
                Event::Promise(minor) => {
                    let left = payment.refundable().minor;
                    match payment.promise(Money { minor, currency: Currency::EUR }) {
                        Ok(()) => promised.push((minor, RefundOrigin::Staff)),
                        Err(_) => prop_assert!(minor <= 0 || minor > left || !payment.status.is_charged()),
                    }
                    Vec::new()
                }
                Event::Decide(good) => match promised.pop() {
                    Some((minor, _)) if good => vec![payment.refund_succeeded(Uuid::nil().into(), minor)],
                    Some((minor, origin)) => {
                        payment.refund_refused(Uuid::nil().into(), minor, Decline::new("no", "no"), origin)
                    }
                    None => Vec::new(),
                },
            };
            for notice in notices {
                match notice {
                    Notice::Captured => captures += 1,
                    Notice::GiveBack(minor) => promised.push((minor, RefundOrigin::Undo)),
                    Notice::Refunded(_, minor) => back += minor,
                    Notice::Failed(_) | Notice::Voided => ends += 1,
                    Notice::Authorised | Notice::ActionRequired(_) => {
                        prop_assert!(!before.undo && before.status.is_open(), "good news of {before:?}");
                    }
                    Notice::RefundFailed(..) => {}
                }
            }
            let of = &payment;
            prop_assert!(0 <= of.refunded && 0 <= of.refunding && of.refunded + of.refunding <= of.captured, "{of:?}");
            prop_assert!(of.captured <= of.authorised && of.authorised <= of.amount.minor, "{of:?}");
            prop_assert_eq!(of.captured, if of.status.is_charged() { minor } else { 0 });
            prop_assert_eq!(of.status == Status::Refunded, of.captured > 0 && of.refunded == of.captured);
            prop_assert_eq!(of.status == Status::Failed, of.failure.is_some());
            prop_assert_eq!(of.refunding, promised.iter().map(|(minor, _)| minor).sum::<i64>());
            prop_assert_eq!(of.refunded, back);
            prop_assert_eq!(captures, i64::from(of.status.is_charged()), "charged once at most");
            prop_assert!(ends <= 1, "told once how it ended");
            if of.undo || now >= of.pay_by {
                prop_assert!(!matches!(of.step(now), Step::Authorise | Step::Capture | Step::Ask));
            }
            prop_assert!(!before.status.is_charged() || of.status.is_charged(), "what was charged stays on the books");
            prop_assert_eq!(of.due(now, 7).is_none(), of.step(now) == Step::Rest, "what is to be done is due");
            if of.status.is_open() && now < of.pay_by {
                prop_assert!(of.due(now, 7).is_some_and(|due| due <= of.pay_by), "its end is on time");
            }
        }
    }

    #[test]
    fn a_payment_that_is_undone_keeps_nothing(
        minor in 1..100_i64, before in prop::collection::vec(answer(), 0..4), after in prop::collection::vec(answer(), 0..4)
    ) {
        let mut payment = requested(minor);
        payment.begun_at = Some(START);
        let mut promised = Vec::new();
        let mut notices: Vec<Notice> =
            before.into_iter().flat_map(|answer| payment.apply(Step::Authorise, answer, START)).collect();
        notices.extend(payment.undo());
        notices.extend(after.into_iter().flat_map(|answer| payment.apply(Step::Cancel, answer, START)));
        promised.extend(notices.iter().filter_map(|notice| match notice {
            Notice::GiveBack(minor) => Some(*minor),
            _ => None,
        }));
        prop_assert_eq!(promised.iter().sum::<i64>(), payment.captured);
        prop_assert!(payment.status.is_charged() || matches!(payment.step(START), Step::Cancel | Step::Rest));
    }
}

#[test]
fn a_payment_that_has_not_begun_is_voided_without_a_call() {
    let mut payment = requested(100);
    assert_eq!(payment.undo(), [Notice::Voided]);
    assert_eq!((payment.status, payment.step(START)), (Status::Voided, Step::Rest));
    assert_eq!(payment.undo(), []);
}

#[test]
fn a_capture_after_the_failure_was_told_goes_back_whole() {
    let mut payment = requested(100);
    payment.begun_at = Some(START);
    let late = payment.pay_by;
    payment.apply(Step::Authorise, Answer::Authorised { reference: "r".into() }, START);
    assert_eq!(payment.unavailable(late), [Notice::Failed(away())]);
    assert_eq!(payment.step(late), Step::Cancel, "the provider may still hold it");
    let notices = payment.apply(Step::Cancel, Answer::Captured { reference: "r".into() }, late);
    assert_eq!(notices, [Notice::Captured, Notice::GiveBack(100)]);
}

#[test]
fn a_late_refusal_of_an_earlier_try_does_not_end_what_is_authorised() {
    let mut payment = requested(100);
    payment.apply(Step::Authorise, Answer::Authorised { reference: "r".into() }, START);
    let refusal = Answer::Declined(Decline::new("card_declined", "Your card was declined."));
    assert_eq!(payment.apply(Step::Ask, refusal.clone(), START), []);
    assert_eq!(payment.status, Status::Authorised);
    assert!(matches!(payment.apply(Step::Capture, refusal, START)[..], [Notice::Failed(_)]));
}

#[test]
fn nothing_to_pay_is_paid_and_undone_without_a_provider() {
    let mut payment = requested(0);
    assert_eq!(payment.settle_free(), [Notice::Authorised, Notice::Captured]);
    assert_eq!(payment.step(START), Step::Rest);
    assert_eq!(payment.undo(), [Notice::Voided]);
}

#[test]
fn what_another_could_not_give_back_is_given_back_by_the_undoing() {
    let mut payment = requested(100);
    payment.apply(Step::Capture, Answer::Captured { reference: "r".into() }, START);
    payment.promise(Money { minor: 20, currency: Currency::EUR }).unwrap();
    assert_eq!(payment.undo(), [Notice::GiveBack(80)]);
    let (id, no) = (RefundId(Uuid::nil()), || Decline::new("no", "no"));
    let notices = payment.refund_refused(id, 20, no(), RefundOrigin::Staff);
    assert_eq!(notices, [Notice::RefundFailed(id, no()), Notice::GiveBack(20)]);
    // Refused once more, it is left for somebody to look at, and not tried for ever.
    assert_eq!(payment.refund_refused(id, 20, no(), RefundOrigin::Undo), [Notice::RefundFailed(id, no())]);
    assert_eq!(payment.refundable().minor, 20);
}
