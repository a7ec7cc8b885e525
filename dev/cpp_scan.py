# SPDX-License-Identifier: Apache-2.0
"""Just enough reading of C++ for dev/tidy: where functions begin and end, by counting braces.

Not a parser. It knows comments, strings, raw strings, preprocessor lines, and from the words before
a brace what the brace opens. Macros that hide braces would mislead it; we have none.
"""
import re

_TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|(?:u8|u|U|L)?R"(?P<d>[^()\\\s]{0,16})\(.*?\)(?P=d)"'
    r'|(?<![0-9a-fA-F])(?:u8|u|U|L)?\'(?:\\.|[^\'\\\n])+\'|"(?:\\.|[^"\\\n])*"', re.S)
_NAMESPACE = re.compile(r"\bnamespace\b|\bextern\s*$")
_INITIALISERS = re.compile(r"\)\s*(?:noexcept\s*(?:\([^)]*\))?\s*)?:(?!:)")
_TRAILING = re.compile(r"(\s|const|noexcept|override|final|mutable|volatile|&|\brequires\b[^{]*)*$")
_NOT_VARIABLE = re.compile(
    r"\b(const|constexpr|constinit|consteval|using|typedef|static_assert|struct|class|enum|union|extern|template|"
    r"operator|concept|friend|namespace|public|private|protected)\b")


def strip_comments_and_strings(text):
    """The code with comments and the contents of strings blanked; lines stay where they are."""

    def replace(match):
        found = match.group(0)
        if found.startswith(("//", "/*")):
            return re.sub(r"[^\n]", " ", found)
        # Keep the quotes (an include's path, too, would be lost: callers read those from the text).
        inner = re.sub(r"[^\n]", " ", found)
        return '"' + inner[1:-1] + '"'

    return _TOKEN.sub(replace, text)


def _drop_preprocessor(code):
    return re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda m: re.sub(r"[^\n]", " ", m.group(0)), code, flags=re.M)


def _opens(head, scope):
    """What the brace after `head` opens: namespace, type, function, initialiser or block."""
    words = head.strip()
    if scope in ("function", "block", "initialiser"):
        return "block"
    if _NAMESPACE.search(words) and "(" not in words:
        return "namespace"
    if words.endswith('"') and words.startswith("extern"):
        return "namespace"
    if re.search(r"\b(class|struct|union|enum)\b", words) and not re.search(r"\)\s*(const|noexcept|override|->|$)",
                                                                            _without_brackets(words)):
        return "type"
    bare = _TRAILING.sub("", words) if words else words
    if _INITIALISERS.search(words) and re.search(r"[\w>]$", words) and not re.search(r"\b(const|noexcept|override)$", words):
        return "initialiser"
    if bare.endswith(")") or (bare.endswith("}") and _INITIALISERS.search(words)):
        return "function"
    if re.search(r"\)[^)]*->[^=;]*$", words):
        return "function"
    return "initialiser"


def _without_brackets(words):
    """Without what stands between < and >, so that template parameters do not look like types."""
    previous = None
    while previous != words:
        previous, words = words, re.sub(r"<[^<>()]*>", "", words)
    return words


def _walk(code):
    """Yields (event, position, head, scope): events 'open', 'close' and ';' outside functions."""
    stack = [("namespace", 0, "")]
    start = 0
    depth_paren = 0  # open parentheses: a ';' inside them ends nothing
    for match in re.finditer(r"[{}();]", code):
        at, char = match.start(), match.group(0)
        if char == "(":
            depth_paren += 1
        elif char == ")":
            depth_paren = max(0, depth_paren - 1)
        elif char == ";":
            if depth_paren == 0:
                if stack[-1][0] in ("namespace", "type"):
                    yield ";", at, code[start:at], start, stack[-1][0]
                if stack[-1][0] != "initialiser":
                    start = at + 1
        elif char == "{":
            head = code[start:at]
            kind = "initialiser" if depth_paren and stack[-1][0] != "block" else _opens(head, stack[-1][0])
            stack.append((kind, start, head, depth_paren))
            depth_paren = 0
            if kind != "initialiser":
                start = at + 1
        elif char == "}" and len(stack) > 1:
            kind, began, head, depth_paren = stack.pop()
            if kind != "initialiser":
                yield kind, at, head, began, stack[-1][0]
                # `struct S { ... } name;` and `};` end at their semicolon; a function ends here.
                start = at + 1


def _name_of(head):
    words = " ".join(_without_brackets(head).split())
    named_lambda = re.search(r"(\w+)\s*=\s*\[", words)
    if named_lambda:
        return named_lambda.group(1)
    call = re.search(r"(operator\s*[^\s(]+|[\w:~]+)\s*\(", words)
    if not call:
        return words[-40:]
    name = call.group(1)
    if name in ("TEST", "TEST_F", "TEST_P", "TYPED_TEST"):
        return words[call.start():][:80]
    return name


def find_functions(code):
    """[(name, first line, last line)] of every function body outside other functions."""
    code = _drop_preprocessor(code)
    found = []
    for event, at, head, began, _ in _walk(code):
        if event == "function":
            label = re.match(r"(\s*(public|private|protected)\s*:)+", head)
            rest = head[label.end():] if label else head
            began += len(head) - len(rest.lstrip())
            found.append((_name_of(rest), code.count("\n", 0, began) + 1, code.count("\n", 0, at) + 1))
    return found


def find_namespace_variables(code):
    """[(name, line)] of variables at namespace scope that are neither const nor constexpr."""
    code = _drop_preprocessor(code)
    found = []
    for event, at, head, began, scope in _walk(code):
        if event != ";" or scope != "namespace" or not head.strip() or _NOT_VARIABLE.search(head):
            continue
        declared = re.match(r"\s*[\w:<>,\s*&\[\]]*?\b([A-Za-z_]\w*)\s*(\[[^\]]*\])?\s*(=|\{|$)", head)
        if declared and re.search(r"[\w>*&]\s+[*&]?" + declared.group(1), head):
            began += len(head) - len(head.lstrip())
            found.append((declared.group(1), code.count("\n", 0, began) + 1))
    return found
