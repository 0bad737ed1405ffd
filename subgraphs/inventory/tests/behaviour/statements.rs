use inventory::domain::Lines;
use kernel::Actor;
use serde_json::json;
use sqlx::PgPool;
use testkit::Statements;

use crate::depot::{Depot, order, variant};

#[sqlx::test(migrations = false)]
async fn an_order_costs_the_same_statements_whatever_its_length(pool: PgPool) {
    let depot = Depot::with(pool, &[6; 12]).await;
    let counted = Statements::watch();
    let mut costs = Vec::new();
    for (number, length) in [(1, 1), (2, 12)] {
        let lines = Lines::new((1..=length).map(|of| (variant(of), 1))).unwrap();
        let mut cost = Vec::new();
        let mut tx = depot.pool.begin().await.unwrap();
        counted.take();
        depot.app.reserve(&mut tx, order(number), &lines).await.unwrap();
        cost.push(counted.take());
        depot.app.commit(&mut tx, order(number)).await.unwrap();
        cost.push(counted.take());
        depot.app.restock(&mut tx, order(number)).await.unwrap();
        cost.push(counted.take());
        tx.commit().await.unwrap();
        costs.push(cost);
        if number == 1 {
            // So that the first line falls to the threshold again, as the others do.
            assert_eq!(depot.held(1, crate::depot::MAIN).await, (6, 0));
        }
    }
    assert_eq!(costs[0], costs[1]);
    assert!(costs[0].iter().all(|cost| (4..=12).contains(cost)), "{costs:?}");
    depot.assert_sound().await;
}

#[sqlx::test(migrations = false)]
async fn a_list_of_variants_costs_one_statement(pool: PgPool) {
    let depot = Depot::with(pool, &[6; 12]).await;
    let counted = Statements::watch();
    for length in [1, 12] {
        let keys: Vec<_> =
            (1..=length).map(|of| json!({ "__typename": "ProductVariant", "id": variant(of) })).collect();
        let query = "query($keys: [_Any!]!) { _entities(representations: $keys) {
            ... on ProductVariant { availability { quantity } } } }";
        counted.take();
        let answer = depot.ask(Actor::Anonymous, query, json!({ "keys": keys })).await;
        assert_eq!(counted.take(), 1, "{answer}");
        assert_eq!(answer["data"]["_entities"][0]["availability"]["quantity"], 6, "{answer}");
    }
}
