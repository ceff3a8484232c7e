#include "semantic_import_fixture.hpp"

namespace loupe::semantic {
namespace {

// Two cubes, of which "o" has further keys.
Imported CubeOf(const std::string& more) {
  return ImportOf("cube", R"({"cubes": [
      {"name": "c", "sql_table": "s.c", "dimensions": [{"name": "id", "sql": "id", "type": "number",
       "primary_key": true}], "measures": [{"name": "total", "type": "count"}]},
      {"name": "o", "sql_table": "s.o")" +
                              more + "}]}");
}

TEST(ImportCube, ReadsTablesStatementsAndLabels) {
  const Imported imported = ImportOf("cube", R"({"cubes": {
      "a": {"sqlTable": "db.\"S\".T", "title": "A", "shown": false},
      "b": {"sql": "SELECT * FROM s.b;"},
      "d": {"sql": "SELECT x FROM s.b WHERE y -- all\n"},
      "e": {"sql": "SELECT * FROM ${a.sql()}"}}})");
  const Json& entities = *imported.model.Find("entities");
  ASSERT_EQ(entities.items().size(), 3u);
  EXPECT_EQ(entities.items()[0].Dump(),
            R"({"name":"a","schema":"S","table":"t","title":"A","public":false})");
  EXPECT_EQ(entities.items()[1].Dump(), R"({"name":"b","schema":"s","table":"b"})");
  EXPECT_EQ(entities.items()[2].Dump(), R"({"name":"d","sql":"SELECT x FROM s.b WHERE y"})");
  EXPECT_NE(NotesText(imported.notes).find("/cubes/e/sql: cube \"e\" is not carried"),
            std::string::npos);
}

TEST(ImportCube, ReadsJoinsOfEqualColumns) {
  for (const char* sql : {"{CUBE}.c_id = {c}.id", "{c.id} = {o}.c_id", "(${TABLE}.c_id = ${c.id})",
                          "o.c_id = c.id"}) {
    const Imported imported =
        CubeOf(R"(, "joins": [{"name": "c", "relationship": "belongsTo", "sql": ")" +
               std::string(sql) + "\"}]");
    EXPECT_EQ(
        imported.model.Find("entities")->items()[1].Find("joins")->Dump(),
        R"([{"entity":"c","relationship":"many_to_one","columns":[{"from":"c_id","to":"id"}]}])")
        << sql;
  }
  for (const char* sql : {"{CUBE}.a > {c}.id", "{CUBE}.a = {c}.id OR true",
                          "lower({CUBE}.a) = {c}.id", "{CUBE}.a = 1", ""}) {
    const Imported imported =
        CubeOf(R"(, "joins": [{"name": "c", "relationship": "many_to_one", "sql": ")" +
               std::string(sql) + "\"}]");
    EXPECT_NE(NotesText(imported.notes).find("/cubes/1/joins/0: join to \"c\" is not carried"),
              std::string::npos)
        << sql;
  }
}

TEST(ImportCube, WritesReferencesOut) {
  const Imported imported = CubeOf(R"(, "dimensions": [
      {"name": "net", "sql": "{CUBE}.gross - tax", "type": "number"},
      {"name": "double_net", "sql": "{net} * 2", "type": "number"},
      {"name": "day", "sql": "{at.day}", "type": "time"},
      {"name": "at", "sql": "\"timestamp\"", "type": "time"},
      {"name": "loop", "sql": "{loop} + 1", "type": "number"},
      {"name": "far", "sql": "{c.id}", "type": "number"},
      {"name": "size", "type": "string", "case": {"when": [{"sql": "{net} > 10", "label": "it's big"}],
       "else": {"label": "small"}}}])");
  EXPECT_EQ(MemberText(imported.model, "o", "dimensions", "double_net"),
            R"({"name":"double_net","type":"number","sql":"({T}.gross - {T}.tax) * 2"})");
  EXPECT_EQ(MemberText(imported.model, "o", "dimensions", "day"),
            R"json({"name":"day","type":"time","sql":"date_trunc('day', {T}.\"timestamp\")"})json");
  EXPECT_EQ(
      MemberText(imported.model, "o", "dimensions", "size"),
      R"({"name":"size","type":"string","sql":"CASE WHEN ({T}.gross - {T}.tax) > 10 THEN 'it''s big' ELSE 'small' END"})");
  const std::string notes = NotesText(imported.notes);
  EXPECT_NE(notes.find("dimension \"loop\" is not carried: {loop} refers to itself"),
            std::string::npos)
      << notes;
  EXPECT_NE(notes.find("dimension \"far\" is not carried: refers to {c.id}"), std::string::npos);
}

TEST(ImportCube, BoundsReferencesThatGrow) {
  std::string dimensions = R"({"name": "d0", "sql": "x", "type": "number"})";
  for (int i = 1; i < 16; ++i) {
    const std::string last = "{d" + std::to_string(i - 1) + "}";
    dimensions += R"(, {"name": "d)" + std::to_string(i) + R"(", "type": "number", "sql": ")" +
                  last + "+" + last + "+" + last + "+" + last + "\"}";
  }
  const Imported imported = CubeOf(", \"dimensions\": [" + dimensions + "]");
  EXPECT_NE(MemberText(imported.model, "o", "dimensions", "d4"), "");
  EXPECT_EQ(MemberText(imported.model, "o", "dimensions", "d15"), "");
  EXPECT_NE(NotesText(imported.notes).find("grows too large"), std::string::npos);
}

TEST(ImportCube, ReadsAggregates) {
  const Imported imported = CubeOf(R"(, "measures": [
      {"name": "paid", "type": "sum", "sql": "amount", "filters": [{"sql": "{CUBE}.paid"}],
       "format": "currency", "title": "Paid", "drill_members": ["x"]},
      {"name": "people", "type": "countDistinctApprox", "sql": "{CUBE}.who"},
      {"name": "running", "type": "runningTotal", "sql": "amount"},
      {"name": "week", "type": "count", "rollingWindow": {"trailing": "7 day", "offset": "start"}},
      {"name": "ytd", "type": "sum", "sql": "amount", "rolling_window": {"type": "year_to_date"}}])");
  EXPECT_EQ(MemberText(imported.model, "o", "measures", "paid"),
            R"({"name":"paid","type":"sum","column":"amount","filters":["{T}.paid"],)"
            R"("format":"currency","title":"Paid"})");
  EXPECT_EQ(MemberText(imported.model, "o", "measures", "people"),
            R"({"name":"people","type":"count_distinct_approx","column":"who"})");
  EXPECT_EQ(MemberText(imported.model, "o", "measures", "running"),
            R"({"name":"running","type":"sum","column":"amount",)"
            R"("rolling_window":{"trailing":"unbounded"}})");
  EXPECT_EQ(
      MemberText(imported.model, "o", "measures", "week"),
      R"({"name":"week","type":"count","rolling_window":{"trailing":"7 day","offset":"start"}})");
  EXPECT_EQ(MemberText(imported.model, "o", "measures", "ytd"),
            R"({"name":"ytd","type":"sum","column":"amount","rolling_window":{"to_date":"year"}})");
  EXPECT_EQ(NotesText(imported.notes),
            "/cubes/1/measures/0/drill_members: \"drill_members\" is not carried\n");
}

TEST(ImportCube, MakesFormulasOfComputedMeasures) {
  const Imported imported = CubeOf(R"json(, "measures": [
      {"name": "n", "type": "count"},
      {"name": "per", "type": "number", "sql": "1.0 * {CUBE.n} / NULLIF({c.total}, 0)"},
      {"name": "mean", "type": "number", "sql": "SUM({CUBE}.x)::float / COUNT(*)"},
      {"name": "code", "type": "number", "sql": "{CUBE}.x + 1"},
      {"name": "year_ago", "type": "number", "multi_stage": true, "sql": "{n}",
       "time_shift": [{"time_dimension": "at", "interval": "1 year", "type": "prior"}]},
      {"name": "growth", "type": "number", "multi_stage": true, "sql": "{n} * 2",
       "time_shift": [{"interval": "1 month", "type": "next"}]}])json");
  EXPECT_EQ(
      MemberText(imported.model, "o", "measures", "per"),
      R"json({"name":"per","type":"calculated","formula":"1.0 * {n} / NULLIF({c.total}, 0)"})json");
  EXPECT_EQ(MemberText(imported.model, "o", "measures", "mean"),
            R"({"name":"mean","type":"calculated","formula":"{mean_sum} / {n}"})");
  EXPECT_EQ(MemberText(imported.model, "o", "measures", "mean_sum"),
            R"({"name":"mean_sum","type":"sum","column":"x","public":false})");
  EXPECT_EQ(MemberText(imported.model, "o", "measures", "code"), "");
  EXPECT_EQ(MemberText(imported.model, "o", "measures", "growth_shifted"),
            R"({"name":"growth_shifted","type":"time_shift","interval":"1 month",)"
            R"("direction":"next","measure":"n","public":false})");
}

TEST(ImportCube, ResolvesExtends) {
  const Imported imported = ImportOf("cube", R"({"cubes": [
      {"name": "base", "dimensions": [{"name": "a", "sql": "a", "type": "string"},
                                      {"name": "b", "sql": "b", "type": "string"}]},
      {"name": "child", "extends": "base", "sql_table": "t",
       "dimensions": [{"name": "b", "sql": "other", "type": "string"}]},
      {"name": "circle", "extends": "circle", "sql_table": "t"}]})");
  EXPECT_EQ(
      imported.model.Find("entities")->items()[0].Find("dimensions")->Dump(),
      R"([{"name":"b","type":"string","column":"other"},{"name":"a","type":"string","column":"a"}])");
  const std::string notes = NotesText(imported.notes);
  EXPECT_NE(notes.find("only cubes that extend it are carried"), std::string::npos);
  EXPECT_NE(notes.find("/cubes/2/extends"), std::string::npos);
}

TEST(ImportCube, ShowsNoRowsForAPolicyThatItCannotEvaluate) {
  const std::string dimension =
      R"(, "dimensions": [{"name": "region", "sql": "region", "type": "string"}], "access_policy": )";
  const auto access = [&](const std::string& policy) {
    const Imported imported = CubeOf(dimension + policy);
    return imported.model.Find("entities")->items()[1].Find("access")->Dump();
  };
  EXPECT_EQ(access(R"([{"role": "*", "row_level": {"allow_all": true}}])"), "[{}]");
  EXPECT_EQ(access(R"([{"role": "clerk", "row_level": {"filters": [{"member": "region",
                       "operator": "equals", "values": ["north"]}]}, "member_level":
                       {"excludes": ["region"]}}])"),
            R"([{"roles":["clerk"],"row_filter":[{"member":"o.region","operator":"equals",)"
            R"("values":["north"]}],"hidden":["region"]}])");
  for (const char* policy :
       {R"([{"role": "clerk", "row_level": {"filters": [{"member": "region", "operator": "equals",
            "values": ["{ security_context.region }"]}]}}])",
        R"([{"role": "clerk", "conditions": [{"if": "{ x }"}]}])",
        R"([{"role": "clerk", "row_level": {"filters": 7}}])",
        R"([{"role": "clerk", "row_level": {"filters": [{"or": []}]}}])"}) {
    EXPECT_EQ(access(policy), R"([{"roles":["clerk"],"row_filter":["false"]}])") << policy;
  }
}

TEST(ImportCube, BoundsTheDocument) {
  std::string cubes;
  for (int i = 0; i < 2'001; ++i) cubes += std::string(i == 0 ? "" : ",") + R"({"name": "a"})";
  const Result<Imported> imported = ImportModel("cube", JsonOf("{\"cubes\": [" + cubes + "]}"));
  EXPECT_EQ(imported.status().code(), Code::kLimitExceeded);
}

}  // namespace
}  // namespace loupe::semantic
