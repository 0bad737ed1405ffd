use async_graphql::{InputObject, SimpleObject};

/// Where goods and letters go.
#[derive(Debug, Clone, PartialEq, Eq, SimpleObject)]
#[graphql(shareable, serial)]
pub struct PostalAddress {
    /// Who receives it.
    pub name: String,
    /// Street and number.
    pub line1: String,
    /// Floor, flat, company; may be empty.
    pub line2: String,
    /// Town.
    pub city: String,
    /// State, province or county where the country uses one; may be empty.
    pub region: String,
    /// Postal code; may be empty where the country has none.
    pub postal_code: String,
    /// ISO 3166-1 alpha-2 code, for example `DE`.
    pub country: String,
}

/// Where goods and letters shall go.
#[derive(Debug, Clone, InputObject)]
pub struct PostalAddressInput {
    /// Who receives it.
    pub name: String,
    /// Street and number.
    pub line1: String,
    /// Floor, flat, company.
    #[graphql(default)]
    pub line2: String,
    /// Town.
    pub city: String,
    /// State, province or county where the country uses one.
    #[graphql(default)]
    pub region: String,
    /// Postal code, where the country has them.
    #[graphql(default)]
    pub postal_code: String,
    /// ISO 3166-1 alpha-2 code, for example `DE`.
    pub country: String,
}

impl From<kernel::PostalAddress> for PostalAddress {
    fn from(of: kernel::PostalAddress) -> Self {
        let kernel::PostalAddress { name, line1, line2, city, region, postal_code, country } = of;
        Self { name, line1, line2, city, region, postal_code, country }
    }
}

impl From<PostalAddressInput> for kernel::PostalAddress {
    fn from(of: PostalAddressInput) -> Self {
        let PostalAddressInput { name, line1, line2, city, region, postal_code, country } = of;
        Self { name, line1, line2, city, region, postal_code, country }.tidied()
    }
}
