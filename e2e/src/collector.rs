//! A collector of traces, as an operator would run one: OTLP over HTTP.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::routing::post;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use prost::Message;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::eventually;

/// A span as it was sent.
#[derive(Debug, Clone)]
pub struct Traced {
    /// Who sent it.
    pub service: String,
    /// Its name.
    pub name: String,
    /// Server, client, producer, consumer, or of no kind.
    pub kind: SpanKind,
    trace: Vec<u8>,
    id: Vec<u8>,
    parent: Vec<u8>,
}

#[derive(Debug, Default)]
struct Taken {
    spans: Vec<Traced>,
    bodies: Vec<Bytes>,
}

/// Takes traces until it is dropped.
#[derive(Debug)]
pub struct Collector {
    /// What `OTEL_EXPORTER_OTLP_ENDPOINT` is to be.
    pub endpoint: String,
    taken: Arc<Mutex<Taken>>,
    serving: JoinHandle<()>,
}

impl Collector {
    /// Listens on a free port.
    ///
    /// # Panics
    /// When there is none.
    pub async fn start() -> Self {
        let taken = Arc::<Mutex<Taken>>::default();
        let router = Router::new()
            .route("/v1/traces", post(take))
            .layer(DefaultBodyLimit::max(64 << 20))
            .with_state(taken.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.expect("it serves") });
        Self { endpoint, taken, serving }
    }

    /// Waits until one trace holds an order's whole way: gateway, request and statements of orders, what orders published, and what
    /// inventory and payments did with it. Its id.
    ///
    /// # Panics
    /// When there is none in time; says what came instead.
    pub async fn whole_order(&self) -> String {
        let found = eventually("one trace from the gateway to the consumers", async || {
            let spans = self.spans();
            let checkouts =
                spans.iter().filter(|span| span.service == "orders" && span.name.contains("checkoutComplete"));
            let traces: BTreeSet<&Vec<u8>> = checkouts.map(|span| &span.trace).collect();
            traces
                .into_iter()
                .find(|trace| {
                    let of_it: Vec<&Traced> = spans.iter().filter(|span| span.trace == **trace).collect();
                    missing(&of_it).is_empty()
                })
                .cloned()
        });
        // The panic of a wait says nothing of what came.
        let found = tokio::time::timeout(crate::EVENTUALLY / 2, found).await;
        let found = found.unwrap_or_else(|_| panic!("no whole trace, but these: {:#?}", self.said()));
        found.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether any of the text was sent, in whatever field.
    pub fn has_seen(&self, text: &str) -> bool {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.bodies.iter().any(|body| body.windows(text.len()).any(|window| window == text.as_bytes()))
    }

    fn spans(&self) -> Vec<Traced> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).spans.clone()
    }

    /// For each trace of a checkout what it lacks, and what it has.
    fn said(&self) -> Vec<String> {
        let spans = self.spans();
        let checkouts = spans.iter().filter(|span| span.name.contains("checkoutComplete"));
        let traces: BTreeSet<&Vec<u8>> = checkouts.map(|span| &span.trace).collect();
        let of_it = |trace: &Vec<u8>| spans.iter().filter(|span| span.trace == *trace).collect::<Vec<_>>();
        traces
            .into_iter()
            .map(|trace| {
                let names: Vec<String> =
                    of_it(trace).iter().map(|span| format!("{} {:?} {}", span.service, span.kind, span.name)).collect();
                format!("lacks {:?}, has {names:#?}", missing(&of_it(trace)))
            })
            .collect()
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// What the spans of one trace lack of an order's whole way.
fn missing(spans: &[&Traced]) -> Vec<&'static str> {
    let under = |parent: &Traced, child: &Traced| parent.id == child.parent;
    let request = |span: &Traced| {
        span.service == "orders" && span.kind == SpanKind::Server && span.name == "mutation checkoutComplete"
    };
    let published = |span: &Traced| {
        span.service == "orders" && span.kind == SpanKind::Producer && span.name.starts_with("publish orders.")
    };
    let handled = |by: &'static str| {
        move |span: &Traced| {
            span.service == by && span.kind == SpanKind::Consumer && span.name.starts_with("handle orders.")
        }
    };
    let any = |is: &dyn Fn(&Traced) -> bool| spans.iter().any(|span| is(span));
    let pair = |parent: &dyn Fn(&Traced) -> bool, child: &dyn Fn(&Traced) -> bool| {
        spans.iter().any(|p| parent(p) && spans.iter().any(|c| child(c) && under(p, c)))
    };
    let steps = [
        ("the gateway, and orders below it", pair(&|span| span.service == "gateway", &request)),
        (
            "a statement of the request",
            pair(&request, &|span| span.service == "orders" && span.kind == SpanKind::Client),
        ),
        ("what the request published", pair(&request, &published)),
        ("inventory's handling below it", pair(&published, &handled("inventory"))),
        ("what inventory published", any(&|span| span.service == "inventory" && span.kind == SpanKind::Producer)),
        ("payments' handling below what orders published", pair(&published, &handled("payments"))),
        (
            "what payments' worker published",
            pair(&|span| span.name == "pay", &|span| span.name.starts_with("publish payments.")),
        ),
        ("a statement of payments", pair(&handled("payments"), &|span| span.kind == SpanKind::Client)),
    ];
    steps.into_iter().filter(|(_, there)| !there).map(|(what, _)| what).collect()
}

async fn take(State(taken): State<Arc<Mutex<Taken>>>, body: Bytes) -> StatusCode {
    let Ok(request) = ExportTraceServiceRequest::decode(body.clone()) else { return StatusCode::BAD_REQUEST };
    let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
    taken.bodies.push(body);
    for of_resource in request.resource_spans {
        let service = of_resource.resource.map(name).unwrap_or_default();
        for span in of_resource.scope_spans.into_iter().flat_map(|scope| scope.spans) {
            taken.spans.push(Traced {
                service: service.clone(),
                kind: span.kind(),
                name: span.name,
                trace: span.trace_id,
                id: span.span_id,
                parent: span.parent_span_id,
            });
        }
    }
    StatusCode::OK
}

fn name(resource: Resource) -> String {
    let named = resource.attributes.into_iter().find(|attribute| attribute.key == "service.name");
    match named.and_then(|attribute| attribute.value).and_then(|value| value.value) {
        Some(Value::StringValue(name)) => name,
        _ => String::new(),
    }
}
