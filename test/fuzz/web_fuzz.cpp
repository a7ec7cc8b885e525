// SPDX-License-Identifier: Apache-2.0
// Any text as a request's target and as the headers that say where a page came from.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "io/web/http.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace web = headland::web;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto request = web::parse_target(text)) {
    if (request->path.find('\0') != std::string::npos) std::abort();
    for (const auto& [name, value] : request->query) {
      if (!request->query_value(name) || value.find('\0') != std::string::npos) std::abort();
    }
    (void)web::is_under(request->path, "/api");
  }
  if (const auto decoded = web::percent_decoded(text, true); decoded && decoded->size() > size) std::abort();
  const std::string_view origin = text.substr(0, size / 2);
  const std::string_view host = text.substr(size / 2);
  if (!origin.empty() && web::same_origin(origin, host) && origin.find("://") + 3 + host.size() != origin.size()) {
    std::abort();
  }
  return 0;
}
