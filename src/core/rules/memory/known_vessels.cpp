// SPDX-License-Identifier: Apache-2.0
// Who is remembered, under which key, and for how long.
#include <algorithm>

#include "core/rules/rule_engine.hpp"

namespace headland::rules {

Memory* RuleEngine::memory_of(const SystemTrack& track, std::uint64_t key) {
  auto [at, is_new] = known_.try_emplace(key, 0);
  if (is_new) {
    // A radar track that was watched before anybody knew who it is.
    if (key != track.id.value() && known_.contains(track.id.value())) {
      known_.erase(key);
      become(track.id.value(), key);
      at = known_.find(key);
    } else if (free_.empty() && memories_.size() >= config_.most_vessels) {
      known_.erase(at);
      ++counters_.vessels_refused;
      return nullptr;
    } else if (!free_.empty()) {
      at->second = free_.back();
      free_.pop_back();
      memories_[at->second] = Memory{};
    } else {
      at->second = static_cast<std::uint32_t>(memories_.size());
      memories_.emplace_back();
    }
  }
  Memory& m = memories_[at->second];
  m.key = key;
  return &m;
}

void RuleEngine::become(std::uint64_t old_key, std::uint64_t new_key) {
  const auto old = known_.find(old_key);
  known_[new_key] = old->second;
  known_.erase(old_key);
  for (Situations& situations : situations_) {
    std::vector<Situations::node_type> moved;
    for (auto it = situations.begin(); it != situations.end();) {
      const auto next = std::next(it);
      if (it->first.vessel == old_key || it->first.with == old_key) moved.push_back(situations.extract(it));
      it = next;
    }
    for (auto& node : moved) {
      Key& key = node.key();
      if (key.vessel == old_key) key.vessel = new_key;
      if (key.with == old_key) key.with = new_key;
      if ((key.with & of_zone) == 0 && key.with != 0 && key.with < key.vessel) std::swap(key.vessel, key.with);
      auto put = situations.insert(std::move(node));
      const bool lost = !put.inserted && put.node.mapped().is_active && !put.position->second.is_active;
      if (lost) put.position->second = std::move(put.node.mapped());
    }
  }
}

void RuleEngine::forget(Timestamp now) {
  std::erase_if(told_, [&](const Told& t) { return now - t.time > std::chrono::hours(24); });
  if (now - forgot_ < std::chrono::seconds(60)) return;
  forgot_ = now;
  numbers_.forget(now - config_.forget_after);
  for (std::uint32_t i = 0; i < memories_.size(); ++i) {
    Memory& m = memories_[i];
    if (m.key == 0 || now - m.last_seen < config_.forget_after) continue;
    known_.erase(m.key);
    m = Memory{};
    free_.push_back(i);
  }
}

void RuleEngine::reset() {
  for (auto& s : situations_) s.clear();
  memories_.clear();
  free_.clear();
  known_.clear();
  told_.clear();
  numbers_ = {};
  ++counters_.time_went_back;
}

}  // namespace headland::rules
