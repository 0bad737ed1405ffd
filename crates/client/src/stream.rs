use reqwest::Response;
use serde_json::Value;

use crate::{Error, data};

/// What the gateway sends of a subscription, over SSE (the graphql-sse protocol's distinct connections mode).
#[derive(Debug)]
pub struct Stream {
    response: Response,
    events: Events,
}

impl Stream {
    /// What a request for a subscription was answered with.
    pub fn new(response: Response) -> Self {
        Self { response, events: Events::default() }
    }

    /// The `data` of the next event; none when the stream has ended.
    ///
    /// # Errors
    /// When the stream breaks, or tells an error.
    pub async fn next(&mut self) -> Result<Option<Value>, Error> {
        loop {
            if let Some(event) = self.events.take() {
                return data(&event).map(Some);
            }
            match self.response.chunk().await? {
                Some(chunk) => self.events.put(&chunk),
                None => return Ok(None),
            }
        }
    }
}

/// The data of events, out of the chunks they came in.
#[derive(Debug, Default)]
struct Events(Vec<u8>);

impl Events {
    /// Whole events are decoded: a chunk may end within a character, or between the two bytes of a line's end.
    fn put(&mut self, chunk: &[u8]) {
        self.0.extend(chunk.iter().filter(|byte| **byte != b'\r'));
    }

    /// The data of the next whole event that has any.
    fn take(&mut self) -> Option<String> {
        while let Some(end) = self.0.windows(2).position(|pair| pair == b"\n\n") {
            let event: Vec<u8> = self.0.drain(..end + 2).collect();
            let event = String::from_utf8_lossy(&event);
            let data = event.lines().find_map(|line| line.strip_prefix("data:")).map(str::trim);
            if let Some(data) = data.filter(|data| !data.is_empty()) {
                return Some(data.to_owned());
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_whole_however_they_are_cut_and_those_without_data_are_passed_over() {
        let sent =
            "event: next\r\ndata: {\"a\":\"é\"}\r\n\r\n:\n\nevent: next\ndata: {\"b\":2}\n\nevent: complete\ndata:\n\n";
        for size in 1..sent.len() {
            let (mut events, mut found) = (Events::default(), Vec::new());
            for chunk in sent.as_bytes().chunks(size) {
                events.put(chunk);
                found.extend(std::iter::from_fn(|| events.take()));
            }
            assert_eq!(found, [r#"{"a":"é"}"#, r#"{"b":2}"#], "chunks of {size}");
        }
    }
}
