//! Sends spans to a collector, each in the name of its service.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{ExporterBuildError, Protocol, SpanExporter as Otlp, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use opentelemetry_sdk::trace::{SpanData, SpanExporter};
use tokio::runtime::Handle;

/// The field that names a span's service.
pub(crate) const SERVICE: &str = "service.name";
/// How long a collector may take for a batch.
const DEADLINE: Duration = Duration::from_secs(10);

/// Several services may run in one process, but a resource of OTLP is one service: so each has an exporter of its own.
pub(crate) struct Sender {
    client: Client,
    by_service: tokio::sync::Mutex<BTreeMap<String, Otlp>>,
    /// Whether the last batch was lost, so that a collector that is away is reported once.
    failing: AtomicBool,
}

impl Sender {
    /// Sends on the runtime we are in, to the address in the environment.
    pub(crate) fn new() -> Result<Self, crate::ExportError> {
        let client = reqwest::Client::builder().timeout(DEADLINE).build()?;
        let client = Client { client, runtime: Handle::current() };
        // A wrong address is found now, not with the first span.
        exporter(&client, "")?;
        Ok(Self { client, by_service: tokio::sync::Mutex::default(), failing: AtomicBool::new(false) })
    }

    async fn send(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let mut by_service = self.by_service.lock().await;
        let mut outcome = Ok(());
        for (service, spans) in sorted(batch) {
            if !by_service.contains_key(&service) {
                let made = exporter(&self.client, &service);
                let made = made.map_err(|error| OTelSdkError::InternalFailure(error.to_string()))?;
                by_service.insert(service.clone(), made);
            }
            if let Some(exporter) = by_service.get(&service) {
                outcome = outcome.and(exporter.export(spans).await);
            }
        }
        outcome
    }
}

fn exporter(client: &Client, service: &str) -> Result<Otlp, ExporterBuildError> {
    let builder = Otlp::builder().with_http().with_protocol(Protocol::HttpBinary);
    let mut exporter = builder.with_http_client(client.clone()).build()?;
    exporter.set_resource(&Resource::builder().with_service_name(service.to_owned()).build());
    Ok(exporter)
}

/// The spans of each service; those that name none are the program's.
fn sorted(batch: Vec<SpanData>) -> BTreeMap<String, Vec<SpanData>> {
    let mut sorted = BTreeMap::<String, Vec<SpanData>>::new();
    for mut span in batch {
        let named = span.attributes.iter().position(|attribute| attribute.key.as_str() == SERVICE);
        let service =
            named.map_or_else(|| "techcorp".to_owned(), |at| span.attributes.swap_remove(at).value.to_string());
        sorted.entry(service).or_default().push(span);
    }
    sorted
}

impl SpanExporter for Sender {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let spans = batch.len();
        let sent = self.send(batch).await;
        let failed_before = self.failing.swap(sent.is_err(), Ordering::Relaxed);
        match &sent {
            Err(error) if !failed_before => {
                tracing::warn!(spans, %error, "traces are lost: the collector does not take them")
            }
            Ok(()) if failed_before => tracing::warn!("the collector takes traces again"),
            _ => {}
        }
        sent
    }
}

impl fmt::Debug for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender").finish_non_exhaustive()
    }
}

/// Spans are exported by a thread of their own; the client needs the runtime.
#[derive(Debug, Clone)]
struct Client {
    client: reqwest::Client,
    runtime: Handle,
}

#[async_trait]
impl HttpClient for Client {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let client = self.client.clone();
        self.runtime.spawn(async move { client.send_bytes(request).await }).await?
    }
}
