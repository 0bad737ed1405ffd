/// The text without blanks around it, if it is one line of at most `max` characters.
pub(super) fn line(text: &str, max: usize) -> Option<&str> {
    let text = text.trim();
    (text.chars().count() <= max && !text.chars().any(char::is_control)).then_some(text)
}

/// A telephone number in E.164 form, from the ways people write one.
pub(super) fn phone(text: &str) -> Option<String> {
    let mut plain: String =
        text.trim().chars().filter(|ch| !matches!(ch, ' ' | '-' | '.' | '/' | '(' | ')' | '\u{a0}')).collect();
    if let Some(rest) = plain.strip_prefix("00") {
        plain = format!("+{rest}");
    }
    let digits = plain.strip_prefix('+')?;
    let sound = (7..=15).contains(&digits.len())
        && !digits.starts_with('0')
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    sound.then_some(plain)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_made_canonical_stays_as_it_is(text in ".{0,20}|\\+?[0-9 ()/-]{5,22}|[A-Za-z]{2,4}(-[A-Za-z0-9]{2,4}){0,3}") {
            if let Some(once) = phone(&text) {
                prop_assert_eq!(phone(&once), Some(once.clone()));
            }
        }

        #[test]
        fn a_line_is_never_longer_than_allowed_nor_more_than_one(text in "\\PC{0,30}|.{0,30}", max in 0..20_usize) {
            if let Some(line) = line(&text, max) {
                prop_assert!(line.chars().count() <= max && !line.contains(['\n', '\0']) && line.trim() == line);
            }
        }
    }

    #[test]
    fn a_number_is_understood_as_people_write_it() {
        for text in ["+49 30 1234567", "0049 (30) 123-4567", " +49.30.1234567 ", "+49/30/1234567"] {
            assert_eq!(phone(text).as_deref(), Some("+49301234567"), "{text:?}");
        }
        for text in ["", "030 1234567", "+0301234567", "+49 30 ABC", "+123456", "+1234567890123456", "+49+301234567"] {
            assert_eq!(phone(text), None, "{text:?}");
        }
    }
}
