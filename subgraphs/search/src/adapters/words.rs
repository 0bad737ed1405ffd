//! How texts become words, in every index alike.

use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RawTokenizer, RemoveLongFilter, SimpleTokenizer, Stemmer, StopWordFilter,
    TextAnalyzer,
};

/// Longer words are no words.
pub(super) const MAX_WORD: usize = 60;
/// Words of a query that count.
const MAX_WORDS: usize = 16;
/// An unfinished word of this length may have a typo.
pub(super) const UNFINISHED_TYPO: usize = 6;

/// Words in lower case without accents.
pub(super) fn plain() -> TextAnalyzer {
    let words = TextAnalyzer::builder(SimpleTokenizer::default()).filter(RemoveLongFilter::limit(MAX_WORD));
    words.filter(LowerCaser).filter(AsciiFoldingFilter).build()
}

/// Stems of English words, without those that say nothing.
pub(super) fn english() -> TextAnalyzer {
    let stop = StopWordFilter::new(Language::English).unwrap_or_else(|| StopWordFilter::remove([]));
    let words = TextAnalyzer::builder(SimpleTokenizer::default()).filter(RemoveLongFilter::limit(MAX_WORD));
    words.filter(LowerCaser).filter(AsciiFoldingFilter).filter(stop).filter(Stemmer::new(Language::English)).build()
}

/// The words of the text.
pub(super) fn words(analyzer: &mut TextAnalyzer, text: &str) -> Vec<String> {
    let mut words = Vec::new();
    analyzer.token_stream(text).process(&mut |token| words.push(token.text.clone()));
    words
}

/// The whole text in lower case without accents, without blanks around it.
pub(super) fn fold(text: &str) -> String {
    let mut folder =
        TextAnalyzer::builder(RawTokenizer::default()).filter(LowerCaser).filter(AsciiFoldingFilter).build();
    words(&mut folder, text.trim()).concat()
}

/// A word that is searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// In lower case without accents.
    pub(super) plain: String,
    /// Its English stem; none of a word that says nothing (`the`).
    pub(super) stems: Vec<String>,
    /// Whether it is the last one, which may not be finished.
    pub(super) last: bool,
}

impl Word {
    /// Whether it tells one product from another (`the` does not).
    pub(super) fn says_something(&self) -> bool {
        !self.stems.is_empty()
    }

    /// Whether it is the same word, or another form of it.
    pub(super) fn means(&self, other: &Self) -> bool {
        self.plain == other.plain || (self.says_something() && self.stems == other.stems)
    }

    /// Whether more letters may follow: one letter is no beginning.
    pub(super) fn may_go_on(&self) -> bool {
        self.last && self.plain.chars().count() >= 2
    }
}

/// The words of the text that count.
pub(super) fn query_words(text: &str) -> Vec<Word> {
    let mut stemmer = english();
    let all = words(&mut plain(), text).into_iter().take(MAX_WORDS);
    let mut asked: Vec<Word> =
        all.map(|word| Word { stems: words(&mut stemmer, &word), plain: word, last: false }).collect();
    if let Some(last) = asked.last_mut() {
        last.last = true;
    }
    asked
}
