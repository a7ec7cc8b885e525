// SPDX-License-Identifier: Apache-2.0
// Tracks of other systems, from ASTERIX (categories 010, 021, 048, 062; 034, 063 and 065 beside them) and from TTM
// and TLL sentences, to values in the node's plane.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "codec/asterix/system_status.hpp"
#include "codec/asterix/target_report.hpp"
#include "codec/nmea/target.hpp"
#include "core/ais/own_ship.hpp"
#include "core/fusion/remote_track.hpp"
#include "core/geo/local_frame.hpp"

namespace headland::station {

// What a system watches: of what it says nothing of, that decides.
enum class Watches : std::uint8_t {
  anything,  // each track is judged by its reports
  air,       // all are aircraft, but vehicles and obstacles that are said to be such
  sea,       // all are vessels, however fast, but what is said to be none
};

// What is known of a system beforehand.
struct RemoteSystem {
  std::string name;
  std::optional<GeoPosition> site;    // from where it measures: 010, 048 and TTM do not say
  double position_deviation_m = 0.0;  // where it states none; 0 = by the category
  Watches watches = Watches::anything;
};

struct RemoteSourceConfig {
  std::map<std::uint16_t, RemoteSystem> systems;  // by SAC (upper byte) and SIC
  std::map<std::uint16_t, RemoteSystem> streams;  // by the stream that it sends sentences by: they name no system
  std::optional<RemoteSystem> any;                // of systems not named
};

struct RemoteSourceCounters {
  std::map<std::uint8_t, std::uint64_t> records;  // by category
  std::map<std::string, std::uint64_t> rejected;  // by category and reason
  std::uint64_t statuses = 0;
  std::uint64_t ends = 0;                  // the last message of a track, without a place
  std::uint64_t targets = 0;               // TTM and TLL
  std::uint64_t plots_without_number = 0;  // no track number, no address, no code: nothing to follow
  std::uint64_t without_place = 0;         // measured from a place that nobody told
  std::uint64_t simulated = 0;             // simulated targets and test targets: left out
  std::uint64_t other_clock = 0;           // time of day far from that of reception, which was taken instead
};

// Whether a datagram is nothing but blocks of these categories whose records fit, and a trailer of a few bytes.
[[nodiscard]] bool is_remote_asterix(std::span<const std::uint8_t> bytes);

class RemoteSource {
 public:
  explicit RemoteSource(RemoteSourceConfig config = {}) : config_(std::move(config)) {}

  // The first place that the bytes or the configuration tell: where a plane may hang.
  [[nodiscard]] std::optional<GeoPosition> place_in(std::span<const std::uint8_t> bytes);
  // Appends to `out`. `located`: the plane's place is known; where it is not, what has no place is put about its
  // origin.
  void process(std::uint16_t stream, Timestamp received, std::span<const std::uint8_t> bytes, const LocalFrame& frame,
               bool located, std::vector<RemoteTrack>& out);
  void process(std::uint16_t stream, const nmea::RadarTarget& target, const ais::OwnShip& own_ship,
               const LocalFrame& frame, std::vector<RemoteTrack>& out);

  [[nodiscard]] std::string name_of(std::uint16_t system) const;
  [[nodiscard]] const RemoteSourceCounters& counters() const { return counters_; }

 private:
  struct Spoken {  // of one target by sentences: the place comes in one, the motion in the other
    Timestamp placed, moved;
    EastNorth position;
    EastNorthVelocity velocity;
  };
  [[nodiscard]] const RemoteSystem* system_of(std::uint16_t system) const;
  void take(std::uint16_t stream, Timestamp received, const asterix::TargetReport& report, const LocalFrame& frame,
            bool located, std::vector<RemoteTrack>& out);
  [[nodiscard]] std::optional<EastNorth> place_of(const asterix::TargetReport& report, const LocalFrame& frame,
                                                  bool located) const;
  [[nodiscard]] Timestamp time_of(std::optional<Seconds> time_of_day, Timestamp received);

  RemoteSourceConfig config_;
  RemoteSourceCounters counters_;
  asterix::Record record_;
  std::map<std::uint16_t, GeoPosition> told_sites_;  // by 034
  std::map<std::pair<std::uint16_t, std::uint32_t>, Spoken> spoken_;
};

}  // namespace headland::station
