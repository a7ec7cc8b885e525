// SPDX-License-Identifier: Apache-2.0
#include <charconv>

#include <mosquitto.h>

#include "io/notify/curl_sender.hpp"

namespace headland::notify {
namespace {

struct EndClient {
  void operator()(mosquitto* m) const { mosquitto_destroy(m); }
};

// How far one delivery has come.
struct Progress {
  bool connected = false;
  bool published = false;
  int refused = 0;
};

class Mqtt final : public Sender {
 public:
  Mqtt(SenderConfig config, std::string host, int port)
      : config_(std::move(config)), host_(std::move(host)), port_(port) {
    static const int ready = mosquitto_lib_init();
    (void)ready;
  }

  Expected<void> send(const Message& message) override {
    Progress progress;
    const std::unique_ptr<mosquitto, EndClient> client(mosquitto_new(nullptr, true, &progress));
    if (!client) return fail(ErrorCode::io, "libmosquitto does not begin: out of memory?");
    mosquitto* const m = client.get();
    mosquitto_connect_callback_set(m, [](mosquitto*, void* to, int code) {
      static_cast<Progress*>(to)->connected = code == 0;
      static_cast<Progress*>(to)->refused = code;
    });
    mosquitto_publish_callback_set(m, [](mosquitto*, void* to, int) { static_cast<Progress*>(to)->published = true; });
    if (!config_.user.empty()) mosquitto_username_pw_set(m, config_.user.c_str(), config_.password.c_str());
    constexpr int keepalive_s = 30;
    // Without waiting for the connection here: a host that does not answer must not hold up longer than we allow.
    if (const int result = mosquitto_connect_async(m, host_.c_str(), port_, keepalive_s); result != MOSQ_ERR_SUCCESS) {
      return failed(result);
    }
    const auto end = std::chrono::steady_clock::now() + config_.timeout;
    bool is_sent = false;
    while (!progress.published) {
      if (std::chrono::steady_clock::now() > end) return fail(ErrorCode::io, config_.url + ": no answer in time");
      if (const int result = mosquitto_loop(m, 50, 1); result != MOSQ_ERR_SUCCESS) return failed(result);
      if (progress.refused != 0) {
        return fail(ErrorCode::io, config_.url + ": " + mosquitto_connack_string(progress.refused));
      }
      if (!progress.connected || is_sent) continue;
      constexpr int quality_of_service = 1;
      const int result = mosquitto_publish(m, nullptr, config_.topic.c_str(), static_cast<int>(message.body.size()),
                                           message.body.data(), quality_of_service, false);
      if (result != MOSQ_ERR_SUCCESS) return failed(result);
      is_sent = true;
    }
    mosquitto_disconnect(m);
    return {};
  }

 private:
  Expected<void> failed(int result) const {
    return fail(ErrorCode::io, config_.url + ": " + mosquitto_strerror(result));
  }

  SenderConfig config_;
  std::string host_;
  int port_;
};

}  // namespace

Expected<std::unique_ptr<Sender>> make_mqtt(const SenderConfig& config) {
  std::string host = config.url.substr(std::string("mqtt://").size());
  int port = 1883;
  if (const auto colon = host.rfind(':'); colon != std::string::npos) {
    const char* const last = host.data() + host.size();
    const auto [end, fault] = std::from_chars(host.data() + colon + 1, last, port);
    if (fault != std::errc() || end != last || port < 1 || port > 65535) host.clear();
    host = host.substr(0, colon);
  }
  if (host.empty() || host.find('/') != std::string::npos) {
    return fail(ErrorCode::configuration, "'" + config.url + "': write mqtt://HOST:PORT");
  }
  if (config.topic.empty() || config.topic.find_first_of("+#") != std::string::npos) {
    return fail(ErrorCode::configuration, "topic: write one without + and #");
  }
  return std::make_unique<Mqtt>(config, std::move(host), port);
}

}  // namespace headland::notify
