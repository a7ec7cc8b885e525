// SPDX-License-Identifier: Apache-2.0
// The desk on a thread of its own, so that a slow rule never delays a track: of pictures that come while it looks
// the newest is kept, orders of operators wait in their order.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/geo/local_frame.hpp"
#include "core/picture/picture.hpp"
#include "runtime/health/health.hpp"
#include "runtime/lanes/bounded_queue.hpp"
#include "runtime/lanes/lane.hpp"
#include "runtime/station/picture/picture_chain.hpp"
#include "runtime/station/rules/alert_desk.hpp"
#include "runtime/station/rules/call_watch.hpp"

namespace headland::station {

enum class RulesPace : std::uint8_t { newest_wins, every_picture };  // live; replays, which repeat themselves

class RulesLane {
 public:
  using Reply = std::function<void(const std::string& fault)>;  // empty: done. On the lane's thread.

  RulesLane(std::unique_ptr<AlertDesk> desk, RulesPace pace, health::Health& health);
  ~RulesLane() { stop(); }

  // Of the tracking lane, both: what sectors tell beside plots, and at most one picture a second of the data.
  void take(const PictureOutput& output, const PictureChain& chain);
  void take(const std::shared_ptr<const Picture>& picture, const LocalFrame& frame);
  // From any thread. False: too many wait.
  bool order(rules::AlertOrder order, Reply reply);
  bool order(rules::ZoneOrder order, Reply reply);
  bool reload(std::string who, Reply reply);
  bool command(nmea::AlertCommand command, std::string who);
  void stop();  // works on what waits

  [[nodiscard]] DeskStatus status() const;
  [[nodiscard]] std::vector<lanes::QueueStats> queue_stats() const { return {pictures_.stats(), orders_.stats()}; }
  // After stop() alone.
  [[nodiscard]] const AlertDesk& desk() const { return *desk_; }
  void add_metrics(std::vector<health::Sample>& out) const;

 private:
  struct Look {
    std::shared_ptr<const Picture> picture;
    LocalFrame frame;
    std::vector<rules::CallForHelp> calls;
    std::vector<rules::RadarJumped> jumps;
  };
  struct Order {
    std::optional<rules::AlertOrder> order;
    std::optional<nmea::AlertCommand> command;
    std::string who;
    Reply reply;
    std::optional<rules::ZoneOrder> zone;  // none of them: load the rules anew
  };
  void run();
  void work_on(const Order& order);
  void note_status();

  std::unique_ptr<AlertDesk> desk_;
  std::optional<Timestamp> last_;  // of the caller of take(), as are the calls
  CallWatch calls_;
  lanes::BoundedQueue<Look> pictures_;
  lanes::BoundedQueue<Order> orders_{"alert orders", 256, lanes::WhenFull::drop_new};
  mutable std::mutex mutex_;
  DeskStatus status_;
  std::optional<lanes::Lane> lane_;
};

}  // namespace headland::station
