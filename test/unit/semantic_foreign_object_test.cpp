#include "core/semantic/foreign_object.hpp"

#include "semantic_import_fixture.hpp"

namespace loupe::semantic {
namespace {

TEST(ForeignObject, FindsKeysInEitherCase) {
  const Json json = JsonOf(R"({"sqlTable": "t", "primary_key": true})");
  ImportNotes notes;
  ForeignObject object(json, "/c", &notes);
  EXPECT_EQ(object.Text("sql_table"), "t");
  EXPECT_EQ(object.Flag("primary_key"), true);
  EXPECT_EQ(object.PointerTo("sql_table"), "/c/sqlTable");
  object.NoteRest();
  EXPECT_TRUE(notes.Take().empty());
}

TEST(ForeignObject, NotesWrongTypesAndWhatNobodyReads) {
  const Json json =
      JsonOf(R"({"name": 5, "a": 1, "b": null, "c": {"d": []}, "e": "", "f": false})");
  ImportNotes notes;
  ForeignObject object(json, "", &notes);
  EXPECT_EQ(object.Text("name"), "");
  object.NoteRest();
  EXPECT_EQ(NotesText(notes.Take()),
            "/name: \"name\" should be a string, not number\n/a: \"a\" is not carried\n");
}

TEST(ForeignObject, ReadsArraysAndKeyedObjectsAlike) {
  const Json json = JsonOf(R"({"a": [{}, {}], "b": {"x/y": {}}, "c": "one", "d": ["p", 7]})");
  ImportNotes notes;
  ForeignObject object(json, "", &notes);
  EXPECT_EQ(object.Items("a")[1].pointer, "/a/1");
  EXPECT_EQ(object.Items("b")[0].name, "x/y");
  EXPECT_EQ(object.Items("b")[0].pointer, "/b/x~1y");
  EXPECT_EQ(object.Texts("c"), std::vector<std::string>{"one"});
  EXPECT_EQ(object.Texts("d"), std::vector<std::string>{"p"});
}

TEST(ForeignObject, TakesWhatIsNoObjectForAnEmptyOne) {
  const Json json("text");
  ImportNotes notes;
  ForeignObject object(json, "/x", &notes);
  EXPECT_EQ(object.Find("a"), nullptr);
  object.NoteRest();
  EXPECT_EQ(NotesText(notes.Take()), "/x: an object was expected, not string\n");
}

TEST(ImportNotes, TellEachThingOnceAndEnd) {
  ImportNotes notes;
  notes.Add("/a", "x");
  notes.Add("/a", "x");
  for (int i = 0; i < 20'000; ++i) notes.Add("/" + std::to_string(i), "y");
  const std::vector<ImportNote> taken = notes.Take();
  EXPECT_EQ(taken.size(), ImportNotes::kMaxNotes + 1);
  EXPECT_EQ(taken.back().message, "more is not carried than can be listed");
}

}  // namespace
}  // namespace loupe::semantic
