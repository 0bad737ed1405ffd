use kernel::{Actor, Scope};
use serde_json::json;
use sqlx::PgPool;

use crate::depot::{Depot, MAIN, order, variant};

#[sqlx::test(migrations = false)]
async fn every_part_of_the_graph_is_described(pool: PgPool) {
    assert_eq!(Depot::open(pool).await.undescribed().await, Vec::<String>::new());
}

#[sqlx::test(migrations = false)]
async fn only_the_scope_opens_what_is_the_staffs(pool: PgPool) {
    let depot = Depot::with(pool, &[10]).await;
    let before = depot.everything().await;
    let (of, by) = (variant(1), order(1));
    let reads = [
        "{ warehouses { code } }".to_owned(),
        format!("{{ stockLevels(variantId: \"{of}\") {{ onHand }} }}"),
        format!("{{ stockMovements(variantId: \"{of}\") {{ totalCount }} }}"),
        format!("{{ reservation(orderId: \"{by}\") {{ status }} }}"),
    ];
    let writes = [
        format!(
            "mutation {{ stockAdjust(input: {{ variantId: \"{of}\", warehouseId: \"{MAIN}\", delta: 1, reason: \"r\",
             idempotencyKey: \"k\" }}) {{ errors {{ message }} }} }}"
        ),
        "mutation { warehouseCreate(input: { code: \"WEST\", name: \"West\", country: \"FR\", priority: 3,
           idempotencyKey: \"k\" }) { errors { message } } }"
            .to_owned(),
        format!(
            "mutation {{ warehouseUpdate(input: {{ id: \"{MAIN}\", active: false }}) {{ errors {{ message }} }} }}"
        ),
    ];
    let cases = reads
        .iter()
        .map(|query| (query, Scope::StockWrite))
        .chain(writes.iter().map(|query| (query, Scope::StockRead)));
    for (query, wrong) in cases {
        for (actor, code) in [
            (Actor::Anonymous, "UNAUTHENTICATED"),
            (testkit::shopper(1), "FORBIDDEN"),
            (testkit::staff([wrong]), "FORBIDDEN"),
        ] {
            let refused = depot.ask(actor, query, json!({})).await;
            assert_eq!(refused["errors"][0]["extensions"]["code"], code, "{query}: {refused}");
        }
    }
    assert_eq!(depot.everything().await, before);
    for query in &reads {
        let seen = depot.ask(testkit::staff([Scope::StockRead]), query, json!({})).await;
        assert!(seen.get("errors").is_none(), "{seen}");
    }
}

#[test]
fn the_gateway_knows_the_scopes_too() {
    let sdl = inventory::sdl();
    assert_eq!(sdl.matches("stock:read").count(), 4, "{sdl}");
    assert_eq!(sdl.matches("stock:write").count(), 3);
}
