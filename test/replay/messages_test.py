# SPDX-License-Identifier: Apache-2.0
"""What goes wrong outside is told with what, where and what to do, and ends with the right code: 1 failed while
running, 2 wrong use or configuration. Usage: messages_test.py HEADLAND"""

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time

from rig import SCENE, Rig, check, free_port, wait_until


class Messages:
    def __init__(self, rig):
        self.rig = rig

    def write(self, name, content):
        path = self.rig.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def expect(self, code, words, *arguments):
        done = subprocess.run([self.rig.headland, *map(str, arguments)], capture_output=True, text=True, timeout=60,
                              cwd=self.rig.folder)
        told = done.stdout + done.stderr
        where = f"headland {' '.join(map(str, arguments))}"
        check(done.returncode == code, f"{where} ended with {done.returncode}, not {code}: {told}")
        for word in words:
            check(word in told, f"{where} does not say '{word}': {told}")
        check("terminate called" not in told and "Assertion" not in told, f"{where}: {told}")
        return done


def wrong_use(m):
    m.expect(2, ["Usage", "replay"])
    m.expect(2, ["headland demo"])
    m.expect(2, ["Usage", "has no 'nonsense'"], "nonsense")
    m.expect(2, ["has no 'rn'; did you mean 'run'?"], "rn")
    m.expect(2, ["has no 'chek'; did you mean 'check'?"], "config", "chek")
    m.expect(2, ["did you mean '--speed'?"], "replay", "--spead", "max", "x")
    m.expect(2, ["--duration", "number over 0"], "simulate", SCENE, "--duration", "-3")
    m.expect(2, ["Usage", "FILE"], "replay")
    m.expect(2, ["no configuration", "name one"], "run")
    m.expect(2, ["no.toml", "check the name"], "run", "no.toml")
    m.expect(2, ["no.toml", "check the name"], "simulate", "no.toml", "--udp")
    m.expect(2, ["nothing to make", "--udp"], "simulate", SCENE)
    wrong = m.write("wrong.toml", 'x = 1\n[[radar]]\nlisten = 5\nprotocol = "foo"\n[web]\nport = 99999\n')
    for verb in (["run"], ["config", "check"], ["config", "show"]):
        # All mistakes at once, with line and column, and what is allowed.
        m.expect(2, [f"{wrong}:3:10: listen", f"{wrong}:4:12: protocol is 'foo'", "asterix-240, navico",
                     f"{wrong}:6:8: port", f"{wrong}:1:5: unknown"], *verb, wrong)
    three = m.write("three.toml", '[[radar]]\nlatitud_deg = 1\nlisten = "239.1.1.1:8600"\n[web]\nport = "80"\n')
    m.expect(2, [f"{three}:2:1: [radar] has no 'latitud_deg'; did you mean 'latitude_deg'?", f"{three}:3:10: listen: ",
                 "udp://ADDRESS:PORT", f"{three}:5:8: port must be a whole number"], "config", "check", three)
    files = m.write("files.toml", '[rules]\nfile = "no.toml"\n[web]\npage_directory = "/nowhere"\n[[alert_output]]\n'
                    'name = "mail"\nurl = "smtp://127.0.0.1"\nkind = "email"\nfrom = "a@b.c"\nto = "d@e.f"\n'
                    'password_file = "none"\n')
    m.expect(2, ["no.toml", "cannot be read", "'mail'", "password_file none", "/nowhere has no index.html"], "config",
             "check", files)
    m.expect(2, [str(m.rig.folder), "is a folder"], "config", "check", m.rig.folder)
    m.expect(0, ["no mistakes; 1 radar, 2 NMEA sources\n"], "config", "check", m.write("good.toml", '[[radar]]\n[[nmea]]\n'
             '[[nmea]]\nname = "gps"\nlisten = "udp://0.0.0.0:10111"\n'))
    m.expect(2, ["syntax.toml:1:", "expected"], "run", m.write("syntax.toml", "[web\n"))
    something = m.write("something.nmea", "!AIVDM,1,1,,A,15RTgt0PAso;90TKcjM8h6g208CQ,0*4A\r\n")
    m.expect(2, ["--speed 0", "max"], "replay", "--speed", "0", something)
    m.expect(2, ["--origin 91,0", "LAT,LON"], "replay", "--origin", "91,0", something)


def unreadable_files(m):
    unknown = m.write("unknown.bin", os.urandom(2000).replace(b"\xd4", b"\x00"))
    nothing = m.write("nothing", b"")
    folder = m.rig.folder / "folder"
    folder.mkdir()
    m.expect(1, ["no.pcap", "no such file", "check the path"], "replay", "no.pcap")
    m.expect(1, ["unknown.bin", "not a recording that is understood", "captures"], "replay", unknown)
    m.expect(1, ["nothing", "not a recording"], "replay", nothing)
    m.expect(1, ["folder", "no journal", "*.hlj"], "replay", folder)
    m.expect(1, ["no.pcap", "no such file"], "decode", "no.pcap")
    m.expect(1, ["nothing"], "decode", nothing)
    m.expect(1, ["folder"], "decode", folder)
    m.expect(1, ["unknown.bin", "nothing known"], "decode", unknown)
    m.expect(1, ["no.csv", "no such file", "check the path"], "track", "--plots", "no.csv", "--out", "out.csv")
    m.expect(1, ["out.csv", "cannot be written", "check the folder"], "replay", "--tracks", "/no/out.csv", unknown)


def outside_faults(m):
    rig = m.rig
    station = f'[station]\ndata_directory = "{rig.folder}/d"\n'
    m.expect(1, ["/proc/headland", "cannot be made", "data_directory"], "run",
             m.write("unwritable.toml", '[station]\ndata_directory = "/proc/headland"\n[web]\nport = 0\n'))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp, socket.socket() as tcp:
        udp.bind(("127.0.0.1", 0))
        tcp.bind(("127.0.0.1", 0))
        tcp.listen()
        port = udp.getsockname()[1]
        for kind, name in (("radar", "north"), ("nmea", "mast")):
            config = f'{station}[[{kind}]]\nname = "{name}"\nlisten = "udp://127.0.0.1:{port}"\n[web]\nport = 0\n'
            m.expect(1, [name, f"127.0.0.1:{port}", "Address already in use", "another program"], "run",
                     m.write("taken.toml", config))
        page = tcp.getsockname()[1]
        m.expect(1, [str(page), "Address already in use", "[web] port"], "run",
                 m.write("page.toml", f"{station}[web]\nport = {page}\n"))


def recordings_cut_short(m):
    rig = m.rig
    capture = rig.folder / "whole.pcap"
    m.expect(0, [], "simulate", SCENE, "--duration", "6", "--pcap", capture)
    whole = capture.read_bytes()
    cut = m.write("cut.pcap", whole[: len(whole) * 2 // 3 + 7])
    summary = rig.folder / "summary.json"
    m.expect(0, ["cut short"], "replay", "--summary", summary, cut)
    told = json.loads(summary.read_text())
    check(told["radars"][0]["spokes"] > 100 and any("cut short" in r for r in told["rejected"]), f"{told}")
    m.expect(0, ["cut"], "decode", cut)
    m.expect(1, ["/dev/full", "disk full"], "replay", "--plots", "/dev/full", capture)
    m.expect(1, ["/dev/full", "No space left", "disk full"], "replay", "--summary", "/dev/full", capture)
    m.expect(1, ["/no/s.json", "No such file or directory", "check the folder"], "replay", "--summary", "/no/s.json",
             capture)
    plots = rig.folder / "plots.csv"
    m.expect(0, [], "replay", "--plots", plots, capture)
    m.expect(1, ["/no/t.csv", "No such file or directory", "check the folder"], "track", "--plots", plots, "--out",
             "/no/t.csv")
    m.expect(1, ["/dev/full", "No space left", "disk full"], "track", "--plots", plots, "--out", "/dev/full")
    # No position in it, and an origin is none: metres about the radar, and said so.
    m.expect(0, ["its position is not in the recording", "latitude_deg"], "replay", "--origin", "13.6,121.0", "--tracks",
             rig.folder / "tracks.csv", capture)
    rows = (rig.folder / "tracks.csv").read_text().splitlines()[1:]
    check(rows and all(row.split(",")[10] == "" for row in rows), "a radar without a position was placed")
    # Ctrl-C in the middle: what was made of it until then is written out.
    replay = subprocess.Popen([rig.headland, "replay", "--speed", "1", "--summary", str(summary), str(capture)],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=rig.folder)
    rig.programs.append(replay)
    time.sleep(1.5)
    check(replay.poll() is None, "the replay at the pace of time was over at once")
    replay.send_signal(signal.SIGINT)
    told = replay.communicate(timeout=60)[0]
    check(replay.returncode == 0 and "stopped before the end" in told, f"{replay.returncode}: {told}")
    check(json.loads(summary.read_text())["stopped"], "the summary does not say that it was stopped")


def stopped_with_ctrl_c(m):
    """run and demo end cleanly, and go on where they ended."""
    rig = m.rig
    quiet = m.write("quiet.toml", f'[station]\ndata_directory = "{rig.folder}/q"\n[[radar]]\nprotocol = "navico"\n'
                                  'beacon = "udp://239.255.77.77:39877@lo"\n[web]\nport = 0\n')

    def begin(*arguments, while_starting=None):
        program = subprocess.Popen([rig.headland, *map(str, arguments)], stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT, text=True, cwd=rig.folder)
        rig.programs.append(program)
        if while_starting:
            while_starting(program)
        told = ""
        while "Ctrl-C stops" not in told:
            line = program.stdout.readline()
            check(line, f"{arguments} ended: {told}")
            told += line
        return program, told

    def end(program):
        # As from `timeout` or a shell, which sends it to the group and to the program: one request that came twice.
        program.send_signal(signal.SIGINT)
        time.sleep(0.02)
        program.send_signal(signal.SIGINT)
        told = program.communicate(timeout=60)[0]
        check(program.returncode == 0 and "stopped" in told, f"{program.returncode}: {told}")
        return told

    def hang_up(program):
        wait_until(lambda: (rig.folder / "q").exists(), pause_s=0.0, what="the folder that a start makes first")
        program.send_signal(signal.SIGHUP)

    # A hang-up while the station starts has it read its rules afterwards; it must not end it.
    program, told = begin("run", quiet, while_starting=hang_up)
    check("navico looked for by its beacon on udp://239.255.77.77:39877@lo" in told, told)
    end(program)
    demo = ("demo", "--port", "0", "--directory", rig.folder / "demo", "--video-port", rig.video, "--ais-port", rig.ais)
    program, told = begin(*demo)
    check("the page: http://localhost:" in told and "vessels" in told, told)
    time.sleep(3)
    end(program)
    program, told = begin(*demo)
    check("went on where it ended" in told, told)
    end(program)


def full_disk(m):
    """Where files cannot grow: recording stops and says so, the picture goes on."""
    rig = m.rig
    limit = 600_000

    def small_files():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    log = open(rig.folder / "station.log", "ab")
    rig.station = subprocess.Popen([rig.headland, "run", str(rig.config)], stdout=log, stderr=log, cwd=rig.folder,
                                   preexec_fn=small_files, restore_signals=False)
    log.close()
    rig.programs.append(rig.station)
    wait_until(rig.answers, what="the page")
    rig.start_simulator()
    status = 'headland_component_state{component="journal"}'
    wait_until(lambda: rig.metrics().get(status) == 2, what="a journal that says it cannot write")
    import urllib.error
    try:
        rig.get("/healthz")
        raise AssertionError("/healthz says ok")
    except urllib.error.HTTPError as error:
        told = error.read().decode()
        check(error.code == 503 and "journal" in told and ".hlj" in told and "File too large" in told, told)
    wait_until(lambda: len(rig.confirmed()) >= 3, what="tracks without a journal")
    check(rig.end(rig.station) == 0, "the station did not stop cleanly")
    one = rig.replay("one", rig.journal)
    check(one[2]["radars"][0]["spokes"] > 100, "what was recorded until then is not there")


def main(headland):
    with Rig(headland) as rig:
        messages = Messages(rig)
        for part in (wrong_use, unreadable_files, outside_faults, recordings_cut_short, stopped_with_ctrl_c, full_disk):
            part(messages)
            print(f"{part.__name__}: good", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
