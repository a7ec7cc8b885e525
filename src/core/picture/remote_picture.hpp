// SPDX-License-Identifier: Apache-2.0
// Puts the tracks of other systems into a picture: as contributions to the system tracks that they are, and alone where
// they are none of ours.
#pragma once

#include <map>
#include <span>

#include "core/fusion/remote_fuser.hpp"
#include "core/geo/local_frame.hpp"
#include "core/picture/picture_builder.hpp"

namespace headland::picture {

class RemotePicture {
 public:
  explicit RemotePicture(const fusion::RemoteFuserConfig& config = {}) : fuser_(config) {}

  void process(const RemoteTrack& track) { fuser_.process(track); }
  // The published picture with what others see; `tracks` are those of the tracker, in order of id. A picture without
  // anything of others is returned as it is.
  [[nodiscard]] PublishedPicture apply(PublishedPicture published, std::span<const Track> tracks,
                                       const LocalFrame& frame);
  // Whether apply() has anything to do.
  [[nodiscard]] bool is_empty() const { return fuser_.size() == 0 && shown_.empty() && grown_.empty(); }

  [[nodiscard]] std::size_t joined() const { return fuser_.joined().size(); }
  [[nodiscard]] std::size_t alone() const { return fuser_.alone().size(); }
  [[nodiscard]] const fusion::RemoteCounters& counters() const { return fuser_.counters(); }
  void skip_numbers(std::uint32_t count) { fuser_.skip_numbers(count); }
  [[nodiscard]] fusion::RemoteFuserSnapshot snapshot() const { return fuser_.snapshot(); }
  void restore(const fusion::RemoteFuserSnapshot& snapshot);

 private:
  struct Shown {
    Timestamp time;
    std::size_t parts = 0;
    std::string callsign;
    TrackStage stage = TrackStage::tentative;
    std::uint32_t version = 0;
  };
  [[nodiscard]] SystemTrack lone(const fusion::LoneRemote& remote, const LocalFrame& frame) const;
  void add_joined(Picture& picture, PictureChange& change, const LocalFrame& frame);
  void add_lone(Picture& picture, PictureChange& change, const LocalFrame& frame);

  fusion::RemoteFuser fuser_;
  std::map<SystemTrackId, Shown> shown_;  // of those alone
  // How often what others add to a track of ours began, ended or changed: its attribute version is so much higher.
  struct Grown {
    std::size_t parts = 0;
    std::uint32_t version = 0;
  };
  std::map<SystemTrackId, Grown> grown_;
};

}  // namespace headland::picture
