// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/picture/picture_chain.hpp"

#include <cmath>
#include <utility>

namespace headland::station {
namespace {

constexpr double steepest_look = 10.0;  // slant over ground range: nearer below, what is measured says nothing

std::optional<GeoPosition> position_of(const AisMessage& message) {
  const auto* report = std::get_if<VesselReport>(&message);
  return report == nullptr ? std::nullopt : report->position;
}

}  // namespace

PictureChain::PictureChain(PictureChainConfig config)
    : config_(std::move(config)),
      nmea_({.keep_heard = config_.keep_heard}),
      own_ship_(config_.own_ship),
      registrar_(config_.registrar),
      tracker_(config_.tracker),
      picture_(config_.picture, frame_),
      remote_source_(config_.remote),
      remote_(config_.remote_fusion) {
  if (!config_.fixed_sites.empty()) begin_at(config_.fixed_sites.begin()->second, true);
}

void PictureChain::begin_at(GeoPosition origin, bool located) {
  begun_ = true;
  located_ = located;
  frame_ = LocalFrame(origin);
  if (located) look_up_land(origin);
  place_no_initiation();
  // What was numbered until now keeps its numbers to itself.
  const std::uint32_t vessels = picture_.snapshot().next_number - config_.picture.first_ais_number;
  const std::uint32_t others = remote_.snapshot().next_number - config_.remote_fusion.first_number;
  picture_ = picture::PictureBuilder(config_.picture, frame_);
  remote_ = picture::RemotePicture(config_.remote_fusion);
  skip_numbers({0, vessels, others});
  updates_.tracks = tracker_.tracks();  // they lie in the plane already
  if (!updates_.tracks.empty()) picture_.process(updates_);
  updates_.tracks.clear();
}

bool PictureChain::must_wait(Timestamp now) {
  if (begun_) return false;
  if (!waiting_since_ || now < *waiting_since_) waiting_since_ = now;
  constexpr std::size_t most_held = 20'000;
  if (now - *waiting_since_ < config_.wait_for_position && held_.size() < most_held) return true;
  begin_at(GeoPosition{}, false);
  return false;
}

void PictureChain::process(const PlotSector& sector, PictureOutput& out) {
  has_radar_ = true;
  if (must_wait(sector.ended)) {
    held_.emplace_back(sector);
    return;
  }
  release(out);
  take_sector(sector, out);
}

void PictureChain::process_placed(const PlotSector& sector, PictureOutput& out) {
  has_radar_ = true;
  if (!begun_) begin_at(config_.plane_of_plots.value_or(GeoPosition{}), config_.plane_of_plots.has_value());
  release(out);
  if (!config_.plane_of_plots) return track(sector, out);
  PlotSector there = sector;
  correct(there);
  track(there, out);
}

void PictureChain::process(std::uint16_t stream, Timestamp received, std::span<const std::uint8_t> text,
                           PictureOutput& out) {
  if (must_wait(received)) {
    // Own position is looked for at once; everything else waits its turn.
    nmea::NmeaDecoder ahead;
    nmea::NmeaOutput found;
    ahead.process(text, received, stream, found);
    for (const auto& report : found.own_ship) {
      if (!report.position || begun_) continue;
      begin_at(*report.position, true);
      for (const auto& held : held_) {  // what waited for it was seen from here
        if (const auto* sector = std::get_if<PlotSector>(&held)) last_site_[sector->sensor] = *report.position;
      }
    }
    if (!begun_) {
      held_.emplace_back(HeldText{stream, received, {text.begin(), text.end()}});
      return;
    }
  }
  release(out);
  take_text(stream, received, text, out);
}

void PictureChain::release(PictureOutput& out) {
  for (const auto& held : std::exchange(held_, {})) {
    if (const auto* sector = std::get_if<PlotSector>(&held)) {
      take_sector(*sector, out);
    } else {
      const auto& text = std::get<HeldText>(held);
      take_text(text.stream, text.received, text.text, out);
    }
  }
}

void PictureChain::take_text(std::uint16_t stream, Timestamp received, std::span<const std::uint8_t> text,
                             PictureOutput& out) {
  if (is_remote_asterix(text)) return take_remote(stream, received, text);
  decoded_.clear();
  nmea_.process(text, received, stream, decoded_);
  for (const auto& report : decoded_.own_ship) {
    own_ship_.process(report);
    if (!located_ && report.position) begin_at(*report.position, true);
  }
  for (auto& message : decoded_.ais) {
    // A station of AIS alone lies where the first vessel is that it hears.
    if (!located_ && !has_radar_ && config_.names.empty() && position_of(message))
      begin_at(*position_of(message), true);
    picture_.process(message);
    compare(message);
    out.ais.push_back(std::move(message));
  }
  out.links.insert(out.links.end(), std::make_move_iterator(decoded_.links.begin()),
                   std::make_move_iterator(decoded_.links.end()));
  out.heard.insert(out.heard.end(), decoded_.heard.begin(), decoded_.heard.end());
  for (const auto& target : decoded_.targets) {
    remote_tracks_.clear();
    if (located_) remote_source_.process(stream, target, own_ship_, frame_, remote_tracks_);
    for (const RemoteTrack& track : remote_tracks_) remote_.process(track);
  }
}

void PictureChain::take_remote(std::uint16_t stream, Timestamp received, std::span<const std::uint8_t> bytes) {
  if (!located_ && !has_radar_ && config_.names.empty()) {
    if (const auto place = remote_source_.place_in(bytes)) begin_at(*place, true);
  }
  remote_tracks_.clear();
  remote_source_.process(stream, received, bytes, frame_, located_, remote_tracks_);
  for (const RemoteTrack& track : remote_tracks_) remote_.process(track);
}

void PictureChain::publish(Timestamp now, PictureOutput& out) {
  out.published = picture_.publish(now);
  if (!remote_.is_empty()) out.published = remote_.apply(std::move(*out.published), tracker_.tracks(), frame_);
  out.jumps.insert(out.jumps.end(), jumps_.begin() + static_cast<std::ptrdiff_t>(jumps_given_), jumps_.end());
  jumps_given_ = jumps_.size();
}

void PictureChain::take_sector(const PlotSector& sector, PictureOutput& out) {
  PlotSector there = placed(sector);
  if (located_ && !knows_site(sector.sensor)) {  // anywhere it were put would be wrong
    ++counters_.sectors_without_site;
    return;
  }
  correct(there);
  drop_land(there);
  track(there, out);
}

registration::RadarRegistration& PictureChain::registration_of(SensorId sensor) {
  const auto known = registration_.find(sensor);
  if (known != registration_.end()) return known->second;
  const auto named = config_.registration.find(sensor);
  const auto config = named != config_.registration.end() ? named->second : registration::RegistrationConfig{};
  return registration_.try_emplace(sensor, config).first->second;
}

// Takes off what the radar measures amiss, and learns more of it.
void PictureChain::correct(PlotSector& sector) {
  auto& registration = registration_of(sector.sensor);
  const registration::Bias before = registration.taken_off();
  registration.process(sector);
  follow(sector, before, registration.taken_off());
  if (registration.stabilizer().estimate().applied) ++counters_.sectors_stabilized;
  if (!located_ || !registration.unbias()) return;
  const auto& steadied = registration.stabilizer().estimate();
  registrar_.process(sector, registration.taken_off(), steadied.applied ? steadied.error.radians() : 0.0);
  const auto jumps = registrar_.take_jumps();
  jumps_.insert(jumps_.end(), jumps.begin(), jumps.end());
  registration.set_estimate(registrar_.estimate(sector.sensor), time_reference_of(sector.sensor));
  tell_errors(sector.sensor, registration);
}

// Of time only what differs between radars is taken off: the mean age of AIS reports is not known. They are compared
// with the first of which enough vessels tell.
std::optional<registration::RadarRegistration::TimeReference> PictureChain::time_reference_of(SensorId sensor) const {
  for (const auto& [first, registration] : registration_) {
    const auto estimate = registrar_.estimate(first);
    if (!registration.knows_time(estimate)) continue;
    const double deviation_s = first == sensor ? 0.0 : registrar_.time_deviation_between(sensor, first);
    return registration::RadarRegistration::TimeReference{estimate.bias.time_s, deviation_s};
  }
  return std::nullopt;
}

// Tracks move with the plots that they rest on.
void PictureChain::follow(const PlotSector& sector, const registration::Bias& before, const registration::Bias& now) {
  const tracking::CorrectionStep step{sector.sensor, now.range_m - before.range_m, now.bearing_rad - before.bearing_rad,
                                      now.time_s - before.time_s, now.range_scale - before.range_scale};
  if (step.range_m == 0.0 && step.bearing_rad == 0.0 && step.time_s == 0.0 && step.range_scale == 0.0) return;
  tracker_.follow(step, {Metres(sector.site_east_m), Metres(sector.site_north_m)});
}

// What is left after that: what was found and is not taken off yet, and how uncertain it is. Of a radar that nothing
// tells of, what is usual.
void PictureChain::tell_errors(SensorId sensor, const registration::RadarRegistration& registration) {
  const registration::BiasEstimate& e = registration.estimate();
  if (e.vessels == 0) return picture_.set_errors(sensor, {});
  const registration::Bias off = registration.taken_off();
  constexpr double least_range_m = 3.0;        // hulls are no points
  constexpr double least_bearing_rad = 0.001;  // nor is the bias the same at all bearings
  const fusion::RadarErrors usual;
  picture_.set_errors(
      sensor, {std::min(usual.range_m, std::hypot(e.bias.range_m - off.range_m, e.deviation.range_m, least_range_m)),
               std::min(std::max(usual.bearing_rad, e.deviation.bearing_rad),
                        std::hypot(e.bias.bearing_rad - off.bearing_rad, e.deviation.bearing_rad, least_bearing_rad))});
}

// What a vessel says of its place, for what radars measure of it.
void PictureChain::compare(const AisMessage& message) {
  if (!located_) return;
  if (const auto* particulars = std::get_if<VesselParticulars>(&message)) registrar_.process(*particulars);
  const auto* report = std::get_if<VesselReport>(&message);
  if (report == nullptr || !report->position || report->own_ship) return;
  if (!picture_.trust().may_witness(report->mmsi, report->received)) return;
  const EastNorth where = frame_.to_local(*report->position);
  registrar_.process(*report, where, frame_.north_at(where).radians());
}

std::string PictureChain::name_of(SensorId sensor) const {
  const auto known = config_.names.find(sensor);
  return known != config_.names.end() ? known->second : "radar" + std::to_string(sensor.value());
}

std::optional<GeoPosition> PictureChain::site_of(SensorId sensor, Timestamp time) const {
  const auto fixed = config_.fixed_sites.find(sensor);
  if (fixed != config_.fixed_sites.end()) return fixed->second;
  const auto own = own_ship_.position_at(time);
  if (!own) return std::nullopt;
  return own->position;
}

bool PictureChain::knows_site(SensorId sensor) const {
  return config_.fixed_sites.contains(sensor) || last_site_.contains(sensor);
}

Angle PictureChain::variation_of(SensorId sensor) const {
  const auto known = config_.variation.find(sensor);
  return known != config_.variation.end() ? known->second : Angle();
}

std::optional<PictureChain::Heading> PictureChain::heading_at(Timestamp time, SensorId sensor) const {
  const auto own = own_ship_.heading_at(time);
  if (!own) return std::nullopt;
  Heading heading{Angle(Radians(own->heading.radians())), own->is_true};
  if (!heading.is_true && config_.variation.contains(sensor)) {
    heading = {heading.heading + variation_of(sensor), true};
  }
  return heading;
}

// Bearings of the video to bearings from true north, as far as anything tells how.
PictureChain::Turn PictureChain::turn_of(Timestamp time, SensorId sensor, BearingReference reference) const {
  Turn turn{Angle(), reference, std::nullopt, false};
  if (reference == BearingReference::head_up) {
    turn.heading = heading_at(time, sensor);
    turn.is_held = !turn.heading && last_heading_;
    if (turn.is_held) turn.heading = last_heading_;
    if (!turn.heading) return turn;
    turn.by = turn.heading->heading;
    turn.gives = turn.heading->is_true ? BearingReference::true_north : BearingReference::magnetic_north;
  } else if (reference == BearingReference::magnetic_north && config_.variation.contains(sensor)) {
    turn.by = variation_of(sensor);
    turn.gives = BearingReference::true_north;
  }
  return turn;
}

void PictureChain::turn_to_north(PlotSector& sector) {
  const Turn turn = turn_of(sector.ended, sector.sensor, sector.reference);
  if (turn.is_held) ++counters_.sectors_at_last_heading;
  if (turn.heading) last_heading_ = turn.heading;
  if (turn.gives == sector.reference) return;
  // While own ship turns, each bearing is of its own instant.
  const auto by_at = [&](Timestamp time) {
    if (!turn.heading || turn.is_held) return turn.by;
    const auto heading = heading_at(time, sector.sensor);
    return heading && heading->is_true == turn.heading->is_true ? heading->heading : turn.by;
  };
  edges_[sector.sensor].turn(sector, by_at(sector.began), by_at(sector.ended));
  for (Plot& plot : sector.plots) plot.bearing = plot.bearing + by_at(plot.time);
  for (BeaconSighting& beacon : sector.beacons) beacon.bearing = beacon.bearing + by_at(beacon.time);
  sector.reference = turn.gives;
}

PictureChain::VideoPlace PictureChain::video_place(Timestamp time, SensorId sensor, BearingReference reference) const {
  const Turn turn = turn_of(time, sensor, reference);
  const auto known = registration_.find(sensor);
  if (turn.gives != BearingReference::true_north || known == registration_.end()) return {turn.by, Metres(0.0)};
  const registration::Bias bias = known->second.taken_off();
  return {turn.by - Angle(Radians(bias.bearing_rad)), Metres(-bias.range_m)};
}

// Radars measure along the line of sight; the plane is at the sea.
void PictureChain::to_ground_range(PlotSector& sector) const {
  const auto known = config_.antenna_height.find(sector.sensor);
  if (known == config_.antenna_height.end() || known->second <= Metres(0.0)) return;
  const double height2 = known->second.value() * known->second.value();
  constexpr Metres least(0.1);  // what is nearer than the height is below the antenna
  const auto ground = [&](Metres slant) {
    return Metres(std::sqrt(std::max(slant.value() * slant.value() - height2, 0.0)));
  };
  for (Plot& plot : sector.plots) {
    const Metres range = std::max(ground(plot.range), least);
    plot.range_deviation = plot.range_deviation * std::min(plot.range.value() / range.value(), steepest_look);
    plot.range = range;
  }
  for (BlankedSector& area : sector.blanked) {
    area.range_min = ground(area.range_min);
    area.range_max = ground(area.range_max);
  }
  sector.range_min = ground(sector.range_min);
  sector.range_max = ground(sector.range_max);
}

PlotSector PictureChain::placed(const PlotSector& sector) {
  PlotSector out = sector;
  turn_to_north(out);
  to_ground_range(out);
  auto site = sector.site ? sector.site : site_of(sector.sensor, sector.ended);
  if (site) {
    last_site_[sector.sensor] = *site;
  } else if (const auto last = last_site_.find(sector.sensor); last != last_site_.end()) {
    site = last->second;
    ++counters_.sectors_at_last_site;
  }
  if (site && located_) {
    const EastNorth local = frame_.to_local(*site);
    out.site_east_m = local.east.value();
    out.site_north_m = local.north.value();
    out.site_north = frame_.north_at(local);
  }
  return out;
}

void PictureChain::track(const PlotSector& sector, PictureOutput& out) {
  ++counters_.sectors;
  counters_.plots += sector.plots.size();
  picture_.place_sensor(sector.sensor, {Metres(sector.site_east_m), Metres(sector.site_north_m)});
  picture_.process(sector);
  tracker_.process(sector, updates_);
  note_updates(out);
  out.sectors.push_back(sector);
}

void PictureChain::note_updates(PictureOutput& out) {
  if (!updates_.tracks.empty()) picture_.process(updates_);
  for (const fusion::Exchange& e : picture_.take_exchanges()) {
    TrackUpdates exchanged;
    if (!tracker_.exchange(e.a, e.b, exchanged)) continue;
    picture_.exchange(exchanged);
    updates_.tracks.insert(updates_.tracks.end(), exchanged.tracks.begin(), exchanged.tracks.end());
  }
  out.tracks.insert(out.tracks.end(), std::make_move_iterator(updates_.tracks.begin()),
                    std::make_move_iterator(updates_.tracks.end()));
  updates_.tracks.clear();
}

void PictureChain::process_tick(Timestamp now, PictureOutput& out) {
  ++counters_.ticks;
  if (must_wait(now)) return;
  release(out);
  tracker_.process_tick(now, updates_);
  note_updates(out);
  publish(now, out);
}

void PictureChain::flush(Timestamp now, PictureOutput& out) {
  if (!begun_) begin_at(GeoPosition{}, false);
  release(out);
  tracker_.flush(updates_);
  note_updates(out);
  publish(now, out);
}

}  // namespace headland::station
