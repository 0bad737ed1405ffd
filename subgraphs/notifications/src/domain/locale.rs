/// The language that every template is written in.
pub const DEFAULT_LOCALE: &str = "en";

/// Whether the text is a language tag (BCP 47) in lower case, as templates are stored by.
pub fn is_locale(text: &str) -> bool {
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or_default();
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_lowercase());
    let sound = |part: &str| part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    (2..=3).contains(&language.len())
        && letters(language)
        && parts.all(|part| (2..=8).contains(&part.len()) && sound(part))
}

/// The locales to look for a template in, best first: `de-AT` is served by `de-at`, else `de`, else the default.
pub fn fallbacks(tag: &str) -> Vec<String> {
    let mut rest = tag.trim().to_ascii_lowercase().replace('_', "-");
    let mut found = Vec::new();
    while !rest.is_empty() {
        if is_locale(&rest) {
            found.push(rest.clone());
        }
        rest.truncate(rest.rfind('-').unwrap_or(0));
    }
    if !found.iter().any(|locale| locale == DEFAULT_LOCALE) {
        found.push(DEFAULT_LOCALE.to_owned());
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn whatever_the_tag_the_default_is_the_last_resort(tag in ".{0,30}") {
            let found = fallbacks(&tag);
            prop_assert!(found.iter().all(|locale| is_locale(locale)), "{:?}", found);
            prop_assert_eq!(found.iter().filter(|locale| *locale == DEFAULT_LOCALE).count(), 1);
            prop_assert_eq!(found.last().map(String::as_str), Some(DEFAULT_LOCALE));
        }
    }

    #[test]
    fn a_region_falls_back_to_its_language() {
        assert_eq!(fallbacks("de-AT"), ["de-at", "de", "en"]);
        assert_eq!(fallbacks("zh_Hant_TW"), ["zh-hant-tw", "zh-hant", "zh", "en"]);
        assert_eq!(fallbacks("en-GB"), ["en-gb", "en"]);
        assert_eq!(fallbacks(""), ["en"]);
    }
}
