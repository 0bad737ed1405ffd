//! One database; for each service a schema of its own and a role that reaches nothing else.

use std::str::FromStr;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use sqlx::migrate::{Migration, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool};

use tokio::task::JoinSet;

use crate::{StartError, breaker};

/// How long a query may run before the database ends it.
const STATEMENT_TIMEOUT: &str = "10s";
/// How long a request waits for a free connection while all are in use. While the server is away it does not wait (`breaker`).
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(3);

/// How long a connection may be unused before it is tried first. Trying costs a round trip, so those that are busy are not.
const IDLE: Duration = Duration::from_secs(1);
/// Connections that are open before the first request. A new replica gets its share of the load at once, and signing in costs
/// both sides time: connections that are all made at the first requests may be late for all of them.
const WARM: u32 = 4;

/// See [`Schema::planned_once`]. A scan that cannot be avoided counts as dear, which must not have it compiled first. A few rows by
/// their keys are read best in the order of the index, which the default price of a page, that of a turning disk, hides.
const PLANNED_ONCE: [(&str, &str); 4] =
    [("plan_cache_mode", "force_generic_plan"), ("enable_seqscan", "off"), ("random_page_cost", "1.1"), ("jit", "off")];

/// The advisory lock under which rights are given.
const GRANTS: i64 = 7311;

async fn warm(pool: &PgPool, connections: u32) {
    let mut warm = JoinSet::new();
    for _ in 0..connections.min(WARM) {
        let pool = pool.clone();
        warm.spawn(async move { pool.acquire().await });
    }
    // Each is held until all are there, so that it is another one. A failure here is one at the first request, and no worse.
    let _until_now = warm.join_all().await;
}

fn failed(who: &str, what: &str, error: &dyn std::fmt::Display) -> StartError {
    StartError::new(
        format!("{who}: {what}: {error}"),
        "check that the database runs and that its user may create schemas and roles",
    )
}

/// A service's part of the database.
#[derive(Debug, Clone)]
pub struct Schema {
    name: &'static str,
    migrations: Vec<Migration>,
    planned_once: bool,
}

impl Schema {
    /// The schema with the service's own migrations. Their versions start at 1001; lower ones belong to shared crates.
    pub fn new(name: &'static str, own: &Migrator) -> Self {
        Self { name, migrations: own.iter().cloned().collect(), planned_once: false }
    }

    /// A schema of shared crates' tables only.
    pub fn empty(name: &'static str) -> Self {
        Self { name, migrations: Vec::new(), planned_once: false }
    }

    /// Adds the migrations of a shared crate.
    #[must_use]
    pub fn with(mut self, shared: Vec<Migration>) -> Self {
        self.migrations.extend(shared);
        self
    }

    /// Has the database plan each statement of the service once for a connection, whatever its values, and by an index where there is
    /// one, whatever the size of the table was just then. Planning a statement anew takes longer than most of them run, and one that was
    /// planned while a queue was empty would read all of it when it has grown.
    ///
    /// Only for services whose statements go by the same index for all values: `$1 is null or …` and `like $1` do not.
    #[must_use]
    pub fn planned_once(mut self) -> Self {
        self.planned_once = true;
        self
    }

    /// Brings the schema up to date. Several replicas may call this at once: one migrates, the others wait.
    ///
    /// # Errors
    /// A migration that fails, or one that was changed after it was applied.
    pub async fn migrate(&self, conn: &mut PgConnection) -> Result<(), sqlx::migrate::MigrateError> {
        let mut migrator = Migrator::with_migrations(self.migrations.clone());
        migrator.dangerous_set_table_name(format!("{}.schema_migration", self.name));
        migrator.create_schema(self.name);
        migrator.run_direct(None, conn, false).await
    }

    fn role(&self) -> String {
        format!("techcorp_{}", self.name)
    }

    /// A role for the service that can read and write its own schema and nothing else.
    async fn grant(&self, conn: &mut PgConnection) -> sqlx::Result<()> {
        let (schema, role) = (self.name, self.role());
        let sql = format!(
            "do $$ begin
                if not exists (select from pg_roles where rolname = '{role}') then create role {role} nologin; end if;
                if not pg_has_role(current_user, '{role}', 'member') then grant {role} to current_user; end if;
             end $$;
             grant usage on schema {schema} to {role};
             grant select, insert, update, delete on all tables in schema {schema} to {role};
             grant usage on all sequences in schema {schema} to {role};"
        );
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(conn).await?;
        Ok(())
    }
}

/// Where the database is.
#[derive(Debug, Clone)]
pub struct Database {
    url: SecretString,
}

impl Database {
    /// A database by its URL (`postgres://…`).
    pub fn new(url: impl Into<SecretString>) -> Self {
        Self { url: url.into() }
    }

    /// Brings a schema up to date that no service owns.
    ///
    /// # Errors
    /// When the database is away or a migration fails.
    pub async fn migrate(&self, schema: &Schema) -> Result<(), StartError> {
        let mut owner = self.owner(schema.name).await?;
        schema.migrate(&mut owner).await.map_err(|e| failed(schema.name, "cannot migrate", &e))?;
        owner.close().await.map_err(|e| failed(schema.name, "cannot close", &e))
    }

    /// Runs SQL as the owner of the database, one replica at a time: for rights that no service can give itself.
    ///
    /// # Errors
    /// When the database is away or refuses.
    pub async fn administer(&self, sql: String) -> Result<(), StartError> {
        let mut owner = self.owner("administration").await?;
        let locked = format!("select pg_advisory_lock({GRANTS}); {sql}");
        sqlx::raw_sql(AssertSqlSafe(locked))
            .execute(&mut owner)
            .await
            .map_err(|e| failed("administration", "cannot grant", &e))?;
        owner.close().await.map_err(|e| failed("administration", "cannot close", &e))
    }

    fn options(&self, name: &str) -> Result<PgConnectOptions, StartError> {
        let options = PgConnectOptions::from_str(self.url.expose_secret()).map_err(|error| {
            StartError::new(
                format!("DATABASE_URL is malformed: {error}"),
                "use postgres://user:password@host:port/database",
            )
        })?;
        Ok(options.application_name(name))
    }

    /// A few connections that act as the owner of the database, for an operator's commands.
    ///
    /// # Errors
    /// When the URL is malformed or the database away.
    pub async fn owner_pool(&self) -> Result<PgPool, StartError> {
        let options = self.options("administration")?;
        let pool = PgPoolOptions::new().max_connections(2).acquire_timeout(ACQUIRE_TIMEOUT);
        pool.connect_with(options).await.map_err(|e| failed("administration", "cannot connect", &e))
    }

    async fn owner(&self, name: &str) -> Result<PgConnection, StartError> {
        PgConnection::connect_with(&self.options(name)?).await.map_err(|e| failed(name, "cannot connect", &e))
    }

    /// Migrates the schema and opens a pool that acts as the service's role. While the server is away the pool refuses at once;
    /// it watches for that with a connection of its own.
    ///
    /// # Errors
    /// When the URL is malformed, the database away, or a migration fails.
    pub async fn open(&self, schema: &Schema, connections: u32) -> Result<PgPool, StartError> {
        let (options, name) = (self.options(schema.name)?, schema.name);
        let failed = |what: &str, error: &dyn std::fmt::Display| failed(name, what, error);
        let mut owner = self.owner(name).await?;
        schema.migrate(&mut owner).await.map_err(|e| failed("cannot migrate", &e))?;
        // Two services that start at once would both touch the same catalogue rows: one after the other.
        sqlx::query(AssertSqlSafe(format!("select pg_advisory_lock({GRANTS})")))
            .execute(&mut owner)
            .await
            .map_err(|e| failed("cannot lock", &e))?;
        schema.grant(&mut owner).await.map_err(|e| failed("cannot grant", &e))?;
        owner.close().await.map_err(|e| failed("cannot close", &e))?;

        let mut options = options.options([("role", schema.role().as_str()), ("statement_timeout", STATEMENT_TIMEOUT)]);
        if schema.planned_once {
            options = options.options(PLANNED_ONCE);
        }
        let pool = PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .test_before_acquire(false)
            .before_acquire(|conn, meta| {
                Box::pin(async move {
                    if meta.idle_for > IDLE {
                        conn.ping().await?;
                    }
                    Ok(true)
                })
            })
            .connect_with(options.clone())
            .await
            .map_err(|e| failed("cannot open the pool", &e))?;
        warm(&pool, connections).await;
        tokio::spawn(breaker::guard(pool.clone(), options));
        Ok(pool)
    }
}
