#include "core/semantic/join_graph.hpp"

#include <gtest/gtest.h>

#include "semantic_fixture.hpp"

namespace loupe::semantic {
namespace {

// Entities named by `names`, joined as "a>b" (many a to one b), "a<b" (one a to many b), "a=b".
Model GraphModel(const std::string& names, const std::vector<std::string>& joins) {
  Model model;
  for (const char name : names) {
    Entity entity;
    entity.name = std::string(1, name);
    for (const std::string& join : joins) {
      if (join[0] != name) continue;
      Join made;
      made.entity = join.substr(2, 1);
      made.name = join.substr(3);
      made.relationship = join[1] == '>'   ? Relationship::kManyToOne
                          : join[1] == '<' ? Relationship::kOneToMany
                                           : Relationship::kOneToOne;
      made.columns = {{"k" + join.substr(3), "id"}};
      if (join[1] == '<') made.columns = {{"id", "k" + join.substr(3)}};
      entity.joins.push_back(made);
    }
    model.entities.push_back(entity);
  }
  return model;
}

Result<std::vector<JoinStep>> TreeOf(const Model& model, const std::string& root,
                                     const std::vector<std::string>& targets) {
  std::vector<const Entity*> entities;
  for (const std::string& target : targets) entities.push_back(model.FindEntity(target));
  return JoinGraph(model).FindTree(*model.FindEntity(root), entities);
}

std::string PathOf(const Model& model, const std::string& root,
                   const std::vector<std::string>& targets) {
  const Result<std::vector<JoinStep>> tree = TreeOf(model, root, targets);
  if (!tree.ok()) return tree.status().message();
  std::string text;
  for (const JoinStep& step : tree.value()) text += step.from->name + step.to->name + " ";
  return text;
}

TEST(JoinGraph, FindsTheShortestPathsAndJoinsEachEntityOnce) {
  const Model model = GraphModel("abcd", {"a>b", "b>c", "c>d", "b>d"});
  EXPECT_EQ(PathOf(model, "a", {"d", "c", "b", "a"}), "ab bd bc ");
}

TEST(JoinGraph, TurnsOneToManyJoinsRound) {
  const Model model = GraphModel("ab", {"b<a"});
  const Result<std::vector<JoinStep>> tree = TreeOf(model, "a", {"b"});
  ASSERT_TRUE(tree.ok());
  EXPECT_EQ(tree.value()[0].columns[0].first, "k");
  EXPECT_EQ(tree.value()[0].columns[0].second, "id");
}

TEST(JoinGraph, TakesAJoinDeclaredOnBothSidesForOne) {
  const Model model = GraphModel("ab", {"a>b", "b<a"});
  EXPECT_EQ(PathOf(model, "a", {"b"}), "ab ");
}

TEST(JoinGraph, WalksOneToOneJoinsBothWays) {
  const Model model = GraphModel("ab", {"a=b"});
  EXPECT_EQ(PathOf(model, "a", {"b"}), "ab ");
  EXPECT_EQ(PathOf(model, "b", {"a"}), "ba ");
}

TEST(JoinGraph, CrossesToManyJoinsAndSaysSo) {
  const Model model = GraphModel("abc", {"a>b"});
  const Result<std::vector<JoinStep>> tree = TreeOf(model, "b", {"a"});
  ASSERT_TRUE(tree.ok());
  EXPECT_TRUE(tree.value()[0].to_many);
  EXPECT_FALSE(TreeOf(model, "a", {"b"}).value()[0].to_many);
  EXPECT_FALSE(TreeOf(GraphModel("ab", {"a=b"}), "b", {"a"}).value()[0].to_many);
}

TEST(JoinGraph, TakesAJoinToOneWhereTheTwoSidesDisagree) {
  Model model = GraphModel("ab", {"a>b", "b=a"});
  model.entities[1].joins[0].columns = {{"id", "k"}};
  EXPECT_FALSE(TreeOf(model, "b", {"a"}).value()[0].to_many);
}

TEST(JoinGraph, PrefersALongWayToOneRowOverAShortOneToMany) {
  const Model model = GraphModel("abcd", {"a>b", "b>c", "c>d", "d>a"});
  EXPECT_EQ(PathOf(model, "a", {"d"}), "ab bc cd ");
}

TEST(JoinGraph, TakesAsFewToManyJoinsAsPossible) {
  // From a to d: two to-many joins by b, or one of them and two more joins by c and e.
  const Model model = GraphModel("abcde", {"b>a", "d>b", "a>c", "e>c", "e>d"});
  EXPECT_EQ(PathOf(model, "a", {"d"}), "ac ce ed ");
}

TEST(JoinGraph, HasNoPathBetweenEntitiesThatNothingJoins) {
  const Status apart = TreeOf(GraphModel("abc", {"a>b"}), "a", {"c"}).status();
  EXPECT_EQ(apart.code(), Code::kSemanticNoJoinPath);
  EXPECT_EQ(apart.message(), "no join leads from \"a\" to \"c\"");
  EXPECT_FALSE(apart.hint().empty());
}

TEST(JoinGraph, NamesBothOfTwoEquallyShortPaths) {
  const Status roles = TreeOf(GraphModel("ab", {"a>borigin", "a>bdest"}), "a", {"b"}).status();
  EXPECT_EQ(roles.code(), Code::kSemanticAmbiguousPath);
  EXPECT_EQ(roles.message(), "two paths of equal length lead from \"a\" to \"b\"");
  EXPECT_EQ(roles.detail(), "They are a -> b by \"origin\" and a -> b by \"dest\".");
  const Model diamond = GraphModel("abcde", {"a>b", "a>c", "b>d", "c>d", "d>e"});
  const Status far = TreeOf(diamond, "a", {"e"}).status();
  EXPECT_EQ(far.code(), Code::kSemanticAmbiguousPath) << "also when the fork lies before the end";
  EXPECT_EQ(far.message(), "two paths of equal length lead from \"a\" to \"d\"");
}

TEST(JoinGraph, IgnoresJoinsToItself) {
  EXPECT_EQ(PathOf(GraphModel("ab", {"a>aboss", "a>b"}), "a", {"a", "b"}), "ab ");
}

std::string RootOf(const Model& model, const std::vector<std::string>& targets) {
  std::vector<const Entity*> entities;
  for (const std::string& target : targets) entities.push_back(model.FindEntity(target));
  const Result<const Entity*> root = JoinGraph(model).FindRoot(entities);
  return root.ok() ? root.value()->name : root.status().message();
}

TEST(JoinGraph, RootsDimensionsWhereAllAreReached) {
  const Model model = GraphModel("abcd", {"a>b", "a>c", "b>d"});
  EXPECT_EQ(RootOf(model, {"b"}), "b");
  EXPECT_EQ(RootOf(model, {"d", "b"}), "b");
  EXPECT_EQ(RootOf(model, {"b", "c"}), "a") << "an entity that is not asked for may hold them";
}

TEST(JoinGraph, RootsDimensionsThatNoEntityReachesAtTheFirst) {
  EXPECT_EQ(RootOf(GraphModel("abc", {"a>b", "a>c"}), {"c", "b"}), "a");
  EXPECT_EQ(RootOf(GraphModel("abc", {"a>b", "c>b"}), {"c", "a"}), "c");
}

TEST(JoinGraph, RefusesRootsThatAreNotCertain) {
  const Model two = GraphModel("abcd", {"c>a", "c>b", "d>a", "d>b"});
  EXPECT_EQ(RootOf(two, {"a", "b"}), "the dimensions meet in \"c\" and in \"d\"");
}

}  // namespace
}  // namespace loupe::semantic
