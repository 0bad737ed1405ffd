//! What holds for every way out, and what for SMTP alone.

use std::sync::Arc;
use std::time::Duration;

use notifications::adapters::{Channel, Mailbox, Outgoing, Settings, Undelivered};
use notifications::app::App;
use notifications::domain::Sending;
use sqlx::PgPool;
use uuid::Uuid;

use crate::mail_server::{MailServer, Manner};
use crate::world::World;

fn outgoing(subject: &str) -> Outgoing {
    Outgoing {
        id: Uuid::from_u128(42).into(),
        recipient: "ada@example.org".parse().unwrap(),
        subject: subject.into(),
        text: "Grüße,\n.\nTechCorp".into(),
        html: "<p>Grüße</p>".into(),
        created_at: time::OffsetDateTime::UNIX_EPOCH,
    }
}

fn smtp(url: String) -> Arc<dyn Channel> {
    let settings =
        Settings { url: Some(url.into()), from: Some("TechCorp <shop@techcorp.test>".into()), production: false };
    settings.channel().unwrap()
}

/// What holds for every channel.
async fn contract(channel: &dyn Channel) {
    for subject in ["Your order is confirmed", "Ihre Bestellung ist bestätigt ✓", "", &"long ".repeat(40)] {
        assert!(channel.send(&outgoing(subject)).await.is_ok(), "{subject:?} is taken");
    }
    let receipt = channel.send(&outgoing("again")).await.unwrap();
    assert!(!receipt.reference.is_empty(), "there is something to quote");
    assert!(channel.send(&outgoing("again")).await.is_ok(), "the same message is taken twice");
}

#[tokio::test]
async fn the_mailbox_keeps_the_contract() {
    contract(&Mailbox).await;
}

#[tokio::test]
async fn smtp_keeps_the_contract() {
    let server = MailServer::start(Manner::Takes).await;
    contract(&*smtp(server.url())).await;
    assert_eq!(server.mails().len(), 6);
}

#[tokio::test]
async fn smtp_carries_sender_recipient_both_texts_and_an_id_that_stays() {
    let server = MailServer::start(Manner::Takes).await;
    let channel = smtp(server.url());
    for _ in 0..2 {
        assert_eq!(channel.send(&outgoing("Hello")).await.unwrap().reference, "taken as 42");
    }
    let mails = server.mails();
    let id = format!("Message-ID: <{}@techcorp.test>\r\n", Uuid::from_u128(42));
    for mail in &mails {
        assert_eq!(
            (mail.from.as_str(), mail.to.as_slice()),
            ("shop@techcorp.test", &["ada@example.org".to_owned()][..])
        );
        for part in [
            &id,
            "From: TechCorp <shop@techcorp.test>\r\n",
            "To: ada@example.org\r\n",
            "Subject: Hello\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "Date: Thu, 01 Jan 1970",
            "text/plain",
            "text/html",
        ] {
            assert!(mail.data.contains(part), "{part}: {}", mail.data);
        }
    }
}

#[tokio::test]
async fn no_subject_begins_another_header() {
    let server = MailServer::start(Manner::Takes).await;
    let channel = smtp(server.url());
    for hostile in [
        "Hi\r\nBcc: eve@example.org",
        "Hi\nBcc: eve@example.org",
        "Hi\rBcc: eve@example.org",
        "Hi\r\n\r\n<script>",
        "é\r\nBcc: eve@example.org",
    ] {
        channel.send(&outgoing(hostile)).await.unwrap();
    }
    for mail in server.mails() {
        let (headers, _) = mail.data.split_once("\r\n\r\n").unwrap();
        let names: Vec<&str> = headers.lines().filter_map(|line| line.split_once(": ")).map(|(name, _)| name).collect();
        assert!(!names.contains(&"Bcc") && names.contains(&"MIME-Version"), "{headers}");
        assert_eq!(mail.to, ["ada@example.org"]);
        assert!(!headers.contains("<script>") || headers.contains("Subject: Hi <script>"), "{headers}");
    }
}

#[tokio::test]
async fn a_refused_recipient_is_final_and_everything_else_may_pass() {
    let outcome = async |manner| {
        let server = MailServer::start(manner).await;
        smtp(server.url()).send(&outgoing("Hello")).await.unwrap_err()
    };
    for refusal in ["550 no such mailbox", "553 not here", "501 bad address"] {
        let found = outcome(Manner::Recipient(refusal)).await;
        assert!(matches!(&found, Undelivered::Refused(why) if why.contains(&refusal[4..])), "{found:?}");
    }
    let found = outcome(Manner::Recipient("450 mailbox busy")).await;
    assert!(matches!(&found, Undelivered::Deferred(why) if why.contains("mailbox busy")), "{found:?}");
    for manner in [
        Manner::Recipient("530 authentication required"),
        Manner::Greets("421 too busy"),
        Manner::Greets("521 no mail here"),
        Manner::Drops,
    ] {
        let found = outcome(manner).await;
        assert!(matches!(found, Undelivered::Unavailable(_)), "{manner:?}: {found:?}");
    }
}

#[sqlx::test(migrations = false)]
async fn a_mail_server_that_is_down_hangs_and_comes_back_gets_the_message_in_the_end(pool: PgPool) {
    let mut world = World::open(pool).await;
    world.queue_one().await;
    let server = MailServer::start(Manner::Hangs).await;
    let address = server.address;
    let channel = smtp(server.url());
    let app = App::new(world.pool.clone(), world.clock.clone(), channel);
    let impatient = Sending { deadline: Duration::from_millis(50), ..Sending::default() };
    app.clone().sending(impatient).dispatch().await.unwrap();
    assert_eq!(world.stored().await[0].last_error.as_deref(), Some("no answer within 50ms"));
    drop(server);
    // The port is free once the aborted task has let go of it.
    while tokio::net::TcpStream::connect(address).await.is_ok() {}
    world.clock.advance(30);
    app.dispatch().await.unwrap();
    let down = world.stored().await;
    assert_eq!((down[0].status.as_str(), down[0].attempts), ("QUEUED", 2));
    let server = MailServer::start_at(address, Manner::Takes).await;
    world.clock.advance(60);
    app.dispatch().await.unwrap();
    assert_eq!(world.outline().await, ["ORDER_CONFIRMED EMAIL SENT"]);
    let mails = server.mails();
    assert_eq!((mails.len(), mails[0].to.as_slice()), (1, &["guest@example.org".to_owned()][..]));
}
