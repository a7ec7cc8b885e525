// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "runtime/station/input/input_file.hpp"

namespace headland::station {

void InputMerger::add(std::unique_ptr<InputFile> file) {
  auto head = file->next();
  const auto began = head ? head->time : Timestamp();
  sources_.push_back({std::move(file), std::move(head), began});
}

bool InputMerger::must_wait(const Source& source) const {
  if (source.head->kind != InputKind::journal) return false;
  return std::ranges::any_of(sources_, [&](const Source& other) {
    return other.head && other.head->kind == InputKind::journal &&
           std::pair(other.began, &other) < std::pair(source.began, &source);
  });
}

std::optional<InputEvent> InputMerger::next() {
  Source* first = nullptr;
  for (auto& source : sources_) {
    if (!source.head || must_wait(source)) continue;
    if (first == nullptr || source.head->time < first->head->time) first = &source;
  }
  if (first == nullptr) return std::nullopt;
  auto event = std::exchange(first->head, first->file->next());
  event->file = static_cast<std::uint16_t>(first - sources_.data());
  return event;
}

void InputMerger::look_again() {
  for (auto& source : sources_) {
    if (!source.head) source.head = source.file->next();
  }
}

double InputMerger::progress() const {
  double sum = 0.0;
  for (const auto& source : sources_) sum += source.head ? source.file->progress() : 1.0;
  return sources_.empty() ? 1.0 : sum / static_cast<double>(sources_.size());
}

std::map<std::string, std::uint64_t> InputMerger::rejected() const {
  std::map<std::string, std::uint64_t> out;
  for (const auto& source : sources_) source.file->count_rejected(out);
  return out;
}

}  // namespace headland::station
