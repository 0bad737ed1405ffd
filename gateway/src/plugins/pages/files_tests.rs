use super::*;

fn site() -> (tempfile::TempDir, Site) {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let write = |name: &str, text: &str| {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("directories");
        fs::write(path, text).expect("a file");
    };
    write("dist/index.html", "<html>");
    write("dist/assets/graphiql.js", "js");
    write("media/lamp one.svg", "<svg/>");
    write("media/deep/lamp.png", "png");
    write("secret.svg", "secret");
    let root = dir.path().to_path_buf();
    let site = Site::from_settings(|name| {
        let folder = if name == "MEDIA_DIR" { "media" } else { "dist" };
        root.join(folder).to_str().map(str::to_owned)
    });
    (dir, site)
}

fn read(site: &Site, path: &str) -> Option<Asset> {
    site.locate(path)?.read().expect("a readable directory")
}

#[test]
fn the_root_and_graphiql_serve_the_explorer_page() {
    let (_dir, site) = site();
    for path in ["/", "/graphiql", "/graphiql/"] {
        let asset = read(&site, path).expect("the page");
        assert_eq!(asset.bytes, b"<html>");
        assert_eq!(asset.content_type, "text/html; charset=utf-8");
        assert_eq!(asset.cache_control, "no-cache");
    }
}

#[test]
fn assets_and_pictures_are_found_below_their_own_directory() {
    let (_dir, site) = site();
    assert_eq!(read(&site, "/assets/graphiql.js").expect("js").bytes, b"js");
    let picture = read(&site, "/media/lamp%20one.svg").expect("a picture");
    assert_eq!(picture.content_type, "image/svg+xml");
    assert_eq!(picture.cache_control, "public, max-age=86400");
    assert!(read(&site, "/media/deep/lamp.png").is_some());
    assert!(read(&site, "/media/graphiql.js").is_none());
    assert!(read(&site, "/media/absent.png").is_none());
    assert!(read(&site, "/media/lamp%20one.svg/inner.png").is_none());
}

#[test]
fn a_path_that_leaves_its_directory_is_refused_in_every_spelling() {
    let (_dir, site) = site();
    for path in [
        "/media/../secret.svg",
        "/media/%2e%2e/secret.svg",
        "/media/%2E%2E%2Fsecret.svg",
        "/media/..%5Csecret.svg",
        "/media//secret.svg",
        "/media/./lamp%20one.svg",
        "/media/.hidden.svg",
        "/media/lamp%00.svg",
        "/media/%ff.svg",
        "/media/",
        "/assets/../index.html",
        "/etc/passwd",
    ] {
        assert_eq!(site.locate(path), None, "{path}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_points_outside_is_not_followed() {
    let (dir, site) = site();
    let link = dir.path().join("media/link.svg");
    std::os::unix::fs::symlink(dir.path().join("secret.svg"), link).expect("a link");
    assert!(read(&site, "/media/link.svg").is_none());
}

#[test]
fn a_directory_with_a_served_name_is_not_a_file() {
    let (dir, site) = site();
    fs::create_dir(dir.path().join("media/folder.png")).expect("a directory");
    assert!(read(&site, "/media/folder.png").is_none());
}

#[test]
fn only_known_kinds_of_file_are_served() {
    let kinds = [
        ("a.svg", Some("image/svg+xml")),
        ("a.PNG", Some("image/png")),
        ("a.jpg", Some("image/jpeg")),
        ("a.js", Some("text/javascript; charset=utf-8")),
        ("a.css", Some("text/css; charset=utf-8")),
        ("a.woff2", Some("font/woff2")),
        ("a.html", Some("text/html; charset=utf-8")),
        ("a.yaml", None),
        ("a", None),
    ];
    for (name, expected) in kinds {
        assert_eq!(content_type(Path::new(name)), expected, "{name}");
    }
}

#[test]
fn an_etag_matches_itself_and_changes_with_the_file() {
    let (dir, site) = site();
    let before = read(&site, "/").expect("the page");
    assert!(before.matches(&before.etag));
    assert!(before.matches(&format!("\"x\", W/{}", before.etag)));
    assert!(!before.matches("\"other\""));
    fs::write(dir.path().join("dist/index.html"), "<html lang>").expect("a file");
    let after = read(&site, "/").expect("the page");
    assert!(!after.matches(&before.etag));
}

#[test]
fn without_settings_the_directories_of_the_repository_are_used() {
    let site = Site::from_settings(|_| None);
    assert_eq!(site.graphiql_dir, Path::new("gateway/assets/dist"));
    assert_eq!(site.media_dir, Path::new("platform/demo/media"));
}
