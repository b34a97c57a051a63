//! Contradictions of the specifications and deviations of the field that concern reading: the rows of `wire.md` §14.1
//! and §14.2, and `field-lessons.md` §5, each with the test that carries its name.

use super::views::{dump, elements, hex, survey};
use omadm::ErrorKind;
use omadm::markup::{Encoding, Options};
use omadm::syncml::{Command, CommandKind, DataForm, Item, Message, Ref};

const HEADER: &str = "<SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID><MsgID>1</MsgID>\
     <Target><LocURI>t</LocURI></Target><Source><LocURI>s</LocURI></Source></SyncHdr>";

fn message_in(namespace: &str, header: &str, body: &str) -> String {
    format!("<SyncML{namespace}>{header}<SyncBody>{body}</SyncBody></SyncML>")
}

/// The message with this body.
fn message(body: &str) -> Message<'static> {
    Message::decode(message_in(" xmlns=\"SYNCML:SYNCML1.2\"", HEADER, body).as_bytes()).unwrap().into_owned()
}

fn first<'m>(message: &'m Message<'_>) -> Command<'m> {
    message.commands().next().unwrap()
}

fn first_item<'m>(message: &'m Message<'_>) -> Item<'m> {
    first(message).items().next().unwrap()
}

/// WBXML: the header of a DM 1.2 message, then `body` inside `SyncBody`.
fn wbxml(body: &str) -> Message<'static> {
    wbxml_with("", body)
}

fn wbxml_with(header: &str, body: &str) -> Message<'static> {
    let start =
        "02a4016a00 6d 6c 7103312e320001 720344 4d2f312e320001 65033100015b033100016e570374000101 675703730001 01";
    let octets = hex(&format!("{start} {header} 01 6b {body} 01 01"));
    Message::decode(&octets).unwrap().into_owned()
}

// --------------------------------------------------------------------------------------------- wire.md §14.1

#[test]
fn row_01_element_order_does_not_matter() {
    // As DM's own examples have it: MsgRef before CmdID, Data before Chal, Meta before Target.
    let mixed = message(
        "<Status><MsgRef>1</MsgRef><Data>401</Data><CmdID>1</CmdID><Chal><Meta><Type xmlns='syncml:metinf'>syncml:auth-md5\
         </Type></Meta></Chal><Cmd>SyncHdr</Cmd><CmdRef>0</CmdRef></Status>\
         <Replace><Item><Data>v</Data><Meta><Format xmlns='syncml:metinf'>chr</Format></Meta><Target><LocName>n</LocName>\
         <LocURI>./A</LocURI></Target></Item><CmdID>2</CmdID></Replace>",
    );
    let ordered = message(
        "<Status><CmdID>1</CmdID><MsgRef>1</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd><Chal><Meta><Type \
         xmlns='syncml:metinf'>syncml:auth-md5</Type></Meta></Chal><Data>401</Data></Status>\
         <Replace><CmdID>2</CmdID><Item><Target><LocURI>./A</LocURI><LocName>n</LocName></Target><Meta><Format \
         xmlns='syncml:metinf'>chr</Format></Meta><Data>v</Data></Item></Replace>",
    );
    assert_eq!(dump(&mixed), dump(&ordered));
}

#[test]
fn row_01_the_number_of_a_container_may_follow_its_commands() {
    let message = message("<Atomic><Delete><CmdID>2</CmdID></Delete><Meta/><CmdID>1</CmdID></Atomic><Final/>");
    let ids: Vec<&str> = message.all_commands().map(|command| command.cmd_id()).collect();
    assert_eq!(ids, ["1", "2"]);
    assert!(first(&message).meta().is_some());
}

#[test]
fn row_02_status_without_cmd_ref() {
    let message = message("<Status><CmdID>1</CmdID><MsgRef>1</MsgRef><Cmd>SyncHdr</Cmd><Data>200</Data></Status>");
    let status = first(&message);
    assert_eq!((status.cmd_ref(), status.cmd(), status.status().unwrap().0), (None, Some("SyncHdr"), 200));
}

#[test]
fn row_03_results_without_cmd_ref_and_msg_ref() {
    let message =
        message("<Results><CmdID>1</CmdID><Item><Source><LocURI>./A</LocURI></Source><Data>v</Data></Item></Results>");
    assert_eq!((first(&message).cmd_ref(), first(&message).msg_ref()), (None, None));
    assert_eq!(first_item(&message).source(), Some("./A"));
}

#[test]
fn row_04_items_have_more_data_in_any_place() {
    let message = message("<Add><CmdID>1</CmdID><Item><MoreData/><Data>v</Data></Item></Add>");
    assert!(first_item(&message).more_data());
}

#[test]
fn row_05_move_is_a_command_outside_dm() {
    let message = message("<Move><CmdID>1</CmdID><Item/></Move><Final/>");
    assert_eq!((first(&message).kind(), first(&message).name()), (CommandKind::Other, "Move"));
    assert_eq!(first(&message).cmd_id(), "1");
}

#[test]
fn row_06_exec_with_several_items() {
    let item = |uri: &str| format!("<Item><Target><LocURI>{uri}</LocURI></Target></Item>");
    let message = message(&format!("<Exec><CmdID>1</CmdID>{}{}</Exec>", item("./A"), item("./B")));
    let targets: Vec<_> = first(&message).items().map(|item| item.target().unwrap()).collect();
    assert_eq!(targets, ["./A", "./B"]);
}

#[test]
fn row_07_nested_atomic_and_get_are_read() {
    // To be answered with 500, so they have to be read.
    let message = message(
        "<Atomic><CmdID>1</CmdID><Atomic><CmdID>2</CmdID><Get><CmdID>3</CmdID></Get></Atomic><Exec><CmdID>4</CmdID></Exec>\
         </Atomic><Get><CmdID>5</CmdID></Get>",
    );
    let outer = first(&message);
    let inside: Vec<_> = outer.children().map(|command| command.cmd_id()).collect();
    assert_eq!(inside, ["2", "4"]);
    let nested: Vec<_> = outer.children().next().unwrap().children().map(|command| command.kind()).collect();
    assert_eq!(nested, [CommandKind::Get]);
    assert_eq!(message.commands().count(), 2);
}

#[test]
fn row_08_09_codes_print_their_meaning() {
    let status = |code: &str| {
        let message = message(&format!("<Status><CmdID>1</CmdID><Data>{code}</Data></Status>"));
        first(&message).status().map(|status| status.to_string())
    };
    assert_eq!(status("416").unwrap(), "416 Requested size too big");
    assert_eq!(status("304").unwrap(), "304 Not modified");
    assert_eq!(status(" 200\n").unwrap(), "200 OK");
    assert_eq!(status("999").unwrap(), "999 (not defined)");
    assert_eq!(status("ok"), None);
    assert_eq!(status("70000"), None);
}

#[test]
fn row_11_md5_digest_as_raw_octets_in_wbxml() {
    let digest = "2fc122f9039ef0dc35228c462df99abe";
    let message =
        wbxml_with(&format!("4e 5a 0001 53 0373796e636d6c3a617574682d6d643500 01 01 0000 4fc310{digest}01 01"), "12");
    let cred = message.header().cred().unwrap();
    assert_eq!(cred.meta().unwrap().media_type(), Some("syncml:auth-md5"));
    let data = cred.data().unwrap();
    assert_eq!((data.form(), data.bytes(), data.text()), (DataForm::Opaque, hex(digest).as_slice(), None));
    assert!(data.base64().is_err());
}

#[test]
fn row_13_the_scheme_is_kept_as_written() {
    for scheme in ["syncml:auth-X509", "syncml:auth-x509"] {
        let body = format!(
            "<Status><CmdID>1</CmdID><Chal><Meta><Type xmlns='syncml:metinf'>{scheme}</Type></Meta></Chal><Data>407</Data></Status>"
        );
        assert_eq!(first(&message(&body)).chal().unwrap().meta().media_type(), Some(scheme));
    }
}

#[test]
fn row_14_data_markup_escaped_cdata_or_raw() {
    let tree = "<MgmtTree xmlns=\"syncml:dmddf1.2\"><VerDTD>1.2</VerDTD><Node><NodeName>A</NodeName></Node></MgmtTree>";
    let forms = [
        (DataForm::Text, tree.replace('<', "&lt;").replace('>', "&gt;")),
        (DataForm::CData, format!("<![CDATA[{tree}]]>")),
        (DataForm::CData, format!("\n  <![CDATA[{tree}]]>\n")),
        (DataForm::CData, format!("<![CDATA[<Mgmt]]><![CDATA[{}]]>", &tree[5..])),
        (DataForm::Markup, tree.to_owned()),
        (DataForm::Markup, format!("\n  <!-- a tree -->{tree}\n")),
        // SyncML's namespace is inherited, which is not what the author meant.
        (DataForm::Markup, tree.replace(" xmlns=\"syncml:dmddf1.2\"", "")),
    ];
    for (form, data) in forms {
        let message = message(&format!("<Add><CmdID>1</CmdID><Item><Data>{data}</Data></Item></Add>"));
        let data = first_item(&message).data().unwrap();
        assert_eq!(data.form(), form);
        let embedded = data.embedded().unwrap();
        assert_eq!(survey(&embedded), Ok(("MgmtTree".to_owned(), 4, 1)), "{form:?}");
        let mut reader = embedded.reader(&Options::default()).unwrap();
        let expected = r#"(MgmtTree (VerDTD "1.2")(Node (NodeName "A")))"#;
        assert_eq!(elements(&mut reader).unwrap(), expected);
    }
}

#[test]
fn row_19_namespaces_of_any_version_and_none() {
    for namespace in ["", " xmlns='SYNCML:SYNCML1.0'", " xmlns='SYNCML:SYNCML1.1'", " xmlns='syncml:syncml1.2'"] {
        let input = message_in(
            namespace,
            HEADER,
            "<Get><CmdID>1</CmdID><Meta><Type>a</Type></Meta><Item><Target><LocURI>./A</LocURI></Target></Item></Get>",
        );
        let message = Message::decode(input.as_bytes()).unwrap();
        assert_eq!(first_item(&message).target(), Some("./A"), "{namespace}");
        assert_eq!(first_item(&message).media_type(), Some("a"), "{namespace}");
    }
}

#[test]
fn row_20_public_ids_in_any_case() {
    for public_id in
        ["-//SYNCML//DTD SyncML 1.2//EN", "-//syncml//dtd syncml 1.2//en", " -//SYNCML//DTD SYNCML 1.2//EN"]
    {
        let body = "6d 6c 7103312e320001 7203444d2f312e320001 65033100015b033100016e570374000101 67570373000101 01 6b 12 01 01";
        let mut input = vec![0x02, 0x00, 0x00, 0x6A, u8::try_from(public_id.len()).unwrap()];
        input.extend_from_slice(public_id.as_bytes());
        input.extend(hex(body));
        assert!(Message::decode(&input).unwrap().is_final(), "{public_id}");
    }
}

#[test]
fn row_23_27_texts_are_kept_as_written() {
    let kinds = ["Reversed-Domain-Name: org.example.alert", "org.example.alert"];
    for kind in kinds {
        let message = message(&format!(
            "<Alert><CmdID>1</CmdID><Data>1226</Data><Item><Meta><Type xmlns='syncml:metinf'>{kind}</Type></Meta>\
             <Data>US-en</Data></Item></Alert>"
        ));
        assert_eq!(first_item(&message).media_type(), Some(kind));
        assert_eq!(first_item(&message).data().unwrap().text(), Some("US-en"));
    }
}

#[test]
fn row_28_alert_codes_that_dm_does_not_have() {
    let message = message("<Alert><CmdID>1</CmdID><Data>1105</Data></Alert>");
    let alert = first(&message).alert().unwrap();
    assert_eq!((alert.0, alert.name()), (1105, None));
}

#[test]
fn row_29_limits_in_the_header() {
    let header =
        HEADER.replace("</SyncHdr>", "<Meta><MaxMsgSize xmlns='syncml:metinf'> 5000 </MaxMsgSize></Meta></SyncHdr>");
    let input = message_in(" xmlns='SYNCML:SYNCML1.2'", &header, "<Final/>");
    let message = Message::decode(input.as_bytes()).unwrap();
    assert_eq!(message.header().meta().unwrap().max_msg_size(), Some(5000));
}

#[test]
fn row_30_messages_without_final_and_without_commands() {
    let next = message("<Alert><CmdID>1</CmdID><Data>1222</Data></Alert>");
    assert!(!next.is_final());
    assert_eq!(first(&next).alert().unwrap().name(), Some("NEXT MESSAGE"));
    let empty = message("<Final/>");
    assert!(empty.is_final());
    assert_eq!(empty.commands().count(), 0);
    assert!(!message("").is_final());
}

#[test]
fn row_31_correlator_on_exec_and_alert() {
    let message = message(
        "<Exec><CmdID>1</CmdID><Correlator> c </Correlator></Exec><Alert><CmdID>2</CmdID><Correlator/></Alert>\
         <Exec><CmdID>3</CmdID></Exec>",
    );
    let correlators: Vec<_> = message.commands().map(|command| command.correlator()).collect();
    assert_eq!(correlators, [Some("c"), Some(""), None]);
}

#[test]
fn row_32_33_trees_are_told_by_content_not_by_type() {
    // An Add whose Type and Format say something else than its Data is.
    let document = "0200006a1a 2d2f2f4f4d412f2f4454442d444d2d44444620312e322f2f454e 0002 60 7703312e320001 01";
    let len = hex(document).len();
    let add = |data: &str| {
        wbxml(&format!(
            "45 4b033100 01 54 5a 0001 47 0363687200 01 53 03746578742f706c61696e00 01 01 0000 4f {data} 01 01 01"
        ))
    };
    for (form, data) in [
        (DataForm::Opaque, format!("c3{len:02x}{document}")),
        (DataForm::Markup, "0002 60 7703312e320001 01".to_owned()),
    ] {
        let suffix = if form == DataForm::Markup { "0000" } else { "" };
        let message = if suffix.is_empty() {
            add(&data)
        } else {
            wbxml(&format!("45 4b033100 01 54 4f {data} 01 {suffix} 01 01"))
        };
        let data = first_item(&message).data().unwrap();
        assert_eq!(data.form(), form);
        assert_eq!(survey(&data.embedded().unwrap()), Ok(("MgmtTree".to_owned(), 2, 0)));
    }
}

// --------------------------------------------------------------------------------------------- wire.md §14.2

#[test]
fn hostap_format_in_another_case_is_kept() {
    let message = message(
        "<Add><CmdID>1</CmdID><Item><Meta><Format xmlns='syncml:metinf'>Chr</Format></Meta><Data>v</Data></Item></Add>",
    );
    assert_eq!(first_item(&message).format(), Some("Chr"));
}

#[test]
fn hostap_target_ref_after_data() {
    let message = message(
        "<Status><CmdID>1</CmdID><MsgRef>1</MsgRef><CmdRef>2</CmdRef><Cmd>Get</Cmd><Data>404</Data>\
         <TargetRef>./A</TargetRef><SourceRef>./S</SourceRef><TargetRef>./B</TargetRef></Status>",
    );
    let refs: Vec<_> = first(&message).refs().collect();
    assert_eq!(refs, [Ref::Target("./A"), Ref::Source("./S"), Ref::Target("./B")]);
}

#[test]
fn hostap_status_of_the_header_without_cmd_ref() {
    row_02_status_without_cmd_ref();
}

#[test]
fn hostap_tree_as_escaped_text_with_a_loose_path() {
    let message = message(
        "<Replace><CmdID>1</CmdID><Item><Target><LocURI>./Wi-Fi/x/PPS</LocURI></Target><Data>&lt;MgmtTree \
         xmlns=\"syncml:dmddf1.2\"&gt;&lt;Node&gt;&lt;NodeName&gt;PPS&lt;/NodeName&gt;&lt;Path&gt;Wi-Fi/x&lt;/Path&gt;&lt;Value&gt;\
         &lt;/Value&gt;&lt;/Node&gt;&lt;/MgmtTree&gt;</Data></Item></Replace>",
    );
    let embedded = first_item(&message).data().unwrap().embedded().unwrap();
    assert_eq!(survey(&embedded), Ok(("MgmtTree".to_owned(), 5, 1)));
}

#[test]
fn microsoft_prefix_bound_metinf() {
    let input = message_in(
        " xmlns='SYNCML:SYNCML1.2' xmlns:A='syncml:metinf'",
        HEADER,
        "<Results><CmdID>1</CmdID><Item><Meta><A:Format>int</A:Format><A:Type>text/plain</A:Type></Meta><Data>1</Data></Item></Results>",
    );
    let message = Message::decode(input.as_bytes()).unwrap();
    let item = first_item(&message);
    assert_eq!((item.format(), item.media_type()), (Some("int"), Some("text/plain")));
    assert_eq!(item.own_meta().unwrap().extras().count(), 0);
}

#[test]
fn microsoft_originalerror_attribute_on_data() {
    let input = message_in(
        " xmlns='SYNCML:SYNCML1.2' xmlns:msft='http://schemas.microsoft.com/MobileDevice/MDM'",
        HEADER,
        "<Status><CmdID>1</CmdID><Data msft:originalerror='0x86000002'>404</Data></Status>",
    );
    let message = Message::decode(input.as_bytes()).unwrap();
    assert_eq!(first(&message).status().unwrap().to_string(), "404 Not found");
}

#[test]
fn microsoft_cmd_in_results() {
    let message = message(
        "<Results><CmdID>3</CmdID><MsgRef>1</MsgRef><CmdRef>2</CmdRef><Cmd>Get</Cmd><Item><Data>v</Data></Item></Results>",
    );
    assert_eq!((first(&message).cmd(), first(&message).items().len()), (Some("Get"), 1));
}

#[test]
fn microsoft_loc_uri_with_line_breaks() {
    let message = message(
        "<Get><CmdID>\n 1 </CmdID><Item><Target><LocURI>\r\n\t./Vendor/MSFT/A\r\n  </LocURI></Target><Meta><Type \
         xmlns='syncml:metinf'>\ntext/plain\n</Type></Meta><Data> v\n</Data></Item></Get>",
    );
    let item = first_item(&message);
    assert_eq!((first(&message).cmd_id(), item.target()), ("1", Some("./Vendor/MSFT/A")));
    assert_eq!(item.media_type(), Some("text/plain"));
    // Data is never trimmed (`wire.md` §1.5).
    assert_eq!(item.data().unwrap().text(), Some(" v\n"));
}

#[test]
fn microsoft_missing_cmd_id() {
    for body in ["<Get><Item/></Get>", "<Atomic></Atomic>", "<Sync/>"] {
        let input = message_in(" xmlns='SYNCML:SYNCML1.2'", HEADER, body);
        let error = Message::decode(input.as_bytes()).unwrap_err();
        let expected = (ErrorKind::Missing("CmdID"), input.find(body).unwrap());
        assert_eq!((error.kind(), error.offset()), expected);
    }
}

#[test]
fn microsoft_session_ids_are_opaque() {
    for id in ["1A", "30483", "007", "zz"] {
        let header = HEADER.replace("<SessionID>1<", &format!("<SessionID>{id}<"));
        let input = message_in(" xmlns='SYNCML:SYNCML1.2'", &header, "<Final/>");
        assert_eq!(Message::decode(input.as_bytes()).unwrap().header().session_id(), id);
    }
}

#[test]
fn microsoft_client_event_alert() {
    let message = message(
        "<Alert><CmdID>2</CmdID><Data>1224</Data><Item><Meta><Type xmlns='syncml:metinf'>com.microsoft/MDM/LoginStatus</Type>\
         </Meta><Data>user</Data></Item></Alert>",
    );
    assert_eq!(first(&message).alert().unwrap().name(), Some("CLIENT EVENT"));
    assert_eq!(first_item(&message).media_type(), Some("com.microsoft/MDM/LoginStatus"));
}

#[test]
fn motorola_public_id_and_version_disagree() {
    let body =
        "6d 6c 7103312e320001 7203444d2f312e320001 65033100015b033100016e570374000101 67570373000101 01 6b 12 01 01";
    let message = Message::decode(&hex(&format!("029f536a00 {body}"))).unwrap().into_owned();
    assert_eq!((message.encoding(), message.header().ver_dtd()), (Encoding::Wbxml, "1.2"));
}

#[test]
fn motorola_meta_on_its_page_without_wrapper_and_ericsson_with_one() {
    let bare = wbxml("53 4b033100 01 5a 0001 47 0363687200 01 01 0000 01");
    let wrapped = wbxml("53 4b033100 01 5a 0001 4e 47 0363687200 01 01 01 0000 01");
    assert_eq!(first(&bare).meta().unwrap().format(), Some("chr"));
    assert_eq!(dump(&bare), dump(&wrapped));
    let xml =
        message("<Get><CmdID>1</CmdID><Meta><MetInf xmlns='syncml:metinf'><Format>chr</Format></MetInf></Meta></Get>");
    assert_eq!(dump(&xml), dump(&bare));
}

#[test]
fn motorola_choices_as_comma_list_are_kept() {
    let message =
        message("<Alert><CmdID>1</CmdID><Data>1104</Data><Item><Data>MAXDT=20&amp;DR=1-3,6</Data></Item></Alert>");
    assert_eq!(first_item(&message).data().unwrap().text(), Some("MAXDT=20&DR=1-3,6"));
}

#[test]
fn ericsson_everything_opaque_and_a_trailing_newline() {
    // Redundant page switches, too.
    let text = |text: &str| {
        let hex: String = text.bytes().map(|octet| format!("{octet:02x}")).collect();
        format!("c3{:02x}{hex}", text.len())
    };
    let octets = hex(&format!(
        "02a4016a00 6d 0000 6c 71{}01 72{}01 65{}01 5b{}01 6e57{}0101 67 0000 57{}0101 01 6b 46 4b{}01 4f{}01 01 12 01 01 0a",
        text("1.2"),
        text("DM/1.2"),
        text("1"),
        text("1"),
        text("t"),
        text("s"),
        text("1"),
        text("1201"),
    ));
    let message = Message::decode(&octets).unwrap();
    assert_eq!((message.header().target(), first(&message).alert().unwrap().0), ("t", 1201));
    let xml = self::message("<Alert><CmdID>1</CmdID><Data>1201</Data></Alert><Final/>");
    assert_eq!(dump(&message), dump(&xml));
}

#[test]
fn nokia_namespace_as_a_literal_attribute_without_string_table() {
    let body =
        "6c 7103312e320001 7203444d2f312e320001 65033100015b033100016e570374000101 67570373000101 01 6b 12 01 01";
    let namespace: String = b"SYNCML:SYNCML1.2".iter().map(|octet| format!("{octet:02x}")).collect();
    let octets = hex(&format!("02a4016a00 ed 04 00 03 {namespace} 00 01 {body}"));
    assert!(Message::decode(&octets).unwrap().is_final());
}

#[test]
fn libdmclient_statuses_in_any_order_of_numbers() {
    let status = |id: u32, reference: u32| {
        format!("<Status><CmdID>{id}</CmdID><CmdRef>{reference}</CmdRef><Cmd>Get</Cmd><Data>200</Data></Status>")
    };
    let message = message(&[status(3, 5), status(1, 0), status(2, 4)].concat());
    let refs: Vec<_> = message.commands().map(|command| command.cmd_ref().unwrap()).collect();
    assert_eq!(refs, ["5", "0", "4"]);
}

#[test]
fn libwbxml_octets_of_indentation_beside_an_embedded_document() {
    // `wire.md` §7.11.
    let document = "0200006a1a 2d2f2f4f4d412f2f4454442d444d2d44444620312e322f2f454e 0002 60 7703312e320001 01";
    let len = hex(document).len();
    let message = wbxml(&format!("45 4b033100 01 54 4f c3030a2020 c3{len:02x}{document} c3010a 01 01 01"));
    let data = first_item(&message).data().unwrap();
    assert_eq!(survey(&data.embedded().unwrap()), Ok(("MgmtTree".to_owned(), 2, 0)));
}

// --------------------------------------------------------------------------------------------- wire.md §1 and §7.10

#[test]
fn target_as_text_without_loc_uri() {
    let message = message(
        "<Get><CmdID>1</CmdID><Item><Target> ./A </Target><Source>./B<!-- --><![CDATA[&C]]></Source></Item></Get>",
    );
    assert_eq!((first_item(&message).target(), first_item(&message).source()), (Some("./A"), Some("./B&C")));
}

#[test]
fn unknown_fields_of_the_standard_for_data_sync_are_kept() {
    let message = message(
        "<Add><CmdID>1</CmdID><NoResp/><Item><SourceParent><LocURI>p</LocURI></SourceParent><TargetParent><LocURI>q</LocURI>\
         </TargetParent><Target><LocURI>./A</LocURI><Filter><Meta/></Filter></Target></Item></Add>\
         <Delete><CmdID>2</CmdID><Archive/><SftDel/></Delete><Get><CmdID>3</CmdID><Lang>en</Lang></Get>",
    );
    let item = first_item(&message);
    assert_eq!((item.source_parent(), item.target_parent(), item.target()), (Some("p"), Some("q"), Some("./A")));
    let commands: Vec<_> = message.commands().collect();
    assert!(commands[0].no_resp() && !commands[1].no_resp());
    assert!(commands[1].archive() && commands[1].sft_del() && !commands[0].archive());
    assert_eq!(item.extras().count(), 1, "Filter");
    assert_eq!(commands[2].lang(), Some("en"));
}

#[test]
fn meta_of_an_item_overrides_element_by_element() {
    let message = message(
        "<Replace><CmdID>1</CmdID><Meta xmlns:m='syncml:metinf'><m:Format>int</m:Format><m:Type>a</m:Type></Meta>\
         <Item><Meta><Type xmlns='syncml:metinf'>b</Type></Meta></Item><Item/></Replace>",
    );
    let items: Vec<_> = first(&message).items().map(|item| (item.format(), item.media_type())).collect();
    assert_eq!(items, [(Some("int"), Some("b")), (Some("int"), Some("a"))]);
}

#[test]
fn three_ways_to_write_an_empty_element() {
    for data in ["0f", "4f01", "4f030001"] {
        let message = wbxml(&format!("45 4b033100 01 54 {data} 01 01"));
        assert_eq!(first_item(&message).data().unwrap().text(), Some(""), "{data}");
    }
    let absent = wbxml("45 4b033100 01 54 01 01");
    assert!(first_item(&absent).data().is_none());
}

#[test]
fn pieces_of_text_are_joined_in_order() {
    // STR_I, ENTITY, STR_T would need a table, OPAQUE.
    let message = wbxml("45 4b033100 01 54 4f 03 6100 02 8169 c301 62 03 6300 01 01 01");
    assert_eq!(first_item(&message).data().unwrap().bytes(), "aébc".as_bytes());
}

// --------------------------------------------------------------------------------------------- field-lessons.md §5

#[test]
fn several_results_items_under_one_cmd_ref() {
    let item = |name: &str| format!("<Item><Source><LocURI>./A/{name}</LocURI></Source><Data>{name}</Data></Item>");
    let message = message(&format!(
        "<Results><CmdID>2</CmdID><MsgRef>1</MsgRef><CmdRef>4</CmdRef>{}{}{}</Results>\
         <Results><CmdID>3</CmdID><MsgRef>1</MsgRef><CmdRef>4</CmdRef>{}</Results>",
        item("a"),
        item("b"),
        item("c"),
        item("d"),
    ));
    let found: Vec<_> = message
        .commands()
        .flat_map(|command| {
            command.items().map(move |item| (command.cmd_ref().unwrap(), item.source().unwrap())).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(found, [("4", "./A/a"), ("4", "./A/b"), ("4", "./A/c"), ("4", "./A/d")]);
    // By their places, too.
    let by_place = |command: Command<'_>, place| command.item(place).map(|item| item.source().unwrap().to_owned());
    let second = message.commands().nth(1).unwrap();
    assert_eq!(by_place(first(&message), 2).as_deref(), Some("./A/c"));
    assert_eq!(by_place(first(&message), 3), None, "that of the next command");
    assert_eq!((by_place(second, 0).as_deref(), by_place(second, 1)), (Some("./A/d"), None));
}

#[test]
fn windows_numbers_start_at_2_and_every_status_is_seen() {
    let message = message(
        "<Status><CmdID>2</CmdID><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd><Data>200</Data></Status>\
         <Status><CmdID>3</CmdID><CmdRef>5</CmdRef><Cmd>Add</Cmd><Data>418</Data></Status>\
         <Status><CmdID>4</CmdID><CmdRef>6</CmdRef><Cmd>Get</Cmd><Data>404</Data></Status><Final/>",
    );
    let codes: Vec<_> = message.commands().map(|command| command.status().unwrap().0).collect();
    assert_eq!((first(&message).cmd_id(), codes.as_slice()), ("2", &[200, 418, 404][..]));
}

#[test]
fn mixed_verbs_keep_the_order_of_the_document() {
    let verbs = ["Get", "Add", "Get", "Replace", "Exec", "Add", "Delete", "Get"];
    let body: String =
        verbs.iter().enumerate().map(|(id, verb)| format!("<{verb}><CmdID>{}</CmdID></{verb}>", id + 1)).collect();
    let message = message(&body);
    let found: Vec<_> = message.commands().map(|command| command.name()).collect();
    assert_eq!(found, verbs);
}

#[test]
fn data_with_an_inner_declaration_in_cdata() {
    for declaration in
        ["<?xml version=\"1.0\"?>", "<?xml version=\"1.0\" encoding=\"utf-16\"?>", "\n<?xml version='1.0'?>\n"]
    {
        let message = message(&format!(
            "<Replace><CmdID>1</CmdID><Item><Data><![CDATA[{declaration}<wap-provisioningdoc><characteristic type=\"é\"/>\
             </wap-provisioningdoc>]]></Data></Item></Replace>"
        ));
        let data = first_item(&message).data().unwrap();
        assert!(data.text().unwrap().contains("<?xml"));
        assert_eq!(survey(&data.embedded().unwrap()), Ok(("wap-provisioningdoc".to_owned(), 2, 0)), "{declaration:?}");
    }
}

#[test]
fn comments_and_cdata_inside_a_loc_uri_do_not_split_it() {
    // A validator that looks at one piece of the text only can be passed by (Fleet #49715).
    for uri in [
        "./Device/Vendor/MSFT/Policy",
        "./Device/<!-- -->Vendor/MSFT/Policy",
        "./Device/<![CDATA[Vendor/]]>MSFT/Policy",
        "<![CDATA[./Device/]]><!-- a --><?b?><![CDATA[Vendor/MSFT]]>/Policy",
        "./Device&#x2F;Vendor/MSFT/Policy",
        " <!-- --> ./Device/Vendor/MSFT/Policy\n",
    ] {
        let message =
            message(&format!("<Get><CmdID>1</CmdID><Item><Target><LocURI>{uri}</LocURI></Target></Item></Get>"));
        assert_eq!(first_item(&message).target(), Some("./Device/Vendor/MSFT/Policy"), "{uri}");
    }
}

#[test]
fn plain_text_is_no_message() {
    for (input, kind) in [
        (&b"OK"[..], ErrorKind::UnknownFormat),
        (b"", ErrorKind::UnknownFormat),
        (b"<html/>", ErrorKind::NotSyncMl),
        (b" <!-- --> ", ErrorKind::NoRoot),
    ] {
        assert_eq!(Message::decode(input).unwrap_err().kind(), kind);
    }
}

#[test]
fn empty_cmd_id_is_refused() {
    let input = message_in(" xmlns='SYNCML:SYNCML1.2'", HEADER, "<Get><CmdID> </CmdID></Get>");
    let error = Message::decode(input.as_bytes()).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::Empty("CmdID"), input.find("<CmdID>").unwrap()));
}

#[test]
fn byte_order_mark_and_doctype_with_internal_subset() {
    let input = format!(
        "\u{FEFF}<?xml version='1.0' encoding='UTF-8'?><!DOCTYPE SyncML PUBLIC '-//SYNCML//DTD SyncML 1.2//EN' 'x.dtd' \
         [<?oma-syncml-ver supported-versions=\"1.2\"?>]>{}",
        message_in(" xmlns='SYNCML:SYNCML1.2'", HEADER, "<Get><CmdID>1</CmdID></Get><v:x xmlns:v='urn:v'/>")
    );
    let message = Message::decode(input.as_bytes()).unwrap();
    assert_eq!(first(&message).offset(), input.find("<Get>").unwrap());
    let extra = message.body_extras().next().unwrap();
    assert_eq!((extra.offset(), extra.bytes()), (input.find("<v:x").unwrap(), &b"<v:x xmlns:v='urn:v'/>"[..]));
}

#[test]
fn strings_of_the_synthesis_history_literal_tags_and_adjacent_strings() {
    // A tag by name from the string table, and content in several adjacent strings.
    let table = "46696e616c00"; // Final
    let body = "6d 6c 7103312e320001 72 03444d2f00 03312e3200 01 65033100015b033100016e570374000101 67570373000101 01 6b 04 00 01 01";
    let message = Message::decode(&hex(&format!("02a4016a06 {table} {body}"))).unwrap().into_owned();
    assert_eq!((message.header().ver_proto(), message.is_final()), (Some("DM/1.2"), true));
}
