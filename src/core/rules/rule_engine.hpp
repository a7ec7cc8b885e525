// SPDX-License-Identifier: Apache-2.0
// The stage that watches the picture: pictures in, about one a second; what is new about alerts out.
//
// A situation (one rule, one vessel, and maybe a zone or another vessel) begins when its evaluator finds it, is told
// when it has held long enough, is told again only when it grows worse, and is over when it was not found for a while.
// One that comes back within `same_situation` is the same one and raises no new alert.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/rules/call_for_help.hpp"
#include "core/rules/evaluators.hpp"
#include "core/rules/memory/engine_snapshot.hpp"
#include "core/rules/memory/number_watch.hpp"
#include "core/rules/radar_jump.hpp"

namespace headland::rules {

struct RuleEngineConfig {
  std::size_t most_vessels = 30'000;     // remembered at once; further ones are not looked at, counted
  std::size_t most_situations = 20'000;  // of one rule at once; further ones are refused, counted
  Duration forget_after = std::chrono::hours(2);
  Duration same_situation = std::chrono::minutes(15);
};

struct RuleEngineCounters {
  std::uint64_t pictures = 0;
  std::uint64_t findings = 0;
  std::uint64_t raised = 0;
  std::uint64_t worse = 0;
  std::uint64_t rectified = 0;
  std::uint64_t resumed = 0;
  std::uint64_t vessels_refused = 0;
  std::uint64_t situations_refused = 0;
  std::uint64_t time_went_back = 0;  // everything was forgotten
};

class RuleEngine {
 public:
  explicit RuleEngine(RuleSet set, RuleEngineConfig config = {});

  // `frame`: the plane whose axes the velocities of the picture have; null: true axes. Tracks in any order.
  // `calls`: all that were heard of late, each time anew; those older than `call_lasts` are over. `jumps` of radars
  // likewise, over after `jump_lasts`.
  void process(const Picture& picture, const LocalFrame* frame, std::vector<AlertChange>& out,
               std::span<const CallForHelp> calls = {}, std::span<const RadarJumped> jumps = {});

  [[nodiscard]] const RuleSet& rules() const { return set_; }
  [[nodiscard]] const RuleEngineCounters& counters() const { return counters_; }
  [[nodiscard]] std::size_t vessels_remembered() const { return known_.size(); }
  // What traffic is usual, learned since ever: kept over resets.
  [[nodiscard]] const RouteModel& routes() const { return routes_; }
  // Alerts whose situation holds, in order of their numbers.
  [[nodiscard]] std::vector<Alert> active() const;

  // Over a restart: the same alerts go on under their numbers. False: of another version; nothing was taken. Rules and
  // zones that are no more are left out, and so is what no engine could have made.
  [[nodiscard]] EngineSnapshot snapshot() const;
  [[nodiscard]] bool restore(const EngineSnapshot& from);

 private:
  static constexpr std::uint64_t of_zone = std::uint64_t{1} << 40U;
  static constexpr std::uint64_t of_call = std::uint64_t{1} << 33U;
  static constexpr std::uint64_t of_radar = std::uint64_t{1} << 63U;
  struct Key {
    std::uint64_t vessel = 0;
    std::uint64_t with = 0;  // the other vessel, or the zone
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  struct Situation {
    Timestamp since;
    Timestamp found;         // last
    bool is_told = false;    // an alert was raised
    bool is_active = false;  // and is not over
    Alert alert;
  };
  using Situations = std::map<Key, Situation>;
  struct Told {  // for sequences
    Timestamp time;
    RuleId rule;
    std::uint64_t vessel = 0;
    AlertId alert;
  };

  void take_vessels(const Picture& picture, const LocalFrame* frame);
  Memory* memory_of(const SystemTrack& track, std::uint64_t key);
  void become(std::uint64_t old_key, std::uint64_t new_key);
  void forget(Timestamp now);
  void reset();
  void look_at_vessels();
  void look_at_calls(std::span<const CallForHelp> calls);
  void look_at_jumps(std::span<const RadarJumped> jumps);
  template <class Kind>
  void look_at_vessel(const Kind& kind, const Rule& rule, const Vessel& v, FoundList& out);
  void look_at_pairs();
  void take(const Rule& rule, FoundList& all, std::vector<AlertChange>& out);
  void note(const Rule& rule, const Found& found, std::vector<AlertChange>& out);
  // Whether another rule tells, or told just now, of one of the vessels: what this one is not to tell again.
  [[nodiscard]] bool is_told_otherwise(const Rule& rule, const Found& found) const;
  void tell(const Rule& rule, const Found& found, Situation& s, AlertNews news, std::vector<AlertChange>& out);
  void sweep(const Rule& rule, std::vector<AlertChange>& out);
  void follow_sequences(const Rule& rule, const SequenceRule& kind, std::vector<AlertChange>& out);
  [[nodiscard]] bool is_looked_at(const Rule& rule, const Vessel& v) const;

  RuleSet set_;
  std::vector<RuleId> in_turn_;  // rules that are silent where others tell come after these
  RuleEngineConfig config_;
  std::vector<ZoneShape> shapes_;
  ZoneIndex index_;
  Scene scene_;
  NearPairs pairs_;
  std::vector<NormalVector> places_;
  std::vector<std::pair<std::uint64_t, const SystemTrack*>> order_;
  std::vector<FoundList> found_;  // in this picture, by rule
  std::vector<Vessel> callers_;   // of this picture: what rules tell of is a vessel
  SystemTrack caller_track_;
  std::vector<Vessel> jumped_;  // likewise: radars
  std::vector<SystemTrack> jumped_tracks_;
  Memory caller_memory_;
  std::vector<Situations> situations_;  // by rule
  std::vector<Memory> memories_;
  std::vector<std::uint32_t> free_;
  std::unordered_map<std::uint64_t, std::uint32_t> known_;  // key to memory; never walked
  NumberWatch numbers_;
  RouteModel routes_;
  bool asks_for_routes_ = false;
  std::vector<Told> told_;
  std::optional<Timestamp> last_;
  Timestamp forgot_;
  std::uint32_t next_alert_ = 1;
  RuleEngineCounters counters_;
};

}  // namespace headland::rules
