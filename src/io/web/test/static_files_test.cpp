// SPDX-License-Identifier: Apache-2.0
#include "io/web/static_files.hpp"

#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

namespace headland::web {
namespace {

class Files : public ::testing::Test {
 protected:
  Files() {
    std::string pattern = (std::filesystem::temp_directory_path() / "headland-files-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    std::filesystem::create_directories(folder_ / "root/assets");
    write("root/index.html", "<html>");
    write("root/assets/app-1a2b.js", "plain();");
    write("root/assets/app-1a2b.js.gz", "zipped");
    write("root/assets/app-1a2b.js.br", "brotli");
    write("root/.hidden", "secret");
    write("outside.txt", "secret");
    std::filesystem::create_symlink(folder_ / "outside.txt", folder_ / "root/link.txt");
  }
  ~Files() override { std::filesystem::remove_all(folder_); }
  void write(const std::string& name, std::string_view text) const { std::ofstream(folder_ / name) << text; }
  [[nodiscard]] HttpResponse get(std::string_view path, std::string_view encoding = {},
                                 std::string_view tag = {}) const {
    return StaticFiles(folder_ / "root").get({path, encoding, tag});
  }
  static std::string header(const HttpResponse& r, std::string_view name) {
    const auto found = std::ranges::find(r.headers, name, [](const auto& h) { return std::string_view(h.first); });
    return found == r.headers.end() ? "" : found->second;
  }
  std::filesystem::path folder_;
};

TEST_F(Files, index_is_asked_for_each_time_and_assets_are_kept) {
  const auto index = get("/");
  EXPECT_EQ(index.status, 200);
  EXPECT_EQ(index.body, "<html>");
  EXPECT_EQ(index.content_type, "text/html; charset=utf-8");
  EXPECT_EQ(header(index, "Cache-Control"), "no-cache");
  const auto script = get("/assets/app-1a2b.js");
  EXPECT_EQ(script.body, "plain();");
  EXPECT_EQ(script.content_type, "text/javascript; charset=utf-8");
  EXPECT_NE(header(script, "Cache-Control").find("immutable"), std::string::npos);
}

TEST_F(Files, precompressed_siblings_go_to_those_who_take_them) {
  EXPECT_EQ(get("/assets/app-1a2b.js", "gzip, deflate, br").body, "brotli");
  EXPECT_EQ(get("/assets/app-1a2b.js", "gzip;q=0.5").body, "zipped");
  EXPECT_EQ(get("/assets/app-1a2b.js", "gzip;q=0, identity").body, "plain();");
  const auto zipped = get("/assets/app-1a2b.js", "gzip");
  EXPECT_EQ(header(zipped, "Content-Encoding"), "gzip");
  EXPECT_EQ(header(zipped, "Vary"), "Accept-Encoding");
  EXPECT_EQ(zipped.content_type, "text/javascript; charset=utf-8");
}

TEST_F(Files, a_known_tag_saves_the_body_until_the_file_changes) {
  const std::string tag = header(get("/index.html"), "ETag");
  const auto again = get("/index.html", "", tag);
  EXPECT_EQ(again.status, 304);
  EXPECT_TRUE(again.body.empty());
  write("root/index.html", "<html>new");
  EXPECT_EQ(get("/index.html", "", tag).status, 200);
  EXPECT_NE(header(get("/assets/app-1a2b.js"), "ETag"), header(get("/assets/app-1a2b.js", "br"), "ETag"));
}

TEST_F(Files, nothing_outside_the_root_is_served) {
  for (const char* path : {"/../outside.txt", "/assets/../../outside.txt", "/..", "/.hidden", "/link.txt",
                           "//etc/passwd", "/assets", "/assets/", "/..\\outside.txt", "/nothing", "outside.txt"}) {
    EXPECT_EQ(get(path).status, 404) << path;
  }
}

TEST_F(Files, without_a_page_a_plain_one_says_how_to_build_it) {
  const auto page = StaticFiles("/nowhere/at/all").get({"/", {}, {}});
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("make web"), std::string::npos);
  EXPECT_EQ(StaticFiles({}).get({"/other", {}, {}}).status, 404);
}

}  // namespace
}  // namespace headland::web
