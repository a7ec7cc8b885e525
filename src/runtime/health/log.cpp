// SPDX-License-Identifier: Apache-2.0
#include "runtime/health/log.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

namespace headland::log {
namespace {

spdlog::logger& logger() {
  static const auto instance = [] {
    auto l = spdlog::stderr_color_mt("headland");
    l->set_pattern("%H:%M:%S.%e %^%l%$ %v");
    return l;
  }();
  return *instance;
}

}  // namespace

void info(std::string_view text) { logger().info("{}", text); }
void warn(std::string_view text) { logger().warn("{}", text); }
void error(std::string_view text) { logger().error("{}", text); }
void quiet() { logger().set_level(spdlog::level::warn); }

}  // namespace headland::log
