// SPDX-License-Identifier: Apache-2.0
#include "core/rules/alerts/alert_book.hpp"

#include <algorithm>

namespace headland::rules {
namespace {

bool is_over(const AlertRecord& r) {
  return r.state == AlertState::ended || r.state == AlertState::rectified_unacknowledged;
}

// The zones that an evidence speaks of, whatever it calls them.
template <class E>
ZoneId zone_of(const E& e) {
  if constexpr (requires { e.zone; }) {
    return e.zone;
  } else if constexpr (requires { e.lane; }) {
    return e.lane;
  } else if constexpr (requires { e.cable; }) {
    return e.cable;
  } else if constexpr (requires { e.point; }) {
    return e.point;
  } else if constexpr (requires { e.shoal; }) {
    return e.shoal;
  } else {
    return {};
  }
}

void take_evidence(const Evidence& evidence, const std::vector<Zone>& zones, AlertRecord& out) {
  const ZoneId zone = std::visit([](const auto& e) { return zone_of(e); }, evidence);
  out.zones.clear();
  if (zone.value() > 0 && zone.value() <= zones.size()) out.zones.push_back(zones[zone.value() - 1].name);
  out.way.clear();
  std::visit(
      [&](const auto& e) {
        if constexpr (requires { e.from, e.to; }) {
          if (e.from != e.to) out.way = {e.from, e.to};
        }
      },
      evidence);
}

// Vessels by MMSI where it is known, which outlives a track.
std::vector<std::pair<bool, std::uint32_t>> vessels_of(const AlertRecord& r) {
  std::vector<std::pair<bool, std::uint32_t>> out;
  for (const AlertSubject& s : r.subjects) {
    const bool has_mmsi = s.mmsi.value() != 0;
    out.emplace_back(has_mmsi, has_mmsi ? s.mmsi.value() : s.track.value());
  }
  std::sort(out.begin(), out.end());
  return out;
}

bool is_same_situation(const AlertRecord& a, const AlertRecord& b) {
  return a.rule == b.rule && a.zones == b.zones && vessels_of(a) == vessels_of(b);
}

void copy_figures(const AlertChange& change, const std::vector<Zone>& zones, AlertRecord& r) {
  const Alert& a = change.alert;
  r.rule = a.rule_name;
  r.priority = a.priority;
  r.subjects = a.subjects;
  r.position = a.position;
  r.level = a.level;
  r.text = a.text;
  take_evidence(a.evidence, zones, r);
}

AlertAction action_of(AlertNews news) {
  switch (news) {
    case AlertNews::worse:
      return AlertAction::worsen;
    case AlertNews::rectified:
      return AlertAction::rectify;
    case AlertNews::raised:
    case AlertNews::resumed:
      return AlertAction::resume;
  }
  return AlertAction::resume;
}

constexpr std::string_view name_of_news(AlertNews news) {
  switch (news) {
    case AlertNews::worse:
      return "worse";
    case AlertNews::rectified:
      return "rectified";
    case AlertNews::raised:  // of a new engine: the situation of before
    case AlertNews::resumed:
      return "resumed";
  }
  return {};
}

}  // namespace

std::string_view to_string(OrderFault fault) {
  switch (fault) {
    case OrderFault::unknown_alert:
      return "no such alert: it may have been closed long ago";
    case OrderFault::not_allowed:
      return "this alert is in a state that does not allow it: somebody else may have been quicker";
    case OrderFault::not_for_operators:
      return "that is for the station to do";
    case OrderFault::no_reason:
      return "give a reason";
    case OrderFault::no_end:
      return "say for how long, at most 24 hours";
    case OrderFault::no_receiver:
      return "say to whom";
  }
  return {};
}

void AlertBook::restore(const std::vector<AlertRecord>& records, AlertId greatest) {
  greatest_ = std::max(greatest_, greatest.value());
  for (const AlertRecord& r : records) {
    records_[r.id] = r;
    greatest_ = std::max(greatest_, r.id.value());
  }
  drop_ended();
}

void AlertBook::begin_engine(Timestamp now, const std::map<AlertId, AlertId>& of_engine) {
  of_engine_.clear();
  to_refind_.clear();
  for (const auto& [id, r] : records_) {
    if (!is_over(r)) to_refind_[id] = now;
  }
  for (const auto& [theirs, ours] : of_engine) {
    if (!records_.contains(ours)) continue;
    of_engine_[theirs] = ours;
    to_refind_.erase(ours);
  }
}

// An alert of before that the new one goes on with.
AlertRecord* AlertBook::find_again(const AlertRecord& fresh, Timestamp now) {
  for (auto at = records_.rbegin(); at != records_.rend(); ++at) {
    AlertRecord& r = at->second;
    const bool is_taken = std::ranges::any_of(of_engine_, [&](const auto& known) { return known.second == r.id; });
    if (is_taken || !is_same_situation(r, fresh)) continue;
    if (is_over(r) && now - r.rectified.value_or(r.changed) > config_.refind_after) continue;
    return &r;
  }
  return nullptr;
}

AlertRecord& AlertBook::record_of(const AlertChange& change, const std::vector<Zone>& zones) {
  const Alert& a = change.alert;
  if (const auto known = of_engine_.find(a.id); known != of_engine_.end()) {
    if (const auto at = records_.find(known->second); at != records_.end()) return at->second;
  }
  AlertRecord fresh;
  copy_figures(change, zones, fresh);
  fresh.since = a.since;
  fresh.raised = a.changed;
  if (AlertRecord* before = find_again(fresh, a.changed)) {
    of_engine_[a.id] = before->id;
    return *before;
  }
  fresh.id = AlertId(++greatest_);
  of_engine_[a.id] = fresh.id;
  return records_[fresh.id] = fresh;
}

void AlertBook::note(AlertRecord& record, Timestamp now, std::string what, std::string who, std::string why,
                     AlertUpdate& out) {
  record.changed = now;
  out.changed[record.id] = record;
  out.entries.push_back({record.id, now, std::move(what), std::move(who), std::move(why)});
}

void AlertBook::take(const AlertChange& change, const std::vector<Zone>& zones, AlertUpdate& out) {
  const std::uint32_t greatest_before = greatest_;
  AlertRecord& r = record_of(change, zones);
  const Timestamp now = change.alert.changed;
  const bool is_new = greatest_ != greatest_before;
  // Stored when it was over, by an engine whose memory is a little older.
  if (!is_new && change.news == AlertNews::rectified && is_over(r)) return;
  const bool waited = to_refind_.erase(r.id) > 0;
  const Priority before = r.priority;
  if (change.news != AlertNews::rectified) copy_figures(change, zones, r);
  if (is_new) {
    note(r, now, "raised", "station", r.text, out);
  } else if (waited && change.news != AlertNews::worse && change.news != AlertNews::rectified) {
    r.priority = std::max(before, r.priority);  // the same as before the engine was new: nothing to tell
    out.changed[r.id] = r;
    return;
  } else {
    if (change.news == AlertNews::worse && is_over(r)) r.state = after(r.state, AlertAction::resume).value_or(r.state);
    if (const auto next = after(r.state, action_of(change.news))) r.state = *next;
    const bool still_shelved = r.shelved_until && *r.shelved_until > now && change.news != AlertNews::worse;
    if (still_shelved && !is_over(r)) r.state = AlertState::shelved;
    if (change.news == AlertNews::worse) r.shelved_until.reset();
    note(r, now, std::string(name_of_news(change.news)), "station", r.text, out);
  }
  if (change.news == AlertNews::rectified) {
    r.rectified = now;
  } else {
    r.rectified.reset();
  }
  out.changed[r.id] = r;
  drop_ended();
}

void AlertBook::tick_one(AlertRecord& r, Timestamp now, AlertUpdate& out) {
  if (r.state == AlertState::shelved && r.shelved_until && now >= *r.shelved_until) {
    r.state = AlertState::active_unacknowledged;
    r.shelved_until.reset();
    note(r, now, "unshelve", "station", "its time is over", out);
  }
  if (const auto quiet = silenced_.find(r.id); quiet != silenced_.end() && now - quiet->second >= config_.silence) {
    silenced_.erase(quiet);
    if (const auto next = after(r.state, AlertAction::silence_over)) {
      r.state = *next;
      note(r, now, "silence_over", "station", "", out);
    }
  }
  if (const auto wait = to_refind_.find(r.id); wait != to_refind_.end() && now - wait->second >= config_.refind_after) {
    to_refind_.erase(wait);
    if (const auto next = after(r.state, AlertAction::rectify)) {
      r.state = *next;
      r.rectified = now;
      note(r, now, "not_found_again", "station", "not found again since the rules began anew", out);
    }
  }
  if (config_.escalate_after > Duration::zero() && r.priority == Priority::warning &&
      r.state == AlertState::active_unacknowledged && now - r.changed >= config_.escalate_after) {
    r.priority = Priority::alarm;
    note(r, now, "escalated", "station", "nobody acknowledged the warning", out);
  }
  if (r.state == AlertState::rectified_unacknowledged && now - r.changed >= config_.unread_after) {
    r.state = AlertState::ended;
    note(r, now, "unread", "station", "over, and nobody acknowledged it", out);
  }
}

void AlertBook::tick(Timestamp now, AlertUpdate& out) {
  for (auto& [id, r] : records_) {
    if (r.state != AlertState::ended) tick_one(r, now, out);
  }
  drop_ended();
}

Expected<void, OrderFault> AlertBook::order(const AlertOrder& order, Timestamp now, AlertUpdate& out) {
  using enum AlertAction;
  const auto at = records_.find(order.alert);
  if (at == records_.end()) return unexpected(OrderFault::unknown_alert);
  const bool is_of_operators = order.action == silence || order.action == acknowledge || order.action == transfer ||
                               order.action == take_back || order.action == shelve || order.action == unshelve;
  if (!is_of_operators) return unexpected(OrderFault::not_for_operators);
  if (order.action == shelve) {
    if (order.why.empty()) return unexpected(OrderFault::no_reason);
    if (order.span <= Duration::zero() || order.span > config_.shelve_most) return unexpected(OrderFault::no_end);
  }
  if (order.action == transfer && order.to.empty()) return unexpected(OrderFault::no_receiver);
  AlertRecord& r = at->second;
  const auto next = after(r.state, order.action);
  if (!next) return unexpected(OrderFault::not_allowed);
  r.state = *next;
  r.by = order.who;
  r.reason = order.why;
  r.shelved_until = order.action == shelve ? std::optional(now + order.span) : std::nullopt;
  r.handed_to = order.action == transfer ? order.to : "";
  silenced_.erase(r.id);
  if (order.action == silence) silenced_[r.id] = now;
  std::string why = order.why;
  if (order.action == transfer) why = why.empty() ? "to " + order.to : "to " + order.to + ": " + why;
  note(r, now, std::string(name_of(order.action)), order.who, std::move(why), out);
  drop_ended();
  return {};
}

// The oldest of those that are closed leave the memory.
void AlertBook::drop_ended() {
  const std::size_t before = records_.size();
  const auto is_ended = [](const auto& entry) { return entry.second.state == AlertState::ended; };
  auto too_many = static_cast<std::ptrdiff_t>(std::ranges::count_if(records_, is_ended)) -
                  static_cast<std::ptrdiff_t>(config_.ended_most);
  for (auto at = records_.begin(); at != records_.end() && too_many > 0;) {
    if (!is_ended(*at)) {
      ++at;
      continue;
    }
    to_refind_.erase(at->first);
    at = records_.erase(at);
    --too_many;
  }
  if (records_.size() == before) return;
  std::erase_if(of_engine_, [this](const auto& known) { return !records_.contains(known.second); });
}

}  // namespace headland::rules
