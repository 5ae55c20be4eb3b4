//! The contract of `classify`. How good the suggestions are is measured elsewhere.

use serde_json::json;

use crate::{path, run};

#[test]
fn answers_have_the_agreed_shape() {
    let input = [
        json!({"id": "a", "text": "我要求退费，交了钱一直不开课，打了三次电话都没有人解决！"}),
        json!({"id": "b", "text": ""}),
        json!({"id": "c", "text": "建议多放几把椅子", "facts": {"demand": ["suggest_only"], "colour": "red"}, "label": "x"}),
        json!({"id": "d"}),
        json!({"id": 5, "text": 7}),
    ];
    let input: String = input.iter().map(|line| format!("{line}\n")).collect();
    let run = run(&["classify", "--pack", "train-hq"], input);
    let lines = run.lines();
    let ids: Vec<String> = lines.iter().map(|line| line["id"].to_string()).collect();
    assert_eq!(ids, [r#""a""#, r#""b""#, r#""c""#, r#""d""#, "5"]);
    assert_eq!(run.status, 1, "two lines are bad");
    assert_eq!(lines[3]["error"]["at"], "text");
    assert_eq!(lines[4]["error"]["code"], "bad_field");

    for line in &lines[..3] {
        for axis in ["nature", "area", "form", "severity"] {
            let axis = &line["axes"][axis];
            let confidence = axis["confidence"].as_f64().unwrap();
            assert!(
                (0.0..=1.0).contains(&confidence) && (confidence * 100.0 - (confidence * 100.0).round()).abs() < 1e-9
            );
            assert_eq!(axis["class"].is_string(), axis["label"].is_string(), "{line}");
            assert!(axis["reasons"].is_array(), "{line}");
        }
        assert!(line["topics"].is_array() && line["flags"].is_array());
    }
    let nature = &lines[0]["axes"]["nature"];
    assert_eq!((nature["class"].as_str(), nature["label"].as_str()), (Some("problem"), Some("问题型")));
    let reasons = nature["reasons"].as_array().unwrap();
    assert!(
        !reasons.is_empty() && reasons.iter().all(|reason| reason["rule"].is_string() && reason["why"].is_string())
    );
    let words: Vec<&str> = reasons
        .iter()
        .flat_map(|reason| reason["words"].as_array().unwrap())
        .filter_map(|word| word.as_str())
        .collect();
    assert!(words.contains(&"要求退费") || words.iter().any(|word| word.contains("退费")), "{words:?}");
    assert!(lines[0]["flags"].as_array().unwrap().contains(&json!("要求退费")), "{}", lines[0]);

    // Nothing to go by: no class, but the question to ask.
    let nature = &lines[1]["axes"]["nature"];
    assert!(nature["class"].is_null() && nature["ask"].is_string() && nature["reasons"] == json!([]), "{nature}");
    assert_eq!(lines[1]["unclear"], json!(["nature", "area", "form", "severity", "topics", "flags"]));
    assert_eq!(lines[2]["unknown_facts"], json!(["colour"]));
}

#[test]
fn quantities_stand_with_their_place() {
    let text = "交了1万6，拖了两个多月，8月中旬";
    let answer = run(&["classify", "--pack", "train-hq"], json!({"id": 1, "text": text}).to_string()).lines().remove(0);
    let found = answer["quantities"].as_array().unwrap();
    let shown: Vec<_> =
        found.iter().map(|one| (one["kind"].as_str().unwrap(), one["words"].as_str().unwrap())).collect();
    assert_eq!(shown, [("money", "1万6"), ("days", "两个多月"), ("date", "8月中旬")]);
    assert_eq!((&found[0]["value"], &found[0]["start"], &found[0]["end"]), (&json!(16_000), &json!(6), &json!(11)));
    assert_eq!(found[2]["date"], json!({"month": 8, "days": [11, 20]}));
}

/// Texts that say nothing are answered, and the answer says what it could not tell.
#[test]
fn texts_that_say_nothing() {
    let texts = ["", "😀😀", "13800001111", "Please help me with the lamp.", &"长".repeat(34_000)];
    let input: String = texts.iter().map(|text| format!("{}\n", json!({"id": 0, "text": text}))).collect();
    let run = run(&["classify", "--pack", "train-hq", "--pack", "train-campus"], input);
    assert_eq!(run.status, 0);
    for line in run.lines() {
        let unclear = line["unclear"].as_array().unwrap();
        assert!(["area", "topics", "flags"].iter().all(|axis| unclear.contains(&json!(axis))), "{line}");
        assert_eq!((&line["topics"], &line["flags"]), (&json!([]), &json!([])));
    }
}

#[test]
fn the_first_pack_that_has_an_axis_answers() {
    let input = json!({"id": 1, "text": "老师经常迟到，教室的灯也坏了"}).to_string();
    let axes = |packs: &[&str]| {
        let mut args = vec!["classify", "--pack"];
        args.extend(packs);
        run(&args, &input).lines().remove(0)["axes"].clone()
    };
    let (hq, campus) = (axes(&["train-hq"]), axes(&["train-campus"]));
    assert!(hq.get("tier").is_none() && campus.get("tier").is_some());
    let both = axes(&["train-hq", "train-campus"]);
    for (axis, answer) in both.as_object().unwrap() {
        assert_eq!(answer, hq.get(axis).unwrap_or(&campus[axis]), "{axis}");
    }
    assert_eq!(both["tier"], campus["tier"]);
    assert_eq!(both, axes(&["train-hq", "--pack", "train-campus"]));
}

#[test]
fn a_pack_may_come_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = path(&folder, "mine.json");
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs/train-hq.json")).unwrap();
    std::fs::write(&file, text).unwrap();
    let input = json!({"id": 1, "text": "我要求退费"}).to_string();
    assert_eq!(run(&["classify", "--pack", &file], &input).out, run(&["classify", "--pack", "train-hq"], &input).out);
}
