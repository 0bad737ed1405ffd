use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What somebody did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// The account was opened.
    Registered,
    /// The profile was changed.
    ProfileUpdated,
    /// An address was added.
    AddressCreated,
    /// An address was changed.
    AddressUpdated,
    /// An address was removed.
    AddressDeleted,
}

impl ChangeKind {
    /// The name it is stored by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Registered => "REGISTERED",
            Self::ProfileUpdated => "PROFILE_UPDATED",
            Self::AddressCreated => "ADDRESS_CREATED",
            Self::AddressUpdated => "ADDRESS_UPDATED",
            Self::AddressDeleted => "ADDRESS_DELETED",
        }
    }
}

impl FromStr for ChangeKind {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Registered, Self::ProfileUpdated, Self::AddressCreated, Self::AddressUpdated, Self::AddressDeleted]
            .into_iter()
            .find(|kind| kind.name() == text)
            .ok_or_else(|| format!("unknown kind of change {text:?}"))
    }
}

/// What became of one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The field's name in the graph.
    pub field: String,
    /// Its value before; none when it had none.
    pub old: Option<String>,
    /// Its value after; none when it has none.
    pub new: Option<String>,
}

/// A thing as its fields with their values, empty ones as none.
pub(crate) type Fields = Vec<(&'static str, Option<String>)>;

pub(crate) fn value(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// The fields whose values differ. A thing that is new or gone has no fields before or after.
pub(crate) fn differences(old: &Fields, new: &Fields) -> Vec<FieldChange> {
    let names = if new.is_empty() { old } else { new };
    let of = |fields: &Fields, name: &str| {
        fields.iter().find(|(field, _)| *field == name).and_then(|(_, value)| value.clone())
    };
    let change = |name: &str| FieldChange { field: name.to_owned(), old: of(old, name), new: of(new, name) };
    names.iter().map(|(name, _)| change(name)).filter(|change| change.old != change.new).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_a_change() {
        let old = vec![("a", value("1")), ("b", value("2")), ("c", value(""))];
        let new = vec![("a", value("1")), ("b", value("3")), ("c", value("4"))];
        let show = |changes: Vec<FieldChange>| {
            changes.into_iter().map(|of| format!("{}: {:?} {:?}", of.field, of.old, of.new)).collect::<Vec<_>>()
        };
        assert_eq!(show(differences(&old, &new)), ["b: Some(\"2\") Some(\"3\")", "c: None Some(\"4\")"]);
        assert_eq!(show(differences(&old, &old)), Vec::<String>::new());
        assert_eq!(show(differences(&Vec::new(), &old)), ["a: None Some(\"1\")", "b: None Some(\"2\")"]);
        assert_eq!(show(differences(&old, &Vec::new())), ["a: Some(\"1\") None", "b: Some(\"2\") None"]);
    }
}
