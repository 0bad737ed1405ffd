use std::fmt;

/// The longest query, in characters.
const MAX: usize = 256;

/// What somebody searches for: plain text, in which no character has a meaning of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text(String);

/// Why a text cannot be searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadText {
    /// Too many characters.
    Long,
    /// Characters that nobody can type.
    Control,
}

impl fmt::Display for BadText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Long => write!(f, "the text is too long: use at most {MAX} characters"),
            Self::Control => f.write_str("the text contains control characters: remove them"),
        }
    }
}

impl Text {
    /// The text without blanks around it.
    ///
    /// # Errors
    /// [`BadText`]
    pub fn new(text: &str) -> Result<Self, BadText> {
        if text.chars().count() > MAX {
            return Err(BadText::Long);
        }
        if text.chars().any(char::is_control) {
            return Err(BadText::Control);
        }
        Ok(Self(text.trim().to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The words of sanitised HTML: tags become blanks, the entities that a sanitiser writes become characters.
pub fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => {
                in_tag = true;
                text.push(' ');
            }
            '>' if in_tag => in_tag = false,
            _ if in_tag => {}
            c => text.push(c),
        }
    }
    // The ampersand last: `&amp;lt;` is the text `&lt;`.
    for (entity, c) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")]
    {
        text = text.replace(entity, c);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn html_becomes_its_words() {
        assert_eq!(plain_text("<p>Oak &amp; steel</p><p class=\"x\">solid</p>"), "Oak & steel solid");
        assert_eq!(plain_text("a &amp;lt; b"), "a &lt; b");
    }

    #[test]
    fn long_texts_and_control_characters_are_refused() {
        assert_eq!(Text::new(&"ä".repeat(256)).map(|_| ()), Ok(()));
        assert_eq!(Text::new(&"a".repeat(257)), Err(BadText::Long));
        for text in ["a\0b", "a\nb", "\u{7f}"] {
            assert_eq!(Text::new(text), Err(BadText::Control), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_tag_survives(words in "[a-z ]{0,20}", tag in "[a-z]{1,8}") {
            let text = plain_text(&format!("<{tag}>{words}</{tag}>"));
            prop_assert_eq!(text, words.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
}
