//! Calls that make no sense, and help.

use crate::run;

#[test]
fn senseless_calls_end_with_status_2_and_say_why() {
    for (args, word) in [
        (&[][..], "no command"),
        (&["report", "x"], "unknown command: report"),
        (&["deadline", "--x"], "unknown option"),
        (&["classify"], "--pack is missing"),
        (&["classify", "--pack", "no-such-pack"], "unknown pack: no-such-pack"),
        (&["status", "x.json"], "--at is missing"),
        (&["status", "x.json", "--at", "tomorrow"], "--at"),
        (&["demo", "--cases", "many", "-o", "x"], "not a whole number"),
        (&["merge", "a.json"], "--out is missing"),
    ] {
        let run = run(args, "");
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{args:?}");
        assert!(run.err.contains(word), "{args:?}: {}", run.err);
    }
}

#[test]
fn help_goes_to_standard_output() {
    for args in [&["--help"][..], &["help"], &["help", "merge"], &["demo", "--help"], &["--version"]] {
        let run = run(args, "");
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{args:?}");
        assert!(run.out.contains("shouwen-cli"), "{args:?}: {}", run.out);
    }
}

#[test]
fn missing_files_are_named() {
    for args in [&["status", "no-such-file.json", "--at", "2026-11-20T09:00:00"][..], &["check", "no-such-file.json"]] {
        let run = run(args, "");
        assert_eq!(run.status, 1, "{args:?}");
        assert!(format!("{}{}", run.out, run.err).contains("no-such-file.json"), "{args:?}");
    }
}
