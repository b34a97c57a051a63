//! The command `omadm`; see `omadm --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    omadm::cli::main()
}
