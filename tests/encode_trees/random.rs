//! Random trees, as a document by a writer of their own and as what that document says.

use super::*;
use proptest::prelude::*;

#[derive(Clone, Debug)]
struct Model {
    name: String,
    properties: [Option<String>; 4],
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    Interior(Option<String>, Vec<Model>),
    Leaf(Format, String, Option<Vec<u8>>),
}

/// A text that XML can carry.
fn text() -> impl Strategy<Value = String> {
    let char = prop_oneof![
        any::<char>().prop_filter("XML has it", |c| {
            !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}') || matches!(c, '\t' | '\n' | '\r')
        }),
        Just('<'),
        Just('&'),
        Just(']'),
        Just('>'),
        Just(' '),
        Just('\r'),
        Just('\n'),
    ];
    prop::collection::vec(char, 0..12).prop_map(String::from_iter)
}

fn properties() -> impl Strategy<Value = [Option<String>; 4]> {
    let acl = prop::option::of("Get=[*a-z<&.]{1,6}");
    let title = prop::option::of("([A-Za-zé<&>\"'][ a-z]{0,4}[a-z])?");
    (acl, title, prop::option::of("20[0-9]{6}T[0-9]{6}Z"), prop::option::of("[0-9]{1,5}"))
        .prop_map(|(acl, title, tstamp, ver_no)| [acl, title, tstamp, ver_no])
}

fn leaf() -> impl Strategy<Value = What> {
    let textual = prop::sample::select(&Format::ALL[..])
        .prop_filter("not bin, not node", |format| !matches!(format, Format::Bin | Format::Node));
    let mime = prop_oneof![Just("text/plain".to_owned()), "[a-z]{1,8}/[a-z.+]{1,8}"];
    let value = prop_oneof![
        (textual, prop::option::of(text().prop_map(String::into_bytes))),
        (Just(Format::Bin), prop::option::of(prop::collection::vec(any::<u8>(), 0..200))),
    ];
    (mime, value).prop_map(|(mime, (format, value))| What::Leaf(format, mime, value))
}

fn models() -> impl Strategy<Value = Vec<Model>> {
    let name = "[A-Za-z.é%<&~]{1,4}( [a-z])?";
    // A number makes siblings' names differ.
    let number = |models: Vec<Model>| -> Vec<Model> {
        models.into_iter().enumerate().map(|(i, model)| Model { name: format!("{i}{}", model.name), ..model }).collect()
    };
    let model = (name, properties(), leaf()).prop_map(|(name, properties, what)| Model { name, properties, what });
    let model = model.prop_recursive(6, 60, 12, move |inner| {
        let mo = prop::option::of("urn:[a-z:.]{1,9}[0-9]");
        let children = prop::collection::vec(inner, 0..12).prop_map(number);
        (name, properties(), mo, children).prop_map(|(name, properties, mo, children)| Model {
            name,
            properties,
            what: What::Interior(mo, children),
        })
    });
    prop::collection::vec(model, 0..6).prop_map(number)
}

impl Model {
    /// A document of it, by a writer of our own here.
    fn xml(&self, out: &mut String) {
        let element = |name: &str, text: &str| format!("<{name}>{}</{name}>", escaped(text));
        let [acl, title, tstamp, ver_no] = &self.properties;
        let optional = |name: &str, text: &Option<String>| text.as_ref().map_or(String::new(), |t| element(name, t));
        let (format, kind) = match &self.what {
            What::Interior(mo, _) => ("node", element("DDFName", mo.as_deref().unwrap_or_default())),
            What::Leaf(format, mime, _) => (format.name(), element("MIME", mime)),
        };
        out.push_str(&format!(
            "<Node>{}<RTProperties><Type>{kind}</Type>{}{}{}{}<Format><{format}/></Format></RTProperties>",
            element("NodeName", &self.name),
            optional("VerNo", ver_no),
            optional("TStamp", tstamp),
            optional("Title", title),
            optional("ACL", acl),
        ));
        match &self.what {
            What::Interior(_, children) => children.iter().for_each(|child| child.xml(out)),
            What::Leaf(Format::Bin, _, Some(octets)) => out.push_str(&element("Value", &STANDARD.encode(octets))),
            What::Leaf(_, _, Some(text)) => out.push_str(&element("Value", std::str::from_utf8(text).unwrap())),
            What::Leaf(..) => {}
        }
        out.push_str("</Node>");
    }

    fn facts(&self, above: &[String], facts: &mut Facts) {
        let names = [above, std::slice::from_ref(&self.name)].concat();
        let [acl, title, tstamp, ver_no] = self.properties.clone();
        let mut fact = Fact { acl, title, tstamp, ver_no, ..Fact::default() };
        match &self.what {
            What::Interior(mo, children) => {
                fact.format = "node".to_owned();
                fact.mo_id = mo.clone();
                fact.children = children.iter().map(|child| child.name.clone()).collect();
                children.iter().for_each(|child| child.facts(&names, facts));
            }
            What::Leaf(format, mime, value) => {
                fact.format = format.name().to_owned();
                fact.media_type = Some(mime.clone());
                fact.value = value.clone();
            }
        }
        facts.insert(names, fact);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn random_trees_survive(models in models(), man in prop::option::of("[a-z]{1,5}")) {
        let mut xml = String::from("<MgmtTree xmlns='syncml:dmddf1.2'><VerDTD>1.2</VerDTD>");
        xml.extend(man.iter().map(|man| format!("<Man>{man}</Man>")));
        models.iter().for_each(|model| model.xml(&mut xml));
        xml.push_str("</MgmtTree>");
        let mut expected = Facts::new();
        models.iter().for_each(|model| model.facts(&[], &mut expected));
        let children = models.iter().map(|model| model.name.clone()).collect();
        expected.insert(Vec::new(), Fact { format: "node".to_owned(), children, ..Fact::default() });
        let tree = decode(xml.as_bytes()).unwrap();
        for (encoding, layout) in WAYS {
            let octets = encode(&tree, encoding, &options(layout)).unwrap();
            let again = decode(&octets).unwrap();
            prop_assert_eq!(&facts(again.root()), &expected);
            prop_assert_eq!(again.man(), man.as_deref());
            // From whichever encoding it comes, it becomes the same octets.
            prop_assert_eq!(&encode(&again, encoding, &options(layout)).unwrap(), &octets);
            let Some(top) = tree.root().children().max_by_key(|top| top.descendants().count()) else { continue };
            // One node, read back from a message at its place.
            let octets = encode(top, encoding, &options(layout)).unwrap();
            let message = message(top, &octets, encoding);
            let message = Message::decode(&message).unwrap();
            let (_, found) = tnds::in_message(&message, &Default::default()).next().unwrap().unwrap();
            prop_assert_eq!(facts(found.root().child(top.name()).unwrap()), facts(top));
            prop_assert_eq!(found.len(), top.descendants().count() + 1);
        }
    }
}
