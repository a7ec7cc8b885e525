// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/trial/trial_desk.hpp"

#include <cmath>
#include <exception>
#include <utility>

#include <nlohmann/json.hpp>
#include <sys/resource.h>
#include <unistd.h>

#include "runtime/config/rules/rules_file.hpp"

namespace headland::station {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t most_alerts_kept = 20'000;  // the station lives in the same memory
constexpr double longest_h = 31.0 * 24.0;

}  // namespace

std::string TrialDesk::begin(std::string_view toml, const rules::DrawnZones& drawn, double last_h,
                             const std::optional<rules::RuleSet>& in_force) {
  if (running_) return "another trial goes on: wait for it, or stop it";
  if (!(last_h > 0.0 && last_h <= longest_h)) return "give hours above 0, a month of them at most";
  config::GeoJsonFiles files(config::GeoJsonFiles::Allowed::beside);
  auto set = config::parse_rules(toml, rules_file_.empty() ? "rules tried" : rules_file_, drawn, &files);
  if (!set) return config::to_text(set.error());
  lane_.reset();  // of the last one, which is over
  RulesTestOptions options;
  options.rules = std::move(*set);
  options.beside = in_force;
  options.files = {history_.string()};
  options.last_h = last_h;
  options.most_alerts = most_alerts_kept;
  options.progress = [this](double done) {
    const std::lock_guard lock(mutex_);
    done_ = done;
    return !cancelled_;
  };
  {
    const std::lock_guard lock(mutex_);
    state_ = "running";
    done_ = 0.0;
    last_h_ = last_h;
    fault_.clear();
    result_.clear();
  }
  cancelled_ = false;
  running_ = true;
  lane_.emplace("rules trial", health_, [this, options = std::move(options)](const std::stop_token&) { run(options); });
  return {};
}

void TrialDesk::run(RulesTestOptions options) {
  // Live tracks come first. Without the right to be nicer it goes on as it is.
  static_cast<void>(::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), 19));
  std::string state = "done", fault, json;
  try {
    const auto result = test_rules(options);
    if (!result) {
      state = "failed";
      fault = result.error().detail;
    } else if (result->stopped) {
      state = "stopped";
    } else {
      json = comparison_json(*result, options);
    }
  } catch (const std::exception& e) {
    state = "failed";
    fault = e.what();
  }
  {
    const std::lock_guard lock(mutex_);
    state_ = std::move(state);
    fault_ = std::move(fault);
    result_ = std::move(json);
  }
  running_ = false;
}

void TrialDesk::stop() {
  cancel();
  if (lane_) lane_->join();
  lane_.reset();
}

std::string TrialDesk::state_json() const {
  const std::lock_guard lock(mutex_);
  Json j;
  j["state"] = state_;
  j["done"] = std::round(done_ * 1000.0) / 1000.0;
  j["last_h"] = last_h_;
  if (!fault_.empty()) j["fault"] = fault_;
  std::string head = j.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (result_.empty()) return head;
  head.back() = ',';
  return head + result_.substr(1);
}

}  // namespace headland::station
