//! Dependencies point down only, and the domain knows no browser.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// Names of the crates that a workspace member is built from on this machine (itself included), by `cargo metadata`.
fn tree(root: &str) -> BTreeSet<String> {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    let names: BTreeMap<&str, &str> =
        packages.iter().map(|one| (one["id"].as_str().unwrap(), one["name"].as_str().unwrap())).collect();
    let nodes: BTreeMap<&str, &Value> =
        metadata["resolve"]["nodes"].as_array().unwrap().iter().map(|one| (one["id"].as_str().unwrap(), one)).collect();
    let mut found = BTreeSet::new();
    let mut left: Vec<&str> = names.iter().filter(|(_, name)| **name == root).map(|(id, _)| *id).collect();
    assert_eq!(left.len(), 1, "{root}");
    while let Some(id) = left.pop() {
        if !found.insert(id) {
            continue;
        }
        for dep in nodes[id]["deps"].as_array().unwrap() {
            // What only tests and build scripts use does not count.
            if dep["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"].is_null()) {
                left.push(dep["pkg"].as_str().unwrap());
            }
        }
    }
    found.into_iter().map(|id| names[id].to_owned()).collect()
}

fn metadata() -> Value {
    let host = Command::new(env!("CARGO")).args(["-vV"]).output().unwrap().stdout;
    let host = String::from_utf8(host).unwrap();
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--offline", "--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn no_browser_below_the_app() {
    for root in ["shouwen-core", "shouwen-bundle", "shouwen-cli"] {
        let tree = tree(root);
        for browser in ["web-sys", "js-sys", "wasm-bindgen", "leptos", "gloo-storage", "indexed_db_futures"] {
            assert!(!tree.contains(browser), "{root} is built from {browser}");
        }
    }
}

#[test]
fn dependencies_point_down() {
    let ours =
        |root: &str| -> Vec<String> { tree(root).into_iter().filter(|name| name.starts_with("shouwen")).collect() };
    assert_eq!(ours("shouwen-core"), ["shouwen-core"]);
    assert_eq!(ours("shouwen-bundle"), ["shouwen-bundle", "shouwen-core"]);
    assert_eq!(ours("shouwen-cli"), ["shouwen-bundle", "shouwen-cli", "shouwen-core"]);
}
