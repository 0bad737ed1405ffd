//! What an answer of the gateway is to a shopper.

use serde_json::Value;

/// An answer, as a shopper takes it.
#[derive(Debug, PartialEq)]
pub(super) enum Answer {
    /// All that was asked for.
    Whole(Value),
    /// All that was asked for, by a substitute that says so.
    Degraded(Value),
    /// A typed "try again later", with its code.
    Refused(String),
    /// Anything else, with what it was.
    Failed(String),
}

/// Judges an answer by its status and body.
pub(super) fn judge(status: u16, body: &str) -> Answer {
    if status == 429 || status == 503 {
        return Answer::Refused(format!("HTTP {status}"));
    }
    let Ok(mut answer) = serde_json::from_str::<Value>(body) else {
        return Answer::Failed(format!("HTTP {status}, no JSON"));
    };
    let errors = answer["errors"].as_array().cloned().unwrap_or_default();
    let code = |error: &Value| error["extensions"]["code"].as_str().unwrap_or("an error without a code").to_owned();
    // A defect beside a part that is away is a defect.
    if let Some(defect) = errors.iter().map(code).find(|code| !may_be_tried_again(code)) {
        return Answer::Failed(defect);
    }
    if let Some(away) = errors.first() {
        return Answer::Refused(code(away));
    }
    let data = answer["data"].take();
    if data.is_null() {
        return Answer::Failed(format!("HTTP {status}, no data"));
    }
    let degraded = data.as_object().into_iter().flatten().any(|(_, field)| field["degraded"] == true);
    if degraded { Answer::Degraded(data) } else { Answer::Whole(data) }
}

/// The services' own code, and the gateway's for a service that it has given up for a moment.
fn may_be_tried_again(code: &str) -> bool {
    matches!(code, "UNAVAILABLE" | "SUBGRAPH_CIRCUIT_BREAKER_REJECTED")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn error(code: &str) -> Value {
        json!({ "message": "x", "extensions": { "code": code } })
    }

    #[test]
    fn an_answer_is_whole_degraded_refused_or_failed() {
        let judged = |body: Value| judge(200, &body.to_string());
        let whole = json!({ "productSearch": { "degraded": false } });
        assert_eq!(judged(json!({ "data": whole })), Answer::Whole(whole));
        let degraded = json!({ "productSearch": { "degraded": true } });
        assert_eq!(judged(json!({ "data": degraded })), Answer::Degraded(degraded));
        let refused = json!({ "data": null, "errors": [error("UNAVAILABLE")] });
        assert_eq!(judged(refused), Answer::Refused("UNAVAILABLE".to_owned()));
        let failed = json!({ "data": {}, "errors": [error("UNAVAILABLE"), error("INTERNAL")] });
        assert_eq!(judged(failed), Answer::Failed("INTERNAL".to_owned()), "the worst counts");
    }

    #[test]
    fn what_is_no_answer_of_the_graph_failed_unless_it_says_later() {
        assert_eq!(judge(503, ""), Answer::Refused("HTTP 503".to_owned()));
        assert_eq!(judge(429, "slow down"), Answer::Refused("HTTP 429".to_owned()));
        for body in ["", "<html>", "{}", r#"{"data":null}"#, r#"{"errors":[{"message":"x"}]}"#] {
            assert!(matches!(judge(200, body), Answer::Failed(_)), "{body}");
        }
    }
}
