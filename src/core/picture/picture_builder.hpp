// SPDX-License-Identifier: Apache-2.0
// The stage that makes the picture: radar tracks and AIS stations in, one system track per vessel out.
//
// A radar track's number is its system track's. A station heard by AIS alone has a number of its own
// (from `first_ais_number`), kept for its MMSI as long as it is known. Where both are one vessel it has one number,
// which stays with it when the radar loses it and finds it again: vessel_numbers.hpp.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>

#include "core/ais/report.hpp"
#include "core/fusion/ais_associator.hpp"
#include "core/fusion/fix_scatter.hpp"
#include "core/fusion/fused_state.hpp"
#include "core/fusion/trust/ais_trust.hpp"
#include "core/geo/local_frame.hpp"
#include "core/picture/contact.hpp"
#include "core/picture/operator_names.hpp"
#include "core/picture/picture.hpp"
#include "core/picture/picture_snapshot.hpp"
#include "core/picture/vessel_numbers.hpp"

namespace headland::picture {

struct PictureConfig {
  fusion::AisAssociatorConfig association;
  fusion::AisTrustConfig trust;
  std::uint32_t first_ais_number = 1'000'000;              // above any radar track's number of a day
  double ais_drop_s = 600.0;                               // an overdue station is shown as lost so long, 0 .. 86400
  std::uint32_t max_stations = fusion::most_ais_stations;  // more are not taken, counted
};

struct PictureCounters {
  std::uint64_t ais_messages = 0;
  std::uint64_t stations_refused = 0;  // more than max_stations
  std::uint64_t reports_without_position = 0;
  std::uint64_t reports_too_far = 0;  // beyond the domain of the plane (1000 km)
  // Received before one of the same station that is shown: heard by trust and registration, not shown.
  std::uint64_t reports_late = 0;
  // Shown, but their fix is older than one before: not weighed against tracks.
  std::uint64_t fixes_late = 0;
  std::uint64_t merges = 0;
  std::uint64_t splits = 0;
  std::uint64_t clock_set_back = 0;     // times that what was heard or judged lay in the future
  std::uint64_t numbers_exchanged = 0;  // pairs of tracks that had changed places
};

enum class RenameFault : std::uint8_t { none, no_such_track, too_many };

struct PublishedPicture {
  std::shared_ptr<const Picture> picture;
  PictureChange change;  // since the last that was published
};

class PictureBuilder {
 public:
  PictureBuilder(const PictureConfig& config, LocalFrame frame);

  // Where a radar stands (each sector of a moving one), in the plane of `frame`.
  void place_sensor(SensorId sensor, EastNorth site);
  // What it may still measure amiss after registration.
  void set_errors(SensorId sensor, const fusion::RadarErrors& errors);
  // Where the beam passed; the plots do not matter here.
  void process(const PlotSector& sector) { trust_.process(sector); }
  void process(const TrackUpdates& updates);
  // Tracks that changed places when their vessels met, as AIS tells; each pair once. exchange(): their numbers were
  // exchanged, both are as given.
  [[nodiscard]] std::vector<fusion::Exchange> take_exchanges() { return associator_.take_exchanges(); }
  void exchange(const TrackUpdates& exchanged);
  void process(const AisMessage& message);

  // An operator's name for a radar track or a station, by the number shown; an empty one takes it off.
  RenameFault rename(SystemTrackId track, OperatorName name);

  // The picture as of `now` (data time): overdue stations are marked, then dropped.
  [[nodiscard]] PublishedPicture publish(Timestamp now);

  // The radar track that the vessel was when the picture was last published, as it is now.
  struct RadarBond {
    const Track* track;
    double probability;
  };
  [[nodiscard]] std::optional<RadarBond> radar_track_of(Mmsi mmsi) const;
  // The radar track that was last published under this number, 0 where AIS alone was; of a number that was not, the
  // track that has it by itself, if there is one.
  [[nodiscard]] TrackId radar_track_shown_as(SystemTrackId number) const;

  [[nodiscard]] const PictureCounters& counters() const { return counters_; }
  [[nodiscard]] const fusion::AisTrust& trust() const { return trust_; }
  // Leaves out the next numbers of stations: after a crash they may have been given to others.
  void skip_numbers(std::uint32_t count) { numbers_.skip(count); }
  [[nodiscard]] PictureSnapshot snapshot() const;
  // After this, the tracks of the restored tracker are to be given by process().
  void restore(const PictureSnapshot& snapshot);

 private:
  struct Radar {
    Track track;
    std::uint32_t attribute_version = 0;
  };
  // What of a system track was published last, to tell what changed.
  struct Shown {
    Mmsi mmsi;
    TrackId track;
    bool radar = false;
    bool ais = false;
    bool lost = false;
    Timestamp time;
    Timestamp particulars;
    TrackStage stage = TrackStage::tentative;
    std::uint32_t reasons = 0;  // a bit for each kind of TrustEvidence
    bool doubted = false;
    bool rivals = false;
    bool missing_echo = false;
    AisHearing hearing = AisHearing::not_applicable;
    std::string name;  // by an operator
    std::uint32_t version = 0;
    friend bool operator==(const Shown&, const Shown&) = default;
  };

  void take(const VesselReport& report);
  void take(const VesselParticulars& particulars);
  void take(const BaseStationReport& report);
  void take(const AidToNavigation& aid);
  void take_time_back(Timestamp now);
  Contact* contact_of(Mmsi mmsi, Timestamp heard, SystemTrackKind kind);
  bool place(Contact& contact, const GeoPosition& position, Timestamp heard);
  void drop_silent(Timestamp now);
  void part_numbers(const std::map<Mmsi, fusion::Association>& bonds, Timestamp now);
  [[nodiscard]] bool deserves_number(const Contact& contact, Timestamp now) const;
  void give_numbers_back(const std::map<Mmsi, fusion::Association>& bonds, Timestamp now);
  void assign_numbers(const std::map<Mmsi, fusion::Association>& bonds, Timestamp now);
  [[nodiscard]] SystemTrackId number_of(TrackId track) const;
  void note_gone(const Picture& picture, const std::map<Mmsi, fusion::Association>& bonds, PictureChange& change);
  void note_candidates();
  void judge(Timestamp now);
  void add_judgement(SystemTrack& track, Timestamp now);
  void add_name(SystemTrack& track, const Contact* contact, Timestamp now);
  void add_rivals(SystemTrack& track) const;
  [[nodiscard]] bool may_be_aid(const KinematicState& state) const;
  [[nodiscard]] EastNorth site_of(const Track& track) const;
  [[nodiscard]] fusion::RadarErrors errors_of(const Track& track) const;
  [[nodiscard]] fusion::AisQuality quality_of(const Contact& contact, const fusion::AisMotion& motion,
                                              Timestamp at) const;
  void learn_scatter(Timestamp since, Timestamp now);
  void blend(const Track& track, const Contact& contact, SystemTrack& out) const;
  [[nodiscard]] SystemTrack from_radar(const Track& track, const Contact* contact, double probability,
                                       Timestamp now) const;
  [[nodiscard]] SystemTrack from_ais(const Contact& contact, Timestamp now) const;
  void add_ais(const Contact& contact, Timestamp now, SystemTrack& out) const;
  void note(SystemTrack& track, std::uint32_t& version, PictureChange& change);

  PictureConfig config_;
  LocalFrame frame_;
  fusion::AisAssociator associator_;
  fusion::AisTrust trust_;
  fusion::FixScatter scatter_;
  std::map<SensorId, EastNorth> sites_;
  std::map<SensorId, fusion::RadarErrors> errors_;
  std::map<TrackId, double> known_to_ais_;
  std::vector<EastNorth> aids_;                          // as of the last publish, with
  std::map<TrackId, std::vector<Identity>> candidates_;  // the AIS identities of each track, the likeliest first
  std::optional<Timestamp> judged_;
  PictureCounters counters_;
  std::map<TrackId, Radar> radar_;
  std::map<Mmsi, Contact> contacts_;
  OperatorNames names_;
  VesselNumbers numbers_;
  std::map<SystemTrackId, Shown> shown_;
  std::map<Mmsi, fusion::Association> merged_;  // as last published
  std::map<TrackId, fusion::Association> joined_;
};

}  // namespace headland::picture
