#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the tables of data items from the machine-readable definitions of the asterix-specs project.

usage: make_item_table.py FOLDER_OF_AST_FILES    (files named catNNN-cat-EDITION.ast)

Writes beside itself: item_table.hpp (how long items are, which parts they have), field_table.hpp (where in a
part each field lies and what it means) and field_id_table.hpp (a name for each field).
"""
import glob
import os
import re
import sys
from fractions import Fraction

CATEGORIES = [1, 2, 10, 21, 34, 48, 62, 63, 65]
KINDS = ("element", "group", "extended", "repetitive", "explicit", "compound", "spare")
UNITS = {"": "none", "\u00b0": "degrees", "s": "seconds", "ms": "milliseconds", "NM": "nautical_miles", "NM/s": "nautical_miles_per_second",
         "m": "metres", "m/s": "metres_per_second", "m/s\u00b2": "metres_per_second_squared", "kt": "knots",
         "ft": "feet", "ft/min": "feet_per_minute", "FL": "flight_levels", "Mach": "mach", "dBm": "decibels_milliwatt",
         "dB": "decibels", "%": "percent", "\u00b0/s": "degrees_per_second", "\u00b0C": "degrees_celsius", "mb": "millibars",
         "hPa": "millibars", "MHz": "megahertz"}


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


def content(children):
    """The node that says how an item is built."""
    for node in children:
        if node[0].split()[0] in KINDS and not node[0].startswith("spare"):
            return node
    raise ValueError(children[:3])


def meaning(node):
    """[(kind, signed, scale, unit)] of an element; two where another field chooses between them."""
    for text, children in node[1]:
        word = text.split()
        if word[0] in ("raw", "table", "bds"):
            return [("code" if word[0] == "table" else "raw", False, Fraction(1), "")]
        if word[0] == "string":
            return [("text_" + word[1], False, Fraction(1), "")]
        if word[0] in ("signed", "unsigned"):
            if word[1] == "integer":
                return [("integer", word[0] == "signed", Fraction(1), "")]
            up, _, down = word[2].partition("/")
            power = lambda t: Fraction(t.split("^")[0]) ** int(t.split("^")[1]) if "^" in t else Fraction(t)
            scale = power(up) / (power(down) if down else 1)
            return [("quantity", word[0] == "signed", scale, re.search(r'"(.*)"', text).group(1))]
        if word[0] == "case":
            return [meaning((key, [value]))[0] for key, values in children if not key.startswith("default")
                    for value in values[:1]]
    raise ValueError(node)


class Tables:
    def __init__(self):
        self.fields, self.parts, self.subs, self.names = [], [], [], {}

    def walk(self, node, bit, prefix, out):
        """Fields of an element or group from `bit` on; returns the bit behind."""
        word = node[0].split()
        if word[0] == "spare":
            return bit + int(word[1])
        if word[0] == "element":
            for i, what in enumerate(meaning(node)):
                out.append((bit, int(word[1]), prefix, i > 0) + what)
            return bit + int(word[1])
        if word[0] == "group":
            for child in node[1]:
                bit = self.child(child, bit, prefix, out)
            return bit
        raise ValueError(node[0])

    def child(self, child, bit, prefix, out):
        if child[0].startswith("spare "):
            return self.walk(child, bit, prefix, out)
        return self.walk(content(child[1]), bit, prefix + "/" + child[0].split()[0], out)

    def add_part(self, size, fields):
        """One part of `size` bytes; alternatives of a field follow it and are not counted."""
        first, count, chosen = len(self.fields), 0, 0
        for bit, bits, name, alternative, kind, signed, scale, unit in fields:
            assert bit % 8 + bits <= 64, name
            chosen = chosen or int(alternative)
            assert not alternative or count == 2, name  # the choosing field stands right before, both first
            count += 0 if alternative else 1
            ident = "c" + re.sub(r"[^a-z0-9]+", "_", name.lower()) + ("_alternative" if alternative else "")
            self.names[ident] = self.names.get(ident, 0) + 1
            if self.names[ident] > 1:
                ident += "_%d" % self.names[ident]
            self.fields.append((bit, bits, kind, signed, scale, unit, name, ident))
        whole = size <= 8 and all(kind in ("code", "raw") or kind.startswith("text") for _, _, _, _, kind, *_ in fields)
        assert whole or all(bits <= 53 for _, bits, *_ in fields), fields
        self.parts.append((first, count, size, chosen, int(whole)))

    def rule(self, node, name):
        """(kind, size, first, count): sub-items or parts."""
        word = node[0].split()
        first = len(self.parts)
        if word[0] in ("element", "group"):
            out = []
            end = self.walk(node, 0, name, out)
            assert end % 8 == 0, node[0]
            self.add_part(end // 8, out)
            return ("fixed", end // 8, first, 1)
        if word[0] == "extended":
            out, bit, sizes = [], 0, []
            for child in node[1]:
                if child[0] == "-":
                    sizes.append((bit + 1) // 8)
                    assert (bit + 1) % 8 == 0 and (len(sizes) == 1 or sizes[-1] == 1), name
                    self.add_part(sizes[-1], out)
                    out, bit = [], 0
                else:
                    bit = self.child(child, bit, name, out)
            if bit:
                sizes.append((bit + 1) // 8)
                self.add_part(sizes[-1], out)
            return ("extended", sizes[0], first, len(sizes))
        if word[0] == "repetitive":
            out = []
            end = self.walk(content(node[1]), 0, name, out)
            size = (end + 1) // 8 if word[1] == "fx" else end // 8
            self.add_part(size, out)
            return ("repeated_fx" if word[1] == "fx" else "repeated", size, first, 1)
        if word[0] == "explicit":
            self.add_part(1, [(0, 8, name, False, "bytes", False, Fraction(1), "")])
            return ("explicit_length", 0, first, 1)
        if word[0] == "compound":
            mine = [("undefined", 0, 0, 0) if c[0] == "-" else self.rule(content(c[1]), name + "/" + c[0].split()[0])
                    for c in node[1]]
            start = len(self.subs)
            self.subs.extend(mine)
            return ("compound", 0, start, len(mine))
        raise ValueError(node[0])


def uaps(root):
    for node in root:
        if node[0] == "uap":
            return {"": [c[0] for c in node[1]]}
        if node[0] == "uaps":
            return {v[0]: [c[0] for c in v[1]] for v in dict(node[1])["variations"]}
    raise ValueError("no uap")


HEAD = """// SPDX-License-Identifier: Apache-2.0
// %s Made by
// make_item_table.py from the definitions of the asterix-specs project; not to be edited.
#pragma once
"""


def category_text(tables, category, folder):
    path = sorted(glob.glob(os.path.join(folder, "cat%03d-cat-*.ast" % category)))[-1]
    edition = re.search(r"-cat-(.*)\.ast", path).group(1)
    root = tree(open(path, encoding="utf-8"))
    items = {n[0].split()[0]: n for n in dict(root)["items"]}
    known, text = {}, ""
    for name, order in uaps(root).items():
        rules = []
        for item in order:
            if item in ("-", "rfs"):
                rules.append(("undefined", 0, 0, 0))
                continue
            if item not in known:
                known[item] = tables.rule(content(items[item][1]), "%03d/%s" % (category, item))
            rules.append(known[item])
        while len(rules) % 7:
            rules.append(("undefined", 0, 0, 0))
        label = "items_%03d%s" % (category, "_" + name if name else "")
        body = "\n".join("    {ItemKind::%s, %d, %d, %d},  // %s" % (r + (order[i] if i < len(order) else "-",))
                         for i, r in enumerate(rules))
        text += ("\n// Category %03d, edition %s.\ninline constexpr std::array<ItemRule, %d> %s{{\n%s\n}};\n"
                 % (category, edition, len(rules), label, body))
    return text


def items_file(tables, texts):
    return (HEAD % "How long the items of each category are, in the order of the field specification."
            + "\n#include <array>\n\n#include \"codec/asterix/tables/item_rule.hpp\"\n\nnamespace headland::asterix {\n\n"
            + "// Parts of items: first field, number of fields, bytes, whether the first field chooses the unit of the second,\n// whether all are kept packed.\n"
            + "inline constexpr std::array<PartRule, %d> item_parts{{\n" % len(tables.parts)
            + "\n".join("    {%d, %d, %d, %d, %d}," % p for p in tables.parts) + "\n}};\n\n"
            + "// Sub-items of compound items, which name them by first and count.\n"
            + "inline constexpr std::array<ItemRule, %d> sub_items{{\n" % len(tables.subs)
            + "\n".join("    {ItemKind::%s, %d, %d, %d}," % r for r in tables.subs) + "\n}};\n"
            + "".join(texts) + "\n}  // namespace headland::asterix\n")


def fields_file(tables):
    rows = ['    {%d, %d, FieldKind::%s, %s, Unit::%s, %r, "%s"},'
            % (bit, bits, kind, "true" if signed else "false", UNITS[unit], float(scale), name)
            for bit, bits, kind, signed, scale, unit, name, _ in tables.fields]
    return (HEAD % "Where in its part each field lies, and what it means."
            + "\n#include <array>\n\n#include \"codec/asterix/tables/field_rule.hpp\"\n\nnamespace headland::asterix {\n\n"
            + "inline constexpr std::array<FieldRule, %d> fields{{\n" % len(rows)
            + "\n".join(rows) + "\n}};\n\n}  // namespace headland::asterix\n")


def ids_file(tables):
    rows = ["inline constexpr FieldId %s{%d};" % (f[7], i) for i, f in enumerate(tables.fields)]
    return (HEAD % "A name for each field: cCATEGORY_ITEM_FIELD."
            + "\n#include \"codec/asterix/tables/field_rule.hpp\"\n\nnamespace headland::asterix::field {\n\n"
            + "\n".join(rows) + "\n\n}  // namespace headland::asterix::field\n")


def main():
    tables = Tables()
    texts = [category_text(tables, category, sys.argv[1]) for category in CATEGORIES]
    here = os.path.dirname(os.path.abspath(__file__))
    for name, text in (("item_table.hpp", items_file(tables, texts)), ("field_table.hpp", fields_file(tables)),
                       ("field_id_table.hpp", ids_file(tables))):
        with open(os.path.join(here, name), "w", encoding="utf-8") as file:
            file.write(text)


main()
