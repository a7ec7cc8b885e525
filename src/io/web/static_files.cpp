// SPDX-License-Identifier: Apache-2.0
#include "io/web/static_files.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <system_error>

#include <sys/stat.h>

namespace headland::web {
namespace {

constexpr std::uintmax_t max_file_bytes = std::uintmax_t{256} << 20;

constexpr std::string_view no_page = R"(<!doctype html><html lang="en"><meta charset="utf-8"><title>Headland</title>
<body><h1>Headland is running</h1><p>The page has not been built. Build it with <code>make web</code>
(or <code>npm ci &amp;&amp; npm run build</code> in <code>web/</code>) and start again.</p>
<p>What is served without it: <a href="/api/v1/picture.geojson">picture.geojson</a>,
<a href="/healthz">healthz</a>, <a href="/metrics">metrics</a>.</p></body></html>
)";

bool accepts(std::string_view accept_encoding, std::string_view coding) {
  while (!accept_encoding.empty()) {
    std::string_view item = accept_encoding.substr(0, accept_encoding.find(','));
    accept_encoding.remove_prefix(std::min(accept_encoding.size(), item.size() + 1));
    item.remove_prefix(std::min(item.size(), item.find_first_not_of(' ')));
    const std::string_view name = item.substr(0, item.find_first_of("; "));
    const std::size_t quality = item.find("q=0");
    const bool refused = quality != std::string_view::npos && item.find_first_of("123456789", quality) == item.npos;
    if (name == coding && !refused) return true;
  }
  return false;
}

// Changes whenever the file is replaced: size, time to the nanosecond, and the coding served.
std::string entity_tag(const struct stat& info, std::string_view coding) {
  char text[96];
  std::snprintf(text, sizeof text, "\"%llx-%llx%s%.*s\"", static_cast<unsigned long long>(info.st_size),
                static_cast<unsigned long long>(info.st_mtim.tv_sec) * 1'000'000'000ULL +
                    static_cast<unsigned long long>(info.st_mtim.tv_nsec),
                coding.empty() ? "" : "-", static_cast<int>(coding.size()), coding.data());
  return text;
}

bool has_bad_segment(std::string_view path) {
  if (path.find('\\') != std::string_view::npos) return true;
  while (!path.empty()) {
    const std::string_view segment = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(path.size(), segment.size() + 1));
    if (segment.starts_with('.')) return true;  // "..", and hidden files
  }
  return false;
}

}  // namespace

std::string_view mime_type(std::string_view file_name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 18> types{{
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json"},
      {".geojson", "application/geo+json"},
      {".map", "application/json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".webp", "image/webp"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".wasm", "application/wasm"},
      {".pbf", "application/x-protobuf"},
      {".txt", "text/plain; charset=utf-8"},
      {".webmanifest", "application/manifest+json"},
      {".pmtiles", "application/octet-stream"},
  }};
  const auto found = std::ranges::find_if(types, [&](const auto& type) { return file_name.ends_with(type.first); });
  return found == types.end() ? "application/octet-stream" : found->second;
}

const std::vector<std::pair<std::string, std::string>>& security_headers() {
  static const std::vector<std::pair<std::string, std::string>> headers{
      {"Content-Security-Policy",
       "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
       "font-src 'self' data:; connect-src 'self' data: blob:; worker-src 'self' blob:; child-src 'self' blob:; "
       "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"}};
  return headers;
}

// The regular file that a path names, empty when there is none inside the root.
std::filesystem::path StaticFiles::locate(std::string_view path) const {
  if (root_.empty() || !path.starts_with('/') || has_bad_segment(path)) return {};
  std::error_code error;
  const auto root = std::filesystem::canonical(root_, error);
  if (error) return {};
  std::string relative(path.substr(1));
  if (relative.empty() || relative.ends_with('/')) relative += "index.html";
  // A symbolic link must not lead out either.
  const auto file = std::filesystem::canonical(root / relative, error);
  if (error || !std::filesystem::is_regular_file(file, error)) return {};
  const auto [root_end, unused] = std::mismatch(root.begin(), root.end(), file.begin(), file.end());
  return root_end == root.end() ? file : std::filesystem::path();
}

HttpResponse StaticFiles::get(const FileWish& wish) const {
  auto file = locate(wish.path);
  if (file.empty()) {
    if (wish.path == "/" || wish.path == "/index.html") {
      return {200, "text/html; charset=utf-8", std::string(no_page), {{"Cache-Control", "no-cache"}}};
    }
    return {404, "text/plain; charset=utf-8", "not found\n", {{"Cache-Control", "no-cache"}}};
  }
  HttpResponse response;
  response.content_type = mime_type(file.filename().string());
  const std::string_view suffix_of[][2] = {{"br", ".br"}, {"gzip", ".gz"}};
  std::string_view coding;
  for (const auto& [name, suffix] : suffix_of) {
    const std::string sibling = file.string() + std::string(suffix);
    std::error_code error;
    if (!accepts(wish.accept_encoding, name) || !std::filesystem::is_regular_file(sibling, error)) continue;
    file = sibling;
    coding = name;
    break;
  }
  struct stat info{};
  if (::stat(file.c_str(), &info) != 0 || static_cast<std::uintmax_t>(info.st_size) > max_file_bytes) {
    return {404, "text/plain; charset=utf-8", "not found\n", {}};
  }
  const std::string tag = entity_tag(info, coding);
  const bool hashed = wish.path.starts_with("/assets/");
  response.headers = {{"ETag", tag},
                      {"Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache"},
                      {"Vary", "Accept-Encoding"}};
  if (!coding.empty()) response.headers.emplace_back("Content-Encoding", coding);
  if (wish.if_none_match.find(tag) != std::string_view::npos) {
    response.status = 304;
    return response;
  }
  std::ifstream in(file, std::ios::binary);
  response.body.assign(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  return response;
}

}  // namespace headland::web
