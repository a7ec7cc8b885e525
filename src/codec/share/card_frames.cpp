// SPDX-License-Identifier: Apache-2.0
#include "codec/share/card_frames.hpp"

#include <cmath>
#include <cstdio>
#include <numbers>

#include "codec/share/json_detail.hpp"
#include "codec/share/texts.hpp"
#include "codec/share/trust/trust_texts.hpp"

namespace headland::share {
namespace {

const char* text(TrackStage stage) {
  switch (stage) {
    case TrackStage::tentative:
      return "tentative";
    case TrackStage::confirmed:
      return "confirmed";
    case TrackStage::coasting:
      return "coasting";
    case TrackStage::ended:
      return "ended";
  }
  return "ended";
}

const std::string* ship_name_of(const SystemTrack& track) {
  return track.particulars && track.particulars->name ? &*track.particulars->name : nullptr;
}

Json short_form(const SystemTrack& track) {
  Json json{{"id", track.id.value()}, {"label", label_of(track)}};
  if (track.operator_name) {
    json["name"] = track.operator_name->name;
  } else if (const std::string* name = ship_name_of(track)) {
    json["name"] = *name;
  }
  if (track.identity) json["mmsi"] = track.identity->mmsi.value();
  return json;
}

void add_particulars(Json& card, const VesselParticulars& p) {
  if (p.callsign) card["callsign"] = *p.callsign;
  if (p.imo) card["imo"] = *p.imo;
  if (p.ship_type) {
    card["ship_type"] = *p.ship_type;
    card["ship_type_text"] = ship_type_text(*p.ship_type);
  }
  if (p.destination) card["destination"] = *p.destination;
  if (p.to_bow_m && p.to_stern_m) card["length_m"] = *p.to_bow_m + *p.to_stern_m;
  if (p.to_port_m && p.to_starboard_m) card["beam_m"] = *p.to_port_m + *p.to_starboard_m;
  if (p.draught_m) card["draught_m"] = *p.draught_m;
}

// Fields with their source and age, and the list of sources.
class Fields {
 public:
  explicit Fields(const CardContext& context) : now_(context.now) {}
  void add(const char* name, std::string value, const std::string& source, Timestamp as_of) {
    list_.push_back({{"name", name}, {"value", std::move(value)}, {"source", source}, {"age_s", age(as_of)}});
  }
  [[nodiscard]] double age(Timestamp as_of) const { return to_seconds(now_ - as_of).value(); }
  [[nodiscard]] Json take() { return std::move(list_); }

 private:
  Timestamp now_;
  Json list_ = Json::array();
};

std::string source_name(const Contribution& c, const SystemTrack& track, const CardContext& context) {
  if (c.kind == SourceKind::ais) {
    return "AIS " + (track.identity ? std::to_string(track.identity->mmsi.value()) : std::string("?"));
  }
  if (c.kind == SourceKind::remote) {
    const std::string system = std::to_string(c.remote.system >> 8) + "/" + std::to_string(c.remote.system & 0xFF);
    return (c.remote.system == 0 ? "other system" : "system " + system) + " track " + std::to_string(c.remote.number);
  }
  return context.radar_name ? context.radar_name(c.sensor) : "radar " + std::to_string(c.sensor.value());
}

void add_reported(Fields& fields, const VesselReport& r) {
  const std::string source = "AIS " + std::to_string(r.mmsi.value());
  if (r.speed) fields.add("AIS speed", (r.speed_at_least ? "over " : "") + speed_text(*r.speed), source, r.received);
  if (r.course) fields.add("AIS course", direction_text(*r.course), source, r.received);
  if (r.heading) fields.add("heading", direction_text(*r.heading), source, r.received);
  if (r.turn_rate_deg_per_min) {
    char value[48];
    std::snprintf(value, sizeof value, "%+.1f°/min", *r.turn_rate_deg_per_min);
    fields.add("turn rate", value, source, r.received);
  }
  if (r.navigation_status) {
    fields.add("status", std::string(navigation_status_text(*r.navigation_status)), source, r.received);
  }
}

// The word as in JSON, and the one for people.
struct ClassText {
  const char* name;
  const char* text;
};
ClassText text(TrackClass kind) {
  switch (kind) {
    case TrackClass::large:
      return {"large", "large vessel"};
    case TrackClass::small:
      return {"small", "small vessel"};
    case TrackClass::fast:
      return {"fast", "fast vessel"};
    case TrackClass::stationary:
      return {"stationary", "stationary"};
    case TrackClass::improbable:
      return {"improbable", "probably not a vessel"};
    case TrackClass::unknown:
      break;
  }
  return {"unknown", "unknown"};
}

// Hull and class as radar sees them.
void add_radar_sight(Json& card, Fields& fields, const SystemTrack& track, const std::string& radars, Timestamp as_of,
                     const CardContext& context) {
  const TrackSize& s = track.size;
  char value[96];
  if (s.known) {
    std::snprintf(value, sizeof value, "%.0f ± %.0f m x %.0f ± %.0f m", s.length.value(), s.length_deviation.value(),
                  s.width.value(), s.width_deviation.value());
    fields.add("hull by radar", value, radars, as_of);
    card["radar_size"] = {{"length_m", s.length.value()},
                          {"length_deviation_m", s.length_deviation.value()},
                          {"width_m", s.width.value()},
                          {"width_deviation_m", s.width_deviation.value()}};
    if (s.orientation_deviation.value() < 0.5 * std::numbers::pi) {
      const double true_deg = (s.orientation - context.plane.north_at(track.local)).degrees();
      card["radar_size"]["orientation_deg"] = std::fmod(true_deg + 360.0, 180.0);
      card["radar_size"]["orientation_deviation_deg"] = to_degrees(s.orientation_deviation);
    }
  }
  if (track.radar_kind.likely == TrackClass::unknown) return;
  const ClassText kind = text(track.radar_kind.likely);
  std::snprintf(value, sizeof value, "%s (%.0f %%)", kind.text, 100.0 * track.radar_kind.probability);
  fields.add("class by radar", value, radars, as_of);
  card["radar_class"] = {{"name", kind.name}, {"probability", track.radar_kind.probability}};
}

Json reasons_json(const Trust& trust) {
  Json list = Json::array();
  for (const TrustReason& r : trust.reasons) {
    list.push_back({{"kind", name_of(r.kind)},
                    {"text", reason_text(r)},
                    {"value", r.value},
                    {"limit", r.limit},
                    {"probability", r.probability},
                    {"count", r.count},
                    {"weight", r.weight},
                    {"since_s", epoch_seconds(r.first)},
                    {"time_s", epoch_seconds(r.last)}});
  }
  return list;
}

// What speaks for and against the identity, and what is missing of either sensor.
void add_judgement(Json& card, const SystemTrack& track, const CardContext& context) {
  if (track.identity && track.report) {
    card["trust"] = {{"score", track.trust.score}, {"reasons", reasons_json(track.trust)}};
  }
  if (!track.rivals.empty()) {
    Json rivals = Json::array();
    for (const Identity& rival : track.rivals) {
      rivals.push_back({{"mmsi", rival.mmsi.value()}, {"probability", rival.probability}});
    }
    card["rivals"] = std::move(rivals);
  }
  const AisSilence& s = track.silence;
  if (s.hearing != AisHearing::not_applicable) {
    card["silence"] = {{"hearing", name_of(s.hearing)},
                       {"text", silence_text(track, context.now)},
                       {"missed_intervals", s.missed_intervals},
                       {"needed_intervals", s.needed_intervals},
                       {"interval_s", s.interval_s},
                       {"since_s", epoch_seconds(s.since)}};
  }
  if (track.missing_echo) {
    const MissingEcho& m = *track.missing_echo;
    card["missing_echo"] = {{"judged", m.judged},
                            {"text", missing_echo_text(m)},
                            {"probability", m.visible_probability},
                            {"scans", m.scans},
                            {"vessels", m.vessels}};
  }
  if (track.radar_only) {
    const RadarOnly& r = *track.radar_only;
    card["radar_only"] = {{"position", position_text(r.position)},
                          {"speed", speed_text(r.velocity.speed())},
                          {"course", direction_text(r.velocity.course() - context.plane.north_at(r.local))},
                          {"apart_m", distance(r.local, track.local).value()}};
  }
  if (track.ais_latency) {
    const AisLatency& l = *track.ais_latency;
    card["ais_latency"] = {{"mean_s", l.mean_s}, {"deviation_s", l.deviation_s}, {"reports", l.reports}};
  }
}

// "radar1 35 % + AIS 257123456 65 %"; a source that has no share is left out, a single one says no share.
std::string shares_text(const SystemTrack& track, const CardContext& context, double Contribution::* weight) {
  std::string text;
  for (const Contribution& c : track.contributions) {
    if (c.*weight < 0.005) continue;
    if (!text.empty()) text += " + ";
    text += source_name(c, track, context);
    if (c.*weight < 0.995) text += " " + std::to_string(std::lround(100.0 * (c.*weight))) + " %";
  }
  return text;
}

void add_kinematics(Fields& fields, const SystemTrack& track, const std::string& all, Timestamp newest,
                    const CardContext& context) {
  const auto or_all = [&](std::string shares) { return shares.empty() ? all : shares; };
  fields.add("position", position_text(track.position),
             or_all(shares_text(track, context, &Contribution::position_weight)), newest);
  if (!track.velocity_known) return;
  const std::string source = or_all(shares_text(track, context, &Contribution::velocity_weight));
  fields.add("speed", speed_text(track.velocity.speed()), source, newest);
  if (track.velocity.speed().value() >= 0.1) {
    const Bearing course = track.velocity.course() - context.plane.north_at(track.local);
    fields.add("course", direction_text(course), source, newest);
  }
}

// Of any radar; without one `otherwise`.
Timestamp newest_plot(const SystemTrack& track, Timestamp otherwise) {
  std::optional<Timestamp> newest;
  for (const Contribution& c : track.contributions) {
    if (c.kind == SourceKind::radar) newest = newest ? std::max(*newest, c.last) : c.last;
  }
  return newest.value_or(otherwise);
}

Json full_card(const SystemTrack& track, const CardContext& context) {
  Json card = short_form(track);
  if (track.particulars) {
    add_particulars(card, *track.particulars);
    card["particulars_age_s"] = to_seconds(context.now - track.particulars_received).value();
  }
  if (track.report && track.report->navigation_status) {
    card["status_text"] = navigation_status_text(*track.report->navigation_status);
  }
  if (track.operator_name) {
    card["named_by"] = {{"name", track.operator_name->name},
                        {"who", track.operator_name->who},
                        {"time_s", epoch_seconds(track.operator_name->given)}};
    if (const std::string* name = ship_name_of(track)) card["ship_name"] = *name;
  }
  if (track.radar_track != TrackId()) card["radar_track"] = true;
  if (!context.story.empty()) card["story"] = context.story;
  card["stage"] = text(track.stage);
  card["existence"] = track.existence;
  card["began_s"] = epoch_seconds(track.began);
  if (track.identity) card["identity"] = {{"probability", track.identity->probability}};

  Fields fields(context);
  Json sources = Json::array();
  std::string all_sources;
  std::string radars;
  Timestamp newest = track.contributions.empty() ? track.time : track.contributions.front().last;
  for (const Contribution& c : track.contributions) {
    const std::string name = source_name(c, track, context);
    // A radar may have had a share in the track by plots that were more likely another's.
    sources.push_back({{"source", name}, {"age_s", c.last == Timestamp{} ? Json() : Json(fields.age(c.last))}});
    if (c.kind == SourceKind::radar) sources.back()["in_last_turn"] = c.in_last_turn;
    if (c.position_weight + c.velocity_weight > 0.0) {
      sources.back()["position_weight"] = c.position_weight;
      sources.back()["velocity_weight"] = c.velocity_weight;
    }
    if (c.kind == SourceKind::radar) radars += (radars.empty() ? "" : " + ") + name;
    all_sources += (all_sources.empty() ? "" : " + ") + name;
    newest = std::max(newest, c.last);
  }
  add_kinematics(fields, track, all_sources, newest, context);
  if (track.report) add_reported(fields, *track.report);
  if (track.length.value() > 0) {
    char value[48];
    std::snprintf(value, sizeof value, "%.0f m x %.0f m", track.length.value(), track.width.value());
    fields.add("echo size", value, radars, newest_plot(track, newest));
  }
  add_radar_sight(card, fields, track, radars, newest_plot(track, newest), context);
  add_judgement(card, track, context);
  card["fields"] = fields.take();
  card["sources"] = std::move(sources);
  Json past = Json::array();
  for (const HistoryPoint& p : context.past) {
    past.push_back({p.position.longitude_deg(), p.position.latitude_deg(), epoch_seconds(p.time)});
  }
  card["past"] = std::move(past);
  return card;
}

}  // namespace

std::string label_of(const SystemTrack& track) { return std::to_string(track.id.value()); }

Frame story_frame(SystemTrackId track, const std::string& story, Timestamp now) {
  Frame frame = begin_frame(FrameType::attributes, 0, now);
  Json tracks = Json::array();
  tracks.push_back({{"id", track.value()}, {"label", std::to_string(track.value())}, {"story", story}});
  append(frame, {{"tracks", std::move(tracks)}});
  return frame;
}

Frame attributes_frame(std::span<const SystemTrack* const> changed, const SystemTrack* selected,
                       const CardContext& context) {
  Json tracks = Json::array();
  for (const SystemTrack* track : changed) tracks.push_back(short_form(*track));
  if (selected != nullptr) tracks.push_back(full_card(*selected, context));
  Frame frame = begin_frame(FrameType::attributes, 0, context.now);
  append(frame, {{"tracks", std::move(tracks)}});
  return frame;
}

}  // namespace headland::share
