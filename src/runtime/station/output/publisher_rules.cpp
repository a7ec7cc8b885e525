// SPDX-License-Identifier: Apache-2.0
// What operators draw on the page, and rules tried there on the history (docs/formats/stream.md).
#include <charconv>
#include <fstream>
#include <sstream>

#include "codec/share/zones/drawn_json.hpp"
#include "runtime/station/output/publisher.hpp"
#include "runtime/station/rules/zone_file.hpp"

namespace headland::station {
namespace {

constexpr const char* no_trial =
    "rules are tried on the history of a live station: [history] enabled = true, [rules] enabled = true\n";

}  // namespace

void Publisher::set_drawn_folder(std::filesystem::path folder) { drawn_folder_ = std::move(folder); }

void Publisher::show_drawn(const rules::DrawnZones& drawn, const rules::RuleSet& set) {
  auto json = share::drawn_for_page(drawn, set);
  const std::lock_guard lock(mutex_);
  drawn_json_ = std::move(json);
  drawn_ = drawn;
  hello_is_old_ = true;  // a hello makes pages load the zones anew
}

void Publisher::take_zone_order(web::ClientId client, const rules::ZoneOrder& order) {
  const auto refuse = [this, client](std::string_view why) { server_.send_text(client, share::error_text(why)); };
  if (!orders_.zone) {
    return refuse(config_.replay ? "nothing can be drawn on a recording"
                                 : "no rules are in force here: [rules] enabled = true");
  }
  const auto reply = [this, client, refuse, action = order.action,
                      name = order.zone.zone.name](const std::string& fault) {
    if (!fault.empty()) return refuse(fault);
    server_.send_text(client, share::zone_done_text(action, name));
  };
  if (!orders_.zone(order, reply)) refuse("too many orders at once: try again");
}

void Publisher::add_zone_routes() {
  server_.handle("/api/v1/zones", [this](const web::HttpRequest&) { return drawn_zones(); });
  server_.handle("/api/v1/zones/versions", [this](const web::HttpRequest& r) { return drawn_versions(r); });
}

web::HttpResponse Publisher::drawn_zones() const {
  const std::lock_guard lock(mutex_);
  if (drawn_json_.empty()) return {204, "text/plain", "", {}};
  return {200, "application/geo+json", drawn_json_, {{"Cache-Control", "no-store"}}};
}

web::HttpResponse Publisher::drawn_versions(const web::HttpRequest& request) const {
  if (drawn_folder_.empty()) return {404, "text/plain", "nothing is drawn here\n", {}};
  const ZoneFile file(drawn_folder_);
  const auto asked = request.query_value("version");
  if (!asked) {
    return {200, "application/json", share::versions_json(file.versions()), {{"Cache-Control", "no-store"}}};
  }
  std::uint32_t version = 0;
  const auto [end, fault] = std::from_chars(asked->data(), asked->data() + asked->size(), version);
  if (fault != std::errc() || end != asked->data() + asked->size()) {
    return {400, "text/plain", "version is a number of /api/v1/zones/versions\n", {}};
  }
  auto text = file.version_text(version);
  if (!text) return {404, "text/plain", "that version is not kept\n", {}};
  return {200, "application/geo+json", std::move(*text), {{"Cache-Control", "no-store"}}};
}

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
  rules::DrawnZones drawn;
  {
    const std::lock_guard lock(mutex_);
    in_force = in_force_;
    drawn = drawn_;
  }
  double hours = 24.0;
  if (const auto text = request.query_value("hours")) {
    const auto [end, wrong] = std::from_chars(text->data(), text->data() + text->size(), hours);
    if (wrong != std::errc() || end != text->data() + text->size()) hours = 0.0;  // refused below
  }
  const std::string fault = trial_->begin(request.body, drawn, hours, in_force);
  if (!fault.empty()) return {400, "text/plain; charset=utf-8", fault + "\n", {{"Cache-Control", "no-store"}}};
  return {202, "application/json", trial_->state_json(), {{"Cache-Control", "no-store"}}};
}

}  // namespace headland::station
