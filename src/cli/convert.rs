//! `omadm convert`: one file in the other encoding.

use super::files::{Outcome, complain, is_standard_input, read};
use super::report::{File, Report};
use crate::convert::{ConvertOptions, Layout, to_wbxml, to_xml};
use crate::markup::{Encoding, Options};
use clap::{Args, ValueEnum};
use std::io::{self, Write};
use std::path::PathBuf;

/// What to convert, and into what.
#[derive(Args)]
pub(super) struct Convert {
    /// The document; - is standard input
    #[arg(value_name = "IN")]
    from: PathBuf,
    /// Where to write; - is standard output
    #[arg(value_name = "OUT")]
    to: PathBuf,
    /// The encoding to write
    #[arg(long = "to", value_name = "ENCODING")]
    encoding: Option<Target>,
    /// WBXML: put texts that repeat into a string table, where that is shorter
    #[arg(long)]
    string_table: bool,
    /// XML: an element a line
    #[arg(long, conflicts_with = "canonical")]
    indent: bool,
    /// XML: Canonical XML 1.0, but without comments and processing instructions
    #[arg(long)]
    canonical: bool,
    /// WBXML: keep the white space between elements
    #[arg(long)]
    keep_blanks: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Target {
    Xml,
    Wbxml,
}

impl Convert {
    pub(super) fn run(&self) -> io::Result<Outcome> {
        let mut report = Report::default();
        let (from, to) = (self.from.to_string_lossy(), self.to.to_string_lossy());
        let octets = match read(&self.from) {
            Ok(octets) => octets,
            Err(error) => {
                report.fail(&from, &error.to_string());
                return finish(&report);
            }
        };
        let target = self.target(&octets);
        if let Some(wrong) = self.misplaced(target) {
            report.fail(&from, &wrong);
            return finish(&report);
        }
        let layout = match (self.indent, self.canonical) {
            (true, _) => Layout::Indented,
            (_, true) => Layout::Canonical,
            _ => Layout::AsItIs,
        };
        let convert = |octets: &[u8], read: &Options| {
            let options =
                ConvertOptions { read: *read, string_table: self.string_table, keep_blanks: self.keep_blanks, layout };
            match target {
                Encoding::Xml => to_xml(octets, &options).map(String::into_bytes),
                Encoding::Wbxml => to_wbxml(octets, &options),
            }
        };
        let file = File { name: &from, octets: &octets, of_many: false, in_folder: false };
        // Nothing is written before all of it is known.
        if let Some(converted) = report.decode(&file, convert) {
            if is_standard_input(&self.to) {
                let mut out = io::stdout().lock();
                out.write_all(&converted)?;
                out.flush()?;
            } else if let Err(error) = std::fs::write(&self.to, converted) {
                report.fail(&to, &error.to_string());
            }
        }
        finish(&report)
    }

    /// What to write: as asked, as the name says, or what the document is not.
    fn target(&self, octets: &[u8]) -> Encoding {
        match self.encoding {
            Some(Target::Xml) => return Encoding::Xml,
            Some(Target::Wbxml) => return Encoding::Wbxml,
            None => {}
        }
        let extension = self.to.extension().and_then(|extension| extension.to_str());
        match extension.map(str::to_ascii_lowercase).as_deref() {
            Some("xml" | "xdm" | "ddf") => Encoding::Xml,
            Some("wbxml" | "bdm") => Encoding::Wbxml,
            _ if Encoding::detect(octets) == Some(Encoding::Wbxml) => Encoding::Xml,
            _ => Encoding::Wbxml,
        }
    }

    /// An option that means nothing for the encoding that is written.
    fn misplaced(&self, target: Encoding) -> Option<String> {
        let option = match target {
            Encoding::Xml if self.string_table => "--string-table",
            Encoding::Xml if self.keep_blanks => "--keep-blanks",
            Encoding::Wbxml if self.indent => "--indent",
            Encoding::Wbxml if self.canonical => "--canonical",
            _ => return None,
        };
        let (writes, is_for) = match target {
            Encoding::Xml => ("XML", "WBXML"),
            Encoding::Wbxml => ("WBXML", "XML"),
        };
        Some(format!("{option} is for {is_for}, and this writes {writes}"))
    }
}

fn finish(report: &Report) -> io::Result<Outcome> {
    complain(&report.err);
    Ok(Outcome { failed: report.failed, missed: false })
}
