//! Rules of templates, messages and preferences, without I/O.

mod context;
mod kinds;
mod locale;
mod preference;
mod problem;
mod retry;
mod shown;

pub use context::{Context, LineFacts, OrderFacts};
pub use kinds::{Category, ChannelKind, Status, TemplateName};
pub use locale::{DEFAULT_LOCALE, fallbacks, is_locale};
pub use preference::{Preference, complete, wanted};
pub use problem::Problem;
pub use retry::Sending;
pub use shown::{date, instant, money, salutation, single_line};
