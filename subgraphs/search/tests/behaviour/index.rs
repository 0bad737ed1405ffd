use std::fs;
use std::time::Duration;

use events::products::ProductPublished;
use sqlx::PgPool;
use testkit::Wire;
use tokio::time::timeout;

use crate::shop::{Shop, product};

#[sqlx::test(migrations = false)]
async fn a_new_process_goes_on_where_the_last_one_was(pool: PgPool) {
    let mut shop = Shop::open(pool).await;
    shop.publish(product(1, "Lamp")).await;
    shop.publish(product(2, "Lamp")).await;
    assert_eq!(shop.index().await, 2);
    shop.restart();
    assert_eq!(shop.index().await, 0, "nothing is indexed again");
    assert_eq!(shop.find("lamp").await.len(), 2);
    shop.publish(product(3, "Lamp")).await;
    shop.restart();
    assert_eq!(shop.index().await, 1);
    assert_eq!(shop.find("lamp").await.len(), 3);
}

#[sqlx::test(migrations = false)]
async fn an_index_whose_folder_is_gone_is_made_again(pool: PgPool) {
    let mut shop = Shop::open(pool).await;
    shop.publish(product(1, "Lamp")).await;
    shop.index().await;
    fs::remove_dir_all(shop.index_folder()).unwrap();
    shop.restart();
    assert_eq!(shop.index().await, 1);
    assert_eq!(shop.find("lamp").await, [1]);
}

#[sqlx::test(migrations = false)]
async fn a_folder_that_goes_while_the_process_runs_is_made_again(pool: PgPool) {
    let mut shop = Shop::open(pool).await;
    shop.publish(product(1, "Lamp")).await;
    shop.index().await;
    fs::remove_dir_all(shop.index_folder()).unwrap();
    shop.publish(product(2, "Lamp")).await;
    shop.app.index_products().await.unwrap_err();
    assert_eq!(shop.find("lamp").await, [1], "what was known is still found");
    assert_eq!(shop.index().await, 2);
    assert_eq!(shop.find("lamp").await.len(), 2);
}

#[sqlx::test(migrations = false)]
async fn a_damaged_index_is_made_again(pool: PgPool) {
    let mut shop = Shop::open(pool).await;
    shop.publish(product(1, "Lamp")).await;
    shop.index().await;
    for damage in ["meta.json", "store", "term"] {
        let files = fs::read_dir(shop.index_folder()).unwrap().map(|entry| entry.unwrap().path());
        let hit: Vec<_> = files.filter(|file| file.to_string_lossy().ends_with(damage)).collect();
        assert!(!hit.is_empty(), "{damage}");
        hit.iter().for_each(|file| fs::write(file, b"rubbish").unwrap());
        shop.restart();
        assert_eq!(shop.index().await, 1, "{damage}");
        assert_eq!(shop.find("lamp").await, [1], "{damage}");
    }
}

#[sqlx::test(migrations = false)]
async fn an_index_of_another_version_or_another_database_is_made_again(pool: PgPool) {
    let mut shop = Shop::open(pool.clone()).await;
    shop.publish(product(1, "Lamp")).await;
    shop.index().await;
    let meta = shop.index_folder().join("meta.json");
    let text = fs::read_to_string(&meta).unwrap();
    let (before, after) = text.split_once("\"payload\": \"").unwrap_or_else(|| panic!("{text}"));
    fs::write(&meta, format!("{before}\"payload\": \"9{after}")).unwrap();
    shop.restart();
    assert_eq!(shop.index().await, 1, "another version");
    sqlx::query("update search.source set id = gen_random_uuid()").execute(&pool).await.unwrap();
    assert_eq!(shop.index().await, 1, "another database");
    assert_eq!(shop.find("lamp").await, [1]);
}

/// Until somebody waits for a turn: PostgreSQL shows a lock that is not granted.
pub async fn until_a_lock_is_waited_for(pool: &PgPool) {
    let waiting = "select count(*) from pg_locks where locktype = 'advisory' and not granted
                   and database = (select oid from pg_database where datname = current_database())";
    timeout(Duration::from_secs(20), async {
        while sqlx::query_scalar::<_, i64>(waiting).fetch_one(pool).await.unwrap() == 0 {
            tokio::task::yield_now().await;
        }
    })
    .await
    .unwrap();
}

#[sqlx::test(migrations = false)]
async fn a_lower_number_never_commits_after_a_higher_one(pool: PgPool) {
    let mut shop = Shop::open(pool.clone()).await;
    // A writer that has drawn a number and not committed yet.
    let mut slow = pool.begin().await.unwrap();
    sqlx::query("select pg_advisory_xact_lock(hashtext('search.change_seq'))").execute(&mut *slow).await.unwrap();
    sqlx::query("select nextval('search.change_seq')").execute(&mut *slow).await.unwrap();
    let event = ProductPublished { product: product(1, "Lamp") };
    let mut wire = Wire::open(pool.clone(), shop.clock.clone(), search::consumer(&shop.resources)).await;
    let mut other = tokio::spawn(async move { wire.deliver(&event).await });
    until_a_lock_is_waited_for(&pool).await;
    assert!(!other.is_finished());
    assert_eq!(shop.index().await, 0, "nothing with a higher number can be seen yet");
    slow.commit().await.unwrap();
    timeout(Duration::from_secs(20), &mut other).await.unwrap().unwrap();
    assert_eq!(shop.index().await, 1);
    shop.publish(product(2, "Lamp")).await;
    assert_eq!(shop.index().await, 1);
}
