# SPDX-License-Identifier: Apache-2.0
"""Scripted incidents. Each function makes the voyages of one kind about the time `at` (seconds) and says who they are,
from when the incident is visible in the data, when the harm comes (`event`; None: there is none of its own), and which
rules of data/rules/strait.toml and naive.toml may find it."""
import math

import sea
from traffic import lane_way, merchant


def lane_y(eastbound, x):
    line = sea.EAST_LANE if eastbound else sea.WEST_LANE[::-1]
    i = 0 if x < line[1][0] else 1
    (x0, y0), (x1, y1) = line[i], line[i + 1]
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0)


def hours(distance_km, speed_kn):
    return distance_km * 1000 / (speed_kn * sea.KNOT) / 3600


def seconds(distance_km, speed_kn):
    return distance_km * 1000 / (speed_kn * sea.KNOT)


def heading_to(ship, x, y, at, speed, course_deg, before_km, after_km):
    """Straight on, over (x, y) at the time."""
    dx, dy = math.sin(math.radians(course_deg)), math.cos(math.radians(course_deg))
    way = [(x - before_km * dx, y - before_km * dy), (x + after_km * dx, y + after_km * dy)]
    return ship.go(at - seconds(before_km, speed), way, speed)


def found(kind, ships, visible, event, rules, until=None):
    last = max(float(s.t[-1]) for s in ships)
    return {"kind": kind, "ships": ships, "visible_s": float(visible), "event_s": event,
            "until_s": min(last, until) if until else last, "rules": rules}


def in_lane(traffic, at, x, speed=None, length=None):
    """A ship in the eastbound or westbound lane that is abreast of x at the time."""
    r = traffic.random
    east = bool(r.random() < 0.5)
    ship, offset, speed = merchant(traffic, length), r.uniform(-1.2, 1.2), speed or r.uniform(11, 14)
    way = lane_way(east, offset, 0.0)
    run = abs(x - way[0][0])
    return ship.go(at - seconds(run * 1.0015, speed), way, speed), east


def position(ship, at):
    k = min(max(int((at - ship.t[0]) // sea.STEP_S), 0), len(ship.t) - 1)
    return float(ship.x[k]), float(ship.y[k])


def crossing(traffic, at):
    r = traffic.random
    a, east = in_lane(traffic, at, r.uniform(-35, 35))
    x, y = position(a, at)
    off = r.uniform(-0.12, 0.12)
    b = heading_to(merchant(traffic), x + off, y, round(at / 10) * 10, r.uniform(11, 15), r.choice([4, 176]), 9.5, 12)
    return found("collision, crossing", [a, b], at - 600, at, ["collision", "CPA"])


def overtaking(traffic, at):
    r = traffic.random
    x = r.uniform(-25, 25)
    east = bool(r.random() < 0.5)
    offset = r.uniform(-1.2, 1.2)
    ships = []
    for speed, off in ((9.0, 0.0), (16.0, r.uniform(-0.05, 0.05))):
        way = lane_way(east, offset + off, 0.0)
        ships.append(merchant(traffic).go(at - seconds(abs(x - way[0][0]) * 1.0015, speed), way, speed))
    return found("collision, overtaking", ships, at - 600, at, ["collision", "CPA"])


def head_on(traffic, at):
    r = traffic.random
    y, x, off = r.uniform(-13.3, -10.2), r.uniform(20, 32), r.uniform(-0.05, 0.05)
    a = heading_to(merchant(traffic, 90), x, y, at, r.uniform(10, 13), 90, 10, 12)
    b = heading_to(merchant(traffic, 80), x, y + off, at, r.uniform(10, 13), 270, 10, 8)
    for s in (a, b):
        s.draught = 2.5
    return found("collision, head-on", [a, b], at - 600, at, ["collision", "CPA"])


def wrong_way(traffic, at):
    r = traffic.random
    east = bool(r.random() < 0.5)
    x, speed, side = r.uniform(-25, 25), r.uniform(9, 13), 1 if r.random() < 0.5 else -1
    go = -1 if east else 1
    y = lane_y(east, x)
    offset = r.uniform(0.8, 1.5) * (-1 if east else 1)
    way = [(x - go * 10, y + offset * 6), (x - go * 3, y + offset), (x + go * 14, lane_y(east, x + go * 14) + offset),
           (x + go * 18, y + offset * 6)]
    ship = merchant(traffic).go(at, way, speed)
    inside = at + seconds(math.dist(way[0], way[1]) * 0.88, speed)
    return found("wrong way in a lane", [ship], inside, inside + 1200, ["wrong way"])


def poor_crossing(traffic, at):
    r = traffic.random
    x, speed, down = r.uniform(-30, 30), r.uniform(10, 14), r.choice([-1, 1])
    slope = r.uniform(0.75, 1.25) * r.choice([-1, 1])
    way = [(x - 11 * slope, 10.3 * down), (x, 0), (x + 10 * slope, -9.6 * down)]
    ship = merchant(traffic).go(at, way, speed)
    k = next(i for i in range(len(ship.t)) if abs(ship.y[i] - lane_y(down < 0, ship.x[i])) < 2.0)
    # At 135 degrees and more it is told as going against the lane.
    return found("crossing at a poor angle", [ship], ship.t[k], None, ["poor crossing", "wrong way"])


def side_entry(traffic, at):
    r = traffic.random
    x, speed = r.uniform(-30, 10), r.uniform(10, 13)
    y = lane_y(True, x)
    way = [(x - 7, y - 7.5), (x, y - 0.9), (x + 30, lane_y(True, x + 30) - 0.9), (88, -8.5)]
    ship = merchant(traffic).go(at, way, speed)
    k = next(i for i in range(len(ship.t)) if ship.y[i] > lane_y(True, ship.x[i]) - 1.95)
    return found("joins at the side", [ship], ship.t[k], None, ["joins at the side"], float(ship.t[k]) + 3600)


def halted(traffic, at, x, lasts_s, speed_kn, angle=None):
    """A ship in a lane that slows down within ten minutes, is carried along, and goes on after a while."""
    r = traffic.random
    ship, east = in_lane(traffic, at, x)
    end = ship.t[-1]
    x0, y0 = position(ship, at)
    way = [p for p in zip(ship.x[ship.t <= at][::60], ship.y[ship.t <= at][::60])] + [(x0, y0)]
    speed = float(ship.sog[0])
    start = float(ship.t[0])
    go = 1 if east else -1
    set_deg = r.uniform(50, 80) * r.choice([-1, 1]) if angle is None else angle
    course = math.radians((90 if east else 270) + set_deg)
    slow, speeds = [], []
    for k in range(5):  # losing way
        s = speed * (0.75 - 0.15 * k)
        d = s * sea.KNOT * 120 / 1000
        slow.append((x0 + go * d, y0))
        x0 += go * d
        speeds.append(s)
    d = max(speed_kn * sea.KNOT * lasts_s / 1000, 0.02)
    slow.append((x0 + d * math.sin(course), y0 + d * math.cos(course)))
    speeds.append(speed_kn)
    last = slow[-1]
    slow.append((last[0] + go * 40, lane_y(east, last[0] + go * 40)))
    speeds.append(speed)
    ship.go(start, way + slow, [speed] * (len(way) - 1) + speeds)
    from_, until = at + 600, at + 600 + lasts_s
    adrift = (ship.t >= from_) & (ship.t < until)
    ship.heading[adrift] = 90 if east else 270
    return ship, from_, until


def stops_in_lane(traffic, at):
    ship, from_, until = halted(traffic, at, traffic.random.uniform(-30, 30), 3000, 0.25)
    return found("stops in a lane", [ship], from_ - 120, None, ["stops in a lane", "slow in a lane"], until)


def drifts(traffic, at):
    ship, from_, until = halted(traffic, at, traffic.random.uniform(-30, 30), 5400, traffic.random.uniform(1.5, 2.5))
    return found("drifts", [ship], from_, until, ["drifting", "slow in a lane"], until)


def drags_anchor(traffic, at):
    r = traffic.random
    x, y, radius = sea.ANCHORAGES["south anchorage"]
    a, d = r.uniform(0, 6.28), radius + r.uniform(0.4, 0.8)
    p = (x + d * math.sin(a), y + d * math.cos(a))
    ship = merchant(traffic, r.uniform(100, 250)).lie(at - 4 * 3600, at, *p, 1, r, 60)
    out = (p[0] + 2.4 * math.sin(a), p[1] + 2.4 * math.cos(a))
    dragged = ship.copy().go(ship.t[-1], [(ship.x[-1], ship.y[-1]), out], r.uniform(0.6, 1.2), 1)
    speed = float(dragged.sog[0])
    ship.then(dragged)
    return found("drags its anchor", [ship], at + seconds(0.2 + ship.length / 1000, speed), at + seconds(1.5, speed),
                 ["dragging anchor"])


def goes_silent(traffic, at):
    ship, _ = in_lane(traffic, at, traffic.random.uniform(-30, 30))
    ship.silences.append((at, at + 5400))
    return found("AIS silent", [ship], at, None, ["AIS lost", "AIS switched off"], at + 1800)


def jumps(traffic, at):
    r = traffic.random
    ship, _ = in_lane(traffic, at, r.uniform(-30, 30))
    wrong = (ship.t >= at) & (ship.t < at + 900)
    ship.x[wrong] += r.uniform(10, 25) * r.choice([-1, 1])
    ship.y[wrong] += 3
    return found("false position", [ship], at, None, ["false position"], at + 1800)


def two_places(traffic, at):
    r = traffic.random
    ship, _ = in_lane(traffic, at, r.uniform(-30, 30))
    other = ship.copy()
    other.names = ship.names
    x = r.uniform(-40, 40)
    heading_to(other, x, 12.2, at, 9.0, 90, 0.0, 8)
    return found("one number from two places", [ship, other], at, None, ["false position"], at + 3600)


def renames(traffic, at):
    ship, _ = in_lane(traffic, at, traffic.random.uniform(-30, 30))
    ship.names.append((at, f"OTHER {ship.mmsi % 1000}"))
    return found("changes its name", [ship], at + 360, None, ["identity changed"], at + 3600)


def meets(traffic, at):
    r = traffic.random
    x, y = r.uniform(-20, 44), r.uniform(-12.9, -11.4) if r.random() < 0.5 else r.uniform(11.9, 12.4)
    if x < 22 and y < 0:
        x = r.uniform(20, 36)
    ships = []
    for k, dx in ((0, -8), (1, 8)):
        ship = merchant(traffic, r.uniform(60, 95))
        ship.draught = 2.5
        p = (x + 0.12 * k, y + 0.08 * k)
        speed = r.uniform(8, 10)
        way = [(p[0] + dx, y), p, (p[0] + 0.15, p[1]), (p[0] + dx, y)]
        ship.go(at - seconds(8, speed), way, [speed, seconds(0.15, 1.0) / 6000.0, speed])
        ships.append(ship)
    return found("meets another at sea", ships, at + 60, at + 5400, ["rendezvous", "stopped"])


def loiters(traffic, at):
    r = traffic.random
    x, y = r.uniform(-18, -10), r.uniform(-13, -10.8)
    if r.random() < 0.5:
        x, y = r.uniform(-24, 40), r.uniform(11.9, 12.4)
    a = r.uniform(0, 6.28)
    way = [(x - 9, y)] + [(x + 0.9 * math.sin(a + 2 * k), y + 0.5 * math.cos(a + 2 * k)) for k in range(8)] + [(x + 9, y)]
    ship = merchant(traffic, r.uniform(60, 95))
    ship.draught = 2.5
    ship.go(at - seconds(9, 9), way, [9.0] + [1.4] * 7 + [9.0])
    return found("loiters", [ship], at, None, ["loitering"])


def over_cable(traffic, at):
    r = traffic.random
    what = r.choice(3)
    y = r.uniform(8.8, 12) if r.random() < 0.5 else r.uniform(-17, -11)
    x = -43 - 2 * y / 19 if y > 0 else -43 + 3 * y / 19
    ship = merchant(traffic, r.uniform(60, 110))
    ship.draught = 3.0
    if what == 0:  # slowly along it
        way = [(x + 9, y), (x + 0.2, y), (x + 0.1, y - 1.2), (x + 9, y - 1.5)]
        ship.go(at - seconds(8.8, 9), way, [9, 1.5, 9])
        return found("slow over a cable", [ship], at, at + 1800, ["cable", "slow by a cable"])
    if what == 1:
        way = [(x + 9, y), (x + 0.1, y), (x + 0.13, y), (x + 9, y)]
        ship.go(at - seconds(8.9, 9), way, [9, 0.008, 9])
        ship.status[(ship.t > at) & (ship.sog < 0.1)] = 1
        return found("anchors on a cable", [ship], at, None, ["cable", "slow by a cable"])
    way = [(x + 9, y), (x - 1, y), (x + 1, y - 0.6), (x - 1, y - 1.2), (x + 1, y - 1.8), (x + 9, y - 2)]
    ship.go(at - seconds(11, 9), way, [9, 5, 5, 5, 9])
    return found("to and fro over a cable", [ship], at + seconds(3.15, 5) - seconds(1, 9), None, ["cable", "slow by a cable"])


def to_platform(traffic, at):
    r = traffic.random
    x, y, radius = sea.PLATFORM
    ship = heading_to(merchant(traffic, r.uniform(60, 100)), x, y + r.uniform(-0.5, 0.5), at + seconds(0.9, 10), 10,
                      r.choice([80, 100]), 12, 6)
    return found("towards the platform", [ship], at - 900, at, ["platform", "zones"])


def to_shoal(traffic, at):
    r = traffic.random
    x, y, width, _, _ = sea.SHOALS["south shoal"]
    ship = merchant(traffic, r.uniform(90, 180))
    ship.draught = round(float(r.uniform(5, 8)), 1)
    heading_to(ship, x + width / 2, y + r.uniform(-0.7, 0.7), at, r.uniform(9, 12), r.uniform(255, 285), 9, 4)
    return found("towards a shoal", [ship], at - 600, at, ["shoal", "zones"])


def into_firing_area(traffic, at):
    r = traffic.random
    x, y, width, _ = sea.RESTRICTED
    ship = heading_to(merchant(traffic), x + width / 2, y + r.uniform(-1.5, 1.5), at, r.uniform(9, 13), 270, 12, 16)
    ship.draught = 3.0
    return found("into a closed area", [ship], at, at, ["firing area", "zones"])


def too_fast(traffic, at):
    r = traffic.random
    x, y, width, height = sea.APPROACH
    ship = merchant(traffic, 90)
    heading_to(ship, x + 1.8, y - height / 2, at, r.uniform(17, 21), r.choice([350, 355]), 8, 4)
    return found("too fast in an approach", [ship], at, None, ["speed in the approach", "speed"])


def speeds_then_enters(traffic, at):
    ship = merchant(traffic, 90)
    x, y, _, height = sea.BASIN
    way = [(x + 3, 8.5), (x + 0.8, 13.5), (x + 0.8, 17.0), (x, y), (x, y + 0.1)]
    ship.go(at - seconds(5.5, 18), way, [18, 18, 6, 1])
    return found("speeds, then enters the basin", [ship], at + seconds(3.5, 18) + seconds(1.3, 6), None,
                 ["speed, then basin", "zones"])


def through_narrows(traffic, at):
    x, y, _, height = sea.NARROWS
    ship = heading_to(merchant(traffic, 80), x + traffic.random.uniform(-1, 1), y + height / 2 - 0.1, at, 9, 180, 0.5, 5.5)
    return found("wrong course in the narrows", [ship], at, None, ["course in the narrows", "zones"])


def through_gate(traffic, at):
    x = traffic.random.uniform(-3, 2)
    ship = heading_to(merchant(traffic, 70), x, sea.GATE[0][1], at, 9, 0, 3, 4)
    return found("through a closed gate", [ship], at, at, ["closed gate", "gate"])


def stays_in_bay(traffic, at):
    r = traffic.random
    x, y, width, _ = sea.QUIET_BAY
    way = [(x + 8, y - 3), (x + width / 2, y)] + [(x + r.uniform(-1, 1), y + r.uniform(-1, 1)) for _ in range(6)]
    ship = merchant(traffic, 60).go(at - seconds(math.dist(way[0], way[1]), 8), way + [(x + 8, y - 3)], [8] + [4] * 6 + [8])
    return found("stays too long", [ship], at + 1800, None, ["quiet bay", "zones"])


def leaves_arrested(traffic, at):
    x, y, radius = sea.ANCHORAGES["north anchorage"]
    ship = merchant(traffic)
    ship.mmsi = 273_000_000 + int(at) % 1000 // 100
    ship.lie(at - 7200, at, x + radius - 0.2, y - 0.1, 1, traffic.random, 40)
    ship.then(ship.copy().go(ship.t[-1], [(ship.x[-1], ship.y[-1]), (x + radius + 0.4, y - 1.5), (x + 30, 12.3)], 7))
    out = next(i for i in range(len(ship.t)) if math.hypot(ship.x[i] - x, ship.y[i] - y) > radius)
    return found("leaves though arrested", [ship], ship.t[out], None, ["arrested ships"], at + 3600)


def goes_in_convoy(traffic, at):
    r = traffic.random
    y, ships = r.uniform(11.7, 12.0), []
    for k in range(4):
        ships.append(merchant(traffic, 55).go(at + 240 * k, [(-60, y), (0, y), (60, y)], 8.0))
    return found("convoy", ships, at + 720, None, ["convoy"], at + 9000)


def watched(traffic, at):
    ship, _ = in_lane(traffic, at, traffic.random.uniform(-20, 20))
    ship.mmsi = 273_000_100 + int(at) % 1000 // 100
    heard = next(i for i in range(len(ship.t)) if math.hypot(ship.x[i], ship.y[i]) < sea.RECEIVED_KM[1])
    return found("on the watch list", [ship], ship.t[heard], None, ["watch list"])


def in_distress(traffic, at):
    r = traffic.random
    if r.random() < 0.5:
        x, y = r.uniform(-30, 30), r.choice([-6.4, 6.6])
        ship = sea.Ship(970_000_000 + int(at) % 100_000, 0, 1)
        ship.go(at, [(x, y), (x + 0.4, y)], 0.5, 14)
        return found("distress", [ship], at, None, ["distress"])
    ship, from_, until = halted(traffic, at, r.uniform(-30, 30), 3000, 0.8)
    ship.status[(ship.t >= from_) & (ship.t < until)] = 2
    return found("not under command", [ship], from_, None, ["distress"], until)


def lies_stopped(traffic, at):
    r = traffic.random
    x, y = r.uniform(-25, 0), r.uniform(11.9, 12.4)
    ship = merchant(traffic, 70)
    ship.go(at - seconds(9, 9), [(x - 9, y), (x, y), (x + 0.03, y), (x + 9, y)], [9, 0.006, 9])
    return found("lies stopped", [ship], at, None, ["stopped"])


def says_another_speed(traffic, at):
    ship, _ = in_lane(traffic, at, traffic.random.uniform(-30, 30), speed=traffic.random.uniform(12, 14))
    ship.false_from, ship.said_more_kn = at, float(traffic.random.choice([-6.0, 6.0]))
    return found("sends a speed that is not its own", [ship], at, None, ["speed not believed"], at + 3600)


KINDS = [crossing, overtaking, head_on, wrong_way, poor_crossing, side_entry, stops_in_lane, drifts, drags_anchor,
         goes_silent, jumps, two_places, renames, meets, loiters, over_cable, to_platform, to_shoal, into_firing_area,
         too_fast, speeds_then_enters, through_narrows, through_gate, stays_in_bay, leaves_arrested, goes_in_convoy,
         watched, in_distress, lies_stopped, says_another_speed]

# What shows itself, and is found, within some minutes.
QUICK = [crossing, wrong_way, poor_crossing, goes_silent, jumps, two_places, to_platform, to_shoal, into_firing_area,
         too_fast, through_narrows, through_gate]
