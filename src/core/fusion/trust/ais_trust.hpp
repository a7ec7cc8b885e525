// SPDX-License-Identifier: Apache-2.0
// The stage that judges AIS stations: reports, radar tracks and the beam's passages in, a Trust per MMSI out, with the
// lowest there ever was.
//
// What reports say against themselves is judged as they come (ReportChecks), what radar and the reception say when the
// picture is made: judge(), some times a second at most. Memory is bounded by `max_stations`, the radar's tracks and
// the AIS vessels of the picture.
#pragma once

#include <map>
#include <optional>
#include <span>

#include "core/ais/report.hpp"
#include "core/fusion/trust/ais_reception.hpp"
#include "core/fusion/trust/ais_timing.hpp"
#include "core/fusion/trust/echo_watch.hpp"
#include "core/fusion/trust/radar_witness.hpp"
#include "core/fusion/trust/report_checks.hpp"
#include "core/fusion/trust/silence_watch.hpp"
#include "core/fusion/trust/trust_ledger.hpp"

namespace headland::fusion {

// Of the picture, and so of those that are judged.
inline constexpr std::uint32_t most_ais_stations = 20'000;

struct AisTrustConfig {
  AisReceptionConfig reception;
  SilenceConfig silence;
  RadarWitnessConfig witness;
  EchoWatchConfig echoes;
  std::uint32_t max_stations = most_ais_stations;  // more are not judged, counted; 100 .. 1e6
};

struct AisTrustCounters {
  std::uint64_t stations_refused = 0;
  std::uint64_t holes = 0;  // times that AIS of most vessels fell silent at once
};

class AisTrust {
 public:
  // The lowest verdict on a station, and when.
  struct Lowest {
    Trust trust;
    Timestamp when;
  };
  struct Station {
    ReportChecks checks;
    TrustLedger ledger;
    std::optional<Lowest> lowest;
  };

  explicit AisTrust(const AisTrustConfig& config = {})
      : config_(config),
        reception_(config.reception),
        silence_(config.silence),
        witness_(config.witness),
        echoes_(config.echoes) {}

  void place_receiver(GeoPosition site) { reception_.place_receiver(site); }
  void process(const VesselReport& report);
  void process(const VesselParticulars& particulars);
  void process(const BaseStationReport& report);
  void process(const AidToNavigation& aid) { reception_.process(aid.mmsi, aid.received); }
  void process(const PlotSector& sector) { echoes_.process(sector); }

  // What radar says: the vessels that are one with a track (in order of MMSI), all AIS vessels in the plane, all
  // tracks; `track_of(TrackId)` gives a RadarWitness::TrackState, `motion_of(Mmsi)` a const AisMotion* or null.
  template <class TrackOf, class MotionOf>
  void judge(Timestamp now, std::span<const Bond> bonds, std::span<const AisPlace> vessels,
             std::span<const Track* const> tracks, const TrackOf& track_of, const MotionOf& motion_of) {
    refresh(now);
    const auto book = [this](Mmsi mmsi) -> TrustLedger& { return book_of(mmsi); };
    echoes_.begin(tracks, now);
    const auto is_empty = [&](EastNorth where, EastNorth but, double reach_m) {
      return echoes_.is_empty(where, but, reach_m, now);
    };
    witness_.judge(bonds, now, track_of, motion_of, is_empty, book);
    echoes_.judge(vessels, now, book);
    note_lowest(now);
  }
  [[nodiscard]] AisSilence silence(const WatchedTrack& track, Timestamp now) {
    return silence_.judge(track, now, reception_);
  }
  void forget(TrackId track) { silence_.forget(track); }
  // The clock was set back to `now`: times in what is the future now become `now`, so that reasons fade and what comes
  // next is newer.
  void take_time_back(Timestamp now);
  // A vessel left the picture; what was found against it is kept.
  void forget(Mmsi mmsi);

  [[nodiscard]] Trust verdict(Mmsi mmsi, Timestamp now) const;
  // How far its word counts: the verdict's score; of a station that is not judged, because there are too many, half.
  [[nodiscard]] double score(Mmsi mmsi, Timestamp now) const;
  // May tell what radars measure amiss, and how well they see: nothing much is held against it but by radar. What radar
  // holds against stations does not matter there: it is the radar that is judged, and one that is turned, or blind,
  // would rid itself of all witnesses.
  [[nodiscard]] bool may_witness(Mmsi mmsi, Timestamp now) const;
  [[nodiscard]] double length_of(Mmsi mmsi) const;
  [[nodiscard]] bool tows(Mmsi mmsi) const;  // or pushes, by its type
  [[nodiscard]] std::optional<MissingEcho> missing(Mmsi mmsi) const { return echoes_.missing(mmsi); }
  [[nodiscard]] const AisTiming& timing() const { return timing_; }
  [[nodiscard]] const AisReception& reception() const { return reception_; }
  [[nodiscard]] const RadarWitness& witness() const { return witness_; }
  // In order of MMSI; those with `lowest` were believed less than fully at some time.
  [[nodiscard]] const std::map<Mmsi, Station>& stations() const { return stations_; }
  [[nodiscard]] const AisTrustCounters& counters() const { return counters_; }

  struct StationSnapshot {
    ReportChecks::State checks;
    std::vector<TrustLedger::Entry> entries;
  };
  struct Snapshot {
    std::map<Mmsi, StationSnapshot> stations;
    AisTiming::Snapshot timing;
    AisReception::Snapshot reception;
    std::map<TrackId, SilenceWatch::Watch> silence;
    std::map<Mmsi, RadarWitness::Station> witness;
  };
  [[nodiscard]] Snapshot snapshot() const;
  void restore(const Snapshot& s);

 private:
  Station* station_of(Mmsi mmsi);
  TrustLedger& book_of(Mmsi mmsi);
  void refresh(Timestamp now);
  void forget_old(Timestamp now);
  void note_lowest(Timestamp now);
  static void note_lowest(Station& station, Timestamp now);

  AisTrustConfig config_;
  std::map<Mmsi, Station> stations_;
  AisTiming timing_;
  AisReception reception_;
  SilenceWatch silence_;
  RadarWitness witness_;
  EchoWatch echoes_;
  AisTrustCounters counters_;
  std::optional<Timestamp> refreshed_;
  TrustLedger nobody_;  // for stations that are not judged
};

}  // namespace headland::fusion
