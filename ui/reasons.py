"""The reasons inside errors (invalid input, forbidden moves, refused files, clips, printers), in words with figures."""

from __future__ import annotations

from collections.abc import Mapping

from inspector.errors import Fact
from ui.text import fill, is_english, tr

Facts = Mapping[str, Fact]


def field_word(name: str) -> str:
    """Return the word of a field as its form shows it; the name itself for one that no form has."""
    words = {
        "name": tr("单位名称"),
        "credit_code": tr("信用代码"),
        "address": tr("地址"),
        "responsible_person": tr("负责人"),
        "officers": tr("执法人员"),
        "accounts": tr("执法人员"),
        "passphrase": tr("口令"),
        "pin": tr("PIN"),
        "description": tr("隐患描述"),
        "requirement": tr("整改要求"),
        "deadline": tr("整改期限"),
        "place": tr("位置"),
        "reason": tr("理由"),
        "companion": tr("陪同人"),
        "companion_position": tr("职务"),
        "companion_phone": tr("电话"),
        "note": tr("备注"),
        "caption": tr("照片说明"),
        "marks": tr("标注"),
        "mark_text": tr("标注文字"),
        "url": tr("总部地址"),
        "code": tr("一次性登记码"),
        "folder": tr("文件夹"),
        "device_name": tr("本机名称"),
        "printer": tr("打印机"),
        "copies": tr("份数"),
        "pages": tr("页码"),
        "reprint_reason": tr("补打原因"),
    } | _words_of_acts()
    return words.get(name.rsplit(".", maxsplit=1)[-1], name)


def _words_of_acts() -> dict[str, str]:
    """Return the words of fields that serving and footage ask for."""
    return {
        "receiver": tr("签收人"),
        "witness": tr("见证人"),
        "device_label": tr("记录仪"),
        "served_at": tr("送达时间"),
        "photo": tr("所附照片"),
        "moment": tr("录像时刻（秒）"),
        "uncertainty": tr("误差（秒）"),
        "clock_shift": tr("时差"),
        "step": tr("摄录事项"),
        "kind": tr("检查类型"),
        "task_no": tr("任务编号"),
        "approval_no": tr("批准文号"),
        "approved_by": tr("批准人"),
        "approved_at": tr("批准时间"),
        "entry_code": tr("执法码"),
        "no_code_reason": tr("未扫码原因"),
        "no_code_filed_at": tr("报备时间"),
        "observers": tr("随行人员"),
        "recusal": tr("申请回避"),
    }


def _named(facts: Facts) -> str:
    """The fields of documents are named by the law pack, the others by the window."""
    label = facts.get("label_en") if is_english() else facts.get("label")
    return str(label or field_word(str(facts.get("field") or "")))


def _credit_code(length: Fact) -> str:
    if length is not None and length != 18:
        return tr("信用代码应为 18 位，现有 {n} 位", n=length)
    return tr("信用代码校验位不符，请逐位核对")


def invalid(facts: Facts) -> str:
    """Return what is wrong with a value."""
    field, reason = str(facts.get("field") or ""), str(facts.get("reason") or "")
    word = _named(facts)
    if field == "credit_code" and reason == "check_digit":
        return _credit_code(facts.get("length"))
    known = {
        "check_digit": tr("{field}校验位不符，请逐位核对"),
        "empty": tr("{field}还没有填"),
        "required": tr("{field}还没有填"),
        "too_long": tr("{field}过长：最多 {most} 字，现有 {length} 字"),
        "too_short": tr("{field}太短：至少 {least} 位"),
        "line_break": tr("{field}只能写一行"),
        "control_character": tr("{field}里有不可见字符 {codepoint}，无法打印"),
        "taken": tr("{field}已被另一条记录使用"),
        "two_officers": tr("检查须有两名不同的执法人员"),
        "certificate": tr("{name}的执法证不在有效期内（至 {until}），不能作为执法人员"),
        "same": tr("新的{field}与原来的相同"),
        "six_digits": tr("PIN 须为 6 位数字，且不能全部相同"),
        "https_required": tr("总部地址须以 https:// 开头"),
        "malformed": tr("{field}写法不对"),
        "before_today": tr("{field}早于今天"),
        "not_truetype": tr("字体文件不能用于打印"),
        "range": tr("{field}应在 {least} 到 {most} 之间"),
        "before_issue": tr("{field}早于核发时间"),
        "after_now": tr("{field}晚于现在"),
        "not_an_officer": tr("申请回避的对象须是本次检查的执法人员"),
        "witness_or_photo": tr("拒签或留置须有见证人，或附一张照片"),
        "other_inspection": tr("{field}不属于这次检查"),
        "too_many": tr("{field}最多 {most} 个，现有 {length} 个"),
        "too_small": tr("{field}太小，看不见"),
        "newer": tr("{field}由更新的版本画成，本版本读不出来"),
        "not_an_option": tr("{field}不在可选范围内"),
        "not_editable": tr("{field}由记录带出，请到原处修改"),
        "no_glyph": tr("{field}里的“{character}”（{codepoint}）没有字体，无法打印"),
        "too_many_files": tr("文件夹里同名文件太多，请换一个文件夹"),
    }
    sentence = known.get(reason, tr("{field}不能这样填"))
    blank = {"most": "", "length": "", "least": "", "codepoint": "", "name": "", "until": "", "character": ""}
    return fill(sentence, **{**blank, **facts, "field": word})


def _not_undone(number: Fact) -> dict[str, tuple[str, str, str]]:
    """Why a step can't be taken back or done again."""
    issued = tr("原件与记录都在")
    return {
        "facts_issued": (
            fill(tr("该内容已写入文书 {number}，不能再撤销"), number=number),
            issued,
            tr("如有错误，请作废后重新制作"),
        ),
        "nothing_to_undo": (tr("没有可以撤销的步骤"), tr("内容都已保存"), ""),
        "nothing_to_redo": (tr("没有可以重做的步骤"), tr("内容都已保存"), ""),
        "undo_conflict": (
            tr("这一步之后内容已被别处改过，没有撤销"),
            tr("没有作任何改动"),
            tr("请核对后直接修改"),
        ),
    }


def _about_photos(number: Fact) -> dict[str, tuple[str, str, str]]:
    """Why something can't be done with a hazard or a piece of evidence."""
    issued = tr("原件与记录都在")
    return {
        "hazard_issued": (
            fill(tr("该隐患已写入文书 {number}，不能再改"), number=number),
            issued,
            tr("如有错误，请作废后重新制作"),
        ),
        "evidence_issued": (tr("该照片已写入核发的文书，不能再改"), issued, tr("如有错误，请作废后重新制作")),
        "not_a_picture": (tr("文件不是图片，不能标注"), tr("文件仍在原处"), tr("可以写说明")),
        "serves_already": (tr("这张照片已用于该隐患"), tr("没有作任何改动"), ""),
        "no_inspection": (tr("录像还没有归入检查，不能取证"), tr("录像原件仍在本机"), tr("请先把录像归入一次检查")),
        "not_in_trash": (tr("这张照片不在回收站里"), tr("没有作任何改动"), ""),
        "other_inspection": (tr("照片与隐患不属于同一次检查"), tr("照片仍在原处"), tr("请选择本次检查的隐患")),
    }


def _about_copies() -> dict[str, tuple[str, str, str]]:
    return {
        "file_exists": (tr("这个文件已存在"), tr("原文件没有改动"), tr("请另取文件名")),
        "nothing_to_redact": (tr("还没有框选要遮盖的地方"), tr("原件没有改动"), tr("请在画面上拖出方框")),
    }


def _about_this_laptop() -> dict[str, tuple[str, str, str]]:
    return {
        "profile_exists": (tr("这台电脑上已有数据"), tr("原有数据没有改动"), tr("请直接登录，或另选文件夹")),
        "real_profile": (tr("正式数据不能删除"), tr("数据没有改动"), tr("只有培训数据可以清空")),
        "no_headquarters": (tr("示例单位不能同步"), tr("培训数据只留在本机"), tr("正式使用请到总部登记")),
        "sync_running": (tr("正在同步"), tr("内容都在本机"), tr("请等这一次结束")),
        "import_running": (tr("正在导入另一批录像"), tr("已导入的都在本机"), tr("请等它结束，或先停止它")),
    }


def _about_rechecks(number: object) -> dict[str, tuple[str, str, str]]:
    issued = tr("原件与记录都在")
    return {
        "recheck_issued": (
            fill(tr("复查结论已写入文书 {number}，不能再改"), number=number),
            issued,
            tr("如有错误，请作废后重新制作"),
        ),
        "nothing_to_recheck": (tr("这份指令书所列隐患都已整改"), issued, tr("不需要再复查")),
        "order_not_standing": (tr("指令书没有核发或已经作废"), issued, tr("请选择现行有效的指令书")),
        "other_site": (tr("指令书属于另一家单位"), tr("没有作任何改动"), tr("请选择本次检查单位的指令书")),
        "not_alike": (tr("没有找到相同的照片"), tr("没有作任何改动"), ""),
    }


def not_allowed(facts: Facts) -> tuple[str, str, str]:
    """Return what happened, what is safe and what to do for a forbidden move."""
    number = facts.get("number") or ""
    issued = tr("原件与记录都在")
    known = (
        _not_undone(number)
        | _about_photos(number)
        | _about_copies()
        | _about_rechecks(number)
        | _about_this_laptop()
        | {
            "inspection_closed": (tr("检查已结束，不能再改"), issued, tr("如有遗漏，请另行制作文书")),
            "issued": (
                fill(tr("文书 {number} 已核发，内容已固定"), number=number),
                issued,
                tr("如有错误，请作废后重新制作"),
            ),
            "not_issued": (tr("文书还没有核发"), tr("草稿已保存"), tr("请先核发")),
            "notice_void": (
                fill(tr("文书 {number} 已作废，不能再打印或送达"), number=number),
                issued,
                tr("请打印替代它的文书"),
            ),
            "print_ended": (tr("这一次打印已经有了结果"), issued, tr("需要时可以补打")),
            "hazard_removed": (tr("这条隐患已撤回"), tr("记录仍保留在日志中"), tr("请重新记录一条隐患")),
            "locked": (tr("已锁定"), tr("内容已保存"), tr("请重新输入口令")),
            "not_sealed": (tr("这份文书还没有盖章件"), issued, tr("请先用印章证书盖章")),
            "served": (tr("文书已经送达，不能直接作废"), issued, tr("请制作更正通知书或者撤回通知书")),
            "no_number_left": (tr("这个号段没有剩余编号"), tr("台账没有改动"), ""),
            "sheet_known": (tr("这张用纸已经登记过"), tr("台账没有改动"), tr("请核对用纸编号")),
            "same_version": (tr("这个版本的法规包已经安装"), tr("现有法规包继续使用"), ""),
            "not_void": (tr("原文书还没有作废"), tr("草稿已保存"), tr("请先作废原文书")),
            "superseded_already": (tr("原文书已有替代文书"), issued, tr("请打开替代文书")),
            "not_about": (tr("这份文书不能针对所选的文书"), tr("没有作任何改动"), tr("请另选一份已核发的文书")),
            "not_the_pair": (tr("确认人不是本次检查的两名执法人员"), tr("草稿已保存"), tr("请由本次检查的人员确认")),
            "records_moving": (tr("核发时内容又有变动，没有占用编号"), tr("草稿已保存"), tr("请核对后再次核发")),
        }
    )
    fallback = (tr("现在不能这样做"), tr("没有作任何改动"), "")
    return known.get(str(facts.get("reason") or ""), fallback)


def printer_fault(facts: Facts) -> tuple[str, str, str]:
    """Return what happened, what is safe and what to do for a printer's fault (product.md E201, E202)."""
    known = {
        "offline": (tr("打印机没有响应，可能关机或断开"), tr("请检查电源和连接后重试，或换一台打印机")),
        "paper_out": (tr("打印机缺纸"), tr("请放入 A4 纸；未印出的页可以补打")),
        "jam": (tr("打印机卡纸"), tr("请取出卡住的纸；未印好的页可以补打")),
        "door_open": (tr("打印机的盖板没有关好"), tr("请关好盖板后重试")),
        "wrong_paper": (tr("打印机里没有 A4 纸，文书需用 A4"), tr("请更换纸盒后重试")),
        "stopped": (tr("打印机停止了工作"), tr("请看打印机上的提示，处理后重试，或换一台打印机")),
    }
    happened, todo = known.get(str(facts.get("fault") or ""), known["stopped"])
    name = facts.get("printer")
    return (
        tr("{printer}：{fault}", printer=name, fault=happened) if name else happened,
        tr("文书与编号已保存，未重复占号"),
        todo,
    )


def refused(facts: Facts) -> str:
    """Return why a file was not taken in."""
    known = {
        "empty": tr("“{name}”是空文件，没有收入"),
        "too_large": tr("“{name}”太大，没有收入"),
        "unreadable": tr("“{name}”读不出来，没有收入"),
        "not_a_file": tr("“{name}”不是文件，没有收入"),
        "changed": tr("“{name}”正在被改写，没有收入"),
        "differs": tr("“{name}”两次读出的内容不同，没有收入；存储卡或读卡器可能有坏处"),
        "undecodable": tr("这张照片无法显示，可能已损坏"),
        "too_many_pixels": tr("这张照片像素过多，无法显示"),
    }
    sentence = known.get(str(facts.get("reason") or ""), tr("“{name}”没有收入"))
    return fill(sentence, name=facts.get("name") or "")


def film_fault(facts: Facts) -> tuple[str, str]:
    """Return what is wrong with a clip and what to do."""
    keep = tr("原件照常保存，可以送检")
    known = {
        "no_index": (
            tr("这段录像没有索引，可能是断电时没有写完，画面也未能恢复"),
            tr("同一记录仪的其他录像导入后会再试一次；原件照常保存，可以送检"),
        ),
        "no_video": (tr("这段录像里没有画面"), keep),
        "unknown_kind": (tr("这不是能播放的录像格式"), keep),
        "too_many_pixels": (tr("这段录像像素过多，无法播放"), keep),
        "unreadable": (tr("这段录像读不出来"), tr("请检查磁盘，并校验本机数据")),
        "frame_missing": (tr("这一帧已损坏，取不出来"), tr("请前后移动几帧再试")),
        "memory": (tr("解码这段录像需要的内存过多，已停止"), tr("请关闭其他程序再试")),
        "too_long": (tr("解码这段录像太久，已停止"), tr("请再试一次，或换一个时间点")),
        "died": (tr("解码这段录像时出错，已停止"), tr("请再试一次，或换一个时间点")),
    }
    return known.get(str(facts.get("reason") or ""), (tr("这段录像无法解码，可能已损坏"), keep))


def untrusted(facts: Facts) -> str:
    """Return why an answer was not believed."""
    reason = str(facts.get("reason") or "")
    known = {
        "server_id": tr("对方不是本机登记的总部"),
        "server_key": tr("对方的密钥与登记时不同"),
        "epoch": tr("总部的数据被重置过"),
        "lease_overlap": tr("总部给的编号与本机已有编号重叠"),
    }
    if reason in known:
        return known[reason]
    if reason.endswith("_signature"):
        return tr("总部回执的签名不符")
    return tr("总部的回答不可信（{reason}）", reason=reason)
