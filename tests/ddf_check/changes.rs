//! Two descriptions compared.

use super::{ACME, ACME_WINDOWS, described, document, schema};
use omadm::ddf::{self, Change, DfProperty, Schema};
use omadm::markup::Encoding;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn told(old: &Schema<'_>, new: &Schema<'_>) -> Vec<String> {
    let changes = old.changes(new);
    let line = |change: &Change<'_>| match change {
        Change::Added(node) => format!("+ {}", node.uri()),
        Change::Removed(node) => format!("- {}", node.uri()),
        Change::Changed { old, new, properties } => {
            let text = |property: &DfProperty<'_>| {
                let (was, is) = (property.text(old), property.text(new));
                format!("{property} {} -> {}", was.as_deref().unwrap_or("(none)"), is.as_deref().unwrap_or("(none)"))
            };
            format!("! {}: {}", new.uri(), properties.iter().map(text).collect::<Vec<_>>().join("; "))
        }
    };
    changes.iter().map(line).collect()
}

#[test]
fn the_same_description_in_another_encoding_is_the_same() {
    for xml in [ACME, ACME_WINDOWS] {
        let old = schema(xml);
        let wbxml = ddf::encode(&old.documents().next().unwrap(), Encoding::Wbxml).unwrap();
        assert_eq!(told(&old, &ddf::decode(&wbxml).unwrap()), [""; 0]);
        assert_eq!(told(&old, &old), [""; 0]);
    }
}

/// What fuzzing found: an element of one name stands beside `DFType` and inside it, and `DFType` comes last or first.
#[test]
fn elements_of_others_are_compared_with_those_in_the_same_place() {
    let one = |properties: &str| {
        format!("<MgmtTree><Node><NodeName>A</NodeName><DFProperties>{properties}</DFProperties></Node></MgmtTree>")
    };
    let in_type = "<DFType><MIME>a/b</MIME><x:E xmlns:x='urn:x'>inside</x:E></DFType>";
    let beside = "<x:E xmlns:x='urn:x'>beside</x:E>";
    let other = "<x:E xmlns:x='urn:x'>other</x:E>";
    let (last, first) = (one(&format!("{beside}{in_type}")), one(&format!("{in_type}{beside}")));
    let last = schema(&last);
    assert_eq!(told(&last, &schema(&first)), [""; 0]);
    let changed = one(&format!("{in_type}{other}"));
    assert_eq!(told(&last, &schema(&changed)), ["! ./A: E beside inside -> inside other"]);
    // Where the order is that of one place, it counts.
    let (two, swapped) = (one(&format!("{beside}{other}")), one(&format!("{other}{beside}")));
    assert_eq!(told(&schema(&two), &schema(&swapped)), ["! ./A: E beside other -> other beside"]);
}

#[test]
fn every_property_that_changed_is_named() {
    let new = ACME
        .replacen("<AccessType><Add/><Get/></AccessType>", "<AccessType><Get/></AccessType>", 1)
        .replacen("<DefaultValue>87.5<", "<DefaultValue>88<", 1)
        .replacen("<Description>In MHz: 87.5 ≤ f ≤ 108.</Description>", "", 1)
        .replacen("<DFFormat><float/>", "<DFFormat><chr/>", 1)
        .replacen("<ZeroOrN>24</ZeroOrN>", "<ZeroOrN>48</ZeroOrN>", 1)
        .replacen("<DFTitle>Preset<", "<DFTitle>Station<", 1)
        .replacen("<MIME>image/jpeg</MIME>", "", 1)
        .replacen("<CaseSense><CIS/></CaseSense>", "", 1)
        .replacen("<DDFName>urn:x-acme:mo:preset:1.0<", "<DDFName>urn:x-acme:mo:preset:2.0<", 1)
        .replacen("<Value>07:00:00<", "<Value>06:00:00<", 1)
        .replacen("<NodeName>{Day}<", "<NodeName>{Date}<", 1)
        .replacen("<NodeName>Count<", "<NodeName>Number<", 1);
    let (old, new) = (schema(ACME), schema(&new));
    assert_eq!(
        told(&old, &new),
        [
            "! ./Vendor/Acme/Radio: AccessType Add Get -> Get",
            "! ./Vendor/Acme/Radio/Presets/{Station}: Occurrence ZeroOrN 24 -> ZeroOrN 48; DFTitle Preset -> Station; \
             DFType/DDFName urn:x-acme:mo:preset:1.0 -> urn:x-acme:mo:preset:2.0; CaseSense CIS -> (none)",
            "! ./Vendor/Acme/Radio/Presets/{Station}/Frequency: DefaultValue 87.5 -> 88; Description In MHz: 87.5 ≤ f ≤ 108. -> \
             (none); DFFormat float -> chr",
            "! ./Vendor/Acme/Radio/Presets/{Station}/Logo: DFType/MIME image/png image/jpeg image/svg+xml -> image/png image/svg+xml",
            "! ./Vendor/Acme/Radio/Presets/{Station}/Alarm: Value 07:00:00 -> 06:00:00",
            "! ./Vendor/Acme/Log/{Date}: NodeName {Day} -> {Date}",
            "- ./Vendor/Acme/Log/{Day}/Count",
            "+ ./Vendor/Acme/Log/{Date}/Number",
        ]
    );
}

#[test]
fn a_scope_that_changed_is_named() {
    let of = |scope: &str| document(&described("A", &format!("<Scope><{scope}/></Scope>"), ""));
    let (old, new) = (of("Dynamic"), of("Permanent"));
    assert_eq!(told(&schema(&old), &schema(&new)), ["! ./A: Scope Dynamic -> Permanent"]);
}

#[test]
fn elements_of_others_are_compared_by_what_they_say() {
    let range =
        |text: &str| format!("<M:AllowedValues ValueType=\"Range\"><M:Value>{text}</M:Value></M:AllowedValues>");
    let of = |properties: &str| document(&described("A", properties, ""));
    let (old, blanks, new) = (of(&range("[0-6]")), of(&range(" [0-6]\n ")), of(&(range("[0-7]") + "<M:Deprecated/>")));
    let prefixed = old.replace("M:", "MSFT:").replace(":M=", ":MSFT=");
    for same in [&blanks, &prefixed] {
        assert_eq!(told(&schema(&old), &schema(same)), [""; 0], "{same}");
    }
    let expected = "! ./A: AllowedValues ValueType=Range [0-6] -> ValueType=Range [0-7]; Deprecated (none) -> ";
    assert_eq!(told(&schema(&old), &schema(&new)), [expected]);
    // Text among elements, and how elements stand in each other.
    let mixed = |text: &str| of(&format!("<M:Note>{text}<M:b/></M:Note>"));
    assert_eq!(told(&schema(&mixed("x")), &schema(&mixed("x"))), [""; 0]);
    assert_eq!(told(&schema(&mixed("x")), &schema(&mixed("y"))).len(), 1);
    let (flat, deep) = (of("<M:Note><M:a/><M:a/></M:Note>"), of("<M:Note><M:a><M:a/></M:a></M:Note>"));
    assert_eq!(told(&schema(&flat), &schema(&deep)).len(), 1);
}

#[test]
fn documents_may_be_split_otherwise() {
    let (a, b) = (described("A", "", ""), described("B", "", ""));
    let (one, two, both) = (document(&a), document(&b), document(&(b.clone() + &a)));
    let mut split = schema(&one);
    split.merge(schema(&two));
    assert_eq!(told(&split, &schema(&both)), [""; 0]);
    assert_eq!(told(&Schema::new(), &split), ["+ ./A", "+ ./B"]);
    assert_eq!(told(&split, &Schema::new()), ["- ./A", "- ./B"]);
    // Described twice, then once.
    let twice = document(&(a.clone() + &a));
    assert_eq!(told(&schema(&twice), &schema(&one)), ["- ./A"]);
    assert_eq!(told(&schema(&one), &schema(&twice)), ["+ ./A"]);
}

/// Nodes by path, with a format.
fn nodes() -> impl Strategy<Value = BTreeMap<String, bool>> {
    let path = proptest::collection::vec(prop_oneof![Just("a"), Just("b"), Just("c")], 1..4);
    proptest::collection::btree_map(path.prop_map(|names| names.join("/")), any::<bool>(), 0..12)
}

fn ddf_of(nodes: &BTreeMap<String, bool>) -> String {
    let node = |(path, is_int): (&String, &bool)| {
        let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
        let format = if *is_int { "int" } else { "chr" };
        let node = described(name, &format!("<DFFormat><{format}/></DFFormat>"), "");
        node.replace("</NodeName>", &format!("</NodeName><Path>./{above}</Path>"))
    };
    document(&nodes.iter().map(node).collect::<String>())
}

proptest! {
    #[test]
    fn changes_are_those_of_two_maps(old in nodes(), new in nodes()) {
        let (one, two) = (ddf_of(&old), ddf_of(&new));
        let mut found = told(&schema(&one), &schema(&two));
        let name = |is_int: bool| if is_int { "int" } else { "chr" };
        let gone = old.iter().filter(|(path, _)| !new.contains_key(*path)).map(|(path, _)| format!("- ./{path}"));
        let come = new.iter().filter(|(path, _)| !old.contains_key(*path)).map(|(path, _)| format!("+ ./{path}"));
        let other = old.iter().filter_map(|(path, was)| {
            let is = new.get(path).filter(|is| *is != was)?;
            Some(format!("! ./{path}: DFFormat {} -> {}", name(*was), name(*is)))
        });
        let mut expected: Vec<String> = gone.chain(come).chain(other).collect();
        expected.sort();
        found.sort();
        prop_assert_eq!(found, expected);
    }
}
