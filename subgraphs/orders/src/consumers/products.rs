use events::products::{ProductArchived, ProductChanged, ProductPublished};

use super::handle;

handle!(ProductPublished, |app, conn, event| app.note_product(conn, &event.product));
handle!(ProductChanged, |app, conn, event| app.note_product(conn, &event.product));
handle!(ProductArchived, |app, conn, event| app.note_archived(conn, &event));
