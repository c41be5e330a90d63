"""Words for a step of undo and redo, as the bottom strip tells it: “已修改隐患 3：位置、整改期限”."""

from __future__ import annotations

from inspector.domain.check import Result
from inspector.domain.soft import SoftStepKind
from inspector.services.undo import Step
from ui.models.check_rows import result_word
from ui.models.soft_words import step_word
from ui.text import is_english, tr

MOST_NAMED = 2
"""How many changed fields are named; of more their number is told."""


def step_words(step: Step) -> str:
    """Return what a step did, in the language that is on."""
    ways = {
        "evidence": _of_evidence,
        "recheck": _of_recheck,
        "inspection": _of_inspection,
        "check_result": _of_check,
        "soft_step": _of_soft,
    }
    return ways.get(step.subject_type, _of_hazard)(step)


def _of_inspection(step: Step) -> str:
    return tr("已修改{fields}", fields=_fields(str(step.facts.get("fields"))))


def _of_hazard(step: Step) -> str:
    facts = step.facts
    n = facts.get("ordinal")
    if step.kind == "create":
        return tr("已记录隐患 {n}", n=n)
    if step.kind == "remove":
        return tr("已移除隐患 {n}", n=n)
    return tr("已修改隐患 {n}：{fields}", n=n, fields=_fields(str(facts.get("fields"))))


def _of_evidence(step: Step) -> str:
    count, n = step.facts.get("count"), step.facts.get("hazard")
    name = str(step.facts.get("name"))
    is_one = count == 1
    if step.kind == "attach":
        return tr("已添加照片 {name}", name=name) if is_one else tr("已添加 {n} 张照片", n=count)
    if step.kind == "remove":
        return tr("已移除照片 {name}", name=name) if is_one else tr("已移除 {n} 张照片", n=count)
    others = {
        "caption": tr("已写照片说明"),
        "mark": tr("已标注照片 {name}", name=name),
        "order": tr("已调整照片顺序"),
        "clock": tr("已校正 {n} 张照片的时间", n=count),
        "restore": tr("已恢复照片 {name}", name=name),
        "also": tr("照片也用于隐患 {n}", n=n),
        "reuse": tr("已说明照片 {name} 的使用理由", name=name),
        "patch": tr("已修改照片 {name}", name=name),
    }
    if step.kind in others:
        return others[step.kind]
    if not n:
        return tr("已取消 {n} 张照片的归属", n=count)
    return tr("已把 {count} 张照片归到隐患 {n}", count=count, n=n)


def _of_recheck(step: Step) -> str:
    outcome = str(step.facts.get("outcome"))
    words = {"done": tr("已整改"), "partly": tr("部分整改"), "not_done": tr("未整改"), "": tr("未定结论")}
    if step.kind == "outcome":
        return tr("结论改为“{outcome}”", outcome=words.get(outcome, outcome))
    n = step.facts.get("ordinal")
    return tr("已写隐患 {n} 的复查说明", n=n) if step.kind == "note" else tr("已选隐患 {n} 的对比照片", n=n)


def _of_soft(step: Step) -> str:
    word = step_word(SoftStepKind(str(step.facts.get("step"))))
    return tr("隐患 {n}：{step}", n=step.facts.get("ordinal"), step=word)


def _of_check(step: Step) -> str:
    facts = step.facts
    if facts.get("count") != 1:
        word = result_word(Result(str(facts.get("result"))))
        return tr("清单 {n} 项：{result}", n=facts.get("count"), result=word)
    title = str(facts.get("title_en") if is_english() else facts.get("title"))
    if "result" not in str(facts.get("fields")).split():
        return tr("“{title}”的说明", title=title)
    return tr("“{title}”：{result}", title=title, result=result_word(Result(str(facts.get("result")))))


def _entry_fields() -> dict[str, str]:
    return {
        "kind": tr("检查类型"),
        "is_enterprise": tr("涉企检查"),
        "task_no": tr("任务编号"),
        "approval_no": tr("批准文号"),
        "approved_by": tr("批准人"),
        "approved_at": tr("批准时间"),
        "is_urgent": tr("紧急情况"),
        "entry_code": tr("执法码"),
        "no_code_reason": tr("未扫码原因"),
        "no_code_filed_at": tr("报备时间"),
        "observers": tr("随行人员"),
        "recusal": tr("申请回避"),
    }


def _fields(names: str) -> str:
    words = {
        "description": tr("隐患描述"),
        "severity": tr("等级"),
        "measure": tr("处理方式"),
        "basis": tr("依据"),
        "requirement": tr("整改要求"),
        "deadline": tr("整改期限"),
        "place": tr("位置"),
        "soft_choice": tr("柔性执法"),
        "companion": tr("陪同人"),
        "companion_position": tr("职务"),
        "companion_phone": tr("电话"),
        "started_at": tr("检查开始"),
        "ended_at": tr("检查结束"),
        "is_id_shown": tr("已出示执法证件"),
        "is_recusal_told": tr("已告知申请回避"),
        "is_clean": tr("现场未发现问题"),
        "note": tr("备注"),
    } | _entry_fields()
    # What came along with another choice (目录编码 with a description, 判定标准 with 重大) needs no word of its own.
    found = [word for name, word in words.items() if name in names.split()]
    if len(found) > MOST_NAMED:
        return tr("{first}等 {n} 项", first=found[0], n=len(found))
    return tr("、").join(found) or tr("内容")
