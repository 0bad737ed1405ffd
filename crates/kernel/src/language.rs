/// A language tag of language, script and region (BCP 47) in its canonical case.
pub fn language_tag(text: &str) -> Option<String> {
    let alphabetic = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let mut parts = text.trim().split('-');
    let language = parts.next().filter(|part| matches!(part.len(), 2 | 3) && alphabetic(part))?;
    let mut tag = language.to_ascii_lowercase();
    let mut part = parts.next();
    if let Some(script) = part.filter(|part| part.len() == 4 && alphabetic(part)) {
        let (first, rest) = script.split_at(1);
        tag.push('-');
        tag.push_str(&first.to_ascii_uppercase());
        tag.push_str(&rest.to_ascii_lowercase());
        part = parts.next();
    }
    if let Some(region) = part {
        let country = region.len() == 2 && alphabetic(region);
        let area = region.len() == 3 && region.bytes().all(|byte| byte.is_ascii_digit());
        if !country && !area {
            return None;
        }
        tag.push('-');
        tag.push_str(&region.to_ascii_uppercase());
    }
    parts.next().is_none().then_some(tag)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_made_canonical_stays_as_it_is(text in "[A-Za-z]{2,4}(-[A-Za-z0-9]{2,4}){0,3}|.{0,20}") {
            if let Some(once) = language_tag(&text) {
                prop_assert_eq!(language_tag(&once), Some(once.clone()));
            }
        }
    }

    #[test]
    fn a_tag_has_a_language_and_perhaps_a_script_and_a_region() {
        for (text, tag) in [
            ("EN", "en"),
            (" de-at ", "de-AT"),
            ("ZH-hANT-tw", "zh-Hant-TW"),
            ("es-419", "es-419"),
            ("sr-latn", "sr-Latn"),
        ] {
            assert_eq!(language_tag(text).as_deref(), Some(tag));
        }
        for text in
            ["", "e", "english", "de-CH-1996", "en-", "en_US", "en-USA", "en-US-x", "en-Latn-Latn", "e1", "en-Ätna"]
        {
            assert_eq!(language_tag(text), None, "{text:?}");
        }
    }
}
