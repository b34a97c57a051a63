//! What Windows' descriptions ("DDF v2") add, typed. All of it is among the node's [`Extension`]s too, with what is not typed here.

use super::{Extension, SchemaNode};
use crate::tree::Format;

/// The elements that Microsoft adds to the description of a node.
///
/// ```
/// use omadm::ddf::ValueKind;
/// let schema = omadm::ddf::decode(br#"<MgmtTree xmlns:MSFT="http://schemas.microsoft.com/MobileDevice/DM"><Node>
///   <NodeName>Mode</NodeName><DFProperties><AccessType><Get/></AccessType><DFFormat><int/></DFFormat><DFType><MIME/></DFType>
///   <MSFT:AllowedValues ValueType="ENUM"><MSFT:Enum><MSFT:Value>0</MSFT:Value>
///     <MSFT:ValueDescription>Off</MSFT:ValueDescription></MSFT:Enum></MSFT:AllowedValues>
///   </DFProperties></Node></MgmtTree>"#)?;
/// let allowed = schema.get("./Mode")?.unwrap().microsoft().allowed_values().unwrap();
/// assert_eq!(allowed.kind(), ValueKind::Enum);
/// assert_eq!(allowed.values().next().unwrap().description(), Some("Off"));
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Microsoft<'s> {
    node: SchemaNode<'s>,
}

impl<'s> Microsoft<'s> {
    /// The namespace of the elements.
    pub const NAMESPACE: &'static str = "http://schemas.microsoft.com/MobileDevice/DM";

    pub(super) fn new(node: SchemaNode<'s>) -> Microsoft<'s> {
        Microsoft { node }
    }

    /// The first element with this name in Microsoft's namespace.
    #[must_use]
    pub fn extension(&self, local_name: &str) -> Option<Extension<'s>> {
        self.node.extension(Microsoft::NAMESPACE, local_name)
    }

    fn text(&self, local_name: &str) -> Option<&'s str> {
        self.extension(local_name)?.text()
    }

    /// `Applicability`: since which build and in which editions.
    #[must_use]
    pub fn applicability(&self) -> Option<Applicability<'s>> {
        Some(Applicability(self.extension("Applicability")?))
    }

    /// `AllowedValues`: which values the node takes.
    #[must_use]
    pub fn allowed_values(&self) -> Option<AllowedValues<'s>> {
        Some(AllowedValues::new(self.extension("AllowedValues")?, self.node.format()))
    }

    /// `Deprecated`
    #[must_use]
    pub fn deprecated(&self) -> Option<Deprecated<'s>> {
        Some(Deprecated(self.extension("Deprecated")?))
    }

    /// `DynamicNodeNaming`: where the name of an unnamed node comes from.
    #[must_use]
    pub fn dynamic_naming(&self) -> Option<DynamicNaming<'s>> {
        let extension = self.extension("DynamicNodeNaming")?;
        let rule = extension.children().find_map(|rule| match rule.local_name() {
            "ServerGeneratedUniqueIdentifier" => Some(DynamicNaming::ServerGenerated),
            "ClientInventory" => Some(DynamicNaming::ClientInventory),
            "UniqueName" => Some(DynamicNaming::UniqueName(rule.text().unwrap_or_default())),
            _ => None,
        });
        Some(rule.unwrap_or(DynamicNaming::Other(extension)))
    }

    /// `GpMapping`: the group policy that does the same.
    #[must_use]
    pub fn gp_mapping(&self) -> Option<GpMapping<'s>> {
        Some(GpMapping(self.extension("GpMapping")?))
    }

    /// `ConflictResolution`, such as `LastWrite`: which of several settings counts.
    #[must_use]
    pub fn conflict_resolution(&self) -> Option<&'s str> {
        self.text("ConflictResolution")
    }

    /// `RebootBehavior`, such as `Automatic`.
    #[must_use]
    pub fn reboot_behavior(&self) -> Option<&'s str> {
        self.text("RebootBehavior")
    }

    /// `ReplaceBehavior`
    #[must_use]
    pub fn replace_behavior(&self) -> Option<&'s str> {
        self.text("ReplaceBehavior")
    }

    /// `AtomicRequired`: whether commands to the node must stand in an `Atomic`.
    #[must_use]
    pub fn is_atomic_required(&self) -> bool {
        self.extension("AtomicRequired").is_some()
    }

    /// The groups of `DependencyBehavior`: what other nodes must hold.
    pub fn dependency_groups(&self) -> impl Iterator<Item = Extension<'s>> + use<'s> {
        let behavior = self.extension("DependencyBehavior");
        let children = behavior.into_iter().flat_map(|behavior| behavior.children());
        children.filter(|child| child.local_name() == "DependencyGroup")
    }
}

/// `Applicability`: where a node is there.
#[derive(Clone, Copy, Debug)]
pub struct Applicability<'s>(Extension<'s>);

impl<'s> Applicability<'s> {
    fn text(&self, local_name: &str) -> Option<&'s str> {
        self.0.child(local_name)?.text()
    }

    /// `OsBuildVersion` as written: the first build, and builds of older versions that got the node by an update.
    #[must_use]
    pub fn os_build_version(&self) -> Option<&'s str> {
        self.text("OsBuildVersion")
    }

    /// The builds in `OsBuildVersion`, one by one.
    pub fn os_builds(&self) -> impl Iterator<Item = &'s str> + use<'s> {
        list(self.os_build_version(), ',')
    }

    /// `CspVersion`
    #[must_use]
    pub fn csp_version(&self) -> Option<&'s str> {
        self.text("CspVersion")
    }

    /// `EditionAllowList` as written.
    #[must_use]
    pub fn edition_allow_list(&self) -> Option<&'s str> {
        self.text("EditionAllowList")
    }

    /// The editions in `EditionAllowList`, one by one: hexadecimal numbers such as `0x4`.
    pub fn editions(&self) -> impl Iterator<Item = &'s str> + use<'s> {
        list(self.edition_allow_list(), ';')
    }

    /// Whether `RequiresAzureAd` is there, and does not say `false`.
    #[must_use]
    pub fn requires_azure_ad(&self) -> bool {
        let element = self.0.children().find(|child| child.local_name().eq_ignore_ascii_case("RequiresAzureAd"));
        element.is_some_and(|element| !element.text().is_some_and(|text| text.eq_ignore_ascii_case("false")))
    }

    /// The element itself.
    #[must_use]
    pub fn extension(&self) -> Extension<'s> {
        self.0
    }
}

fn list(text: Option<&str>, separator: char) -> impl Iterator<Item = &str> {
    text.unwrap_or_default().split(separator).map(str::trim).filter(|item| !item.is_empty())
}

/// `ValueType` of [`AllowedValues`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ValueKind<'s> {
    /// No rule.
    None,
    /// A list of values, one of which it is.
    Enum,
    /// A list of bits, any of which may be set.
    Flag,
    /// Intervals of numbers, such as `[0-10]`.
    Range,
    /// A regular expression.
    RegEx,
    /// An XML schema.
    Xsd,
    /// A JSON schema.
    Json,
    /// A group policy in an ADMX file.
    Admx,
    /// A security descriptor.
    Sddl,
    /// Anything else, or no `ValueType` at all.
    Other(&'s str),
}

impl ValueKind<'_> {
    /// The name in Microsoft's schema; `Other` for what it does not have.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            ValueKind::None => "None",
            ValueKind::Enum => "ENUM",
            ValueKind::Flag => "Flag",
            ValueKind::Range => "Range",
            ValueKind::RegEx => "RegEx",
            ValueKind::Xsd => "XSD",
            ValueKind::Json => "JSON",
            ValueKind::Admx => "ADMX",
            ValueKind::Sddl => "SDDL",
            ValueKind::Other(_) => "Other",
        }
    }
}

/// `AllowedValues`: which values a node takes. See [`allows`](AllowedValues::allows).
#[derive(Clone, Copy, Debug)]
pub struct AllowedValues<'s> {
    element: Extension<'s>,
    format: Format,
}

impl<'s> AllowedValues<'s> {
    /// `element` describes values of a node of this format.
    pub(super) fn new(element: Extension<'s>, format: Format) -> AllowedValues<'s> {
        AllowedValues { element, format }
    }

    /// The format of the node that it describes.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    /// `ValueType`; case does not count.
    #[must_use]
    pub fn kind(&self) -> ValueKind<'s> {
        use ValueKind::{Admx, Enum, Flag, Json, Range, RegEx, Sddl, Xsd};
        let kinds = [ValueKind::None, Enum, Flag, Range, RegEx, Xsd, Json, Admx, Sddl];
        let name = self.element.attribute("ValueType").unwrap_or_default();
        let known = kinds.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(name.trim()));
        known.unwrap_or(ValueKind::Other(name))
    }

    /// Each `Enum`, and each `Value` that stands alone: the range, the regular expression, the schema.
    pub fn values(&self) -> impl Iterator<Item = AllowedValue<'s>> + use<'s> {
        let children = self.element.children();
        children.filter(|child| matches!(child.local_name(), "Enum" | "Value")).map(AllowedValue)
    }

    /// `Delimiter` of `List`: values are lists, separated by this text as it is written; `0xF000` occurs, for a character.
    #[must_use]
    pub fn list_delimiter(&self) -> Option<&'s str> {
        self.element.child("List")?.attribute("Delimiter")
    }

    /// `AdmxBacked`: the policy that says which values there are.
    #[must_use]
    pub fn admx(&self) -> Option<Admx<'s>> {
        self.element.child("AdmxBacked").map(Admx)
    }

    /// The element itself.
    #[must_use]
    pub fn extension(&self) -> Extension<'s> {
        self.element
    }
}

/// One of [`AllowedValues`].
#[derive(Clone, Copy, Debug)]
pub struct AllowedValue<'s>(Extension<'s>);

impl<'s> AllowedValue<'s> {
    /// `Value`, with blanks at both ends taken off.
    #[must_use]
    pub fn value(&self) -> Option<&'s str> {
        if self.0.local_name() == "Value" { self.0.text() } else { self.0.child("Value")?.text() }
    }

    /// `ValueDescription`
    #[must_use]
    pub fn description(&self) -> Option<&'s str> {
        self.0.child("ValueDescription")?.text()
    }

    /// The element itself: `Enum` or `Value`.
    #[must_use]
    pub fn extension(&self) -> Extension<'s> {
        self.0
    }
}

/// `AdmxBacked`: a policy in an ADMX file.
#[derive(Clone, Copy, Debug)]
pub struct Admx<'s>(Extension<'s>);

impl<'s> Admx<'s> {
    /// `Area`
    #[must_use]
    pub fn area(&self) -> Option<&'s str> {
        self.0.attribute("Area")
    }

    /// `Name`
    #[must_use]
    pub fn name(&self) -> Option<&'s str> {
        self.0.attribute("Name")
    }

    /// `File`
    #[must_use]
    pub fn file(&self) -> Option<&'s str> {
        self.0.attribute("File")
    }
}

/// `Deprecated`: the node should no longer be used.
#[derive(Clone, Copy, Debug)]
pub struct Deprecated<'s>(Extension<'s>);

impl<'s> Deprecated<'s> {
    /// `OsBuildDeprecated`: since which build, where that is said.
    #[must_use]
    pub fn os_build(&self) -> Option<&'s str> {
        self.0.attribute("OsBuildDeprecated")
    }
}

/// `DynamicNodeNaming`: where the name of an unnamed node comes from.
#[derive(Clone, Copy, Debug)]
pub enum DynamicNaming<'s> {
    /// The server makes up a unique one.
    ServerGenerated,
    /// The device has them already.
    ClientInventory,
    /// A name by the rule that this text describes.
    UniqueName(&'s str),
    /// Anything else.
    Other(Extension<'s>),
}

/// `GpMapping`: the group policy that does the same as a node.
#[derive(Clone, Copy, Debug)]
pub struct GpMapping<'s>(Extension<'s>);

impl<'s> GpMapping<'s> {
    /// `GpEnglishName`
    #[must_use]
    pub fn english_name(&self) -> Option<&'s str> {
        self.0.attribute("GpEnglishName")
    }

    /// `GpAreaPath`
    #[must_use]
    pub fn area_path(&self) -> Option<&'s str> {
        self.0.attribute("GpAreaPath")
    }

    /// `GpElement`
    #[must_use]
    pub fn element(&self) -> Option<&'s str> {
        self.0.attribute("GpElement")
    }

    /// All attributes and elements of the mapping.
    #[must_use]
    pub fn extension(&self) -> Extension<'s> {
        self.0
    }
}
