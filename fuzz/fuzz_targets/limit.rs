//! Any question to the counting laws, answered by the engine and by the slow walk of the tests.
#![no_main]

#[allow(dead_code)]
#[path = "../../crates/core/tests/limit_support/both.rs"]
mod both;
#[allow(dead_code)]
#[path = "../../crates/core/tests/limit_support/random.rs"]
mod random;
#[allow(dead_code)]
#[path = "../../crates/core/tests/limit_support/slow.rs"]
mod slow;

use std::cell::OnceCell;

use libfuzzer_sys::fuzz_target;
use slow::{Law, Paper};

const CN: &str = include_str!("../../packs/calendars/cn.json");
struct Made {
    paper: Paper,
    notices: Vec<random::Sides>,
    worlds: Vec<random::Pair>,
}

impl Made {
    fn new() -> Self {
        let paper = Paper::new();
        let notices = random::all_notices(&paper, CN);
        let worlds = random::worlds(&paper, CN, &mut random::Dice::new(1), 60);
        Self { paper, notices, worlds }
    }
}

fuzz_target!(|bytes: &[u8]| {
    thread_local!(static MADE: OnceCell<Made> = const { OnceCell::new() });
    MADE.with(|made| {
        let Made { paper, notices, worlds } = made.get_or_init(Made::new);
        let mut dice = random::Dice::of(bytes);
        let law = *dice.pick(&Law::ALL);
        // A new timetable costs more than many questions to one that is there.
        let fresh = if dice.chance(3) { random::world(paper, notices, &mut dice) } else { None };
        let world = fresh.as_ref().unwrap_or_else(|| dice.pick(worlds));
        let mut question = random::question(&mut dice, law, &world.slow);
        // The slow side must stay quick.
        question.count = question.count.min(if matches!(law, Law::Hour | Law::WorkingHour) { 200 } else { 1_500 });
        let want = both::told(paper, question.answer(paper, &world.slow));
        let got = both::ask(paper, world, &question);
        let either = want.0 == "standing" && got.0 == "beyond" && both::beyond_anyway(paper, world, &question);
        assert!(got == want || either, "engine {got:?}, walk {want:?}: {question:?} {:?}", world.slow.door);
    });
});
