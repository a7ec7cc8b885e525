# SPDX-License-Identifier: Apache-2.0
"""Alerts to real servers: HTTP, SMTP and, where it is installed, the broker mosquitto. All are dead at first and while the
station is killed: nothing is delayed, nothing is lost.
Usage: outputs_test.py HEADLAND"""

import email
import http.server
import json
import shutil
import signal
import socket
import socketserver
import subprocess
import sys
import threading

from rig import Rig, check, free_port, wait_until

RULES = """
[[zone]]
name = "all of it"
points = [[13.2, 120.5], [13.2, 121.6], [13.9, 121.6], [13.9, 120.5]]
[[rule]]
name = "inside"
kind = "entry"
zones = ["all of it"]
"""


class Hooks(http.server.BaseHTTPRequestHandler):
    """Refuses the first three, as a server that is not well."""
    taken, refuse = [], 3

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if Hooks.refuse > 0:
            Hooks.refuse -= 1
            self.send_error(503)
            return
        Hooks.taken.append((self.headers["Headland-Message"], json.loads(body)))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


class Mail(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a client needs."""
    taken = []

    def answer(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def handle(self):
        self.answer("220 test")
        while line := self.rfile.readline():
            word = line.split()[0].upper() if line.split() else b""
            if word == b"DATA":
                self.answer("354 go on")
                lines = []
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    lines.append(line)
                Mail.taken.append(email.message_from_bytes(b"".join(lines)))
            if word == b"QUIT":
                return self.answer("221 bye")
            self.answer("250 test")


def serve(kind, handler, port):
    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address, daemon_threads = True, True
    server = Server(("127.0.0.1", port), handler) if kind == "tcp" else http.server.ThreadingHTTPServer(
        ("127.0.0.1", port), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def begin_broker(rig, port):
    settings = rig.folder / "mosquitto.conf"
    settings.write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\nuser root\n")
    broker = subprocess.Popen([shutil.which("mosquitto") or "/usr/sbin/mosquitto", "-c", settings],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    rig.programs.append(broker)
    return broker


class Listener:
    """An MQTT 3.1.1 subscriber of one topic."""

    def __init__(self, port, topic):
        self.taken = []
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.read = self.socket.makefile("rb")
        name = topic.encode()
        self.socket.sendall(bytes([0x10, 14]) + b"\x00\x04MQTT\x04\x02\x00\x3c\x00\x02hl")
        self.packet()
        body = b"\x00\x01" + len(name).to_bytes(2, "big") + name + b"\x00"
        self.socket.sendall(bytes([0x82, len(body)]) + body)
        self.packet()
        self.socket.settimeout(None)
        threading.Thread(target=self.listen, daemon=True).start()

    def packet(self):
        kind = self.read.read(1)
        if not kind:
            return 0, b""
        length, shift = 0, 0
        while True:
            byte = self.read.read(1)[0]
            length |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return kind[0] >> 4, self.read.read(length)

    def listen(self):
        while True:
            kind, body = self.packet()
            if kind == 0:
                return
            if kind == 3:
                self.taken.append(json.loads(body[2 + int.from_bytes(body[:2], "big"):]))


def raised(rig):
    entries = json.loads(rig.get("/api/v1/alerts/entries?from=0&to=9000000000"))["entries"]
    return {e["alert"] for e in entries if e["what"] == "raised"}


def outputs(hook, mail, broker):
    text = f"""
[[alert_output]]
name = "hook"
kind = "webhook"
url = "http://127.0.0.1:{hook}/alerts"
[[alert_output]]
name = "mail"
kind = "email"
url = "smtp://127.0.0.1:{mail}"
from = "watch@example.org"
to = "officer@example.org, other@example.org"
[[alert_output]]
name = "silent"
url = "http://192.0.2.1:9/"
timeout_s = 1
"""
    return text + (f"""
[[alert_output]]
name = "broker"
kind = "mqtt"
url = "mqtt://127.0.0.1:{broker}"
""" if broker else "")


def check_mail(message):
    text = message.get_payload(decode=True).decode()
    check(message["To"] == "officer@example.org, other@example.org", f"receivers: {message['To']}")
    check("Priority: warning, rule: inside" in text and "all of it" in text, f"mail says: {text}")


def main(headland):
    has_broker = bool(shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin:/usr/bin"))
    hook, mail, broker = (free_port(socket.SOCK_STREAM) for _ in range(3))
    with Rig(headland) as rig:
        rules = rig.folder / "rules.toml"
        rules.write_text(RULES)
        rig.config.write_text(rig.config.read_text() + f"[rules]\nfile = \"{rules}\"\n" +
                              outputs(hook, mail, broker if has_broker else 0))
        rig.start_simulator()
        rig.start_station()
        wait_until(lambda: len(raised(rig)) >= 5, what="alerts while every server is dead")
        wait_until(lambda: rig.metrics().get('headland_alert_failures_total{output="hook"}', 0) > 0, what="failures")
        check("tracks" in rig.get("/metrics"), "the station does not answer")
        rig.end(rig.station, signal.SIGKILL)
        rig.start_station()
        serve("http", Hooks, hook)
        serve("tcp", Mail, mail)
        listener = None
        if has_broker:
            begin_broker(rig, broker)
            listener = wait_until(lambda: try_listen(broker), what="the broker")
        wanted = raised(rig)
        wait_until(lambda: wanted <= {m["alert"]["id"] for _, m in Hooks.taken}, 120, what="every alert at the hook")
        wait_until(lambda: len(Mail.taken) >= len(wanted), 120, what="every alert by mail")
        check_mail(Mail.taken[0])
        ids = [number for number, _ in Hooks.taken]
        check(len(set(ids)) == len(ids), "a message was taken twice although it was confirmed")
        order = [m["alert"]["id"] for _, m in Hooks.taken if m["what"] == "raised"]
        check(order == sorted(order), f"not in their order: {order}")
        if listener:
            wait_until(lambda: wanted <= {m["alert"]["id"] for m in listener.taken}, 120, what="every alert by MQTT")
        waiting = rig.metrics()['headland_alert_messages_waiting{output="silent"}']
        check(waiting >= len(wanted), "an address that never answers lost its messages")
        print(f"{len(wanted)} alerts raised while all were dead; then {len(Hooks.taken)} by HTTP, {len(Mail.taken)} by "
              f"mail, {len(listener.taken) if listener else 'no broker, none'} by MQTT; {waiting:.0f} wait for one that never answers")
        check(rig.end(rig.station) == 0, "the station did not stop cleanly")


def try_listen(port):
    try:
        return Listener(port, "headland/alerts")
    except OSError:
        return None


if __name__ == "__main__":
    main(sys.argv[1])
