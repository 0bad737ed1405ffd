use std::collections::HashSet;
use std::hash::Hash;

use serde::Serialize;

use super::Problem;
use super::check::Findings;

/// How many products a collection can have.
pub const MAX_COLLECTED: usize = 1_000;

/// A collection as somebody wants it to be, without its products.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CollectionDraft {
    /// Part of its address in the shop.
    pub slug: String,
    /// Display name.
    pub title: String,
    /// HTML; sanitised before it is stored.
    pub description_html: String,
}

/// What shall be different about a collection; an absent part stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CollectionPatch {
    /// Part of its address in the shop.
    pub slug: Option<String>,
    /// Display name.
    pub title: Option<String>,
    /// HTML; sanitised before it is stored.
    pub description_html: Option<String>,
}

impl CollectionDraft {
    /// The collection as the patch wants it, not checked yet.
    #[must_use]
    pub fn patched(self, patch: CollectionPatch) -> Self {
        Self {
            slug: patch.slug.unwrap_or(self.slug),
            title: patch.title.unwrap_or(self.title),
            description_html: patch.description_html.unwrap_or(self.description_html),
        }
    }

    /// Everything that is wrong with the draft; empty when it can be stored.
    pub fn problems(&self) -> Vec<Problem> {
        let mut found = Findings::default();
        found.title(&self.title);
        found.slug(&self.slug);
        found.description(&self.description_html);
        found.0
    }
}

/// The places of what stands in the list before.
pub fn twice<T: Eq + Hash>(list: &[T]) -> Vec<usize> {
    let mut seen = HashSet::new();
    list.iter().enumerate().filter(|(_, item)| !seen.insert(*item)).map(|(index, _)| index).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn without_what_stands_twice_nothing_is_lost_and_nothing_repeated(list in prop::collection::vec(0..9_u8, 0..20)) {
            let again = twice(&list);
            let kept: Vec<u8> =
                list.iter().enumerate().filter(|(index, _)| !again.contains(index)).map(|(_, item)| *item).collect();
            prop_assert_eq!(twice(&kept), Vec::<usize>::new());
            prop_assert!(list.iter().all(|item| kept.contains(item)));
        }
    }
}
