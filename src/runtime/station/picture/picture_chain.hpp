// SPDX-License-Identifier: Apache-2.0
// The node: plots of all radars, AIS and own-ship sentences in, tracks and the picture out. No threads,
// no clock: what comes out is a function of the inputs in their order.
//
// The plane's origin is the first radar position. Until one is known inputs wait, for `wait_for_position` of
// data time at most; then the plane hangs about an unknown place (0 N 0 E on the page, said so) until one
// comes. In a plane whose place is known, plots of a radar whose position is not are counted and left out.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "codec/nmea/nmea_decoder.hpp"
#include "core/ais/own_ship.hpp"
#include "core/geo/local_frame.hpp"
#include "core/geo/polygon.hpp"
#include "core/picture/picture_builder.hpp"
#include "core/picture/remote_picture.hpp"
#include "core/picture/track_order.hpp"
#include "core/registration/radar_registration.hpp"
#include "core/registration/registrar.hpp"
#include "core/tracking/tracker.hpp"
#include "runtime/station/sources/remote_source.hpp"

namespace headland::station {

struct PictureChainConfig {
  std::map<SensorId, GeoPosition> fixed_sites;  // radars with a configured position
  std::map<SensorId, std::string> names;        // as configured
  std::map<SensorId, Metres> antenna_height;    // above the sea, of radars where it is known
  std::map<SensorId, Angle> variation;          // where a heading is magnetic and nothing else tells it
  tracking::TrackerConfig tracker;
  std::map<SensorId, registration::RegistrationConfig> registration;  // radars not named: the defaults
  registration::RegistrarConfig registrar;
  picture::PictureConfig picture;
  RemoteSourceConfig remote;
  fusion::RemoteFuserConfig remote_fusion;
  ais::OwnShipConfig own_ship;
  std::optional<GeoPosition> plane_of_plots;  // where the plane of plots CSV lies, which say no more than metres
  bool keep_heard = false;                    // PictureOutput::heard is filled
  Duration wait_for_position = std::chrono::seconds(3);
  // Gives the land about a position, or nothing where none is charted; asked once the origin is known, and
  // again when a radar has gone far from there. Empty: land is not masked.
  std::function<std::shared_ptr<const CoastIndex>(GeoPosition)> land_about;
  // How near to charted land no plots are taken; radars not named: 0, on land. Negative: anywhere.
  std::map<SensorId, Metres> land_margin;
  // Polygons in which no track begins by itself.
  std::vector<std::vector<GeoPosition>> no_initiation;
};

struct PictureOutput {
  std::vector<PlotSector> sectors;  // placed in the plane, true bearings
  std::vector<Track> tracks;        // every change, in order
  std::vector<AisMessage> ais;
  std::vector<AisLinkMessage> links;                   // what stations said to one another
  std::vector<nmea::HeardMessage> heard;               // all of them as they came, where they are sent on
  std::optional<picture::PublishedPicture> published;  // after a tick
  std::vector<registration::RadarJump> jumps;          // of radars, noticed since the last
  void clear() {
    sectors.clear();
    tracks.clear();
    ais.clear();
    links.clear();
    heard.clear();
    jumps.clear();
    published.reset();
  }
};

struct PictureChainCounters {
  std::uint64_t sectors = 0;
  std::uint64_t sectors_at_last_site = 0;     // own position was lost: placed where it last was
  std::uint64_t sectors_at_last_heading = 0;  // the same of own heading
  std::uint64_t sectors_stabilized = 0;       // bearings corrected by what stands still
  std::uint64_t sectors_without_site = 0;     // of radars whose position was never known
  std::uint64_t plots = 0;                    // given to the tracker
  std::uint64_t plots_on_land = 0;            // and those that were not
  std::uint64_t ticks = 0;
  std::uint64_t orders = 0;  // of operators about tracks, done
  std::uint64_t orders_refused = 0;
};

// What became of an order: what is wrong with it, empty = it is done; the track it was about or began.
struct OrderReply {
  std::string fault;
  SystemTrackId track;
};

class PictureChain {
 public:
  explicit PictureChain(PictureChainConfig config);

  // A sector as a RadarChain gives it.
  void process(const PlotSector& sector, PictureOutput& out);
  // One that lies in the plane already (plots CSV): moves on with the plane as it is.
  void process_placed(const PlotSector& sector, PictureOutput& out);
  // NMEA text, one or more whole sentences; or a datagram of ASTERIX with the tracks of another system.
  void process(std::uint16_t stream, Timestamp received, std::span<const std::uint8_t> text, PictureOutput& out);
  // What an operator orders. Done at once: the tracks that change are in `out`, names from the next picture on.
  OrderReply process(const TrackOrder& order, Timestamp now, PictureOutput& out);
  // Time goes on; publishes the picture.
  void process_tick(Timestamp now, PictureOutput& out);
  // The end of the input.
  void flush(Timestamp now, PictureOutput& out);

  [[nodiscard]] const LocalFrame& frame() const { return frame_; }
  [[nodiscard]] bool is_located() const { return located_; }
  // One name everywhere: as configured, else radar1, radar2 and so on.
  [[nodiscard]] std::string name_of(SensorId sensor) const;
  [[nodiscard]] std::optional<GeoPosition> site_of(SensorId sensor, Timestamp time) const;
  // Whether the radar's position is known, or was.
  [[nodiscard]] bool knows_site(SensorId sensor) const;
  // Own heading from true north, or from magnetic north where nobody tells the variation.
  struct Heading {
    Angle heading;
    bool is_true = true;
  };
  [[nodiscard]] std::optional<Heading> heading_at(Timestamp time, SensorId sensor) const;
  // How video of a radar is turned and shifted to lie where its plots are put; what stands still for a second or two
  // (BearingStabilizer) apart.
  struct VideoPlace {
    Angle turn;
    Metres range_shift;
  };
  [[nodiscard]] VideoPlace video_place(Timestamp time, SensorId sensor, BearingReference reference) const;
  [[nodiscard]] std::vector<Track> tracks() const { return tracker_.tracks(); }
  // Why a radar track is there and what happened to it, also of those that ended of late.
  [[nodiscard]] std::optional<tracking::Story> story_of(SystemTrackId track) const {
    return tracker_.story(picture_.radar_track_shown_as(track));
  }
  // As Tracker::detection.
  [[nodiscard]] std::optional<double> detection(SensorId sensor, EastNorth place) const {
    return tracker_.detection(sensor, place);
  }

  // Standard deviation of the difference of two radars' time biases, s; 0: not known.
  [[nodiscard]] double time_deviation_between(SensorId a, SensorId b) const {
    return registrar_.time_deviation_between(a, b);
  }
  [[nodiscard]] const std::map<SensorId, registration::RadarRegistration>& registration() const {
    return registration_;
  }
  // All jumps of radars that were noticed since the start.
  [[nodiscard]] const std::vector<registration::RadarJump>& jumps() const { return jumps_; }
  [[nodiscard]] const PictureChainCounters& counters() const { return counters_; }
  [[nodiscard]] const nmea::NmeaCounters& nmea_counters() const { return nmea_.counters(); }
  [[nodiscard]] const RemoteSource& remote_source() const { return remote_source_; }
  [[nodiscard]] const picture::RemotePicture& remote() const { return remote_; }
  [[nodiscard]] const tracking::TrackerCounters& tracker_counters() const { return tracker_.counters(); }
  [[nodiscard]] const fusion::AisTrust& trust() const { return picture_.trust(); }
  [[nodiscard]] const picture::PictureCounters& picture_counters() const { return picture_.counters(); }

  // Leaves out the next numbers of radar tracks, vessels of AIS and tracks of other systems: they may have been given
  // before a restart to what nothing is left of.
  struct NumbersGiven {
    std::uint32_t radar = 0;
    std::uint32_t ais = 0;
    std::uint32_t remote = 0;
  };
  void skip_numbers(const NumbersGiven& given);

  // All that is remembered, for checkpoints: bytes that restore() takes back. False: not of this version.
  [[nodiscard]] std::vector<std::uint8_t> snapshot() const;
  [[nodiscard]] bool restore(std::span<const std::uint8_t> bytes);

 private:
  struct HeldText {
    std::uint16_t stream = 0;
    Timestamp received;
    std::vector<std::uint8_t> text;
  };
  using Held = std::variant<PlotSector, HeldText>;

  [[nodiscard]] bool must_wait(Timestamp now);
  void begin_at(GeoPosition origin, bool located);
  void release(PictureOutput& out);
  void take_sector(const PlotSector& sector, PictureOutput& out);
  void take_text(std::uint16_t stream, Timestamp received, std::span<const std::uint8_t> text, PictureOutput& out);
  void take_remote(std::uint16_t stream, Timestamp received, std::span<const std::uint8_t> bytes);
  void publish(Timestamp now, PictureOutput& out);
  [[nodiscard]] PlotSector placed(const PlotSector& sector);
  void turn_to_north(PlotSector& sector);
  void to_ground_range(PlotSector& sector) const;
  struct Turn {
    Angle by;
    BearingReference gives = BearingReference::true_north;
    std::optional<Heading> heading;  // that it was made with
    bool is_held = false;            // the heading is an old one
  };
  [[nodiscard]] Turn turn_of(Timestamp time, SensorId sensor, BearingReference reference) const;
  [[nodiscard]] Angle variation_of(SensorId sensor) const;
  void look_up_land(GeoPosition about);
  void place_no_initiation();
  OrderReply initiate(const TrackOrder& order, Timestamp now, PictureOutput& out);
  OrderReply drop(const TrackOrder& order, PictureOutput& out);
  OrderReply rename(const TrackOrder& order, Timestamp now);
  [[nodiscard]] registration::RadarRegistration& registration_of(SensorId sensor);
  void tell_errors(SensorId sensor, const registration::RadarRegistration& registration);
  [[nodiscard]] std::optional<registration::RadarRegistration::TimeReference> time_reference_of(SensorId sensor) const;
  void correct(PlotSector& sector);
  void follow(const PlotSector& sector, const registration::Bias& before, const registration::Bias& now);
  void compare(const AisMessage& message);
  void drop_land(PlotSector& sector);
  void track(const PlotSector& sector, PictureOutput& out);
  void note_updates(PictureOutput& out);

  PictureChainConfig config_;
  bool begun_ = false;    // the plane is fixed
  bool located_ = false;  // and its place on the earth known
  bool has_radar_ = false;
  LocalFrame frame_{GeoPosition{}};
  std::shared_ptr<const CoastIndex> land_;
  GeoPosition land_centre_;
  std::optional<Timestamp> waiting_since_;
  std::vector<Held> held_;
  nmea::NmeaDecoder nmea_;
  ais::OwnShip own_ship_;
  std::map<SensorId, registration::RadarRegistration> registration_;
  registration::Registrar registrar_;
  std::vector<registration::RadarJump> jumps_;
  std::size_t jumps_given_ = 0;  // to an output
  tracking::Tracker tracker_;
  picture::PictureBuilder picture_;
  RemoteSource remote_source_;
  picture::RemotePicture remote_;
  // Where each moving radar was last, and its heading: held when the instruments fall silent.
  std::map<SensorId, GeoPosition> last_site_;
  std::optional<Heading> last_heading_;
  std::map<SensorId, EdgeStitcher> edges_;  // of radars whose bearings are turned to north
  PictureChainCounters counters_;
  TrackUpdates updates_;
  nmea::NmeaOutput decoded_;
  std::vector<RemoteTrack> remote_tracks_;
};

}  // namespace headland::station
