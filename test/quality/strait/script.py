# SPDX-License-Identifier: Apache-2.0
"""Which incident happens when: none that comes over a shoal unmeant, or shares a ship with another."""
import incidents
import sea


def runs_aground(ship):
    """On its way it comes over a shoal or within 300 m of one: that is an incident of its own, of one kind only."""
    for x, y, width, height, depth in sea.SHOALS.values():
        near = (abs(ship.x - x) < width / 2 + 0.3) & (abs(ship.y - y) < height / 2 + 0.3)
        if ship.draught + 1.0 > depth and near.any():
            return True
    return False


def script(traffic, count, first_s, last_s, kinds=None, shift=0):
    """`count` incidents, kinds in turn, spread over the time."""
    r, out = traffic.random, []
    for i in range(count):
        make = (kinds or incidents.KINDS)[(i + shift) % len(kinds or incidents.KINDS)]
        for _ in range(60):
            at = round(float(r.uniform(first_s, last_s)))
            incident = make(traffic, at)
            ships = incident["ships"]
            for s in ships[:1] if make is incidents.two_places else ships:
                s.sail_away()
            if any(len(s.t) < 3 for s in ships) or not all(traffic.fits(s) for s in ships):
                continue
            if make is not incidents.to_shoal and any(runs_aground(s) for s in ships):
                continue
            if {s.mmsi for s in ships} & {s.mmsi for s in traffic.ships}:
                continue
            for s in ships:
                traffic.add(s)
            out.append(incident)
            break
    return out
