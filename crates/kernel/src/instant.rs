//! Times as whole microseconds, which is what PostgreSQL stores.

use time::{OffsetDateTime, UtcOffset};

/// Microseconds since 1970, for a time that the database or the clock gave.
pub fn micros(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1_000).unwrap_or(if at.year() < 1970 { i64::MIN } else { i64::MAX })
}

/// The time so many microseconds since 1970; `None` for one that no database of ours has stored.
pub fn from_micros(micros: i64) -> Option<OffsetDateTime> {
    in_range(OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1_000).ok()?)
}

/// The time in UTC; `None` for one outside of the years 1 to 9998. A time near the end of the calendar can be read, and yet
/// has no form in UTC: what encodes it for the database would panic.
pub fn in_range(at: OffsetDateTime) -> Option<OffsetDateTime> {
    at.checked_to_offset(UtcOffset::UTC).filter(|at| (1..=9998).contains(&at.year()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::format_description::well_known::Rfc3339;

    use super::*;

    proptest! {
        #[test]
        fn a_time_survives_the_way_through_microseconds(of in -60_000_000_000_000_000_i64..250_000_000_000_000_000) {
            prop_assert_eq!(from_micros(of).map(micros), Some(of));
        }

        #[test]
        fn any_number_is_a_time_or_none(of: i64) {
            let _ = from_micros(of);
        }
    }

    #[test]
    fn a_time_that_has_no_form_in_utc_is_none() {
        for text in ["9999-12-31T23:59:59-01:00", "9999-12-31T23:59:59Z", "0000-01-01T00:00:00+23:59"] {
            assert_eq!(OffsetDateTime::parse(text, &Rfc3339).ok().and_then(in_range), None, "{text}");
        }
        let fine = OffsetDateTime::parse("2026-11-25T12:00:00+02:00", &Rfc3339).ok().and_then(in_range);
        assert_eq!(fine.map(|at| at.hour()), Some(10));
    }
}
