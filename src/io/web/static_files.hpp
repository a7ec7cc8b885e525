// SPDX-License-Identifier: Apache-2.0
// The built page from a folder: types, caching, precompressed siblings, and nothing outside the folder.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "io/web/http.hpp"

namespace headland::web {

// What of the request's header matters for a file.
struct FileWish {
  std::string_view path;  // decoded
  std::string_view accept_encoding;
  std::string_view if_none_match;
};

class StaticFiles {
 public:
  explicit StaticFiles(std::filesystem::path document_root) : root_(std::move(document_root)) {}

  // 200, 304 (known ETag) or 404. Files under /assets/ carry a hash in their name and are immutable
  // for caches; all others are asked for each time. "/" is index.html; where there is none, a plain
  // page says how to build it.
  [[nodiscard]] HttpResponse get(const FileWish& wish) const;

 private:
  [[nodiscard]] std::filesystem::path locate(std::string_view path) const;
  std::filesystem::path root_;
};

[[nodiscard]] std::string_view mime_type(std::string_view file_name);
// The page's policy: own scripts only, workers from blobs (the map library makes them so).
[[nodiscard]] const std::vector<std::pair<std::string, std::string>>& security_headers();

}  // namespace headland::web
