use chassis::Notifications;
use tokio::sync::broadcast::Receiver;

use super::App;
use crate::domain::Level;

/// The channel on which the database tells of levels that changed.
const CHANNEL: &str = "inventory_level";

impl App {
    /// Hears of levels that change from now on; `None` means that any may have, so that one has to look.
    pub fn level_changes(&self) -> Receiver<Option<Level>> {
        self.levels.subscribe()
    }

    /// Passes on what the database tells of at each commit, in whichever process it was changed: to the counters, and to who follows.
    /// Calls back each time that counters have changed, or may be behind. Never returns.
    pub async fn follow_levels(&self, notifications: &Notifications, changed: impl Fn()) {
        let keeping = self.keep_counts(self.level_changes(), changed);
        let listening = notifications.listen(CHANNEL, |payload| {
            // Nobody listening is no error.
            let _ = self.levels.send(payload.and_then(read));
        });
        tokio::join!(keeping, listening);
    }
}

/// The level as the database's trigger writes it.
fn read(payload: &str) -> Option<Level> {
    let mut parts = payload.split(' ');
    Some(Level {
        variant_id: parts.next()?.parse().ok()?,
        version: parts.next()?.parse().ok()?,
        available: parts.next()?.parse().ok()?,
        threshold: parts.next()?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_means_that_one_has_to_look() {
        let id = "019b7700-0000-7000-8000-000000000001";
        let level = Level { variant_id: id.parse().unwrap(), version: 3, available: 7, threshold: 5 };
        assert_eq!(read(&format!("{id} 3 7 5")), Some(level));
        for payload in ["", id, &format!("{id} 3 7"), &format!("{id} 3 x 5")] {
            assert_eq!(read(payload), None, "{payload:?}");
        }
    }
}
