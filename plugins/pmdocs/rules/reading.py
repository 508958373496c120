"""D7-S01: a file can be read; every trap of YAML and of Chinese input methods has words of its own."""

from __future__ import annotations

from pmdocs.diagnostics import Reason, Rule, Words


def _reason(word: str, zh: str, en: str, cure_zh: str, cure_en: str) -> Reason:
    return Reason(word, Words(zh=zh, en=en), Words(zh=cure_zh, en=cure_en))


_KEYS = (
    _reason(
        "duplicate-key",
        "键“{text}”写了两次，第一次在第 {line} 行",
        "The key “{text}” stands twice; the first is in line {line}",
        "只留一个：把两处内容合并到第 {line} 行，再删掉这一行",
        "Keep one: merge both into line {line} and delete this one",
    ),
    _reason(
        "fullwidth-colon",
        "“{text}”后面是中文冒号“：”，这一行没有被当作键",
        "“{text}” is followed by a full-width colon “：”, so the line is no key",
        "换成英文冒号加一个空格：{cured}；如果这本来就是正文，给整段文字加上英文引号",
        "Write an ASCII colon and a blank: {cured}; if this is text, put all of it in quotation marks",
    ),
    _reason(
        "fullwidth-quote",
        "{text} 用的是中文引号 {character}，它在 YAML 里只是普通文字，起不到引号的作用",
        "{text} uses the full-width quotation mark {character}, which quotes nothing in YAML",
        "写成 {quoted}",
        "Write {quoted}",
    ),
    _reason(
        "fullwidth-space",
        "这里的空白是{character}，不是普通空格",
        "The blank here is {character}, not an ordinary space",
        "切换到英文输入法，把它换成普通空格；缩进每层两个空格，“-”和“:”后面一个空格",
        "Replace it by ordinary spaces: two for each level of indentation, one after “-” and “:”",
    ),
    _reason(
        "missing-space",
        "“{text}”后面少一个空格，这一行没有被当作键或列表项",
        "A blank is missing after “{text}”, so the line is neither a key nor an item of a list",
        "加一个空格：{cured}",
        "Add a blank: {cured}",
    ),
    _reason(
        "missing-colon",
        "“{text}”这一行没有冒号，分不清哪部分是键、哪部分是值",
        "The line “{text}” has no colon, so it is neither a key nor a value",
        "写成“键: 值”（冒号后面加一个空格）；如果它接着上一行的文字，就比上一行的键多缩进两个空格",
        "Write “key: value”, a blank after the colon; indent a line that continues the text above",
    ),
    _reason(
        "non-text-key",
        "键“{text}”不是文字（YAML 把它当成了数字、真假值、空值、列表或映射）",
        "The key “{text}” is not text: to YAML it is a number, a truth value, nothing, a list or a mapping",
        "键要用文字；确实要这样写，就加英文引号：{quoted}: …",
        "A key has to be text; if it really reads like this, quote it: {quoted}: …",
    ),
)

_INDENTATION = (
    _reason(
        "tab-indentation",
        "这一行用制表符（Tab）缩进",
        "The line is indented with a tab",
        "删掉制表符，每层缩进按两次空格键；可以在编辑器里设置“用空格代替 Tab”",
        "Delete the tab and type two spaces for each level; an editor can be set to insert spaces for tabs",
    ),
    _reason(
        "bad-indentation",
        "“{text}”的缩进与上下的行对不齐",
        "The indentation of “{text}” does not line up with the lines around it",
        "让它和同一层的键（或“-”）从同一列开始，缩进只用空格",
        "Let it begin in the same column as the keys (or the “-”) of its level, indented with spaces only",
    ),
    _reason(
        "nesting-depth",
        "嵌套超过 {limit} 层",
        "Nested deeper than {limit} levels",
        "文档用不到这么多层：检查是否多打了 [、{{ 或 -",
        "No document needs that many levels: look for superfluous [, {{ or -",
    ),
)

_VALUES = (
    _reason(
        "special-start",
        "“{text}”以 {character} 开头，这个字符在 YAML 里有特殊含义",
        "“{text}” starts with {character}, which has a meaning of its own in YAML",
        "给文字加上英文引号：{quoted}",
        "Put the text in quotation marks: {quoted}",
    ),
    _reason(
        "colon-in-value",
        "“{text}”里有冒号加空格，YAML 把它当成了又一个键",
        "“{text}” holds a colon and a blank, which YAML takes for another key",
        "给整段文字加上英文引号：{quoted}；或者改用中文冒号“：”",
        "Put the whole text in quotation marks: {quoted}",
    ),
    _reason(
        "unclosed-quote",
        "从 {character} 开始的引号没有结束：{text}",
        "The quotation mark {character} is never closed: {text}",
        "在文字末尾补上 {character}；文字里本来就有引号的，外面换用另一种英文引号",
        "Add {character} at the end of the text; a text that itself holds one is quoted with the other kind",
    ),
    _reason(
        "text-after-quote",
        "引号已经结束，后面却还有文字“{text}”",
        "The quotation has ended, but “{text}” follows it",
        "把整个值放进引号：{quoted}",
        "Put the whole value in quotation marks: {quoted}",
    ),
    _reason(
        "bad-escape",
        "双引号里的 {text} 不是有效的转义：双引号里的反斜杠有特殊含义",
        "{text} between double quotation marks is no valid escape: a backslash is special there",
        "把外面的双引号换成单引号 '…'，或者把反斜杠写两遍",
        "Use single quotation marks '…', or write the backslash twice",
    ),
    _reason(
        "unclosed-bracket",
        "括号 {character} 没有结束：{text}",
        "The bracket {character} is never closed: {text}",
        "补上 {closing}；如果 {character} 只是文字的一部分，给整段文字加上英文引号",
        "Add {closing}; if {character} is only part of a text, put the whole text in quotation marks",
    ),
    _reason(
        "fullwidth-comma",
        "括号里用中文逗号“，”分隔：{text}",
        "A full-width comma “，” separates the entries within brackets: {text}",
        "换成英文逗号加一个空格；如果逗号是文字的一部分，给那段文字加上英文引号",
        "Write an ASCII comma and a blank; if the comma belongs to a text, put that text in quotation marks",
    ),
    _reason(
        "comma-in-text",
        "花括号里的英文逗号是分隔，“{text}”因此成了单独的一项，后面没有值",
        "A comma within braces separates entries, so “{text}” became an entry of its own, without a value",
        "含有英文逗号的文字，整段加上英文引号：{quoted}",
        "Put the whole text that holds a comma in quotation marks: {quoted}",
    ),
    _reason(
        "missing-comma",
        "括号里从“{text}”开始读不下去：两项之间少了逗号，或者文字里有冒号加空格",
        "From “{text}” on the brackets make no sense: a comma is missing, or a text holds a colon",
        "两项之间加英文逗号；含有冒号的文字，整段加上英文引号",
        "Write a comma between the entries; put a text that holds a colon in quotation marks",
    ),
    _reason(
        "lost-comment",
        "“{field}”里 # 后面的文字“{text}”会丢失：空格加 # 是注释的开头",
        "The text “{text}” after # in “{field}” is lost: a blank and # begin a comment",
        "给整段文字加上英文引号；如果确实是备注，在 # 前面空两格",
        "Put the whole text in quotation marks; if it is meant as a comment, write two blanks before #",
    ),
)

_FEATURES = (
    _reason(
        "several-documents",
        "文件里有不止一份内容：“{text}”之后又开始了一份，它不会被读取",
        "The file holds more than one document: after “{text}” another begins, which is not read",
        "一个文件只写一份文档：删掉这个分隔行，或者把后面的内容移到另一个文件",
        "Write one document per file: delete the dividing line, or move what follows it to a file of its own",
    ),
    _reason(
        "tag",
        "值前面有 YAML 标签 {text}，文档里不允许使用",
        "The value carries the YAML tag {text}, which documents may not use",
        "删掉 {text}；如果 ! 是文字的一部分，给整段文字加上英文引号",
        "Delete {text}; if ! is part of a text, put the whole text in quotation marks",
    ),
    _reason(
        "alias-bound",
        "引用 {text} 超出限制：引用太多、展开后太大，或者引用了自己",
        "The alias {text} is beyond the bound: too many, too large when expanded, or part of itself",
        "把内容直接写出来，不用引用；如果 * 是文字的一部分，给整段文字加上英文引号",
        "Write the content out instead of an alias; if * is part of a text, put that text in quotation marks",
    ),
    _reason(
        "merge-bound",
        "合并键 << 带入的内容超过 {limit} 项",
        "The merge keys << bring in more than {limit} entries",
        "把需要的内容直接写出来，不用 <<",
        "Write the content out instead of <<",
    ),
    _reason(
        "merge-value",
        "合并键 << 后面不是一组键和值",
        "The merge key << is not followed by keys and values",
        "在 << 后面引用一组键值（如 *名称），或者删掉这一行",
        "Let << name a mapping (such as *name), or delete the line",
    ),
    _reason(
        "undefined-alias",
        "{text} 引用的内容在前面没有定义",
        "{text} refers to something that is not defined above",
        "如果 * 是文字的一部分，加上英文引号：{quoted}；如果是引用，先用 & 定义它",
        "If * is part of a text, quote it: {quoted}; if it is an alias, define it above with &",
    ),
)

_FILES = (
    _reason(
        "control-character",
        "文字里有看不见的控制字符 {character}",
        "The text holds the invisible control character {character}",
        "删掉它：多半是从别的软件复制时带进来的，把这一行重新输入一遍最可靠",
        "Delete it: it mostly comes along when text is copied; typing the line anew is the surest way",
    ),
    _reason(
        "line-separator",
        "文字里有看不见的换行符 {character}，不同软件会把它当成不同的东西",
        "The text holds the invisible line end {character}, which programs read differently",
        "删掉它，需要换行就按回车键",
        "Delete it, and press Enter where a new line is meant",
    ),
    _reason(
        "encoding-utf16",
        "文件的编码是 UTF-16，不是 UTF-8",
        "The file is encoded in UTF-16, not in UTF-8",
        "用编辑器的“另存为”，编码选 UTF-8（记事本里的“Unicode”就是 UTF-16）",
        "Save it again with the encoding UTF-8 (what Notepad calls “Unicode” is UTF-16)",
    ),
    _reason(
        "encoding-gb18030",
        "文件的编码是 GB18030（GBK、GB2312），不是 UTF-8",
        "The file is encoded in GB18030 (GBK, GB2312), not in UTF-8",
        "用编辑器的“另存为”，编码选 UTF-8（记事本里的“ANSI”在中文系统上就是 GBK）",
        "Save it again with the encoding UTF-8 (what Notepad calls “ANSI” is GBK on Chinese systems)",
    ),
    _reason(
        "encoding",
        "文件不是 UTF-8 编码的文字：从字节 {text} 开始无法读取",
        "The file is no UTF-8 text: it cannot be read from the byte {text} on",
        "用编辑器打开，确认是文本文件，再用“另存为”选 UTF-8 编码保存",
        "Open it in an editor, see that it is a text file, and save it with the encoding UTF-8",
    ),
    _reason(
        "empty-file",
        "文件是空的，或者只有注释",
        "The file is empty or holds nothing but comments",
        "写入内容，或者删掉这个文件",
        "Write the content, or delete the file",
    ),
    _reason(
        "sheet-quote",
        "这一格的引号没有成对",
        "The quotation marks of this cell are not paired",
        "整格用英文双引号括起来，格里的双引号写两遍",
        "Put the whole cell in double quotation marks, and double those inside it",
    ),
    _reason(
        "sheet-width",
        "“{text}”没有对应的列：表头有 {count} 列",
        "“{text}” belongs to no column: the header names {count}",
        "给含有逗号的格子加上英文双引号，或者补上表头",
        "Put a cell that holds commas in double quotation marks, or name its column in the header",
    ),
    _reason(
        "sheet-column",
        "表头里的“{text}”出现了两次，第一次在第 {count} 个字符",
        "“{text}” stands twice in the header, first at character {count}",
        "只留一列",
        "Keep one of the columns",
    ),
    _reason(
        "too-large",
        "文件超过 {limit} MB",
        "The file is larger than {limit} MB",
        "把它拆成几份文档；图片放在单独的文件里，不要写进文档",
        "Split it into several documents, and keep pictures in files of their own",
    ),
    _reason(
        "symlink-outside",
        "这个文件是一个链接，指向项目文件夹之外",
        "The file is a link that leads out of the project's folder",
        "把真正的文件复制到这里，代替链接",
        "Put a copy of the real file here instead of the link",
    ),
    _reason(
        "path-outside",
        "路径“{text}”在项目文件夹之外",
        "The path “{text}” leads out of the project's folder",
        "把文件放进项目文件夹，路径里不要用 .. 跳到外面",
        "Move the file into the project's folder; let the path not climb out with ..",
    ),
    _reason(
        "unreadable",
        "无法读取文件：{cause}",
        "The file cannot be read: {cause}",
        "确认它存在、是普通文件，而且你有读取权限",
        "See that it exists, is an ordinary file, and that you may read it",
    ),
    _reason(
        "syntax",
        "从“{text}”这里开始，YAML 读不懂",
        "From “{text}” on, this is no valid YAML",
        "检查这一行和上一行的冒号、缩进、引号和括号；拿不准时，给值加上英文引号",
        "Look at the colons, indentation, quotation marks and brackets of this line and the one above; "
        "when in doubt, put the value in quotation marks",
    ),
)

YAML_READS = Rule(
    code="D7-S01",
    title=Words(zh="文件能读懂", en="The file can be read"),
    what=Words(
        zh="文件是 UTF-8 编码的 YAML（反馈也可以是 CSV）：键不重复，冒号、引号和空格用英文的，缩进用空格，特殊字符开头的文字加英文引号。",
        en="A file is YAML in UTF-8 (feedback may be CSV): no key twice; ASCII colons, quotation marks and blanks; "
        "indented with spaces; text that starts with a special character is in quotation marks.",
    ),
    why=Words(
        zh="YAML 读错时往往不出声：重复的键只留下一个，# 后面的字不见了，中文冒号让一行键变成普通文字，"
        "写好的内容就这样从页面上消失；读不懂的文件则整份都不会出现在网站上。",
        en="YAML often misreads in silence: of two equal keys one vanishes, what follows # is gone, "
        "a full-width colon turns a key into plain text, and so what was written is missing from the page; "
        "a file that cannot be read at all is missing from the site.",
    ),
    bad="id: PRD-CHK-001\ntitle：结算单页改造\nsummary: 目标: 提高结算完成率\n",
    good='id: PRD-CHK-001\ntitle: 结算单页改造\nsummary: "目标: 提高结算完成率"\n',
    reach="always",
    firm=True,
    reasons=(*_KEYS, *_INDENTATION, *_VALUES, *_FEATURES, *_FILES),
)
