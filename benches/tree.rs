//! The tree: rows named as libyang's own benchmark names them, for 100,000 nodes in 20,000 groups; and how searches and lookups
//! depend on the size of the tree.
//!
//! `cargo bench --bench tree`, or with a filter: `cargo bench --bench tree -- 'find'`.

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use omadm::markup::Encoding;
use omadm::query::MoSearch;
use omadm::tnds::{self, Properties};
use omadm::tree::{Differences, EditOptions, Format, NewNode, Tree, diff};
use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Duration;

const GROUPS: usize = 20_000;
const MO_ID: &str = "urn:oma:mo:oma-dm-dmacc:1.0";

/// A tree of `groups` interior nodes with four leaves each, as XML. Every hundredth begins a management object; `changed` has
/// other values, and each tenth group another name.
fn document(groups: usize, changed: bool) -> String {
    let mut out = String::from("<MgmtTree xmlns=\"syncml:dmddf1.2\"><VerDTD>1.2</VerDTD>");
    for group in 0..groups {
        let mo_id = if group % 100 == 0 { MO_ID } else { "" };
        let other = if changed && group % 10 == 0 { "x" } else { "" };
        // Not all below one node: a hundred groups to a branch.
        let branch = group / 100;
        let _ = write!(
            out,
            "<Node><NodeName>g{group}{other}</NodeName><Path>./b{branch}</Path><RTProperties><Format><node/></Format>\
             <Type><DDFName>{mo_id}</DDFName></Type></RTProperties>"
        );
        for (name, format, value) in
            [("ID", "chr", "w7"), ("Name", "chr", "Operator"), ("Port", "int", "443"), ("On", "bool", "true")]
        {
            let value = if changed && name == "Port" { "8443" } else { value };
            let _ = write!(
                out,
                "<Node><NodeName>{name}</NodeName><RTProperties><Format><{format}/></Format>\
                 <Type><MIME>text/plain</MIME></Type></RTProperties><Value>{value}</Value></Node>"
            );
        }
        out.push_str("</Node>");
    }
    out.push_str("</MgmtTree>");
    out
}

fn create(groups: usize) -> Tree<'static> {
    let mut tree = Tree::new();
    let options = EditOptions { implicit_parents: true, ..EditOptions::default() };
    let mut edit = tree.edit(&options);
    let mut uri = String::new();
    for group in 0..groups {
        let mut add = |leaf: &str, new: &NewNode<'_>| {
            uri.clear();
            let _ = write!(uri, "./b{}/g{group}{leaf}", group / 100);
            edit.add(&uri, new).expect("a new node");
        };
        add("", &if group % 100 == 0 { NewNode::object(MO_ID) } else { NewNode::interior() });
        add("/ID", &NewNode::leaf("w7"));
        add("/Name", &NewNode::leaf("Operator"));
        add("/Port", &NewNode::leaf("443").format(Format::Int));
        add("/On", &NewNode::leaf("true").format(Format::Bool));
    }
    tree
}

fn rows(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("100,000 nodes");
    group.sample_size(15).measurement_time(Duration::from_secs(3));
    let xml = document(GROUPS, false);
    let tree = tnds::decode(xml.as_bytes()).expect("a tree");
    let nodes = tree.len();
    assert_eq!(nodes, 1 + GROUPS / 100 + 5 * GROUPS);
    let wbxml = tnds::encode(&tree, Encoding::Wbxml, &Default::default()).expect("octets");
    let changed_xml = document(GROUPS, true);
    let changed = tnds::decode(changed_xml.as_bytes()).expect("a tree");
    println!("{nodes} nodes; XML {} octets, WBXML {} octets", xml.len(), wbxml.len());

    group.bench_function("create by path", |bench| bench.iter_with_large_drop(|| create(GROUPS)));
    assert_eq!(create(GROUPS).len(), nodes);
    group.bench_function("parse XML", |bench| {
        bench.iter_with_large_drop(|| tnds::decode(black_box(xml.as_bytes())).expect("a tree"));
    });
    group.bench_function("parse binary (WBXML)", |bench| {
        bench.iter_with_large_drop(|| tnds::decode(black_box(&wbxml)).expect("a tree"));
    });
    for (name, encoding) in [("print XML", Encoding::Xml), ("print binary (WBXML)", Encoding::Wbxml)] {
        group.bench_function(name, |bench| {
            bench.iter_with_large_drop(|| tnds::encode(&tree, encoding, &Default::default()).expect("octets"));
        });
    }
    group.bench_function("print XML, values only", |bench| {
        let options = tnds::EncodeOptions { properties: Properties::VALUE, ..Default::default() };
        bench.iter_with_large_drop(|| tnds::encode(&tree, Encoding::Xml, &options).expect("octets"));
    });
    group.bench_function("dup", |bench| bench.iter_with_large_drop(|| tree.clone()));
    group.bench_function("free", |bench| bench.iter_batched(|| tree.clone(), drop, BatchSize::LargeInput));
    group.bench_function("find by scan", |bench| {
        bench.iter(|| tree.nodes().filter(|node| node.mo_id() == Some(MO_ID)).count());
    });
    group.bench_function("find by hash", |bench| bench.iter(|| tree.find_mo(black_box(MO_ID)).count()));
    group.bench_function("diff same", |bench| {
        let same = tree.clone();
        bench.iter(|| diff(&tree, &same, Differences::all()).len());
    });
    assert_eq!(diff(&tree, &changed, Differences::all()).len(), 2 * GROUPS / 10 + 9 * GROUPS / 10);
    group.bench_function("diff different", |bench| bench.iter(|| diff(&tree, &changed, Differences::all()).len()));
    for (name, other) in [("merge same", &tree), ("merge different", &changed)] {
        group.bench_function(name, |bench| {
            let merge = |mut target: Tree<'_>| {
                target.edit(&EditOptions::default()).merge_subtree(".", other.root()).expect("a merge");
                target.len()
            };
            bench.iter_batched(|| tree.clone(), merge, BatchSize::LargeInput);
        });
    }
    group.finish();
}

fn sizes(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("by size");
    group.sample_size(15).measurement_time(Duration::from_secs(1));
    for nodes in [1_000, 10_000, 100_000, 1_000_000] {
        // Ten objects, however large the tree is.
        let mut xml = document(nodes / 5, false).replacen(MO_ID, "urn:x:ten", 10);
        if nodes / 500 < 10 {
            xml = xml.replacen("<DDFName></DDFName>", "<DDFName>urn:x:ten</DDFName>", 10 - nodes / 500);
        }
        let tree = tnds::decode(xml.as_bytes()).expect("a tree");
        assert_eq!(tree.find_mo("urn:x:ten").count(), 10);
        group.bench_with_input(BenchmarkId::new("find 10 objects", nodes), &tree, |bench, tree| {
            bench.iter(|| tree.find_mo(black_box("urn:x:ten")).count());
        });
        group.bench_with_input(BenchmarkId::new("find none", nodes), &tree, |bench, tree| {
            bench.iter(|| tree.find_mo(black_box("urn:x:none")).count());
        });
        group.bench_with_input(BenchmarkId::new("find 10 objects of any version", nodes), &tree, |bench, tree| {
            let search = MoSearch::new().id("urn:x:*");
            bench.iter(|| search.find(tree).count());
        });
        let last = nodes / 5 - 1;
        let uri = format!("./b{}/g{last}/Port", last / 100);
        group.bench_with_input(BenchmarkId::new("URI lookup", nodes), &tree, |bench, tree| {
            bench.iter(|| tree.get(black_box(&uri)).expect("a URI").is_some());
        });
    }
    let flat: String = (0..100_000).fold(String::from("<MgmtTree>"), |mut out, name| {
        let _ = write!(out, "<Node><NodeName>n{name}</NodeName><Value>1</Value></Node>");
        out
    });
    let flat = flat + "</MgmtTree>";
    let flat = tnds::decode(flat.as_bytes()).expect("a tree");
    group.bench_function("URI lookup/among 100,000 siblings", |bench| {
        bench.iter(|| flat.get(black_box("./n77777")).expect("a URI").is_some());
    });
    for depth in [1, 10, 100] {
        let deep: String = (0..depth).map(|_| "<Node><NodeName>d</NodeName>").collect();
        let deep = format!("<MgmtTree>{deep}{}</MgmtTree>", "</Node>".repeat(depth));
        let deep = tnds::decode(deep.as_bytes()).expect("a tree");
        let uri = format!(".{}", "/d".repeat(depth));
        group.bench_function(BenchmarkId::new("URI lookup at depth", depth), |bench| {
            bench.iter(|| deep.get(black_box(&uri)).expect("a URI").is_some());
        });
    }
    group.finish();
}

criterion_group!(benches, rows, sizes);
criterion_main!(benches);
