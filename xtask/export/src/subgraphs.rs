//! The one list of subgraphs that take part in composition. A new subgraph adds a line here and a dependency in Cargo.toml.

/// One subgraph as composition sees it.
pub(crate) struct Subgraph {
    pub(crate) name: &'static str,
    /// Where it listens in development; the gateway overrides the routing URL elsewhere.
    pub(crate) port: u16,
    pub(crate) sdl: fn() -> String,
    /// The kinds of event that it listens to.
    pub(crate) kinds: fn() -> Vec<&'static str>,
}

impl Subgraph {
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/graphql", self.port)
    }
}

/// Every subgraph, by port.
pub(crate) fn subgraphs() -> Vec<Subgraph> {
    macro_rules! list {
        ($($name:ident),+) => { vec![$(Subgraph { name: $name::NAME, port: $name::PORT, sdl: $name::sdl, kinds: $name::kinds }),+] };
    }
    list![auth, users, products, inventory, orders, payments, notifications, search]
}
