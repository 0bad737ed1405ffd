use std::str::FromStr;

/// What became of the stock of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Set aside for it, for a while.
    Reserved,
    /// Not to be had. For good: the order was told so and is over.
    Rejected,
    /// Given back because the order asked. For good: whatever it asked before that and comes later is too late.
    Released,
    /// Given back because the time was over. The order may still be paid, and then tries once more.
    Expired,
    /// Out of the stock for good.
    Committed,
    /// Back in the stock after it had left.
    Restocked,
}

/// What an order asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Request {
    /// Set stock aside.
    Reserve,
    /// Give it back.
    Release,
    /// Take it out for good.
    Commit,
    /// Put it back.
    Restock,
}

/// What an order can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is reserved, until when, and from where.
    Reserved,
    /// It is not, and what lacks.
    Rejected,
    /// It is given back, as asked.
    Released,
    /// It is given back, because the time was over.
    Expired,
    /// It has left the stock, and from where.
    Committed,
    /// It cannot leave the stock, and what lacks.
    Refused,
}

/// What to do about a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Give back what is reserved; it is released.
    GiveBack,
    /// Nothing is held any more and nothing shall be again; it is released.
    Close,
    /// Take out what is reserved; it is committed.
    TakeOut,
    /// Nothing is held, but the order is paid: take it out if there is still enough; it is committed, or else rejected.
    TakeAgain,
    /// Put back what was taken out; it is restocked.
    PutBack,
    /// The stock stays as it is; only the answer is given, perhaps again.
    Say(Answer),
    /// The order is beyond this request.
    Nothing,
}

/// What to do about a request when this became of the order's stock before.
///
/// A request with a new id that was answered before means that whoever asks lacks the answer, so it is given again; the
/// stock moves only once. A request that comes after a later one (a retry lets it be overtaken) changes nothing back.
pub fn decide(request: Request, status: Status) -> Decision {
    use Decision::{Close, GiveBack, Nothing, PutBack, Say, TakeAgain, TakeOut};
    match (request, status) {
        (Request::Reserve, Status::Reserved) => Say(Answer::Reserved),
        (Request::Reserve, Status::Rejected) => Say(Answer::Rejected),
        (Request::Reserve, Status::Released) => Say(Answer::Released),
        (Request::Reserve, Status::Expired) => Say(Answer::Expired),
        (Request::Reserve, Status::Committed | Status::Restocked) => Nothing,

        (Request::Release, Status::Reserved) => GiveBack,
        (Request::Release, Status::Expired) => Close,
        (Request::Release, Status::Rejected | Status::Released) => Say(Answer::Released),
        // What has left the stock comes back by restocking only.
        (Request::Release, Status::Committed | Status::Restocked) => Nothing,

        (Request::Commit, Status::Reserved) => TakeOut,
        (Request::Commit, Status::Expired) => TakeAgain,
        (Request::Commit, Status::Committed) => Say(Answer::Committed),
        (Request::Commit, Status::Rejected | Status::Released) => Say(Answer::Refused),
        (Request::Commit, Status::Restocked) => Nothing,

        (Request::Restock, Status::Committed) => PutBack,
        // The commit that it is to undo is still to come, and will be refused.
        (Request::Restock, Status::Reserved) => GiveBack,
        (Request::Restock, Status::Expired) => Close,
        (Request::Restock, Status::Rejected | Status::Released | Status::Restocked) => Nothing,
    }
}

impl Status {
    const ALL: [Self; 6] =
        [Self::Reserved, Self::Rejected, Self::Released, Self::Expired, Self::Committed, Self::Restocked];

    /// The name it is stored by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reserved => "RESERVED",
            Self::Rejected => "REJECTED",
            Self::Released => "RELEASED",
            Self::Expired => "EXPIRED",
            Self::Committed => "COMMITTED",
            Self::Restocked => "RESTOCKED",
        }
    }
}

impl FromStr for Status {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|status| status.name() == text).ok_or_else(|| format!("unknown status {text:?}"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Where the units of an order are.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    enum Units {
        Free,
        Reserved,
        Out,
    }

    fn units(status: Status) -> Units {
        match status {
            Status::Reserved => Units::Reserved,
            Status::Committed => Units::Out,
            Status::Rejected | Status::Released | Status::Expired | Status::Restocked => Units::Free,
        }
    }

    /// The status after the decision, and the move of the units it stands for.
    fn apply(decision: Decision, status: Status, enough: bool) -> (Status, Option<(Units, Units)>) {
        match decision {
            Decision::GiveBack => (Status::Released, Some((Units::Reserved, Units::Free))),
            Decision::Close => (Status::Released, None),
            Decision::TakeOut => (Status::Committed, Some((Units::Reserved, Units::Out))),
            Decision::TakeAgain if enough => (Status::Committed, Some((Units::Free, Units::Out))),
            Decision::TakeAgain => (Status::Rejected, None),
            Decision::PutBack => (Status::Restocked, Some((Units::Out, Units::Free))),
            Decision::Say(_) | Decision::Nothing => (status, None),
        }
    }

    fn request() -> impl Strategy<Value = Option<Request>> {
        // None is the end of the reservation's life.
        prop::sample::select(vec![
            None,
            Some(Request::Reserve),
            Some(Request::Release),
            Some(Request::Commit),
            Some(Request::Restock),
        ])
    }

    proptest! {
        #[test]
        fn units_are_only_moved_from_where_they_are(
            first in prop::sample::select(Status::ALL.to_vec()),
            story in prop::collection::vec((request(), any::<bool>()), 0..20),
        ) {
            let mut status = first;
            for (request, enough) in story {
                let (next, moved) = match request {
                    None if status == Status::Reserved => (Status::Expired, Some((Units::Reserved, Units::Free))),
                    None => (status, None),
                    Some(request) => apply(decide(request, status), status, enough),
                };
                let (from, to) = moved.unwrap_or((units(status), units(status)));
                prop_assert_eq!((from, to), (units(status), units(next)), "{:?} in {:?}", request, status);
                status = next;
            }
        }

        #[test]
        fn a_request_that_is_repeated_moves_nothing(
            status in prop::sample::select(Status::ALL.to_vec()),
            request in request(),
            enough in any::<bool>(),
        ) {
            if let Some(request) = request {
                let (once, _) = apply(decide(request, status), status, enough);
                let (twice, moved) = apply(decide(request, once), once, true);
                prop_assert_eq!((twice, moved), (once, None));
            }
        }
    }

    #[test]
    fn nothing_leaves_the_stock_for_an_order_that_was_told_no() {
        for status in [Status::Rejected, Status::Released] {
            assert_eq!(decide(Request::Commit, status), Decision::Say(Answer::Refused));
        }
    }

    #[test]
    fn a_status_is_read_by_the_name_it_is_stored_by() {
        for status in Status::ALL {
            assert_eq!(status.name().parse(), Ok(status));
        }
        assert!("reserved".parse::<Status>().is_err());
    }
}
