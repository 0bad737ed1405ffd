//! Events as AMQP messages: CloudEvents 1.0, binary mode.

use std::str::FromStr;

use events::Envelope;
use lapin::BasicProperties;
use lapin::types::{AMQPValue, FieldTable};
use serde_json::json;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

use crate::BusError;
use crate::parking::Parked;

const PERSISTENT: u8 = 2;

/// A message that is not an event, with what can be said about it.
#[derive(Debug)]
pub(crate) struct Unreadable {
    pub(crate) reason: String,
    id: Option<Uuid>,
    subject: Option<Uuid>,
    message: serde_json::Value,
}

impl Unreadable {
    /// The message as it came, for a person to look at.
    pub(crate) fn parked(&self, now: OffsetDateTime) -> Parked {
        Parked {
            event: self.id,
            subject: self.subject.unwrap_or_default(),
            envelope: self.message.clone(),
            attempts: 0,
            available_at: now,
            dead_at: None,
            last_error: None,
        }
    }
}

/// Properties and body of the event.
pub(super) fn encode(envelope: &Envelope) -> Result<(BasicProperties, Vec<u8>), BusError> {
    let mut headers = FieldTable::default();
    let mut attribute = |name: &str, value: String| {
        headers.insert(name.into(), AMQPValue::LongString(value.into()));
    };
    attribute("cloudEvents:specversion", "1.0".to_owned());
    attribute("cloudEvents:id", envelope.id.to_string());
    attribute("cloudEvents:source", envelope.source.clone());
    attribute("cloudEvents:type", envelope.kind.clone());
    attribute("cloudEvents:subject", envelope.subject.to_string());
    attribute("cloudEvents:time", envelope.time.format(&Rfc3339).map_err(BusError::new)?);
    if let Some(traceparent) = &envelope.traceparent {
        attribute("traceparent", traceparent.clone());
    }
    let properties = BasicProperties::default()
        .with_content_type("application/json".into())
        .with_delivery_mode(PERSISTENT)
        .with_headers(headers);
    Ok((properties, serde_json::to_vec(&envelope.data).map_err(BusError::new)?))
}

/// The event in the message.
pub(super) fn decode(properties: &BasicProperties, body: &[u8]) -> Result<Envelope, Unreadable> {
    let headers = properties.headers().as_ref();
    let read = || {
        let version = text(headers, "cloudEvents:specversion")?;
        if version != "1.0" {
            return Err(format!("CloudEvents {version}, not 1.0"));
        }
        let envelope = Envelope {
            id: parsed(headers, "cloudEvents:id")?,
            source: text(headers, "cloudEvents:source")?,
            kind: text(headers, "cloudEvents:type")?,
            subject: parsed(headers, "cloudEvents:subject")?,
            time: OffsetDateTime::parse(&text(headers, "cloudEvents:time")?, &Rfc3339)
                .map_err(|error| format!("cloudEvents:time: {error}"))?,
            traceparent: text(headers, "traceparent").ok(),
            data: serde_json::from_slice(body).map_err(|error| format!("the body is not JSON: {error}"))?,
        };
        // PostgreSQL keeps no NUL, neither in text nor in JSON: such an event could not even be put aside.
        let texts = [Some(&envelope.source), Some(&envelope.kind), envelope.traceparent.as_ref()];
        if texts.into_iter().flatten().any(|text| text.contains('\0')) || has_nul(&envelope.data) {
            return Err("it contains a NUL character".to_owned());
        }
        Ok(envelope)
    };
    read().map_err(|reason| Unreadable {
        reason: format!("not an event: {reason}"),
        id: parsed(headers, "cloudEvents:id").ok(),
        subject: parsed(headers, "cloudEvents:subject").ok(),
        message: json!({
            "headers": headers.map(shown).unwrap_or_default(),
            // PostgreSQL keeps no NUL in JSON.
            "body": String::from_utf8_lossy(body).replace('\0', "\u{fffd}"),
        }),
    })
}

fn has_nul(data: &serde_json::Value) -> bool {
    match data {
        serde_json::Value::String(text) => text.contains('\0'),
        serde_json::Value::Array(values) => values.iter().any(has_nul),
        serde_json::Value::Object(fields) => fields.iter().any(|(name, value)| name.contains('\0') || has_nul(value)),
        _ => false,
    }
}

fn text(headers: Option<&FieldTable>, name: &str) -> Result<String, String> {
    match headers.and_then(|headers| headers.inner().get(name)) {
        Some(AMQPValue::LongString(value)) => Ok(value.to_string()),
        Some(AMQPValue::ShortString(value)) => Ok(value.to_string()),
        Some(_) => Err(format!("{name} is no text")),
        None => Err(format!("{name} is missing")),
    }
}

fn parsed<T: FromStr<Err: std::fmt::Display>>(headers: Option<&FieldTable>, name: &str) -> Result<T, String> {
    text(headers, name)?.parse().map_err(|error| format!("{name}: {error}"))
}

fn shown(headers: &FieldTable) -> serde_json::Map<String, serde_json::Value> {
    headers
        .inner()
        .keys()
        .map(|name| {
            let value = text(Some(headers), name.as_str()).unwrap_or_else(|problem| problem);
            (name.to_string().replace('\0', "\u{fffd}"), value.replace('\0', "\u{fffd}").into())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    fn envelope() -> Envelope {
        Envelope {
            id: Uuid::from_u128(1),
            source: "notes".into(),
            kind: "notes.note.noted.v1".into(),
            subject: Uuid::from_u128(2),
            time: datetime!(2030-01-02 03:04:05.678901 UTC),
            traceparent: Some("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".into()),
            data: json!({ "number": 7 }),
        }
    }

    #[test]
    fn an_event_survives_the_journey_in_binary_mode() {
        let (properties, body) = encode(&envelope()).expect("it is encoded");
        assert_eq!(body, br#"{"number":7}"#, "the body is the data alone");
        assert_eq!(properties.content_type().as_ref().map(|kind| kind.as_str()), Some("application/json"));
        assert_eq!(*properties.delivery_mode(), Some(PERSISTENT));
        assert_eq!(decode(&properties, &body).expect("it is decoded"), envelope());
    }

    #[test]
    fn what_is_no_event_says_why_and_keeps_what_can_be_read() {
        let (properties, _) = encode(&envelope()).expect("it is encoded");
        let unreadable = decode(&properties, b"{\0").expect_err("no JSON");
        assert!(unreadable.reason.starts_with("not an event: the body is not JSON"), "{}", unreadable.reason);
        assert_eq!((unreadable.id, unreadable.subject), (Some(Uuid::from_u128(1)), Some(Uuid::from_u128(2))));
        assert_eq!(unreadable.message["body"], "{\u{fffd}");
        assert_eq!(unreadable.message["headers"]["cloudEvents:type"], "notes.note.noted.v1");
        for body in [r#"{"note":"a\u0000"}"#, r#"{"a\u0000":1}"#, r#"[{"deep":["\u0000"]}]"#] {
            let unreadable = decode(&properties, body.as_bytes()).expect_err("a NUL");
            assert_eq!(unreadable.reason, "not an event: it contains a NUL character", "{body}");
        }
        let unreadable = decode(&BasicProperties::default(), b"{}").expect_err("no attributes");
        assert_eq!(unreadable.reason, "not an event: cloudEvents:specversion is missing");
    }
}
