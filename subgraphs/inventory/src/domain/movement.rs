use std::str::FromStr;

/// Why stock changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Units came in with a new variant.
    Receive,
    /// Staff corrected the count.
    Adjust,
    /// Units were set aside for an order.
    Reserve,
    /// The order gave them back.
    Release,
    /// The reservation's life was over.
    Expire,
    /// They left the stock for good.
    Commit,
    /// They came back after they had left.
    Restock,
}

impl Kind {
    const ALL: [Self; 7] =
        [Self::Receive, Self::Adjust, Self::Reserve, Self::Release, Self::Expire, Self::Commit, Self::Restock];

    /// The name it is stored by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Receive => "RECEIVE",
            Self::Adjust => "ADJUST",
            Self::Reserve => "RESERVE",
            Self::Release => "RELEASE",
            Self::Expire => "EXPIRE",
            Self::Commit => "COMMIT",
            Self::Restock => "RESTOCK",
        }
    }
}

impl FromStr for Kind {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == text)
            .ok_or_else(|| format!("unknown kind of movement {text:?}"))
    }
}
