//! Windows' descriptions and our own: census, checks, skeleton. The corpus is not part of this project.

use super::{ACME, ACME_WINDOWS, printed, schema};
use omadm::ddf::{self, Census, Check, Reason, Refusal, Request, Schema, Skeleton, Verdict};
use omadm::ddf::{AccessTypes, NotJudged};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

/// All of Windows' descriptions as one schema, or nothing where they are absent.
fn windows() -> Option<Schema<'static>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/ddf/windows");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: no ../shared/corpus/ddf/windows");
        return None;
    };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let files: Vec<Vec<u8>> = paths.iter().map(|path| std::fs::read(path).unwrap()).collect();
    let start = Instant::now();
    let schema: Schema<'static> = files.iter().map(|file| ddf::decode(file).unwrap().into_owned()).collect();
    println!("{} descriptions into one schema: {:?}", files.len(), start.elapsed());
    Some(schema)
}

/// The rows of `tests/data/ddf-census.tsv`, which `tests/tools/count_corpus.py` writes: what, of what, how many.
fn counted(set: &str) -> BTreeMap<(String, String), usize> {
    let table = include_str!("../data/ddf-census.tsv");
    let rows = table.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    let rows = rows.filter(|row| row[0] == set && row[1] != "not in build");
    rows.map(|row| ((row[1].to_owned(), row[2].to_owned()), row[3].parse().unwrap())).collect()
}

fn flat(census: &Census) -> BTreeMap<(String, String), usize> {
    let single = |name: &str, count: usize| ((name.to_owned(), String::new()), count);
    let mut all: BTreeMap<(String, String), usize> = BTreeMap::from([
        single("documents", census.documents),
        single("trees", census.trees),
        single("nodes", census.nodes),
        single("leaves", census.leaves),
        single("interior", census.interior),
        single("unnamed", census.unnamed),
        single("permanent", census.permanent),
        single("objects", census.objects),
        single("defaults", census.defaults),
        single("lists", census.lists),
        single("applicability", census.applicability),
        single("deprecated", census.deprecated),
        single("atomic_required", census.atomic_required),
        single("dependencies", census.dependencies),
        single("gp_mappings", census.gp_mappings),
    ]);
    for (name, counts) in [
        ("formats", &census.formats),
        ("occurrences", &census.occurrences),
        ("commands", &census.commands),
        ("value_kinds", &census.value_kinds),
    ] {
        all.extend(counts.iter().map(|(key, count)| ((name.to_owned(), (*key).to_owned()), *count)));
    }
    all
}

#[test]
fn the_census_agrees_with_another_count() {
    let mut own = Census::default();
    own.add(&schema(ACME));
    own.add(&schema(ACME_WINDOWS));
    assert_eq!(flat(&own), counted("own"));
    let Some(schema) = windows() else { return };
    let mut census = Census::default();
    census.add(&schema);
    assert_eq!(flat(&census), counted("windows"));
    assert_eq!((census.documents, census.trees, census.unnamed), (154, 191, 88));
}

/// One real node of each kind that Windows' descriptions have, with values that it takes and refuses.
#[test]
fn kinds_of_values_accept_and_refuse_on_real_nodes() {
    use Verdict::{Allowed, NotJudged as Open};
    let Some(schema) = windows() else { return };
    let no = Verdict::Refused;
    let policy = "./Device/Vendor/MSFT/Policy/Config";
    let rule = "./Vendor/MSFT/Firewall/MdmStore/FirewallRules/x";
    let cases: [(String, &[(&str, Verdict)]); 12] = [
        (format!("{policy}/Defender/AvgCPULoadFactor"), &[("100", Allowed), ("101", no(Refusal::OutOfRange))]),
        (format!("{policy}/Camera/AllowCamera"), &[("1", Allowed), ("2", no(Refusal::NotListed))]),
        (
            "./Vendor/MSFT/Firewall/MdmStore/Global/IPsecExempt".to_owned(),
            &[("0x0", Allowed), ("15", Allowed), ("16", no(Refusal::NotFlags))],
        ),
        (format!("{rule}/LocalPortRanges"), &[("80,443-450", Allowed), ("http", no(Refusal::NoMatch))]),
        (
            format!("{rule}/RemoteAddressDynamicKeywords"),
            &[
                ("{c6d47067-6e92-480e-b0f7-4ba82182fac7},{0dd8685c-e272-4fcb-9ecf-2ead7ea2497b}", Allowed),
                ("c6d47067-6e92-480e-b0f7-4ba82182fac7", no(Refusal::NoMatch)),
            ],
        ),
        (format!("{rule}/InterfaceTypes"), &[("Lan,Wireless", Allowed), ("Lan,Wired", no(Refusal::NotListed))]),
        (
            format!("{rule}/LocalUserAuthorizedList"),
            &[("D:(A;;CC;;;WD)", Open(NotJudged::Sddl)), ("all", no(Refusal::NotSddl))],
        ),
        (
            "./Vendor/MSFT/SecureAssessment/LaunchURI".to_owned(),
            &[("https://example.com/exam", Allowed), ("example", no(Refusal::NoMatch))],
        ),
        (
            "./Device/Vendor/MSFT/PassportForWork/DeviceUnlock/GroupA".to_owned(),
            &[("{c6d47067-6e92-480e-b0f7-4ba82182fac7}", Allowed), ("x", no(Refusal::NoMatch))],
        ),
        (
            format!("{policy}/ADMX_Bits/BITS_DisableBranchCache"),
            &[("<enabled/>", Open(NotJudged::Admx)), ("1", no(Refusal::NotPolicy))],
        ),
        (
            "./Vendor/MSFT/AppLocker/ApplicationLaunchRestrictions/g/EXE/Policy".to_owned(),
            &[("<RuleCollection/>", Open(NotJudged::XmlSchema)), ("<RuleCollection>", no(Refusal::NotXml))],
        ),
        (
            "./Device/Vendor/MSFT/LAPS/Policies/PasswordAgeDays".to_owned(),
            &[("1", Allowed), ("365", Allowed), ("366", no(Refusal::OutOfRange))],
        ),
    ];
    for (uri, values) in &cases {
        let node = schema.get(uri).unwrap().unwrap_or_else(|| panic!("{uri}"));
        for (value, expected) in *values {
            assert_eq!(node.value_rule().allows(value), *expected, "{uri} {value}");
        }
    }
}

/// Every rule of Windows' descriptions can be read: what is not judged is so by its kind, or has no rule in it.
#[test]
fn every_rule_of_windows_can_be_read() {
    let Some(schema) = windows() else { return };
    let start = Instant::now();
    let mut open: BTreeMap<String, usize> = BTreeMap::new();
    let mut defaults = Vec::new();
    for node in schema.nodes() {
        let rule = node.value_rule();
        for probe in ["<enabled/>", "0", "{}"] {
            if let Verdict::NotJudged(why) = rule.allows(probe) {
                *open.entry(format!("{why:?}")).or_default() += 1;
                break;
            }
        }
        if let Some(default) = node.default_value().filter(|_| rule.allows(node.default_value().unwrap()).is_refused())
        {
            defaults.push(format!("{} = {default}", node.uri()));
        }
    }
    println!("rules of {} nodes: {:?}; not judged: {open:?}", schema.len(), start.elapsed());
    println!("defaults that their own rule refuses:\n{}", defaults.join("\n"));
    assert_eq!(open.get("Rule"), None);
    // One has the kind without an expression.
    assert_eq!(open.get("Pattern"), Some(&1));
    assert_eq!((open.get("Admx"), open.get("XmlSchema")), (Some(&1117), Some(&16)));
}

#[test]
fn a_skeleton_of_windows_is_as_described() {
    let Some(schema) = windows() else { return };
    let start = Instant::now();
    let tree = Skeleton::new(&schema).tree().unwrap();
    println!("skeleton of {} nodes: {:?}", tree.len(), start.elapsed());
    let check = Check::new(&schema).whole_tree(true);
    let start = Instant::now();
    let findings = check.tree(&tree);
    println!("checked: {:?}, {} findings", start.elapsed(), findings.len());
    for finding in &findings {
        // Some defaults are not what their own rules allow; nodes without a name are up to the caller; some are deprecated.
        let is_expected = match finding.reason() {
            Reason::Missing => finding.node().unwrap().is_dynamic_name(),
            Reason::Value(_) | Reason::Deprecated => true,
            _ => false,
        };
        assert!(is_expected, "{finding}\n{:#?}", printed(&findings));
    }
    assert!(tree.get("./Device/Vendor/MSFT/BitLocker").unwrap().is_some());
}

#[test]
fn commands_to_windows_are_checked_quickly() {
    let Some(schema) = windows() else { return };
    let check = Check::new(&schema).os_build("10.0.22621.1194".parse().unwrap());
    let uris: Vec<String> = schema.nodes().map(|node| node.uri().to_string()).collect();
    let start = Instant::now();
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for uri in &uris {
        for finding in &check.command(&Request::new(AccessTypes::GET, uri)) {
            *reasons.entry(finding.reason().name()).or_default() += 1;
        }
    }
    println!("{} commands: {:?}, {reasons:?}", uris.len(), start.elapsed());
    // `Get` is refused where the description has it not, and nowhere else.
    let without = schema.nodes().filter(|node| !node.access().contains(AccessTypes::GET)).count();
    assert_eq!(reasons.get("command").copied().unwrap_or_default(), without);
    assert_eq!(reasons.get("not-described"), None);
    let table = include_str!("../data/ddf-census.tsv");
    let row = format!("windows\tnot in build\t10.0.22621.1194\t{}", reasons["not-in-build"]);
    assert!(table.lines().any(|line| line == row), "{row}");
}
