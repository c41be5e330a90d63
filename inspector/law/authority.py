"""What an office and its people may do: bureau, delegated town, empowered town; the gate and the UI ask here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from inspector.domain.notice import FormCode
from inspector.domain.office import Office, OfficeMode
from inspector.errors import NotFound
from inspector.law import catalogue, documents, filled_values, rules
from inspector.law.catalogue import CatalogueItem
from inspector.law.notice_facts import Finding, NoticeFacts
from inspector.law.rule_matter import is_ours

COERCIVE: Final = (
    FormCode.COERCION_APPROVAL,
    FormCode.SEIZURE_DECISION,
    FormCode.SEIZURE_LIST,
    FormCode.SEIZURE_DISPOSAL,
)
"""Papers of coercive measures 行政强制措施 (行政强制法 art. 9)."""
ORDERS: Final = (FormCode.RECTIFICATION_ORDER, FormCode.MEASURES_DECISION, FormCode.SEIZURE_DECISION)
"""Papers by which an office uses a power over what a hazard is about."""
PENALTIES: Final = (FormCode.PENALTY_UNIT, FormCode.PENALTY_PERSON)
SIMPLE_UNIT: Final = 3_000
"""Yuan; the most that may be fined on the spot: a unit (行政处罚法 art. 51)."""
SIMPLE_PERSON: Final = 200
"""Yuan; the same for a person (行政处罚法 art. 51)."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an office may not make a document; `code` is stable, the sentences are whole."""

    code: str
    message: str
    message_en: str
    basis: str


def may(
    office: Office, form: FormCode, *, day: date, items: tuple[str, ...] = (), fine_yuan: float | None = None
) -> Refusal | None:
    """Return why `office` may not make `form` on `day`; None: nothing here forbids it.

    `items` are codes of the catalogue that it would be about; codes the catalogue doesn't have are passed over.
    """
    known = _known(items)
    return (
        _coercion(office, form)
        or _delegation(office, form, day)
        or _limits(office, form, fine_yuan)
        or _outside_list(office, form, known)
        or _outside_competence(form, known)
    )


def fine_limit(office: Office) -> int:
    """Return the most yuan a delegated town may fine: its own limit, else the parameter (facts.md §1, [K])."""
    told = office.fine_limit_yuan
    return int(rules.load().config["town_fine_limit"]) if told is None else told


def check(facts: NoticeFacts) -> Iterator[Finding]:
    """Yield what no rule of the pack says: matters of other authorities, coercion not conferred, who may not sign."""
    yield from _competence(facts)
    refusal = _coercion(facts.office, facts.form)
    if refusal is not None and facts.office.mode is OfficeMode.EMPOWERED:  # a delegated town is rule R010
        yield Finding(refusal.code, "error", refusal.message, refusal.message_en, refusal.basis, "office.mode")
    yield from _recused(facts)
    yield from _signers(facts)


def _known(codes: tuple[str, ...]) -> list[CatalogueItem]:
    found: list[CatalogueItem] = []
    for code in codes:
        try:
            found.append(catalogue.load().get(code))
        except NotFound:
            continue
    return found


def _coercion(office: Office, form: FormCode) -> Refusal | None:
    """A town's list confers coercion by the code of the form (CFKY); delegation never can (行政强制法 art. 17(1))."""
    if form not in COERCIVE or office.mode is OfficeMode.BUREAU:
        return None
    if office.mode is OfficeMode.DELEGATED:
        zh, en = "行政强制措施权不得委托，镇街不得实施", "Coercive measures can't be delegated to a town"
        return Refusal("coercion_not_delegable", zh, en, "行政强制法17(1)")
    if FormCode.SEIZURE_DECISION.value in office.items:
        return None
    zh = f"{office.name}的赋权清单没有列入查封扣押，不得实施"
    en = f"The list of {office.name} confers no power to seal or seize"
    return Refusal("coercion_not_conferred", zh, en, "行政处罚法24(1)")


def _delegation(office: Office, form: FormCode, day: date) -> Refusal | None:
    if office.mode is not OfficeMode.DELEGATED or form not in (*ORDERS, *PENALTIES):
        return None
    begins, ends = office.delegation_from or date.max, office.delegation_to or date.max
    if begins <= day <= ends and office.delegation_url:
        return None
    zh = "委托书不在有效期内或未向社会公布，不得以委托机关名义执法"
    en = "The delegation is not in force or not published; nothing can be done in the bureau's name"
    return Refusal("delegation_lapsed", zh, en, "行政处罚法20(2)")


def _limits(office: Office, form: FormCode, fine_yuan: float | None) -> Refusal | None:
    if form not in PENALTIES or fine_yuan is None:
        return None
    if office.mode is OfficeMode.DELEGATED and fine_yuan > fine_limit(office):
        zh = f"超出委托权限（{fine_limit(office)}元以下），请报{office.principal or '委托机关'}决定"
        en = f"Above what was delegated ({fine_limit(office)} yuan): for {office.principal or 'the bureau'} to decide"
        return Refusal("E105", zh, en, "行政处罚法20(2)(4)")
    most = SIMPLE_PERSON if form is FormCode.PENALTY_PERSON else SIMPLE_UNIT
    if fine_yuan <= most:
        return None
    zh = f"当场处罚罚款不得超过{most}元，超过的应当立案，适用普通程序"
    en = f"On the spot no more than {most} yuan can be fined; beyond that a case has to be filed"
    return Refusal("simple_limit", zh, en, "行政处罚法51")


def _outside_list(office: Office, form: FormCode, items: list[CatalogueItem]) -> Refusal | None:
    if office.mode is OfficeMode.BUREAU or form not in (*ORDERS, *PENALTIES) or not office.items:
        return None
    outside = [each.code for each in items if each.code not in office.items]
    if not outside:
        return None
    kind, kind_en = ("委托", "delegated") if office.mode is OfficeMode.DELEGATED else ("赋权", "conferred")
    zh = f"事项{'、'.join(outside)}不在{kind}清单内，请报区局处理"
    en = f"Item(s) {', '.join(outside)} are not on the list of what was {kind_en}; for the bureau to handle"
    return Refusal(
        "outside_list", zh, en, "行政处罚法20(2)" if office.mode is OfficeMode.DELEGATED else "行政处罚法24(1)"
    )


def _outside_competence(form: FormCode, items: list[CatalogueItem]) -> Refusal | None:
    foreign = [each for each in items if not is_ours(each)]
    if form not in (*ORDERS, *PENALTIES) or not foreign:
        return None
    first = foreign[0]
    zh = f"“{first.title}”由{_organ(first)}主管，应当制作案件移送书移送"
    en = f"“{first.title_en}” is for {_organ(first)}; it has to be transferred"
    return Refusal("outside_competence", zh, en, "安全生产法69")


def _organ(item: CatalogueItem) -> str:
    return item.competent.split("(")[0]


def _takes_hazards(form: FormCode) -> bool:
    try:
        return documents.get(form).takes_hazards
    except NotFound:
        return True


def _competence(facts: NoticeFacts) -> Iterator[Finding]:
    """Name hazards of another authority, to be transferred and not ordered (安全生产法 art. 69; R009: penalties).

    In a town with a list also those that no item ties to the list.
    """
    if facts.form not in ORDERS or not _takes_hazards(facts.form):
        return
    for hazard in (each for each in facts.hazards if not each.is_removed):
        place = f"hazard.{hazard.id}"
        known = _known((hazard.catalogue_code,))
        if known and not is_ours(known[0]):
            organ = _organ(known[0])
            zh = f"隐患{hazard.ordinal}“{known[0].title}”由{organ}主管，不能责令，应制作案件移送书移送"
            en = f"Hazard {hazard.ordinal} is for {organ}: transfer it, it can't be ordered here"
            yield Finding("outside_competence", "error", zh, en, "安全生产法69", place)
        elif not known and facts.office.mode is not OfficeMode.BUREAU:
            zh = f"隐患{hazard.ordinal}没有对应目录事项，无法核对是否在委托（赋权）清单内"
            en = f"Hazard {hazard.ordinal} has no catalogue item, so the town's list can't be checked"
            yield Finding("competence_unknown", "warning", zh, en, "行政处罚法20(2)；行政处罚法24(1)", place)


def _recused(facts: NoticeFacts) -> Iterator[Finding]:
    """Whoever was told to stand back takes no further part (行政处罚法 art. 43)."""
    recusal = facts.inspection.recusal
    for each in facts.officers:
        if recusal.decision == "granted" and each.id == recusal.officer_id:
            zh, en = f"{each.name}已被决定回避，不得继续参加本次执法", f"{each.name} was recused and must not take part"
            yield Finding("recused", "error", zh, en, "行政处罚法43(1)", "officers")


def _signers(facts: NoticeFacts) -> Iterator[Finding]:
    """Observers don't sign as officers (国办发〔2024〕54号), officers are no witnesses (行政强制法 art. 18)."""
    observers = {each.name.strip() for each in facts.inspection.observers} - {""}
    officers = {each.name.strip() for each in facts.officers}
    filled = filled_values.view(facts.form, facts.filled, facts.fields or ()).values
    asked = {str(each).strip() for each in cast("tuple[object, ...]", filled["interviewers"] or ())}
    for name in sorted(observers & officers):
        zh, en = (
            f"{name}登记为随行人员，不得作为执法人员签字",
            f"{name} came along as an observer and can't sign as an officer",
        )
        yield Finding("observer_signs", "error", zh, en, "行政处罚法42(1)", "officers")
    for name in sorted(asked - officers):
        zh = f"询问人{name}不是本次检查的执法人员，不得询问"
        en = f"{name} is no officer of this visit and can't conduct the interview"
        yield Finding("observer_signs", "error", zh, en, "行政处罚法42(1)", "filled.interviewers")
    witness = str(filled["witness"] or "").strip()
    if witness in officers:
        zh, en = f"见证人{witness}是本次检查的执法人员，不能作证", f"The witness {witness} is an officer of this visit"
        yield Finding("witness_is_officer", "error", zh, en, "行政强制法18", "filled.witness")
