//! `cargo xtask sqlx`: the offline query data of each subgraph.
//!
//! The data are made in a temporary folder and swapped in only when the crate compiled, so a broken query leaves the old ones.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

use crate::process::{cargo, run as run_command, succeeds};
use crate::test::with_postgres;
use crate::workspace::Workspace;

/// The database the queries are described against; made anew for every crate.
const SCRATCH: &str = "techcorp_xtask_sqlx";

type QueryData = BTreeMap<OsString, Vec<u8>>;

pub(crate) async fn run(workspace: &Workspace, wanted: &[String], check: bool) -> Result<()> {
    let crates = select(subgraphs_with_migrations(&workspace.root)?, wanted)?;
    let given = std::env::var("DATABASE_URL").ok().filter(|url| !url.is_empty());
    let stale = match given {
        Some(url) => each(workspace, &crates, &url, check).await?,
        None => with_postgres(20, async |url| each(workspace, &crates, &url, check).await).await?,
    };
    if check && !stale.is_empty() {
        bail!("query data are stale; run `cargo xtask sqlx {}` and commit .sqlx", stale.join(" "));
    }
    Ok(())
}

/// The subgraphs that have migrations, by package name. Shared crates are not among them: their tables are made in the schema of each
/// subgraph, so their queries are not known before run time.
fn subgraphs_with_migrations(root: &Path) -> Result<BTreeMap<String, PathBuf>> {
    let mut found = BTreeMap::new();
    let Ok(entries) = fs::read_dir(root.join("subgraphs")) else { return Ok(found) };
    for entry in entries {
        let entry = entry.context("cannot read subgraphs/")?;
        if entry.path().join("migrations").is_dir() {
            found.insert(entry.file_name().to_string_lossy().into_owned(), entry.path());
        }
    }
    Ok(found)
}

fn select(mut all: BTreeMap<String, PathBuf>, wanted: &[String]) -> Result<BTreeMap<String, PathBuf>> {
    if let Some(unknown) = wanted.iter().find(|name| !all.contains_key(*name)) {
        let known: Vec<_> = all.into_keys().collect();
        bail!("no subgraph called {unknown} has migrations; these have: {}", known.join(", "));
    }
    all.retain(|name, _| wanted.is_empty() || wanted.contains(name));
    Ok(all)
}

/// Does each crate; the names of those whose data changed come back.
async fn each(
    workspace: &Workspace,
    crates: &BTreeMap<String, PathBuf>,
    server: &str,
    check: bool,
) -> Result<Vec<String>> {
    let mut stale = Vec::new();
    for (name, folder) in crates {
        let fresh = describe(workspace, name, folder, server).await.with_context(|| format!("query data of {name}"))?;
        let committed = folder.join(".sqlx");
        if fresh == read(&committed)? {
            continue;
        }
        if !check {
            replace(&committed, &fresh)?;
            eprintln!("{}: {} queries", workspace.relative(&committed).display(), fresh.len());
        }
        stale.push(name.clone());
    }
    Ok(stale)
}

async fn describe(workspace: &Workspace, name: &str, folder: &Path, server: &str) -> Result<QueryData> {
    let url = scratch_database(server, name, &folder.join("migrations")).await?;
    let made = tempfile::tempdir_in(&workspace.target).context("cannot create a temporary folder")?;
    // Dependencies first, from their own committed data: otherwise their queries would be described here, too.
    succeeds(cargo(&["check", "--quiet", "--package", name], &workspace.root)).await;
    // The macros read the database at compile time, which Cargo cannot see: a new date makes it compile the crate again.
    let library = folder.join("src/lib.rs");
    File::open(&library)
        .and_then(|file| file.set_modified(now()))
        .with_context(|| format!("cannot touch {}", library.display()))?;
    let mut compile = cargo(&["check", "--quiet", "--package", name, "--all-targets"], &workspace.root);
    compile.env("SQLX_OFFLINE", "false").env("SQLX_OFFLINE_DIR", made.path()).env("DATABASE_URL", &url);
    run_command(compile).await?;
    read(made.path())
}

#[expect(clippy::disallowed_methods, reason = "a file date for Cargo, not a business time")]
fn now() -> std::time::SystemTime {
    std::time::SystemTime::now()
}

/// A new database with the crate's schema and migrations; its URL.
async fn scratch_database(server: &str, schema: &str, migrations: &Path) -> Result<String> {
    let mut admin = PgConnection::connect(server).await.context("cannot connect to PostgreSQL")?;
    for statement in [format!("drop database if exists {SCRATCH}"), format!("create database {SCRATCH}")] {
        admin
            .execute(AssertSqlSafe(statement))
            .await
            .context("cannot create a scratch database (the role needs CREATEDB)")?;
    }
    admin.close().await.ok();

    let url = with_database(server, SCRATCH)?;
    let mut database = PgConnection::connect(&url).await.context("cannot connect to the scratch database")?;
    database
        .execute(AssertSqlSafe(format!("create schema if not exists {schema}")))
        .await
        .context("cannot create the schema")?;
    for file in migration_files(migrations)? {
        let sql = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        database.execute(AssertSqlSafe(sql)).await.with_context(|| format!("{} does not apply", file.display()))?;
    }
    database.close().await.ok();
    Ok(url)
}

/// `*.sql` in the order of their names; undo scripts left out.
fn migration_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files: Vec<_> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.retain(|file| {
        file.extension().is_some_and(|kind| kind == "sql") && !file.to_string_lossy().ends_with(".down.sql")
    });
    files.sort();
    Ok(files)
}

/// The same server and credentials, another database. The search path stays as it is: queries name their schema.
fn with_database(url: &str, database: &str) -> Result<String> {
    let (before, query) = url.split_once('?').map_or((url, None), |(before, query)| (before, Some(query)));
    let (scheme, rest) =
        before.split_once("://").context("DATABASE_URL is no URL: expected postgres://user@host/database")?;
    let authority = rest.split_once('/').map_or(rest, |(authority, _)| authority);
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    Ok(format!("{scheme}://{authority}/{database}{query}"))
}

fn read(folder: &Path) -> Result<QueryData> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(QueryData::new());
    };
    let mut data = QueryData::new();
    for entry in entries {
        let entry = entry.with_context(|| format!("cannot read {}", folder.display()))?;
        if entry.path().extension().is_some_and(|kind| kind == "json") {
            let bytes = fs::read(entry.path()).with_context(|| format!("cannot read {}", entry.path().display()))?;
            data.insert(entry.file_name(), bytes);
        }
    }
    Ok(data)
}

fn replace(folder: &Path, fresh: &QueryData) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    for name in read(folder)?.keys().filter(|name| !fresh.contains_key(*name)) {
        fs::remove_file(folder.join(name)).with_context(|| format!("cannot remove a file in {}", folder.display()))?;
    }
    for (name, bytes) in fresh {
        fs::write(folder.join(name), bytes).with_context(|| format!("cannot write in {}", folder.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_database_keeps_server_and_parameters() {
        let url = with_database("postgres://me:pw@localhost:5432/postgres?sslmode=disable", "scratch").expect("a URL");
        assert_eq!(url, "postgres://me:pw@localhost:5432/scratch?sslmode=disable");
        let socket = with_database("postgres:///postgres?host=/run/pg", "scratch").expect("a URL");
        assert_eq!(socket, "postgres:///scratch?host=/run/pg");
        assert_eq!(with_database("postgres://me@host", "scratch").expect("a URL"), "postgres://me@host/scratch");
    }

    #[test]
    fn migrations_apply_in_the_order_of_their_names() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        for name in ["0002_prices.sql", "0001_products.sql", "0001_products.down.sql", "README.md"] {
            fs::write(dir.path().join(name), "").expect("written");
        }
        let names: Vec<_> = migration_files(dir.path())
            .expect("readable")
            .iter()
            .filter_map(|file| file.file_name().map(OsString::from))
            .collect();
        assert_eq!(names, ["0001_products.sql", "0002_prices.sql"]);
    }

    #[test]
    fn an_unknown_crate_is_an_error_that_lists_the_known_ones() {
        let all = BTreeMap::from([("orders".to_owned(), PathBuf::new()), ("products".to_owned(), PathBuf::new())]);
        let error = select(all, &["order".to_owned()]).expect_err("there is no such crate");
        assert_eq!(error.to_string(), "no subgraph called order has migrations; these have: orders, products");
    }

    #[test]
    fn replacing_removes_the_data_of_deleted_queries() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        fs::write(dir.path().join("query-old.json"), "{}").expect("written");
        let fresh = QueryData::from([("query-new.json".into(), b"{}".to_vec())]);
        replace(dir.path(), &fresh).expect("replaced");
        assert_eq!(read(dir.path()).expect("readable"), fresh);
    }
}
