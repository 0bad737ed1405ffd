use testkit::Statements;

/// Counts the SQL statements of this thread while it lives. It listens twice: to a single listener, `tracing` does not show
/// what another thread happens to be the first to do.
pub struct Counted {
    inner: Statements,
    _outer: Statements,
}

impl Counted {
    pub fn watch() -> Self {
        let _outer = Statements::watch();
        Self { inner: Statements::watch(), _outer }
    }

    /// Statements since the start, or since the last call.
    pub fn take(&self) -> usize {
        self.inner.take()
    }
}
