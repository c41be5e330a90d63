"""Where the words of our forms differ from the official specimen of 2016 on purpose, and why."""

from __future__ import annotations

from collections.abc import Mapping

REVIEW = "行政复议法 art. 24(1)(一): one body to ask since 2024, the government of the same level (facts.md §0)"
REVIEW_FIRST = "行政复议法 art. 23(1)(一): what is punished on the spot goes to reconsideration first (facts.md §0)"
REFORM = "the reform of 2018: 应急管理 instead of 安全生产监督管理; the issuer is printed by name"
RENUMBERED = "行政处罚法 2021: art. 37(2) is now art. 56 (facts.md §0)"
WORKING_DAYS = "行政处罚法 art. 85: these seven days are working days"
GROWS = "our list grows with its items and goes on on the next page: no empty numbers, no slip to be added"
BY_NUMBER = "the other paper's whole number is printed in its place"
ON_SITE = "we transfer what an inspection found; no case was opened before"
FINGERPRINT = "行诉证据规定 art. 10(四): the person asked signs every page and puts a fingerprint"

EVERYWHERE: Mapping[str, tuple[str, str]] = {
    "安全生产监督管理局的行政执法人员": ("的行政执法人员", REFORM),
    "安全生产监督管理局行政执法人员": ("行政执法人员", REFORM),
    "安全生产监督管理部门（印章）": ("（印章）", REFORM),
    "安全生产监督管理部门": ("应急管理部门", REFORM),
    "安全生产监管行政执法人员": ("应急管理行政执法人员", REFORM),
    "第三十七条第二款": ("第五十六条", RENUMBERED),
    "将在七日内": ("将在七日（工作日）内", WORKING_DAYS),
    "［": ("[", "one form of bracket"),
}
"""Put in place of these words wherever they stand."""

_LIST = {"1．": ("", GROWS), "2．": ("", GROWS), "3．": ("", GROWS)}
_FULL = {"（此栏不够，可另附页）": ("", GROWS)}
_FIRST = {
    "如果不服本处罚决定，可以依法在60日内向": ("如果不服本处罚决定，应当依法在60日内先向", REVIEW_FIRST),
    "政府或者": ("政府", REVIEW_FIRST),
    "申请行政复议，或者在6个月内依法": ("申请行政复议；对行政复议决定不服的，可以", REVIEW_FIRST),
}
PIECES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "XCJD": {**_LIST, "。（此栏不够，可另附页）": ("", GROWS), "或者": ("", REVIEW)},
    "ZLZG": {**_LIST, "（此栏不够，可另附页）。": ("", GROWS), "人民政府或者": ("人民政府", REVIEW)},
    "ZGFC": {
        "）安监": ("", BY_NUMBER),
        "〕（": ("", BY_NUMBER),
        "）号]，经对你单位整改情况进行复查，提出如下意见：": (
            "号]，经对你单位整改情况进行复查，提出如下意见：",
            BY_NUMBER,
        ),
    },
    "CFKY": {"或者": ("", REVIEW)},
    "CFQD": {
        "（此页不够，可另附页）": ("", GROWS),
        "安全生产监管行政执法人员（签名": ("应急管理行政执法人员（签名", REFORM),
    },
    "CFCL": {
        "日根据《查封扣押决定书》［（": ("日根据《查封扣押决定书》[", BY_NUMBER),
        "）安监查": ("", BY_NUMBER),
        "扣〔": ("", BY_NUMBER),
        "号］，对你（单位）的": ("]，对你（单位）的", BY_NUMBER),
        "人民政府或": ("人民政府", REVIEW),
        "者": ("", REVIEW),
    },
    "XWBL": {"被询问人（签名）：": ("被询问人（签名、捺印）：", FINGERPRINT)},
    "XBCL": {
        "等物品进行了先行登记保存[文号：（": ("等物品进行了先行登记保存[文号：", BY_NUMBER),
        "）安监先保通〔": ("", BY_NUMBER),
        "号]。现依法对上述物品作": ("]。现依法对上述物品作", BY_NUMBER),
        "人民政府或者": ("人民政府", REVIEW),
    },
    "CFDW": {
        "的行政处罚。": ("的行政处罚，", "the amount follows, in words and figures (facts.md §7)"),
        **_FULL,
        **_FIRST,
        "人民法院提起行政诉讼，但本决定不停止执行，法律另有": (
            "人民法院提起行政诉讼，但本处罚决定不停止执行，法律另有",
            REVIEW_FIRST,
        ),
    },
    "CFGR": {
        **_FULL,
        **_FIRST,
        "人民法院提起行政诉讼，但本决定不停止执行，": (
            "人民法院提起行政诉讼，但本处罚决定不停止执行，",
            REVIEW_FIRST,
        ),
    },
    "AJYS": {
        "日对": ("日在对", ON_SITE),
        "一案立案调查，因在调查中发现": ("的检查中发现", ON_SITE),
        "，故此案已超": ("，已超", ON_SITE),
        "的规定，移送你单位对该案件进一步审理，依法追究责任。": ("的规定，移送你单位依法处理。", ON_SITE),
    },
}
"""Of one form: what stands instead of a whole piece of its words; nothing stands instead of a piece left out."""


def corrected(form: str, piece: str) -> str:
    """Return what our form says where the specimen says `piece`."""
    if piece in PIECES.get(form, {}):
        return PIECES[form][piece][0]
    for old, (new, _) in EVERYWHERE.items():
        piece = piece.replace(old, new)
    return piece.replace(":", "：")
