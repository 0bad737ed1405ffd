//! Figures for Prometheus at `/metrics`: requests, connections and queues of each service here, and what the other crates count.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::routing::get;
use chassis::{StartError, Task};
use kernel::Clock;
use messaging::{outbox_depth, queue_depth};
use metrics::{counter, gauge, histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use sqlx::PgPool;

/// Upper bounds of the buckets of what takes a message or more, in seconds: an alert asks for more than half a minute.
const DELIVERY: [f64; 12] = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 900.0];
/// Upper bounds of the buckets of all other durations, in seconds.
const BUCKETS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
const LOOK: Duration = Duration::from_secs(5);

/// Collects the figures of this process from now on.
pub(crate) fn install() -> Result<PrometheusHandle, StartError> {
    let full = |name: &str| Matcher::Full(name.to_owned());
    let built = PrometheusBuilder::new()
        .set_buckets(&BUCKETS)
        .and_then(|builder| builder.set_buckets_for_metric(full("messaging_delivery_seconds"), &DELIVERY))
        .and_then(|builder| builder.set_buckets_for_metric(full("orders_step_duration_seconds"), &DELIVERY))
        .and_then(|builder| builder.install_recorder());
    built.map_err(|error| StartError::new(format!("cannot collect metrics: {error}"), "report this"))
}

/// Puts durations into their buckets. Each is kept until then; reading does it too, but somewhere nobody reads.
pub(crate) fn upkeep(handle: PrometheusHandle) -> Task {
    Task::every("upkeep of the figures", LOOK, move || {
        handle.run_upkeep();
        std::future::ready(Ok(()))
    })
}

/// The service's router with its requests counted and with `/metrics`. Probes are no requests: they would hide the others.
pub(crate) fn measured(router: Router, service: &'static str, handle: PrometheusHandle) -> Router {
    let counted = router.layer(from_fn(move |request: Request, next: Next| async move {
        if request.uri().path().starts_with("/health/") {
            return next.run(request).await;
        }
        let started = Instant::now();
        let response = next.run(request).await;
        let status = response.status().as_str().to_owned();
        counter!("http_requests_total", "service" => service, "status" => status).increment(1);
        histogram!("http_request_duration_seconds", "service" => service).record(started.elapsed().as_secs_f64());
        response
    }));
    counted.route("/metrics", get(async move || handle.render()))
}

/// Looks now and then at the service's connections, its outbox and, if it heeds events, its queue.
pub(crate) fn watch(service: &'static str, pool: PgPool, clock: Arc<dyn Clock>, consumes: bool) -> Task {
    Task::every("figures of the database", LOOK, move || {
        let (pool, clock) = (pool.clone(), clock.clone());
        async move {
            connections(service, &pool).await?;
            let depth = outbox_depth(&pool, service, &*clock).await?;
            gauge!("messaging_outbox_events", "service" => service).set(depth.events as f64);
            gauge!("messaging_outbox_age_seconds", "service" => service).set(depth.age.as_secs_f64());
            if consumes {
                let depth = queue_depth(&pool, service).await?;
                for (state, messages) in
                    [("waiting", depth.waiting), ("retrying", depth.retrying), ("dead", depth.dead)]
                {
                    let gauge = gauge!("messaging_queue_messages", "consumer" => service, "state" => state);
                    gauge.set(messages as f64);
                }
            }
            Ok(())
        }
    })
}

/// How many connections are in use, how long it takes to get one, and how long the database takes to answer at all. A sample now and
/// then says where time goes without touching a statement of anybody.
async fn connections(service: &'static str, pool: &PgPool) -> sqlx::Result<()> {
    let (open, idle) = (f64::from(pool.size()), pool.num_idle() as f64);
    gauge!("sql_connections", "service" => service, "state" => "used").set((open - idle).max(0.0));
    gauge!("sql_connections", "service" => service, "state" => "idle").set(idle);
    gauge!("sql_connections_max", "service" => service).set(f64::from(pool.options().get_max_connections()));
    let began = Instant::now();
    let acquired = pool.acquire().await;
    // Also when there was none to get: that is when it matters.
    histogram!("sql_acquire_duration_seconds", "service" => service).record(began.elapsed().as_secs_f64());
    let mut connection = acquired?;
    let began = Instant::now();
    sqlx::query("select 1").execute(&mut *connection).await?;
    histogram!("sql_round_trip_seconds", "service" => service).record(began.elapsed().as_secs_f64());
    Ok(())
}
