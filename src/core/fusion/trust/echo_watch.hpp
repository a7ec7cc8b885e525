// SPDX-License-Identifier: Apache-2.0
// AIS vessels that no radar sees although it would: positions that are made up.
//
// How often each radar sees vessels of a size, under way or not, at a range is learned from the AIS vessels themselves,
// each counted once a minute; that a place is open to its beam, from the tracks there that it had a part in: what
// another radar sees says nothing of this one. Nothing is said of a place where the radar never saw anybody, nor from
// fewer than a few vessels.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "core/fusion/trust/trust_ledger.hpp"
#include "core/plots/plot.hpp"
#include "core/tracking/track.hpp"

namespace headland::fusion {

struct EchoWatchConfig {
  double needed_probability = 0.95;  // that it would be seen, 0.5 .. 1
  std::uint32_t needed_scans = 12;   // 3 .. 200
  std::uint32_t needed_vessels = 6;  // of its kind on which the probability rests, 1 .. 100
  double near_m = 150.0;             // a track so near may be the vessel, and
  double near_deg = 2.0;             // beside it by so much
  double open_s = 3600.0;            // a place where a track was is open to the beam so long, 60 .. 1e5
};

// An AIS vessel within the plane.
struct AisPlace {
  Mmsi mmsi;
  EastNorth where;     // now
  double age_s = 0.0;  // of its position
  double speed_mps = 0.0;
  double length_m = 0.0;  // sent, 0 = none
  bool class_a = true;
  const Track* track = nullptr;  // that it is one with
  bool trusted = true;           // may teach how well vessels are seen
};

class EchoWatch {
 public:
  static constexpr std::size_t directions = 64, bands = 32, ranges = 10, sizes = 3;
  struct Cell {
    double seen = 0.0, looked = 0.0;
    std::array<std::uint32_t, 8> who{};  // some of the vessels counted, to know several from one
    std::uint32_t vessels = 0;
  };
  struct Sweep {
    EastNorth site;
    double range_min_m = 0.0, range_max_m = 0.0;
    std::map<std::uint32_t, std::vector<BlankedSector>> blanked;  // by sector, from plane north
    Timestamp last;                                               // when it was looked with
    std::array<std::uint32_t, directions> turns{};                // that passed each direction
    std::array<Timestamp, directions * bands> open{};             // when a track of this radar was last there
    std::array<Cell, ranges * sizes * 2> cells{};                 // how often it sees whom
    std::vector<EastNorth> near;                                  // its tracks, by east
  };
  struct Station {
    // Where it is looked at, kept until it is two directions away: at the edge between two, of which the beam has
    // passed one, a vessel that goes to and fro must not be counted twice.
    struct Aim {
      std::size_t direction = 0;
      std::uint32_t turns = 0;  // of it, when last looked at
    };
    std::map<SensorId, Aim> aims;
    std::uint32_t scans = 0;  // in a row without a track
    Timestamp since, counted;
  };
  explicit EchoWatch(const EchoWatchConfig& config = {}) : config_(config) {}

  void process(const PlotSector& sector);
  // The radar tracks as of now: to be told before judge() and is_empty().
  void begin(std::span<const Track* const> tracks, Timestamp now);
  // No track within `reach_m` of `where` (at most what is near here) other than one at `but`, though the beam passes
  // there and nothing stands between.
  [[nodiscard]] bool is_empty(EastNorth where, EastNorth but, double reach_m, Timestamp now) const;
  // All AIS vessels as of now; finds and withdraws `no_echo` in the ledgers.
  template <class Book>
  void judge(std::span<const AisPlace> vessels, Timestamp now, const Book& book) {
    for (const AisPlace& v : vessels) look(v, now, book(v.mmsi));
  }
  [[nodiscard]] std::optional<MissingEcho> missing(Mmsi mmsi) const;
  void forget(Mmsi mmsi);
  // The clock was set back to `now`.
  void take_time_back(Timestamp now);

 private:
  struct Chance {
    double probability = 0.0;
    std::uint32_t vessels = 0;
  };
  // A radar that looks at the place.
  struct View {
    SensorId sensor;
    Sweep* sweep = nullptr;
    double range_m = 0.0;
    std::uint32_t looks = 0;
    bool open = false;
    Chance chance;
  };
  void look(const AisPlace& vessel, Timestamp now, TrustLedger& ledger);
  // Those that turn and look there, and of these the one that tells most.
  [[nodiscard]] std::vector<View> views_of(const AisPlace& v, Station& station, Timestamp now);
  [[nodiscard]] static const View& best_of(const std::vector<View>& views);
  static void teach(const AisPlace& v, const View& view, double reach_m);
  [[nodiscard]] double reach_of(const AisPlace& v, double range_m) const;
  [[nodiscard]] static std::uint32_t looks_since(Station::Aim& aim, const Sweep& s, std::size_t direction);
  [[nodiscard]] static bool is_turning(const Sweep& s, Timestamp now);
  // Within the ranges that the radar looks at, and not where it is told not to look.
  [[nodiscard]] static bool is_looked_at(const Sweep& s, EastNorth where, double range_m);
  [[nodiscard]] bool is_open(const Sweep& s, std::size_t direction, double range_m, Timestamp now) const;
  [[nodiscard]] Chance chance_of(const Sweep& s, const AisPlace& v, double range_m) const;

  EchoWatchConfig config_;
  std::map<SensorId, Sweep> sweeps_;
  std::map<Mmsi, Station> stations_;
  std::map<Mmsi, MissingEcho> missing_;
  std::vector<EastNorth> near_;  // tracks of all radars, by east; scratch
};

}  // namespace headland::fusion
