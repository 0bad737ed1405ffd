//! How a use case fails: with problems its caller can act on, or with a fault that is ours.

use std::error::Error;
use std::fmt;

/// Whether trying again later may help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// A dependency is away or too slow; the same request may succeed later.
    Unavailable,
    /// A defect: the same request will fail again.
    Internal,
}

/// A failure that the caller did not cause. Its text is for our logs and never reaches a client.
pub struct Fault {
    kind: FaultKind,
    source: Box<dyn Error + Send + Sync>,
}

impl Fault {
    /// A defect, described for the log.
    pub fn internal(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { kind: FaultKind::Internal, source: source.into() }
    }

    /// A dependency that is away, described for the log.
    pub fn unavailable(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { kind: FaultKind::Unavailable, source: source.into() }
    }

    /// Whether trying again later may help.
    pub fn kind(&self) -> FaultKind {
        self.kind
    }

    /// The underlying error, for downcasting and for the log.
    pub fn source(&self) -> &(dyn Error + Send + Sync + 'static) {
        self.source.as_ref()
    }
}

// `Fault` itself is no `Error`, like `anyhow::Error`: only so can every error convert into it with `?`.
impl<E: Error + Send + Sync + 'static> From<E> for Fault {
    /// A defect, unless the error or one of its causes says that the database is away.
    fn from(error: E) -> Self {
        #[cfg(feature = "database")]
        if crate::database::is_away(&error) {
            return Self::unavailable(error);
        }
        Self::internal(error)
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.kind, self)
    }
}

impl fmt::Display for Fault {
    /// The error and its causes, outermost first.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.source)?;
        let mut cause = self.source.source();
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

/// Why a use case did not happen. `P` is the service's own enumeration of what a caller can get wrong.
#[derive(Debug)]
pub enum Failure<P> {
    /// Everything the caller must change, so that one answer names it all.
    Problems(Vec<P>),
    /// Ours: masked, logged once, answered with a request id.
    Fault(Fault),
}

impl<P> Failure<P> {
    /// A failure with a single problem.
    pub fn problem(problem: P) -> Self {
        Self::Problems(vec![problem])
    }
}

impl<P> From<Fault> for Failure<P> {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl<P, E: Error + Send + Sync + 'static> From<E> for Failure<P> {
    fn from(error: E) -> Self {
        Self::Fault(error.into())
    }
}
