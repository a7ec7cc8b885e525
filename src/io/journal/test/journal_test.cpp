// SPDX-License-Identifier: Apache-2.0
// What is written comes back, in order, through rotation, growth and seeking.
#include <rapidcheck.h>

#include "io/journal/test/journal_test_support.hpp"

namespace headland::journal::test {
namespace {

using Journal = JournalFolder;

TEST_F(Journal, gives_back_what_was_written) {
  {
    auto w = writer();
    append_entries(w, 1, 1000);
  }
  auto r = reader();
  for (int i = 1; i <= 1000; ++i) {
    const auto entry = r.next();
    ASSERT_TRUE(entry);
    EXPECT_EQ(entry->sequence, static_cast<std::uint64_t>(i));
    EXPECT_EQ(entry->time, second(i));
    EXPECT_EQ(entry->stream, i % 3);
    EXPECT_EQ(entry->kind, EntryKind::report);
    EXPECT_EQ(text(*entry), "entry " + std::to_string(i));
  }
  EXPECT_FALSE(r.next());
  EXPECT_EQ(r.counters().entries, 1000U);
  EXPECT_EQ(r.counters().damaged_chunks + r.counters().torn_bytes + r.counters().missing_sequences, 0U);
}

TEST_F(Journal, keeps_any_entry_whatever_its_bytes) {
  const bool held = rc::check("entries round-trip", [](const std::vector<std::vector<std::uint8_t>>& payloads) {
    ChunkBuilder chunk;
    std::uint64_t sequence = 7;
    for (const auto& p : payloads) {
      chunk.add({sequence++, Timestamp(Duration(static_cast<std::int64_t>(sequence) * -5)), 9, EntryKind::datagram, p});
    }
    RC_PRE(!chunk.empty());
    const auto bytes = chunk.finish();
    const auto header = decode_chunk_header(bytes);
    RC_ASSERT(header.has_value());
    std::vector<std::uint8_t> plain;
    RC_ASSERT(unpack_chunk(*header, bytes.subspan(chunk_header_bytes), plain));
    std::size_t offset = 0;
    for (const auto& p : payloads) {
      const auto entry = next_entry(plain, offset);
      RC_ASSERT(entry.has_value());
      RC_ASSERT(std::vector<std::uint8_t>(entry->payload.begin(), entry->payload.end()) == p);
    }
    RC_ASSERT(!next_entry(plain, offset).has_value());
  });
  EXPECT_TRUE(held);
}

TEST_F(Journal, goes_on_counting_where_it_stopped) {
  {
    auto w = writer();
    append_entries(w, 1, 10);
  }
  auto w = writer();
  EXPECT_EQ(w.recovery().last_sequence, 10U);
  EXPECT_EQ(w.recovery().last_time, second(10));
  EXPECT_EQ(w.recovery().message, "");
  append_entries(w, 11, 10);
  ASSERT_TRUE(w.flush());
  auto r = reader();
  EXPECT_EQ(sequences(r).size(), 20U);
  EXPECT_EQ(r.segment_count(), 1U);
}

TEST_F(Journal, begins_a_new_file_when_one_is_full) {
  auto c = config();
  c.segment_bytes = 4096;
  c.chunk_bytes = 1024;
  {
    auto w = writer(c);
    append_entries(w, 1, 2000);
  }
  auto r = reader();
  EXPECT_GT(r.segment_count(), 3U);
  const auto all = sequences(r);
  ASSERT_EQ(all.size(), 2000U);
  EXPECT_EQ(all.back(), 2000U);
  EXPECT_EQ(r.counters().missing_sequences, 0U);
  EXPECT_EQ(r.first_time(), second(1));
  EXPECT_EQ(r.last_time(), second(2000));
}

TEST_F(Journal, names_files_by_time_and_number) {
  EXPECT_EQ(segment_file_name(from_epoch_seconds(1'700'000'000), 7), "journal-20231114T221320Z-0007.hlj");
  EXPECT_EQ(segment_file_name(Timestamp(), 12345), "journal-19700101T000000Z-12345.hlj");
}

TEST_F(Journal, deletes_the_oldest_files_over_its_bound_and_says_so) {
  auto c = config();
  c.segment_bytes = 4096;
  c.chunk_bytes = 1024;
  c.total_bytes = 16 * 1024;
  auto w = writer(c);
  append_entries(w, 1, 8000);
  ASSERT_TRUE(w.sync());
  EXPECT_LE(w.counters().total_bytes, c.total_bytes + c.segment_bytes);
  EXPECT_GT(w.counters().deleted_segments, 0U);
  EXPECT_EQ(w.take_deleted().size(), w.counters().deleted_segments);
  EXPECT_TRUE(w.take_deleted().empty());
  auto r = reader();
  const auto all = sequences(r);
  EXPECT_GT(all.front(), 1U);
  EXPECT_EQ(all.back(), 8000U);
}

TEST_F(Journal, deletes_files_that_are_too_old) {
  auto c = config();
  c.segment_bytes = 4096;
  c.chunk_bytes = 1024;
  c.max_age = std::chrono::seconds(1000);
  auto w = writer(c);
  append_entries(w, 1, 4000);
  ASSERT_TRUE(w.sync());
  auto r = reader();
  EXPECT_GT(r.first_time(), second(2000));
  EXPECT_LT(r.first_time(), second(3001));
}

TEST_F(Journal, seeks_to_a_second) {
  auto c = config();
  c.segment_bytes = 8192;
  c.chunk_bytes = 512;
  {
    auto w = writer(c);
    append_entries(w, 1, 3000);
  }
  auto r = reader();
  for (const int s : {2999, 1, 1500, 2, 777, 3000}) {
    r.seek(second(s));
    const auto entry = r.next();
    ASSERT_TRUE(entry);
    EXPECT_EQ(text(*entry), "entry " + std::to_string(s));
  }
  r.seek(second(-5));
  EXPECT_EQ(r.next()->sequence, 1U);
  r.seek(second(3001));
  EXPECT_FALSE(r.next());
  r.rewind();
  EXPECT_EQ(r.next()->sequence, 1U);
}

TEST_F(Journal, finds_the_newest_checkpoint_and_what_followed) {
  auto c = config();
  c.segment_bytes = 4096;
  c.chunk_bytes = 512;
  {
    auto w = writer(c);
    append_entries(w, 1, 500);
    ASSERT_TRUE(w.append(EntryKind::checkpoint, 1, second(501), "older"));
    append_entries(w, 501, 500);
    ASSERT_TRUE(w.append(EntryKind::checkpoint, 1, second(1001), "newer"));
    ASSERT_TRUE(w.append(EntryKind::checkpoint, 2, second(1001), "of another"));
    append_entries(w, 1001, 700);
  }
  auto found = find_last_checkpoint(folder_, std::uint16_t{1});
  ASSERT_TRUE(found);
  ASSERT_TRUE(found->has_value());
  EXPECT_EQ(text(*(*found)->next()), "newer");
  EXPECT_EQ(text(*(*found)->next()), "of another");
  EXPECT_EQ(sequences(**found).size(), 700U);
  EXPECT_EQ(text(*(*find_last_checkpoint(folder_))->next()), "of another");
}

TEST_F(Journal, without_a_checkpoint_says_so) {
  {
    auto w = writer();
    append_entries(w, 1, 5);
  }
  const auto found = find_last_checkpoint(folder_);
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->has_value());
  EXPECT_EQ(find_last_checkpoint(folder_ / "nowhere").error().code, ErrorCode::not_found);
}

TEST_F(Journal, is_read_while_it_grows_through_new_files) {
  auto c = config();
  c.segment_bytes = 2048;
  c.chunk_bytes = 256;
  auto w = writer(c);
  auto r = reader();
  EXPECT_FALSE(r.next());
  int read = 0;
  for (int i = 1; i <= 500; i += 10) {
    append_entries(w, i, 10);
    ASSERT_TRUE(w.flush());
    while (const auto entry = r.next()) EXPECT_EQ(entry->sequence, static_cast<std::uint64_t>(++read));
    EXPECT_EQ(read, i + 9);
  }
  EXPECT_GT(r.segment_count(), 2U);
}

TEST_F(Journal, writes_at_a_quarter_second_and_syncs_at_a_second) {
  using namespace std::chrono_literals;
  auto w = writer();
  auto now = JournalWriter::Clock::time_point{};
  append_entries(w, 1, 1);
  ASSERT_TRUE(w.flush_if_due(now));
  ASSERT_TRUE(w.flush_if_due(now += 240ms));
  EXPECT_EQ(w.counters().chunks, 0U);
  ASSERT_TRUE(w.flush_if_due(now += 10ms));
  EXPECT_EQ(w.counters().chunks, 1U);
  EXPECT_EQ(w.counters().syncs, 0U);
  ASSERT_TRUE(w.flush_if_due(now += 1000ms));
  EXPECT_EQ(w.counters().syncs, 1U);
  ASSERT_TRUE(w.flush_if_due(now += 5000ms));
  EXPECT_EQ(w.counters().syncs, 1U);  // nothing new
}

TEST_F(Journal, is_written_by_one_process_only) {
  auto w = writer();
  const auto second_writer = JournalWriter::open(config());
  ASSERT_FALSE(second_writer);
  EXPECT_NE(second_writer.error().detail.find("another process"), std::string::npos);
}

TEST_F(Journal, refuses_an_entry_over_the_limit_and_goes_on) {
  auto w = writer();
  EXPECT_FALSE(w.append(EntryKind::datagram, 0, second(0), std::vector<std::uint8_t>(max_payload_bytes + 1)));
  EXPECT_EQ(w.counters().lost_entries, 1U);
  const std::vector<std::uint8_t> large(5'000'000, 42);  // larger than a chunk: gets its own
  ASSERT_TRUE(w.append(EntryKind::checkpoint, 0, second(1), large));
  ASSERT_TRUE(w.flush());
  EXPECT_EQ(reader().next()->payload.size(), large.size());
}

TEST_F(Journal, refuses_a_file_of_another_kind) {
  write_file(folder_ / "picture.hlj", std::vector<std::uint8_t>(5000, 7));
  const auto r = JournalReader::open(folder_ / "picture.hlj");
  ASSERT_FALSE(r);
  EXPECT_EQ(r.error().code, ErrorCode::bad_input);
}

}  // namespace
}  // namespace headland::journal::test
