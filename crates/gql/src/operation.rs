use async_graphql::Request;
use async_graphql::parser::types::{OperationType, Selection};

/// Longer names are cut: they are for people to read.
const LONGEST: usize = 80;

/// What was asked for, without its arguments: those may be secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// `query`, `mutation` or `subscription`; `unreadable` for what is no GraphQL.
    pub kind: &'static str,
    /// The fields of the root, in order.
    pub fields: String,
    /// What the client calls it.
    pub name: Option<String>,
    /// Errors in the answer.
    pub errors: usize,
}

impl Operation {
    /// Reads the request, which is not read a second time when it is executed.
    pub(crate) fn of(request: &mut Request) -> Self {
        let name = request.operation_name.clone();
        let unreadable = Self { kind: "unreadable", fields: String::new(), name: None, errors: 0 };
        let Ok(document) = request.parsed_query() else { return unreadable };
        let mut operations = document.operations.iter();
        let chosen = operations.find(|(of, _)| name.is_none() || of.map(|of| of.as_str()) == name.as_deref());
        let Some((own, operation)) = chosen else { return unreadable };
        let kind = match operation.node.ty {
            OperationType::Query => "query",
            OperationType::Mutation => "mutation",
            OperationType::Subscription => "subscription",
        };
        let fields = operation.node.selection_set.node.items.iter().map(|item| match &item.node {
            Selection::Field(field) => field.node.name.node.as_str(),
            Selection::FragmentSpread(_) | Selection::InlineFragment(_) => "…",
        });
        let fields = cut(&fields.collect::<Vec<_>>().join(" "));
        Self { kind, fields, name: own.map(|name| cut(name.as_str())), errors: 0 }
    }
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(query: &str, name: Option<&str>) -> Operation {
        let mut request = Request::new(query);
        request.operation_name = name.map(str::to_owned);
        Operation::of(&mut request)
    }

    #[test]
    fn it_is_named_without_its_arguments() {
        let asked = of(
            "mutation SignIn { sessionCreate(input: { password: \"secret\" }) { accessToken } viewer { id } }",
            None,
        );
        assert_eq!(
            (asked.kind, asked.fields.as_str(), asked.name.as_deref()),
            ("mutation", "sessionCreate viewer", Some("SignIn"))
        );
        let asked = of("{ a: product(slug: \"x\") { id } ...F } fragment F on Query { viewer { id } }", None);
        assert_eq!((asked.kind, asked.fields.as_str(), asked.name), ("query", "product …", None));
    }

    #[test]
    fn it_is_the_one_that_is_chosen() {
        let document = "query A { a } subscription B { b }";
        assert_eq!(of(document, Some("B")).kind, "subscription");
        assert_eq!(of(document, Some("C")).kind, "unreadable");
        assert_eq!(of("secret", None).kind, "unreadable");
    }

    #[test]
    fn a_long_one_is_cut() {
        assert_eq!(of(&format!("{{ {} }}", "é".repeat(1_000)), None).kind, "unreadable", "names are ASCII");
        assert_eq!(of(&format!("{{ {} }}", "e".repeat(1_000)), None).fields.len(), LONGEST);
    }
}
