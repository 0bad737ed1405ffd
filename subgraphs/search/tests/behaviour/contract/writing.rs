//! What becomes of changes, and of indexes that take the place of others.

use kernel::FaultKind;
use search::app::{Change, Indexed, ProductIndex, Reached};
use search::domain::Text;
use uuid::Uuid;

use super::{SOURCE, asked, facet, fill, find, ids, product, put};

fn gone(seq: i64, id: u128) -> Change<Indexed> {
    Change { id: Uuid::from_u128(id), seq, document: None }
}

/// Applies the changes as an indexer does that has reached the number.
async fn apply(index: &dyn ProductIndex, changes: Vec<Change<Indexed>>, seq: i64) {
    let reached = index.reached().await.unwrap();
    index.apply(changes, Reached { seq, ..reached }).await.unwrap();
}

pub async fn an_index_that_was_never_filled_says_so(index: &dyn ProductIndex) {
    assert!(index.reached().await.unwrap().is_nothing());
    assert_eq!(index.search(&asked("lamp")).await.unwrap_err().kind(), FaultKind::Unavailable);
    assert_eq!(index.generation().await.unwrap_err().kind(), FaultKind::Unavailable);
    assert_eq!(index.suggest(&Text::new("l").unwrap(), 8).await.unwrap_err().kind(), FaultKind::Unavailable);
    index.begin().await.unwrap().finish(SOURCE, 0).await.unwrap();
    let reached = index.reached().await.unwrap();
    assert_eq!((reached.source, reached.seq), (SOURCE, 0), "a shop may be empty");
    assert_eq!(find(index, "").await, Vec::<u128>::new());
}

pub async fn late_and_doubled_changes_do_no_harm(index: &dyn ProductIndex) {
    fill(index, vec![product(1, "Old Name")]).await;
    apply(index, vec![put(3, product(1, "New Name")), put(5, product(2, "Lamp"))], 5).await;
    let doubled = vec![put(3, product(1, "New Name")), put(5, product(2, "Lamp"))];
    apply(index, doubled, 5).await;
    apply(index, vec![put(2, product(1, "Late Name"))], 2).await;
    assert_eq!((find(index, "late").await, find(index, "new").await), (vec![], vec![1]));
    assert_eq!(find(index, "").await.len(), 2);
    assert_eq!(index.reached().await.unwrap().seq, 5, "it never goes back");
}

pub async fn what_is_gone_is_not_found(index: &dyn ProductIndex) {
    fill(index, vec![product(1, "Lamp"), product(2, "Mug")]).await;
    apply(index, vec![gone(5, 1), gone(6, 9)], 6).await;
    apply(index, vec![put(4, product(1, "Lamp"))], 4).await;
    let all = index.search(&asked("")).await.unwrap();
    assert_eq!((ids(&all), all.total), (vec![2], 1), "late news do not bring it back");
    assert_eq!(facet(&all, "vendor"), [("Maker", 1)]);
    assert!(index.suggest(&Text::new("lam").unwrap(), 8).await.unwrap().is_empty());
    apply(index, vec![put(7, product(1, "Lamp"))], 7).await;
    assert_eq!(find(index, "lamp").await, [1], "later ones do");
}

pub async fn every_change_has_its_generation(index: &dyn ProductIndex) {
    fill(index, vec![product(1, "Lamp")]).await;
    let first = index.generation().await.unwrap();
    assert_eq!(index.generation().await.unwrap(), first);
    apply(index, vec![put(2, product(2, "Lamp"))], 2).await;
    let second = index.generation().await.unwrap();
    assert_ne!(first, second);
    fill(index, vec![product(1, "Lamp")]).await;
    let third = index.generation().await.unwrap();
    assert!(third != first && third != second);
}

pub async fn a_new_index_takes_the_place_of_the_old_at_once(index: &dyn ProductIndex) {
    fill(index, vec![product(1, "Old Lamp"), product(2, "Old Mug")]).await;
    let mut made = index.begin().await.unwrap();
    made.add(vec![put(1, product(1, "New Lamp"))]).await.unwrap();
    assert_eq!(find(index, "old").await.len(), 2, "all is found meanwhile");
    // Live changes go on.
    apply(index, vec![put(3, product(3, "Old Rug"))], 3).await;
    assert_eq!(find(index, "old").await.len(), 3);
    made.add(vec![put(4, product(2, "New Mug"))]).await.unwrap();
    made.finish(SOURCE, 4).await.unwrap();
    let mut found = find(index, "").await;
    found.sort_unstable();
    assert_eq!(found, [1, 2]);
    let reached = index.reached().await.unwrap();
    assert_eq!((reached.source, reached.seq), (SOURCE, 4));
}

pub async fn what_was_read_of_one_index_is_not_told_to_the_next(index: &dyn ProductIndex) {
    fill(index, vec![product(1, "Lamp"), product(2, "Lamp"), product(3, "Lamp")]).await;
    let before = index.reached().await.unwrap();
    fill(index, vec![product(1, "Lamp")]).await;
    // An indexer that read how far the old one had come. Whether it is refused or its documents are taken, the new one must
    // not believe that it holds what is between.
    let _ = index.apply(vec![put(4, product(4, "Lamp"))], Reached { seq: 4, ..before }).await;
    assert_eq!(index.reached().await.unwrap().seq, 1);
}

pub async fn an_index_that_was_not_finished_leaves_no_trace(index: &dyn ProductIndex) {
    fill(index, vec![product(1, "Lamp")]).await;
    let mut first = index.begin().await.unwrap();
    first.add(vec![put(1, product(7, "Lamp"))]).await.unwrap();
    drop(first);
    assert_eq!(find(index, "lamp").await, [1]);
    fill(index, vec![product(2, "Lamp")]).await;
    assert_eq!(find(index, "lamp").await, [2]);
}
