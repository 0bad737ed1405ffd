//! From a URL path to a file that may be served, its type and how long it may be kept.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use percent_encoding::percent_decode_str;

/// GraphiQL talks to this gateway alone; the policy makes that a fact rather than a promise.
const EXPLORER_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:; connect-src 'self' ws: wss:; \
    object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/// An SVG opened by itself is a document: it may style itself, never run a script.
const MEDIA_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// The two directories the gateway serves files from.
#[derive(Debug)]
pub(super) struct Site {
    graphiql_dir: PathBuf,
    media_dir: PathBuf,
}

/// A place a request points at; the file may or may not be there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Location {
    root: PathBuf,
    relative: PathBuf,
    content_type: &'static str,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Explorer,
    Media,
}

/// A file with everything its response needs.
#[derive(Debug)]
pub(super) struct Asset {
    pub(super) bytes: Vec<u8>,
    pub(super) content_type: &'static str,
    pub(super) cache_control: &'static str,
    pub(super) content_security_policy: &'static str,
    pub(super) etag: String,
}

impl Site {
    /// Reads `GRAPHIQL_DIR` and `MEDIA_DIR`; the defaults fit a process started in the repository.
    pub(super) fn from_settings(setting: impl Fn(&str) -> Option<String>) -> Self {
        let directory = |name, default: &str| {
            let value = setting(name).filter(|value| !value.is_empty());
            PathBuf::from(value.unwrap_or_else(|| default.to_owned()))
        };
        Self {
            graphiql_dir: directory("GRAPHIQL_DIR", "gateway/assets/dist"),
            media_dir: directory("MEDIA_DIR", "platform/demo/media"),
        }
    }

    /// `None` for every path that is not ours, or that tries to leave its directory.
    pub(super) fn locate(&self, url_path: &str) -> Option<Location> {
        let (root, relative, kind) = match url_path {
            "/" | "/graphiql" | "/graphiql/" => (&self.graphiql_dir, PathBuf::from("index.html"), Kind::Explorer),
            _ => {
                if let Some(rest) = url_path.strip_prefix("/assets/") {
                    let relative = Path::new("assets").join(safe_relative(rest)?);
                    (&self.graphiql_dir, relative, Kind::Explorer)
                } else {
                    let rest = url_path.strip_prefix("/media/")?;
                    (&self.media_dir, safe_relative(rest)?, Kind::Media)
                }
            }
        };
        let content_type = content_type(&relative)?;
        Some(Location { root: root.clone(), relative, content_type, kind })
    }
}

impl Location {
    /// What to tell someone who finds nothing here.
    pub(super) fn hint(&self) -> &'static str {
        match self.kind {
            Kind::Explorer => {
                "The explorer is not built. Run `npm ci && npm run build` in gateway/assets, or set GRAPHIQL_DIR."
            }
            Kind::Media => "No such picture.",
        }
    }

    /// `None` when there is no such file inside the directory, links followed.
    pub(super) fn read(&self) -> io::Result<Option<Asset>> {
        let found =
            fs::canonicalize(&self.root).and_then(|root| Ok((fs::canonicalize(root.join(&self.relative))?, root)));
        let path = match found {
            Ok((path, root)) if path.starts_with(&root) => path,
            Ok(_) => return Ok(None),
            Err(error) if is_absent(&error) => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut file = File::open(path)?;
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Ok(None);
        }
        let modified = metadata.modified()?.duration_since(UNIX_EPOCH);
        let modified = modified.map_or(0, |age| age.as_nanos());
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let (cache_control, content_security_policy) = match self.kind {
            // The names stay the same from build to build, so the browser asks each time and is mostly told 304.
            Kind::Explorer => ("no-cache", EXPLORER_POLICY),
            Kind::Media => ("public, max-age=86400", MEDIA_POLICY),
        };
        Ok(Some(Asset {
            etag: format!("\"{:x}-{modified:x}\"", bytes.len()),
            bytes,
            content_type: self.content_type,
            cache_control,
            content_security_policy,
        }))
    }
}

impl Asset {
    /// Whether an `If-None-Match` header names this version.
    pub(super) fn matches(&self, if_none_match: &str) -> bool {
        if_none_match
            .split(',')
            .map(|tag| tag.trim().trim_start_matches("W/"))
            .any(|tag| tag == "*" || tag == self.etag)
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::InvalidFilename)
}

/// Decodes a path segment by segment and refuses whatever is not a plain name: dot segments, hidden files,
/// and separators that were hidden by an encoding.
fn safe_relative(encoded: &str) -> Option<PathBuf> {
    let mut relative = PathBuf::new();
    for segment in encoded.split('/') {
        let name = percent_decode_str(segment).decode_utf8().ok()?;
        if name.is_empty() || name.starts_with('.') || name.contains(['/', '\\', '\0', ':']) {
            return None;
        }
        relative.push(&*name);
    }
    Some(relative)
}

/// Only these types are served; a stray file of another kind stays private.
fn content_type(path: &Path) -> Option<&'static str> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    Some(match extension.as_str() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        _ => return None,
    })
}

#[cfg(test)]
#[path = "files_tests.rs"]
mod tests;
