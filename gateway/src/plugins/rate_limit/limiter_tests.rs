use std::iter;

use governor::clock::FakeRelativeClock;

use super::*;

fn limiter(per_second: u32, burst: u32) -> (Limiter<FakeRelativeClock>, FakeRelativeClock) {
    let clock = FakeRelativeClock::default();
    let rate = |n| NonZeroU32::new(n).expect("a positive number");
    let quota = Quota::per_second(rate(per_second)).allow_burst(rate(burst));
    (Limiter::with_clock(quota, clock.clone()), clock)
}

fn ip(text: &str) -> IpAddr {
    text.parse().expect("an address")
}

#[test]
fn a_burst_passes_and_the_next_request_is_refused_until_time_has_passed() {
    let (limiter, clock) = limiter(2, 3);
    let client = ClientKey::Address(ip("192.0.2.1"));
    for _ in 0..3 {
        assert!(limiter.check(&client).is_ok());
    }
    let refusal = limiter.check(&client).expect_err("the burst is spent");
    assert_eq!(refusal.retry_after_seconds(), 1);
    clock.advance(Duration::from_millis(499));
    assert!(limiter.check(&client).is_err());
    clock.advance(Duration::from_millis(1));
    assert!(limiter.check(&client).is_ok());
    assert!(limiter.check(&client).is_err());
}

#[test]
fn one_client_does_not_spend_the_allowance_of_another() {
    let (limiter, _clock) = limiter(1, 1);
    let first = limiter.client_key(Some("Bearer one"), None, iter::empty(), 0);
    let second = limiter.client_key(Some("Bearer two"), None, iter::empty(), 0);
    assert!(limiter.check(&first).is_ok());
    assert!(limiter.check(&first).is_err());
    assert!(limiter.check(&second).is_ok());
}

#[test]
fn silent_clients_are_forgotten() {
    let (limiter, clock) = limiter(1, 1);
    for host in 0..CHECKS_BETWEEN_SWEEPS - 1 {
        let address = IpAddr::from(host.to_be_bytes());
        assert!(limiter.check(&ClientKey::Address(address)).is_ok());
    }
    clock.advance(Duration::from_secs(60));
    assert!(limiter.check(&ClientKey::Unknown).is_ok());
    assert_eq!(limiter.cells.len(), 1);
}

#[test]
fn a_wait_is_rounded_up_to_whole_seconds() {
    for (millis, seconds) in [(0, 1), (1, 1), (1000, 1), (1001, 2)] {
        let wait = Duration::from_millis(millis);
        assert_eq!(Refusal { wait }.retry_after_seconds(), seconds);
    }
}

#[test]
fn a_token_names_the_client_wherever_it_comes_from() {
    let (limiter, _clock) = limiter(1, 1);
    let key = |token, peer| limiter.client_key(token, Some(ip(peer)), iter::empty(), 0);
    assert_eq!(key(Some("Bearer t"), "192.0.2.1"), key(Some("Bearer t"), "192.0.2.2"));
    assert_ne!(key(Some("Bearer t"), "192.0.2.1"), key(Some("Bearer u"), "192.0.2.1"));
    assert_eq!(key(Some(""), "192.0.2.1"), ClientKey::Address(ip("192.0.2.1")));
}

#[test]
fn forwarded_addresses_are_believed_only_from_our_own_proxies() {
    let (limiter, _clock) = limiter(1, 1);
    let key = |lists: &[&'static str], proxies| {
        limiter.client_key(None, Some(ip("10.0.0.9")), lists.iter().copied(), proxies)
    };
    let address = |text| ClientKey::Address(ip(text));
    assert_eq!(key(&["203.0.113.7"], 0), address("10.0.0.9"));
    assert_eq!(key(&["198.51.100.1, 203.0.113.7"], 1), address("203.0.113.7"));
    assert_eq!(key(&["198.51.100.1", "203.0.113.7, 10.0.0.3"], 2), address("203.0.113.7"));
    assert_eq!(key(&["203.0.113.7"], 2), address("10.0.0.9"));
    assert_eq!(key(&["not an address"], 1), address("10.0.0.9"));
    assert_eq!(key(&[], 1), address("10.0.0.9"));
}

#[test]
fn a_client_without_any_name_shares_one_allowance() {
    let (limiter, _clock) = limiter(1, 1);
    let key = limiter.client_key(None, None, iter::empty(), 0);
    assert_eq!(key, ClientKey::Unknown);
}

#[test]
fn settings_have_generous_defaults_and_zero_turns_the_limit_off() {
    let rate = |n| NonZeroU32::new(n).expect("a positive number");
    let defaults = Settings::from_settings(|_| None).expect("defaults");
    assert_eq!(defaults.quota, Some(Quota::per_second(rate(500)).allow_burst(rate(1000))));
    assert_eq!(defaults.trusted_proxies, 0);
    let off = Settings::from_settings(|name| (name == "RATE_LIMIT_PER_SECOND").then(|| "0".into()));
    assert_eq!(off.expect("off").quota, None);
}

#[test]
fn a_setting_that_is_no_number_says_how_to_fix_it() {
    let error =
        Settings::from_settings(|name| (name == "RATE_LIMIT_BURST").then(|| "many".into())).expect_err("not a number");
    assert_eq!(
        error.to_string(),
        "RATE_LIMIT_BURST is \"many\"; set it to a whole number, or unset it for the default"
    );
}
