//! The command `omadm`: the library at a terminal. Everything it knows is the library's; here are arguments, files and
//! paper.

mod check;
mod convert;
mod count;
mod credentials;
mod ddf;
mod describe;
mod diff;
mod dump;
mod explain;
mod files;
mod find;
mod generate;
mod get;
mod html;
mod json;
mod notify;
mod print;
mod report;
mod room;
mod schema;
mod show;
mod tree;
mod trees;
mod verify;

use clap::{Args, Parser, Subcommand};
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

/// Reads OMA Device Management files: package #0, SyncML messages, management trees, device descriptions and
/// provisioning documents, in XML or WBXML.
#[derive(Parser)]
#[command(name = "omadm", version, about, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = "Examples:
  omadm show message.wbxml             what a message, tree or notification says
  omadm tree phone.xml                 the management tree, one node a line
  omadm get phone.xml ./DevInfo/Man    what a device with this tree answers to a Get
  omadm diff before.xml after.xml      what differs between two trees
  omadm find urn:oma:mo:oma-fumo:1.0 captured/
                                       where this management object is, in all files below
  omadm find './FUMO/*[State>=50]' phone.xml
                                       the nodes that a pattern stands for
  omadm verify push.bin --secret-file key --nonce 000102030405060708090a0b0c0d0e0f
  omadm count captured/                how many of what there is
  omadm notify build --server-id dm.example.com --session 1A --secret-file key -o push.bin --carrier wsp
  omadm check --ddf descriptions/ phone.xml
                                       whether a tree or message is as descriptions say
  omadm convert message.xml message.wbxml
  omadm dump message.wbxml             its tokens, octet by octet
  omadm explain 1226 NotFound          what codes mean

Files can be folders, which are searched for documents; - is standard input.
Exit status: 0 found or done, 1 nothing found, 2 something could not be read.
Colour is used on a terminal only, and never when NO_COLOR is set.")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Show what files say: notifications (bare or as WSP push), SyncML messages, trees, descriptions, provisioning
    /// documents; codes with their meaning
    #[command(after_help = "Examples:
  omadm show push.bin
  omadm show server-package.wbxml
  omadm show --json captured/*.wbxml | jq .SyncHdr.SessionID
  omadm show - < message.xml
  omadm show --layout reconstructed push13.bin

Credentials in the header of a message are not printed; values of nodes are.")]
    Show(Show),
    /// Print the management trees in files, or in the items of messages, one node a line
    #[command(after_help = "Examples:
  omadm tree phone.tnds.xml
  omadm tree results.wbxml             trees inside the items of a message
  omadm tree --html phone.tnds.xml > phone.html
  omadm tree --json phone.tnds.xml | jq -r '.nodes[] | select(.format == \"int\") | .uri'

Interior nodes are followed by the identifier of the management object that begins there, leaves by their value.")]
    Tree(tree::Print),
    /// Answer a Get from the tree in a file: a value, names of children, a property, a structure, a tree document
    #[command(after_help = "Examples:
  omadm get phone.tnds.xml ./DevInfo/Man
  omadm get phone.tnds.xml ./DevInfo                      names of children, one a line
  omadm get phone.tnds.xml './DevInfo?prop=ACL'
  omadm get results.wbxml './DevInfo?list=StructData'     trees in items of a message are one tree
  omadm get --as dm.example.com phone.tnds.xml './FUMO?list=TNDS-ACL' > fumo.xml

A value or a tree document is printed as it is, for scripts; on a terminal, and behind the file's name where there are
several files, what a terminal would obey is escaped. Lists have an item a line: URI, format and type unless they are chr
and text/plain, value. A refusal is told with its status.
Exit status: 0 answered, 1 refused, 2 a file could not be read.")]
    Get(get::Get),
    /// Compare two trees
    #[command(after_help = "Examples:
  omadm diff before.tnds.xml after.tnds.wbxml
  omadm diff --ignore TStamp,VerNo before.xml after.xml
  omadm diff --below ./FUMO before.xml after.xml
  omadm diff --json before.xml results.wbxml | jq -r 'select(.change == \"added\") | .uri'

Nodes are the same whose URIs are. - was removed with everything below it, + was added, ! differs, with what it said and
says. Trees in the items of a message are one tree. The order of siblings and the encoding make no difference.
Device descriptions are compared by omadm ddf diff.
Exit status as diff: 0 the same, 1 different, 2 something could not be read, or neither tree has the node of --below.")]
    Diff(diff::Diff),
    /// Find all instances of a management object, or the nodes of a pattern; prints their URIs
    #[command(after_help = "Examples:
  omadm find urn:oma:mo:oma-fumo:1.0 phone.tnds.xml
  omadm find 'urn:oma:mo:oma-dm-dmacc:*' captured/
  omadm find urn:oma:mo:oma-fumo:1.0 --if PkgName=radio --if 'Ext/*' captured/
  omadm find urn:oma:mo:oma-fumo:1.0 --below ./FUMO --as dm.example.com phone.tnds.xml
  omadm find './FUMO/*/State' phone.tnds.xml
  omadm find '**[State>=50 && PkgName!=\"radio\"]' captured/

One URI a line, after the file's name where there are several files. Identifiers are compared whole; one that ends in :*
stands for every version. In a pattern, * is any child, ** any number of segments, and [Path==\"text\"], with != < <= > >=
or without a comparison, is a condition on what lies below. Names are escaped as in URIs: %2A is a star.
Exit status as grep: 0 found, 1 not found, 2 a file or an argument could not be read.")]
    Find(find::Find),
    /// Verify the digest of notifications (package #0), and in messages that data is as long as its Size says
    #[command(after_help = "Examples:
  omadm verify message.wbxml
  omadm verify push.bin --secret-file srv.key --nonce 000102030405060708090a0b0c0d0e0f
  omadm verify push.bin --secret srvsecret --nonce-base64 AAECAwQFBgcICQoLDA0ODw== --no-resync

A digest that fails is tried again with the nonce of four zero octets, as the standard has it; --no-resync refuses that.
In messages, items with a Size and without MoreData are checked: a chunk says the size of the whole.
A secret on the command line can be seen by other users: prefer --secret-file, whose last line end is not part of it.
Exit status: 0 all verified, 1 one was refused, 2 one could not be read.")]
    Verify(verify::Verify),
    /// Build, show and verify notifications (package #0) of DM 1.2 and 1.3
    #[command(subcommand, arg_required_else_help = true)]
    Notify(notify::Command),
    /// Count what files are: kinds, encodings, commands, nodes, errors
    #[command(after_help = "Examples:
  omadm count captured/
  omadm count --json captured/

Every file is counted, also those of no known kind.")]
    Count(Many),
    /// Check trees and messages against device descriptions; prints all findings
    #[command(after_help = "Examples:
  omadm check --ddf phone.ddf phone.tnds.xml
  omadm check --ddf descriptions/ --os-build 10.0.22621.1194 server-package.xml
  omadm check --ddf descriptions/ --json captured/ | jq -r 'select(.status == 405) | .uri'

One finding a line: file, for messages where the item begins, URI, what is wrong and what was expected, and the
status that a device answers with. Of messages Add, Copy, Delete, Exec, Get, Replace and Results are checked, and the
trees in them. A rule that values cannot be judged by, such as a regular expression that looks ahead, is named once
for each file, behind the findings (with --json the reason is not-judged); that is no finding.
Exit status: 0 nothing found, 1 findings, 2 something could not be read.")]
    Check(check::Arguments),
    /// Count or compare device descriptions
    #[command(subcommand, arg_required_else_help = true)]
    Ddf(ddf::Command),
    /// Convert a document between XML and WBXML, with the documents inside it
    #[command(after_help = "Examples:
  omadm convert package.xml package.wbxml
  omadm convert package.wbxml - --indent | less
  omadm convert description.ddf.xml description.wbxml --string-table
  omadm convert one.xml - --to xml --canonical | sha256sum

Without --to, the name of OUT decides: .xml, .xdm and .ddf are XML, .wbxml and .bdm are WBXML. If it says nothing, the
other encoding is written. Elements, attributes, namespaces and text are kept in their order; what cannot be carried is
an error. Comments, processing instructions and the DOCTYPE are left out, with --canonical, too: Canonical XML keeps
processing instructions, so that hashes differ from those of other tools for documents that have some.
Exit status: 0 written, 2 something could not be read, carried or written.")]
    Convert(convert::Convert),
    /// Show the tokens of documents, one a line, beside what they say
    #[command(after_help = "Examples:
  omadm dump captured.wbxml
  omadm dump captured.wbxml | grep -n OPAQUE
  omadm dump broken.xml                as far as it can be read, then the error

WBXML: offset, octets, token (page:token, A with attributes, C with content), what it says. XML: offset, source, what it
says. Offsets are decimal, as in errors. WBXML documents inside opaque blocks are shown as well.
All that is in the file is shown: credentials, too.
Exit status: 0 shown, 2 something could not be read.")]
    Dump {
        /// Files, or folders of files; - is standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Make completions for shells, and manual pages
    #[command(subcommand, arg_required_else_help = true)]
    Generate(generate::Generate),
    /// Explain status codes, alert codes and results of firmware updates
    #[command(after_help = "Examples:
  omadm explain 404
  omadm explain 1226 NotFound 'atomic failed'
  omadm explain --json 507 | jq -r .meaning

A number can be several things: a status and a result of a firmware update. Names are compared without regard to case,
blanks and signs. Exit status: 0 all found, 1 one is not known.")]
    Explain {
        /// Print JSON, one object a line
        #[arg(long)]
        json: bool,
        /// Numbers or names
        #[arg(required = true, value_name = "CODE")]
        codes: Vec<String>,
    },
}

/// Files, and how to print what is in them.
#[derive(Args)]
struct Many {
    /// Print JSON, one object a line
    #[arg(long)]
    json: bool,
    /// Files, or folders of files; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// Files, and the layout of what is not public.
#[derive(Args)]
struct Show {
    /// The layout of DM 1.3 notifications, whose bits no public text has: provisional
    #[arg(long, value_name = "NAME")]
    layout: Option<notify::LayoutName>,
    #[command(flatten)]
    files: Many,
}

/// Runs the command with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Show(Show { layout, files: many }) => {
            files::run(&many.files, |file| show::run(file, layout, many.json))
        }
        Command::Tree(print) => tree::run(&print),
        Command::Get(get) => get.run(),
        Command::Diff(diff) => diff.run(),
        Command::Find(find) => find.run(),
        Command::Verify(verify) => match verify.credentials.key() {
            Ok(key) => files::run(&verify.files.files, |file| verify.run(&key, file)),
            Err(message) => {
                files::complain(&format!("omadm: {message}\n"));
                return ExitCode::from(2);
            }
        },
        Command::Notify(command) => command.run(),
        Command::Count(many) => count::run(&many.files, many.json),
        Command::Check(arguments) => check::run(&arguments),
        Command::Ddf(command) => ddf::run(&command),
        Command::Convert(convert) => convert.run(),
        Command::Dump { files } => files::run(&files, dump::run),
        Command::Generate(generate) => generate.run(),
        Command::Explain { json, codes } => explain::run(&codes, json),
    };
    match outcome {
        Ok(files::Outcome { failed: true, .. }) => ExitCode::from(2),
        Ok(files::Outcome { missed: true, .. }) => ExitCode::from(1),
        Ok(_) => ExitCode::SUCCESS,
        // The reader of our output has seen enough: `omadm tree big.xml | head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            files::complain(&format!("omadm: standard output: {error}\n"));
            ExitCode::from(2)
        }
    }
}
