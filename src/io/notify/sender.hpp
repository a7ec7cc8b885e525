// SPDX-License-Identifier: Apache-2.0
// Delivers one message to one place and says whether it was taken there. See README.md.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/expected.hpp"

namespace headland::notify {

enum class SenderKind : std::uint8_t { webhook, email, mqtt, socket };

struct SenderConfig {
  SenderKind kind = SenderKind::webhook;
  std::string url;  // http://, https://; smtp://, smtps://; mqtt://HOST[:PORT]; udp://, tcp://HOST:PORT
  std::string user;
  std::string password;
  std::string from;             // email
  std::vector<std::string> to;  // email
  std::string topic;            // mqtt
  std::chrono::milliseconds timeout{10'000};
};

struct Message {
  std::string id;  // the same when it is sent again
  std::string subject;
  std::string body;  // webhook, mqtt: JSON; email: text, UTF-8
  std::string date;  // email: RFC 5322
};

class Sender {
 public:
  Sender() = default;
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;
  virtual ~Sender() = default;
  [[nodiscard]] virtual Expected<void> send(const Message& message) = 0;
};

// An address that is none of its kind is an error of the configuration.
[[nodiscard]] Expected<std::unique_ptr<Sender>> make_sender(const SenderConfig& config);

// The mail as it goes over the wire, CRLF at the ends of lines.
[[nodiscard]] std::string mail_text(const Message& message, const std::string& from,
                                    const std::vector<std::string>& to);

}  // namespace headland::notify
