//! Random documents written, read, and written again.

use super::encode::{BOTH, check, check_meta, kept};
use omadm::devinf::{DevInf, MetInf, NewAnchor, NewMetInf};
use proptest::prelude::*;
use std::fmt::Write as _;

/// An element that random documents have, with what is inside.
#[derive(Clone, Debug)]
enum Part {
    Text(String),
    Element(usize, Option<String>, Vec<Part>),
}

/// Names of the vocabulary, of another one, and of none.
const NAMES: [&str; 12] =
    ["DataStore", "CTCap", "Ext", "SyncCap", "MaxSize", "Size", "XVal", "UTC", "f:Man", "f:x", "Foreign", "DataStore"];

fn text() -> impl Strategy<Value = String> {
    let special = ["", " ", "<&>", "]]>", "a\tb\nc", "é\u{1F4F1}", "\r", "\"'", "1.2"].map(str::to_owned).to_vec();
    prop_oneof![prop::sample::select(special), "[ -~]{0,12}", "\\PC{0,6}"]
}

fn part() -> impl Strategy<Value = Part> {
    let leaf = prop_oneof![
        text().prop_map(Part::Text),
        (0..NAMES.len(), prop::option::of(text())).prop_map(|(name, attr)| Part::Element(name, attr, Vec::new()))
    ];
    leaf.prop_recursive(4, 24, 4, |inside| {
        (0..NAMES.len(), prop::option::of(text()), prop::collection::vec(inside, 0..4))
            .prop_map(|(name, attr, inside)| Part::Element(name, attr, inside))
    })
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    text.replace('\t', "&#9;").replace('\n', "&#10;").replace('\r', "&#13;")
}

fn write_part(part: &Part, xml: &mut String) {
    match part {
        Part::Text(text) => xml.push_str(&escaped(text)),
        Part::Element(name, attr, inside) => {
            write!(xml, "<{}", NAMES[*name]).unwrap();
            xml.extend(attr.iter().map(|value| format!(" f:a=\"{}\"", escaped(value))));
            xml.push('>');
            inside.iter().for_each(|part| write_part(part, xml));
            write!(xml, "</{}>", NAMES[*name]).unwrap();
        }
    }
}

/// The children of a root in any order: fields with their texts, and other elements.
fn children(
    fields: &'static [&'static str],
    required: usize,
) -> impl Strategy<Value = (Vec<Option<String>>, Vec<String>)> {
    let texts = prop::collection::vec(prop::option::of(text()), fields.len());
    let texts = (texts, text()).prop_map(move |(mut texts, always)| {
        if let Some(text) = texts.get_mut(required) {
            text.get_or_insert(always);
        }
        texts
    });
    (texts, prop::collection::vec(part(), 0..6)).prop_flat_map(move |(texts, parts)| {
        let present = fields.iter().zip(&texts).filter_map(|(name, text)| Some((name, text.as_ref()?)));
        let mut written: Vec<String> =
            present.map(|(name, text)| format!("<{name}>{}</{name}>", escaped(text))).collect();
        for part in parts {
            // No text stands beside fields, and `UTC` is one.
            if let Part::Element(name, ..) = &part
                && NAMES[*name] != "UTC"
            {
                written.push(String::new());
                write_part(&part, written.last_mut().unwrap());
            }
        }
        (Just(texts), Just(written).prop_shuffle())
    })
}

const FIELDS: [&str; 9] = ["VerDTD", "Man", "Mod", "OEM", "FwV", "SwV", "HwV", "DevID", "DevTyp"];
const META_FIELDS: [&str; 4] = ["Format", "Type", "Mark", "Version"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn random_device_information_survives((texts, children) in children(&FIELDS, 7)) {
        let xml = format!("<DevInf xmlns='syncml:devinf' xmlns:f='urn:f'>{}</DevInf>", children.concat());
        let info = DevInf::decode(xml.as_bytes()).unwrap();
        check(&xml, &info);
        for encoding in BOTH {
            let written = info.encode(encoding).unwrap();
            let again = DevInf::decode(&written).unwrap();
            let seen = [again.ver_dtd(), again.man(), again.model(), again.oem(), again.fw_v(), again.sw_v(),
                again.hw_v(), Some(again.dev_id()), again.dev_typ()];
            for (seen, text) in seen.into_iter().zip(&texts) {
                prop_assert_eq!(seen, text.as_deref().map(str::trim_ascii));
            }
            // The same elements inside the same, whatever the order of the children.
            let parts: usize = kept(&again).len();
            prop_assert_eq!(parts + texts.iter().flatten().count(), children.len());
        }
    }

    #[test]
    fn random_meta_information_survives(
        (texts, mut children) in children(&META_FIELDS, usize::MAX),
        nonce in prop::option::of(prop::collection::vec(any::<u8>(), 0..40)),
        numbers in prop::collection::vec(prop::option::of(any::<u64>()), 3),
        anchor in prop::option::of((prop::option::of("[a-z0-9]{1,8}"), "[a-z0-9]{1,8}")),
    ) {
        let [size, max_msg_size, max_obj_size] = [0, 1, 2].map(|index| numbers[index]);
        let anchor = anchor.as_ref().map(|(last, next)| NewAnchor { last: last.as_deref(), next });
        let new = NewMetInf {
            format: texts[0].as_deref(),
            media_type: texts[1].as_deref(),
            mark: texts[2].as_deref(),
            version: texts[3].as_deref(),
            next_nonce: nonce.as_deref(),
            size,
            max_msg_size,
            max_obj_size,
            anchor,
            ..NewMetInf::default()
        };
        let built = new.build().unwrap();
        check_meta("built", &built);
        // The same by hand, backwards, with elements that the DTD does not have.
        for (name, number) in [("MaxObjSize", max_obj_size), ("MaxMsgSize", max_msg_size), ("Size", size)] {
            children.extend(number.map(|number| format!("<{name}>{number}</{name}>")));
        }
        if let Some(anchor) = anchor {
            let last = anchor.last.map(|last| format!("<Last>{last}</Last>")).unwrap_or_default();
            children.insert(0, format!("<Anchor><Next>{}</Next>{last}</Anchor>", anchor.next));
        }
        let xml = format!("<MetInf xmlns='syncml:metinf' xmlns:f='urn:f'>{}</MetInf>", children.concat());
        // `Size` is a field here.
        if let Ok(meta) = MetInf::decode(xml.as_bytes()) {
            check_meta(&xml, &meta);
            prop_assert_eq!((meta.size(), meta.max_msg_size(), meta.max_obj_size()), (size, max_msg_size, max_obj_size));
            let fields = |meta: &MetInf<'_>| format!("{:?} {:?} {:?} {:?} {:?} {:?}", meta.format(), meta.media_type(),
                meta.mark(), meta.version(), meta.anchor_last(), meta.anchor_next());
            prop_assert_eq!(fields(&meta), fields(&built));
        } else {
            prop_assert!(xml.matches("<Size").count() > usize::from(size.is_some()));
        }
        for encoding in BOTH {
            let written = built.encode(encoding).unwrap();
            let again = MetInf::decode(&written).unwrap();
            let seen = again.nonce().unwrap();
            prop_assert_eq!(seen.as_ref().map(|seen| seen.octets()), nonce.as_deref());
            prop_assert_eq!(again.mark(), texts[2].as_deref().map(str::trim_ascii));
        }
    }
}
