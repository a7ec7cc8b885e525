#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes item_table.hpp from the machine-readable definitions of the asterix-specs project.

usage: make_item_table.py FOLDER_OF_AST_FILES > item_table.hpp    (files named catNNN-cat-EDITION.ast)
"""
import glob
import os
import re
import sys

CATEGORIES = [1, 2, 10, 21, 34, 48, 62, 63, 65]


def tree(lines):
    """[(text, children)] by indentation."""
    root = []
    stack = [(-1, root)]
    for line in lines:
        if not line.strip() or line.strip().startswith("#"):
            continue
        depth = len(line) - len(line.lstrip())
        while stack[-1][0] >= depth:
            stack.pop()
        node = (line.strip(), [])
        stack[-1][1].append(node)
        stack.append((depth, node[1]))
    return root


KINDS = ("element", "group", "extended", "repetitive", "explicit", "compound", "spare")


def content(children):
    """The node that says how an item is built."""
    for node in children:
        if node[0].split()[0] in KINDS and not node[0].startswith("spare"):
            return node
    raise ValueError(children[:3])


def bits(node):
    word = node[0].split()
    if word[0] in ("element", "spare"):
        return int(word[1])
    if word[0] == "group":
        return sum(bits(c if c[0].startswith("spare ") else content(c[1])) for c in node[1])
    raise ValueError(node[0])


def part_bytes(node):
    """Sizes of the parts of an extended item: parts end at '-'; each has one bit more, FX."""
    parts, total = [], 0
    for c in node[1]:
        if c[0] == "-":
            parts.append(total + 1)
            total = 0
        else:
            total += bits(c if c[0].startswith("spare ") else content(c[1]))
    if total:
        parts.append(total + 1)
    return parts


def rule(node, subs):
    """(kind, size, first, count); sub-items of compounds go to `subs`."""
    word = node[0].split()
    if word[0] in ("element", "group"):
        assert bits(node) % 8 == 0, node[0]
        return ("fixed", bits(node) // 8, 0, 0)
    if word[0] == "extended":
        assert all(p % 8 == 0 for p in part_bytes(node)), part_bytes(node)
        assert all(p == 8 for p in part_bytes(node)[1:]), part_bytes(node)
        return ("extended", part_bytes(node)[0] // 8, 0, 0)
    if word[0] == "repetitive":
        n = bits(content(node[1]))
        if word[1] == "fx":
            return ("repeated_fx", (n + 1) // 8, 0, 0)
        return ("repeated", n // 8, 0, 0)
    if word[0] == "explicit":
        return ("explicit_length", 0, 0, 0)
    if word[0] == "compound":
        mine = [("undefined", 0, 0, 0) if c[0] == "-" else rule(content(c[1]), subs) for c in node[1]]
        first = len(subs)
        subs.extend(mine)
        return ("compound", 0, first, len(mine))
    raise ValueError(node[0])


def uaps(root):
    for node in root:
        if node[0] == "uap":
            return {"": [c[0] for c in node[1]]}
        if node[0] == "uaps":
            return {v[0]: [c[0] for c in v[1]] for v in dict(node[1])["variations"]}
    raise ValueError("no uap")


def main():
    print("// SPDX-License-Identifier: Apache-2.0")
    print("// How long the items of each category are, in the order of the field specification. Made by")
    print("// make_item_table.py from the definitions of the asterix-specs project; not to be edited.")
    print("#pragma once\n\n#include <array>\n\n#include \"codec/asterix/item_rule.hpp\"\n")
    print("namespace headland::asterix {\n")
    subs, categories, texts = [], [], []
    for category in CATEGORIES:
        path = sorted(glob.glob(os.path.join(sys.argv[1], "cat%03d-cat-*.ast" % category)))[-1]
        edition = re.search(r"-cat-(.*)\.ast", path).group(1)
        root = tree(open(path, encoding="utf-8"))
        items = {n[0].split()[0]: n for n in dict(root)["items"]}
        for name, order in uaps(root).items():
            rules = []
            for item in order:
                if item == "-" or item == "rfs":
                    rules.append(("undefined", 0, 0, 0))
                else:
                    rules.append(rule(content(items[item][1]), subs))
            while len(rules) % 7:
                rules.append(("undefined", 0, 0, 0))
            label = "items_%03d%s" % (category, "_" + name if name else "")
            body = "\n".join("    {ItemKind::%s, %d, %d, %d},  // %s" % (r + (order[i] if i < len(order) else "-",))
                             for i, r in enumerate(rules))
            texts.append("// Category %03d, edition %s.\ninline constexpr std::array<ItemRule, %d> %s{{\n%s\n}};\n"
                         % (category, edition, len(rules), label, body))
    print("// Sub-items of compound items, which name them by first and count.")
    print("inline constexpr std::array<ItemRule, %d> sub_items{{" % len(subs))
    print("\n".join("    {ItemKind::%s, %d, %d, %d}," % r for r in subs))
    print("}};\n")
    print("\n".join(texts))
    print("}  // namespace headland::asterix")


main()
