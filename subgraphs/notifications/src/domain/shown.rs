//! Amounts, times and lines as people read them.

use kernel::Money;
use time::OffsetDateTime;

fn is_german(locale: &str) -> bool {
    locale == "de" || locale.starts_with("de-")
}

/// The amount with all the digits of its currency: `1,234.50 EUR`, in German `1.234,50 EUR`.
pub fn money(of: Money, locale: &str) -> String {
    let (thousands, decimal) = if is_german(locale) { ('.', ',') } else { (',', '.') };
    let scale = of.currency.exponent() as usize;
    let digits = format!("{:0>width$}", of.minor.unsigned_abs(), width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    let mut shown = String::from(if of.minor < 0 { "-" } else { "" });
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            shown.push(thousands);
        }
        shown.push(digit);
    }
    if scale > 0 {
        shown.push(decimal);
        shown.push_str(fraction);
    }
    format!("{shown} {}", of.currency)
}

/// The day, in UTC: `2026-01-31`, in German `31.01.2026`.
pub fn date(at: OffsetDateTime, locale: &str) -> String {
    let (year, month, day) = at.to_offset(time::UtcOffset::UTC).to_calendar_date();
    let month = u8::from(month);
    if is_german(locale) { format!("{day:02}.{month:02}.{year}") } else { format!("{year}-{month:02}-{day:02}") }
}

/// The day and the minute, in UTC.
pub fn instant(at: OffsetDateTime, locale: &str) -> String {
    let at = at.to_offset(time::UtcOffset::UTC);
    format!("{} {:02}:{:02} UTC", date(at, locale), at.hour(), at.minute())
}

/// The text as one line of at most 200 characters: a subject becomes a header, and a line break there would begin another.
pub fn single_line(text: &str) -> String {
    let printable = |c: char| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c };
    let clean: String = text.chars().map(printable).collect();
    let line = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(200).collect()
}

/// The longest name that somebody is greeted by, in characters.
const MAX_NAME: usize = 60;

/// The name to greet somebody by; empty for what looks like an address. Anyone can open an account with the e-mail address of
/// another, and the name would be an advertisement that we deliver.
pub fn salutation(name: &str) -> String {
    let name = single_line(name);
    let dotted = name.split('.').skip(1).any(|rest| rest.starts_with(char::is_alphanumeric));
    let looks_like_address = dotted || name.contains(['/', ':', '@']);
    if looks_like_address || name.chars().count() > MAX_NAME { String::new() } else { name }
}

#[cfg(test)]
mod tests {
    use kernel::Currency;
    use proptest::prelude::*;
    use time::macros::datetime;

    use super::*;

    fn of(minor: i64, code: &str) -> Money {
        Money { minor, currency: code.parse().unwrap() }
    }

    #[test]
    fn currencies_without_with_two_and_with_three_digits() {
        for (minor, code, en, de) in [
            (0, "EUR", "0.00 EUR", "0,00 EUR"),
            (5, "EUR", "0.05 EUR", "0,05 EUR"),
            (123_450, "EUR", "1,234.50 EUR", "1.234,50 EUR"),
            (-100_000, "USD", "-1,000.00 USD", "-1.000,00 USD"),
            (999, "JPY", "999 JPY", "999 JPY"),
            (1_234_567, "JPY", "1,234,567 JPY", "1.234.567 JPY"),
            (12, "KWD", "0.012 KWD", "0,012 KWD"),
            (1_234_567, "KWD", "1,234.567 KWD", "1.234,567 KWD"),
        ] {
            assert_eq!((money(of(minor, code), "en"), money(of(minor, code), "de-at")), (en.into(), de.into()));
        }
    }

    proptest! {
        #[test]
        fn the_shown_amount_is_the_amount(minor in any::<i64>(), code in "(EUR|JPY|KWD)", locale in "(en|de)") {
            let sum = of(minor, &code);
            let text = money(sum, &locale);
            let (amount, currency) = text.rsplit_once(' ').unwrap();
            let plain = match locale.as_str() {
                "de" => amount.replace('.', "").replace(',', "."),
                _ => amount.replace(',', ""),
            };
            prop_assert_eq!(Money::parse(&plain, currency.parse::<Currency>().unwrap()), Ok(sum));
        }

        #[test]
        fn any_text_becomes_one_line(text in "\\PC{0,20}[\r\n\t\0\u{85}\u{2028}]{0,3}\\PC{0,300}") {
            let line = single_line(&text);
            prop_assert!(line.chars().count() <= 200 && !line.chars().any(char::is_control), "{:?}", line);
        }
    }

    #[test]
    fn times_are_shown_in_utc_and_as_the_language_has_it() {
        let at = datetime!(2026-01-31 23:30 -01:00);
        assert_eq!(instant(at, "en"), "2026-02-01 00:30 UTC");
        assert_eq!(date(at, "de"), "01.02.2026");
    }

    #[test]
    fn people_are_greeted_and_addresses_are_not() {
        for name in ["Ada Lovelace", "Dr. Ada O'Neil-Lovelace Jr.", "李小龍", ""] {
            assert_eq!(salutation(name), name);
        }
        assert_eq!(salutation("Ada\r\n Lovelace"), "Ada Lovelace");
        for name in ["win at casino.example", "https://casino", "www.casino", "mail me@casino", &"a".repeat(61)] {
            assert_eq!(salutation(name), "", "{name}");
        }
    }
}
