//! Which events a service listens to, known without anything that handling them needs.

use std::collections::BTreeMap;
use std::fmt;

use events::{Event, Ranked};

use crate::Handle;
use crate::handler::{Dispatch, Typed};

type Make<H> = fn(&H) -> Box<dyn Dispatch>;

/// The kinds of event that an `H` handles. A service declares them once: its queue is made from [`Self::kinds`], before the
/// service can run, and its [`Consumer`](crate::Consumer) from the same declaration.
pub struct Handlers<H>(BTreeMap<&'static str, Make<H>>);

impl<H> Default for Handlers<H> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<H: Clone + 'static> Handlers<H> {
    /// Listens to one more kind.
    #[must_use]
    pub fn on<E: Event>(mut self) -> Self
    where
        H: Handle<E>,
    {
        self.0.insert(E::NAME, |handler| Box::new(Typed::<E, H>::new(handler.clone(), None)));
        self
    }

    /// Listens to one more kind. When events of an aggregate that were declared so come in one batch, in whatever order, those of a
    /// lower rank than the highest are done with unhandled.
    #[must_use]
    pub fn on_newest<E: Ranked>(mut self) -> Self
    where
        H: Handle<E>,
    {
        self.0.insert(E::NAME, |handler| Box::new(Typed::<E, H>::new(handler.clone(), Some(E::rank))));
        self
    }

    /// The names of the kinds, sorted.
    pub fn kinds(&self) -> Vec<&'static str> {
        self.0.keys().copied().collect()
    }

    pub(crate) fn of(&self, handler: &H) -> impl Iterator<Item = (&'static str, Box<dyn Dispatch>)> {
        self.0.iter().map(move |(kind, make)| (*kind, make(handler)))
    }
}

impl<H: Clone + 'static> fmt::Debug for Handlers<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Handlers").field(&self.kinds()).finish()
    }
}
