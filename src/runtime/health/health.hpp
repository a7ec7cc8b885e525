// SPDX-License-Identifier: Apache-2.0
// How the program is: state of each component with a reason, metrics, and the log. Thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace headland::health {

enum class State : std::uint8_t { green, yellow, red };

struct ComponentState {
  std::string component;
  State state = State::green;
  std::string reason;
};

class Health {
 public:
  // A change of state is logged once; the same state again only renews the reason.
  void set(const std::string& component, State state, std::string reason = {});
  [[nodiscard]] std::vector<ComponentState> components() const;
  [[nodiscard]] State overall() const;  // the worst

 private:
  mutable std::mutex mutex_;
  std::map<std::string, ComponentState> components_;
};

// One measurement for /metrics. Names are listed in docs/operate/metrics.md (a test compares).
struct Sample {
  std::string name;
  std::map<std::string, std::string> labels;
  double value = 0.0;
};
enum class MetricType : std::uint8_t { counter, gauge };

// Collects samples on demand from whoever registered, and writes Prometheus text.
class Metrics {
 public:
  using Source = std::function<void(std::vector<Sample>&)>;
  void add_source(Source source);
  [[nodiscard]] std::string prometheus_text() const;
  [[nodiscard]] std::vector<Sample> collect() const;

 private:
  mutable std::mutex mutex_;
  std::vector<Source> sources_;
};

struct MetricInfo {
  const char* name;
  MetricType type;
  const char* help;
};
[[nodiscard]] const std::vector<MetricInfo>& metric_list();
[[nodiscard]] std::string metrics_markdown();

}  // namespace headland::health
