//! What a text asks for: its words, and others that mean the same. In every index alike, since both ask for single words and not for
//! texts, so an analyzer of the search server's own would never see the words beside each other.

use std::ops::Range;
use std::sync::LazyLock;

use super::words::{Word, query_words};

/// How much another name counts, beside the one that was asked for.
pub(super) const INSTEAD: f32 = 0.5;

/// The words of a member of a group.
pub(super) type Phrase = Vec<Word>;

/// Groups of words that mean the same.
#[derive(Debug)]
pub(super) struct Synonyms(Vec<Vec<Phrase>>);

/// What a text asks for.
#[derive(Debug)]
pub(super) struct Asked {
    /// The words of the text that count.
    pub(super) words: Vec<Word>,
    /// Where in them something stands that has other names: in their order, and none within another.
    named: Vec<(Range<usize>, Vec<Phrase>)>,
}

/// A part of what a text asks for: its own words, and what may be found instead of all of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) words: &'a [Word],
    pub(super) instead: &'a [Phrase],
}

impl Synonyms {
    /// Those of the file `synonyms.txt`.
    pub(super) fn of_the_shop() -> &'static Self {
        static SHOP: LazyLock<Synonyms> = LazyLock::new(|| Synonyms::parse(include_str!("../../synonyms.txt")));
        &SHOP
    }

    fn parse(text: &str) -> Self {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        Self(lines.map(|line| line.split(',').map(phrase).filter(|phrase| !phrase.is_empty()).collect()).collect())
    }

    /// What the text asks for.
    pub(super) fn asked(&self, text: &str) -> Asked {
        let words = query_words(text);
        let (mut named, mut at) = (Vec::new(), 0);
        while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
            at += match self.longest(rest) {
                None => 1,
                Some((group, phrase)) => {
                    let others = group.iter().filter(|other| !std::ptr::eq(*other, phrase)).cloned();
                    named.push((at..at + phrase.len(), others.collect()));
                    phrase.len()
                }
            };
        }
        Asked { words, named }
    }

    /// The longest member that the words begin with, and its group.
    fn longest(&self, words: &[Word]) -> Option<(&Vec<Phrase>, &Phrase)> {
        let members = self.0.iter().flat_map(|group| group.iter().map(move |phrase| (group, phrase)));
        let begins = |phrase: &Phrase| {
            phrase.len() <= words.len() && phrase.iter().zip(words).all(|(of_phrase, word)| of_phrase.means(word))
        };
        members.filter(|(_, phrase)| begins(phrase)).max_by_key(|(_, phrase)| phrase.len())
    }
}

fn phrase(text: &str) -> Phrase {
    // A synonym is never unfinished.
    query_words(text).into_iter().map(|word| Word { last: false, ..word }).collect()
}

impl Asked {
    /// The parts, each of which must be found: with its own words, or with others instead.
    pub(super) fn parts(&self) -> Vec<Part<'_>> {
        let (mut parts, mut named, mut at) = (Vec::new(), self.named.iter().peekable(), 0);
        while at < self.words.len() {
            let (end, instead) = match named.next_if(|(range, _)| range.start == at) {
                Some((range, instead)) => (range.end, instead.as_slice()),
                None => (at + 1, &[] as &[Phrase]),
            };
            parts.push(Part { words: &self.words[at..end], instead });
            at = end;
        }
        parts
    }

    /// Every word that may be found instead of one of the text.
    pub(super) fn instead(&self) -> impl Iterator<Item = &Word> {
        self.named.iter().flat_map(|(_, instead)| instead.iter().flatten())
    }

    /// Whether the word at this place has other names: it is then no typo, also when no product is called by it.
    pub(super) fn is_named(&self, at: usize) -> bool {
        self.named.iter().any(|(range, _)| range.contains(&at))
    }

    /// Whether a word of the text must be found. One that says nothing need not be, unless there are only such words.
    pub(super) fn requires(&self, word: &Word) -> bool {
        word.says_something() || !self.words.iter().any(Word::says_something)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each part: its own words, then what may be instead.
    fn parts(synonyms: &Synonyms, text: &str) -> Vec<Vec<String>> {
        let spelled = |words: &[Word]| words.iter().map(|word| word.plain.as_str()).collect::<Vec<_>>().join(" ");
        let asked = synonyms.asked(text);
        let parts = asked.parts().into_iter().map(|Part { words, instead }| {
            [spelled(words)].into_iter().chain(instead.iter().map(|phrase| spelled(phrase))).collect()
        });
        parts.collect()
    }

    #[test]
    fn a_text_is_taken_apart_where_it_has_other_names() {
        let synonyms = Synonyms::parse("# none, at all\n\nsofa, couch\n t-shirt,tee , Tee Shirt\nlounge, living room");
        for (text, expected) in [
            ("", &[][..]),
            ("lamp", &[&["lamp"][..]]),
            ("red SOFAS", &[&["red"], &["sofas", "couch"]]),
            ("couch sofa", &[&["couch", "sofa"], &["sofa", "couch"]]),
            ("tee shirt for men", &[&["tee shirt", "t shirt", "tee"], &["for"], &["men"]]),
            ("tee", &[&["tee", "t shirt", "tee shirt"]]),
            ("living rooms lamp", &[&["living rooms", "lounge"], &["lamp"]]),
            ("living", &[&["living"]]),
            ("at all", &[&["at"], &["all"]]),
        ] {
            assert_eq!(parts(&synonyms, text), expected, "{text}");
        }
    }

    #[test]
    fn the_file_has_groups_and_each_member_stands_in_one() {
        let text = include_str!("../../synonyms.txt");
        assert!(!text.lines().any(|line| !line.starts_with('#') && line.contains("=>")), "lists of equals alone");
        let groups = &Synonyms::of_the_shop().0;
        assert!(groups.len() > 10 && groups.iter().all(|group| group.len() > 1), "{groups:?}");
        let members: Vec<&Phrase> = groups.iter().flatten().collect();
        for (at, member) in members.iter().enumerate() {
            let same =
                |other: &Phrase| other.len() == member.len() && other.iter().zip(*member).all(|(a, b)| a.means(b));
            assert!(!members[at + 1..].iter().any(|other| same(other)), "twice: {member:?}");
        }
    }
}
