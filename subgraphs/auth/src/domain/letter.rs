use time::OffsetDateTime;

/// Why a dead letter was not settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LetterProblem {
    /// There is none with this number, or none any more.
    NotFound,
    /// It was given to its consumer again, and is no dead letter since.
    AlreadyReplayed {
        /// When.
        at: OffsetDateTime,
        /// By whom, as [`By`](super::By) writes it.
        by: String,
    },
}
