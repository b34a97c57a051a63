//! Questions to descriptions.

use super::{ACME, described, document, schema};
use omadm::ddf::{AccessTypes, CaseSense, OsBuild, Scope};

/// In Microsoft's elements.
fn builds(list: &str) -> String {
    format!("<M:Applicability><M:OsBuildVersion>{list}</M:OsBuildVersion></M:Applicability>")
}

/// Lists of real descriptions. What they mean is said by Microsoft's schema: the entry without a revision is the first release, the others
/// are older releases that were updated.
#[test]
fn builds_are_told_from_the_list() {
    let cases = [
        ("10.0.15063", "10.0.15063", true),
        ("10.0.15063", "10.0.14393.9999", false),
        ("10.0.15063", "10.0.26100.1", true),
        ("10.0.15063", "11.0.1", true),
        ("10.0.22000, 10.0.19043.1202, 10.0.19041.1202", "10.0.19043.1202", true),
        ("10.0.22000, 10.0.19043.1202, 10.0.19041.1202", "10.0.19043.1201", false),
        ("10.0.22000, 10.0.19043.1202, 10.0.19041.1202", "10.0.18363.9999", false),
        // 19044 gets the updates of 19043; 20348 does not.
        ("10.0.22000, 10.0.19043.1202", "10.0.19044.1288", true),
        ("10.0.22000, 10.0.19043.1202", "10.0.19042.1288", false),
        ("10.0.22000, 10.0.19043.1202", "10.0.20348.9999", false),
        ("10.0.25398, 10.0.22621.2352", "10.0.22631.2361", true),
        // Without a revision the build is its first release.
        ("10.0.19044.3757", "10.0.19044", false),
        // All have a revision: the last release has it from there on, later ones from the beginning.
        ("10.0.19045.2913, 10.0.22621.1635, 10.0.22000.1880", "10.0.22000.1880", true),
        ("10.0.19045.2913, 10.0.22621.1635, 10.0.22000.1880", "10.0.22000.1879", false),
        ("10.0.19045.2913, 10.0.22621.1635, 10.0.22000.1880", "10.0.26100", true),
        ("10.0.22621.521", "10.0.22631.1", false),
        // In no release yet.
        ("99.9.99999", "10.0.26100.9999", false),
        ("10.0.22621.1194, 99.9.99999", "10.0.22621.1194", true),
        ("10.0.22621.1194, 99.9.99999", "10.0.26100.1", false),
    ];
    for (list, build, expected) in cases {
        let xml = document(&described("A", &builds(list), ""));
        let schema = schema(&xml);
        let applicability = schema.get("./A").unwrap().unwrap().applicability().unwrap();
        assert_eq!(applicability.includes(build.parse().unwrap()), Some(expected), "{list}: {build}");
    }
    for list in ["", "soon", "10.0.15063, 10.0.x"] {
        let xml = document(&described("A", &builds(list), ""));
        let schema = schema(&xml);
        let applicability = schema.get("./A").unwrap().unwrap().applicability().unwrap();
        assert_eq!(applicability.includes("10.0.14393".parse().unwrap()), None, "{list}");
    }
}

#[test]
fn applicability_and_atomic_come_from_the_nearest_node_above() {
    let above = described("Config", &(builds("10.0.10240") + "<M:AtomicRequired/>"), "");
    let inner = described("Inner", "", &described("Leaf", "", ""));
    let own = described("Own", &builds("10.0.22000"), &described("Leaf", "", ""));
    let one = document(&above.replace("</NodeName>", "</NodeName><Path>./Vendor</Path>"));
    let area =
        described("Area", "", &(inner + &own)).replacen("</NodeName>", "</NodeName><Path>./Vendor/Config</Path>", 1);
    let (one, two) = (schema(&one), document(&area));
    let mut all = one;
    all.merge(schema(&two));
    let build = |uri: &str| all.get(uri).unwrap().unwrap().applicability().and_then(|own| own.os_build_version());
    assert_eq!(build("./Vendor/Config/Area/Inner/Leaf"), Some("10.0.10240"));
    assert_eq!(build("./Vendor/Config/Area/Own/Leaf"), Some("10.0.22000"));
    assert!(all.get("./Vendor/Config/Area/Own/Leaf").unwrap().unwrap().is_atomic_required());
    let leaf = all.get("./Vendor/Config/Area/Inner/Leaf").unwrap().unwrap();
    let above: Vec<String> = leaf.ancestors().map(|node| node.uri().to_string()).collect();
    assert_eq!(above, ["./Vendor/Config/Area/Inner", "./Vendor/Config/Area", "./Vendor/Config"]);
    // Alone, the area has nothing above it.
    let alone = schema(&two);
    assert!(alone.get("./Vendor/Config/Area").unwrap().unwrap().applicability().is_none());
}

#[test]
fn ancestors_of_a_path_through_an_unnamed_node_are_found() {
    let schema = schema(ACME);
    let label = schema.get("./Vendor/Acme/Radio/Presets/7/Label").unwrap().unwrap();
    let above: Vec<String> = label.ancestors().map(|node| node.uri().to_string()).collect();
    let expected = ["./Vendor/Acme/Radio/Presets/{Preset}", "./Vendor/Acme/Radio/Presets", "./Vendor/Acme/Radio"];
    assert_eq!(above, expected);
}

#[test]
fn deprecated_since_a_build_or_always() {
    let since = r#"<M:Deprecated OsBuildDeprecated="10.0.22000"/>"#;
    let xml = document(&(described("A", since, "") + &described("B", "<M:Deprecated/>", "")));
    let schema = schema(&xml);
    let deprecated = |uri: &str, build: &str| {
        let build: OsBuild = build.parse().unwrap();
        schema.get(uri).unwrap().unwrap().microsoft().deprecated().unwrap().includes(build)
    };
    assert!(deprecated("./A", "10.0.22000") && deprecated("./A", "10.0.26100.1") && deprecated("./B", "10.0.10240"));
    assert!(!deprecated("./A", "10.0.19045.9999"));
}

#[test]
fn what_is_not_said_is_told_from_what_is_empty() {
    let xml = document(&(described("A", "<AccessType/>", "") + &described("B", "", "")));
    let schema = schema(&xml);
    let get = |uri| schema.get(uri).unwrap().unwrap();
    assert_eq!(get("./A").declared_access(), Some(AccessTypes::empty()));
    assert_eq!(get("./B").declared_access(), None);
    // `wire.md` §8.1: dynamic, exactly one.
    assert_eq!((get("./B").scope(), get("./B").occurrence().to_string().as_str()), (Scope::Dynamic, "One"));
}

#[test]
fn case_counts_only_where_no_description_says_that_it_does_not() {
    let below = |inside: &str| described("Sub", "", &described("Leaf", "", inside));
    let back = described("Back", "<CaseSense><CS/></CaseSense>", &described("Leaf", "", ""));
    let any = described("Any", "<CaseSense><CIS/></CaseSense>", &(below("") + &back + &described("Éa%20b", "", "")));
    let xml = document(&(any + &described("Exact", "", &below(""))));
    let schema = schema(&xml);
    let found = |uri: &str| schema.get(uri).unwrap().map(|node| node.uri().to_string());
    for uri in ["./Any/Sub/Leaf", "./Any/SUB/leaf", "./Any/sub/LEAF"] {
        assert_eq!(found(uri).as_deref(), Some("./Any/Sub/Leaf"), "{uri}");
    }
    assert_eq!(found("./Any/éA B").as_deref(), Some("./Any/%C3%89a%20b"));
    assert_eq!(found("./Any/BACK/Leaf").as_deref(), Some("./Any/Back/Leaf"));
    for uri in ["./any/Sub", "./Any/Back/LEAF", "./Exact/SUB", "./exact"] {
        assert_eq!(found(uri), None, "{uri}");
    }
    assert_eq!(schema.get("./Any").unwrap().unwrap().case_sense(), Some(CaseSense::Insensitive));
}

#[test]
fn names_alike_but_for_case_are_found_exactly_and_else_the_first() {
    // The escape stands for an octet that is no character.
    let names = described("One", "", "") + &described("ONE", "", "") + &described("a%FF", "", "");
    let xml = document(&described("Any", "<CaseSense><CIS/></CaseSense>", &names));
    let schema = schema(&xml);
    let found = |uri: &str| schema.get(uri).unwrap().map(|node| node.name().unwrap().to_owned());
    for (uri, name) in [("./Any/One", "One"), ("./Any/ONE", "ONE"), ("./Any/one", "One"), ("./Any/A%FF", "a%FF")] {
        assert_eq!(found(uri).as_deref(), Some(name), "{uri}");
    }
    assert_eq!(found("./Any/A%FE"), None);
}
