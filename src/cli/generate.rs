//! What belongs to a command and is made of it: completions for shells, and manual pages.

use super::Arguments;
use super::files::Outcome;
use clap::{CommandFactory, Subcommand, ValueEnum};
use std::io::{self, Write as _};
use std::path::PathBuf;

/// What is made of the command.
#[derive(Subcommand)]
pub(super) enum Generate {
    /// Print the completions for a shell
    #[command(after_help = "Examples:
  omadm generate completions bash > /usr/share/bash-completion/completions/omadm
  omadm generate completions zsh > ~/.zfunc/_omadm

make install puts those for bash, zsh and fish in their places.")]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Write the manual pages, one for each subcommand
    Manual {
        /// A folder that is there
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
    },
}

/// The shells that can be completed in.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Shell {
    Bash,
    Elvish,
    Fish,
    Powershell,
    Zsh,
}

impl Generate {
    pub(super) fn run(&self) -> io::Result<Outcome> {
        let mut command = Arguments::command();
        match self {
            Generate::Completions { shell } => {
                let shell = match shell {
                    Shell::Bash => clap_complete::Shell::Bash,
                    Shell::Elvish => clap_complete::Shell::Elvish,
                    Shell::Fish => clap_complete::Shell::Fish,
                    Shell::Powershell => clap_complete::Shell::PowerShell,
                    Shell::Zsh => clap_complete::Shell::Zsh,
                };
                // It panics where writing fails: a list does not.
                let mut text = Vec::new();
                clap_complete::generate(shell, &mut command, "omadm", &mut text);
                io::stdout().lock().write_all(&text)?;
            }
            Generate::Manual { folder } => clap_mangen::generate_to(command, folder)?,
        }
        Ok(Outcome::default())
    }
}
