/// Why a process does not start: what is wrong, and what to do about it. Meant to be the last line an operator sees.
#[derive(Debug, thiserror::Error)]
#[error("{what}\n  What to do: {remedy}")]
pub struct StartError {
    what: String,
    remedy: String,
}

impl StartError {
    /// An error from what is wrong and what to do about it.
    pub fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { what: what.into(), remedy: remedy.into() }
    }
}
