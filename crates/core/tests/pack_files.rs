//! The shipped packs parse.
use shouwen_core::pack::Pack;
#[test]
fn parse() {
    for text in [include_str!("../../../packs/train-hq.json"), include_str!("../../../packs/train-campus.json")] {
        let pack: Pack = serde_json::from_str(text).unwrap();
        assert!(!pack.clocks.is_empty());
    }
}
