//! The same engine without a browser: deadlines, classification, checks, status, merging, invented cases.
//! Must not hold rules of its own; it reads arguments and files and asks `core` and `bundle`.

mod args;
mod commands;
mod error;
mod files;
mod library;
mod line;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use args::Parsed;
use error::{Failure, Outcome};

fn main() -> ExitCode {
    let mut out = BufWriter::new(io::stdout().lock());
    let result = run(&mut out).and_then(|outcome| Ok(out.flush().map(|()| outcome)?));
    match result {
        Ok(Outcome::Good) => ExitCode::SUCCESS,
        Ok(Outcome::Problems) => ExitCode::from(1),
        // The reader went away (`| head`): nobody is left to tell.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            // Answers given so far belong to the caller.
            let _ = out.flush();
            eprintln!("shouwen-cli: {failure}");
            ExitCode::from(failure.status())
        }
    }
}

fn run(out: &mut dyn Write) -> Result<Outcome, Failure> {
    let texts = std::env::args_os().skip(1).map(|text| text.into_string());
    let texts = texts.collect::<Result<Vec<_>, _>>().map_err(|text| Failure::usage(format!("not UTF-8: {text:?}")))?;
    match args::parse(&texts)? {
        Parsed::Help(text) => {
            out.write_all(text.as_bytes())?;
            Ok(Outcome::Good)
        }
        Parsed::Run(command, args) => (command.run)(&args, out),
    }
}
