// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/input/radar_receiver.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace headland::station {
namespace {

using namespace std::chrono_literals;

constexpr auto try_again_after = 2s;
constexpr auto ask_again_after = 3s;
// Radars beacon only now and then; asked they answer at once. BR24 listens to the second address.
constexpr std::array<std::uint8_t, 2> question{0x01, 0xB1};
constexpr net::Endpoint usual_beacon{0xEC060705, 6878};  // 236.6.7.5
constexpr net::Endpoint question_br24{0xEC060704, 6768};

net::Endpoint endpoint_of(const navico::Address& a) { return {a.ipv4, a.port}; }

}  // namespace

Expected<RadarReceiver> RadarReceiver::open(const config::RadarSection& section, std::chrono::nanoseconds patience) {
  RadarReceiver r(section);
  r.patience_ = patience;
  Expected<void> ok;
  if (section.is_found_by_beacon()) {
    ok = r.listen(Role::beacon, section.beacon);
  } else {
    ok = r.listen(Role::video, section.listen_or_default());
    if (ok && !section.report.empty()) ok = r.listen(Role::report, section.report);
  }
  if (ok) ok = r.open_missing();
  // No network carries the group: it may come later, as after a power cut.
  if (!ok && ok.error().code != ErrorCode::not_found) return unexpected(ok.error());
  if (!ok) r.fault_ = ok.error();
  r.next_try_ = Clock::now() + try_again_after;
  return r;
}

Expected<void> RadarReceiver::listen(Role role, const std::string& where) {
  const auto parsed = config::parse_endpoint(where);
  if (!parsed) return unexpected(parsed.error());
  if (parsed->transport != config::Transport::udp) {
    return fail(ErrorCode::configuration, where + ": radar video comes over udp");
  }
  const auto address = net::parse_address(parsed->host);
  if (!address) return unexpected(address.error());
  listeners_.push_back({role, {*address, parsed->port}, parsed->interface, std::nullopt});
  return {};
}

Expected<void> RadarReceiver::open_missing() {
  Expected<void> result;
  for (auto& l : listeners_) {
    if (l.receiver) continue;
    auto receiver = net::UdpReceiver::open(
        {.listen = l.endpoint,
         .interface = l.interface,
         .buffer_bytes = static_cast<std::size_t>(section_.receive_buffer_mb * 1024.0 * 1024.0)});
    if (receiver) {
      l.receiver = std::move(*receiver);
    } else if (result || receiver.error().code != ErrorCode::not_found) {
      result = unexpected(receiver.error());
    }
  }
  return result;
}

void RadarReceiver::try_again() {
  const bool complete = std::ranges::all_of(listeners_, [](const Listener& l) { return l.receiver.has_value(); });
  if (complete || Clock::now() < next_try_) return;
  next_try_ = Clock::now() + try_again_after;
  if (const auto opened = open_missing(); !opened) fault_ = opened.error();
}

bool RadarReceiver::lacks(Role role) const {
  return std::ranges::any_of(listeners_, [&](const Listener& l) { return l.role == role && !l.receiver; });
}

bool RadarReceiver::is_silent() const { return found_ && Clock::now() - last_heard_ >= patience_; }

Expected<std::optional<RadarReceiver::Received>> RadarReceiver::receive(Duration timeout, const net::Wakeup* wakeup) {
  try_again();
  if (is_searching() || is_silent()) ask_for_beacon();
  std::vector<const net::UdpReceiver*> open;
  std::vector<Listener*> of;
  for (auto& l : listeners_) {
    if (!l.receiver) continue;
    open.push_back(&*l.receiver);
    of.push_back(&l);
  }
  const auto ready = net::UdpReceiver::wait_any(open, turn_, timeout, wakeup);
  if (!ready) return unexpected(ready.error());
  if (*ready) {
    turn_ = **ready + 1;
    auto received = read(*of[**ready], wakeup);
    if (!received || *received) return received;
  }
  // Beacons are read all the same: the next one may name groups that can be joined.
  if (lacks(Role::video) || lacks(Role::beacon)) return unexpected(*fault_);
  return std::nullopt;
}

Expected<std::optional<RadarReceiver::Received>> RadarReceiver::read(Listener& listener, const net::Wakeup* wakeup) {
  const auto datagram = listener.receiver->receive(Duration::zero(), wakeup);
  if (!datagram) return unexpected(datagram.error());
  if (!*datagram) return std::nullopt;
  const Role role = listener.role;
  if (role == Role::beacon) {
    // The bytes lie in the receiver, which stays where the groups are changed: it is the first.
    if (!note_beacon((*datagram)->payload)) return std::nullopt;
  }
  last_heard_ = Clock::now();
  return Received{**datagram, role == Role::video};
}

void RadarReceiver::ask_for_beacon() {
  if (Clock::now() < next_question_) return;
  next_question_ = Clock::now() + ask_again_after;
  if (askers_.empty()) {
    const Listener& beacon = listeners_.front();
    std::vector<net::Endpoint> ask{beacon.endpoint};
    if (beacon.endpoint == usual_beacon) ask.push_back(question_br24);
    for (const auto& to : ask) {
      if (auto asker = net::UdpSender::open({.destination = to, .interface = beacon.interface})) {
        askers_.push_back(std::move(*asker));
      }
    }
  }
  // Without a network there is nobody to ask; that the group cannot be joined is told elsewhere.
  for (auto& asker : askers_) (void)asker.send(question);
}

bool RadarReceiver::note_beacon(std::span<const std::uint8_t> datagram) {
  if (!navico::is_beacon(datagram)) return false;  // our own question, and others'
  const auto beacon = navico::read_beacon(datagram);
  if (!beacon) {
    beacon_fault_ = "a beacon that is not understood was heard";
    return false;
  }
  const std::string serial(beacon->serial.data());
  // A radar that was replaced does not come back: where none was asked for by name the new one is as good.
  const bool open_to_others = section_.serial.empty() && (!found_ || is_silent());
  const std::string wanted = open_to_others ? std::string() : found_ ? found_->serial : section_.serial;
  if (!wanted.empty() && wanted != serial) {
    if (!found_) beacon_fault_ = "the radar with serial " + serial + " was heard";
    return false;
  }
  const std::size_t channel = section_.channel == "B" ? 1 : 0;
  if (channel >= beacon->channel_count) {
    beacon_fault_ = fmt::format("the radar with serial {} has no channel {}", serial, section_.channel);
    return false;
  }
  const auto& c = beacon->channels[channel];
  if (!endpoint_of(c.data).is_multicast() || !endpoint_of(c.report).is_multicast() || c.data.port == 0 ||
      c.report.port == 0) {
    beacon_fault_ = fmt::format("the beacon of serial {} tells no groups", serial);
    return false;
  }
  follow({serial, c.data, c.report});
  return true;
}

void RadarReceiver::follow(const Found& found) {
  if (found_ == found) return;
  closed_drops_ = kernel_drops();
  listeners_.resize(1);
  closed_drops_ -= kernel_drops();
  const std::string interface = listeners_.front().interface;
  listeners_.push_back({Role::video, endpoint_of(found.data), interface, std::nullopt});
  listeners_.push_back({Role::report, endpoint_of(found.report), interface, std::nullopt});
  next_try_ = {};  // at once
  const char* const what = !found_ ? "found" : found_->serial == found.serial ? "moved" : "replaced, found";
  news_ = fmt::format("{} by its beacon: Navico, serial {}, video on {}, reports on {}", what, found.serial,
                      net::to_text(endpoint_of(found.data)), net::to_text(endpoint_of(found.report)));
  found_ = found;
}

std::uint64_t RadarReceiver::kernel_drops() const {
  std::uint64_t sum = closed_drops_;
  for (const auto& l : listeners_) sum += l.receiver ? l.receiver->kernel_drops() : 0;
  return sum;
}

std::string RadarReceiver::where() const {
  if (!section_.is_found_by_beacon()) return section_.listen_or_default();
  if (found_) return fmt::format("udp://{} (serial {})", net::to_text(endpoint_of(found_->data)), found_->serial);
  std::string text = "no beacon of " + (section_.serial.empty() ? "a Navico radar" : "serial " + section_.serial) +
                     " heard on " + section_.beacon;
  if (!beacon_fault_.empty()) text += ", but " + beacon_fault_;
  return text + "; is the radar on, in this network, is the interface right (@INTERFACE)? else give listen and report";
}

}  // namespace headland::station
