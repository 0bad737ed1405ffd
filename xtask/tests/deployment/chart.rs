//! The chart, the alerts and the dashboard name only what there is.

use std::collections::BTreeSet;

use super::interface::{GATEWAY, READDRESS, Subgraphs, metrics, named_metrics, owned, repository, service_variables};
use serde_yaml_ng::Value;

const CHART: &str = "deploy/helm/techcorp";

fn text(path: &str) -> String {
    std::fs::read_to_string(repository(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn yaml(path: &str) -> Value {
    serde_yaml_ng::from_str(&text(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_chart_runs_every_subgraph_on_its_port() {
    let (values, subgraphs) = (yaml(&format!("{CHART}/values.yaml")), Subgraphs::read());
    let services = values["services"].as_mapping().expect("services");
    for name in subgraphs.names() {
        let port = values["services"][name]["port"].as_u64();
        assert_eq!(port, subgraphs.port(name).map(u64::from), "{name}");
    }
    assert_eq!(services.len(), subgraphs.names().count(), "the chart has a service that is no subgraph");
}

/// The variables that a template sets: `- { name: HOST, value: …`.
fn set_in(template: &str) -> BTreeSet<String> {
    let capitals = |name: &&str| !name.is_empty() && name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    let names = template.split("- { name: ").skip(1).filter_map(|rest| rest.split(',').next());
    names.filter(capitals).map(str::to_owned).collect()
}

#[test]
fn the_chart_sets_only_variables_that_the_programs_know() {
    let service: BTreeSet<String> = service_variables().into_iter().collect();
    let gateway: BTreeSet<String> = owned(GATEWAY).into_iter().chain(owned(READDRESS)).collect();
    for (template, known) in [("services", service.clone()), ("prepare", service), ("gateway", gateway)] {
        let set = set_in(&text(&format!("{CHART}/templates/{template}.yaml")));
        assert!(set.len() > 4, "{template}.yaml sets only {set:?}");
        let unknown: Vec<_> = set.difference(&known).collect();
        assert!(unknown.is_empty(), "{template}.yaml sets {unknown:?}, which no program reads");
    }
}

#[test]
fn the_database_is_prepared_before_an_installation_and_an_upgrade_with_two_secrets_only() {
    let template = text(&format!("{CHART}/templates/prepare.yaml"));
    for line in ["kind: Job", "helm.sh/hook: pre-install,pre-upgrade", "args: [prepare]", "restartPolicy: Never"] {
        assert!(template.contains(line), "prepare.yaml lacks `{line}`");
    }
    let keys = template.split("- { key: ").skip(1).filter_map(|rest| rest.split(',').next());
    assert_eq!(keys.collect::<Vec<_>>(), ["database_url", "amqp_url"]);
    assert!(!template.contains("secrets.payments") && !template.contains("secrets.notifications"));
}

#[test]
fn probes_ask_what_the_programs_answer() {
    let health = text("crates/chassis/src/health.rs");
    for path in ["/health/live", "/health/serving"] {
        assert!(text(&format!("{CHART}/templates/services.yaml")).contains(&format!("path: {path},")), "{path}");
        assert!(health.contains(&format!("\"{path}\"")), "services do not answer {path}");
    }
    let pages = text("gateway/src/plugins/pages/mod.rs");
    for path in ["/health", "/readiness"] {
        assert!(text(&format!("{CHART}/templates/gateway.yaml")).contains(&format!("path: {path},")), "{path}");
        assert!(pages.contains(&format!("\"{path}\"")), "the gateway does not answer {path}");
    }
}

#[test]
fn every_alert_has_a_runbook_a_severity_and_a_route() {
    let rules = yaml(&format!("{CHART}/files/alerts.yaml"));
    let index = text("docs/runbooks/README.md");
    let mut alerts = 0;
    for rule in rules["groups"]
        .as_sequence()
        .expect("groups")
        .iter()
        .flat_map(|group| group["rules"].as_sequence().expect("rules"))
    {
        let name = rule["alert"].as_str().expect("an alert");
        let page = rule["annotations"]["runbook"].as_str().expect("a runbook");
        assert!(text(page).starts_with(&format!("# {name}\n")), "{page} is not about {name}");
        assert!(index.contains(&format!("| {name} |")), "docs/runbooks/README.md does not list {name}");
        assert!(matches!(rule["labels"]["severity"].as_str(), Some("critical" | "warning")), "{name}");
        alerts += 1;
    }
    let pages = std::fs::read_dir(repository("docs/runbooks")).expect("runbooks").count();
    assert_eq!(pages, alerts + 1, "a page without its alert, beside the index");
}

/// Names with an underscore that a query asks for, without its labels and strings.
fn asked_for(query: &str) -> BTreeSet<String> {
    let mut bare = String::new();
    let (mut depth, mut quoted) = (0_u32, false);
    for c in query.chars() {
        match c {
            '"' => quoted = !quoted,
            '{' | '[' if !quoted => depth += 1,
            '}' | ']' if !quoted => depth -= 1,
            c if depth == 0 && !quoted => bare.push(c),
            _ => {}
        }
    }
    let words = bare.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).filter(|word| word.contains('_'));
    words.filter(|word| !["histogram_quantile", "label_values"].contains(word)).map(str::to_owned).collect()
}

#[test]
fn alerts_and_dashboard_ask_only_for_metrics_that_there_are() {
    let rules = yaml(&format!("{CHART}/files/alerts.yaml"));
    let dashboard = yaml(&format!("{CHART}/files/dashboard.json"));
    let mut queries = Vec::new();
    for group in rules["groups"].as_sequence().expect("groups") {
        queries.extend(group["rules"].as_sequence().expect("rules").iter().map(|rule| &rule["expr"]));
    }
    for panel in dashboard["panels"].as_sequence().expect("panels") {
        queries.extend(panel["targets"].as_sequence().into_iter().flatten().map(|target| &target["expr"]));
    }
    assert!(queries.len() > 15, "{} queries", queries.len());
    let known = metrics();
    for query in queries.into_iter().map(|query| query.as_str().expect("a query")) {
        let unknown: Vec<_> = asked_for(query).into_iter().filter(|name| !known.contains(name)).collect();
        assert!(unknown.is_empty(), "{query}\nasks for {unknown:?}");
    }
}

#[test]
fn the_documentation_lists_every_metric_that_services_tell() {
    let page = text("docs/components/monitoring-stack.md");
    let section = page.split_once("## What the services tell").expect("the section").1;
    let section = section.split_once("\n## ").expect("another section").0;
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split(" |").next());
    // The first cell without its first backtick: a`, `b`
    let listed: BTreeSet<&str> =
        rows.flat_map(|cell| cell.split('`').step_by(2)).filter(|name| !name.is_empty()).collect();
    let told = named_metrics();
    let told: BTreeSet<&str> = told.keys().map(String::as_str).collect();
    assert_eq!(listed, told, "the list in docs/components/monitoring-stack.md, and what the code tells");
}

#[test]
fn a_query_is_read_without_its_labels() {
    let query = "sum by (service) (rate(http_requests_total{status_code=~\"5.._x\"}[$__rate_interval])) / other_total";
    assert_eq!(asked_for(query), ["http_requests_total", "other_total"].map(str::to_owned).into());
    assert_eq!(set_in("- { name: HOST, value: x }\n- { name: tmp, emptyDir: {} }"), ["HOST".to_owned()].into());
}
