//! DevInf and stand-alone MetInf: both encodings, the corpus messages that carry them, errors with their places, damage.

mod common;
#[path = "devinf/encode.rs"]
mod encode;
#[path = "devinf/random.rs"]
mod random;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use common::{corpus, error_of, hex, outline, pieces, read, without_blanks};
use omadm::devinf::{DevInf, MetInf};
use omadm::markup::{DataForm, Encoding, Fragment, Options};
use omadm::syncml::Message;
use omadm::{Error, ErrorKind, Kind, Limits, detect};
use std::fmt::Write as _;

const INFO_XML: &str = r#"<?xml version="1.0"?>
<!DOCTYPE DevInf PUBLIC "-//SYNCML//DTD DevInf 1.2//EN" "http://www.openmobilealliance.org/tech/DTD/x.dtd">
<d:DevInf xmlns:d="syncml:devinf">
  <d:VerDTD>1.2</d:VerDTD><d:Man>ACME</d:Man><d:Mod> Phone 1 </d:Mod><d:OEM>Sh<![CDATA[op]]></d:OEM>
  <d:FwV>2.0e</d:FwV><d:SwV>2.1</d:SwV><d:HwV>1.22&#73;</d:HwV>
  <d:DevID>IMEI:490154203237518</d:DevID><d:DevTyp>smartphone</d:DevTyp>
  <d:UTC/><d:SupportLargeObjs></d:SupportLargeObjs><d:SupportNumberOfChanges/>
  <d:DataStore><d:SourceRef>./contacts</d:SourceRef><d:MaxGUIDSize>32</d:MaxGUIDSize>
    <d:Rx-Pref><d:CTType>text/x-vcard</d:CTType><d:VerCT>2.1</d:VerCT></d:Rx-Pref>
    <d:Tx-Pref><d:CTType>text/x-vcard</d:CTType><d:VerCT>2.1</d:VerCT></d:Tx-Pref>
    <d:CTCap><d:CTType>text/x-vcard</d:CTType><d:VerCT>2.1</d:VerCT>
      <d:Property><d:PropName>TEL</d:PropName><d:MaxSize>40</d:MaxSize><d:NoTruncate/></d:Property></d:CTCap>
    <d:SyncCap><d:SyncType>1</d:SyncType></d:SyncCap></d:DataStore>
  <d:DataStore><d:SourceRef>./calendar</d:SourceRef></d:DataStore>
  <d:CTCap><d:CTType>text/x-vcalendar</d:CTType></d:CTCap>
  <d:Ext><d:XNam>x-color</d:XNam><d:XVal>red</d:XVal><d:XVal>blue</d:XVal></d:Ext>
  <d:SyncCap><d:SyncType>2</d:SyncType></d:SyncCap>
</d:DevInf>"#;

/// The same, by `tests/tools/wbxml.py`, with two strings in the table.
const INFO: &str = "
    02a4036a11746578742f782d766361726400322e31004a6503312e320001510341434d450001550350686f6e652031000156
    0353686f7000014f03322e306500015e830d015003312e32324900014903494d45493a343930313534323033323337353138
    00014b03736d61727470686f6e650001282a29475d032e2f636f6e746163747300015203333200015a4683000164830d0101
    624683000164830d0101454683000164830d016b580354454c00015c03343000012e01015f60033100010101475d032e2f63
    616c656e646172000101454603746578742f782d7663616c656e6461720001014e6603782d636f6c6f720001670372656400
    016703626c75650001015f60033200010101
";

/// VerDTD 1.1, a CTCap with token 0x1C; without its header.
const INFO_11: &str = "4a6503312e31000149033100014b0370686f6e650001454603612f62000158034e00015c033900010101";

const META_XML: &str = "<MetInf xmlns='syncml:metinf'><FieldLevel/><MaxObjSize>70000</MaxObjSize><Format>b64</Format>
    <Type>text/plain</Type><Mark>draft</Mark><Size>1024</Size><Anchor><Last>234</Last><Next>276</Next></Anchor>
    <Version>7</Version><NextNonce>bm9uY2U=</NextNonce><MaxMsgSize>5000</MaxMsgSize><EMI>one</EMI><EMI>two</EMI>
    <Mem><SharedMem/><FreeMem>8</FreeMem><FreeID>9</FreeID></Mem></MetInf>";

/// The same without its header and page switch.
const META: &str = "
    4e16470362363400015303746578742f706c61696e00014b03647261667400015203313032340001454a0332333400014f03
    32373600010154033700015003626d39755932553d00014c0335303030000155033730303030000146036f6e650001460374
    776f00014d11490338000148033900010101
";

fn wbxml(header: &str, body: &str) -> Vec<u8> {
    [hex(header), hex(body)].concat()
}

fn fragments<'d>(fragments: impl Iterator<Item = Fragment<'d>>) -> String {
    fragments
        .map(|fragment| {
            assert!(fragment.offset() > 0 && !fragment.bytes().is_empty());
            let pieces = pieces(&mut fragment.reader(&Options::default())).unwrap();
            format!("\n  {}", outline(&without_blanks(pieces)))
        })
        .collect()
}

/// Everything there is to see but the encoding.
fn dump(info: &DevInf<'_>) -> String {
    let mut out = format!("{:?} {:?} {:?} {:?}", info.ver_dtd(), info.man(), info.model(), info.oem());
    write!(out, " {:?} {:?} {:?}", info.fw_v(), info.sw_v(), info.hw_v()).unwrap();
    write!(out, " {:?} {:?}", info.dev_id(), info.dev_typ()).unwrap();
    write!(out, " {} {} {}", info.utc(), info.support_large_objs(), info.support_number_of_changes()).unwrap();
    write!(out, "\nstores{}", fragments(info.data_stores())).unwrap();
    write!(out, "\ncaps{}", fragments(info.ct_caps())).unwrap();
    write!(out, "\nexts{}", fragments(info.exts())).unwrap();
    write!(out, "\nextras{}", fragments(info.extras())).unwrap();
    assert!(!format!("{info:?}").contains("IMEI"));
    out
}

fn dump_meta(meta: &MetInf<'_>) -> String {
    let nonce = meta.next_nonce().map(|(_, octets)| octets);
    assert!(!format!("{meta:?}").contains("bm9u"));
    format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}{}",
        meta.format(),
        meta.media_type(),
        meta.mark(),
        meta.version(),
        meta.size(),
        meta.max_msg_size(),
        meta.max_obj_size(),
        nonce,
        meta.anchor_last(),
        meta.anchor_next(),
        fragments(meta.extras())
    )
}

#[test]
fn both_encodings_give_the_same_view() {
    let octets = hex(INFO);
    let (xml, binary) = (DevInf::decode(INFO_XML.as_bytes()).unwrap(), DevInf::decode(&octets).unwrap());
    assert_eq!((xml.encoding(), binary.encoding()), (Encoding::Xml, Encoding::Wbxml));
    assert_eq!((detect(&octets), detect(INFO_XML.as_bytes())), (Ok(Kind::DevInf), Ok(Kind::DevInf)));
    let view = "Some(\"1.2\") Some(\"ACME\") Some(\"Phone 1\") Some(\"Shop\") Some(\"2.0e\") Some(\"2.1\") Some(\"1.22I\") \
        \"IMEI:490154203237518\" Some(\"smartphone\") true true true
stores
  DataStore(SourceRef(./contacts)MaxGUIDSize(32)Rx-Pref(CTType(text/x-vcard)VerCT(2.1))Tx-Pref(CTType(text/x-vcard)VerCT(2.1))\
CTCap(CTType(text/x-vcard)VerCT(2.1)Property(PropName(TEL)MaxSize(40)NoTruncate()))SyncCap(SyncType(1)))
  DataStore(SourceRef(./calendar))
caps
  CTCap(CTType(text/x-vcalendar))
exts
  Ext(XNam(x-color)XVal(red)XVal(blue))
extras
  SyncCap(SyncType(2))";
    assert_eq!(dump(&xml), view);
    assert_eq!(dump(&binary), view);
    let first = xml.data_stores().next().unwrap();
    assert_eq!(first.offset(), INFO_XML.find("<d:DataStore>").unwrap());
    assert_eq!(octets[binary.data_stores().next().unwrap().offset()], 0x47);
    // Owned, without the input.
    let owned = xml.into_owned();
    let owned_binary = binary.into_owned();
    drop(octets);
    assert_eq!((dump(&owned), dump(&owned_binary)), (view.to_owned(), view.to_owned()));
}

#[test]
fn children_in_any_order_and_what_may_be_absent() {
    let input =
        b"\xEF\xBB\xBF<DevInf><Ext/><UTC/><x:y xmlns:x='u'/><DevID/><VerDTD>1.1</VerDTD><DataStore/><Ext/></DevInf>";
    let info = DevInf::decode(input).unwrap();
    assert_eq!((info.ver_dtd(), info.dev_id(), info.dev_typ(), info.utc()), (Some("1.1"), "", None, true));
    assert_eq!((info.data_stores().count(), info.exts().count(), info.extras().count()), (1, 2, 1));
    assert_eq!(info.extras().next().unwrap().bytes(), b"<x:y xmlns:x='u'/>");
    // The byte order mark counts.
    let at = |needle: &[u8]| input.windows(needle.len()).position(|window| window == needle).unwrap();
    assert_eq!(info.extras().next().unwrap().offset(), at(b"<x:y"));
    assert!(info.extras().next().unwrap() == info.clone().into_owned().extras().next().unwrap());
    assert!(!info.support_large_objs() && !info.support_number_of_changes() && info.man().is_none());
}

/// `wire.md` §7.8 and §1.8: the public identifier says what token 0x1C is.
#[test]
fn token_1c_is_size_up_to_1_1_and_max_size_in_1_2() {
    let headers = [
        ("029f546a00", "Size"),
        ("029f526a00", "Size"),
        ("0200006a1d 2d2f2f53796e634d4c2f2f44544420446576496e6620312e302f2f454e", "Size"),
        ("02a4036a00", "MaxSize"),
        ("02016a00", "MaxSize"),
    ];
    for (header, name) in headers {
        let input = wbxml(header, INFO_11);
        let info = DevInf::decode(&input).unwrap();
        assert_eq!(info.ver_dtd(), Some("1.1"));
        let expected = format!("\n  CTCap(CTType(a/b)PropName(N){name}(9))");
        assert_eq!(fragments(info.ct_caps()), expected, "{header}");
        assert_eq!(fragments(info.into_owned().ct_caps()), expected, "{header}");
    }
    // In XML both are names.
    let input =
        "<DevInf xmlns='syncml:devinf'><DevID>1</DevID><CTCap><Size>1</Size><MaxSize>2</MaxSize></CTCap></DevInf>";
    let info = DevInf::decode(input.as_bytes()).unwrap();
    assert_eq!(fragments(info.ct_caps()), "\n  CTCap(Size(1)MaxSize(2))");
}

/// `field-lessons.md` §5.4: tags given as literal strings inside WBXML, flags among them.
#[test]
fn synthesis_literal_tags() {
    // String table "DevInf\0UTC\0"; all text opaque or in two pieces.
    let input = hex("02a4036a0b 446576496e660055544300 4400 49c30131033200 01 0407 01");
    let info = DevInf::decode(&input).unwrap();
    assert_eq!((info.dev_id(), info.utc()), ("12", true));
}

/// `field-lessons.md` §5.4: kept as they are.
#[test]
fn nokia_e90_empty_data_type_and_extra_rx_pref() {
    let input = "<DevInf><DevID>1</DevID><DataStore><Rx-Pref/><Rx-Pref/><Tx-Pref/></DataStore>\
         <CTCap><PropName>A</PropName><ValEnum>B</ValEnum><DataType/></CTCap></DevInf>";
    let info = DevInf::decode(input.as_bytes()).unwrap();
    assert_eq!(fragments(info.data_stores()), "\n  DataStore(Rx-Pref()Rx-Pref()Tx-Pref())");
    assert_eq!(fragments(info.ct_caps()), "\n  CTCap(PropName(A)ValEnum(B)DataType())");
}

/// All device information in a message: in `Put` by `find`, in `Results` both ways.
fn in_message(message: &Message<'_>) -> Vec<String> {
    let options = Options::default();
    let mut found = Vec::new();
    for command in message.all_commands() {
        for item in command.items() {
            if let Some(embedded) = item.data().and_then(|data| data.embedded()) {
                match DevInf::decode_embedded(&embedded, &options) {
                    Ok(info) => found.push(dump(&info)),
                    // A Status brings an Anchor.
                    Err(error) => assert_eq!(error.kind(), ErrorKind::NotDevInf),
                }
            }
        }
        if let Some(fragment) = command.fragment()
            && let Some(info) = DevInf::find(&fragment, &options).unwrap()
        {
            let view = dump(&info);
            assert_eq!(dump(&info.into_owned()), view);
            found.push(view);
        }
    }
    found
}

#[test]
fn documents_in_corpus_messages_are_equal_in_both_encodings() {
    let Some(corpus) = corpus() else { return };
    for (number, model, fields) in [("003", "4119", 8), ("004", "Tiny Server", 5)] {
        let read = |name: String| read(&corpus.join("syncml").join(name));
        let views = [
            format!("wbxml/ds11-syncml-{number}.wbxml"),
            format!("wbxml/ds11-syncml-{number}.xml"),
            format!("xml/ds-syncml-{number}.xml"),
        ]
        .map(|name| in_message(&Message::decode(&read(name)).unwrap()));
        assert_eq!(views[0].len(), 1);
        assert!(views[0][0].contains(&format!("{model:?}")), "{}", views[0][0]);
        let head = views[0][0].lines().next().unwrap();
        // Neither has VerDTD; `SyncCap` stands outside a DataStore in both.
        assert!(head.starts_with("None ") && views[0][0].contains("extras\n  SyncCap(SyncType(01)SyncType(02)"));
        assert_eq!(head.matches('"').count(), 2 * fields, "{head}");
        // The white space that libwbxml takes off some texts is all that differs.
        let trimmed = |view: &[String]| view.iter().map(|view| view.replace(" )", ")")).collect::<Vec<_>>();
        assert_eq!(trimmed(&views[0]), trimmed(&views[1]), "{number}");
        assert_eq!(views[1], views[2], "{number}");
    }
}

/// A message with this as the data of a Put and of Results.
fn message(data: &str) -> String {
    let item = format!("<Item><Source><LocURI>./devinf12</LocURI></Source><Data>{data}</Data></Item>");
    format!(
        "<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><VerProto>SyncML/1.2</VerProto><SessionID>1</SessionID>\
         <MsgID>1</MsgID><Target><LocURI>a</LocURI></Target><Source><LocURI>b</LocURI></Source></SyncHdr><SyncBody>\
         <Put><CmdID>1</CmdID><Item><Data>&lt;3 no document</Data></Item><Item><Data><x/></Data></Item>{item}</Put>\
         <Results><CmdID>2</CmdID><MsgRef>1</MsgRef><CmdRef>1</CmdRef>{item}</Results></SyncBody></SyncML>"
    )
}

#[test]
fn embedded_as_elements_text_and_cdata() {
    let document = "<DevInf xmlns='syncml:devinf'><DevID>IMEI:1</DevID><Mod>&amp;</Mod><Ext/></DevInf>";
    let view = dump(&DevInf::decode(document.as_bytes()).unwrap());
    let escaped = document.replace('&', "&amp;").replace('<', "&lt;");
    for data in [document, &format!("\n {document}\n"), &format!("<![CDATA[{document}]]>"), &escaped] {
        let input = message(data);
        let message = Message::decode(input.as_bytes()).unwrap();
        assert_eq!(in_message(&message), [view.clone(), view.clone()], "{data}");
    }
    // As base64, which the item's Format says.
    let in_base64 = format!(
        "</Source><Meta><Format xmlns='syncml:metinf'>b64</Format></Meta><Data>{}</Data>",
        STANDARD.encode(document)
    );
    let input = message("").replace("</Source><Data></Data>", &in_base64);
    let with_base64 = Message::decode(input.as_bytes()).unwrap();
    let results = with_base64.all_commands().nth(1).unwrap();
    let embedded = results.items().next().unwrap().embedded().unwrap();
    assert_eq!(dump(&DevInf::decode_embedded(&embedded, &Options::default()).unwrap()), view);
    // Offsets of kept parts are those of the message when the document is markup of it.
    let input = message(document);
    let message = Message::decode(input.as_bytes()).unwrap();
    let put = message.all_commands().next().unwrap().fragment().unwrap();
    let info = DevInf::find(&put, &Options::default()).unwrap().unwrap();
    assert_eq!(info.exts().next().unwrap().offset(), input.find("<Ext/>").unwrap());
    let results = message.all_commands().nth(1).unwrap();
    let embedded = results.items().next().unwrap().data().unwrap().embedded().unwrap();
    let info = DevInf::decode_embedded(&embedded, &Options::default()).unwrap();
    assert_eq!(info.exts().next().unwrap().offset(), input.rfind("<Ext/>").unwrap());
    // A fragment that is the Data itself.
    assert!(
        DevInf::find(&results.items().next().unwrap().data().unwrap().fragment().unwrap(), &Options::default())
            .unwrap()
            .is_some()
    );
}

#[test]
fn faults_of_embedded_documents_have_an_inner_offset() {
    let faulty = "<DevInf><DevID>1</DevID><DevID>2</DevID></DevInf>";
    let inner = faulty.rfind("<DevID>").unwrap();
    let options = Options::default();
    for (data, is_markup) in [(format!("<![CDATA[{faulty}]]>"), false), (faulty.to_owned(), true)] {
        let input = message(&data);
        let message = Message::decode(input.as_bytes()).unwrap();
        let mut commands = message.all_commands();
        let put = commands.next().unwrap().fragment().unwrap();
        let embedded = commands.next().unwrap().items().next().unwrap().data().unwrap().embedded().unwrap();
        let errors =
            [DevInf::find(&put, &options).unwrap_err(), DevInf::decode_embedded(&embedded, &options).unwrap_err()];
        // The third Data, and the last.
        let places = [input.match_indices("<Data>").nth(2).unwrap().0, input.rfind("<Data>").unwrap()];
        for (error, place) in errors.into_iter().zip(places) {
            assert_eq!(error.kind(), ErrorKind::Repeated("DevID"));
            let expected = if is_markup { (place + 6 + inner, None) } else { (place, Some(inner)) };
            assert_eq!((error.offset(), error.inner()), expected);
        }
    }
}

#[test]
fn errors_name_kind_and_place() {
    // `^` marks the octet at fault.
    let cases = [
        ("^<MetInf xmlns='syncml:metinf'/>", ErrorKind::NotDevInf),
        ("<?xml version='1.0'?>\n^<DevInf xmlns='urn:other'/>", ErrorKind::NotDevInf),
        ("^<DevInf/>", ErrorKind::Missing("DevID")),
        (" ^<DevInf><VerDTD>1.2</VerDTD><DataStore><DevID>1</DevID></DataStore></DevInf>", ErrorKind::Missing("DevID")),
        ("<DevInf><DevID>1</DevID>^<DevID>2</DevID></DevInf>", ErrorKind::Repeated("DevID")),
        ("<DevInf><UTC/><DevID>1</DevID>^<UTC/></DevInf>", ErrorKind::Repeated("UTC")),
        ("<DevInf><Man>a^<b/></Man></DevInf>", ErrorKind::UnexpectedMarkup),
        ("<DevInf>^text<DevID>1</DevID></DevInf>", ErrorKind::UnexpectedText),
        ("<DevInf><DevID>1</DevID></DevInf>^<DevInf/>", ErrorKind::XmlOutsideRoot),
        ("<DevInf><DevID>1</DevID>^", ErrorKind::UnexpectedEnd),
        ("^text", ErrorKind::UnknownFormat),
        ("^", ErrorKind::UnknownFormat),
    ];
    for (input, kind) in cases {
        let at = input.find('^').unwrap();
        let input = input.replacen('^', "", 1);
        assert_eq!(DevInf::decode(input.as_bytes()).unwrap_err(), Error::new(kind, at), "{input}");
    }
    let cases = [
        ("02a4016a00 6d", ErrorKind::NotDevInf, 5),
        ("02a4036a00 45", ErrorKind::NotDevInf, 5),
        ("02a4036a00 0a", ErrorKind::Missing("DevID"), 5),
        ("02a4036a00 4a 4903310001 28 28 01", ErrorKind::Repeated("UTC"), 12),
        ("02a4036a00 4a 49c302310a01 49c3026fff 0101", ErrorKind::Repeated("DevID"), 12),
        ("02a4036a00 4a 49c3026fff 0101", ErrorKind::InvalidUtf8, 10),
        ("02a4036a00 4a 49 0301", ErrorKind::WbxmlString, 8),
        ("02a4036a00 4a 6f 01", ErrorKind::WbxmlTag, 6),
        ("02a4036a00 4a 0001", ErrorKind::WbxmlPage, 7),
        ("02a4036a00 4a 4903310001 01 4a", ErrorKind::TrailingData, 12),
        ("02a4036a00 4a 4903310001", ErrorKind::UnexpectedEnd, 11),
    ];
    for (input, kind, at) in cases {
        assert_eq!(DevInf::decode(&hex(input)).unwrap_err(), Error::new(kind, at), "{input}");
    }
    let cases = [
        ("^<DevInf/>", ErrorKind::NotMetInf),
        ("<MetInf>^<Size>1x</Size></MetInf>", ErrorKind::InvalidNumber),
        ("<MetInf>^<MaxMsgSize>+1</MaxMsgSize></MetInf>", ErrorKind::InvalidNumber),
        ("<MetInf>^<MaxObjSize/></MetInf>", ErrorKind::InvalidNumber),
        ("<MetInf><Type/>^<Type/></MetInf>", ErrorKind::Repeated("Type")),
        ("<MetInf><Anchor/>^<Anchor/></MetInf>", ErrorKind::Repeated("Anchor")),
        ("<MetInf><Anchor><Next/>^<Next/></Anchor></MetInf>", ErrorKind::Repeated("Next")),
        ("<MetInf><NextNonce/>^<NextNonce/></MetInf>", ErrorKind::Repeated("NextNonce")),
        ("<MetInf><NextNonce>a^<b/></NextNonce></MetInf>", ErrorKind::UnexpectedMarkup),
        ("<MetInf>^text</MetInf>", ErrorKind::UnexpectedText),
    ];
    for (input, kind) in cases {
        let at = input.find('^').unwrap();
        let input = input.replacen('^', "", 1);
        assert_eq!(MetInf::decode(input.as_bytes()).unwrap_err(), Error::new(kind, at), "{input}");
    }
    assert_eq!(MetInf::decode(&hex("02a4016a00 6d")).unwrap_err(), Error::new(ErrorKind::NotMetInf, 5));
    assert_eq!((ErrorKind::NotDevInf.code(), ErrorKind::NotMetInf.code()), (531, 532));
}

#[test]
fn stand_alone_meta_information() {
    let xml = MetInf::decode(META_XML.as_bytes()).unwrap();
    let nonce = b"bm9uY2U=";
    assert_eq!((xml.format(), xml.media_type(), xml.mark()), (Some("b64"), Some("text/plain"), Some("draft")));
    assert_eq!((xml.size(), xml.max_msg_size(), xml.max_obj_size()), (Some(1024), Some(5000), Some(70_000)));
    assert_eq!((xml.version(), xml.next_nonce()), (Some("7"), Some((DataForm::Text, &nonce[..]))));
    assert_eq!((xml.anchor_last(), xml.anchor_next()), (Some("234"), Some("276")));
    let expected =
        "\n  FieldLevel()\n  Anchor(Last(234)Next(276))\n  EMI(one)\n  EMI(two)\n  Mem(SharedMem()FreeMem(8)FreeID(9))";
    assert_eq!(fragments(xml.extras()), expected);
    let headers = [
        // The number, on page 1 and on page 0; the texts; no identifier.
        "02a4026a00 0001",
        "02a4026a00",
        "0200006a1d 2d2f2f53594e434d4c2f2f445444204d6574496e6620312e322f2f454e 0001",
        "0200006a1e 2d2f2f53594e434d4c2f2f445444204d6574496e6620312e312f2f454e00",
        "02016a00 0001",
    ];
    for header in headers {
        let input = wbxml(header, META);
        assert_eq!(detect(&input), Ok(Kind::MetInf), "{header}");
        let meta = MetInf::decode(&input).unwrap_or_else(|error| panic!("{header}: {error}"));
        assert_eq!(meta.encoding(), Encoding::Wbxml);
        assert_eq!(dump_meta(&meta), dump_meta(&xml), "{header}");
        let owned = meta.into_owned();
        drop(input);
        assert_eq!(dump_meta(&owned), dump_meta(&xml), "{header}");
    }
    let input = hex("02a4026a00 4e 50c303ff00fe01 46c3016101 01");
    let meta = MetInf::decode(&input).unwrap();
    assert_eq!(meta.next_nonce(), Some((DataForm::Opaque, &b"\xFF\0\xFE"[..])));
    assert_eq!(meta.extras().count(), 1);
    let empty = MetInf::decode(b"<MetInf/>").unwrap();
    assert_eq!((empty.format(), empty.size(), empty.next_nonce(), empty.anchor_next()), (None, None, None, None));
}

#[test]
fn limits_hold() {
    let limited = |limits| Options { limits, ..Options::default() };
    let kind = |limits| DevInf::decode_with(INFO_XML.as_bytes(), &limited(limits)).unwrap_err().kind();
    assert_eq!(kind(Limits { depth: 2, ..Limits::default() }), ErrorKind::LimitDepth);
    assert_eq!(kind(Limits { elements: 10, ..Limits::default() }), ErrorKind::LimitElements);
    assert_eq!(kind(Limits { text: 10, ..Limits::default() }), ErrorKind::LimitText);
    let deep = format!("<DevInf>{}", "<DevInf>".repeat(100_000));
    assert_eq!(DevInf::decode(deep.as_bytes()).unwrap_err().kind(), ErrorKind::LimitDepth);
}

/// Decodes as all there is; says whether it was whole.
fn read_all(input: &[u8]) -> bool {
    let info = DevInf::decode(input).map(|info| dump_any(&info));
    let meta = MetInf::decode(input).map(|meta| meta.extras().count() + usize::from(meta.next_nonce().is_some()));
    if let Ok(message) = Message::decode(input) {
        for command in message.all_commands() {
            let found = command.fragment().map(|fragment| DevInf::find(&fragment, &Options::default()).map(|_| ()));
            if let Some(Err(error)) = found {
                assert!(error.offset() <= input.len());
            }
        }
    }
    let whole = info.is_ok() || meta.is_ok();
    for error in [info.err(), meta.err()].into_iter().flatten() {
        assert!(error.offset() <= input.len(), "{error}");
    }
    whole
}

fn dump_any(info: &DevInf<'_>) -> usize {
    let kept = info.data_stores().chain(info.ct_caps()).chain(info.exts()).chain(info.extras());
    kept.map(|fragment| fragment.bytes().len()).sum::<usize>() + info.dev_id().len()
}

#[test]
fn cut_off_documents_are_errors_and_flipped_bits_do_no_harm() {
    let mut documents: Vec<Vec<u8>> = vec![INFO_XML.into(), hex(INFO), META_XML.into(), wbxml("02a4026a00 0001", META)];
    documents.push(wbxml("0200006a1d 2d2f2f53796e634d4c2f2f44544420446576496e6620312e302f2f454e", INFO_11));
    for mut input in documents.clone() {
        assert!(read_all(&input) && error_of(&input, &Options::default()).is_none());
        for len in 0..input.len() {
            assert!(!read_all(&input[..len]), "cut to {len}");
        }
        for bit in 0..8 * input.len() {
            input[bit / 8] ^= 1 << (bit % 8);
            read_all(&input);
            input[bit / 8] ^= 1 << (bit % 8);
        }
    }
    let mut input = message("<![CDATA[<DevInf><DevID>1</DevID></DevInf>]]>").into_bytes();
    for bit in 0..8 * input.len() {
        input[bit / 8] ^= 1 << (bit % 8);
        read_all(&input);
        input[bit / 8] ^= 1 << (bit % 8);
    }
}
