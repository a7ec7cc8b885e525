// SPDX-License-Identifier: Apache-2.0
#include "core/fusion/remote_fuser.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>
#include <tuple>
#include <utility>

#include "core/base/constants.hpp"
#include "core/fusion/ais_motion.hpp"

namespace headland::fusion {
namespace {

constexpr double first_log_odds = -2.0;
constexpr double most_log_odds = 6.0;
constexpr double least_log_odds = -5.0;
constexpr double least_evidence = -4.0;  // of one look
constexpr double most_evidence = 3.0;
constexpr double same_identity = 6.0;
constexpr double vessel_speed_mps = 5.0;    // spread of velocities of vessels at large, per axis
constexpr double unknown_speed_mps = 10.0;  // deviation of a velocity that nobody tells
constexpr double consistent = 25.0;         // squared distance up to which estimates are joined, 4 degrees of freedom

double odds(double probability) { return std::log(probability / (1.0 - probability)); }
double seconds_from(Timestamp from, Timestamp to) { return to_seconds(to - from).value(); }

// As the eight letters of CAT062 have it: capitals, digits and blanks.
std::string eight_letters(std::string_view text) {
  std::string out;
  for (char c : text.substr(0, 8)) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    out += (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c : ' ';
  }
  out.erase(out.find_last_not_of(' ') + 1);
  return out;
}

// Senders give the call sign where they know it, else the name, and nobody says which it is.
bool share_a_name(const RemoteTrack& remote, const Anchor& anchor) {
  for (const std::string* theirs : {&remote.callsign, &remote.name}) {
    const std::string said = eight_letters(*theirs);
    if (!said.empty() && (said == eight_letters(anchor.callsign) || said == eight_letters(anchor.name))) return true;
  }
  return false;
}

}  // namespace

void RemoteFuser::process(const RemoteTrack& track) {
  ++counters_.reports;
  if (config_.own_system && track.origin.system == *config_.own_system && *config_.own_system != 0) {
    ++counters_.own_returned;
    return;
  }
  const Key key{track.origin, track.number};
  auto known = remotes_.find(key);
  if (track.ended) {
    if (known != remotes_.end()) remotes_.erase(known);
    return;
  }
  if (known == remotes_.end()) {
    if (remotes_.size() >= config_.max_tracks) {
      ++counters_.refused;
      return;
    }
    known = remotes_.try_emplace(key).first;
    known->second.number = next_number_++;
    known->second.began = track.time;
    ++counters_.tracks;
  } else if (track.time < known->second.track.time &&
             seconds_from(track.time, known->second.track.time) < config_.age_max_s) {
    ++counters_.backwards;
    return;
  }
  Remote& remote = known->second;
  remote.began = std::min(remote.began, track.time);  // later only where a clock was set back
  remote.weighed = std::min(remote.weighed, track.time);
  const RemoteTrack before = std::exchange(remote.track, track);
  take_kind(remote, before.kind);
  if (remote.track.callsign.empty()) remote.track.callsign = before.callsign;
  if (remote.track.name.empty()) remote.track.name = before.name;
  if (!remote.track.mmsi) remote.track.mmsi = before.mmsi;
  if (remote.track.length.value() <= 0.0) remote.track.length = before.length, remote.track.width = before.width;
  remote.velocity_known = track.velocity.has_value();
}

// What is no vessel leaves whom it was joined with.
void RemoteFuser::take_kind(Remote& remote, RemoteKind before) {
  remote.track.kind = remote.kind.take(remote.track);
  if (remote.track.kind == RemoteKind::vessel) return;
  if (remote.track.kind == RemoteKind::aircraft && before != RemoteKind::aircraft) ++counters_.aircraft;
  remote.held = 0;
  remote.log_odds.clear();
}

KinematicState RemoteFuser::state_of(const Remote& remote) const {
  KinematicState s;
  s.position = remote.track.position;
  s.covariance = remote.track.covariance;
  if (remote.track.velocity) {
    s.velocity = *remote.track.velocity;
  } else {
    for (const std::size_t i : {2U, 3U, 6U, 7U, 8U, 9U, 11U, 12U, 13U, 14U}) s.covariance[i] = 0.0;
    s.covariance[10] = s.covariance[15] = square(unknown_speed_mps);
  }
  return s;
}

// A clock that was set back: what was received in what is now the future was received just now. Others' clocks may go
// as they like: only the times of receipt tell.
void RemoteFuser::take_time_back(Timestamp now) {
  for (auto& [key, remote] : remotes_) {
    if (remote.track.received - now <= clock_set_back) continue;
    remote.track.received = now;
    remote.track.time = std::min(remote.track.time, now);
    remote.began = std::min(remote.began, now);
    remote.weighed = std::min(remote.weighed, now);
  }
}

void RemoteFuser::drop_silent(Timestamp now) {
  std::erase_if(remotes_, [&](const auto& entry) {
    return seconds_from(std::max(entry.second.track.time, entry.second.track.received), now) > config_.age_max_s;
  });
}

std::optional<double> RemoteFuser::evidence(const Remote& remote, const Anchor& anchor) const {
  const double apart_s = seconds_from(anchor.time, remote.track.time);
  if (std::abs(apart_s) > config_.age_max_s) return std::nullopt;
  const KinematicState there = moved(anchor.state, apart_s, config_.acceleration_m2ps3);
  const EastNorth d = there.position - remote.track.position;
  const double east = d.east.value(), north = d.north.value();
  if (std::hypot(east, north) > config_.gate_m) return least_evidence;
  const KinematicState own = state_of(remote);
  const double slack = square(config_.position_slack_m);
  const double a = there.covariance[0] + own.covariance[0] + slack;
  const double b = there.covariance[1] + own.covariance[1];
  const double c = there.covariance[5] + own.covariance[5] + slack;
  const double det = a * c - b * b;
  if (!(det > 0.0)) return std::nullopt;
  const double gate_area = std::numbers::pi * square(config_.gate_m);
  double result = std::log(gate_area / (2.0 * std::numbers::pi * std::sqrt(det))) -
                  0.5 * (c * east * east - 2.0 * b * east * north + a * north * north) / det;
  if (remote.velocity_known) {
    // Against a vessel of any velocity; its spread contains the errors of both as well.
    const double ve = there.covariance[10] + own.covariance[10] + square(config_.velocity_slack_mps);
    const double vn = there.covariance[15] + own.covariance[15] + square(config_.velocity_slack_mps);
    const double de = (there.velocity.east - own.velocity.east).value();
    const double dn = (there.velocity.north - own.velocity.north).value();
    const double large_e = square(vessel_speed_mps) + ve, large_n = square(vessel_speed_mps) + vn;
    result += 0.5 * std::log(large_e * large_n / (ve * vn)) - 0.5 * (de * de / ve + dn * dn / vn) +
              0.5 * (de * de / large_e + dn * dn / large_n);
  }
  result = std::clamp(result, least_evidence, most_evidence);
  if (remote.track.mmsi && anchor.mmsi) result += *remote.track.mmsi == *anchor.mmsi ? same_identity : least_evidence;
  if (share_a_name(remote.track, anchor)) result += most_evidence;
  return result;
}

void RemoteFuser::weigh(Remote& remote, const std::vector<Anchor>& by_east) {
  const double share = std::min(1.0, seconds_from(remote.weighed, remote.track.time) / config_.independent_s);
  if (share <= 0.0) return;
  const bool first = remote.weighed == Timestamp{};
  remote.weighed = remote.track.time;
  // Anchors were moved by less than this since they were sorted.
  const double reach_m = config_.gate_m + 200.0;
  const double east_m = remote.track.position.east.value();
  std::map<std::uint32_t, double> news;
  auto at = std::lower_bound(by_east.begin(), by_east.end(), east_m - reach_m,
                             [](const Anchor& x, double value) { return x.state.position.east.value() < value; });
  for (; at != by_east.end() && at->state.position.east.value() <= east_m + reach_m; ++at) {
    if (at->id == remote.number) continue;
    const auto found = evidence(remote, *at);
    const auto known = remote.log_odds.find(at->id);
    if (known == remote.log_odds.end()) {
      if (found && *found > least_evidence) {
        const double gain = *found > most_evidence ? *found : 0.3 * *found;  // an identity counts whole
        news[at->id] = std::min(first_log_odds + gain, most_log_odds);
      }
    } else {
      const double next = known->second + (found ? (first ? 1.0 : share) * *found : 0.0);
      if (next > least_log_odds) news[at->id] = std::min(next, most_log_odds);
    }
  }
  // What is out of reach loosens, and goes with its anchor.
  for (const auto& [anchor, log_odds] : remote.log_odds) {
    if (news.contains(anchor) || log_odds + share * least_evidence <= least_log_odds) continue;
    const bool is_near = std::ranges::any_of(by_east, [&](const Anchor& x) { return x.id == anchor; });
    if (is_near) news[anchor] = log_odds + share * least_evidence;
  }
  remote.log_odds = std::move(news);
}

// Within each origin the likeliest pairs first; each track and each anchor once. A lone remote track that is itself an
// anchor of others joins nobody.
void RemoteFuser::decide() {
  struct Wish {
    double log_odds;
    Key key;
    std::uint32_t anchor;
  };
  std::vector<Wish> wishes;
  for (const auto& [key, remote] : remotes_) {
    double rivals = 1.0;
    for (const auto& [anchor, log_odds] : remote.log_odds) rivals += std::exp(log_odds);
    for (const auto& [anchor, log_odds] : remote.log_odds) {
      const double probability = std::exp(log_odds) / rivals;
      const double least = remote.held == anchor ? config_.end_probability : config_.begin_probability;
      if (odds(std::clamp(probability, 1e-9, 1.0 - 1e-9)) >= odds(least)) wishes.push_back({log_odds, key, anchor});
    }
  }
  std::sort(wishes.begin(), wishes.end(), [](const Wish& a, const Wish& b) {
    if (a.log_odds != b.log_odds) return a.log_odds > b.log_odds;
    return std::tie(a.key, a.anchor) < std::tie(b.key, b.anchor);
  });
  std::set<std::pair<RemoteOrigin, std::uint32_t>> taken;
  std::set<std::uint32_t> heads, joined;  // numbers of lone ones that others joined, and of those that joined
  std::map<Key, std::uint32_t> held;
  for (const Wish& w : wishes) {
    const std::uint32_t own = remotes_.at(w.key).number;
    if (held.contains(w.key) || heads.contains(own) || joined.contains(w.anchor)) continue;
    if (!taken.insert({w.key.first, w.anchor}).second) continue;
    held[w.key] = w.anchor;
    joined.insert(own);
    if (w.anchor >= config_.first_number) heads.insert(w.anchor);
  }
  for (auto& [key, remote] : remotes_) {
    const auto now = held.find(key);
    const std::uint32_t anchor = now == held.end() ? 0 : now->second;
    if (anchor != 0 && remote.held == 0) ++counters_.joins;
    remote.held = anchor;
  }
}

bool RemoteFuser::is_waiting(const Remote& remote) const {
  if (remote.track.kind != RemoteKind::vessel || remote.track.mmsi) return false;
  if (seconds_from(remote.began, remote.track.time) >= config_.hold_s) return false;
  return std::ranges::any_of(remote.log_odds, [](const auto& pair) { return pair.second > first_log_odds; });
}

void RemoteFuser::join_estimates(const std::map<std::uint32_t, const Anchor*>& anchors) {
  joined_.clear();
  alone_.clear();
  std::map<std::uint32_t, JoinedAnchor> parts;
  std::map<std::uint32_t, LoneRemote> lone;
  for (const auto& [key, remote] : remotes_) {
    if (remote.held != 0 || is_waiting(remote)) continue;
    LoneRemote& out = lone[remote.number];
    out.number = remote.number;
    out.began = remote.began;
    out.newest = &remote.track;
    out.time = remote.track.time;
    out.state = state_of(remote);
    out.velocity_known = remote.velocity_known;
    out.parts.push_back({key.first, key.second, remote.track.time, 1.0});
  }
  for (const auto& [key, remote] : remotes_) {
    if (remote.held == 0) continue;
    const auto head = lone.find(remote.held);
    const auto anchor = anchors.find(remote.held);
    if (head == lone.end() && anchor == anchors.end()) continue;
    if (head == lone.end() && !parts.contains(remote.held)) {
      parts[remote.held].anchor = remote.held;
      parts[remote.held].state = anchor->second->state;
    }
    KinematicState& state = head != lone.end() ? head->second.state : parts[remote.held].state;
    auto& list = head != lone.end() ? head->second.parts : parts[remote.held].parts;
    const Timestamp time = head != lone.end() ? head->second.time : anchor->second->time;
    RemotePart part{key.first, key.second, remote.track.time, 0.0};
    if (remote.velocity_known || head != lone.end()) {
      const auto there = moved(state_of(remote), seconds_from(remote.track.time, time), config_.acceleration_m2ps3);
      if (squared_distance(state, there, 0.0) > consistent) {
        ++counters_.inconsistent;
      } else {
        const Intersection both = intersect(state, there);
        state = both.state;
        part.weight = 1.0 - both.weight;
        for (RemotePart& earlier : list) earlier.weight *= both.weight;
      }
    }
    list.push_back(part);
  }
  for (auto& [id, part] : parts) joined_.push_back(std::move(part));
  for (auto& [id, one] : lone) alone_.push_back(std::move(one));
}

void RemoteFuser::join(std::span<const Anchor> anchors, Timestamp now) {
  take_time_back(now);
  drop_silent(now);
  std::vector<Anchor> by_east(anchors.begin(), anchors.end());
  std::map<std::uint32_t, const Anchor*> by_id;
  for (const Anchor& anchor : anchors) by_id[anchor.id] = &anchor;
  // What other origins show alone may be what this one shows.
  for (const auto& [key, remote] : remotes_) {
    if (remote.held != 0 || remote.track.kind != RemoteKind::vessel) continue;
    by_east.push_back({remote.number, remote.track.time, state_of(remote), remote.track.mmsi, remote.track.callsign,
                       remote.track.name});
  }
  std::sort(by_east.begin(), by_east.end(), [](const Anchor& a, const Anchor& b) {
    const double x = a.state.position.east.value(), y = b.state.position.east.value();
    return x != y ? x < y : a.id < b.id;
  });
  std::map<std::uint32_t, std::pair<RemoteOrigin, RemoteKind>> others;
  for (const auto& [key, remote] : remotes_) others[remote.number] = {key.first, remote.track.kind};
  for (auto& [key, remote] : remotes_) {
    if (remote.track.kind != RemoteKind::vessel) continue;
    weigh(remote, by_east);
    // Two tracks of one origin are two vessels; and what turned out to be none is nobody's vessel.
    const RemoteOrigin origin = key.first;
    std::erase_if(remote.log_odds, [&](const auto& pair) {
      const auto other = others.find(pair.first);
      return other != others.end() && (other->second.first == origin || other->second.second != RemoteKind::vessel);
    });
  }
  decide();
  join_estimates(by_id);
}

RemoteFuserSnapshot RemoteFuser::snapshot() const {
  RemoteFuserSnapshot s;
  s.next_number = next_number_;
  for (const auto& [key, r] : remotes_) {
    s.tracks.push_back({r.track, r.number, r.held, r.began.time_since_epoch().count(),
                        r.weighed.time_since_epoch().count(), r.log_odds, r.kind.snapshot()});
  }
  return s;
}

void RemoteFuser::restore(const RemoteFuserSnapshot& s) {
  remotes_.clear();
  next_number_ = std::max(s.next_number, config_.first_number);
  for (const auto& t : s.tracks) {
    Remote& r = remotes_[{t.track.origin, t.track.number}];
    r.track = t.track;
    r.number = t.number;
    r.held = t.held;
    r.began = Timestamp(Duration(t.began_ns));
    r.weighed = Timestamp(Duration(t.weighed_ns));
    r.velocity_known = t.track.velocity.has_value();
    r.log_odds = t.log_odds;
    r.kind.restore(t.kind);
  }
}

}  // namespace headland::fusion
