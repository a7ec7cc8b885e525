// SPDX-License-Identifier: Apache-2.0
// The only way for data to pass between threads. Every queue has a name, a capacity and a policy for
// when it is full, all said where it is declared, and counts what it does.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace headland::lanes {

enum class WhenFull : std::uint8_t {
  wait,        // the producer waits, so that the loss moves to where it is cheaper
  drop_new,    // what comes now is refused
  drop_oldest  // what waited longest goes
};

struct QueueStats {
  std::string name;
  std::size_t capacity = 0;  // in weight units
  std::size_t depth = 0;
  std::size_t high_water = 0;
  std::uint64_t pushed = 0;
  std::uint64_t dropped = 0;
  std::string drop_reason = "full";
};

// Any number of producers and consumers. Order among the items of one producer is kept.
template <class T>
class BoundedQueue {
 public:
  BoundedQueue(std::string name, std::size_t capacity, WhenFull policy)
      : name_(std::move(name)), capacity_(std::max<std::size_t>(capacity, 1)), policy_(policy) {}

  // `weight` counts against the capacity (1 each, or bytes). `share`: this item may fill the queue only
  // up to this part of the capacity, so that less important items are refused first; an item that is
  // refused for its share is dropped whatever the policy. False: dropped, or the queue is closed.
  bool push(T item, std::size_t weight = 1, double share = 1.0) {
    std::unique_lock lock(mutex_);
    const auto limit = static_cast<std::size_t>(static_cast<double>(capacity_) * share);
    const auto fits = [&] { return depth_ == 0 || depth_ + weight <= limit; };
    if (!closed_ && !fits()) {
      if (share < 1.0 || policy_ == WhenFull::drop_new) return ++dropped_, false;
      if (policy_ == WhenFull::drop_oldest) {
        while (!fits() && !items_.empty()) drop_front();
      } else {
        space_.wait(lock, [&] { return closed_ || fits(); });
      }
    }
    if (closed_) return ++dropped_, false;
    append(std::move(item), weight, lock);
    return true;
  }
  // The same in a queue that drops what is new, which also refuses where `is_too_old` says so of the item that has
  // waited longest.
  template <class IsTooOld>
  bool push_while_fresh(T item, std::size_t weight, IsTooOld is_too_old) {
    std::unique_lock lock(mutex_);
    const bool fits = depth_ == 0 || depth_ + weight <= capacity_;
    if (closed_ || !fits || (!items_.empty() && is_too_old(items_.front().first))) return ++dropped_, false;
    append(std::move(item), weight, lock);
    return true;
  }

  // Waits for the next item; nothing when the queue is closed and empty.
  std::optional<T> pop() {
    std::unique_lock lock(mutex_);
    filled_.wait(lock, [&] { return closed_ || !items_.empty(); });
    return take(lock);
  }
  // Waits no longer than `patience`; nothing then, too.
  std::optional<T> pop_for(std::chrono::nanoseconds patience) {
    std::unique_lock lock(mutex_);
    filled_.wait_for(lock, patience, [&] { return closed_ || !items_.empty(); });
    return take(lock);
  }

  // No more pushes; pops drain what is there.
  void close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    filled_.notify_all();
    space_.notify_all();
  }
  // Closed and empty. Who pops with patience ends by this: that it was closed alone does not tell of what was pushed
  // between a pop that came back empty and the closing.
  [[nodiscard]] bool drained() const {
    const std::lock_guard lock(mutex_);
    return closed_ && items_.empty();
  }
  [[nodiscard]] QueueStats stats() const {
    const std::lock_guard lock(mutex_);
    return {name_, capacity_, depth_, high_water_, pushed_, dropped_, "full"};
  }

 private:
  void append(T&& item, std::size_t weight, std::unique_lock<std::mutex>& lock) {
    depth_ += weight;
    ++pushed_;
    high_water_ = std::max(high_water_, depth_);
    items_.emplace_back(std::move(item), weight);
    lock.unlock();
    filled_.notify_one();
  }
  std::optional<T> take(std::unique_lock<std::mutex>& lock) {
    if (items_.empty()) return std::nullopt;
    std::optional<T> item(std::move(items_.front().first));
    depth_ -= items_.front().second;
    items_.pop_front();
    lock.unlock();
    space_.notify_one();
    return item;
  }
  void drop_front() {
    depth_ -= items_.front().second;
    items_.pop_front();
    ++dropped_;
  }

  mutable std::mutex mutex_;
  std::condition_variable filled_;
  std::condition_variable space_;
  std::deque<std::pair<T, std::size_t>> items_;
  std::string name_;
  std::size_t capacity_;
  WhenFull policy_;
  std::size_t depth_ = 0;
  std::size_t high_water_ = 0;
  std::uint64_t pushed_ = 0;
  std::uint64_t dropped_ = 0;
  bool closed_ = false;
};

}  // namespace headland::lanes
