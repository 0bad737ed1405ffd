//! The texts that the service comes with.

use events::orders::OrderConfirmed;
use notifications::app::render;
use notifications::domain::{ChannelKind, Context, TemplateName};
use sqlx::PgPool;

use crate::world::{World, order, registered};

#[sqlx::test(migrations = false)]
async fn every_text_is_there_in_both_languages_and_uses_only_what_its_occasion_has(pool: PgPool) {
    let world = World::open(pool).await;
    let templates = world.app.templates().await.unwrap();
    for &name in TemplateName::ALL {
        for &channel in name.channels() {
            for locale in ["en", "de"] {
                let found = templates
                    .iter()
                    .find(|of| of.name == name && of.channel == channel && of.locale == locale)
                    .unwrap_or_else(|| panic!("{} {} {locale} is missing", name.name(), channel.name()));
                for full in [true, false] {
                    let shown = render(found, &Context::example(name, full))
                        .unwrap_or_else(|error| panic!("{} {} {locale}: {error}", name.name(), channel.name()));
                    assert_eq!(shown.html.is_some(), channel == ChannelKind::Email);
                    for text in [Some(&shown.subject), Some(&shown.text), shown.html.as_ref()].into_iter().flatten() {
                        assert!(!text.contains("{{") && !text.contains("{%") && !text.contains("none"), "{text}");
                    }
                }
            }
        }
    }
    let told: usize = TemplateName::ALL.iter().map(|name| name.channels().len()).sum();
    assert_eq!(templates.len(), told * 2, "no text is without an occasion");
}

#[sqlx::test(migrations = false)]
async fn each_value_of_an_occasion_that_is_missing_is_noticed(pool: PgPool) {
    let world = World::open(pool).await;
    for template in world.app.templates().await.unwrap() {
        let stranger = match template.name {
            TemplateName::StockLow | TemplateName::AccountWelcome | TemplateName::PasswordChanged => {
                TemplateName::OrderShipped
            }
            _ => TemplateName::StockLow,
        };
        let shown = render(&template, &Context::example(stranger, true));
        assert!(shown.is_err(), "{} {} {}", template.name.name(), template.channel.name(), template.locale);
    }
}

#[sqlx::test(migrations = false)]
async fn hostile_titles_names_and_reasons_are_shown_and_not_run(pool: PgPool) {
    let mut world = World::open(pool).await;
    let script = "<img src=x onerror=alert(1)>\"'&{{ 7 * 7 }}";
    let mut hostile = order(1);
    hostile.lines[0].title = script.into();
    hostile.lines[0].variant_title = script.into();
    hostile.shipping_address.name = script.into();
    hostile.number = "TC-1\r\nBcc: eve@example.org".into();
    world.wire.deliver(&OrderConfirmed { order: hostile }).await;
    let mut account = registered(7, "en");
    account.display_name = "<b>Eve<b>\r\nMallory".into();
    let mut advertiser = registered(8, "en");
    advertiser.display_name = "win at https://casino.example".into();
    world.wire.deliver(&account).await;
    world.wire.deliver(&advertiser).await;
    let stored = world.stored().await;
    let html = stored[0].html.as_deref().unwrap();
    assert!(!html.contains("<img") && html.contains("&lt;img src=x onerror=alert(1)&gt;"), "{html}");
    assert!(html.contains("{{ 7 * 7 }}") && !html.contains("49"), "what is filled in is not a template: {html}");
    assert!(stored[0].text.contains(script), "plain text needs no escaping");
    assert_eq!(stored[0].subject, "Your order TC-1 Bcc: eve@example.org is confirmed");
    assert_eq!(stored[1].subject, "Welcome, <b>Eve<b> Mallory");
    assert!(stored[1].html.as_deref().unwrap().contains("Hello &lt;b&gt;Eve&lt;b&gt; Mallory,"));
    assert!(stored[2].subject == "Welcome" && !stored[2].text.contains("casino"), "nobody advertises through us");
}
