//! What a database's error says about the database.

use std::error::Error;

use sqlx_core::error::Error as Sql;

/// Whether the error, or one of its causes, says that the database is away, goes away, or lets nobody in: the same request may
/// succeed later.
pub(crate) fn is_away(error: &(dyn Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<Sql>() {
            return says_away(error);
        }
        cause = error.source();
    }
    false
}

fn says_away(error: &Sql) -> bool {
    match error {
        // The connection was refused or cut; or none became free in time; or the process is ending.
        Sql::Io(_) | Sql::PoolTimedOut | Sql::PoolClosed => true,
        Sql::Database(error) => error.code().is_some_and(|code| is_away_code(&code)),
        _ => false,
    }
}

/// By PostgreSQL's list of error codes: connection exceptions; no connection left; shut down by an operator or after a crash;
/// starting; ended for being idle.
fn is_away_code(code: &str) -> bool {
    code.starts_with("08") || matches!(code, "53300" | "57P01" | "57P02" | "57P03" | "57P05")
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;
    use crate::{Fault, FaultKind};

    #[derive(Debug, thiserror::Error)]
    #[error("cannot publish")]
    struct Wrapped(#[source] Sql);

    fn refused() -> Sql {
        Sql::Io(io::ErrorKind::ConnectionRefused.into())
    }

    #[test]
    fn a_database_that_cannot_be_reached_is_no_defect_however_deep_its_error_lies() {
        for error in [refused(), Sql::PoolTimedOut, Sql::PoolClosed] {
            assert_eq!(Fault::from(error).kind(), FaultKind::Unavailable);
        }
        assert_eq!(Fault::from(Wrapped(refused())).kind(), FaultKind::Unavailable);
    }

    #[test]
    fn a_wrong_statement_and_a_file_that_is_missing_are_defects() {
        for error in [Sql::RowNotFound, Sql::Protocol("what?".into()), Sql::Decode("no number".into())] {
            assert_eq!(Fault::from(error).kind(), FaultKind::Internal);
        }
        assert_eq!(Fault::from(Wrapped(Sql::RowNotFound)).kind(), FaultKind::Internal);
        assert_eq!(Fault::from(io::Error::from(io::ErrorKind::NotFound)).kind(), FaultKind::Internal);
    }

    #[test]
    fn codes_of_a_server_that_goes_are_told_from_those_of_a_statement() {
        for code in ["08006", "08001", "53300", "57P01", "57P02", "57P03"] {
            assert!(is_away_code(code), "{code}");
        }
        for code in ["23505", "40001", "42P01", "57014", "53100"] {
            assert!(!is_away_code(code), "{code}");
        }
    }
}
