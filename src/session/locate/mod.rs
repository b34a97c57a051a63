//! Finding management objects on a device: by one question, or by the many that a device needs which does not know that one.
//!
//! The question is **provisional: not from a public OMA text** (`provisional.md` §4); the others are DM 1.2.

mod asked;
mod mirror;
mod reply;
mod support;
mod take;

pub use reply::Reply;
pub use support::QuerySupport;

use super::ResultItem;
use crate::limits::Limits;
use crate::query::{INBOX, LocationQuery, RelPath};
use crate::syncml::NewItem;
use crate::tree::Node;
use mirror::{Mirror, Missing};
use std::collections::{HashSet, VecDeque};

/// Where objects usually are (`provisional.md` §4.6).
const USUAL_PLACES: [(&str, &str); 5] = [
    ("urn:oma:mo:oma-dm-devinfo:1.0", "DevInfo"),
    ("urn:oma:mo:oma-dm-devdetail:1.0", "DevDetail"),
    ("urn:oma:mo:oma-dm-dmacc:1.0", "DMAcc/*"),
    ("urn:oma:mo:oma-dm-dmacc:1.0", "SyncML/DMAcc/*"),
    (INBOX, "Inbox"),
];

/// How a device is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocatorOptions {
    /// Whether the location query is switched on for this device (*provisional*). By default it is not, and only DM 1.2 is spoken.
    pub location_queries: bool,
    /// How many commands all may take together.
    pub commands: u32,
    /// How many of them may go into walking through the tree.
    pub walk: u32,
    /// How many may be sent at once.
    pub at_once: u32,
    /// What may be remembered of the device's tree: [`elements`](Limits::elements) nodes (65,536 by default), [`depth`](Limits::depth) levels,
    /// [`name`](Limits::name) octets of one URI, [`buffer`](Limits::buffer) octets (16 MiB by default) of URIs, identifiers and values together. What
    /// may be found: [`locations`](Limits::locations), and [`answer_nodes`](Limits::answer_nodes) in them. What is past these is left out,
    /// and then the outcome is not [complete](Located::is_complete); of an answer to the location query past these nothing is taken.
    pub limits: Limits,
}

impl Default for LocatorOptions {
    fn default() -> Self {
        LocatorOptions { location_queries: false, commands: 1_024, walk: 512, at_once: 32, limits: Limits::ONE_DEVICE }
    }
}

/// How a location was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Found {
    /// The device answered the location query.
    Asked,
    /// It is in a structure or tree document that the device gave.
    Listed,
    /// It was come upon, node by node.
    Walked,
    /// There is something at a usual place: its identifier is assumed.
    Guessed,
}

/// A management object on a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The URI of its root.
    pub uri: String,
    /// Its identifier.
    pub mo_id: String,
    /// How it was found.
    pub found: Found,
    /// What the query was to get there: leaves with their values, interior nodes without a `Type`.
    pub items: Vec<ResultItem<'static>>,
}

/// What a [`Locator`] found out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The locations, in the order of the device's tree.
    pub locations: Vec<Location>,
    /// Whether these are all. Not after guesses, nor when commands or limits ran out, nor when an answer that counts was missing, failed, or
    /// was not whole.
    pub is_complete: bool,
    /// What is known now of the device's understanding: to be kept for the next time.
    pub support: QuerySupport,
}

/// A `Get` to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Names it in [`answer`](Locator::answer).
    pub number: u32,
    /// What to get. Each is a command of its own, outside `Sequence` and `Atomic`.
    pub uri: String,
}

impl Question {
    /// The item of the command.
    #[must_use]
    pub fn to_new_item(&self) -> NewItem<'_> {
        NewItem::target(&self.uri)
    }
}

/// Finds out where a device has management objects: asks it if it may and the device may understand; otherwise takes, one after the
/// other, what DM 1.2 has for it, until something works (`provisional.md` §4.6).
///
/// | step | sends | locations are |
/// |---|---|---|
/// | 1 | the location query (*provisional*), if [switched on](LocatorOptions::location_queries) and not known to be in vain | [`Asked`](Found::Asked) |
/// | 2 | `?list=Struct`; in parts, if that is too much for the device | [`Listed`](Found::Listed) |
/// | 3 | `?list=TNDS+Format+Type` | [`Listed`](Found::Listed) |
/// | 4 | `Get` of node after node, and of their `?prop=Type` | [`Walked`](Found::Walked) |
/// | 5 | `Get` of usual places | [`Guessed`](Found::Guessed) |
///
/// After steps 2 to 5 conditions are judged, and nodes got, with plain `Get`s.
///
/// It sends and receives nothing itself: it says what to get, is told what came, and can wait for another session in between.
///
/// ```
/// use omadm::query::LocationQuery;
/// use omadm::session::{Found, Locator, LocatorOptions, QuerySupport, Reply, ResultsOptions, results};
/// use omadm::syncml::StatusCode;
/// # let device = omadm::tnds::decode(b"<MgmtTree><Node><NodeName>Acc</NodeName>
/// #     <RTProperties><Type><DDFName>urn:oma:mo:oma-dm-dmacc:1.0</DDFName></Type></RTProperties>
/// #     <Node><NodeName>AppID</NodeName><Value>w7</Value></Node></Node></MgmtTree>")?;
/// let query = LocationQuery::new().id("urn:oma:mo:oma-dm-dmacc:*")?.with_value("AppID", "w7")?;
/// let mut locator = Locator::new(query, QuerySupport::new("IMEI:1", "1.0"), LocatorOptions::default());
/// loop {
///     let questions = locator.next_questions();
///     if questions.is_empty() {
///         break;
///     }
///     for question in questions {
///         // A session would send these, and gather the answers with `Reply::collect`.
///         let reply = match results(&device, &question.uri, &ResultsOptions::default()) {
///             Ok(items) => Reply { status: Some(StatusCode(200)), items, ..Reply::default() },
///             Err(error) => Reply { status: Some(StatusCode::of(error.kind())), ..Reply::default() },
///         };
///         locator.answer(question.number, &reply);
///     }
/// }
/// let located = locator.finish();
/// assert_eq!((located.locations[0].uri.as_str(), located.locations[0].found), ("./Acc", Found::Listed));
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Debug)]
pub struct Locator<'q> {
    query: LocationQuery<'q>,
    support: QuerySupport,
    options: LocatorOptions,
    /// Identifiers, and paths from the root.
    places: Vec<(String, String)>,
    phase: Phase,
    queue: VecDeque<Task>,
    /// What was sent and not answered.
    open: Vec<(u32, Task)>,
    /// Commands sent.
    sent: u32,
    /// Those of them that walked.
    walked: u32,
    mirror: Mirror,
    /// The nodes whose parts were queued, on this step.
    queued: HashSet<String>,
    /// The nodes of which a plain `Get` was sent, on this step.
    asked: HashSet<String>,
    /// Whether the device tells identifiers, on this step.
    has_types: bool,
    /// Whether something was left out, on this step: nodes that may be there.
    is_cut: bool,
    /// Whether the identifier of a node that is there is not known, on this step.
    lacks_types: bool,
    /// Whether the locations are all there are, as far as the device says.
    is_complete: bool,
    /// The answer to the location query.
    answer: Option<Vec<Location>>,
}

/// What is being done: the steps, and what comes after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Begin,
    Ask,
    Structure,
    Document,
    Walk,
    Guess,
    Conditions,
    Gets,
    Done,
}

/// A command, and what it is for.
#[derive(Clone, Debug)]
struct Task {
    /// The node that it is about.
    node: String,
    aim: Aim,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Aim {
    Locations,
    Structure,
    /// What a node is whose structure was too much, or was refused.
    Part {
        is_too_much: bool,
    },
    Document,
    Walk,
    Type,
    /// One node, for a place, a condition, or to get it.
    Node,
}

impl<'q> Locator<'q> {
    /// A search on one device.
    #[must_use]
    pub fn new(query: LocationQuery<'q>, support: QuerySupport, options: LocatorOptions) -> Locator<'q> {
        let places = USUAL_PLACES.map(|(mo_id, path)| (mo_id.to_owned(), path.to_owned()));
        Locator {
            query,
            support,
            options,
            places: places.into(),
            phase: Phase::Begin,
            queue: VecDeque::new(),
            open: Vec::new(),
            sent: 0,
            walked: 0,
            mirror: Mirror::new(&options.limits),
            queued: HashSet::new(),
            asked: HashSet::new(),
            has_types: false,
            is_cut: false,
            lacks_types: false,
            is_complete: false,
            answer: None,
        }
    }

    /// One more place where an object usually is, for the last step: a [path](RelPath) from the root, such as one that a device
    /// description gives.
    ///
    /// # Errors
    /// As [`RelPath::parse`].
    pub fn place(mut self, mo_id: &str, path: &str) -> crate::Result<Locator<'q>> {
        RelPath::parse(path)?;
        self.places.push((mo_id.to_owned(), path.to_owned()));
        Ok(self)
    }

    /// What to send next; nothing at the end. Questions that were not [answered](Locator::answer) until now have no answer: the device fell
    /// silent, or ended the session.
    #[must_use]
    pub fn next_questions(&mut self) -> Vec<Question> {
        for (_, task) in core::mem::take(&mut self.open) {
            self.take(&task, &Reply::default());
        }
        loop {
            let questions = self.send();
            if !questions.is_empty() || self.phase == Phase::Done {
                return questions;
            }
            self.phase = self.advance();
        }
    }

    /// Takes the answer to a question. Answers are best given in the order of the questions: that is the order in which locations come.
    pub fn answer(&mut self, number: u32, reply: &Reply<'_>) {
        if let Some(at) = self.open.iter().position(|(open, _)| *open == number) {
            let (_, task) = self.open.remove(at);
            self.take(&task, reply);
        }
    }

    /// The outcome, as far as it is known.
    #[must_use]
    pub fn finish(self) -> Located {
        let mut is_complete = self.is_complete && self.phase == Phase::Done;
        if let Some(locations) = self.answer {
            return Located { locations, is_complete, support: self.support };
        }
        let limits = &self.options.limits;
        let mut room = limits.answer_nodes as usize;
        let mut locations = Vec::new();
        for (root, mo_id, found) in self.mirror.objects(self.query.start()) {
            if !self.holds(root) {
                continue;
            }
            if locations.len() >= limits.locations as usize {
                is_complete = false;
                break;
            }
            let mut items = Vec::new();
            for path in self.query.gets() {
                is_complete &= self.mirror.items(root, path, &mut room, &mut items);
            }
            locations.push(Location { uri: root.uri().to_string(), mo_id: mo_id.to_owned(), found, items });
        }
        Located { locations, is_complete, support: self.support }
    }

    fn holds(&self, root: Node<'_>) -> bool {
        self.query.conditions().all(|(path, value)| self.mirror.holds(root, path, value))
    }

    fn start(&self) -> String {
        self.query.start().map_or_else(|| ".".to_owned(), |start| format!("./{start}"))
    }

    /// How many commands may still be queued.
    fn room(&self) -> usize {
        let used = (self.sent as usize).saturating_add(self.queue.len());
        (self.options.commands as usize).saturating_sub(used)
    }

    fn push(&mut self, node: &str, aim: Aim) {
        if self.room() == 0 {
            self.is_cut = true;
            return;
        }
        self.queue.push_back(Task { node: node.to_owned(), aim });
    }

    /// Takes from the queue what may be sent.
    fn send(&mut self) -> Vec<Question> {
        let mut questions = Vec::new();
        while questions.len() < self.options.at_once.max(1) as usize {
            let Some(task) = self.queue.pop_front() else { break };
            let walks = matches!(task.aim, Aim::Walk | Aim::Type) && self.phase == Phase::Walk;
            if self.sent >= self.options.commands || (walks && self.walked >= self.options.walk) {
                self.is_cut = true;
                continue;
            }
            if matches!(task.aim, Aim::Part { .. } | Aim::Walk | Aim::Node) {
                self.asked.insert(task.node.clone());
            }
            self.sent = self.sent.saturating_add(1);
            self.walked = self.walked.saturating_add(u32::from(walks));
            questions.push(Question { number: self.sent, uri: self.uri(&task) });
            self.open.push((self.sent, task));
        }
        questions
    }

    fn uri(&self, task: &Task) -> String {
        let query = match task.aim {
            Aim::Locations => return self.query.to_string(),
            Aim::Structure => "?list=Struct",
            Aim::Document => "?list=TNDS+Format+Type",
            Aim::Type => "?prop=Type",
            Aim::Part { .. } | Aim::Walk | Aim::Node => "",
        };
        format!("{}{query}", task.node)
    }

    /// What comes next, when there is nothing more to send.
    fn advance(&mut self) -> Phase {
        let start = self.start();
        self.is_cut |= self.mirror.is_cut;
        let phase = self.phase;
        match phase {
            Phase::Begin if self.options.location_queries && self.support.may_ask() => {
                self.push(&start, Aim::Locations);
                Phase::Ask
            }
            Phase::Ask if self.answer.is_some() => {
                self.is_complete = true;
                Phase::Done
            }
            Phase::Begin | Phase::Ask => {
                self.push(&start, Aim::Structure);
                Phase::Structure
            }
            Phase::Structure | Phase::Document if self.has_types => {
                self.mirror.is_whole = !self.is_cut;
                self.is_complete = true;
                Phase::Conditions
            }
            Phase::Structure => {
                self.begin_again();
                self.push(&start, Aim::Document);
                Phase::Document
            }
            Phase::Document => {
                self.begin_again();
                self.push(&start, Aim::Walk);
                Phase::Walk
            }
            Phase::Walk => {
                self.mirror.is_whole = !self.is_cut;
                self.is_complete = self.has_types && !self.is_cut && !self.lacks_types;
                if self.is_complete { Phase::Conditions } else { Phase::Guess }
            }
            Phase::Guess if self.push_places() => Phase::Guess,
            Phase::Guess => {
                self.take_places();
                Phase::Conditions
            }
            Phase::Conditions if self.push_missing(false) => Phase::Conditions,
            Phase::Conditions => Phase::Gets,
            Phase::Gets if self.push_missing(true) => Phase::Gets,
            Phase::Gets | Phase::Done => {
                self.is_complete &= !self.is_cut && !self.lacks_types;
                Phase::Done
            }
        }
    }

    fn begin_again(&mut self) {
        self.mirror = Mirror::new(&self.options.limits);
        self.queued.clear();
        self.asked.clear();
        (self.has_types, self.is_cut, self.lacks_types) = (false, false, false);
    }

    /// Asks for nodes; whether there are any.
    fn push_nodes(&mut self, nodes: &[String], is_cut: bool) -> bool {
        self.is_cut |= is_cut;
        nodes.iter().for_each(|node| self.push(node, Aim::Node));
        !nodes.is_empty()
    }

    fn push_places(&mut self) -> bool {
        let mut missing = Missing::new(&self.asked, self.room());
        for (mo_id, path) in &self.places {
            if self.query.wants(mo_id)
                && let Ok(path) = RelPath::parse(path)
            {
                self.mirror.missing(self.mirror.root(), path, false, &mut missing);
            }
        }
        let Missing { uris, is_cut, .. } = missing;
        self.push_nodes(&uris, is_cut)
    }

    fn take_places(&mut self) {
        for (mo_id, path) in &self.places {
            if self.query.wants(mo_id)
                && let Ok(path) = RelPath::parse(path)
            {
                for spot in self.mirror.interior(path) {
                    self.mirror.see_object(spot, mo_id, Found::Guessed);
                }
            }
        }
    }

    /// Asks for what conditions look at, or for what is to be got where they hold.
    fn push_missing(&mut self, is_get: bool) -> bool {
        let mut missing = Missing::new(&self.asked, self.room());
        for (root, ..) in self.mirror.objects(self.query.start()) {
            if missing.is_cut {
                break;
            }
            if !is_get {
                for (path, value) in self.query.conditions() {
                    self.mirror.missing(root, path, value.is_some(), &mut missing);
                }
            } else if self.holds(root) {
                for path in self.query.gets() {
                    self.mirror.missing(root, path, true, &mut missing);
                }
            }
        }
        let Missing { uris, is_cut, .. } = missing;
        self.push_nodes(&uris, is_cut)
    }
}
