//! Shows where searched words are, by the rules by which they are found, in every index alike.

use std::collections::BTreeSet;
use std::ops::Range;

use tantivy::tokenizer::TextAnalyzer;

use super::synonyms::Asked;
use super::words::{Word, english, plain, words};
use crate::domain::{Facts, Highlight, distance, fragment, typos};

/// Marks words in the fields of products.
pub(super) struct Marker<'a> {
    asked: Vec<&'a Word>,
    /// What is found instead of the words: whole, and without a typo.
    instead: BTreeSet<&'a str>,
    stems: BTreeSet<&'a str>,
    plain: TextAnalyzer,
    english: TextAnalyzer,
}

impl<'a> Marker<'a> {
    pub(super) fn new(asked: &'a Asked) -> Self {
        let all = asked.words.iter().chain(asked.instead());
        Self {
            // A word that says nothing is not marked where it need not be found.
            asked: asked.words.iter().filter(|word| asked.requires(word)).collect(),
            instead: asked.instead().map(|word| word.plain.as_str()).collect(),
            stems: all.flat_map(|word| &word.stems).map(String::as_str).collect(),
            plain: plain(),
            english: english(),
        }
    }

    /// The fields with any of the words, those that count most first.
    pub(super) fn mark(&mut self, facts: &Facts, variants: &[&str], description: &[&str]) -> Vec<Highlight> {
        let fields: [(&str, Vec<&str>); 6] = [
            ("title", vec![&facts.title]),
            ("vendor", vec![&facts.vendor]),
            ("tag", facts.tags.iter().map(String::as_str).collect()),
            ("category", facts.categories.iter().map(String::as_str).collect()),
            ("variant", variants.to_vec()),
            ("description", description.to_vec()),
        ];
        let mut marked = Vec::new();
        for (field, texts) in fields {
            // A description is found by its stems alone, and a near miss in it would be noise.
            let near = field != "description";
            let fragments: Vec<String> =
                texts.iter().filter_map(|text| fragment(text, &self.places(text, near))).collect();
            if !fragments.is_empty() {
                marked.push(Highlight { field: field.to_owned(), fragments });
            }
        }
        marked
    }

    /// Where in the text the words are.
    fn places(&mut self, text: &str, near: bool) -> Vec<Range<usize>> {
        let mut tokens = Vec::new();
        self.plain.token_stream(text).process(&mut |token| {
            tokens.push((token.offset_from..token.offset_to, token.text.clone()));
        });
        let found = tokens.into_iter().filter(|(_, word)| self.is_asked(word, near));
        found.map(|(place, _)| place).collect()
    }

    fn is_asked(&mut self, word: &str, near: bool) -> bool {
        let stems = words(&mut self.english, word);
        stems.iter().any(|stem| self.stems.contains(stem.as_str()))
            || self.instead.contains(word)
            || self.asked.iter().any(|asked| {
                let begins = near && asked.may_go_on() && word.starts_with(&asked.plain);
                let typos = if near { usize::from(typos(&asked.plain)) } else { 0 };
                begins || asked.plain == word || (typos > 0 && distance(&asked.plain, word, typos).is_some())
            })
    }
}
