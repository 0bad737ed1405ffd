//! What every index of products does, run against both.

/// Runs every promise against both indexes.
macro_rules! both {
    ($($promise:ident),* $(,)?) => {
        mod tantivy {
            $(#[tokio::test] async fn $promise() {
                let place = crate::place::Place::in_files();
                crate::contract::$promise(&*place.index).await;
            })*
        }
        mod opensearch {
            $(#[tokio::test] async fn $promise() {
                let place = crate::place::Place::on_server().await;
                crate::contract::$promise(&*place.index).await;
                place.remove().await;
            })*
        }
    };
}

both! {
    an_index_that_was_never_filled_says_so,
    where_a_word_is_found_decides_how_much_it_counts,
    typos_accents_beginnings_and_skus_are_found,
    an_exact_match_comes_before_a_typo_of_it,
    other_names_are_found_after_the_name_itself,
    names_of_several_words_are_found,
    no_character_has_a_meaning,
    a_facet_ignores_its_own_filter_and_follows_the_others,
    products_are_filtered_by_price_and_stock,
    pages_are_complete_in_every_order,
    texts_are_suggested_by_their_beginnings,
    searched_words_are_marked,
    another_text_is_proposed_where_little_is_found,
    late_and_doubled_changes_do_no_harm,
    what_is_gone_is_not_found,
    every_change_has_its_generation,
    a_new_index_takes_the_place_of_the_old_at_once,
    what_was_read_of_one_index_is_not_told_to_the_next,
    an_index_that_was_not_finished_leaves_no_trace,
}
