//! A mail server in a few lines (RFC 5321), for one message per connection.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What was handed over: the envelope and the message as it came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mail {
    pub from: String,
    pub to: Vec<String>,
    pub data: String,
}

/// How the server behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    Takes,
    /// Answers the recipient with this.
    Recipient(&'static str),
    /// Greets with this.
    Greets(&'static str),
    /// Says nothing.
    Hangs,
    /// Closes the connection when the message is there, before it says what became of it.
    Drops,
}

#[derive(Debug)]
pub struct MailServer {
    pub address: SocketAddr,
    mails: Arc<Mutex<Vec<Mail>>>,
    serving: JoinHandle<()>,
}

impl MailServer {
    pub async fn start(manner: Manner) -> Self {
        Self::serve(TcpListener::bind("127.0.0.1:0").await.unwrap(), manner)
    }

    /// On an address where none is running.
    pub async fn start_at(address: SocketAddr, manner: Manner) -> Self {
        Self::serve(TcpListener::bind(address).await.unwrap(), manner)
    }

    fn serve(listener: TcpListener, manner: Manner) -> Self {
        let mails = Arc::new(Mutex::new(Vec::new()));
        let (address, kept) = (listener.local_addr().unwrap(), mails.clone());
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(converse(stream, manner, kept.clone()));
            }
        });
        Self { address, mails, serving }
    }

    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    pub fn mails(&self) -> Vec<Mail> {
        self.mails.lock().unwrap().clone()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn converse(stream: TcpStream, manner: Manner, mails: Arc<Mutex<Vec<Mail>>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    match manner {
        Manner::Hangs => std::future::pending::<()>().await,
        Manner::Greets(greeting) => stream.write_all(format!("{greeting}\r\n").as_bytes()).await?,
        _ => stream.write_all(b"220 ready\r\n").await?,
    }
    let (mut mail, mut line) = (Mail::default(), String::new());
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let path = || line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
        let answer = match line.get(..4).unwrap_or_default() {
            "EHLO" => "250-here\r\n250 8BITMIME",
            "MAIL" => {
                mail = Mail { from: path(), ..Mail::default() };
                "250 ok"
            }
            "RCPT" => match manner {
                Manner::Recipient(answer) => answer,
                _ => {
                    mail.to.push(path());
                    "250 ok"
                }
            },
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await?;
                loop {
                    line.clear();
                    stream.read_line(&mut line).await?;
                    if line == ".\r\n" {
                        break;
                    }
                    mail.data.push_str(line.strip_prefix('.').unwrap_or(&line));
                }
                mails.lock().unwrap().push(mail.clone());
                if manner == Manner::Drops {
                    return Ok(());
                }
                "250 taken as 42"
            }
            "QUIT" => {
                stream.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => "500 unknown",
        };
        stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
}
