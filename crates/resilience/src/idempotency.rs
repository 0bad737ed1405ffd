//! Keys under which an effect happens once, however often it is asked for.

use kernel::Fault;
use serde::Serialize;
use sha2::{Digest, Sha256};
use sqlx::migrate::{Migration, MigrationType};
use sqlx::{AssertSqlSafe, PgConnection, SqlSafeStr};
use time::OffsetDateTime;
use uuid::Uuid;

/// The table this module needs in a service's schema, as migration 101.
pub fn migrations(schema: &'static str) -> Vec<Migration> {
    let sql = include_str!("../migrations/0101_idempotency.sql").replace("{schema}", schema);
    let sql = AssertSqlSafe(sql).into_sql_str();
    vec![Migration::new(101, "idempotency".into(), MigrationType::Simple, sql, false)]
}

/// The longest key, in characters. The database refuses longer ones as well.
const MAX_KEY: usize = 255;

/// What is wrong with a key that a client sent, and how to fix it; `None` for one that can be claimed.
pub fn key_problem(key: &str) -> Option<String> {
    let sound = (1..=MAX_KEY).contains(&key.chars().count()) && !key.chars().any(char::is_control);
    (!sound).then(|| format!("use 1 to {MAX_KEY} characters in one line, made anew for each intent, such as a UUID"))
}

/// What a key says of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// It is new: go on in the same transaction.
    New,
    /// It was done before: answer with this result again.
    Done(Uuid),
    /// The key was used with another input.
    Conflict,
}

/// The keys of a service.
#[derive(Debug, Clone, Copy)]
pub struct Keys {
    schema: &'static str,
}

impl Keys {
    /// The keys in the service's schema.
    pub const fn new(schema: &'static str) -> Self {
        Self { schema }
    }

    /// Claims the key of a scope on the connection's transaction, for the result that comes of the request if it is new. While another
    /// transaction holds the key, this waits for its end: a rollback gives it free. The key must have no [`key_problem`].
    ///
    /// # Errors
    /// The database's.
    pub async fn claim<I: Serialize>(
        &self,
        conn: &mut PgConnection,
        (scope, key): (&str, &str),
        input: &I,
        result: Uuid,
        now: OffsetDateTime,
    ) -> Result<Claim, Fault> {
        let fingerprint = Sha256::digest(serde_json::to_vec(input)?).to_vec();
        let sql = format!(
            "insert into {}.idempotency_key (scope, key, fingerprint, created_at, result) values ($1, $2, $3, $4, $5)
             on conflict do nothing",
            self.schema
        );
        let inserted = sqlx::query(AssertSqlSafe(sql))
            .bind(scope)
            .bind(key)
            .bind(&fingerprint)
            .bind(now)
            .bind(result)
            .execute(&mut *conn)
            .await?;
        if inserted.rows_affected() == 1 {
            return Ok(Claim::New);
        }
        let sql =
            format!("select fingerprint, result from {}.idempotency_key where scope = $1 and key = $2", self.schema);
        let (before, result): (Vec<u8>, Option<Uuid>) =
            sqlx::query_as(AssertSqlSafe(sql)).bind(scope).bind(key).fetch_one(conn).await?;
        match result {
            _ if before != fingerprint => Ok(Claim::Conflict),
            Some(result) => Ok(Claim::Done(result)),
            None => Err(Fault::internal(format!("the key {key:?} of {scope:?} was committed without its result"))),
        }
    }

    /// Deletes keys older than the date; a request under such a key is a new one.
    ///
    /// # Errors
    /// The database's.
    pub async fn forget(&self, conn: &mut PgConnection, before: OffsetDateTime) -> Result<(), Fault> {
        let sql = format!("delete from {}.idempotency_key where created_at < $1", self.schema);
        sqlx::query(AssertSqlSafe(sql)).bind(before).execute(conn).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_one_to_255_characters_in_one_line() {
        for sound in ["k", &"ü".repeat(255)] {
            assert_eq!(key_problem(sound), None);
        }
        for bad in ["", &"k".repeat(256), "a\0b", "a\nb"] {
            assert!(key_problem(bad).is_some(), "{bad:?}");
        }
    }
}
