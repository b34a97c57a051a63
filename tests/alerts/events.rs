//! Generic alerts and client events (`wire.md` §2.3), and what `Meta` says (§1.7).

use super::{alert, message};
use omadm::markup::Encoding;
use omadm::syncml::{
    AlertCode, FumoResult, GenericAlert, Mark, Message, MessageBuilder, NewAlertEvent, NewCommand, NewItem,
    alert_types, registered_type,
};
use omadm::tree::Format;
use omadm::{Error, ErrorKind};

#[test]
fn a_generic_alert_is_its_events() {
    let metinf = "xmlns='syncml:metinf'";
    let message = message(&format!(
        "<Alert><CmdID>1</CmdID><Data>1226</Data><Correlator>abc 1</Correlator>\
         <Meta><Mark {metinf}>Minor</Mark></Meta>\
         <Item><Source><LocURI>./FUMO/modem</LocURI></Source><Meta><Type {metinf}>\
         Reversed-Domain-Name: org.openmobilealliance.dm.firmwareupdate.download</Type><Format {metinf}>int</Format>\
         <Mark {metinf}>critical</Mark></Meta><Data>251</Data></Item>\
         <Item><Meta><Type {metinf}>urn:oma:at:diagmon:1.0:OperationComplete</Type><Format {metinf}>xml</Format></Meta>\
         <Data><![CDATA[<a/>]]></Data></Item>\
         <Item><Meta><Type {metinf}>content-type:text/plain</Type><Format {metinf}>string</Format></Meta><Data/></Item>\
         </Alert>"
    ));
    let alert = GenericAlert::of(&message.commands().next().unwrap()).unwrap();
    assert_eq!((alert.code(), alert.correlator()), (AlertCode(1226), Some("abc 1")));
    alert.check().unwrap();
    let events: Vec<_> = alert.events().collect();
    assert_eq!(events.len(), 3);
    assert_eq!(events[0].source(), Some("./FUMO/modem"));
    assert_eq!(events[0].alert_type(), Some(alert_types::FUMO_DOWNLOAD));
    assert_eq!((events[0].format(), events[0].mark()), (Some(Format::Int), Mark::Critical));
    let result = FumoResult::from_text(events[0].data().unwrap().text().unwrap()).unwrap();
    assert_eq!((result, result.is_success()), (FumoResult(251), true));
    assert_eq!(events[1].alert_type(), Some(alert_types::DIAGMON_OPERATION_COMPLETE));
    // The command's mark holds where the item has none of its own.
    assert_eq!((events[1].source(), events[1].format(), events[1].mark()), (None, Some(Format::Xml), Mark::Minor));
    assert_eq!((events[2].alert_type(), events[2].format()), (Some("text/plain"), None));
}

#[test]
fn a_client_event_is_read_like_a_generic_alert() {
    let metinf = "xmlns='syncml:metinf'";
    let message = alert(
        1224,
        &format!("<Item><Meta><Type {metinf}>com.microsoft/MDM/LoginStatus</Type></Meta><Data>user</Data></Item>"),
    );
    let command = message.commands().next().unwrap();
    let event = GenericAlert::of(&command).unwrap();
    assert_eq!((event.code(), event.correlator()), (AlertCode(1224), None));
    let first = event.events().next().unwrap();
    assert_eq!(first.alert_type(), Some("com.microsoft/MDM/LoginStatus"));
    // Neither format nor mark: the defaults; but the specification wants a format.
    assert_eq!((first.format(), first.mark()), (Some(Format::Chr), Mark::Informational));
    let place = command.items().next().unwrap().offset();
    assert_eq!(event.check(), Err(Error::new(ErrorKind::Missing("Format"), place)));
}

#[test]
fn incomplete_generic_alerts_say_what_is_missing() {
    let metinf = "xmlns='syncml:metinf'";
    let missing = |items: &str| {
        let message = alert(1226, items);
        GenericAlert::of(&message.commands().next().unwrap()).unwrap().check().map_err(|error| error.kind())
    };
    let meta = format!("<Meta><Type {metinf}>x</Type><Format {metinf}>chr</Format></Meta>");
    assert_eq!(missing(""), Err(ErrorKind::AlertItems));
    assert_eq!(missing("<Item><Data>x</Data></Item>"), Err(ErrorKind::Missing("Type")));
    assert_eq!(missing(&format!("<Item>{meta}</Item>")), Err(ErrorKind::Missing("Data")));
    assert_eq!(missing(&format!("<Item>{meta}<Data/></Item>")), Ok(()));
    assert_eq!(missing(&format!("<Item>{meta}<Data/></Item><Item/>")), Err(ErrorKind::Missing("Type")));
    // Meta of the command counts for its items.
    assert_eq!(missing(&format!("{meta}<Item><Data/></Item>")), Ok(()));
}

#[test]
fn prefixes_of_alert_types_are_taken_off_and_nothing_else() {
    for (sent, registered) in [
        ("Content-Type: application/x", "application/x"),
        ("content-type:application/x", "application/x"),
        ("Reversed-Domain-Name : com.example ", "com.example"),
        ("urn:oma:at:scomo:1.0:OperationComplete", "urn:oma:at:scomo:1.0:OperationComplete"),
        ("Reversed-Domain-Name", "Reversed-Domain-Name"),
        ("Content-Type:", ""),
        ("", ""),
    ] {
        assert_eq!(registered_type(sent), registered, "{sent}");
    }
}

#[test]
fn a_generic_alert_is_built_with_the_registered_type() {
    let events = [
        NewAlertEvent {
            source: Some("./FUMO/modem".into()),
            format: Format::Int,
            mark: Some(Mark::Warning),
            ..NewAlertEvent::new("Reversed-Domain-Name: org.openmobilealliance.dm.firmwareupdate.update", "200")
        },
        NewAlertEvent::new(alert_types::SCOMO_OPERATION_COMPLETE, "x"),
    ];
    let items: Vec<NewItem<'_>> = events.iter().map(NewAlertEvent::item).collect();
    for encoding in [Encoding::Xml, Encoding::Wbxml] {
        let mut builder = MessageBuilder::new("1", "1", "s", "d");
        let command = NewCommand { correlator: Some("c"), ..NewCommand::alert("1226", &items) };
        builder.command(&command).unwrap();
        let octets = builder.finish().unwrap().encode(encoding).unwrap();
        let message = Message::decode(&octets).unwrap();
        let alert = GenericAlert::of(&message.commands().next().unwrap()).unwrap();
        alert.check().unwrap();
        assert_eq!(alert.correlator(), Some("c"));
        let read: Vec<_> = alert.events().collect();
        assert_eq!(read[0].item().media_type(), Some("org.openmobilealliance.dm.firmwareupdate.update"));
        assert_eq!((read[0].source(), read[0].format()), (Some("./FUMO/modem"), Some(Format::Int)));
        assert_eq!((read[0].mark(), read[1].mark()), (Mark::Warning, Mark::Informational));
        assert_eq!((read[1].format(), read[1].data().unwrap().text()), (Some(Format::Chr), Some("x")));
    }
}

// Meta

#[test]
fn marks_are_ordered_by_importance() {
    let alerts = ["fatal", "critical", "minor", "warning", "informational", "harmless", "indeterminate"];
    let importance: Vec<_> = alerts.iter().map(|name| Mark::from_name(name).importance().unwrap()).collect();
    assert!(importance.is_sorted_by(|one, two| one > two));
    for name in ["draft", "final", "delete", "undelete", "read", "unread"] {
        assert_eq!((Mark::from_name(name).name(), Mark::from_name(name).importance()), (name, None));
    }
    assert_eq!(Mark::from_name("urgent"), Mark::Other("urgent"));
    assert_eq!(Mark::from_name("urgent").to_string(), "urgent");
    assert_eq!(Mark::default(), Mark::Informational);
}

#[test]
fn the_meaning_of_meta() {
    let metinf = "xmlns='syncml:metinf'";
    let message = message(&format!(
        "<Get><CmdID>1</CmdID><Meta><Format {metinf}>Chr</Format><Mark {metinf}>FATAL</Mark></Meta><Item/></Get>\
         <Get><CmdID>2</CmdID><Meta><Format {metinf}>utf8</Format></Meta><Item/></Get>\
         <Get><CmdID>3</CmdID><Meta><Size {metinf}>12</Size></Meta><Item/></Get>"
    ));
    let metas: Vec<_> = message.commands().map(|command| command.meta().unwrap()).collect();
    assert_eq!((metas[0].known_format(), metas[0].known_mark()), (Some(Format::Chr), Some(Mark::Fatal)));
    assert_eq!((metas[1].known_format(), metas[1].known_mark()), (None, None));
    assert_eq!((metas[2].known_format(), metas[2].size()), (Some(Format::Chr), Some(12)));
    assert!(metas[2].nonce().unwrap().is_none());
}

#[test]
fn firmware_results_have_names() {
    assert_eq!(FumoResult(200).to_string(), "200 done");
    assert_eq!(FumoResult(599).name(), FumoResult(550).name());
    assert_eq!(FumoResult(412).to_string(), "412 (not defined)");
    assert_eq!(FumoResult::from_text(" 410 "), Some(FumoResult(410)));
    assert_eq!(FumoResult::from_text("70000"), None);
    assert!(!FumoResult(400).is_success());
}
