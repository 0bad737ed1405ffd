/// The longest slug.
pub(super) const MAX_SLUG: usize = 120;

/// Whether the text can stand in an address: lower-case letters and digits in groups joined by single hyphens.
pub fn is_slug(text: &str) -> bool {
    text.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

/// The nearest slug to a name; empty when the name has no ASCII letter or digit.
pub fn slug_of(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for ch in name.chars() {
        if ch.is_ascii_alphanumeric() {
            slug.push(ch.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// The slug of something with this title, no longer than a slug may be; empty when the title leaves nothing for one.
pub fn slug_for(title: &str) -> String {
    let mut slug = slug_of(title);
    slug.truncate(MAX_SLUG);
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_slug_of_any_name_is_a_slug_or_empty(name in ".{0,60}") {
            let slug = slug_of(&name);
            prop_assert!(slug.is_empty() || is_slug(&slug), "{:?}", slug);
        }

        #[test]
        fn the_slug_for_any_title_is_a_slug_of_the_right_length_or_empty(title in "[a-z -]{0,260}|.{0,60}") {
            let slug = slug_for(&title);
            prop_assert!(slug.is_empty() || is_slug(&slug) && slug.len() <= MAX_SLUG, "{:?}", slug);
        }
    }

    #[test]
    fn words_are_joined_by_single_hyphens() {
        assert_eq!(slug_of("Home & Living > Lighting"), "home-living-lighting");
    }
}
