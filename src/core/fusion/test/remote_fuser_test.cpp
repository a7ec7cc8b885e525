// SPDX-License-Identifier: Apache-2.0
#include "core/fusion/remote_fuser.hpp"

#include <cmath>

#include <Eigen/Dense>
#include <gtest/gtest.h>

#include "core/base/random.hpp"

namespace headland::fusion {
namespace {

using std::chrono::milliseconds;
using Matrix4 = Eigen::Matrix<double, 4, 4, Eigen::RowMajor>;
using Vector4 = Eigen::Vector4d;

Matrix4 covariance(const KinematicState& s) { return Eigen::Map<const Matrix4>(s.covariance.data()); }
Vector4 vector(const KinematicState& s) {
  return {s.position.east.value(), s.position.north.value(), s.velocity.east.value(), s.velocity.north.value()};
}
KinematicState state(const Vector4& x, const Matrix4& p) {
  KinematicState s;
  s.position = {Metres(x(0)), Metres(x(1))};
  s.velocity = {MetresPerSecond(x(2)), MetresPerSecond(x(3))};
  Eigen::Map<Matrix4>(s.covariance.data()) = p;
  return s;
}
// The least of how much surer `sure` is than `fused`, in parts of itself; negative: fused claims to know more.
double least_excess(const KinematicState& fused, const KinematicState& sure) {
  const Eigen::SelfAdjointEigenSolver<Matrix4> root(covariance(sure));
  const Matrix4 whiten = root.operatorInverseSqrt();
  const Matrix4 excess = whiten * (covariance(fused) - covariance(sure)) * whiten;
  return Eigen::SelfAdjointEigenSolver<Matrix4>(excess).eigenvalues().minCoeff();
}
KinematicState measured(const KinematicState& s, double east_m, double north_m, double var_e, double var_n) {
  Eigen::Matrix<double, 2, 4> h = Eigen::Matrix<double, 2, 4>::Zero();
  h(0, 0) = h(1, 1) = 1.0;
  const Eigen::Matrix2d r = Eigen::Vector2d(var_e, var_n).asDiagonal();
  const Matrix4 p = covariance(s);
  const Eigen::Matrix<double, 4, 2> k = p * h.transpose() * (h * p * h.transpose() + r).inverse();
  const Vector4 x = vector(s) + k * (Eigen::Vector2d(east_m, north_m) - h * vector(s));
  const Matrix4 i_kh = Matrix4::Identity() - k * h;
  return state(x, i_kh * p * i_kh.transpose() + k * r * k.transpose());
}
KinematicState start() { return state(Vector4::Zero(), Vector4(1e6, 1e6, 100.0, 100.0).asDiagonal().toDenseMatrix()); }
Timestamp at(double s) { return Timestamp(milliseconds(static_cast<std::int64_t>(1000.0 * s) + 1'000'000)); }

TEST(CovarianceIntersection, OfAnEstimateWithItselfIsThatEstimate) {
  const auto a = measured(start(), 10.0, 20.0, 25.0, 400.0);
  const auto both = intersect(a, a);
  EXPECT_EQ(both.state.covariance, a.covariance);
  EXPECT_EQ(both.state.position, a.position);
}

TEST(CovarianceIntersection, KeepsTheSurerOneAndJoinsThoseSureOfDifferentThings) {
  const auto sure = measured(start(), 0.0, 0.0, 1.0, 1.0);
  const auto vague = measured(start(), 5.0, 5.0, 1e4, 1e4);
  EXPECT_EQ(intersect(sure, vague).state.covariance, sure.covariance);
  EXPECT_EQ(intersect(vague, sure).state.covariance, sure.covariance);
  const auto in_east = measured(start(), 0.0, 50.0, 1.0, 1e4);
  const auto in_north = measured(start(), 50.0, 0.0, 1e4, 1.0);
  const auto both = intersect(in_east, in_north);
  EXPECT_NEAR(both.weight, 0.5, 1e-3);
  EXPECT_NEAR(both.state.covariance[0], 2.0, 0.01);
  EXPECT_NEAR(both.state.position.east.value(), 0.0, 0.1);
  EXPECT_NEAR(both.state.position.north.value(), 0.0, 0.1);
}

TEST(CovarianceIntersection, OfACovarianceThatIsNoneIsTheOtherEstimate) {
  auto broken = start();
  broken.covariance[0] = -1.0;
  const auto a = measured(start(), 0.0, 0.0, 1.0, 1.0);
  EXPECT_EQ(intersect(a, broken).state.covariance, a.covariance);
  EXPECT_EQ(intersect(broken, a).state.covariance, a.covariance);
}

RemoteTrack remote_of(const KinematicState& s, std::uint16_t system, std::uint32_t number, double time_s) {
  RemoteTrack t;
  t.origin = {1, system};
  t.number = number;
  t.time = t.received = at(time_s);
  t.position = s.position;
  t.velocity = s.velocity;
  t.covariance = s.covariance;
  t.covariance_stated = true;
  return t;
}

// Two nodes with a radar each see one vessel and send each other what they come to, for an hour; each joins what comes
// with what its own radar says, and sends that on. The central solution has the plots of both radars.
struct Loop {
  KinematicState own[2] = {start(), start()};
  KinematicState joined[2];
  KinematicState central = start();
  double least_excess = 1e9;  // of the joined covariance over the central one
  double worst_nees = 0.0;    // mean over the hour of the joined estimates' squared error in deviations
  double gain = 0.0;          // mean of determinant of position, joined by own
  int joins = 0;

  template <class Join>
  void run(Join join) {
    constexpr double density = 0.01, turn_s = 2.5, exchange_s = 5.0;
    Random random(11);
    Vector4 truth(0.0, 0.0, 6.0, -3.0);
    double nees[2] = {0.0, 0.0}, gains = 0.0;
    int looks = 0;
    for (int step = 1; step * turn_s <= 3600.0; ++step) {
      const double t = step * turn_s;
      // The vessel's own acceleration, of the density that the filters believe.
      for (int axis = 0; axis < 2; ++axis) {
        const double a = random.normal() * std::sqrt(density * turn_s), b = random.normal();
        truth(axis) += truth(axis + 2) * turn_s + a * turn_s / 2 + b * std::sqrt(density * std::pow(turn_s, 3) / 12);
        truth(axis + 2) += a;
      }
      central = moved(central, turn_s, density);
      for (int node = 0; node < 2; ++node) {
        // One radar is sure of east, the other of north.
        const double dev_e = node == 0 ? 5.0 : 40.0, dev_n = node == 0 ? 40.0 : 5.0;
        const double east = truth(0) + dev_e * random.normal(), north = truth(1) + dev_n * random.normal();
        own[node] = measured(moved(own[node], turn_s, density), east, north, dev_e * dev_e, dev_n * dev_n);
        central = measured(central, east, north, dev_e * dev_e, dev_n * dev_n);
      }
      joined[0] = own[0], joined[1] = own[1];
      if (std::fmod(t, exchange_s) == 0.0) join(*this, t);
      if (t < 60.0 || std::fmod(t, exchange_s) != 0.0) continue;
      ++looks;
      for (int node = 0; node < 2; ++node) {
        least_excess = std::min(least_excess, fusion::least_excess(joined[node], central));
        const Vector4 error = vector(joined[node]) - truth;
        nees[node] += error.dot(covariance(joined[node]).inverse() * error);
        const auto det = [](const KinematicState& s) {
          return s.covariance[0] * s.covariance[5] - s.covariance[1] * s.covariance[4];
        };
        gains += det(joined[node]) / det(own[node]) / 2.0;
      }
    }
    worst_nees = std::max(nees[0], nees[1]) / looks;
    gain = gains / looks;
  }
};

TEST(DataIncest, TwoNodesThatExchangeTracksForAnHourAreNeverSurerThanTheirSensorsJustify) {
  RemoteFuserConfig config;
  config.acceleration_m2ps3 = 0.01;
  RemoteFuser fusers[2] = {RemoteFuser(config), RemoteFuser(config)};
  std::optional<RemoteTrack> sent[2];
  Loop loop;
  loop.run([&](Loop& l, double t) {
    for (int node = 0; node < 2; ++node) {
      if (sent[1 - node]) fusers[node].process(*sent[1 - node]);
    }
    for (int node = 0; node < 2; ++node) {
      const std::vector<Anchor> anchors{{1, at(t), l.own[node], std::nullopt, "", ""}};
      fusers[node].join(anchors, at(t));
      if (!fusers[node].joined().empty()) {
        l.joined[node] = fusers[node].joined()[0].state;
        ++l.joins;
      }
    }
    // What was joined goes out, and comes back with the partner's.
    for (int node = 0; node < 2; ++node) {
      sent[node] = remote_of(l.joined[node], static_cast<std::uint16_t>(100 + node), 7, t);
    }
  });
  EXPECT_GT(loop.joins, 2 * 650);
  EXPECT_GE(loop.least_excess, -1e-9);
  EXPECT_LT(loop.worst_nees, 4.5);  // 4 where the covariance is the error's own; below where it is no surer
  EXPECT_LT(loop.gain, 0.6);        // and the exchange is worth while
  EXPECT_EQ(fusers[0].counters().inconsistent, 0U);
}

TEST(DataIncest, IsMetByWhoeverTakesWhatComesForIndependent) {
  // The same loop with the usual formula: the test above can fail.
  std::optional<KinematicState> sent[2];
  Loop loop;
  loop.run([&](Loop& l, double) {
    for (int node = 0; node < 2; ++node) {
      if (!sent[1 - node]) continue;
      const auto there = moved(*sent[1 - node], 5.0, 0.01);
      const Matrix4 p = (covariance(l.own[node]).inverse() + covariance(there).inverse()).inverse();
      l.joined[node] = state(
          p * (covariance(l.own[node]).inverse() * vector(l.own[node]) + covariance(there).inverse() * vector(there)),
          p);
    }
    for (int node = 0; node < 2; ++node) sent[node] = l.joined[node];
  });
  EXPECT_LT(loop.least_excess, -0.1);
}

// A bond of a remote track with ours, then the node's clock is set back.
class SetBack : public testing::TestWithParam<double> {};

TEST_P(SetBack, RemoteTracksAreWeighedOnAndEndWhenTheyFallSilent) {
  RemoteFuser fuser{{}};
  const auto ours = measured(start(), 0.0, 0.0, 25.0, 25.0);
  const auto turn = [&](const KinematicState& theirs, double s) {
    fuser.process(remote_of(theirs, 10, 1, s));
    fuser.join(std::vector<Anchor>{{1, at(s), ours, std::nullopt, "", ""}}, at(s));
  };
  for (int i = 0; i < 10; ++i) turn(ours, 500.0 + 4.0 * i);
  ASSERT_EQ(fuser.joined().size(), 1U);
  // Another vessel under that number from then on: the bond is given up though the old time has not come again.
  auto elsewhere = ours;
  elsewhere.position.east = Metres(2000.0);
  const double back_s = 536.0 - GetParam();
  fuser.join(std::vector<Anchor>{{1, at(back_s), ours, std::nullopt, "", ""}}, at(back_s));
  for (int i = 1; i <= 8; ++i) turn(elsewhere, back_s + 4.0 * i);
  EXPECT_TRUE(fuser.joined().empty());
  EXPECT_EQ(fuser.counters().backwards, 0U);
  fuser.join({}, at(back_s + 32.0 + 61.0));
  EXPECT_EQ(fuser.size(), 0U);
}

TEST(RemoteFuser, ATrackOfWhichNothingComesAfterTheClockWasSetBackEnds) {
  RemoteFuser fuser{{}};
  fuser.process(remote_of(measured(start(), 0.0, 0.0, 25.0, 25.0), 10, 1, 500.0));
  fuser.join({}, at(500.0));
  fuser.join({}, at(100.0));
  fuser.join({}, at(161.0));
  EXPECT_EQ(fuser.size(), 0U);
}

INSTANTIATE_TEST_SUITE_P(Seconds, SetBack, testing::Values(50.0, 400.0));

TEST(RemoteFuser, JoinsATrackWithOursAndShowsTheOthersAlone) {
  RemoteFuser fuser{{}};
  const auto ours = measured(start(), 0.0, 0.0, 25.0, 25.0);
  auto near = ours;
  near.position.east = Metres(20.0);
  auto far = ours;
  far.position.east = Metres(3000.0);
  for (int i = 0; i < 10; ++i) {
    fuser.process(remote_of(near, 10, 1, 4.0 * i));
    fuser.process(remote_of(far, 10, 2, 4.0 * i));
    fuser.join(std::vector<Anchor>{{42, at(4.0 * i), ours, std::nullopt, "", ""}}, at(4.0 * i));
  }
  ASSERT_EQ(fuser.joined().size(), 1U);
  EXPECT_EQ(fuser.joined()[0].anchor, 42U);
  EXPECT_EQ(fuser.joined()[0].parts[0].number, 1U);
  ASSERT_EQ(fuser.alone().size(), 1U);
  EXPECT_EQ(fuser.alone()[0].parts[0].number, 2U);
  EXPECT_EQ(fuser.counters().joins, 1U);
  // Silent for a minute: over.
  fuser.join({}, at(200.0));
  EXPECT_TRUE(fuser.alone().empty());
}

TEST(RemoteFuser, ShowsAVesselOfTwoPartnersOnce) {
  RemoteFuser fuser{{}};
  const auto there = measured(start(), 500.0, 0.0, 25.0, 25.0);
  for (int i = 0; i < 10; ++i) {
    fuser.process(remote_of(there, 10, 1, 4.0 * i));
    fuser.process(remote_of(there, 11, 9, 4.0 * i + 1.0));
    fuser.join({}, at(4.0 * i + 1.0));
  }
  ASSERT_EQ(fuser.alone().size(), 1U);
  EXPECT_EQ(fuser.alone()[0].parts.size(), 2U);
}

TEST(RemoteFuser, LeavesOutOwnTracksThatComeBackAndNeverJoinsAircraft) {
  RemoteFuserConfig config;
  config.own_system = 0x1964;
  RemoteFuser fuser(config);
  const auto ours = measured(start(), 0.0, 0.0, 25.0, 25.0);
  for (int i = 0; i < 10; ++i) {
    fuser.process(remote_of(ours, 0x1964, 1, 4.0 * i));
    auto aircraft = remote_of(ours, 10, 5, 4.0 * i);
    aircraft.kind = RemoteKind::aircraft;
    fuser.process(aircraft);
    fuser.join(std::vector<Anchor>{{42, at(4.0 * i), ours, std::nullopt, "", ""}}, at(4.0 * i));
  }
  EXPECT_EQ(fuser.counters().own_returned, 10U);
  EXPECT_TRUE(fuser.joined().empty());
  ASSERT_EQ(fuser.alone().size(), 1U);
  EXPECT_EQ(fuser.alone()[0].newest->kind, RemoteKind::aircraft);
}

RemoteTrack at_speed(double speed_mps, double time_s) {
  auto t = remote_of(start(), 10, 1, time_s);
  t.velocity = EastNorthVelocity{MetresPerSecond(0.6 * speed_mps), MetresPerSecond(-0.8 * speed_mps)};
  return t;
}

TEST(RemoteKind, IsAnAircraftForGoodOnceTwoReportsAreFasterThanAnyVessel) {
  RemoteKindMemory kind;
  EXPECT_EQ(kind.take(at_speed(20.0, 0.0)), RemoteKind::vessel);
  EXPECT_EQ(kind.take(at_speed(51.0, 5.0)), RemoteKind::vessel);  // an error perhaps
  EXPECT_EQ(kind.take(at_speed(49.0, 10.0)), RemoteKind::vessel);
  EXPECT_EQ(kind.take(at_speed(51.0, 15.0)), RemoteKind::aircraft);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(kind.take(at_speed(5.0, 20.0 + i)), RemoteKind::aircraft);
  RemoteKindMemory again;
  again.restore(kind.snapshot());
  EXPECT_EQ(again.kind(), RemoteKind::aircraft);
}

TEST(RemoteKind, IsAnAircraftByOneReportWhileNoOtherSaysLess) {
  RemoteKindMemory kind;
  EXPECT_EQ(kind.take(at_speed(300.0, 0.0)), RemoteKind::aircraft);
  EXPECT_EQ(kind.take(at_speed(10.0, 5.0)), RemoteKind::vessel);
}

TEST(RemoteKind, IsWhatAnyReportSaidAndNotByTheSpeedOfATrackThatBegins) {
  RemoteKindMemory kind;
  auto report = at_speed(5.0, 0.0);
  report.kind = RemoteKind::aircraft;
  EXPECT_EQ(kind.take(report), RemoteKind::aircraft);
  EXPECT_EQ(kind.take(at_speed(5.0, 5.0)), RemoteKind::aircraft);
  RemoteKindMemory young, declared;
  for (int i = 0; i < 5; ++i) {
    auto fast = at_speed(80.0, 5.0 * i);
    fast.kind_declared = true;
    EXPECT_EQ(declared.take(fast), RemoteKind::vessel);
    fast.kind_declared = false;
    fast.tentative = true;
    EXPECT_EQ(young.take(fast), RemoteKind::vessel);
  }
}

TEST(RemoteFuser, LetsGoOfATrackThatTurnsOutToBeAnAircraft) {
  RemoteFuser fuser{{}};
  auto ours = measured(start(), 0.0, 0.0, 25.0, 25.0);
  const auto look = [&](double speed_mps, double time_s) {
    ours.velocity = *at_speed(speed_mps, time_s).velocity;
    auto report = remote_of(ours, 10, 1, time_s);
    fuser.process(report);
    fuser.join(std::vector<Anchor>{{42, at(time_s), ours, std::nullopt, "", ""}}, at(time_s));
  };
  for (int i = 0; i < 10; ++i) look(10.0, 4.0 * i);
  ASSERT_EQ(fuser.joined().size(), 1U);
  EXPECT_EQ(fuser.counters().aircraft, 0U);
  look(90.0, 40.0);
  look(90.0, 44.0);
  EXPECT_TRUE(fuser.joined().empty());
  ASSERT_EQ(fuser.alone().size(), 1U);
  EXPECT_EQ(fuser.alone()[0].newest->kind, RemoteKind::aircraft);
  EXPECT_EQ(fuser.counters().aircraft, 1U);
}

// CAT062 has one field for call sign and name, of eight capitals and digits.
TEST(RemoteFuser, ANameIsComparedWithNamesAndCallSigns) {
  const auto joined_after = [](const std::string& said, const Anchor& other) {
    RemoteFuser fuser{{}};
    // Half way between two that the place does not tell apart.
    Anchor ours{42,           at(0.0),  measured(start(), 0.0, 60.0, 25.0, 25.0),
                std::nullopt, "PC7788", "CALLISTA OF SOUTHAMPTON"};
    for (int i = 0; i < 8; ++i) {
      auto track = remote_of(measured(start(), 0.0, 0.0, 25.0, 25.0), 10, 1, 4.0 * i);
      track.callsign = said;
      fuser.process(track);
      ours.time = at(4.0 * i);
      Anchor rival = other;
      rival.time = ours.time;
      fuser.join(std::vector<Anchor>{ours, rival}, ours.time);
    }
    return fuser.joined().empty() ? 0U : fuser.joined()[0].anchor;
  };
  const Anchor rival{43, at(0.0), measured(start(), 0.0, -60.0, 25.0, 25.0), std::nullopt, "OXYZ", "EUROPA"};
  EXPECT_EQ(joined_after("CALLISTA", rival), 42U);
  EXPECT_EQ(joined_after("PC7788", rival), 42U);
  EXPECT_EQ(joined_after("EUROPA", rival), 43U);
}

TEST(RemoteFuser, GoesOnFromASnapshotAsIfNothingHadBeen) {
  RemoteFuser fuser{{}};
  const auto ours = measured(start(), 0.0, 0.0, 25.0, 25.0);
  const std::vector<Anchor> anchors{{42, at(0.0), ours, std::nullopt, "", ""}};
  for (int i = 0; i < 3; ++i) {
    fuser.process(remote_of(ours, 10, 1, 4.0 * i));
    fuser.join(anchors, at(4.0 * i));
  }
  RemoteFuser again{{}};
  again.restore(fuser.snapshot());
  for (int i = 3; i < 6; ++i) {
    for (RemoteFuser* f : {&fuser, &again}) {
      f->process(remote_of(ours, 10, 1, 4.0 * i));
      f->join(anchors, at(4.0 * i));
    }
    ASSERT_EQ(fuser.joined().size(), again.joined().size());
    if (!fuser.joined().empty()) {
      EXPECT_EQ(fuser.joined()[0].state.covariance, again.joined()[0].state.covariance);
    }
  }
  EXPECT_EQ(fuser.joined().size(), 1U);
}

}  // namespace
}  // namespace headland::fusion
