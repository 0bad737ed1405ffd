use events::products::{ProductArchived, ProductChanged, ProductPublished};
use kernel::ProductId;
use serde_json::json;
use sqlx::PgPool;
use uuid::Uuid;

use crate::shop::{Shop, ids, product};

#[sqlx::test(migrations = false)]
async fn an_archived_product_vanishes_and_late_news_do_not_bring_it_back(pool: PgPool) {
    let mut shop = Shop::open(pool).await;
    shop.publish(product(1, "Lamp")).await;
    shop.index().await;
    assert_eq!(shop.find("lamp").await, [1]);
    let product_id = ProductId(Uuid::from_u128(1));
    shop.wire.deliver_twice(&ProductArchived { product_id, version: 3 }).await;
    shop.index().await;
    assert_eq!(shop.find("lamp").await, Vec::<u128>::new());
    let mut late = product(1, "Lamp");
    late.version = 2;
    shop.wire.deliver(&ProductChanged { product: late.clone() }).await;
    assert_eq!(shop.index().await, 0, "a late event changes nothing");
    late.version = 4;
    shop.publish(late).await;
    shop.index().await;
    assert_eq!(shop.find("lamp").await, [1], "published again");
}

#[sqlx::test(migrations = false)]
async fn an_archival_that_is_heard_of_first_wins(pool: PgPool) {
    let mut shop = Shop::open(pool).await;
    shop.wire.deliver(&ProductArchived { product_id: ProductId(Uuid::from_u128(1)), version: 2 }).await;
    shop.publish(product(1, "Lamp")).await;
    shop.index().await;
    assert_eq!(shop.find("").await, Vec::<u128>::new());
}

#[sqlx::test(migrations = false)]
async fn a_doubled_event_is_indexed_once_and_a_late_one_not_at_all(pool: PgPool) {
    let mut shop = Shop::open(pool).await;
    let mut newer = product(1, "New Name");
    newer.version = 2;
    shop.wire.deliver_twice(&ProductChanged { product: newer.clone() }).await;
    // The same change in another envelope, and an older one.
    shop.wire.deliver(&ProductChanged { product: newer }).await;
    shop.wire.deliver(&ProductPublished { product: product(1, "Old Name") }).await;
    assert_eq!(shop.index().await, 1);
    assert_eq!((shop.find("old").await, shop.find("new").await), (vec![], vec![1]));
}

#[sqlx::test(migrations = false)]
async fn stock_that_comes_and_goes_is_seen_whatever_is_heard_first(pool: PgPool) {
    let mut shop = Shop::open(pool).await;
    let sold = json!({ "q": "", "f": { "inStock": true } });
    shop.level(1, 2, 5).await;
    shop.publish(product(1, "Lamp")).await;
    shop.index().await;
    assert_eq!(ids(&shop.search(sold.clone()).await), [1], "the level came before the product");
    shop.level(1, 3, 4).await;
    assert_eq!(shop.index().await, 0, "there is still some, so nothing is indexed");
    shop.level(1, 4, 0).await;
    shop.level(1, 1, 9).await;
    assert_eq!(shop.index().await, 1);
    assert_eq!(ids(&shop.search(sold.clone()).await), Vec::<u128>::new(), "the late level is ignored");
    shop.level(1, 5, 1).await;
    shop.index().await;
    assert_eq!(ids(&shop.search(sold).await), [1]);
}
