use kernel::{Currency, Email, language_tag};

use super::change::{Fields, differences, value};
use super::text::{line, phone};
use super::{FieldChange, Problem};

const MAX_NAME: usize = 100;
/// What is written to a person whose language is not known.
const DEFAULT_LOCALE: &str = "en";

/// What a person says of themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// How they want to be called.
    pub display_name: String,
    /// Telephone number in E.164 form.
    pub phone: Option<String>,
    /// BCP 47 language tag.
    pub locale: String,
    /// The currency they want to see prices in.
    pub currency: Currency,
    /// Whether they want to hear of offers.
    pub marketing_opt_in: bool,
}

/// What shall be different; an absent field stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfilePatch {
    /// How the person wants to be called.
    pub display_name: Option<String>,
    /// Telephone number; `Some(None)` takes it away.
    pub phone: Option<Option<String>>,
    /// BCP 47 language tag.
    pub locale: Option<String>,
    /// The currency they want to see prices in.
    pub currency: Option<Currency>,
    /// Whether they want to hear of offers.
    pub marketing_opt_in: Option<bool>,
}

impl Details {
    /// The details of a new account. Whatever was registered is made usable rather than refused: the account exists already.
    pub fn registered(email: &Email, name: &str, language: &str) -> Self {
        let printable: String = name.chars().map(|ch| if ch.is_control() { ' ' } else { ch }).collect();
        let short = |text: &str| text.trim().chars().take(MAX_NAME).collect::<String>().trim_end().to_owned();
        let display_name = Some(short(&printable)).filter(|name| !name.is_empty());
        let mailbox = email.as_str().split('@').next().unwrap_or_default();
        Self {
            display_name: display_name.unwrap_or_else(|| short(mailbox)),
            phone: None,
            locale: language_tag(language).unwrap_or_else(|| DEFAULT_LOCALE.to_owned()),
            currency: Currency::EUR,
            marketing_opt_in: false,
        }
    }

    /// The details as the patch wants them.
    ///
    /// # Errors
    /// Everything that is wrong with the patch.
    pub fn patched(&self, patch: ProfilePatch) -> Result<Self, Vec<Problem>> {
        let mut details = self.clone();
        let mut problems = Vec::new();
        if let Some(name) = patch.display_name {
            match line(&name, MAX_NAME).filter(|name| !name.is_empty()) {
                Some(name) => details.display_name = name.to_owned(),
                None => problems.push(Problem::invalid(
                    "displayName",
                    format!("use 1 to {MAX_NAME} characters, without line breaks"),
                )),
            }
        }
        if let Some(given) = patch.phone {
            details.phone = given.as_deref().and_then(phone);
            if given.is_some() && details.phone.is_none() {
                let advice = "write the number with its country code, for example +49 30 1234567; null takes it away";
                problems.push(Problem::invalid("phone", advice));
            }
        }
        if let Some(tag) = patch.locale {
            match language_tag(&tag) {
                Some(tag) => details.locale = tag,
                None => problems.push(Problem::invalid("locale", "use a language tag such as en or pt-BR")),
            }
        }
        details.currency = patch.currency.unwrap_or(details.currency);
        details.marketing_opt_in = patch.marketing_opt_in.unwrap_or(details.marketing_opt_in);
        if problems.is_empty() { Ok(details) } else { Err(problems) }
    }

    /// What is different in the newer details.
    pub fn differences(&self, newer: &Self) -> Vec<FieldChange> {
        differences(&self.fields(), &newer.fields())
    }

    fn fields(&self) -> Fields {
        vec![
            ("displayName", value(&self.display_name)),
            ("phone", self.phone.clone()),
            ("locale", value(&self.locale)),
            ("currency", value(self.currency.code())),
            ("marketingOptIn", Some(self.marketing_opt_in.to_string())),
        ]
    }
}

#[cfg(test)]
mod tests {
    use proptest::option::of;
    use proptest::prelude::*;

    use super::*;

    fn ada() -> Details {
        Details::registered(&"ada@example.org".parse().unwrap(), " Ada\nLovelace ", "PT-pt")
    }

    fn patches() -> impl Strategy<Value = ProfilePatch> {
        let phone = of(of("\\+49 [1-9]{7,9}|.{0,4}"));
        (of(".{0,5}|\\PC{90,110}"), phone, of("[a-z]{2}(-[A-Z]{2})?|.{0,3}"), of("[A-Z]{3}"), of(any::<bool>()))
            .prop_map(|(display_name, phone, locale, currency, marketing_opt_in)| ProfilePatch {
                display_name,
                phone,
                locale,
                currency: currency.map(|code| code.parse().unwrap()),
                marketing_opt_in,
            })
    }

    proptest! {
        #[test]
        fn a_patch_changes_the_given_fields_or_nothing(patch in patches()) {
            let before = ada();
            if let Ok(after) = before.patched(patch.clone()) {
                let changed: Vec<String> =
                    before.differences(&after).into_iter().map(|change| change.field).collect();
                let given = [
                    ("displayName", patch.display_name.is_some()), ("phone", patch.phone.is_some()),
                    ("locale", patch.locale.is_some()), ("currency", patch.currency.is_some()),
                    ("marketingOptIn", patch.marketing_opt_in.is_some()),
                ];
                for (field, given) in given {
                    prop_assert!(given || !changed.iter().any(|changed| changed == field), "{} changed", field);
                }
                prop_assert_eq!(after.patched(patch), Ok(after.clone()), "twice is once");
                prop_assert!((1..=MAX_NAME).contains(&after.display_name.chars().count()));
            }
        }

        #[test]
        fn whatever_was_registered_becomes_a_profile(name in ".{0,130}|\\PC{0,130}", language in ".{0,6}") {
            let details = Details::registered(&"ada@example.org".parse().unwrap(), &name, &language);
            prop_assert!((1..=MAX_NAME).contains(&details.display_name.chars().count()));
            prop_assert!(!details.display_name.chars().any(char::is_control));
            prop_assert_eq!(language_tag(&details.locale), Some(details.locale.clone()));
        }
    }

    #[test]
    fn a_registration_without_a_usable_name_or_language_gets_defaults() {
        assert_eq!((ada().display_name.as_str(), ada().locale.as_str()), ("Ada Lovelace", "pt-PT"));
        let bare = Details::registered(&"ada@example.org".parse().unwrap(), "\u{0}\n", "Klingon!");
        assert_eq!((bare.display_name.as_str(), bare.locale.as_str()), ("ada", "en"));
    }

    #[test]
    fn every_problem_of_a_patch_is_named_at_once() {
        let patch = ProfilePatch {
            display_name: Some("  ".into()),
            phone: Some(Some("12".into())),
            locale: Some("en_US".into()),
            ..ProfilePatch::default()
        };
        let fields: Vec<String> = ada()
            .patched(patch)
            .unwrap_err()
            .into_iter()
            .map(|problem| match problem {
                Problem::Invalid { field, .. } => field,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(fields, ["displayName", "phone", "locale"]);
    }
}
