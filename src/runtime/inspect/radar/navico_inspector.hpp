// SPDX-License-Identifier: Apache-2.0
// Navico radars in datagrams: one stream for each group of spokes, with the reports of its radar.
#pragma once

#include <map>
#include <string>

#include "codec/navico/report.hpp"
#include "runtime/inspect/piece.hpp"
#include "runtime/inspect/spoke_statistics.hpp"

namespace headland::inspect {

class NavicoInspector {
 public:
  // False: this is nothing of a Navico radar.
  bool add(const Piece& piece);
  void report(std::vector<StreamReport>& out) const;

 private:
  // Of one group or address that a radar sends to: spokes, reports or beacons.
  struct Channel {
    std::uint64_t datagrams = 0;
    bool has_spoke_frames = false;
    SpokeStatistics spokes;
    std::optional<std::uint16_t> last_counter;
    Counts messages;
    Counts rejected;
  };
  struct Radar {
    navico::ModelEvidence evidence;
    std::map<net::Endpoint, Channel> channels;
    std::map<net::Endpoint, net::Endpoint> data_of;  // report group -> data group, from the beacon
  };

  Radar* radar_of(const Piece& piece);
  Channel& channel_of(Radar& radar, const Piece& piece);
  bool add_spokes(const Piece& piece);
  bool add_report(const Piece& piece);
  bool add_beacon(const Piece& piece);
  bool add_navigation(const Piece& piece);
  static void join_beacons(std::map<std::uint32_t, Radar>& radars);
  static void report_radar(const Radar& radar, std::vector<StreamReport>& out);

  std::map<std::uint32_t, Radar> radars_;      // by address
  std::map<net::Endpoint, Channel> plotters_;  // heading and course packets, by group
};

}  // namespace headland::inspect
