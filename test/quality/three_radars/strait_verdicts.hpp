// SPDX-License-Identifier: Apache-2.0
// What the node says of each vessel of the simulated strait - accused, dark, silent, named wrongly -, set against what
// that vessel truly does.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "core/picture/picture.hpp"
#include "core/scenario/sea/plot_sea.hpp"
#include "core/score/proportion.hpp"

namespace headland::quality {

// How soon the vessels with one fault were found.
struct FoundFigure {
  std::uint32_t vessels = 0;
  std::vector<double> after_s;                // since the fault began, of those found, in order
  std::map<TrustEvidence, std::uint32_t> by;  // reasons that were found, vessels each
  std::uint32_t by_silence = 0;               // their own echo was called silent or dark
  std::uint32_t in_time = 0;                  // within the eight intervals of their class
};

// An honest vessel, or no vessel at all, that was accused.
struct FalseVerdict {
  std::size_t vessel = 0;
  double at_s = 0.0;
  bool of_trust = false;  // else its hearing
  TrustEvidence evidence{};
  AisHearing hearing{};
  // Where it is its hearing: what its track shows, why, how that track goes beside the vessel, and who is next to it.
  Mmsi shown;
  double probability = 0.0;
  AisSilence silence;
  std::size_t rivals = 0;
  double track_mps = 0.0, vessel_mps = 0.0, apart_m = 0.0;
  std::size_t neighbour = 0;
  double neighbour_m = 0.0, neighbour_mps = 0.0;
};

// Another's MMSI at a vessel's track, without doubt shown.
struct WrongSpell {
  std::size_t vessel = 0;
  double at_s = 0.0, for_s = 0.0;
  Mmsi shown;
};

// A stay of a vessel without AIS that was not called dark in time.
struct LateDark {
  std::size_t vessel = 0;
  double reached_s = 0.0, granted_s = 0.0;
  TrackId track;  // that followed it then, 0: none
};

// A vessel that sends another's size, or a wrong one in good faith.
struct FalseSize {
  std::size_t vessel = 0;
  double length_m = 0.0, sent_m = 0.0;
  bool in_good_faith = false;
  double found_s = -1.0;  // size_mismatch, since the start; < 0: not
};

// A track that was called dark and follows no vessel in reach of a radar: of a vessel that left it, or came into it
// just now, or of no vessel.
struct DarkStray {
  TrackId track;
  double began_s = 0.0, at_s = 0.0;  // its first plot, and when it was called dark
  double last_s = 0.0;               // in the picture
  double of_someone_s = 0.0;         // before it was called dark: it followed a vessel for so long
  double existence = 0.0, missed_s = 0.0, speed_mps = 0.0;
  TrackStage stage{};
  std::size_t nearest = 0;  // vessel that no other track follows
  double nearest_m = 1e9;
  bool of_nobody = false;  // it is too far off to be that
  bool honest = false;     // its AIS is: it is called dark wrongly
};

struct VerdictFigures {
  std::vector<FalseSize> false_sizes;  // in order of vessels
  std::map<scenario::AisFault, FoundFigure> faults;
  // Stays of vessels without AIS in the reach of a radar that last longer than what a vessel of the kind is granted.
  score::Proportion dark_in_time;
  std::uint32_t dark_vessels = 0;  // with such a stay,
  std::uint32_t dark_found = 0;    // and called dark in one
  double dark_latest_s = 0.0;      // after it came into reach
  std::vector<LateDark> dark_late;
  // Of honest vessels: each begins anew when it was taken back in between.
  std::map<TrustEvidence, std::uint32_t> falsely_accused;
  std::uint32_t falsely_dark = 0, falsely_silent = 0;
  std::uint32_t dark_nobody = 0;  // tracks of no vessel
  std::uint32_t dark_beyond = 0;  // tracks of vessels beyond the reach of all radars, without AIS or with false AIS
  std::uint32_t falsely_dark_beyond = 0;  // of honest vessels there
  std::vector<DarkStray> strays;          // the first of these three
  std::vector<FalseVerdict> false_ones;   // the first of them
  double honest_vessel_hours = 0.0;
  // Another's MMSI at a vessel's track: for how long, at most, without a rival shown or trust below 1.
  double longest_wrong_s = 0.0;
  std::uint32_t wrong_spells = 0;
  std::vector<WrongSpell> wrong;  // the first of them
};

class StraitVerdicts {
 public:
  explicit StraitVerdicts(const scenario::PlotSeaConfig& config) : config_(config) {}

  // A vessel as it is, now.
  struct Now {
    const scenario::SeaVessel* vessel = nullptr;
    TrackId track;            // that follows it, 0: none
    double reached_s = -1.0;  // in reach of a radar since; < 0: not
    double speed_mps = 0.0;
    double east_m = 0.0, north_m = 0.0;
  };
  // All vessels, in order; `step_s`: since the last call.
  void judge(const Picture& picture, const std::vector<Now>& vessels, double t_s, double step_s);
  [[nodiscard]] VerdictFigures figures() const;

 private:
  struct State {
    std::set<TrustEvidence> accused;  // just now
    double found_s = -1.0;
    std::set<TrustEvidence> found_by;
    double size_found_s = -1.0;
    bool by_silence = false;
    AisHearing hearing = AisHearing::not_applicable;
    double stay_s = -1.0;  // begin of the stay in reach that is watched
    bool stay_counted = false;
    bool dark_found = false, had_stay = false, ever_dark = false;
    double wrong_since_s = -1.0;
    std::size_t wrong_spell = 0;  // in the figures
    bool fast = false;            // all through this stay
  };
  void judge_trust(const scenario::SeaVessel& vessel, const Trust& trust, State& state, double t_s);
  void note_false(const FalseVerdict& verdict);
  void note_false_hearing(const std::vector<Now>& vessels, std::size_t v, const SystemTrack& track, double t_s);
  // The track of vessel `v`; `owner`: whose MMSI it shows, where there is one.
  void judge_track(const std::vector<Now>& vessels, std::size_t v, const Now* owner, const SystemTrack& track,
                   double t_s);
  void judge_dark(const Now& now, State& state, double t_s);
  void find(const scenario::SeaVessel& vessel, State& state, double t_s);

  scenario::PlotSeaConfig config_;
  std::vector<State> states_;
  std::vector<scenario::SeaVessel> vessels_;
  void judge_stray(const SystemTrack& track, const std::vector<Now>& vessels, double t_s);
  std::map<TrackId, std::size_t> strays_;   // tracks that were called dark so: place among them
  std::map<TrackId, double> of_someone_s_;  // time that a track followed a vessel
  VerdictFigures figures_;
};

// MMSI that a vessel sends under.
[[nodiscard]] std::uint32_t sent_mmsi(const scenario::SeaVessel& vessel);

}  // namespace headland::quality
