use time::{Duration, OffsetDateTime};

/// How long an access token is valid.
pub const TOKEN_LIFE: Duration = Duration::minutes(10);
/// How long a key signs.
const SIGNS: Duration = Duration::days(30);
/// How long before its first signature a key is published, so that everybody knows it when they meet it.
const AHEAD: Duration = Duration::days(1);
/// How long a key is trusted after its last token is over: clocks differ.
const SLACK: Duration = Duration::minutes(5);

/// When a signing key does what. Keys sign one after the other, in the order of `signs_until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyTimes {
    /// It signs until this time, after its predecessor.
    pub signs_until: OffsetDateTime,
    /// Its tokens are accepted until this time.
    pub trusted_until: OffsetDateTime,
}

impl KeyTimes {
    fn until(signs_until: OffsetDateTime) -> Self {
        Self { signs_until, trusted_until: signs_until + TOKEN_LIFE + SLACK }
    }
}

/// The key to make now, if one is due: the first, or a successor that is published before it signs.
pub fn next_key(keys: &[KeyTimes], now: OffsetDateTime) -> Option<KeyTimes> {
    match keys.iter().map(|key| key.signs_until).max().filter(|last| *last > now) {
        None => Some(KeyTimes::until(now + SIGNS)),
        Some(last) if last - now <= AHEAD => Some(KeyTimes::until(last + SIGNS)),
        Some(_) => None,
    }
}

/// Whether nothing that the key signed can still be accepted.
pub fn over(key: &KeyTimes, now: OffsetDateTime) -> bool {
    key.trusted_until <= now
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The key that signs now, by its place: what the statement of `store::key` chooses.
    fn signer(keys: &[KeyTimes], now: OffsetDateTime) -> Option<usize> {
        let able = keys.iter().enumerate().filter(|(_, key)| key.signs_until > now);
        able.min_by_key(|(_, key)| key.signs_until).map(|(place, _)| place)
    }

    proptest! {
        /// A service that looks after its keys at least once a day.
        #[test]
        fn there_is_always_a_signer_that_was_published_before_and_is_trusted_as_long_as_its_tokens(
            pauses in proptest::collection::vec(1_i64..80_000, 1..200)
        ) {
            let start = OffsetDateTime::UNIX_EPOCH;
            let mut keys: Vec<(OffsetDateTime, KeyTimes)> = Vec::new();
            let (mut now, mut signing): (_, Option<(KeyTimes, OffsetDateTime)>) = (start, None);
            for pause in pauses {
                let times: Vec<_> = keys.iter().map(|(_, times)| *times).collect();
                keys.extend(next_key(&times, now).map(|new| (now, new)));
                keys.retain(|(_, times)| !over(times, now));
                let times: Vec<_> = keys.iter().map(|(_, times)| *times).collect();
                prop_assert!(next_key(&times, now).is_none(), "one step is enough");
                prop_assert!(keys.len() <= 3, "{} keys", keys.len());
                let place = signer(&times, now);
                prop_assert!(place.is_some());
                let (published, chosen) = keys[place.unwrap()];
                prop_assert!(chosen.trusted_until >= now + TOKEN_LIFE + SLACK);
                if let Some((before, used)) = signing {
                    // Who fetched the keys an hour before a key's first signature knows it.
                    prop_assert!(before == chosen || published + Duration::HOUR <= now);
                    // The last token of the key before is accepted to its end.
                    prop_assert!(used + TOKEN_LIFE <= now || times.contains(&before));
                }
                signing = Some((chosen, now));
                now += Duration::seconds(pause);
            }
        }
    }

    #[test]
    fn a_service_that_slept_for_a_year_makes_a_key_that_signs_at_once() {
        let now = OffsetDateTime::UNIX_EPOCH + Duration::days(365);
        let old = KeyTimes::until(OffsetDateTime::UNIX_EPOCH);
        assert!(over(&old, now) && signer(&[old], now).is_none());
        let new = next_key(&[old], now).unwrap();
        assert_eq!(signer(&[old, new], now), Some(1));
    }
}
