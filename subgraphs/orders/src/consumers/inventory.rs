use events::inventory::{
    CommitRefused, LevelChanged, ReleasedBecause, StockCommitted, StockRejected, StockReleased, StockReserved,
};

use super::handle;
use crate::domain::Input;

handle!(LevelChanged, |app, conn, event| app.note_level(conn, &event));
handle!(StockReserved, |app, conn, event| app.hear(conn, event.order_id, &Input::StockReserved, None));
handle!(StockRejected, |app, conn, event| app.hear(conn, event.order_id, &Input::StockRejected, None));
handle!(StockCommitted, |app, conn, event| app.hear(conn, event.order_id, &Input::StockCommitted, None));
handle!(CommitRefused, |app, conn, event| app.hear(conn, event.order_id, &Input::CommitRefused, None));
handle!(StockReleased, |app, conn, event| app.hear(
    conn,
    event.order_id,
    match event.reason {
        ReleasedBecause::Requested => &Input::StockReleased,
        ReleasedBecause::Expired => &Input::StockExpired,
    },
    None
));
