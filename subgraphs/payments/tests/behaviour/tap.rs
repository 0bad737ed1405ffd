use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::http::HeaderMap;
use kernel::Fault;
use payments::adapters::{
    Call, Charge, Delivery, GiveBack, Notification, Provider, Sandbox, TestToken, Unavailable, WebhookError,
};
use payments::domain::{Answer, Decline, RefundAnswer};
use time::OffsetDateTime;
use tokio::sync::Notify;

/// The sandbox behind a tap: a test sees what is called, and lets calls wait, fail, or lose their answers.
#[derive(Debug)]
pub struct Tap {
    pub sandbox: Sandbox,
    calls: Mutex<Vec<String>>,
    away: AtomicBool,
    deaf: AtomicBool,
    refuses_refunds: AtomicBool,
    stop: Mutex<Option<(&'static str, bool, Arc<Stop>)>>,
    running: AtomicUsize,
    most: AtomicUsize,
}

/// Where a call waits.
#[derive(Debug, Default)]
pub struct Stop {
    arrived: Notify,
    go: Notify,
}

impl Stop {
    /// Waits until a call is there.
    pub async fn arrived(&self) {
        self.arrived.notified().await;
    }

    /// Lets it go on.
    pub fn go(&self) {
        self.go.notify_one();
    }
}

impl Tap {
    pub fn new(sandbox: Sandbox) -> Self {
        Self {
            sandbox,
            calls: Mutex::default(),
            away: AtomicBool::new(false),
            deaf: AtomicBool::new(false),
            refuses_refunds: AtomicBool::new(false),
            stop: Mutex::default(),
            running: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
        }
    }

    /// The calls so far, such as `authorise`.
    pub fn calls(&self) -> Vec<String> {
        self.calls.lock().unwrap().clone()
    }

    pub fn count(&self, name: &str) -> usize {
        self.calls().iter().filter(|call| *call == name).count()
    }

    /// The most calls that ran at the same time.
    pub fn most_at_once(&self) -> usize {
        self.most.load(Ordering::SeqCst)
    }

    /// Whether the provider can be reached.
    pub fn set_away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }

    /// Whether calls arrive while their answers get lost.
    pub fn set_deaf(&self, deaf: bool) {
        self.deaf.store(deaf, Ordering::SeqCst);
    }

    pub fn set_refuses_refunds(&self, refuses: bool) {
        self.refuses_refunds.store(refuses, Ordering::SeqCst);
    }

    /// Lets the next call of this name wait before it arrives.
    pub fn hold_before(&self, name: &'static str) -> Arc<Stop> {
        self.hold(name, false)
    }

    /// Lets the next call of this name wait after it was done, before its answer is heard.
    pub fn hold_after(&self, name: &'static str) -> Arc<Stop> {
        self.hold(name, true)
    }

    fn hold(&self, name: &'static str, after: bool) -> Arc<Stop> {
        let stop = Arc::new(Stop::default());
        *self.stop.lock().unwrap() = Some((name, after, stop.clone()));
        stop
    }

    async fn wait(&self, name: &str, after: bool) {
        let stop = {
            let mut held = self.stop.lock().unwrap();
            if held.as_ref().is_some_and(|(held, when, _)| *held == name && *when == after) {
                held.take()
            } else {
                None
            }
        };
        if let Some((_, _, stop)) = stop {
            stop.arrived.notify_one();
            stop.go.notified().await;
        }
    }

    async fn pass<T>(
        &self,
        name: &str,
        call: impl Future<Output = Result<T, Unavailable>> + Send,
    ) -> Result<T, Unavailable> {
        self.calls.lock().unwrap().push(name.to_owned());
        let running = self.running.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(running, Ordering::SeqCst);
        self.wait(name, false).await;
        let answer = if self.away.load(Ordering::SeqCst) { Err(Unavailable::Away("away".into())) } else { call.await };
        self.wait(name, true).await;
        self.running.fetch_sub(1, Ordering::SeqCst);
        if self.deaf.load(Ordering::SeqCst) { Err(Unavailable::Away("no answer".into())) } else { answer }
    }
}

#[async_trait]
impl Provider for Tap {
    fn name(&self) -> &'static str {
        self.sandbox.name()
    }
    async fn authorise(&self, call: &Call, charge: &Charge) -> Result<Answer, Unavailable> {
        self.pass("authorise", self.sandbox.authorise(call, charge)).await
    }
    async fn capture(&self, call: &Call, charge: &Charge) -> Result<Answer, Unavailable> {
        self.pass("capture", self.sandbox.capture(call, charge)).await
    }
    async fn void(&self, call: &Call, charge: &Charge) -> Result<Answer, Unavailable> {
        self.pass("void", self.sandbox.void(call, charge)).await
    }
    async fn status(&self, call: &Call, charge: &Charge) -> Result<Answer, Unavailable> {
        self.pass("status", self.sandbox.status(call, charge)).await
    }
    async fn resume(&self, call: &Call, charge: &Charge, approve: bool) -> Result<Answer, Unavailable> {
        self.pass("resume", self.sandbox.resume(call, charge, approve)).await
    }
    async fn refund(&self, call: &Call, charge: &Charge, refund: &GiveBack) -> Result<RefundAnswer, Unavailable> {
        if self.refuses_refunds.load(Ordering::SeqCst) {
            return Ok(RefundAnswer::Declined(Decline::new("account_closed", "The account is closed.")));
        }
        self.pass("refund", self.sandbox.refund(call, charge, refund)).await
    }
    async fn verify_webhook(
        &self,
        body: &[u8],
        headers: &HeaderMap,
        now: OffsetDateTime,
    ) -> Result<Notification, WebhookError> {
        self.sandbox.verify_webhook(body, headers, now).await
    }
    fn test_tokens(&self) -> &'static [TestToken] {
        self.sandbox.test_tokens()
    }
    async fn deliveries(&self, now: OffsetDateTime) -> Result<Vec<Delivery>, Fault> {
        self.sandbox.deliveries(now).await
    }
    async fn delivered(&self, reference: &str) -> Result<(), Fault> {
        self.sandbox.delivered(reference).await
    }
}
