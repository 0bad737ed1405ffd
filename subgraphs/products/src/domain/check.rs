use std::collections::HashSet;

use super::slug::MAX_SLUG;
use super::{Problem, ProductDraft, VariantDraft, is_slug, slug_of};

/// How many variants a product can have.
pub const MAX_VARIANTS: usize = 250;
const MAX_TITLE: usize = 255;
const MAX_CATEGORY_DEPTH: usize = 8;
const MAX_DESCRIPTION: usize = 64 * 1024;
/// The longest name, label or SKU, in bytes.
const MAX_WORD: usize = 255;
const MAX_TAGS: usize = 250;
const MAX_MEDIA: usize = 250;
const MAX_URL: usize = 2048;

/// What is wrong, gathered.
#[derive(Default)]
pub(super) struct Findings(pub(super) Vec<Problem>);

impl Findings {
    fn refuse(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.0.push(Problem::invalid(field, message));
    }

    /// A line that has to say something, except that it may be empty if it is `optional`.
    fn line(&mut self, field: impl Into<String>, text: &str, optional: bool) {
        let blank = text.trim().is_empty() && !(optional && text.is_empty());
        if blank || text.len() > MAX_WORD || text.chars().any(char::is_control) {
            let least = u8::from(!optional);
            self.refuse(field, format!("use {least} to {MAX_WORD} bytes of text on one line"));
        }
    }

    pub(super) fn title(&mut self, text: &str) {
        if text.trim().is_empty() || text.len() > MAX_TITLE {
            self.refuse("title", format!("the title must have 1 to {MAX_TITLE} bytes"));
        } else if text.chars().any(char::is_control) {
            self.refuse("title", "the title must be one line");
        }
    }

    pub(super) fn slug(&mut self, text: &str) {
        if !is_slug(text) || text.len() > MAX_SLUG {
            self.refuse("slug", format!("use 1 to {MAX_SLUG} lower-case letters, digits and single hyphens"));
        }
    }

    pub(super) fn description(&mut self, html: &str) {
        if html.len() > MAX_DESCRIPTION {
            self.refuse("descriptionHtml", format!("the description must have at most {MAX_DESCRIPTION} bytes"));
        } else if html.contains('\0') {
            self.refuse("descriptionHtml", "the description contains a NUL character: remove it");
        }
    }
}

impl ProductDraft {
    /// Everything that is wrong with the draft; empty when it can be stored.
    pub fn problems(&self) -> Vec<Problem> {
        let mut found = Findings::default();
        found.title(&self.title);
        found.slug(&self.slug);
        found.description(&self.description_html);
        found.line("vendor", &self.vendor, true);
        if self.tags.len() > MAX_TAGS {
            found.refuse("tags", format!("a product can have at most {MAX_TAGS} tags"));
        }
        for (index, tag) in self.tags.iter().enumerate() {
            found.line(format!("tags.{index}"), tag, false);
        }
        // A category is found by its address, so a name that leaves nothing for one would meet every other such name.
        let nameless = |name: &String| slug_of(name).is_empty() || name.chars().any(char::is_control);
        if self.category_path.len() > MAX_CATEGORY_DEPTH || self.category_path.iter().any(nameless) {
            found.refuse(
                "categoryPath",
                format!(
                    "a category has at most {MAX_CATEGORY_DEPTH} levels, each named with at least one letter a–z or digit"
                ),
            );
        }
        self.check_options(&mut found);
        self.check_variants(&mut found);
        self.check_media(&mut found);
        found.0
    }

    fn check_options(&self, found: &mut Findings) {
        if self.option_names.len() > 3 {
            found.refuse("options", "a product can have at most three options");
        }
        let mut names = HashSet::new();
        for (index, name) in self.option_names.iter().enumerate() {
            found.line(format!("options.{index}.name"), name, false);
            if !names.insert(name) {
                found.refuse(format!("options.{index}.name"), format!("two options are called {name:?}"));
            }
        }
    }

    fn check_variants(&self, found: &mut Findings) {
        if self.variants.is_empty() || self.variants.len() > MAX_VARIANTS {
            found.refuse("variants", format!("a product must have 1 to {MAX_VARIANTS} variants, each with a price"));
        }
        let mut skus = HashSet::new();
        let mut combinations = HashSet::new();
        for (index, variant) in self.variants.iter().enumerate() {
            let at = |part: &str| format!("variants.{index}.{part}");
            variant.check(found, at);
            if variant.options.len() != self.option_names.len() || variant.options.iter().any(String::is_empty) {
                let names = &self.option_names;
                let message = format!("a variant must have one value for each of the options {names:?}");
                found.refuse(at("optionValues"), message);
            }
            if !combinations.insert(&variant.options) {
                let values = &variant.options;
                found.refuse(at("optionValues"), format!("two variants have the same option values {values:?}"));
            }
            if let Some(sku) = variant.sku.as_ref().filter(|sku| !skus.insert(*sku)) {
                found.refuse(at("sku"), format!("two variants have the SKU {sku:?}"));
            }
        }
    }

    fn check_media(&self, found: &mut Findings) {
        if self.media.len() > MAX_MEDIA {
            found.refuse("media", format!("a product can have at most {MAX_MEDIA} pictures"));
        }
        for (index, picture) in self.media.iter().enumerate() {
            let url = &picture.url;
            // Anything else, such as `javascript:`, could do more in a page than show a picture.
            let shown = ["https://", "http://", "/"].iter().any(|start| url.starts_with(start));
            if !shown || url.len() > MAX_URL || url.chars().any(|ch| ch.is_control() || ch.is_whitespace()) {
                let message = "use an address that begins with https://, or with / for one of the shop, without blanks";
                found.refuse(format!("media.{index}.url"), message);
            }
            if picture.alt.len() > 2 * MAX_WORD || picture.alt.contains('\0') {
                let message = format!("the text must have at most {} bytes", 2 * MAX_WORD);
                found.refuse(format!("media.{index}.alt"), message);
            }
        }
    }
}

impl VariantDraft {
    fn check(&self, found: &mut Findings, at: impl Fn(&str) -> String) {
        if self.prices.is_empty() {
            found.refuse(at("prices"), "a variant must have a price");
        }
        let mut currencies = HashSet::new();
        for (index, price) in self.prices.iter().enumerate() {
            if price.minor < 0 {
                let message = format!("the price {} is negative", price.amount());
                found.refuse(at(&format!("prices.{index}.amount")), message);
            }
            if !currencies.insert(price.currency) {
                let message = format!("two prices are in {}", price.currency);
                found.refuse(at(&format!("prices.{index}.currencyCode")), message);
            }
        }
        if self.grams < 0 {
            found.refuse(at("weightGrams"), "the weight is negative");
        }
        if self.initial_quantity.is_some_and(|quantity| quantity < 0) {
            found.refuse(at("initialQuantity"), "the quantity is negative");
        }
        if let Some(sku) = &self.sku {
            found.line(at("sku"), sku, false);
        }
        // A value that is missing is reported with its option.
        for value in self.options.iter().filter(|value| !value.is_empty()) {
            found.line(at("optionValues"), value, false);
        }
    }
}
