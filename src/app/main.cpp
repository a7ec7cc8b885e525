// SPDX-License-Identifier: Apache-2.0
// The command line: parses arguments and calls one function a verb.
#include <iostream>

#include <CLI/CLI.hpp>

#include "app/config_verb.hpp"
#include "app/exit_codes.hpp"
#include "runtime/config/station_config.hpp"
#include "runtime/health/health.hpp"

namespace {

using headland::app::exit_done;
using headland::app::exit_failed;
using headland::app::exit_usage;

struct CommandLine {
  CLI::App app{"Headland: coastal surveillance from radar video and AIS.", "headland"};
  int result = exit_done;
};

void add_config(CommandLine& line) {
  auto* config = line.app.add_subcommand("config", "Check and show configurations");
  config->require_subcommand(1);
  auto file = std::make_shared<std::string>();
  auto* check = config->add_subcommand("check", "Say every mistake in FILE, with its place");
  check->add_option("FILE", *file, "Configuration, TOML")->required();
  check->callback([&line, file] { line.result = headland::app::config_check(*file, std::cout, std::cerr); });
  auto* show = config->add_subcommand("show", "Print all values in force, defaults included");
  show->add_option("FILE", *file, "Configuration, TOML")->required();
  show->callback([&line, file] { line.result = headland::app::config_show(*file, std::cout, std::cerr); });
  config->add_subcommand("reference", "Print the reference page of the configuration")->callback([] {
    std::cout << headland::config::reference_markdown();
  });
  config->add_subcommand("metrics", "Print the reference page of the metrics")->callback([] {
    std::cout << headland::health::metrics_markdown();
  });
}

}  // namespace

int main(int argc, char** argv) {
  CommandLine line;
  line.app.require_subcommand(1);
  line.app.set_version_flag("--version", std::string("headland ") + HEADLAND_VERSION);
  line.app.failure_message(CLI::FailureMessage::help);
  try {
    add_config(line);
    line.app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return line.app.exit(e) == 0 ? exit_done : exit_usage;
  } catch (const std::exception& e) {
    std::cerr << "headland: " << e.what() << "\n";
    return exit_failed;
  }
  return line.result;
}
