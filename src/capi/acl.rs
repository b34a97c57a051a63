//! Who may do what with a node.
//!
//! Servers are named by their Server Identifier, which is compared whole. NULL with length 0 is the device itself, which no ACL binds. A list that cannot be
//! read grants nothing to any server.

use super::buffer::{Buffer, omadm_buffer};
use super::codes::omadm_rc;
use super::entry::{Failure, Out, OutStructs, OutValues, Outcome, enter, optional_text, text, versioned};
use super::error::omadm_error;
use super::handle::handle;
use super::text::omadm_str;
use super::tree::{omadm_node, omadm_tree};
use crate::tree::{Acl, AclCommands, Principal};
use core::ffi::c_char;

/// The right to Add, in a set of rights.
pub const OMADM_ACL_ADD: u32 = 1;
/// The right to Delete.
pub const OMADM_ACL_DELETE: u32 = 2;
/// The right to Exec.
pub const OMADM_ACL_EXEC: u32 = 4;
/// The right to Get.
pub const OMADM_ACL_GET: u32 = 8;
/// The right to Replace.
pub const OMADM_ACL_REPLACE: u32 = 16;

const _: () = assert!(
    OMADM_ACL_ADD == AclCommands::ADD.bits() as u32
        && OMADM_ACL_DELETE == AclCommands::DELETE.bits() as u32
        && OMADM_ACL_EXEC == AclCommands::EXEC.bits() as u32
        && OMADM_ACL_GET == AclCommands::GET.bits() as u32
        && OMADM_ACL_REPLACE == AclCommands::REPLACE.bits() as u32
);

/// What an ACL grants to one server.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_acl_grant {
    /// `sizeof(omadm_acl_grant)`; set by the caller.
    pub struct_size: u32,
    /// `OMADM_ACL_*`: what it may do beyond what every server may.
    pub commands: u32,
    pub server: omadm_str,
}

versioned! { omadm_acl_grant: 24, 16; }

/// Whose rights count.
///
/// # Safety
/// The contract.
pub(super) unsafe fn principal<'c>(at: *const c_char, len: usize, argument: &'static str) -> Outcome<Principal<'c>> {
    // SAFETY: the contract.
    Ok(unsafe { optional_text(at, len, argument) }?.map_or(Principal::Device, Principal::Server))
}

fn commands_of(bits: u32) -> Outcome<AclCommands> {
    let commands = u8::try_from(bits).ok().and_then(AclCommands::from_bits);
    commands.ok_or(Failure::argument("commands"))
}

/// What a server may do with a node: `OMADM_ACL_*`. All for the device, `server` NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_rights(
    tree: *const omadm_tree,
    node: omadm_node,
    server: *const c_char,
    server_len: usize,
    commands: *mut u32,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (tree, principal, commands) = unsafe {
            (handle(tree, "tree")?, principal(server, server_len, "server")?, Out::new(commands, "commands")?)
        };
        commands.set(tree.node(node, "node")?.rights(principal).bits().into());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// What a server may do with every node from `top` down, in the order of the tree, parents before children: `nodes[i]` with `commands[i]`. Each list is
/// read once, where it stands. `top` may be `OMADM_NO_NODE`, the root.
///
/// `*found` says how many nodes there are; as many as `capacity` has room for are stored, the first ones. `nodes` may be NULL if only the rights are wanted.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_rights_below(
    tree: *const omadm_tree,
    top: omadm_node,
    server: *const c_char,
    server_len: usize,
    nodes: *mut omadm_node,
    commands: *mut u32,
    capacity: usize,
    found: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        let nodes_capacity = if nodes.is_null() { 0 } else { capacity };
        // SAFETY: the contract.
        let (tree, principal, mut commands, mut nodes, found) = unsafe {
            (
                handle(tree, "tree")?,
                principal(server, server_len, "server")?,
                OutValues::many(commands, capacity, "commands")?,
                OutValues::many(nodes, nodes_capacity, "nodes")?,
                Out::new(found, "found")?,
            )
        };
        let top = tree.node_or_root(top, "top")?;
        let below = top.descendants_for(principal);
        commands.set(below.clone().map(|(_, rights)| rights.bits().into()));
        nodes.set(below.clone().map(|(node, _)| node.id().to_bits()));
        found.set(below.count());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The list that counts for a node: its own, or else its nearest ancestor's, or else what a root without one has, `Add=*&Get=*`. It is written in one way: each
/// command once, in the order of their names, servers in the order of theirs.
///
/// `OMADM_E_ACL_COMMAND`, `OMADM_E_ACL_SERVER` and `OMADM_E_INVALID_UTF8` for a list that cannot be read, with the offset in it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_effective_acl(
    tree: *const omadm_tree,
    node: omadm_node,
    acl: *mut omadm_buffer,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (tree, out) = unsafe { (handle(tree, "tree")?, Buffer::of(acl, "acl")?) };
        out.keep(tree.node(node, "node")?.effective_acl()?.to_string().into_bytes());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Whether a server may replace a node's ACL: with Replace on the parent; of an interior node also with Replace on the node itself. `*may` becomes 1 or 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_may_change_acl(
    tree: *const omadm_tree,
    node: omadm_node,
    server: *const c_char,
    server_len: usize,
    may: *mut u32,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (tree, principal, may) =
            unsafe { (handle(tree, "tree")?, principal(server, server_len, "server")?, Out::new(may, "may")?) };
        may.set(tree.node(node, "node")?.may_change_acl(principal).into());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Reads the value of the property `ACL`: `*everyone` becomes what every server may do, `OMADM_ACL_*`; `grants` receives the servers that may do more, in the
/// order of their identifiers, which are lent from `acl`. `element_size` is `sizeof(omadm_acl_grant)`.
///
/// `*found` says how many servers there are; as many as `capacity` has room for are stored, the first ones. An empty list says nothing: the node
/// inherits. `OMADM_E_ACL_COMMAND` where no command with `=` stands, `OMADM_E_ACL_SERVER` where no identifier stands; with the offset in `acl`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_acl_parse(
    acl: *const c_char,
    acl_len: usize,
    everyone: *mut u32,
    grants: *mut omadm_acl_grant,
    element_size: usize,
    capacity: usize,
    found: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (acl, everyone, mut grants, found) = unsafe {
            (
                text(acl, acl_len, "acl")?,
                Out::new(everyone, "everyone")?,
                OutStructs::many(grants, element_size, capacity, "grants")?,
                Out::new(found, "found")?,
            )
        };
        // What it lends is lent from the text of the caller's: nothing has to be unescaped in a list.
        let acl = Acl::parse(acl)?;
        everyone.set(acl.everyone().bits().into());
        found.set(acl.servers().len());
        for (index, (server, commands)) in acl.servers().enumerate().take(grants.capacity()) {
            let commands = commands.bits().into();
            grants.set(index, omadm_acl_grant { struct_size: 0, commands, server: server.into() });
        }
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The same list with these commands granted to a server, or to every server for `*`; with `acl` empty, a new list. `OMADM_E_ACL_SERVER` for an identifier
/// that a list cannot have; and as `omadm_acl_parse`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_acl_with_server(
    acl: *const c_char,
    acl_len: usize,
    server: *const c_char,
    server_len: usize,
    commands: u32,
    changed: *mut omadm_buffer,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (acl, server, changed) = unsafe {
            (text(acl, acl_len, "acl")?, text(server, server_len, "server")?, Buffer::of(changed, "changed")?)
        };
        let commands = commands_of(commands)?;
        changed.keep(Acl::parse(acl)?.with(server, commands)?.to_string().into_bytes());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The same list without a server. Commands that nobody has any more vanish; with `is_root` 1 they become everyone's, since a root must have a list.
/// As `omadm_acl_parse`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_acl_without_server(
    acl: *const c_char,
    acl_len: usize,
    server: *const c_char,
    server_len: usize,
    is_root: u32,
    changed: *mut omadm_buffer,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (acl, server, changed) = unsafe {
            (text(acl, acl_len, "acl")?, text(server, server_len, "server")?, Buffer::of(changed, "changed")?)
        };
        let acl = Acl::parse(acl)?;
        let rest = match is_root {
            0 => acl.without_server(server),
            1 => acl.root_without_server(server),
            _ => return Err(Failure::argument("is_root")),
        };
        changed.keep(rest.to_string().into_bytes());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
