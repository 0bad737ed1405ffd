use kernel::PostalAddress;

use super::change::{Fields, differences, value};
use super::text::line;
use super::{FieldChange, Problem};

/// How many addresses a person can keep.
pub const MAX_ADDRESSES: u8 = 50;
const MAX_LABEL: usize = 60;

/// An entry of the address book as somebody wants it to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressDraft {
    /// What its owner calls it; may be empty.
    pub label: String,
    /// The lines.
    pub address: PostalAddress,
    /// Whether goods go there unless told otherwise.
    pub default_shipping: bool,
    /// Whether bills go there unless told otherwise.
    pub default_billing: bool,
}

/// What shall be different about an entry; an absent field stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AddressPatch {
    /// What its owner calls it.
    pub label: Option<String>,
    /// The lines, all of them.
    pub address: Option<PostalAddress>,
    /// Whether goods go there unless told otherwise.
    pub default_shipping: Option<bool>,
    /// Whether bills go there unless told otherwise.
    pub default_billing: Option<bool>,
}

impl AddressDraft {
    /// The entry as the patch wants it, without blanks around its lines.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn patched(&self, patch: AddressPatch) -> Result<Self, Vec<Problem>> {
        Self {
            label: patch.label.unwrap_or_else(|| self.label.clone()),
            address: patch.address.unwrap_or_else(|| self.address.clone()),
            default_shipping: patch.default_shipping.unwrap_or(self.default_shipping),
            default_billing: patch.default_billing.unwrap_or(self.default_billing),
        }
        .checked()
    }

    /// The entry as it can be stored, without blanks around its lines.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn checked(mut self) -> Result<Self, Vec<Problem>> {
        self.address = self.address.tidied();
        let mut problems = Vec::new();
        match line(&self.label, MAX_LABEL) {
            Some(label) => self.label = label.to_owned(),
            None => problems
                .push(Problem::invalid("label", format!("use at most {MAX_LABEL} characters, without line breaks"))),
        }
        for (field, message) in self.address.problems() {
            problems.push(Problem::invalid(&format!("address.{field}"), message));
        }
        if problems.is_empty() { Ok(self) } else { Err(problems) }
    }

    /// What is different in the newer entry; none means that it is gone.
    pub fn differences(&self, newer: Option<&Self>) -> Vec<FieldChange> {
        differences(&self.fields(), &newer.map(Self::fields).unwrap_or_default())
    }

    /// The whole entry as a change from nothing.
    pub fn as_new(&self) -> Vec<FieldChange> {
        differences(&Vec::new(), &self.fields())
    }

    fn fields(&self) -> Fields {
        let of = &self.address;
        vec![
            ("label", value(&self.label)),
            ("name", value(&of.name)),
            ("line1", value(&of.line1)),
            ("line2", value(&of.line2)),
            ("city", value(&of.city)),
            ("region", value(&of.region)),
            ("postalCode", value(&of.postal_code)),
            ("country", value(&of.country)),
            ("defaultShipping", Some(self.default_shipping.to_string())),
            ("defaultBilling", Some(self.default_billing.to_string())),
        ]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn draft(label: &str, name: &str, city: &str) -> AddressDraft {
        let address = PostalAddress {
            name: name.into(),
            line1: "Quay 1".into(),
            line2: String::new(),
            city: city.into(),
            region: String::new(),
            postal_code: "4050".into(),
            country: "pt".into(),
        };
        AddressDraft { label: label.into(), address, default_shipping: false, default_billing: true }
    }

    proptest! {
        #[test]
        fn what_was_checked_stays_as_it_is(label in ".{0,70}", name in ".{0,6}", city in ".{0,6}") {
            if let Ok(checked) = draft(&label, &name, &city).checked() {
                prop_assert_eq!(checked.clone().checked(), Ok(checked.clone()));
                prop_assert_eq!(checked.patched(AddressPatch::default()), Ok(checked.clone()));
                prop_assert_eq!(checked.differences(Some(&checked)), vec![]);
            }
        }
    }

    #[test]
    fn problems_name_the_path_in_the_input() {
        let problems = draft(&"x".repeat(61), "", "a\nb").checked().unwrap_err();
        let fields: Vec<_> = problems
            .iter()
            .map(|problem| match problem {
                Problem::Invalid { field, .. } => field.as_str(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(fields, ["label", "address.name", "address.city"]);
    }

    #[test]
    fn a_new_entry_and_a_removed_one_name_the_lines_they_have() {
        let home = draft("Home", "Ada", "Porto").checked().unwrap();
        let names = |changes: Vec<FieldChange>| changes.into_iter().map(|change| change.field).collect::<Vec<_>>();
        let lines = ["label", "name", "line1", "city", "postalCode", "country", "defaultShipping", "defaultBilling"];
        assert_eq!(names(home.as_new()), lines);
        assert_eq!(names(home.differences(None)), lines);
        let moved = home.patched(AddressPatch { label: Some("Flat".into()), ..AddressPatch::default() }).unwrap();
        assert_eq!(names(home.differences(Some(&moved))), ["label"]);
    }
}
