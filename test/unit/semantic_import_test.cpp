#include <fstream>
#include <sstream>

#include "semantic_import_fixture.hpp"

namespace loupe::semantic {
namespace {

Json DocumentOf(const std::string& path) {
  std::ifstream file(std::string(LOUPE_SOURCE_DIR) + "/test/import/" + path);
  std::stringstream text;
  text << file.rdbuf();
  return JsonOf(text.str());
}

TEST(ImportModel, NamesTheFormatsThatItKnows) {
  const Result<Imported> imported = ImportModel("cubes", Json::MakeObject());
  EXPECT_EQ(imported.status().code(), Code::kInvalidArgument);
  EXPECT_EQ(imported.status().message(), "unknown model format \"cubes\"");
  EXPECT_EQ(imported.status().hint(), "Did you mean \"cube\"?");
}

TEST(ImportModel, RefusesDocumentsOfAnotherKind) {
  for (const char* format : {"cube", "dbt", "osi", "simple"}) {
    for (const char* text : {"{}", "[]", "null", "7", "\"x\"", R"({"cubes": 1, "datasets": []})"}) {
      const Result<Imported> imported = ImportModel(format, JsonOf(text));
      ASSERT_FALSE(imported.ok()) << format << " " << text;
      EXPECT_EQ(imported.status().code(), Code::kSemanticInvalidModel);
    }
  }
}

TEST(ImportModel, GivesModelsThatParseAndSurviveAnExport) {
  for (const std::string format : {"cube", "dbt", "osi"}) {
    for (const std::string name : {"shop", "flights", "saas", "tickets", "web"}) {
      const Result<Imported> imported =
          ImportModel(format, DocumentOf(format + "/" + name + ".json"));
      ASSERT_TRUE(imported.ok()) << format << " " << name;
      const Result<Model> model = ParseModel(imported.value().model);
      ASSERT_TRUE(model.ok()) << format << " " << name << " " << model.status().message();
      const Result<Exported> exported = ExportModel(format, model.value());
      ASSERT_TRUE(exported.ok());
      const Result<Imported> again = ImportModel(format, exported.value().document);
      ASSERT_TRUE(again.ok()) << format << " " << name << " " << again.status().message();
      EXPECT_TRUE(ParseModel(again.value().model).ok()) << format << " " << name;
    }
  }
}

TEST(ImportModel, DropsWhatTheModelRefusesAndWhatNeedsIt) {
  const Imported imported = ImportOf("cube", R"({"cubes": [{"name": "o", "sql_table": "o",
      "measures": [{"name": "w", "type": "sum", "sql": "x", "rolling_window": {"trailing": "often"}},
                   {"name": "n", "type": "number", "sql": "{w} / 2"},
                   {"name": "a", "type": "number", "sql": "{b} + 1"},
                   {"name": "b", "type": "number", "sql": "{a} - 1"},
                   {"name": "ok", "type": "count"}]}]})");
  const Json& measures = *imported.model.Find("entities")->items()[0].Find("measures");
  EXPECT_EQ(measures.Dump(), R"([{"name":"ok","type":"count"}])");
  const std::string notes = NotesText(imported.notes);
  EXPECT_NE(notes.find("/cubes/0/measures/0: it is not carried: "), std::string::npos) << notes;
  EXPECT_NE(notes.find("/cubes/0/measures/1: measure \"n\" is computed from \"o.w\""),
            std::string::npos);
  EXPECT_NE(notes.find("measure \"a\" is computed from \"o.b\""), std::string::npos);
}

TEST(SettleTypes, TakesTheTypesOfTheDatabase) {
  Imported imported = ImportOf("osi", R"({"semantic_model": [{"name": "m", "datasets": [
      {"name": "d", "source": "d", "fields": [
        {"name": "n", "expression": "n"}, {"name": "b", "expression": "b"},
        {"name": "t", "expression": "t", "datatype": "String"}]}]}]})");
  Model typed = ParseModel(imported.model).value();
  typed.entities[0].dimensions[0].data_type = "numeric(10,2)";
  typed.entities[0].dimensions[1].data_type = "boolean";
  typed.entities[0].dimensions[2].data_type = "date";
  SettleTypes(typed, &imported);
  EXPECT_EQ(MemberText(imported.model, "d", "dimensions", "n"),
            R"({"name":"n","type":"number","column":"n"})");
  EXPECT_EQ(MemberText(imported.model, "d", "dimensions", "b"),
            R"({"name":"b","type":"boolean","column":"b"})");
  EXPECT_EQ(MemberText(imported.model, "d", "dimensions", "t"),
            R"({"name":"t","type":"string","column":"t"})");
}

}  // namespace
}  // namespace loupe::semantic
