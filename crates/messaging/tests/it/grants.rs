//! A service's role reaches its own queue and no other.

use std::sync::atomic::Ordering;

use kernel::Clock;
use messaging::dead_letters::{self, Filter};
use messaging::{Consumer, Handlers, Relay, embedded};
use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, PgPool};

use crate::notes::{Failing, Noted};
use crate::on_both_buses;
use crate::support::World;

on_both_buses! {
    restricted_roles_publish_consume_retry_and_bury,
}

/// A pool that acts as a new role with the given rights. Roles belong to the cluster: the database's number keeps them
/// apart.
pub(crate) async fn restricted(world: &World, role: &str, rights: impl Fn(&str) -> String) -> PgPool {
    let database: i64 = sqlx::query_scalar("select oid::int8 from pg_database where datname = current_database()")
        .fetch_one(&world.pool)
        .await
        .unwrap();
    let role = format!("test_{role}_{database}");
    let sql = format!(
        "do $$ begin if not exists (select from pg_roles where rolname = '{role}') then create role {role} nologin; end if; end $$; {}",
        rights(&role)
    );
    sqlx::raw_sql(AssertSqlSafe(sql.clone())).execute(&world.pool).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&world.pool).await.expect("granting twice is no error");
    let options = world.pool.connect_options().as_ref().clone().options([("role", role)]);
    PgPoolOptions::new().max_connections(3).connect_with(options).await.unwrap()
}

pub(crate) fn own_schema(schema: &str, role: &str) -> String {
    format!(
        "grant usage on schema {schema} to {role}; grant select, insert, update, delete on all tables in schema {schema} to {role};"
    )
}

async fn restricted_roles_publish_consume_retry_and_bury(world: World) {
    let notes = restricted(&world, "notes", |role| own_schema("notes", role) + &embedded::grants(role, "notes")).await;
    let readers =
        restricted(&world, "readers", |role| own_schema("readers", role) + &embedded::grants(role, "readers")).await;
    let administrator = restricted(&world, "admin", embedded::administrator_grants).await;
    let consumer = || {
        Consumer::new("readers", "readers", readers.clone(), world.clock.clone())
            .with(&Handlers::default().on::<Noted>(), &world.write)
    };
    drop(consumer().attach(&*world.bus).await.unwrap());
    let mut worker = consumer().attach(&*world.bus).await.unwrap();
    world.put(&[(1, 1), (2, 2), (3, 3)]).await;
    assert_eq!(Relay::new("notes", notes, world.bus.clone()).pass().await.unwrap(), 3);
    world.coming.store(3, Ordering::SeqCst);
    world.fail(1, Failing::Retry);
    world.fail(2, Failing::Refuse);
    world.work(&mut worker).await;
    assert_eq!(world.effects().await, [3]);

    let mut conn = administrator.acquire().await.unwrap();
    let dead = dead_letters::list(&mut conn, &Filter::default(), None, 10).await.unwrap();
    assert_eq!(dead.len(), 1);
    let seen: i64 = sqlx::query_scalar("select count(*) from bus.message").fetch_one(&mut *conn).await.unwrap();
    assert_eq!((world.count("bus.message").await, seen), (2, 1), "what waits for another attempt is not shown");
    for refused in ["delete from bus.message", "update bus.message set dead_at = null", "select from readers.effect"] {
        let error = sqlx::raw_sql(AssertSqlSafe(refused)).execute(&mut *conn).await.unwrap_err();
        assert!(error.to_string().contains("permission denied"), "{refused}: {error}");
    }
    dead_letters::replay(&mut readers.acquire().await.unwrap(), dead[0].seq, world.clock.now())
        .await
        .expect_err("a consumer settles no letter by the function");
    world.heal();
    world.clock.advance(60);
    assert!(dead_letters::replay(&mut conn, dead[0].seq, world.clock.now()).await.unwrap());
    world.work(&mut worker).await;
    assert_eq!(world.effects().await, [3, 1, 2]);
}

#[sqlx::test(migrations = false)]
async fn a_role_neither_sees_nor_takes_the_messages_of_another_queue(pool: PgPool) {
    let world = World::embedded(pool).await;
    let _worker = world.worker().await;
    let stranger = restricted(&world, "stranger", |role| embedded::grants(role, "strangers")).await;
    world.put(&[(1, 1)]).await;
    world.publish().await;
    assert_eq!(world.count("bus.message").await, 1);
    let seen: i64 = sqlx::query_scalar("select count(*) from bus.message").fetch_one(&stranger).await.unwrap();
    assert_eq!(seen, 0);
    let taken = sqlx::raw_sql("delete from bus.message").execute(&stranger).await.unwrap();
    assert_eq!(taken.rows_affected(), 0);
    let hijack = sqlx::raw_sql("insert into bus.subscription (kind, queue) values ('notes.note.noted.v1', 'readers2')")
        .execute(&stranger)
        .await;
    assert!(hijack.unwrap_err().to_string().contains("row-level security"));
    sqlx::raw_sql("select from readers.effect").execute(&stranger).await.expect_err("another service's schema");
}
