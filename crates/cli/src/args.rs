//! The one table of commands and options; parsing and help both come from it.
//! Must not run anything.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;

use crate::commands::{check, classify, deadline, demo, merge, regimes, status};
use crate::error::{Failure, Outcome};

/// A command: everything there is to know about it.
pub struct Command {
    pub name: &'static str,
    /// Operands as help writes them; empty for none.
    pub operands: &'static str,
    /// How many operands: least and most.
    pub count: (usize, usize),
    pub options: &'static [Opt],
    /// One line.
    pub about: &'static str,
    /// What goes in and comes out.
    pub more: &'static str,
    pub run: fn(&Args, &mut dyn Write) -> Result<Outcome, Failure>,
}

/// An option of a command.
pub struct Opt {
    pub name: &'static str,
    pub short: Option<&'static str>,
    /// What stands behind it; none for a switch.
    pub value: Option<&'static str>,
    pub required: bool,
    /// Takes several values, and may be repeated.
    pub many: bool,
    pub about: &'static str,
}

const fn opt(name: &'static str, value: &'static str, about: &'static str) -> Opt {
    Opt { name, short: None, value: Some(value), required: false, many: false, about }
}

const fn required(option: Opt) -> Opt {
    Opt { required: true, ..option }
}

const OUT: Opt = Opt { short: Some("-o"), ..required(opt("--out", "FILE", "where to write the bundle")) };

/// All commands, in the order of the help.
pub static COMMANDS: &[Command] = &[
    Command {
        name: "deadline",
        operands: "",
        count: (0, 0),
        options: &[],
        about: "compute due times: JSON Lines in, JSON Lines out",
        more: "in:  {\"id\",\"start\",\"limit\":{\"count\",\"unit\",\"roll\"},\"calendar\":\"cn\"|\"weekdays\",
      \"schedule\"?,\"holidays\"?,\"shifts\"?,\"pauses\"?}
out: {\"id\",\"due\",\"provisional\",\"trace\":[…]} or {\"id\",\"error\":{\"code\",\"message\",\"at\"}}
`calendar` decides whole days. Working minutes and hours run in the windows of `schedule`, cut by
`holidays` and `pauses`, replaced on a date by `shifts`; with `cn`, statutory holidays are closed too.",
        run: deadline::run,
    },
    Command {
        name: "classify",
        operands: "",
        count: (0, 0),
        options: &[Opt {
            many: true,
            ..required(opt("--pack", "ID…", "packs to classify by (ids, or files ending in .json); the first that has an axis answers for it"))
        }],
        about: "suggest classes for texts: JSON Lines in, JSON Lines out",
        more: "in:  {\"id\",\"text\",\"facts\"?:{…}}; other keys are left alone
out: {\"id\",\"axes\":{AXIS:{\"class\",\"label\",\"confidence\",\"reasons\":[…]}},\"topics\":[…],\"flags\":[…]}
A class that cannot be told is null; `ask` is then the question to put.",
        run: classify::run,
    },
    Command {
        name: "check",
        operands: "FILE…",
        count: (1, usize::MAX),
        options: &[Opt { value: None, ..opt("--strict", "", "warnings count as problems") }],
        about: "check packs, calendars and bundles",
        more: "out: one line per problem {\"file\",\"level\":\"error\"|\"warning\",\"code\",\"message\",\"at\"}
Exit status 1 if there is an error (with --strict: or a warning).",
        run: check::run,
    },
    Command {
        name: "status",
        operands: "BUNDLE",
        count: (1, 1),
        options: &[required(opt("--at", "TIME", "the instant to judge at, such as 2026-11-20T09:00:00"))],
        about: "every clock of every case at an instant",
        more: "out: one line per clock {\"case\",\"pack\",\"clock\",\"state\",\"start\",\"due\",\"done_at\",\"provisional\"}
What happened after TIME does not count.",
        run: status::run,
    },
    Command {
        name: "merge",
        operands: "BUNDLE…",
        count: (1, usize::MAX),
        options: &[OUT],
        about: "unite bundles without loss",
        more: "out: one line {\"out\",\"new\",\"duplicate\",\"conflict\",\"gap\",\"fork\",\"quarantined\",…}
A bundle that cannot be taken is named under `refused`; the others are united all the same, exit status 1.",
        run: merge::run,
    },
    Command {
        name: "regimes",
        operands: "",
        count: (0, 0),
        options: &[],
        about: "what every built-in pack covers, as Markdown",
        more: "out: two tables: parts by pack, and time limits by row and kind.",
        run: regimes::run,
    },
    Command {
        name: "demo",
        operands: "",
        count: (0, 0),
        options: &[
            required(opt("--cases", "N", "how many cases")),
            opt("--seed", "S", "the same seed gives the same bytes (1)"),
            OUT,
            opt("--at", "TIME", "the present of the invented cases (2026-11-20T15:30:00)"),
            opt("--campuses", "K", "campuses beside headquarters (3)"),
        ],
        about: "invent cases for demonstration and measuring",
        more: "out: one line {\"out\",\"cases\",\"events\",\"devices\"}",
        run: demo::run,
    },
];

/// What was given to a command.
#[derive(Debug, Default, PartialEq)]
pub struct Args {
    pub operands: Vec<String>,
    options: BTreeMap<&'static str, Vec<String>>,
}

impl Args {
    /// The last value of an option.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.values(name).last().map(String::as_str)
    }

    /// All values of an option.
    pub fn values(&self, name: &str) -> &[String] {
        self.options.get(name).map_or(&[], Vec::as_slice)
    }

    pub fn has(&self, name: &str) -> bool {
        self.options.contains_key(name)
    }

    /// The value of an option read as a number; `default` when it is not given.
    pub fn number(&self, name: &str, default: u64) -> Result<u64, Failure> {
        let Some(text) = self.value(name) else { return Ok(default) };
        text.parse().map_err(|_| Failure::usage(format!("{name}: not a whole number: {text}")))
    }
}

/// What the arguments ask for.
pub enum Parsed {
    Help(String),
    Run(&'static Command, Args),
}

/// Reads the arguments (without the program's name).
pub fn parse(texts: &[String]) -> Result<Parsed, Failure> {
    let Some((first, rest)) = texts.split_first() else {
        return Err(Failure::usage(format!("no command given\n\n{}", overview())));
    };
    match first.as_str() {
        "-h" | "--help" => return Ok(Parsed::Help(overview())),
        "-V" | "--version" => return Ok(Parsed::Help(format!("{}\n", app()))),
        "help" => return help(rest),
        _ => {}
    }
    let command = find(first)?;
    if rest.iter().take_while(|text| *text != "--").any(|text| text == "-h" || text == "--help") {
        return Ok(Parsed::Help(details(command)));
    }
    let args =
        parse_args(command, rest).map_err(|message| Failure::usage(format!("{message}\n\n{}", details(command))))?;
    Ok(Parsed::Run(command, args))
}

/// Name and version of this program, as bundles name their maker.
pub fn app() -> String {
    format!("shouwen-cli {}", env!("CARGO_PKG_VERSION"))
}

fn help(rest: &[String]) -> Result<Parsed, Failure> {
    match rest {
        [] => Ok(Parsed::Help(overview())),
        [name, ..] => Ok(Parsed::Help(details(find(name)?))),
    }
}

fn find(name: &str) -> Result<&'static Command, Failure> {
    let unknown = || Failure::usage(format!("unknown command: {name}\n\n{}", overview()));
    COMMANDS.iter().find(|command| command.name == name).ok_or_else(unknown)
}

fn parse_args(command: &Command, texts: &[String]) -> Result<Args, String> {
    let mut args = Args::default();
    let mut texts = texts.iter().peekable();
    let mut only_operands = false;
    while let Some(text) = texts.next() {
        if only_operands || !text.starts_with('-') || text == "-" {
            args.operands.push(text.clone());
            continue;
        }
        if text == "--" {
            only_operands = true;
            continue;
        }
        let (name, inline) = match text.split_once('=') {
            Some((name, value)) if name.starts_with("--") => (name, Some(value.to_owned())),
            _ => (text.as_str(), None),
        };
        let known = command.options.iter().find(|one| one.name == name || one.short == Some(name));
        let option = known.ok_or_else(|| format!("unknown option: {name}"))?;
        let values = args.options.entry(option.name).or_default();
        let Some(what) = option.value else {
            match inline {
                Some(_) => return Err(format!("{name} takes no value")),
                None => continue,
            }
        };
        if !option.many && !values.is_empty() {
            return Err(format!("{name} is given twice"));
        }
        values.push(inline.or_else(|| texts.next().cloned()).ok_or_else(|| format!("{name} needs {what}"))?);
        while option.many && texts.peek().is_some_and(|next| !next.starts_with('-')) {
            values.extend(texts.next().cloned());
        }
    }
    complete(command, args)
}

fn complete(command: &Command, args: Args) -> Result<Args, String> {
    if let Some(missing) = command.options.iter().find(|option| option.required && !args.has(option.name)) {
        return Err(format!("{} is missing", missing.name));
    }
    let (least, most) = command.count;
    match args.operands.len() {
        count if count < least => Err(format!("{} is missing", command.operands)),
        count if count > most => Err(format!("unexpected: {}", args.operands.get(most).map_or("", String::as_str))),
        _ => Ok(args),
    }
}

fn overview() -> String {
    let mut text = String::from("shouwen-cli — complaint rules without a browser\n\nusage: shouwen-cli COMMAND …\n\n");
    for command in COMMANDS {
        let _ = writeln!(text, "  {:<10} {}", command.name, command.about);
    }
    text.push_str("\nshouwen-cli help COMMAND tells more.\n");
    text.push_str("exit status: 0 good, 1 some input had problems, 2 the call makes no sense\n");
    text
}

fn details(command: &Command) -> String {
    let mut text = format!("usage: shouwen-cli {}", command.name);
    for option in command.options {
        let word = format!("{}{}", option.name, option.value.map_or_else(String::new, |value| format!(" {value}")));
        let _ = if option.required { write!(text, " {word}") } else { write!(text, " [{word}]") };
    }
    if !command.operands.is_empty() {
        let _ = write!(text, " {}", command.operands);
    }
    let _ = writeln!(text, "\n\n{}\n", command.about);
    for option in command.options {
        let names = option.short.map_or_else(|| option.name.to_owned(), |short| format!("{short}, {}", option.name));
        let _ = writeln!(text, "  {names:<12} {}", option.about);
    }
    let _ = writeln!(text, "{}{}", if command.options.is_empty() { "" } else { "\n" }, command.more);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, want: Result<&str, &str>) {
        let texts: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        let got = match parse(&texts) {
            Ok(Parsed::Run(command, args)) => {
                let options: Vec<String> =
                    args.options.iter().map(|(name, values)| format!("{name}={}", values.join("+"))).collect();
                Ok(format!("{} {} {}", command.name, options.join(" "), args.operands.join(" ")))
            }
            Ok(Parsed::Help(text)) => Ok(text.lines().next().unwrap_or_default().to_owned()),
            Err(failure) => Err(failure.to_string().lines().next().unwrap_or_default().to_owned()),
        };
        assert_eq!(got.as_deref(), want.map_err(str::to_owned).as_deref(), "{line}");
    }

    #[test]
    fn reads_arguments() {
        for (line, want) in [
            ("deadline", Ok("deadline  ")),
            ("classify --pack a b --pack=c", Ok("classify --pack=a+b+c ")),
            ("merge a -o out b", Ok("merge --out=out a b")),
            ("merge --out=x -- -a", Ok("merge --out=x -a")),
            ("check --strict a", Ok("check --strict= a")),
            ("help merge", Ok("usage: shouwen-cli merge --out FILE BUNDLE…")),
            ("status x --help", Ok("usage: shouwen-cli status --at TIME BUNDLE")),
            ("", Err("no command given")),
            ("report b", Err("unknown command: report")),
            ("deadline x", Err("unexpected: x")),
            ("deadline --x", Err("unknown option: --x")),
            ("classify", Err("--pack is missing")),
            ("classify --pack", Err("--pack needs ID…")),
            ("merge -o x", Err("BUNDLE… is missing")),
            ("merge a -o x -o y", Err("-o is given twice")),
            ("check --strict=1 a", Err("--strict takes no value")),
        ] {
            check(line, want);
        }
    }

    #[test]
    fn every_command_is_described() {
        for command in COMMANDS {
            assert!(overview().contains(command.about));
            for option in command.options {
                assert!(details(command).contains(option.about), "{} {}", command.name, option.name);
            }
        }
    }
}
