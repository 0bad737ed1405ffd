use std::collections::BTreeSet;

/// Texts with a word that begins like the prefix; those that begin so themselves come first. Each text comes with its folded
/// form, as which the prefix is written as well.
pub fn suggest<'a>(all: impl Iterator<Item = (&'a str, &'a str)>, prefix: &str, first: usize) -> Vec<String> {
    if prefix.is_empty() {
        return Vec::new();
    }
    let mut found = BTreeSet::new();
    for (folded, text) in all {
        if folded.starts_with(prefix) {
            found.insert((0, text));
        } else if folded.match_indices(prefix).any(|(at, _)| {
            folded.get(..at).and_then(|before| before.chars().next_back()).is_some_and(|c| !c.is_alphanumeric())
        }) {
            found.insert((1, text));
        }
    }
    found.into_iter().take(first).map(|(_, text)| text.to_owned()).collect()
}
