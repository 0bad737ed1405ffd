use std::str::FromStr;

/// Where a product is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Being prepared; shoppers do not see it.
    Draft,
    /// For sale.
    Active,
    /// No longer for sale; kept for the orders that name it.
    Archived,
}

impl Status {
    /// The name it is stored by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::Active => "ACTIVE",
            Self::Archived => "ARCHIVED",
        }
    }
}

impl FromStr for Status {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Draft, Self::Active, Self::Archived]
            .into_iter()
            .find(|status| status.name().eq_ignore_ascii_case(text))
            .ok_or_else(|| format!("unknown status {text:?}: use draft, active or archived"))
    }
}
