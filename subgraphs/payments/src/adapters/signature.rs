//! Webhook signatures as Stripe has them: `t=<seconds>,v1=<HMAC-SHA256 of "t.body">`.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use time::OffsetDateTime;

use super::WebhookError;

/// How far the time of the signature may be from ours, in seconds.
const WINDOW: i64 = 300;

fn mac(secret: &SecretString, seconds: &str, body: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()).ok()?;
    mac.update(seconds.as_bytes());
    mac.update(b".");
    mac.update(body);
    Some(mac)
}

/// The header for the body, signed now.
pub fn sign(secret: &SecretString, body: &[u8], now: OffsetDateTime) -> String {
    let seconds = now.unix_timestamp().to_string();
    let signature = mac(secret, &seconds, body).map(|mac| mac.finalize().into_bytes()).unwrap_or_default();
    let digits: String = signature.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={seconds},v1={digits}")
}

/// Whether the header was signed with the secret for exactly this body, within the window.
///
/// While a secret is rotated a header has several signatures; one that holds is enough.
pub(super) fn verify(
    secret: &SecretString,
    header: &str,
    body: &[u8],
    now: OffsetDateTime,
) -> Result<(), WebhookError> {
    let parts = || header.split(',').filter_map(|part| part.trim().split_once('='));
    let seconds = parts().find(|(name, _)| *name == "t").map(|(_, value)| value).ok_or(WebhookError::Forged)?;
    let signed_at: i64 = seconds.parse().map_err(|_| WebhookError::Forged)?;
    let holds = parts().filter(|(name, _)| *name == "v1").any(|(_, digits)| {
        // Compared in constant time.
        bytes(digits)
            .zip(mac(secret, seconds, body))
            .is_some_and(|(signature, mac)| mac.verify_slice(&signature).is_ok())
    });
    if !holds {
        return Err(WebhookError::Forged);
    }
    if now.unix_timestamp().saturating_sub(signed_at).saturating_abs() > WINDOW {
        return Err(WebhookError::Stale);
    }
    Ok(())
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    if !digits.is_ascii() || !digits.len().is_multiple_of(2) {
        return None;
    }
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::Duration;

    use super::*;

    fn secret() -> SecretString {
        "whsec_test".to_owned().into()
    }

    #[test]
    fn it_is_the_signature_that_stripe_computes() {
        // HMAC-SHA256 of `1700000000.{"id":"evt_1"}` with the key `whsec_test`, by OpenSSL.
        let at = OffsetDateTime::from_unix_timestamp(1_700_000_000).unwrap();
        let expected = "t=1700000000,v1=c89214b5b5da833daed6f0b8c5bb6bd58cea9022bd80ccc78230f3942d632925";
        assert_eq!(sign(&secret(), br#"{"id":"evt_1"}"#, at), expected);
    }

    #[test]
    fn the_window_is_five_minutes_to_either_side() {
        let at = OffsetDateTime::UNIX_EPOCH + Duration::days(20_000);
        let header = sign(&secret(), b"body", at);
        for (seconds, expected) in
            [(-301, Err(WebhookError::Stale)), (-300, Ok(())), (300, Ok(())), (301, Err(WebhookError::Stale))]
        {
            assert_eq!(verify(&secret(), &header, b"body", at + Duration::seconds(seconds)), expected, "{seconds}");
        }
    }

    #[test]
    fn of_several_signatures_one_must_hold_and_of_none_none_does() {
        let at = OffsetDateTime::UNIX_EPOCH;
        let good = sign(&secret(), b"body", at);
        let rotated = good.replace("v1=", "v1=00ff,v1=");
        assert_eq!(verify(&secret(), &rotated, b"body", at), Ok(()));
        for header in ["", "t=0", "v1=00", "t=x,v1=00", "t=0,v1=zz", "t=0,v1=", "t=0,v1=0", "t=0,v0=00", "t=0,v1=é0"] {
            assert_eq!(verify(&secret(), header, b"body", at), Err(WebhookError::Forged), "{header:?}");
        }
    }

    proptest! {
        #[test]
        fn any_other_body_secret_or_time_is_forged(body in prop::collection::vec(any::<u8>(), 0..40), flip in any::<prop::sample::Index>()) {
            let at = OffsetDateTime::UNIX_EPOCH;
            let header = sign(&secret(), &body, at);
            prop_assert_eq!(verify(&secret(), &header, &body, at), Ok(()));
            let mut other = body.clone();
            if other.is_empty() { other.push(0) } else { let at = flip.index(other.len()); other[at] ^= 1 }
            prop_assert_eq!(verify(&secret(), &header, &other, at), Err(WebhookError::Forged));
            prop_assert_eq!(verify(&"else".to_owned().into(), &header, &body, at), Err(WebhookError::Forged));
            prop_assert_eq!(verify(&secret(), &header.replace("t=0", "t=1"), &body, at), Err(WebhookError::Forged));
        }
    }
}
