use kernel::Email;

/// The least number of characters.
const MIN_PASSWORD: usize = 8;
/// The greatest number of characters: long enough for a sentence, short enough to hash.
pub const MAX_PASSWORD: usize = 128;

/// What everybody tries first, of 8 characters and more; shorter ones are refused anyway. In lower case.
const COMMON: [&str; 72] = [
    "00000000",
    "0123456789",
    "0987654321",
    "11111111",
    "111111111",
    "1111111111",
    "11223344",
    "12121212",
    "123123123",
    "12341234",
    "1234512345",
    "12345678",
    "123456789",
    "1234567890",
    "12345678910",
    "123456789a",
    "1234qwer",
    "1password",
    "1q2w3e4r",
    "1q2w3e4r5t",
    "1qaz2wsx",
    "1qaz2wsx3edc",
    "87654321",
    "88888888",
    "987654321",
    "99999999",
    "a1234567",
    "a12345678",
    "a123456789",
    "aa123456",
    "aa12345678",
    "abc12345",
    "abcd1234",
    "abcdefgh",
    "access14",
    "admin123",
    "administrator",
    "asdfasdf",
    "asdfghjk",
    "asdfghjkl",
    "baseball",
    "basketball",
    "changeme",
    "charlie1",
    "computer",
    "corvette",
    "football",
    "hello123",
    "iloveyou",
    "iloveyou1",
    "internet",
    "jennifer",
    "letmein1",
    "liverpool",
    "michelle",
    "mercedes",
    "p@ssw0rd",
    "passw0rd",
    "password",
    "password1",
    "password12",
    "password123",
    "princess",
    "q1w2e3r4",
    "qwerty12",
    "qwerty123",
    "qwertyui",
    "qwertyuiop",
    "sunshine",
    "superman",
    "trustno1",
    "welcome1",
];

/// Checks that the password is worth something.
///
/// # Errors
/// What is wrong and how to fix it.
pub fn check_password(password: &str, email: &Email) -> Result<(), String> {
    let length = password.chars().count();
    if length < MIN_PASSWORD {
        return Err(format!(
            "the password has {length} characters: use {MIN_PASSWORD} or more, three words are easy to remember"
        ));
    }
    if length > MAX_PASSWORD {
        return Err(format!("the password has {length} characters: use at most {MAX_PASSWORD}"));
    }
    let plain = password.trim().to_lowercase();
    let mailbox = email.as_str().split('@').next().unwrap_or_default();
    if plain == email.as_str() || plain == mailbox {
        return Err("the password is your e-mail address: use something that others do not know".into());
    }
    let mut letters = plain.chars();
    let first = letters.next();
    if letters.all(|letter| Some(letter) == first) || COMMON.contains(&plain.as_str()) {
        return Err(
            "the password is one of those that everybody tries first: use three words that do not belong together"
                .into(),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn refusal(password: &str) -> String {
        check_password(password, &"margaret@example.org".parse().unwrap()).err().unwrap_or_default()
    }

    proptest! {
        #[test]
        fn length_is_counted_in_characters(password in "[äß漢🔑]{0,140}") {
            let fits = (MIN_PASSWORD..=MAX_PASSWORD).contains(&password.chars().count());
            let counted = refusal(&password).contains("characters");
            prop_assert_eq!(!fits, counted);
        }
    }

    #[test]
    fn what_is_easy_to_guess_is_refused_with_advice() {
        for (password, advice) in [
            ("", "8 or more"),
            ("seven77", "8 or more"),
            ("margaret@example.org", "e-mail"),
            ("MARGARET@Example.org ", "e-mail"),
            ("margaret", "e-mail"),
            ("Password123", "everybody"),
            ("zzzzzzzzzzzz", "everybody"),
            ("        ", "everybody"),
        ] {
            assert!(refusal(password).contains(advice), "{password:?}: {:?}", refusal(password));
        }
        assert!(refusal(&"long ".repeat(26)).contains("at most 128"));
    }

    #[test]
    fn eight_characters_that_are_not_common_are_enough() {
        for password in ["lampoak7", "correct horse battery staple", "margaret at home", "пароль-для-лавки"]
        {
            assert_eq!(refusal(password), "", "{password:?}");
        }
    }
}
