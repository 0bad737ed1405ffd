use std::collections::HashMap;

/// Fewer products than this may be a sign that something else was meant.
pub const FEW: usize = 3;

/// Typos that a word of this length may have and still be found: short words are too near to each other.
pub fn typos(word: &str) -> u8 {
    match word.chars().count() {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// How far a word may be from what is proposed instead: further than what is found without asking.
fn reach(word: &str) -> usize {
    match word.chars().count() {
        0..3 => 0,
        3..5 => 1,
        5..8 => 2,
        _ => 3,
    }
}

/// How many characters must be inserted, left out, replaced, or swapped with their neighbour to turn one word into the
/// other, where no place is changed twice; none when more than `most`.
pub fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    // Rows of the table: for the beginnings of `a` up to the last character but one, the last, and this one.
    let (mut earlier, mut last) = (vec![0; b.len() + 1], (0..=b.len()).collect::<Vec<usize>>());
    for (i, of_a) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, of_b) in b.iter().enumerate() {
            let replaced = last[j] + usize::from(of_a != of_b);
            let mut least = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *of_a == b[j - 1] && a[i - 1] == *of_b {
                least = least.min(earlier[j - 1] + 1);
            }
            row.push(least);
        }
        // What comes later is never less than the least of two rows in a row.
        if row.iter().chain(&last).min() > Some(&most) {
            return None;
        }
        earlier = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|distance| *distance <= most)
}

/// The words of a catalogue, with how often each is used.
#[derive(Debug, Default)]
pub struct Vocabulary(HashMap<String, usize>);

impl FromIterator<String> for Vocabulary {
    fn from_iter<I: IntoIterator<Item = String>>(words: I) -> Self {
        let mut counted = HashMap::new();
        for word in words {
            let count: &mut usize = counted.entry(word).or_default();
            *count = count.saturating_add(1);
        }
        Self(counted)
    }
}

impl Vocabulary {
    /// Whether a word begins like this one.
    pub fn has_beginning(&self, word: &str) -> bool {
        self.0.contains_key(word) || self.0.keys().any(|known| known.starts_with(word))
    }

    /// The word that was probably meant: the nearest, and of equally near ones the most used.
    pub fn nearest(&self, word: &str) -> Option<&str> {
        let reach = reach(word);
        // A number that is off by one is another number.
        if reach == 0 || word.chars().any(char::is_numeric) {
            return None;
        }
        let near = self.0.iter().filter_map(|(known, count)| Some((distance(word, known, reach)?, *count, known)));
        let best = near.min_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)).then(a.2.cmp(b.2)));
        best.map(|(.., known)| known.as_str())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_swap_is_one_typo() {
        for (a, b, expected) in [
            ("lamp", "lamp", 0),
            ("lapm", "lamp", 1),
            ("lmp", "lamp", 1),
            ("lampp", "lamp", 1),
            ("lomp", "lamp", 1),
            ("lihgthuose", "lighthouse", 2),
            ("", "lamp", 4),
            ("ämp", "amp", 1),
        ] {
            assert_eq!(distance(a, b, 9), Some(expected), "{a} {b}");
            assert_eq!(distance(a, b, expected.saturating_sub(1)).is_some(), expected == 0, "{a} {b}: too far");
        }
    }

    #[test]
    fn the_nearest_word_is_meant_and_then_the_most_used() {
        let words = ["lamp", "lamp", "lump", "table", "lighthouse", "100"].map(str::to_owned);
        let vocabulary = Vocabulary::from_iter(words);
        for (word, meant) in [
            ("lxmp", Some("lamp")),
            ("lumb", Some("lump")),
            ("lihgtouse", Some("lighthouse")),
            ("tbale", Some("table")),
            ("101", None),
            ("la", None),
            ("chair", None),
        ] {
            assert_eq!(vocabulary.nearest(word), meant, "{word}");
        }
        assert!(vocabulary.has_beginning("lig") && !vocabulary.has_beginning("x"));
    }

    proptest! {
        #[test]
        fn the_distance_is_none_or_the_same_whatever_the_limit(a in "[a-c]{0,6}", b in "[a-c]{0,6}", most in 0_usize..6) {
            let whole = distance(&a, &b, 100);
            prop_assert_eq!(distance(&b, &a, 100), whole, "it is the same both ways");
            prop_assert_eq!(whole == Some(0), a == b);
            prop_assert_eq!(distance(&a, &b, most), whole.filter(|distance| *distance <= most));
        }
    }
}
