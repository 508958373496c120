"""What tells who a customer is, taken out of a text: telephone and order numbers, addresses of mail, identity cards, names."""

from __future__ import annotations

import re
from collections.abc import Callable

from pmdocs.diagnostics import Words

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪"
    "田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
"""The hundred most common surnames: what follows 客户： is a name where it begins with one."""
_HAN = "\u4e00-\u9fff"
_END = rf"(?=[^{_HAN}A-Za-z]|$|先生|女士|小姐|同学)"
_NOT_INSIDE = r"(?<![\dA-Za-z_.-])"
"""What stands before a number that is one: no letter, digit or joiner, so that ids and versions stay as they are."""
_DIGITS_END = r"(?![\d])"

_REACHED = r"[ ，,、（(]*(?:【(?:手机号|电话|邮箱|证件号|单号)】|(?:的)?(?:电话|手机|微信)|来电)"
"""What follows a name that stands without a colon: how the customer is reached, so that it is a name for sure."""

PHONE = Words("【手机号】", "[mobile number]")
LANDLINE = Words("【电话】", "[telephone]")
MAIL = Words("【邮箱】", "[e-mail]")
CARD = Words("【证件号】", "[identity card]")
ORDER = Words("【单号】", "[order number]")
NAME = Words("【姓名】", "[name]")

_RULES: tuple[tuple[re.Pattern[str], Words], ...] = (
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII), MAIL),
    (re.compile(rf"{_NOT_INSIDE}\d{{6}}[- ]?\d{{8}}[- ]?\d{{3}}[\dXx]{_DIGITS_END}"), CARD),
    (
        re.compile(
            rf"{_NOT_INSIDE}(?:[+]?86[- ]?)?[1１][3-9３-９]\d(?:\d{{8}}|[- .·]\d{{4}}[- .·]\d{{4}}){_DIGITS_END}"
        ),
        PHONE,
    ),
    (
        re.compile(rf"(?<![\dA-Za-z_.])[+]86[- ]?[1１][3-9３-９]\d(?:\d{{8}}|[- ]\d{{4}}[- ]\d{{4}}){_DIGITS_END}"),
        PHONE,
    ),
    (
        re.compile(rf"{_NOT_INSIDE}(?:[（(]0\d{{2,3}}[）)]|0\d{{2,3}})[- ]?\d{{7,8}}(?:-\d{{1,5}})?{_DIGITS_END}"),
        LANDLINE,
    ),
    (re.compile(r"(?<![\dA-Za-z_])[A-Za-z]{0,4}-?\d{10,}(?![\d.]\d|\d)"), ORDER),
    (re.compile(rf"{_NOT_INSIDE}\d{{4}}(?:[- ]\d{{4}}){{3,4}}{_DIGITS_END}"), ORDER),
)
_NUMBER = r"([A-Za-z]{0,4}-?\d{5,})(?!\d)"
_LATIN = r"[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2}"
_KINDS = r"(?:订单|运单|快递|物流|流水|支付|退款|交易)(?:编号|单号|号码|号)?"
_AFTER_WORDS: tuple[tuple[re.Pattern[str], Words], ...] = (
    (re.compile(rf"({_KINDS}[ ]*(?:是|为)?[：:#＃ ]{{0,2}}){_NUMBER}"), ORDER),
    (re.compile(rf"(\border (?:no\.?|number|id)?[ :#]*){_NUMBER}", re.IGNORECASE), ORDER),
    (
        re.compile(
            r"((?:姓名|收货人|收件人|联系人|寄件人|户名)[ ]*[：:][ ]*)"
            rf"([{_HAN}]{{1,4}}(?:·[{_HAN}]{{1,6}})*{_END}|{_LATIN})"
        ),
        NAME,
    ),
    (
        re.compile(
            r"((?:客户|顾客|买家|用户|会员)(?:名称|名字|名)?[ ]*[：:][ ]*)"
            rf"([{_SURNAMES}](?=先生|女士|小姐)|[{_SURNAMES}][{_HAN}]{{1,2}}{_END}|[A-Z][a-z]+(?: [A-Z][a-z]+){{1,2}}\b)"
        ),
        NAME,
    ),
    (re.compile(rf"((?:客户|顾客|买家|会员)[ ]*)([{_SURNAMES}][{_HAN}]{{1,2}})(?={_REACHED})"), NAME),
    (re.compile(rf"(\b(?:[Nn]ame|[Cc]ustomer|[Cc]onsignee|[Rr]ecipient|[Cc]ontact)[ ]*[：:][ ]*)({_LATIN})"), NAME),
    (re.compile(rf"()((?<![{_HAN}])[{_SURNAMES}][{_HAN}]{{0,2}}(?=先生|女士|小姐))"), NAME),
)


def masked(text: str) -> tuple[str, int]:
    """Return a text without what tells who a customer is, and how many places were covered; done twice it changes nothing.

    Ids such as REQ-CHK-012, versions, dates, times and amounts stay as they are.
    """
    count = 0
    is_chinese = re.search(f"[{_HAN}\u3000-\u303f\uff00-\uffef]", text) is not None

    def cover(mask: Words, before: Callable[[re.Match[str]], str]) -> Callable[[re.Match[str]], str]:
        def covered(match: re.Match[str]) -> str:
            nonlocal count
            count += 1
            return before(match) + (mask.zh if is_chinese else mask.en)

        return covered

    for pattern, mask in _RULES:
        text = pattern.sub(cover(mask, lambda match: ""), text)
    for pattern, mask in _AFTER_WORDS:
        text = pattern.sub(cover(mask, lambda match: match[1]), text)
    return text, count
