//! The crate against a real database and a real RabbitMQ. Each test has its own database and its own names on the broker.

#![expect(clippy::unwrap_used, reason = "in a test, the panic is the report")]

mod broker;
mod consuming;
mod dead_letters;
mod gathering;
mod grants;
mod meters;
mod notes;
mod order;
mod proxy;
mod rabbit;
mod relaying;
mod running;
mod straight;
mod support;

/// Runs the test functions beside it against each implementation of the bus.
macro_rules! on_both_buses {
    ($($test:ident),+ $(,)?) => {
        mod without_broker {
            $(#[sqlx::test(migrations = false)]
            async fn $test(pool: sqlx::PgPool) {
                super::$test(crate::support::World::embedded(pool).await).await;
            })+
        }
        mod on_rabbit {
            $(#[sqlx::test(migrations = false)]
            async fn $test(pool: sqlx::PgPool) {
                crate::support::on_rabbit(pool, super::$test).await;
            })+
        }
    };
}
pub(crate) use on_both_buses;
