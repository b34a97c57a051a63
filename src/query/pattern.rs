//! Patterns: many nodes by one expression.

use super::RelPath;
use super::condition::{Condition, Literal, Number, Operator};
use super::get::INBOX;
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::tree::{AclCommands, Children, Node, Principal, Tree, segment};

/// A URI with wildcards and conditions, as USP has them for the data models of broadband devices.
///
/// | in a pattern | stands for |
/// |---|---|
/// | `.` alone | the root |
/// | `Name` | the child with this name; an escape is the character that it stands for |
/// | `*` | every child |
/// | `**` | every node below, and the node itself |
/// | `[path]` behind one of these | only if the path leads somewhere from there |
/// | `[path=="text"]` | only if a leaf there has this value, octet by octet |
/// | `[path!="text"]` | only if a leaf there has another value |
/// | `[path>=10]` | only if a leaf there is a number that is at least this; likewise `==`, `!=`, `<`, `<=`, `>` |
/// | `[… && …]`, `[…][…]` | only if all hold, each on its own |
///
/// A path is a [`RelPath`]: names and `*`. `true` and `false` may stand without quotes. Values of formats `bin` and `b64` pass
/// no comparison, not even `!=`; a leaf without a value has an empty one. Blanks may stand around operators.
///
/// Characters with a meaning are escaped in names and texts: `%2A` is `*`, `%22` is `"`, `%25` is `%`, and so on; in paths of
/// conditions also those of operators.
///
/// ```
/// use omadm::query::Pattern;
/// let tree = omadm::tnds::decode(b"<MgmtTree>\
///     <Node><NodeName>State</NodeName><Path>FUMO/modem</Path><Value>10</Value></Node>\
///     <Node><NodeName>State</NodeName><Path>FUMO/system</Path><Value>60</Value></Node></MgmtTree>")?;
/// let uris = |pattern| -> omadm::Result<Vec<String>> {
///     Ok(tree.select(&Pattern::parse(pattern)?).map(|node| node.uri().to_string()).collect())
/// };
/// assert_eq!(uris("./FUMO/*")?, ["./FUMO/modem", "./FUMO/system"]);
/// assert_eq!(uris("**/State")?, ["./FUMO/modem/State", "./FUMO/system/State"]);
/// assert_eq!(uris("**[State >= 50]")?, ["./FUMO/system"]);
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern<'q> {
    steps: Vec<Step<'q>>,
}

#[derive(Clone, Debug, PartialEq)]
struct Step<'q> {
    way: Way<'q>,
    conditions: Vec<Condition<'q>>,
}

/// From one node to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Way<'q> {
    /// To the child with this name.
    Name(&'q str),
    /// To any child.
    Any,
    /// Anywhere below, or nowhere.
    Deep,
}

impl<'q> Pattern<'q> {
    /// Reads a pattern, with [`Limits::pattern`] as it is by default.
    ///
    /// # Errors
    /// As [`parse_with`](Pattern::parse_with).
    pub fn parse(text: &'q str) -> Result<Pattern<'q>> {
        Pattern::parse_with(text, &Limits::DEFAULT)
    }

    /// Reads a pattern.
    ///
    /// # Errors
    /// [`InvalidPattern`](ErrorKind::InvalidPattern) where no segment stands, for `.` and `..` inside, for `*`, `]` and `"` in a name;
    /// [`InvalidCondition`](ErrorKind::InvalidCondition) and [`InvalidRelPath`](ErrorKind::InvalidRelPath) for what stands between brackets;
    /// [`LimitPattern`](ErrorKind::LimitPattern) for more segments than [`Limits::pattern`]; each with the offset of the octet at fault.
    pub fn parse_with(text: &'q str, limits: &Limits) -> Result<Pattern<'q>> {
        let mut parser = Parser { text, at: 0, left: limits.pattern };
        let steps = if text == "." { Vec::new() } else { parser.steps()? };
        Ok(Pattern { steps })
    }
}

/// A place in the text of a pattern.
struct Parser<'q> {
    text: &'q str,
    at: usize,
    /// Segments that may still come.
    left: u32,
}

impl<'q> Parser<'q> {
    fn rest(&self) -> &'q str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn fault<T>(&self, kind: ErrorKind) -> Result<T> {
        Err(Error::new(kind, self.at))
    }

    /// Takes what comes before the first of some characters.
    fn take_until(&mut self, is_end: impl Fn(char) -> bool) -> &'q str {
        let rest = self.rest();
        let taken = rest.find(is_end).and_then(|end| rest.get(..end)).unwrap_or(rest);
        self.at = self.at.saturating_add(taken.len());
        taken
    }

    /// Takes this, if it comes next.
    fn take(&mut self, expected: &str) -> bool {
        let is_next = self.rest().starts_with(expected);
        if is_next {
            self.at = self.at.saturating_add(expected.len());
        }
        is_next
    }

    fn skip_blanks(&mut self) {
        self.take_until(|c| !c.is_ascii_whitespace());
    }

    fn count(&mut self, segments: usize) -> Result<()> {
        let left = u32::try_from(segments).ok().and_then(|segments| self.left.checked_sub(segments));
        self.left = left.ok_or(Error::new(ErrorKind::LimitPattern, self.at))?;
        Ok(())
    }

    fn steps(&mut self) -> Result<Vec<Step<'q>>> {
        let mut steps = Vec::new();
        self.take("./");
        loop {
            self.count(1)?;
            let way = self.way()?;
            let mut conditions = Vec::new();
            while self.take("[") {
                self.conditions(&mut conditions)?;
            }
            steps.push(Step { way, conditions });
            if self.rest().is_empty() {
                return Ok(steps);
            }
            if !self.take("/") {
                return self.fault(ErrorKind::InvalidPattern);
            }
        }
    }

    fn way(&mut self) -> Result<Way<'q>> {
        let start = self.at;
        let fault = match self.take_until(|c| matches!(c, '/' | '[')) {
            "*" => return Ok(Way::Any),
            "**" => return Ok(Way::Deep),
            "" | "." | ".." => 0,
            name => match name.find(['*', ']', '"']) {
                Some(fault) => fault,
                None => return Ok(Way::Name(name)),
            },
        };
        self.at = start.saturating_add(fault);
        self.fault(ErrorKind::InvalidPattern)
    }

    /// What stands in brackets, behind the first one.
    fn conditions(&mut self, conditions: &mut Vec<Condition<'q>>) -> Result<()> {
        loop {
            self.skip_blanks();
            let start = self.at;
            let path = self.take_until(|c| c.is_ascii_whitespace() || "=!<>&[]\"".contains(c));
            let path = RelPath::parse(path).map_err(|error| error.shifted(start))?;
            self.count(path.as_str().split('/').count())?;
            self.skip_blanks();
            let test = match self.operator() {
                Some(operator) => Some((operator, self.literal(operator)?)),
                None => None,
            };
            conditions.push(Condition { path, test });
            self.skip_blanks();
            if self.take("]") {
                return Ok(());
            }
            if !self.take("&&") {
                return self.fault(ErrorKind::InvalidCondition);
            }
        }
    }

    fn operator(&mut self) -> Option<Operator> {
        // Longer ones first.
        let operators = [
            ("==", Operator::Equal),
            ("!=", Operator::NotEqual),
            ("<=", Operator::LessOrEqual),
            (">=", Operator::GreaterOrEqual),
            ("<", Operator::Less),
            (">", Operator::Greater),
        ];
        operators.into_iter().find(|(name, _)| self.take(name)).map(|(_, operator)| operator)
    }

    fn literal(&mut self, operator: Operator) -> Result<Literal<'q>> {
        self.skip_blanks();
        let start = self.at;
        let literal = if self.take("\"") {
            let text = self.take_until(|c| c == '"');
            self.take("\"").then(|| Literal::Text(segment::canonical(text.as_bytes())))
        } else {
            match self.take_until(|c| c.is_ascii_whitespace() || "&[]\"".contains(c)) {
                word @ ("true" | "false") => Some(Literal::Text(word.as_bytes().into())),
                number => Number::parse(number.as_bytes()).map(Literal::Number),
            }
        };
        // Texts have no order.
        let needs_number = !matches!(operator, Operator::Equal | Operator::NotEqual);
        match literal {
            Some(literal) if !needs_number || matches!(literal, Literal::Number(_)) => Ok(literal),
            _ => Err(Error::new(ErrorKind::InvalidCondition, start)),
        }
    }
}

impl Step<'_> {
    /// Whether the conditions hold at the node that the step has reached.
    fn holds(&self, node: Node<'_>, principal: Principal<'_>, rights: AclCommands) -> bool {
        self.conditions.iter().all(|condition| condition.holds(node, principal, rights))
    }
}

impl<'a> Tree<'a> {
    /// The nodes that a pattern stands for, in tree order, each once.
    ///
    /// Costs at most the nodes times the segments of the pattern, whatever they are; one lookup for a plain name, however
    /// many siblings there are. Nothing below a plain name that is not there is looked at.
    #[must_use]
    pub fn select<'t, 'q>(&'t self, pattern: &'q Pattern<'q>) -> Selected<'t, 'q> {
        self.select_for(pattern, Principal::Device)
    }

    /// As [`select`](Tree::select), as far as a principal may Get: other nodes are neither selected nor seen by conditions.
    /// What lies on the way need not be readable. What is in an Inbox is nobody's to see (`wire.md` §10.4).
    #[must_use]
    pub fn select_for<'t, 'q>(&'t self, pattern: &'q Pattern<'q>, principal: Principal<'q>) -> Selected<'t, 'q> {
        let start = Some(self.root());
        Selected { steps: &pattern.steps, principal, start, open: Vec::new(), reached: Vec::new() }
    }
}

/// The nodes that a pattern stands for: see [`Tree::select`].
///
/// A walk that carries along which steps of the pattern have been reached: all ways of reading `**` are followed at once, so
/// that no node is visited twice.
#[derive(Clone, Debug)]
pub struct Selected<'t, 'q> {
    steps: &'q [Step<'q>],
    principal: Principal<'q>,
    /// Where it begins, as long as it has not.
    start: Option<Node<'t>>,
    /// The nodes on the way whose children are being visited.
    open: Vec<(Wanted<'t>, AclCommands)>,
    /// For each open node how many steps can be behind it: whether none, whether one, …, whether all.
    reached: Vec<bool>,
}

/// Children still to visit.
#[derive(Clone, Debug)]
enum Wanted<'t> {
    All(Children<'t>),
    One(Option<Node<'t>>),
}

impl<'t> Selected<'t, '_> {
    /// How many numbers of steps there are.
    fn stride(&self) -> usize {
        self.steps.len().saturating_add(1)
    }

    /// Puts down what is reached at a node, and whether that is all of the pattern.
    fn reach(&mut self, node: Node<'t>, rights: AclCommands) -> bool {
        let stride = self.stride();
        let middle = self.reached.len();
        self.reached.resize(middle.saturating_add(stride), false);
        let (before, here) = self.reached.split_at_mut(middle);
        let parent = before.get(middle.saturating_sub(stride)..).unwrap_or_default();
        if parent.is_empty() {
            set(here, 0);
        }
        for ((at, step), is_reached) in self.steps.iter().enumerate().zip(parent) {
            let leads_here = |step: &Step<'_>| match step.way {
                Way::Name(name) => node.is_named(name),
                Way::Any | Way::Deep => true,
            };
            if !is_reached || !leads_here(step) {
                continue;
            }
            if step.way == Way::Deep {
                set(here, at);
            } else if step.holds(node, self.principal, rights) {
                set(here, at.saturating_add(1));
            }
        }
        // `**` can end where it is.
        for (at, step) in self.steps.iter().enumerate() {
            let is_reached = here.get(at).copied().unwrap_or_default();
            if is_reached && step.way == Way::Deep && step.holds(node, self.principal, rights) {
                set(here, at.saturating_add(1));
            }
        }
        here.last().copied().unwrap_or_default()
    }

    /// Opens a node whose reached steps were put down last, if the pattern goes on from there.
    fn open(&mut self, node: Node<'t>, rights: AclCommands) {
        let here = self.reached.get(self.reached.len().saturating_sub(self.stride())..).unwrap_or_default();
        let mut ways = self.steps.iter().zip(here).filter(|(_, is_reached)| **is_reached).map(|(step, _)| step.way);
        // Once `**` is reached it stays so all the way down, and nothing before it does. So the first step that can be next tells:
        // if it is not `**`, there is no other.
        let is_shut = self.principal != Principal::Device && node.mo_id() == Some(INBOX);
        let wanted = match ways.next().filter(|_| !is_shut) {
            Some(Way::Name(name)) => node.child(name).map(|child| Wanted::One(Some(child))),
            Some(Way::Any | Way::Deep) => Some(node.children()).filter(|children| children.len() > 0).map(Wanted::All),
            None => None,
        };
        match wanted {
            Some(wanted) => self.open.push((wanted, rights)),
            None => self.close(),
        }
    }

    /// Forgets what was reached at the innermost node.
    fn close(&mut self) {
        self.reached.truncate(self.reached.len().saturating_sub(self.stride()));
    }

    /// The next node to visit, with what the principal may do with it.
    fn visit(&mut self) -> Option<(Node<'t>, AclCommands)> {
        if let Some(root) = self.start.take() {
            return Some((root, root.rights(self.principal)));
        }
        loop {
            let (wanted, rights) = self.open.last_mut()?;
            let child = match wanted {
                Wanted::All(children) => children.next(),
                Wanted::One(child) => child.take(),
            };
            if let Some(child) = child {
                return Some((child, child.rights_below(self.principal, *rights)));
            }
            self.open.pop();
            self.close();
        }
    }
}

fn set(reached: &mut [bool], at: usize) {
    if let Some(reached) = reached.get_mut(at) {
        *reached = true;
    }
}

impl<'t> Iterator for Selected<'t, '_> {
    type Item = Node<'t>;

    fn next(&mut self) -> Option<Node<'t>> {
        loop {
            let (node, rights) = self.visit()?;
            let is_whole = self.reach(node, rights);
            self.open(node, rights);
            if is_whole && rights.contains(AclCommands::GET) {
                return Some(node);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_pattern_is_refused_at_its_place() {
        use ErrorKind::{InvalidCondition, InvalidPattern, InvalidRelPath};
        for (text, kind, at) in [
            ("", InvalidPattern, 0),
            ("./", InvalidPattern, 2),
            ("/A", InvalidPattern, 0),
            ("A/", InvalidPattern, 2),
            ("A//B", InvalidPattern, 2),
            ("A/../B", InvalidPattern, 2),
            ("A/./B", InvalidPattern, 2),
            ("***", InvalidPattern, 0),
            ("A/b*", InvalidPattern, 3),
            ("A]", InvalidPattern, 1),
            ("[A]", InvalidPattern, 0),
            ("A[B]C", InvalidPattern, 4),
            ("A[", InvalidRelPath, 2),
            ("A[]", InvalidRelPath, 2),
            ("A[B", InvalidCondition, 3),
            ("A[B/]", InvalidRelPath, 4),
            ("A[.=1]", InvalidRelPath, 2),
            ("A[B=1]", InvalidCondition, 3),
            ("A[B==]", InvalidCondition, 5),
            ("A[B==x]", InvalidCondition, 5),
            ("A[B==\"x]", InvalidCondition, 5),
            ("A[B==\"x\"", InvalidCondition, 8),
            ("A[B == 1 & C]", InvalidCondition, 9),
            ("A[B && ]", InvalidRelPath, 7),
            ("A[B < \"1\"]", InvalidCondition, 6),
            ("A[B < true]", InvalidCondition, 6),
            ("A[B == 1 2]", InvalidCondition, 9),
        ] {
            assert_eq!(Pattern::parse(text), Err(Error::new(kind, at)), "{text}");
        }
    }

    #[test]
    fn segments_are_limited_those_of_conditions_included() {
        let limits = Limits { pattern: 4, ..Limits::DEFAULT };
        for text in ["a/*/**/b", "a[b/c/d]", "a[b][c]/d", "a[b && c && d]"] {
            assert!(Pattern::parse_with(text, &limits).is_ok(), "{text}");
        }
        for (text, at) in [("a/*/**/b/c", 9), ("a[b/c/d/e]", 9), ("a[b][c]/d/e", 10)] {
            assert_eq!(Pattern::parse_with(text, &limits), Err(Error::new(ErrorKind::LimitPattern, at)), "{text}");
        }
    }
}
