//! What a server knows of a device's understanding.

/// Whether a device understands the private list attributes: what a server keeps of it between sessions. *Provisional*
/// (`provisional.md` §4.6).
///
/// It is plain data, to be stored as the caller stores what it knows of a device. It counts for one device with one software version: after
/// an update everything is open again.
///
/// ```
/// use omadm::session::QuerySupport;
/// let mut known = QuerySupport::new("IMEI:490154203237518", "1.0");
/// assert!(known.may_ask());
/// known.location_query_announced = Some(true);
/// assert!(known.may_ask() && !known.may_address());
/// known.location_query_seen = Some(false);
/// assert!(!known.may_ask() && !known.may_address());
/// known.update("IMEI:490154203237518", "1.1");
/// assert!(known.may_ask() && !known.may_address());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct QuerySupport {
    /// `DevId` of the device.
    pub dev_id: String,
    /// `SwV`, of its software.
    pub sw_v: String,
    /// Whether it announced that it answers location queries (`provisional.md` §5.1). None while nothing is known.
    pub location_query_announced: Option<bool>,
    /// Whether it was seen to answer one, or not to. This outranks what was announced. None while none was sent, or none had an answer of
    /// any kind.
    pub location_query_seen: Option<bool>,
    /// Whether it takes node addresses: announced by it. None while nothing is known.
    pub node_address: Option<bool>,
}

impl QuerySupport {
    /// Nothing is known.
    #[must_use]
    pub fn new(dev_id: &str, sw_v: &str) -> QuerySupport {
        QuerySupport {
            dev_id: dev_id.to_owned(),
            sw_v: sw_v.to_owned(),
            location_query_announced: None,
            location_query_seen: None,
            node_address: None,
        }
    }

    /// Forgets what was known if this is another device or another software.
    pub fn update(&mut self, dev_id: &str, sw_v: &str) {
        if self.dev_id != dev_id || self.sw_v != sw_v {
            *self = QuerySupport::new(dev_id, sw_v);
        }
    }

    /// Whether a location query may be sent to this device, if it is switched on for it.
    #[must_use]
    pub fn may_ask(&self) -> bool {
        self.location_query_seen.or(self.location_query_announced) != Some(false)
    }

    /// Whether a node address may be sent to this device, if it is switched on for it: the device announced that it takes them, or
    /// was seen to answer a location query.
    #[must_use]
    pub fn may_address(&self) -> bool {
        match self.node_address {
            Some(announced) => announced,
            None => self.location_query_seen == Some(true),
        }
    }
}
