//! The control entity, in XML.

use crate::markup::xml::{XmlDocument, XmlReader};
use crate::markup::{Event, Options, Reader};
use crate::push::text::parse_timestamp;
use crate::{Error, ErrorKind, Limits, Result};

/// What a push proxy is told of a push. Elements and attributes that are not here are passed over: what is asked of the
/// quality of service, and of other versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Control {
    /// The push, by the server's own name of it.
    pub push_id: String,
    /// Who asks.
    pub source_reference: Option<String>,
    /// Where the proxy is to report the outcome.
    pub notify_to: Option<String>,
    /// Until when it may be delivered: seconds since 1970-01-01 UTC.
    pub deliver_before: Option<u64>,
    /// From when it may be delivered: the same.
    pub deliver_after: Option<u64>,
    /// The devices; there is one.
    pub addresses: Vec<String>,
}

impl Control {
    /// Reads a control entity that begins at `base` of the input.
    pub(super) fn decode(octets: &[u8], base: usize, limits: &Limits) -> Result<Control> {
        Control::read(octets, limits).map_err(|error| error.shifted(base))
    }

    fn read(octets: &[u8], limits: &Limits) -> Result<Control> {
        let document = XmlDocument::open(octets)?;
        let mut reader = XmlReader::new(&document, &Options { limits: *limits, ..Options::default() });
        let mut control = Control::default();
        let mut found = false;
        while let Some(event) = reader.next_event()? {
            let Event::Start(name) = event else { continue };
            let wrong = reader.error(ErrorKind::PushControl);
            match (reader.depth(), name.local()) {
                (1, "pap") => {}
                (2, "push-message") if !found => {
                    found = true;
                    control.attributes(&reader)?;
                }
                (3, "address") => {
                    let value = reader.attrs().find(|attribute| attribute.qname == "address-value");
                    control.addresses.push(value.ok_or(wrong)?.value.as_str().to_owned());
                }
                (3, _) => reader.skip_to_end()?,
                // Another operation, or nothing of PAP.
                _ => return Err(wrong),
            }
        }
        if found && !control.push_id.is_empty() && !control.addresses.is_empty() {
            Ok(control)
        } else {
            Err(Error::new(ErrorKind::PushControl, 0))
        }
    }

    /// The attributes of a push-message.
    fn attributes<'a>(&mut self, reader: &impl Reader<'a>) -> Result<()> {
        for attribute in reader.attrs() {
            let value = attribute.value.as_str();
            let time = || parse_timestamp(value).map(Some).ok_or(reader.error(ErrorKind::PushTime));
            match attribute.qname {
                "push-id" => self.push_id = value.to_owned(),
                "source-reference" => self.source_reference = Some(value.to_owned()),
                "ppg-notify-requested-to" => self.notify_to = Some(value.to_owned()),
                "deliver-before-timestamp" => self.deliver_before = time()?,
                "deliver-after-timestamp" => self.deliver_after = time()?,
                _ => {}
            }
        }
        Ok(())
    }
}
