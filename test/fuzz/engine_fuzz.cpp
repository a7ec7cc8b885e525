// SPDX-License-Identifier: Apache-2.0
// Any bytes as what the rule engine kept: taken or refused, never a crash, and the engine goes on.
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/rules/rule_engine.hpp"
#include "runtime/station/rules/engine_state.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace rules = headland::rules;
  namespace station = headland::station;
  const auto snapshot = station::engine_snapshot_from(std::span<const std::uint8_t>(data, size));
  if (!snapshot) return 0;
  rules::RuleSet set;
  rules::Rule rule;
  rule.id = headland::RuleId(1);
  rule.name = "rule";
  rule.kind = rules::IdentityRule{};
  set.rules.push_back(rule);
  rules::RuleEngine engine(set);
  if (!engine.restore(*snapshot)) return 0;
  headland::Picture picture;
  picture.time = headland::from_epoch_seconds(1.7e9);
  std::vector<headland::AlertChange> changes;
  engine.process(picture, nullptr, changes);
  (void)station::to_bytes(engine.snapshot());
  return 0;
}
