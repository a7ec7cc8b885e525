# SPDX-License-Identifier: Apache-2.0
"""What happens when one value of a radar's file is wrong by a factor of two, either way."""
import os
import re
import tempfile

import families
import figures
import report
import runs

NUMBER = re.compile(r"^(\s*\w+\s*=\s*)([-+]?[0-9][0-9_.eE+-]*)(\s*(?:#.*)?)$")
SIMULATED = [("calm", 3), ("calm-spikes", 2), ("calm-merge", 3), ("coastal", 2)]  # seeds: enough to see a factor of two
SIMULATED_COLUMNS = [("GOSPA/oracle", "gospa_ratio", 3), ("latency s", "latency_s", 1), ("false/h", "false_per_h", 1),
                     ("switch/tgt", "switches_per_target", 3), ("NEES", "nees", 2)]
AUTOFERRY_COLUMNS = [("GOSPA m", "gospa_m", 2), ("OSPA(2) m", "ospa2_m", 2), ("coverage %", "coverage_pct", 1),
                     ("latency s", "latency_s", 1), ("switches", "id_switches", 0), ("false", "false_near", 0)]


def variants(path):
    """(name, text) of the file as it is and with each of its numbers halved and doubled."""
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    yield "as shipped", "\n".join(lines)
    for k, line in enumerate(lines):
        found = NUMBER.match(line)
        if not found or float(found[2]) == 0.0:
            continue
        for word, factor in (("/ 2", 0.5), ("x 2", 2.0)):
            changed = f"{found[1]}{float(found[2]) * factor!r}{found[3]}"
            yield f"{line.split('=')[0].strip()} {word}", "\n".join(lines[:k] + [changed] + lines[k + 1:])


def simulated(name, seeds):
    """A function that scores a family with another file: cells of the table."""
    def row(pool, program, config):
        jobs = [(program, config, families.SIMULATED[name][0], seed) for seed in range(1, seeds + 1)]
        values = figures.simulated(list(pool.map(runs.simulated_scene, jobs)))
        return [report.number(values[key], decimals) for _, key, decimals in SIMULATED_COLUMNS]
    return row


def autoferry(pool, program, config):
    jobs = [(program, config, number) for number in families.AUTOFERRY]
    values = figures.autoferry(list(pool.map(runs.autoferry_scene, jobs)))
    return [report.number(values[key], decimals) for _, key, decimals in AUTOFERRY_COLUMNS]


def table(pool, program, path, name, columns, row):
    rows = [[f"{os.path.basename(path)}: {name}", *(c[0] for c in columns)]]
    for variant, text in variants(path):
        with tempfile.TemporaryDirectory() as work:
            config = os.path.join(work, os.path.basename(path))
            with open(config, "w", encoding="utf-8") as file:
                file.write(text)
            try:
                cells = row(pool, program, config)
            except runs.Failed:  # the program says that the value is outside its range
                cells = ["refused"] + [""] * (len(columns) - 1)
        rows.append([variant, *cells])
    return rows


def markdown(rows):
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def tables(pool, program, scenario_config, autoferry_config):
    yield table(pool, program, autoferry_config, "Autoferry", AUTOFERRY_COLUMNS, autoferry)
    for name, seeds in SIMULATED:
        yield table(pool, program, scenario_config, f"{name}, {seeds} seeds", SIMULATED_COLUMNS, simulated(name, seeds))


BEGIN, END = "<!-- sensitivity: dev/score --sensitivity --into -->", "<!-- end of sensitivity -->"


def put_into(page, found_tables):
    """Replaces what lies between the marks of a page."""
    with open(page, encoding="utf-8") as file:
        before, found, rest = file.read().partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not found or not ended:
        raise runs.Failed(f"{page}: the marks '{BEGIN}' and '{END}' are not in it")
    with open(page, "w", encoding="utf-8") as file:
        file.write(before + BEGIN + "\n\n" + "\n\n".join(map(markdown, found_tables)) + "\n\n" + END + after)
