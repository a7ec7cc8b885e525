// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/picture/numbers_given.hpp"

#include <filesystem>

#include <gtest/gtest.h>
#include <unistd.h>

namespace headland::station {
namespace {

const Timestamp now = from_epoch_seconds(1'700'000'000.0);
const picture::PictureConfig picture;
const fusion::RemoteFuserConfig remote;

store::TrackRow row(std::uint32_t id, Timestamp time) {
  store::TrackRow r;
  r.id = SystemTrackId(id);
  r.point.time = time;
  return r;
}

class NumbersGiven : public testing::Test {
 protected:
  NumbersGiven() {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    store_ = std::move(*store::open_sqlite_store({folder_ / "history.sqlite"}));
  }
  ~NumbersGiven() override {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("headland-numbers-" + std::to_string(getpid()));
  std::unique_ptr<store::HistoryStore> store_;
};

TEST_F(NumbersGiven, of_the_last_days_are_left_out_each_kind_by_itself) {
  ASSERT_TRUE(store_->write({{row(41, now - std::chrono::hours(20)), row(7, now - std::chrono::hours(1)),
                              row(5000, now - std::chrono::hours(100)), row(1'000'007, now), row(2'000'000'003, now)},
                             {},
                             {}}));
  const auto given = numbers_before(store_.get(), now, picture, remote);
  PictureChain chain(PictureChainConfig{});
  EXPECT_GE(given.radar, 41U);
  EXPECT_LT(given.radar, 5000U);  // nobody remembers it
  EXPECT_GE(given.ais, 8U);
  EXPECT_GE(given.remote, 4U);
}

TEST_F(NumbersGiven, begin_at_the_first_where_the_history_is_empty) {
  const auto given = numbers_before(store_.get(), now, picture, remote);
  EXPECT_EQ(given.radar + given.ais + given.remote, 0U);
}

// Sessions that number one a minute for up to eight days, then start again.
TEST_F(NumbersGiven, without_a_history_no_later_session_meets_the_numbers_of_a_day) {
  for (const int hours : {0, 1, 23, 24, 100, 192}) {
    const auto first = numbers_before(nullptr, now, picture, remote);
    const auto then = now + std::chrono::hours(hours) + std::chrono::seconds(1);
    const auto next = numbers_before(nullptr, then, picture, remote);
    const std::uint32_t used = first.radar + static_cast<std::uint32_t>(hours) * 60U;
    EXPECT_TRUE(next.radar > used || next.radar + 30'000 < first.radar) << hours << " h";
    EXPECT_LT(next.radar, picture.first_ais_number - 1000);
  }
}

}  // namespace
}  // namespace headland::station
