use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Where in a product the searched words are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Highlight {
    /// The field.
    pub field: String,
    /// Parts of the field as HTML, with the words in `<em>`.
    pub fragments: Vec<String>,
}

/// The longest fragment of a text, in characters.
const MAX: usize = 160;
/// What of it is shown before the first word that was found, where there is more.
const BEFORE: usize = 40;

/// A part of the text around the first of the places, as HTML: what is at the places is in `<em>`, everything else is
/// escaped. The places are in order and do not overlap; none when there are none.
pub fn fragment(text: &str, places: &[Range<usize>]) -> Option<String> {
    let shown = window(text, places.first()?.start);
    let mut html = String::with_capacity(shown.len() + 64);
    if shown.start > 0 {
        html.push('…');
    }
    let mut at = shown.start;
    for place in places.iter().filter(|place| place.start >= shown.start && place.end <= shown.end) {
        escape(text.get(at..place.start)?, &mut html);
        html.push_str("<em>");
        escape(text.get(place.clone())?, &mut html);
        html.push_str("</em>");
        at = place.end;
    }
    escape(text.get(at..shown.end)?, &mut html);
    if shown.end < text.len() {
        html.push('…');
    }
    Some(html)
}

/// What is shown: it begins and ends with whole words, as far as there are blanks.
fn window(text: &str, first: usize) -> Range<usize> {
    let start = match text.get(..first).and_then(|before| before.char_indices().rev().nth(BEFORE)) {
        None => 0,
        Some((at, _)) => {
            let blank = text.get(at..first).and_then(|skipped| skipped.find(char::is_whitespace));
            blank.map_or(at, |blank| at + blank + text.get(at + blank..).map_or(0, blank_len))
        }
    };
    let rest = text.get(start..).unwrap_or_default();
    let Some((cut, _)) = rest.char_indices().nth(MAX) else { return start..text.len() };
    // Not before the word that was found: a text without blanks is cut where it is.
    let least = first - start + 1;
    let blank = rest.get(..cut).and_then(|shown| shown.rfind(char::is_whitespace)).filter(|blank| *blank >= least);
    start..start + blank.unwrap_or(cut)
}

fn blank_len(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Where the word is.
    fn places(text: &str, word: &str) -> Vec<Range<usize>> {
        text.match_indices(word).map(|(at, found)| at..at + found.len()).collect()
    }

    #[test]
    fn a_short_text_is_shown_whole_with_its_words_marked() {
        let text = "Oak & <steel> lamp, a lamp";
        let html = fragment(text, &places(text, "lamp"));
        assert_eq!(html.as_deref(), Some("Oak &amp; &lt;steel&gt; <em>lamp</em>, a <em>lamp</em>"));
        assert_eq!(fragment(text, &[]), None);
    }

    #[test]
    fn a_long_text_is_cut_between_words_around_the_first_find() {
        let text = format!("{}lamp {}", "before ".repeat(50), "after ".repeat(50));
        let html = fragment(&text, &places(&text, "lamp")).unwrap();
        assert!(html.starts_with("…before ") && html.ends_with(" after…"), "{html}");
        assert!(html.contains(" <em>lamp</em> "), "{html}");
        assert!(html.chars().count() <= MAX + "<em></em>……".chars().count(), "{html}");
    }

    proptest! {
        #[test]
        fn a_fragment_shows_the_first_find_and_no_markup_of_others(text in "[äx<&\"' ]{0,300}", at in 0_usize..300) {
            let mut text: Vec<char> = text.chars().collect();
            text.insert(at.min(text.len()), 'W');
            let text: String = text.into_iter().collect();
            let html = fragment(&text, &places(&text, "W")).unwrap();
            prop_assert!(html.contains("<em>W</em>"), "{}", html);
            prop_assert_eq!(html.replace("<em>", "").replace("</em>", "").find(['<', '>', '"', '\'']), None);
        }
    }
}
