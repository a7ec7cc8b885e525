// SPDX-License-Identifier: Apache-2.0
#include "io/notify/curl_sender.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include <curl/curl.h>

#include "io/notify/socket_sender.hpp"

namespace headland::notify {
namespace {

struct EndHandle {
  void operator()(CURL* c) const { curl_easy_cleanup(c); }
};
struct EndList {
  void operator()(curl_slist* l) const { curl_slist_free_all(l); }
};
using Handle = std::unique_ptr<CURL, EndHandle>;
using List = std::unique_ptr<curl_slist, EndList>;

void append(List& list, const std::string& line) {
  if (curl_slist* longer = curl_slist_append(list.get(), line.c_str())) {
    (void)list.release();
    list.reset(longer);
  }
}

std::size_t ignore(char*, std::size_t size, std::size_t count, void*) { return size * count; }

// Bytes that are read from a text.
struct Source {
  const std::string* text;
  std::size_t at = 0;
};
std::size_t read_source(char* to, std::size_t size, std::size_t count, void* from) {
  auto& source = *static_cast<Source*>(from);
  const std::size_t n = std::min(size * count, source.text->size() - source.at);
  std::memcpy(to, source.text->data() + source.at, n);
  source.at += n;
  return n;
}

class CurlSender : public Sender {
 public:
  explicit CurlSender(SenderConfig config) : config_(std::move(config)) {
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    (void)ready;
  }

 protected:
  // What every transfer has; a fresh connection each, so that a dead one is never tried again.
  Handle begin(const char* protocols) {
    Handle h(curl_easy_init());
    if (!h) return h;
    error_.fill('\0');
    curl_easy_setopt(h.get(), CURLOPT_URL, config_.url.c_str());
    curl_easy_setopt(h.get(), CURLOPT_PROTOCOLS_STR, protocols);
    curl_easy_setopt(h.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(h.get(), CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(h.get(), CURLOPT_TIMEOUT_MS, static_cast<long>(config_.timeout.count()));
    curl_easy_setopt(h.get(), CURLOPT_ERRORBUFFER, error_.data());
    curl_easy_setopt(h.get(), CURLOPT_WRITEFUNCTION, ignore);
    if (!config_.user.empty()) {
      curl_easy_setopt(h.get(), CURLOPT_USERNAME, config_.user.c_str());
      curl_easy_setopt(h.get(), CURLOPT_PASSWORD, config_.password.c_str());
    }
    return h;
  }
  Expected<void> perform(const Handle& h) {
    const CURLcode result = curl_easy_perform(h.get());
    if (result == CURLE_OK) return {};
    const std::string why = error_[0] != '\0' ? std::string(error_.data()) : curl_easy_strerror(result);
    return fail(ErrorCode::io, config_.url + ": " + why);
  }

  SenderConfig config_;
  std::array<char, CURL_ERROR_SIZE> error_{};
};

class Webhook final : public CurlSender {
 public:
  using CurlSender::CurlSender;
  Expected<void> send(const Message& message) override {
    const Handle h = begin("http,https");
    if (!h) return fail(ErrorCode::io, "libcurl does not begin: out of memory?");
    List headers;
    append(headers, "Content-Type: application/json");
    append(headers, "Headland-Message: " + message.id);
    curl_easy_setopt(h.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(h.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(message.body.size()));
    curl_easy_setopt(h.get(), CURLOPT_POSTFIELDS, message.body.c_str());
    if (auto ok = perform(h); !ok) return ok;
    long status = 0;
    curl_easy_getinfo(h.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status >= 200 && status < 300) return {};
    return fail(ErrorCode::io, config_.url + " answers " + std::to_string(status) + " instead of 2xx");
  }
};

class Mail final : public CurlSender {
 public:
  using CurlSender::CurlSender;
  Expected<void> send(const Message& message) override {
    const Handle h = begin("smtp,smtps");
    if (!h) return fail(ErrorCode::io, "libcurl does not begin: out of memory?");
    List receivers;
    for (const std::string& address : config_.to) append(receivers, "<" + address + ">");
    const std::string text = mail_text(message, config_.from, config_.to);
    Source source{&text};
    const std::string from = "<" + config_.from + ">";
    curl_easy_setopt(h.get(), CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_TRY));
    curl_easy_setopt(h.get(), CURLOPT_MAIL_FROM, from.c_str());
    curl_easy_setopt(h.get(), CURLOPT_MAIL_RCPT, receivers.get());
    curl_easy_setopt(h.get(), CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(h.get(), CURLOPT_READFUNCTION, read_source);
    curl_easy_setopt(h.get(), CURLOPT_READDATA, &source);
    return perform(h);
  }
};

bool begins(const std::string& text, std::initializer_list<const char*> ways) {
  for (const char* way : ways) {
    if (text.starts_with(way)) return true;
  }
  return false;
}

}  // namespace

std::unique_ptr<Sender> make_webhook(const SenderConfig& config) { return std::make_unique<Webhook>(config); }
std::unique_ptr<Sender> make_mail(const SenderConfig& config) { return std::make_unique<Mail>(config); }

Expected<std::unique_ptr<Sender>> make_sender(const SenderConfig& config) {
  const auto wrong = [&config](const char* wanted) {
    return fail(ErrorCode::configuration, "'" + config.url + "': write " + wanted);
  };
  switch (config.kind) {
    case SenderKind::webhook:
      if (!begins(config.url, {"http://", "https://"})) return wrong("https://HOST/PATH or http://HOST/PATH");
      return make_webhook(config);
    case SenderKind::email:
      if (!begins(config.url, {"smtp://", "smtps://"})) return wrong("smtp://HOST:PORT or smtps://HOST:PORT");
      if (config.from.empty() || config.to.empty()) return fail(ErrorCode::configuration, "email needs from and to");
      return make_mail(config);
    case SenderKind::mqtt:
      if (!begins(config.url, {"mqtt://"})) return wrong("mqtt://HOST:PORT");
      return make_mqtt(config);
    case SenderKind::socket:
      return make_socket_sender(config);
  }
  return fail(ErrorCode::configuration, "unknown kind of output");
}

}  // namespace headland::notify
