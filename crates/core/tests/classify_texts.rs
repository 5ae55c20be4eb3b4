//! Invented messages of parents, classified by the shipped packs. Suggestions, not truths: a person decides.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use shouwen_core::classify::{Classification, Classifier, Input};
use shouwen_core::pack::Pack;

const PACKS: [&str; 2] =
    [include_str!("../../../packs/train-hq.json"), include_str!("../../../packs/train-campus.json")];

fn packs() -> Vec<Pack> {
    PACKS.iter().map(|text| serde_json::from_str(text).unwrap()).collect()
}

fn classify(pack: &Pack, text: &str, facts: &[(&str, Value)]) -> Classification {
    let facts: BTreeMap<String, Value> = facts.iter().map(|(id, value)| ((*id).to_owned(), value.clone())).collect();
    Classifier::new(pack).classify(pack, &Input { text, facts: &facts, repeats: 0 })
}

fn suggested(result: &Classification, axis: &str) -> BTreeSet<String> {
    result.axis(axis).unwrap().suggested.iter().cloned().collect()
}

fn set(list: &str) -> BTreeSet<String> {
    list.split_whitespace().filter(|one| *one != "-").map(str::to_owned).collect()
}

/// What is wrong with the suggestions. `nature | area | severity | topics that must be among the suggested | flags
/// exactly`; `*` is not looked at.
fn check(pack: &Pack, classifier: &Classifier, text: &str, want: &str) -> Vec<String> {
    let facts = BTreeMap::new();
    let result = classifier.classify(pack, &Input { text, facts: &facts, repeats: 0 });
    let parts: Vec<&str> = want.split('|').map(str::trim).collect();
    let mut wrong = Vec::new();
    let mut say = |what: &str, found: BTreeSet<String>, well: bool| {
        if !well {
            wrong.push(format!("{}: {what} {found:?}, not {want}: {text}", pack.id));
        }
    };
    for (axis, want) in ["nature", "area", "severity"].iter().zip(&parts) {
        let found = suggested(&result, axis);
        say(axis, found.clone(), *want == "*" || found == set(want));
    }
    let topics = suggested(&result, "topics");
    let well = set(parts[3]).is_subset(&topics) && topics.len() <= set(parts[3]).len() + 2;
    say("topics", topics, well);
    let flags = suggested(&result, "flags");
    say("flags", flags.clone(), flags == set(parts[4]));
    wrong
}

#[test]
fn messages() {
    let mut wrong = Vec::new();
    for pack in packs() {
        let classifier = Classifier::new(&pack);
        wrong.extend(MESSAGES.iter().flat_map(|(text, want)| check(&pack, &classifier, text, want)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Texts that say nothing, in every way that people and programs produce them.
fn idle_texts() -> Vec<String> {
    let plain = [
        "",
        "   ",
        "\n\n",
        "\t\u{200B}\u{FEFF}",
        "你好",
        "？？？！！！……",
        "😀😀😀",
        "👨‍👩‍👧‍👦🏫✅",
        "13800001111",
        "2026-11-21",
        "0",
        "１２３４５",
    ];
    let english = ["The lamp is broken, please help.", "I WANT MY MONEY BACK!!!", "Lorem ipsum dolor sit amet"];
    let mut all: Vec<String> = plain.into_iter().chain(english).map(str::to_owned).collect();
    // 100 kB of one letter, of digits, of emoji, of English.
    all.extend(["长".repeat(34_000), "7".repeat(100_000), "😀".repeat(25_000), "refund ".repeat(14_300)]);
    all
}

#[test]
fn nothing_to_go_by_is_a_question() {
    for pack in packs() {
        let classifier = Classifier::new(&pack);
        for text in idle_texts() {
            let facts = BTreeMap::new();
            let result = classifier.classify(&pack, &Input { text: &text, facts: &facts, repeats: 0 });
            for axis in ["topics", "flags", "area"] {
                let found = result.axis(axis).unwrap();
                assert!(found.ask && found.suggested.is_empty(), "{}: {axis} of {:.30}", pack.id, text);
            }
            for axis in pack.axes.iter().filter(|axis| axis.classes.iter().any(|class| class.grave)) {
                let grave = |id: &String| axis.class(id).is_some_and(|class| class.grave);
                assert!(!result.axis(&axis.id).unwrap().suggested.iter().any(grave), "{:.30}", text);
            }
        }
        let result = classify(&pack, "", &[]);
        assert!(result.axes.iter().all(|axis| axis.suggested.is_empty()), "{}", pack.id);
        assert!(result.marks.is_empty() && result.quantities.is_empty());
    }
}

/// 100 kB of complaints on end: everything is found, nothing breaks, and what stands far back still counts.
#[test]
fn a_very_long_text() {
    let one = "教室的空调坏了半个月，跟前台反映了三次一直没人修，我要求退费1万6！";
    let text = one.repeat(100_000 / one.len());
    for pack in packs() {
        let result = classify(&pack, &text, &[]);
        assert!(suggested(&result, "topics").contains("facilities"), "{}", pack.id);
        assert!(suggested(&result, "flags").contains("refund_claim"), "{}", pack.id);
        let last = result.quantities.last().unwrap();
        assert_eq!(&text[last.start..last.end], "1万6");
        assert!(result.marks.iter().all(|mark| text.get(mark.start..mark.end).is_some()));
    }
}

#[test]
fn grave_classes_are_never_suggested_and_stand_last() {
    let rude = "你们就是骗子黑店！不给我十万块就让你们身败名裂，我天天去闹，找媒体曝光你们，全都是假的！";
    for pack in packs() {
        let result = classify(&pack, rude, &[("demand", json!(["compensate"])), ("media_involved", json!(true))]);
        for axis in &pack.axes {
            let found = result.axis(&axis.id).unwrap();
            let grave: Vec<&str> = axis.classes.iter().filter(|one| one.grave).map(|one| one.id.as_str()).collect();
            let last: Vec<&str> = found.ranked.iter().rev().take(grave.len()).map(|one| one.class.as_str()).collect();
            assert!(grave.iter().all(|id| last.contains(id) && !found.suggested.iter().any(|one| one == id)));
        }
    }
}

#[test]
fn answers_count_beside_the_text() {
    let text = "孩子在教室里磕到桌角。";
    for pack in packs() {
        for (facts, axis, want) in [
            (vec![("injured", json!(true))], "flags", "injury"),
            (vec![("several_people", json!(true))], "flags", "group"),
            (vec![("media_involved", json!(true))], "flags", "media_contacted"),
            (vec![("authority_involved", json!(true))], "flags", "authority_involved"),
            (vec![("loss", json!(12_000))], "flags", "major_loss"),
            (vec![("loss", json!("12000"))], "severity", "major"),
            (vec![("injured", json!(true))], "severity", "major"),
            (vec![("demand", json!(["refund"]))], "flags", "refund_claim"),
            (vec![("demand", json!(["suggest_only"]))], "nature", "suggestion"),
        ] {
            let result = classify(&pack, text, &facts);
            assert!(suggested(&result, axis).contains(want), "{}: {facts:?} → {axis}", pack.id);
        }
        let faked = classify(&pack, text, &[("text.money_max", json!(99_999))]);
        assert_eq!(faked, classify(&pack, text, &[]), "facts about the text come from the text");
    }
}

#[test]
fn negated_words_do_not_count() {
    for (text, axis, unwanted) in [
        ("老师没有打孩子，只是说话大声了一点。", "flags", "injury"),
        ("孩子并没有受伤，只是书包坏了。", "flags", "injury"),
        ("我不是要索赔，就是想要个道歉。", "nature", "malicious"),
        ("如果孩子以后受伤怎么办？", "flags", "injury"),
    ] {
        for pack in packs() {
            let result = classify(&pack, text, &[]);
            assert!(!suggested(&result, axis).contains(unwanted), "{}: {text}", pack.id);
        }
    }
}

#[test]
fn every_suggestion_shows_its_words() {
    for pack in packs() {
        let text = "教室的空调坏了半个月，跟前台反映了三次一直没人修。";
        let result = classify(&pack, text, &[]);
        let topics = result.axis("topics").unwrap();
        let facilities = topics.ranked.iter().find(|one| one.class == "facilities").unwrap();
        let words: BTreeSet<&str> = facilities
            .fired
            .iter()
            .flat_map(|rule| &rule.marks)
            .map(|at| &text[result.marks[*at].start..result.marks[*at].end])
            .collect();
        assert!(words.iter().any(|word| word.contains("空调")), "{words:?}");
        for axis in &result.axes {
            for class in axis.ranked.iter().filter(|class| axis.suggested.contains(&class.class)) {
                assert!(!class.fired.is_empty(), "{} {}", axis.axis, class.class);
            }
        }
    }
}

/// Every rule cites a clause and explains itself in both languages; every lexicon is used.
#[test]
fn rules_explain_themselves() {
    for pack in packs() {
        let mut used = BTreeSet::new();
        for rule in &pack.rules {
            assert!(!rule.why.zh.is_empty() && !rule.why.en.is_empty() && rule.points != 0, "{}", rule.id);
            rule.when.walk(&mut |part| {
                if let shouwen_core::pack::Cond::Mentions(mention) = part {
                    used.insert(mention.lexicon.as_str());
                }
            });
        }
        for lexicon in &pack.lexicons {
            assert!(used.contains(lexicon.id.as_str()), "{} is used by no rule", lexicon.id);
        }
    }
}

const MESSAGES: &[(&str, &str)] = &[
    (
        "我家女儿在你们这报的钢琴课，这学期已经是第四个老师了，孩子刚适应一个又走了，课都没法连贯上，你们能不能给个稳定的老师？",
        "problem | teaching | important | attendance | -",
    ),
    (
        "孩子上周五在你们教室门口滑倒，膝盖摔破了，前台阿姨看了一眼就走开了，也没人给我们打电话，还是孩子回家我们才看见的。",
        "problem | service | major | injury reception | child_safety injury",
    ),
    (
        "建议校区把晚上的下课时间错开十分钟，现在几个班一起放学，楼道挤得走不动。",
        "suggestion | service | minor | facilities teaching_upkeep | -",
    ),
    (
        "英语班的李老师特别有耐心，孩子现在每天都愿意开口说英语了，非常感谢你们。",
        "not_complaint | other | * | other | -",
    ),
    (
        "二楼男厕所的灯坏了快两个星期了，晚上孩子上厕所黑乎乎的，跟前台说过没人修。",
        "problem | service | * | facilities | -",
    ),
    (
        "老师上课一直低头看手机，让孩子们自己抄单词，一节课一百八，就这么上的？",
        "problem | teaching | important | lesson_quality | -",
    ),
    (
        "我打了五六次电话到校区，不是占线就是说主管不在，答应给我回电话从来没回过。",
        "problem | service | * | follow_up_service reception | repeated_unresolved",
    ),
    (
        "消防通道里堆满了旧桌椅和纸箱，万一着火孩子们往哪跑？请尽快清理。",
        "problem | service | important | fire_safety | child_safety",
    ),
    (
        "作业每天写到十点半，第二天还得六点多起床，孩子眼圈都黑了，希望老师少布置点。",
        "suggestion | service | minor | teaching_upkeep | -",
    ),
    ("我是前员工，离职三个月了还有一个月工资没发，请问找谁处理？", "not_complaint | other | * | other | -"),
    (
        "课程表上写着学到第十二单元，期末了才讲到第八单元，讲义也没发全，剩下的怎么办？",
        "problem | * | important | handouts | -",
    ),
    (
        "我们班十几个家长都对换教室的事有意见，事先谁也没通知，新教室没窗户，味道很大。",
        "problem | service | important | facilities teaching_upkeep | group",
    ),
    (
        "再不给退钱我就找电视台，让大家都看看你们是什么机构！",
        "problem | service | important | fees | media_threat refund_claim",
    ),
    (
        "你们老师用尺子打我儿子手心，手都肿了，我已经报警了，必须给说法，医药费你们出。",
        "problem | service | major | injury | child_safety compensation_claim injury legal",
    ),
    (
        "报名时没说还要交教材费，现在又让每人交380买平板，不买就不让上课，这不是强制消费吗",
        "problem | service | important | fees | -",
    ),
    ("希望以后能开设一些周末的编程课，孩子很感兴趣，身边家长也有需求。", "suggestion | other | minor | other | -"),
    ("前台小姑娘说话阴阳怪气，问两句就翻白眼，什么素质。", "problem | service | important | reception | -"),
    (
        "教室空调滴水滴到孩子课本上，反映了好几回，还是老样子，没人来修。",
        "problem | service | major | facilities | repeated_unresolved",
    ),
    (
        "我已经打12345投诉了，也跟市场监管局反映了，你们机构关门跑路，剩下一万两千块课时费怎么办！几十个家长都在维权群里。",
        "problem | service | major | contract fees | authority_involved group major_loss",
    ),
    (
        "数学老师把题讲错了，孩子指出来还被训了一顿，批改的作业也经常有错。",
        "problem | teaching | important | lesson_quality | -",
    ),
    (
        "驾校收了我四千二，说两个月拿证，现在半年了科目二都没约上，教练电话也不接，要求全额退款。",
        "problem | service | major | contract fees reception | refund_claim repeated_unresolved",
    ),
    (
        "健身房办的年卡才用两个月就关门了，老板联系不上，余额三千多退不了。",
        "problem | service | important | contract fees | refund_claim",
    ),
    (
        "幼儿园这学期突然每月多收三百元的特色课费，不参加的孩子就被安排去别的教室坐着，请教育局来查一查。",
        "problem | service | important | fees | authority_involved",
    ),
    (
        "学校食堂的菜里吃出了虫子，孩子拉肚子两天，好几个同学都这样。",
        "problem | service | major | facilities fire_safety injury | child_safety group injury",
    ),
    (
        "请问我户口在外地，孩子想在本市上初中需要准备哪些材料？什么时候开始登记？",
        "not_complaint | other | * | reception | -",
    ),
    (
        "楼上开了个架子鼓培训班，从早敲到晚，老人心脏受不了，跟物业讲了很多遍都没用。",
        "problem | other | major | other | repeated_unresolved",
    ),
    (
        "小区里那家托管班没有办学许可，也没有健康证，十几个孩子挤在三室一厅里吃饭睡觉，请有关部门查查。",
        "problem | service | important | fire_safety other | child_safety",
    ),
    ("学校强迫高三学生买指定的教辅，一套六百多，书店只要三百。", "problem | service | important | fees | -"),
    ("建议教育局统一规定中小学午休时间，配备能躺的课桌椅。", "suggestion | service | minor | teaching_upkeep | -"),
    (
        "根据消费者权益保护法，预付卡余额应当退还，你们凭什么扣我百分之三十的手续费？不退我就去法院起诉。",
        "problem | service | important | fees | legal refund_claim",
    ),
    ("体育老师这学期老是请假，孩子们一周两节体育课全改成自习了。", "problem | teaching | important | attendance | -"),
    ("网课卡得不行，老师声音断断续续，原本说好是线下面授的。", "problem | * | important | contract handouts | -"),
    (
        "某县第二中学每周日上午要求学生到校上自习，每人每学期收八百元，说是自愿，不去的要写申请班主任找谈话。",
        "problem | service | important | fees teaching_upkeep | -",
    ),
    (
        "请问领导，外地务工人员子女转学到市区小学，什么时候可以提交资料？需要房产证吗？谢谢！",
        "not_complaint | other | * | reception | -",
    ),
    (
        "某幼儿园的老师因为孩子午睡时说话，把孩子关进厕所，孩子回家一直哭，晚上做噩梦，园长说没有监控。",
        "problem | service | major | injury teaching_upkeep | child_safety injury",
    ),
    (
        "校外小饭桌卫生条件太差，蚊虫到处飞，剩菜第二天接着给孩子吃，前两天有三个孩子拉肚子住院。",
        "problem | service | major | facilities fire_safety injury | child_safety injury",
    ),
    (
        "希望能在我们乡镇中心小学也开展课后延时托管，家长下班晚，孩子四点多放学没人接。",
        "suggestion | service | minor | teaching_upkeep | -",
    ),
    (
        "学校门口的马路没有斑马线也没有减速带，上下学时大货车呼啸而过，上个月就有学生被撞伤，希望交警部门尽快设置红绿灯。",
        "problem | * | major | fire_safety injury | authority_involved child_safety injury",
    ),
    (
        "我是某中学的一名老师，从去年九月到现在绩效工资一分未发，请问什么时候能发下来？",
        "not_complaint | other | * | other | -",
    ),
    (
        "孩子班上七十多个人，坐在最后一排根本看不清黑板，建议教育局严格执行班额规定，增加一些学校。",
        "suggestion | service | minor | facilities teaching_upkeep | -",
    ),
    (
        "某画室招生时宣称老师都是美院毕业，还展示了历年录取名单，孩子去了两个月发现上课的都是没毕业的学生，名单也是假的，学费二万八一分不退。",
        "problem | mixed | major | false_promotion fees lesson_quality | major_loss refund_claim",
    ),
    (
        "某职业学校食堂饭菜又贵又难吃，还不让点外卖，小卖部的东西比外面贵一倍。",
        "problem | service | important | facilities | -",
    ),
    (
        "语文老师经常不来上课，一来就让学生自己看书，期中考试全班平均分年级倒数，班主任还是代课的。",
        "problem | teaching | important | attendance lesson_quality | -",
    ),
    (
        "学校发的校服质量特别差，洗一次就褪色，一套还要三百多，能不能让家长自己选？",
        "problem | service | important | fees | -",
    ),
];
