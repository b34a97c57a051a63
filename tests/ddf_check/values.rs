//! Allowed values, kind by kind.

use super::{described, document, schema};
use omadm::ddf::{Check, NotJudged, Refusal, Request, Verdict};
use omadm::{Limits, ddf};
use proptest::prelude::*;

/// What a node of this format with these `AllowedValues` says of values.
fn verdicts<const N: usize>(format: &str, allowed: &str, values: [&str; N]) -> [Verdict; N] {
    let xml = document(&described("A", &format!("<DFFormat><{format}/></DFFormat>{allowed}"), ""));
    let schema = schema(&xml);
    let rule = schema.get("./A").unwrap().unwrap().value_rule();
    values.map(|value| rule.allows(value))
}

fn allowed(kind: &str, inside: &str) -> String {
    format!("<M:AllowedValues ValueType=\"{kind}\">{inside}</M:AllowedValues>")
}

fn value(text: &str) -> String {
    format!("<M:Value>{}</M:Value>", text.replace('&', "&amp;").replace('<', "&lt;"))
}

fn enums(values: &[&str]) -> String {
    values
        .iter()
        .map(|text| format!("<M:Enum>{}<M:ValueDescription>x</M:ValueDescription></M:Enum>", value(text)))
        .collect()
}

const YES: Verdict = Verdict::Allowed;

const fn no(refusal: Refusal) -> Verdict {
    Verdict::Refused(refusal)
}

const fn open(why: NotJudged) -> Verdict {
    Verdict::NotJudged(why)
}

#[test]
fn none_allows_what_the_format_does() {
    let not_int = no(Refusal::NotOfFormat(ddf_format("int")));
    assert_eq!(verdicts("int", &allowed("None", ""), ["7", "-1", "x", ""]), [YES, YES, not_int, not_int]);
    assert_eq!(verdicts("int", "", ["7", "x"]), [YES, not_int]);
    // A list of anything.
    assert_eq!(verdicts("int", &allowed("None", "<M:List Delimiter=\";\"/>"), ["1;2", "x"]), [YES, YES]);
}

fn ddf_format(name: &str) -> omadm::tree::Format {
    omadm::tree::Format::from_name(name).unwrap()
}

#[test]
fn enum_allows_what_is_listed() {
    let not = no(Refusal::NotListed);
    let rule = allowed("ENUM", &enums(&["rye", "white", ""]));
    assert_eq!(verdicts("chr", &rule, ["rye", "white", "", "Rye", "oat"]), [YES, YES, YES, not, not]);
    // Numbers are compared as such where the format is a number's.
    let rule = allowed("ENUM", &enums(&["0", "1", "0x10"]));
    assert_eq!(verdicts("int", &rule, ["0", "01", "16", " 1 ", "2", "x"]), [YES, YES, YES, YES, not, not]);
    assert_eq!(verdicts("chr", &rule, ["0", "00"]), [YES, not]);
    assert_eq!(verdicts("bool", &allowed("ENUM", &enums(&["true"])), ["true", "True", "false"]), [YES, YES, not]);
}

#[test]
fn flag_allows_what_flags_make() {
    let not = no(Refusal::NotFlags);
    let rule = allowed("Flag", &enums(&["0x1", "0x2", "8"]));
    assert_eq!(verdicts("int", &rule, ["1", "3", "0xB", "11"]), [YES; 4]);
    assert_eq!(verdicts("int", &rule, ["0", "4", "15", "-1"]), [not; 4]);
    assert_eq!(verdicts("int", &rule, ["one"]), [no(Refusal::NotNumber)]);
    assert_eq!(verdicts("int", &allowed("Flag", &enums(&["0x0", "0x1"])), ["0"]), [YES]);
    assert_eq!(verdicts("int", &allowed("Flag", &enums(&["one"])), ["1"]), [open(NotJudged::Rule)]);
}

#[test]
fn range_allows_numbers_inside() {
    let out = no(Refusal::OutOfRange);
    assert_eq!(verdicts("int", &allowed("Range", &value("[0-6]")), ["0", "6", "7", "-1"]), [YES, YES, out, out]);
    let signed = allowed("Range", &value("[(-1)-4294967295]"));
    assert_eq!(verdicts("chr", &signed, ["-1", "4294967295", "-2", "4294967296"]), [YES, YES, out, out]);
    let several = allowed("Range", &value("[1-3],[7],[10-12]"));
    assert_eq!(verdicts("int", &several, ["3", "7", "12", "4", "8"]), [YES, YES, YES, out, out]);
    assert_eq!(verdicts("float", &allowed("Range", &value("[87-108]")), ["87.5", "108.1"]), [YES, out]);
    assert_eq!(verdicts("int", &several, ["", "1.0"]), [no(Refusal::NotNumber); 2]);
    assert_eq!(verdicts("int", &allowed("Range", &value("a to b")), ["1"]), [open(NotJudged::Rule)]);
    assert_eq!(verdicts("int", &allowed("Range", ""), ["1"]), [open(NotJudged::Rule)]);
}

#[test]
fn regex_allows_what_it_matches_as_a_whole() {
    let not = no(Refusal::NoMatch);
    let anchored = allowed("RegEx", &value("^[a-z<&]+$"));
    assert_eq!(verdicts("chr", &anchored, ["a<b", "A", "a\n", ""]), [YES, not, not, not]);
    let bare = allowed("RegEx", &value(r"\{[0-9A-F]{8}\}"));
    assert_eq!(verdicts("chr", &bare, ["{0123ABCD}", "x{0123ABCD}", "{0123ABCD"]), [YES, not, not]);
    for pattern in ["(?=x)", "(", ""] {
        assert_eq!(verdicts("chr", &allowed("RegEx", &value(pattern)), ["x"]), [open(NotJudged::Pattern)], "{pattern}");
    }
    assert_eq!(verdicts("chr", &allowed("RegEx", ""), ["x"]), [open(NotJudged::Pattern)]);
}

#[test]
fn xsd_and_json_refuse_what_is_not_well_formed() {
    let xsd = allowed("XSD", &value("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"/>"));
    let (well, not) = (open(NotJudged::XmlSchema), no(Refusal::NotXml));
    assert_eq!(
        verdicts("chr", &xsd, ["<slot/>", "<a b='1'>&amp;</a>", "<slot>", "slot", "<p:a/>"]),
        [well, well, not, not, not]
    );
    let json = allowed("JSON", &value("{\"type\": \"object\"}"));
    let (well, not) = (open(NotJudged::JsonSchema), no(Refusal::NotJson));
    assert_eq!(verdicts("chr", &json, ["{\"a\": [1]}", "7", "{a}", ""]), [well, well, not, not]);
}

#[test]
fn admx_refuses_what_is_no_setting() {
    let rule = allowed("ADMX", "<M:AdmxBacked Area='Kitchen' Name='Brown' File='kitchen.admx'/>");
    let (well, not) = (open(NotJudged::Admx), no(Refusal::NotPolicy));
    let setting = "<enabled/><data id=\"Level_Box\" value=\"3\"/>";
    assert_eq!(
        verdicts("chr", &rule, [setting, "<disabled/>", "1", "<data id='a' value='b'/>"]),
        [well, well, not, not]
    );
}

#[test]
fn sddl_refuses_what_is_no_descriptor() {
    let (well, not) = (open(NotJudged::Sddl), no(Refusal::NotSddl));
    assert_eq!(verdicts("chr", &allowed("SDDL", ""), ["D:(A;;CC;;;WD)", "everybody"]), [well, not]);
    let list = allowed("SDDL", "<M:List Delimiter=\",\"/>");
    let conditional = "D:(XA;;FX;;;WD;(@User.Division Any_of {\"a\",\"b\"}))";
    assert_eq!(verdicts("chr", &list, ["D:(A;;CC;;;WD),O:BAD:", conditional, "x,D:"]), [well, well, not]);
}

#[test]
fn other_kinds_are_not_judged() {
    assert_eq!(verdicts("chr", &allowed("Wildcard", ""), ["x"]), [open(NotJudged::UnknownKind)]);
    let xml = document(&described("A", &allowed("Wildcard", ""), ""));
    let kind = schema(&xml).into_owned();
    let kind = kind.get("./A").unwrap().unwrap().microsoft().allowed_values().unwrap().kind();
    assert_eq!((kind, kind.name()), (ddf::ValueKind::Other("Wildcard"), "Other"));
    // Case does not count.
    assert_eq!(verdicts("chr", &allowed("enum", &enums(&["a"])), ["b"]), [no(Refusal::NotListed)]);
}

#[test]
fn items_of_lists_are_judged_one_by_one() {
    let list = |delimiter: &str| format!("<M:List Delimiter=\"{delimiter}\"/>");
    let not = no(Refusal::NotListed);
    let rule = allowed("ENUM", &(enums(&["lan", "wireless"]) + &list(",")));
    let values = ["lan", "lan,wireless", "lan, wireless", "", "lan,", "lan,wan", ",lan", "lan;wireless"];
    assert_eq!(verdicts("chr", &rule, values), [YES, YES, YES, YES, YES, not, not, not]);
    let rule = allowed("Range", &(value("[1-3]") + &list("0xF000")));
    assert_eq!(verdicts("chr", &rule, ["1\u{F000}3", "1\u{F000}4"]), [YES, no(Refusal::OutOfRange)]);
    // An expression with the delimiter in it describes the whole list; a count has none in it.
    let no_match = no(Refusal::NoMatch);
    let rule = allowed("RegEx", &(value("^([a-z]+([;]|$)){1,2}$") + &list(";")));
    assert_eq!(verdicts("chr", &rule, ["a;b", "a;b;c", "a;"]), [YES, no_match, YES]);
    let rule = allowed("RegEx", &(value("[a-z]{1,2}") + &list(",")));
    assert_eq!(verdicts("chr", &rule, ["a,bc", "a,bcd"]), [YES, no_match]);
}

/// What a finding prints of a value that is refused.
#[test]
fn refusals_say_what_is_wrong_and_what_was_expected() {
    let cases = [
        ("chr", allowed("ENUM", &enums(&["rye", "oat"])), "x", "not one of the values listed, expected rye oat"),
        ("int", allowed("Flag", &enums(&["1", "4"])), "2", "not put together from the flags listed, expected 1 4"),
        ("int", allowed("Range", &value("[0-6]")), "7", "out of range, expected [0-6]"),
        ("int", allowed("Range", &value("[0-6]")), "x", "not a number, expected [0-6]"),
        ("chr", allowed("RegEx", &value("[a-z]+")), "7", "does not match the regular expression, expected [a-z]+"),
        ("int", String::new(), "x", "not a value of format int"),
        ("chr", allowed("XSD", ""), "<a>", "not well-formed XML"),
        ("chr", allowed("JSON", ""), "{", "not JSON"),
        (
            "chr",
            allowed("ADMX", ""),
            "1",
            "not the setting of a policy: expected <enabled/> or <disabled/>, and <data/>",
        ),
        ("chr", allowed("SDDL", ""), "x", "not a security descriptor"),
    ];
    for (format, rule, wrong, text) in cases {
        let xml = document(&described("A", &format!("<DFFormat><{format}/></DFFormat>{rule}"), ""));
        let schema = schema(&xml);
        let request = Request::new(ddf::AccessTypes::REPLACE, "./A").value(wrong);
        let findings: Vec<_> = Check::new(&schema).command(&request).iter().map(ToString::to_string).collect();
        assert_eq!(findings, [format!("./A: value {text}")]);
    }
}

#[test]
fn rules_that_are_not_judged_say_why() {
    let texts = [
        (NotJudged::XmlSchema, "an XML schema"),
        (NotJudged::JsonSchema, "a JSON schema"),
        (NotJudged::Admx, "a policy in an ADMX file"),
        (NotJudged::Sddl, "a security descriptor"),
        (NotJudged::Pattern, "a regular expression that is not supported"),
        (NotJudged::Rule, "a rule that cannot be read"),
        (NotJudged::UnknownKind, "a kind of rule that is not known"),
        (NotJudged::Dependency, "a rule that depends on another node"),
    ];
    for (why, text) in texts {
        assert_eq!(why.to_string(), text);
    }
}

#[test]
fn a_value_that_was_not_judged_is_noted_and_no_finding() {
    let xml = document(&described("A", &allowed("Wildcard", ""), ""));
    let schema = schema(&xml);
    let check = Check::new(&schema);
    let findings = check.command(&Request::new(ddf::AccessTypes::REPLACE, "./A").value("x"));
    assert!(findings.is_empty() && findings.is_complete());
    let notes = findings.not_judged();
    assert_eq!(
        notes.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["./A: not judged: a kind of rule that is not known"]
    );
    assert_eq!((notes[0].uri(), notes[0].why(), notes[0].offset()), ("./A", NotJudged::UnknownKind, None));
    assert_eq!(notes[0].node().uri().to_string(), "./A");
    // What is no value of the node is held against nothing.
    assert!(check.command(&Request::new(ddf::AccessTypes::GET, "./A")).not_judged().is_empty());
    // Notes fill no memory either.
    let check = Check::new(&schema).limits(&Limits { findings: 0, ..Limits::default() });
    let findings = check.command(&Request::new(ddf::AccessTypes::REPLACE, "./A").value("x"));
    assert!(findings.not_judged().is_empty() && !findings.is_complete());
    // Nor do their URIs: `./A` has three octets.
    for (output, notes, is_complete) in [(2, 0, false), (3, 1, true)] {
        let check = Check::new(&schema).limits(&Limits { output, ..Limits::default() });
        let findings = check.command(&Request::new(ddf::AccessTypes::REPLACE, "./A").value("x"));
        assert_eq!((findings.not_judged().len(), findings.is_complete()), (notes, is_complete));
    }
}

#[test]
fn values_that_another_node_can_allow_are_not_refused() {
    let changed = format!(
        "<M:DependencyBehavior><M:DependencyGroup FriendlyId='x'><M:DependencyChangedAllowedValues ValueType='Range'>{}\
         </M:DependencyChangedAllowedValues></M:DependencyGroup></M:DependencyBehavior>",
        value("[100-200]")
    );
    let rule = allowed("Range", &value("[1-9]")) + &changed;
    // The element alone knows nothing of the other node.
    let xml = document(&described("A", &rule, ""));
    let alone = schema(&xml);
    let alone = alone.get("./A").unwrap().unwrap().microsoft().allowed_values().unwrap();
    assert_eq!(["1", "150"].map(|value| alone.allows(value)), [YES, no(Refusal::OutOfRange)]);
    assert_eq!(verdicts("int", &rule, ["1", "150", "50"]), [YES, open(NotJudged::Dependency), no(Refusal::OutOfRange)]);
}

#[test]
fn a_check_compiles_no_more_patterns_than_its_limit() {
    let node = |name: &str, pattern: &str| described(name, &allowed("RegEx", &value(pattern)), "");
    let xml = document(&(node("A", "a") + &node("B", "b") + &node("C", "a")));
    let schema = schema(&xml);
    let check = Check::new(&schema).limits(&Limits { patterns: 1, ..Limits::default() });
    let found = |uri: &str| check.command(&Request::new(ddf::AccessTypes::REPLACE, uri).value("x")).len();
    // The second pattern is not judged; the third node has the first one.
    assert_eq!([found("./A"), found("./B"), found("./C")], [1, 0, 1]);
}

proptest! {
    #[test]
    fn ranges_and_enums_agree_with_counting(from in -50_i64..50, len in 0_i64..50, probe in -120_i64..120) {
        let to = from + len;
        let bound = |number: i64| if number < 0 { format!("({number})") } else { number.to_string() };
        let range = allowed("Range", &value(&format!("[{}-{}]", bound(from), bound(to))));
        let texts: Vec<String> = (from..=to).map(|number| number.to_string()).collect();
        let list = allowed("ENUM", &enums(&texts.iter().map(String::as_str).collect::<Vec<_>>()));
        let expected = (from..=to).contains(&probe);
        let probe = probe.to_string();
        prop_assert_eq!(verdicts("int", &range, [&probe])[0] == YES, expected);
        prop_assert_eq!(verdicts("int", &list, [&probe])[0] == YES, expected);
    }

    #[test]
    fn flags_agree_with_trying_all_combinations(flags in proptest::collection::vec(0_u64..64, 1..5), probe in 0_u64..64) {
        let texts: Vec<String> = flags.iter().map(|flag| format!("0x{flag:x}")).collect();
        let rule = allowed("Flag", &enums(&texts.iter().map(String::as_str).collect::<Vec<_>>()));
        let expected = (1..1_usize << flags.len()).any(|chosen| {
            let chosen = flags.iter().enumerate().filter(|(at, _)| chosen & (1 << at) != 0);
            chosen.fold(0, |made, (_, flag)| made | flag) == probe
        });
        prop_assert_eq!(verdicts("int", &rule, [&probe.to_string()])[0] == YES, expected);
    }

    #[test]
    fn no_value_and_no_pattern_is_too_strange(pattern in ".{0,40}", text in any::<Vec<u8>>()) {
        for kind in ["None", "ENUM", "Flag", "Range", "RegEx", "XSD", "JSON", "ADMX", "SDDL", "Other"] {
            let pattern: String = pattern.chars().filter(|char| !char.is_control() && *char != '>').collect();
            let pattern: String = pattern.chars().filter(|char| !matches!(*char as u32, 0xFFFE | 0xFFFF)).collect();
            let list = "<M:List Delimiter=\",\"/>";
            for inside in [value(&pattern), enums(&[&pattern]), value(&pattern) + list] {
                let xml = document(&described("A", &allowed(kind, &inside), ""));
                let rule = schema(&xml).into_owned();
                let rule = rule.get("./A").unwrap().unwrap().value_rule();
                let _ = rule.allows(&text);
                let again = rule.allows(&text);
                prop_assert_eq!(again, rule.allows(&text));
            }
        }
    }
}
