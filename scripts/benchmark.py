"""Times `pmdocs check`, a build, and stock Material on generated documents of the same content, in one run.

Usage: python scripts/benchmark.py [--documents 200] [--requirements 20]
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BIN = Path(sys.executable).parent
CRITERIA = 2

SITE = """site_name: 测试
theme: {name: material, language: zh, font: false, features: [navigation.prune, navigation.tabs]}
"""
PEOPLE = "people:\n  - {id: lin-xiao, name: 林晓, team: 产品, roles: [tech], active: true}\n"
PRODUCTS = "products:\n  - {id: trendpick, name: 潮选}\n"


def document(number: int, requirements: int) -> str:
    """Return a product requirements document as YAML."""
    area = f"A{number:04d}"
    parts = [
        f'id: PRD-{area}-001\ntitle: 结算改造 {number}\nproduct: trendpick\nversion: "1.0.0"\nstatus: draft\nlang: zh-CN\n'
        "owner: lin-xiao\ncreated_date: 2026-09-01\nsummary: 把五个结算页面合并为一页，让买家在提交前看到含运费的总额。\n"
        'change_history:\n  - {version: "1.0.0", date: 2026-09-01, author: lin-xiao, summary: 初稿}\nrequirements:\n'
    ]
    for index in range(1, requirements + 1):
        parts.append(
            f"  - id: REQ-{area}-{index:03d}\n    title: 支付失败可重试 {index}\n    type: functional\n    priority: P1\n"
            "    status: accepted\n"
            "    statement: 如果支付渠道返回失败，则结算服务应在 15 分钟内允许用户免重填地再次支付同一订单。\n"
            "    rationale: 四周内 412 条结算工单中有 74 条说支付失败而没有原因。\n    acceptance_criteria:\n"
        )
        for criterion in range(1, CRITERIA + 1):
            parts.append(
                f"      - id: AC-{criterion}\n        given: 订单处于“待支付”，用户选择银行卡支付\n"
                "        when: 支付渠道返回失败\n        then: 页面在 2 秒内显示“银行拒绝了本次支付”，地址和备注保持不变\n"
            )
    return "".join(parts)


def page(number: int, requirements: int) -> str:
    """Return the same content as a Markdown page."""
    lines = [f"# 结算改造 {number}\n", "把五个结算页面合并为一页，让买家在提交前看到含运费的总额。\n", "## 需求\n"]
    for index in range(1, requirements + 1):
        lines += [
            f"### REQ-A{number:04d}-{index:03d} 支付失败可重试 {index} {{ #REQ-A{number:04d}-{index:03d} }}\n",
            "如果支付渠道返回失败，则结算服务应在 15 分钟内允许用户免重填地再次支付同一订单。\n",
            "| 类型 | 优先级 | 状态 | 理由 |\n|---|---|---|---|\n"
            "| 功能 | P1 | 已接受 | 四周内 412 条结算工单中有 74 条说支付失败而没有原因。 |\n",
        ]
        for criterion in range(1, CRITERIA + 1):
            lines += [
                f"- **AC-{criterion}** 假设订单处于“待支付”，用户选择银行卡支付，当支付渠道返回失败，"
                "则页面在 2 秒内显示“银行拒绝了本次支付”，地址和备注保持不变\n"
            ]
    return "\n".join(lines)


def make(root: Path, documents: int, requirements: int) -> tuple[Path, Path]:
    """Write a pmdocs project and a stock Material project of the same content; return both."""
    ours, stock = root / "pmdocs", root / "material"
    for folder in (ours / "data" / "prd", ours / "docs", stock / "docs" / "prd"):
        folder.mkdir(parents=True)
    (ours / "mkdocs.yml").write_text(SITE + "plugins: [search, pmdocs]\n", "utf-8")
    (stock / "mkdocs.yml").write_text(SITE + "plugins: [search]\nmarkdown_extensions: [attr_list]\n", "utf-8")
    (ours / "data" / "people.yaml").write_text(PEOPLE, "utf-8")
    (ours / "data" / "products.yaml").write_text(PRODUCTS, "utf-8")
    for home in (ours, stock):
        (home / "docs" / "index.md").write_text("# 首页\n", "utf-8")
    for number in range(1, documents + 1):
        (ours / "data" / "prd" / f"PRD-A{number:04d}-001.yaml").write_text(document(number, requirements), "utf-8")
        (stock / "docs" / "prd" / f"PRD-A{number:04d}-001.md").write_text(page(number, requirements), "utf-8")
    return ours, stock


def timed(command: list[str], folder: Path) -> float:
    """Return the seconds that `command` takes; ends the benchmark where it fails."""
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    )
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return time.perf_counter() - start


def size(folder: Path) -> float:
    """Return the megabytes below `folder`."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def main() -> None:
    """Measure and print a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--documents", type=int, default=200)
    options.add_argument("--requirements", type=int, default=20)
    chosen = options.parse_args()
    root = Path(tempfile.mkdtemp(prefix="pmdocs-benchmark-"))
    try:
        ours, stock = make(root, chosen.documents, chosen.requirements)
        rows = [
            ("pmdocs check", timed([str(BIN / "pmdocs"), "check"], ours), 0.0),
            ("pmdocs, mkdocs build", timed([str(BIN / "mkdocs"), "build", "-q"], ours), size(ours / "site")),
            ("stock Material, mkdocs build", timed([str(BIN / "mkdocs"), "build", "-q"], stock), size(stock / "site")),
        ]
        print(f"{chosen.documents} documents of {chosen.requirements} requirements")
        for name, seconds, megabytes in rows:
            print(f"{name:32} {seconds:7.1f} s {megabytes:8.1f} MB")
    finally:
        shutil.rmtree(root)


if __name__ == "__main__":
    main()
