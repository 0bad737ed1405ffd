//! What we add to the router. Each plugin is a thin hook over logic that knows nothing of the router.

pub(crate) mod deadline;
pub(crate) mod pages;
pub(crate) mod rate_limit;
