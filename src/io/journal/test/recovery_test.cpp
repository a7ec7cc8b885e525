// SPDX-License-Identifier: Apache-2.0
// Torn tails, damage, kill -9 and a full disk.
#include <csignal>

#include <sys/resource.h>
#include <sys/wait.h>

#include "io/journal/test/journal_test_support.hpp"

namespace headland::journal::test {
namespace {

using JournalRecovery = JournalFolder;

// Two chunks: entries 1..20 and 21..40.
void write_two_chunks(JournalWriter w) {
  append_entries(w, 1, 20);
  ASSERT_TRUE(w.flush());
  append_entries(w, 21, 20);
}

TEST_F(JournalRecovery, cuts_a_tail_torn_at_any_byte_and_goes_on) {
  write_two_chunks(writer());
  const auto path = only_file();
  const auto whole = read_file(path);
  auto first = Segment::open(path);
  ASSERT_TRUE(first);
  const std::size_t second_chunk = first->chunks().at(1).offset;
  for (std::size_t size = second_chunk; size < whole.size(); ++size) {
    write_file(path, std::span(whole).first(size));
    auto w = writer();
    EXPECT_EQ(w.recovery().torn_bytes, size - second_chunk);
    EXPECT_EQ(w.recovery().message.empty(), size == second_chunk);
    EXPECT_EQ(w.recovery().last_sequence, 20U);
    ASSERT_TRUE(w.append(EntryKind::event, 0, second(99), "after the crash"));
    ASSERT_TRUE(w.flush());
    auto r = reader();
    ASSERT_EQ(sequences(r).size(), 21U) << "cut at " << size;
    EXPECT_EQ(r.counters().torn_bytes + r.counters().damaged_bytes, 0U);
  }
}

TEST_F(JournalRecovery, survives_a_file_torn_in_its_first_chunk) {
  {
    auto w = writer();
    append_entries(w, 1, 5);
  }
  const auto path = only_file();
  const auto whole = read_file(path);
  for (std::size_t size = 0; size < whole.size(); size += 3) {
    write_file(path, std::span(whole).first(size));
    {
      auto w = writer();
      EXPECT_EQ(w.next_sequence(), 1U);
      append_entries(w, 1, 3);
    }
    auto r = reader();
    EXPECT_EQ(sequences(r).size(), 3U);
    const auto names = list_segments(folder_);
    for (const auto& name : *names) {
      if (name.path != path) std::filesystem::remove(name.path);
    }
  }
}

TEST_F(JournalRecovery, a_flipped_bit_costs_one_chunk_wherever_it_is) {
  {
    auto w = writer();
    for (int i = 1; i <= 50; i += 10) {
      append_entries(w, i, 10);
      ASSERT_TRUE(w.flush());
    }
  }
  const auto path = only_file();
  auto bytes = read_file(path);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    bytes[at] ^= 0x10;
    write_file(path, bytes);
    auto r = reader();
    EXPECT_GE(sequences(r).size(), at < segment_header_bytes ? 50U : 40U) << "flipped byte " << at;
    bytes[at] ^= 0x10;
  }
}

TEST_F(JournalRecovery, counts_a_damaged_chunk_and_the_entries_missing_with_it) {
  {
    auto w = writer();
    for (int i = 1; i <= 30; i += 10) {
      append_entries(w, i, 10);
      ASSERT_TRUE(w.flush());
    }
  }
  const auto path = only_file();
  auto bytes = read_file(path);
  const auto middle = Segment::open(path)->chunks().at(1).offset;
  bytes[middle + chunk_header_bytes + 20] ^= 1;
  write_file(path, bytes);
  auto r = reader();
  EXPECT_EQ(sequences(r).size(), 20U);
  EXPECT_EQ(r.counters().damaged_chunks, 1U);
  EXPECT_EQ(r.counters().missing_sequences, 10U);
  bytes[middle] ^= 1;  // now its header, too
  write_file(path, bytes);
  auto again = reader();
  EXPECT_EQ(sequences(again).size(), 20U);
  EXPECT_GT(again.counters().damaged_bytes, chunk_header_bytes);
}

TEST_F(JournalRecovery, after_kill_9_holds_everything_that_was_flushed) {
  for (int round = 0; round < 5; ++round) {
    int pipe_ends[2];
    ASSERT_EQ(::pipe(pipe_ends), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      // Writes without end; tells each flushed sequence number.
      auto c = config();
      c.segment_bytes = 100'000;
      auto w = writer(c);
      std::vector<std::uint8_t> payload(1000);
      for (std::uint32_t x = 1;; ++x) {
        for (auto& b : payload) b = static_cast<std::uint8_t>((x = x * 1664525U + 1013904223U) >> 24);
        const auto sequence = w.append(EntryKind::datagram, 0, second(x % 1000), payload);
        if (!sequence || (*sequence % 7 == 0 && !w.flush())) ::_exit(1);
        if (*sequence % 7 == 0 && ::write(pipe_ends[1], &*sequence, 8) != 8) ::_exit(1);
      }
    }
    ::close(pipe_ends[1]);
    std::uint64_t told = 0;
    for (int i = 0; i < 40 + round * 31; ++i) ASSERT_EQ(::read(pipe_ends[0], &told, 8), 8);
    ASSERT_EQ(::kill(child, SIGKILL), 0);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));
    while (::read(pipe_ends[0], &told, 8) == 8) {
    }
    ::close(pipe_ends[0]);
    const auto w = writer();
    EXPECT_GE(w.recovery().last_sequence, told);
    auto r = reader();
    const auto all = sequences(r);
    EXPECT_EQ(all.size(), w.recovery().last_sequence);
    EXPECT_EQ(r.counters().missing_sequences + r.counters().damaged_chunks, 0U);
  }
}

// A limit on file size stands for a full disk: write() fails half-way, just so.
TEST_F(JournalRecovery, a_failed_write_becomes_a_gap_entry_when_writing_works_again) {
  auto w = writer();
  append_entries(w, 1, 10);
  ASSERT_TRUE(w.flush());
  ::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  rlimit tight = before;
  tight.rlim_cur = read_file(only_file()).size() + 30;
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &tight), 0);
  append_entries(w, 11, 5);
  const auto failed = w.flush();
  append_entries(w, 16, 5);
  const auto failed_again = w.flush();
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::io);
  ASSERT_FALSE(failed_again);
  EXPECT_EQ(w.counters().lost_entries, 10U);
  append_entries(w, 21, 5);
  ASSERT_TRUE(w.flush());
  auto r = reader();
  for (int i = 1; i <= 10; ++i) EXPECT_EQ(r.next()->sequence, static_cast<std::uint64_t>(i));
  const auto gap = r.next();
  ASSERT_TRUE(gap);
  ASSERT_EQ(gap->kind, EntryKind::gap);
  const auto note = decode_gap(gap->payload);
  ASSERT_TRUE(note);
  EXPECT_EQ(note->entries, 10U);
  EXPECT_EQ(note->first_sequence, 11U);
  EXPECT_EQ(note->bytes, 10 * std::string("entry 11").size());
  EXPECT_EQ(text(*r.next()), "entry 21");
  EXPECT_EQ(r.counters().torn_bytes, 0U);
}

TEST_F(JournalRecovery, a_gap_note_survives_the_round_trip_and_bad_ones_are_refused) {
  const GapNote note{GapCause::queue_full, 5, 6, 7};
  auto bytes = encode(note);
  EXPECT_EQ(decode_gap(bytes)->entries, 6U);
  bytes.pop_back();
  EXPECT_FALSE(decode_gap(bytes));
  EXPECT_FALSE(decode_gap({}));
}

}  // namespace
}  // namespace headland::journal::test
