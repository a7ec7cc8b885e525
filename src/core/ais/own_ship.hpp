// SPDX-License-Identifier: Apache-2.0
// Where own ship is and where she heads, from all that her instruments say: for radars that move.
//
// Ships carry several receivers and compasses, and they disagree. The rule, for position and for heading apart:
//
//   1. A configured source is the only one that is used.
//   2. Otherwise kinds go before one another:
//        heading    HDT and THS (true) > HDG, HDM with variation known (magnetic, corrected) > VDO (own AIS)
//                   > HDG, HDM without variation (stays magnetic, and is told so)
//        position   GGA, RMC, GLL > VDO
//   3. Within a kind the source that came first is kept while it lives: as long as not more than `age_max` passed
//      since its last report. One that is of a better kind takes over at once, also later.
//   4. Variation comes from the compass's own HDG, else from the newest HDG or RMC of any source.
//   5. Course and speed come from the receiver (talker) of the position where it sends them, else from the first
//      that does.
//
// A source is an input, a talker and a sentence: GPGGA and GPGLL are two.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>

#include "core/ais/report.hpp"
#include "core/base/angle.hpp"
#include "core/base/time.hpp"
#include "core/geo/position.hpp"

namespace headland::ais {

// Talker and sentence as in OwnShipReport::source, and the input it came by.
struct OwnShipSource {
  std::array<char, 6> name{};
  std::uint32_t origin = 0;
  friend auto operator<=>(const OwnShipSource&, const OwnShipSource&) = default;
};

struct OwnShipConfig {
  std::string position_source;                  // as "GPGGA"; empty = by the rule
  std::string heading_source;                   // as "HEHDT"; empty = by the rule
  Duration age_max = std::chrono::seconds(10);  // an older report is not used
};

struct OwnPosition {
  GeoPosition position;
  Timestamp reported;  // of the newest report that it rests on
  OwnShipSource source;
};
struct OwnHeading {
  Bearing heading;
  bool is_true = true;  // false: magnetic, variation unknown
  Timestamp reported;
  OwnShipSource source;
};
struct OwnMotion {
  Bearing course;
  MetresPerSecond speed;
  Timestamp reported;
  OwnShipSource source;
};

struct OwnShipCounters {
  std::uint64_t reports = 0;
  std::uint64_t late = 0;              // older than what the same source said before: not used
  std::uint64_t jumps = 0;             // positions farther off than any ship moves: not used, unless they persist
  std::uint64_t source_changes = 0;    // of position or heading, the first not counted
  std::uint64_t too_many_sources = 0;  // reports of sources beyond those that are kept
};

class OwnShip {
 public:
  static constexpr std::size_t max_sources = 32;
  explicit OwnShip(OwnShipConfig config = {}) : config_(std::move(config)) {}

  void process(const OwnShipReport& report);

  // Interpolated between reports. After the last one, position goes on with course and speed where they are
  // known, heading with its last rate of turn for as long as the last interval was, 1 s at most. Nothing where the
  // nearest report is more than `age_max` away.
  [[nodiscard]] std::optional<OwnPosition> position_at(Timestamp time) const;
  [[nodiscard]] std::optional<OwnHeading> heading_at(Timestamp time) const;
  [[nodiscard]] std::optional<OwnMotion> motion_at(Timestamp time) const;

  [[nodiscard]] const OwnShipCounters& counters() const { return counters_; }

 private:
  // The reports of one source, newest last, at most `length`.
  template <class Value>
  struct Track {
    struct Entry {
      Timestamp time;
      Value value;
    };
    static constexpr std::size_t length = 32;
    std::deque<Entry> entries;
    unsigned jumps = 0;  // in a row
  };
  struct HeadingValue {
    Bearing heading;
    bool magnetic = false;
    std::optional<Angle> variation;  // told with it
  };
  struct MotionValue {
    Bearing course;
    MetresPerSecond speed;
  };
  template <class Value>
  struct Channel {
    std::map<OwnShipSource, Track<Value>> sources;
    std::optional<OwnShipSource> chosen;
    int chosen_rank = 0;
  };

  template <class Value>
  Track<Value>* track_of(Channel<Value>& channel, const OwnShipReport& report);
  template <class Value>
  void choose(Channel<Value>& channel, const OwnShipReport& report, int rank, bool count_changes);
  void take_position(const OwnShipReport& report);
  void take_heading(const OwnShipReport& report);
  void take_motion(const OwnShipReport& report);
  [[nodiscard]] int heading_rank(const OwnShipSource& source, const HeadingValue& value) const;
  [[nodiscard]] std::optional<Bearing> true_heading(const HeadingValue& value) const;

  OwnShipConfig config_;
  Channel<GeoPosition> position_;
  Channel<HeadingValue> heading_;
  Channel<MotionValue> motion_;
  std::optional<Angle> variation_;  // newest of any source
  OwnShipCounters counters_;
};

}  // namespace headland::ais
