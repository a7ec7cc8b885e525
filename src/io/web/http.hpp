// SPDX-License-Identifier: Apache-2.0
// HTTP as plain values, so that nobody outside this module sees the HTTP library.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace headland::web {

struct HttpRequest {
  std::string path;                                        // percent-decoded, without the query
  std::vector<std::pair<std::string, std::string>> query;  // decoded, in order
  std::string body;                                        // of a POST
  [[nodiscard]] std::optional<std::string> query_value(std::string_view name) const;
};

struct HttpResponse {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;  // beyond type, length and the security headers
};

// Called on the server's handler thread, one at a time; GET and HEAD, and POST where it was registered for it. May take
// its time without holding up the stream. An exception becomes status 500.
using HttpHandler = std::function<HttpResponse(const HttpRequest&)>;

// Percent-decoding; nothing when it is malformed or holds a NUL. In a query '+' stands for a blank.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_blank);
// A request target ("/path?a=b") taken apart; nothing when malformed.
[[nodiscard]] std::optional<HttpRequest> parse_target(std::string_view target);
// Whether a handler registered for `prefix` serves `path`: equal, or below it.
[[nodiscard]] bool is_under(std::string_view path, std::string_view prefix);
// Whether an upgrade or a POST with this Origin may go on: none (not a browser), or the same host and port as Host.
[[nodiscard]] bool same_origin(std::string_view origin, std::string_view host);

}  // namespace headland::web
