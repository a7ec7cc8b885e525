# SPDX-License-Identifier: Apache-2.0
"""What a radar on a lightship in the middle of the strait sees: plots as text, and incidents that need it."""
import numpy as np

import sea
from incidents import found, in_lane
from traffic import merchant

REACH_KM = 26.0
TURN_S = 3.0
SEEN = 0.93  # of the turns


def switches_off(traffic, at):
    ship, _ = in_lane(traffic, at, traffic.random.uniform(-14, 14))
    ship.silences.append((at, at + 1e6))
    return found("AIS switched off, radar sees it", [ship], at, None, ["AIS switched off"])  # it stays dark


def dark(traffic, at):
    """Comes into sight of the radar and never sends."""
    ship, _ = in_lane(traffic, at, traffic.random.uniform(-14, 14))
    ship.silences.append((-1e9, 1e9))
    k = int(np.argmax(np.hypot(ship.x, ship.y) < REACH_KM))
    return found("dark vessel", [ship], max(ship.t[k], 600), None, ["dark vessel"])


def makes_up_a_place(traffic, at):
    """Its AIS says a place three miles from where it is, moving along with it."""
    ship, _ = in_lane(traffic, at, traffic.random.uniform(-10, 10))
    ship.false_km = (0.0, float(traffic.random.choice([-4.5, 4.5])))
    ship.false_from = at
    return found("says a false place, radar sees it", [ship], at, None, ["false position", "AIS not believed"])


def walks_off(traffic, at):
    """Its AIS walks away from where it is at two knots to the side: no jump, and speed and course that fit nearly."""
    ship, _ = in_lane(traffic, at, traffic.random.uniform(-10, 10))
    ship.walk_kmps = (0.0, float(traffic.random.choice([-1, 1])) * 2 * sea.KNOT / 1000)
    ship.false_from = at
    return found("AIS walks off, radar sees it", [ship], at + 500 / (2 * sea.KNOT), None, ["AIS not believed"])


KINDS = [switches_off, dark, makes_up_a_place, walks_off]


def where(s, t):
    k = min(int((t - s.t[0]) // sea.STEP_S), len(s.t) - 2)
    u = (t - s.t[k]) / sea.STEP_S
    return s.x[k] + u * (s.x[k + 1] - s.x[k]), s.y[k] + u * (s.y[k + 1] - s.y[k])


def write_plots(path, ships, random, until, epoch):
    with open(path, "w", encoding="utf-8") as f:
        f.write("time_s,scan_id,range_m,azimuth_deg,strength_db,cells\n")
        for scan in range(int(until / TURN_S)):
            t0 = scan * TURN_S
            rows = []
            for s in ships:
                if not s.t[0] <= t0 < s.t[-1]:
                    continue
                x, y = where(s, t0)
                if x * x + y * y < REACH_KM ** 2:
                    rows.append(where(s, t0 + np.degrees(np.arctan2(x, y)) % 360 / 360 * TURN_S))  # when the beam is there
            x, y = np.array(rows).T
            d = np.hypot(x, y) * 1000
            azimuth = np.degrees(np.arctan2(x, y)) + random.normal(0, 0.15, len(x))
            d += random.normal(0, 8, len(x))
            azimuth %= 360
            seen = random.random(len(x)) < SEEN
            for a, r in sorted(zip(azimuth[seen], d[seen])):
                f.write(f"{epoch + t0 + a / 360 * TURN_S:.2f},{scan},{r:.1f},{a:.3f},20,12\n")
