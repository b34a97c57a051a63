//! The command `omadm`: the library at a terminal. Everything it knows is the library's; here are arguments, files and
//! paper.

mod find;
mod input;
mod print;
mod show;
mod tree;

use clap::{Parser, Subcommand};
use input::Failures;
use std::io::{self, Write};
use std::process::ExitCode;

/// Reads OMA Device Management files: package #0, SyncML messages and management trees, in XML or WBXML.
#[derive(Parser)]
#[command(name = "omadm", version, about, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = "Examples:
  omadm show message.wbxml             what a message, tree or notification says
  omadm tree phone.xml                 the management tree, one node a line
  omadm find urn:oma:mo:oma-fumo:1.0 phone.xml
                                       where this management object is
  curl -s … | omadm show -             standard input

Exit status: 0 found or done, 1 nothing found, 2 something could not be read.
Colour is used on a terminal only, and never when NO_COLOR is set.")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Show what a file says: notification (bare or as WSP push), SyncML message or tree; codes with their meaning
    #[command(after_help = "Examples:
  omadm show push.bin
  omadm show server-package.wbxml
  omadm show - < message.xml

Credentials in the header of a message are not printed; values of nodes are.")]
    Show {
        /// The file to show; - is standard input
        file: String,
    },
    /// Print the management tree in a file, or in a message, one node a line
    #[command(after_help = "Examples:
  omadm tree phone.tnds.xml
  omadm tree results.wbxml             trees inside the items of a message

Interior nodes are followed by the identifier of the management object that begins there, leaves by their value.")]
    Tree {
        /// The file whose tree to print; - is standard input
        file: String,
    },
    /// Find all instances of a management object; prints their URIs
    #[command(after_help = "Examples:
  omadm find urn:oma:mo:oma-fumo:1.0 phone.tnds.xml
  omadm find urn:oma:mo:oma-dm-dmacc:1.0 captured/*.wbxml

One URI a line, after the file's name where there are several files. Identifiers are compared whole, with their version.
Exit status as grep: 0 found, 1 not found, 2 a file could not be read.")]
    Find {
        /// The identifier, such as urn:oma:mo:oma-fumo:1.0
        mo_id: String,
        /// The files to search: trees, and messages with trees inside; - is standard input
        #[arg(required = true)]
        files: Vec<String>,
    },
}

/// Runs the command with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut failures = Failures::default();
    let mut out = io::BufWriter::new(anstream::AutoStream::auto(io::stdout()));
    let outcome = match &arguments.command {
        Command::Show { file } => show::run(file, &mut out, &mut failures),
        Command::Tree { file } => tree::run(file, &mut out, &mut failures),
        Command::Find { mo_id, files } => find::run(mo_id, files, &mut out, &mut failures),
    };
    let outcome = outcome.and_then(|found| out.flush().map(|()| found));
    match outcome {
        _ if failures.any() => ExitCode::from(2),
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        // The reader of our output has seen enough: `omadm tree big.xml | head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            failures.report("standard output", &error.to_string());
            ExitCode::from(2)
        }
    }
}
