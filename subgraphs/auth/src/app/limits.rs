use kernel::Failure;
use resilience::throttle::{Quota, Verdict};
use time::Duration;

use super::App;
use crate::domain::Problem;

/// Sign-ins per e-mail address: enough for who has forgotten which password it was, too few for who tries them all.
pub(super) const SIGN_IN: Quota = Quota::new(10, Duration::seconds(30));
/// Registrations per e-mail address.
pub(super) const REGISTER: Quota = Quota::new(10, Duration::minutes(1));
/// Proofs of the current password per account.
pub(super) const PROVE: Quota = Quota::new(10, Duration::minutes(1));

impl App {
    /// Counts the attempt. Who is not signed in yet is counted before anything is looked up, so that a refusal says nothing about
    /// the account.
    pub(super) async fn attempt(&self, what: &str, who: &str, quota: Quota) -> Result<(), Failure<Problem>> {
        match self.throttle.hit(&format!("auth:{what}:{who}"), quota, self.clock.now()).await {
            Verdict::Allowed => Ok(()),
            Verdict::Refused { retry_after } => {
                // Rounded up: after that time it works.
                let begun = i64::from(retry_after.subsec_nanoseconds() > 0);
                let seconds = u32::try_from(retry_after.whole_seconds().saturating_add(begun)).unwrap_or(u32::MAX);
                Err(Failure::problem(Problem::TooManyAttempts { retry_after_seconds: seconds }))
            }
        }
    }
}
