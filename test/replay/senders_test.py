# SPDX-License-Identifier: Apache-2.0
"""Alerts as sentences (ALR, ALF) and as events (Cursor on Target), by TCP and UDP, to receivers that are dead at first,
while the station is killed, and again later: nothing else is delayed, nothing is lost where the transport can know.
And what a bridge orders by ACN: done where the configuration allows it, refused by ARC, left alone elsewhere.
Usage: senders_test.py HEADLAND"""

import json
import re
import signal
import socket
import sys
import threading
import xml.etree.ElementTree

from outputs_test import RULES, raised
from rig import Rig, check, free_port, wait_until


class Receiver:
    """Takes all that comes by one transport, until it is closed."""

    def __init__(self, transport, port):
        self.text, self.is_udp, self.open = "", transport == "udp", True
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM if self.is_udp else socket.SOCK_STREAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(("127.0.0.1", port))
        self.socket.settimeout(0.1)
        if not self.is_udp:
            self.socket.listen(16)
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        while self.open:
            try:
                if self.is_udp:
                    self.text += self.socket.recv(65536).decode()
                    continue
                one, _ = self.socket.accept()
                one.settimeout(10)
                with one:
                    while piece := one.recv(65536):
                        self.text += piece.decode()
            except TimeoutError:
                pass

    def close(self):
        self.open = False
        self.thread.join()
        self.socket.close()
        return self.text


def sentences(text, formatter):
    """Fields of all of them; the sum of each must be right."""
    out = []
    for line in text.split("\r\n")[:-1]:  # the last may still be on its way
        body, _, total = line[1:].partition("*")
        value = 0
        for c in body:
            value ^= ord(c)
        check(f"{value:02X}" == total and len(line) <= 80, f"no sentence: {line}")
        if body[2:5] == formatter:
            out.append(body.split(","))
    return out


def alf_ids(text):
    return {int(f[10]) for f in sentences(text, "ALF") if f[2] == "1"}


def events(text):
    return [xml.etree.ElementTree.fromstring(e) for e in re.findall(r"<event .*?</event>", text, re.S)]


def event_ids(text):
    for e in events(text):
        check(e.find("point") is not None and e.find("detail/remarks") is not None, "an event without place or remarks")
    return {int(e.get("uid").rpartition(".")[2]) for e in events(text)}


def outputs(ports, bridge):
    text = "".join(f"""
[[alert_output]]
name = "{name}"
kind = "{name.partition('_')[0]}"
url = "{name.partition('_')[2]}://127.0.0.1:{port}"
changes = "all"
timeout_s = 2
""" for name, port in ports.items())
    return text + f"""
[[alert_output]]
name = "far"
kind = "nmea"
url = "tcp://192.0.2.1:9"
timeout_s = 1
[[nmea]]
name = "bridge"
listen = "udp://127.0.0.1:{bridge}"
alert_commands = "acn"
"""


def order(port, body):
    value = 0
    for c in body:
        value ^= ord(c)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.sendto(f"${body}*{value:02X}\r\n".encode(), ("127.0.0.1", port))


def alert(rig, number):
    return next(a for a in json.loads(rig.get("/api/v1/alerts"))["alerts"] if a["id"] == number)


def check_orders(rig, receiver, bridge):
    number = next(a["id"] for a in json.loads(rig.get("/api/v1/alerts"))["alerts"] if a["state"] == "active_unacknowledged")
    order(rig.ais, f"INACN,,,10001,{number},A,C")  # that source may not
    order(bridge, f"INACK,{number % 1000:03d}")  # nor may ACK
    order(bridge, "INACN,,,10001,999999,A,C")  # there is none
    order(bridge, "INACN,,,10001,1,A,R")  # no command
    wait_until(lambda: sentences(receiver.text, "ARC"), what="a refusal")
    check(sentences(receiver.text, "ARC")[-1][4:] == ["999999", "A"], f"refused: {sentences(receiver.text, 'ARC')}")
    wait_until(lambda: rig.metrics().get("headland_alert_commands_bad_total", 0) == 1, what="a bad command counted")
    check(alert(rig, number)["state"] == "active_unacknowledged", "acknowledged by a source that may not")
    order(bridge, f"INACN,,,10001,{number},A,C")
    wait_until(lambda: alert(rig, number)["state"] == "active_acknowledged", what="the acknowledgement")
    check(alert(rig, number)["by"] == "bridge", f"by {alert(rig, number)}")
    wait_until(lambda: any(int(f[10]) == number and f[7] == "A" for f in sentences(receiver.text, "ALF") if f[2] == "1"),
               what="the bridge told that it is acknowledged")


def main(headland):
    ports = {"nmea_tcp": free_port(socket.SOCK_STREAM), "cot_tcp": free_port(socket.SOCK_STREAM),
             "nmea_udp": free_port(socket.SOCK_DGRAM), "cot_udp": free_port(socket.SOCK_DGRAM)}
    ids_of = {"nmea": alf_ids, "cot": event_ids}
    bridge = free_port(socket.SOCK_DGRAM)
    with Rig(headland) as rig:
        rules = rig.folder / "rules.toml"
        rules.write_text(RULES)
        rig.config.write_text(rig.config.read_text() + f"[rules]\nfile = \"{rules}\"\n" + outputs(ports, bridge))
        rig.start_simulator()
        rig.start_station()
        wait_until(lambda: len(raised(rig)) >= 5, what="alerts while every receiver is dead")
        for name in ports:
            wait_until(lambda n=name: rig.metrics().get(f'headland_alert_failures_total{{output="{n}"}}', 0) > 0,
                       what=f"failures of {name}")
        check("tracks" in rig.get("/metrics"), "the station does not answer")
        rig.end(rig.station, signal.SIGKILL)
        rig.start_station()
        receivers = {name: Receiver(name.partition("_")[2], port) for name, port in ports.items()}
        wanted = raised(rig)
        for name, receiver in receivers.items():
            ids = ids_of[name.partition("_")[0]]
            wait_until(lambda i=ids, r=receiver: wanted <= i(r.text), 120, what=f"every alert by {name}")
        check_orders(rig, receivers["nmea_tcp"], bridge)

        # Dead again: what is raised meanwhile comes when they live again.
        texts = {name: receiver.close() for name, receiver in receivers.items()}
        before = raised(rig)
        rig.get("/api/v1/alerts")
        rules.write_text(RULES.replace('"inside"', '"again"'))
        rig.station.send_signal(signal.SIGHUP)
        wait_until(lambda: len(raised(rig) - before) >= 3, 120, what="alerts of other rules")
        receivers = {name: Receiver(name.partition("_")[2], port) for name, port in ports.items()}
        wanted = raised(rig)
        for name, receiver in receivers.items():
            ids = ids_of[name.partition("_")[0]]
            wait_until(lambda i=ids, r=receiver, t=texts[name]: wanted <= i(t) | i(r.text), 120, what=f"the rest by {name}")
        # Counted anew before each attempt only, and attempts grow rare.
        waiting = lambda: rig.metrics()['headland_alert_messages_waiting{output="far"}']
        wait_until(lambda: waiting() >= len(wanted), 120, what="all messages waiting for an address that never answers")
        count = waiting()
        check(rig.end(rig.station) == 0, "the station did not stop cleanly")
        print(f"{len(wanted)} alerts, receivers dead twice, station killed once: each came by " + ", ".join(ports) +
              f"; {count:.0f} wait for an address that never answers; ACN acknowledged, refused and ignored as configured")


if __name__ == "__main__":
    main(sys.argv[1])
