//! Texts of the intake page and of classification.

crate::texts! {
    TITLE = "登记投诉" | "Register a complaint";
    SUB = "先听、先记，其余的边听边补。填写内容随时自动保留，刷新也不会丢。" | "Listen and note first; fill in the rest as you go. What you type is kept, even across a reload.";
    PACK = "适用制度" | "Rule pack";
    RECEIVED = "接到时间" | "Received";
    CHANNEL = "渠道" | "Channel";
    REGISTER = "登记" | "Register";
    REGISTER_KEY = "Ctrl + Enter" | "Ctrl + Enter";
    REGISTERED = "已登记 {number}" | "Registered as {number}";
    CLEAR = "清空重填" | "Clear the form";
    RESTORED = "已恢复上次未登记完的内容。" | "Your unfinished entry has been restored.";
    WHAT_KIND = "这是什么投诉" | "What kind of complaint is this";
    WHAT_KIND_EMPTY = "写下几句经过，这里会提示类别和依据；由您确认或改选。" | "Write a few sentences; classes and reasons appear here. You confirm or choose otherwise.";
    FURTHER = "其他标签（选填）" | "Further labels (optional)";
    ADOPT = "全部采纳推荐" | "Accept all suggestions";
    SUGGESTED = "推荐 {percent}%" | "suggested {percent}%";
    ASK = "从文字看不出来，请确认：" | "The text does not tell. Please decide:";
    HITS = "命中：{words}" | "Words found: {words}";
    NEAR = "差一点：{rules}" | "Almost: {rules}";
    OVERRIDE = "与推荐不同，请写明理由" | "Differs from the suggestion: please say why";
    GIVE_REASON = "选择理由" | "Reason for this choice";
    SECOND = "复核人（不能是本人）" | "Second reviewer (not yourself)";
    // How a branch is called; left out of the case number.
    BRANCH = "校区" | "校区";
    SAY_NOW = "现在对家长说" | "What to say now";
    SIMILAR = "可能是同一件事" | "Possibly the same matter";
    SIMILAR_TEXT = "相同电话或姓名已有 {n} 件，先看看是否同一件事：" | "{n} case(s) with the same phone or name; check whether it is the same matter:";
    WILL_RUN = "登记后的时限" | "Limits that will run";
    WILL_RUN_NOTE = "按当前选择（未选的按推荐）推算" | "By your choices, or the suggestions where you have not chosen";
    NO_CLOCK = "选定类别后显示" | "Shown once a class is chosen";
    LEAVE_BLANK = "没听清的可以留空，之后在案件里补。" | "Leave blank what you do not know; add it later on the case page.";
    CHARS = "{n} / {max} 字" | "{n} / {max} characters";
    TOO_MANY = "超出 {n} 字，请删减" | "{n} characters too many";
}
