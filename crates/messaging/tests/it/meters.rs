//! What an operator watches.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use messaging::{QueueDepth, outbox_depth, queue_depth};
use metrics::{Counter, Gauge, Histogram, Key, KeyName, Metadata, Recorder, SharedString, Unit};

use crate::notes::Failing;
use crate::on_both_buses;
use crate::support::World;

on_both_buses! {
    the_outbox_tells_how_much_waits_and_how_long,
    what_becomes_of_messages_is_counted,
}

async fn the_outbox_tells_how_much_waits_and_how_long(world: World) {
    let depth = async || {
        let depth = outbox_depth(&world.pool, "notes", world.clock.as_ref()).await.unwrap();
        (depth.events, depth.age)
    };
    assert_eq!(depth().await, (0, Duration::ZERO));
    world.put(&[(1, 1)]).await;
    world.clock.advance(7);
    world.put(&[(1, 2)]).await;
    assert_eq!(depth().await, (2, Duration::from_secs(7)));
    world.publish().await;
    assert_eq!(depth().await, (0, Duration::ZERO));
}

/// Keeps counters by their name and labels.
#[derive(Default)]
struct Counters(Mutex<BTreeMap<String, Arc<AtomicU64>>>);

impl Counters {
    fn read(&self) -> Vec<(String, u64)> {
        let counters = self.0.lock().unwrap();
        counters.iter().map(|(name, counter)| (name.clone(), counter.load(Ordering::SeqCst))).collect()
    }
}

impl Recorder for Counters {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        let labels: Vec<String> = key.labels().map(|label| format!("{}={}", label.key(), label.value())).collect();
        let name = format!("{} {}", key.name(), labels.join(" "));
        Counter::from_arc(self.0.lock().unwrap().entry(name).or_default().clone())
    }
    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::noop()
    }
    fn register_histogram(&self, _: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::noop()
    }
}

async fn what_becomes_of_messages_is_counted(world: World) {
    let counters = Counters::default();
    // The test has one thread.
    let _recording = metrics::set_default_local_recorder(&counters);
    let mut worker = world.worker().await;
    let event = world.envelope(4, 4);
    world.send(&[event.clone(), event]).await;
    world.put(&[(1, 1), (2, 2), (3, 3)]).await;
    world.publish().await;
    world.fail(1, Failing::Retry);
    world.fail(2, Failing::Refuse);
    world.work(&mut worker).await;
    let counted = counters.read();
    let counted: Vec<(&str, u64)> = counted.iter().map(|(name, count)| (name.as_str(), *count)).collect();
    assert_eq!(
        counted,
        [
            ("messaging_dead_total consumer=readers", 1),
            ("messaging_handled_total consumer=readers", 2),
            ("messaging_published_total service=notes", 3),
            ("messaging_retried_total consumer=readers", 1),
        ]
    );
    let depth = queue_depth(&world.pool, "readers").await.unwrap();
    assert_eq!(depth, QueueDepth { waiting: 0, retrying: 1, dead: 1 });
    assert_eq!(queue_depth(&world.pool, "nobody").await.unwrap(), QueueDepth { waiting: 0, retrying: 0, dead: 0 });
}
