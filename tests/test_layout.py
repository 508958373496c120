"""The layout of YAML files: order and blanks change, values and comments never."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from textwrap import dedent

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from filled import shipped_types
from pmdocs.layout import UntidyError, comments, tidied
from pmdocs.source import read_text

PRD = shipped_types()["prd"].fields


def tidy(text: str) -> str:
    """The text as `pmdocs fmt` leaves it, seen to be the same when that is done twice."""
    new = tidied(dedent(text), PRD)
    assert tidied(new, PRD) == new
    return new


def test_fields_take_the_order_of_their_type_with_the_comments_above_them() -> None:
    """At the top, in maps and in rows; the first comment of a file stays where it is, and so does one behind a value."""
    assert tidy(
        """\
        # 示例文档

        title: 结算  # 标题后面
        # 编号上面
        id: PRD-CHK-001


        requirements:
            # 第一条
            -   title: 单页
                id:   REQ-CHK-001
                acceptance_criteria:
                - when:   打开
                  id: AC-1
                # 这一条的末尾
            - {title: 双页,   id: REQ-CHK-002}
        scope:
          out: [{reason: 没人, statement: 直播}]
          in:
          - statement: 结算
            # 还没写
        # 文件末尾
        """
    ) == dedent(
        """\
        # 示例文档

        # 编号上面
        id: PRD-CHK-001
        title: 结算  # 标题后面
        scope:
          in:
            - statement: 结算
              # 还没写
          out: [{statement: 直播, reason: 没人}]

        requirements:
          # 第一条
          - id: REQ-CHK-001
            title: 单页
            acceptance_criteria:
              - id: AC-1
                when: 打开
            # 这一条的末尾
          - {id: REQ-CHK-002, title: 双页}
        # 文件末尾
        """
    )


def test_unknown_fields_follow_the_known_ones_as_they_were() -> None:
    """A misspelt field loses nothing and stands behind the others."""
    assert tidy("zeta: 1\ntitel: x\nid: PRD-CHK-001\n") == "id: PRD-CHK-001\nzeta: 1\ntitel: x\n"


def test_blocks_of_text_keep_their_lines() -> None:
    """Literal and folded blocks are moved as a whole; their blank and indented lines stay."""
    text = "background: |-\n      第一段\n\n        缩进的一行\n      # 不是注释\n\n\nid: PRD-CHK-001\n"
    assert tidy(text) == "id: PRD-CHK-001\nbackground: |-\n  第一段\n\n    缩进的一行\n  # 不是注释\n"
    assert tidy("summary: >+\n    一\n    二\n\ntitle: 末\n") == "title: 末\nsummary: >+\n  一\n  二\n\n"


def test_long_values_over_several_lines_stay_over_several_lines() -> None:
    """Quoted texts and lists in brackets keep their lines; only their indentation changes."""
    assert tidy('summary: "一\n      二\n\n      三"  # 注\ntags: [\n      甲,  # 第一\n  乙\n      ]\n') == (
        'summary: "一\n  二\n\n  三"  # 注\ntags: [\n  甲,  # 第一\n  乙\n]\n'
    )


def test_one_blank_before_a_comment_stays_one() -> None:
    """`check` asks whether such a comment was meant as one; that must not be settled in silence."""
    assert tidy("title: 优先级 # 备注\nid: A    # 编号\n") == "id: A  # 编号\ntitle: 优先级 # 备注\n"


@pytest.mark.parametrize("text", ["a: &x 1\nb: *x\n", "a: !!str 1\n", "a: &x {b: 1}\n"])
def test_anchors_and_tags_are_left_alone(text: str) -> None:
    """Their order has a meaning that moving would lose."""
    with pytest.raises(UntidyError):
        tidied(text, PRD)


def test_a_document_mark_stays_at_the_top() -> None:
    """`---` and what stands above it are no comments of a field."""
    assert tidy("# 说明\n---\ntitle: a\nid: b\n") == "# 说明\n---\nid: b\ntitle: a\n"


def test_comments_are_told_from_what_looks_like_one() -> None:
    """A `#` within a word, within quotation marks or within a block of text is none."""
    text = 'a: "x # y"  # 一\nb: c#d\nc: |  # 二\n  # 三\n# 四\n'
    assert comments(text) == Counter({"# 一": 1, "# 二": 1, "# 四": 1})


# Laws ---------------------------------------------------------------------------------------------------------

KEYS = [
    *(field.name for field in PRD),
    *("zh", "en", "given", "when", "then", "statement", "reason", "其他", '"quoted key"', "x-y"),
]
PLAIN = {
    "scalar": st.sampled_from(
        [
            "文字",
            "plain words",
            '"引号 # 里面: 不是注释"',
            "'单引号'",
            "12",
            "true",
            "2026-09-10",
            '"1.10"',
            "",
            "~",
            "http://a.b/c#d",
        ]
    ),
    "flow": st.sampled_from(
        ["[a,  b]", "  {{zh: 中文,  en: English}}", "[]", "{{}}", "[a, {{b: [c]}}]", "[a: b]", "{{a, b: }}"]
    ),
    "lines": st.sampled_from(
        ['"一\n{0}二\n\n{0}三"', "第一行\n{0}第二行", "[\n{0}a,\n{0}b]", "{{\n{0}a: 1,  # 花括号里\n{0}b: 2\n{0}}}"]
    ),
    "block": st.sampled_from(
        ["|\n{0}一\n\n{0}  二\n{0}# 不是注释", ">-\n{0}一\n{0}二", "|+\n{0}一\n", "|  # 块的注释\n{0}一"]
    ),
}
"""Values as typed; `{0}` stands for the indentation of further lines."""
WIDTHS = st.integers(1, 4)


@dataclass
class Typist:
    """Writes a mapping as somebody may type it: any indentation, comments in any place, blank lines, all kinds of scalars."""

    draw: st.DrawFn
    comments: int = 0

    def comment(self) -> str:
        """A comment like no other."""
        self.comments += 1
        return f"# 注释 {self.comments}"

    def above(self, column: int) -> list[str]:
        """What stands above an entry: comments, at its column or deeper, and blank lines."""
        kinds = self.draw(st.lists(st.sampled_from(["comment", "deeper", "blank"]), max_size=2))
        deep = {"comment": column, "deeper": column + 2}
        return [" " * deep[kind] + self.comment() if kind in deep else "" for kind in kinds]

    def noted(self, line: str) -> str:
        """A line, perhaps with a comment behind it."""
        blanks = self.draw(st.sampled_from(["", "", "", "  ", "   "]))
        return f"{line}{blanks}{self.comment()}" if blanks else line

    def value(self, head: str, column: int, level: int) -> list[str]:
        """A value behind a key or dash."""
        inner = column + self.draw(WIDTHS)
        below = {"mapping": self.mapping, "sequence": self.sequence}
        kind = self.draw(st.sampled_from([*PLAIN, *(below if level else ()), *(below if level else ())]))
        if kind in below:
            return [self.noted(head), *below[kind](inner, level - 1)]
        shown = f"{head} {self.draw(PLAIN[kind]).format(' ' * inner)}".rstrip(" ").split("\n")
        return [self.noted(shown[0])] if len(shown) == 1 else shown

    def mapping(self, column: int, level: int) -> list[str]:
        """A block mapping."""
        names = self.draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=4, unique=True))
        written = (self.above(column) + self.value(f"{' ' * column}{name}:", column, level) for name in names)
        return [line for entry in written for line in entry]

    def sequence(self, column: int, level: int) -> list[str]:
        """A block sequence: of mappings that begin behind the dash, and of everything else."""
        lines = []
        for _ in range(self.draw(st.integers(1, 3))):
            lines += self.above(column)
            if level and self.draw(st.booleans()):
                rows = self.mapping(column + 1 + self.draw(WIDTHS), level - 1)
                first = next(at for at, line in enumerate(rows) if line.strip()[:1] not in ("", "#"))
                lines += [" " * column + "-" + rows[first][column + 1 :], *rows[first + 1 :]]
            else:
                lines += self.value(" " * column + "-", column, level)
        return lines


@st.composite
def written(draw: st.DrawFn) -> str:
    """A document as somebody may have typed it."""
    typist = Typist(draw)
    return "\n".join([*typist.above(0), *typist.mapping(0, 3), *typist.above(0)]) + "\n"


@settings(max_examples=300, deadline=None)
@given(written())
def test_content_and_comments_stay_and_a_second_time_changes_nothing(text: str) -> None:
    """Whatever is typed: the same values, the same comments, and the layout is at rest after one time."""
    before = read_text(text, file="x.yaml")
    assume(before.value is not None and not before.findings)
    new = tidied(text, PRD)
    assert read_text(new, file="x.yaml").value == before.value
    assert comments(new) == comments(text)
    assert tidied(new, PRD) == new
    known = [name for name in KEYS if name in read_text(new, file="x.yaml").value]  # type: ignore[operator]
    fields = [field.name for field in PRD if field.name in known]
    tops = [line.partition(":")[0] for line in new.split("\n") if line[:1].isalpha()]
    assert [name for name in tops if name in fields] == fields
