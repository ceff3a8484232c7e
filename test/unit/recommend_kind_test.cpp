#include "core/recommend/kind.hpp"

#include "chart_fixture.hpp"
#include "core/chart/compile.hpp"
#include "recommend_shapes.hpp"

namespace loupe::recommend {
namespace {

TEST(Kind, AreManyAndEachHasAShape) {
  const std::map<std::string, RowSet> shapes = ShapesOfKinds();
  EXPECT_GE(Kinds().size(), 20U);
  EXPECT_EQ(shapes.size(), Kinds().size());
  for (const Kind& kind : Kinds()) {
    const auto shape = shapes.find(kind.name);
    ASSERT_NE(shape, shapes.end()) << kind.name;
    EXPECT_TRUE(Offers(shape->second, kind.name)) << kind.name;
  }
}

TEST(Kind, EveryMakerNamesItsDesignAsTheTableDoes) {
  for (const auto& [name, rows] : ShapesOfKinds()) {
    const Context context;
    const Frame frame(rows, RowsAre::kAnswer, {}, context);
    for (const Kind& kind : Kinds()) {
      const MaybeDesign design = kind.make(frame);
      if (!design) continue;
      EXPECT_EQ(design->kind(), kind.name);
      EXPECT_FALSE(design->reasons().empty()) << kind.name;
      for (const Reason& reason : design->reasons()) EXPECT_EQ(reason.why.back(), '.') << kind.name;
    }
  }
}

TEST(Kind, EveryDesignIsDrawnWithoutAWarning) {
  for (const auto& [name, rows] : ShapesOfKinds()) {
    for (const Recommendation& design : RankCharts(rows, {}).designs) {
      const Json spec = WithInlineData(design.spec, rows);
      const auto compiled =
          chart::Compile(spec, {}, chart::CompileOptions{}, chart::FixedMeasure(), Context());
      ASSERT_TRUE(compiled.ok()) << design.kind << ": " << compiled.status().message() << " "
                                 << compiled.status().pointer();
      for (const chart::Warning& warning : compiled.value().warnings) {
        ADD_FAILURE() << design.kind << ": " << warning.message << " " << warning.pointer;
      }
    }
  }
}

TEST(Kind, NoRowsOneRowAndOddRowsAreNoTrouble) {
  EXPECT_EQ(KindOf({}), "none");
  EXPECT_EQ(KindOf(Table({Text("a"), Number("n")}, {})), "none");
  EXPECT_EQ(KindOf(Table({Number("n")}, {{Json()}, {Json()}})), "none");
  EXPECT_EQ(KindOf(Table({Text("a"), Number("n")}, {{Json(), Json()}, {Json(), 1}})), "none");
}

TEST(Kind, NamesOfColumnsAreData) {
  RowSet rows = ShapesOfKinds().at("diverging-bar");
  rows.columns[1].name = "it's \\ [\"odd\"].x\n";
  const Json color = At(DesignOf(rows, "diverging-bar").spec, {"encoding", "color", "condition"});
  EXPECT_EQ(*color.Find("test"), Json("datum['it\\'s \\\\ [\"odd\"].x\\n'] < 0"));
}

}  // namespace
}  // namespace loupe::recommend
