use events::payments::{
    PaymentActionRequired, PaymentAuthorised, PaymentCaptured, PaymentFailed, PaymentRefunded, PaymentVoided,
    RefundFailed,
};

use super::handle;
use crate::domain::Input;

handle!(PaymentAuthorised, |app, conn, event| app.hear(conn, event.order_id, &Input::PaymentAuthorised, None));
handle!(PaymentCaptured, |app, conn, event| app.hear(conn, event.order_id, &Input::PaymentCaptured, None));
handle!(PaymentVoided, |app, conn, event| app.hear(conn, event.order_id, &Input::PaymentVoided, None));
handle!(PaymentFailed, |app, conn, event| app.hear(
    conn,
    event.order_id,
    &Input::PaymentFailed(event.reason.clone()),
    None
));
handle!(PaymentActionRequired, |app, conn, event| app.hear(
    conn,
    event.order_id,
    &Input::PaymentActionRequired,
    Some(event.action_url.clone())
));
handle!(PaymentRefunded, |app, conn, event| app.refunded(conn, event.order_id, event.amount));
handle!(RefundFailed, |app, conn, event| app.hear(
    conn,
    event.order_id,
    &Input::RefundFailed(event.reason.clone()),
    None
));
