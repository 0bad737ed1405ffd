//! How the index of orders on a server is filled, made anew and gone without.

use events::orders::{OrderPlaced, OrderSnapshot, OrderUpdated};
use events::users::UserDeleted;
use kernel::{FaultKind, UserId};
use search::Index;
use serde_json::json;
use sqlx::PgPool;
use testkit::Wire;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::away::{Line, at_port};
use crate::orders::find;
use crate::place::Place;
use crate::replicas::{eventually, start};
use crate::shop::{Shop, ids, order};

async fn placed(shop: &mut Shop, ids: impl IntoIterator<Item = u128>) {
    for id in ids {
        let placed = order(shop, id, "ada@example.org", None);
        shop.place(placed).await;
        shop.clock.advance(1);
    }
}

#[sqlx::test(migrations = false)]
async fn without_its_server_the_database_finds_orders_and_lists_go_on(pool: PgPool) {
    let (line, place) = (Line::to_server().await, Place::on_server().await);
    let mut shop = Shop::open_at(pool, Index::OpenSearch(at_port(line.port, place.prefix()))).await;
    placed(&mut shop, 1..=5).await;
    let unfilled = find(&shop, json!({ "q": "ada" })).await;
    assert_eq!((&unfilled["totalCount"], &unfilled["degraded"]), (&json!(5), &json!(true)), "not filled yet");
    assert_eq!(shop.index().await, 5);
    let first = find(&shop, json!({ "q": "ada", "n": 2 })).await;
    assert_eq!((ids(&first), &first["degraded"]), (vec![5, 4], &json!(false)));

    line.up.send_replace(false);
    let second = find(&shop, json!({ "q": "ada", "n": 2, "a": first["pageInfo"]["endCursor"] })).await;
    assert_eq!((ids(&second), &second["degraded"], &second["totalCount"]), (vec![3, 2], &json!(true), &json!(5)));
    placed(&mut shop, [6]).await;
    assert_eq!(shop.app.index_orders().await.unwrap_err().kind(), FaultKind::Unavailable);
    assert_eq!(find(&shop, json!({ "q": "ada" })).await["totalCount"], 6, "nothing is missing meanwhile");

    line.up.send_replace(true);
    shop.clock.advance(5);
    assert_eq!(shop.index().await, 1, "what was heard of meanwhile waited");
    let third = find(&shop, json!({ "q": "ada", "n": 2, "a": second["pageInfo"]["endCursor"] })).await;
    assert_eq!((ids(&third), &third["degraded"], &third["totalCount"]), (vec![1], &json!(false), &json!(6)));
    place.remove().await;
}

#[sqlx::test(migrations = false)]
async fn the_service_follows_orders_and_people_who_leave(pool: PgPool) {
    let place = Place::on_server().await;
    let mut shop = Shop::open_at(pool, place.at.clone()).await;
    let stop = CancellationToken::new();
    let running = start(&shop.resources, shop.resources.locks.clone(), &stop);
    let known = order(&shop, 1, "ada@example.org", Some(7));
    shop.place(known).await;
    let finds = async |shop: &Shop, query: &str, orders: u64| {
        let page = find(shop, json!({ "q": query })).await;
        page["degraded"] == false && page["totalCount"].as_u64() == Some(orders)
    };
    eventually("it is found", async || finds(&shop, "ada", 1).await).await;
    shop.wire.deliver(&UserDeleted { user_id: UserId(Uuid::from_u128(7)) }).await;
    eventually("the address is gone", async || finds(&shop, "ada", 0).await).await;
    assert!(finds(&shop, "TC-100001", 1).await);
    stop.cancel();
    for task in running {
        task.await.unwrap();
    }
    place.remove().await;
}

#[sqlx::test(migrations = false)]
async fn no_order_is_lost_while_their_index_is_made(pool: PgPool) {
    let place = Place::on_server().await;
    let mut shop = Shop::open_at(pool.clone(), place.at.clone()).await;
    placed(&mut shop, 1..=20).await;
    // As they were before changes had numbers; more than a batch of them.
    sqlx::query("update search.order_document set change_seq = 0").execute(&pool).await.unwrap();
    sqlx::raw_sql(
        "alter table search.order_document disable trigger order_document_new;
         insert into search.order_document (order_id, version, number, email, status, placed_at)
         select gen_random_uuid(), 1, 'OLD-' || n, 'old@example.org', 'PENDING', '2020-01-01' from generate_series(1, 700) n;
         alter table search.order_document enable trigger order_document_new",
    )
    .execute(&pool)
    .await
    .unwrap();
    assert_eq!(shop.index().await, 720);
    let (app, mut told) = (shop.app.clone(), Vec::new());
    let making = async {
        for _ in 0..3 {
            app.rebuild(|progress| told.push(progress)).await.unwrap();
        }
    };
    let living = async {
        for id in 21..=40 {
            let before = find(&shop, json!({ "q": "" })).await;
            assert!(before["totalCount"].as_u64().unwrap() >= 720, "all that was there is found: {before}");
            assert_eq!(before["degraded"], false, "{before}");
            placed(&mut shop, [id]).await;
            let confirmed = OrderSnapshot {
                version: 2,
                status: "CONFIRMED".into(),
                ..order(&shop, id - 20, "ada@example.org", None)
            };
            shop.wire.deliver(&OrderUpdated { order: confirmed }).await;
            // It may be told that another index took the place of this one; the next step goes on with that.
            let _ = shop.app.index_orders().await;
        }
    };
    tokio::join!(making, living);
    shop.index().await;
    assert_eq!(find(&shop, json!({ "q": "" })).await["totalCount"], 740, "none is lost");
    assert_eq!(find(&shop, json!({ "q": "", "f": { "status": "CONFIRMED" } })).await["totalCount"], 20);
    let orders: Vec<_> = told.iter().filter(|progress| progress.of == "orders").collect();
    assert!(orders.iter().any(|progress| progress.done == 500), "a batch each: {orders:?}");
    assert!(orders.iter().any(|progress| progress.done >= progress.total), "{orders:?}");
    assert_eq!(
        place.names("orders").await,
        ["orders-v4"],
        "the first was made by the indexer, and the old ones are gone"
    );
    place.remove().await;
}

#[sqlx::test(migrations = false)]
async fn an_index_of_orders_of_another_version_or_database_is_made_again(pool: PgPool) {
    let place = Place::on_server().await;
    let mut shop = Shop::open_at(pool.clone(), place.at.clone()).await;
    placed(&mut shop, [1]).await;
    assert_eq!(shop.index().await, 1);
    shop.restart();
    assert_eq!(shop.index().await, 0, "a new process goes on where the last one was");
    place.forget_how_far("orders-v1").await;
    assert_eq!(find(&shop, json!({ "q": "" })).await["degraded"], true, "nobody knows what it holds");
    assert_eq!(shop.index().await, 1, "another version");
    sqlx::query("update search.source set id = gen_random_uuid()").execute(&pool).await.unwrap();
    assert_eq!(shop.index().await, 1, "another database");
    assert_eq!(place.names("orders").await, ["orders-v3"]);
    assert_eq!(ids(&find(&shop, json!({ "q": "TC-100001" })).await), [1]);
    place.remove().await;
}

#[sqlx::test(migrations = false)]
async fn what_the_version_before_writes_of_orders_is_indexed(pool: PgPool) {
    let place = Place::on_server().await;
    let mut shop = Shop::open_at(pool.clone(), place.at.clone()).await;
    placed(&mut shop, [1]).await;
    assert_eq!(shop.index().await, 1);
    // It knows of no numbers.
    let writes = "insert into search.order_document (order_id, version, number, email, status, placed_at)
        values ($1, 2, 'TC-' || $2, 'ada@example.org', 'CONFIRMED', now())
        on conflict (order_id) do update set version = excluded.version, status = excluded.status";
    for id in [1, 2] {
        sqlx::query(writes).bind(Uuid::from_u128(id)).bind(id.to_string()).execute(&pool).await.unwrap();
    }
    assert_eq!(shop.index().await, 2);
    let confirmed = find(&shop, json!({ "q": "", "f": { "status": "CONFIRMED" } })).await;
    assert_eq!((ids(&confirmed), &confirmed["degraded"]), (vec![2, 1], &json!(false)));
    sqlx::query("update search.order_document set email = null").execute(&pool).await.unwrap();
    assert_eq!(shop.index().await, 2);
    assert_eq!(find(&shop, json!({ "q": "ada" })).await["totalCount"], 0);
    place.remove().await;
}

#[sqlx::test(migrations = false)]
async fn a_lower_number_of_an_order_never_commits_after_a_higher_one(pool: PgPool) {
    let shop = Shop::open(pool.clone()).await;
    // A writer that has drawn a number and not committed yet.
    let mut slow = pool.begin().await.unwrap();
    sqlx::query("select pg_advisory_xact_lock(hashtext('search.change_seq'))").execute(&mut *slow).await.unwrap();
    let first: i64 =
        sqlx::query_scalar("select nextval('search.order_change_seq')").fetch_one(&mut *slow).await.unwrap();
    let event = OrderPlaced { order: order(&shop, 1, "ada@example.org", None) };
    let mut wire = Wire::open(pool.clone(), shop.clock.clone(), search::consumer(&shop.resources)).await;
    let other = tokio::spawn(async move { wire.deliver(&event).await });
    crate::index::until_a_lock_is_waited_for(&pool).await;
    let drawn: i64 =
        sqlx::query_scalar("select last_value from search.order_change_seq").fetch_one(&pool).await.unwrap();
    assert_eq!(drawn, first, "whoever waits has not drawn yet");
    slow.commit().await.unwrap();
    other.await.unwrap();
    let number = "select change_seq from search.order_document";
    assert!(sqlx::query_scalar::<_, i64>(number).fetch_one(&pool).await.unwrap() > first);
}
