//! Texts of the rule bench: forms, conditions, problems, trying, replay, publishing.
//! Must not contain logic of the bench.

use super::{T, tr};

crate::texts! {
    TITLE = "制度工作台" | "Rule bench";
    NAV = "工作台" | "Bench";
    LEAD = "在这里修改自己的制度：改好、查错、试用、用旧案回放，满意后再发布成新的一版。发布前，办案不受影响。" | "Change your own rules here: edit, check, try, replay past cases, then publish a new version. Until then nothing changes for cases.";
    EDIT_HERE = "在工作台里修改" | "Edit on the bench";
    DRAFTS = "草稿" | "Drafts";
    NO_DRAFTS = "还没有草稿" | "No drafts yet";
    NO_DRAFTS_TEXT = "从下面选一个制度开始改。草稿只存在这台电脑上，边改边存；现行制度不变，直到您点“发布”。" | "Choose a pack below. A draft stays on this computer and is saved as you type; the rules in force stay as they are until you publish.";
    NO_DRAFT = "没有这份草稿" | "No such draft";
    NO_DRAFT_TEXT = "这台电脑上没有制度 {id} 的草稿。它可能已经发布，或者被放弃了。" | "This computer has no draft of pack {id}. It may have been published or discarded.";
    NO_PACK = "这台电脑上没有制度 {id}。" | "This computer has no pack {id}.";
    NEW_PACK = "新制度" | "a new pack";
    BASED_ON = "以第 {version} 版为底" | "based on version {version}";
    START = "起草" | "Begin a draft";
    WHICH = "选一个制度" | "Choose a pack";
    START_EDIT = "修改这个制度" | "Edit this pack";
    START_NEW = "以它为底，另建一个制度" | "Make a new pack from it";
    START_FILE = "或者打开制度文件" | "Or open a pack file";
    START_FILE_HINT = "首问的制度文件（.json），不超过 2 MB。有错误的文件不会采用，并逐条说明错在哪里。" | "A pack file of Shouwen (.json), at most 2 MB. A faulty file is refused, with the places.";
    FILE_TOO_BIG = "文件有 {size} MB，超过 {max} MB 的上限，没有读取。" | "The file has {size} MB, more than {max} MB; it was not read.";
    FILE_NO_TEXT = "这不是文本文件，没有采用。请选择首问的制度文件（.json）。" | "This is no text file. Choose a pack file of Shouwen (.json).";
    FILE_REFUSED = "这个文件没有采用，现行制度和草稿都没有变化。错误如下：" | "The file was refused; rules and drafts are unchanged. What is wrong:";
    FILE_PARENT = "这个制度以「{id}」为底，但这台电脑上没有。请先导入「{id}」。" | "This pack builds on “{id}”, which is not on this computer. Import that first.";
    FILE_DRAFT_THERE = "已经有一份 {id} 的草稿。请先发布或放弃那份草稿，再打开这个文件。" | "There is a draft of {id} already. Publish or discard it first.";
    DRAFT_THERE = "这个制度已经有一份草稿。请先发布或放弃它。" | "There is a draft of this pack already. Publish or discard it first.";
    REFUSED_REST = "请改正后重新选择文件。" | "Correct the file and choose it again.";
    FILE_DRAFT = "草稿" | "draft";
    VERSIONS = "发布过的版本" | "Published versions";
    NO_VERSIONS = "还没有发布过。发布后，每一版都留在这里；要退回旧版，就用旧版内容再发布一版。" | "Nothing published yet. Every version stays here; to go back, publish the old content again.";
    VERSION_LINE = "第 {version} 版 · {date} 起施行" | "version {version} · in force from {date}";
    IN_FORCE = "现行" | "in force";
    GO_BACK = "用这一版的内容起草" | "Draft from this version";
    BUNDLE = "导出制度文件（发给校区）" | "Save a file for other desks";
    BUNDLED = "「{title}」已交给浏览器保存：{file}" | "“{title}” handed to the browser: {file}";
    KEPT = "草稿已存在本机" | "draft saved on this computer";
    KEEPING = "正在保存草稿…" | "saving…";
    NOT_KEPT = "草稿没能保存，请先导出" | "not saved: export it now";
    UNDO = "撤销" | "Undo";
    REDO = "重做" | "Redo";
    UNDONE = "已撤销，下面是刚才改动的地方。" | "Taken back; this is the place.";
    REDONE = "已重做。" | "Done again.";
    EXPORT = "导出草稿" | "Export draft";
    DISCARD = "放弃草稿" | "Discard draft";
    DISCARD_ASK = "这份草稿会被删除，不能找回。现行制度不受影响。需要留底的话，请先导出草稿。" | "The draft is deleted for good. The rules in force are not touched. Export it first if you want to keep it.";
    DISCARDED = "草稿已放弃" | "Draft discarded";
    PLACES = "工作台" | "Bench";
    CHECK = "检查" | "Check";
    TRY = "试一试" | "Try";
    REPLAY = "旧案回放" | "Replay";
    PUBLISH = "发布" | "Publish";
    SEARCH = "在本节中搜索" | "Search here";
    FIND = "搜全部" | "Search all";
    FIND_TITLE = "搜索结果" | "Search results";
    FOUND_N = "找到 {n} 条" | "{n} entries";
    ADD = "新增" | "Add";
    COPY = "复制" | "Copy";
    COPY_MARK = "（副本）" | " (copy)";
    DELETE = "删除" | "Delete";
    DELETED = "已删除「{x}」。点“撤销”可以找回。" | "“{x}” is deleted. Undo brings it back.";
    UNNAMED = "（未命名）" | "(no name)";
    ROW = "编号 {id}" | "id {id}";
    MORE = "不常用的设置" | "Seldom needed";
    MORE_LINES = "还有 {n} 条没有列出，请用搜索。" | "{n} more; use the search.";
    NO_LINES = "这一节还没有内容，点“新增”。" | "Nothing here yet: add one.";
    NO_HITS = "没有找到，换个词试试。" | "Nothing found; try another word.";
    CHOOSE_LINE = "从列表中选一条来修改，或者点“新增”。" | "Choose an entry to edit, or add one.";
    CHOOSE = "请选择" | "choose";
    N_FATAL = "{n} 处错误" | "{n} faults";
    N_REMARKS = "{n} 条提醒" | "{n} remarks";
    ENGLISH = "英文" | "English";
    WORDS_N = "{n} 个词" | "{n} words";
    TAKE_OUT = "去掉「{x}」" | "Take out “{x}”";
    ADD_ONE = "＋ 添加…" | "+ add…";
    NO_LIMIT = "无期限" | "no limit";
    COUNT = "数量" | "Count";
    UNIT = "单位" | "Unit";
    ROLL = "最后一天遇休息日顺延" | "moves on from a rest day";
    FROM = "从" | "from";
    TO = "到" | "to";

    S_HEAD = "基本信息" | "Basics";
    S_HEAD_LEAD = "制度的名称、说明和施行日期。" | "Name, summary and date.";
    S_SOURCES = "依据" | "Sources";
    S_SOURCES_LEAD = "制度文件。每条规定都以这里的编号开头注明出处。" | "The documents that every clause cites by id.";
    S_CLOCKS = "时限" | "Limits";
    S_CLOCKS_LEAD = "谁，从哪件事起，多久之内，做到哪件事。" | "Who, from what on, how long, until what.";
    S_LEXICONS = "词表" | "Words";
    S_LEXICONS_LEAD = "从原话里认的词，供识别规则使用。" | "Words looked for in what people say.";
    S_RULES = "识别规则" | "Rules";
    S_RULES_LEAD = "什么情况下，像哪一类，有多像。程序只提建议，由人决定。" | "When a text speaks for which class, and how strongly. A person decides.";
    S_AXES = "分类问题" | "Questions of class";
    S_AXES_LEAD = "每个问题有几类可选；把握不够时，程序改为提问。" | "Each has several classes; when unsure the program asks.";
    S_CLASSES = "类别" | "Classes";
    S_CLASSES_LEAD = "每一类的判断标准，会显示给做决定的人。" | "The criteria that the deciding person reads.";
    S_CONSEQUENCES = "后果" | "Consequences";
    S_CONSEQUENCES_LEAD = "制度规定的处理，只列为建议，由人认定。" | "What the rule attaches; proposals only.";
    S_PARAMETERS = "参数" | "Values";
    S_PARAMETERS_LEAD = "制度没有写明、由本单位填写的数值。" | "What the rule leaves open.";
    S_SCRIPTS = "话术" | "Wording";
    S_SCRIPTS_LEAD = "对来访人说的话。" | "What to say.";
    S_READINGS = "我方理解" | "Readings";
    S_READINGS_LEAD = "制度没写清的地方，我们怎样理解。" | "How we read what is unclear.";

    P_TITLE = "制度名称" | "Title";
    P_SUMMARY = "说明" | "Summary";
    P_FROM = "施行日期" | "In force from";
    P_FROM_HINT = "写在制度上的日期。本机从发布时起就按新版登记。" | "The date that the rule names. Here it holds from publishing on.";
    P_DOCUMENT = "文件名称" | "Document";
    P_STATE = "文本状况" | "State of the text";
    P_LABEL = "名称" | "Name";
    P_KIND = "性质" | "Kind";
    P_LIMIT = "期限" | "Limit";
    P_OWNER = "责任人" | "Owner";
    P_START = "从哪件事起算（任一）" | "Starts with (any)";
    P_STOP = "到哪件事为止（任一）" | "Ends with (any)";
    P_WHEN = "适用条件" | "When it applies";
    P_PHRASE = "制度原文" | "Words of the rule";
    P_CLAUSE = "出处" | "Clause";
    P_CLAUSE_HINT = "依据编号、空格、条目，例如 R01 D6。" | "Source id, a space, the place: R01 D6.";
    P_READING = "我方理解" | "Our reading";
    P_READING_HINT = "制度没写清的，写明怎样理解。" | "Where the text is unclear.";
    P_CALENDAR = "工作日按" | "Working days by";
    P_NOT_AFTER = "不得晚于" | "Not later than";
    P_PARAMETER = "数值取自参数" | "Value from";
    P_AGAIN = "完成后再次发生，重新计时" | "Starts again after it ended";
    P_EXTEND_BY = "谁可以延长" | "Who may extend it";
    P_EXTEND_MAX = "最多延长（按本时限的单位）" | "Extended at most by (own unit)";
    P_WORDS = "词，一行一个" | "Words, one a line";
    P_WORDS_HINT = "[没有|未]解决 表示任选其一；态度…差 表示中间可隔几个字。" | "[a|b] stands for either; a…b allows a few characters between.";
    P_TOPICAL = "主题词：前面有“没有”也算提到" | "A subject: counts after a negation, too";
    P_CLASS = "指向的类别" | "Class";
    P_POINTS = "分量" | "Points";
    P_POINTS_HINT = "10 是一般的提示，25 是很强的提示；负数表示不像。" | "10 is a fair hint, 25 a strong one; negative speaks against.";
    P_WHY = "理由（显示给经办人）" | "Why (shown to people)";
    P_QUESTION = "把握不够时提的问题" | "Question when unsure";
    P_QUESTION_HINT = "直接问来访人的一句话。" | "One sentence to ask.";
    P_THRESHOLD = "把握达到百分之几才建议" | "Suggest from … percent";
    P_THRESHOLD_HINT = "填 100 表示总是提问。" | "100: always ask.";
    P_REQUIRED = "结案前必须有人决定" | "Must be decided before closing";
    P_REASON = "决定时总要写理由" | "Always with a reason";
    P_CRITERIA = "判断标准" | "Criteria";
    P_PRIOR = "起始分" | "Points at the start";
    P_GRAVE = "严重：程序从不建议，须有证据和第二人复核" | "Grave: never suggested; evidence and a second reviewer";
    P_RED_LINE = "相关红线" | "Red line";
    P_TRIGGER = "什么情况" | "Trigger";
    P_WHO = "涉及谁" | "Who";
    P_EFFECT = "怎样处理" | "Effect";
    P_AMOUNT = "金额（元）" | "Amount (yuan)";
    P_SCORE = "分值" | "Points";
    P_ANSWER = "填什么" | "Kind of value";
    P_VALUE = "数值" | "Value";
    P_VALUE_HINT = "留空：由使用单位在“设置”里填写。" | "Empty: filled in under Settings.";
    P_HINT = "填写提示" | "Hint";
    P_SAY = "话术" | "Words";
    P_GAP = "哪里没写清" | "What is unclear";
    P_ALTERNATIVE = "另一种理解" | "The alternative";

    K_HARD = "硬性：写明了数字" | "hard: a stated number";
    K_SOFTENED = "有余地：超过要写理由" | "softened: late needs a reason";
    K_ON_SPOT = "当场" | "on the spot";
    K_SOFT = "参考：只写“及时”之类" | "target: the rule is vague";
    K_RECURRING = "定期" | "recurring";
    K_CASE_SET = "逐案填日期" | "a date on each case";
    K_MISSING = "缺数值：由参数给出" | "value missing: from a parameter";
    K_UNTIMED = "无期限" | "untimed";
    C_STATUTORY = "法定放假安排" | "official holidays";
    C_CAMPUS = "本校作息" | "the campus timetable";
    A_NUMBER = "数字" | "number";
    A_MONEY = "金额" | "money";
    A_LINE = "一行文字" | "a line";
    A_PARAGRAPH = "一段文字" | "a paragraph";

    L_ROLES = "岗位" | "Roles";
    L_CHANNELS = "渠道" | "Channels";
    L_FIELDS = "登记项" | "Questions";
    L_FINDINGS = "认定" | "Findings";
    L_EVENTS = "事件" | "Events";
    L_LADDER = "提醒级别" | "Reminder levels";
    L_STEPS = "步骤" | "Steps";
    L_TRANSITIONS = "改类" | "Changes of class";
    L_FORMS = "表格" | "Forms";
    L_RED_LINES = "红线" | "Red lines";
    L_EMERGENCY = "应急" | "Emergency";

    ALWAYS = "没有条件：总是" | "always";
    ADD_COND = "加条件" | "add a test";
    MEANS = "意思是：" | "It means: ";
    COND_KIND = "条件的种类" | "Kind of test";
    ALL = "全部满足：" | "all of:";
    ANY = "满足任一：" | "any of:";
    AND = "并且" | "and";
    OR = "或者" | "or";
    NOT = "并非" | "not";
    UP = "上移" | "Up";
    DOWN = "下移" | "Down";
    DENY = "取反" | "Negate";
    WRAP = "成组" | "Group";
    REMOVE = "去掉" | "Remove";
    T_FACT = "登记的回答" | "an answer";
    T_MENTIONS = "原话提到" | "the text mentions";
    T_CLASS = "类别是" | "the class is";
    T_REPEATS = "反映次数不少于" | "raised at least";
    T_HAPPENED = "已发生" | "has happened";
    T_FINDING = "认定为" | "is found to be";
    T_LATE = "已超期" | "is late";
    T_ELAPSED = "过了一段时间" | "time has passed since";
    AT_LEAST = "不少于" | "at least";
    TIMES_WORDS = "个不同的词" | "different words";
    TIMES = "次" | "times";
    PASSED = "之后过了" | "for";
    UNKNOWN_TEST = "不认识的条件：{x}" | "unknown test: {x}";
    F_QUESTION = "哪个问题" | "Question";
    F_TEST = "怎样比较" | "Test";
    F_VALUE = "回答" | "Answer";
    F_KNOWN = "已填写" | "was answered";
    F_UNKNOWN = "没有填写" | "was not answered";
    F_IS = "是" | "is";
    F_IN = "是其中之一" | "is one of";
    F_LEAST = "不少于" | "at least";
    F_MOST = "不多于" | "at most";
    CHANNEL = "来源渠道" | "channel";
    X_MONEY = "原话中的最大金额（元）" | "largest amount in the text (yuan)";
    X_TIMES = "原话中的最多次数" | "most times in the text";
    X_DAYS = "原话中的最长天数" | "longest days in the text";
    X_PEOPLE = "原话中的最多人数" | "most people in the text";
    X_SPAN = "原话中日期前后相差的天数" | "days between dates in the text";
    X_HAN = "原话的汉字数" | "Chinese characters in the text";
    X_OTHER = "原话中的数" | "a number in the text";

    TEST_WORDS = "试一段话" | "Try a text";
    TEST_HINT = "粘贴一段投诉，看看认出哪些词" | "Paste a complaint to see which words are found";
    TESTED = "认出 {n} 处；另有 {no} 处因为否定不算" | "{n} found; {no} more do not count, they are negated";
    CHECK_LEAD = "边改边查。有错误就不能发布；提醒只供参考。点位置可以直接去改。" | "Checked as you type. Faults forbid publishing; remarks do not. A place leads to its form.";
    CLEAN = "没有发现问题。" | "No problems.";
    PROBLEMS_N = "{fatal} 处错误，{other} 条提醒" | "{fatal} faults, {other} remarks";
    FATAL = "必须改正" | "Must be corrected";
    REMARKS = "提醒" | "Remarks";
    WHOLE = "整份制度" | "The whole pack";
    TRY_LEAD = "粘贴一段投诉，并排比较草稿和现行版本会怎样建议、哪些时限会开始。不会登记任何案件。" | "Paste a complaint: what the draft and the version in force would suggest, and which limits would start. Nothing is registered.";
    TRY_TEXT = "投诉原话" | "The complaint";
    TRY_EMPTY = "在上面粘贴或输入一段话。" | "Paste or write a text above.";
    ASSUME = "假定由人这样定类" | "Assume that people decide";
    AS_SUGGESTED = "按建议" | "as suggested";
    DRAFT_COLUMN = "草稿" | "Draft";
    FORCE_COLUMN = "现行第 {version} 版" | "In force: version {version}";
    ASKS = "把握不够，会问：{question}" | "unsure, asks: {question}";
    NO_CLASS = "不建议" | "none";
    WOULD_START = "会开始的时限（假定采用以上建议、现在接到）" | "Limits that would start (suggestions taken, received now)";
    NONE_START = "没有时限会马上开始。" | "None would start at once.";
    REPLAY_LEAD = "让这台电脑上按本制度办理的案件在草稿下重新推算一遍，看发布并升级后会有什么不同。只看不改。" | "All cases here that follow this pack, computed anew under the draft: what publishing and upgrading would change. Nothing is written.";
    REPLAY_NONE = "这台电脑上还没有按本制度办理的案件，没有可回放的。可以先“试一试”。" | "No case here follows this pack yet. Use “Try” instead.";
    REPLAY_START = "回放 {n} 个案件" | "Replay {n} cases";
    REPLAY_STOP = "停止" | "Stop";
    REPLAYING = "正在回放" | "Replaying";
    R_SUMMARY = "回放了 {n} 个案件，{changed} 个会有变化。" | "{n} cases replayed; {changed} would change.";
    R_NOTHING = "草稿对这些案件没有影响。" | "The draft changes nothing for them.";
    R_STOPPED = "已停止，下面只是停止前的结果。" | "Stopped: these are the results so far.";
    R_OUTDATED = "草稿在回放之后又有改动，请重新回放。" | "The draft was changed since; replay again.";
    R_LATE = "{n} 项时限会变成超期" | "{n} limits would be overdue";
    R_NEW = "{n} 项时限会新增" | "{n} new limits";
    R_GONE = "{n} 项时限会消失" | "{n} limits gone";
    R_DUE = "{n} 项时限的到期时间会改变" | "{n} other due times";
    R_STATE = "{n} 项时限的状态会改变" | "{n} other states";
    R_SUGGESTIONS = "{n} 个案件的类别建议会改变" | "{n} cases with another suggestion";
    R_LOST = "{n} 个已选的类别在草稿里没有了" | "{n} chosen classes that the draft does not have";
    R_SKIPPED = "{n} 个案件所用的版本不在这台电脑上，没有比较。" | "{n} cases follow a version that is not here; left out.";
    R_MORE = "还有 {n} 个有变化的案件没有列出。" | "{n} more changed cases are not listed.";
    R_OPEN = "打开案件" | "Open the case";
    R_CLASS = "{axis}：建议由「{a}」变为「{b}」" | "{axis}: suggestion “{a}” becomes “{b}”";
    R_DECIDED = "已由人决定，不受影响" | "already decided by a person";
    X_CLOCK = "时限" | "Limit";
    X_BEFORE = "现在" | "Now";
    X_AFTER = "之后" | "Then";
    X_LATE = "变成超期" | "overdue";
    X_NEW = "新增" | "new";
    X_GONE = "消失" | "gone";
    X_DUE = "到期改变" | "due time";
    X_STATE = "状态改变" | "state";
    NOT_THERE = "没有" | "none";
    X_LOST = "新版里没有这些已选的类别，升级后需要重新选：{x}" | "These chosen classes do not exist there; choose again after upgrading: {x}";
    PUBLISH_LEAD = "发布成新的一版：新案件按新版办，旧案件留在原来的版本，直到有人逐案升级。旧版都保留。" | "A new version: new cases follow it, old cases stay with theirs until somebody upgrades them. Old versions stay.";
    PUBLISH_FAULTY = "草稿还有错误，不能发布。请先改正。" | "The draft has faults and cannot be published. Correct them first.";
    PUBLISH_AS = "将发布为第 {next} 版；现行是第 {version} 版。" | "Will be version {next}; version {version} is in force.";
    PUBLISH_FIRST = "将作为新制度的第 1 版发布。" | "Will be version 1 of a new pack.";
    CHANGES_N = "与现行版本的不同（{n} 处）" | "Against the version in force ({n})";
    ALL_NEW = "新制度，没有可比较的版本。" | "A new pack; nothing to compare.";
    UNCHANGED = "与现行版本相同，不需要发布。" | "The same as the version in force; nothing to publish.";
    NOTE = "改了什么" | "What changed";
    NOTE_HINT = "已按上面的不同写好，可以改得更好懂；会随制度一起下发" | "written from the list above; travels with the pack";
    PUBLISH_REMARKS = "检查还有 {n} 条提醒，不妨碍发布。" | "The check has {n} remarks; they do not hinder publishing.";
    PUBLISH_LATER = "施行日期还没到：在那一天之前，新登记的案件仍按现在的版本办理；到那一天起自动按新版。" | "This date lies ahead: until then new cases follow the present version, from that day on the new one.";
    PUBLISH_DO = "发布第 {next} 版" | "Publish version {next}";
    PUBLISH_TAKEN = "第 {version} 版已经存在（可能由另一个页面刚发布）。没有覆盖；请重新打开工作台再发布。" | "Version {version} exists already. Nothing was overwritten; reopen the bench and publish again.";
    PUBLISHED = "已发布第 {version} 版，本机新登记的案件按它办理。" | "Version {version} is published; new cases here follow it.";
    PUBLISHED_TEXT = "其他校区要用上新版，请把制度文件发给他们导入。旧案件仍按原版办理，可以在案件页逐个升级。" | "Send the file to other desks so that they can import it. Old cases stay with their version; each can be upgraded on its page.";
    TO_BOOKLET = "看制度全文" | "Read the pack";
    D_FIELD = "{field}由「{a}」改为「{b}」" | "{field} “{a}” becomes “{b}”";
    D_GONE = "{list}：删去「{x}」" | "{list}: “{x}” removed";
    D_NEW = "{list}：新增「{x}」" | "{list}: “{x}” added";
    D_AT = "{list}「{x}」" | "{list} “{x}”";
    D_OF = "{list}「{x}」：" | "{list} “{x}”: ";
    D_OTHER = "{list}「{x}」有其他改动" | "{list} “{x}”: other changes";
    D_WORDS_NEW = "增加的词：{x}" | "words added: {x}";
    D_WORDS_GONE = "去掉的词：{x}" | "words removed: {x}";
    U_LINE = "有新版制度（第 {version} 版）" | "A newer version of the rules (version {version})";
    U_BACK_LINE = "本案已改按第 {version} 版办理" | "This case was moved to version {version}";
    U_LOOK = "看看对本案的影响" | "See what it does to this case";
    U_BACK = "换回其他版本" | "Move to another version";
    U_TITLE = "改按另一版制度办理" | "Move this case to another version";
    U_WHICH = "改按" | "Version";
    U_VERSION = "第 {version} 版（{date} 起施行）" | "version {version} (from {date})";
    U_CHANGES = "这一版改了什么" | "What this version changed";
    U_EFFECT = "对本案的影响" | "What it does to this case";
    U_NONE = "本案的时限不变。" | "No limit of this case changes.";
    U_REASON = "理由" | "Reason";
    U_DO = "改按这一版" | "Move the case";
    U_KEEP = "保持原版" | "Stay";
    U_TEXT = "以前的记录不变，时限按选定的版本重新推算。之后仍可换回来。" | "What was recorded stays; limits are computed anew. You can move it back later.";
}

/// What each finding of the check means, in plain words; `{x}`, `{y}`: what it names, `{what}`: its own words.
pub const PROBLEMS: &[(&str, T)] = &[
    ("parse", t("这里读不懂：{what}", "cannot be read: {what}")),
    ("format", t("不是这个版本能读的制度文件：{what}", "not a pack that this build reads: {what}")),
    ("too_big", t("文件太大：{what}", "too large: {what}")),
    ("too_many", t("条目太多，不像是人写的制度：{what}", "too many entries: {what}")),
    ("markup", t("文字里有网页代码（尖括号标签），请改成普通文字", "text with markup; write plain text")),
    ("bad_id", t("编号只能用字母、数字和 _ - .，以字母或数字开头，最长 64 个", "ids: letters, digits, _ - .")),
    ("duplicate_id", t("编号「{x}」重复了", "the id “{x}” stands here twice")),
    ("empty_text", t("还没有填写", "nothing written yet")),
    ("english_missing", t("没有英文名称（英文界面会显示中文）", "the English name is missing")),
    ("empty_list", t("还是空的，至少要有一项", "empty; at least one is wanted")),
    (
        "clause",
        t(
            "出处要写依据编号和条目，例如 R01 D6；依据编号必须在“依据”里",
            "a clause names a source of this pack and a place",
        ),
    ),
    ("unknown_role", t("没有「{x}」这个岗位", "no role “{x}”")),
    ("unknown_field", t("没有「{x}」这个登记项", "no question “{x}”")),
    ("unknown_axis", t("没有「{x}」这个分类问题", "no question of class “{x}”")),
    ("unknown_class", t("没有这个类别：{what}", "no such class: {what}")),
    ("unknown_finding", t("没有「{x}」这项认定", "no finding “{x}”")),
    ("unknown_event", t("没有「{x}」这件事", "no event “{x}”")),
    ("unknown_lexicon", t("没有「{x}」这个词表", "no word list “{x}”")),
    ("unknown_clock", t("没有「{x}」这项时限", "no limit “{x}”")),
    ("unknown_form", t("没有「{x}」这张表格", "no form “{x}”")),
    ("unknown_red_line", t("没有「{x}」这条红线", "no red line “{x}”")),
    ("unknown_parameter", t("没有「{x}」这个参数", "no value “{x}”")),
    ("unknown_step", t("没有「{x}」这个步骤", "no step “{x}”")),
    ("unknown_option", t("选的回答不在选项里：{what}", "not a possible answer: {what}")),
    ("unknown_list", t("没有这样的部分", "no such list")),
    ("fact_test", t("比较方式要且只要一种", "exactly one test")),
    ("always_true", t("这个条件总是成立，请填大于 0 的数", "always true; a number above 0 is wanted")),
    (
        "blind_condition",
        t(
            "时限的条件不能用原话、超期和经过的时间，请改用类别、登记的回答或已发生的事",
            "limits cannot ask words, lateness or elapsed time",
        ),
    ),
    ("personal", t("这一项涉及个人信息，要标明", "names a person: mark it personal")),
    ("options", t("选项不对：选择题要有选项，其他不能有", "options do not fit")),
    ("percent", t("百分数不对", "not a percentage")),
    ("range", t("范围的前一个数比后一个大", "the range ends before it begins")),
    ("count_range", t("数量不对：要 1 到 3660 的整数", "a count from 1 to 3660 is wanted")),
    ("date", t("日期不对，例如 2026-11-01", "a date like 2026-11-01 is wanted")),
    ("version", t("版本号不对", "not a version")),
    ("grave_points", t("严重的类别不能由程序建议，分量不能是正数", "a grave class gets no points")),
    ("limit_missing", t("这种时限要填期限（数量和单位）", "this kind needs a limit with its unit")),
    ("limit_given", t("这种时限不填期限，请选“无期限”或换一种性质", "this kind has no limit")),
    ("parameter_missing", t("“缺数值”的时限要指定由哪个参数给出", "which parameter holds the value?")),
    ("every", t("定期工作才有周期，而且必须有", "recurring duties, and only they, have a rhythm")),
    ("never_starts", t("没有填从哪件事起算", "nothing starts it")),
    ("never_ends", t("没有填到哪件事为止，会一直开着", "nothing ends it")),
    ("never_emitted", t("没有任何步骤会产生「{x}」这件事", "no step makes “{x}” happen")),
    ("unreachable", t("怎么走都到不了这个步骤", "this step cannot be reached")),
    ("program_event", t("「{x}」由程序产生，步骤里不能有", "only the program makes “{x}” happen")),
    ("emits", t("有多种结果的步骤，事件要写在结果里", "a step with outcomes emits through them")),
    ("cycle", t("绕了一圈又回到自己：{what}", "leads back to itself: {what}")),
    ("repeated_word", t("「{x}」写了两遍", "“{x}” stands here twice")),
    ("starts_twice", t("跟着另一项时限计时的，不能再填起算的事", "hangs on another limit: no start of its own")),
    ("before_what", t("只能从到期时间倒推", "only a due time can be counted back from")),
    ("cap_unit", t("中止上限要按本时限的单位", "the cap needs the limit's own unit")),
    (
        "never_holds",
        t(
            "这个条件永远不会成立：里面有互相矛盾的要求，或者问了这里不知道的事",
            "can never hold: its parts contradict, or it asks what is not known here",
        ),
    ),
    (
        "contradiction",
        t(
            "与规则「{x}」条件相同、分量相同，却指向另一类：互相抵消",
            "same condition and points as “{x}”, for another class",
        ),
    ),
    ("duplicate_rule", t("与规则「{x}」条件和类别都相同，等于重复加分", "the same as “{x}”: counted twice")),
    (
        "never_suggested",
        t("没有规则指向「{x}」，程序不会建议它（人仍可以选）", "no rule speaks for “{x}”: never suggested"),
    ),
    (
        "rival_words",
        t(
            "「{x}」也在词表「{y}」里，而那个词表指向另一类",
            "“{x}” also stands in “{y}”, which speaks for another class",
        ),
    ),
    ("unused_lexicon", t("没有规则用到这个词表", "no rule uses these words")),
];

/// What the reader of the file form says, by how it begins; `{x}`: what it names.
pub const READER: &[(&str, T)] = &[
    ("missing field", t("缺少「{x}」", "“{x}” is missing")),
    (
        "unknown field",
        t("不认识「{x}」，可能写错了，或者来自更新的版本", "“{x}” is not known; a slip, or of a newer build"),
    ),
    (
        "unknown variant",
        t("不认识「{x}」，可能写错了，或者来自更新的版本", "“{x}” is not known; a slip, or of a newer build"),
    ),
    ("invalid type: null", t("还没有填写，这里要填一个整数", "a whole number is wanted")),
    ("invalid type", t("填的内容不对：{what}", "of a wrong kind: {what}")),
    ("invalid value", t("数不对，要填不太大的整数", "a whole number, not too large, is wanted")),
    ("EOF", t("文件不完整，后面缺了内容", "the file is cut off")),
    ("expected", t("不是制度文件的格式，可能选错了文件", "not the form of a pack file")),
];

/// Names of the file form that people know under another.
pub const KEYS: &[(&str, T)] = &[
    ("unit", UNIT),
    ("count", COUNT),
    ("label", P_LABEL),
    ("title", P_TITLE),
    ("clause", P_CLAUSE),
    ("kind", P_KIND),
    ("when", P_WHEN),
    ("class", P_CLASS),
    ("points", P_POINTS),
    ("words", P_WORDS),
    ("owner", P_OWNER),
];

const fn t(zh: &'static str, en: &'static str) -> T {
    T { zh, en }
}

/// What a quantity of the text is called.
pub fn text_fact(id: &str) -> &'static str {
    tr(match id {
        "text.money_max" => X_MONEY,
        "text.times_max" => X_TIMES,
        "text.days_max" => X_DAYS,
        "text.people_max" => X_PEOPLE,
        "text.span_days" => X_SPAN,
        "text.han" => X_HAN,
        _ => X_OTHER,
    })
}
