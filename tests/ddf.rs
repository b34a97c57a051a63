//! Device descriptions: the corpus against two other parsers, our own documents in both encodings, and every deviation of
//! the field that concerns descriptions.

#[path = "ddf/deviations.rs"]
mod deviations;
#[path = "ddf/tools.rs"]
mod tools;

use omadm::ddf::{self, AccessTypes, CaseSense, DynamicNaming, Occurrence, Schema, Scope, ValueKind};
use omadm::markup::{Encoding, Options};
use omadm::tree::Format;
use omadm::vocabulary::{dmddf, metinf};
use omadm::{Error, ErrorKind, Limits};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;
use tools::{Element, Kid, dump, parse};

const ACME: &[u8] = include_bytes!("data/acme.ddf.xml");
const ACME_WBXML: &[u8] = include_bytes!("data/acme.ddf.wbxml");
const ACME_WINDOWS: &[u8] = include_bytes!("data/acme-windows.ddf.xml");

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The descriptions of the corpus, by name below it. They are not part of this project.
fn corpus() -> Vec<(String, Vec<u8>)> {
    let folder = root().join("../shared/corpus");
    let mut files: Vec<PathBuf> = Vec::new();
    for below in ["ddf/windows", "ddf/oma"] {
        let Ok(entries) = std::fs::read_dir(folder.join(below)) else {
            println!("skipped: no ../shared/corpus/{below}");
            return Vec::new();
        };
        files.extend(entries.map(|entry| entry.unwrap().path()));
    }
    files.sort();
    let name = |path: &PathBuf| path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned();
    files.iter().map(|path| (name(path), std::fs::read(path).unwrap())).collect()
}

/// All elements beside DDF's, and all attributes, with a look into each fragment: it must hold the same.
fn attributes(schema: &Schema<'_>) -> usize {
    let documents = schema.documents();
    let own: usize = documents.map(|document| document.attributes().count()).sum();
    let own = own + schema.nodes().map(|node| node.attributes().count()).sum::<usize>();
    let outside = schema.documents().flat_map(|document| document.extensions());
    let outermost = outside.chain(schema.nodes().flat_map(|node| node.extensions()));
    own + outermost
        .map(|outermost| {
            let all = std::iter::once(outermost).chain(outermost.descendants());
            let (elements, attributes) = all.fold((0, 0), |(e, a), element| (e + 1, a + element.attributes().len()));
            let events = tools::events(&outermost.fragment().unwrap());
            assert!(events.matches("<Other").count() >= elements, "{outermost:?}");
            attributes
        })
        .sum::<usize>()
}

#[test]
fn the_corpus_has_the_nodes_and_attributes_that_another_parser_counts() {
    let counts = std::fs::read_to_string(root().join("tests/data/corpus-counts.tsv")).unwrap();
    let mut rows = counts.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let head = rows.next().unwrap();
    let column = |name| head.iter().position(|column| *column == name).unwrap();
    let (nodes, attrs) = (column("nodes"), column("attributes"));
    let rows: BTreeMap<&str, Vec<&str>> = rows.filter(|row| row[1] == "ddf").map(|row| (row[0], row)).collect();
    let files = corpus();
    for (name, file) in &files {
        let schema = ddf::decode(file).unwrap_or_else(|error| panic!("{name}: {error}"));
        let row = &rows[name.as_str()];
        assert_eq!(schema.len().to_string(), row[nodes], "{name}: nodes");
        assert_eq!(attributes(&schema).to_string(), row[attrs], "{name}: attributes");
    }
    assert!(files.is_empty() || files.len() == 155);
}

/// What is counted of a set of descriptions.
#[derive(Default, PartialEq, Debug)]
struct Census {
    files: usize,
    trees: usize,
    nodes: usize,
    leaves: usize,
    dynamic: usize,
    formats: BTreeMap<String, usize>,
    access: BTreeMap<String, usize>,
    occurrences: BTreeMap<String, usize>,
    value_kinds: BTreeMap<String, usize>,
}

/// The census by roxmltree, which shares nothing with the library.
fn census_by_roxmltree(files: &[(String, Vec<u8>)]) -> Census {
    let mut census = Census { files: files.len(), ..Census::default() };
    for (_, file) in files {
        let document = parse(std::str::from_utf8(file).unwrap());
        let child = |node: &roxmltree::Node<'_, '_>, name: &str| {
            node.children().find(|child| child.has_tag_name(name)).map(|child| child.id())
        };
        let is_node = |node: &roxmltree::Node<'_, '_>| node.has_tag_name("Node");
        census.trees += document.root_element().children().filter(is_node).count();
        for node in document.descendants().filter(is_node) {
            census.nodes += 1;
            let name = document.get_node(child(&node, "NodeName").unwrap()).unwrap();
            census.dynamic += usize::from(name.text().unwrap_or_default().is_empty());
            let properties = document.get_node(child(&node, "DFProperties").unwrap()).unwrap();
            let inside = |name: &str| {
                let element = child(&properties, name).and_then(|id| document.get_node(id));
                let inside = element.into_iter().flat_map(|element| element.children());
                inside.filter(|child| child.is_element()).map(|child| child.tag_name().name().to_owned()).collect()
            };
            let format: Vec<String> = inside("DFFormat");
            census.leaves += usize::from(format != ["node"]);
            let mut access: Vec<String> = inside("AccessType");
            access.sort();
            *census.access.entry(access.join(" ")).or_default() += 1;
            *census.formats.entry(format.concat()).or_default() += 1;
            *census.occurrences.entry(inside("Occurrence").concat()).or_default() += 1;
            let allowed = properties.children().find(|child| child.tag_name().name() == "AllowedValues");
            let kind = allowed.map_or(String::new(), |allowed| allowed.attribute("ValueType").unwrap().to_uppercase());
            *census.value_kinds.entry(kind).or_default() += 1;
        }
    }
    census
}

fn census(schema: &Schema<'_>) -> Census {
    let mut census = Census {
        files: schema.documents().len(),
        trees: schema.roots().count(),
        nodes: schema.nodes().count(),
        ..Census::default()
    };
    for node in schema.nodes() {
        census.leaves += usize::from(!node.is_interior());
        census.dynamic += usize::from(node.is_dynamic_name());
        *census.formats.entry(node.format().to_string()).or_default() += 1;
        *census.access.entry(node.access().to_string()).or_default() += 1;
        let occurrence = node.declared_occurrence().map_or("", Occurrence::name);
        *census.occurrences.entry(occurrence.to_owned()).or_default() += 1;
        let kind = node.microsoft().allowed_values().map(|allowed| format!("{:?}", allowed.kind()).to_uppercase());
        *census.value_kinds.entry(kind.unwrap_or_default()).or_default() += 1;
    }
    census
}

#[test]
fn all_files_of_the_corpus_make_one_schema() {
    let files = corpus();
    if files.is_empty() {
        return;
    }
    let start = Instant::now();
    let schema: Schema<'static> =
        files.iter().map(|(_, file)| ddf::decode(file).map(Schema::into_owned)).collect::<Result<_, Error>>().unwrap();
    let octets: usize = files.iter().map(|(_, file)| file.len()).sum();
    println!("{} files, {octets} octets into one schema: {:?}", files.len(), start.elapsed());
    let ours = census(&schema);
    assert_eq!(ours, census_by_roxmltree(&files));
    println!("{ours:#?}");
    assert_eq!((ours.files, ours.trees, ours.nodes, ours.leaves, ours.dynamic), (155, 192, 3242, 2692, 94));

    // Each node is found by the URI it says it has.
    let start = Instant::now();
    for node in schema.nodes() {
        let uri = node.uri().to_string();
        assert!(schema.matches(&uri).unwrap().any(|found| found == node), "{uri}");
        let found = schema.get(&uri).unwrap().unwrap();
        assert_eq!(found.uri().to_string().len(), uri.len(), "{uri}");
    }
    println!("{} look-ups with their URIs: {:?}", schema.len(), start.elapsed());
    let policy = schema.get("./Device/Vendor/MSFT/Policy/Config/Update").unwrap().unwrap();
    assert_eq!(policy.mo_id(), Some("com.microsoft/11/MDM/Policy"));
    assert_eq!(policy.document().unwrap().encoding(), Encoding::Xml);
}

#[test]
fn the_corpus_says_the_same_in_wbxml() {
    for (name, file) in corpus() {
        let xml = std::str::from_utf8(&file).unwrap();
        let wbxml = Element::read(xml).wbxml();
        let decoded = ddf::decode(&wbxml).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(dump(&decoded) == dump(&ddf::decode(&file).unwrap()), "{name}");
    }
}

#[test]
fn vector_g6_says_the_same_in_both_encodings() {
    let xml = br#"<MgmtTree xmlns="syncml:dmddf1.2"><VerDTD>1.2</VerDTD><Man>Acme</Man><Mod>R1</Mod><Node><NodeName>App</NodeName><Path>.</Path><DFProperties><AccessType><Add/><Get/></AccessType><DFFormat><node/></DFFormat><Occurrence><One/></Occurrence><Scope><Permanent/></Scope><DFType><DDFName/></DFType></DFProperties>
<Node><NodeName/><DFProperties><AccessType><Get/><Replace/></AccessType><DefaultValue>0</DefaultValue><DFFormat><int/></DFFormat><Occurrence><ZeroOrN>8</ZeroOrN></Occurrence><DFType><MIME>text/plain</MIME></DFType><CaseSense><CIS/></CaseSense></DFProperties>
</Node>
</Node>
</MgmtTree>"#;
    let hex = "0200006a1b2d2f2f4f4d412f2f4454442d444d2d44444620312e322f2f454e000002607703312e3200015f0341636d65\
        000162035231000164660341707000016c032e00015645071d01552501682901702d0158110101642656451d2e015203\
        300001551e01687b0338000101586103746578742f706c61696e0001014c0d0101010101";
    let wbxml: Vec<u8> =
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect();
    let (xml, wbxml) = (ddf::decode(xml).unwrap(), ddf::decode(&wbxml).unwrap());
    assert_eq!(dump(&xml), dump(&wbxml));
    assert_eq!((wbxml.ver_dtd(), wbxml.man(), wbxml.model()), (Some("1.2"), Some("Acme"), Some("R1")));
    let node = wbxml.get("./App/anything").unwrap().unwrap();
    assert_eq!((node.name(), node.uri().to_string().as_str()), (None, "./App/*"));
    assert_eq!(node.occurrence(), Occurrence::ZeroOrN(Some(8)));
    assert_eq!((node.occurrence().min(), node.occurrence().max()), (0, Some(8)));
    assert_eq!(node.access(), AccessTypes::GET | AccessTypes::REPLACE);
    assert_eq!((node.format(), node.default_value()), (Format::Int, Some("0")));
    assert_eq!((node.case_sense(), node.scope()), (Some(CaseSense::Insensitive), Scope::Dynamic));
}

#[test]
fn our_own_description_says_the_same_in_both_encodings() {
    let (xml, wbxml) = (ddf::decode(ACME).unwrap(), ddf::decode(ACME_WBXML).unwrap());
    assert_eq!(dump(&xml), dump(&wbxml));
    assert_eq!(dump(&xml), dump(&xml.clone().into_owned()));
    assert_eq!((wbxml.documents().next().unwrap().encoding(), wbxml.len()), (Encoding::Wbxml, 15));
    let get = |uri| xml.get(uri).unwrap().unwrap();
    let radio = get("./Vendor/Acme/Radio");
    assert_eq!(radio.mo_id(), Some("urn:x-acme:mo:radio:1.0"));
    assert!(radio.run_time().is_none());
    let rt = get("./Vendor/Acme/Log").run_time().unwrap();
    assert_eq!((rt.acl(), rt.title(), rt.size()), (Some("Get=*&Replace=dm.example.com"), Some(""), None));
    let preset = get("./Vendor/Acme/Radio/Presets/7");
    assert_eq!((preset.name(), preset.title(), preset.scope()), (None, Some("Preset"), Scope::Dynamic));
    assert_eq!(get("./Vendor/Acme/Radio/Presets/7/Logo").mime_types().count(), 3);
    assert_eq!(get("./Vendor/Acme/Radio/Presets/7/Alarm").value(), Some("07:00:00"));
    // From a node with a Path through the unnamed one.
    let label = get("./Vendor/Acme/Radio/Presets/7/Label");
    assert_eq!(label.default_value(), Some(" <untitled> & unheard "));
    assert_eq!(label.uri().to_string(), "./Vendor/Acme/Radio/Presets/*/Label");
    assert_eq!(get("./Vendor/Acme/Log/{Day}/<X>").format(), Format::Xml);
    assert_eq!(get("./Vendor/Acme/Log/monday/Date").format(), Format::Date);
    assert_eq!(get("./Vendor/Acme/Log/monday/any").name(), Some("<X>"));
    assert!(xml.get("./Vendor/Acme").unwrap().is_none());
    assert!(xml.get("./Vendor/Acme/Log/monday/any/more").unwrap().is_none());
}

#[test]
fn extensions_are_typed_and_kept() {
    let schema = ddf::decode(ACME_WINDOWS).unwrap();
    let wbxml = Element::read(std::str::from_utf8(ACME_WINDOWS).unwrap()).wbxml();
    assert_eq!(dump(&schema), dump(&ddf::decode(&wbxml).unwrap()));
    let get = |uri| schema.get(uri).unwrap().unwrap();
    let toaster = get("./Device/Vendor/Acme/Toaster");
    assert_eq!(toaster.mo_id(), Some("com.example/1.0/MDM/Toaster"));
    assert_eq!(toaster.mime_types().count(), 0);
    let applicability = toaster.microsoft().applicability().unwrap();
    assert_eq!(applicability.os_builds().collect::<Vec<_>>(), ["10.0.30000", "10.0.29000.100"]);
    assert_eq!(applicability.editions().collect::<Vec<_>>(), ["0x4", "0x1B", "0x30"]);
    assert_eq!((applicability.csp_version(), applicability.requires_azure_ad()), (Some("1.0"), true));
    assert_eq!(toaster.microsoft().deprecated().unwrap().os_build(), Some("10.0.40000"));

    let slot = get("./Device/Vendor/Acme/Toaster/1");
    assert_eq!(slot.uri().to_string(), "./Device/Vendor/Acme/Toaster/{Slot}");
    assert_eq!(slot.occurrence(), Occurrence::OneOrN(None));
    assert_eq!(slot.description(), Some("One slot.\nSecond line."));
    assert!(slot.microsoft().is_atomic_required());
    assert!(matches!(slot.microsoft().dynamic_naming(), Some(DynamicNaming::UniqueName("Left to right, from 1."))));
    let owner: Vec<_> = slot.attributes().map(|(tag, a)| (tag.name(), a.name(), a.value())).collect();
    assert_eq!(owner, [("Node", "q:owner", "kitchen")]);

    let level = get("./Device/Vendor/Acme/Toaster/1/Level");
    let mapping = level.microsoft().gp_mapping().unwrap();
    assert_eq!((mapping.english_name(), mapping.element()), (Some("Browning \"level\""), Some("Level_Box")));
    assert_eq!((mapping.area_path(), mapping.extension().attributes().len()), (Some("Kitchen~Toaster"), 3));
    assert_eq!(level.microsoft().replace_behavior(), None);
    assert_eq!(level.microsoft().conflict_resolution(), Some("LowestValueMostSecure"));
    assert_eq!(level.microsoft().reboot_behavior(), Some("Automatic"));
    let note = level.extension("urn:x-acme:quality?a=1&b=2", "Note").unwrap();
    assert_eq!((note.text(), note.is_mixed(), note.attribute("kind")), (None, true, Some("free")));
    assert_eq!(note.descendants().map(|e| e.local_name()).collect::<Vec<_>>(), ["b", "Deep", "Deeper"]);
    assert_eq!(note.child("b").unwrap().namespace().unwrap().name(), "http://www.w3.org/1999/xhtml");
    let source = note.fragment().unwrap();
    assert!(std::str::from_utf8(source.bytes()).unwrap().starts_with("<q:Note kind=\"free\">Mixed <b "));
    assert_eq!(&ACME_WINDOWS[note.offset()..][..7], b"<q:Note");
    assert_eq!(&ACME_WINDOWS[level.offset()..][..6], b"<Node>");

    let kinds = schema.nodes().filter_map(|node| Some(node.microsoft().allowed_values()?.kind()));
    use ValueKind::{Admx, Enum, Flag, Json, Range, RegEx, Sddl, Xsd};
    assert_eq!(kinds.collect::<Vec<_>>(), [Range, Enum, Flag, RegEx, Xsd, Json, Admx, Sddl, ValueKind::None]);
    let bread = get("./Device/Vendor/Acme/Toaster/1/Bread").microsoft();
    let allowed = bread.allowed_values().unwrap();
    let values: Vec<_> = allowed.values().map(|value| (value.value(), value.description())).collect();
    assert_eq!(values, [(Some("rye"), Some("Rye & caraway")), (Some("0"), Some(""))]);
    assert_eq!((allowed.list_delimiter(), bread.dependency_groups().count()), (Some("|"), 1));
    let policy = get("./Device/Vendor/Acme/Toaster/1/Policy").microsoft().allowed_values().unwrap();
    let admx = policy.admx().unwrap();
    assert_eq!(
        (admx.area(), admx.name(), admx.file()),
        (Some("Kitchen~AT~Toaster"), Some("BrownOnly"), Some("kitchen.admx"))
    );
    // What is typed is an extension still.
    assert_eq!(applicability.extension().children().count(), 4);
    assert_eq!(policy.extension().attribute("ValueType"), Some("ADMX"));
    assert_eq!(allowed.values().map(|value| value.extension().local_name()).collect::<Vec<_>>(), ["Enum", "Enum"]);
    let pattern = get("./Device/Vendor/Acme/Toaster/1/Label").microsoft().allowed_values().unwrap();
    assert_eq!(pattern.values().next().unwrap().value(), Some("^[a-z<&]+$"));
    assert_eq!(attributes(&schema), 25);
}

#[test]
fn what_of_microsofts_is_not_typed_is_there_as_it_is() {
    let ns = "xmlns:m='http://schemas.microsoft.com/MobileDevice/DM'";
    let document = one(&format!(
        "<m:ReplaceBehavior {ns}>Merge</m:ReplaceBehavior><m:DynamicNodeNaming {ns}><m:ByOracle/></m:DynamicNodeNaming>\
         <Add/><Type xmlns='syncml:metinf'/>"
    ));
    let schema = ddf::decode(document.as_bytes()).unwrap();
    let node = schema.nodes().next().unwrap();
    assert_eq!(node.microsoft().replace_behavior(), Some("Merge"));
    let Some(DynamicNaming::Other(naming)) = node.microsoft().dynamic_naming() else { panic!("a rule nobody knows") };
    assert_eq!(naming.children().map(|rule| rule.local_name()).collect::<Vec<_>>(), ["ByOracle"]);
    // Names of the field's vocabularies have their tag.
    let tags: Vec<_> = node.extensions().map(|extension| extension.tag()).collect();
    assert_eq!(tags, [None, None, Some(dmddf::ADD), Some(metinf::TYPE)]);
}

#[test]
fn summaries_say_where_and_how_much_and_no_values() {
    let document = one(
        "<AccessType><Get/></AccessType><DefaultValue>hunter2</DefaultValue><DFFormat><chr/></DFFormat><x:E xmlns:x='u'>y</x:E>",
    );
    let document = document.replace(
        "<DFProperties>",
        "<RTProperties><ACL>Get=*</ACL><Format><int/></Format>\
        <Type>text/plain</Type></RTProperties><Value>hunter2</Value><DFProperties>",
    );
    let schema = ddf::decode(document.as_bytes()).unwrap();
    let (node, tree) = (schema.nodes().next().unwrap(), schema.documents().next().unwrap());
    assert_eq!((node.value_octets(), node.default_octets()), (Some(&b"hunter2"[..]), Some(&b"hunter2"[..])));
    let at = document.find("<x:E").unwrap();
    assert_eq!(format!("{schema:?}"), "Schema { documents: 1, nodes: 1, .. }");
    assert_eq!(format!("{tree:?}"), "Document { index: 0, encoding: Xml, nodes: 1, .. }");
    assert_eq!(format!("{:?}", tree.nodes()), "[SchemaNode(./A, chr)]");
    assert_eq!(format!("{:?}", node.extensions()), format!("[Extension(x:E at {at})]"));
    let run_time = "RunTimeProperties { format: Some(Int), mime: Some(\"text/plain\"), mo_id: None, .. }";
    assert_eq!(format!("{:?}", node.run_time().unwrap()), run_time);
    assert!(!format!("{:?} {:?}", node.microsoft(), node.uri()).contains("hunter2"));
}

/// What the names say (`wire.md` §8.1).
#[test]
fn occurrences_have_bounds_and_print_their_number() {
    use Occurrence::{One, OneOrMore, OneOrN, ZeroOrMore, ZeroOrN, ZeroOrOne};
    for (occurrence, min, max, text) in [
        (One, 1, Some(1), "One"),
        (ZeroOrOne, 0, Some(1), "ZeroOrOne"),
        (ZeroOrMore, 0, None, "ZeroOrMore"),
        (OneOrMore, 1, None, "OneOrMore"),
        (ZeroOrN(Some(8)), 0, Some(8), "ZeroOrN 8"),
        (ZeroOrN(None), 0, None, "ZeroOrN"),
        (OneOrN(Some(3)), 1, Some(3), "OneOrN 3"),
        (OneOrN(None), 1, None, "OneOrN"),
    ] {
        assert_eq!((occurrence.min(), occurrence.max(), occurrence.to_string().as_str()), (min, max, text));
    }
}

/// One node named `A` at the root, with this in its `DFProperties`.
fn one(properties: &str) -> String {
    format!("<MgmtTree><Node><NodeName>A</NodeName><DFProperties>{properties}</DFProperties></Node></MgmtTree>")
}

/// The same with this in its `RTProperties`.
fn run_time(properties: &str) -> String {
    format!("<MgmtTree><Node><NodeName>A</NodeName><RTProperties>{properties}</RTProperties></Node></MgmtTree>")
}

fn uris(schema: &Schema<'_>) -> Vec<String> {
    schema.nodes().map(|node| node.uri().to_string()).collect()
}

#[test]
fn what_is_wrong_is_named_where_it_stands() {
    use ErrorKind::*;
    let cases = [
        ("<SyncML><SyncHdr/></SyncML>".to_owned(), NotTree, "<SyncML"),
        ("<Node/>".to_owned(), NotTree, "<Node"),
        ("<MgmtTree><Node><Node><NodeName/></Node></Node></MgmtTree>".to_owned(), Missing("NodeName"), "<Node>"),
        ("<MgmtTree><Node><NodeName>a/b</NodeName></Node></MgmtTree>".to_owned(), InvalidName, "<Node>"),
        ("<MgmtTree><Node><NodeName>..</NodeName></Node></MgmtTree>".to_owned(), InvalidName, "<Node>"),
        ("<MgmtTree><Node><NodeName/><Path>./A/../B</Path></Node></MgmtTree>".to_owned(), InvalidPath, "<Path"),
        ("<MgmtTree><Node><NodeName/><NodeName/></Node></MgmtTree>".to_owned(), Repeated("NodeName"), "<NodeName/></"),
        ("<MgmtTree><Node>a<NodeName/></Node></MgmtTree>".to_owned(), UnexpectedText, "a<"),
        ("<MgmtTree><Node><NodeName><b/></NodeName></Node></MgmtTree>".to_owned(), UnexpectedMarkup, "<b"),
        ("<MgmtTree><Man/><Man/></MgmtTree>".to_owned(), Repeated("Man"), "<Man/></"),
        (one("<DFFormat><string/></DFFormat>"), UnknownNodeFormat, "<string"),
        (one("<DFFormat><MIME/></DFFormat>"), UnknownNodeFormat, "<MIME"),
        (one("<DFFormat>string</DFFormat>"), UnknownNodeFormat, "<DFFormat"),
        (one("<DFFormat/>"), UnknownNodeFormat, "<DFFormat"),
        (one("<DFFormat><chr/><int/></DFFormat>"), Repeated("DFFormat"), "<int"),
        (one("<DFFormat><chr/></DFFormat><DFFormat/>"), Repeated("DFFormat"), "<DFFormat/>"),
        (one("<AccessType/><AccessType><Get/></AccessType>"), Repeated("AccessType"), "<AccessType><"),
        (one("<AccessType><Get>x</Get></AccessType>"), UnexpectedText, "x<"),
        (one("<Scope/><Scope/>"), Repeated("Scope"), "<Scope/></"),
        (one("<Scope><Static/></Scope>"), InvalidValue, "<Static"),
        (one("<Scope><Dynamic>x</Dynamic></Scope>"), UnexpectedText, "<Dynamic"),
        (one("<CaseSense><Get/></CaseSense>"), InvalidValue, "<Get"),
        (one("<Occurrence><Two/></Occurrence>"), InvalidValue, "<Two"),
        (one("<Occurrence><ZeroOrN>many</ZeroOrN></Occurrence>"), InvalidNumber, "<ZeroOrN"),
        (one("<Occurrence><ZeroOrN>+8</ZeroOrN></Occurrence>"), InvalidNumber, "<ZeroOrN"),
        (one("<Occurrence><OneOrN>4294967296</OneOrN></Occurrence>"), InvalidNumber, "<OneOrN"),
        (one("<Occurrence><OneOrN>0</OneOrN></Occurrence>"), InvalidValue, "<OneOrN"),
        (one("<Occurrence><One>1</One></Occurrence>"), UnexpectedText, "<One"),
        (one("<Occurrence><One/><One/></Occurrence>"), Repeated("Occurrence"), "<One/></"),
        (one("<DefaultValue/><DefaultValue/>"), Repeated("DefaultValue"), "<DefaultValue/></"),
        (one("<DFType/><DFType/>"), Repeated("DFType"), "<DFType/></"),
        (one("</DFProperties><DFProperties>"), Repeated("DFProperties"), "<DFProperties></DFProperties></"),
        (one("<AccessType><Get><b/></Get></AccessType>"), UnexpectedMarkup, "<b"),
        (run_time("<Format/><Format><chr/></Format>"), Repeated("Format"), "<Format><"),
        (run_time("<Type/><Type/>"), Repeated("Type"), "<Type/></"),
        (run_time("<ACL/><ACL/>"), Repeated("ACL"), "<ACL/></"),
        // An official file had one `</Node>` too many (field-lessons.md §5.9).
        ("<MgmtTree><Node><NodeName/></Node></Node></MgmtTree>".to_owned(), XmlEndTag, "</Node></MgmtTree"),
    ];
    for (document, kind, at) in cases {
        let error = ddf::decode(document.as_bytes()).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (kind, document.find(at).unwrap()), "{document}");
        if kind != XmlEndTag && kind != NotTree {
            let wbxml = Element::read(&document).wbxml();
            assert_eq!(ddf::decode(&wbxml).unwrap_err().kind(), kind, "{document}");
        }
    }
    assert_eq!(ddf::decode(b"plain").unwrap_err().kind(), UnknownFormat);
}

#[test]
fn exact_names_come_first_and_unnamed_ones_help_out() {
    let node = |name: &str, inside: &str| format!("<Node><NodeName>{name}</NodeName>{inside}</Node>");
    let any = node("", &(node("x", "") + &node("y", "")));
    let one = format!("<MgmtTree>{any}{}{}</MgmtTree>", node("A", &node("x", "")), node("{Id}", &node("z", "")));
    let guid = "{c6d47067-6e92-480e-b0f7-4ba82182fac7}";
    let two = format!("<MgmtTree>{}{}</MgmtTree>", node("A", &node("w", "")), node(guid, &node("Caf%C3%A9", "")));
    let mut schema = ddf::decode(one.as_bytes()).unwrap();
    schema.merge(ddf::decode(two.as_bytes()).unwrap());
    let found = |uri: &str| -> Vec<(usize, String)> {
        let matches = schema.matches(uri).unwrap();
        matches.map(|node| (node.document().unwrap().index(), node.uri().to_string())).collect()
    };
    let at = |index, uri: &str| (index, uri.to_owned());
    assert_eq!(found("./A"), [at(0, "./A"), at(1, "./A"), at(0, "./*"), at(0, "./{Id}")]);
    assert_eq!(found("A/x"), [at(0, "./A/x"), at(0, "./*/x")]);
    assert_eq!(found("./A/w"), [at(1, "./A/w")]);
    // Below the exact name there is none: what is below any name counts.
    assert_eq!(found("./A/z"), [at(0, "./{Id}/z")]);
    assert_eq!(found("./A/y"), [at(0, "./*/y")]);
    assert_eq!(found("./{Id}/z"), [at(0, "./{Id}/z")]);
    assert_eq!(found(&format!("./{guid}/Caf%C3%A9")).len(), 1);
    assert_eq!(found(&format!("./{guid}/Café")).len(), 1);
    assert_eq!(found("./B/w"), []);
    assert_eq!(schema.get("./A//x").unwrap_err().kind(), ErrorKind::InvalidUri);
    assert_eq!(schema.get("./A?prop=ACL").unwrap_err().offset(), 3);
    assert!(Schema::new().get("./A").unwrap().is_none() && Schema::new().is_empty());
}

/// Mixes the children of DDF's elements; those whose order means something stay in it.
fn shuffle(element: &mut Element, random: &mut impl FnMut() -> usize) {
    let group = |kid: &Kid| match kid {
        Kid::Element(element) if element.is_foreign() => ":".to_owned(),
        Kid::Element(element) => element.name.clone(),
        Kid::Text(_) => String::new(),
    };
    let mut order: Vec<String> = element.kids.iter().map(group).collect();
    for last in (1..order.len()).rev() {
        order.swap(last, random() % (last + 1));
    }
    let mut left = std::mem::take(&mut element.kids);
    for name in order {
        let next = left.iter().position(|kid| group(kid) == name).unwrap();
        element.kids.push(left.remove(next));
    }
    element.elements().filter(|element| !element.is_foreign()).for_each(|element| shuffle(element, random));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn children_may_come_in_any_order(seed in 1_u64..) {
        for document in [ACME, ACME_WINDOWS] {
            let mut element = Element::read(std::str::from_utf8(document).unwrap());
            let mut state = seed;
            shuffle(&mut element, &mut || {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                (state >> 16) as usize
            });
            let mut xml = String::new();
            element.xml(&mut xml);
            let expected = dump(&ddf::decode(document).unwrap());
            prop_assert_eq!(&dump(&ddf::decode(xml.as_bytes()).unwrap()), &expected);
            prop_assert_eq!(&dump(&ddf::decode(&element.wbxml()).unwrap()), &expected);
        }
    }
}

#[test]
fn truncated_and_changed_documents_are_refused_or_read_but_never_hurt() {
    let mut inputs: Vec<Vec<u8>> =
        corpus().into_iter().map(|(_, file)| file).filter(|file| file.len() < 4096).collect();
    inputs.push(ACME_WBXML.to_vec());
    inputs.push(Element::read(std::str::from_utf8(ACME_WINDOWS).unwrap()).wbxml());
    inputs.push(ACME.to_vec());
    let (mut read, mut refused) = (0, 0);
    for input in &inputs {
        let end = input.len() - input.iter().rev().take_while(|octet| octet.is_ascii_whitespace()).count();
        for len in 0..end {
            assert!(ddf::decode(&input[..len]).unwrap_err().offset() <= len, "{len}");
        }
        let mut changed = input.clone();
        for at in (0..input.len() * 8).step_by(101) {
            changed[at / 8] ^= 1 << (at % 8);
            match ddf::decode(&changed) {
                Ok(schema) => {
                    read += usize::from(!dump(&schema).is_empty());
                }
                Err(error) => {
                    refused += 1;
                    assert!(error.offset() <= changed.len());
                }
            }
            changed[at / 8] ^= 1 << (at % 8);
        }
    }
    println!("{} documents; with a bit changed, {read} were read and {refused} refused", inputs.len());
}

#[test]
fn hostile_documents_cost_no_more_than_their_size() {
    let start = Instant::now();
    // Text around many elements is not joined piece by piece.
    let mixed = one(&format!("<x:A xmlns:x='urn:x'>{}</x:A>", "a&amp;<x:b/>".repeat(100_000)));
    assert!(ddf::decode(mixed.as_bytes()).unwrap().nodes().next().unwrap().extensions().next().unwrap().is_mixed());
    // Unnamed nodes at every level of a long URI.
    let level = |inside: &str| format!("<Node><NodeName/>{inside}</Node><Node><NodeName>a</NodeName>{inside}</Node>");
    let levels = (0..12).fold(String::new(), |inside, _| level(&inside));
    let schema = format!("<MgmtTree>{levels}</MgmtTree>");
    let schema = ddf::decode(schema.as_bytes()).unwrap();
    assert_eq!(schema.matches(&["a"; 12].join("/")).unwrap().count(), 4096);
    // Many unnamed nodes side by side, each with a Path through another.
    let nodes: String = (0..20_000).map(|n| format!("<Node><NodeName/><Path>{{{n}}}/*</Path></Node>")).collect();
    assert_eq!(
        ddf::decode(format!("<MgmtTree>{nodes}</MgmtTree>").as_bytes()).unwrap().matches("x/y/z").unwrap().count(),
        20_000
    );
    let deep = "<Node><NodeName/>".repeat(600);
    let error = ddf::decode(format!("<MgmtTree>{deep}").as_bytes()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::LimitDepth);
    let options = Options { limits: Limits { elements: 20, ..Limits::default() }, ..Options::default() };
    assert_eq!(ddf::decode_with(ACME, &options).unwrap_err().kind(), ErrorKind::LimitElements);
    println!("{:?}", start.elapsed());
}
