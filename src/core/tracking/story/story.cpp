// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/story/story.hpp"

#include <algorithm>

namespace headland::tracking {
namespace {

constexpr std::uint32_t short_miss = 2;  // looks in a row that are but fading

bool is_miss(FactKind kind) { return kind == FactKind::missed || kind == FactKind::hidden || kind == FactKind::blind; }

}  // namespace

void Story::miss(FactKind kind, Timestamp time, TrackId other) {
  if (missing_ && facts_.back().kind == kind && facts_.back().other == other) {
    ++facts_.back().count;
    facts_.back().last = time;
    return;
  }
  Fact f;
  f.kind = kind;
  f.first = f.last = time;
  f.other = other;
  add(f);
  missing_ = true;
}

void Story::seen() {
  if (!missing_) return;
  missing_ = false;
  Fact& last = facts_.back();
  if (last.kind != FactKind::missed || last.count > short_miss) return;
  last.kind = FactKind::faded;
  if (facts_.size() < 2 || facts_[facts_.size() - 2].kind != FactKind::faded) return;
  Fact& before = facts_[facts_.size() - 2];
  before.count += last.count;
  before.last = last.last;
  facts_.pop_back();
}

void Story::take_back_blind() {
  if (!missing_ || facts_.back().kind != FactKind::blind) return;
  if (facts_.back().count > 1) {
    --facts_.back().count;
  } else {
    facts_.pop_back();
    missing_ = false;
  }
}

void Story::share(Timestamp time, TrackId other) {
  const auto known = std::find_if(facts_.rbegin(), facts_.rend(),
                                  [&](const Fact& f) { return f.kind == FactKind::shared && f.other == other; });
  if (known != facts_.rend()) {
    ++known->count;
    known->last = time;
    return;
  }
  Fact f;
  f.kind = FactKind::shared;
  f.first = f.last = time;
  f.other = other;
  // What is still being missed stays last.
  facts_.insert(facts_.end() - (missing_ ? 1 : 0), f);
  keep_bounds();
}

void Story::add(const Fact& fact) {
  missing_ = false;
  facts_.push_back(fact);
  keep_bounds();
}

void Story::shift(Duration by) {
  for (Fact& f : facts_) {
    f.first += by;
    f.last += by;
  }
}

void Story::put_before(const Story& old) {
  std::vector<Fact> all = old.facts_;
  all.insert(all.end(), facts_.begin(), facts_.end());
  facts_ = std::move(all);
  left_out_ += old.left_out_;
  keep_bounds();
}

void Story::restore(std::vector<Fact> facts, std::uint32_t left_out, bool missing) {
  facts_ = std::move(facts);
  left_out_ = left_out;
  missing_ = missing && !facts_.empty() && is_miss(facts_.back().kind);
  keep_bounds();
}

void Story::keep_bounds() {
  if (facts_.size() <= most_facts) return;
  const std::size_t many = facts_.size() - most_facts;
  const auto from = facts_.begin() + static_cast<std::ptrdiff_t>(most_first);
  facts_.erase(from, from + static_cast<std::ptrdiff_t>(many));
  left_out_ += static_cast<std::uint32_t>(many);
}

}  // namespace headland::tracking
