#include "semantic_import_fixture.hpp"

namespace loupe::semantic {
namespace {

constexpr std::string_view kModel = R"({"name": "m", "timezone": "Europe/Berlin", "entities": [
    {"name": "c", "schema": "s", "table": "C", "primary_key": ["id"],
     "dimensions": [{"name": "tier", "type": "string", "column": "tier"}],
     "measures": [{"name": "people", "type": "count"}]},
    {"name": "o", "table": "o", "primary_key": ["id"],
     "joins": [{"entity": "c", "columns": [{"from": "c_id", "to": "id"}]}],
     "dimensions": [{"name": "at", "type": "time", "column": "at"},
                    {"name": "net", "type": "number", "sql": "{T}.gross - {T}.tax"},
                    {"name": "double_net", "type": "number", "formula": "net * 2"},
                    {"name": "size", "type": "string", "column": "gross", "bins": [1, 2]}],
     "measures": [{"name": "n", "type": "count", "filters": ["{T}.paid"]},
                  {"name": "mean", "type": "calculated", "formula": "n / c.people"},
                  {"name": "half", "type": "median", "column": "gross"},
                  {"name": "stock", "type": "sum", "column": "q",
                   "semi_additive": {"time_dimension": "at", "pick": "last"}},
                  {"name": "half_stock", "type": "calculated", "formula": "stock / 2"},
                  {"name": "week", "type": "sum", "column": "gross",
                   "rolling_window": {"trailing": "7 day"}},
                  {"name": "before", "type": "time_shift", "measure": "n", "interval": "1 year"},
                  {"name": "share", "type": "percent_of_total", "measure": "n"}],
     "segments": [{"name": "paid", "sql": "{T}.paid"}]}]})";

Exported ExportOf(std::string_view format) {
  const Result<Exported> exported = ExportModel(format, ModelOf(kModel));
  EXPECT_TRUE(exported.ok());
  return exported.value();
}

// The first item of that name anywhere in the document.
std::string Named(const Json& json, const std::string& name) {
  if (json.IsObject()) {
    if (json.Find("name") != nullptr && *json.Find("name") == Json(name)) return json.Dump();
    for (const Json::Member& member : json.members()) {
      if (std::string found = Named(member.value, name); !found.empty()) return found;
    }
  }
  if (!json.IsArray()) return {};
  for (const Json& item : json.items()) {
    if (std::string found = Named(item, name); !found.empty()) return found;
  }
  return {};
}

TEST(ExportModel, NamesTheFormatsThatItKnows) {
  const Result<Exported> exported = ExportModel("simple", ModelOf(kModel));
  EXPECT_EQ(exported.status().code(), Code::kInvalidArgument);
}

TEST(ExportCube, WritesCubes) {
  const Exported exported = ExportOf("cube");
  EXPECT_NE(exported.document.Dump().find(R"("sql_table":"s.\"C\"")"), std::string::npos);
  EXPECT_NE(exported.document.Dump().find(R"("sql":"{CUBE}.c_id = {c}.id")"), std::string::npos);
  EXPECT_EQ(Named(exported.document, "n"),
            R"({"name":"n","type":"count","filters":[{"sql":"{CUBE}.paid"}]})");
  EXPECT_EQ(Named(exported.document, "double_net"),
            R"({"name":"double_net","sql":"({CUBE}.gross - {CUBE}.tax) * 2","type":"number"})");
  EXPECT_EQ(Named(exported.document, "before"),
            R"({"name":"before","multi_stage":true,"type":"number","sql":"{o.n}",)"
            R"("time_shift":[{"interval":"1 year","type":"prior"}]})");
}

TEST(ExportCube, LeavesOutWhatCubeCannotSay) {
  const Exported exported = ExportOf("cube");
  for (const char* name : {"stock", "half_stock", "share", "size"}) {
    EXPECT_EQ(Named(exported.document, name), "") << name;
  }
  const std::string notes = NotesText(exported.notes);
  EXPECT_NE(notes.find("/entities/1/measures/3: measure \"stock\" is not carried"),
            std::string::npos)
      << notes;
  EXPECT_NE(notes.find("\"half_stock\" is not carried: it is computed from one that is not"),
            std::string::npos);
  EXPECT_NE(notes.find("/timezone: \"timezone\" is not carried"), std::string::npos);
}

TEST(ExportDbt, WritesModelsAndMetrics) {
  const Exported exported = ExportOf("dbt");
  EXPECT_EQ(Named(*exported.document.Find("metrics"), "week"),
            R"({"name":"week","type":"cumulative","type_params":{"measure":{"name":"week"},)"
            R"("cumulative_type_params":{"window":{"count":7,"granularity":"day"},)"
            R"("grain_to_date":null,"period_agg":"last"}}})");
  EXPECT_EQ(Named(*exported.document.Find("semantic_models"), "n"),
            R"({"name":"n","agg":"count","expr":"CASE WHEN (paid) THEN 1 END"})");
  EXPECT_EQ(Named(exported.document, "c_key"), R"({"name":"c_key","type":"primary","expr":"id"})");
  EXPECT_NE(NotesText(exported.notes).find("\"segments\" is not carried"), std::string::npos);
}

TEST(ExportOsi, WritesDatasetsAndMetrics) {
  const Exported exported = ExportOf("osi");
  EXPECT_EQ(Named(exported.document, "n"),
            R"({"name":"n","expression":{"dialects":[{"dialect":"ANSI_SQL",)"
            R"json("expression":"COUNT(CASE WHEN (o.paid) THEN o.id END)"}]}})json");
  EXPECT_EQ(Named(exported.document, "o_to_c"),
            R"({"name":"o_to_c","from":"o","to":"c","from_columns":["c_id"],)"
            R"("to_columns":["id"]})");
  EXPECT_EQ(Named(exported.document, "week"), "");
}

TEST(ExportModel, IsReadAgainAsTheSame) {
  for (const char* format : {"cube", "osi"}) {
    const Exported exported = ExportOf(format);
    const Result<Imported> again = ImportModel(format, exported.document);
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(MemberText(again.value().model, "o", "dimensions", "net"),
              R"({"name":"net","type":"number","sql":"{T}.gross - {T}.tax"})");
    EXPECT_NE(MemberText(again.value().model, "o", "measures", "mean"), "") << format;
    const Result<Model> model = ParseModel(again.value().model);
    ASSERT_TRUE(model.ok());
    EXPECT_EQ(ExportModel(format, model.value()).value().document.Find("name") == nullptr,
              exported.document.Find("name") == nullptr);
  }
}

}  // namespace
}  // namespace loupe::semantic
