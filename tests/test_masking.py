"""Customers' data in feedback: what is covered, and what only looks like it and stays."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdocs.doctype import day_of
from pmdocs.intake import masked

COVERED = {
    "电话 13800138000 打不通": "电话 【手机号】 打不通",
    "138-0013-8000，": "【手机号】，",
    "(138 0013 8000)": "([mobile number])",
    "微信同号:+86 13800138000": "微信同号:【手机号】",
    "全角１３８００１３８０００": "全角【手机号】",
    "手机号138.0013.8000": "手机号【手机号】",
    "座机0755-26581234转3": "座机【电话】转3",
    "（010）65881234": "【电话】",
    "发到 li.lei+1@mail.example.com。": "发到 【邮箱】。",
    "身份证110101199003071234": "身份证【证件号】",
    "号码 11010119900307123X 不通过": "号码 【证件号】 不通过",
    "订单号：TP202608270001 退款": "订单号：【单号】 退款",
    "订单 88123 一直没发": "订单 【单号】 一直没发",
    "单子 202608270001234 查不到": "单子 【单号】 查不到",
    "卡 6222 0212 3456 7890 扣款": "卡 【单号】 扣款",
    "运单SF1234567890123": "运单【单号】",
    "order no. 123456 is missing": "order no. [order number] is missing",
    "姓名：欧阳明日，": "姓名：【姓名】，",
    "收货人: 阿依古丽·买买提 地址": "收货人: 【姓名】 地址",
    "客户：王小明说看不懂": None,
    "客户：王小明，说看不懂": "客户：【姓名】，说看不懂",
    "顾客王小明 13812345678 说第 2 步不对": "顾客【姓名】 【手机号】 说第 2 步不对",
    "买家李雷（手机 138-0013-8000）": "买家【姓名】（手机 【手机号】）",
    "用户：李先生": "用户：【姓名】先生",
    "张女士反映图不对": "【姓名】女士反映图不对",
    "Customer: John Smith cannot find it": "Customer: [name] cannot find it",
    "Name: Anna-Maria O'Neill": "Name: [name]",
}
"""Texts, and what they are without customers' data; None where a name runs on without an end and nothing is sure."""

KEPT = (
    "见 REQ-CHK-012 和 TASK-BUY-205，错误码 CHK-4021",
    "REQ-CHK-005.AC-1",
    "文档 1.10.12 版，产品 1.3",
    "2026-08-27 10:22:33 和 20260827 都试过",
    "金额 ¥12,999.00，合计 1234567.89 元",
    "客服热线 400-800-1234",
    "每小时 20 次，4,500 人，33.0 %",
    "第 3 步的图 1600×900 像素",
    "客户：退款慢，怎么办",
    "用户：手册里没有这一步，要补",
    "顾客: 找不到入口",
    "顾客方便【去支付】的时候再点",
    "顾客高度关注，买家江苏的多",
    "王者归来，先生成链接",
    "IP 192.168.100.200 端口 8080",
    "https://example.com/user_manual/MAN-BUY-002/#TASK-BUY-205",
    "名称：结算单页",
    "The version 2.14.1 of 2026-01-05 says 15 minutes",
    "SHA 3f786850e387550fdab836ed7e6dc881de23001b",
)


@pytest.mark.parametrize("text", COVERED)
def test_customers_data_is_covered(text: str) -> None:
    """Telephone and order numbers, mail, identity cards, bank cards and names are covered, and nothing around them."""
    wanted = COVERED[text]
    assert masked(text)[0] == (text if wanted is None else wanted)


@pytest.mark.parametrize("text", KEPT)
def test_what_only_looks_like_it_stays(text: str) -> None:
    """Ids, versions, dates, times, amounts, hotlines and sentences stay as they are."""
    assert masked(text) == (text, 0)


PIECES = [
    "13800138000",
    "订单号：",
    "88123456",
    "客户：",
    "王小明",
    "，",
    " ",
    "REQ-CHK-012",
    "a@b.cn",
    "2026-08-27",
    "1.2.0",
    "姓名",
    "110101199003071234",
]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=8).map("".join))
def test_covering_twice_changes_nothing(text: str) -> None:
    """What is covered is covered: a second time finds nothing, and no number of eleven digits is left alone."""
    once, _ = masked(text)
    assert masked(once) == (once, 0)
    assert re.search(r"(?<![\w.-])1[3-9][0-9]{9}(?![\w.-])", once, re.ASCII) is None


DAYS = {
    "2026/1/5": "2026-01-05",
    "2026-01-05 9:03": "2026-01-05",
    "2026-1-5 09:03:07": "2026-01-05",
    "2026年1月5日": "2026-01-05",
    "2026年01月05日 上午9:03": "2026-01-05",
    "2026/1/5 星期一 下午 3:04": "2026-01-05",
    "2026.01.05": "2026-01-05",
    "20260105": "2026-01-05",
    "２０２６／１／５": "2026-01-05",
    "46027": "2026-01-05",
    "46027.377083": "2026-01-05",
    "2026-01-05T15:59:59Z": "2026-01-05",
    "2026-01-05T16:00:00Z": "2026-01-06",
    "2026-01-05T23:30:00+08:00": "2026-01-05",
    "2026-02-30": None,
    "1/5/2026": None,
    "5.1.26": None,
    "昨天": None,
    "": None,
    "2026": None,
    "12:30": None,
}


@pytest.mark.parametrize("text", DAYS)
def test_days_as_spreadsheets_write_them(text: str) -> None:
    """The forms of Chinese spreadsheets, their numbers and moments in UTC are days in Shanghai; the rest is none."""
    day = day_of(text)
    assert (day.isoformat() if day else None) == DAYS[text]
