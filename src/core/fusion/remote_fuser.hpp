// SPDX-License-Identifier: Apache-2.0
// Which track of another system is which of ours, and what both together say.
//
// Each update of a remote track is weighed against what is near it, as AIS reports are (ais_associator.hpp): the
// density of the difference in position and velocity if the two are one vessel against that of any vessel in the
// gate, summed over independent looks with hysteresis. Within one origin each of ours has one partner at most.
// Estimates are joined by covariance intersection alone, so that nothing counts twice: what a partner sends may be made
// of what we sent it. Own tracks that come back under our own code are left out altogether.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/fusion/covariance_intersection.hpp"
#include "core/fusion/remote_kind.hpp"
#include "core/fusion/remote_track.hpp"

namespace headland::fusion {

struct RemoteFuserConfig {
  std::optional<std::uint16_t> own_system;     // SAC and SIC that this node sends under
  double gate_m = 500.0;                       // farther apart is never one vessel, 10 .. 5000
  double position_slack_m = 30.0;              // what two systems measure differently, per axis, 0 .. 1000
  double velocity_slack_mps = 1.0;             // 0.1 .. 10
  double acceleration_m2ps3 = 0.01;            // of vessels, between reports, 0 .. 10
  double independent_s = 8.0;                  // looks closer together count as one, 1 .. 120
  double begin_probability = 0.85;             // 0.5 .. 1
  double end_probability = 0.35;               // 0 .. begin
  double age_max_s = 60.0;                     // a track that is not heard of for so long is over, 1 .. 3600
  double hold_s = 15.0;                        // a new one beside one of ours is not shown alone so long, 0 .. 120
  std::uint32_t first_number = 2'000'000'000;  // of those shown alone
  std::uint32_t max_tracks = 20'000;           // more are not taken, counted
};

struct RemoteCounters {
  std::uint64_t reports = 0;
  std::uint64_t own_returned = 0;  // under our own code
  std::uint64_t refused = 0;       // more than max_tracks
  std::uint64_t backwards = 0;     // older than what is known of the track
  std::uint64_t tracks = 0;        // begun
  std::uint64_t aircraft = 0;      // times that a track became known as an aircraft, at its first report or later
  std::uint64_t joins = 0;         // bonds begun
  std::uint64_t inconsistent = 0;  // joins of estimates not made: too far apart for what both state
};

// One of ours that a remote track may be.
struct Anchor {
  std::uint32_t id = 0;
  Timestamp time;
  KinematicState state;
  std::optional<Mmsi> mmsi;
  std::string callsign;
  std::string name;
};

struct RemotePart {
  RemoteOrigin origin;
  std::uint32_t number = 0;
  Timestamp last;
  double weight = 0.0;  // in the joined estimate, 0 .. 1
};

struct JoinedAnchor {
  std::uint32_t anchor = 0;
  KinematicState state;  // at the anchor's time
  std::vector<RemotePart> parts;
};
struct LoneRemote {
  std::uint32_t number = 0;  // ours, from first_number
  Timestamp began;
  const RemoteTrack* newest = nullptr;  // valid until the next process() or join()
  Timestamp time;
  KinematicState state;
  bool velocity_known = false;
  std::vector<RemotePart> parts;
};

struct RemoteFuserSnapshot;

class RemoteFuser {
 public:
  explicit RemoteFuser(const RemoteFuserConfig& config) : config_(config), next_number_(config.first_number) {}

  void process(const RemoteTrack& track);
  // Weighs what is new, decides, and joins. `anchors` in order of id; vessels alone.
  void join(std::span<const Anchor> anchors, Timestamp now);

  // In order of anchor, and of number.
  [[nodiscard]] const std::vector<JoinedAnchor>& joined() const { return joined_; }
  [[nodiscard]] const std::vector<LoneRemote>& alone() const { return alone_; }
  [[nodiscard]] std::size_t size() const { return remotes_.size(); }
  [[nodiscard]] const RemoteCounters& counters() const { return counters_; }
  void skip_numbers(std::uint32_t count) { next_number_ += count; }

  [[nodiscard]] RemoteFuserSnapshot snapshot() const;
  void restore(const RemoteFuserSnapshot& snapshot);

 private:
  using Key = std::pair<RemoteOrigin, std::uint32_t>;
  struct Remote {
    RemoteTrack track;  // its kind: by all reports
    RemoteKindMemory kind;
    std::uint32_t number = 0;
    Timestamp began;
    Timestamp weighed;
    bool velocity_known = false;
    std::map<std::uint32_t, double> log_odds;  // by anchor
    std::uint32_t held = 0;                    // anchor; 0: none
  };

  [[nodiscard]] KinematicState state_of(const Remote& remote) const;
  void take_kind(Remote& remote, RemoteKind before);
  void take_time_back(Timestamp now);
  void drop_silent(Timestamp now);
  void weigh(Remote& remote, const std::vector<Anchor>& by_east);
  [[nodiscard]] std::optional<double> evidence(const Remote& remote, const Anchor& anchor) const;
  void decide();
  void join_estimates(const std::map<std::uint32_t, const Anchor*>& anchors);
  [[nodiscard]] bool is_waiting(const Remote& remote) const;

  RemoteFuserConfig config_;
  std::uint32_t next_number_;
  std::map<Key, Remote> remotes_;
  std::vector<JoinedAnchor> joined_;
  std::vector<LoneRemote> alone_;
  RemoteCounters counters_;
};

// Plain numbers, for a restart.
struct RemoteFuserSnapshot {
  struct Track {
    RemoteTrack track;
    std::uint32_t number = 0, held = 0;
    std::int64_t began_ns = 0, weighed_ns = 0;
    std::map<std::uint32_t, double> log_odds;
    RemoteKindMemory::Snapshot kind;
  };
  std::uint32_t version = 3;
  std::uint32_t next_number = 0;
  std::vector<Track> tracks;
};

}  // namespace headland::fusion
