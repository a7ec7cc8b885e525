// SPDX-License-Identifier: Apache-2.0
// Rules tried on the station's history from the page (docs/formats/stream.md).
#include <charconv>
#include <fstream>
#include <sstream>

#include "runtime/station/output/publisher.hpp"

namespace headland::station {
namespace {

constexpr const char* no_trial = "rules are tried on the history of a live station: [history] enabled = true\n";

}  // namespace

void Publisher::set_rules_trial(std::unique_ptr<TrialDesk> trial, std::string rules_file) {
  trial_ = std::move(trial);
  rules_file_ = std::move(rules_file);
}

void Publisher::add_trial_routes() {
  server_.handle("/api/v1/rules/file", [this](const web::HttpRequest&) {
    std::ifstream in(rules_file_, std::ios::binary);
    std::stringstream text;
    if (in) text << in.rdbuf();
    if (!in) return web::HttpResponse{404, "text/plain", "there is no rules file here to read\n", {}};
    return web::HttpResponse{200, "text/plain; charset=utf-8", text.str(), {{"Cache-Control", "no-store"}}};
  });
  server_.handle("/api/v1/rules/trial", [this](const web::HttpRequest&) {
    if (!trial_) return web::HttpResponse{404, "text/plain", no_trial, {}};
    return web::HttpResponse{200, "application/json", trial_->state_json(), {{"Cache-Control", "no-store"}}};
  });
  server_.handle_post("/api/v1/rules/trial", [this](const web::HttpRequest& r) { return begin_trial(r); });
  server_.handle_post("/api/v1/rules/trial/stop", [this](const web::HttpRequest&) {
    if (trial_) trial_->cancel();
    return web::HttpResponse{trial_ ? 202 : 404, "text/plain", trial_ ? "stopping\n" : no_trial, {}};
  });
}

web::HttpResponse Publisher::begin_trial(const web::HttpRequest& request) {
  if (!trial_) return {404, "text/plain", no_trial, {}};
  std::optional<rules::RuleSet> in_force;
  {
    const std::lock_guard lock(mutex_);
    in_force = in_force_;
  }
  double hours = 24.0;
  if (const auto text = request.query_value("hours")) {
    const auto [end, wrong] = std::from_chars(text->data(), text->data() + text->size(), hours);
    if (wrong != std::errc() || end != text->data() + text->size()) hours = 0.0;  // refused below
  }
  const std::string fault = trial_->begin(request.body, hours, in_force);
  if (!fault.empty()) return {400, "text/plain; charset=utf-8", fault + "\n", {{"Cache-Control", "no-store"}}};
  return {202, "application/json", trial_->state_json(), {{"Cache-Control", "no-store"}}};
}

}  // namespace headland::station
