// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/output/alert_poster.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <fstream>
#include <sstream>
#include <thread>

#include <fmt/format.h>

#include "codec/cot/alert_event.hpp"
#include "codec/nmea/alerts/alert_sentences.hpp"
#include "codec/share/alerts/alert_frames.hpp"

namespace headland::station {
namespace {

using namespace std::chrono_literals;

constexpr auto look_every = 500ms;
constexpr auto first_pause = 1000ms;  // after a failure; doubled up to:
constexpr auto longest_pause = 60'000ms;

Priority priority_named(const std::string& name) {
  for (const Priority p : {Priority::emergency, Priority::alarm, Priority::warning}) {
    if (name_of(p) == name) return p;
  }
  return Priority::caution;
}

bool wants(const config::AlertOutputSection& output, const AlertEntry& entry, const AlertRecord& alert) {
  if (alert.priority < priority_named(output.priority_min)) return false;
  return output.changes == "all" || entry.what == "raised" || entry.what == "worse" || entry.what == "escalated";
}

// RFC 5322, UTC.
std::string mail_date() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return fmt::format("{}, {:02d} {} {} {:02d}:{:02d}:{:02d} +0000", days[utc.tm_wday], utc.tm_mday, months[utc.tm_mon],
                     utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

Expected<notify::SenderConfig> sender_config(const config::AlertOutputSection& section) {
  notify::SenderConfig out;
  out.kind = section.kind == "email"                           ? notify::SenderKind::email
             : section.kind == "mqtt"                          ? notify::SenderKind::mqtt
             : section.kind == "nmea" || section.kind == "cot" ? notify::SenderKind::socket
                                                               : notify::SenderKind::webhook;
  out.url = section.url;
  out.user = section.user;
  out.from = section.from;
  out.topic = section.topic;
  out.timeout = std::chrono::milliseconds(static_cast<std::int64_t>(section.timeout_s * 1000.0));
  std::stringstream addresses(section.to);
  for (std::string one; std::getline(addresses, one, ',');) {
    std::erase(one, ' ');
    if (!one.empty()) out.to.push_back(one);
  }
  if (!section.password_file.empty()) {
    std::ifstream file(section.password_file);
    if (!std::getline(file, out.password)) {
      return fail(ErrorCode::configuration, "password_file " + section.password_file + " cannot be read or is empty");
    }
  }
  return out;
}

std::string body_of(const std::string& kind, const std::string& station, const AlertEntry& entry,
                    const AlertRecord& a) {
  if (kind == "email") return share::message_text(station, entry, a);
  if (kind == "cot") return cot::alert_event(a, station);
  if (kind != "nmea") return share::message_json(station, entry, a);
  std::string sentences;
  nmea::write_alert(a, a.id.value(), sentences);
  return sentences;
}

}  // namespace

std::vector<store::OutboxMessage> messages_of(const rules::AlertUpdate& update,
                                              const std::vector<config::AlertOutputSection>& outputs,
                                              const std::string& station) {
  std::vector<store::OutboxMessage> out;
  for (const AlertEntry& entry : update.entries) {
    const auto alert = update.changed.find(entry.alert);
    if (alert == update.changed.end()) continue;
    const AlertRecord& a = alert->second;
    for (const auto& output : outputs) {
      if (!wants(output, entry, a)) continue;
      const std::string subject = fmt::format("{}: {} ({})", name_of(a.priority), a.text, entry.what);
      out.push_back({0, output.name, subject, body_of(output.kind, station, entry, a)});
    }
  }
  return out;
}

Expected<std::unique_ptr<AlertPoster>> AlertPoster::start(const config::AlertOutputSection& section,
                                                          const std::filesystem::path& alerts, health::Health& health) {
  const auto whose = [&section](Error error) {
    return fail(error.code, "alert output '" + section.name + "': " + error.detail);
  };
  auto config = sender_config(section);
  if (!config) return whose(config.error());
  auto sender = notify::make_sender(*config);
  if (!sender) return whose(sender.error());
  store::AlertStoreConfig kept;
  kept.file = alerts;
  auto store = store::open_alert_store(kept);
  if (!store) return whose(store.error());
  return std::unique_ptr<AlertPoster>(new AlertPoster(section.name, std::move(*sender), std::move(*store), health));
}

AlertPoster::AlertPoster(std::string name, std::unique_ptr<notify::Sender> sender,
                         std::unique_ptr<store::AlertStore> store, health::Health& health)
    : name_(std::move(name)),
      sender_(std::move(sender)),
      store_(std::move(store)),
      health_(health),
      answers_("answers of " + name_, 32, lanes::WhenFull::drop_oldest) {
  lane_.emplace("output " + name_, health, [this](const std::stop_token& stop) { run(stop); });
}

void AlertPoster::stop() {
  if (!lane_) return;
  lane_->request_stop();
  lane_->join();
  lane_.reset();
}

void AlertPoster::run(const std::stop_token& stop) {
  std::chrono::milliseconds pause = first_pause;
  while (!stop.stop_requested()) {
    const bool is_well = deliver_all(stop);
    waiting_ = store_->waiting_count(name_);
    auto left = is_well ? look_every : pause;
    pause = is_well ? first_pause : std::min<std::chrono::milliseconds>(pause * 2, longest_pause);
    for (; left > 0ms && !stop.stop_requested(); left -= 50ms) {
      deliver_answers();
      std::this_thread::sleep_for(50ms);
    }
  }
}

void AlertPoster::answer(std::string sentences) { answers_.push(std::move(sentences)); }

// One try each: who asked has asked again, or given up, before it could be tried once more.
void AlertPoster::deliver_answers() {
  while (const auto sentences = answers_.pop_for(0ms)) {
    if (!sender_->send({name_ + "-answer", "answer", *sentences, mail_date()})) ++unanswered_;
  }
}

bool AlertPoster::deliver_all(const std::stop_token& stop) {
  const auto messages = store_->waiting(name_, 50);
  if (!messages) {
    health_.set("output " + name_, health::State::yellow, messages.error().detail);
    return false;
  }
  for (const store::OutboxMessage& m : *messages) {
    if (stop.stop_requested()) return true;
    deliver_answers();
    const notify::Message message{fmt::format("{}-{}", name_, m.number), m.subject, m.body, mail_date()};
    if (const auto taken = sender_->send(message); !taken) {
      ++failed_;
      health_.set("output " + name_, health::State::yellow, "messages wait: " + taken.error().detail);
      return false;
    }
    if (const auto ok = store_->sent(m.number); !ok) {
      health_.set("output " + name_, health::State::yellow, ok.error().detail);
      return false;
    }
    ++sent_;
  }
  health_.set("output " + name_, health::State::green);
  return true;
}

void AlertPoster::add_metrics(std::vector<health::Sample>& out) const {
  out.push_back({"headland_alert_messages_total", {{"output", name_}}, static_cast<double>(sent_)});
  out.push_back({"headland_alert_messages_waiting", {{"output", name_}}, static_cast<double>(waiting_)});
  out.push_back({"headland_alert_answers_lost_total",
                 {{"output", name_}},
                 static_cast<double>(unanswered_ + answers_.stats().dropped)});
  out.push_back({"headland_alert_failures_total", {{"output", name_}}, static_cast<double>(failed_)});
}

}  // namespace headland::station
