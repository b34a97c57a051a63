//! URIs, patterns, searches, and questions to a tree.

use crate::naive::{Condition, Steps, Way, naive, render};
use crate::{Setting, check_error};
use arbitrary::{Arbitrary, Result, Unstructured};
use omadm::query::{MoSearch, Pattern, RelPath, Uri};
use omadm::session::{ResultsOptions, results, target};
use omadm::syncml::CommandKind;
use omadm::tnds;
use omadm::tree::{Acl, AclCommands, Node, Principal, TStamp, Tree};
use std::collections::HashSet;
use std::sync::LazyLock;

/// A tree with objects inside objects, lists, and values of every kind.
static TREE: LazyLock<Tree<'static>> = LazyLock::new(|| {
    let object = |name: &str, mo_id: &str, acl: &str, inside: &str| {
        format!(
            "<Node><NodeName>{name}</NodeName><RTProperties><ACL>{acl}</ACL><Format><node/></Format><Type><DDFName>{mo_id}</DDFName></Type>\
             </RTProperties>{inside}</Node>"
        )
    };
    let leaf = |name: &str, value: &str| format!("<Node><NodeName>{name}</NodeName><Value>{value}</Value></Node>");
    let inner = object("c", "urn:a:1.1", "Get=one", &(leaf("a", "10") + &leaf("b", "x") + &leaf("*", "")));
    let octets =
        "<Node><NodeName>b</NodeName><RTProperties><Format><bin/></Format></RTProperties><Value>AAE=</Value></Node>";
    let document = [
        "<MgmtTree>".to_owned(),
        object("a", "urn:a:1.0", "Get=*&amp;Replace=one", &(inner + octets + &leaf("a b", "1"))),
        object("b", "com.a/1.0/B", "", &object("a", "urn:a:1.0", "Get=two", &(leaf("c", "1") + &leaf("b", "-3")))),
        object("Inbox", "urn:oma:mo:oma-dm-inbox:1.0", "", &object("c", "urn:a:1.0", "", "")),
        leaf("c", "true"),
        "</MgmtTree>".to_owned(),
    ];
    tnds::decode(document.concat().as_bytes()).unwrap().into_owned()
});

/// The strings of a query: one on each line.
pub fn query(data: &[u8]) {
    let Some((setting, rest)) = Setting::take(data) else { return };
    if setting.bit(0) {
        let _ = selections(&mut Unstructured::new(rest));
        return;
    }
    let Ok(text) = core::str::from_utf8(rest) else { return };
    for text in text.split('\n').take(8) {
        uris(text);
        patterns(text, setting);
        questions(text, setting);
        searches(text);
    }
}

fn uris(text: &str) {
    for parse in [Uri::parse, Uri::parse_names, Uri::parse_lenient] {
        match parse(text) {
            Ok(uri) => {
                assert!(uri.segments().all(|segment| !segment.is_empty() && text.contains(segment)));
                assert!(text.contains(uri.path()));
                let found = TREE.resolve(&uri);
                if let Some(node) = found {
                    assert_eq!(node.depth(), uri.segments().count());
                    let again = node.uri().to_string();
                    assert_eq!(TREE.get(&again), Ok(Some(node)), "{again}");
                }
            }
            Err(error) => assert!(text.is_char_boundary(error.offset()), "{error}"),
        }
    }
    if let Ok(strict) = Uri::parse(text) {
        assert_eq!((Uri::parse_names(text), Uri::parse_lenient(text)), (Ok(strict), Ok(strict)));
    }
    match Acl::parse(text) {
        Ok(acl) => {
            let written = acl.to_string();
            let again = Acl::parse(&written).unwrap();
            assert_eq!(again.to_string(), written);
            for server in ["one", "two", "*"] {
                assert_eq!(again.grants(server), acl.grants(server));
            }
            let without = acl.clone().without_server("one");
            assert_eq!(without.grants("one"), without.everyone());
            assert_eq!(without.grants("two"), acl.grants("two"));
        }
        Err(error) => assert!(text.is_char_boundary(error.offset()), "{error}"),
    }
    if let Ok(seconds) = text.parse::<u64>()
        && let Some(time) = TStamp::from_unix(seconds)
    {
        assert_eq!(time.as_str().len(), "20010711T163817Z".len());
    }
}

fn patterns(text: &str, setting: Setting) {
    let limits = setting.limits();
    let pattern = match Pattern::parse_with(text, &limits) {
        Ok(pattern) => pattern,
        Err(error) => return assert!(text.is_char_boundary(error.offset()), "{error}"),
    };
    let all: Vec<Node<'_>> = TREE.nodes().collect();
    let found: HashSet<_> = TREE.select(&pattern).map(|node| node.id()).collect();
    let in_order: Vec<Node<'_>> = all.iter().copied().filter(|node| found.contains(&node.id())).collect();
    assert_eq!(TREE.select(&pattern).collect::<Vec<_>>(), in_order, "tree order, each once");
    for server in ["one", "two"] {
        let principal = Principal::Server(server);
        for node in TREE.select_for(&pattern, principal) {
            assert!(node.allows(principal, AclCommands::GET));
        }
    }
    if let Ok(path) = RelPath::parse(text) {
        assert_eq!(path.as_str(), text);
        let by_path: HashSet<_> = path.nodes(TREE.root(), Principal::Device).map(|node| node.id()).collect();
        assert!(by_path.len() <= all.len());
    }
}

fn questions(text: &str, setting: Setting) {
    let principals = [Principal::Device, Principal::Server("one"), Principal::Server("two")];
    for principal in principals {
        let options = ResultsOptions {
            principal,
            location_queries: setting.bit(1),
            limits: setting.limits(),
            ..ResultsOptions::default()
        };
        match results(&TREE, text, &options) {
            Ok(items) => {
                for item in items {
                    assert_eq!(item.clone().into_owned(), item);
                }
            }
            Err(error) => assert!(error.offset() <= text.len(), "{error}"),
        }
        for command in [CommandKind::Get, CommandKind::Add, CommandKind::Replace] {
            if let Err(error) = target(&TREE, text, command, &options) {
                check_error(error, text.as_bytes());
            }
        }
    }
}

/// Whether a search finds what a look at all nodes finds.
fn searches(text: &str) {
    let (id, path) = text.split_once(' ').unwrap_or((text, ""));
    let is_asked = |node: &Node<'_>| {
        let Some(mo_id) = node.mo_id() else { return false };
        match id.strip_suffix(":*") {
            Some(stem) => mo_id.rsplit_once(':').is_some_and(|(before, _)| before == stem),
            None => mo_id == id,
        }
    };
    let expected: Vec<Node<'_>> = TREE.nodes().filter(is_asked).collect();
    let search = MoSearch::new().id(id);
    assert_eq!(search.find(&TREE).collect::<Vec<_>>(), expected);
    if let Ok(search) = search.with_node(path) {
        let path = RelPath::parse(path).unwrap();
        let expected: Vec<_> =
            expected.into_iter().filter(|node| path.nodes(*node, Principal::Device).next().is_some()).collect();
        assert_eq!(search.find(&TREE).collect::<Vec<_>>(), expected);
    }
}

fn condition(u: &mut Unstructured<'_>) -> Result<Condition> {
    let mut path = vec![*u.choose(&["a", "b", "c", "*"])?];
    if bool::arbitrary(u)? {
        path.push(*u.choose(&["a", "b", "c", "*"])?);
    }
    let test = match u.int_in_range(0..=2)? {
        0 => None,
        1 => Some((*u.choose(&["==", "!="])?, *u.choose(&["\"1\"", "\"x\"", "\"\""])?)),
        _ => Some((*u.choose(&["==", "!=", "<", ">="])?, *u.choose(&["1", "2", "10"])?)),
    };
    Ok(Condition { path, test })
}

/// A pattern over a tree of three names, against a recursive reading.
fn selections(u: &mut Unstructured<'_>) -> Result<()> {
    let mut steps: Steps = Vec::new();
    for _ in 0..u.int_in_range(0..=4)? {
        let way = match u.int_in_range(0..=4)? {
            0 => Way::Any,
            1 => Way::Deep,
            _ => Way::Name(*u.choose(&["a", "b", "c"])?),
        };
        let mut conditions = Vec::new();
        for _ in 0..u.int_in_range(0..=2)? {
            conditions.push(condition(u)?);
        }
        steps.push((way, conditions));
    }
    let document = document(u)?;
    let tree = tnds::decode(document.as_bytes()).unwrap();
    let text = render(&steps);
    let pattern = Pattern::parse(&text).unwrap();
    for server in [None, Some("one"), Some("two")] {
        let mut expected = HashSet::new();
        naive(tree.root(), &steps, server, &mut expected);
        let expected: Vec<Node<'_>> = tree.nodes().filter(|node| expected.contains(&node.id())).collect();
        let found: Vec<Node<'_>> = match server {
            None => tree.select(&pattern).collect(),
            Some(server) => tree.select_for(&pattern, Principal::Server(server)).collect(),
        };
        assert_eq!(found, expected, "{text} for {server:?} in {document}");
    }
    Ok(())
}

fn document(u: &mut Unstructured<'_>) -> Result<String> {
    let mut interiors = vec![String::new()];
    let mut taken = HashSet::new();
    let mut out = "<MgmtTree>".to_owned();
    for _ in 0..u.int_in_range(0..=24)? {
        let parent = u.choose(&interiors)?.clone();
        let name = *u.choose(&["a", "b", "c"])?;
        let uri = format!("{parent}/{name}");
        if !taken.insert(uri.clone()) {
            continue;
        }
        let list = *u.choose(&["", "", "", "Get=one", "Get=*", "Replace=*"])?;
        let (format, value) = match u.int_in_range(0..=8)? {
            0..4 => ("node", ""),
            4 => ("bin", "<Value>1</Value>"),
            5 => ("int", "<Value>10</Value>"),
            6 => ("chr", "<Value>x</Value>"),
            7 => ("chr", ""),
            _ => ("chr", "<Value>1</Value>"),
        };
        out += &format!(
            "<Node><NodeName>{name}</NodeName><Path>{parent}</Path><RTProperties><ACL>{list}</ACL>\
             <Format><{format}/></Format></RTProperties>{value}</Node>"
        );
        if format == "node" {
            interiors.push(uri);
        }
    }
    Ok(out + "</MgmtTree>")
}
