use events::users::UserDeleted;

use super::handle;

handle!(UserDeleted, |app, conn, event| app.forget_user(conn, event.user_id));
