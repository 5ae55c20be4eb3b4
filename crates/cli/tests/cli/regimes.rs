//! The table of regimes is what the packs say.

use crate::run;

#[test]
fn the_table_is_up_to_date() {
    let said = run(&["regimes"], "");
    assert_eq!(said.status, 0, "{}", said.err);
    let kept = include_str!("../../../../docs/regimes.md");
    assert!(said.out == kept, "docs/regimes.md is old: cargo run -q -p shouwen-cli -- regimes > docs/regimes.md");
    assert!(kept.contains("| R01 | `train-hq` |") && kept.contains("D2 5 working day"));
}
