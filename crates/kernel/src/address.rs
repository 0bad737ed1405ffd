/// The longest line of an address, in characters.
const MAX_LINE: usize = 120;

/// Where goods and letters go.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
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

impl PostalAddress {
    /// The address without blanks around its lines and with the country in capitals.
    #[must_use]
    pub fn tidied(self) -> Self {
        let tidy = |text: String| text.trim().to_owned();
        Self {
            name: tidy(self.name),
            line1: tidy(self.line1),
            line2: tidy(self.line2),
            city: tidy(self.city),
            region: tidy(self.region),
            postal_code: tidy(self.postal_code),
            country: self.country.trim().to_uppercase(),
        }
    }

    /// What is wrong, as field and advice; empty for an address that can be used.
    pub fn problems(&self) -> Vec<(&'static str, String)> {
        let mut problems = Vec::new();
        let lines = [
            ("name", &self.name, true),
            ("line1", &self.line1, true),
            ("line2", &self.line2, false),
            ("city", &self.city, true),
            ("region", &self.region, false),
            ("postalCode", &self.postal_code, false),
        ];
        for (field, text, needed) in lines {
            if needed && text.trim().is_empty() {
                problems.push((field, format!("the address needs its {field}")));
            } else if text.chars().count() > MAX_LINE || text.chars().any(char::is_control) {
                problems.push((field, format!("use at most {MAX_LINE} characters, without line breaks")));
            }
        }
        if self.country.len() != 2 || !self.country.bytes().all(|byte| byte.is_ascii_uppercase()) {
            problems.push(("country", "use the country's two-letter code (ISO 3166-1), for example DE".into()));
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(country: &str) -> PostalAddress {
        PostalAddress {
            name: " Ada ".into(),
            line1: "Quay 1".into(),
            line2: String::new(),
            city: "Porto".into(),
            region: String::new(),
            postal_code: "4050".into(),
            country: country.into(),
        }
    }

    #[test]
    fn blanks_and_case_are_tidied() {
        let tidy = address(" pt ").tidied();
        assert_eq!((tidy.name.as_str(), tidy.country.as_str(), tidy.problems()), ("Ada", "PT", vec![]));
    }

    #[test]
    fn every_problem_is_named_at_once() {
        let mut bad = address("Portugal");
        bad.city = "  ".into();
        bad.line2 = "a\nb".into();
        let fields: Vec<&str> = bad.problems().into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["line2", "city", "country"]);
    }
}
