//! Package #0 in all its formats.

use crate::check_error;
use omadm::auth::ResyncPolicy;
use omadm::notification::hints::Block;
use omadm::notification::v13::{Fields, Layout, NotificationOption};
use omadm::notification::{MediaType, MoTable, Notification, ServerCredentials, v12, v13};

static LAYOUT: Layout<'static> = Layout::RECONSTRUCTED;

fn credentials() -> ServerCredentials<'static> {
    ServerCredentials::new(b"secret", b"nonce")
}

/// What was decoded is encoded and decoded to the same fields; a notification of DM 1.2, which has one form only, to the same octets.
pub fn notification(data: &[u8]) {
    version_12(data);
    version_13(data);
    any(data);
    hints(data);
}

fn version_12(data: &[u8]) {
    let notification = match v12::Notification::decode(data) {
        Ok(notification) => notification,
        Err(error) => return check_error(error, data),
    };
    let fields = notification.fields();
    assert_eq!([notification.digest(), notification.trigger()].concat(), data);
    match fields.encode(&credentials()) {
        Ok(octets) => {
            assert_eq!(octets.len(), fields.encoded_len());
            assert_eq!(&octets[16..], notification.trigger(), "one form only");
            let again = v12::Notification::decode(&octets).unwrap();
            assert_eq!(again.fields(), fields);
            assert!(again.verify(&credentials(), ResyncPolicy::Refuse).is_verified());
            let other = ServerCredentials::new(b"secret", b"other");
            assert!(!again.verify(&other, ResyncPolicy::Refuse).is_verified());
            let mut buffer = vec![0xAA; octets.len() + 1];
            assert_eq!(fields.encode_into(&credentials(), &mut buffer), Ok(octets.len()));
            assert_eq!(buffer, [&octets[..], &[0xAA]].concat());
            assert!(fields.encode_into(&credentials(), &mut buffer[1..octets.len()]).is_err());
        }
        // What is read and not written: session id 0, a server without a name.
        Err(_) => assert!(fields.session_id == 0 || fields.server_id.is_empty(), "{fields:?}"),
    }
}

fn version_13(data: &[u8]) {
    let notification = match v13::Notification::decode(data, &LAYOUT) {
        Ok(notification) => notification,
        Err(error) => return check_error(error, data),
    };
    let options: Vec<NotificationOption<'_>> = notification.options().collect();
    let fields = Fields::of(&notification, &options);
    let octets = match fields.encode(&LAYOUT, &credentials()) {
        Ok(octets) => octets,
        Err(_) => return assert_eq!(fields.session_id, 0, "{fields:?}"),
    };
    // Numbers may have been longer than they need to be.
    assert!(octets.len() <= data.len());
    let again = v13::Notification::decode(&octets, &LAYOUT).unwrap();
    let options: Vec<NotificationOption<'_>> = again.options().collect();
    assert_eq!(Fields::of(&again, &options), fields);
    assert_eq!(again.server_id(), notification.server_id());
    assert!(again.verify(&credentials(), ResyncPolicy::Refuse).is_verified());
    assert_eq!(fields.encode(&LAYOUT, &credentials()), Ok(octets.clone()));
}

fn any(data: &[u8]) {
    for media_type in [MediaType::Dm12, MediaType::Dm13, MediaType::DataSync] {
        let notification = match Notification::decode(data, media_type, Some(&LAYOUT)) {
            Ok(notification) => notification,
            Err(error) => {
                check_error(error, data);
                continue;
            }
        };
        assert_eq!(notification.media_type(), media_type);
        let hints = notification.hints_for_display();
        assert_eq!(format!("{:?}", notification.hints_for_display()), format!("{hints:?}"));
        assert!(notification.vendor().len() <= data.len());
        for option in notification.options() {
            if let NotificationOption::TargetedMo(index) = option {
                let named = MoTable::OMNA.identifier(index);
                assert!(named.is_none_or(|name| MoTable::OMNA.index(name).is_some()));
            }
        }
        assert!(notification.verify(&ServerCredentials::new(b"a", b"b"), ResyncPolicy::Refuse).is_err());
    }
}

fn hints(data: &[u8]) {
    match Block::find(data) {
        Ok(Some(block)) => written_hints(&block),
        Ok(None) => {}
        Err(error) => assert!(error.offset() <= data.len(), "{error}"),
    }
    let Ok(text) = core::str::from_utf8(data) else { return };
    match Block::find_in_text(text) {
        Ok(Some(block)) => written_hints(&block),
        Ok(None) => {}
        Err(error) => assert!(error.offset() <= data.len(), "{error}"),
    }
}

fn written_hints(block: &Block<'_>) {
    // Of later versions none are read.
    if block.version != 1 {
        return assert_eq!(block.hints, Default::default());
    }
    let octets = block.hints.encode().unwrap();
    let again = Block::find(&octets).unwrap().unwrap();
    assert_eq!((again.version, &again.hints, again.rest), (1, &block.hints, &b""[..]));
    if let Ok(text) = block.hints.encode_text() {
        let again = Block::find_in_text(&text).unwrap().unwrap();
        assert_eq!((&again.hints, again.rest), (&block.hints, &b""[..]));
    }
    assert_eq!(block.hints.clone().into_owned(), block.hints);
}
