#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <limits>
#include <string>
#include <vector>

#include "sketch_fixture.hpp"

namespace loupe::sketch {
namespace {

Sketch OfRange(std::int64_t first, std::int64_t count) {
  Sketch sketch;
  sketch.AddRange(first, count);
  return sketch;
}

TEST(DistinctSketch, WithoutValuesCountsNone) {
  EXPECT_EQ(Sketch().Count(), 0);
  EXPECT_EQ(Sketch().Packed(), std::string("D\1l\16\0\0\0\0", 8));
  EXPECT_TRUE(IsState(Sketch().bytes()));
}

TEST(DistinctSketch, CountsFewValuesExactly) {
  for (const int count : {1, 2, 3, 4, 10, 100, 1000, 2000, 3072}) {
    EXPECT_EQ(OfRange(0, count).Count(), count);
  }
}

TEST(DistinctSketch, CountsRepeatedValuesOnce) {
  Sketch sketch;
  for (int i = 0; i < 100000; ++i) sketch.AddHash(HashInteger(i % 50));
  EXPECT_EQ(sketch.Count(), 50);
}

// The inputs are fixed, so these bounds hold or they do not; four standard errors are 3.3 %.
TEST(DistinctSketch, EstimatesWithinItsErrorAtEverySize) {
  for (std::int64_t count = 10; count <= 10000000; count *= 10) {
    for (const std::int64_t part : {1, 2, 5}) {
      const std::int64_t size = count / part;
      const double error = std::abs(static_cast<double>(OfRange(size, size).Count() - size)) / size;
      EXPECT_LT(error, 0.025) << size;
    }
  }
}

TEST(DistinctSketch, HasAStandardErrorBelowOnePercent) {
  constexpr int kRuns = 60;
  for (const std::int64_t count : {4000, 20000, 50000, 200000}) {
    double bias = 0;
    double squares = 0;
    for (int run = 0; run < kRuns; ++run) {
      const double error =
          static_cast<double>(OfRange(run * 1000000000000, count).Count() - count) / count;
      bias += error / kRuns;
      squares += error * error / kRuns;
    }
    EXPECT_LT(std::sqrt(squares), 0.010) << count;
    EXPECT_LT(std::abs(bias), 0.004) << count;
  }
}

TEST(DistinctSketch, BecomesRegistersWhenTokensWouldTakeNoLess) {
  EXPECT_EQ(FormOf(OfRange(0, 3072).Packed()), Form::kList);
  EXPECT_EQ(FormOf(OfRange(0, 3073).Packed()), Form::kRegisters);
  EXPECT_EQ(OfRange(0, 3072).Packed().size(), kMaxPackedBytes);
  EXPECT_EQ(OfRange(0, 100000).Packed().size(), kMaxPackedBytes);
}

TEST(DistinctSketch, StaysSmallForFewValues) {
  EXPECT_EQ(OfRange(0, 1).Packed().size(), 12U);
  EXPECT_EQ(OfRange(0, 4).bytes().size(), 32U - 4);
  EXPECT_EQ(OfRange(0, 12).bytes().size(), 64U - 4);
  EXPECT_EQ(OfRange(0, 90).bytes().size(), 512U - 4);
  EXPECT_EQ(OfRange(0, 3072).bytes().size(), 16384U - 4);
}

TEST(DistinctSketch, DoesNotDependOnOrder) {
  for (const int count : {5, 900, 3072, 3073, 20000}) {
    Sketch backwards;
    for (int i = count - 1; i >= 0; --i) backwards.AddHash(HashInteger(i));
    EXPECT_EQ(backwards.Packed(), OfRange(0, count).Packed()) << count;
  }
}

// United parts have the bytes of the whole, on both sides of every change of form.
TEST(DistinctSketch, UnitesPartsToTheWhole) {
  for (const int count : {0, 1, 4, 5, 12, 13, 1000, 3071, 3072, 3073, 3500, 6000, 30000}) {
    for (const int cut : {0, 1, count / 3, count / 2, count}) {
      if (cut > count) continue;
      const std::string whole = OfRange(0, count).Packed();
      // The parts overlap by a few values.
      const Sketch right = OfRange(std::max(0, cut - 10), count - std::max(0, cut - 10));
      Sketch united = OfRange(0, cut);
      united.UniteWith(right.bytes());
      EXPECT_EQ(united.Packed(), whole) << count << " cut at " << cut;
      Sketch from_packed(OfRange(0, cut).Packed());
      from_packed.UniteWith(right.Packed());
      EXPECT_EQ(from_packed.Packed(), whole) << count << " cut at " << cut;
    }
  }
}

TEST(DistinctSketch, UnitesManyParts) {
  Sketch united;
  for (int part = 0; part < 500; ++part) united.UniteWith(OfRange(part * 20, 30).Packed());
  EXPECT_EQ(united.Packed(), OfRange(0, 500 * 20 + 10).Packed());
}

TEST(DistinctSketch, GoesOnFromItsPackedForm) {
  for (const int count : {2, 1000, 3072, 5000}) {
    Sketch resumed(OfRange(0, count).Packed());
    resumed.AddRange(count, 10);
    EXPECT_EQ(resumed.Packed(), OfRange(0, count + 10).Packed()) << count;
  }
}

// A packed list of as many tokens as there may be must not turn into registers by being opened.
TEST(DistinctSketch, StaysAListWhenNothingNewIsAdded) {
  Sketch resumed(OfRange(0, 3072).Packed());
  resumed.AddRange(0, 3072);
  EXPECT_EQ(resumed.Packed(), OfRange(0, 3072).Packed());
}

TEST(DistinctSketch, SaturatesInsteadOfOverflowing) {
  std::string full(kMaxPackedBytes, '\0');
  Rebuild({}, {full.data(), full.size()});
  for (std::uint32_t i = 0; i < kRegisterCount; ++i) {
    RaiseRegister(full.data() + kHeaderBytes, i, kMaxRank);
  }
  EXPECT_EQ(CountDistinct(full), std::numeric_limits<std::int64_t>::max());
}

TEST(DistinctSketch, TakesTheExtremeHashes) {
  Sketch sketch;
  for (const std::uint64_t hash : {std::uint64_t{0}, ~std::uint64_t{0}, std::uint64_t{1}}) {
    sketch.AddHash(hash);
  }
  EXPECT_EQ(sketch.Count(), 3);
  Sketch dense = OfRange(0, 5000);
  Sketch united = dense;
  united.UniteWith(sketch.Packed());
  for (const std::uint64_t hash : {std::uint64_t{0}, ~std::uint64_t{0}, std::uint64_t{1}}) {
    dense.AddHash(hash);
  }
  EXPECT_EQ(united.Packed(), dense.Packed());
}

TEST(DistinctSketch, ChecksTheShapeOfStates) {
  const std::string good = OfRange(0, 10).bytes();
  EXPECT_TRUE(IsState(good));
  EXPECT_FALSE(IsState(""));
  EXPECT_FALSE(IsState(std::string_view(good).substr(0, 7)));
  EXPECT_FALSE(IsState(std::string_view(good).substr(0, good.size() - 1)));
  for (std::size_t i = 0; i < 4; ++i) {
    std::string bad = good;
    bad[i] = '?';
    EXPECT_FALSE(IsState(bad)) << i;
  }
}

}  // namespace
}  // namespace loupe::sketch
