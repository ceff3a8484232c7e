#include "semantic_import_fixture.hpp"

namespace loupe::semantic {
namespace {

Imported OsiOf(const std::string& metrics) {
  return ImportOf("osi", R"({"semantic_model": [{"name": "my model", "datasets": [
      {"name": "orders", "source": "db.s.orders", "primary_key": ["id"], "fields": [
        {"name": "net", "expression": {"dialects": [{"dialect": "ANSI_SQL",
         "expression": "gross - tax"}]}},
        {"name": "at", "expression": "ordered_at", "datatype": "DateTimeTz",
         "ai_context": {"synonyms": ["when"], "instructions": "x"}}]},
      {"name": "customers", "source": "s.customers", "primary_key": ["id"],
       "fields": [{"name": "tier", "expression": "tier"}]}],
    "relationships": [{"name": "o c", "from": "orders", "to": "customers",
      "from_columns": ["a", "b"], "to_columns": ["x", "y"]},
      {"name": "bad", "from": "orders", "to": "customers", "from_columns": ["a"], "to_columns": []}],
    "metrics": [)" + metrics +
                             "]}]}");
}

std::string MetricText(const std::string& expression, const std::string& entity = "orders") {
  const Imported imported =
      OsiOf(R"({"name": "m", "expression": )" + Json(expression).Dump() + "}");
  const std::string measure = MemberText(imported.model, entity, "measures", "m");
  return measure.empty() ? NotesText(imported.notes) : measure;
}

TEST(ImportOsi, ReadsDatasetsAndRelationships) {
  const Imported imported = OsiOf("");
  EXPECT_EQ(imported.model.Find("name")->AsString(), "my_model");
  EXPECT_EQ(MemberText(imported.model, "orders", "joins", "o_c"),
            R"({"name":"o_c","entity":"customers","relationship":"many_to_one",)"
            R"("columns":[{"from":"a","to":"x"},{"from":"b","to":"y"}]})");
  EXPECT_EQ(MemberText(imported.model, "orders", "dimensions", "at"),
            R"({"name":"at","type":"time","column":"ordered_at","synonyms":["when"]})");
  const std::string notes = NotesText(imported.notes);
  EXPECT_NE(notes.find("/semantic_model/0/relationships/1: relationship \"bad\" is not carried"),
            std::string::npos)
      << notes;
  EXPECT_NE(notes.find("/ai_context/instructions"), std::string::npos);
}

TEST(ImportOsi, SplitsMetricsAtTheirAggregates) {
  EXPECT_EQ(MetricText("SUM(orders.net)"),
            R"json({"name":"m","type":"sum","sql":"({T}.gross - {T}.tax)"})json");
  EXPECT_EQ(MetricText("SUM(net)"),
            R"json({"name":"m","type":"sum","sql":"({T}.gross - {T}.tax)"})json");
  EXPECT_EQ(MetricText("COUNT(DISTINCT ORDERS.Customer_Id)"),
            R"({"name":"m","type":"count_distinct","column":"customer_id"})");
  EXPECT_EQ(MetricText("COUNT(customers.id) FILTER (WHERE customers.tier = 'a')", "customers"),
            R"({"name":"m","type":"count","column":"id","filters":["{T}.tier = 'a'"]})");
  const Imported imported =
      OsiOf(R"json({"name": "m", "expression": "SUM(orders.net) / NULLIF(COUNT(customers.id), 0)"},
               {"name": "total", "expression": "SUM(orders.net)"})json");
  EXPECT_EQ(MemberText(imported.model, "orders", "measures", "m"),
            R"({"name":"m","type":"calculated",)"
            R"json("formula":"{total} / NULLIF({customers.m_count}, 0)"})json");
}

TEST(ImportOsi, LeavesOutWhatHasNoOneDataset) {
  for (const char* expression :
       {"SUM(orders.net * customers.tier)", "SUM(1)", "orders.net", "SUM(orders.net) OVER ()",
        "STDDEV(orders.net)", "SUM({x})", "SUM(", ""}) {
    EXPECT_NE(MetricText(expression).find("metric \"m\" is not carried"), std::string::npos)
        << expression << ": " << MetricText(expression);
  }
}

TEST(ImportOsi, PrefersTheDialectOfPostgreSql) {
  const Imported imported = OsiOf(R"json({"name": "m", "expression": {"dialects": [
      {"dialect": "POSTGRESQL", "expression": "MAX(orders.a)"},
      {"dialect": "ANSI_SQL", "expression": "MIN(orders.a)"}]
}
},
      {"name": "x", "expression": {"dialects": [{"dialect": "MDX", "expression": "[x]"}]}})json");
  EXPECT_EQ(MemberText(imported.model, "orders", "measures", "m"),
            R"({"name":"m","type":"max","column":"a"})");
  EXPECT_NE(NotesText(imported.notes).find("metric \"x\" is not carried"), std::string::npos);
}

}  // namespace
}  // namespace loupe::semantic
