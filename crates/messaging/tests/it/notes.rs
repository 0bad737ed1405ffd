//! The events of the tests, and what the readers do with them.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use events::{Envelope, Event, Ranked};
use kernel::Fault;
use messaging::{Handle, HandleError};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use tokio::sync::mpsc;
use uuid::Uuid;

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Noted {
    pub(crate) note: Uuid,
    pub(crate) number: i64,
}

impl Event for Noted {
    const NAME: &'static str = "notes.note.noted.v1";
    fn aggregate(&self) -> Uuid {
        self.note
    }
}

impl Ranked for Noted {
    fn rank(&self) -> i64 {
        self.number
    }
}

/// A note that somebody waits for.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Urged(pub(crate) Noted);

impl Event for Urged {
    const NAME: &'static str = "notes.note.urged.v1";
    fn aggregate(&self) -> Uuid {
        self.0.note
    }
}

/// What no consumer here has a handler for.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub(crate) struct NotedV2(pub(crate) Noted);

impl Event for NotedV2 {
    const NAME: &'static str = "notes.note.noted.v2";
    fn aggregate(&self) -> Uuid {
        self.0.note
    }
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Failing {
    Retry,
    Refuse,
    Panic,
    /// Retry, so many times.
    Times(u32),
}

/// Writes each number to a table; numbers can be made to fail, after the write.
#[derive(Clone, Default)]
pub(crate) struct Write {
    pub(crate) failing: Arc<Mutex<HashMap<i64, Failing>>>,
    pub(crate) calls: Arc<AtomicU64>,
    pub(crate) seen: Option<mpsc::UnboundedSender<i64>>,
}

#[async_trait]
impl Handle<Noted> for Write {
    async fn handle(&self, conn: &mut PgConnection, event: Noted, _: &Envelope) -> Result<(), HandleError> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        sqlx::query("insert into readers.effect (note, number) values ($1, $2)")
            .bind(event.note)
            .bind(event.number)
            .execute(conn)
            .await?;
        if let Some(seen) = &self.seen {
            seen.send(event.number)?;
        }
        match self.fails(event.number) {
            None => Ok(()),
            Some(Failing::Times(_)) => Err(HandleError::Retry(Fault::unavailable("a hiccup"))),
            Some(Failing::Retry) => Err(HandleError::Retry(Fault::unavailable("provider is away"))),
            Some(Failing::Refuse) => Err(HandleError::Refuse("no such reader".into())),
            Some(Failing::Panic) => panic!("a defect"),
        }
    }
}

#[async_trait]
impl Handle<Urged> for Write {
    async fn handle(&self, conn: &mut PgConnection, event: Urged, envelope: &Envelope) -> Result<(), HandleError> {
        Handle::<Noted>::handle(self, conn, event.0, envelope).await
    }
}

impl Write {
    /// How the number fails this time.
    fn fails(&self, number: i64) -> Option<Failing> {
        match self.failing.lock().unwrap().get_mut(&number)? {
            Failing::Times(0) => None,
            Failing::Times(left) => {
                *left -= 1;
                Some(Failing::Times(*left))
            }
            how => Some(*how),
        }
    }
}
