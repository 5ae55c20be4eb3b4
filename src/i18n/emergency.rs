//! Texts of emergency plans on a case, and of the page of recurring duties.

crate::texts! {
    TITLE = "应急" | "Emergency";
    NO_PLAN = "情况严重、会扩大时启用。启用后小组、会议、来访、终止都记在本案里。" | "For serious cases that may grow. Group, meetings, visitors and the end are then recorded on this case.";
    START = "启用应急预案" | "Use an emergency plan";
    CHOOSE = "选一份预案" | "Choose a plan";
    SEARCH = "搜索预案" | "Search plans";
    OWN = "本案制度自带" | "part of this case's rules";
    HERE = "本单位在用" | "in use here";
    NOTHING = "没有符合的预案，换一个词试试。" | "No such plan; try another word.";
    ADD = "加用这份预案" | "Add this plan";
    ADD_TEXT = "加用后，预案的步骤和时限从现在算起，和日常制度并行；是否启动，在步骤里由人记录。" | "Its steps and limits run from now on beside the ordinary rules; whether it is activated is recorded as a step.";
    ADD_WHY = "加用的理由" | "Why";
    ACTIVATION = "启动条件" | "When to activate";
    TERMINATION = "终止条件" | "When to end";
    PRINCIPLES = "原则" | "Principles";
    GROUP = "小组" | "Group";
    UNNAMED = "未定人" | "nobody named";
    PROPOSED = "建议启动：{why}。是否启动由人决定。" | "Activation is proposed: {why}. A person decides.";
    IDLE = "未启动" | "not activated";
    ACTIVE = "进行中 · 已 {span}" | "active for {span}";
    ENDED = "{at} 已终止" | "ended {at}";
    GONE = "已不用" | "taken away";
    RECORDS = "应急经过" | "What was done";
    PLAN_STEPS = "应急步骤" | "Steps of the plan";
    REMOVE = "不再用这份预案" | "Take the plan away";
    REMOVE_TEXT = "预案还在计时的时限会停止；已经完成的和全部记录都保留。" | "Its running limits stop; what is finished and all entries stay.";
    PRINT = "打印应急记录" | "Print the record";
    RECORD = "应急记录" | "Emergency record";
    LACKING = "本案用到的预案 {id} 第 {version} 版不在这台电脑上：它的步骤和时限看不到。请从总部导入制度。" | "The plan {id}, version {version}, of this case is not on this computer: its steps and limits cannot be shown. Import the rules from headquarters.";
    CHECKLIST = "终止前逐条核对，没有做到的写明原因" | "Check each before the end; say why where it is not so";
    WHY_NOT = "没有做到的原因" | "Why not";
    NEEDS_OPEN = "请逐条勾选，或写明没有做到的原因。" | "Tick each line, or say why it is not so.";
    NEEDS_REASON = "请在备注里写明终止的理由。" | "Give the reason for ending in the note.";
    STILL_ACTIVE = "应急预案「{title}」还没有终止。" | " The plan “{title}” has not been ended.";
    NOT_STARTED = "本案的预案没有启动过。" | "No plan was activated on this case.";
    STARTED_AT = "启动：{at}" | "Activated: {at}";
    ENDED_AT = "终止：{at}" | "Ended: {at}";

    DUTIES = "例行事项" | "Recurring duties";
    DUTIES_SUB = "制度要求本单位按周、月、年或按期做的事；逾期不算违规，只提醒补记。" | "What the rules ask of this organisation every week, month, year or period; a missed one is no breach.";
    ALL_DUTIES = "全部事项与记录" | "All duties and records";
    DUE_NOW = "本期" | "Now";
    NONE = "本单位在用的制度和预案没有例行事项。" | "The rules and plans in use here have no recurring duties.";
    HISTORY = "做过的记录" | "Records";
    HISTORY_NONE = "还没有记录。点“记为已做”，写一句做了什么。" | "No records yet. Choose “Record as done” and say what was done.";
    OVERVIEW = "{year} 年总览" | "Overview {year}";
    SIGNS = "✓ 已做　– 没有记录　○ 本期未做　· 未到，或还没开始记录" | "✓ done　– no record　○ open now　· to come, or before the first record";
    EARLIER_YEAR = "上一年" | "Year before";
    LATER_YEAR = "下一年" | "Next year";
    IN_CALENDAR = "例行事项 · {campus}" | "Recurring duty · {campus}";
}
