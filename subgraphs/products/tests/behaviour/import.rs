use products::app::Imported;
use sqlx::PgPool;

use crate::shop::Shop;

const HEADER: &str =
    "Handle,Title,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Status\n";

fn csv(rows: &str) -> std::io::Cursor<String> {
    std::io::Cursor::new(format!("{HEADER}{rows}"))
}

/// Kinds of events with the slug or the SKU that each is about, and the version where it has one.
async fn told(shop: &Shop) -> Vec<String> {
    let kinds = shop.events().await.into_iter().map(|(kind, data)| {
        let kind = kind.trim_start_matches("products.").to_owned();
        match (&data["product"]["slug"], &data["sku"]) {
            (serde_json::Value::String(slug), _) => format!("{kind} {slug} {}", data["product"]["version"]),
            (_, sku) => format!("{kind} {} {}", sku.as_str().unwrap_or("-"), data["initial_quantity"]),
        }
    });
    kinds.collect()
}

async fn variant_ids(shop: &Shop) -> Vec<(uuid::Uuid, String)> {
    let sql = "select v.id, p.slug || ' ' || array_to_string(v.options, '/') from products.variant v
        join products.product p on p.id = v.product_id order by 2";
    sqlx::query_as(sql).fetch_all(&shop.pool).await.unwrap()
}

#[sqlx::test(migrations = false)]
async fn each_refused_row_says_what_is_wrong_with_it(pool: PgPool) {
    let shop = Shop::open(pool).await;
    let (done, refused) = shop.import_file("bad-rows.csv").await;
    assert_eq!(done, [Imported::Created; 9]);
    let expected = [
        (3, "the price -4.00 is negative"),
        (5, "Variant Price: \"ask us\" is no amount: use a plain decimal number such as 12.50"),
        (8, "the title must have 1 to 255 bytes"),
        (10, "a SKU of this product belongs to another product: give each variant a SKU of its own"),
        (12, "two variants have the same option values [\"10 cm\", \"Clay\"]"),
        (16, "Variant Inventory Qty \"plenty\" is no whole number"),
        (18, "use 1 to 120 lower-case letters, digits and single hyphens"),
        (20, "unknown status \"resting\": use draft, active or archived"),
    ];
    let refused: Vec<_> = refused.iter().map(|(line, reason)| (*line, reason.as_str())).collect();
    assert_eq!(refused, expected);
    let slugs: Vec<String> = sqlx::query_scalar("select slug from products.product order by slug collate \"C\"")
        .fetch_all(&shop.pool)
        .await
        .unwrap();
    let good = ["basket", "cloche", "dibber", "gloves", "hoe", "hose", "labels", "rake", "sieve"];
    assert_eq!(slugs, good.map(|name| format!("good-{name}")));
}

#[sqlx::test(migrations = false)]
async fn the_events_are_those_of_what_changed_and_no_others(pool: PgPool) {
    let shop = Shop::open(pool).await;
    shop.import_file("first.csv").await;
    let mut expected = vec![
        "variant.created.v1 CANE-120 20",
        "product.published.v1 bamboo-canes 1",
        "variant.created.v1 TWN-GRN 20",
        "variant.created.v1 TWN-NAT 20",
        "product.published.v1 garden-twine 1",
    ];
    assert_eq!(told(&shop).await, expected);
    shop.import_file("second.csv").await;
    expected.extend([
        "product.changed.v1 garden-twine 2",
        "variant.created.v1 FEED-1 20",
        "product.published.v1 bird-feeder 1",
    ]);
    assert_eq!(told(&shop).await, expected);
    let (_, changed) = shop.events().await.swap_remove(5);
    let prices: Vec<_> = changed["product"]["variants"].as_array().unwrap().iter().map(|v| &v["prices"]).collect();
    assert_eq!(prices[0], &serde_json::json!([{ "minor": 420, "currency": "EUR" }]));
    assert_eq!(prices[1], &serde_json::json!([{ "minor": 460, "currency": "EUR" }]));
}

#[sqlx::test(migrations = false)]
async fn a_second_import_writes_nothing_at_all(pool: PgPool) {
    let shop = Shop::open(pool).await;
    shop.import_file("first.csv").await;
    shop.import_file("no-skus-default-title.csv").await;
    let before = shop.stored().await;
    shop.clock.advance(3_600);
    let (first, _) = shop.import_file("first.csv").await;
    let (second, _) = shop.import_file("no-skus-default-title.csv").await;
    assert!([first, second].concat().iter().all(|done| *done == Imported::Unchanged));
    assert_eq!(shop.stored().await, before);
}

#[sqlx::test(migrations = false)]
async fn a_draft_is_told_to_nobody_until_it_is_for_sale(pool: PgPool) {
    let shop = Shop::open(pool).await;
    let row = |price: &str, status: &str| csv(&format!("lamp,Lamp,true,Title,Default Title,L-1,4,{price},{status}\n"));
    let none: [(u64, String); 0] = [];
    assert_eq!(shop.import(row("10", "draft")).await, (vec![Imported::Created], none.to_vec()));
    assert_eq!(shop.import(row("11", "draft")).await.0, [Imported::Changed]);
    // Inventory keeps stock for a variant from its start, visible or not.
    assert_eq!(told(&shop).await, ["variant.created.v1 L-1 4"]);
    shop.import(row("11", "active")).await;
    assert_eq!(told(&shop).await[1..], ["product.published.v1 lamp 3"]);
    shop.import(row("11", "draft")).await;
    assert_eq!(shop.events().await[2].0, "products.product.archived.v1", "shoppers no longer see it");
}

#[sqlx::test(migrations = false)]
async fn a_variant_keeps_its_id_through_changes_of_price_and_order(pool: PgPool) {
    let shop = Shop::open(pool).await;
    for (red, blue) in [("R-1", "B-1"), ("", "")] {
        let slug = if red.is_empty() { "plain" } else { "coded" };
        shop.import(csv(&format!("{slug},Cap,true,Colour,Red,{red},,10,active\n{slug},,,,Blue,{blue},,10,\n"))).await;
    }
    let before = variant_ids(&shop).await;
    assert_eq!(before.len(), 4);
    for (red, blue) in [("R-1", "B-1"), ("", "")] {
        let slug = if red.is_empty() { "plain" } else { "coded" };
        let (done, _) = shop
            .import(csv(&format!("{slug},Cap,true,Colour,Blue,{blue},,12,active\n{slug},,,,Red,{red},,13,\n")))
            .await;
        assert_eq!(done, [Imported::Changed]);
    }
    assert_eq!(variant_ids(&shop).await, before);
}

#[sqlx::test(migrations = false)]
async fn a_variant_keeps_its_id_when_the_merchant_gives_it_a_sku(pool: PgPool) {
    let shop = Shop::open(pool).await;
    shop.import(csv("cap,Cap,true,Colour,Red,,3,10,active\ncap,,,,Blue,,3,10,\n")).await;
    let before = variant_ids(&shop).await;
    let count = shop.events().await.len();
    shop.import(csv("cap,Cap,true,Colour,Red,R-1,3,10,active\ncap,,,,Blue,B-1,3,10,\n")).await;
    assert_eq!(variant_ids(&shop).await, before);
    assert_eq!(shop.events().await.len(), count + 1, "the product changed; no variant is new");
    // The SKU decides before the options do: renamed options are not other variants.
    shop.import(csv("cap,Cap,true,Colour,Blue,R-1,3,10,active\ncap,,,,Red,B-1,3,10,\n")).await;
    let ids = |list: Vec<(uuid::Uuid, String)>| list.into_iter().map(|(id, _)| id).collect::<Vec<_>>();
    let mut swapped = ids(variant_ids(&shop).await);
    swapped.reverse();
    assert_eq!(swapped, ids(before));
}

#[sqlx::test(migrations = false)]
async fn a_product_with_the_sku_of_another_is_refused_whole(pool: PgPool) {
    let shop = Shop::open(pool).await;
    shop.import_file("first.csv").await;
    let before = shop.stored().await;
    let rows = "thief,Thief,true,Size,S,NEW-1,1,5,active\nthief,,,,M,TWN-GRN,1,5,\n";
    let (done, refused) = shop.import(csv(rows)).await;
    assert!(done.is_empty());
    assert_eq!((refused.len(), refused[0].0), (1, 2), "{refused:?}");
    assert_eq!(shop.stored().await, before);
}

#[sqlx::test(migrations = false)]
async fn a_description_loses_its_scripts_and_keeps_its_text(pool: PgPool) {
    let shop = Shop::open(pool).await;
    shop.import_file("no-skus-default-title.csv").await;
    let html: String =
        sqlx::query_scalar("select description_html from products.product where slug = 'copper-watering-can'")
            .fetch_one(&shop.pool)
            .await
            .unwrap();
    assert!(!html.contains("script") && !html.contains("onclick") && !html.contains("evil.example"), "{html}");
    assert!(html.contains("pours without a drip") && html.contains("The rose unscrews"), "{html}");
}

#[sqlx::test(migrations = false)]
async fn merchants_real_files_are_imported_whole(pool: PgPool) {
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    if !std::path::Path::new(data).exists() {
        println!("skipped: there are no merchants' files beside the repository");
        return;
    }
    let shop = Shop::open(pool).await;
    let files = ["catalogue-shopify", "shopify/apparel", "shopify/home-and-garden", "shopify/jewelery"];
    let mut counts = Vec::new();
    for file in files {
        let (done, refused) = shop.import(std::fs::File::open(format!("{data}/{file}.csv")).unwrap()).await;
        assert!(refused.is_empty(), "{file}: {refused:?}");
        let stored: i64 =
            sqlx::query_scalar("select count(*) from products.variant").fetch_one(&shop.pool).await.unwrap();
        counts.push((done.iter().filter(|done| **done == Imported::Created).count(), stored));
    }
    assert_eq!(counts, [(801, 2_535), (20, 2_557), (20, 2_578), (20, 2_601)]);
}

#[sqlx::test(migrations = false)]
async fn a_category_without_an_address_is_refused(pool: PgPool) {
    let shop = Shop::open(pool).await;
    let csv = "Handle,Title,Product Category,Variant Price\na,A,書籍,1\nb,B,a>b>c>d>e>f>g>h>i,1\nc,C,Fine,1\n";
    let (done, refused) = shop.import(csv.as_bytes()).await;
    assert_eq!(done, [Imported::Created]);
    assert_eq!(refused.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3]);
}
