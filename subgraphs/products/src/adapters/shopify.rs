//! Shopify's product CSV, as merchants really export it: one row per variant, product data on the first row only,
//! rows that hold nothing but a further picture, `Default Title` where there is nothing to choose.

use std::io::Read;

use csv::{Reader, ReaderBuilder, StringRecord};
use kernel::{Currency, Money};

use crate::domain::{MediaDraft, ProductDraft, Status, VariantDraft};

/// A product of the file that cannot be taken, or a row that belongs to none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Line of the file, from 1.
    pub line: u64,
    /// The product's handle, as far as it is known.
    pub handle: String,
    /// What is wrong.
    pub reason: String,
}

/// Products of a file, one at a time: memory does not grow with the file.
#[derive(Debug)]
pub struct Products<R> {
    reader: Reader<R>,
    headers: StringRecord,
    currency: Currency,
    ahead: Option<StringRecord>,
    broken: bool,
}

impl<R: Read> Products<R> {
    /// Reads the header row.
    ///
    /// # Errors
    /// When the file is no CSV or lacks the columns Handle, Title and Variant Price.
    pub fn new(input: R, currency: Currency) -> Result<Self, String> {
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(input);
        let headers = reader.headers().map_err(|error| error.to_string())?.clone();
        for required in ["Handle", "Title", "Variant Price"] {
            if !headers.iter().any(|name| name == required) {
                return Err(format!(
                    "the file has no column {required:?}: export it again as \"CSV for Excel, Numbers\" or \"Plain CSV\""
                ));
            }
        }
        Ok(Self { reader, headers, currency, ahead: None, broken: false })
    }

    fn next_row(&mut self) -> Option<Result<StringRecord, Refusal>> {
        if let Some(row) = self.ahead.take() {
            return Some(Ok(row));
        }
        if self.broken {
            return None;
        }
        let mut row = StringRecord::new();
        match self.reader.read_record(&mut row) {
            Ok(true) => Some(Ok(row)),
            Ok(false) => None,
            Err(error) => {
                // An unreadable file stays unreadable, whereas a row that is no UTF-8 spoils only itself.
                self.broken = error.is_io_error();
                let line = error.position().map_or(0, csv::Position::line);
                Some(Err(Refusal { line, handle: String::new(), reason: error.to_string() }))
            }
        }
    }

    fn cell<'r>(&self, row: &'r StringRecord, column: &str) -> &'r str {
        let index = self.headers.iter().position(|name| name == column);
        index.and_then(|index| row.get(index)).unwrap_or_default().trim()
    }

    /// The product that the row begins, without variants and pictures.
    fn head(&self, row: &StringRecord) -> Result<ProductDraft, String> {
        let published = !self.cell(row, "Published").eq_ignore_ascii_case("false");
        let status = match self.cell(row, "Status") {
            "" if published => Status::Active,
            "" => Status::Draft,
            text => match text.parse()? {
                Status::Active if !published => Status::Draft,
                status => status,
            },
        };
        let category = [self.cell(row, "Product Category"), self.cell(row, "Type")]
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or_default();
        let names = ["Option1 Name", "Option2 Name", "Option3 Name"].map(|column| self.cell(row, column));
        let nothing_to_choose = names[0] == "Title" && self.cell(row, "Option1 Value") == "Default Title";
        let parts = |text: &str, separator: char| {
            text.split(separator).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
        };
        Ok(ProductDraft {
            slug: self.cell(row, "Handle").to_owned(),
            title: self.cell(row, "Title").to_owned(),
            description_html: self.cell(row, "Body (HTML)").to_owned(),
            vendor: self.cell(row, "Vendor").to_owned(),
            category_path: parts(category, '>'),
            tags: parts(self.cell(row, "Tags"), ','),
            option_names: names
                .into_iter()
                .filter(|name| !name.is_empty() && !nothing_to_choose)
                .map(str::to_owned)
                .collect(),
            status,
            variants: Vec::new(),
            media: Vec::new(),
        })
    }

    /// Adds what one row says: a variant, a picture, or both.
    fn add(&self, draft: &mut ProductDraft, row: &StringRecord) -> Result<(), String> {
        let price = self.cell(row, "Variant Price");
        if !price.is_empty() || !self.cell(row, "Option1 Value").is_empty() {
            let whole = |column: &str| match self.cell(row, column) {
                "" => Ok(None),
                text => text.parse::<i64>().map(Some).map_err(|_| format!("{column} {text:?} is no whole number")),
            };
            let options =
                ["Option1 Value", "Option2 Value", "Option3 Value"].map(|column| self.cell(row, column).to_owned());
            let sku = self.cell(row, "Variant SKU");
            draft.variants.push(VariantDraft {
                sku: (!sku.is_empty()).then(|| sku.to_owned()),
                options: options.into_iter().take(draft.option_names.len()).collect(),
                grams: whole("Variant Grams")?
                    .unwrap_or(0)
                    .try_into()
                    .map_err(|_| "Variant Grams is too large".to_owned())?,
                prices: vec![Money::parse(price, self.currency).map_err(|error| format!("Variant Price: {error}"))?],
                initial_quantity: whole("Variant Inventory Qty")?,
            });
        }
        let url = self.cell(row, "Image Src");
        if !url.is_empty() {
            draft.media.push(MediaDraft { url: url.to_owned(), alt: self.cell(row, "Image Alt Text").to_owned() });
        }
        Ok(())
    }
}

/// The next product with the line it begins on, or why it is refused. A refused product does not end the file.
impl<R: Read> Iterator for Products<R> {
    type Item = Result<(u64, ProductDraft), Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        let first = match self.next_row()? {
            Ok(row) => row,
            Err(refusal) => return Some(Err(refusal)),
        };
        let line_of = |row: &StringRecord| row.position().map_or(0, csv::Position::line);
        let handle = self.cell(&first, "Handle").to_owned();
        let refusal = |row: &StringRecord, reason| Refusal { line: line_of(row), handle: handle.clone(), reason };
        let first_line = line_of(&first);
        let mut product = self.head(&first).map_err(|reason| refusal(&first, reason));
        let mut row = first;
        loop {
            if let Ok(draft) = &mut product
                && let Err(reason) = self.add(draft, &row)
            {
                product = Err(refusal(&row, reason));
            }
            match self.next_row() {
                None => break,
                Some(Err(broken)) => {
                    product = product.and(Err(broken));
                    break;
                }
                // A second title under the same handle is another product that claims it, not a further variant.
                Some(Ok(next))
                    if self.cell(&next, "Handle") == handle
                        && !handle.is_empty()
                        && self.cell(&next, "Title").is_empty() =>
                {
                    row = next
                }
                Some(Ok(next)) => {
                    self.ahead = Some(next);
                    break;
                }
            }
        }
        Some(product.map(|draft| (first_line, draft)))
    }
}
