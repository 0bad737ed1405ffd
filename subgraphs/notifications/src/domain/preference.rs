use std::collections::HashSet;

use super::{Category, ChannelKind, Problem};

/// Whether an account wants messages of a category on a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preference {
    /// What the messages are about.
    pub category: Category,
    /// How they come.
    pub channel: ChannelKind,
    /// Whether they are wanted.
    pub enabled: bool,
}

impl Preference {
    /// The choices of an account that never chose: everything it needs to know, and no offers.
    pub fn defaults() -> Vec<Self> {
        let chosen = |category| {
            ChannelKind::ALL.iter().map(move |&channel| Self {
                category,
                channel,
                enabled: category != Category::Marketing,
            })
        };
        [Category::Order, Category::Account, Category::Marketing].into_iter().flat_map(chosen).collect()
    }

    /// Whether it cannot be switched off: who takes over an account must not be able to silence the warning.
    pub fn is_mandatory(self) -> bool {
        self.category == Category::Account && self.channel == ChannelKind::Email
    }

    /// Everything that is wrong with a list of choices; empty when it can be stored.
    pub fn problems(wanted: &[Self]) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut seen = HashSet::new();
        for preference in wanted {
            let Self { category, channel, enabled } = *preference;
            if category == Category::Stock {
                let message = "messages about stock go to the staff: leave STOCK out".into();
                problems.push(Problem::Invalid { field: "preferences", message });
            } else if !seen.insert((category, channel)) {
                let message = format!("{} by {} is given twice: give it once", category.name(), channel.name());
                problems.push(Problem::Invalid { field: "preferences", message });
            } else if preference.is_mandatory() && !enabled {
                problems.push(Problem::Mandatory { category, channel });
            }
        }
        problems
    }
}

/// What holds for an account that stored these choices: its own, and the defaults for the rest.
pub fn complete(stored: &[Preference]) -> Vec<Preference> {
    let own = |of: &Preference| stored.iter().find(|own| (own.category, own.channel) == (of.category, of.channel));
    Preference::defaults().into_iter().map(|of| own(&of).copied().unwrap_or(of)).collect()
}

/// Whether a message may be sent to an account that stored these choices.
pub fn wanted(stored: &[Preference], category: Category, channel: ChannelKind) -> bool {
    let found = complete(stored).into_iter().find(|of| (of.category, of.channel) == (category, channel));
    // What no account can choose is not for accounts to refuse.
    found.is_none_or(|of| of.enabled || of.is_mandatory())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_choice() -> impl Strategy<Value = Preference> {
        let category = prop::sample::select(Category::ALL);
        let channel = prop::sample::select(ChannelKind::ALL);
        (category, channel, any::<bool>()).prop_map(|(category, channel, enabled)| Preference {
            category,
            channel,
            enabled,
        })
    }

    proptest! {
        #[test]
        fn what_is_accepted_never_silences_the_account_and_is_what_holds(choices in prop::collection::vec(any_choice(), 0..6)) {
            prop_assert!(wanted(&choices, Category::Account, ChannelKind::Email));
            if Preference::problems(&choices).is_empty() {
                for choice in &choices {
                    prop_assert_eq!(wanted(&choices, choice.category, choice.channel), choice.enabled);
                }
                prop_assert_eq!(complete(&choices).len(), Preference::defaults().len());
            }
        }
    }

    #[test]
    fn who_never_chose_gets_no_offers_and_everything_else() {
        for &channel in ChannelKind::ALL {
            assert!(wanted(&[], Category::Order, channel));
            assert!(!wanted(&[], Category::Marketing, channel));
        }
    }
}
