use serde::Serialize;

use super::Problem;

/// The longest code, in bytes.
const MAX_CODE: usize = 20;
/// The longest name, in characters.
const MAX_NAME: usize = 120;

/// A warehouse as somebody wants it to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WarehouseDraft {
    /// What people call it on labels.
    pub code: String,
    /// Display name.
    pub name: String,
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// Its place in the order of asking; the lowest comes first.
    pub priority: i32,
}

/// What shall be different about a warehouse; an absent part stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WarehousePatch {
    /// Display name.
    pub name: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// Its place in the order of asking.
    pub priority: Option<i32>,
    /// Whether what it keeps is for sale.
    pub active: Option<bool>,
}

impl WarehouseDraft {
    /// What is wrong with it.
    pub fn problems(&self) -> Vec<Problem> {
        let part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        let code = self.code.len() <= MAX_CODE && self.code.split('-').all(part);
        let code = (!code).then(|| {
            let message =
                format!("use at most {MAX_CODE} capital letters, digits and single hyphens, for example EAST-2");
            Problem::invalid("code", message)
        });
        let rest = [code, name_problem(&self.name), country_problem(&self.country)];
        rest.into_iter().flatten().collect()
    }
}

impl WarehousePatch {
    /// What is wrong with it.
    pub fn problems(&self) -> Vec<Problem> {
        let name = self.name.as_deref().and_then(name_problem);
        let country = self.country.as_deref().and_then(country_problem);
        [name, country].into_iter().flatten().collect()
    }
}

fn name_problem(name: &str) -> Option<Problem> {
    let sound = (1..=MAX_NAME).contains(&name.chars().count())
        && !name.trim().is_empty()
        && !name.chars().any(char::is_control);
    (!sound).then(|| Problem::invalid("name", format!("use 1 to {MAX_NAME} characters in one line")))
}

fn country_problem(country: &str) -> Option<Problem> {
    let sound = country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
    (!sound).then(|| Problem::invalid("country", "use the two capital letters of ISO 3166, for example DE"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(code: &str, name: &str, country: &str) -> WarehouseDraft {
        WarehouseDraft { code: code.into(), name: name.into(), country: country.into(), priority: 3 }
    }

    #[test]
    fn a_sound_warehouse_has_no_problems() {
        assert_eq!(draft("EAST-2", "East, second hall", "PL").problems(), []);
        assert_eq!(WarehousePatch::default().problems(), []);
    }

    #[test]
    fn every_value_that_cannot_be_used_is_named() {
        for code in ["", "east", "-EAST", "EAST--2", "EAST 2", "ÖST", "A\0", &"A".repeat(21)] {
            assert_eq!(draft(code, "East", "PL").problems().len(), 1, "{code:?}");
        }
        for name in ["", " ", "a\nb", "a\0b", &"x".repeat(121)] {
            assert_eq!(draft("EAST", name, "PL").problems().len(), 1, "{name:?}");
            assert_eq!(WarehousePatch { name: Some(name.into()), ..WarehousePatch::default() }.problems().len(), 1);
        }
        for country in ["", "pl", "POL", "P1", "é"] {
            assert_eq!(draft("EAST", "East", country).problems().len(), 1, "{country:?}");
        }
        assert_eq!(draft("", "", "").problems().len(), 3);
    }
}
