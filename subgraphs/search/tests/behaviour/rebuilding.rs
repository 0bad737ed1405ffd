use std::fs;

use kernel::FaultKind;
use search::app::Progress;
use serde_json::json;
use sqlx::PgPool;

use crate::place::Place;
use crate::shop::{Shop, product};

/// Makes the index anew while products are published, indexed and archived.
async fn nothing_is_lost_while_the_index_is_made(pool: PgPool, place: &Place) {
    let mut shop = Shop::open_at(pool, place.at.clone()).await;
    for id in 1..=20 {
        shop.publish(product(id, "Lamp")).await;
    }
    assert_eq!(shop.index().await, 20);
    let (app, mut told) = (shop.app.clone(), Vec::new());
    let making = async {
        for _ in 0..3 {
            app.rebuild(|progress| told.push(progress)).await.unwrap();
        }
    };
    let living = async {
        for id in 21..=40 {
            let before = shop.search(json!({ "q": "lamp" })).await;
            assert!(before["totalCount"].as_u64().unwrap() >= 20, "all that was there is found: {before}");
            assert_eq!(before["degraded"], false, "{before}");
            shop.publish(product(id, "Lamp")).await;
            // It may be told that another index took the place of this one; the next step goes on with that.
            let _ = shop.app.index_products().await;
        }
    };
    tokio::join!(making, living);
    shop.index().await;
    assert_eq!(shop.search(json!({ "q": "lamp" })).await["totalCount"], 40, "none is lost");
    let Progress { done, total, .. } = told[0];
    assert!(done == 0 && (20..=40).contains(&total), "products were published meanwhile: {told:?}");
    assert!(told.iter().any(|progress| progress.done >= progress.total && progress.done >= 20), "{told:?}");
}

#[sqlx::test(migrations = false)]
async fn nothing_is_lost_while_files_are_made(pool: PgPool) {
    nothing_is_lost_while_the_index_is_made(pool, &Place::in_files()).await;
}

#[sqlx::test(migrations = false)]
async fn nothing_is_lost_while_an_index_is_made_on_the_server(pool: PgPool) {
    let place = Place::on_server().await;
    nothing_is_lost_while_the_index_is_made(pool, &place).await;
    assert_eq!(
        place.names("products").await,
        ["products-v4"],
        "the first was made by the indexer, and the old ones are gone"
    );
    place.remove().await;
}

#[sqlx::test(migrations = false)]
async fn one_index_is_made_at_a_time(pool: PgPool) {
    let shop = Shop::open(pool.clone()).await;
    let mut other = pool.begin().await.unwrap();
    sqlx::query("select pg_advisory_xact_lock(hashtext('search.rebuild'))").execute(&mut *other).await.unwrap();
    assert_eq!(shop.app.rebuild(|_| ()).await.unwrap_err().kind(), FaultKind::Unavailable);
    other.rollback().await.unwrap();
    assert_eq!(shop.app.rebuild(|_| ()).await.unwrap(), 0);
}

#[sqlx::test(migrations = false)]
async fn an_index_on_the_server_of_another_version_or_database_is_made_again(pool: PgPool) {
    let place = Place::on_server().await;
    let mut shop = Shop::open_at(pool.clone(), place.at.clone()).await;
    shop.publish(product(1, "Lamp")).await;
    assert_eq!(shop.index().await, 1);
    shop.restart();
    assert_eq!(shop.index().await, 0, "a new process goes on where the last one was");
    sqlx::query("update search.source set id = gen_random_uuid()").execute(&pool).await.unwrap();
    assert_eq!(shop.index().await, 1, "another database");
    place.forget_how_far("products-v2").await;
    assert_eq!(shop.index().await, 1, "another version");
    assert_eq!(place.names("products").await, ["products-v3"]);
    assert_eq!(shop.find("lamp").await, [1]);
    place.remove().await;
}

#[sqlx::test(migrations = false)]
async fn until_the_files_are_made_the_database_is_searched(pool: PgPool) {
    let mut shop = Shop::open(pool).await;
    shop.publish(product(1, "Lamp")).await;
    let early = shop.search(json!({ "q": "lamp" })).await;
    assert_eq!((&early["totalCount"], &early["degraded"]), (&json!(1), &json!(true)));
    assert_eq!(shop.index().await, 1);
    assert_eq!(shop.search(json!({ "q": "lamp" })).await["degraded"], false);
    assert_eq!(fs::read_dir(shop.index_folder().parent().unwrap()).unwrap().count(), 1, "nothing is left beside it");
}
