// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/output/nmea_output.hpp"

#include <algorithm>

#include "codec/nmea/target.hpp"
#include "codec/nmea/vdm_writer.hpp"
#include "core/geo/local_frame.hpp"
#include "runtime/config/endpoint.hpp"
#include "runtime/health/log.hpp"

namespace headland::station {
namespace {

constexpr std::uint32_t most_numbers = 999;

bool is_seen_by_radar(const SystemTrack& t) {
  if (t.stage != TrackStage::confirmed && t.stage != TrackStage::coasting) return false;
  return std::ranges::any_of(t.contributions, [](const Contribution& c) { return c.kind == SourceKind::radar; });
}

nmea::RadarTarget target_of(const SystemTrack& t, std::uint32_t number, std::optional<GeoPosition> site,
                            const LocalFrame& frame) {
  nmea::RadarTarget out;
  out.number = number;
  out.position = t.position;
  const auto of_day = t.time.time_since_epoch() % std::chrono::hours(24);
  out.time_of_day = to_seconds(of_day < Duration{} ? of_day + std::chrono::hours(24) : of_day);
  if (t.operator_name) {
    out.name = t.operator_name->name;
  } else if (t.particulars && t.particulars->name) {
    out.name = *t.particulars->name;
  }
  if (site) {
    const RangeBearing there = range_bearing(*site, t.position);
    out.distance = there.range;
    out.bearing = there.bearing;
  }
  if (t.velocity_known) {
    out.speed = t.velocity.speed();
    out.course = t.velocity.course() - frame.north_at(t.local);
  }
  return out;
}

}  // namespace

NmeaWriter::NmeaWriter(std::string_view sentences)
    : ttm_(sentences.find("ttm") != std::string_view::npos),
      tll_(sentences.find("tll") != std::string_view::npos),
      vdm_(sentences.find("vdm") != std::string_view::npos) {}

void NmeaWriter::write(const Picture& picture, std::optional<GeoPosition> site, const LocalFrame& frame,
                       std::string& out) {
  if (!ttm_ && !tll_) return;
  std::set<SystemTrackId> present;
  std::uint32_t free = 1;
  for (const SystemTrack& t : picture.tracks) {
    if (!is_seen_by_radar(t)) continue;
    auto known = numbers_.find(t.id);
    if (known == numbers_.end()) {
      while (taken_.contains(free)) ++free;
      if (free > most_numbers) continue;
      taken_.insert(free);
      known = numbers_.emplace(t.id, free).first;
    }
    present.insert(t.id);
    const auto target = target_of(t, known->second, site, frame);
    if (tll_) write_tll(target, out);
    if (ttm_) write_ttm(target, out);
  }
  std::erase_if(numbers_, [&](const auto& entry) {
    if (present.contains(entry.first)) return false;
    nmea::RadarTarget lost;
    lost.number = entry.second;
    lost.status = nmea::TargetStatus::lost;
    lost.distance = Metres(0.0);
    lost.bearing = Bearing();
    if (ttm_) write_ttm(lost, out);
    taken_.erase(entry.second);
    return true;
  });
}

bool RepeatFilter::is_repeat(const nmea::HeardMessage& message) {
  constexpr std::size_t most = 100'000;
  while (!order_.empty() && (order_.front().second + window < message.received || order_.size() >= most)) {
    const auto known = heard_.find(order_.front().first);
    if (known != heard_.end() && known->second.received == order_.front().second) heard_.erase(known);
    order_.pop_front();
  }
  std::uint64_t hash = 14695981039346656037U ^ message.payload.size();  // FNV-1a, by words
  for (unsigned at = 0; at < message.payload.size(); at += 32) {
    hash = (hash ^ message.payload.bits(at, 32)) * 1099511628211U;
    hash ^= hash >> 29U;
  }
  const auto [known, is_new] = heard_.try_emplace(hash, Heard{message.received, message.source});
  Heard& before = known->second;
  const Duration since = message.received - before.received;
  const bool clock_set_back = since < -window;
  if (!is_new && !clock_set_back && (before.source != message.source || since < same_source_window)) return true;
  // What a station says again keeps its source: an echo of it is no new message, however late.
  before = {message.received, message.source};
  order_.emplace_back(hash, message.received);
  return false;
}

void NmeaWriter::write(const nmea::HeardMessage& message, std::string& out) {
  if (!vdm_ || message.own_ship) return;
  if (filter_.is_repeat(message)) {
    ++repeats_;
    return;
  }
  nmea::write_vdm(message.payload, {.channel = message.channel, .sequence = sequence_++ % 10}, out);
}

void NmeaSender::take(const nmea::HeardMessage& message) {
  writer_.write(message, text_);
  if (repeats_ == 0 && writer_.repeats() > 0) {
    log::info("[[nmea_output]] '" + section_.name +
              "': AIS messages come again by another source, from a second receiver or because whoever takes them "
              "sends them back; each is sent once (headland_nmea_repeats_total)");
  }
  repeats_ = writer_.repeats();
}

Expected<void> NmeaSender::open(const config::NmeaOutputSection& section, std::unique_ptr<NmeaSender>& out) {
  out.reset();
  if (section.send.empty()) return {};
  const std::string where = "[[nmea_output]] '" + section.name + "': ";
  const auto endpoint = config::parse_endpoint(section.send);
  if (!endpoint) return fail(ErrorCode::configuration, where + endpoint.error().detail);
  const auto address = net::parse_address(endpoint->host);
  if (!address) return fail(ErrorCode::configuration, where + address.error().detail);
  if (endpoint->transport == config::Transport::tcp) {
    auto server = net::TcpTextServer::open({{*address, endpoint->port}});
    if (!server) return fail(server.error().code, where + server.error().detail);
    out.reset(new NmeaSender(section, std::move(*server)));
    return {};
  }
  net::UdpSenderConfig config;
  config.destination = {*address, endpoint->port};
  config.interface = endpoint->interface;
  auto sender = net::UdpSender::open(config);
  if (!sender) return fail(sender.error().code, where + sender.error().detail);
  out.reset(new NmeaSender(section, std::move(*sender)));
  return {};
}

void NmeaSender::take(const Picture& picture, std::optional<GeoPosition> site, const LocalFrame& frame) {
  if (last_ && picture.time >= *last_ && picture.time - *last_ < to_duration(Seconds(section_.interval_s))) return;
  last_ = picture.time;
  writer_.write(picture, site, frame, text_);
}

// Whole lines, as many to a datagram as fit.
Expected<void> NmeaSender::send_lines(net::UdpSender& sender) {
  constexpr std::size_t most = 1400;
  std::string_view rest = text_;
  while (!rest.empty()) {
    std::size_t end = 0;
    while (end < rest.size()) {
      const std::size_t next = std::min(rest.find('\n', end), rest.size() - 1) + 1;
      if (next > most && end > 0) break;
      end = next;
    }
    const auto part = rest.substr(0, end);
    if (const auto sent = sender.send({reinterpret_cast<const std::uint8_t*>(part.data()), part.size()}); !sent) {
      return sent;
    }
    rest.remove_prefix(end);
  }
  return {};
}

void NmeaSender::send(health::Health& health) {
  Expected<void> sent;
  if (auto* sender = std::get_if<net::UdpSender>(&link_)) sent = send_lines(*sender);
  if (auto* server = std::get_if<net::TcpTextServer>(&link_)) server->send(text_);
  if (sent) {
    if (!text_.empty()) health.set(section_.name, health::State::green);
    bytes_ += text_.size();
  } else {
    health.set(section_.name, health::State::red, sent.error().detail);  // the next text tries again
  }
  text_.clear();
}

}  // namespace headland::station
