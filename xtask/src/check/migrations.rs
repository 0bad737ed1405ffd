//! Migrations run while the version before still works on the database: what it reads and writes must stay.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::Finding;

/// In a comment of the line before: the version before does not need it any more, and why.
const MARK: &str = "contract:";

/// What takes something away that the version before may use: how the statement begins, and what it says after that, in order.
const DESTRUCTIVE: [(&str, &[&str]); 8] = [
    ("drop", &["table"]),
    ("drop", &["schema"]),
    ("drop", &["view"]),
    ("truncate", &[]),
    ("alter", &["drop column"]),
    ("alter", &["rename"]),
    ("alter", &["alter column", "type"]),
    ("alter", &["set not null"]),
];

pub(crate) fn check(root: &Path, tree: &[PathBuf]) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for file in tree.iter().filter(|file| is_migration(file)) {
        let text = fs::read_to_string(root.join(file)).with_context(|| format!("cannot read {}", file.display()))?;
        findings.extend(statements(&text).into_iter().filter_map(|statement| {
            let taken = destructive(&statement.words).filter(|_| !statement.marked)?;
            let remedy = format!(
                "remove it one version after the last that uses it, and say so in a comment before it: `-- {MARK} why`; \
                 docs/recipes.md, \"Change the database\""
            );
            Some(Finding::error(file, statement.line, format!("`{taken}` breaks the version before"), remedy))
        }));
    }
    Ok(findings)
}

fn is_migration(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "sql") && file.iter().any(|part| part == "migrations")
}

struct Statement {
    line: usize,
    words: Vec<String>,
    marked: bool,
}

/// The statements of the text, in small letters, without comments and quoted text. What a function does when it is called is
/// quoted by dollars and not looked at.
fn statements(text: &str) -> Vec<Statement> {
    let mut found = Vec::new();
    let mut current = Statement { line: 0, words: Vec::new(), marked: false };
    let (mut in_body, mut quoted) = (false, false);
    for (index, line) in text.lines().enumerate() {
        let (code, comment) = line.split_once("--").unwrap_or((line, ""));
        current.marked |= comment.trim_start().strip_prefix(MARK).is_some_and(|why| !why.trim().is_empty());
        let mut word = String::new();
        for (at, letter) in code.char_indices() {
            if code[at..].starts_with("$$") {
                in_body = !in_body;
            }
            if letter == '\'' && !in_body {
                quoted = !quoted;
            }
            if in_body || quoted {
                continue;
            }
            if letter.is_alphanumeric() || letter == '_' {
                word.push(letter.to_ascii_lowercase());
                continue;
            }
            current.take(&mut word, index + 1);
            if letter == ';' {
                found.push(std::mem::replace(&mut current, Statement { line: 0, words: Vec::new(), marked: false }));
            }
        }
        current.take(&mut word, index + 1);
    }
    found.push(current);
    found
}

impl Statement {
    fn take(&mut self, word: &mut String, line: usize) {
        if !word.is_empty() {
            if self.words.is_empty() {
                self.line = line;
            }
            self.words.push(std::mem::take(word));
        }
    }
}

fn destructive(words: &[String]) -> Option<String> {
    let (first, rest) = words.split_first()?;
    // Two that take nothing away.
    let rest = format!(" {} ", rest.join(" ")).replace(" drop not null ", " ").replace(" is not null ", " ");
    let said = |phrases: &[&str]| {
        let mut from = Some(0);
        for phrase in phrases {
            // The space after it may be the one before the next.
            from = from.and_then(|at| Some(at + rest[at..].find(&format!(" {phrase} "))? + phrase.len() + 1));
        }
        from.is_some()
    };
    if first == "alter" && said(&["add column", "not null"]) && !said(&["default"]) && !said(&["generated"]) {
        return Some("add column … not null without default".to_owned());
    }
    let (_, phrases) = DESTRUCTIVE.iter().find(|(begins, phrases)| first == begins && said(phrases))?;
    Some(format!("{first} {}", phrases.join(" ")).trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::tests::messages;

    const FILE: &str = "subgraphs/orders/migrations/1002_less.sql";

    #[test]
    fn what_takes_something_away_is_refused_with_its_line() {
        for (sql, named) in [
            ("drop table orders.cart;", "drop table"),
            ("alter table orders.cart\n  drop column note;", "alter drop column"),
            ("alter table orders.cart rename column note to remark;", "alter rename"),
            ("ALTER TABLE orders.cart ALTER COLUMN note TYPE bigint;", "alter alter column type"),
            ("alter table orders.cart alter column note set not null;", "alter set not null"),
            ("truncate orders.cart;", "truncate"),
            ("alter table orders.cart add column n bigint not null;", "add column … not null without default"),
        ] {
            let found = messages(&[(FILE, &format!("-- Less.\n\n{sql}\n"))]);
            assert_eq!(found.len(), 1, "{sql}: {found:?}");
            assert!(
                found[0].starts_with(&format!("{FILE}:3: error: `{named}` breaks the version before")),
                "{}",
                found[0]
            );
        }
    }

    #[test]
    fn a_comment_that_gives_the_reason_lets_it_pass_for_its_statement_only() {
        let marked = "-- contract: nothing has read it since 0.3\nalter table orders.cart drop column note;\n";
        assert_eq!(messages(&[(FILE, marked)]), Vec::<String>::new());
        assert_eq!(messages(&[(FILE, "-- contract:\ndrop table orders.cart;\n")]).len(), 1, "no reason");
        assert_eq!(messages(&[(FILE, &format!("{marked}drop table orders.cart;\n"))]).len(), 1);
    }

    #[test]
    fn what_only_adds_or_only_speaks_of_it_passes() {
        let added = "-- We drop table names here.
            create table orders.note (id uuid primary key, text text not null default 'drop table');
            alter table orders.cart add column remark text not null default '';
            alter table orders.cart add column type text, alter column note drop not null;
            alter table orders.cart drop constraint cart_note_check;
            create function orders.clean() returns trigger language plpgsql as $$ begin truncate orders.note; end $$;
            create trigger only_grows before truncate on orders.note for each statement execute function orders.clean();
            insert into orders.note values (gen_random_uuid(), 'we''ll rename it');\n";
        assert_eq!(messages(&[(FILE, added)]), Vec::<String>::new());
        assert_eq!(messages(&[("subgraphs/orders/src/store/clean.sql", "drop table orders.cart;\n")]).len(), 0);
    }
}
