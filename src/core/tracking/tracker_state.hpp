// SPDX-License-Identifier: Apache-2.0
// The tracker's insides: its memory and the order in which the roles take their turns.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "core/tracking/beam.hpp"
#include "core/tracking/echo/pieces.hpp"
#include "core/tracking/filter/associator.hpp"
#include "core/tracking/filter/bernoulli.hpp"
#include "core/tracking/filter/enumerator.hpp"
#include "core/tracking/filter/gater.hpp"
#include "core/tracking/filter/predictor.hpp"
#include "core/tracking/filter/updater.hpp"
#include "core/tracking/identity/recogniser.hpp"
#include "core/tracking/kind/smear.hpp"
#include "core/tracking/life/deleter.hpp"
#include "core/tracking/life/initiator.hpp"
#include "core/tracking/life/visibility.hpp"
#include "core/tracking/look.hpp"
#include "core/tracking/sea/clutter_map.hpp"
#include "core/tracking/sea/newcomers.hpp"
#include "core/tracking/sea/shadow_loss.hpp"
#include "core/tracking/sea/transient_class.hpp"
#include "core/tracking/sea/transients.hpp"
#include "core/tracking/tracker.hpp"

namespace headland::tracking {

// What is kept of each radar.
struct Sensor {
  SensorId id;
  Resolution cell;
  Beam beam;
  ClutterMap clutter;
  Newcomers newcomers;
  TransientMap transients;
  ShadowLoss shadows;
  Smear smear;
  double close_looks = 0.0;         // at pairs within beam and pulse, fading,
  double close_unresolved = 0.0;    // and how many of them gave one plot
  double farthest_m = 0.0;          // plot so far: beyond, what is not there says nothing
  double arrives_turns = 0.0;       // how much of a turn comes at once: a whole one from a file of plots
  double refused = 0.0;             // radians of sectors in a row that came too late to be used
  bool set_back = false;            // its clock lies behind what it told before; the other radars' do not yet
  std::vector<PlacedPlot> waiting;  // not yet given to a track or taken for a new one, by direction
  std::vector<double> wake;         // per slot: plan no look before the beam is here (see look.hpp)
};

// How far the radar looks: as told, and no farther than any plot came from.
[[nodiscard]] inline double looked_at_m(const Sensor& sensor, const Segment& segment) {
  return sensor.farthest_m > 0.0 ? std::min(segment.range_max_m, sensor.farthest_m) : segment.range_max_m;
}

// Nats that the size of a plot may say for or against two vessels in it.
inline constexpr double most_by_extent = 4.0;

inline constexpr std::size_t no_plot = static_cast<std::size_t>(-1);

// A track that the beam has met, while its plots are decided.
struct Due {
  std::size_t slot = 0;
  std::uint64_t serial = 0;
  SensorId sensor;
  PlannedLook look;
  Prediction prediction;
  Timestamp from;                            // time of the state that was predicted,
  std::uint32_t age_looks = 0;               // its age
  std::array<double, model_count> weight{};  // and the weights of its motions
  Timestamp predicted;                       // time of the prediction: later than the look if that comes late
  double existence = 0.0;
  double visibility = 1.0;
  double open = 0.0;               // how much of a look it is: received, not blanked, not covered by others
  double visible_detection = 0.0;  // probability that a plot comes of it if it exists and is visible,
  double detection = 0.0;          // and if it exists
  double range_m = 0.0;
  double bearing = 0.0;              // true, radians
  TrackId shadow_of;                 // a vessel before it; 0: none,
  double hull_before_m = 0.0;        // its length,
  double covered = 0.0;              // the share of the beam that it takes,
  double in_the_open = 0.0;          // and the probability of a plot if it were not there
  Reaches reaches{};                 // of the ages that the track's transients have in this look
  double begins = 0.0;               // probability that its plot is the first of a transient,
  double begins_again = 0.0;         // or of a vessel, and what was before was none
  double unresolved_scale = 0.0;     // of pairs at one place
  std::size_t own_plot = no_plot;    // the likeliest, once decided, where there was one: index in the pool
  std::size_t neighbours = no_plot;  // the cluster in which pairs were noted (tracker_twins)
  bool ready = false;                // the beam has passed the whole gate
  bool overdue = false;              // and ought to have decided by now

  void hide(double probability) {
    open *= 1.0 - probability;
    visible_detection *= 1.0 - probability;
    detection *= 1.0 - probability;
  }
};

struct Between;  // two of these that one plot may be of (tracker_share.cpp)

class Tracker::State {
 public:
  explicit State(const TrackerConfig& config);

  void process(const PlotSector& sector, TrackUpdates& out);
  void process_tick(Timestamp now, TrackUpdates& out);
  void flush(TrackUpdates& out);
  [[nodiscard]] std::vector<Track> tracks() const;
  [[nodiscard]] std::optional<double> detection(SensorId sensor, EastNorth place) const;
  bool drop(TrackId id, TrackUpdates& out);
  bool exchange(TrackId a, TrackId b, TrackUpdates& out);
  TrackId initiate(EastNorth place, Metres deviation, Timestamp time, TrackUpdates& out);
  void set_no_initiation(std::vector<std::vector<EastNorth>> areas) { config_.no_initiation = std::move(areas); }
  void follow(const CorrectionStep& step, EastNorth site);
  [[nodiscard]] std::optional<Story> story(TrackId id) const;
  void skip_numbers(std::uint32_t count) { next_id_ += count; }
  [[nodiscard]] TrackerSnapshot snapshot() const;
  void restore(const TrackerSnapshot& snapshot);

  TrackerCounters counters;

 private:
  struct Planned {
    std::uint64_t serial;
    std::size_t slot;
    PlannedLook look;
    Vector2 position;  // of the track, before
  };
  // A track that was confirmed just now.
  struct Fresh {
    std::size_t slot;
    std::uint64_t serial;
    bool shown;  // under its own number before
  };
  // A track that is looked at once more, for a late sector, and where it was looked at last.
  struct Reopened {
    std::size_t slot;
    std::uint64_t serial;
    double last;
  };
  // What lies behind a vessel, from its farther side on.
  struct Shadow {
    double bearing, half_hull_rad, from_m, hull_m;
    std::size_t slot;
  };
  struct Cluster {
    std::vector<std::size_t> due, plots;
    std::vector<std::size_t> candidates;
  };

  Sensor& sensor_of(SensorId id);
  [[nodiscard]] std::optional<Duration> clock_step(const Sensor& sensor, const PlotSector& sector) const;
  bool wait_for_clock(Sensor& sensor, const PlotSector& sector);
  void shift_times(Duration by);
  bool process_late(Sensor& sensor, const PlotSector& sector, TrackUpdates& out);
  void reopen_looks(Sensor& sensor, const Segment& late);
  void take_plots(Sensor& sensor, const PlotSector& sector, const Segment& segment);
  bool join_over_edge(Sensor& sensor, const Segment& segment, const PlacedPlot& plot);
  bool look_beside(const Sensor& sensor, const Bernoulli& track, const Gaussian& mean, PlannedLook& look) const;
  void unite_pieces(Sensor& sensor, std::size_t first);
  [[nodiscard]] std::size_t vessels_at(const PlacedPlot& echo) const;
  void note_crowds(Sensor& sensor, std::size_t first);
  void process_turn(Sensor& sensor, const PlotSector& sector, TrackUpdates& out);
  void process_part(Sensor& sensor, const PlotSector& sector, TrackUpdates& out);
  void resolve(Sensor& sensor, bool all, TrackUpdates& out);
  // Tentative tracks, and those of them with a second plot: kept as they change, since to walk over all tracks, which
  // lie far apart in memory, for a count takes longer than most of what a sector asks for.
  struct Young {
    std::size_t all = 0;
    std::size_t tested = 0;
  };
  static Young as_young(const Bernoulli& t);
  // Around whatever may change its stage or give it a second plot.
  void forget_young(const Bernoulli& t);
  void count_young(const Bernoulli& t);
  void gather_due(Sensor& sensor, bool all);
  [[nodiscard]] bool waits_alone(const Sensor& sensor, const Planned& planned) const;
  void add_due(Sensor& sensor, const Planned& planned, bool all);
  static double open_share(const Segment& segment, const Due& due);
  void foretell(const Bernoulli& track, Due& due) const;
  static void reweigh_young(const Sensor& sensor, const Planned& planned, Bernoulli& track);
  void gather_candidates(const Sensor& sensor);
  void gather_clusters(Sensor& sensor);
  [[nodiscard]] static std::size_t plot_in(const Cluster& cluster, const Candidate& c);
  bool share_out(Sensor& sensor, const Cluster& cluster);
  void find_close(Sensor& sensor, const Cluster& cluster);
  void join_close(Sensor& sensor, std::vector<std::size_t>& parent);
  void offer_shares(const Sensor& sensor, const Cluster& cluster, const Between& between, ClosePair& pair);
  double take_shares(std::size_t track);
  double covered_by(Sensor& sensor, const Due& d, const PlacedPlot& plot);
  double hidden_by_others(Sensor& sensor, const Cluster& cluster, std::size_t track);
  // One look at two tracks.
  struct PairLook {
    double share = 0.0;     // probability that one plot was of both
    double near = 0.0;      // that they are not resolved, relative to two at one place
    double one = 0.0;       // probability of a plot of either or both
    double larger = 0.0;    // nats that the size of the one plot says for two vessels
    bool beside = false;    // the plots, or the one plot and the other track, may be of one hull
    bool separate = false;  // two plots that are not of one hull
  };
  [[nodiscard]] double own_probability(std::size_t track, bool shared) const;
  [[nodiscard]] const PlacedPlot* own_plot(const Sensor& sensor, const Cluster& cluster, std::size_t track) const;
  [[nodiscard]] PairLook look_at_pair(const Sensor& sensor, const Cluster& cluster, std::size_t a, std::size_t b) const;
  void note_twins(const Sensor& sensor, const Cluster& cluster);
  void note_neighbours(const Sensor& sensor);
  void note_pair(const Sensor& sensor, const Bernoulli& a, const Bernoulli& b, const PairLook& look, Timestamp time);
  [[nodiscard]] PieceGap gap_of(const Sensor& sensor) const;
  void end_twins(TrackUpdates& out);
  void note_beside(const Cluster& cluster, bool shared);
  [[nodiscard]] double seen_beside(const Bernoulli& older, const Bernoulli& younger) const;
  void hand_over(Sensor& sensor, TrackUpdates& out);
  void decide(Sensor& sensor, const Cluster& cluster, TrackUpdates& out);
  void weigh_beginnings(const Sensor& sensor, const Cluster& cluster, std::size_t t, std::size_t end);
  void conclude(Sensor& sensor, Due& due, double none, const std::vector<WeightedCandidate>& plots, TrackUpdates& out);
  void judge(Sensor& sensor, Bernoulli& track, const Due& due, bool detected, TrackUpdates& out);
  std::size_t take_slot();
  void start_track(Sensor& sensor, const PlacedPlot& plot, double unclaimed);
  void finish(Bernoulli& track, TrackUpdates& out);
  void end_stale(TrackUpdates& out);
  static void note_first(Bernoulli& track, const PlacedPlot& plot);
  static void note_share(Bernoulli& track, SensorId sensor, const Gaussian& before, const Matrix2& noise, double taken);
  void note_look(const Due& due, const PlacedPlot* plot);
  static void note_blind(Bernoulli& track, Timestamp time);
  void gather_shadows(const Sensor& sensor);
  [[nodiscard]] const Shadow* shadow_on(const Sensor& sensor, const Due& due) const;
  void cast_shadows(const Sensor& sensor);
  static void learn_shadow(Sensor& sensor, const Due& due, double found);
  void note_echo(Sensor& sensor, const Due& due, const PlacedPlot& plot);
  [[nodiscard]] static double detection_at(const Sensor& sensor, const Vector2& place);  // of a vessel in its sight
  [[nodiscard]] double detection_of(const Bernoulli& track, const Gaussian& mean) const;
  void describe_vessel(const Bernoulli& track, const Gaussian& mean, Track& out) const;
  void note_shared(std::size_t track, const Cluster& cluster);
  static void note_confirmed(Bernoulli& track);
  void note_ended(Bernoulli& track, EndReason reason, double value, TrackId other = {});
  [[nodiscard]] bool may_begin_at(const Vector2& place) const;
  void keep_story(TrackId id, const Story& story);
  void remember(const Bernoulli& track);
  void gather_lost(const Bernoulli& fresh);
  void gather_rivals(const Bernoulli& fresh);
  const Bernoulli* best_of_lost(const Sensor& sensor, const Bernoulli& fresh, double& probability);
  void recognise(Sensor& sensor, const Fresh& fresh, TrackUpdates& out);
  void take_number(Bernoulli& track, const Bernoulli& old, double probability);
  void tell_transient(Sensor& sensor, Bernoulli& track, const Due& due);
  void tell_gone(Sensor& sensor, Bernoulli& track, double weight);
  void report(Bernoulli& track, TrackUpdates& out);
  [[nodiscard]] static bool stands(const Bernoulli& track, const Gaussian& mean);
  [[nodiscard]] Track to_track(const Bernoulli& track) const;
  static void sort_updates(TrackUpdates& out);

  TrackerConfig config_;
  Predictor predictor_;
  Initiator initiator_;
  Deleter deleter_;
  Associator associator_;
  Enumerator enumerator_;
  Recogniser recogniser_;

  std::vector<Bernoulli> slots_;
  std::vector<std::size_t> free_;
  std::vector<Sensor> sensors_;  // in order of id
  std::uint64_t next_serial_ = 1;
  std::uint32_t next_id_ = 1;
  Timestamp now_;
  std::deque<std::pair<TrackId, Story>> told_;  // of ended tracks, the newest last
  Young young_;
  std::size_t tested_ = 0;  // when resolve() began, where it makes a difference
  Timestamp stale_from_;    // before this none is

  // Pairs of tracks that share plots, by serial, the older first: looks at one plot for both, by radar; and looks,
  // while the younger was young, in which each had a plot of its own.
  struct Twin {
    std::map<std::uint16_t, double> looks;
    double both = 0.0;
    Timestamp last;
  };
  std::map<std::pair<std::uint64_t, std::uint64_t>, Twin> twins_;

  std::deque<Bernoulli> lost_;  // tracks that ended and may come back, the newest last

  // Scratch, kept only for its memory.
  std::vector<TrackId> faded_;  // tracks that were believed and ended in this sector
  std::vector<Fresh> fresh_;
  std::vector<Reopened> reopened_;
  std::vector<const Bernoulli*> old_, rivals_;
  std::vector<std::size_t> coasting_;  // slots of tracks that go on unseen, once they are
  bool coasting_known_ = false;        // in this sector
  std::vector<Planned> planned_;
  std::vector<Due> due_, met_;  // now, and when the beam was looked at last; in order of serial
  std::size_t due_count_ = 0;
  std::size_t met_count_ = 0;
  std::vector<Shadow> shadows_;  // by bearing
  double widest_shadow_ = 0.0;   // half
  std::vector<Candidate> candidates_;
  std::vector<std::size_t> parent_, cluster_of_, close_;
  std::vector<Cluster> clusters_;
  std::size_t cluster_count_ = 0;
  std::vector<bool> plot_used_;
  AssociationProblem problem_;
  AssociationResult result_;
  SharingProblem sharing_;
  SharingResult shared_;
  std::vector<Candidate> shared_candidates_;  // two for each shared plot: of the first track, of the second
  std::vector<PlacedPlot> shared_plots_;
  std::vector<double> shared_by_extent_;  // nats that the size of each says for two vessels in it
  std::vector<WeightedCandidate> weighted_;
  struct Crowded {
    double east_m, north_m, radius_m;
    std::size_t plot;  // of the waiting ones
    std::uint32_t neighbours;
  };
  std::vector<Crowded> crowd_;
  std::vector<std::size_t> by_strength_, pieces_, outlined_;
  std::vector<bool> taken_;   // of the waiting plots: a piece of another
  std::vector<bool> joined_;  // of the waiting plots: with a half beyond the edge
  bool inner_from_ = false;   // the sector at hand begins, or ends, within a turn that came whole
  bool inner_to_ = false;
  std::vector<double> vessel_share_;  // of the plots of a cluster, by what is likely a vessel
  std::vector<double> begun_again_;   // of the plots of a cluster, by what young tracks begin again with
  std::vector<PlacedPlot> rest_;
  std::vector<PlacedPlot> starts_;
  std::vector<double> starts_unclaimed_;
};

// Where the tree of `k` begins: trees of indices that belong together, each of which names one before it, or itself.
[[nodiscard]] std::size_t root_of(std::vector<std::size_t>& parent, std::size_t k);

// Of this sensor at the track; a new one where it never looked.
Look& look_among(Bernoulli& track, SensorId sensor);
inline Look& look_of(Bernoulli& track, SensorId sensor) {
  if (!track.looks.empty() && track.looks.front().sensor == sensor) return track.looks.front();  // as with one radar
  return look_among(track, sensor);
}
[[nodiscard]] Sensor new_sensor(SensorId id, const TrackerConfig& config);

}  // namespace headland::tracking
