//! Another attempt, or none.

use serde_json::Value;
use time::OffsetDateTime;

use crate::{Consumer, HandleError, meters};

/// What becomes of a message that failed on its own.
pub(crate) enum Verdict {
    Again { until: OffsetDateTime, error: String },
    Dead { reason: String },
}

/// Decides about a message, an envelope as JSON, that failed so many times; counts it and logs it.
pub(crate) fn verdict(consumer: &Consumer, message: &Value, failures: u32, failure: HandleError) -> Verdict {
    let said = |attribute: &str| message[attribute].as_str().unwrap_or("unreadable");
    let (event, kind) = (said("id"), said("type"));
    let reason = match failure {
        HandleError::Retry(fault) if failures < consumer.retry.attempts => {
            tracing::warn!(queue = consumer.name, event, kind, failures, error = %fault, "message failed, will be tried again");
            meters::retried(consumer.name);
            let until = consumer.clock.now() + consumer.retry.delay(failures);
            return Verdict::Again { until, error: fault.to_string() };
        }
        HandleError::Retry(fault) => format!("failed {failures} times, at last: {fault}"),
        HandleError::Refuse(reason) => reason,
    };
    tracing::error!(queue = consumer.name, event, kind, reason, "message is a dead letter now");
    meters::dead(consumer.name);
    Verdict::Dead { reason }
}
