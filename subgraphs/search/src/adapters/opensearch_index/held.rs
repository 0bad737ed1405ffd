use std::fmt::Debug;

use serde_json::{Value, json};

use crate::app::Change;

/// What an index on the server may hold.
pub trait Held: Debug + Send + Sync + Sized + 'static {
    /// How the index is called, after the prefix.
    const NAME: &'static str;
    /// How metrics call the server when it is asked for this: what makes it slow for the one is no reason not to ask it for the other.
    const TARGET: &'static str;
    /// Grows when what is written into documents changes its meaning; an index with another number is made again.
    const VERSION: u32;

    /// How texts become words.
    fn analysis() -> Value;

    /// The fields of documents.
    fn fields() -> Value;

    /// The change as a document.
    fn document(change: &Change<Self>) -> Value;
}

/// Settings and fields of a new index, under the alias.
pub(super) fn index<T: Held>(replicas: u32, alias: &str) -> Value {
    let mut fields = T::fields();
    // The note of how far it has come is a document as well.
    fields["reached"] = json!({ "type": "object", "enabled": false });
    json!({
        "aliases": { alias: {} },
        "settings": {
            "number_of_shards": 1,
            "number_of_replicas": replicas,
            // Nobody searches it until it is filled.
            "refresh_interval": "-1",
            "analysis": T::analysis(),
        },
        "mappings": { "dynamic": false, "properties": fields },
    })
}

/// During a release old and new processes work side by side: the newer decide about the index.
pub(super) fn made_by_a_newer_release<T: Held>(version: u32) -> bool {
    version > T::VERSION
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Indexed, IndexedOrder};

    fn an_older_one_is_made_anew_and_a_newer_one_is_left_alone<T: Held>() {
        assert!(!made_by_a_newer_release::<T>(T::VERSION - 1));
        assert!(!made_by_a_newer_release::<T>(T::VERSION));
        assert!(made_by_a_newer_release::<T>(T::VERSION + 1));
    }

    #[test]
    fn an_older_index_is_made_anew_and_a_newer_one_is_left_alone() {
        an_older_one_is_made_anew_and_a_newer_one_is_left_alone::<Indexed>();
        an_older_one_is_made_anew_and_a_newer_one_is_left_alone::<IndexedOrder>();
    }
}
