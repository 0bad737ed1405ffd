use events::notifications::MessageSent;
use events::orders::OrderSnapshot;
use kernel::{Email, Fault, OrderId, UserId, VariantId};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{App, NewMessage, Rendered, Template, render};
use crate::domain::{
    Category, ChannelKind, Context, LineFacts, OrderFacts, Preference, Status, TemplateName, date, fallbacks, instant,
    money, salutation, wanted,
};
use crate::store::{contact, message, preference, template};

/// An occasion to write.
pub(super) struct Notice<'a> {
    pub(super) template: TemplateName,
    /// What makes the occasion unique; the template and the channel are added to it.
    pub(super) occasion: String,
    pub(super) locale: &'a str,
    pub(super) user_id: Option<UserId>,
    pub(super) email: Option<&'a Email>,
    pub(super) facts: Facts<'a>,
}

/// What there is to say, in no language yet.
pub(super) enum Facts<'a> {
    Account { name: &'a str, at: OffsetDateTime },
    Order(&'a OrderSnapshot),
    Stock { variant_id: VariantId, available: i64, threshold: i64 },
}

impl App {
    /// Writes the message of the occasion for every channel that reaches its reader, once. One that the reader does not
    /// want is kept as suppressed, so that support can see why nothing came.
    pub(super) async fn notify(&self, conn: &mut PgConnection, notice: &Notice<'_>) -> Result<(), Fault> {
        let category = notice.template.category();
        let (erased, choices) = match notice.user_id {
            Some(user) => {
                let known = contact::find(conn, user).await?;
                (known.is_some_and(|contact| contact.erased), preference::of(conn, user).await?)
            }
            None => (false, Vec::new()),
        };
        let locales = fallbacks(notice.locale);
        let templates = template::active(conn, notice.template, &locales).await?;
        for &channel in notice.template.channels() {
            let reaches = match channel {
                ChannelKind::Email => notice.email.is_some(),
                ChannelKind::InApp => notice.user_id.is_some() || category == Category::Stock,
            };
            if !reaches {
                continue;
            }
            // They come best locale first.
            let template = templates.iter().find(|template| template.channel == channel).ok_or_else(|| {
                Fault::internal(format!("no template {} for {} in {locales:?}", notice.template.name(), channel.name()))
            })?;
            let written = self.write(notice, template, erased, &choices)?;
            if message::insert(conn, &written).await? && written.status == Status::Sent {
                self.tell_sent(conn, &written).await?;
            }
        }
        Ok(())
    }

    fn write(
        &self,
        notice: &Notice<'_>,
        template: &Template,
        erased: bool,
        choices: &[Preference],
    ) -> Result<NewMessage, Fault> {
        let (category, channel) = (notice.template.category(), template.channel);
        let refused = if erased {
            Some("the account was deleted".to_owned())
        } else if notice.user_id.is_some() && !wanted(choices, category, channel) {
            Some(format!("the account does not want {} by {}", category.name(), channel.name()))
        } else {
            None
        };
        let Rendered { subject, text, html } = if erased {
            Rendered { subject: String::new(), text: String::new(), html: None }
        } else {
            render(template, &notice.facts.context(&template.locale))?
        };
        let now = self.clock.now();
        let email = notice.email.filter(|_| channel == ChannelKind::Email && !erased);
        Ok(NewMessage {
            id: self.clock.uuid().into(),
            dedupe_key: format!("{}:{}:{}", notice.occasion, notice.template.name(), channel.name()),
            user_id: notice.user_id,
            order_id: notice.facts.order_id(),
            variant_id: notice.facts.variant_id(),
            recipient: email.map(ToString::to_string),
            channel,
            category,
            template: notice.template,
            template_version: template.version,
            locale: template.locale.clone(),
            subject,
            text,
            html,
            status: match (&refused, channel) {
                (Some(_), _) => Status::Suppressed,
                (None, ChannelKind::Email) => Status::Queued,
                // It has arrived when it is written.
                (None, ChannelKind::InApp) => Status::Sent,
            },
            last_error: refused,
            resend_of: None,
            created_at: now,
            erased_at: erased.then_some(now),
        })
    }

    async fn tell_sent(&self, conn: &mut PgConnection, of: &NewMessage) -> sqlx::Result<()> {
        let event = MessageSent {
            message_id: of.id,
            user_id: of.user_id,
            channel: of.channel.name().to_owned(),
            template: of.template.name().to_owned(),
        };
        self.outbox.put(conn, &*self.clock, &event).await
    }
}

impl Facts<'_> {
    fn order_id(&self) -> Option<OrderId> {
        match self {
            Self::Order(order) => Some(order.order_id),
            Self::Account { .. } | Self::Stock { .. } => None,
        }
    }

    fn variant_id(&self) -> Option<VariantId> {
        match self {
            Self::Stock { variant_id, .. } => Some(*variant_id),
            Self::Account { .. } | Self::Order(_) => None,
        }
    }

    /// The values as the language has them.
    fn context(&self, locale: &str) -> Context {
        match self {
            Self::Account { name, at } => Context::Account { name: salutation(name), at: instant(*at, locale) },
            Self::Order(order) => Context::Order { order: order_facts(order, locale) },
            Self::Stock { variant_id, available, threshold } => {
                Context::Stock { variant_id: variant_id.to_string(), available: *available, threshold: *threshold }
            }
        }
    }
}

fn order_facts(order: &OrderSnapshot, locale: &str) -> OrderFacts {
    let to = &order.shipping_address;
    let town = [to.postal_code.as_str(), to.city.as_str()].join(" ").trim().to_owned();
    let address = [&to.name, &to.line1, &to.line2, &town, &to.region, &to.country];
    let lines = order.lines.iter().map(|line| LineFacts {
        title: line.title.clone(),
        variant_title: line.variant_title.clone(),
        quantity: line.quantity,
        unit_price: money(line.unit_price, locale),
        total: money(line.total, locale),
    });
    OrderFacts {
        number: order.number.clone(),
        reason: order.reason.clone().filter(|reason| !reason.trim().is_empty()),
        placed_on: date(order.placed_at, locale),
        lines: lines.collect(),
        subtotal: money(order.subtotal, locale),
        shipping: money(order.shipping, locale),
        tax: money(order.tax, locale),
        total: money(order.total, locale),
        address: address.into_iter().filter(|line| !line.is_empty()).cloned().collect(),
    }
}
