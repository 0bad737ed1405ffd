use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use kernel::{Actor, Clock, Currency, FaultKind, Money, SystemClock};
use opensearch::http::Url;
use search::adapters::OpenSearchProducts;
use search::app::{Follows, ProductIndex};
use search::domain::Text;
use search::{Index, Server};
use serde_json::json;
use sqlx::PgPool;
use testkit::ManualClock;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::contract::{asked, put};
use crate::place::{Place, server_url};
use crate::shop::{Shop, ids, product};

pub fn at_port(port: u16, prefix: &str) -> Server {
    Server::new(&format!("http://127.0.0.1:{port}").into(), prefix, 0).unwrap()
}

/// A port that nobody listens at.
async fn closed_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port()
}

#[tokio::test]
async fn an_index_whose_server_is_away_says_so() {
    let clock = Arc::new(ManualClock::default());
    let index = OpenSearchProducts::new(at_port(closed_port().await, "away-"), clock.clone());
    let change = put(1, crate::contract::product(1, "Lamp"));
    for _ in 0..2 {
        let faults = [
            index.reached().await.unwrap_err(),
            index.generation().await.unwrap_err(),
            index.search(&asked("lamp")).await.unwrap_err(),
            index.suggest(&Text::new("l").unwrap(), 8).await.unwrap_err(),
            index.begin().await.map(|_| ()).unwrap_err(),
            index.apply(vec![change.clone()], Default::default()).await.unwrap_err(),
        ];
        assert!(faults.iter().all(|fault| fault.kind() == FaultKind::Unavailable), "{faults:?}");
        clock.advance(60);
    }
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_waited_for_once_and_then_left_alone() {
    let (listener, asked_for) = (TcpListener::bind("127.0.0.1:0").await.unwrap(), Arc::new(AtomicUsize::new(0)));
    let port = listener.local_addr().unwrap().port();
    let counted = asked_for.clone();
    tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((connection, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::SeqCst);
            open.push(connection);
        }
    });
    let clock = Arc::new(ManualClock::default());
    let index = OpenSearchProducts::new(at_port(port, "slow-"), clock.clone());
    let began = Instant::now();
    assert_eq!(index.search(&asked("lamp")).await.unwrap_err().kind(), FaultKind::Unavailable);
    assert!(began.elapsed() < Duration::from_secs(10), "the deadline is two seconds");
    for _ in 0..100 {
        assert_eq!(index.search(&asked("lamp")).await.unwrap_err().kind(), FaultKind::Unavailable);
    }
    assert_eq!(asked_for.load(Ordering::SeqCst), 1, "it is left alone");
    clock.advance(5);
    let all = [(); 8].map(|()| async { index.search(&asked("lamp")).await.unwrap_err() });
    let [a, b, c, d, e, f, g, h] = all;
    tokio::join!(a, b, c, d, e, f, g, h);
    assert_eq!(asked_for.load(Ordering::SeqCst), 2, "one tries, the others do not wait for it");
}

/// A line to the server that can be cut.
pub struct Line {
    pub port: u16,
    pub up: watch::Sender<bool>,
}

impl Line {
    pub async fn to_server() -> Self {
        let url: Url = server_url().parse().unwrap();
        let server = format!("{}:{}", url.host_str().unwrap(), url.port_or_known_default().unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (up, is_up) = watch::channel(true);
        tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                let (server, mut is_up) = (server.clone(), is_up.clone());
                tokio::spawn(async move {
                    if *is_up.borrow() {
                        let mut far = TcpStream::connect(server).await.unwrap();
                        tokio::select! {
                            _ = copy_bidirectional(&mut near, &mut far) => {}
                            _ = is_up.wait_for(|up| !up) => {}
                        }
                    }
                });
            }
        });
        Self { port, up }
    }
}

#[sqlx::test(migrations = false)]
async fn searching_goes_on_without_its_server_and_with_it_again(pool: PgPool) {
    let (line, place) = (Line::to_server().await, Place::on_server().await);
    let index = Index::OpenSearch(at_port(line.port, place.prefix()));
    let mut shop = Shop::open_at(pool, index).await;
    shop.publish(product(1, "Lamp")).await;
    shop.publish(product(2, "Mug")).await;
    shop.index().await;
    let before = shop.search(json!({ "q": "lamp" })).await;
    assert_eq!((ids(&before), &before["degraded"]), (vec![1], &json!(false)));

    line.up.send_replace(false);
    let kept = shop.search(json!({ "q": "LAMP" })).await;
    assert_eq!((ids(&kept), &kept["degraded"], &kept["cacheStatus"]), (vec![1], &json!(true), &json!("HIT")));
    let found = shop.search(json!({ "q": "mugs" })).await;
    assert_eq!((ids(&found), &found["degraded"], &found["cacheStatus"]), (vec![2], &json!(true), &json!("MISS")));
    let suggested = "{ searchSuggestions(prefix: \"MU\") }";
    let suggestions = shop.ask(Actor::Anonymous, suggested, json!({})).await;
    assert_eq!(suggestions["data"]["searchSuggestions"], json!(["Mug"]));
    // What is heard of meanwhile waits.
    shop.publish(product(3, "Floor Lamp")).await;
    assert_eq!(shop.app.index_products().await.unwrap_err().kind(), FaultKind::Unavailable);

    line.up.send_replace(true);
    shop.clock.advance(5);
    assert_eq!(shop.index().await, 1);
    let after = shop.search(json!({ "q": "lamp" })).await;
    assert_eq!((ids(&after).len(), &after["degraded"]), (2, &json!(false)));
    place.remove().await;
}

#[sqlx::test(migrations = false)]
async fn the_database_filters_sorts_and_pages_when_the_server_is_away(pool: PgPool) {
    let prefix = format!("test-{}-", SystemClock.secret().simple());
    let index = Index::OpenSearch(at_port(closed_port().await, &prefix));
    let mut shop = Shop::open_at(pool, index).await;
    for (id, title, tag, minor) in
        [(1, "Desk Lamp", "new", 300), (2, "Arc Lamp", "old", 100), (3, "Mug", "new", 200), (4, "Lamp", "new", 400)]
    {
        let mut of = product(id, title);
        (of.tags, of.category_path) = (vec![tag.into()], vec!["Home".into()]);
        of.variants[0].prices = vec![Money { minor, currency: Currency::EUR }];
        shop.publish(of).await;
    }
    shop.level(3, 1, 5).await;
    for (ask, expected) in [
        (json!({ "q": "", "s": "NEWEST" }), &[4, 3, 2, 1][..]),
        (json!({ "q": "lamps", "s": "PRICE_LOW" }), &[2, 1, 4]),
        (json!({ "q": "lamp", "s": "TITLE", "f": { "tag": "new" } }), &[1, 4]),
        (json!({ "q": "", "f": { "inStock": true } }), &[3]),
        (json!({ "q": "", "f": { "vendor": "Nobody" } }), &[]),
        (json!({ "q": "", "s": "TITLE", "f": { "category": "Home", "vendor": "Maker" } }), &[2, 1, 4, 3]),
        (json!({ "q": "home", "s": "PRICE_HIGH", "f": { "priceMax": "3.00" } }), &[1, 3, 2]),
        (json!({ "q": "' & | ! :* (" }), &[]),
    ] {
        let page = shop.search(ask.clone()).await;
        assert_eq!((ids(&page).as_slice(), &page["degraded"]), (expected, &json!(true)), "{ask}");
    }
    let first = shop.search(json!({ "q": "lamp", "s": "PRICE_LOW", "n": 2 })).await;
    assert_eq!((ids(&first), &first["totalCount"]), (vec![2, 1], &json!(3)));
    let ask = json!({ "q": "lamp", "s": "PRICE_LOW", "n": 2, "a": first["pageInfo"]["endCursor"] });
    assert_eq!(ids(&shop.search(ask).await), [4]);
}
